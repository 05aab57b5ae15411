use serde::Deserialize;
use toml::Spanned;

use std::collections::BTreeMap;

use super::selection::{Selection, UnknownName};
use crate::diagnostic::{Confidence, RuleMeta, Severity};
use crate::facts::SubjectHints;
use crate::knowledge::{LoadError, TomlFile};

/// What `guidelint.toml` says.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Which rules speak, and how loudly.
    pub selection: Selection,
    /// From which severity on a run fails.
    pub fail_on: Option<FailOn>,
    /// A run with more warnings fails.
    pub max_warnings: Option<usize>,
    /// Findings below it are dropped.
    pub min_confidence: Option<Confidence>,
    /// What every guide is taken to be about.
    pub hints: SubjectHints,
    /// Globs of files not to read.
    pub exclude: Vec<String>,
    /// File endings to read besides `.md`, `.markdown`, `.mdx`.
    pub extensions: Vec<String>,
}

/// From which severity on a run fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // The severities, and never.
pub enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

impl FailOn {
    /// The least severity that fails; `None` for never.
    pub fn least(self) -> Option<Severity> {
        match self {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Info => Some(Severity::Info),
            FailOn::Never => None,
        }
    }
}

/// How a project wants a rule or a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // The severities, and off.
pub enum RuleSetting {
    Off,
    Info,
    Warning,
    Error,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum RawConfidence {
    Low,
    Medium,
    High,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct RawConfig {
    select: Option<Vec<Spanned<String>>>,
    ignore: Vec<Spanned<String>>,
    fail_on: Option<FailOn>,
    max_warnings: Option<usize>,
    min_confidence: Option<RawConfidence>,
    country: Option<Spanned<String>>,
    lang: Option<Spanned<String>>,
    exclude: Vec<Spanned<String>>,
    extensions: Vec<Spanned<String>>,
    rules: BTreeMap<Spanned<String>, RuleSetting>,
    promotion: RawPromotion,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawPromotion {
    allow: Vec<Spanned<String>>,
}

impl Config {
    /// Reads `guidelint.toml`; `path` is how messages call it.
    ///
    /// # Errors
    /// Broken TOML, unknown keys, rules that do not exist, globs that cannot be read: with their places.
    pub fn read(path: &str, text: &str, rules: &[&RuleMeta]) -> Result<Config, LoadError> {
        let file = TomlFile::new(path, text);
        let raw: RawConfig = file.read()?;
        let mut complaints = Vec::new();
        let names = raw.select.iter().flatten().chain(&raw.ignore).chain(raw.rules.keys());
        for name in names {
            if let Err(unknown) = Selection::resolve(name.get_ref(), rules.iter().copied()) {
                complaints.push(file.complaint(name.span(), unknown.to_string()));
            }
        }
        for glob in &raw.exclude {
            if let Err(error) = globset::Glob::new(glob.get_ref()) {
                complaints.push(file.complaint(glob.span(), format!("this is no glob: {}", error.kind())));
            }
        }
        if let Some(country) = &raw.country
            && (country.get_ref().len() != 2 || !country.get_ref().bytes().all(|it| it.is_ascii_uppercase()))
        {
            complaints.push(file.complaint(country.span(), "a country is two capital letters, such as `AL`"));
        }
        for entry in &raw.promotion.allow {
            if entry.get_ref().trim().is_empty() || entry.get_ref().contains("://") {
                let advice = "write a domain, an account or an address without scheme, such as `t.me/name` or `@name`";
                complaints.push(file.complaint(entry.span(), advice));
            }
        }
        file.verdict(complaints)?;
        let plain = |list: Vec<Spanned<String>>| list.into_iter().map(Spanned::into_inner).collect::<Vec<_>>();
        let severities = raw.rules.into_iter().map(|(name, setting)| {
            let severity = match setting {
                RuleSetting::Off => None,
                RuleSetting::Info => Some(Severity::Info),
                RuleSetting::Warning => Some(Severity::Warning),
                RuleSetting::Error => Some(Severity::Error),
            };
            (name.into_inner(), severity)
        });
        Ok(Config {
            selection: Selection {
                select: raw.select.map(plain),
                ignore: plain(raw.ignore),
                severities: severities.collect(),
            },
            fail_on: raw.fail_on,
            max_warnings: raw.max_warnings,
            min_confidence: raw.min_confidence.map(|it| match it {
                RawConfidence::Low => Confidence::Low,
                RawConfidence::Medium => Confidence::Medium,
                RawConfidence::High => Confidence::High,
            }),
            hints: SubjectHints {
                country: raw.country.map(Spanned::into_inner),
                kind: None,
                language: raw.lang.map(Spanned::into_inner),
                allow: plain(raw.promotion.allow),
            },
            exclude: plain(raw.exclude),
            extensions: plain(raw.extensions).into_iter().map(|it| it.trim_start_matches('.').to_owned()).collect(),
        })
    }
}

impl std::fmt::Display for UnknownName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "there is no rule or group `{}`", self.name)?;
        match &self.near {
            Some(near) => write!(f, "; did you mean `{near}`?"),
            None => Ok(()),
        }
    }
}
