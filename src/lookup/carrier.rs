//! Carriers by name: the record, what came before and after it, and who says so.

use std::fmt::Write;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::diagnostic::{Argument, Citation, Language, Message, Wording};
use crate::facts::folded;
use crate::knowledge::{Carrier, CarrierStatus, Country, Knowledge, did_you_mean};

/// A carrier that goes by the name that was asked for.
#[derive(Clone, Debug)]
pub struct CarrierRecord<'a> {
    /// The country it works in.
    pub country: &'a Country,
    /// The record.
    pub carrier: &'a Carrier,
    /// What it became, step by step; empty while it is active.
    pub became: Vec<&'a Carrier>,
    /// What became it, newest first.
    pub was: Vec<&'a Carrier>,
    /// Brands and virtual operators on its network.
    pub hosts: Vec<&'a Carrier>,
}

static ACTIVE: Wording = Wording::new("lookup/carrier.active", "in business under this name", "以此名称营业中");
static RENAMED: Wording = Wording::new("lookup/carrier.renamed", "renamed {to} ({date})", "已更名为 {to}（{date}）");
static MERGED: Wording = Wording::new("lookup/carrier.merged", "merged into {to} ({date})", "已并入 {to}（{date}）");
static CLOSED: Wording = Wording::new("lookup/carrier.closed", "closed ({date})", "已停业（{date}）");
static UNDATED: Wording = Wording::new("lookup/carrier.undated", "date unknown", "日期不详");
static ACCORDING_TO: Wording =
    Wording::new("lookup/carrier.according-to", "{step}, according to {sources}", "{step}，来源：{sources}");
static SINCE: Wording = Wording::new("lookup/carrier.since", "since", "始于");
static NAMES: Wording = Wording::new("lookup/carrier.names", "names", "名称");
static PLMN: Wording = Wording::new("lookup/carrier.plmn", "network codes", "网络代码");
static DOMAINS: Wording = Wording::new("lookup/carrier.domains", "domains", "域名");
static DEAD: Wording = Wording::new("lookup/carrier.dead", "domains given up", "弃用域名");
static CARE: Wording = Wording::new("lookup/carrier.care", "customer care", "客服");
static APN: Wording = Wording::new("lookup/carrier.apn", "access points", "接入点");
static RETIRED: Wording = Wording::new("lookup/carrier.retired", "switched off", "已关闭网络");
static HOSTS: Wording = Wording::new("lookup/carrier.hosts", "brands on its network", "使用其网络的品牌");
static BEFORE: Wording = Wording::new("lookup/carrier.was", "before", "前身");
static AFTER: Wording = Wording::new("lookup/carrier.became", "after", "后续");
static SOURCES: Wording = Wording::new("lookup/carrier.sources", "sources", "来源");

/// Carriers that go by `query` (a name in any script, or an id), of one country or of all; active ones first.
pub fn carriers<'a>(knowledge: &'a Knowledge, query: &str, country: Option<&str>) -> Vec<CarrierRecord<'a>> {
    let wanted = folded(query.trim());
    let mut found: Vec<CarrierRecord<'a>> = Vec::new();
    for place in knowledge.countries().filter(|it| country.is_none_or(|code| code.eq_ignore_ascii_case(&it.code))) {
        for carrier in &place.carriers {
            if carrier.id == wanted || carrier.all_names().any(|name| folded(name) == wanted) {
                found.push(record(knowledge, place, carrier));
            }
        }
    }
    found.sort_by_key(|it| (!it.carrier.is_active(), it.country.code.clone(), it.carrier.id.clone()));
    found
}

/// A name we know that is spelt much like what was asked for.
pub fn near<'a>(knowledge: &'a Knowledge, query: &str, country: Option<&str>) -> Option<&'a str> {
    let wanted = folded(query.trim());
    let places = knowledge.countries().filter(|it| country.is_none_or(|code| code.eq_ignore_ascii_case(&it.code)));
    let names: Vec<(&str, String)> = places
        .flat_map(|place| &place.carriers)
        .flat_map(|carrier| carrier.all_names())
        .map(|name| (name, folded(name)))
        .collect();
    let near = did_you_mean(&wanted, names.iter().map(|(_, folded)| folded.as_str()))?;
    names.iter().find(|(_, folded)| folded == near).map(|(name, _)| *name)
}

fn record<'a>(knowledge: &'a Knowledge, country: &'a Country, carrier: &'a Carrier) -> CarrierRecord<'a> {
    let mut was: Vec<&Carrier> = Vec::new();
    let mut open = vec![carrier.id.as_str()];
    while let Some(id) = open.pop() {
        for earlier in country.carriers.iter().filter(|it| it.successors.iter().any(|next| next == id)) {
            if !was.iter().any(|it| it.id == earlier.id) && earlier.id != carrier.id {
                was.push(earlier);
                open.push(&earlier.id);
            }
        }
    }
    was.sort_by_key(|it| (std::cmp::Reverse(it.valid_until), it.id.clone()));
    let hosts = country.carriers.iter().filter(|it| it.host.as_deref() == Some(&carrier.id) && it.is_active());
    CarrierRecord { country, carrier, became: knowledge.became(carrier), was, hosts: hosts.collect() }
}

