//! What is printed on devices, cards and leaflets: IMEI, ICCID, EID, eSIM activation codes.

use super::{DigitRun, IdentifierKind, IdentifierMention, Place};
use crate::knowledge::CueSet;

/// How far before the digits the word may stand, in bytes.
const REACH: u32 = 40;

/// Punctuation that stands in no activation code.
const ENDS_CODE: &str = "\"'`|)），。、；：！？「」『』《》“”‘’،؛";

/// The longest activation code that is looked at; SGP.22 allows 255 characters.
const MOST_CHARACTERS: usize = 255;

/// Set of words, kind, and how many digits are plainly meant as one even where they are too few or too many.
const KINDS: [(CueSet, IdentifierKind, std::ops::RangeInclusive<usize>); 3] = [
    (CueSet::Imei, IdentifierKind::Imei, 12..=18),
    (CueSet::Iccid, IdentifierKind::Iccid, 15..=24),
    (CueSet::Eid, IdentifierKind::Eid, 28..=36),
];

pub(super) fn find(place: &Place<'_>, found: &mut Vec<IdentifierMention>) {
    activation_codes(place, found);
    for DigitRun { start, end, digits } in &place.runs {
        let (start, end) = (*start, *end);
        if digits.len() < 12 || digits.len() > 36 {
            continue;
        }
        let nearest = KINDS
            .iter()
            .filter(|(set, _, lengths)| lengths.contains(&digits.len()) && place.facts.speaks_of(*set))
            .filter_map(|(set, kind, _)| Some((place.cue_before(*set, start, REACH)?, *kind)))
            .max_by_key(|(end, _)| *end);
        if let Some((_, kind)) = nearest {
            found.push(place.mention(kind, start, end, digits.clone()));
        }
    }
}

/// `LPA:1$host$matching-id`, wherever it stands.
fn activation_codes(place: &Place<'_>, found: &mut Vec<IdentifierMention>) {
    let text = place.text;
    for (at, _) in text.match_indices('$') {
        // The first dollar of a code follows the version of its format.
        let start = at.saturating_sub("LPA:1".len());
        let Some(lead) = text.get(start..at) else { continue };
        if !lead.to_ascii_uppercase().starts_with("LPA:") {
            continue;
        }
        let stop = |c: char| c.is_whitespace() || c.is_control() || ENDS_CODE.contains(c);
        let ends = text[at..].char_indices().take(MOST_CHARACTERS).find(|(_, c)| stop(*c)).map(|(it, _)| at + it);
        let last = || text[at..].char_indices().nth(MOST_CHARACTERS).map_or(text.len(), |(it, _)| at + it);
        let end = ends.unwrap_or_else(last);
        let code = text[start..end].trim_end_matches(['.', ',', ';', ':']);
        found.push(place.mention(IdentifierKind::ActivationCode, start, start + code.len(), code.to_owned()));
    }
}
