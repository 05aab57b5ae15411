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
    let all: Vec<Stretch> = mentions.iter().map(|it| it.at).collect();
    let mut context =
        Context { guide, facts, all: &all, sure: &sure, lists: &begins, headings: &headings, apart: Vec::new() };
    // Short names of several carriers, each a word of its own, bear one another out: 移动、联通和电信.
    let short = doubtful.iter().map(|at| &mentions[*at]).filter(|it| is_short_han(&it.name) && is_here(subject, it));
    let apart = short.filter(|it| context.stands_apart(it)).map(|it| (it.at, it.name.clone())).collect();
    context.apart = apart;
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
    /// Every mention, by place.
    all: &'a [Stretch],
    sure: &'a [Stretch],
    lists: &'a BTreeSet<u32>,
    headings: &'a [u32],
    /// Short names in Han characters that are words of their own, by place.
    apart: Vec<(Stretch, SmolStr)>,
}

impl Context<'_> {
    fn judge(&self, it: &CarrierMention) -> Meaning {
        let (guide, facts) = (self.guide, self.facts);
        if is_number_word(guide, facts, it) {
            return Meaning::Word;
        }
        if is_short_han(&it.name) && !self.is_apart(it) {
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
        let sure = |sure: bool| if sure { Meaning::Carrier } else { Meaning::Word };
        match () {
            // "Press 3", "text “3” to 3498": digits in a sentence are a name only in a row of names.
            () if it.name.bytes().all(|c| c.is_ascii_digit()) => {
                sure(placed && (begins || own.cell.is_some()) || self.is_strung(it) || self.acts(it))
            }
            () if placed => Meaning::Carrier,
            () if is_short_han(&it.name) => sure(self.is_borne_out(it, &around)),
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

    /// Whether a short name in Han characters is a word of its own, and no part of 无线电信号 or 移动电话: it ends with the
    /// text around it, with another name, or with a word that stands beside names.
    fn stands_apart(&self, it: &CarrierMention) -> bool {
        const SETS: [CueSet; 5] = [CueSet::NameEdge, CueSet::And, CueSet::Hotline, CueSet::Branch, CueSet::Offers];
        const LONGEST: u32 = 24;
        let text = self.guide.prose.as_str();
        let (before, after) = (&text[..it.at.start as usize], &text[it.at.end as usize..]);
        let within = Stretch::new(it.at.start.saturating_sub(LONGEST), it.at.end + LONGEST);
        let edge = |fits: &dyn Fn(Stretch) -> bool| {
            let cues = SETS.iter().flat_map(|set| self.facts.cues_in(*set, within)).map(|cue| cue.at);
            cues.chain(super::within(self.all, within)).any(fits)
        };
        (!before.ends_with(is_han) || edge(&|other| other.end == it.at.start))
            && (!after.starts_with(is_han) || edge(&|other| other.start == it.at.end))
    }

    fn is_apart(&self, it: &CarrierMention) -> bool {
        self.apart.binary_search_by_key(&it.at, |(at, _)| *at).is_ok()
    }

    /// Beside a carrier, or another short name of one; or its customer service or its shop is spoken of.
    fn is_borne_out(&self, it: &CarrierMention, around: &Surroundings) -> bool {
        let next = Stretch::new(it.at.end, it.at.end + 24);
        let serves = [CueSet::Hotline, CueSet::Branch].iter().any(|set| {
            let mut cues = self.facts.cues_in(*set, next);
            cues.any(|cue| cue.at.start == it.at.end)
        });
        let beside = |unit: Stretch| {
            let from = self.apart.partition_point(|(at, _)| at.start < unit.start);
            let mut others = self.apart[from..].iter().take_while(|(at, _)| at.end <= unit.end);
            super::within(self.sure, unit).next().is_some() || others.any(|(_, name)| *name != it.name)
        };
        serves || around.near().any(beside)
    }

    /// One of a row of names: "O2, 3 and EE".
    fn is_strung(&self, it: &CarrierMention) -> bool {
        let at = self.all.partition_point(|other| other.start < it.at.start);
        let joined = |one: Stretch, other: Stretch| {
            let gap = Stretch::new(one.end.min(other.start), other.start);
            let text = self.guide.text(gap);
            let said = text.trim_matches([' ', ',', '、', '，', '/', '&']);
            gap.len() <= 12
                && (said.is_empty() && !text.trim().is_empty()
                    || self.facts.cues_in(CueSet::And, gap).any(|cue| self.guide.text(cue.at) == said))
        };
        let before = at.checked_sub(1).is_some_and(|before| joined(self.all[before], it.at));
        let after = self.all.get(at + 1).is_some_and(|after| joined(it.at, *after));
        let rest = self.guide.prose.as_str()[it.at.end as usize..].trim_start_matches(' ');
        // "Optus, 3 months".
        after || before && !rest.starts_with(char::is_lowercase)
    }

    /// "Smart sells", "Orange customers": what is said of companies follows at once.
    fn acts(&self, it: &CarrierMention) -> bool {
        let next = Stretch::new(it.at.end, it.at.end + 14);
        self.facts.cues_in(CueSet::Offers, next).any(|cue| cue.at.start <= it.at.end + 1)
    }
}

/// Begins a sentence with nothing but its first letter large, and a small word follows.
fn begins_sentence(guide: &Guide, it: &CarrierMention) -> bool {
    let mut rest = guide.prose.as_str()[it.at.end as usize..].chars();
    let goes_on = rest.next() == Some(' ') && rest.next().is_some_and(char::is_lowercase);
    let shouted = it.name.chars().filter(|c| c.is_uppercase()).count() > 1;
    goes_on && !shouted && is_first_word(guide, it)
}

/// No word of the sentence stands before it.
fn is_first_word(guide: &Guide, it: &CarrierMention) -> bool {
    let unit = Surroundings::sentence_of(guide, it.block, it.at);
    !guide.text(Stretch::new(unit.start.min(it.at.start), it.at.start)).contains(char::is_alphanumeric)
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
    counts && (next.is_lowercase() || next.is_alphabetic() && is_first_word(guide, it))
}

/// A name of one or two Han characters: such stand inside longer words as well.
fn is_short_han(name: &str) -> bool {
    name.chars().all(is_han) && name.chars().nth(2).is_none()
}

fn is_han(c: char) -> bool {
    matches!(c as u32, 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x323AF)
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
