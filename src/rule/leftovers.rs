//! What hangs on a contact that is removed: the list and the section that hold nothing else, the words that lead to it, the
//! rule line and the empty lines that would be left at the end of the guide.

use super::Context;
use super::removal::{alone_in_block, lines};
use crate::diagnostic::Edit;
use crate::guide::{Block, BlockKind};
use crate::knowledge::CueSet;
use crate::text::Span;

/// The whole of a block that goes, with the list or the section that is there for contacts alone.
pub(super) fn with_surroundings(cx: &Context<'_>, block: usize, own: Span) -> Span {
    section(cx, block).or_else(|| list(cx, block)).unwrap_or_else(|| led(cx, block, own))
}

/// The section, if nothing but contacts and words that lead to them stands in it.
fn section(cx: &Context<'_>, block: usize) -> Option<Span> {
    let index = cx.guide.blocks[block].section as usize;
    let section = cx.guide.sections.get(index).filter(|it| it.heading.is_some() && it.level > 1)?;
    let titled = cx.guide.title.is_some_and(|title| title.prose == section.title);
    let below = cx.guide.sections.get(index + 1).is_some_and(|next| next.level > section.level);
    if titled || below || section.content.code > 0 || section.content.cells > 0 {
        return None;
    }
    let only_contacts = cx.guide.blocks_in(index).all(|(at, it)| it.prose.is_empty() || goes(cx, at) || leads(cx, it));
    if !only_contacts {
        return None;
    }
    // Whatever is no block (rule lines apart) keeps the section: pictures, definitions, comments.
    let text = cx.source.text();
    let held: usize = cx.guide.blocks_in(index).map(|(_, it)| it.span.len()).sum();
    let below = &text[section.heading_span.end as usize..section.span.end as usize];
    let other: usize = below.lines().filter(|line| !is_rule(line)).map(|line| line.trim_matches(MARKERS).len()).sum();
    let last = cx.guide.blocks_in(index).last()?.1.span.end;
    (other <= held + MARKUP).then(|| lines(text, Span::new(section.heading_span.start, last)))
}

/// What stands before the text of a line of a list or a quotation.
const MARKERS: [char; 6] = [' ', '\t', '>', '-', '*', '+'];

/// Bytes of markup around the blocks of a section that hold nothing of their own.
const MARKUP: usize = 8;

/// The list, if every item of it goes, with the words that lead to it.
fn list(cx: &Context<'_>, block: usize) -> Option<Span> {
    let item = cx.guide.blocks[block].item?;
    let list = cx.guide.lists.get(item.list as usize)?;
    // The visible ones come first, by place.
    let from = cx.guide.blocks.partition_point(|it| it.kind.is_visible() && it.span.start < list.span.start);
    let ahead = cx.guide.blocks.iter().enumerate().skip(from);
    let ahead = ahead.take_while(|(_, it)| it.kind.is_visible() && it.span.start < list.span.end);
    let mut own = ahead.filter(|(_, it)| list.span.contains(it.span));
    if !own.all(|(at, it)| it.item.is_none() || goes(cx, at)) {
        return None;
    }
    let lead = list.lead.and_then(|lead| cx.guide.blocks.get(lead as usize)).filter(|it| leads(cx, it));
    let start = lead.map_or(list.span.start, |it| it.span.start);
    Some(lines(cx.source.text(), Span::new(start, list.span.end)))
}

/// A block with the line before it that only leads to it.
fn led(cx: &Context<'_>, block: usize, own: Span) -> Span {
    let here = &cx.guide.blocks[block];
    let before = cx.guide.blocks[..block].iter().rev().find(|it| it.kind.is_visible());
    let before = before.filter(|it| here.item.is_none() && it.section == here.section && it.quotes == here.quotes);
    match before.filter(|it| it.item.is_none() && leads(cx, it)) {
        Some(lead) => lines(cx.source.text(), Span::new(lead.span.start, here.span.end)),
        None => own,
    }
}

