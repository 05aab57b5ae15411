use std::collections::BTreeSet;

use crate::declare_rule;
use crate::diagnostic::{Message, RuleMeta, Wording};
use crate::facts::LinkMention;
use crate::host;
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a link whose target cannot be an address.
    ///
    /// ## Why
    /// Readers click and land nowhere, or on a search page full of advertisements.
    ///
    /// ## How it decides
    /// The target of a marked-up link is read as browsers read it: no host, a port that is none, characters that no host can have,
    /// an IP address out of range. A scheme with a letter, a colon or a slash wrong (`https//`, `htps://`) counts as well.
    /// Relative targets are right, and targets with placeholders or template syntax are left alone.
    ///
    /// ```md bad
    /// See the [coverage map](https://).
    /// ```
    ///
    /// ```md good
    /// See the [coverage map](../coverage.md) and [yours](https://{{ host }}/map).
    /// ```
    pub Malformed {
        name: "link/malformed",
        severity: Error,
        confidence: High,
        since: "0.1.0",
        wordings: [CANNOT, NO_HOST, PORT, ADDRESS, CHARACTERS, SCHEME, UNREADABLE, WHOLE],
    }
}

static CANNOT: Wording =
    Wording::new("link/malformed", "`{url}` cannot be an address: {why}", "`{url}` 不可能是网址：{why}");
static NO_HOST: Wording = Wording::new("link/malformed.host", "it has no host", "缺少主机名");
static PORT: Wording =
    Wording::new("link/malformed.port", "its port is not a number up to 65535", "端口不是 65535 以内的数字");
static ADDRESS: Wording = Wording::new("link/malformed.ip", "its IP address is not one", "IP 地址无效");
static CHARACTERS: Wording =
    Wording::new("link/malformed.characters", "its host has characters no host can have", "主机名含有非法字符");
static SCHEME: Wording = Wording::new("link/malformed.scheme", "`{scheme}` is misspelt", "`{scheme}` 拼写有误");
static UNREADABLE: Wording = Wording::new("link/malformed.unreadable", "it cannot be read", "无法解析");

static WHOLE: Wording = Wording::new(
    "link/malformed.help",
    "write the address as a browser shows it, from `https://` on, or a relative one",
    "请写成浏览器中显示的完整网址（以 `https://` 开头），或相对路径",
);

impl Rule for Malformed {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let mut seen = BTreeSet::new();
        for link in cx.facts.links.iter().filter(|it| !it.is_bare) {
            let Some(why) = why(link) else { continue };
            let span = link.definition.unwrap_or(link.span);
            if seen.insert(span) {
                let message = Message::new(&CANNOT).with("url", link.url.as_str()).with("why", why);
                findings.report(span, message).help(Message::new(&WHOLE));
            }
        }
    }
}

fn why(link: &LinkMention) -> Option<Message> {
    let url = link.url.trim();
    let misspelt = misspelt_scheme(url);
    let read = link.address.is_some() && misspelt.is_none();
    if read || is_template(url) {
        return None;
    }
    if let Some(scheme) = misspelt {
        return Some(Message::new(&SCHEME).with("scheme", scheme));
    }
    if !url.starts_with("http://") && !url.starts_with("https://") {
        return None;
    }
    Some(Message::new(match host::fault(url)? {
        host::Fault::NoHost => &NO_HOST,
        host::Fault::Port => &PORT,
        host::Fault::Ip => &ADDRESS,
        host::Fault::Characters => &CHARACTERS,
        host::Fault::Other => &UNREADABLE,
    }))
}

/// Something that a site generator or a reader is to fill in.
fn is_template(url: &str) -> bool {
    url.contains(['{', '}', '<', '>', '$', '*', '…', '[', ']', '%'])
        || url.contains("...")
        || ["localhost", "YOUR", "your-", "your_", "xxx"].iter().any(|it| url.contains(it))
}

/// A web scheme with something wrong: `https//`, `http:/x`, `htps://`, `https:///`.
fn misspelt_scheme(url: &str) -> Option<&str> {
    let right = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    if right.is_some_and(|rest| !rest.starts_with(['h', 'H', '/'])) {
        return None;
    }
    let lower = url.get(..url.len().min(12)).unwrap_or("").to_ascii_lowercase();
    let bad = [
        "https//",
        "http//",
        "https;//",
        "http;//",
        "htps://",
        "htp://",
        "htttp://",
        "htttps://",
        "hhttp",
        "https:https:",
        "http:http:",
        "https://https:",
        "https://http:",
        "http://http:",
        "http://https:",
        "ttps://",
        "ttp://",
    ];
    let found = bad.iter().find(|it| lower.starts_with(**it));
    if let Some(found) = found {
        return url.get(..found.len());
    }
    let slash = |scheme: &str| lower.strip_prefix(scheme).is_some_and(|rest| !rest.starts_with("//"));
    match () {
        () if slash("https:") => url.get(..6),
        () if slash("http:") => url.get(..5),
        () => None,
    }
}
