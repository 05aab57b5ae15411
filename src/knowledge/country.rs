use serde::{Deserialize, Serialize};

use std::sync::Arc;

use super::carrier::{Carrier, Name};
use crate::{date::Date, diagnostic::Citation};

/// A country as far as telecom guides are concerned.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Country {
    /// ISO 3166-1 alpha-2, capitals.
    pub code: String,
    /// Country calling code, digits.
    pub calling_code: String,
    /// Mobile country codes.
    pub mcc: Vec<String>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// The day the file was last gone through.
    pub reviewed: Option<Date>,
    /// Whom to call when it burns.
    pub emergency: Option<Emergency>,
    /// Short numbers of the national plan.
    pub short_codes: Vec<ShortRange>,
    /// Sources of `short_codes`.
    #[serde(with = "super::cited")]
    pub short_code_sources: Vec<Arc<Citation>>,
    /// Whether mobile numbers move between carriers.
    pub portability: Option<Portability>,
    /// Whether a SIM must be registered to a person.
    pub registration: Option<Registration>,
    /// The telecom regulator.
    pub regulator: Option<Regulator>,
    /// Carriers, current ones first.
    pub carriers: Vec<Carrier>,
    /// Every source of the file.
    #[serde(with = "super::cited")]
    pub citations: Vec<Arc<Citation>>,
    /// The file it was read from.
    pub path: String,
}

/// Emergency numbers by role.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Emergency {
    /// Numbers with what they are for.
    pub numbers: Vec<(EmergencyRole, String)>,
    /// Sources.
    #[serde(with = "super::cited")]
    pub sources: Vec<Arc<Citation>>,
}

/// What an emergency number is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EmergencyRole {
    /// Everything.
    Any,
    /// Police.
    Police,
    /// Fire brigade.
    Fire,
    /// Ambulance.
    Ambulance,
    /// Coast guard, mountain rescue and others.
    Other,
}

/// Short numbers by pattern: `X` is any digit, `[0-4]` one of a range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShortRange {
    /// Lowest and highest digit at each place.
    pub places: Vec<(u8, u8)>,
}

/// Mobile number portability.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Portability {
    /// Whether it exists.
    pub mobile: bool,
    /// Since when, as the source says it.
    pub since: Option<String>,
    /// Sources.
    #[serde(with = "super::cited")]
    pub sources: Vec<Arc<Citation>>,
}

/// The duty to register a SIM.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Registration {
    /// Whether there is one.
    pub required: bool,
    /// What has to be shown.
    pub documents: Vec<String>,
    /// Sources.
    #[serde(with = "super::cited")]
    pub sources: Vec<Arc<Citation>>,
}

/// The telecom regulator.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Regulator {
    /// What it is called.
    pub names: Vec<Name>,
    /// Registrable domains.
    pub domains: Vec<String>,
    /// Sources.
    #[serde(with = "super::cited")]
    pub sources: Vec<Arc<Citation>>,
}

impl ShortRange {
    /// Reads `12[0-4]X`.
    pub fn parse(text: &str) -> Option<ShortRange> {
        let mut places = Vec::new();
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            match bytes[at..] {
                [b'[', low, b'-', high, b']', ..] if low.is_ascii_digit() && high.is_ascii_digit() && low <= high => {
                    places.push((low - b'0', high - b'0'));
                    at += 5;
                }
                [b'X', ..] => {
                    places.push((0, 9));
                    at += 1;
                }
                [digit, ..] if digit.is_ascii_digit() => {
                    places.push((digit - b'0', digit - b'0'));
                    at += 1;
                }
                _ => return None,
            }
        }
        (!places.is_empty()).then_some(ShortRange { places })
    }

    /// Whether `digits` is one of them.
    pub fn holds(&self, digits: &str) -> bool {
        digits.len() == self.places.len()
            && digits
                .bytes()
                .zip(&self.places)
                .all(|(byte, &(low, high))| byte.is_ascii_digit() && (low..=high).contains(&(byte - b'0')))
    }
}

impl Country {
    /// Carriers a guide would count among "the operators" of the country.
    pub fn current_operators(&self) -> impl Iterator<Item = &Carrier> {
        self.carriers.iter().filter(|carrier| carrier.is_current_operator())
    }

    /// The carrier whose range holds a national significant number, by the longest prefix still in use.
    pub fn range_holder(&self, national: &str) -> Option<(&Carrier, &super::NumberRange)> {
        let ranges = self.carriers.iter().flat_map(|it| it.prefixes.iter().map(move |range| (it, range)));
        ranges
            .filter(|(_, range)| range.until.is_none() && national.starts_with(&range.prefix))
            .max_by_key(|(_, range)| range.prefix.len())
    }

    /// Whether the numbering plan has `digits` as a short number, an emergency or a care number.
    pub fn is_short_number(&self, digits: &str) -> bool {
        self.short_codes.iter().any(|range| range.holds(digits))
            || self.emergency.iter().flat_map(|it| &it.numbers).any(|(_, number)| number == digits)
            || self.carriers.iter().flat_map(|it| &it.care).any(|care| care.number == digits)
    }

    /// The sources last read before a day, oldest first.
    pub fn sources_before(&self, day: Date) -> Vec<&Arc<Citation>> {
        let mut old: Vec<&Arc<Citation>> =
            self.citations.iter().filter(|it| it.verified.is_some_and(|read| read < day)).collect();
        old.sort_by_key(|it| it.verified);
        old
    }

    pub(super) fn newest_source(&self) -> Option<Date> {
        self.citations.iter().filter_map(|citation| citation.verified).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_ranges() {
        let range = ShortRange::parse("12[0-4]X").unwrap();
        assert!(range.holds("1239") && !range.holds("1259") && !range.holds("123"));
        assert!(ShortRange::parse("12[4-0]").is_none() && ShortRange::parse("").is_none());
    }
}
