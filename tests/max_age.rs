//! `[knowledge] max-age`: a run fails when the facts about a guide's country were last read too long ago.

use std::fs;
use std::process::{Command, Output};

use tempfile::TempDir;

const GUIDE: &str = "# How to cancel an Albanian SIM\n\nGo to a shop of ONE Albania.\n";

fn check(config: &str, guide: &str, as_of: &str, format: &str) -> Output {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("guidelint.toml"), config).unwrap();
    fs::write(folder.path().join("a.md"), guide).unwrap();
    fs::write(folder.path().join("b.md"), guide).unwrap();
    Command::new(env!("CARGO_BIN_EXE_guidelint"))
        .current_dir(folder.path())
        .args(["check", "--fail-on", "never", "--as-of", as_of, "--format", format])
        .output()
        .unwrap()
}

#[test]
fn facts_older_than_the_limit_fail_the_run_and_are_named() {
    let output = check("[knowledge]\nmax-age = 30\n", GUIDE, "2028-01-01", "json");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    // Two guides, one complaint.
    assert_eq!(said.matches("rules/countries/al.toml").count(), 1, "{said}");
    assert!(
        said.contains("about AL were last read before 2027-12-02") && said.contains("the oldest on 2026-11-"),
        "{said}"
    );
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["errors"][0]["path"], "rules/countries/al.toml");
    assert_eq!(report["summary"]["files"], 2);
}

#[test]
fn young_facts_other_countries_and_no_limit_fail_nothing() {
    let limit = "[knowledge]\nmax-age = 3650\n";
    assert_eq!(check(limit, GUIDE, "2028-01-01", "text").status.code(), Some(0));
    let strict = "[knowledge]\nmax-age = 30\n";
    assert_eq!(check(strict, "# Notes\n\nNothing about telephones.\n", "2028-01-01", "text").status.code(), Some(0));
    assert_eq!(check("", GUIDE, "2028-01-01", "text").status.code(), Some(0));
}

#[test]
fn a_limit_that_is_none_is_an_error_with_a_place() {
    for wrong in ["max-age = 0", "max-age = \"soon\"", "maxage = 30"] {
        let output = check(&format!("[knowledge]\n{wrong}\n"), GUIDE, "2026-11-22", "text");
        assert_eq!(output.status.code(), Some(2), "{wrong}");
        assert!(String::from_utf8(output.stderr).unwrap().contains("guidelint.toml:2"), "{wrong}");
    }
}
