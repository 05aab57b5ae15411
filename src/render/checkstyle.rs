use std::fmt::Write;

use crate::diagnostic::{Failure, FileReport, Language, Summary};

use super::citation::full_text;
use super::place::Places;
use super::xml::escape;
use super::{FAILURE, Renderer, Run, Style};

/// The XML of the Java linter Checkstyle, which many tools read. Columns are Unicode scalar values.
pub(super) struct Checkstyle {
    language: Language,
}

impl Checkstyle {
    pub fn new(style: &Style) -> Checkstyle {
        Checkstyle { language: style.language }
    }
}

impl Renderer for Checkstyle {
    fn begin(&mut self, out: &mut String, _: &Run<'_>) {
        out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n");
    }

    fn file(&mut self, out: &mut String, file: &FileReport) {
        let places = Places::new(&file.source);
        let _ = writeln!(out, "  <file name=\"{}\">", escape(file.source.path()));
        for diagnostic in &file.diagnostics {
            let start = places.of(diagnostic.span).start;
            let _ = writeln!(
                out,
                "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"{}\"/>",
                start.line,
                start.column,
                diagnostic.severity.as_str(),
                escape(&full_text(diagnostic, self.language)),
                escape(&diagnostic.rule)
            );
        }
        out.push_str("  </file>\n");
    }

    fn end(&mut self, out: &mut String, _: &Summary, failures: &[Failure]) {
        for failure in failures {
            let (path, message) = (escape(&failure.path), escape(&failure.message));
            let _ = writeln!(out, "  <file name=\"{path}\">");
            let _ = writeln!(
                out,
                "    <error line=\"1\" column=\"1\" severity=\"error\" message=\"{message}\" source=\"{FAILURE}\"/>"
            );
            out.push_str("  </file>\n");
        }
        out.push_str("</checkstyle>\n");
    }
}
