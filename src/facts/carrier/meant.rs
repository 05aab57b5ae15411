//! Names that are ordinary words: which of them mean the carrier.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::CarrierMention;
use crate::facts::Subject;
use crate::facts::{Facts, Surroundings};
use crate::guide::{BlockKind, Guide, Stretch};
use crate::knowledge::CueSet;

/// How near a word of telecom must stand to an ordinary word to make it a carrier.
const NEAR: u32 = 40;

/// Keeps of the doubtful mentions (their indices rise) those that stand in the carrier's country beside something that
/// speaks of carriers.
pub(super) fn keep(
    guide: &Guide,
    subject: &Subject,
    facts: &Facts,
    mentions: &mut Vec<CarrierMention>,
    doubtful: &[usize],
) {
    let is_doubtful = |at: &usize| doubtful.binary_search(at).is_ok();
    let sure: Vec<Stretch> = mentions
        .iter()
        .enumerate()
        .filter(|(at, it)| !is_doubtful(at) && (!it.ids.is_empty() || is_here(subject, it)))
        .map(|(_, it)| it.at)
        .collect();
    let begins: BTreeSet<u32> = mentions
        .iter()
        .enumerate()
        .filter(|(at, it)| !is_doubtful(at) && begins_item(guide, it))
        .filter_map(|(_, it)| Some(guide.blocks[it.block as usize].item?.list))
        .collect();
    let headings = headings(guide, mentions);
    let context = Context { guide, facts, sure: &sure, lists: &begins, headings: &headings };
    let judged: Vec<Meaning> = mentions
        .iter()
        .enumerate()
        .map(|(at, it)| match () {
            () if !is_doubtful(&at) => Meaning::Carrier,
            () if !is_here(subject, it) => Meaning::Word,
            () => context.judge(it),
        })
        .collect();
    // At the start of a sentence every word has a capital: there the name counts if it is one elsewhere in the guide.
    let named: BTreeSet<SmolStr> = mentions
        .iter()
        .zip(&judged)
        .filter(|(_, meaning)| **meaning == Meaning::Carrier)
        .map(|(it, _)| it.name.clone())
        .collect();
    let mut judged = judged.into_iter();
    mentions.retain(|it| match judged.next() {
        Some(Meaning::Carrier) => true,
        Some(Meaning::Perhaps) => named.contains(&it.name),
        _ => false,
    });
}

/// What an ordinary word stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Carrier,
    /// Speaks of telecom, but begins a sentence that goes on as with any word: "Smart phones", "Sun protection".
    Perhaps,
    Word,
}

/// Headings that are the name of a carrier and nothing else.
fn headings(guide: &Guide, mentions: &[CarrierMention]) -> Vec<u32> {
    mentions.iter().filter(|it| is_whole_heading(guide, it)).map(|it| it.block).collect()
}

fn is_whole_heading(guide: &Guide, it: &CarrierMention) -> bool {
    let block = guide.blocks[it.block as usize];
    matches!(block.kind, BlockKind::Heading(level) if level > 1) && guide.text(block.prose).trim() == it.name
}

fn is_here(subject: &Subject, mention: &CarrierMention) -> bool {
    mention.who.iter().any(|who| subject.country.as_deref() == Some(who.country()))
}

/// What a doubtful mention is held against.
struct Context<'a> {
    guide: &'a Guide,
    facts: &'a Facts,
    sure: &'a [Stretch],
    lists: &'a BTreeSet<u32>,
    headings: &'a [u32],
}

