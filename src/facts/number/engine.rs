//! The only place that knows which library reads telephone numbers.

use std::sync::atomic::{AtomicU64, Ordering};

use rlibphonenumber::{
    NumberLengthType, PhoneNumber as Parsed, PhoneNumberFormat, PhoneNumberType, Region, ValidationError,
};

use smol_str::{SmolStr, ToSmolStr};

use super::plan::{self, Issued, Unissued};
use super::{NumberFault, NumberKind, PhoneNumber, Reading};
use crate::knowledge::NO_COUNTRY;

/// What an engine says of a piece of text that is taken to be a telephone number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether its plan can issue it.
    pub valid: bool,
    /// Whether it has a length of its plan.
    pub possible: bool,
    /// What kind of line.
    pub kind: NumberKind,
    /// ISO 3166-1 alpha-2, or `001` for numbers of no country.
    pub region: Option<SmolStr>,
    /// Country calling code, digits.
    pub calling_code: SmolStr,
    /// National significant number, digits.
    pub significant: SmolStr,
    /// `+` and up to fifteen digits.
    pub e164: SmolStr,
    /// E.123 international form.
    pub international: String,
    /// E.123 national form.
    pub national: String,
    /// The `tel:` address.
    pub rfc3966: String,
    /// Why it is not valid.
    pub fault: Option<NumberFault>,
}

static QUESTIONS: AtomicU64 = AtomicU64::new(0);

/// How often the engine was asked something in this process. It reads its tables at the first question; what it costs grows
/// with the questions.
pub fn questions() -> u64 {
    QUESTIONS.load(Ordering::Relaxed)
}

fn parse(text: &str, region: Option<Region>) -> Result<Parsed, rlibphonenumber::ParseError> {
    QUESTIONS.fetch_add(1, Ordering::Relaxed);
    Parsed::parse(text, region)
}

/// What the engine says of `text`, read as a number of `region` (ISO 3166-1 alpha-2) where it is not international.
///
/// # Errors
/// The text is no telephone number at all.
pub fn verdict(text: &str, region: Option<&str>) -> Result<Verdict, NumberFault> {
    let region = region.and_then(|code| Region::try_from(code).ok());
    let parsed = parse(text, region).map_err(|error| parse_fault(&error, text))?;
    let form = |format| parsed.format_as(format).into_owned();
    let (calling_code, significant) =
        (parsed.country_code.to_smolstr(), parsed.get_national_significant_number().to_smolstr());
    // The table of plans can be of a newer edition than the engine: what it knows counts.
    let known = plan::line(&calling_code, &significant);
    let e164 = SmolStr::from(form(PhoneNumberFormat::E164));
    let withdrawn = || matches!(plan::issued(&e164, None), Issued::No(_));
    let valid = known.is_some() || parsed.is_valid() && !withdrawn();
    Ok(Verdict {
        valid,
        possible: parsed.is_possible_with_reason().is_ok(),
        kind: known.map_or_else(|| kind(parsed.get_type()), |(_, kind)| kind),
        region: known
            .map(|(plan, _)| SmolStr::new_static(plan.region))
            .or_else(|| parsed.get_region_code().map(|it| it.as_region_str().to_smolstr())),
        calling_code,
        significant,
        e164,
        international: form(PhoneNumberFormat::International),
        national: form(PhoneNumberFormat::National),
        rfc3966: form(PhoneNumberFormat::RFC3966),
        fault: (!valid).then(|| fault(&parsed)),
    })
}

/// Reads digits (with `+` when international) as a number of `region` (ISO 3166-1 alpha-2). The engine itself is asked only
/// where the table of plans is not sure of a number: it compiles some thirty expressions for each country it meets.
pub(super) fn readings(digits: &str, region: Option<&str>) -> Reading {
    match plan::issued(digits, region) {
        Issued::Yes(number) => Reading::Valid(number),
        Issued::No(Unissued { fault, e164 }) => Reading::Invalid { fault, e164: Some(e164) },
        Issued::Unsure => asked(digits, region),
    }
}

/// What the engine itself reads.
fn asked(digits: &str, region: Option<&str>) -> Reading {
    match verdict(digits, region) {
        Err(fault) => Reading::Invalid { fault, e164: None },
        Ok(Verdict { fault: Some(fault), e164, .. }) => Reading::Invalid { fault, e164: Some(e164) },
        Ok(it) => Reading::Valid(PhoneNumber {
            e164: it.e164,
            calling_code: it.calling_code,
            region: it.region.filter(|code| code != NO_COUNTRY),
            kind: it.kind,
            national: it.significant,
        }),
    }
}

impl PhoneNumber {
    /// E.123 international form. The engine is asked for it: it is only needed where it is shown.
    pub fn international(&self) -> String {
        let zeros =
            self.national.bytes().take_while(|it| *it == b'0').count().min(self.national.len().saturating_sub(1));
        let number = Parsed {
            country_code: self.calling_code.parse().unwrap_or_default(),
            national_number: self.national.parse().unwrap_or_default(),
            italian_leading_zero: (zeros > 0).then_some(true),
            number_of_leading_zeros: (zeros > 1).then_some(zeros as i32),
            ..Parsed::default()
        };
        number.format_as(PhoneNumberFormat::International).into_owned()
    }
}

