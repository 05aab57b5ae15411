//! Spans are on character boundaries, the text under them is what is spoken of, and nothing panics.

mod common;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use guidelint::check::Settings;
use guidelint::diagnostic::FileReport;
use guidelint::guide;
use guidelint::{Checker, Source};
use proptest::prelude::*;

fn sound(report: &FileReport) {
    let text = report.source.text();
    let mut last = (0, 0);
    for it in &report.diagnostics {
        let spans = std::iter::once(it.span)
            .chain(it.labels.iter().map(|label| label.span))
            .chain(it.fix.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span)));
        for span in spans {
            assert!(span.start <= span.end, "{} is inside out in {}", it.rule, report.source.path());
            assert!(text.get(span.range()).is_some(), "{} cuts a character in {}", it.rule, report.source.path());
        }
        assert!((it.span.start, it.span.end) >= last, "findings are out of order in {}", report.source.path());
        last = (it.span.start, it.span.end);
        assert!(!it.fingerprint.is_empty());
    }
}

fn all_guides(folder: &Path, out: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all_guides(&path, out);
        } else if path.extension().is_some_and(|it| it == "md" || it == "mdx")
            && let Ok(text) = fs::read_to_string(&path)
        {
            out.push((path.display().to_string(), text));
        }
    }
}

#[test]
fn every_finding_on_every_fixture_stands_where_it_says() {
    let checker = Checker::builtin();
    let mut guides = Vec::new();
    all_guides(&common::fixtures(), &mut guides);
    assert!(guides.len() > 30);
    for (name, text) in guides {
        for text in [text.clone(), text.replace('\n', "\r\n"), format!("\u{feff}{text}"), text.replace('\n', "\r")] {
            let report = common::check(&checker, &name, &text);
            sound(&report);
            let parsed = guide::parse(&report.source);
            for block in &parsed.blocks {
                let prose = parsed.text(block.prose);
                let under = report.source.slice(parsed.prose.span(block.prose));
                // Every letter a reader sees stands in the source, in order, unless it was an entity.
                let mut letters = under.chars();
                let found = prose.chars().filter(|c| c.is_alphanumeric()).all(|c| letters.any(|it| it == c));
                assert!(
                    found || under.contains('&') || under.contains('\\') || under.contains('%'),
                    "{name}: {prose:?} is not in {under:?}"
                );
            }
        }
    }
}

#[test]
fn suppressing_a_finding_by_its_rule_removes_exactly_the_findings_of_that_rule() {
    let checker = Checker::builtin();
    let text = "# How to cancel an Albanian SIM\n\nCall AMC customer service at +355 69 123 4567.\n";
    let before = common::check(&checker, "a.md", text);
    for rule in ["phone/placeholder", "carrier/outdated"] {
        let allowed = text.replace("4567.", &format!("4567. <!-- guidelint: allow {rule} -- checked -->"));
        let after = common::check(&checker, "a.md", &allowed);
        let expected: Vec<_> =
            before.diagnostics.iter().filter(|it| it.rule != rule).map(|it| it.rule.clone()).collect();
        let found: Vec<_> = after.diagnostics.iter().map(|it| it.rule.clone()).collect();
        assert_eq!(found, expected);
        assert!(after.suppressed.iter().all(|it| it.rule == rule) && !after.suppressed.is_empty());
    }
}

#[test]
fn an_unrelated_paragraph_changes_no_fingerprint() {
    let checker = Checker::builtin();
    let text = "# How to cancel an Albanian SIM\n\nCall AMC customer service at +355 69 123 4567.\n";
    let longer = text.replace("SIM\n", "SIM\n\nTake your time; nothing here is urgent.\n");
    let prints = |text: &str| -> Vec<(String, String)> {
        let report = common::check(&checker, "a.md", text);
        report.diagnostics.iter().map(|it| (it.rule.to_string(), it.fingerprint.clone())).collect()
    };
    assert_eq!(prints(text), prints(&longer));
}

/// Pieces that guides and their enemies are made of.
const PIECES: &[&str] = &[
    "# ",
    "## ",
    "- ",
    "1. ",
    "> ",
    "| a | b |\n|---|---|\n",
    "\n",
    "\n\n",
    "\r\n",
    "**",
    "*",
    "_",
    "`",
    "```\n",
    "[",
    "](",
    ")",
    "![",
    "<",
    ">",
    "<!--",
    "-->",
    "<a href=\"https://t.me/sim_seller_example\">",
    "</a>",
    "<h1>",
    "</h1>",
    "<div style=\"display:none\">",
    "</div>",
    "<script>",
    "---\n",
    "+++\n",
    "country: AL\n",
    "+355 69 123 4567",
    "＋３５５ ６９",
    "00355691234567",
    "142",
    "2026-11-22",
    "2026年2月30日",
    "٠١٢٣٤٥٦٧٨٩",
    "@sim_seller_example",
    "https://t.me/s/sim_seller_example",
    "Albania",
    "阿尔巴尼亚",
    "4G卡",
    "注销",
    "SIM",
    "cancel",
    "Vodafone Albania",
    "AMC",
    "（",
    "）",
    "三大运营商",
    "客服",
    "👨‍👩‍👧",
    "💪",
    "\u{200b}",
    "\u{202e}",
    "\u{1b}[31m",
    "\u{9b}",
    "\0",
    "guidelint: allow phone/invalid -- x",
    "<!-- guidelint: allow all -- x -->",
    "{/* guidelint: allow all -- x */}",
    "&#43;",
    "&amp;",
    "\\+",
    "é",
    "e\u{301}",
    "𐐀",
    "ไทย",
    "한국",
    "العربية",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_text_nothing_breaks(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        thread_local!(static CHECKER: Checker = Checker::builtin());
        let text = pieces.concat();
        CHECKER.with(|checker| {
            let source = Arc::new(Source::new("any.mdx", text.clone()));
            let first = checker.check_with(source.clone(), common::today(), &Settings::default());
            sound(&first);
            let second = checker.check_with(source, common::today(), &Settings::default());
            prop_assert_eq!(common::text_of(checker, first), common::text_of(checker, second));
            Ok(())
        })?;
    }
}