impl Context<'_> {
    fn judge(&self, it: &CarrierMention) -> Meaning {
        let (guide, facts) = (self.guide, self.facts);
        if is_number_word(guide, facts, it) {
            return Meaning::Word;
        }
        let around = Surroundings::of(guide, it.block, it.at);
        let says =
            |unit: Stretch| facts.has_cue(CueSet::Operator, unit) || super::within(self.sure, unit).next().is_some();
        let own = guide.blocks[it.block as usize];
        let begins = begins_item(guide, it);
        let near =
            Stretch::new(it.at.start.saturating_sub(NEAR).max(own.prose.start), (it.at.end + NEAR).min(own.prose.end));
        let labels = [CueSet::AccessPoint, CueSet::Official, CueSet::Hotline];
        let labelled = (begins || own.cell.is_some())
            && around.unit.iter().any(|unit| labels.iter().any(|set| facts.has_cue(*set, *unit)));
        let placed = around.lead.is_some_and(says)
            || around.column.is_some_and(says)
            || (around.heading.is_some_and(says) && (begins || own.cell.is_some()))
            || (begins && own.item.is_some_and(|item| self.lists.contains(&item.list)))
            || labelled
            || self.is_of_official_link(it)
            || self.is_title(it, own.section)
            || number_follows(guide, it);
        let telecom = [CueSet::Telecom, CueSet::Operator, CueSet::Hotline, CueSet::Network];
        let spoken = around.near().any(says) || telecom.iter().any(|set| facts.has_cue(*set, near));
        match () {
            () if placed => Meaning::Carrier,
            () if !spoken => Meaning::Word,
            () if begins_sentence(guide, it) && !self.acts(it) => Meaning::Perhaps,
            () => Meaning::Carrier,
        }
    }

    /// A whole heading, beside another that is a carrier's or over a section that speaks of its customers.
    fn is_title(&self, it: &CarrierMention, section: u32) -> bool {
        let says = |unit: Stretch| {
            let sets = [CueSet::AccessPoint, CueSet::Operator, CueSet::Hotline];
            sets.iter().any(|set| self.facts.has_cue(*set, unit))
        };
        let below = || self.guide.blocks[it.block as usize + 1..].iter().take_while(|it| it.section == section);
        is_whole_heading(self.guide, it)
            && (self.headings.iter().any(|other| *other != it.block) || below().take(8).any(|it| says(it.prose)))
    }

    /// `[official site of Orange](…)`.
    fn is_of_official_link(&self, it: &CarrierMention) -> bool {
        let links = &self.facts.links;
        let from = links.partition_point(|link| link.text.end < it.at.end);
        let over = links.get(from).filter(|link| link.text.start <= it.at.start && link.text.contains(it.at));
        over.is_some_and(|link| self.facts.has_cue(CueSet::Official, link.text))
    }

    /// "Smart sells", "Orange customers": what is said of companies follows at once.
    fn acts(&self, it: &CarrierMention) -> bool {
        let next = Stretch::new(it.at.end, it.at.end + 14);
        self.facts.cues_in(CueSet::Offers, next).any(|cue| cue.at.start <= it.at.end + 1)
    }
}

/// Begins a sentence with nothing but its first letter large, and a small word follows.
fn begins_sentence(guide: &Guide, it: &CarrierMention) -> bool {
    let unit = Surroundings::sentence_of(guide, it.block, it.at);
    let before = guide.text(Stretch::new(unit.start.min(it.at.start), it.at.start));
    let mut rest = guide.prose.as_str()[it.at.end as usize..].chars();
    let goes_on = rest.next() == Some(' ') && rest.next().is_some_and(char::is_lowercase);
    let shouted = it.name.chars().filter(|c| c.is_uppercase()).count() > 1;
    goes_on && !shouted && !before.contains(char::is_alphanumeric)
}

/// "Three operators", "Two of them", "3 GB", "Tre SIM": a number, though the word is a name too.
fn is_number_word(guide: &Guide, facts: &Facts, it: &CarrierMention) -> bool {
    let rest = guide.prose.as_str()[it.at.end as usize..].trim_start_matches([' ', '\u{a0}']);
    let Some(next) = rest.chars().next() else { return false };
    if it.name.bytes().all(|byte| byte.is_ascii_digit()) {
        // "3 customer service" is that of a carrier.
        const SPOKEN: [CueSet; 4] = [CueSet::Hotline, CueSet::Operator, CueSet::Official, CueSet::AccessPoint];
        let start = guide.prose.as_str().len() - rest.len();
        let near = Stretch::new(it.at.end, it.at.end + 48);
        let begins = |set: &CueSet| facts.cues_in(*set, near).any(|cue| cue.at.start as usize == start);
        return next.is_alphabetic() && !SPOKEN.iter().any(begins) || matches!(next, '€' | '$' | '£' | '%' | '¥' | '₹');
    }
    let counts = [CueSet::Two, CueSet::Three, CueSet::Four, CueSet::Five].iter().any(|set| facts.has_cue(*set, it.at));
    let begins = || {
        let unit = Surroundings::sentence_of(guide, it.block, it.at);
        !guide.text(Stretch::new(unit.start.min(it.at.start), it.at.start)).contains(char::is_alphanumeric)
    };
    counts && (next.is_lowercase() || next.is_alphabetic() && begins())
}

/// Whether a mention begins a list item.
pub(super) fn begins_item(guide: &Guide, it: &CarrierMention) -> bool {
    let block = &guide.blocks[it.block as usize];
    block.item.is_some()
        && !guide.text(Stretch::new(block.prose.start, it.at.start)).contains(|c: char| c.is_alphanumeric())
}

/// "Orange 3900", "Salt: 0800 …".
fn number_follows(guide: &Guide, it: &CarrierMention) -> bool {
    let rest = &guide.prose.as_str()[it.at.end as usize..];
    let rest = rest.trim_start_matches([' ', ':', '：', '–', '—', '-', '(', '（', '+', '*', '#']);
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    let unit = rest[digits..].trim_start().chars().next();
    digits >= 3 && !unit.is_some_and(|c| matches!(c, '€' | '$' | '£' | '%' | '¥' | '元' | '年'))
}
