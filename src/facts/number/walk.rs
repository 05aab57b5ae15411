//! One walk over the prose for runs of digits that could be dialled.

use super::RawNumber;
use crate::facts::{Class, Facts, class};
use crate::guide::{Guide, Stretch};

/// Longer runs are account numbers, hashes and the like.
const MOST_DIGITS: usize = 17;

pub(in crate::facts) fn walk(guide: &Guide, facts: &Facts) -> Vec<RawNumber> {
    let prose = guide.prose.as_str();
    let mut numbers = Vec::new();
    let mut at = 0;
    let bytes = prose.as_bytes();
    let mut links = facts.links.iter().filter(|link| link.is_bare || link.text_is_url).peekable();
    while at < bytes.len() {
        if bytes[at] < 0x80 && !bytes[at].is_ascii_digit() && bytes[at] != b'+' {
            at += 1;
            continue;
        }
        let Some(c) = prose[at..].chars().next() else { break };
        if digit(c).is_none() && !is_plus(c) {
            at += c.len_utf8();
            continue;
        }
        while links.next_if(|link| (link.text.end as usize) <= at).is_some() {}
        if let Some(link) = links.peek()
            && link.text.start as usize <= at
        {
            at = link.text.end as usize;
            continue;
        }
        let run = Run::read(prose, at);
        if run.end > at && run.could_be_dialled(prose) {
            let block = guide.block_at(at as u32).unwrap_or(0);
            numbers.push(RawNumber {
                at: Stretch::new(run.start as u32, run.end as u32),
                digits: run.digits,
                block: block as u32,
                link: None,
                grouped: run.groups > 1,
            });
        }
        at = run.beyond.max(at + c.len_utf8());
    }
    add_tel_links(facts, &mut numbers);
    numbers.sort_by_key(|number| number.at);
    numbers
}

/// Targets of `tel:` links whose text does not show the number itself.
fn add_tel_links(facts: &Facts, numbers: &mut Vec<RawNumber>) {
    for link in &facts.links {
        let Some(target) = link.url.strip_prefix("tel:") else { continue };
        if numbers.iter().any(|number| link.text.contains(number.at)) {
            continue;
        }
        let dialled = target.split([';', '?']).next().unwrap_or("");
        let mut digits = String::new();
        for c in dialled.trim_start_matches('/').replace("%20", "").replace("%2B", "+").chars() {
            match c {
                '+' if digits.is_empty() => digits.push('+'),
                c => digits.extend(digit(c)),
            }
        }
        if digits.trim_start_matches('+').len() >= 3 {
            numbers.push(RawNumber {
                at: link.text,
                digits,
                block: link.block,
                link: Some(link.url_span),
                grouped: true,
            });
        }
    }
}

/// A run of digits with the separators people put between them.
struct Run {
    start: usize,
    end: usize,
    /// Where the walk goes on: past digits that are too many to be a number.
    beyond: usize,
    digits: String,
    groups: usize,
    /// The separators met, for telling dates and prices from numbers.
    separators: Vec<char>,
    group_lengths: Vec<usize>,
}

impl Run {
    fn read(prose: &str, at: usize) -> Run {
        let mut run = Run {
            start: at,
            end: at,
            beyond: at,
            digits: String::new(),
            groups: 0,
            separators: Vec::new(),
            group_lengths: Vec::new(),
        };
        let mut chars = prose[at..].char_indices().peekable();
        if let Some(&(_, c)) = chars.peek()
            && is_plus(c)
        {
            run.digits.push('+');
            chars.next();
        }
        let mut pending = 0;
        let mut in_group = 0;
        for (offset, c) in chars {
            if let Some(value) = digit(c) {
                if pending > 0 || in_group == 0 {
                    run.groups += 1;
                    run.group_lengths.push(0);
                }
                pending = 0;
                in_group = 1;
                if let Some(length) = run.group_lengths.last_mut() {
                    *length += 1;
                }
                run.end = at + offset + c.len_utf8();
                run.beyond = run.end;
                if run.digits.len() <= MOST_DIGITS {
                    run.digits.push(value);
                } else {
                    run.digits.push('0');
                }
            } else if is_separator(c) && pending < 3 && run.digits.len() <= MOST_DIGITS {
                // Two spaces, a line break after a break: another cell, another line, another number.
                if pending > 0 && c == '\n' {
                    break;
                }
                pending += 1;
                run.separators.push(c);
            } else if class(c) == Class::Mark {
                continue;
            } else {
                break;
            }
            if run.digits.len() > 64 {
                run.beyond = at + offset + c.len_utf8();
                break;
            }
        }
        run.separators.truncate(run.separators.len().saturating_sub(pending));
        run.skip_long_tail(prose);
        run.take_opening_bracket(prose);
        run
    }

    /// Digits beyond any number's length belong to the same thing: skip them all, so that a megabyte stays linear.
    fn skip_long_tail(&mut self, prose: &str) {
        if self.digits.len() > MOST_DIGITS {
            let rest = &prose[self.beyond..];
            let length = rest.find(|c: char| digit(c).is_none()).unwrap_or(rest.len());
            self.beyond += length;
        }
    }

