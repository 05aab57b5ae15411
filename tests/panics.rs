//! A rule that panics costs what that rule would have said of that guide, and nothing else.

mod common;

use std::borrow::Cow;
use std::sync::Arc;

use guidelint::check::Settings;
use guidelint::diagnostic::{Confidence, FileReport, Message, Report, RuleMeta, Severity};
use guidelint::knowledge::Knowledge;
use guidelint::render::{Format, Style, render};
use guidelint::rule::{Context, Findings, Rule};
use guidelint::text::Span;
use guidelint::{Checker, Source, builtin_rules};

const GUIDE: &str = "# How to cancel an Albanian SIM\n\nCall customer service at +355 69 123 4567. <!-- guidelint: allow test/panics -- it is known -->\n";

/// Finds something, and gives up on guides that speak of trouble.
struct Panics(RuleMeta);

impl Panics {
    fn new() -> Panics {
        Panics(RuleMeta {
            name: Cow::Borrowed("test/panics"),
            docs: Cow::Borrowed("Gives up."),
            severity: Severity::Error,
            confidence: Confidence::High,
            on_by_default: true,
            fix: None,
            since: Cow::Borrowed("0.1.0"),
            wordings: &[],
            options: Default::default(),
        })
    }
}

impl Rule for Panics {
    fn meta(&self) -> &RuleMeta {
        &self.0
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        findings.report(Span::new(0, 1), Message::verbatim("said before the panic"));
        assert!(!cx.source.text().contains("+355"), "\u{1b}[31m{}", cx.source.text());
    }
}

fn with_panics() -> Checker {
    let mut rules = builtin_rules();
    // In the middle, so that rules run after it.
    rules.insert(rules.len() / 2, Box::new(Panics::new()));
    Checker::new(Knowledge::builtin(), rules)
}

fn said(file: &FileReport) -> Vec<(String, Span, String)> {
    file.diagnostics.iter().map(|it| (it.rule.to_string(), it.span, it.fingerprint.clone())).collect()
}

/// As `common::check`, which takes no rule that gave up.
fn check(checker: &Checker, name: &str, text: &str) -> FileReport {
    checker.check_with(Arc::new(Source::new(name, text)), common::today(), &Settings::default())
}

#[test]
fn a_rule_that_panics_is_a_failure_of_that_rule_on_that_guide() {
    let (whole, broken) = (Checker::builtin(), with_panics());
    let file = check(&broken, "a.md", GUIDE);
    let mut expected = said(&check(&whole, "a.md", GUIDE));
    // To a checker that does not know the rule its name is a mistake.
    expected.retain(|(rule, ..)| rule != "meta/invalid-directive");
    assert!(expected.iter().any(|(rule, ..)| rule == "phone/placeholder"));
    assert_eq!(said(&file), expected, "nothing of the rule, all of the others, and its comment is not called unused");
    assert_eq!(file.failures.len(), 1);
    assert_eq!(file.failures[0].path, "a.md");
    assert!(file.failures[0].message.contains("test/panics"), "{}", file.failures[0].message);
    // The next guide is none of its business.
    let next = check(&broken, "b.md", "# Notes\n\nNothing.\n");
    assert!(next.failures.is_empty());
    assert!(next.diagnostics.iter().any(|it| it.rule == "test/panics"));
}

#[test]
fn what_gave_up_is_in_every_report_that_can_hold_it() {
    let checker = with_panics();
    let file = check(&checker, "a.md", GUIDE);
    let failures = file.failures.clone();
    let report = Report {
        as_of: common::today(),
        knowledge_as_of: checker.knowledge().as_of(),
        files: vec![file],
        failures,
        docs_url: None,
    };
    for format in Format::ALL {
        let text = render(&report, &checker.rules(), format, &Style::default());
        // Whoever reads lines of findings is told on standard error.
        let silent = matches!(format, Format::Text | Format::Concise);
        assert_eq!(text.contains("internal failure"), !silent, "{}", format.name());
    }
}

#[test]
fn panics_can_be_caught_in_what_is_shipped() {
    let cargo = include_str!("../Cargo.toml");
    assert!(!cargo.contains("panic ="), "with `panic = \"abort\"` one rule would end the run");
}
