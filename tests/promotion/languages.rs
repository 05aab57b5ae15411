//! Guides of our own in the languages of the world, selling and honest, each sentence in a guide by itself.

use std::sync::Arc;

use guidelint::check::Settings;
use guidelint::diagnostic::Severity;
use guidelint::{Checker, Source};

use crate::{common, guide};

/// A sentence, in a guide of its own.
struct Sentence {
    language: String,
    title: String,
    text: String,
    /// What is to be found in it, exactly.
    wanted: Vec<String>,
}

fn sentences(file: &str) -> Vec<Sentence> {
    let text = std::fs::read_to_string(common::root().join("tests/promotion").join(file)).unwrap();
    let (mut language, mut title) = (String::new(), String::new());
    let mut all = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(begins) = line.strip_prefix("== ") {
            let (code, name) = begins.split_once(" | ").unwrap();
            (language, title) = (code.to_owned(), name.to_owned());
            continue;
        }
        let (shown, link) = line.split_once(" >> ").map_or((line, None), |(shown, link)| (shown, Some(link)));
        let marked = shown.split('⟦').skip(1).map(|it| it.split('⟧').next().unwrap_or("").to_owned());
        let wanted = marked.chain(link.map(str::to_owned)).collect();
        let text = shown.replace(['⟦', '⟧'], "");
        all.push(Sentence { language: language.clone(), title: title.clone(), text, wanted });
    }
    all
}

/// What the rules about promotion and links report above an information.
fn reported(checker: &Checker, text: &str) -> Vec<(String, String)> {
    let file = checker.check_with(Arc::new(Source::new("guide.md", text)), common::today(), &Settings::default());
    let ours = file.diagnostics.iter().filter(|it| it.rule.starts_with("promo/") || it.rule.starts_with("link/"));
    let ours = ours.filter(|it| it.severity > Severity::Info);
    ours.map(|it| (it.rule.to_string(), file.source.slice(it.span).to_owned())).collect()
}

#[test]
fn what_sells_is_found_in_twenty_one_languages() {
    let checker = Checker::builtin();
    let mut faults = Vec::new();
    let mut count = 0;
    for sentence in sentences("selling.txt") {
        count += 1;
        assert!(!sentence.wanted.is_empty(), "{}", sentence.text);
        let found = reported(&checker, &guide(&sentence.title, &sentence.text));
        for wanted in &sentence.wanted {
            if !found.iter().any(|(_, text)| text == wanted) {
                faults.push(format!("{}: {:?}: wanted {wanted:?}, got {found:?}", sentence.language, sentence.text));
            }
        }
    }
    assert!(faults.is_empty(), "{} of {count}\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn what_is_honest_is_left_alone_in_twenty_one_languages() {
    let checker = Checker::builtin();
    let mut faults = Vec::new();
    for sentence in sentences("innocent.txt") {
        for (form, body) in [
            ("paragraph", sentence.text.clone()),
            ("list", format!("- SIM\n- {}", sentence.text)),
            ("heading", format!("## {}\n\nSIM.", sentence.text)),
        ] {
            let found = reported(&checker, &guide(&sentence.title, &body));
            if !found.is_empty() {
                faults.push(format!("{} {form}: {:?}: {found:?}", sentence.language, sentence.text));
            }
        }
    }
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
}