    /// `(030) 55…`: the bracket belongs to the number.
    fn take_opening_bracket(&mut self, prose: &str) {
        let text = &prose[self.start..self.end];
        let unbalanced = text.contains(')') && !text.contains('(') || text.contains('）') && !text.contains('（');
        if unbalanced && let Some(c) = prose[..self.start].chars().next_back().filter(|c| matches!(c, '(' | '（')) {
            self.start -= c.len_utf8();
        }
    }

    fn could_be_dialled(&self, prose: &str) -> bool {
        let digits = self.digits.trim_start_matches('+').len();
        let plus = self.digits.starts_with('+');
        if digits < 3 || self.digits.len() > MOST_DIGITS || (plus && digits < 6) {
            return false;
        }
        let before = prose[..self.start].chars().next_back();
        let after = prose[self.end..].chars().next();
        if before.is_some_and(|c| joins_before(c, plus)) || after.is_some_and(joins_after) {
            return false;
        }
        // `1.5`, `2,480`, `10:30`: something else is glued on.
        let second = prose[self.end..].chars().nth(1);
        let glued = |c: Option<char>| c.is_some_and(|c| matches!(c, ',' | '.' | ':' | '：' | '/' | '*'));
        if glued(after) && second.is_some_and(|c| digit(c).is_some()) || after == Some('*') {
            return false;
        }
        let mut back = prose[..self.start].chars().rev();
        if glued(back.next()) && back.next().is_some_and(|c| digit(c).is_some()) {
            return false;
        }
        plus || !(self.is_date() || self.is_range() || self.is_amount())
    }

    fn is_date(&self) -> bool {
        let [a, b, c] = self.group_lengths[..] else { return false };
        let same = self.separators.len() == 2 && self.separators[0] == self.separators[1];
        let shape = matches!((a, b, c), (4, 1..=2, 1..=2) | (1..=2, 1..=2, 4) | (1..=2, 1..=2, 2));
        same && shape && matches!(self.separators[0], '-' | '.' | '/' | '‐' | '‑' | '–')
    }

    fn is_range(&self) -> bool {
        let [a, b] = self.group_lengths[..] else { return false };
        self.separators.len() == 1 && matches!(self.separators[0], '-' | '–' | '~' | '—' | '/') && a == b && a <= 4
    }

    /// `10.000`, `1 250 000`: thousands.
    fn is_amount(&self) -> bool {
        let Some((first, rest)) = self.group_lengths.split_first() else { return false };
        let dots = self.separators.iter().all(|c| *c == '.');
        let decimals = self.group_lengths.len() == 2 && self.separators == ['.'];
        decimals
            || (dots
                && !rest.is_empty()
                && *first <= 3
                && rest.iter().all(|length| *length == 3)
                && !self.digits.starts_with('0'))
    }
}

/// The ASCII digit a digit of any script stands for.
pub(in crate::facts) fn digit(c: char) -> Option<char> {
    let code = c as u32;
    let zero = match code {
        0x30..=0x39 => return Some(c),
        0x660..=0x669 => 0x660,
        0x6F0..=0x6F9 => 0x6F0,
        0x966..=0x96F => 0x966,
        0x9E6..=0x9EF => 0x9E6,
        0xE50..=0xE59 => 0xE50,
        0x1040..=0x1049 => 0x1040,
        0xFF10..=0xFF19 => 0xFF10,
        0x1D7CE..=0x1D7FF => return char::from_digit((code - 0x1D7CE) % 10, 10),
        _ => return None,
    };
    char::from_digit(code - zero, 10)
}

fn is_plus(c: char) -> bool {
    matches!(c, '+' | '＋' | '﹢')
}

fn is_separator(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{2009}' | '\u{3000}' | '\n' | '-' | '.' | '(' | ')' | '/' | '·'
    ) || matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' | '（' | '）' | '‧' | '・' | '\u{ad}')
}

/// Characters that make the digits after them part of something else.
fn joins_before(c: char, plus: bool) -> bool {
    match c {
        '$' | '€' | '£' | '¥' | '￥' | '₽' | '₺' | '₫' | '฿' | '₩' | '₹' | '#' | '*' | '＊' | '＃' | '@' | '/'
        | '=' | '&' | '_' | '\\' | '%' | '~' | '^' | '<' | '{' => !(plus && matches!(c, '/' | '~')),
        '-' | '–' => true,
        c => class(c) == Class::Word && (!plus || c.is_ascii()),
    }
}

fn joins_after(c: char) -> bool {
    match c {
        '%' | '$' | '€' | '£' | '¥' | '￥' | '₽' | '₺' | '₫' | '฿' | '₩' | '₹' | '元' | '円' | '원' | '°' | '#'
        | '＃' | '@' | '_' | '=' | '&' | '…' | '年' | '月' | '日' | '岁' | '天' | '分' | '秒' | '小' | '个' | '條'
        | '条' | '次' | '倍' | '％' => true,
        c => class(c) == Class::Word,
    }
}
