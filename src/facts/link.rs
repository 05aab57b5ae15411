//! Links of every kind, with where they stand.

use crate::guide::{BlockKind, Guide, LinkKind, Stretch};
use crate::host::{self, Address};
use crate::knowledge::{CueSet, Knowledge};
use crate::text::Span;

use super::bare_url::bare_urls;
use super::{Facts, Surroundings};

/// A link, or a bare URL in the text.
#[derive(Clone, Debug)]
pub struct LinkMention {
    /// The whole construct.
    pub span: Span,
    /// The target, decoded.
    pub url: String,
    /// Where the target stands.
    pub url_span: Span,
    /// The target taken apart; `None` when it is relative or malformed.
    pub address: Option<Address>,
    /// What the reader clicks on, in the prose.
    pub text: Stretch,
    /// Not marked up: a bare URL in the text.
    pub is_bare: bool,
    /// The text is the URL itself.
    pub text_is_url: bool,
    /// The definition of a reference link.
    pub definition: Option<Span>,
    /// Index of the block it stands in.
    pub block: u32,
    /// Where in the guide.
    pub place: LinkPlace,
    /// Index of a picture that is part of what the reader clicks on.
    pub image: Option<u32>,
    /// Where a redirector in between leads: the address in a parameter of the target.
    pub destination: Option<Box<Address>>,
    /// The messenger or order platform it leads to: index into the channels of [`crate::knowledge::Promotion`].
    pub channel: Option<u16>,
    /// Index of an entry of the project's list of allowed contacts.
    pub allowed: Option<u16>,
}

impl LinkMention {
    /// Finds out where it leads.
    fn lead(&mut self, knowledge: &Knowledge) {
        self.destination = destination(&self.url).map(Box::new);
        let address = self.leads_to();
        self.channel = address.and_then(|address| channel(knowledge, address));
    }

    /// The address a click ends at.
    pub fn leads_to(&self) -> Option<&Address> {
        self.destination.as_deref().or(self.address.as_ref())
    }

    /// Whether it leads to a page by its full address.
    pub fn is_page(&self) -> bool {
        let page = |it: &Address| matches!(it.scheme.as_str(), "http" | "https") && !it.host.is_empty();
        self.address.as_ref().is_some_and(page)
    }

    /// The host a click ends at.
    pub fn host(&self) -> &str {
        self.leads_to().map_or("", |it| &it.host)
    }

    /// The account in the address of a messenger: the last part of its path, or what a parameter names.
    pub fn account(&self) -> &str {
        let Some(address) = self.leads_to() else { return "" };
        let named = address.query.iter().find(|(name, _)| matches!(name.as_str(), "domain" | "phone" | "chat" | "uin"));
        let last = address.path.trim_matches('/').rsplit('/').next().unwrap_or("");
        named.map_or(last, |(_, value)| value).trim_start_matches(['@', '+', '~'])
    }
}

/// Emoji that point at what comes next.
pub const POINTERS: [char; 14] = ['👉', '💪', '👇', '➡', '⬇', '☞', '👈', '📲', '☎', '→', '←', '🔗', '🛒', '💬'];

/// Where in the guide a link stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPlace {
    /// In the title.
    Title,
    /// In another heading.
    Heading,
    /// In the last block that has text, or in one of the two before it if only short ones follow.
    Footer,
    /// Anywhere else.
    Body,
}

pub(super) fn find(guide: &Guide, knowledge: &Knowledge, footer: Option<usize>) -> Vec<LinkMention> {
    let place = |block: u32| place_of(guide, block, footer);
    let mut links: Vec<LinkMention> = Vec::new();
    for link in &guide.links {
        let text = guide.prose.text(link.text).trim();
        let text_is_url = matches!(link.kind, LinkKind::Autolink | LinkKind::Email)
            || (text.contains("://") && !text.contains(' '))
            || text == link.url;
        links.push(LinkMention {
            span: link.span,
            url_span: link.url_span,
            address: host::parse(&link.url),
            url: link.url.clone(),
            text: link.text,
            is_bare: false,
            text_is_url,
            definition: link.definition,
            block: link.block,
            place: place(link.block),
            image: link.image,
            destination: None,
            channel: None,
            allowed: None,
        });
    }
    let marked: Vec<Stretch> = links.iter().map(|link| link.text).collect();
    for at in bare_urls(guide.prose.as_str(), knowledge) {
        let after = marked.partition_point(|it| it.start <= at.start);
        let inside = marked[..after].iter().rev().take(4).any(|it| it.overlaps(at));
        let block = guide.block_at(at.start).unwrap_or(0) as u32;
        if inside || guide.blocks.get(block as usize).is_none_or(|it| !it.kind.is_visible()) {
            continue;
        }
        let text = guide.prose.text(at);
        links.push(unmarked(text, at, guide.prose.span(at), block, place(block)));
    }
    for link in &mut links {
        link.lead(knowledge);
    }
    links.sort_by_key(|link| (link.text, link.span));
    links
}

