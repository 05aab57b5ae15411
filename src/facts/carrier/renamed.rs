//! Whether an old name stands beside the one that took its place: "AMC (now ONE)", "ONE (AMC)", "AMC → ONE". Whoever writes
//! both so has said what there is to say; "AMC (now cheaper)" and "AMC (dearer than ONE)" have not.

use super::CarrierMention;
use super::past::{CLOSING, OPENING, width, years};
use crate::facts::Facts;
use crate::guide::{Guide, Stretch};
use crate::knowledge::{CueSet, Knowledge};

/// How far, in characters, the other name stands within the brackets: "(since 2023 part of …".
const INSIDE: usize = 28;

/// How far a word such as "now" and the new name stand behind the old one.
const NEAR: usize = 40;

/// Letters of a word that may stand between without a meaning of its own: "is", "of the".
const SMALL: usize = 4;

/// Words for the past, for today, and for names.
const TOLD: [CueSet; 3] = [CueSet::HistoryNow, CueSet::HistoryBeside, CueSet::History];

/// Marks between two names that say the one became the other, or is it.
const ARROWS: [&str; 9] = ["→", "➔", "➜", "⇒", "->", "-->", "=>", "=", "＝"];

/// Which of the mentions, in order of place, are old names beside their successors.
pub(super) fn renamed(guide: &Guide, knowledge: &Knowledge, facts: &Facts, mentions: &[CarrierMention]) -> Vec<bool> {
    let teller = Teller { guide, knowledge, facts };
    let next = |at: usize| mentions.get(at + 1);
    let mut renamed: Vec<bool> =
        mentions.iter().enumerate().map(|(at, it)| teller.is_called_now(it, next(at))).collect();
    for (at, pair) in mentions.windows(2).enumerate() {
        let [one, other] = pair else { continue };
        if one.block != other.block {
            continue;
        }
        let gap = Stretch::new(one.at.end.min(other.at.start), other.at.start);
        if teller.becomes(one, other) {
            renamed[at] |= teller.in_brackets(gap, other) || teller.is_told(gap, other);
        } else if teller.becomes(other, one) {
            renamed[at + 1] |= teller.in_brackets(gap, other);
        }
    }
    renamed
}

struct Teller<'a> {
    guide: &'a Guide,
    knowledge: &'a Knowledge,
    facts: &'a Facts,
}

