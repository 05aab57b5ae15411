//! The generated rule pages are those the rules would generate today. `BLESS=1 cargo test` writes them.

mod common;

use std::fs;

use guidelint::{Checker, docs};

#[test]
fn docs_rules_is_fresh() {
    let folder = common::root().join("docs/rules");
    let bless = std::env::var_os("BLESS").is_some_and(|it| it == "1");
    let mut faults = Vec::new();
    let mut index = String::from(
        "# Rules\n\nMade from the doc comments of the rules by `BLESS=1 cargo test`; `guidelint explain RULE` prints the same.\n\n| rule | default | flags |\n|---|---|---|\n",
    );
    let mut wanted = vec![folder.join("README.md")];
    for meta in Checker::builtin().rules() {
        let page = folder.join(format!("{}.md", meta.name));
        if bless {
            fs::create_dir_all(page.parent().unwrap()).unwrap();
        }
        faults.extend(common::compare(&page, &docs::rule_page(meta)));
        let default = if meta.on_by_default { meta.severity.as_str() } else { "off" };
        let summary = meta.summary().replace('|', "\\|");
        index.push_str(&format!("| [{0}]({0}.md) | {default} | {summary} |\n", meta.name));
        wanted.push(page);
    }
    faults.extend(common::compare(&folder.join("README.md"), &index));
    for group in fs::read_dir(&folder).unwrap().map(|it| it.unwrap().path()).filter(|it| it.is_dir()) {
        for page in fs::read_dir(group).unwrap().map(|it| it.unwrap().path()) {
            if !wanted.contains(&page) {
                if bless {
                    fs::remove_file(&page).unwrap();
                } else {
                    faults.push(format!("{} documents no rule", page.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
