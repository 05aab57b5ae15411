use serde::{Deserialize, Serialize};

use std::borrow::Cow;
use std::sync::Arc;

use super::{Confidence, Message, Severity};
use crate::{date::Date, text::Span};

/// One finding of one rule at one place.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The rule's name, `group/pattern`.
    pub rule: Cow<'static, str>,
    /// How grave.
    pub severity: Severity,
    /// How sure.
    pub confidence: Confidence,
    /// The bytes it speaks of.
    pub span: Span,
    /// What is wrong, in one sentence.
    pub message: Message,
    /// Further places that belong to it.
    pub labels: Vec<Label>,
    /// Why we say so.
    pub evidence: Vec<Evidence>,
    /// What to do.
    pub help: Option<Message>,
    /// How to mend it, where that can be said in edits.
    pub fix: Option<Fix>,
    /// The id of what is absent, when the finding is about something that is not there.
    pub absent: Option<String>,
    /// Stable across unrelated edits; empty until the checker has computed it.
    pub fingerprint: String,
}

/// A further place, with what it has to do with the finding.
#[derive(Clone, Debug)]
pub struct Label {
    /// The bytes.
    pub span: Span,
    /// What they are.
    pub message: Message,
}

/// A reason, and where it comes from.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// The fact, in one sentence.
    pub statement: Message,
    /// Who says so; `None` when the guide itself or arithmetic does.
    pub source: Option<Arc<Citation>>,
}

/// What kind of voice a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SourceKind {
    /// A telecom regulator or numbering administrator.
    Regulator,
    /// The carrier itself.
    Carrier,
    /// A published technical standard.
    Standard,
    /// A newspaper or trade press.
    Press,
    /// A maintained data set.
    Dataset,
    /// An encyclopedia.
    Encyclopedia,
    /// Somebody's blog.
    Blog,
}

impl SourceKind {
    /// All kinds, most authoritative first.
    pub const ALL: [SourceKind; 7] = [
        SourceKind::Regulator,
        SourceKind::Carrier,
        SourceKind::Standard,
        SourceKind::Press,
        SourceKind::Dataset,
        SourceKind::Encyclopedia,
        SourceKind::Blog,
    ];

    /// The word used in knowledge files and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            SourceKind::Regulator => "regulator",
            SourceKind::Carrier => "carrier",
            SourceKind::Standard => "standard",
            SourceKind::Press => "press",
            SourceKind::Dataset => "dataset",
            SourceKind::Encyclopedia => "encyclopedia",
            SourceKind::Blog => "blog",
        }
    }
}

/// A source of a fact, as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// What kind of voice.
    pub kind: SourceKind,
    /// Where it stands on the web.
    pub url: Option<String>,
    /// Or which published package holds it.
    pub package: Option<String>,
    /// The day the text speaks of, as it says it.
    pub as_of: Option<String>,
    /// The day somebody read it.
    pub verified: Option<Date>,
    /// Whether a stored copy was read and not the live page.
    pub copy: bool,
    /// Texts copied from one another share an origin and count as one source.
    pub origin: String,
}

/// Whether a fix may be applied without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Applicability {
    /// Only shown.
    DisplayOnly,
    /// Changes what the guide says: applied with `--unsafe-fixes`.
    Unsafe,
    /// Keeps the meaning: applied with `--fix`.
    Safe,
}

impl Applicability {
    /// The word used in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Applicability::DisplayOnly => "display-only",
            Applicability::Unsafe => "unsafe",
            Applicability::Safe => "safe",
        }
    }
}

/// Replace the bytes under a span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What goes; empty to insert.
    pub span: Span,
    /// What comes.
    pub replacement: String,
}

/// A mend: edits that belong together.
#[derive(Clone, Debug)]
pub struct Fix {
    /// What it does, in a few words.
    pub title: Message,
    /// All or none of these.
    pub edits: Vec<Edit>,
    /// Whether it may be applied without asking.
    pub applicability: Applicability,
}
