//! The examples of the CommonMark specification and of GitHub's additions to it, read from the package of the parser we stand on, never
//! copied: each as a guide, each inside one, and each read by a second parser that says what is prose and what is code.

mod common;
#[path = "commonmark/oracle.rs"]
mod oracle;
#[allow(dead_code)] // The properties use the rest of it.
#[path = "properties/sound.rs"]
mod sound;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use guidelint::{Source, guide};

/// The examples of one file of the parser's test suite.
fn examples_in(file: &str) -> Vec<String> {
    let text = fs::read_to_string(parser().join("tests/suite").join(file)).unwrap();
    let begin = "let original = r##\"";
    let all = text.split(begin).skip(1).map(|rest| rest.split("\"##;").next().unwrap().to_owned());
    all.collect()
}

/// The system the compiler builds for where nobody says another.
fn host() -> String {
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let out = Command::new(rustc).arg("-vV").output().unwrap();
    let said = String::from_utf8(out.stdout).unwrap();
    said.lines().find_map(|line| line.strip_prefix("host: ")).unwrap().to_owned()
}

/// Where the sources of pulldown-cmark lie that `Cargo.lock` names.
fn parser() -> PathBuf {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut command = Command::new(cargo);
    command.current_dir(common::root()).args(["metadata", "--format-version", "1", "--locked", "--offline"]);
    // Packages of other systems need not have been fetched.
    command.args(["--filter-platform", &host()]);
    let out = command.output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let parser = packages.iter().find(|it| it["name"] == "pulldown-cmark").unwrap();
    PathBuf::from(parser["manifest_path"].as_str().unwrap()).parent().unwrap().to_owned()
}

/// CommonMark's 652 examples and GitHub's.
fn specification() -> Vec<String> {
    let spec = examples_in("spec.rs");
    assert_eq!(spec.len(), 652);
    let gfm = ["gfm_table.rs", "gfm_strikethrough.rs", "gfm_tasklist.rs"].iter().flat_map(|file| examples_in(file));
    let all: Vec<String> = spec.into_iter().chain(gfm).collect();
    assert_eq!(all.len(), 652 + 14);
    all
}

/// Before and after an example that stands in a guide.
const BEFORE: &str =
    "# How to cancel an Albanian SIM\n\nCall AMC customer service at +355 69 123 4567.\n\n## Steps\n\n";
const AFTER: &str = "\n\n## Contacts\n\nTelegram: @sim_seller_example, `+355 69 876 5432`.\n";

#[test]
fn every_example_can_be_a_guide_and_can_stand_in_one() {
    let more =
        ["regression.rs", "table.rs", "footnotes.rs", "strikethrough.rs", "heading_attrs.rs", "metadata_blocks.rs"];
    let more: Vec<String> = more.iter().flat_map(|file| examples_in(file)).collect();
    assert!(more.len() > 200, "only {} more", more.len());
    for (at, example) in specification().iter().chain(&more).enumerate() {
        // In a guide: in its text, in a list, in a quotation, and with the line ends of another system, in turn.
        let inside = match at % 4 {
            0 => format!("{BEFORE}{example}{AFTER}"),
            1 => format!("{BEFORE}- {}{AFTER}", example.replace('\n', "\n  ")),
            2 => format!("{BEFORE}> {}{AFTER}", example.replace('\n', "\n> ")),
            _ => format!("{BEFORE}{example}{AFTER}").replace('\n', "\r\n"),
        };
        for text in [example, &inside] {
            sound::all_sound(&common::check(sound::checker(), "example.md", text));
        }
    }
}

#[test]
fn a_second_parser_sees_the_same_prose_and_the_same_code() {
    let (mut compared, mut code) = (0, 0);
    let mut faults = Vec::new();
    for (at, example) in specification().into_iter().enumerate() {
        // Some begin as front matter does.
        let text = format!("Intro.\n\n{example}");
        let source = Source::new("example.md", text.as_str());
        let ours = oracle::ours(&guide::parse(&source));
        let Some(theirs) = oracle::theirs(&text) else { continue };
        compared += 1;
        code += usize::from(!theirs.code.is_empty() || theirs.blocks > 0);
        if ours != theirs {
            faults.push(format!("example {}: {example:?}\n  ours:   {ours:?}\n  theirs: {theirs:?}", at + 1));
        }
    }
    assert!(faults.is_empty(), "{} of {compared}:\n{}", faults.len(), faults.join("\n"));
    assert!(compared > 500 && code > 100, "only {compared} were compared, {code} with code");
}
