//! Everything known of a number, a short code or a network code, for `guidelint lookup`; carriers by
//! name are found by [`carrier::carriers`].
//!
//! ```
//! let knowledge = guidelint::knowledge::Knowledge::builtin();
//! let found = guidelint::lookup::lookup(&knowledge, "+355 69 482 0157", None);
//! assert_eq!(found.number.unwrap().verdict.unwrap().region.as_deref(), Some("AL"));
//! let found = guidelint::lookup::lookup(&knowledge, "112", Some("AL"));
//! assert!(found.short[0].emergency);
//! ```

pub mod carrier;
mod number;
mod render;
mod short;

use crate::facts::{Issued, Verdict};
use crate::knowledge::Knowledge;

pub use number::{EngineVerdict, NumberFacts, engines};
pub use short::{NetworkFacts, ShortFacts};

/// Longest query that is looked at, in bytes; no number is longer.
const LONGEST: usize = 64;

/// What is known of a query.
#[derive(Clone, Debug, Default)]
pub struct Lookup {
    /// What was asked.
    pub query: String,
    /// The country to read it in, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// As a telephone number.
    pub number: Option<NumberFacts>,
    /// As a short number, by country.
    pub short: Vec<ShortFacts>,
    /// As MCC, or MCC and MNC.
    pub networks: Vec<NetworkFacts>,
}

impl Lookup {
    /// Whether nothing at all is known of it.
    pub fn is_empty(&self) -> bool {
        let read = self.number.as_ref().is_some_and(|it| it.verdict.is_ok());
        !read && self.short.is_empty() && self.networks.is_empty()
    }

    fn verdict(&self) -> Option<&Verdict> {
        self.number.as_ref()?.verdict.as_ref().ok()
    }
}

/// Begins like a number and has more digits than a name would have: the letters are an extension, or spell digits.
fn is_number_with_letters(query: &str) -> bool {
    const LEAST: usize = 4;
    query.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '('))
        && query.chars().filter(char::is_ascii_digit).count() >= LEAST
}

/// Looks a number, short code or network code up, read in `country` (ISO 3166-1 alpha-2) where it is not international.
pub fn lookup(knowledge: &Knowledge, query: &str, country: Option<&str>) -> Lookup {
    let query = query.trim();
    let country = country.map(str::to_ascii_uppercase);
    let mut found = Lookup { query: query.to_owned(), country: country.clone(), ..Lookup::default() };
    let asks_for_digits = !query.chars().any(char::is_alphabetic)
        || query.to_ascii_lowercase().starts_with("tel:")
        || is_number_with_letters(query);
    if query.len() > LONGEST || !asks_for_digits {
        return found;
    }
    let plain: String = query.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let digits_only = !plain.is_empty() && plain.bytes().all(|it| it.is_ascii_digit());
    if digits_only && plain.len() <= 6 {
        found.networks = short::networks(knowledge, &plain, query, country.as_deref());
        // `276-01` is written as only a network code is.
        if plain.len() == query.len() || found.networks.is_empty() {
            found.short = short::short_numbers(knowledge, &plain, country.as_deref());
        }
    }
    let is_short = digits_only && plain.len() <= 6;
    let is_whole = country.is_some()
        && found.short.is_empty()
        && matches!(crate::facts::issued(&plain, country.as_deref()), Issued::Yes(_));
    if !is_short || is_whole || (found.networks.is_empty() && found.short.is_empty()) {
        found.number = Some(number::facts(knowledge, query, country.as_deref()));
    }
    found
}
