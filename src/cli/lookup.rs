//! `guidelint lookup`: everything known of a number, a short code, a network code, a carrier or a country.

use guidelint::diagnostic::Language;
use guidelint::lookup::{carrier, lookup};

use super::args::ListFormat;
use super::{Outcome, output};

pub fn run(query: &str, country: Option<&str>, format: ListFormat) -> Outcome {
    let checker = super::checker();
    let knowledge = checker.knowledge();
    if let Some(message) = super::no_such_country(knowledge, country) {
        output::complain(&message);
        return Outcome::Failed;
    }
    let found = lookup(knowledge, query, country);
    // A country is everything we know of its carriers.
    let code = query.trim().to_ascii_uppercase();
    let records = match knowledge.country(&code) {
        Some(place) => place.carriers.iter().flat_map(|it| carrier::carriers(knowledge, &it.id, Some(&code))).collect(),
        None => carrier::carriers(knowledge, query, country),
    };
    match format {
        ListFormat::Json if records.is_empty() => output::print(&format!("{:#}\n", found.json())),
        ListFormat::Json => output::print(&format!("{:#}\n", carrier::json(&records))),
        ListFormat::Text if records.is_empty() => output::print(&found.text(Language::En)),
        ListFormat::Text => output::print(&carrier::text(&records, Language::En)),
    }
    match records.is_empty() && found.is_empty() {
        true => {
            if let Some(near) = carrier::near(knowledge, query, country) {
                output::complain(&format!("did you mean `{near}`?"));
            }
            Outcome::Findings
        }
        false => Outcome::Clean,
    }
}
