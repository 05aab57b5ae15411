//! Real documents that a reader has labelled, where they lie beside the project: what the reader was sure sells is found,
//! and nothing the reader found innocent draws more than an information.

use std::collections::BTreeMap;

use guidelint::Checker;
use guidelint::diagnostic::{FileReport, Severity};

use crate::common;

#[derive(serde::Deserialize)]
struct Label {
    file: String,
    line: usize,
    text: String,
    category: String,
    must_flag: bool,
    #[serde(default)]
    unsure: bool,
}

/// The rules that may answer for a label of this category.
fn answers(category: &str, rule: &str) -> bool {
    let promotion = rule.starts_with("promo/");
    match category {
        "promo-link" | "promo-handle" | "promo-image" => promotion || rule == "link/promotional",
        "affiliate-link" => matches!(rule, "link/affiliate" | "link/promotional"),
        "link-shortener" => rule == "link/shortener",
        _ => false,
    }
}

/// Whether something above an information was found at the label's text.
fn is_found(label: &Label, file: &FileReport) -> bool {
    let text = file.source.text();
    let start: usize = text.split_inclusive('\n').take(label.line - 1).map(str::len).sum();
    let line = text[start..].lines().next().unwrap_or("");
    let from = start + line.find(&label.text).unwrap_or(0);
    let to = from + label.text.len();
    file.diagnostics.iter().any(|it| {
        let touches = (it.span.start as usize) < to && (it.span.end as usize) > from;
        touches && it.severity > Severity::Info && answers(&label.category, &it.rule)
    })
}

#[test]
fn what_a_reader_labelled_is_judged_as_the_reader_did() {
    let Some(corpus) = common::shared().map(|it| it.join("corpus")).filter(|it| it.is_dir()) else {
        println!("SKIPPED: no corpus beside the project");
        return;
    };
    let checker = Checker::builtin();
    let labels = std::fs::read_to_string(corpus.join("labels.jsonl")).unwrap();
    let labels = labels.lines().filter(|it| !it.trim().is_empty()).map(|it| serde_json::from_str::<Label>(it).unwrap());
    let mut files: BTreeMap<String, FileReport> = BTreeMap::new();
    let (mut found, mut left) = (0, 0);
    let mut faults = Vec::new();
    for label in labels.filter(|it| {
        !it.unsure
            && ["promo-link", "promo-handle", "promo-image", "affiliate-link", "link-shortener"]
                .contains(&it.category.as_str())
    }) {
        let file = files.entry(label.file.clone()).or_insert_with(|| {
            common::check(&checker, &label.file, &std::fs::read_to_string(corpus.join(&label.file)).unwrap())
        });
        match (label.must_flag, is_found(&label, file)) {
            (true, true) => found += 1,
            (false, false) => left += 1,
            (true, false) => faults.push(format!("missed: {}:{} {}", label.file, label.line, label.text)),
            (false, true) => faults.push(format!("innocent: {}:{} {}", label.file, label.line, label.text)),
        }
    }
    println!("{found} labels of selling found, {left} innocent ones left alone");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
