//! Network codes (MCC, MNC) and country calling codes: digits that mean something only where the text says what they are.

use smol_str::SmolStr;

use super::{DigitRun, IdentifierKind, IdentifierMention, Place};
use crate::facts::digits::digit;
use crate::knowledge::CueSet;

/// How far before the digits the word may stand, in bytes.
const REACH: u32 = 24;

/// The same of a calling code: "Landesvorwahl für Deutschland lautet".
const FAR: u32 = 32;

pub(super) fn find(place: &Place<'_>, found: &mut Vec<IdentifierMention>) {
    if place.facts.speaks_of(CueSet::CallingCode) || place.facts.speaks_of(CueSet::BeginsWith) {
        calling_codes(place, found);
        prefixed_codes(place, found);
    }
    if place.facts.speaks_of(CueSet::NetworkCode) {
        network_codes(place, found);
    }
}

/// `0039`: the prefix for calls abroad with a calling code, where the text says that it is one.
fn prefixed_codes(place: &Place<'_>, found: &mut Vec<IdentifierMention>) {
    for DigitRun { start, end, digits } in &place.runs {
        let Some(code) = digits.strip_prefix("00").filter(|it| (1..=4).contains(&it.len()) && !it.starts_with('0'))
        else {
            continue;
        };
        let joined =
            place.text[..*start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '+' | '-' | '.' | '/'));
        // "001-country code": the sign is for what one dials next.
        let followed = place.text[*end..].starts_with(['-', '‑', '–']);
        if !joined
            && !followed
            && !goes_on(place.text, *end)
            && place.cue_before(CueSet::CallingCode, *start, FAR).is_some()
        {
            found.push(place.mention(IdentifierKind::CallingCode, *start, *end, code));
        }
    }
}

/// `+` and one to four digits beside "calling code", or said to be what numbers begin with.
fn calling_codes(place: &Place<'_>, found: &mut Vec<IdentifierMention>) {
    let text = place.text;
    for (at, plus) in text.match_indices(['+', '＋']) {
        let rest = &text[at + plus.len()..];
        let digits: String = rest.chars().map_while(digit).take(5).collect();
        let end = at + plus.len() + rest.chars().take(digits.len()).map(char::len_utf8).sum::<usize>();
        if !(1..=4).contains(&digits.len()) || goes_on(text, end) {
            continue;
        }
        if place.cue_before(CueSet::CallingCode, at, FAR).is_some() {
            found.push(place.mention(IdentifierKind::CallingCode, at, end, digits));
        } else if place.is_cue_beside(CueSet::BeginsWith, at, end, REACH) {
            found.push(place.mention(IdentifierKind::NumberPrefix, at, end, digits));
        }
    }
}

/// Whether more digits follow after a space: a telephone number.
fn goes_on(text: &str, end: usize) -> bool {
    let mut after = text[end..].chars();
    after.next().is_some_and(|c| {
        digit(c).is_some()
            || (matches!(c, ' ' | '-' | '.' | '\u{a0}') && after.next().is_some_and(|c| digit(c).is_some() || c == '('))
    })
}

/// `276-01`, `27601`, `MCC/MNC 276/01`, `MCC 276 … MNC 01` beside a word for network codes.
fn network_codes(place: &Place<'_>, found: &mut Vec<IdentifierMention>) {
    // The MCC that waits for its MNC: where it stands, its block, its digits.
    let mut country: Option<(usize, u32, SmolStr)> = None;
    let mut runs = place.runs.iter().peekable();
    while let Some(DigitRun { start, end, digits }) = runs.next() {
        let (start, end) = (*start, *end);
        if !(2..=6).contains(&digits.len()) {
            continue;
        }
        let Some(cue) = place.cue_before(CueSet::NetworkCode, start, REACH) else { continue };
        let block = place.block(start);
        let named = word_before(place, cue);
        let is_country = named.ends_with("mcc") || named.ends_with("country code");
        let is_network = named.ends_with("mnc") || named.ends_with("network code");
        match digits.len() {
            5 | 6 => found.push(place.mention(IdentifierKind::NetworkCode, start, end, digits.clone())),
            3 if is_network && !is_country => {
                let divided =
                    |next: &&DigitRun| place.text[end..next.start].trim() == "/" && matches!(next.digits.len(), 2 | 3);
                match runs.next_if(divided) {
                    Some(DigitRun { end, digits: mnc, .. }) => {
                        found.push(place.mention(IdentifierKind::NetworkCode, start, *end, format!("{digits}{mnc}")));
                    }
                    None => add_network(place, &country, (start, end, digits.clone()), found),
                }
            }
            3 if is_country => {
                found.push(place.mention(IdentifierKind::NetworkCode, start, end, digits.clone()));
                country = Some((start, block, digits.clone()));
            }
            2 if is_network => add_network(place, &country, (start, end, digits.clone()), found),
            _ => {}
        }
    }
}

/// An MNC: with the MCC of the same block, or of the cell before in the same row.
fn add_network(
    place: &Place<'_>,
    country: &Option<(usize, u32, SmolStr)>,
    (start, end, mnc): (usize, usize, SmolStr),
    found: &mut Vec<IdentifierMention>,
) {
    let Some((from, first, mcc)) = country else { return };
    let block = place.block(start);
    let row = |block: u32| place.guide.blocks.get(block as usize)?.cell.map(|it| (it.table, it.row));
    if *first == block && start - from < 48 {
        let value = format!("{mcc}{mnc}");
        if let Some(earlier) = found.last_mut().filter(|it| it.value == *mcc) {
            *earlier = place.mention(IdentifierKind::NetworkCode, *from, end, value);
        }
    } else if first + 1 == block && row(*first).is_some() && row(*first) == row(block) {
        found.push(place.mention(IdentifierKind::NetworkCode, start, end, format!("{mcc}{mnc}")));
    }
}

/// The end of the cue that ends at a prose byte, in small letters.
fn word_before(place: &Place<'_>, end: u32) -> String {
    let prose = place.guide.prose.as_str().get(..end as usize).unwrap_or("");
    let from = prose.char_indices().rev().take(20).last().map_or(0, |(at, _)| at);
    prose[from..].to_lowercase()
}
