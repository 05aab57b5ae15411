use std::fmt::Write;

use crate::diagnostic::{Failure, FileReport, Language, Summary};

use super::place::Places;
use super::safe::{disarm_commands, one_line};
use super::{Renderer, Run, Style};

/// `path:line:column: severity[rule] message`, one line per finding and nothing else.
pub(super) struct Concise {
    language: Language,
}

impl Concise {
    pub fn new(style: &Style) -> Concise {
        Concise { language: style.language }
    }
}

impl Renderer for Concise {
    fn begin(&mut self, _: &mut String, _: &Run<'_>) {}

    fn file(&mut self, out: &mut String, file: &FileReport) {
        let (from, places) = (out.len(), Places::new(&file.source));
        let path = one_line(file.source.path());
        // A build agent obeys lines that begin with `::`.
        let path = if path.trim_start().starts_with("::") { format!("./{path}").into() } else { path };
        for diagnostic in &file.diagnostics {
            let start = places.of(diagnostic.span).start;
            let severity = diagnostic.severity.as_str();
            let (rule, message) = (one_line(&diagnostic.rule), diagnostic.message.text(self.language));
            let message = one_line(&message);
            let _ = writeln!(out, "{path}:{}:{}: {severity}[{rule}] {message}", start.line, start.column);
        }
        disarm_commands(out, from);
    }

    fn end(&mut self, _: &mut String, _: &Summary, _: &[Failure]) {}
}
