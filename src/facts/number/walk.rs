//! One walk over the prose for runs of digits that could be dialled.

use smol_str::SmolStr;

use super::{Break, RawNumber};
use crate::facts::digits::{digit, is_plus};
use crate::facts::{Class, Facts, class};
use crate::guide::{Guide, Stretch};
use crate::knowledge::CueSet;

/// Longer runs are account numbers, hashes and the like.
const MOST_DIGITS: usize = 17;

/// With `+`, a country calling code stands before the digits of the longest plan.
const MOST_AFTER_PLUS: usize = 20;

/// Whether there are more digits than any number has.
fn is_too_long(digits: &str) -> bool {
    match digits.strip_prefix('+') {
        Some(after) => after.len() > MOST_AFTER_PLUS,
        None => digits.len() > MOST_DIGITS,
    }
}

pub(in crate::facts) fn walk(guide: &Guide, facts: &Facts) -> Vec<RawNumber> {
    let prose = guide.prose.as_str();
    let mut numbers = Vec::new();
    let mut links = facts.links.iter().filter(|link| link.is_bare || link.text_is_url).peekable();
    let mut beyond = 0;
    let mut run = Run::default();
    for &start in facts.digit_starts.all() {
        let at = start as usize;
        if at < beyond {
            continue;
        }
        while links.next_if(|link| (link.text.end as usize) <= at).is_some() {}
        if let Some(link) = links.peek()
            && link.text.start as usize <= at
        {
            beyond = link.text.end as usize;
            continue;
        }
        run.read(prose, at, facts);
        if run.end > at && run.could_be_dialled(prose) {
            let block = guide.block_at(at as u32).unwrap_or(0);
            numbers.push(RawNumber {
                at: Stretch::new(run.start as u32, run.end as u32),
                grouped: run.groups() > 1,
                digits: SmolStr::new(&run.digits),
                block: block as u32,
                link: None,
                extension: run.extension.take(),
                breaks: std::mem::take(&mut run.breaks),
            });
        }
        beyond = run.beyond.max(at + 1);
    }
    add_tel_links(facts, &mut numbers);
    numbers.sort_by_key(|number| number.at);
    numbers
}

/// Targets of `tel:` links whose text does not show the number itself.
fn add_tel_links(facts: &Facts, numbers: &mut Vec<RawNumber>) {
    let written = numbers.len();
    for link in &facts.links {
        let Some(target) = link.url.strip_prefix("tel:") else { continue };
        let from = numbers[..written].partition_point(|number| number.at.start < link.text.start);
        if numbers[from..written].first().is_some_and(|number| link.text.contains(number.at)) {
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
                digits: digits.into(),
                block: link.block,
                link: Some(link.url_span),
                grouped: true,
                extension: None,
                breaks: Vec::new(),
            });
        }
    }
}

/// A run of digits with the separators people put between them. One is enough for a whole text: most runs are no number.
#[derive(Default)]
struct Run {
    start: usize,
    end: usize,
    /// Where the walk goes on: past digits that are too many to be a number.
    beyond: usize,
    digits: String,
    /// The separators met, for telling dates and prices from numbers.
    separators: Vec<char>,
    group_lengths: Vec<usize>,
    /// Where the run could end or begin anew: see [`RawNumber::breaks`].
    breaks: Vec<Break>,
    extension: Option<String>,
}

/// "0906 + 0800-406": no calling code begins with a nought, so that a plus apart from it adds.
fn behind_sum(prose: &str, at: usize) -> usize {
    let Some(rest) = prose[at..].strip_prefix('+') else { return at };
    let next = rest.trim_start_matches([' ', '\u{a0}']);
    if next.len() < rest.len() && next.starts_with('0') { prose.len() - next.len() } else { at }
}

impl Run {
    fn begin(&mut self, at: usize) {
        (self.start, self.end, self.beyond) = (at, at, at);
        self.digits.clear();
        self.separators.clear();
        self.group_lengths.clear();
        self.breaks.clear();
        self.extension = None;
    }

