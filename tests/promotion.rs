//! What sells is found, however it is written and disguised, with exact spans; what only looks like it is left alone.

mod common;
#[path = "promotion/corpus.rs"]
mod corpus;
#[path = "promotion/examples.rs"]
mod examples;
#[path = "promotion/fixes.rs"]
mod fixes;
#[path = "promotion/languages.rs"]
mod languages;
#[path = "promotion/matrix.rs"]
mod matrix;
#[path = "promotion/readmes.rs"]
mod readmes;
#[path = "promotion/twins.rs"]
mod twins;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use guidelint::check::Settings;
use guidelint::{Checker, Source};

fn guide(title: &str, body: &str) -> String {
    format!(
        "# {title}\n\nSIM, eSIM, 4G.\n\n{body}\n\nSIM, eSIM.\n\n4G.\n\n5G.\n\nLTE.\n\nAPN.\n\nSIM.\n\nLTE, 4G, 5G.\n"
    )
}

/// A guide that holds what is to be found, and nothing else that may be.
struct Case {
    cell: String,
    text: String,
    wanted: Vec<String>,
}

impl Case {
    /// Of parts of a guide's text, each with what is to be found in it.
    fn new(cell: String, title: &str, parts: Vec<(String, String)>) -> Case {
        let body: Vec<&str> = parts.iter().map(|(text, _)| text.as_str()).collect();
        Case { cell, text: guide(title, &body.join("\n\n")), wanted: parts.into_iter().map(|it| it.1).collect() }
    }
}

fn found(checker: &Checker, rule: &str, text: &str) -> Vec<String> {
    let file = checker.check_with(Arc::new(Source::new("guide.md", text)), common::today(), &common::only(rule));
    file.diagnostics.iter().filter(|it| it.rule == rule).map(|it| file.source.slice(it.span).to_owned()).collect()
}

/// Checks every case on all processors: exactly what is wanted is found, in any order.
fn verdict(cases: Vec<Case>, rule: &str, name: &str) {
    let checker = Checker::builtin();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut faults = Vec::new();
        while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            let mut got = found(&checker, rule, &case.text);
            for wanted in &case.wanted {
                match got.iter().position(|it| it == wanted) {
                    Some(at) => drop(got.remove(at)),
                    None => faults.push(format!("{}: {wanted:?} is missed", case.cell)),
                }
            }
            faults.extend(got.iter().map(|it| format!("{}: {it:?} is too much", case.cell)));
        }
        faults
    };
    let mut faults = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|it| it.join().unwrap()).collect::<Vec<_>>()
    });
    faults.sort();
    let cells: usize = cases.iter().map(|it| it.wanted.len()).sum();
    println!("{name}: {cells} cells in {} guides", cases.len());
    // For whoever wants to read what is checked: the cells and the faults as files.
    if let Some(folder) = std::env::var_os("MATRIX").map(std::path::PathBuf::from) {
        let shown = |case: &Case| format!("=== {}\n{}\n--- wanted\n{}\n", case.cell, case.text, case.wanted.join("\n"));
        std::fs::write(folder.join(name), cases.iter().map(shown).collect::<String>()).unwrap();
        std::fs::write(folder.join(format!("{name}.faults")), faults.join("\n")).unwrap();
    }
    assert!(faults.is_empty(), "{} of {cells} cells fail\n{}", faults.len(), faults[..faults.len().min(60)].join("\n"));
}

/// Text made to hurt the finder costs no finding and no crash; how long it takes is measured in `benches/promotion.rs`.
#[test]
fn hostile_repetition_is_read_to_its_end() {
    let checker = Checker::builtin();
    let ours = |it: &&guidelint::diagnostic::Diagnostic| it.rule == "promo/handle" || it.rule == "link/promotional";
    for text in
        ["@", "[", "\u{200b}", "TG ", "微信", "t.", "a@", "T G ", "QQ1", "a.b/", "Telegram: ", "![", "referral code "]
    {
        let hostile = text.repeat(60_000 / text.len());
        let guide = format!("# How to buy a SIM card\n\n{hostile}\n\nTo order: Telegram @nobody_sim_00\n");
        let file = common::check(&checker, "guide.md", &guide);
        let found: Vec<_> = file.diagnostics.iter().filter(ours).map(|it| file.source.slice(it.span)).collect();
        assert_eq!(found, ["Telegram @nobody_sim_00"], "{text:?}");
    }
}

#[test]
fn what_a_project_allows_is_left_alone_and_counted() {
    use guidelint::facts::SubjectHints;
    let checker = Checker::builtin();
    let text = "# How to buy a SIM\n\nTo order, contact us: [chat](https://t.me/nobody_sim_00), WeChat: nobody_sim_01, https://bit.ly/3abc.\n";
    let check = |allow: &[&str]| {
        let hints =
            SubjectHints { allow: allow.iter().map(|it| (*it).to_owned()).collect(), ..SubjectHints::default() };
        let settings = Settings { hints, ..Settings::default() };
        checker.check_with(Arc::new(Source::new("guide.md", text)), common::today(), &settings)
    };
    let ours = |file: &guidelint::diagnostic::FileReport| {
        file.diagnostics.iter().filter(|it| it.rule.starts_with("promo/") || it.rule.starts_with("link/")).count()
    };
    let strict = check(&[]);
    assert_eq!((ours(&strict), strict.allowed.len()), (3, 0));
    let lenient = check(&["t.me/Nobody_sim_00", "@nobody_sim_01", "bit.ly", "unused.example"]);
    assert_eq!((ours(&lenient), lenient.allowed), (0, vec![0, 1, 2]));
}
