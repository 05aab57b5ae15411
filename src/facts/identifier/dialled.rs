//! USSD and MMI codes: `*100#`, `*#06#`, `**21*number#`, in full width too; and patterns of them, `*123*PIN#`.

use memchr::memchr3;

use super::{IdentifierKind, IdentifierMention, Place};
use crate::facts::digits::digit;
use crate::facts::{Class, class};
use crate::guide::{Prose, Stretch};
use crate::knowledge::CueSet;

pub(super) fn find(place: &Place<'_>, found: &mut Vec<IdentifierMention>) {
    let text = place.text;
    let mut bare = Vec::new();
    let mut from = 0;
    // Every code holds a hash or begins with a star: nothing to do where neither stands.
    while let Some(at) = next_sign(text, from) {
        let start = at - digits_before(&text[from..at]);
        let end = text[start..].find(|c: char| sign(c).is_none()).map_or(text.len(), |it| start + it);
        let end = behind_number(text, end);
        from = end.max(at + text[at..].chars().next().map_or(1, char::len_utf8));
        let value: String = text[start..end].chars().filter_map(sign).collect();
        let hash = end - 1;
        if place.code.is_none()
            && text.as_bytes()[hash] == b'#'
            && let Some(pattern) = pattern_before(place, hash)
        {
            found.push(pattern);
            continue;
        }
        let is_code = is_code(text, start, end, &value);
        if is_code || value.ends_with('#') && stands_alone(place, start, end, &value) {
            let mut mention = place.mention(IdentifierKind::Ussd, start, end, value);
            mention.broken_by_markup = place.code.is_none() && loses_star(place, mention.at);
            if is_code || mention.broken_by_markup {
                found.push(mention);
            } else {
                bare.push(mention);
            }
        }
    }
    mark_opened(place, found);
    starless(place, bare, found);
}

/// `**21*+44…#`: the number that calls are forwarded to belongs to the code.
fn behind_number(text: &str, end: usize) -> usize {
    let Some(number) = text[end..].strip_prefix('+') else { return end };
    let rest = number.trim_start_matches(|c: char| c.is_ascii_digit() || c == '*');
    if rest.len() < number.len() && rest.starts_with('#') { text.len() - rest.len() + 1 } else { end }
}

/// `*123*PIN#`, whose stars have become emphasis: digits in italics, a word or brackets that stand for more digits, and the hash at
/// byte `hash`. A code whose stars are all seen is none.
fn pattern_before(place: &Place<'_>, hash: usize) -> Option<IdentifierMention> {
    /// Characters of what the reader fills in, and of a short code.
    const LONGEST: usize = 40;
    let text = place.text;
    let fills = |c: char| c.is_alphanumeric() || "<>[]{}()*_- ".contains(c);
    let before = &text[..hash];
    if before.ends_with(' ') {
        return None;
    }
    let length: usize = before.chars().rev().take(LONGEST).take_while(|c| fills(*c)).map(char::len_utf8).sum();
    let begins = |at: &usize| {
        let first = text[*at..].starts_with(|c: char| c.is_ascii_digit());
        first && !text[..*at].ends_with(|c: char| c.is_alphanumeric())
    };
    (hash - length..hash)
        .filter(|at| text.is_char_boundary(*at))
        .filter(begins)
        .find_map(|at| pattern_at(place, at, hash))
}

/// The same where the digits begin at byte `start`.
fn pattern_at(place: &Place<'_>, start: usize, hash: usize) -> Option<IdentifierMention> {
    let text = place.text;
    let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
    // Where the mark stands behind the first digits, which is in no prose: `*110*41*` is read as 11041.
    let mark = (2..=digits.min(4)).map(|length| start + length).find(|at| is_hidden_before(place, *at))?;
    let filled_in = &text[mark..hash];
    let next = filled_in.chars().next()?;
    let wanted = next.is_alphanumeric() || matches!(next, '<' | '[' | '{' | '(');
    let pattern = filled_in.contains(|c: char| c.is_alphabetic() || matches!(c, '<' | '[' | '{' | '('));
    // Words stand apart from the code only behind a star.
    let apart = filled_in.find(' ').is_some_and(|at| !filled_in[..at].ends_with('*'));
    let seen = text[..start].ends_with('*');
    let opens = seen || follows_mark(place, Stretch::new(start as u32, mark as u32));
    if !wanted || !pattern || apart || !opens {
        return None;
    }
    let start = start - usize::from(seen);
    let value: String = text[start..=hash].chars().filter_map(sign).collect();
    let mention = place.mention(IdentifierKind::Ussd, start, hash + 1, value);
    Some(IdentifierMention { broken_by_markup: true, ..mention })
}

/// Whether one sign that the reader does not see stands right before byte `at`.
fn is_hidden_before(place: &Place<'_>, at: usize) -> bool {
    let Some(before) = place.text[..at].chars().next_back() else { return false };
    let after = place.text[at..].chars().next().map_or(0, char::len_utf8);
    let pair = Stretch::new((at - before.len_utf8()) as u32, (at + after) as u32);
    place.guide.prose.span(pair).len() == pair.len() + 1
}

