//! Whether a name is spoken of as past: by the words in its clause, by years, by its column or section.

use super::CarrierMention;
use crate::date::Date;
use crate::facts::{Facts, Surroundings};
use crate::guide::{Guide, Stretch};
use crate::knowledge::CueSet;

/// How far, in characters of a script with spaces, a word of change reaches within its clause.
const CLAUSE: usize = 48;

/// How many blocks back a year still sets the time.
const STORY: usize = 2;

/// How far "former" reaches to the name it belongs to.
const BESIDE: usize = 16;

pub(super) fn is_past(
    guide: &Guide,
    facts: &Facts,
    around: &Surroundings,
    all: &[Stretch],
    it: &CarrierMention,
) -> bool {
    let own = around.unit.iter().copied().find(|unit| unit.contains(it.at)).unwrap_or(around.block);
    let rest = || around.unit.iter().copied().filter(|unit| !unit.contains(it.at)).chain(around.column);
    rest().any(|unit| facts.has_cue(CueSet::History, unit) || facts.has_cue(CueSet::HistoryBeside, unit))
        || around.heading.is_some_and(|heading| heading != own && is_history(facts, heading))
        || around.lead.is_some_and(|lead| is_history(facts, lead))
        || changed(guide, facts, own, it.at)
        || former(guide, facts, own, all, it.at)
        || ended(guide, facts, own, it.at)
        || has_years(guide, it.at)
}

/// Whether the last year named before it in its section lies before the name ended: a story of that time.
pub(super) fn is_narrated(guide: &Guide, told: &Years, it: &CarrierMention, ended: Date) -> bool {
    let section = guide.blocks[it.block as usize].section;
    let mut near =
        guide.blocks[..=it.block as usize].iter().rev().take_while(|block| block.section == section).take(STORY);
    let last = near.find_map(|block| told.last_in(Stretch::new(block.prose.start, it.at.start.min(block.prose.end))));
    last.is_some_and(|year| year <= ended.parts().0)
}

/// The years a guide names, by place: looked for once, however many names ask for the one before them.
pub(super) struct Years(Vec<(u32, i16)>);

impl Years {
    pub(super) fn of(guide: &Guide, facts: &Facts) -> Years {
        let text = guide.prose.as_str();
        let starts = facts.digit_starts.all().iter().map(|at| *at as usize);
        Years(starts.filter_map(|at| Some((at as u32, year_at(text, at)?))).collect())
    }

    fn last_in(&self, within: Stretch) -> Option<i16> {
        let before = self.0.partition_point(|(at, _)| at + 4 <= within.end);
        self.0[..before].last().filter(|(at, _)| within.start <= *at).map(|(_, year)| *year)
    }
}

/// A heading or lead that speaks of what was.
fn is_history(facts: &Facts, title: Stretch) -> bool {
    facts.has_cue(CueSet::History, title) || facts.has_cue(CueSet::HistoryBeside, title)
}

/// Bytes around a name within which a word can speak of it: no clause is longer, and a unit may be a whole book.
const AROUND: u32 = 600;

fn around(unit: Stretch, at: Stretch) -> Stretch {
    Stretch::new(unit.start.max(at.start.saturating_sub(AROUND)), unit.end.min(at.end.saturating_add(AROUND)))
}

/// A word of change in the same clause.
fn changed(guide: &Guide, facts: &Facts, unit: Stretch, at: Stretch) -> bool {
    facts.cues_in(CueSet::History, around(unit, at)).any(|cue| {
        let gap = between(cue.at, at);
        // "Inactive: A, B, C" labels all of the list.
        let label = cue.at.end <= at.start && guide.text(cue.at).ends_with([':', '：']);
        (label || width(guide.text(gap)) <= CLAUSE) && !leaves_clause(guide.text(gap))
    })
}

/// "formerly AMC": the next name is meant; without one, the name before ("AMC, formerly").
fn former(guide: &Guide, facts: &Facts, unit: Stretch, all: &[Stretch], at: Stretch) -> bool {
    facts.cues_in(CueSet::HistoryBeside, around(unit, at)).any(|cue| {
        // Words of one or two letters ("ex", 原) are parts of many others: they must touch the name.
        let reach = if guide.text(cue.at).chars().count() <= 2 { 2 } else { BESIDE };
        let next = all.get(all.partition_point(|it| it.start < cue.at.end)).filter(|it| unit.contains(**it));
        // What is said in brackets, or before a colon, belongs to the name there.
        let leaves = |text: &str| text.contains(CLOSING) || text.contains([':', '：', '\u{1f}']);
        let near = |gap: Stretch| width(guide.text(gap)) <= reach && !leaves(guide.text(gap));
        match next.filter(|next| near(between(cue.at, **next))) {
            Some(next) => *next == at || (next.start < at.start && joined(guide, *next, at, all)),
            None => at.end <= cue.at.start && near(between(cue.at, at)) && reach == BESIDE,
        }
    })
}