impl Teller<'_> {
    /// Whether the company that goes by the one name is what became of the other's.
    fn becomes(&self, old: &CarrierMention, new: &CarrierMention) -> bool {
        let old = old.id().and_then(|id| self.knowledge.carrier(id)).filter(|it| !it.successors.is_empty());
        old.is_some_and(|old| self.knowledge.became(old).iter().any(|it| new.ids.iter().any(|id| *id == it.id)))
    }

    /// ` (now NAME)`: the brackets hold the name, words that tell of names and times, and nothing else.
    fn in_brackets(&self, gap: Stretch, name: &CarrierMention) -> bool {
        let text = self.guide.prose.text(gap);
        let Some(inside) = text.trim_start().strip_prefix(OPENING) else { return false };
        let start = gap.end - inside.len() as u32;
        width(inside) <= INSIDE
            && !inside.contains(CLOSING)
            && !inside.contains(OPENING)
            && self.closes(name.at.end)
            && self.says_nothing_else(Stretch::new(start, gap.end))
    }

    /// Whether the brackets close behind the name, or go on with words of the same kind: "(ONE today)", "(now ONE since 2020)"; or with
    /// another matter behind a comma.
    fn closes(&self, end: u32) -> bool {
        let rest = &self.guide.prose.as_str()[end as usize..];
        let ahead = rest.char_indices().nth(NEAR).map_or(rest, |(at, _)| &rest[..at]);
        let until = ahead.find([')', '）', ']', '】', ',', '，', ';', '；']);
        until.is_some_and(|it| self.says_nothing_else(Stretch::new(end, end + it as u32)))
    }

    /// Whether a text is words that tell of names and times, years, and one small word beside at most; nothing that joins two names.
    fn says_nothing_else(&self, within: Stretch) -> bool {
        if self.facts.has_cue(CueSet::And, within) {
            return false;
        }
        let cues = TOLD.iter().flat_map(|set| self.facts.cues_in(*set, within)).map(|cue| cue.at);
        let told: Vec<Stretch> = cues.collect();
        let text = self.guide.prose.text(within);
        let dated = years(text).next().is_some();
        let (mut other, mut words, mut before) = (0, 0, false);
        for (at, c) in text.char_indices() {
            let place = within.start + at as u32;
            let counts = c.is_alphabetic() && !told.iter().any(|it| it.start <= place && place < it.end);
            (other, words) = (other + usize::from(counts), words + usize::from(counts && !before));
            before = counts;
        }
        // "since 2020", "od 2015 roku".
        other <= SMALL && words <= 1 || dated && words <= 3
    }

    /// An arrow; or, close behind the old name, a word such as "now", and the new name: ", now ", " is now ", " теперь называется ".
    fn is_told(&self, gap: Stretch, new: &CarrierMention) -> bool {
        let text = self.guide.prose.text(gap);
        if ARROWS.contains(&text.trim()) {
            return true;
        }
        let clause = width(text) <= NEAR && !text.contains(['\n', ';', '；', '。', '(', ')', '（', '）']);
        // "now cheaper than ONE", "now ONE's rival".
        let inflected = self.guide.prose.as_str()[new.at.end as usize..].starts_with(['\'', '’']);
        clause && !inflected && self.facts.has_cue(CueSet::HistoryNow, gap) && self.says_nothing_else(gap)
    }

    /// "AMC (now …": the word comes first within the brackets, and a name after it, which may be one nobody knows.
    fn is_called_now(&self, mention: &CarrierMention, next: Option<&CarrierMention>) -> bool {
        let rest = &self.guide.prose.as_str()[mention.at.end as usize..];
        let Some(inside) = rest.trim_start_matches(' ').strip_prefix(OPENING) else { return false };
        let start = mention.at.end + (rest.len() - inside.len()) as u32;
        let Some(mut from) = self.cue_at(start) else { return false };
        while let Some(end) = self.cue_at(from) {
            from = end;
        }
        let ended = |id: &str| self.knowledge.carrier(id).is_some_and(|it| !it.is_active());
        if !mention.id().is_some_and(ended) {
            return false;
        }
        let rest = self.guide.prose.as_str()[from as usize..].trim_start_matches([' ', ':', '：']);
        let name = self.guide.prose.as_str().len() - rest.len();
        // What is a carrier has been judged by what it is.
        if next.is_some_and(|it| it.at.start as usize == name) {
            return next.is_some_and(|it| self.becomes(mention, it) || it.ids.is_empty());
        }
        let word: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
        let is_name = word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().count() >= 3
            && !word.contains(|c: char| c.is_numeric());
        let spoken = Stretch::new(name as u32, (name + word.len()) as u32);
        let says = |set| self.facts.has_cue(set, spoken);
        is_name && ![CueSet::Telecom, CueSet::Network, CueSet::Offer].into_iter().any(says)
    }

    /// The end of a word of today that begins at a place, or behind spaces there.
    fn cue_at(&self, at: u32) -> Option<u32> {
        let rest = &self.guide.prose.as_str()[at as usize..];
        let place = at + (rest.len() - rest.trim_start_matches([' ', ':', '：']).len()) as u32;
        let near = Stretch::new(place, place + 2 * NEAR as u32);
        let cues = self.facts.cues_in(CueSet::HistoryNow, near).take_while(|it| it.at.start == place);
        // Of words that begin at one place the longest.
        cues.map(|cue| cue.at.end).max()
    }
}