    /// Reads the run that begins at a byte.
    fn read(&mut self, prose: &str, at: usize, facts: &Facts) {
        let at = behind_sum(prose, at);
        self.begin(at);
        let run = self;
        let mut chars = prose[at..].char_indices().peekable();
        if let Some(&(_, c)) = chars.peek()
            && is_plus(c)
        {
            run.digits.push('+');
            chars.next();
        }
        let mut pending = 0;
        for (offset, c) in chars {
            if let Some(value) = digit(c) {
                if pending > 0 || run.group_lengths.is_empty() {
                    run.begin_group(at + offset, pending);
                }
                pending = 0;
                if let Some(length) = run.group_lengths.last_mut() {
                    *length += 1;
                }
                run.end = at + offset + c.len_utf8();
                run.beyond = run.end;
                run.digits.push(if is_too_long(&run.digits) { '0' } else { value });
            } else if is_separator(c) && pending < 3 && !is_too_long(&run.digits) {
                if pending > 0 && c == '\n' || run.ends_before(prose, at + offset, c, pending) {
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
        run.take_brackets(prose);
        run.take_extension(prose, facts);
    }

    /// Whether another number begins after the separator `c` at byte `at`: each side is long enough to be one, and the
    /// separator is one that divides: a slash, a dash with spaces, a line break, or a space after digits joined by hyphens.
    fn ends_before(&self, prose: &str, at: usize, c: char, pending: usize) -> bool {
        const LEAST: usize = 7;
        let digits = self.digits.trim_start_matches('+').len();
        let spaced = pending > 0 && self.separators.last().is_some_and(|it| it.is_whitespace());
        let beyond = &prose[at + c.len_utf8()..];
        if c == '/' {
            return digits >= 9 || spaced && digits >= LEAST || digits == 3 && self.is_pair(prose, at);
        }
        let joined = || !self.separators.is_empty() && self.separators.iter().all(|it| !it.is_whitespace());
        let divides = match c {
            '\n' => true,
            '-' | '–' | '—' => spaced && beyond.starts_with(char::is_whitespace),
            c => c.is_whitespace() && pending == 0 && joined(),
        };
        divides && digits >= LEAST && digits_ahead(beyond) >= LEAST
    }

    /// `110/112`: two short numbers, unless a unit says that they count something.
    fn is_pair(&self, prose: &str, slash: usize) -> bool {
        let other = &prose[slash + 1..];
        let length = other.char_indices().find(|(_, c)| digit(*c).is_none()).map_or(other.len(), |(at, _)| at);
        self.groups() == 1
            && other[..length].chars().count() == 3
            && !(other[length..].starts_with(['/', ',', '.', '-'])
                && other[length + 1..].starts_with(|c| digit(c).is_some()))
            && !is_counted(prose, self.start, slash + 1 + length)
    }

    fn groups(&self) -> usize {
        self.group_lengths.len()
    }

    fn begin_group(&mut self, at: usize, pending: usize) {
        let between = &self.separators[self.separators.len() - pending..];
        if !self.group_lengths.is_empty() && between.iter().any(|c| c.is_whitespace() || *c == '/') {
            let soft = between.iter().any(|c| matches!(c, '\n' | '/'));
            self.breaks.push(Break { end: self.end as u32, start: at as u32, digits: self.digits.len(), soft });
        }
        self.group_lengths.push(0);
    }

    /// Digits beyond any number's length belong to the same thing: skip them all, groups and all, so that a megabyte
    /// stays linear.
    fn skip_long_tail(&mut self, prose: &str) {
        if !is_too_long(&self.digits) {
            return;
        }
        let mut joint = false;
        for c in prose[self.beyond..].chars() {
            let separates = matches!(c, ' ' | '-' | '.' | '\u{a0}');
            if digit(c).is_none() && (joint || !separates) {
                break;
            }
            joint = separates;
            self.beyond += c.len_utf8();
        }
    }

    /// `(030) 55…`, `(+355 69 …)`: a bracket belongs to the number only when the other one lies inside.
    fn take_brackets(&mut self, prose: &str) {
        let text = &prose[self.start..self.end];
        let unbalanced = text.contains(')') && !text.contains('(') || text.contains('）') && !text.contains('（');
        if unbalanced && let Some(c) = prose[..self.start].chars().next_back().filter(|c| matches!(c, '(' | '（')) {
            self.start -= c.len_utf8();
        }
    }

    /// `ext. 12`, `x12`, `(转 12)`: a word of the vocabulary or one of the marks understood everywhere, and digits.
    fn take_extension(&mut self, prose: &str, facts: &Facts) {
        const WORD: u32 = 40;
        if self.digits.len() < 7 || is_too_long(&self.digits) {
            return;
        }
        let beside = prose[self.end..].trim_start_matches([' ', ',', ';', '，', '\u{a0}']);
        let inside = beside.strip_prefix(['(', '（']).unwrap_or(beside);
        let at = (prose.len() - inside.len()) as u32;
        let words = facts.cues_in(CueSet::Extension, Stretch::new(at, at + WORD)).filter(|cue| cue.at.start == at);
        let word = words.map(|cue| (cue.at.end - at) as usize).max();
        let mark = || EXTENSION_MARKS.iter().find(|mark| starts_with_fold(inside, mark)).map(|it| it.len());
        let Some(word) = word.or_else(mark) else { return };
        let number = inside[word..].trim_start_matches(['.', ':', '：', '=', ' ', '\u{a0}', '\u{3000}']);
        let digits: String = number.chars().map_while(digit).take(7).collect();
        let length: usize = number.chars().take(digits.len()).map(char::len_utf8).sum();
        let closing = match (beside.len() > inside.len(), number[length..].chars().next()) {
            (true, Some(c @ (')' | '）'))) => c.len_utf8(),
            (true, _) => return,
            (false, after) if after.is_none_or(|c| class(c) != Class::Word && c != '#') => 0,
            (false, _) => return,
        };
        if (1..=6).contains(&digits.len()) {
            self.extension = Some(digits);
            self.end = prose.len() - number.len() + length + closing;
            self.beyond = self.beyond.max(self.end);
        }
    }

    fn could_be_dialled(&self, prose: &str) -> bool {
        let digits = self.digits.trim_start_matches('+').len();
        let plus = self.digits.starts_with('+');
        if digits < 3 || is_too_long(&self.digits) || (plus && digits < 6) {
            return false;
        }
        let before = prose[..self.start].chars().next_back();
        let after = prose[self.end..].chars().next();
        let divided =
            before == Some('/') && prose[..self.start - 1].ends_with(|c: char| digit(c).is_some() || c == ' ');
        if before.is_some_and(|c| !divided && joins_before(c, plus)) || after.is_some_and(joins_after) {
            return false;
        }
        if self.is_glued(prose) || self.is_masked(prose) {
            return false;
        }
        plus || !(self.is_date()
            || self.is_range()
            || self.is_amount()
            || self.is_address()
            || self.is_card()
            || self.is_hours()
            || is_counted(prose, self.start, self.end))
    }

    /// `1.5`, `2,480`, `10:30`: something else is glued on.
    fn is_glued(&self, prose: &str) -> bool {
        let pair = |c| c == '/' && (self.digits.len() >= 9 || self.digits.len() == 3 && self.groups() == 1);
        let glue = |c: Option<char>| {
            c.is_some_and(|c| matches!(c, ',' | '.' | ':' | '：' | '/' | '*' | '\'' | '’') && !pair(c))
        };
        let mut ahead = prose[self.end..].chars();
        if glue(ahead.next()) && ahead.next().is_some_and(|c| digit(c).is_some()) {
            return true;
        }
        let mut back = prose[..self.start].chars().rev();
        glue(back.next()) && back.next().is_some_and(|c| digit(c).is_some())
    }

    /// `+86 138 0013 XXXX`: an explanation of how numbers look.
    fn is_masked(&self, prose: &str) -> bool {
        let is_mask =
            |c: char| matches!(c, 'x' | 'X' | '×' | '*' | '＊' | '•' | '●' | '_' | '…' | 'ｘ' | 'Ｘ' | '?' | '#');
        let mut ahead = prose[self.end..].chars().skip_while(|c| matches!(c, ' ' | '-' | '.' | '\u{a0}' | '–'));
        let masked_after = ahead.next().is_some_and(is_mask)
            && ahead.next().is_some_and(|c| is_mask(c) || digit(c).is_some() || matches!(c, ' ' | '-'));
        let mut back = prose[..self.start].chars().rev().skip_while(|c| matches!(c, ' ' | '-' | '\u{a0}'));
        masked_after
            || (back.next().is_some_and(|c| matches!(c, 'x' | 'X' | '＊' | '•' | 'Ｘ'))
                && back.next().is_some_and(is_mask))
    }

    fn is_date(&self) -> bool {
        let [a, b, c] = self.group_lengths[..] else { return false };
        let same = self.separators.len() == 2 && self.separators[0] == self.separators[1];
        let digits = self.digits.trim_start_matches('+');
        // Also years of the calendars of Iran, of Islam and of Thailand.
        let year = |at: usize| digits.get(at..at + 4).is_some_and(|it| ("1300".."2700").contains(&it));
        let shape = match (a, b, c) {
            (4, 1..=2, 1..=2) => year(0),
            (1..=2, 1..=2, 4) => year(a + b),
            (1..=2, 1..=2, 2) => !self.has_no_month(),
            _ => false,
        };
        same && shape && matches!(self.separators[0], '-' | '.' | '/' | '‐' | '‑' | '–')
    }

    /// `28.28.25`: three pairs of which no order makes a day.
    fn has_no_month(&self) -> bool {
        let pair = |at: usize| self.digits.get(at..at + 2).and_then(|it| it.parse::<u8>().ok()).unwrap_or(1);
        let month = |at: usize| (1..=12).contains(&pair(at));
        let day = |at: usize| (1..=31).contains(&pair(at));
        self.group_lengths == [2, 2, 2] && !(month(0) && day(2) || month(2) && (day(0) || day(4)))
    }

    fn is_range(&self) -> bool {
        let slashes = self.separators.iter().filter(|c| **c == '/').count();
        let bands = slashes > 1 && slashes + 1 == self.groups();
        let [a, b] = self.group_lengths[..] else { return bands };
        let dash = self.separators.iter().filter(|c| !c.is_whitespace()).count() == 1;
        if (a, b) == (4, 4) && self.separators == ['-'] {
            return self.is_from_to();
        }
        dash && self.separators.iter().all(|c| matches!(c, '-' | '–' | '~' | '—' | '/' | ' ')) && a == b && a <= 4
    }

    /// `1998-2004` or `0900-1730`: years or hours. Two other groups of four are how many countries write numbers.
    fn is_from_to(&self) -> bool {
        let (Ok(from), Ok(to)) = (self.digits[..4].parse::<u16>(), self.digits[4..].parse::<u16>()) else {
            return true;
        };
        let year = |it: u16| (1900..2100).contains(&it);
        let hour = |it: u16| it <= 2400 && it % 100 < 60 && it.is_multiple_of(5);
        from < to && (year(from) && year(to) || hour(from) && hour(to))
    }

    /// `192.168.10.25`, but not `12.34.56.78`, which is how some countries write telephone numbers.
    fn is_address(&self) -> bool {
        let dots = self.separators.len() == 3 && self.separators.iter().all(|c| *c == '.');
        let lengths = &self.group_lengths;
        dots && lengths.len() == 4 && lengths.iter().all(|it| *it <= 3) && !lengths.iter().all(|it| *it == 2)
    }

    /// `1234 5678 1234 5678`.
    fn is_card(&self) -> bool {
        self.group_lengths == [4, 4, 4, 4]
    }

    /// `8.00-20.00`.
    fn is_hours(&self) -> bool {
        let [a, b, c, d] = self.group_lengths[..] else { return false };
        let joins: Vec<char> = self.separators.iter().copied().filter(|it| *it != ' ').collect();
        let dashed = matches!(joins[..], [first, dash, last] if first == last && matches!(dash, '-' | '–' | '—'));
        dashed && a <= 2 && b == 2 && c <= 2 && d == 2
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

/// What stands between a number and its extension in every language (RFC 3966, E.123); words are vocabulary.
const EXTENSION_MARKS: [&str; 3] = ["ext", "x", "#"];

/// How many digits the text begins with, up to a line break or anything that is no part of a number.
fn digits_ahead(text: &str) -> usize {
    let ahead = text.chars().take(24).take_while(|c| digit(*c).is_some() || *c != '\n' && is_separator(*c));
    ahead.filter(|c| digit(*c).is_some()).count()
}

fn starts_with_fold(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word))
}

/// Digits that count something or cost something: a currency or a unit stands beside them.
fn is_counted(prose: &str, start: usize, end: usize) -> bool {
    let is_space = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}');
    let before = prose[..start].trim_end_matches(is_space);
    let last = before.chars().next_back();
    if last.is_some_and(|c| is_currency(c) || c == '№') {
        return true;
    }
    let after = prose[end..].trim_start_matches(is_space);
    if after.chars().next().is_some_and(|c| is_currency(c) || matches!(c, '%' | '％' | '°')) {
        return true;
    }
    let length = after.bytes().take_while(u8::is_ascii_alphabetic).count();
    let unit = &after[..length];
    let whole = after[length..].chars().next().is_none_or(|c| class(c) != Class::Word);
    // Three capitals are a currency code.
    whole && (unit.len() == 3 && unit.bytes().all(|it| it.is_ascii_uppercase()) || UNITS.contains(&unit))
}

const UNITS: [&str; 16] =
    ["MHz", "GHz", "kHz", "Hz", "MB", "GB", "TB", "KB", "kB", "Mbps", "Kbps", "mAh", "km", "min", "kr", "zł"];

fn is_currency(c: char) -> bool {
    matches!(
        c,
        '$' | '€'
            | '£'
            | '¥'
            | '￥'
            | '₽'
            | '₺'
            | '₫'
            | '฿'
            | '₩'
            | '₹'
            | '₴'
            | '₦'
            | '₱'
            | '₪'
            | '₸'
            | '元'
            | '円'
            | '원'
            | '₵'
            | '৳'
    )
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
        '#' | '*' | '＊' | '＃' | '@' | '/' | '=' | '&' | '_' | '\\' | '%' | '~' | '^' | '<' | '{' => {
            !(plus && matches!(c, '/' | '~'))
        }
        '-' | '–' => true,
        c => is_currency(c) || class(c) == Class::Word && (!plus || c.is_ascii()),
    }
}

/// Characters that make the digits before them part of something else.
fn joins_after(c: char) -> bool {
    match c {
        '%' | '％' | '°' | '#' | '＃' | '@' | '_' | '=' | '&' | '…' => true,
        '年' | '月' | '日' | '岁' | '天' | '分' | '秒' | '小' | '个' | '個' | '條' | '条' | '次' | '倍' => {
            true
        }
        c => is_currency(c) || class(c) == Class::Word,
    }
}
