use smol_str::{SmolStr, ToSmolStr};

use crate::facts::{NearestLength, NumberFault, Verdict, nearest_length, verdict};
use crate::knowledge::Knowledge;

/// What is known of a telephone number.
#[derive(Clone, Debug)]
pub struct NumberFacts {
    /// What the engine reads.
    pub verdict: Result<Verdict, NumberFault>,
    /// Who the range was issued to, as it is called today where that is known.
    pub carrier: Option<String>,
    /// The leading E.164 digits that say so.
    pub range: Option<String>,
    /// Whether mobile numbers move between carriers there.
    pub portable: Option<bool>,
    /// The carrier that publishes it as its care number.
    pub care_of: Option<String>,
    /// Kept for films, books and examples.
    pub fiction: bool,
    /// An example number of libphonenumber.
    pub example: bool,
    /// The length it would need, where that is its fault.
    pub nearest: Option<NearestLength>,
    /// What each engine says.
    pub engines: Vec<EngineVerdict>,
}

/// What one engine says of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineVerdict {
    /// The crate.
    pub engine: &'static str,
    /// Whether it can read it at all.
    pub parses: bool,
    /// Whether its plan can issue it.
    pub valid: bool,
    /// ISO 3166-1 alpha-2, or `001`.
    pub region: Option<SmolStr>,
    /// `+` and up to fifteen digits.
    pub e164: Option<SmolStr>,
    /// What kind of line.
    pub kind: Option<&'static str>,
}

/// What every engine there is says of a number, the first one's reading being ours.
pub fn engines(query: &str, country: Option<&str>) -> Vec<EngineVerdict> {
    opinions(query, country, &verdict(query, country))
}

fn opinions(query: &str, country: Option<&str>, read: &Result<Verdict, NumberFault>) -> Vec<EngineVerdict> {
    let it = read.as_ref().ok();
    let first = EngineVerdict {
        engine: "rlibphonenumber",
        parses: it.is_some(),
        valid: it.is_some_and(|it| it.valid),
        region: it.and_then(|it| it.region.clone()),
        e164: it.map(|it| it.e164.clone()),
        kind: it.map(|it| it.kind.as_str()),
    };
    #[cfg(feature = "cli")]
    let all = vec![first, second_opinion(query, country)];
    #[cfg(not(feature = "cli"))]
    let all = {
        let _ = (query, country);
        vec![first]
    };
    all
}

pub(super) fn facts(knowledge: &Knowledge, query: &str, country: Option<&str>) -> NumberFacts {
    let read = verdict(query, country);
    let engines = opinions(query, country, &read);
    let Ok(it) = &read else {
        return NumberFacts {
            verdict: read,
            carrier: None,
            range: None,
            portable: None,
            care_of: None,
            fiction: false,
            example: false,
            nearest: None,
            engines,
        };
    };
    let digits = it.e164.trim_start_matches('+');
    let region = it.region.as_deref();
    let curated = region.and_then(|code| knowledge.country(code));
    let own_range = curated.and_then(|country| country.range_holder(&it.significant));
    let table = knowledge.generated.prefix_holder(digits);
    let (carrier, range) = match (own_range, table) {
        (Some((carrier, range)), _) => {
            let today = knowledge.today(carrier).unwrap_or(carrier);
            (Some(today.display_name().to_owned()), Some(format!("{}{}", it.calling_code, range.prefix)))
        }
        (None, Some(row)) => (Some(row.name.to_owned()), Some(row.prefix.to_owned())),
        (None, None) => (None, None),
    };
    let portable = curated.and_then(|country| country.portability.as_ref()).map(|it| it.mobile);
    let care_of = curated.and_then(|country| {
        let publishes = |number: &str| crate::facts::canonical(number, &country.code) == it.e164;
        let carrier =
            country.carriers.iter().find(|carrier| carrier.care.iter().any(|care| publishes(&care.number)))?;
        Some(carrier.display_name().to_owned())
    });
    NumberFacts {
        carrier: carrier.filter(|_| it.valid),
        range: range.filter(|_| it.valid),
        portable: portable.or_else(|| region.and_then(|code| knowledge.generated.region(code)).map(|it| it.portable)),
        care_of,
        fiction: knowledge.fiction.range(digits).is_some(),
        example: knowledge.generated.is_example(digits),
        nearest: if it.valid { None } else { nearest_length(&it.e164) },
        engines,
        verdict: read,
    }
}

/// What the other port of libphonenumber says; older metadata, and a cold start of a tenth of a second.
#[cfg(feature = "cli")]
fn second_opinion(query: &str, country: Option<&str>) -> EngineVerdict {
    let region = country.and_then(|code| code.parse::<phonenumber::country::Id>().ok());
    let mut verdict =
        EngineVerdict { engine: "phonenumber", parses: false, valid: false, region: None, e164: None, kind: None };
    if let Ok(number) = phonenumber::parse(region, query) {
        verdict.parses = true;
        verdict.valid = number.is_valid();
        verdict.region = number.country().id().map(|it| it.as_ref().to_smolstr());
        verdict.e164 = Some(number.format().mode(phonenumber::Mode::E164).to_smolstr());
        verdict.kind = Some(kind(number.number_type(&phonenumber::metadata::DATABASE)));
    }
    verdict
}

#[cfg(feature = "cli")]
fn kind(kind: phonenumber::Type) -> &'static str {
    use phonenumber::Type;
    match kind {
        Type::FixedLine => "fixed-line",
        Type::Mobile => "mobile",
        Type::FixedLineOrMobile => "fixed-line-or-mobile",
        Type::TollFree => "toll-free",
        Type::PremiumRate => "premium-rate",
        Type::SharedCost => "shared-cost",
        Type::PersonalNumber => "personal",
        Type::Voip => "voip",
        Type::Pager => "pager",
        Type::Uan => "uan",
        Type::Voicemail => "voicemail",
        _ => "unknown",
    }
}
