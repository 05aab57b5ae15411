//! Every rule says what its fixtures and its documentation expect.
//!
//! A rule needs no test code: `fixtures/<group>/<rule>/bad*.md` shows what it flags, with what a user reads beside it in
//! `bad*.expected`; `good*.md` shows what it must leave alone; `edge-*.md` holds the odd cases.

mod common;

use std::fs;
use std::sync::Arc;

use guidelint::diagnostic::Confidence;
use guidelint::rule::Rule as _;
use guidelint::{Checker, Source, declarative, docs};

/// Only the checker with a baseline can show it; `tests/cli.rs` does.
const SHOWN_ELSEWHERE: [&str; 1] = ["meta/obsolete-baseline"];

#[test]
fn every_rule_says_what_its_fixtures_expect() {
    let checker = Checker::builtin();
    let mut faults = Vec::new();
    for meta in checker.rules() {
        if SHOWN_ELSEWHERE.contains(&meta.name.as_ref()) {
            continue;
        }
        let folder = common::fixtures().join(meta.name.as_ref());
        let guides = common::guides_in(&folder);
        for kind in ["bad", "good"] {
            let shown = guides.iter().any(|it| it.file_name().unwrap().to_string_lossy().starts_with(kind));
            if !shown {
                faults.push(format!("fixtures/{} has no {kind}.md", meta.name));
            }
        }
        for path in guides {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).unwrap();
            // A comment can only be unused or expired where the rule it names runs as well.
            let settings = if meta.group() == "meta" { Default::default() } else { common::only(&meta.name) };
            let mut file = checker.check_with(Arc::new(Source::new(name.clone(), text)), common::today(), &settings);
            file.diagnostics.retain(|it| it.rule == meta.name);
            let found = common::text_of(&checker, file);
            if name.starts_with("good") && !found.is_empty() {
                faults.push(format!("fixtures/{}/{name} must be silent:\n{found}", meta.name));
            } else if name.starts_with("bad") && found.is_empty() {
                faults.push(format!("fixtures/{}/{name} must be flagged", meta.name));
            } else {
                faults.extend(common::compare(&path.with_extension("expected"), &found));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_fixture_folder_belongs_to_a_rule() {
    let checker = Checker::builtin();
    let rules = checker.rules();
    for group in fs::read_dir(common::fixtures()).unwrap().map(|it| it.unwrap().path()) {
        let name = group.file_name().unwrap().to_string_lossy().into_owned();
        if name == "guides" || !group.is_dir() {
            continue;
        }
        for rule in fs::read_dir(&group).unwrap().map(|it| it.unwrap().file_name()) {
            let rule = format!("{name}/{}", rule.to_string_lossy());
            assert!(rules.iter().any(|meta| meta.name == rule.as_str()), "fixtures/{rule} belongs to no rule");
        }
    }
}

#[test]
fn the_examples_in_the_documentation_hold() {
    let checker = Checker::builtin();
    let mut faults = Vec::new();
    for meta in checker.rules() {
        let examples = docs::examples(meta);
        let has = |wanted: bool| examples.iter().any(|(bad, _)| *bad == wanted);
        assert!(has(true) && has(false), "{} documents no bad or no good example", meta.name);
        if SHOWN_ELSEWHERE.contains(&meta.name.as_ref()) {
            continue;
        }
        for (bad, text) in examples {
            let settings = if meta.group() == "meta" { Default::default() } else { common::only(&meta.name) };
            let file =
                checker.check_with(Arc::new(Source::new("example.md", text.clone())), common::today(), &settings);
            let found = file.diagnostics.iter().any(|it| it.rule == meta.name);
            if found != bad {
                let wanted = if bad { "flagged" } else { "silent" };
                faults.push(format!("{}: this example must be {wanted}:\n{text}", meta.name));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_sentence_is_worded_in_both_languages_with_the_same_arguments() {
    let names = |text: &str| {
        let mut names: Vec<String> =
            text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned()).collect();
        names.sort();
        names.dedup();
        names
    };
    // Those written in TOML say theirs there; `tests/team/declared.rs` reads them.
    let declared: Vec<String> = declarative::builtin().iter().map(|it| it.meta().name.to_string()).collect();
    for meta in Checker::builtin().rules() {
        let worded = !meta.wordings.is_empty() || declared.iter().any(|it| *it == meta.name);
        assert!(!meta.summary().is_empty() && worded, "{}", meta.name);
        for wording in meta.wordings {
            assert!(!wording.en.is_empty() && !wording.zh.is_empty(), "{}", wording.id);
            assert_eq!(names(&wording.en), names(&wording.zh), "{}", wording.id);
            assert!(wording.id.starts_with(meta.name.as_ref()), "{} is not of {}", wording.id, meta.name);
        }
    }
}

/// What a reader of the text does not see, and a reader of the other formats does.
#[test]
fn a_finding_is_as_sure_as_the_rule_means_it() {
    let checker = Checker::builtin();
    let sure = |rule: &str, guide: &str| -> Vec<Confidence> {
        let text = fs::read_to_string(common::fixtures().join(rule).join(guide)).unwrap();
        let source = Arc::new(Source::new("guide.md", text));
        let file = checker.check_with(source, common::today(), &common::only(rule));
        file.diagnostics.iter().map(|it| it.confidence).collect()
    };
    // Presented among carriers we know, and presented alone.
    assert_eq!(sure("carrier/unknown", "bad-twice.md"), [Confidence::Medium]);
    assert_eq!(sure("carrier/unknown", "bad-table-alone.md")[0], Confidence::Low);
    assert_eq!(sure("date/impossible", "bad.md")[0], Confidence::High);
    // One with a sum of signs beyond what is reported, and one that just reaches it.
    assert_eq!(sure("promo/image", "bad-neighbourhood.md"), [Confidence::High, Confidence::Medium]);
}