/// The records as a reader reads them.
pub fn text(records: &[CarrierRecord<'_>], language: Language) -> String {
    let mut out = String::new();
    for it in records {
        let carrier = it.carrier;
        if !out.is_empty() {
            out.push('\n');
        }
        let _ = writeln!(
            out,
            "{} ({}, {}, {})",
            carrier.display_name(),
            it.country.code,
            carrier.kind.as_str(),
            carrier.id
        );
        let _ = writeln!(out, "  {}", step(it, carrier, language));
        let mut line = |label: &'static Wording, values: Vec<String>| {
            if !values.is_empty() {
                let _ = writeln!(out, "  {}: {}", Message::new(label).text(language), values.join(", "));
            }
        };
        line(&SINCE, carrier.valid_from.iter().map(ToString::to_string).collect());
        line(&NAMES, carrier.all_names().map(str::to_owned).collect());
        line(&PLMN, carrier.plmn.clone());
        line(&DOMAINS, carrier.domains.clone());
        line(&DEAD, carrier.domains_dead.clone());
        line(&CARE, carrier.care.iter().map(|it| audience(&it.number, it.audience.as_deref())).collect());
        line(&APN, carrier.apn.iter().map(|it| audience(&it.name, it.audience.as_deref())).collect());
        line(&RETIRED, carrier.retired.iter().map(|it| format!("{} ({})", it.generation, it.on)).collect());
        line(&HOSTS, it.hosts.iter().map(|it| it.display_name().to_owned()).collect());
        for (label, steps) in [(&BEFORE, &it.was), (&AFTER, &it.became)] {
            for other in steps {
                line(label, vec![format!("{}: {}", other.display_name(), step(it, other, language))]);
            }
        }
        line(&SOURCES, carrier.sources.iter().map(|it| cited(it)).collect());
        if let Some(note) = &carrier.note {
            let _ = writeln!(out, "  {note}");
        }
    }
    out
}

/// What became of a name, when, and who says so.
fn step(record: &CarrierRecord<'_>, carrier: &Carrier, language: Language) -> String {
    let wording = match carrier.status {
        CarrierStatus::Active => return Message::new(&ACTIVE).text(language),
        CarrierStatus::Renamed => &RENAMED,
        CarrierStatus::Merged => &MERGED,
        CarrierStatus::Closed => &CLOSED,
    };
    let named = |id: &String| record.country.carriers.iter().find(|it| it.id == *id).map(Carrier::display_name);
    let to: Argument = carrier.successors.iter().filter_map(named).collect();
    let date = carrier.valid_until.map_or_else(|| Message::new(&UNDATED).into(), |it| Argument::from(it.to_string()));
    let sources: Argument = carrier.end_sources.iter().map(|it| cited(it)).collect();
    let told = Message::new(wording).with("to", to).with("date", date);
    Message::new(&ACCORDING_TO).with("step", told).with("sources", sources).text(language)
}

fn audience(value: &str, whom: Option<&str>) -> String {
    whom.map_or(value.to_owned(), |whom| format!("{value} ({whom})"))
}

fn cited(source: &Citation) -> String {
    source.url.clone().or(source.package.clone()).unwrap_or_default()
}

/// The records for programs.
pub fn json(records: &[CarrierRecord<'_>]) -> Value {
    let source = |it: &Citation| {
        json!({ "kind": it.kind.as_str(), "url": it.url, "package": it.package, "as_of": it.as_of,
                "verified": it.verified.map(|day| day.to_string()), "copy": it.copy })
    };
    let sources = |all: &[Arc<Citation>]| all.iter().map(|it| source(it)).collect::<Vec<_>>();
    let ended = |it: &Carrier| if it.is_active() { Vec::new() } else { sources(&it.end_sources) };
    let brief = |it: &&Carrier| {
        json!({ "id": it.id, "name": it.display_name(), "status": it.status.as_str(),
                "valid_until": it.valid_until.map(|day| day.to_string()), "successors": it.successors,
                "end_sources": ended(it) })
    };
    let record = |it: &CarrierRecord<'_>| {
        let carrier = it.carrier;
        json!({
            "id": carrier.id,
            "country": it.country.code,
            "name": carrier.display_name(),
            "kind": carrier.kind.as_str(),
            "status": carrier.status.as_str(),
            "names": carrier.names.iter().map(|name| json!({ "language": name.language, "text": name.text })).collect::<Vec<_>>(),
            "ambiguous": carrier.ambiguous,
            "valid_from": carrier.valid_from.map(|day| day.to_string()),
            "valid_until": carrier.valid_until.map(|day| day.to_string()),
            "successors": carrier.successors,
            "end_sources": ended(carrier),
            "host": carrier.host,
            "plmn": carrier.plmn,
            "domains": carrier.domains,
            "domains_dead": carrier.domains_dead,
            "care": carrier.care.iter().map(|care| json!({ "number": care.number, "audience": care.audience, "from_abroad": care.from_abroad })).collect::<Vec<_>>(),
            "apn": carrier.apn.iter().map(|apn| apn.name.as_str()).collect::<Vec<_>>(),
            "retired": carrier.retired.iter().map(|it| json!({ "generation": it.generation, "on": it.on.to_string() })).collect::<Vec<_>>(),
            "was": it.was.iter().map(brief).collect::<Vec<_>>(),
            "became": it.became.iter().map(brief).collect::<Vec<_>>(),
            "brands": it.hosts.iter().map(brief).collect::<Vec<_>>(),
            "sources": sources(&carrier.sources),
            "note": carrier.note,
        })
    };
    Value::Array(records.iter().map(record).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_to_its_record_and_its_history() {
        let knowledge = Knowledge::builtin();
        let found = carriers(&knowledge, "amc", Some("AL"));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].became.last().map(|it| it.id.as_str()), Some("al.one"));
        let one = carriers(&knowledge, "al.one", None);
        assert!(one[0].was.iter().any(|it| it.id == "al.amc"));
        assert!(text(&one, Language::En).contains("27601") && text(&one, Language::Zh).contains("前身"));
        assert_eq!(json(&one)[0]["status"], "active");
        assert!(carriers(&knowledge, "no such name", None).is_empty());
    }
}
