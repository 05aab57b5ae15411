use std::collections::BTreeMap;

use serde::Deserialize;

use super::embedded;
use super::toml_file::{LoadError, TomlFile};

/// What tells languages apart.
#[derive(Clone, Debug, Default)]
pub struct Languages {
    /// By code.
    pub profiles: Vec<LanguageProfile>,
}

/// What tells one language from the others of its script.
#[derive(Clone, Debug)]
pub struct LanguageProfile {
    /// BCP 47.
    pub code: String,
    /// Unicode script, English name.
    pub script: String,
    /// Very frequent words, lower case.
    pub words: Vec<String>,
    /// Characters that only this language or form has.
    pub characters: Vec<char>,
}

#[derive(Deserialize)]
struct RawLanguages {
    #[serde(rename = "schema")]
    _schema: u32,
    #[serde(flatten)]
    languages: BTreeMap<String, RawLanguage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLanguage {
    script: String,
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    characters: String,
    #[serde(default, rename = "substrings")]
    _substrings: bool,
}

pub(super) fn load() -> Result<Languages, LoadError> {
    let (path, text) = embedded::LANGUAGES;
    let raw: RawLanguages = TomlFile::new(path, text).read()?;
    let profiles = raw.languages.into_iter().map(|(code, raw)| LanguageProfile {
        code,
        script: raw.script,
        words: raw.words,
        characters: raw.characters.chars().collect(),
    });
    Ok(Languages { profiles: profiles.collect() })
}
