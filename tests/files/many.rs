//! Many guides, and many findings in one.

use guidelint::render::Format;
use serde_json::Value;

use super::Folder;

/// `GUIDELINT_TEST_FILES=100000` asks for as many as the largest site anybody has.
fn wanted() -> usize {
    std::env::var("GUIDELINT_TEST_FILES").ok().and_then(|it| it.parse().ok()).unwrap_or(20_000)
}

#[test]
fn as_many_guides_as_there_are_come_out_in_order() {
    let folder = Folder::new(&[]);
    for at in 0..wanted() {
        let name = format!("{:03}/{at:06}.md", at / 1000);
        if at % 1000 == 0 {
            folder.write(&name, b"");
        }
        std::fs::write(folder.path().join(&name), if at % 5000 == 0 { super::FAULTY } else { "# A\n" }).unwrap();
    }
    let (status, report) = folder.report("--select phone", b"");
    assert_eq!((status, report["summary"]["files"].as_u64()), (1, Some(wanted() as u64)));
    let paths: Vec<&str> = report["files"].as_array().unwrap().iter().map(|it| it["path"].as_str().unwrap()).collect();
    assert!(paths.is_sorted() && paths.len() == wanted());
    assert_eq!(report["diagnostics"].as_array().unwrap().len(), wanted().div_ceil(5000));
}

#[test]
fn ten_thousand_findings_in_one_guide_are_in_every_report() {
    let mut guide = "# How to cancel an Albanian SIM card\n\n".to_owned();
    for at in 0..10_000 {
        guide.push_str(&format!("[buy here](https://t.me/sim_seller_{at})\n\n"));
    }
    let folder = Folder::new(&[("a.md", guide.as_bytes())]);
    let reports: String = Format::ALL.iter().map(|it| format!(" --report {0}=r.{0}", it.name())).collect();
    let out = folder.run(&format!("check --select link/promotional --color never{reports}"));
    assert_eq!(out.status.code(), Some(1), "{}", super::errors(&out));
    let report: Value = serde_json::from_str(&folder.read("r.json")).unwrap();
    assert_eq!(report["diagnostics"].as_array().unwrap().len(), 10_000);
    for format in Format::ALL.iter().filter(|it| **it != Format::Markdown) {
        let text = folder.read(&format!("r.{}", format.name()));
        assert!(text.matches("link/promotional").count() >= 10_000, "{}", format.name());
    }
    // A comment has its room; it says what is left out.
    assert!(folder.read("r.markdown").contains("more findings"));
    // A second look at the same guide, with all of them known, shows none.
    assert_eq!(folder.run("check --select link/promotional --write-baseline known").status.code(), Some(0));
    let out = folder.run("check --select link/promotional --baseline known");
    assert_eq!(out.status.code(), Some(0), "{}", super::errors(&out));
}
