//! Links of every kind, with where they stand.

use crate::guide::{BlockKind, Guide, LinkKind, Stretch};
use crate::host::{self, Address};
use crate::knowledge::Knowledge;
use crate::text::Span;

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
    /// The messenger or order platform it leads to: index into the channels of [`crate::knowledge::Promotion`].
    pub channel: Option<u16>,
}

/// Emoji that point at what comes next.
pub const POINTERS: [char; 9] = ['👉', '💪', '👇', '➡', '⬇', '☞', '👈', '📲', '☎'];

/// Where in the guide a link stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPlace {
    /// In the title.
    Title,
    /// In another heading.
    Heading,
    /// In the last block that has text.
    Footer,
    /// Anywhere else.
    Body,
}

pub(super) fn find(guide: &Guide, knowledge: &Knowledge) -> Vec<LinkMention> {
    let last = guide.blocks.iter().rposition(|block| block.kind.is_visible());
    let place = |block: u32| place_of(guide, block, last);
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
            channel: None,
        });
    }
    let marked: Vec<Stretch> = links.iter().map(|link| link.text).collect();
    for at in bare_urls(guide.prose.as_str()) {
        let after = marked.partition_point(|it| it.start <= at.start);
        let inside = marked[..after].iter().rev().take(4).any(|it| it.contains(at));
        let block = guide.block_at(at.start).unwrap_or(0) as u32;
        if inside || guide.blocks.get(block as usize).is_none_or(|it| !it.kind.is_visible()) {
            continue;
        }
        let text = guide.prose.text(at);
        let url = if text.starts_with("www.") { format!("http://{text}") } else { text.to_owned() };
        let span = guide.prose.span(at);
        links.push(LinkMention {
            span,
            url_span: span,
            address: host::parse(&url),
            url,
            text: at,
            is_bare: true,
            text_is_url: true,
            definition: None,
            block,
            place: place(block),
            image: None,
            channel: None,
        });
    }
    for link in &mut links {
        link.channel = link.address.as_ref().and_then(|address| channel(knowledge, address));
    }
    links.sort_by_key(|link| (link.text, link.span));
    links
}

/// The channel an address leads to; its bare host is the product's own page and no contact.
fn channel(knowledge: &Knowledge, address: &Address) -> Option<u16> {
    let found = knowledge.promotion.channels.iter().position(|channel| {
        let host = channel.hosts.iter().any(|it| host::is_within(&address.host, it))
            && (channel.paths.is_empty() || channel.paths.iter().any(|path| address.path.starts_with(path)))
            && address.path.len() > 1;
        host || channel.schemes.contains(&address.scheme)
    })?;
    u16::try_from(found).ok()
}

fn place_of(guide: &Guide, block: u32, last: Option<usize>) -> LinkPlace {
    let Some(own) = guide.blocks.get(block as usize) else { return LinkPlace::Body };
    if guide.title.is_some_and(|title| title.prose == own.prose || title.prose.contains(own.prose)) {
        return LinkPlace::Title;
    }
    match own.kind {
        BlockKind::Heading(_) => LinkPlace::Heading,
        _ if last == Some(block as usize) => LinkPlace::Footer,
        _ => LinkPlace::Body,
    }
}

/// URLs that stand in the text without markup.
fn bare_urls(prose: &str) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, _) in prose.match_indices("://") {
        let before = &prose[from.min(at)..at];
        let scheme = before.len() - before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '+').len();
        let start = at - scheme;
        if scheme < 2 || start < from {
            continue;
        }
        let end = url_end(prose, at + 3);
        if end > at + 3 {
            found.push(Stretch::new(start as u32, end as u32));
            from = end;
        }
    }
    for (at, _) in prose.match_indices("www.") {
        let starts =
            prose[..at].chars().next_back().is_none_or(|c| !(c.is_ascii_alphanumeric() || "/.-_@".contains(c)));
        let end = url_end(prose, at + 4);
        let inside = found.iter().any(|it: &Stretch| it.start as usize <= at && at < it.end as usize);
        if starts && !inside && end > at + 4 {
            found.push(Stretch::new(at as u32, end as u32));
        }
    }
    found.sort_unstable();
    found
}

/// Where a bare URL that has begun ends: before white space, quotes and the punctuation that follows it.
fn url_end(prose: &str, from: usize) -> usize {
    let rest = &prose[from..];
    let stop = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(
                c,
                '<' | '>'
                    | '"'
                    | '\u{fffc}'
                    | '`'
                    | '|'
                    | '（'
                    | '）'
                    | '，'
                    | '。'
                    | '、'
                    | '；'
                    | '：'
                    | '！'
                    | '？'
                    | '」'
                    | '』'
                    | '】'
                    | '》'
                    | '”'
                    | '’'
            )
    };
    let mut end = rest.find(stop).unwrap_or(rest.len());
    loop {
        let url = &rest[..end];
        let Some(last) = url.chars().next_back() else { break };
        let unbalanced = last == ')' && url.matches(')').count() > url.matches('(').count();
        if !(matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | ']') || unbalanced) {
            break;
        }
        end -= last.len_utf8();
    }
    from + end
}
