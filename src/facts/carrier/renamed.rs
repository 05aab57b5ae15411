//! Whether an old name stands beside the one that took its place: "AMC (now ONE)", "ONE (AMC)", "AMC → ONE". Whoever writes
//! both so has said what there is to say.

use super::CarrierMention;
use super::past::{CLOSING, OPENING, width, years};
use crate::facts::Facts;
use crate::guide::{Guide, Stretch};
use crate::knowledge::{CueSet, Knowledge};

/// How far, in characters, the other name stands within the brackets: "(since 2023 part of …".
const INSIDE: usize = 28;

/// How far a word such as "now" and the new name stand behind the old one.
const NEAR: usize = 40;

/// Marks between two names that say the one became the other, or is it.
const ARROWS: [&str; 9] = ["→", "➔", "➜", "⇒", "->", "-->", "=>", "=", "＝"];

/// Which of the mentions, in order of place, are old names beside their successors.
pub(super) fn renamed(guide: &Guide, knowledge: &Knowledge, facts: &Facts, mentions: &[CarrierMention]) -> Vec<bool> {
    let mut renamed: Vec<bool> = mentions.iter().map(|it| is_called_now(guide, knowledge, facts, it)).collect();
    for (at, pair) in mentions.windows(2).enumerate() {
        let [one, other] = pair else { continue };
        if one.block != other.block {
            continue;
        }
        let gap = Stretch::new(one.at.end.min(other.at.start), other.at.start);
        if becomes(knowledge, one, other) {
            renamed[at] |= in_brackets(guide.prose.text(gap)) || is_told(guide, facts, gap);
        } else if becomes(knowledge, other, one) {
            renamed[at + 1] |= in_brackets(guide.prose.text(gap));
        }
    }
    renamed
}

/// Whether the company that goes by the one name is what became of the other's.
fn becomes(knowledge: &Knowledge, old: &CarrierMention, new: &CarrierMention) -> bool {
    let (Some(old), Some(_)) = (old.id().and_then(|id| knowledge.carrier(id)), new.ids.first()) else { return false };
    knowledge.became(old).iter().any(|it| new.ids.iter().any(|id| *id == it.id))
}

/// ` (now `: an opening bracket and a few words.
fn in_brackets(gap: &str) -> bool {
    let Some(inside) = gap.trim_start().strip_prefix(OPENING) else { return false };
    width(inside) <= INSIDE && !inside.contains(CLOSING) && !inside.contains(OPENING)
}

/// An arrow, or a year or a word such as "now" in the same clause: ", now ", " wurde 2016 zu ".
fn is_told(guide: &Guide, facts: &Facts, gap: Stretch) -> bool {
    let text = guide.prose.text(gap);
    let clause = width(text) <= NEAR && !text.contains(['\n', ';', '；', '。', '(', ')', '（', '）']);
    let told = || facts.has_cue(CueSet::HistoryNow, gap) || years(text).next().is_some();
    ARROWS.contains(&text.trim()) || clause && told()
}

/// "AMC (now …": the word comes first within the brackets, whatever the new name is, which may be one nobody knows.
fn is_called_now(guide: &Guide, knowledge: &Knowledge, facts: &Facts, mention: &CarrierMention) -> bool {
    let rest = &guide.prose.as_str()[mention.at.end as usize..];
    let Some(inside) = rest.trim_start_matches(' ').strip_prefix(OPENING) else { return false };
    let start = mention.at.end + (rest.len() - inside.len()) as u32;
    let begins = |at: u32| guide.prose.text(Stretch::new(start, at)).chars().all(|c| c == ' ' || c == ':');
    let ended = |id: &str| knowledge.carrier(id).is_some_and(|it| !it.is_active());
    let mut cues = facts.cues_in(CueSet::HistoryNow, Stretch::new(start, start + NEAR as u32 * 2));
    cues.any(|cue| begins(cue.at.start)) && mention.id().is_some_and(ended)
}
