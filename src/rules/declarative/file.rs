//! A rule file as it is written, and what is wrong with it.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use crate::diagnostic::{Applicability, Confidence, Severity};

/// The kinds of rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    Existence,
    Substitution,
    Occurrence,
    Repetition,
    Consistency,
    Conditional,
    Sequence,
    Link,
    FrontMatter,
    Section,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Per {
    #[default]
    Guide,
    Section,
    Block,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Type {
    Text,
    Number,
    Bool,
    List,
    Table,
    Date,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawSeverity {
    Off,
    Info,
    Warning,
    Error,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawConfidence {
    Low,
    Medium,
    High,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawApplicability {
    Safe,
    Unsafe,
    DisplayOnly,
}

/// A sentence in English only, or in both languages.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Sentence {
    One(String),
    Both { en: String, zh: String },
}

impl Sentence {
    pub fn texts(&self) -> (&str, &str) {
        match self {
            Sentence::One(text) => (text, text),
            Sentence::Both { en, zh } => (en, zh),
        }
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct Unless {
    /// A link to somewhere that is no messenger stands in the block.
    pub link_in_block: bool,
    /// The block is a quotation.
    pub in_quote: bool,
    /// One of these stands within `within` characters, in the same block.
    pub near: Vec<Spanned<String>>,
    pub within: Option<Spanned<usize>>,
    pub in_block: Vec<Spanned<String>>,
    pub in_guide: Vec<Spanned<String>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawExample {
    pub text: Spanned<String>,
    #[serde(default)]
    pub find: Vec<Spanned<String>>,
    pub fixed: Option<Spanned<String>>,
    pub country: Option<String>,
    pub lang: Option<String>,
    pub kind: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawRule {
    pub kind: Spanned<Kind>,
    pub message: Spanned<Sentence>,
    pub docs: Spanned<String>,
    pub severity: RawSeverity,
    pub confidence: Option<RawConfidence>,
    pub since: Option<String>,
    pub help: Option<Spanned<Sentence>>,
    pub fix: Option<Spanned<String>>,
    pub applicability: Option<RawApplicability>,
    pub scope: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    pub languages: Vec<Spanned<String>>,
    #[serde(default)]
    pub countries: Vec<Spanned<String>>,
    #[serde(default)]
    pub kinds: Vec<Spanned<String>>,
    #[serde(default)]
    pub case_sensitive: bool,
    #[serde(default)]
    pub slow: bool,
    #[serde(default)]
    pub unless: Unless,
    #[serde(default)]
    pub bad: Vec<RawExample>,
    #[serde(default)]
    pub good: Vec<RawExample>,

    pub terms: Option<Spanned<Vec<Spanned<String>>>>,
    pub patterns: Option<Spanned<Vec<Spanned<String>>>>,
    pub swap: Option<Spanned<BTreeMap<Spanned<String>, Spanned<String>>>>,
    pub min: Option<Spanned<usize>>,
    pub max: Option<Spanned<usize>>,
    pub per: Option<Spanned<Per>>,
    pub either: Option<Spanned<Vec<Spanned<String>>>>,
    pub or: Option<Spanned<Vec<Spanned<String>>>>,
    #[serde(rename = "if")]
    pub if_: Option<Spanned<Vec<Spanned<String>>>>,
    pub then: Option<Spanned<Vec<Spanned<String>>>>,
    pub first: Option<Spanned<Vec<Spanned<String>>>>,
    pub second: Option<Spanned<Vec<Spanned<String>>>>,
    pub hosts: Option<Spanned<Vec<Spanned<String>>>>,
    pub parameters: Option<Spanned<Vec<Spanned<String>>>>,
    pub texts: Option<Spanned<Vec<Spanned<String>>>>,
    pub schemes: Option<Spanned<Vec<Spanned<String>>>>,
    pub key: Option<Spanned<String>>,
    #[serde(rename = "type")]
    pub type_: Option<Spanned<Type>>,
    pub one_of: Option<Spanned<Vec<Spanned<String>>>>,
    pub required: Option<Spanned<bool>>,
    pub headings: Option<Spanned<Vec<Spanned<String>>>>,
    pub forbidden: Option<Spanned<bool>>,
}

impl RawRule {
    /// The keys that only some kinds have, with their places.
    pub fn particular_keys(&self) -> Vec<(&'static str, Range<usize>)> {
        let mut keys = Vec::new();
        macro_rules! collect {
            ($($name:literal $field:ident),* $(,)?) => {
                $(if let Some(value) = &self.$field { keys.push(($name, value.span())); })*
            };
        }
        collect!(
            "terms" terms, "patterns" patterns, "swap" swap, "min" min, "max" max, "per" per, "either" either,
            "or" or, "if" if_, "then" then, "first" first, "second" second, "hosts" hosts, "parameters" parameters,
            "texts" texts, "schemes" schemes, "key" key, "type" type_, "one-of" one_of, "required" required,
            "headings" headings, "forbidden" forbidden,
        );
        keys
    }
}

impl Kind {
    pub const ALL: [Kind; 10] = [
        Kind::Existence,
        Kind::Substitution,
        Kind::Occurrence,
        Kind::Repetition,
        Kind::Consistency,
        Kind::Conditional,
        Kind::Sequence,
        Kind::Link,
        Kind::FrontMatter,
        Kind::Section,
    ];

    /// Whether a rule of this kind may bring a fix template.
    pub fn has_fix(self) -> bool {
        matches!(self, Kind::Existence | Kind::Occurrence)
    }

    /// Keys it cannot do without, besides one of those of [`Kind::keys`].
    pub fn also_needed(self) -> &'static [&'static str] {
        match self {
            Kind::Consistency => &["either"],
            Kind::Conditional => &["if"],
            Kind::Sequence => &["first"],
            Kind::FrontMatter => &["key"],
            _ => &[],
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Kind::Existence => "existence",
            Kind::Substitution => "substitution",
            Kind::Occurrence => "occurrence",
            Kind::Repetition => "repetition",
            Kind::Consistency => "consistency",
            Kind::Conditional => "conditional",
            Kind::Sequence => "sequence",
            Kind::Link => "link",
            Kind::FrontMatter => "front-matter",
            Kind::Section => "section",
        }
    }

    /// The keys this kind knows, and those of them of which at least one must be there.
    pub fn keys(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Kind::Existence => (&["terms", "patterns"], &["terms", "patterns"]),
            Kind::Substitution => (&["swap"], &["swap"]),
            Kind::Occurrence => (&["terms", "patterns", "min", "max", "per"], &["min", "max"]),
            Kind::Repetition => (&["terms"], &["terms"]),
            Kind::Consistency => (&["either", "or"], &["or"]),
            Kind::Conditional => (&["if", "then", "per"], &["then"]),
            Kind::Sequence => (&["first", "second"], &["second"]),
            Kind::Link => (&["hosts", "parameters", "texts", "schemes"], &["hosts", "parameters", "texts", "schemes"]),
            Kind::FrontMatter => {
                (&["key", "type", "one-of", "required", "patterns"], &["type", "one-of", "required", "patterns"])
            }
            Kind::Section => (&["headings", "forbidden"], &["headings"]),
        }
    }

    /// What its message may speak of.
    pub fn placeholders(self) -> &'static [&'static str] {
        match self {
            Kind::Existence | Kind::Repetition => &["match"],
            Kind::Substitution => &["match", "replacement"],
            Kind::Occurrence => &["match", "count", "min", "max"],
            Kind::Consistency | Kind::Conditional | Kind::Sequence => &["match", "other"],
            Kind::Link => &["match", "host", "parameter", "text"],
            Kind::FrontMatter => &["key", "value"],
            Kind::Section => &["match", "heading"],
        }
    }
}

impl RawSeverity {
    /// The severity, and whether the rule is on by default.
    pub fn settle(self) -> (Severity, bool) {
        match self {
            RawSeverity::Off => (Severity::Info, false),
            RawSeverity::Info => (Severity::Info, true),
            RawSeverity::Warning => (Severity::Warning, true),
            RawSeverity::Error => (Severity::Error, true),
        }
    }
}

impl RawConfidence {
    pub fn settle(self) -> Confidence {
        match self {
            RawConfidence::Low => Confidence::Low,
            RawConfidence::Medium => Confidence::Medium,
            RawConfidence::High => Confidence::High,
        }
    }
}

impl RawApplicability {
    pub fn settle(self) -> Applicability {
        match self {
            RawApplicability::Safe => Applicability::Safe,
            RawApplicability::Unsafe => Applicability::Unsafe,
            RawApplicability::DisplayOnly => Applicability::DisplayOnly,
        }
    }
}
