//! Codes that pay whoever hands them out: "my referral code NB8K2Q", 邀请码：NB8K2Q.

use super::Facts;
use crate::guide::{Guide, Stretch};
use crate::knowledge::CueSet;
use crate::text::Span;

/// A code for readers to enter, with the words that say what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferralCode {
    /// From the first of these words, or of the code, to the last, in the prose.
    pub at: Stretch,
    /// The same in the source.
    pub span: Span,
    /// The code as written.
    pub code: String,
    /// What it is called: [`CueSet::ReferralCode`], [`CueSet::VoucherCode`] or the bare [`CueSet::Code`].
    pub called: CueSet,
}

/// Bytes of text between the word and the code.
const REACH: usize = 40;

pub(super) fn find(guide: &Guide, facts: &Facts) -> Vec<ReferralCode> {
    let mut found: Vec<ReferralCode> = Vec::new();
    let mut cues: Vec<(Stretch, CueSet)> = [CueSet::ReferralCode, CueSet::VoucherCode, CueSet::Code]
        .into_iter()
        .flat_map(|set| facts.cues_of(set).iter().map(move |cue| (cue.at, set)))
        .collect();
    // The longest of those that begin together says most: "referral code" and not "code".
    cues.sort_by_key(|(at, _)| (at.start, std::cmp::Reverse(at.end)));
    for (at, called) in cues {
        let (kind, block) = match guide.block_at(at.start).map(|it| &guide.blocks[it]) {
            Some(block) => (block.kind, block.prose),
            None => continue,
        };
        let taken = found.last().is_some_and(|last| at.start < last.at.end);
        if !kind.is_visible() || taken {
            continue;
        }
        let Some((code, text)) = after(guide, at, block, called).or_else(|| before(guide, at, block)) else { continue };
        let whole = Stretch::new(at.start.min(code.start), at.end.max(code.end));
        let span = guide.prose.span(whole);
        found.push(ReferralCode { at: whole, span, code: text, called });
    }
    found
}

/// The code after the words: at once, or behind a few others of the same clause.
fn after(guide: &Guide, cue: Stretch, block: Stretch, called: CueSet) -> Option<(Stretch, String)> {
    let prose = guide.prose.as_str();
    let start = cue.end as usize;
    let text = &prose[start..block.end as usize];
    let mut near = true;
    let mut words = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if at > REACH || words > 4 || ends_clause(c, chars.peek().map(|it| it.1)) {
            return None;
        }
        if c == '\u{fffc}' {
            let place = (start + at) as u32;
            let code =
                guide.codes.binary_search_by_key(&place, |it| it.at).ok().map(|it| guide.codes[it].text.trim())?;
            let stretch = Stretch::new(place, place + c.len_utf8() as u32);
            return is_code(code, true, called).then(|| (stretch, code.to_owned()));
        }
        if c.is_ascii_alphanumeric() {
            let word = word_at(text, at);
            if is_code(word, near, called) {
                let from = (start + at) as u32;
                return Some((Stretch::new(from, from + word.len() as u32), word.to_owned()));
            }
            while chars.next_if(|(next, _)| *next < at + word.len()).is_some() {}
            words += 1;
            near = false;
        } else if c.is_alphabetic() && !matches!(c, '是' | '为' | '為') {
            near = false;
        }
    }
    None
}

/// The code before the words: "NB8K2Q as your invite code".
fn before(guide: &Guide, cue: Stretch, block: Stretch) -> Option<(Stretch, String)> {
    let prose = guide.prose.as_str();
    let text = &prose[block.start as usize..cue.start as usize];
    let mut from = text.len().saturating_sub(REACH / 2);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let near = &text[from..];
    let clause = near.rsplit(['.', ',', '。', '，', '；', '！', '\n']).next().unwrap_or(near);
    let mut words = clause.split(|c: char| !c.is_ascii_alphanumeric()).filter(|it| !it.is_empty());
    let code = words.find(|it| {
        it.len() >= 5
            && it.bytes().any(|b| b.is_ascii_digit())
            && it.bytes().filter(u8::is_ascii_uppercase).count() >= 2
    })?;
    let at = (code.as_ptr() as usize - prose.as_ptr() as usize) as u32;
    Some((Stretch::new(at, at + code.len() as u32), code.to_owned()))
}

fn word_at(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).unwrap_or(rest.len());
    rest[..end].trim_end_matches(['-', '_'])
}

fn ends_clause(c: char, next: Option<char>) -> bool {
    match c {
        '.' => next.is_none_or(|it| it == ' ' || it == '\n'),
        ',' | ';' | '!' | '?' | '。' | '，' | '；' | '！' | '？' | '、' | '؟' | '،' | '\n' | '(' | '（' => {
            true
        }
        _ => false,
    }
}

/// A code that somebody made up or was given: letters and digits, or capitals. Digits alone only `near` the words, and
/// only where these leave no doubt.
fn is_code(word: &str, near: bool, called: CueSet) -> bool {
    let count = |is: fn(&u8) -> bool| word.bytes().filter(is).count();
    let (letters, digits) = (count(u8::is_ascii_alphabetic), count(u8::is_ascii_digit));
    let capitals = count(u8::is_ascii_uppercase);
    // 100GB, 5G, 30days
    let amount = word.trim_start_matches(|c: char| c.is_ascii_digit()).bytes().all(|it| it.is_ascii_alphabetic())
        && word.starts_with(|c: char| c.is_ascii_digit())
        && letters <= 4;
    let fits = (4..=20).contains(&word.len()) && !amount;
    match called {
        CueSet::Code => fits && letters >= 3 && digits > 0 && near && word.len() >= 5,
        CueSet::VoucherCode => fits && letters >= 2 && (digits > 0 || near && capitals == word.len() && letters >= 5),
        _ => {
            fits && (letters >= 2 && (digits > 0 || near && capitals == word.len())
                || near && letters == 0 && digits >= 4)
        }
    }
}
