use std::collections::BTreeMap;

use serde::Deserialize;

use super::embedded;
use super::toml_file::{LoadError, TomlFile};

/// What currencies are called.
#[derive(Clone, Debug, Default)]
pub struct Currencies {
    /// ISO 4217 code, empty for words that several currencies share; and a word.
    pub words: Vec<(String, String)>,
    /// The codes, in order; [`super::Owner::Currency`] is an index into them. The first is empty.
    pub codes: Vec<String>,
    readers: BTreeMap<String, Vec<String>>,
}

impl Currencies {
    /// Whether readers of a language are told prices in it although it is another country's.
    pub fn is_common(&self, code: &str, language: &str) -> bool {
        matches!(code, "USD" | "EUR" | "")
            || self.readers.get(language).is_some_and(|it| it.iter().any(|it| it == code))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    #[serde(rename = "schema")]
    _schema: u32,
    shared: RawShared,
    currency: BTreeMap<String, Vec<String>>,
    readers: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawShared {
    words: Vec<String>,
}

pub(super) fn load() -> Result<Currencies, LoadError> {
    let (path, text) = embedded::CURRENCIES;
    let raw: Raw = TomlFile::new(path, text).read()?;
    let mut currencies = Currencies { codes: vec![String::new()], readers: raw.readers, ..Currencies::default() };
    currencies.words.extend(raw.shared.words.into_iter().map(|word| (String::new(), word)));
    for (code, words) in raw.currency {
        currencies.words.extend(words.into_iter().map(|word| (code.clone(), word)));
        currencies.codes.push(code);
    }
    Ok(currencies)
}
