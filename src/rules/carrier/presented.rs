//! Names that stand where carriers stand, though we know no carrier of that name: in lists, tables, rows and sentences.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::abroad::is_brand_abroad;
use crate::facts::{CarrierMention, Class, Cue, Surroundings, class};
use crate::guide::{Block, BlockKind, Stretch};
use crate::knowledge::{CarrierRef, CueSet};
use crate::rule::Context;

/// A name in a place where carriers stand.
pub(super) struct Candidate {
    pub head: Stretch,
    /// The carriers of the country that stand beside it, by their index among the mentions; the first of them, if there are many.
    pub beside: Rc<[usize]>,
}

/// Carriers beside a name that are looked at. A row of more is as sure with these.
const BESIDE: usize = 32;

/// Shared, for every name of a long row has the same beside it.
fn first_of(beside: &[usize]) -> Rc<[usize]> {
    beside[..beside.len().min(BESIDE)].into()
}

/// All of them, by place.
pub(super) fn names(cx: &Context<'_>) -> Vec<Candidate> {
    // Either a carrier stands beside the name, or the guide says that it is one.
    if cx.facts.carriers.is_empty() && !cx.facts.speaks_of(CueSet::Operator) {
        return Vec::new();
    }
    let mut found = in_lists(cx);
    found.extend(in_lines(cx));
    found.extend(in_tables(cx));
    found.extend(in_sentences(cx));
    found.extend(called_carriers(cx));
    found.sort_by_key(|it| it.head);
    found
}

fn is_here(cx: &Context<'_>, mention: &CarrierMention) -> bool {
    let country = cx.subject.country.as_deref();
    !mention.ids.is_empty()
        || mention
            .who
            .iter()
            .any(|it| matches!(it, CarrierRef::Generated(region, _) if country == Some(region.as_str())))
}

/// The carrier of the country that stands in a stretch.
fn known_in(cx: &Context<'_>, at: Stretch) -> Option<usize> {
    // A name may reach beyond the head: `China Telecom (Macau)`.
    let from = cx.facts.carriers.partition_point(|it| it.at.start < at.start);
    let here = cx.facts.carriers.iter().enumerate().skip(from).take_while(|(_, it)| it.at.start < at.end);
    here.filter(|(_, it)| is_here(cx, it)).map(|(index, _)| index).next()
}

/// The same, if the stretch names the carrier and no thing of it: "Vodafone hotline", but not "Vodafone contract".
fn named_by(cx: &Context<'_>, at: Stretch) -> Option<usize> {
    known_in(cx, at).filter(|index| {
        let mention = cx.facts.carriers[*index].at;
        let rest = Stretch::new(mention.end.min(at.end), at.end);
        let said = cx.guide.text(rest).trim();
        let labels = [CueSet::Hotline, CueSet::Operator, CueSet::Phone, CueSet::Official];
        let covers = || {
            labels.iter().flat_map(|set| cx.facts.cues_in(*set, rest)).any(|cue| cx.guide.text(cue.at).trim() == said)
        };
        said.is_empty() || covers() || cx.facts.carriers_in(rest).next().is_some()
    })
}

/// Items that begin like their neighbours, which begin with carriers.
fn in_lists(cx: &Context<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut lists: BTreeMap<u32, Vec<(Stretch, &Block)>> = BTreeMap::new();
    let mut last: BTreeMap<u32, u32> = BTreeMap::new();
    for block in cx.guide.blocks.iter().filter(|it| it.kind.is_visible()) {
        let Some(item) = block.item else { continue };
        if last.insert(item.list, item.item) != Some(item.item) {
            lists.entry(item.list).or_default().push((head(cx, block.prose), block));
        }
    }
    for heads in lists.into_values() {
        let Some((first, block)) = heads.first() else { continue };
        let index = cx.guide.block_at(block.prose.start).unwrap_or(0) as u32;
        let around = Surroundings::of(cx.guide, index, *first);
        let titles = [around.lead, around.heading];
        let announced = titles.iter().flatten().any(|title| cx.facts.has_cue(CueSet::Operator, *title));
        let known = |head: Stretch| if announced { known_in(cx, head) } else { named_by(cx, head) };
        let beside: Vec<usize> = heads.iter().filter_map(|(head, _)| known(*head)).collect();
        let enough = beside.len() * 2 >= heads.len() && (beside.len() >= 2 || (announced && !beside.is_empty()));
        let alone =
            announced && beside.is_empty() && heads.len() >= 2 && heads.iter().all(|(_, it)| has_number(cx, it));
        if !(enough || alone) {
            continue;
        }
        let beside = first_of(&beside);
        for (head, block) in heads {
            if is_name(cx, head, announced || has_number(cx, block) || is_labelled(cx, head)) {
                found.push(Candidate { head, beside: beside.clone() });
            }
        }
    }
    found
}

