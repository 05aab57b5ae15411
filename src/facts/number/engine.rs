//! The only place that knows which library reads telephone numbers.

use rlibphonenumber::{PhoneNumber as Parsed, PhoneNumberFormat, PhoneNumberType, Region, ValidationError};

use super::{NumberFault, NumberKind, PhoneNumber, Reading};

/// Reads digits (with `+` when international) as a number of `region` (ISO 3166-1 alpha-2).
pub fn readings(digits: &str, region: Option<&str>) -> Reading {
    let region = region.and_then(|code| Region::try_from(code).ok());
    let parsed = match Parsed::parse(digits, region) {
        Ok(parsed) => parsed,
        Err(error) => return Reading::Invalid(parse_fault(&error, digits)),
    };
    let national = parsed.get_national_significant_number();
    if parsed.is_valid() {
        return Reading::Valid(PhoneNumber {
            e164: parsed.format_as(PhoneNumberFormat::E164).into_owned(),
            international: parsed.format_as(PhoneNumberFormat::International).into_owned(),
            calling_code: parsed.country_code.to_string(),
            region: parsed.get_region_code().filter(|it| *it != Region::World).map(|it| it.as_region_str().to_string()),
            kind: kind(parsed.get_type()),
            national,
        });
    }
    let plan = rlibphonenumber::PHONE_NUMBER_UTIL
        .get_region_for_country_code(parsed.country_code)
        .filter(|it| *it != Region::World)
        .map(|it| it.as_region_str().to_string());
    let digits = national.len();
    Reading::Invalid(match parsed.is_possible_with_reason() {
        Err(ValidationError::InvalidCountryCode) => NumberFault::UnknownCallingCode,
        Err(ValidationError::TooShort) => NumberFault::TooShort { region: plan, digits },
        Err(ValidationError::TooLong) => NumberFault::TooLong { region: plan, digits },
        Err(ValidationError::InvalidLength) => NumberFault::WrongLength { region: plan, digits },
        Ok(_) => NumberFault::Unassigned { region: plan },
    })
}

fn parse_fault(error: &rlibphonenumber::ParseError, digits: &str) -> NumberFault {
    use rlibphonenumber::ParseError;
    let count = digits.trim_start_matches('+').len();
    match error {
        ParseError::InvalidCountryCode => NumberFault::UnknownCallingCode,
        ParseError::TooLongNsn => NumberFault::TooLong { region: None, digits: count },
        _ => NumberFault::TooShort { region: None, digits: count },
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
pub fn canonical(number: &str, region: &str) -> String {
    match readings(number, Some(region)) {
        Reading::Valid(read) => read.e164,
        _ => number.to_owned(),
    }
}
