//! The sentences beside the terms of `phrase.toml`: every kind of wording, in every language, with an honest twin.

use std::collections::BTreeMap;

use guidelint::Checker;

use crate::common;

#[derive(serde::Deserialize)]
struct Example {
    text: String,
    #[serde(default)]
    find: Vec<String>,
}

#[derive(serde::Deserialize)]
struct Phrases {
    terms: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    bad: Vec<Example>,
    good: Vec<Example>,
}

#[derive(serde::Deserialize)]
struct Twins {
    bad: String,
    good: String,
}

fn phrases() -> Phrases {
    let text = std::fs::read_to_string(common::root().join("rules/promo/phrase.toml")).unwrap();
    toml::from_str(&text).unwrap()
}

/// Where `promo/phrase` finds something in a guide that holds the text; a code handed out twice is one finding with two places.
fn found(checker: &Checker, text: &str) -> Vec<String> {
    let guide = format!("---\nkind: buy-sim\n---\n# eSIM\n\n{text}\n");
    let file = common::check(checker, "guide.md", &guide);
    let findings = file.diagnostics.iter().filter(|it| it.rule == "promo/phrase");
    let places = findings.flat_map(|it| std::iter::once(it.span).chain(it.labels.iter().map(|label| label.span)));
    places.map(|span| file.source.slice(span).to_owned()).collect()
}

#[test]
fn the_examples_of_the_phrases_hold() {
    let phrases = phrases();
    let checker = Checker::builtin();
    let mut faults = Vec::new();
    for example in phrases.bad.iter().chain(&phrases.good) {
        let found = found(&checker, &example.text);
        let missing = example.find.iter().any(|wanted| !found.contains(wanted));
        if missing || example.find.is_empty() && !found.is_empty() {
            faults.push(format!("{:?}: wanted {:?}, got {found:?}", example.text, example.find));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_kind_of_wording_has_a_sentence_and_a_twin_in_every_language() {
    let text = std::fs::read_to_string(common::root().join("rules/promo/phrase-examples.toml")).unwrap();
    let examples: BTreeMap<String, BTreeMap<String, Twins>> = toml::from_str(&text).unwrap();
    let checker = Checker::builtin();
    let mut faults = Vec::new();
    let languages: Vec<String> = phrases().terms.values().flat_map(|it| it.keys().cloned()).collect();
    for (kind, terms) in phrases().terms {
        for language in &languages {
            let cell = format!("{kind}.{language}");
            let fewest = terms.get(language).map_or(0, Vec::len);
            let Some(twins) = examples.get(&kind).and_then(|it| it.get(language)).filter(|_| fewest > 7) else {
                faults.push(format!("{cell}: no example, or {fewest} terms only"));
                continue;
            };
            let wanted: Vec<&str> = twins.bad.split('⟦').skip(1).filter_map(|it| it.split('⟧').next()).collect();
            let bad = twins.bad.replace(['⟦', '⟧'], "");
            // Praise counts in company only.
            let praise = kind == "pitch";
            let company = if praise { "\n\nHurry and order." } else { "" };
            let found_in_bad = found(&checker, &format!("{bad}{company}"));
            if wanted.is_empty() || wanted.iter().any(|it| !found_in_bad.iter().any(|found| found == it)) {
                faults.push(format!("{cell}: {bad:?}: got {found_in_bad:?}"));
            }
            for silent in [Some(&twins.good), Some(&bad).filter(|_| praise)].into_iter().flatten() {
                let found = found(&checker, silent);
                if !found.is_empty() {
                    faults.push(format!("{cell}: {silent:?}: {found:?} is too much"));
                }
            }
        }
    }
    faults.dedup();
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
}
