use std::borrow::Cow;
use std::sync::Arc;

use super::{Diagnostic, Severity};
use crate::{date::Date, text::Source};

/// What checking one guide gave.
#[derive(Clone, Debug)]
pub struct FileReport {
    /// The guide; renderers need its text for excerpts and columns.
    pub source: Arc<Source>,
    /// The one country it is about (ISO 3166-1 alpha-2), if there is one.
    pub country: Option<String>,
    /// All countries it is about.
    pub countries: Vec<String>,
    /// The kind of guide, such as `cancel-sim`.
    pub kind: Option<String>,
    /// All kinds it is of; several when its title names several things to do.
    pub kinds: Vec<String>,
    /// Whether it is about mobile service at all.
    pub telecom: bool,
    /// BCP 47 language without script, such as `zh`.
    pub language: Option<String>,
    /// Script where the language has several, such as `Hans`.
    pub script: Option<String>,
    /// What was read in it, and how much of that is known to be right.
    pub facts: FactCounts,
    /// What is wrong, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// Findings that a comment silences.
    pub suppressed: Vec<Diagnostic>,
    /// Findings that the baseline knows.
    pub baselined: Vec<Diagnostic>,
    /// Rules that gave up on this guide; the others were heard.
    pub failures: Vec<Failure>,
    /// Indices of the project's allowed contacts that stand in the guide.
    pub allowed: Vec<u16>,
    /// How long it took, for whoever lent the checker a clock.
    pub timing: Option<Timing>,
}

/// What checking one guide took, in nanoseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timing {
    /// From its text to its findings.
    pub whole: u64,
    /// Of that: taking the text apart and finding facts in it.
    pub reading: u64,
    /// Of that: each rule that ran.
    pub rules: Vec<(Cow<'static, str>, u64)>,
}

/// What was read, and how much of it agrees with what we know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FactCounts {
    /// Telephone numbers.
    pub numbers: usize,
    /// Of these, equal to a number its carrier publishes or an emergency number of the country.
    pub numbers_verified: usize,
    /// Carriers named, each once.
    pub carriers: usize,
    /// Of these, current under that name.
    pub carriers_current: usize,
    /// Links.
    pub links: usize,
}

/// Something that could not be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The path as given, or as found.
    pub path: String,
    /// What went wrong and what to do about it.
    pub message: String,
}

/// A whole run.
#[derive(Clone, Debug)]
pub struct Report {
    /// The day it was made for.
    pub as_of: Date,
    /// The newest day on which a source in the knowledge was read.
    pub knowledge_as_of: Option<Date>,
    /// Guides, sorted by path.
    pub files: Vec<FileReport>,
    /// What could not be read, sorted by path.
    pub failures: Vec<Failure>,
    /// The URL under which the documentation of a rule is found, `{rule}` standing for its name.
    pub docs_url: Option<String>,
}

/// The numbers at the end of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Guides checked.
    pub files: usize,
    /// Findings by severity.
    pub errors: usize,
    /// Findings by severity.
    pub warnings: usize,
    /// Findings by severity.
    pub infos: usize,
    /// Findings a comment silences.
    pub suppressed: usize,
    /// Findings the baseline knows.
    pub baselined: usize,
}

impl Report {
    /// Counts everything.
    pub fn summary(&self) -> Summary {
        let mut summary = Summary { files: self.files.len(), ..Summary::default() };
        for file in &self.files {
            summary.add(file);
        }
        summary
    }

    /// Every finding with the guide it is in, in order.
    pub fn diagnostics(&self) -> impl Iterator<Item = (&FileReport, &Diagnostic)> {
        self.files.iter().flat_map(|file| file.diagnostics.iter().map(move |it| (file, it)))
    }
}

impl Summary {
    /// Adds the findings of one guide; `files` is left to the caller.
    pub fn add(&mut self, file: &FileReport) {
        for diagnostic in &file.diagnostics {
            match diagnostic.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Info => self.infos += 1,
            }
        }
        self.suppressed += file.suppressed.len();
        self.baselined += file.baselined.len();
    }
}
