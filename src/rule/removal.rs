//! What to cut so that nothing is left hanging: the brackets around a contact, the arrow before it, the whole line.

use super::Context;
use super::leftovers::with_surroundings;
use crate::diagnostic::Edit;
use crate::facts::Surroundings;
use crate::guide::{BlockKind, Stretch};
use crate::knowledge::CueSet;
use crate::text::Span;

const BRACKETS: [(char, char); 8] =
    [('[', ']'), ('(', ')'), ('（', '）'), ('【', '】'), ('「', '」'), ('《', '》'), ('“', '”'), ('"', '"')];

/// The edit that removes the contact at `span` in `block`, whose text stands at `at` in the prose (empty for a picture), cleanly: with the block or the
/// sentence that is there for it alone, and what only leads to them; else with what leads to it on its line.
pub fn removal(cx: &Context<'_>, span: Span, block: u32, at: Stretch) -> Edit {
    let cut = without_brackets(cx.source.text(), span);
    let whole = whole_block(cx, cut, block).or_else(|| whole_sentence(cx, cut, block, at));
    let cut = match whole {
        Some(whole) if fills(cx, whole, block) => with_surroundings(cx, block as usize, whole),
        Some(whole) => whole,
        None => with_lead(cx.source.text(), cut),
    };
    Edit { span: cut, replacement: String::new() }
}

/// Whether removing the contact at `span` takes the whole block along.
pub(super) fn alone_in_block(cx: &Context<'_>, span: Span, block: u32, at: Stretch) -> bool {
    let cut = without_brackets(cx.source.text(), span);
    let whole = whole_block(cx, cut, block).or_else(|| whole_sentence(cx, cut, block, at));
    whole.is_some_and(|it| fills(cx, it, block))
}

fn fills(cx: &Context<'_>, cut: Span, block: u32) -> bool {
    cx.guide.blocks.get(block as usize).is_some_and(|own| cut.contains(own.span))
}

/// Bytes beside a contact up to which a sentence of offering says nothing else.
const SHORT: usize = 120;

/// The sentence, if it offers something or asks for contact and hardly says more.
fn whole_sentence(cx: &Context<'_>, cut: Span, block: u32, at: Stretch) -> Option<Span> {
    let text = cx.source.text();
    let own = cx.guide.blocks.get(block as usize)?;
    let titled = cx.guide.title.is_some_and(|title| title.prose == own.prose);
    if at.is_empty()
        || titled
        || !matches!(own.kind, BlockKind::Paragraph | BlockKind::ListItem)
        || !own.span.contains(cut)
    {
        return None;
    }
    let sentence = Surroundings::sentence_of(cx.guide, block, at);
    let offers = cx.facts.has_cue(CueSet::Buy, sentence) || cx.facts.has_cue(CueSet::Contact, sentence);
    let from = cx.facts.links.partition_point(|it| it.text.end <= sentence.start);
    let mut links = cx.facts.links[from..].iter().take_while(|it| it.text.start < sentence.end);
    let useful = links.any(|it| it.channel.is_none() && it.text != at);
    if !offers || useful || sentence.len().saturating_sub(at.len()) > SHORT {
        return None;
    }
    let said = cx.guide.text(sentence);
    let only = cx.guide.text(own.prose).trim() == said.trim_end_matches(ENDS).trim()
        || cx.guide.text(own.prose).trim().trim_end_matches(ENDS) == said.trim();
    if only {
        return Some(lines(text, own.span));
    }
    let inner = Stretch::new(sentence.end - said.trim_start().len() as u32, sentence.end);
    let span = cx.guide.prose.span(inner);
    let whole = Span::new(span.start.min(cut.start), span.end.max(cut.end));
    let rest = &text[whole.end as usize..own.span.end.max(whole.end) as usize];
    let ended = rest.len() - rest.trim_start_matches(ENDS).len();
    let gap = rest[ended..].len() - rest[ended..].trim_start_matches(' ').len();
    let end = whole.end as usize + ended + gap;
    let balanced = MARKS.iter().all(|mark| text[whole.start as usize..end].matches(*mark).count() % 2 == 0);
    // A sentence in the middle leaves the gap before it to the next; the last one takes it along.
    let last = text[end..own.span.end.max(end as u32) as usize].trim().is_empty();
    let start = if last { text[..whole.start as usize].trim_end_matches(' ').len() } else { whole.start as usize };
    (balanced && own.span.start as usize <= start).then(|| Span::of(start..end))
}

