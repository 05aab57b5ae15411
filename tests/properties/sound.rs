//! What must hold of every report, whatever the guide: asked of fixtures, of mutants and of random text alike.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use guidelint::diagnostic::{Diagnostic, FileReport, Language, Report};
use guidelint::render::{Format, Style, render};
use guidelint::text::Span;
use guidelint::{Checker, Source};
use serde_json::Value;

use super::common;

pub fn checker() -> &'static Checker {
    static CHECKER: LazyLock<Checker> = LazyLock::new(Checker::builtin);
    &CHECKER
}

/// Every guide among the fixtures, by name.
pub fn fixtures() -> &'static [(String, String)] {
    static FIXTURES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
        let mut guides = Vec::new();
        walk(&common::fixtures(), &mut guides);
        guides.sort();
        assert!(guides.len() > 400, "only {} fixtures", guides.len());
        guides
    });
    &FIXTURES
}

fn walk(folder: &Path, out: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, out);
        } else if path.extension().is_some_and(|it| it == "md" || it == "mdx")
            && let Ok(text) = fs::read_to_string(&path)
        {
            out.push((path.strip_prefix(common::root()).unwrap().display().to_string(), text));
        }
    }
}

/// What a reader reads of a finding.
pub fn sentence(it: &Diagnostic) -> String {
    it.message.text(Language::En)
}

/// What a finding is, wherever it stands: rule, text, sentence.
pub fn essence(source: &Source, it: &Diagnostic) -> (String, String, String) {
    (it.rule.to_string(), source.slice(it.span).to_owned(), sentence(it))
}

pub fn json(file: &FileReport) -> String {
    let report = Report {
        as_of: common::today(),
        knowledge_as_of: checker().knowledge().as_of(),
        files: vec![file.clone()],
        failures: Vec::new(),
        docs_url: None,
    };
    render(&report, &checker().rules(), Format::Json, &Style::default())
}

/// No rule gave up; spans lie in the file and cut no character; findings are in order; no two share a fingerprint; and
/// the JSON report says all of it, with places counted anew by the simplest means there are.
pub fn all_sound(file: &FileReport) {
    let name = file.source.path();
    assert!(file.failures.is_empty(), "{name}: {:?}", file.failures);
    let text = file.source.text();
    let mut prints = BTreeSet::new();
    for it in file.diagnostics.iter().chain(&file.suppressed) {
        for span in spans(it) {
            assert!(span.start <= span.end, "{}: {} is inside out", name, it.rule);
            assert!(text.get(span.range()).is_some(), "{}: {} cuts a character at {span:?}", name, it.rule);
        }
        assert!(prints.insert(it.fingerprint.clone()), "{name}: two findings are called {}", it.fingerprint);
    }
    let key = |it: &Diagnostic| (it.span.start, it.span.end, it.rule.to_string(), sentence(it));
    assert!(file.diagnostics.windows(2).all(|two| key(&two[0]) <= key(&two[1])), "{name}: out of order");
    says_the_same(file, &json(file));
}

fn spans(it: &Diagnostic) -> impl Iterator<Item = Span> {
    let edits = it.fix.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span));
    std::iter::once(it.span).chain(it.labels.iter().map(|label| label.span)).chain(edits)
}

/// The report read back holds what the findings hold.
fn says_the_same(file: &FileReport, written: &str) {
    let name = file.source.path();
    let report: Value = serde_json::from_str(written).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(report["files"][0]["path"], name);
    assert_eq!(report["files"][0]["country"].as_str(), file.country.as_deref());
    assert_eq!(report["files"][0]["language"].as_str(), file.language.as_deref());
    assert_eq!(report["summary"]["suppressed"], file.suppressed.len());
    let found = report["diagnostics"].as_array().unwrap();
    assert_eq!(found.len(), file.diagnostics.len());
    let text = file.source.text();
    for (said, it) in found.iter().zip(&file.diagnostics) {
        assert_eq!(said["rule"], *it.rule);
        assert_eq!(said["message"], sentence(it));
        assert_eq!(said["fingerprint"], it.fingerprint);
        assert_eq!(said["severity"], it.severity.as_str());
        assert_eq!(said["text"], text[it.span.range()]);
        place_is(text, &said["span"], it.span);
        assert_eq!(said["help"].as_str(), it.help.as_ref().map(|help| help.text(Language::En)).as_deref());
        let evidence: Vec<String> = it.evidence.iter().map(|it| it.statement.text(Language::En)).collect();
        let said_evidence = said["evidence"].as_array().unwrap().iter().map(|it| it["statement"].as_str().unwrap());
        assert!(said_evidence.eq(evidence.iter().map(String::as_str)));
        assert_eq!(said["labels"].as_array().unwrap().len(), it.labels.len());
        for (said, label) in said["labels"].as_array().unwrap().iter().zip(&it.labels) {
            place_is(text, &said["span"], label.span);
            assert_eq!(said["message"], label.message.text(Language::En));
        }
        let edits = it.fix.iter().flat_map(|fix| &fix.edits);
        for (said, edit) in said["fix"]["edits"].as_array().into_iter().flatten().zip(edits) {
            place_is(text, &said["span"], edit.span);
            assert_eq!(said["replacement"], edit.replacement);
        }
    }
}

fn place_is(text: &str, said: &Value, span: Span) {
    for (end, offset) in [("start", span.start), ("end", span.end)] {
        let said = &said[end];
        assert_eq!(said["offset"], offset);
        let before = &text[..offset as usize];
        // A carriage return and the line feed after it are one line end, even when a span ends between them.
        let cut = before.ends_with('\r') && text[offset as usize..].starts_with('\n');
        let whole = if cut { &before[..before.len() - 1] } else { before };
        let ends = whole.replace("\r\n", "\n").replace('\r', "\n");
        let line = ends.rsplit('\n').next().unwrap();
        let line = if ends.contains('\n') { line } else { line.trim_start_matches('\u{feff}') };
        assert_eq!(said["line"], ends.matches('\n').count() + 1, "line of {offset} in {text:?}");
        let extra = usize::from(cut);
        assert_eq!(said["column"], line.chars().count() + 1 + extra, "column of {offset} in {text:?}");
        assert_eq!(said["column_utf16"], line.encode_utf16().count() + 1 + extra, "column of {offset} in {text:?}");
    }
}
