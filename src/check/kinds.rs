//! `[kinds.<kind>]` in `guidelint.toml`: which guides are of a kind, and how long a project takes them to be fresh.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::globs::{self, Globs};
use crate::diagnostic::Diagnostic;
use crate::knowledge::{GuideKinds, TomlFile, did_you_mean};

/// What a project says of a kind of guide.
#[derive(Clone, Debug)]
pub struct KindSetting {
    /// The kind.
    pub kind: String,
    /// Guides that are of the kind, unless their front matter says otherwise.
    paths: Option<Globs>,
    /// After how many months such a guide should be looked at again.
    pub stale_months: Option<u32>,
}

impl KindSetting {
    /// Whether a guide lies where guides of the kind lie; the path is relative to the configuration.
    pub fn holds(&self, path: &str) -> bool {
        self.paths.as_ref().is_some_and(|globs| globs.hold(path))
    }
}

pub(super) type RawKinds = BTreeMap<Spanned<String>, RawKind>;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct RawKind {
    paths: Vec<Spanned<String>>,
    stale_months: Option<Spanned<u32>>,
}

/// A century: longer than any guide lives, short enough to reckon with.
const MOST_MONTHS: u32 = 1200;

pub(super) fn complaints(file: &TomlFile, kinds: &RawKinds, known: &GuideKinds) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    for (name, raw) in kinds {
        if known.kind(name.get_ref()).is_none() {
            out.push(file.complaint(name.span(), unknown(name.get_ref(), known)));
        }
        for glob in &raw.paths {
            out.extend(globs::fault(glob.get_ref()).map(|it| file.complaint(glob.span(), it)));
        }
        if let Some(months) = raw.stale_months.as_ref().filter(|it| !(1..=MOST_MONTHS).contains(it.get_ref())) {
            out.push(file.complaint(months.span(), format!("give a number of months from 1 to {MOST_MONTHS}")));
        }
    }
    out
}

/// Says that a kind does not exist, and which was perhaps meant.
pub(super) fn unknown(name: &str, known: &GuideKinds) -> String {
    let near = did_you_mean(name, known.kinds.iter().map(|it| it.name.as_str()));
    let hint = near.map(|it| format!("; did you mean `{it}`?")).unwrap_or_default();
    format!("there is no kind of guide `{name}`{hint}")
}

pub(super) fn settle(kinds: RawKinds) -> Vec<KindSetting> {
    let setting = |(name, raw): (Spanned<String>, RawKind)| KindSetting {
        kind: name.into_inner(),
        paths: globs::settle(&raw.paths),
        stale_months: raw.stale_months.map(Spanned::into_inner),
    };
    kinds.into_iter().map(setting).collect()
}

/// Each setting with its value as TOML and its place.
pub(super) fn told(kinds: &RawKinds) -> Vec<(String, String, std::ops::Range<usize>)> {
    let mut out = Vec::new();
    for (name, raw) in kinds {
        if let Some(first) = raw.paths.first() {
            let globs: Vec<String> = raw.paths.iter().map(|it| format!("{:?}", it.get_ref())).collect();
            out.push((format!("kinds.{}.paths", name.get_ref()), format!("[{}]", globs.join(", ")), first.span()));
        }
        if let Some(months) = &raw.stale_months {
            out.push((format!("kinds.{}.stale-months", name.get_ref()), months.get_ref().to_string(), months.span()));
        }
    }
    out
}
