//! What in an address pays a referrer.

use crate::facts::LinkMention;
use crate::host::Address;
use crate::rule::Context;
use crate::text::FnvSet;

/// The part of a link's address that pays whoever placed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Referrer {
    /// A parameter of the query or the fragment.
    Parameter(String),
    /// A segment of the path with a code after it.
    Path(String),
    /// The host itself.
    Host(String),
}

/// What in the link pays a referrer, if anything does.
pub(super) fn of(cx: &Context<'_>, link: &LinkMention) -> Option<Referrer> {
    // A redirector may be the one who pays, or stand before the one who does.
    link.address.iter().chain(link.destination.as_deref()).find_map(|address| in_address(cx, link, address))
}

fn in_address(cx: &Context<'_>, link: &LinkMention, address: &Address) -> Option<Referrer> {
    if !address.scheme.starts_with("http") || link.channel.is_some() {
        return None;
    }
    let affiliates = &cx.knowledge.promotion.affiliates;
    let (path, inner_path, inner_query) = split_fragment(address);
    let parameters =
        || address.query.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(inner_query.iter().copied());
    let paying = parameters().find(|(name, value)| {
        let lower = name.to_ascii_lowercase();
        let registers = |paths: &[String]| {
            segments(path)
                .chain(segments(inner_path))
                .any(|it| paths.iter().any(|known| it.eq_ignore_ascii_case(known)))
        };
        let by_path =
            || affiliates.path_parameters.iter().any(|(paths, names)| names.contains(&lower) && registers(paths));
        let by_host =
            || affiliates.host_parameters.iter().any(|(host, name)| *name == lower && is_host(&address.host, host));
        !value.is_empty() && (affiliates.parameters.contains(&lower) || by_path() || by_host())
    });
    if let Some((name, _)) = paying {
        return Some(Referrer::Parameter(name.to_owned()));
    }
    if affiliates.hosts.contains(&address.host)
        || affiliates.host_prefixes.iter().any(|it| address.host.starts_with(it))
    {
        return Some(Referrer::Host(address.host.to_string()));
    }
    let segments = &affiliates.path_segments;
    let segment = by_segment(segments, path).or_else(|| by_segment(segments, inner_path))?;
    (!affiliates.exempt_hosts.contains(&address.host)).then_some(Referrer::Path(segment))
}

/// A segment that pays, with a code right after it.
fn by_segment(known: &FnvSet<String>, path: &str) -> Option<String> {
    let mut before = "";
    segments(path).find_map(|segment| {
        let pays = is_code(segment) && known.contains(&before.to_ascii_lowercase());
        let before = std::mem::replace(&mut before, segment);
        pays.then(|| before.to_owned())
    })
}

/// A code, not a word of a manual: `uxwj84`, not `friends-and-family`.
fn is_code(segment: &str) -> bool {
    if !(3..=64).contains(&segment.len()) || segment.contains('.') {
        return false;
    }
    let digits = segment.bytes().any(|byte| byte.is_ascii_digit());
    let mixed =
        segment.bytes().any(|byte| byte.is_ascii_uppercase()) && segment.bytes().any(|byte| byte.is_ascii_lowercase());
    let vowels = segment.bytes().filter(|byte| b"aeiouAEIOU".contains(byte)).count();
    let unspeakable =
        segment.len() >= 5 && vowels * 5 <= segment.len() && segment.bytes().all(|byte| byte.is_ascii_alphanumeric());
    digits || mixed || unspeakable || segment == "code"
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|it| !it.is_empty())
}

/// The path, and what a single-page site keeps behind `#`: `#/register?code=…`.
fn split_fragment(address: &Address) -> (&str, &str, Vec<(&str, &str)>) {
    if address.fragment.is_empty() {
        return (&address.path, "", Vec::new());
    }
    let (path, query) = address.fragment.split_once('?').unwrap_or(match address.fragment.contains('=') {
        true => ("", &address.fragment),
        false => (&address.fragment, ""),
    });
    (&address.path, path, query.split('&').filter_map(|pair| pair.split_once('=')).collect())
}

fn is_host(host: &str, wanted: &str) -> bool {
    match wanted.strip_suffix(".*") {
        Some(name) => crate::host::registrable(host).split('.').next() == Some(name),
        None => crate::host::is_within(host, wanted),
    }
}
