//! What the link rules about official pages share: whose a host is.

use std::collections::HashSet;

use crate::facts::{LinkMention, folded};
use crate::host;
use crate::knowledge::{Carrier, Country};
use crate::rule::Context;

/// The host of a web link.
pub(super) fn host_of(link: &LinkMention) -> Option<&str> {
    let host = link.address.as_ref()?.host.as_str();
    (link.is_page() && host.contains('.')).then_some(host)
}

/// Whether a host is a carrier's own, now or once, anywhere in the world; the guide's country first.
pub(super) fn owner<'a>(cx: &Context<'a>, host: &str) -> Option<(&'a Country, &'a Carrier)> {
    if !cx.knowledge.is_carrier_host(host) {
        return None;
    }
    let own = cx.country().into_iter().chain(cx.knowledge.countries());
    own.flat_map(|country| country.carriers.iter().map(move |it| (country, it)))
        .find(|(_, it)| it.domains.iter().chain(&it.domains_dead).any(|domain| host::is_within(host, domain)))
}

/// Whether a host is a regulator's or a place where every company has official pages.
pub(super) fn is_neutral(cx: &Context<'_>, host: &str) -> bool {
    cx.knowledge.is_neutral_host(host)
}

/// The part of a registrable domain before its public suffix, and the suffix: `one`, `al`.
pub(super) fn label_of(host: &str) -> (&str, &str) {
    let domain = host::registrable(host);
    domain.split_once('.').unwrap_or((domain, ""))
}

/// The names of the carriers that the guide names, as hosts bear them.
pub(super) fn names(cx: &Context<'_>) -> HashSet<String> {
    let name = |at| folded(cx.guide.text(at)).chars().filter(char::is_ascii_alphanumeric).collect();
    cx.facts.carriers.iter().map(|it| name(it.at)).collect()
}

/// Whether a host bears one of these names.
pub(super) fn is_named(names: &HashSet<String>, host: &str) -> bool {
    names.contains(&label_of(host).0.replace('-', ""))
}
