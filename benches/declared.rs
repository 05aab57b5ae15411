//! `cargo bench --bench declared`: what two hundred declarative rules in the manner of a style guide add to a check.
//!
//! Half of them replace words, a quarter look for phrases, a quarter for regexes with a word in them. The guides are
//! this repository's fixtures. Rounds alternate, so that a busy machine slows both; the median of the ratios counts.

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use guidelint::check::Settings;
use guidelint::date::Date;
use guidelint::knowledge::Knowledge;
use guidelint::{Checker, Source, builtin_rules, declarative};

const RULES: usize = 200;
const ROUNDS: usize = 15;
const EXAMPLES: &str = "[[bad]]\ntext = \"x\"\n[[good]]\ntext = \"y\"\n";

fn main() {
    let knowledge = Knowledge::builtin();
    let mut rules = builtin_rules();
    for at in 0..RULES {
        let rule = declarative::read(&format!("style/rule-{at}"), "rule.toml", &rule(at), &knowledge);
        rules.push(Box::new(rule.unwrap_or_else(|error| panic!("{error}"))));
    }
    let (without, with) = (Checker::builtin(), Checker::new(knowledge, rules));
    let mut guides = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), &mut guides);
    let bytes: usize = guides.iter().map(|it| it.text().len()).sum();
    println!("{} guides, {:.1} MB", guides.len(), bytes as f64 / 1e6);
    let mut ratios = Vec::new();
    for round in 0..=ROUNDS {
        let (plain, _) = time(&without, &guides);
        let (styled, found) = time(&with, &guides);
        println!("round {round}: none {plain:.1} ms   {RULES} rules {styled:.1} ms   ratio {:.3}", styled / plain);
        assert!(found > 0, "the rules find something");
        // The first round warms up.
        if round > 0 {
            ratios.push(styled / plain);
        }
    }
    ratios.sort_by(f64::total_cmp);
    println!("{RULES} rules against none: median {:.3} (at most 1.5)", ratios[ratios.len() / 2]);
}

/// Milliseconds for all guides, and how much the declared rules found.
fn time(checker: &Checker, guides: &[Arc<Source>]) -> (f64, usize) {
    let today = Date::new(2026, 11, 22).unwrap_or_else(|| unreachable!());
    let started = Instant::now();
    let mut found = 0;
    for guide in guides {
        let report = black_box(checker.check_with(guide.clone(), today, &Settings::default()));
        found += report.diagnostics.iter().filter(|it| it.rule.starts_with("style/")).count();
    }
    let millis = started.elapsed().as_secs_f64() * 1e3;
    (millis, if checker.rules().iter().any(|it| it.group() == "style") { found } else { 1 })
}

/// A rule as a style guide has them. One in twenty is about a word that guides do hold.
fn rule(at: usize) -> String {
    const COMMON: [&str; 10] =
        ["passport", "operator", "prepaid", "receipt", "counter", "护照", "营业厅", "套餐", "contract", "balance"];
    let word = if at.is_multiple_of(20) { COMMON[at / 20].to_owned() } else { format!("wordy{at}ism") };
    let head = "severity = \"warning\"\nmessage = \"`{match}`\"\ndocs = \"Flags a word.\"\n";
    let body = match at % 4 {
        0 | 1 => {
            format!("kind = \"substitution\"\nswap = {{ \"{word}\" = \"plain {at}\", \"utilise{at}\" = \"use\" }}\n")
        }
        2 => format!("kind = \"existence\"\nterms = [\"{word}\", \"in order to {at}\", \"leverag{at}*\"]\n"),
        _ => format!("kind = \"existence\"\npatterns = ['(very|quite) {word} [a-z]+']\n"),
    };
    format!("{head}{body}{EXAMPLES}")
}

fn collect(folder: &Path, guides: &mut Vec<Arc<Source>>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|it| it.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, guides);
        } else if path.extension().is_some_and(|it| it == "md")
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            guides.push(Arc::new(Source::new(path.to_string_lossy(), text)));
        }
    }
}
