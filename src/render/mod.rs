//! A report, written down: one file per format, and nothing here knows a rule.
//!
//! A [`Renderer`] is fed guide by guide, so that a long run can be written as it goes; [`render()`] does the whole of
//! a [`Report`] at once. Guides are untrusted text: whatever of them is printed passes `safe` or the escaping of its
//! format, and no format carries a raw control character.

mod azure;
mod checkstyle;
mod citation;
mod concise;
mod excerpt;
mod github;
mod gitlab;
mod held;
mod html;
mod json;
mod junit;
mod markdown;
mod place;
mod rdjson;
mod safe;
mod sarif;
mod statistics;
mod text;
mod wording;
mod xml;

use crate::date::Date;
use crate::diagnostic::{Diagnostic, Failure, FileReport, Language, Report, RuleMeta, Summary};
use crate::text::Source;

pub use safe::term_safe;
pub use statistics::Statistics;
pub use wording::WORDINGS;

/// A way to write a report down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// For people at a terminal: excerpts, evidence, help.
    Text,
    /// One line per finding.
    Concise,
    /// `guidelint.report.v1`, one object.
    Json,
    /// The same, one object per line.
    Jsonl,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// Checkstyle's XML.
    Checkstyle,
    /// JUnit XML.
    Junit,
    /// reviewdog's diagnostic format, one object.
    Rdjson,
    /// The same, one object per line.
    Rdjsonl,
    /// Logging commands of Azure Pipelines.
    Azure,
    /// A comment for a pull request.
    Markdown,
    /// A page for people who do not live in terminals.
    Html,
}

/// What stands for a rule's name where a format has no place of its own for "this file could not be checked".
const FAILURE: &str = "failure";

impl Format {
    /// All of them, in the order they are documented.
    pub const ALL: [Format; 14] = [
        Format::Text,
        Format::Concise,
        Format::Json,
        Format::Jsonl,
        Format::Sarif,
        Format::Github,
        Format::Gitlab,
        Format::Checkstyle,
        Format::Junit,
        Format::Rdjson,
        Format::Rdjsonl,
        Format::Azure,
        Format::Markdown,
        Format::Html,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Concise => "concise",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Sarif => "sarif",
            Format::Github => "github",
            Format::Gitlab => "gitlab",
            Format::Checkstyle => "checkstyle",
            Format::Junit => "junit",
            Format::Rdjson => "rdjson",
            Format::Rdjsonl => "rdjsonl",
            Format::Azure => "azure",
            Format::Markdown => "markdown",
            Format::Html => "html",
        }
    }

    /// Reads that name.
    pub fn parse(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.name() == name)
    }
}

/// How a report for people looks. Machine formats heed the language of the messages and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether colours may be used.
    pub colour: bool,
    /// Whether rule names may link to their documentation.
    pub hyperlinks: bool,
    /// The language of messages; ids, keys and places are the same in all.
    pub language: Language,
    /// Findings only, no closing lines.
    pub quiet: bool,
    /// Ends with a table of findings by rule.
    pub statistics: bool,
    /// Cells in a line of the terminal.
    pub width: usize,
}

impl Default for Style {
    fn default() -> Style {
        Style { colour: false, hyperlinks: false, language: Language::En, quiet: false, statistics: false, width: 120 }
    }
}

/// What is known of a run before its first guide.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// The day it is made for.
    pub as_of: Date,
    /// The newest day on which a source in the knowledge was read.
    pub knowledge_as_of: Option<Date>,
    /// The rules that run.
    pub rules: &'a [&'a RuleMeta],
    /// The version of guidelint.
    pub version: &'a str,
    /// Where the documentation of a rule is found, `{rule}` standing for its name.
    pub docs_url: Option<&'a str>,
}

/// Writes one report: `begin`, then `file` for each guide in the order of their paths, then `end`.
pub trait Renderer {
    /// Writes what stands before the first guide.
    fn begin(&mut self, out: &mut String, run: &Run<'_>);
    /// Writes one guide.
    fn file(&mut self, out: &mut String, file: &FileReport);
    /// Writes what stands after the last guide, or as much of it as is known to be short.
    fn end(&mut self, out: &mut String, summary: &Summary, failures: &[Failure]);
    /// Writes a further piece of a long end, if there is one left: nobody need hold the whole at once.
    fn rest(&mut self, _: &mut String) -> bool {
        false
    }
}

/// A fresh writer of `format`.
pub fn renderer(format: Format, style: &Style) -> Box<dyn Renderer> {
    match format {
        Format::Text => Box::new(text::Text::new(style)),
        Format::Concise => Box::new(concise::Concise::new(style)),
        Format::Json => Box::new(json::Json::new(style)),
        Format::Jsonl => Box::new(json::Jsonl::new(style)),
        Format::Sarif => Box::new(sarif::Sarif::new(style)),
        Format::Github => Box::new(github::Github::new(style)),
        Format::Gitlab => Box::new(gitlab::Gitlab::new(style)),
        Format::Checkstyle => Box::new(checkstyle::Checkstyle::new(style)),
        Format::Junit => Box::new(junit::Junit::new(style)),
        Format::Rdjson => Box::new(rdjson::Rdjson::new(style, false)),
        Format::Rdjsonl => Box::new(rdjson::Rdjson::new(style, true)),
        Format::Azure => Box::new(azure::Azure::new(style)),
        Format::Markdown => Box::new(markdown::Markdown::new(style)),
        Format::Html => Box::new(html::Html::new(style)),
    }
}

/// The whole of `report` in `format`.
pub fn render(report: &Report, rules: &[&RuleMeta], format: Format, style: &Style) -> String {
    let run = Run {
        as_of: report.as_of,
        knowledge_as_of: report.knowledge_as_of,
        rules,
        version: env!("CARGO_PKG_VERSION"),
        docs_url: report.docs_url.as_deref(),
    };
    let mut renderer = renderer(format, style);
    let mut out = String::new();
    renderer.begin(&mut out, &run);
    for file in &report.files {
        renderer.file(&mut out, file);
    }
    renderer.end(&mut out, &report.summary(), &report.failures);
    while renderer.rest(&mut out) {}
    out
}

/// A data file that cannot be used, shown as a finding is shown.
pub fn load_error(source: &Source, diagnostics: &[Diagnostic], style: &Style) -> String {
    let mut out = String::new();
    let places = place::Places::new(source);
    for diagnostic in diagnostics {
        text::push_finding(&mut out, &places, diagnostic, None, style);
        out.push('\n');
    }
    out
}

/// The address of a rule's documentation.
fn docs_of(template: Option<&str>, rule: &str) -> Option<String> {
    template.map(|template| template.replace("{rule}", rule))
}
