//! Carriers named in a guide: which names stand where, and whose they are in the guide's country.

mod meant;
mod past;
mod renamed;

pub use past::years;

use std::sync::Arc;

use smallvec::{SmallVec, smallvec};
use smol_str::SmolStr;

use super::scanner::Hit;
use super::subject::Subject;
use super::{Facts, Surroundings};
use crate::guide::{Guide, Stretch};
use crate::knowledge::{CarrierRef, CueSet, Knowledge, Owner};
use crate::text::Span;

/// A carrier, named.
#[derive(Clone, Debug)]
pub struct CarrierMention {
    /// Where, in the prose; a bracketed abbreviation belongs to the name before it.
    pub at: Stretch,
    /// Where, in the source.
    pub span: Span,
    /// As written.
    pub name: SmolStr,
    /// Ids of the curated carriers of the guide's country that go by this name; an ended and a current one may share it.
    pub ids: SmallVec<[SmolStr; 1]>,
    /// Everyone in the world who goes by it.
    pub who: Arc<[CarrierRef]>,
    /// Index of the block it stands in.
    pub block: u32,
    /// Spoken of as past, or beside its new name.
    pub past: bool,
    /// Presented as a carrier: begins a list item or a table cell, or stands in an enumeration of operators.
    pub presented: bool,
}

impl CarrierMention {
    /// The carrier of the guide's country it must be, if there is only one.
    pub fn id(&self) -> Option<&str> {
        match self.ids.as_slice() {
            [id] => Some(id),
            _ => None,
        }
    }
}

pub(super) fn find(
    guide: &Guide,
    knowledge: &Knowledge,
    subject: &Subject,
    hits: &[Hit],
    facts: &Facts,
) -> Vec<CarrierMention> {
    let mut mentions: Vec<CarrierMention> = Vec::new();
    let mut doubtful = Vec::new();
    let mut covered = 0;
    for hit in hits {
        let Owner::Carrier(index, ambiguous) = hit.owner else { continue };
        if hit.stretch.start < covered {
            // A shorter name inside a longer one, or the second owner of the same stretch.
            merge(&mut mentions, knowledge, subject, index, hit.stretch);
            // What is a plain name in the guide's country is no word for being one elsewhere.
            let at = mentions.len().saturating_sub(1);
            let same = mentions.last().is_some_and(|it| it.at == hit.stretch) && doubtful.last() == Some(&at);
            if same && !ambiguous && !ids_here(&knowledge.lexicon().carriers[index as usize], subject).is_empty() {
                doubtful.pop();
            }
            continue;
        }
        let Some(block) = guide.block_at(hit.stretch.start) else { continue };
        if in_url(guide, facts, hit.stretch)
            || is_group_of_digits(guide, hit.stretch)
            || ends_a_word(guide, hit.stretch)
            || is_setting(guide, facts, block, hit.stretch)
        {
            continue;
        }
        covered = hit.stretch.end;
        let who = knowledge.lexicon().carriers[index as usize].clone();
        if ambiguous {
            doubtful.push(mentions.len());
        }
        mentions.push(CarrierMention {
            at: hit.stretch,
            span: guide.prose.span(hit.stretch),
            name: guide.prose.text(hit.stretch).into(),
            ids: ids_here(&who, subject),
            who,
            block: block as u32,
            past: false,
            presented: false,
        });
    }
    meant::keep(guide, subject, facts, &mut mentions, &doubtful);
    join_abbreviations(guide, &mut mentions);
    let places: Vec<Stretch> = mentions.iter().map(|it| it.at).collect();
    let told = past::Years::of(guide, facts);
    let renamed = renamed::renamed(guide, knowledge, facts, &mentions);
    for (mention, renamed) in mentions.iter_mut().zip(renamed) {
        let around = Surroundings::of(guide, mention.block, mention.at);
        // The day the last record of this name ended, if all have.
        let last_day = |id: &SmolStr| Some(knowledge.carrier(id)?.valid_until?.last_day());
        // A record that has not ended keeps the name alive.
        let ended = mention.ids.iter().map(last_day).reduce(|one, other| Some(one?.max(other?))).flatten();
        mention.past = renamed
            || past::is_past(guide, facts, &around, &places, mention)
            || ended.is_some_and(|day| past::is_narrated(guide, &told, mention, day));
        let listed = || {
            let several = |unit: &Stretch| within(&places, *unit).nth(1).is_some();
            around.unit.iter().any(|unit| several(unit) || facts.has_cue(CueSet::Operator, *unit))
        };
        let block = &guide.blocks[mention.block as usize];
        mention.presented = meant::begins_item(guide, mention) || block.cell.is_some() || listed();
    }
    mentions
}