/// `X：155` in a row of paragraphs or lines that give a number each.
fn in_lines(cx: &Context<'_>) -> Vec<Candidate> {
    let mut rows: Vec<Vec<Stretch>> = Vec::new();
    let mut lead: Vec<Stretch> = Vec::new();
    let mut open = false;
    let mut before = Stretch::default();
    for block in &cx.guide.blocks {
        let text = cx.guide.text(block.prose);
        let running = block.kind == BlockKind::Paragraph && block.item.is_none();
        // Without leaving early: so many bytes are looked at together.
        if !(running && text.bytes().fold(false, |any, it| any | it.is_ascii_digit())) {
            (open, before) = (false, block.prose);
            continue;
        }
        let mut start = block.prose.start;
        for line in text.split('\n') {
            let at = Stretch::new(start, start + line.len() as u32);
            start = at.end + 1;
            let head = head(cx, at);
            let gives = !head.is_empty() && is_labelled(cx, head);
            if gives && !open {
                rows.push(Vec::new());
                let last = cx.guide.text(before).rfind('\n').map_or(0, |at| at + 1);
                lead.push(Stretch::new(before.start + last as u32, before.end));
            }
            if let Some(row) = rows.last_mut().filter(|_| gives) {
                row.push(head);
            }
            open = gives;
            before = at;
        }
    }
    let mut found = Vec::new();
    for (heads, lead) in rows.into_iter().zip(lead) {
        let beside: Vec<usize> = heads.iter().filter_map(|head| named_by(cx, *head)).collect();
        let announced = cx.facts.has_cue(CueSet::Operator, lead);
        if beside.is_empty() || beside.len() * 2 < heads.len() || (beside.len() < 2 && !announced) {
            continue;
        }
        let beside = first_of(&beside);
        found.extend(
            heads
                .into_iter()
                .filter(|head| is_name(cx, *head, true))
                .map(|head| Candidate { head, beside: beside.clone() }),
        );
    }
    found
}

/// Cells of a column whose header says carriers, or whose other cells are carriers.
fn in_tables(cx: &Context<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut columns: BTreeMap<(u32, u32), Vec<Stretch>> = BTreeMap::new();
    for block in &cx.guide.blocks {
        if let Some(cell) = block.cell {
            columns.entry((cell.table, cell.column)).or_default().push(block.prose);
        }
    }
    for cells in columns.into_values() {
        let Some((&header, column)) = cells.split_first() else { continue };
        let announced = cx.facts.has_cue(CueSet::Operator, header) && cx.guide.text(header).chars().count() <= 24;
        let known = |cell: Stretch| if announced { known_in(cx, head(cx, cell)) } else { named_by(cx, head(cx, cell)) };
        let beside: Vec<usize> = column.iter().filter_map(|it| known(*it)).collect();
        let beside_ours = beside.len() * 2 >= column.len() && (beside.len() >= 2 || (announced && !beside.is_empty()));
        let alone = || beside.is_empty() && announced && gives_numbers(cx, header, column);
        if !beside_ours && !alone() {
            continue;
        }
        let beside = first_of(&beside);
        for prose in column {
            let head = head(cx, *prose);
            if is_name(cx, head, announced) {
                found.push(Candidate { head, beside: beside.clone() });
            }
        }
    }
    found
}