/// An address that stands there as it is.
fn unmarked(text: &str, at: Stretch, span: Span, block: u32, place: LinkPlace) -> LinkMention {
    let url = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
    LinkMention {
        span,
        url_span: span,
        address: host::parse(&url),
        url,
        text: at,
        is_bare: true,
        text_is_url: true,
        definition: None,
        block,
        place,
        image: None,
        destination: None,
        channel: None,
        allowed: None,
    }
}

/// Addresses that stand in code where the sentence offers something or asks for contact. Elsewhere an address in code is
/// a setting: access points look like hosts.
pub(super) fn in_code(guide: &Guide, knowledge: &Knowledge, facts: &Facts) -> Vec<LinkMention> {
    let mut found = Vec::new();
    for code in &guide.codes {
        let text = code.text.trim();
        let at = Stretch::new(code.at, code.at + '\u{fffc}'.len_utf8() as u32);
        if text.len() > LONGEST || !is_address(text, knowledge) || !guide.text(at).starts_with('\u{fffc}') {
            continue;
        }
        let around = Surroundings::of(guide, code.block, at);
        let said = |set| around.near().any(|it| facts.has_cue(set, it));
        if !(said(CueSet::Buy) || said(CueSet::Contact)) || said(CueSet::AccessPoint) {
            continue;
        }
        let mut link = unmarked(text, at, code.span, code.block, place_of(guide, code.block, facts.footer));
        link.lead(knowledge);
        found.push(link);
    }
    found
}

/// Bytes of the longest address anybody would put in code to be typed.
const LONGEST: usize = 120;

/// Whether a text is an address and nothing else: `t.me/name`, `www.shop.example`, `shop.example`.
fn is_address(text: &str, knowledge: &Knowledge) -> bool {
    if !text.contains('.') || text.contains(char::is_whitespace) {
        return false;
    }
    let whole = bare_urls(text, knowledge).first().is_some_and(|it| it.start == 0 && it.end as usize == text.len());
    let ending = text.rsplit('.').next().unwrap_or("");
    let is_host = || {
        let part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
        text.chars().all(part) && ending.len() > 2 && host::has_known_suffix(&text.to_ascii_lowercase())
    };
    whole || is_host()
}

/// The address in a parameter of a redirector, relative or not: `go.html?to=https%3A%2F%2F…`. An address on the same
/// site is where a sign-in returns to, and no destination.
fn destination(url: &str) -> Option<Address> {
    let (before, query) = url.split_once('?')?;
    query.split(['&', ';', '#']).filter_map(|pair| pair.split_once('=')).find_map(|(_, value)| {
        let value = host::percent_decode(value);
        let leads = ["http://", "https://", "tg://", "weixin://"].iter().any(|it| value.starts_with(it));
        let address = leads.then(|| host::parse(&value))??;
        let own = host::parse(before).map(|it| it.host).unwrap_or_default();
        (own.is_empty() || host::registrable(&own) != host::registrable(&address.host)).then_some(address)
    })
}

/// The channel an address leads to; its bare host is the product's own page and no contact.
fn channel(knowledge: &Knowledge, address: &Address) -> Option<u16> {
    let promotion = &knowledge.promotion;
    let begins = |paths: &[String]| paths.iter().any(|path| address.path.starts_with(path.as_str()));
    let by_host = promotion.channels_at(&address.host).find(|(_, channel)| {
        let asked =
            channel.parameters.is_empty() || address.query.iter().any(|(name, _)| channel.parameters.contains(name));
        let more = address.path.len() > 1 || address.fragment.len() > 2 || (!channel.parameters.is_empty() && asked);
        asked && more && (channel.paths.is_empty() || begins(&channel.paths)) && !begins(&channel.not_paths)
    });
    by_host.map(|(at, _)| at).or_else(|| {
        let at = promotion.channel_of_scheme(&address.scheme)?;
        let shares = address.query.iter().any(|(name, _)| matches!(name.as_str(), "text" | "url"))
            && !address.query.iter().any(|(name, _)| matches!(name.as_str(), "phone" | "domain" | "to"));
        (!shares).then_some(at)
    })
}

/// Most bytes of text a block after a footer may have.
const SHORT: usize = 160;

/// Index of the first block that stands at the end of the guide.
pub(super) fn footer(guide: &Guide) -> Option<usize> {
    let visible: Vec<usize> = (0..guide.blocks.len()).filter(|&at| guide.blocks[at].kind.is_visible()).collect();
    let (&last, before) = visible.split_last()?;
    let mut first = last;
    if visible.len() >= 8 {
        for &at in before.iter().rev().take(2) {
            if guide.blocks[first].prose.len() > SHORT || matches!(guide.blocks[at].kind, BlockKind::Heading(_)) {
                break;
            }
            first = at;
        }
    }
    Some(first)
}

pub(super) fn place_of(guide: &Guide, block: u32, footer: Option<usize>) -> LinkPlace {
    let Some(own) = guide.blocks.get(block as usize) else { return LinkPlace::Body };
    if guide.title.is_some_and(|title| title.prose == own.prose || title.prose.contains(own.prose)) {
        return LinkPlace::Title;
    }
    match own.kind {
        BlockKind::Heading(_) => LinkPlace::Heading,
        _ if footer.is_some_and(|first| block as usize >= first) && own.kind.is_visible() => LinkPlace::Footer,
        _ => LinkPlace::Body,
    }
}
