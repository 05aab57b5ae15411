use std::fmt::Write;

use crate::diagnostic::{Failure, FileReport, Language, Severity, Summary};

use super::citation::full_text;
use super::place::Places;
use super::safe::{disarm_commands, term_safe};
use super::{FAILURE, Renderer, Run, Style};

/// GitHub's workflow commands, which become annotations. Columns are Unicode scalar values and only given where a
/// finding begins and ends on one line, since GitHub refuses them otherwise.
pub(super) struct Github {
    language: Language,
}

impl Github {
    pub fn new(style: &Style) -> Github {
        Github { language: style.language }
    }
}

impl Renderer for Github {
    fn begin(&mut self, _: &mut String, _: &Run<'_>) {}

    fn file(&mut self, out: &mut String, file: &FileReport) {
        let places = Places::new(&file.source);
        let path = property(file.source.path());
        for diagnostic in &file.diagnostics {
            let place = places.of(diagnostic.span);
            let command = match diagnostic.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "notice",
            };
            let _ = write!(out, "::{command} title={},file={path}", property(&diagnostic.rule));
            let _ = write!(out, ",line={},endLine={}", place.start.line, place.end.line);
            if place.start.line == place.end.line {
                let _ = write!(out, ",col={},endColumn={}", place.start.column, place.end.column);
            }
            let _ = writeln!(out, "::{}", data(&full_text(diagnostic, self.language)));
        }
    }

    fn end(&mut self, out: &mut String, _: &Summary, failures: &[Failure]) {
        for failure in failures {
            let (path, message) = (property(&failure.path), data(&failure.message));
            let _ = writeln!(out, "::error title={FAILURE},file={path}::{message}");
        }
    }
}

/// A message: what could end the line is encoded, what could act on a terminal is made visible.
fn data(text: &str) -> String {
    let mut out = term_safe(text).replace('%', "%25").replace('\n', "%0A").replace('\t', "␉");
    disarm_commands(&mut out, 0);
    out
}

/// A property, which ends at a colon or comma, too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
