//! What stands around a mention: the text that may say what it is.

use smallvec::{SmallVec, smallvec};

use super::Facts;
use super::number::{NumberForm, NumberMention};
use crate::guide::{Block, CellPlace, Guide, Stretch};
use crate::knowledge::CueSet;

/// The texts around a mention, nearest first.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// The sentence, the list item or the table row: what binds things together.
    pub unit: SmallVec<[Stretch; 2]>,
    /// The whole block.
    pub block: Stretch,
    /// The block before the list, which often says what the list is.
    pub lead: Option<Stretch>,
    /// The header of the table column.
    pub column: Option<Stretch>,
    /// The heading of the section.
    pub heading: Option<Stretch>,
}

impl Surroundings {
    /// What surrounds the stretch `at` in block `block`.
    pub fn of(guide: &Guide, block: u32, at: Stretch) -> Surroundings {
        let Some(own) = guide.blocks.get(block as usize) else { return Surroundings::default() };
        let mut around = Surroundings { block: own.prose, ..Surroundings::default() };
        if let Some(cell) = own.cell {
            around.unit = unit(guide, block, at, |it| {
                it.cell.is_some_and(|other| (other.table, other.row) == (cell.table, cell.row))
            });
            around.column = header(guide, cell);
        } else if let Some(item) = own.item {
            around.unit = unit(guide, block, at, |it| it.item == Some(item));
            let lead = guide.lists.get(item.list as usize).and_then(|list| list.lead);
            around.lead = lead.and_then(|lead| guide.blocks.get(lead as usize)).map(|it| it.prose);
        } else {
            around.unit = smallvec![sentence(guide, own.prose, at)];
        }
        let section = guide.sections.get(own.section as usize);
        around.heading = section.filter(|it| it.heading.is_some()).map(|it| it.title);
        around
    }

    /// The sentence that holds `at`, whatever the block is.
    pub fn sentence_of(guide: &Guide, block: u32, at: Stretch) -> Stretch {
        guide.blocks.get(block as usize).map_or(at, |own| sentence(guide, own.prose, at))
    }

    /// The lead, where it says what the list is about: the item that holds the list, or a line that ends in a colon.
    pub(super) fn leads(&self, guide: &Guide) -> Option<Stretch> {
        let lead = self.lead?;
        let holds = guide.block_at(lead.start).is_some_and(|at| guide.blocks[at].item.is_some());
        (holds || guide.prose.text(lead).trim_end().ends_with([':', '：'])).then_some(lead)
    }

    /// The unit and the block.
    pub fn near(&self) -> impl Iterator<Item = Stretch> {
        self.unit.iter().copied().chain(self.column)
    }

    /// Everything that may say what the mention is.
    pub fn all(&self) -> impl Iterator<Item = Stretch> {
        self.near().chain([self.block]).chain(self.lead).chain(self.heading)
    }
}

/// Blocks looked at on either side for the rest of a row or an item; nobody reads rows that are wider.
const UNIT_REACH: usize = 64;

/// Bytes on either side that still belong to a mention where an item or a cell is as long as a book.
const ITEM_REACH: usize = 2000;

/// The blocks around `block` that belong to it, in order; of long ones what is near `at`.
fn unit(guide: &Guide, block: u32, at: Stretch, same: impl Fn(&Block) -> bool) -> SmallVec<[Stretch; 2]> {
    let index = block as usize;
    let text = guide.prose.as_str();
    let near = |own: Stretch| {
        if own.len() <= 2 * ITEM_REACH {
            return own;
        }
        let from = (at.start.clamp(own.start, own.end) as usize).saturating_sub(ITEM_REACH).max(own.start as usize);
        let to = (at.end.clamp(own.start, own.end) as usize + ITEM_REACH).min(own.end as usize);
        Stretch::new(floor(text, from) as u32, floor(text, to) as u32)
    };
    let before = guide.blocks[..index].iter().rev().take(UNIT_REACH).take_while(|it| same(it)).count();
    let all = guide.blocks[index - before..].iter().take(before + 1 + UNIT_REACH);
    all.take_while(|it| same(it)).map(|it| near(it.prose)).collect()
}

