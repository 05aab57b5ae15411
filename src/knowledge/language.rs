use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::embedded;
use super::toml_file::{LoadError, TomlFile};

/// What tells languages apart.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Languages {
    /// By code.
    pub profiles: Vec<LanguageProfile>,
    /// Names of months in all languages.
    pub months: Months,
}

/// Names of months, to be found at a place in a text.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Months {
    /// Lower-case name and month (1–12), the longest names first.
    names: Vec<(Vec<char>, u8)>,
    /// Indices of names by their first character, in order; most digits have no month beside them.
    by_first: BTreeMap<char, Vec<u16>>,
    /// The same by their last character.
    by_last: BTreeMap<char, Vec<u16>>,
    /// Years that are not counted as ours.
    eras: Vec<Era>,
}

/// Years counted from another beginning: 令和8年, 民國115年.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Era {
    /// What stands before the year.
    names: Vec<String>,
    /// Our year before its first.
    before_first: i32,
    /// ISO 3166-1 alpha-2 of the countries whose guides leave the name out.
    #[serde(default)]
    bare_in: Vec<String>,
}

impl Languages {
    /// The code of the language that `code` is understood by, which is mostly its own.
    pub fn understood_by<'a>(&'a self, code: &'a str) -> &'a str {
        let by = self.profiles.iter().find(|it| it.also.iter().any(|also| also == code));
        by.map_or(code, |it| it.code.as_str())
    }
}

impl Months {
    /// The month whose name stands at the beginning of `text`, and the length of the name in bytes.
    pub fn at_start(&self, text: &str) -> Option<(u8, usize)> {
        let first = lower(text.chars().next()?);
        self.by_first.get(&first)?.iter().find_map(|&at| {
            let (name, month) = &self.names[usize::from(at)];
            let mut chars = text.char_indices();
            let same = name.iter().all(|wanted| chars.next().is_some_and(|(_, c)| lower(c) == *wanted));
            let end = chars.next().map_or(text.len(), |(at, _)| at);
            let ends = !text[end..].starts_with(|c: char| c.is_alphabetic() && !is_thai(c));
            (same && ends).then_some((*month, end))
        })
    }

    /// Our year before the first of the era whose name stands at the end of `text`, and where the name begins.
    pub fn era_at_end(&self, text: &str) -> Option<(i32, usize)> {
        let text = text.trim_end_matches(' ');
        let named = |era: &Era| era.names.iter().find_map(|name| Some(text.strip_suffix(name.as_str())?.len()));
        self.eras.iter().find_map(|era| Some((era.before_first, named(era)?)))
    }

    /// Our year before the first of the era that guides of a country count in without saying so.
    pub fn bare_era(&self, country: &str) -> Option<i32> {
        self.eras.iter().find(|it| it.bare_in.iter().any(|code| code == country)).map(|it| it.before_first)
    }

    /// The month whose name stands at the end of `text`, and where the name begins.
    pub fn at_end(&self, text: &str) -> Option<(u8, usize)> {
        let last = lower(text.chars().next_back()?);
        self.by_last.get(&last)?.iter().find_map(|&at| {
            let (name, month) = &self.names[usize::from(at)];
            let mut chars = text.char_indices().rev();
            let mut start = text.len();
            for wanted in name.iter().rev() {
                let (at, c) = chars.next()?;
                if lower(c) != *wanted {
                    return None;
                }
                start = at;
            }
            let begins = !text[..start].ends_with(|c: char| c.is_alphabetic() && !is_thai(c));
            begins.then_some((*month, start))
        })
    }
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// Thai does not part its words.
fn is_thai(c: char) -> bool {
    matches!(c as u32, 0xE00..=0xE7F)
}

/// What tells one language from the others of its script.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LanguageProfile {
    /// BCP 47.
    pub code: String,
    /// Other codes that are understood by the words of this language.
    pub also: Vec<String>,
    /// Unicode script, English name.
    pub script: String,
    /// Very frequent words, lower case.
    pub words: Vec<String>,
    /// Characters that only this language or form has, in order.
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
    also: Vec<String>,
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
        also: raw.also,
        words: raw.words,
        characters: sorted(raw.characters.chars().collect()),
    });
    Ok(Languages { profiles: profiles.collect(), months: load_months()? })
}

fn sorted(mut characters: Vec<char>) -> Vec<char> {
    characters.sort_unstable();
    characters
}

#[derive(Deserialize)]
struct RawMonths {
    #[serde(rename = "schema")]
    _schema: u32,
    eras: Vec<Era>,
    #[serde(flatten)]
    languages: BTreeMap<String, Vec<Vec<String>>>,
}

fn load_months() -> Result<Months, LoadError> {
    let (path, text) = embedded::MONTHS;
    let raw: RawMonths = TomlFile::new(path, text).read()?;
    let mut names: Vec<(Vec<char>, u8)> = Vec::new();
    for months in raw.languages.into_values() {
        for (at, spellings) in months.into_iter().enumerate() {
            names.extend(spellings.iter().map(|name| (name.chars().map(lower).collect(), at as u8 + 1)));
        }
    }
    names.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
    names.dedup();
    let index = |letter: fn(&[char]) -> Option<&char>| {
        let mut index: BTreeMap<char, Vec<u16>> = BTreeMap::new();
        for (at, (name, _)) in names.iter().enumerate() {
            if let Some(&letter) = letter(name) {
                index.entry(letter).or_default().push(at as u16);
            }
        }
        index
    };
    let (by_first, by_last) = (index(<[char]>::first), index(<[char]>::last));
    Ok(Months { names, by_first, by_last, eras: raw.eras })
}