/// Whether all cells of a column are names, each row has a number, and nothing in the table speaks of a country.
fn gives_numbers(cx: &Context<'_>, header: Stretch, column: &[Stretch]) -> bool {
    let cell = |at: Stretch| cx.guide.block_at(at.start).and_then(|block| cx.guide.blocks[block].cell);
    let Some(table) = cell(header).map(|it| it.table) else { return false };
    let first =
        |table: u32| cx.guide.tables.get(table as usize).map_or(cx.guide.blocks.len(), |it| it.first_block as usize);
    let own = cx.guide.blocks.get(first(table)..first(table + 1)).unwrap_or_default();
    let cells = || own.iter().filter_map(|it| Some((it.cell.filter(|cell| cell.table == table)?, it.prose)));
    let digits = |at: Stretch| cx.guide.text(at).chars().filter(char::is_ascii_digit).count();
    let numbered: BTreeSet<u32> = cells().filter(|(_, at)| digits(*at) >= 3).map(|(cell, _)| cell.row).collect();
    column.len() >= 2
        && column
            .iter()
            .all(|it| is_name(cx, head(cx, *it), true) && cell(*it).is_some_and(|cell| numbered.contains(&cell.row)))
        && cells().all(|(_, at)| cx.facts.places_in(cx.knowledge, at).next().is_none())
}

/// `A, X and B`, or `A, B and X`, in a sentence that speaks of operators.
fn in_sentences(cx: &Context<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (index, pair) in cx.facts.carriers.windows(2).enumerate() {
        let [before, after] = pair else { continue };
        if before.block != after.block || !is_here(cx, before) || !is_here(cx, after) {
            continue;
        }
        let around = Surroundings::of(cx.guide, before.block, before.at);
        if !around.unit.iter().any(|unit| unit.contains(after.at) && cx.facts.has_cue(CueSet::Operator, *unit)) {
            continue;
        }
        found.extend(between(cx, before.at.end.min(after.at.start), after.at.start, index));
        let next = cx.facts.carriers.get(index + 2).map(|it| it.at);
        found.extend(last_of_row(cx, (before.at, after.at), next, index));
    }
    found
}

/// The name between two of a row.
fn between(cx: &Context<'_>, start: u32, end: u32, index: usize) -> Option<Candidate> {
    let gap = cx.guide.text(Stretch::new(start, end));
    let lead = gap.len() - gap.trim_start_matches([',', '、', '，', ' ']).len();
    let separated = gap.trim_start().starts_with([',', '、', '，']);
    if !separated || gap.len() > 60 {
        return None;
    }
    let name = &gap[lead..];
    let end = name.find([',', '、', '，', ';', '(', '（']).unwrap_or(name.len());
    let head = Stretch::new(start + lead as u32, start + lead as u32 + capitals(&name[..end])? as u32);
    let dense = cx.guide.text(head).chars().any(|c| class(c) == Class::Dense);
    (is_name(cx, head, true) && (!dense || end < name.len())).then(|| Candidate { head, beside: [index].into() })
}

/// The name that ends a row of at least two: "A, B and X."
fn last_of_row(cx: &Context<'_>, row: (Stretch, Stretch), next: Option<Stretch>, index: usize) -> Option<Candidate> {
    let strung = cx.guide.text(Stretch::new(row.0.end.min(row.1.start), row.1.start)).trim();
    let block = cx.guide.blocks[cx.guide.block_at(row.1.start)?];
    let ahead: usize = cx
        .guide
        .text(Stretch::new(row.1.end, block.prose.end.max(row.1.end)))
        .chars()
        .take(60)
        .map(char::len_utf8)
        .sum();
    let rest = Stretch::new(row.1.end, row.1.end + ahead as u32);
    let word = cx.facts.cues_in(CueSet::And, rest).next()?;
    let lead = cx.guide.text(Stretch::new(row.1.end, word.at.start)).trim();
    if !matches!(strung, "," | "、" | "，")
        || !matches!(lead, "" | "," | "，")
        || next.is_some_and(|it| it.start < word.at.end + 40)
    {
        return None;
    }
    let text = cx.guide.text(Stretch::new(word.at.end, rest.end));
    let space = text.len() - text.trim_start().len();
    let name = &text[space..];
    let end = name.find(['.', '。', ';', '；', '\n', '\u{1f}']).unwrap_or(name.len());
    let length = capitals(&name[..end])?;
    let head = Stretch::new(word.at.end + space as u32, word.at.end + (space + length) as u32);
    // Nothing may follow, else the sentence goes on to speak of somebody else.
    (length == name[..end].trim_end().len() && is_name(cx, head, false))
        .then(|| Candidate { head, beside: [index, index + 1].into() })
}