/// The records of the guide's country; where it is about several countries or none is plain, a name that only one
/// country of the world has.
fn ids_here(who: &[CarrierRef], subject: &Subject) -> SmallVec<[SmolStr; 1]> {
    if subject.country.is_none()
        && let [CarrierRef::Curated(country, id)] = who
        && (subject.countries.is_empty() || subject.countries.iter().any(|it| it == country))
    {
        return smallvec![id.clone()];
    }
    who.iter()
        .filter_map(|it| match it {
            CarrierRef::Curated(country, id) if subject.country.as_deref() == Some(country) => Some(id.clone()),
            _ => None,
        })
        .collect()
}

/// The same stretch can belong to a plain and to an ambiguous name.
fn merge(mentions: &mut [CarrierMention], knowledge: &Knowledge, subject: &Subject, index: u32, at: Stretch) {
    let Some(last) = mentions.last_mut().filter(|it| it.at == at) else { return };
    let others = knowledge.lexicon().carriers[index as usize].iter().filter(|it| !last.who.contains(it));
    let all: Vec<CarrierRef> = last.who.iter().chain(others).cloned().collect();
    last.who = all.into();
    last.ids = ids_here(&last.who, subject);
}

/// Part of an address, or of a dotted name such as that of an access point.
fn in_url(guide: &Guide, facts: &Facts, at: Stretch) -> bool {
    let text = guide.prose.as_str();
    let before = text[..at.start as usize].ends_with(['.', '/', '@', '\\', '_']);
    let mut after = text[at.end as usize..].chars();
    let dotted =
        after.next() == Some('.') && after.next().is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    // Two names beside a stroke are two names: "EE/O2".
    let stroke = text[..at.start as usize].ends_with('/') && !text[..at.start as usize].ends_with("//");
    if dotted || (before && !stroke) {
        return true;
    }
    let from = facts.links.partition_point(|link| link.text.end < at.end);
    let mut over = facts.links[from..].iter().take_while(|link| link.text.start <= at.start);
    over.any(|link| link.text_is_url && link.text.contains(at))
}

/// The `3` of `0809 3 823 625`: digits beside other digits are no name.
fn is_group_of_digits(guide: &Guide, at: Stretch) -> bool {
    let digits = |c: char| c.is_ascii_digit();
    if !guide.prose.text(at).chars().all(digits) {
        return false;
    }
    let (before, after) = guide.prose.as_str().split_at(at.start as usize);
    let after = &after[(at.end - at.start) as usize..];
    let separator = [' ', '-', '.', '\u{a0}'];
    let groups: Vec<&str> = after.strip_prefix(separator).unwrap_or("").splitn(3, separator).take(2).collect();
    before.strip_suffix(separator).is_some_and(|it| it.ends_with(digits))
        || groups.len() == 2 && groups.iter().all(|it| it.chars().take_while(|c| digits(*c)).count() >= 3)
}

