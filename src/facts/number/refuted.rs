//! Whether a text says of a number that it is not the one to call: "do not call …", "not …, but …", "… is a scam".

use super::RawNumber;
use crate::facts::context::Surroundings;
use crate::facts::{Cue, Facts};
use crate::guide::{Guide, Stretch};
use crate::knowledge::CueSet;

/// Bytes between a number and a word that denies it.
const BESIDE: u32 = 16;

/// Letters of the word that may stand between them: "is not", "not on".
const BETWEEN: usize = 4;

pub(super) fn is_refuted(guide: &Guide, facts: &Facts, around: &Surroundings, raw: &RawNumber) -> bool {
    let near = Stretch::new(raw.at.start.saturating_sub(4 * BESIDE), raw.at.end + 4 * BESIDE);
    // Nearly all guides warn of no number.
    if !facts.speaks_of(CueSet::NotToCall) && !facts.has_cue(CueSet::Denies, near) {
        return false;
    }
    let cell = guide.blocks.get(raw.block as usize).is_some_and(|it| it.cell.is_some());
    let row = around.unit.iter().copied().filter(|_| cell);
    let own = Surroundings::sentence_of(guide, raw.block, raw.at);
    let warned = |place: Stretch| facts.has_cue(CueSet::NotToCall, place);
    row.chain([own]).chain(around.column).chain(around.lead).chain(around.heading).any(warned)
        || is_denied(guide, facts, own, raw.at)
}

/// "not 0917…", "0917… is not": a word that denies right before the number or right after it.
fn is_denied(guide: &Guide, facts: &Facts, sentence: Stretch, at: Stretch) -> bool {
    let one_word = |gap: Stretch| {
        let text = guide.prose.text(gap);
        let clause = text.contains([',', '，', ':', '：', ';', '；', '(', '（', '/', '\n', '\u{1f}']);
        !clause && text.trim().chars().count() <= BETWEEN && !text.contains(|c: char| c.is_numeric())
    };
    let window =
        Stretch::new(at.start.saturating_sub(4 * BESIDE).max(sentence.start), (at.end + 4 * BESIDE).min(sentence.end));
    facts.cues_in(CueSet::Denies, window).any(|&Cue { at: cue, .. }| match cue.end <= at.start {
        true => at.start - cue.end <= BESIDE && one_word(Stretch::new(cue.end, at.start)),
        false => cue.start >= at.end && cue.start - at.end <= BESIDE && one_word(Stretch::new(at.end, cue.start)),
    })
}