/// The bytes of the leading words that begin with a capital or stand in a script without.
fn capitals(text: &str) -> Option<usize> {
    let is_part = |word: &&str| word.chars().next().is_some_and(|c| c.is_uppercase() || class(c) == Class::Dense);
    let length: usize = text.trim_end().split(' ').take_while(is_part).map(|word| word.len() + 1).sum();
    (length >= 3).then(|| length - 1)
}

/// Characters in which the name of a carrier ends.
const LONGEST_NAME: usize = 120;

/// "The carrier X offers", 运营商 X 要求: called a carrier, and does what companies do.
fn called_carriers(cx: &Context<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    for cue in cx.facts.cues_of(CueSet::Operator) {
        let Some(block) = cx.guide.block_at(cue.at.start).map(|it| cx.guide.blocks[it]) else { continue };
        // Headings have capitals for any word.
        let running = matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem);
        let shouted = cx.guide.text(cue.at).chars().next().is_some_and(char::is_uppercase);
        let rest = cx.guide.text(Stretch::new(cue.at.end, block.prose.end.max(cue.at.end)));
        let rest = rest.char_indices().nth(LONGEST_NAME).map_or(rest, |(end, _)| &rest[..end]);
        let space = rest.len() - rest.trim_start_matches(' ').len();
        let name: &str =
            rest[space..].split(|c: char| !(c.is_ascii_alphanumeric() || " -+&".contains(c))).next().unwrap_or("");
        let words: usize = name
            .split(' ')
            .take_while(|it| it.starts_with(|c: char| c.is_ascii_uppercase()))
            .map(|it| it.len() + 1)
            .sum();
        if !running || shouted || words < 5 || space > 1 {
            continue;
        }
        let head = Stretch::new(cue.at.end + space as u32, cue.at.end + (space + words - 1) as u32);
        let mixed = cx.guide.text(head).chars().any(|c| c.is_ascii_lowercase());
        let after = Stretch::new(head.end, head.end + 24);
        let acts = cx.facts.cues_in(CueSet::Offers, after).any(|it| it.at.start <= head.end + 1);
        if mixed && acts && is_name(cx, head, true) {
            found.push(Candidate { head, beside: [].into() });
        }
    }
    found
}

fn is_separator(c: char) -> bool {
    matches!(
        c,
        ':' | '('
            | ','
            | ';'
            | '['
            | '|'
            | '\n'
            | '='
            | '：'
            | '（'
            | '，'
            | '；'
            | '。'
            | '【'
            | '–'
            | '—'
            | '\u{fffc}'
    )
}

/// What stands before the first separator of an item or cell.
fn head(cx: &Context<'_>, prose: Stretch) -> Stretch {
    let text = cx.guide.text(prose);
    let lead = text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let rest = &text[lead..];
    let is_dash = |at: usize| rest[..at].ends_with(' ') && rest[at + 1..].starts_with(' ');
    let end = rest.char_indices().find(|&(at, c)| is_separator(c) || c == '-' && is_dash(at));
    let end = end.map_or(rest.len(), |(at, _)| at);
    // "Tchibo 040 …": the name ends before its number.
    let start = prose.start + lead as u32;
    let from = cx.facts.numbers.partition_point(|it| it.at.start <= start);
    let number = cx.facts.numbers.get(from).map_or(end, |it| (it.at.start - start) as usize);
    let trimmed = rest[..end.min(number)].trim_end().len();
    Stretch::new(start, start + trimmed as u32)
}