fn fault(parsed: &Parsed) -> NumberFault {
    let engine = &rlibphonenumber::PHONE_NUMBER_UTIL;
    let region = engine.get_region_for_country_code(parsed.country_code).filter(|it| *it != Region::World);
    let plan = region.map(|it| it.as_region_str().to_smolstr());
    let digits = parsed.get_national_significant_number().len();
    match parsed.is_possible_with_reason() {
        Err(ValidationError::InvalidCountryCode) => NumberFault::UnknownCallingCode,
        Err(ValidationError::TooShort) => {
            NumberFault::TooShort { least: bound(parsed, digits, Bound::Least), region: plan, digits }
        }
        Err(ValidationError::TooLong) => {
            NumberFault::TooLong { most: bound(parsed, digits, Bound::Most), region: plan, digits }
        }
        Err(ValidationError::InvalidLength) => NumberFault::WrongLength { region: plan, digits },
        Ok(_) => NumberFault::Unassigned { region: plan },
    }
}

enum Bound {
    Least,
    Most,
}

/// The length nearest to `digits` that the plan has: found by asking about numbers of other lengths.
fn bound(parsed: &Parsed, digits: usize, side: Bound) -> Option<usize> {
    let mut lengths: Box<dyn Iterator<Item = usize>> = match side {
        Bound::Least => Box::new(digits + 1..=15),
        Bound::Most => Box::new((2..digits).rev()),
    };
    let code = parsed.country_code;
    lengths.find(|&length| {
        // A nine begins no trunk prefix that would be taken off.
        let text = format!("+{code}{}", "9".repeat(length));
        let asked = parse(&text, None);
        asked.is_ok_and(|it| {
            it.country_code == code
                && it.get_national_significant_number().len() == length
                && it.is_possible_with_reason().is_ok_and(|kind| kind == NumberLengthType::IsPossible)
        })
    })
}

/// How many digits numbers have that begin like one of a wrong length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearestLength {
    /// Country calling code, digits.
    pub calling_code: String,
    /// The first national digits.
    pub lead: String,
    /// National digits of the number.
    pub digits: usize,
    /// National digits it would need.
    pub right: usize,
}

impl NearestLength {
    /// Digits too many; negative where some are missing.
    pub fn excess(&self) -> i64 {
        self.digits as i64 - self.right as i64
    }
}

/// The length nearest to that of an invalid number (`+` and digits) at which its plan has a number that begins like it. `None`
/// where the plan has numbers of this length that begin so, or where one digit fewer is as near as one digit more.
pub fn nearest_length(e164: &str) -> Option<NearestLength> {
    const LEAD: usize = 4;
    const FARTHEST: usize = 7;
    let (main, national) = plan::split(e164, None)?;
    let is_valid = |digits: &str| plan::is_issued(main, digits) == Some(true);
    let filled = |lead: &str, more: usize| plan::is_filled(main, lead, more) == Some(true);
    let digits = national.len();
    let lead = national.get(..LEAD.min(digits))?;
    if filled(lead, digits - lead.len()) {
        return None;
    }
    let right = (1..=FARTHEST).find_map(|step| {
        let shorter = digits.checked_sub(step).filter(|it| *it >= lead.len() && is_valid(&national[..*it]));
        let longer = Some(digits + step).filter(|it| *it <= 15 && filled(national, step));
        match (shorter, longer) {
            (None, None) => None,
            (Some(_), Some(_)) => Some(None),
            (one, other) => Some(one.or(other)),
        }
    })??;
    Some(NearestLength { calling_code: main.calling_code.to_owned(), lead: lead.to_owned(), digits, right })
}

fn parse_fault(error: &rlibphonenumber::ParseError, digits: &str) -> NumberFault {
    use rlibphonenumber::ParseError;
    let count = digits.chars().filter(|c| crate::facts::digits::digit(*c).is_some()).count();
    match error {
        ParseError::InvalidCountryCode => NumberFault::UnknownCallingCode,
        ParseError::TooLongNsn => NumberFault::TooLong { region: None, digits: count, most: None },
        ParseError::NotANumber(_) => NumberFault::NotANumber,
        _ => NumberFault::TooShort { region: None, digits: count, least: None },
    }
}

fn kind(kind: PhoneNumberType) -> NumberKind {
    match kind {
        PhoneNumberType::FixedLine => NumberKind::FixedLine,
        PhoneNumberType::Mobile => NumberKind::Mobile,
        PhoneNumberType::FixedLineOrMobile => NumberKind::FixedLineOrMobile,
        PhoneNumberType::TollFree => NumberKind::TollFree,
        PhoneNumberType::PremiumRate => NumberKind::PremiumRate,
        PhoneNumberType::SharedCost => NumberKind::SharedCost,
        PhoneNumberType::VoIP => NumberKind::Voip,
        PhoneNumberType::PersonalNumber => NumberKind::Personal,
        PhoneNumberType::Pager => NumberKind::Pager,
        PhoneNumberType::UAN => NumberKind::Uan,
        PhoneNumberType::VoiceMail => NumberKind::Voicemail,
        _ => NumberKind::Unknown,
    }
}

/// A number in one form that can be compared: E.164 where it can be read as a number of `region`, else its digits.
pub fn canonical(number: &str, region: &str) -> SmolStr {
    match plan::issued(number, Some(region)) {
        Issued::Yes(read) => read.e164,
        Issued::No(_) => number.into(),
        Issued::Unsure => match asked(number, Some(region)) {
            Reading::Valid(read) => read.e164,
            Reading::Invalid { .. } | Reading::Short => number.into(),
        },
    }
}
