//! What to cut so that nothing is left hanging: the brackets around a contact, the arrow before it, the whole line.

use super::Context;
use crate::diagnostic::Edit;
use crate::guide::BlockKind;
use crate::text::Span;

const BRACKETS: [(char, char); 8] =
    [('[', ']'), ('(', ')'), ('（', '）'), ('【', '】'), ('「', '」'), ('《', '》'), ('“', '”'), ('"', '"')];

/// The edit that removes the contact at `span` in `block` cleanly.
pub fn removal(cx: &Context<'_>, span: Span, block: u32) -> Edit {
    let cut = without_brackets(cx.source.text(), span);
    let cut = whole_block(cx, cut, block).unwrap_or_else(|| with_lead(cx.source.text(), cut));
    Edit { span: cut, replacement: String::new() }
}

fn without_brackets(text: &str, span: Span) -> Span {
    let (mut start, mut end) = (span.start as usize, span.end as usize);
    loop {
        let before = text[..start].trim_end_matches(' ');
        let after = text[end..].trim_start_matches(' ');
        let pair = (before.chars().next_back(), after.chars().next());
        let (Some(open), Some(close)) = pair else { break };
        if !BRACKETS.contains(&(open, close)) {
            break;
        }
        start = before.len() - open.len_utf8();
        end = text.len() - after.len() + close.len_utf8();
    }
    Span::of(start..end)
}

/// Bytes of a block up to which it may be nothing but a contact.
const LONGEST: usize = 2000;

/// The lines of the block, if it holds nothing else a reader would miss.
fn whole_block(cx: &Context<'_>, cut: Span, block: u32) -> Option<Span> {
    let text = cx.source.text();
    let own = cx.guide.blocks.get(block as usize)?;
    if own.span.len() > LONGEST {
        return None;
    }
    let index = block as usize;
    let near = &cx.guide.blocks[index.saturating_sub(2)..(index + 3).min(cx.guide.blocks.len())];
    let alone = near.iter().filter(|it| it.kind.is_visible() && own.span.contains(it.span)).count() == 1;
    let titled = cx.guide.title.is_some_and(|title| title.prose == own.prose);
    if !alone || titled || matches!(own.kind, BlockKind::TableCell | BlockKind::Html) || !own.span.contains(cut) {
        return None;
    }
    let mut contacts: Vec<Span> = vec![cut];
    let (links, pictures, handles) = (&cx.facts.links, &cx.guide.images, &cx.facts.handles);
    let links = links[links.partition_point(|it| it.text.end < own.prose.start)..].iter();
    let links =
        links.take_while(|it| it.text.start <= own.prose.end).filter(|it| it.channel.is_some()).map(|it| it.span);
    let pictures = pictures[pictures.partition_point(|it| it.span.start < own.span.start)..].iter();
    let pictures = pictures.take_while(|it| it.span.start < own.span.end).map(|it| it.span);
    let handles = handles[handles.partition_point(|it| it.at.end < own.prose.start)..].iter();
    let handles = handles.take_while(|it| it.at.start <= own.prose.end).map(|it| it.span);
    contacts.extend(links.chain(pictures).chain(handles).filter(|it| own.span.contains(*it)));
    contacts.sort();
    let mut at = own.span.start;
    let mut left = String::new();
    for contact in contacts {
        if contact.start > at {
            left.push_str(&text[at as usize..contact.start as usize]);
        }
        at = at.max(contact.end);
    }
    left.push_str(&text[at.min(own.span.end) as usize..own.span.end as usize]);
    if left.chars().any(char::is_alphanumeric) {
        return None;
    }
    let start = text[..own.span.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let end = text[own.span.end as usize..].find('\n').map_or(text.len(), |at| own.span.end as usize + at + 1);
    let before = text[..start].trim_end_matches(['\n', '\r', ' ']).len();
    // At the end of the file the empty lines before go; inside it those that would meet must not double.
    let start = match text[end..].trim().is_empty() {
        true => text[before..].find('\n').map_or(start, |at| (before + at + 1).min(start)),
        false => start,
    };
    let end = match text[end..].trim().is_empty() {
        true => text.len(),
        false => end + (text[end..].len() - text[end..].trim_start_matches(['\n', '\r']).len()),
    };
    Some(Span::of(start..end))
}

/// With the spaces, arrows and dashes that lead to it.
fn with_lead(text: &str, cut: Span) -> Span {
    let lead = |c: char| {
        matches!(
            c,
            ' ' | '\u{3000}'
                | '|'
                | '-'
                | '—'
                | '–'
                | '·'
                | '•'
                | ':'
                | '：'
                | '👉'
                | '👇'
                | '💪'
                | '📲'
                | '➡'
                | '→'
                | '\u{fe0f}'
        )
    };
    let start = text[..cut.start as usize].trim_end_matches(lead).len();
    Span::new(start as u32, cut.end)
}