/// Looks like a name: short, with a capital where the script has them, and nothing we know to mean something else.
fn is_name(cx: &Context<'_>, head: Stretch, announced: bool) -> bool {
    let text = cx.guide.text(head);
    let Some(first) = text.chars().next() else { return false };
    if !cx.facts.carriers_in(head).all(|(_, it)| it.at == head && is_brand_abroad(cx, it)) {
        return false;
    }
    let (chars, words) = (text.chars().count(), text.split_whitespace().count());
    let shaped = match class(first) {
        Class::Dense => (2..=14).contains(&chars) && words <= 2 && announced,
        _ if first.is_uppercase() || first.is_ascii_digit() => {
            (2..=28).contains(&chars)
                && text.split_whitespace().take(4).all(|word| !word.starts_with(char::is_lowercase))
                && words <= 3
        }
        _ => false,
    };
    shaped
        && text.chars().any(char::is_alphabetic)
        && !text.contains(['.', '/', '@', '?', '!', '？', '！'])
        && !overlaps(cx, head)
        && cx.guide.block_at(head.start).is_none_or(|block| cx.guide.blocks[block].kind != BlockKind::Alt)
}

/// Whether a carrier, a country or a word with a meaning of its own shares a byte with `head`.
fn overlaps(cx: &Context<'_>, head: Stretch) -> bool {
    // Words that names are made of say nothing.
    let parts = [
        CueSet::Network,
        CueSet::HistoryBeside,
        CueSet::HistoryUntil,
        CueSet::HistoryNow,
        CueSet::Official,
        CueSet::Counted,
        CueSet::CountedAs,
        CueSet::Counter,
        CueSet::Offers,
        CueSet::And,
        CueSet::NameEdge,
        CueSet::Respectively,
        CueSet::Page,
        CueSet::Denies,
    ];
    let speaks = |cue: &Cue| !parts.contains(&cue.set) || cue.at.contains(head);
    // Cues are short: one that reaches into the head begins at most this much before it.
    let wide = Stretch::new(head.start.saturating_sub(60), head.end + 60);
    let cues = &cx.facts.cues[cx.facts.cues.partition_point(|it| it.at.start < wide.start)..];
    let country = cx.subject.country.as_deref();
    cx.facts.carriers_in(wide).any(|(_, it)| it.at.overlaps(head) && !is_brand_abroad(cx, it))
        || cues.iter().take_while(|it| it.at.start < head.end).any(|it| it.at.overlaps(head) && speaks(it))
        // Carriers bear the name of their country: "Telezani Albania".
        || cx.facts.places_in(cx.knowledge, wide).any(|(at, region)| {
            at.overlaps(head) && (at.contains(head) || Some(region) != country)
        })
}

/// "X: 155", "X (0800 …)": a number stands right after the name.
fn is_labelled(cx: &Context<'_>, head: Stretch) -> bool {
    let rest = &cx.guide.prose.as_str()[head.end as usize..];
    let label = rest.trim_start_matches([' ', ')', '）', '*']);
    let number = label.trim_start_matches([' ', ':', '：', '–', '—', '-', '(', '（', '+', '*', '#']);
    let digits = number.chars().take_while(char::is_ascii_digit).count();
    let unit = number[digits..].trim_start().chars().next();
    label.len() > number.len()
        && digits >= 3
        && !unit.is_some_and(|c| "€$£%¥元年月日:：".contains(c) || c.is_alphabetic())
}

fn has_number(cx: &Context<'_>, block: &Block) -> bool {
    let from = cx.facts.numbers.partition_point(|it| it.at.start < block.prose.start);
    cx.facts.numbers[from..].iter().take(2).any(|it| block.prose.contains(it.at))
}
