use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::embedded;
use super::toml_file::{LoadError, TomlFile};

/// What currencies are called.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Currencies {
    /// ISO 4217 code, empty for words that several currencies share; and a word.
    pub words: Vec<(String, String)>,
    /// The codes, in order; [`super::Owner::Currency`] is an index into them. The first is empty.
    pub codes: Vec<String>,
    readers: BTreeMap<String, Vec<String>>,
    taken: BTreeMap<String, Vec<String>>,
}

impl Currencies {
    /// Whether a sign or word is one for the currency `code`, in this spelling.
    pub fn is_called(&self, code: &str, sign: &str) -> bool {
        self.words.iter().any(|(currency, word)| currency == code && word == sign)
    }

    /// Whether prices are told in it although it is another country's: to readers of a language, or in shops of a country.
    pub fn is_common(&self, code: &str, language: &str, country: &str) -> bool {
        let lists = |lists: &BTreeMap<String, Vec<String>>, key: &str| {
            lists.get(key).is_some_and(|it| it.iter().any(|it| it == code))
        };
        matches!(code, "USD" | "EUR" | "") || lists(&self.readers, language) || lists(&self.taken, country)
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
    taken: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawShared {
    words: Vec<String>,
}

pub(super) fn load() -> Result<Currencies, LoadError> {
    let (path, text) = embedded::CURRENCIES;
    let raw: Raw = TomlFile::new(path, text).read()?;
    let mut currencies =
        Currencies { codes: vec![String::new()], readers: raw.readers, taken: raw.taken, ..Currencies::default() };
    currencies.words.extend(raw.shared.words.into_iter().map(|word| (String::new(), word)));
    for (code, words) in raw.currency {
        currencies.words.extend(words.into_iter().map(|word| (code.clone(), word)));
        currencies.codes.push(code);
    }
    Ok(currencies)
}
