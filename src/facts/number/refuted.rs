//! Whether a text says of a number that it is not the one to call: "do not call …", "not …, but …", "… is a scam". A word of
//! warning elsewhere in the sentence says nothing of it: those who cheat warn of cheats.

use super::RawNumber;
use crate::facts::context::Surroundings;
use crate::facts::{Cue, Facts};
use crate::guide::{Guide, Stretch};
use crate::knowledge::CueSet;

/// Bytes between a number and a word that denies it.
const BESIDE: u32 = 16;

/// Letters of the word that may stand between them: "is not", "not on".
const BETWEEN: usize = 4;

/// Characters between "do not call" and the number.
const CALLED: usize = 32;

/// Characters between a number and the words for those who pretend.
const CLAUSE: usize = 64;

/// Bytes of that many characters.
const REACH: u32 = 200;

pub(super) fn is_refuted(guide: &Guide, facts: &Facts, around: &Surroundings, raw: &RawNumber) -> bool {
    let near = Stretch::new(raw.at.start.saturating_sub(REACH), raw.at.end + REACH);
    let denies = [CueSet::Denies, CueSet::DeniedBefore].iter().any(|set| facts.has_cue(*set, near));
    // Nearly all guides warn of no number.
    if !facts.speaks_of(CueSet::NotToCall) && !facts.speaks_of(CueSet::Impostor) && !denies {
        return false;
    }
    let own = Surroundings::sentence_of(guide, raw.block, raw.at);
    let number = Number { guide, facts, at: raw.at, sentence: own };
    let titled = |it: Stretch| facts.has_cue(CueSet::NotToCall, it) && is_one_sentence(guide, it);
    around.column.into_iter().chain(around.lead).chain(around.heading).any(titled)
        || number.is_not_to_call()
        || number.is_an_impostors(around)
        || number.is_denied()
}

/// "Do not call these numbers:", and nothing beside that.
fn is_one_sentence(guide: &Guide, title: Stretch) -> bool {
    let text = guide.prose.text(title).trim_end_matches(['.', '。', ':', '：', ' ', '!', '！']);
    text.chars().count() <= CLAUSE && !text.contains(['.', '。', ':', '：', '!', '！', ',', '，'])
}

/// A number in its sentence.
struct Number<'a> {
    guide: &'a Guide,
    facts: &'a Facts,
    at: Stretch,
    sentence: Stretch,
}

impl Number<'_> {
    /// "Do not call X", "X को कॉल न करें": the verb governs the number right before it, else the first one after it.
    fn is_not_to_call(&self) -> bool {
        self.cues(CueSet::NotToCall, REACH).any(|cue| match cue.end <= self.at.start {
            true => {
                let before = self.guide.prose.text(Stretch::new(self.sentence.start.min(cue.start), cue.start));
                let own = before.chars().rev().take(BETWEEN).any(char::is_numeric);
                !own && self.is_clause(Stretch::new(cue.end, self.at.start), CALLED)
            }
            false => cue.start >= self.at.end && self.is_clause(Stretch::new(self.at.end, cue.start), BETWEEN + 8),
        })
    }

    /// "Scammers pose as … from X", "X belongs to a fraudster": in the same clause, or in the first cell of the row.
    fn is_an_impostors(&self, around: &Surroundings) -> bool {
        let is_cell = around.column.is_some() && around.unit.len() > 1;
        let labelled = || around.unit.first().is_some_and(|it| self.facts.has_cue(CueSet::Impostor, *it));
        let not_so = |cue: Stretch| {
            let before = Stretch::new(cue.start.saturating_sub(BESIDE), cue.start);
            self.facts.cues_in(CueSet::Denies, before).any(|it| it.at.end + 1 >= cue.start)
        };
        let clause = |cue: Stretch| match cue.end <= self.at.start {
            true => self.is_clause(Stretch::new(cue.end, self.at.start), CLAUSE),
            false => cue.start >= self.at.end && self.is_clause(Stretch::new(self.at.end, cue.start), CLAUSE),
        };
        is_cell && labelled() || self.cues(CueSet::Impostor, REACH).any(|cue| clause(cue) && !not_so(cue))
    }

    /// "not 0917…": a word that denies right before the number. Right after it, where the clause ends with that word or goes on with
    /// whose number it is not: "0917… is not Globe customer service", but "142 is not toll-free".
    fn is_denied(&self) -> bool {
        let one_word = |from: u32, to: u32| self.is_clause(Stretch::new(from, to), BETWEEN);
        let after = |cue: Stretch| {
            cue.start >= self.at.end && cue.start - self.at.end <= BESIDE && one_word(self.at.end, cue.start)
        };
        let before = |cue: Stretch| {
            let joined = cue.end <= self.at.start && self.at.start - cue.end <= BESIDE;
            joined && one_word(cue.end, self.at.start)
        };
        self.cues(CueSet::Denies, BESIDE * 4).any(|cue| before(cue) || after(cue) && self.is_of_somebody(cue))
            || self.cues(CueSet::DeniedBefore, BESIDE * 4).any(after)
            || self.cues(CueSet::DeniedBefore, REACH).any(|cue| {
                cue.start >= self.at.end
                    && self.is_clause(Stretch::new(self.at.end, cue.start), CALLED)
                    && self.is_of_somebody(Stretch::new(self.at.end, self.at.end))
            })
    }

    /// Whether the clause is over behind a word, or names a carrier or its service.
    fn is_of_somebody(&self, cue: Stretch) -> bool {
        let rest = Stretch::new(cue.end, self.sentence.end.max(cue.end));
        let text = self.guide.prose.text(rest);
        let end = text.find([',', '，', ';', '；', ':', '：', '\n']).unwrap_or(text.len());
        let clause = Stretch::new(cue.end, cue.end + end as u32);
        text[..end].trim().is_empty()
            || self.facts.carriers_in(clause).next().is_some()
            || self.facts.has_cue(CueSet::Hotline, clause)
            || self.facts.has_cue(CueSet::Official, clause)
    }

    /// The cues of a set in the sentence, at most so many bytes away.
    fn cues(&self, set: CueSet, reach: u32) -> impl Iterator<Item = Stretch> {
        let window = Stretch::new(
            self.at.start.saturating_sub(reach).max(self.sentence.start.min(self.at.start)),
            (self.at.end + reach).min(self.sentence.end.max(self.at.end)),
        );
        self.facts.cues_in(set, window).map(|&Cue { at, .. }| at)
    }

    /// Whether a gap is so short, and stays in one clause with no other number in it. A colon before a quotation is of the clause.
    fn is_clause(&self, gap: Stretch, longest: usize) -> bool {
        let text = self.guide.prose.text(gap);
        let stops = |(at, c): (usize, char)| match c {
            ',' | '，' | '、' | ';' | '；' | '(' | '（' | '/' | '\n' | '\u{1f}' | '–' | '—' => true,
            ':' | '：' => !text[at + c.len_utf8()..].trim_start().starts_with(['"', '“', '„', '«', '「', '‘']),
            _ => false,
        };
        let digits = text.chars().filter(|c| c.is_numeric()).count();
        text.trim().chars().count() <= longest && digits < 3 && !text.char_indices().any(stops)
    }
}
