//! USSD and MMI codes: `*100#`, `*#06#`, `**21*number#`, in full width too.

use super::{IdentifierKind, IdentifierMention, Place};
use crate::facts::digits::digit;
use crate::facts::{Class, class};
use crate::guide::Stretch;

pub(super) fn find(place: &Place<'_>, found: &mut Vec<IdentifierMention>) {
    let text = place.text;
    let mut from = 0;
    // Every code holds a hash or begins with a star: nothing to do where neither stands.
    while let Some(offset) = text[from..].find(['*', '＊', '#', '＃']) {
        let at = from + offset;
        let start = at - digits_before(&text[from..at]);
        let end = text[start..].find(|c: char| sign(c).is_none()).map_or(text.len(), |it| start + it);
        from = end.max(at + text[at..].chars().next().map_or(1, char::len_utf8));
        let value: String = text[start..end].chars().filter_map(sign).collect();
        if is_code(text, start, end, &value) {
            found.push(place.mention(IdentifierKind::Ussd, start, end, value));
        } else if place.code.is_none() && value.ends_with('#') && is_broken(place, start, end) {
            let mut mention = place.mention(IdentifierKind::Ussd, start, end, value);
            mention.broken_by_markup = true;
            found.push(mention);
        }
    }
}

/// The key on a telephone, in ASCII.
fn sign(c: char) -> Option<char> {
    match c {
        '*' | '＊' => Some('*'),
        '#' | '＃' => Some('#'),
        c => digit(c),
    }
}

fn digits_before(text: &str) -> usize {
    text.chars().rev().take_while(|c| digit(*c).is_some()).take(20).map(char::len_utf8).sum()
}

/// Begins with star or hash, holds a digit, and stands alone. A hash and digits alone are a ticket, not a code.
fn is_code(text: &str, start: usize, end: usize, value: &str) -> bool {
    let lead = value.len() - value.trim_start_matches(['*', '#']).len();
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let shape =
        (1..=3).contains(&lead) && (2..=40).contains(&digits) && (value.starts_with('*') || value.ends_with('#'));
    let before = text[..start].chars().next_back().is_none_or(|c| class(c) != Class::Word && !"/&=_".contains(c));
    // `*100*PIN#`, `*100*<code>#`: a pattern the reader fills in.
    let after = text[end..].chars().next();
    let filled_in = value.ends_with('*')
        && after.is_some_and(|c| c.is_alphabetic() || matches!(c, '<' | '[' | '{' | '(' | '（' | ' '));
    shape && before && !filled_in && after.is_none_or(|c| class(c) != Class::Word)
}

/// Whether marks that the reader does not see stand between the digits.
fn is_broken(place: &Place<'_>, start: usize, end: usize) -> bool {
    let text = &place.text[start..end];
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let alone = place.text[..start].chars().next_back().is_none_or(|c| class(c) != Class::Word);
    alone
        && digits >= 3
        && digits + 1 == text.len()
        && (start..start + digits - 1).any(|at| {
            let pair = Stretch::new(at as u32, at as u32 + 2);
            place.guide.prose.span(pair).len() == 3
        })
}
