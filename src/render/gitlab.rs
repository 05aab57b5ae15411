use serde::Serialize;

use crate::diagnostic::{Failure, FileReport, Language, Severity, Summary};

use super::citation::full_text;
use super::json::to_string;
use super::place::{Place, Places};
use super::{FAILURE, Renderer, Run, Style};

/// GitLab's code quality report. Columns are Unicode scalar values; `end` is exclusive.
pub(super) struct Gitlab {
    language: Language,
    any: bool,
}

impl Gitlab {
    pub fn new(style: &Style) -> Gitlab {
        Gitlab { language: style.language, any: false }
    }

    fn push(&mut self, out: &mut String, issue: &Issue<'_>) {
        out.push_str(if self.any { ",\n  " } else { "\n  " });
        out.push_str(&to_string(issue));
        self.any = true;
    }
}

impl Renderer for Gitlab {
    fn begin(&mut self, out: &mut String, _: &Run<'_>) {
        out.push('[');
    }

    fn file(&mut self, out: &mut String, file: &FileReport) {
        let places = Places::new(&file.source);
        let path = file.source.path();
        for diagnostic in &file.diagnostics {
            let place = places.of(diagnostic.span);
            let issue = Issue {
                kind: "issue",
                description: full_text(diagnostic, self.language),
                check_name: &diagnostic.rule,
                categories: [category(&diagnostic.rule)],
                fingerprint: unique(&diagnostic.fingerprint, path),
                severity: match diagnostic.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Info => "info",
                },
                location: Location::new(path, place),
            };
            self.push(out, &issue);
        }
    }

    fn end(&mut self, out: &mut String, _: &Summary, failures: &[Failure]) {
        for failure in failures {
            let issue = Issue {
                kind: "issue",
                description: failure.message.clone(),
                check_name: FAILURE,
                categories: [BUG_RISK],
                fingerprint: unique(FAILURE, &failure.path),
                severity: "blocker",
                location: Location {
                    path: &failure.path,
                    lines: Lines { begin: 1, end: 1 },
                    positions: Positions { begin: Point { line: 1, column: 1 }, end: Point { line: 1, column: 1 } },
                },
            };
            self.push(out, &issue);
        }
        out.push_str(if self.any { "\n]\n" } else { "]\n" });
    }
}

/// GitLab drops findings that share a fingerprint. Ours are unique below one configuration file; a run over several
/// may hold the same relative path twice, so the path as reported is mixed in (FNV-1a).
fn unique(fingerprint: &str, path: &str) -> String {
    let hash = path
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{fingerprint}-{hash:016x}")
}

const BUG_RISK: &str = "Bug Risk";

/// Code Climate's kind of issue. GitLab does not read it; readers of Code Climate's reports do not go without.
fn category(rule: &str) -> &'static str {
    match rule.split('/').next() {
        Some("section" | "text") => "Clarity",
        _ => BUG_RISK,
    }
}

#[derive(Serialize)]
struct Issue<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    description: String,
    check_name: &'a str,
    categories: [&'a str; 1],
    fingerprint: String,
    severity: &'a str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
    positions: Positions,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

#[derive(Serialize)]
struct Positions {
    begin: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: u32,
    column: u32,
}

impl<'a> Location<'a> {
    fn new(path: &'a str, place: Place) -> Location<'a> {
        let Place { start, end } = place;
        Location {
            path,
            lines: Lines { begin: start.line, end: end.line },
            positions: Positions {
                begin: Point { line: start.line, column: start.column },
                end: Point { line: end.line, column: end.column },
            },
        }
    }
}
