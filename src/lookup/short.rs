use crate::knowledge::{Country, Knowledge};

/// What is known of a short number in a country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortFacts {
    /// ISO 3166-1 alpha-2.
    pub region: String,
    /// Help answers there.
    pub emergency: bool,
    /// What a call costs, as far as the plan says: `toll-free`, `standard-rate`, `premium`; never a promise.
    pub cost: Option<&'static str>,
    /// Carriers that publish it as a care number.
    pub care_of: Vec<String>,
}

/// What is known of a network code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkFacts {
    /// MCC, or MCC and MNC in one string.
    pub code: String,
    /// ISO 3166-1 alpha-2; several where one network covers them.
    pub region: String,
    /// The carrier, as the country file or else the table names it.
    pub carrier: Option<String>,
    /// `operational`, `not-operational` …; `None` for an MCC alone.
    pub status: Option<String>,
}

/// Dearest last: what a shape costs is the cheapest kind that holds it, and the plan says each kind apart.
const COSTS: [&str; 3] = ["toll-free", "standard-rate", "premium"];

/// In one country, or in every curated one.
pub(super) fn short_numbers(knowledge: &Knowledge, digits: &str, country: Option<&str>) -> Vec<ShortFacts> {
    match country {
        Some(code) => in_region(knowledge, digits, code).into_iter().collect(),
        None => {
            let curated = knowledge.countries().map(|it| it.code.as_str());
            curated.filter_map(|code| in_region(knowledge, digits, code)).collect()
        }
    }
}

fn in_region(knowledge: &Knowledge, digits: &str, code: &str) -> Option<ShortFacts> {
    let country = knowledge.country(code);
    let is = |kind| knowledge.generated.is_short_number(code, kind, digits);
    let listed = country.and_then(|it| it.emergency.as_ref());
    let emergency = is("emergency") || listed.is_some_and(|it| it.numbers.iter().any(|(_, known)| known == digits));
    let known = emergency || is("short") || country.is_some_and(|it| it.is_short_number(digits));
    known.then(|| ShortFacts {
        region: code.to_owned(),
        emergency,
        cost: COSTS.into_iter().find(|kind| is(kind)),
        care_of: country.map(|it| care_of(it, digits)).unwrap_or_default(),
    })
}

fn care_of(country: &Country, digits: &str) -> Vec<String> {
    let publishes = country.carriers.iter().filter(|it| it.care.iter().any(|care| care.number == digits));
    publishes.map(|it| it.display_name().to_owned()).collect()
}

/// Five or six digits (`276-01` too), or an MCC alone. Three digits are an MCC only where no country was named:
/// whoever names one asks for its short number.
pub(super) fn networks(knowledge: &Knowledge, digits: &str, query: &str, country: Option<&str>) -> Vec<NetworkFacts> {
    let mut found = Vec::new();
    if digits.len() == 3 && country.is_none() {
        let regions = knowledge.generated.regions().filter(|it| it.mcc.contains(&digits));
        found.extend(regions.map(|it| NetworkFacts {
            code: digits.to_owned(),
            region: it.region.to_owned(),
            carrier: None,
            status: None,
        }));
    }
    let with_separator = query.contains('-') || query.contains(' ');
    if !(5..=6).contains(&digits.len()) || (country.is_some() && !with_separator && digits.len() == 6) {
        return found;
    }
    for network in knowledge.generated.network(digits) {
        let regions = || network.region.split(',');
        let curated = regions().filter_map(|code| knowledge.country(code)).find_map(|country| owner(country, digits));
        let named = [network.brands, network.operator].into_iter().find(|it| !it.is_empty()).map(str::to_owned);
        found.push(NetworkFacts {
            code: digits.to_owned(),
            region: network.region.to_owned(),
            carrier: curated.or(named),
            status: Some(network.status.to_owned()),
        });
    }
    if found.is_empty() {
        let owners = knowledge.countries().filter_map(|it| Some((it.code.clone(), owner(it, digits)?)));
        found.extend(owners.map(|(region, carrier)| NetworkFacts {
            code: digits.to_owned(),
            region,
            carrier: Some(carrier),
            status: None,
        }));
    }
    found
}

/// The current carrier that has the code, else a past one.
fn owner(country: &Country, digits: &str) -> Option<String> {
    let mut owners: Vec<_> = country.carriers.iter().filter(|it| it.plmn.iter().any(|plmn| plmn == digits)).collect();
    owners.sort_by_key(|it| !it.is_active());
    owners.first().map(|it| it.display_name().to_owned())
}