/// What closes a sentence.
const ENDS: [char; 8] = ['.', '!', '?', '。', '！', '？', '；', '؟'];

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

/// Marks of emphasis and of inline code.
const MARKS: [char; 4] = ['*', '_', '`', '~'];

/// The span with the mark that was left open at one of its ends: `code *ABC1` becomes `code *ABC1*`.
pub fn with_markup(text: &str, span: Span) -> Span {
    let (start, end) = (span.start as usize, span.end as usize);
    let inside = &text[start..end];
    let before = &text[..start];
    let opening = before.trim_end_matches(MARKS).len();
    let after = &text[end..];
    let closing = after.len() - after.trim_start_matches(MARKS).len();
    let odd = |mark: &str| !mark.is_empty() && inside.matches(mark).count() % 2 == 1;
    match (&before[opening..], &after[..closing]) {
        (_, mark) if odd(mark) => Span::of(start..end + mark.len()),
        (mark, _) if odd(mark) => Span::of(start - mark.len()..end),
        _ => span,
    }
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
    // A block of HTML is as long as its text; the tags around it belong to no block.
    if !own.span.contains(cut) {
        return whole_html(cx, cut);
    }
    let index = block as usize;
    let near = &cx.guide.blocks[index.saturating_sub(2)..(index + 3).min(cx.guide.blocks.len())];
    let alone = near.iter().filter(|it| it.kind.is_visible() && own.span.contains(it.span)).count() == 1;
    let titled = cx.guide.title.is_some_and(|title| title.prose == own.prose);
    if !alone || titled || matches!(own.kind, BlockKind::TableCell) {
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
    Some(lines(text, own.span))
}

/// The lines of the HTML around a contact, if it shows nothing else.
fn whole_html(cx: &Context<'_>, cut: Span) -> Option<Span> {
    let text = cx.source.text();
    let outline = &cx.guide.outline;
    let from = outline.partition_point(|(span, _)| (span.start as usize) + LONGEST < cut.end as usize);
    let near = outline[from..].iter().map(|(span, _)| *span).take_while(|it| it.start <= cut.start);
    let own = near.filter(|it| it.contains(cut)).min_by_key(|it| it.len()).filter(|it| it.len() <= LONGEST)?;
    let before = &text[own.start as usize..cut.start as usize];
    let after = &text[cut.end as usize..own.end as usize];
    let shown = |html: &str| {
        let mut inside = false;
        html.chars().any(|c| {
            inside = c == '<' || inside && c != '>';
            !inside && c.is_alphanumeric()
        })
    };
    let from = cx.guide.images.partition_point(|it| it.span.start < own.start);
    let mut pictures = cx.guide.images[from..].iter().take_while(|it| it.span.start < own.end);
    let pictures = pictures.any(|it| own.contains(it.span) && !cut.contains(it.span));
    (!pictures && !shown(before) && !shown(after)).then(|| lines(text, own))
}

/// The lines of a block, with the empty ones that would be left over; in a quotation these begin with its mark.
pub(super) fn lines(text: &str, own: Span) -> Span {
    let start = text[..own.start as usize].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let end = text[own.end as usize..].find(['\n', '\r']).map_or(text.len(), |at| {
        let at = own.end as usize + at;
        at + if text[at..].starts_with("\r\n") { 2 } else { 1 }
    });
    // The span of some blocks ends behind their last line.
    let end = if text[..own.end as usize].ends_with('\n') { own.end as usize } else { end };
    let quoted = text[start..own.start as usize].trim_start().starts_with('>');
    let empty = |line: &str| line.chars().all(|c| c.is_whitespace() || quoted && c == '>');
    let after: usize = text[end..].split_inclusive('\n').take_while(|line| empty(line)).map(str::len).sum();
    if end + after < text.len() {
        return Span::of(start..end + after);
    }
    // At the end of the file the empty lines before go; inside it those that would meet must not double.
    let before: usize = text[..start].split_inclusive('\n').rev().take_while(|line| empty(line)).map(str::len).sum();
    Span::of(start - before..text.len())
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