/// The header of a cell's column. Empty cells have no block, so it stands at most so many blocks into the table.
fn header(guide: &Guide, cell: CellPlace) -> Option<Stretch> {
    let first = guide.tables.get(cell.table as usize)?.first_block as usize;
    let row = guide.blocks.get(first..)?;
    let row = &row[..row.len().min(cell.column as usize + 1)];
    let column = |it: &Block| it.cell.filter(|other| (other.table, other.row) == (cell.table, 0)).map(|it| it.column);
    let at = row.partition_point(|it| column(it).is_some_and(|other| other < cell.column));
    row.get(at).filter(|it| column(it) == Some(cell.column)).map(|it| it.prose)
}

/// Longest text looked at on either side for the ends of a sentence.
const REACH: usize = 600;

/// The sentence of a block that holds `at`.
fn sentence(guide: &Guide, block: Stretch, at: Stretch) -> Stretch {
    let text = guide.prose.as_str();
    let from = floor(text, (at.start as usize).saturating_sub(REACH).max(block.start as usize));
    let to = floor(text, ((at.end as usize) + REACH).min(block.end as usize));
    let before = &text[from..at.start as usize];
    let start = before
        .char_indices()
        .rev()
        .find(|&(i, c)| ends_sentence(c, before, i))
        .map_or(from, |(i, c)| from + i + c.len_utf8());
    let after = &text[(at.end as usize).min(to)..to];
    let end = after.char_indices().find(|&(i, c)| ends_sentence(c, after, i)).map_or(to, |(i, _)| at.end as usize + i);
    Stretch::new(start as u32, end as u32)
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ends_sentence(c: char, text: &str, at: usize) -> bool {
    match c {
        '。' | '！' | '？' | '!' | '?' | '；' | ';' | '؟' | '।' => true,
        // A full stop ends a sentence only before a space: "t.me", "4.5" and "tel.123" do not.
        '.' => {
            let after = &text[at + 1..];
            let ends = after.chars().next().is_some_and(|next| next.is_whitespace() || next == '\u{1f}');
            ends && !abbreviates(&text[..at], after.trim_start().chars().next())
        }
        _ => false,
    }
}

/// "tel. 030", "nr. 5", "e.g. this": a short word before the stop, and no new sentence after it.
fn abbreviates(before: &str, next: Option<char>) -> bool {
    let word: usize = before.chars().rev().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
    let letters = before[before.len() - word..].chars().count();
    let dotted = before[..before.len() - word].ends_with('.');
    (1..=3).contains(&letters) && (dotted || !next.is_some_and(char::is_uppercase))
}

/// The carrier a number is given for: the only one in its unit, else the one in brackets after it, else the nearest one
/// before it; of several "respectively" none. Where the unit names none: the column's, the one the list is about, else the heading's, if that names just one.
/// A regulator named between them takes the number. With it, whether the two stand beside each other.
pub(super) fn nearest_carrier(
    guide: &Guide,
    facts: &Facts,
    around: &Surroundings,
    at: Stretch,
    earlier: &[NumberMention],
) -> Option<(u32, bool)> {
    let mut inside: SmallVec<[(usize, Stretch); 4]> =
        around.unit.iter().flat_map(|unit| facts.carriers_in(*unit).map(|(index, it)| (index, it.at))).collect();
    inside.sort_by_key(|(_, stretch)| *stretch);
    inside.dedup();
    inside.retain(|(_, stretch)| !is_host(guide, facts, around, *stretch, at));
    let (index, beside) = match inside.as_slice() {
        [] => {
            let one = |place: Stretch| {
                let mut named = facts.carriers_in(place);
                named.next().filter(|_| named.next().is_none()).map(|(index, _)| index)
            };
            let beside = around.column.and_then(one).or_else(|| around.leads(guide).and_then(one));
            beside.map(|index| (index, true)).or_else(|| Some((around.heading.and_then(one)?, false)))?
        }
        [(_, carrier)] if is_anothers(guide, around, *carrier, at, earlier) => return None,
        [(only, _)] => (*only, true),
        several => (nearest_of(guide, several, at, earlier)?, true),
    };
    let carrier = facts.carriers[index].at;
    let taken = around.unit.iter().any(|unit| facts.regulator_between(unit.start.max(carrier.end), at.start));
    (!taken).then_some((index as u32, beside))
}

/// `| Lebara | KPN | 1200 |` under "Provider | Network | Hotline": the network that a provider uses, whose row it is not.
fn is_host(guide: &Guide, facts: &Facts, around: &Surroundings, carrier: Stretch, at: Stretch) -> bool {
    let cell_of = |place: Stretch| guide.blocks[guide.block_at(place.start)?].cell;
    let (Some(own), Some(place)) = (cell_of(at), cell_of(carrier)) else { return false };
    let named = || around.unit.first().is_some_and(|it| guide.prose.text(*it).contains(char::is_alphabetic));
    let network = || header(guide, place).is_some_and(|it| facts.has_cue(CueSet::Network, it));
    own.column > 0 && place.column > 0 && own.column != place.column && named() && network()
}

/// "1052 (Claro), 1056 (TIM)", "1052 for Claro, 1056 for TIM", where nobody knows the second name: the carrier behind a short
/// number is not that of the next.
fn is_anothers(guide: &Guide, around: &Surroundings, carrier: Stretch, at: Stretch, earlier: &[NumberMention]) -> bool {
    let Some(unit) = around.unit.iter().copied().find(|unit| unit.contains(at) && unit.contains(carrier)) else {
        return false;
    };
    let from = earlier.partition_point(|it| it.at.start < unit.start);
    let first = earlier.get(from).filter(|it| it.form == NumberForm::Short && it.at.end <= carrier.start);
    let joined = first.is_some_and(|it| is_joined(guide, Stretch::new(it.at.end, carrier.start)));
    joined && carrier.end <= at.start && at.len() <= SHORT
}

/// Whether a gap is within a clause: "call 110, then Vodafone" joins nothing.
fn is_joined(guide: &Guide, gap: Stretch) -> bool {
    !guide.prose.text(gap).contains([',', '，', '、', ';', '；', ':', '：', '\n'])
}

/// Of several short numbers before the only carrier of a sentence, it is named for the last: "1052 (…), 1056 (…) or 1058 (Vivo)".
fn take_back(facts: &Facts, numbers: &mut [NumberMention]) {
    for at in 1..numbers.len() {
        let [.., number, next] = &mut numbers[..=at] else { continue };
        let Some(carrier) = number.carrier.filter(|it| Some(*it) == next.carrier && number.block == next.block) else {
            continue;
        };
        let short = number.form == NumberForm::Short && next.form == NumberForm::Short;
        if short && next.at.end <= facts.carriers[carrier as usize].at.start {
            (number.carrier, number.carrier_beside) = (None, false);
        }
    }
}

/// As many numbers and carriers of a sentence are counted off; a longer list is in a table.
const COUNTED: usize = 12;

/// Gives numbers to carriers where only all of a sentence tells whose they are: "A and B answer on 1 and 2 respectively", "A, B: 1, 2",
/// and "1 is A's, 2 is B's".
pub(super) fn count_off(guide: &Guide, facts: &Facts, numbers: &mut [NumberMention]) {
    take_back(facts, numbers);
    let mut from = 0;
    while from < numbers.len() {
        // Most numbers are alone in their item.
        if numbers.get(from + 1).is_none_or(|next| next.block != numbers[from].block) {
            from += 1;
            continue;
        }
        let unit = Surroundings::sentence_of(guide, numbers[from].block, numbers[from].at);
        let count = numbers[from..].iter().take_while(|it| unit.contains(it.at)).count().max(1);
        let own = &mut numbers[from..from + count];
        from += count;
        if !(2..=COUNTED).contains(&count) || guide.blocks[own[0].block as usize].cell.is_some() {
            continue;
        }
        let carriers: SmallVec<[(usize, Stretch); 4]> =
            facts.carriers_in(unit).map(|(index, it)| (index, it.at)).collect();
        if !(2..=COUNTED).contains(&carriers.len()) {
            continue;
        }
        let one_by_one = facts.has_cue(CueSet::Respectively, unit);
        let even = carriers.len() == count;
        let apart = carriers[carriers.len() - 1].1.end <= own[0].at.start;
        if even && apart && (one_by_one || is_row(guide, &carriers, own)) {
            own.iter_mut().zip(&carriers).for_each(|(number, (index, _))| give(number, Some(*index)));
        } else if one_by_one {
            own.iter_mut().for_each(|number| give(number, None));
        } else if own[0].at.end <= carriers[0].1.start
            && is_joined(guide, Stretch::new(own[0].at.end, carriers[0].1.start))
        {
            number_first(own, &carriers, unit);
        }
    }
}

/// Each number before its carrier: it is that of the first carrier behind it, if no other number comes before that.
fn number_first(numbers: &mut [NumberMention], carriers: &[(usize, Stretch)], unit: Stretch) {
    let starts: SmallVec<[u32; 4]> = numbers.iter().map(|it| it.at.start).collect();
    for (at, number) in numbers.iter_mut().enumerate() {
        let until = starts.get(at + 1).copied().unwrap_or(unit.end);
        let own = carriers.iter().find(|(_, place)| number.at.end <= place.start && place.end <= until);
        give(number, own.map(|(index, _)| *index));
    }
}

fn give(number: &mut NumberMention, carrier: Option<usize>) {
    number.carrier = carrier.map(|it| it as u32);
    number.carrier_beside = carrier.is_some();
}

/// "A, B and C … 1, 2 and 3": names in a row, and then numbers in a row.
fn is_row(guide: &Guide, carriers: &[(usize, Stretch)], numbers: &[NumberMention]) -> bool {
    /// Characters between two of a row: ", and ".
    const BETWEEN: usize = 6;
    let near = |one: Stretch, other: Stretch| {
        let gap = guide.prose.text(Stretch::new(one.end.min(other.start), other.start));
        gap.chars().count() <= BETWEEN && !gap.contains(['.', '。', ':', '：', '(', '（', '\n'])
    };
    carriers.windows(2).all(|it| near(it[0].1, it[1].1)) && numbers.windows(2).all(|it| near(it[0].at, it[1].at))
}

/// Bytes of a short number.
const SHORT: usize = 6;

/// Between two carriers, a number belongs to the one in brackets after it, else to the one before it, if no other number
/// came between.
fn nearest_of(guide: &Guide, several: &[(usize, Stretch)], at: Stretch, earlier: &[NumberMention]) -> Option<usize> {
    let bracketed = several.iter().find(|(_, place)| place.start >= at.end).filter(|(_, place)| {
        let between = guide.prose.text(Stretch::new(at.end, place.start)).trim();
        matches!(between, "(" | "（" | "[" | "—" | "–")
    });
    if let Some((index, _)) = bracketed {
        return Some(*index);
    }
    let (index, place) = several.iter().rev().find(|(_, place)| place.end <= at.start)?;
    let between = Stretch::new(place.end, at.start);
    // They are in the order of the text.
    let from = earlier.partition_point(|number| number.at.start < between.start);
    let taken = earlier[from..].iter().any(|number| between.contains(number.at));
    (!taken).then_some(*index)
}
