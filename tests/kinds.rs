//! Every kind of guide in three languages, the most used in seven: a complete one draws no finding, a deficient one those written beside it, and
//! the skeleton of a kind asks for facts and for nothing else.

mod common;

use std::fs;

use guidelint::diagnostic::Language;
use guidelint::{Checker, skeleton_from};

/// The kinds most guides are of; for these there are seven languages.
const MOST_USED: [&str; 5] = ["activate-esim", "buy-sim", "cancel-sim", "port-number", "top-up"];

#[test]
fn complete_guides_are_silent_and_deficient_ones_are_not() {
    let checker = Checker::builtin();
    let mut faults = Vec::new();
    for kind in &checker.knowledge().kinds.kinds {
        let folder = common::fixtures().join("guides/kinds").join(&kind.name);
        let guides = common::guides_in(&folder);
        let count = |what: &str| guides.iter().filter(|it| it.to_string_lossy().ends_with(what)).count();
        let fewest = if MOST_USED.contains(&kind.name.as_str()) { 7 } else { 3 };
        if count("-complete.md") < fewest || count("-deficient.md") < fewest {
            faults.push(format!("{}: fewer than {fewest} languages", kind.name));
        }
        for path in guides {
            let name = format!("{}/{}", kind.name, path.file_name().unwrap().to_string_lossy());
            let file = common::check(&checker, &name, &fs::read_to_string(&path).unwrap());
            if file.kind.as_deref() != Some(kind.name.as_str()) {
                faults.push(format!("{name}: taken for {:?}", file.kind));
            }
            let found = common::text_of(&checker, file);
            if name.ends_with("-complete.md") && !found.is_empty() {
                faults.push(format!("{name} must be silent:\n{found}"));
            } else {
                faults.extend(common::compare(&path.with_extension("expected"), &found));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_skeleton_asks_for_facts_only() {
    let checker = Checker::builtin();
    let facts = ["section/placeholder-text", "date/missing", "meta/front-matter"];
    let mut faults = Vec::new();
    for kind in &checker.knowledge().kinds.kinds {
        for language in
            ["zh-Hans", "zh-Hant", "en", "es", "pt", "fr", "de", "it", "ru", "tr", "vi", "id", "th", "ja", "ko", "ar"]
        {
            let text = skeleton_from(checker.knowledge(), &kind.name, language, "AL");
            let file = common::check(&checker, "skeleton.md", &text);
            assert_eq!(file.kind.as_deref(), Some(kind.name.as_str()));
            assert_eq!(file.country.as_deref(), Some("AL"));
            for it in &file.diagnostics {
                // A section that is there and empty of facts.
                let thin = it.rule == "section/missing" && it.message.text(Language::En).contains("should hold");
                if !thin && !facts.contains(&it.rule.as_ref()) {
                    faults.push(format!("{} in {language}: {}\n{text}", kind.name, it.rule));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
