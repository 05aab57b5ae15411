//! What is asked of any bytes: the same functions for the fuzzer and for `cargo test`, which runs them over the corpus.

use std::sync::{Arc, LazyLock};

use guidelint::check::{Config, Settings};
use guidelint::date::Date;
use guidelint::diagnostic::{Applicability, Confidence, Diagnostic, Edit, FileReport, Fix, Message, Report, Severity};
use guidelint::knowledge::{Knowledge, read_country};
use guidelint::render::{Format, Style, render as rendered};
use guidelint::text::Span;
use guidelint::{Checker, Source, declarative, fix as fixes};

/// What is asked of bytes.
pub type Target = fn(&[u8]);

/// Every target, by the name of its corpus.
pub const TARGETS: [(&str, Target); 7] = [
    ("check", check),
    ("config", config),
    ("country", country),
    ("rule", rule),
    ("render", render),
    ("fix", fix),
    ("suppression", suppression),
];

fn checker() -> &'static Checker {
    static CHECKER: LazyLock<Checker> = LazyLock::new(Checker::builtin);
    &CHECKER
}

fn today() -> Date {
    Date::new(2026, 11, 22).unwrap()
}

fn checked(name: &str, text: &str) -> FileReport {
    let report = checker().check_with(Arc::new(Source::new(name, text)), today(), &Settings::default());
    assert!(report.failures.is_empty(), "{:?}", report.failures);
    report
}

fn text_of(data: &[u8]) -> String {
    String::from_utf8_lossy(data).into_owned()
}

fn spans(it: &Diagnostic) -> impl Iterator<Item = Span> {
    let edits = it.fix.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span));
    std::iter::once(it.span).chain(it.labels.iter().map(|label| label.span)).chain(edits)
}

/// A guide of any bytes: every place of every finding is in it.
pub fn check(data: &[u8]) {
    let name = if data.first().is_some_and(|it| it % 2 == 1) { "a.mdx" } else { "a.md" };
    let report = checked(name, &text_of(data));
    let text = report.source.text();
    for it in report.diagnostics.iter().chain(&report.suppressed) {
        for span in spans(it) {
            assert!(text.get(span.range()).is_some(), "{} at {span:?}", it.rule);
        }
    }
    let places: Vec<(u32, u32)> = report.diagnostics.iter().map(|it| (it.span.start, it.span.end)).collect();
    assert!(places.is_sorted());
}

/// A configuration: read or refused, and what is refused can be shown.
pub fn config(data: &[u8]) {
    if let Err(error) = Config::read("guidelint.toml", &text_of(data), &checker().rules(), checker().knowledge()) {
        guidelint::render::load_error(&error.source, &error.diagnostics, &Style::default());
    }
}

/// A country file of a project. Only what can be read is laid over the built-in knowledge, which is decoded for it every time.
pub fn country(data: &[u8]) {
    const PATH: &str = "countries/al.toml";
    let text = text_of(data);
    let read = read_country(PATH, &text).and_then(|_| Knowledge::builder().country(PATH, text).build());
    if let Err(error) = read {
        guidelint::render::load_error(&error.source, &error.diagnostics, &Style::default());
    }
}

/// A rule of a project, and what it makes of its own examples.
pub fn rule(data: &[u8]) {
    let knowledge = checker().knowledge();
    let read = declarative::read("style/any", "rules/style/any.toml", &text_of(data), knowledge)
        .and_then(|rule| rule.run_examples(knowledge, today()));
    if let Err(error) = read {
        guidelint::render::load_error(&error.source, &error.diagnostics, &Style::default());
    }
}

/// The first byte chooses the format; the rest is the guide, its name and what is said of it.
pub fn render(data: &[u8]) {
    let Some((&chosen, rest)) = data.split_first() else { return };
    let format = Format::ALL[usize::from(chosen) % Format::ALL.len()];
    let text = text_of(rest);
    let mut file = checked(&format!("g/{text}.md"), &text);
    file.diagnostics.push(finding(Span::of(0..text.len()), &text, Vec::new()));
    let report = Report {
        as_of: today(),
        knowledge_as_of: None,
        files: vec![file],
        failures: vec![guidelint::diagnostic::Failure { path: text.clone(), message: text }],
        docs_url: None,
    };
    let out = rendered(&report, &checker().rules(), format, &Style::default());
    let raw = out.chars().find(|c| {
        c.is_control() && *c != '\n'
            || matches!(*c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
    });
    assert_eq!(raw, None, "{}", format.name());
}

fn finding(span: Span, words: &str, edits: Vec<Edit>) -> Diagnostic {
    Diagnostic {
        rule: "test/any".into(),
        severity: Severity::Warning,
        confidence: Confidence::High,
        span,
        message: Message::verbatim(words),
        labels: Vec::new(),
        evidence: Vec::new(),
        help: Some(Message::verbatim(words)),
        fix: Some(Fix { title: Message::verbatim(words), edits, applicability: Applicability::Safe }),
        absent: None,
        fingerprint: "0".repeat(32),
    }
}

/// Edits anywhere, in groups: two bytes of place and one of length each, over what is left of the data. What goes in is
/// what was counted, and the guide that comes out can be mended to the end.
pub fn fix(data: &[u8]) {
    let Some((&count, rest)) = data.split_first() else { return };
    let (edits, rest) = rest.split_at(rest.len().min(usize::from(count % 16) * 3));
    let text = text_of(rest);
    let source = Source::new("a.md", text.as_str());
    let edit = |bytes: &[u8]| {
        let start = usize::from(u16::from_le_bytes([bytes[0], bytes[1]])) % (text.len() + 2);
        Edit {
            span: Span::of(start..start + usize::from(bytes[2] % 32)),
            replacement: "x".repeat(usize::from(bytes[2] / 64)),
        }
    };
    let edits: Vec<Edit> = edits.chunks_exact(3).map(edit).collect();
    let findings: Vec<Diagnostic> = edits.chunks(2).map(|two| finding(Span::default(), "x", two.to_vec())).collect();
    let fixed = fixes::apply(&source, &findings, Applicability::Safe);
    assert!(fixed.applied + fixed.waiting <= findings.len());
    if fixed.applied == 0 {
        assert_eq!(fixed.text, text);
    }
    let mended = checker().mend(Arc::new(source), today(), &Settings::default(), Applicability::Unsafe);
    if mended.stable {
        let again = checker().mend(mended.report.source, today(), &Settings::default(), Applicability::Unsafe);
        assert_eq!(again.applied, 0, "a second run fixed more");
    }
}

/// A comment of any words: it silences or is complained of, and no finding is lost.
pub fn suppression(data: &[u8]) {
    fn guide(comment: &str) -> String {
        format!(
            "# How to cancel an Albanian SIM\n\n{comment}\n\nCall AMC at +355 69 123 4567.\n\n## Steps\n\nHand it in.\n"
        )
    }
    static BEFORE: LazyLock<Vec<Diagnostic>> = LazyLock::new(|| checked("a.md", &guide("")).diagnostics);
    let words = text_of(data).replace("--", "- ").replace('>', " ");
    let after = checked("a.md", &guide(&format!("<!-- guidelint: {words} -->")));
    let known = |rule: &str, all: &[Diagnostic]| all.iter().filter(|it| it.rule == rule).count();
    for rule in ["phone/placeholder", "carrier/outdated"] {
        let left = known(rule, &after.diagnostics) + known(rule, &after.suppressed);
        assert_eq!(left, known(rule, &BEFORE), "{rule}");
    }
}
