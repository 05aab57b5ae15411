use serde::Serialize;

use crate::diagnostic::{Applicability, Diagnostic, Failure, FileReport, Language, Severity, Summary};
use crate::text::{Position, Span};

use super::citation::full_text;
use super::json::to_string;
use super::place::Places;
use super::{FAILURE, Renderer, Run, Style, docs_of};

/// reviewdog's diagnostic format, as one object or as lines. Its columns are 1-based UTF-8 bytes.
pub(super) struct Rdjson {
    language: Language,
    lines: bool,
    docs_url: Option<String>,
    any: bool,
}

impl Rdjson {
    pub fn new(style: &Style, lines: bool) -> Rdjson {
        Rdjson { language: style.language, lines, docs_url: None, any: false }
    }

    fn push(&mut self, out: &mut String, wire: &DiagnosticWire<'_>) {
        if !self.lines {
            out.push_str(if self.any { ",\n  " } else { "\n  " });
        }
        out.push_str(&to_string(wire));
        if self.lines {
            out.push('\n');
        }
        self.any = true;
    }

    fn wire<'a>(&self, diagnostic: &'a Diagnostic, path: &'a str, places: &Places<'_>) -> DiagnosticWire<'a> {
        let location = |span: Span| Location { path, range: Some(Range::new(span, places)) };
        DiagnosticWire {
            message: full_text(diagnostic, self.language),
            location: location(diagnostic.span),
            severity: match diagnostic.severity {
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
                Severity::Info => "INFO",
            },
            source: self.lines.then_some(SOURCE),
            code: Code { value: &diagnostic.rule, url: docs_of(self.docs_url.as_deref(), &diagnostic.rule) },
            suggestions: suggestions(diagnostic, places),
            related_locations: diagnostic
                .labels
                .iter()
                .map(|label| Related { message: label.message.text(self.language), location: location(label.span) })
                .collect(),
        }
    }
}

impl Renderer for Rdjson {
    fn begin(&mut self, out: &mut String, run: &Run<'_>) {
        self.docs_url = run.docs_url.map(str::to_owned);
        if !self.lines {
            out.push_str(&format!("{{\n\"source\": {},\n\"diagnostics\": [", to_string(&SOURCE)));
        }
    }

    fn file(&mut self, out: &mut String, file: &FileReport) {
        let places = Places::new(&file.source);
        for diagnostic in &file.diagnostics {
            let wire = self.wire(diagnostic, file.source.path(), &places);
            self.push(out, &wire);
        }
    }

    fn end(&mut self, out: &mut String, _: &Summary, failures: &[Failure]) {
        for failure in failures {
            let wire = DiagnosticWire {
                message: failure.message.clone(),
                location: Location { path: &failure.path, range: None },
                severity: "ERROR",
                source: self.lines.then_some(SOURCE),
                code: Code { value: FAILURE, url: None },
                suggestions: Vec::new(),
                related_locations: Vec::new(),
            };
            self.push(out, &wire);
        }
        if !self.lines {
            out.push_str("\n]\n}\n");
        }
    }
}

/// A reader applies suggestions one by one, so a fix of several edits, which belong together, is not offered.
fn suggestions<'a>(diagnostic: &'a Diagnostic, places: &Places<'_>) -> Vec<Suggestion<'a>> {
    let fix = diagnostic.fix.as_ref().filter(|fix| fix.applicability > Applicability::DisplayOnly);
    match fix.map(|fix| fix.edits.as_slice()) {
        Some([edit]) => vec![Suggestion { range: Range::new(edit.span, places), text: &edit.replacement }],
        _ => Vec::new(),
    }
}

const SOURCE: Source<'static> = Source { name: "guidelint" };

#[derive(Clone, Copy, Serialize)]
struct Source<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct DiagnosticWire<'a> {
    message: String,
    location: Location<'a>,
    severity: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source<'a>>,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    range: Range,
    text: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    message: String,
    location: Location<'a>,
}

impl Range {
    fn new(span: Span, places: &Places<'_>) -> Range {
        let place = places.of(span);
        Range { start: Point::new(place.start), end: Point::new(place.end) }
    }
}

impl Point {
    fn new(position: Position) -> Point {
        Point { line: position.line, column: position.column_utf8 }
    }
}
