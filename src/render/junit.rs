use std::fmt::Write;

use crate::diagnostic::{Diagnostic, Failure, FileReport, Language, Severity, Summary};

use super::citation::full_text;
use super::place::Places;
use super::xml::escape;
use super::{FAILURE, Renderer, Run, Style};

/// JUnit XML: a guide is a suite and a finding a failed case; what is only info is a skipped case, for nobody's build
/// should turn red on "we do not know this". A guide without findings is one passed case.
pub(super) struct Junit {
    language: Language,
    suites: String,
    tests: usize,
}

impl Junit {
    pub fn new(style: &Style) -> Junit {
        Junit { language: style.language, suites: String::new(), tests: 0 }
    }

    fn case(&mut self, path: &str, diagnostic: &Diagnostic, places: &Places<'_>) {
        let start = places.of(diagnostic.span).start;
        let (rule, severity) = (escape(&diagnostic.rule), diagnostic.severity.as_str());
        let element = if diagnostic.severity == Severity::Info { "skipped" } else { "failure" };
        let message = escape(&diagnostic.message.text(self.language));
        let text = escape(&full_text(diagnostic, self.language));
        let _ = write!(
            self.suites,
            "    <testcase name=\"{rule} at {}:{}\" classname=\"{path}\" time=\"0\">\n      \
             <{element} type=\"{severity}\" message=\"{message}\">{text}</{element}>\n    </testcase>\n",
            start.line, start.column,
        );
    }

    fn suite(&mut self, path: &str, tests: usize, failures: usize, errors: usize, skipped: usize) {
        let _ = writeln!(
            self.suites,
            "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" \
             skipped=\"{skipped}\" time=\"0\">"
        );
        self.tests += tests;
    }
}

impl Renderer for Junit {
    fn begin(&mut self, _: &mut String, _: &Run<'_>) {}

    fn file(&mut self, _: &mut String, file: &FileReport) {
        let places = Places::new(&file.source);
        let path = escape(file.source.path());
        let skipped = file.diagnostics.iter().filter(|it| it.severity == Severity::Info).count();
        let tests = file.diagnostics.len();
        self.suite(&path, tests.max(1), tests - skipped, 0, skipped);
        for diagnostic in &file.diagnostics {
            self.case(&path, diagnostic, &places);
        }
        if file.diagnostics.is_empty() {
            let _ = writeln!(self.suites, "    <testcase name=\"guidelint\" classname=\"{path}\" time=\"0\"/>");
        }
        self.suites.push_str("  </testsuite>\n");
    }

    fn end(&mut self, out: &mut String, summary: &Summary, failures: &[Failure]) {
        for failure in failures {
            let (path, message) = (escape(&failure.path), escape(&failure.message));
            self.suite(&path, 1, 0, 1, 0);
            let _ = write!(
                self.suites,
                "    <testcase name=\"{FAILURE}\" classname=\"{path}\" time=\"0\">\n      \
                 <error type=\"{FAILURE}\" message=\"{message}\"/>\n    </testcase>\n  </testsuite>\n"
            );
        }
        let _ = write!(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"guidelint\" tests=\"{}\" failures=\"{}\" \
             errors=\"{}\" time=\"0\">\n{}</testsuites>\n",
            self.tests,
            summary.errors + summary.warnings,
            failures.len(),
            self.suites
        );
    }
}
