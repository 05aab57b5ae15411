//! `[[overrides]]` in `guidelint.toml`: settings for some guides only.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::globs::{self, Globs};
use super::kinds;
use super::setting::{self, RawRules};
use crate::diagnostic::{Diagnostic, RuleMeta, RuleOptions, Severity};
use crate::facts::Subject;
use crate::knowledge::{Knowledge, TomlFile};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct RawOverride {
    pub paths: Vec<Spanned<String>>,
    pub languages: Vec<Spanned<String>>,
    pub countries: Vec<Spanned<String>>,
    kinds: Vec<Spanned<String>>,
    rules: RawRules,
}

/// Settings for some guides only. What it names must all hold; within a list one is enough.
#[derive(Clone, Debug)]
pub struct Override {
    paths: Option<Globs>,
    languages: Vec<String>,
    countries: Vec<String>,
    kinds: Vec<String>,
    /// Rules and groups with a severity of their own; `None` switches off.
    pub severities: BTreeMap<String, Option<Severity>>,
    /// What it sets about single rules.
    pub options: RuleOptions,
}

impl Override {
    /// Whether it holds for a guide, given its path relative to the configuration and what it is about.
    pub fn matches(&self, path: &str, subject: &Subject) -> bool {
        let language = &subject.language;
        let spoken =
            |it: &String| language.code.as_ref() == Some(it) || (language.code.is_some() && language.key() == it);
        self.paths.as_ref().is_none_or(|globs| globs.hold(path))
            && (self.languages.is_empty() || self.languages.iter().any(spoken))
            && (self.countries.is_empty() || self.countries.iter().any(|it| subject.countries.contains(it)))
            && (self.kinds.is_empty() || self.kinds.iter().any(|it| subject.kinds.contains(it)))
    }
}

impl RawOverride {
    pub(super) fn settle(self, rules: &[&RuleMeta]) -> Override {
        let plain = |list: Vec<Spanned<String>>| list.into_iter().map(Spanned::into_inner).collect();
        let mut options = RuleOptions::default();
        setting::lay_options(&self.rules, rules, &mut options);
        Override {
            paths: globs::settle(&self.paths),
            languages: plain(self.languages),
            countries: plain(self.countries),
            kinds: plain(self.kinds),
            severities: setting::severities(&self.rules),
            options,
        }
    }
}

/// What is wrong with the overrides, but for countries and languages, which are looked at together with those outside.
pub(super) fn complaints(
    file: &TomlFile,
    overrides: &[Spanned<RawOverride>],
    rules: &[&RuleMeta],
    knowledge: &Knowledge,
) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    for each in overrides {
        let raw = each.get_ref();
        out.extend(setting::complaints(file, &raw.rules, rules));
        let narrow = [&raw.paths, &raw.languages, &raw.countries, &raw.kinds];
        if narrow.iter().all(|it| it.is_empty()) {
            let message =
                "this holds for every guide: name `paths`, `languages`, `countries` or `kinds`, or use `[rules]`";
            out.push(file.complaint(each.span(), message));
        }
        if raw.rules.is_empty() {
            out.push(file.complaint(each.span(), "this sets nothing: give it `rules`"));
        }
        for language in raw.languages.iter().filter(|it| has_region(it.get_ref())) {
            let message = "of a language only the script is told apart: write `pt` or `zh-Hant`, without the country";
            out.push(file.complaint(language.span(), message));
        }
        for kind in raw.kinds.iter().filter(|kind| knowledge.kinds.kind(kind.get_ref()).is_none()) {
            out.push(file.complaint(kind.span(), kinds::unknown(kind.get_ref(), &knowledge.kinds)));
        }
    }
    out
}

/// Whether a language names more than itself and a script.
pub(super) fn has_region(language: &str) -> bool {
    language.split('-').skip(1).any(|part| part.len() != 4)
}

/// Each setting with its value as TOML and its place.
pub(super) fn told(overrides: &[Spanned<RawOverride>]) -> Vec<(String, String, Range<usize>)> {
    let mut out = Vec::new();
    for (at, each) in overrides.iter().enumerate() {
        let raw = each.get_ref();
        let lists = [
            ("paths", &raw.paths),
            ("languages", &raw.languages),
            ("countries", &raw.countries),
            ("kinds", &raw.kinds),
        ];
        for (key, list) in lists {
            if let Some(first) = list.first() {
                let items: Vec<&String> = list.iter().map(Spanned::get_ref).collect();
                out.push((format!("overrides[{at}].{key}"), format!("{items:?}"), first.span()));
            }
        }
        for (key, value, place) in setting::told(&raw.rules) {
            out.push((format!("overrides[{at}].{key}"), value, place));
        }
    }
    out
}
