use std::borrow::Cow;

use super::{Applicability, RuleOption, Wording};

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// "We do not know this."
    Info,
    /// One good source, or a strong pattern.
    Warning,
    /// Broken grammar or arithmetic, or two independent sources against the text.
    Error,
}

impl Severity {
    /// The word used everywhere.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// Reads that word.
    pub fn parse(text: &str) -> Option<Severity> {
        [Severity::Info, Severity::Warning, Severity::Error].into_iter().find(|severity| severity.as_str() == text)
    }
}

/// How sure a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Worth a look.
    Low,
    /// Probably.
    Medium,
    /// As good as certain.
    High,
}

impl Confidence {
    /// The word used everywhere.
    pub fn as_str(self) -> &'static str {
        match self {
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
        }
    }

    /// Reads that word.
    pub fn parse(text: &str) -> Option<Confidence> {
        [Confidence::Low, Confidence::Medium, Confidence::High]
            .into_iter()
            .find(|confidence| confidence.as_str() == text)
    }
}

/// What is known of a rule before it runs.
#[derive(Clone, Debug)]
pub struct RuleMeta {
    /// `group/pattern`, kebab-case; passes the sentence "allow `group/pattern`".
    pub name: Cow<'static, str>,
    /// The documentation, Markdown. Its first line is the summary.
    pub docs: Cow<'static, str>,
    /// Default severity; a finding may say less or more where the rule's documentation says so.
    pub severity: Severity,
    /// The confidence a finding starts from.
    pub confidence: Confidence,
    /// Whether it runs when nothing is selected.
    pub on_by_default: bool,
    /// The best applicability its fixes have.
    pub fix: Option<Applicability>,
    /// The version that brought it.
    pub since: Cow<'static, str>,
    /// Every sentence it can say.
    pub wordings: &'static [&'static Wording],
    /// What a project may set about it.
    pub options: &'static [RuleOption],
}

impl RuleMeta {
    /// The part before the slash.
    pub fn group(&self) -> &str {
        self.name.split_once('/').map_or(self.name.as_ref(), |(group, _)| group)
    }

    /// The first line of the documentation.
    pub fn summary(&self) -> &str {
        self.docs.trim().lines().next().unwrap_or("").trim()
    }
}