/// Whether a block is nothing but a contact that nobody official answers.
fn goes(cx: &Context<'_>, block: usize) -> bool {
    let own = &cx.guide.blocks[block];
    let from = cx.facts.links.partition_point(|it| it.text.end < own.prose.start);
    let links = cx.facts.links[from..].iter().take_while(|it| it.text.start <= own.prose.end);
    let links = links
        .filter(|it| it.channel.is_some() && it.allowed.is_none() && !cx.is_official_account(it))
        .map(|it| (it.span, it.text));
    let from = cx.facts.handles.partition_point(|it| it.at.end < own.prose.start);
    let handles = cx.facts.handles[from..].iter().take_while(|it| it.at.start <= own.prose.end);
    let handles = handles.filter(|it| it.channel.is_some() && it.allowed.is_none()).map(|it| (it.span, it.at));
    let carrier = cx.facts.carriers_in(own.prose).next().is_some();
    !carrier && links.chain(handles).next().is_some_and(|(span, at)| alone_in_block(cx, span, block as u32, at))
}

/// A line that says that a contact follows: it ends in a colon, and buying or contacting is what it speaks of.
fn leads(cx: &Context<'_>, block: &Block) -> bool {
    let text = cx.guide.text(block.prose).trim_end();
    let offers = cx.facts.has_cue(CueSet::Buy, block.prose) || cx.facts.has_cue(CueSet::Contact, block.prose);
    matches!(block.kind, BlockKind::Paragraph) && text.len() <= LEAD && text.ends_with([':', '：']) && offers
}

/// Bytes of a line that leads to a contact.
const LEAD: usize = 120;

/// A line that parts: `---`, `* * *`, `<hr>`.
fn is_rule(line: &str) -> bool {
    let bare: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let signs = bare.len() > 2 && ['-', '*', '_'].iter().any(|sign| bare.chars().all(|c| c == *sign));
    signs || matches!(bare.to_ascii_lowercase().as_str(), "<hr>" | "<hr/>")
}

/// The edits of one fix in order, joined where they meet. One that reaches the end of the guide takes along the empty lines
/// and the rule line before it.
pub fn tidy(cx: &Context<'_>, mut edits: Vec<Edit>) -> Vec<Edit> {
    let text = cx.source.text();
    edits.sort_by_key(|edit| edit.span);
    let mut joined: Vec<Edit> = Vec::with_capacity(edits.len());
    for edit in edits {
        match joined.last_mut() {
            Some(last) if edit.span.start <= last.span.end => {
                last.span = Span::new(last.span.start, last.span.end.max(edit.span.end));
            }
            _ => joined.push(edit),
        }
    }
    if let Some(last) = joined.last_mut() {
        let starts_line = text[..last.span.start as usize].ends_with(['\n', '\r']) || last.span.start == 0;
        if starts_line && text[last.span.end as usize..].trim().is_empty() {
            last.span = Span::new(last_kept(text, last.span.start as usize) as u32, text.len() as u32);
        }
    }
    joined
}

/// Where what is kept before a footer ends: without empty lines, and without a rule line that would part nothing.
fn last_kept(text: &str, from: usize) -> usize {
    let mut end = kept_lines(text, from);
    loop {
        let line = text[..end].trim_end_matches(['\n', '\r']).rfind('\n').map_or(0, |at| at + 1);
        let before = kept_lines(text, line);
        // Right under a line of text it is the mark of a heading.
        if !is_rule(&text[line..end]) || before == line || before == 0 {
            return end;
        }
        end = before;
    }
}

/// The end of the last line before `from` that is not empty, its line end included.
fn kept_lines(text: &str, from: usize) -> usize {
    let kept = text[..from].trim_end_matches(['\n', '\r', ' ', '\t']).len();
    text[kept..from].find('\n').map_or(from, |at| kept + at + 1)
}
