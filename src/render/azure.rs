use std::fmt::Write;

use crate::diagnostic::{Failure, FileReport, Language, Severity, Summary};

use super::citation::full_text;
use super::place::Places;
use super::safe::{disarm_commands, term_safe};
use super::{FAILURE, Renderer, Run, Style};

/// Logging commands of Azure Pipelines. They know errors and warnings only: an info is a warning whose message begins
/// with `info:`. Columns are Unicode scalar values.
pub(super) struct Azure {
    language: Language,
}

impl Azure {
    pub fn new(style: &Style) -> Azure {
        Azure { language: style.language }
    }
}

impl Renderer for Azure {
    fn begin(&mut self, _: &mut String, _: &Run<'_>) {}

    fn file(&mut self, out: &mut String, file: &FileReport) {
        let places = Places::new(&file.source);
        let path = property(file.source.path());
        for diagnostic in &file.diagnostics {
            let start = places.of(diagnostic.span).start;
            let (kind, prefix) = match diagnostic.severity {
                Severity::Error => ("error", ""),
                Severity::Warning => ("warning", ""),
                Severity::Info => ("warning", "info: "),
            };
            let _ = writeln!(
                out,
                "##vso[task.logissue type={kind};sourcepath={path};linenumber={};columnnumber={};code={};]{prefix}{}",
                start.line,
                start.column,
                property(&diagnostic.rule),
                data(&full_text(diagnostic, self.language))
            );
        }
    }

    fn end(&mut self, out: &mut String, _: &Summary, failures: &[Failure]) {
        for failure in failures {
            let (path, message) = (property(&failure.path), data(&failure.message));
            let _ = writeln!(out, "##vso[task.logissue type=error;sourcepath={path};code={FAILURE};]{message}");
        }
    }
}

fn data(text: &str) -> String {
    let mut out = term_safe(text).replace('%', "%AZP25").replace('\n', "%0A").replace('\t', "␉");
    disarm_commands(&mut out, 0);
    out
}

fn property(text: &str) -> String {
    data(text).replace(']', "%5D").replace(';', "%3B")
}
