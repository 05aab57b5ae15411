//! Web addresses: hosts and registrable domains. The only place that knows which libraries read them.

use smol_str::{SmolStr, StrExt};
use url::Url;

/// The host of an `http` or `https` address, lower case, without `www.` and a trailing dot; international names in
/// Unicode's ASCII form.
pub fn of(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let host = url.host_str()?.trim_end_matches('.').to_ascii_lowercase();
    (!host.is_empty()).then_some(host)
}

/// The part of a host that somebody registered: `shop.example.co.uk` → `example.co.uk`. A host that is itself a
/// public suffix, or an IP address, is returned whole.
pub fn registrable(host: &str) -> &str {
    match psl::domain_str(host) {
        Some(domain) if host.parse::<std::net::IpAddr>().is_err() => domain,
        _ => host,
    }
}

/// Whether `host` is `domain` or lies below it.
pub fn is_within(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Whether `host` ends in a suffix under which names are registered (`example.al`, not `example.txt`).
pub fn has_known_suffix(host: &str) -> bool {
    psl::suffix(host.as_bytes()).is_some_and(|suffix| suffix.is_known()) && host.contains('.')
}

/// Why an address cannot be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It has no host.
    NoHost,
    /// Its port is not a number up to 65535.
    Port,
    /// Its IP address is not one.
    Ip,
    /// Its host has characters no host can have.
    Characters,
    /// Anything else.
    Other,
}

/// What is wrong with an address; `None` for a relative one.
pub fn fault(address: &str) -> Option<Fault> {
    use url::ParseError;
    match Url::parse(address) {
        Ok(_) | Err(ParseError::RelativeUrlWithoutBase) => None,
        Err(ParseError::EmptyHost) => Some(Fault::NoHost),
        Err(ParseError::InvalidPort) => Some(Fault::Port),
        Err(ParseError::InvalidIpv4Address | ParseError::InvalidIpv6Address) => Some(Fault::Ip),
        Err(ParseError::IdnaError | ParseError::InvalidDomainCharacter) => Some(Fault::Characters),
        Err(_) => Some(Fault::Other),
    }
}

/// An address taken apart.
#[derive(Clone, Debug)]
pub struct Address {
    /// `https`, `tg`, `tel` …, lower case.
    pub scheme: SmolStr,
    /// Lower case, without a trailing dot; empty for `tel:` and the like.
    pub host: SmolStr,
    /// Path, percent-decoded as far as it is UTF-8.
    pub path: String,
    /// Names and values of the query.
    pub query: Vec<(String, String)>,
    /// What follows `#`, percent-decoded.
    pub fragment: String,
}

/// Takes an address apart; `None` when it is relative or malformed.
pub fn parse(address: &str) -> Option<Address> {
    let url = Url::parse(address).ok()?;
    Some(Address {
        scheme: url.scheme().into(),
        host: url.host_str().unwrap_or("").trim_end_matches('.').to_ascii_lowercase_smolstr(),
        path: percent_decode(url.path()),
        query: url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect(),
        fragment: percent_decode(url.fragment().unwrap_or("")),
    })
}

/// A label as readers see it: international ones in their own script.
pub fn to_unicode(label: &str) -> String {
    label.strip_prefix("xn--").and_then(punycode).unwrap_or_else(|| label.to_owned())
}

/// Decodes the ASCII form of an international label (RFC 3492).
fn punycode(input: &str) -> Option<String> {
    const BASE: u32 = 36;
    let (basic, rest) = input.rsplit_once('-').unwrap_or(("", input));
    let mut output: Vec<char> = basic.chars().collect();
    let (mut n, mut at, mut bias) = (128u32, 0u32, 72u32);
    let mut digits = rest.bytes().peekable();
    while digits.peek().is_some() {
        let (before, mut weight, mut k) = (at, 1u32, BASE);
        loop {
            let digit = match digits.next()? {
                letter @ b'a'..=b'z' => u32::from(letter - b'a'),
                number @ b'0'..=b'9' => u32::from(number - b'0') + 26,
                _ => return None,
            };
            at = at.checked_add(digit.checked_mul(weight)?)?;
            let threshold = k.saturating_sub(bias).clamp(1, 26);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(BASE - threshold)?;
            k += BASE;
        }
        let length = u32::try_from(output.len()).ok()? + 1;
        let mut delta = (at - before) / if before == 0 { 700 } else { 2 };
        delta += delta / length;
        let mut steps = 0;
        while delta > 455 {
            delta /= BASE - 1;
            steps += BASE;
        }
        bias = steps + BASE * delta / (delta + 38);
        n = n.checked_add(at / length)?;
        at %= length;
        output.insert(at as usize, char::from_u32(n)?);
        at += 1;
    }
    Some(output.into_iter().collect())
}

/// `text` with `%XX` decoded; as it is where that would not be UTF-8.
pub fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        match (bytes[at], hex.and_then(|hex| u8::from_str_radix(hex, 16).ok())) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_compared_by_what_was_registered() {
        assert_eq!(of("https://WWW.One.al./x").as_deref(), Some("www.one.al"));
        assert_eq!(registrable("shop.vodafone.co.uk"), "vodafone.co.uk");
        assert_eq!(registrable("t.me"), "t.me");
        assert!(is_within("a.t.me", "t.me") && !is_within("chat.me", "t.me") && !is_within("xt.me", "t.me"));
        assert!(has_known_suffix("one.al") && !has_known_suffix("guide.markdownx"));
        assert_eq!(to_unicode("xn--mnchen-3ya"), "münchen");
        assert_eq!(to_unicode("xn--99999999"), "xn--99999999");
        assert!(fault("https://").is_some() && fault("go.html?to=x").is_none());
    }
}