/// "Hanoi's telecom shops" names no "S Telecom": one letter after an apostrophe ends the word before it. After a single letter it
/// begins one ("d'Orange").
fn ends_a_word(guide: &Guide, at: Stretch) -> bool {
    const APOSTROPHES: [char; 4] = ['\'', '’', 'ʼ', '＇'];
    let first = guide.prose.text(at).chars().take_while(|c| c.is_alphanumeric()).count();
    let before = &guide.prose.as_str()[..at.start as usize];
    let word =
        before.strip_suffix(APOSTROPHES).map(|it| it.chars().rev().take_while(|c| c.is_alphabetic()).take(2).count());
    first == 1 && word == Some(2)
}

/// `user: comcel`, or all of a cell in a column of passwords: what is typed into a phone's settings is no name of a carrier.
fn is_setting(guide: &Guide, facts: &Facts, block: usize, at: Stretch) -> bool {
    const SETTINGS: [CueSet; 2] = [CueSet::Credential, CueSet::AccessPoint];
    const REACH: u32 = 40;
    let own = guide.blocks[block];
    let typed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    if !guide.prose.text(at).chars().all(typed) {
        return false;
    }
    if own.cell.is_some() {
        let around = Surroundings::of(guide, block as u32, at);
        let row = around.unit.first().copied().filter(|first| !first.contains(at));
        let labels = |it: Stretch| SETTINGS.iter().any(|set| facts.has_cue(*set, it));
        return guide.text(own.prose).trim() == guide.prose.text(at)
            && around.column.into_iter().chain(row).any(labels);
    }
    let before = Stretch::new(own.prose.start.max(at.start.saturating_sub(REACH)), at.start);
    let labelled = SETTINGS.iter().any(|set| {
        facts.cues_in(*set, before).any(|cue| {
            let gap = guide.prose.text(Stretch::new(cue.at.end, at.start));
            !gap.is_empty() && !gap.contains(char::is_alphanumeric)
        })
    });
    let rest = guide.prose.as_str()[at.end as usize..].trim_start_matches(' ');
    labelled && rest.starts_with([',', ';', '.', '\n', '\u{1f}', '，', '；', '。', '、', ')', '）', '/', '"', '”', '»'])
}

/// `Albanian Mobile Communications（AMC）` is one mention.
fn join_abbreviations(guide: &Guide, mentions: &mut Vec<CarrierMention>) {
    let mut joined: Vec<CarrierMention> = Vec::with_capacity(mentions.len());
    for after in mentions.drain(..) {
        match joined.last_mut() {
            Some(before) if abbreviates(guide, before, &after) => {
                let rest = &guide.prose.as_str()[after.at.end as usize..];
                let bracket =
                    rest.len() - rest.trim_start().len() + rest.trim_start().chars().next().map_or(0, char::len_utf8);
                before.at = Stretch::new(before.at.start, after.at.end + bracket as u32);
                before.span = guide.prose.span(before.at);
                before.name = guide.prose.text(before.at).into();
                before.ids.retain(|id| after.ids.contains(id));
            }
            _ => joined.push(after),
        }
    }
    *mentions = joined;
}

/// Whether a name is that of the one before it, in brackets.
fn abbreviates(guide: &Guide, before: &CarrierMention, after: &CarrierMention) -> bool {
    let same = before.block == after.block && before.ids.iter().any(|id| after.ids.contains(id));
    let between = || guide.prose.text(Stretch::new(before.at.end.min(after.at.start), after.at.start)).trim();
    let closes = || guide.prose.as_str()[after.at.end as usize..].trim_start().starts_with([')', '）', ']', '】']);
    same && matches!(between(), "(" | "（" | "[" | "【") && closes()
}

/// Those of sorted stretches that lie within one.
fn within(sorted: &[Stretch], outer: Stretch) -> impl Iterator<Item = Stretch> {
    let from = sorted.partition_point(|it| it.start < outer.start);
    sorted[from..].iter().copied().take_while(move |it| it.start < outer.end).filter(move |it| outer.contains(*it))
}
