//! The README of every crate we are built from, in name order, without exception: software that speaks of chats, badges and
//! sponsors and sells no SIM card.

use std::path::{Path, PathBuf};

use guidelint::Checker;
use guidelint::diagnostic::Severity;

use crate::common;

/// Name and version of every package that a registry gave us.
fn packages() -> Vec<(String, String)> {
    let text = std::fs::read_to_string(common::root().join("Cargo.lock")).unwrap();
    let lock: toml::Value = toml::from_str(&text).unwrap();
    let packages = lock["package"].as_array().unwrap().iter();
    let foreign = packages.filter(|it| it.get("source").is_some());
    let mut all: Vec<_> = foreign
        .map(|it| (it["name"].as_str().unwrap().to_owned(), it["version"].as_str().unwrap().to_owned()))
        .collect();
    all.sort();
    all
}

/// Where cargo keeps the sources of one registry each.
fn registries() -> Vec<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let folders = home.and_then(|it| std::fs::read_dir(it.join("registry/src")).ok());
    folders.into_iter().flatten().flatten().map(|it| it.path()).collect()
}

fn readmes_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|it| it.path());
    let is_readme = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        name.starts_with("readme") && !path.is_dir()
    };
    let mut found: Vec<_> = entries.filter(is_readme).collect();
    found.sort();
    found
}

#[test]
fn no_readme_of_a_crate_we_use_is_called_promotional() {
    let registries = registries();
    let checker = Checker::builtin();
    let (mut read, mut absent, mut silent) = (0, 0, 0);
    let mut faults = Vec::new();
    for (name, version) in packages() {
        let folder = registries.iter().map(|it| it.join(format!("{name}-{version}"))).find(|it| it.is_dir());
        let Some(folder) = folder else {
            absent += 1;
            continue;
        };
        let readmes = readmes_in(&folder);
        silent += usize::from(readmes.is_empty());
        for path in readmes {
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            read += 1;
            let file = common::check(&checker, &format!("{name}/README.md"), &text);
            for it in file.diagnostics.iter().filter(|it| it.rule.starts_with("promo/") || it.rule.starts_with("link/"))
            {
                let line = format!("{name} {version}: {} {:?}: {:?}", it.rule, it.severity, file.source.slice(it.span));
                println!("{line}");
                if it.severity > Severity::Info {
                    faults.push(line);
                }
            }
        }
    }
    if read == 0 {
        println!("SKIPPED: no sources of crates on this machine");
        return;
    }
    println!(
        "{read} READMEs read; {silent} crates have none; {absent} crates of other systems are not on this machine"
    );
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