/// Digits and a hash: either emphasis that ran from one code to the next has taken the first star of both
/// (拨*100#查余额,拨*111#查流量), or they are called a USSD code all the same.
fn starless(place: &Place<'_>, bare: Vec<IdentifierMention>, found: &mut Vec<IdentifierMention>) {
    let mut bare = bare.into_iter().peekable();
    while let Some(mut mention) = bare.next() {
        if place.code.is_none()
            && let Some(mut next) = bare.next_if(|next| is_emphasis_between(place, &mention, next))
        {
            mention.broken_by_markup = true;
            next.broken_by_markup = true;
            found.extend([mention, next]);
        } else if place.code.is_none() && mention.at.start > 0 && is_hidden_before(place, mention.at.start as usize) {
            // The star of a code, if it has one in the next code for its pair, or else anybody's emphasis.
            if is_called_ussd(place, &mention) && closes_in_code(place, &mention) {
                found.push(IdentifierMention { broken_by_markup: true, ..mention });
            }
        } else if is_called_ussd(place, &mention) {
            found.push(IdentifierMention { kind: IdentifierKind::Starless, ..mention });
        }
    }
}

/// Whether a mark that the reader does not see stands right before both codes, and no other between them: "*余额*100#" is a word in
/// italics before a code.
fn is_emphasis_between(place: &Place<'_>, one: &IdentifierMention, next: &IdentifierMention) -> bool {
    let hidden = |from: u32, to: u32| {
        let part = Stretch::new(from, to + 1);
        place.guide.prose.span(part).len().saturating_sub(part.len())
    };
    // What ends before the first code cannot begin there.
    let block = place.guide.blocks[one.block as usize].prose.start;
    let opens = one.at.start == block || hidden(block, one.at.start) % 2 == 1;
    opens
        && one.block == next.block
        && follows_mark(place, one.at)
        && follows_mark(place, next.at)
        && hidden(one.at.start, next.at.start) == 1
}

/// Whether the next mark that the reader does not see stands between two digits.
fn closes_in_code(place: &Place<'_>, code: &IdentifierMention) -> bool {
    /// Bytes between two codes of one paragraph.
    const NEAR: usize = 200;
    let (from, block) = (code.at.end as usize, place.guide.blocks[code.block as usize].prose);
    let until = (block.end as usize).min(from + NEAR);
    let mut places = (from..until).filter(|at| place.text.is_char_boundary(*at));
    places.find(|at| is_hidden_before(place, *at)).is_some_and(|at| {
        let is_digit = |c: Option<char>| c.is_some_and(|c| digit(c).is_some());
        is_digit(place.text[..at].chars().next_back()) && is_digit(place.text[at..].chars().next())
    })
}

/// Bytes between "USSD code" and the code.
const REACH: u32 = 16;

/// "The USSD code is 123#", "dial 123#": a word for dialling stands right before, one for USSD codes at most a few words.
fn is_called_ussd(place: &Place<'_>, code: &IdentifierMention) -> bool {
    let at = code.at.start;
    let near = Stretch::new(at.saturating_sub(REACH * 2), at);
    place.facts.cues_in(CueSet::Ussd, near).any(|cue| {
        let gap = place.guide.prose.text(Stretch::new(cue.at.end, at));
        let names = place.guide.prose.text(cue.at).to_ascii_lowercase().contains("ussd");
        let short = names && gap.len() <= REACH as usize && !gap.contains(|c: char| sign(c).is_some() || c == '.');
        short || gap.trim().is_empty()
    })
}

/// The first star or hash from byte `from` on.
fn next_sign(text: &str, mut from: usize) -> Option<usize> {
    // The first byte of the wide forms.
    const WIDE: u8 = 0xEF;
    loop {
        let at = from + memchr3(b'*', b'#', WIDE, text.as_bytes().get(from..)?)?;
        if text[at..].starts_with(['*', '＊', '#', '＃']) {
            return Some(at);
        }
        from = at + text[at..].chars().next().map_or(1, char::len_utf8);
    }
}

/// Emphasis that ends inside one code began with a star of another: `*#06#` loses its first star to the second one of
/// `*111*0887#`.
fn mark_opened(place: &Place<'_>, found: &mut [IdentifierMention]) {
    for at in (0..found.len()).rev() {
        let opens = !found[at].broken_by_markup && found[at].value.starts_with('#') && place.code.is_none();
        let next = || found.get(at + 1).filter(|it| it.block == found[at].block);
        if opens && next().is_some_and(|it| it.broken_by_markup) && follows_mark(place, found[at].at) {
            found[at].broken_by_markup = true;
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

/// Three or more digits and a hash, perhaps with stars that are left between the digits, and no word before them.
fn stands_alone(place: &Place<'_>, start: usize, end: usize, value: &str) -> bool {
    let text = &place.text[start..end];
    let alone = place.text[..start].chars().next_back().is_none_or(|c| class(c) != Class::Word);
    let parts = || value.trim_end_matches('#').split('*');
    let digits = parts().all(|it| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit()));
    alone && digits && parts().map(str::len).sum::<usize>() >= 3 && value.matches('#').count() == 1 && text.is_ascii()
}

/// Whether a mark that the reader does not see stands before a digit. It can only be a star: nothing else is lost there,
/// and no digit is escaped.
fn loses_star(place: &Place<'_>, code: Stretch) -> bool {
    let text = place.guide.prose.text(code);
    let mut digits = text.char_indices().skip(1).filter(|(_, c)| digit(*c).is_some() || *c == '+');
    digits.any(|(at, _)| is_hidden_before(place, code.start as usize + at))
}

/// Whether a mark that the reader does not see stands right before.
fn follows_mark(place: &Place<'_>, at: Stretch) -> bool {
    let begins = |before: &str| before.is_empty() || before.ends_with(Prose::BREAK);
    begins(&place.text[..at.start as usize]) || is_hidden_before(place, at.start as usize)
}