/// "formerly AMC and Eagle": names strung together share the word before them.
fn joined(guide: &Guide, first: Stretch, last: Stretch, all: &[Stretch]) -> bool {
    let from = all.partition_point(|it| it.start < first.start);
    let mut chain = all[from..].iter().take_while(|it| it.end <= last.end);
    let Some(mut before) = chain.next() else { return false };
    chain.all(|it| {
        let gap = guide.text(between(*before, *it));
        before = it;
        gap.chars().count() <= 7 && !gap.contains(CLOSING)
    })
}

/// "until 2014".
fn ended(guide: &Guide, facts: &Facts, unit: Stretch, at: Stretch) -> bool {
    facts.cues_in(CueSet::HistoryUntil, around(unit, at)).any(|cue| {
        let gap = between(cue.at, at);
        // Most languages put the year after the word, some before it.
        let after = guide.text(Stretch::new(cue.at.end, unit.end));
        let before = guide.text(Stretch::new(unit.start.max(at.end.min(cue.at.start)), cue.at.start));
        let dated = first_chars(after, 18).contains_year() || last_chars(before, 8).contains_year();
        dated && width(guide.text(gap)) <= CLAUSE && !leaves_clause(guide.text(gap))
    })
}

/// "Plus (2010–2018)".
fn has_years(guide: &Guide, at: Stretch) -> bool {
    let rest = &guide.prose.as_str()[at.end as usize..];
    let Some(inside) = rest.trim_start().strip_prefix(['(', '（', '[']) else { return false };
    let inside = first_chars(inside, 40).split([')', '）', ']']).next().unwrap_or("");
    let years: Vec<&str> = inside.split(|c: char| !c.is_ascii_digit()).filter(|it| !it.is_empty()).collect();
    inside.len() < 40 && years.len() >= 2 && years.iter().all(|it| it.contains_year() || it.len() <= 2)
}

pub(super) const CLOSING: [char; 4] = [')', '）', ']', '】'];
pub(super) const OPENING: [char; 4] = ['(', '（', '[', '【'];

/// Whether what stands between a name and a word ends the clause: a stop, or a bracket that closes around the word.
fn leaves_clause(gap: &str) -> bool {
    let stop = gap.contains(['。', '；', ';', '！', '？', '\u{1f}']) || gap.contains(". ") || gap.contains(".\n");
    let mut depth = 0i32;
    for c in gap.chars() {
        depth += i32::from(OPENING.contains(&c)) - i32::from(CLOSING.contains(&c));
        if depth < 0 {
            return true;
        }
    }
    stop
}

fn between(one: Stretch, other: Stretch) -> Stretch {
    match one.start < other.start {
        true => Stretch::new(one.end.min(other.start), other.start),
        false => Stretch::new(other.end.min(one.start), one.start),
    }
}

/// Characters, those of dense scripts counted twice.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|c| if crate::facts::class(c) == crate::facts::Class::Dense { 2 } else { 1 }).sum()
}

fn first_chars(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(at, _)| &text[..at])
}

fn last_chars(text: &str, count: usize) -> &str {
    text.char_indices().rev().nth(count.saturating_sub(1)).map_or(text, |(at, _)| &text[at..])
}

trait HoldsYear {
    fn contains_year(&self) -> bool;
}

impl HoldsYear for str {
    fn contains_year(&self) -> bool {
        years(self).next().is_some()
    }
}

/// Years from 1980 to 2099, written in four digits and no part of a longer name ("Wave-2000").
pub fn years(text: &str) -> impl Iterator<Item = i16> {
    let digits = |c: char| c.is_ascii_digit();
    let runs = text.char_indices().filter(move |&(at, c)| digits(c) && !text[..at].ends_with(digits));
    runs.filter_map(move |(at, _)| year_at(text, at))
}

/// The year in a run of digits that begins at `at`, if it is one.
fn year_at(text: &str, at: usize) -> Option<i16> {
    let bytes = text.as_bytes();
    let run = bytes[at..].iter().take(5).take_while(|byte| byte.is_ascii_digit()).count();
    if run != 4 {
        return None;
    }
    let before = text[..at].trim_end_matches('-');
    let part = before.ends_with(|c: char| c.is_ascii_alphabetic())
        || (before.len() < at && !before.ends_with(|c: char| c.is_ascii_digit()));
    let year = text[at..at + 4].parse().ok()?;
    (!part && (1980..2100).contains(&year)).then_some(year)
}
