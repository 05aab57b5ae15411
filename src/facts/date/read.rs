//! Reads one written date, in the forms of many languages: digits with stroke, point or hyphen, names of months,
//! 年月日 and 년월일, other digits than ours, Buddhist, Minguo and Japanese years.

use crate::date::Date;
use crate::knowledge::Months;

/// A date as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    year: i32,
    month: u32,
    /// `None` when only the month is given.
    day: Option<u32>,
    /// Day and month may stand in either order.
    either: bool,
    /// The year has two digits: a date only where the text says so.
    pub(super) short_year: bool,
    /// Where it begins and ends, in bytes.
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Written {
    /// The first and the last day it can mean; `None` when there is no such day.
    pub(super) fn days(&self, month_first: Option<bool>) -> Option<(Date, Date)> {
        let year = i16::try_from(self.year).ok()?;
        let at = |month: u32, day: u32| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        let Some(day) = self.day else {
            let first = at(self.month, 1)?;
            return Some((first, (28..=31).rev().find_map(|day| at(self.month, day))?));
        };
        let plain = at(self.month, day);
        if !self.either {
            return plain.map(|it| (it, it));
        }
        let swapped = at(day, self.month);
        match (plain, swapped, month_first) {
            (Some(plain), Some(_), Some(false)) => Some((plain, plain)),
            (Some(_), Some(swapped), Some(true)) => Some((swapped, swapped)),
            (Some(plain), Some(swapped), None) => Some((plain.min(swapped), plain.max(swapped))),
            (Some(only), None, _) | (None, Some(only), _) => Some((only, only)),
            (None, None, _) => None,
        }
    }
}

/// Reads a date that begins, or whose number begins, at byte `at` of `text`; there stands a digit. `bare_era` is the year before the
/// first of the era that the guide's country counts in.
pub(super) fn read(text: &str, at: usize, months: &Months, bare_era: Option<i32>) -> Option<Written> {
    let run = Reader { text, at };
    let before = &text[..at];
    let (value, digits, after) = run.number()?;
    match digits {
        4 => month_before(before, months)
            .and_then(|(month, start)| Some(dated(year(value)?, month, None, start, after)))
            .filter(|_| !goes_on(&text[after..]))
            .or_else(|| year_first(text, at, value, after)),
        1 | 2 => era(before, value, months)
            .and_then(|(year, start)| ideographic(text, year, start, after))
            .or_else(|| day_first(text, at, value, after, months))
            .or_else(|| month_name_day_year(text, before, value, after, months)),
        3 => era(before, value, months)
            .or_else(|| Some((year_of(bare_era?, value)?, at)))
            .and_then(|(year, start)| ideographic(text, year, start, after)),
        _ => None,
    }
    .filter(|it| ends_well(&text[it.end..]) || begins_range(&text[it.start..it.end], &text[it.end..]))
}

/// Whether a year is the beginning of a date of its own.
fn goes_on(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        Some('年' | '년') => true,
        Some('-' | '/' | '.') => chars.next().is_some_and(|c| digit(c).is_some()),
        _ => false,
    }
}

/// A day, a month or a year may not run on into a longer number or word.
fn ends_well(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        Some('T') => chars.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) if c.is_ascii_alphanumeric() || c == '_' || digit(c).is_some() => false,
        Some('-' | '/' | '.') => chars.next().is_none_or(|c| digit(c).is_none()),
        _ => true,
    }
}

/// Whether a hyphen leads from a date to the day something ends: `2024/1/1-2024/4/30`, `2024年1月1日-2024年4月30日`,
/// `01.01.2024-30.04.2024`. Between hyphens alone nobody knows where one ends.
fn begins_range(date: &str, rest: &str) -> bool {
    let Some(rest) = rest.strip_prefix('-') else { return false };
    let first = rest.bytes().take_while(u8::is_ascii_digit).count();
    let goes_on = match first {
        4 => rest[first..].starts_with(['/', '.', '年', '년']),
        // The day comes first in both.
        1 | 2 => rest[first..].starts_with(['/', '.']) && !date.bytes().take(4).all(|it| it.is_ascii_digit()),
        _ => false,
    };
    goes_on && !date.contains('-')
}

fn dated(year: i32, month: u32, day: Option<u32>, start: usize, end: usize) -> Written {
    Written { year, month, day, either: false, short_year: false, start, end }
}

/// `2026-11-22`, `2026/11/22`, `2026. 11. 22.`, `2026-11`, `2026年11月22日`, `2026년 11월 22일`.
fn year_first(text: &str, at: usize, value: u32, after: usize) -> Option<Written> {
    let year = year(value)?;
    let separator = text[after..].chars().next()?;
    if separator == '年' || separator == '년' || text[after..].trim_start().starts_with(['年', '년']) {
        return ideographic(text, year, at, after);
    }
    if !matches!(separator, '-' | '/' | '.') {
        return None;
    }
    let spaced = separator == '.';
    let reader = Reader { text, at: after + 1 };
    let (month, digits, next) = if spaced { reader.skip_spaces().number()? } else { reader.number()? };
    if digits > 2 || month > 31 {
        return None;
    }
    let Some(rest) = Reader { text, at: next }.eat(separator) else {
        let whole = separator != '.' && digits == 2 && (1..=12).contains(&month);
        return whole.then(|| dated(year, month, None, at, next));
    };
    let rest = if spaced { rest.skip_spaces() } else { rest };
    let (day, digits, end) = rest.number().filter(|it| it.1 <= 2 && it.0 <= 31)?;
    // Four numbers between points are an address or a version, and so is a month that no calendar has.
    let odd = month == 0 || month > 12 || day == 0;
    if digits > 2 || (separator == '.' && odd) {
        return None;
    }
    Some(dated(year, month, Some(day), at, end))
}

/// What follows a year before 年 or 년.
fn ideographic(text: &str, year: i32, start: usize, after: usize) -> Option<Written> {
    let reader = Reader { text, at: after }.skip_spaces().eat_any(&['年', '년'])?.skip_spaces();
    let (month, digits, next) = reader.number()?;
    let reader = Reader { text, at: next }.skip_spaces().eat_any(&['月', '월'])?;
    if digits > 2 {
        return None;
    }
    let day = reader.skip_spaces().number().and_then(|(day, digits, next)| {
        let end = Reader { text, at: next }.skip_spaces().eat_any(&['日', '号', '號', '일'])?;
        (digits <= 2).then_some((day, end.at))
    });
    Some(match day {
        Some((day, end)) => dated(year, month, Some(day), start, end),
        None if (1..=12).contains(&month) => dated(year, month, None, start, reader.at),
        None => return None,
    })
}

/// `22/11/2026`, `22.11.2026`, `11/2026`, `22. November 2026`, `22 de noviembre de 2026`, `ngày 22 tháng 11 năm 2026`.
fn day_first(text: &str, at: usize, first: u32, after: usize, months: &Months) -> Option<Written> {
    let separator = text[after..].chars().next()?;
    if matches!(separator, '/' | '.' | '-')
        && let Some((second, digits, next)) = (Reader { text, at: after + 1 }).number()
    {
        return numeric(text, at, (first, second, digits, next), separator);
    }
    let reader =
        Reader { text, at: after }.skip_ordinal().skip_spaces().skip_words(&["de ", "of ", "d'", "d’", "dne "]);
    let (month, next) = reader.month(months)?;
    let reader = Reader { text, at: next }.skip_punctuation().skip_year_words();
    let (value, digits, end) = reader.number()?;
    let shaped = digits == 4 && (1..=31).contains(&first);
    shaped.then(|| Some(dated(year(value)?, month, Some(first), at, end)))?
}

fn numeric(text: &str, at: usize, parts: (u32, u32, usize, usize), separator: char) -> Option<Written> {
    let (first, second, digits, next) = parts;
    if digits == 4 && separator != '-' {
        let whole = (1..=12).contains(&first) && separator == '/';
        return whole.then(|| Some(dated(year(second)?, first, None, at, next)))?;
    }
    let (value, digits, end) = Reader { text, at: next }.eat(separator)?.number()?;
    let dayish = first.max(second) <= 31 && first.min(second) <= 12 && first.min(second) > 0;
    if !dayish {
        return None;
    }
    let (year, short_year) = match digits {
        4 => (year(value)?, false),
        2 => (2000 + value as i32, true),
        _ => return None,
    };
    // With points the day comes first everywhere.
    let either = separator != '.';
    Some(Written { year, month: second, day: Some(first), either, short_year, start: at, end })
}

/// `November 22, 2026`, `Nov. 22nd 2026`.
fn month_name_day_year(text: &str, before: &str, day: u32, after: usize, months: &Months) -> Option<Written> {
    if let Some(start) = vietnamese_month(before) {
        let (value, digits, end) =
            Reader { text, at: after }.skip_spaces().skip_words(&["/", ","]).skip_year_words().number()?;
        let shaped = digits == 4 && (1..=12).contains(&day);
        return shaped.then(|| Some(dated(year(value)?, day, None, start, end)))?;
    }
    let (month, start) = month_before(before, months)?;
    let reader = Reader { text, at: after }.skip_ordinal().skip_spaces().skip_words(&[","]).skip_spaces();
    let (value, digits, end) = reader.number()?;
    let shaped = digits == 4 && (1..=31).contains(&day);
    shaped.then(|| Some(dated(year(value)?, month, Some(day), start, end)))?
}

/// A month's name that ends right before a number, and where it begins.
fn month_before(before: &str, months: &Months) -> Option<(u32, usize)> {
    let trimmed = before.trim_end_matches([' ', '\u{a0}']);
    if trimmed.len() == before.len() && !trimmed.ends_with(|c: char| matches!(c as u32, 0xE00..=0xE7F)) {
        return None;
    }
    let mut name = trimmed.trim_end_matches([',', '.']);
    for word in [" de", " del", " พ.ศ", "พ.ศ", " ค.ศ", "ค.ศ", " năm"] {
        name = name.strip_suffix(word).unwrap_or(name);
    }
    let name = name.trim_end_matches([' ', '\u{a0}']);
    let whole = || (name.len() < trimmed.len()).then(|| months.at_end(trimmed))?;
    months.at_end(name).or_else(whole).map(|(month, start)| (u32::from(month), start))
}

fn vietnamese_month(before: &str) -> Option<usize> {
    let trimmed = before.strip_suffix(' ')?;
    let start = trimmed.len().checked_sub("tháng".len())?;
    let word = trimmed.get(start..)?;
    (word == "tháng" || word == "Tháng").then_some(start)
}

/// `民國115`, `令和8`: the year it means, and where it begins.
fn era(before: &str, value: u32, months: &Months) -> Option<(i32, usize)> {
    let (before_first, start) = months.era_at_end(before)?;
    Some((before_first + value as i32, start))
}

/// The year a bare number means in an era, if it is one of ours: 100 months are no year.
fn year_of(before_first: i32, value: u32) -> Option<i32> {
    let year = before_first + value as i32;
    (1990..=2100).contains(&year).then_some(year)
}

/// A year of our calendar; Buddhist years are counted down.
fn year(value: u32) -> Option<i32> {
    match value {
        1990..=2100 => Some(value as i32),
        2533..=2643 => Some(value as i32 - 543),
        _ => None,
    }
}

/// The value of a digit in the scripts that guides are written in.
pub(super) fn digit(c: char) -> Option<u32> {
    let zero = match c as u32 {
        0x30..=0x39 => 0x30,
        0xFF10..=0xFF19 => 0xFF10,
        0x660..=0x669 => 0x660,
        0x6F0..=0x6F9 => 0x6F0,
        0x966..=0x96F => 0x966,
        0x9E6..=0x9EF => 0x9E6,
        0xE50..=0xE59 => 0xE50,
        _ => return None,
    };
    Some(c as u32 - zero)
}

/// What follows the number of a day that is counted.
const SUFFIXES: [&str; 22] = [
    "st", "nd", "rd", "th", "er", "ste", "de", "e", ".º", "º", "-го", "-е", "ª", "°", ".", "ης", "η", "লা", "রা", "ঠা",
    "শে", "ই",
];

/// A place in a text.
#[derive(Clone, Copy)]
struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(self) -> &'a str {
        &self.text[self.at..]
    }

    /// Value, count of digits and end of a number of up to four digits.
    fn number(self) -> Option<(u32, usize, usize)> {
        let (mut value, mut count, mut end) = (0, 0, self.at);
        for c in self.rest().chars() {
            let Some(digit) = digit(c) else { break };
            count += 1;
            if count > 4 {
                return None;
            }
            value = value * 10 + digit;
            end += c.len_utf8();
        }
        (count > 0).then_some((value, count, end))
    }

    fn eat(self, wanted: char) -> Option<Reader<'a>> {
        self.rest().starts_with(wanted).then(|| Reader { at: self.at + wanted.len_utf8(), ..self })
    }

    fn eat_any(self, wanted: &[char]) -> Option<Reader<'a>> {
        wanted.iter().find_map(|&it| self.eat(it))
    }

    fn skip_spaces(self) -> Reader<'a> {
        let rest = self.rest();
        let skipped = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', '\n']).len();
        Reader { at: self.at + skipped.min(4), ..self }
    }

    /// `1st`, `1er`, `1.º`, `1.`, `1-го`, `3de`, `1η`, `১লা`, `৩০শে`.
    fn skip_ordinal(self) -> Reader<'a> {
        for suffix in SUFFIXES {
            if let Some(rest) = self.rest().strip_prefix(suffix)
                && !rest.starts_with(|c: char| c.is_alphanumeric())
            {
                return Reader { at: self.at + suffix.len(), ..self };
            }
        }
        self
    }

    fn skip_words(self, words: &[&str]) -> Reader<'a> {
        match words.iter().find(|word| self.rest().starts_with(**word)) {
            Some(word) => Reader { at: self.at + word.len(), ..self }.skip_spaces(),
            None => self,
        }
    }

    /// What stands between a month's name and the year.
    fn skip_punctuation(self) -> Reader<'a> {
        self.skip_words(&[".,", ",", ".", "،", "/"]).skip_spaces()
    }

    /// "de 2026", "năm 2026", "พ.ศ. 2569".
    fn skip_year_words(self) -> Reader<'a> {
        self.skip_words(&["del ", "de ", "năm ", "พ.ศ. ", "พ.ศ.", "ค.ศ. ", "ค.ศ.", "ปี ", "พุทธศักราช ", "عام ", "tahun "])
    }

    fn month(self, months: &Months) -> Option<(u32, usize)> {
        if let Some((month, length)) = months.at_start(self.rest()) {
            return Some((u32::from(month), self.at + length));
        }
        let rest = self.rest().strip_prefix("tháng ").or_else(|| self.rest().strip_prefix("Tháng "))?;
        let (month, digits, end) = Reader { text: self.text, at: self.text.len() - rest.len() }.number()?;
        (digits <= 2 && (1..=12).contains(&month)).then_some((month, end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, LazyLock};

    use crate::knowledge::Knowledge;

    fn read_first(text: &str) -> Option<(String, Option<String>)> {
        static KNOWLEDGE: LazyLock<Arc<Knowledge>> = LazyLock::new(Knowledge::builtin);
        let mut at = 0;
        while at < text.len() {
            let c = text[at..].chars().next()?;
            if digit(c).is_some() {
                if let Some(written) = read(text, at, &KNOWLEDGE.languages.months, Some(1911)) {
                    let days = written.days(None).map(|(first, last)| match first == last {
                        true => first.to_string(),
                        false => format!("{first}..{last}"),
                    });
                    return Some((text[written.start..written.end].to_owned(), days));
                }
                at += text[at..].chars().take_while(|&c| digit(c).is_some()).map(char::len_utf8).sum::<usize>();
            } else {
                at += c.len_utf8();
            }
        }
        None
    }

    #[test]
    fn dates_are_read_in_every_form() {
        let same = [
            "2026-10-03",
            "2026/10/3",
            "2026.10.03",
            "2026. 10. 3.",
            "2026-10-03T12:00:00Z",
            "2026年10月3日",
            "2026 年 10 月 3 日",
            "２０２６年１０月３日",
            "民國115年10月3日",
            "中華民國 115 年 10 月 3 日",
            "115年10月3日",
            "令和8年10月3日",
            "2026년 10월 3일",
            "3 October 2026",
            "3rd of October 2026",
            "October 3, 2026",
            "Oct. 3rd, 2026",
            "3 de octubre de 2026",
            "3 de outubro de 2026",
            "3 octobre 2026",
            "3. Oktober 2026",
            "3 ottobre 2026",
            "3 октября 2026 г.",
            "3-го октября 2026",
            "3 жовтня 2026",
            "3 października 2026",
            "3 Ekim 2026",
            "3 tetor 2026",
            "ngày 3 tháng 10 năm 2026",
            "3 Oktober 2026",
            "3 ตุลาคม พ.ศ. 2569",
            "3 ตุลาคม 2569",
            "3 ต.ค. 2569",
            "٣ أكتوبر ٢٠٢٦",
            "3 تشرين الأول 2026",
            "03.10.2026",
            "๓ ตุลาคม ๒๕๖๙",
            "3 oktober 2026",
            "3 Οκτωβρίου 2026",
            "3 अक्टूबर 2026",
            "३ अक्टूबर २०२६",
            "৩ অক্টোবর ২০২৬",
            "৩ অক্টোবর, ২০২৬",
            "৩রা অক্টোবর ২০২৬",
            "3e oktober 2026",
            "3de oktober 2026",
            "3η Οκτωβρίου 2026",
        ];
        for text in same {
            let found = read_first(text);
            assert_eq!(found.as_ref().and_then(|it| it.1.as_deref()), Some("2026-10-03"), "{text}: {found:?}");
        }
    }

    #[test]
    fn first_days_and_months_and_doubtful_orders() {
        let cases = [
            ("1er septembre 2026", "2026-09-01"),
            ("12 Mart 2021", "2021-03-12"),
            ("12 Mac 2021", "2021-03-12"),
            ("31 Ogos 2021", "2021-08-31"),
            ("Julai 2021", "2021-07-01..2021-07-31"),
            ("١٢/٣/٢٠٢٤", "2024-03-12..2024-12-03"),
            ("३/१०/२०२६", "2026-03-10..2026-10-03"),
            ("22/11/2026", "2026-11-22"),
            ("11/22/2026", "2026-11-22"),
            ("October 2026", "2026-10-01..2026-10-31"),
            ("octubre de 2026", "2026-10-01..2026-10-31"),
            ("2026年10月", "2026-10-01..2026-10-31"),
            ("2026-02", "2026-02-01..2026-02-28"),
            ("10/2026", "2026-10-01..2026-10-31"),
            ("tháng 10 năm 2026", "2026-10-01..2026-10-31"),
            ("tháng 10/2026", "2026-10-01..2026-10-31"),
            ("ตุลาคม 2569", "2026-10-01..2026-10-31"),
            ("le 1er août 2026", "2026-08-01"),
            ("1–3 October 2026", "2026-10-03"),
            ("2026/10/1-2026/10/31", "2026-10-01"),
            ("01.10.2026-31.10.2026", "2026-10-01"),
            ("2026年10月1日-2026年10月31日", "2026-10-01"),
        ];
        for (text, wanted) in cases {
            let found = read_first(text);
            assert_eq!(found.as_ref().and_then(|it| it.1.as_deref()), Some(wanted), "{text}: {found:?}");
        }
    }

    #[test]
    fn days_that_no_calendar_has() {
        for text in [
            "2026-02-30",
            "30 February 2026",
            "31 апреля 2026",
            "2026年2月30日",
            "31/02/2026",
            "2026-13-01",
            "29.02.2025",
        ] {
            assert!(matches!(read_first(text), Some((_, None))), "{text}: {:?}", read_first(text));
        }
    }

    #[test]
    fn what_only_looks_like_a_date() {
        for text in [
            "1.2.3",
            "2026.13.1",
            "192.168.20.26",
            "call 2026",
            "10-20",
            "12 2026",
            "v2026.1.2b",
            "+355 69 123 4567",
            "3 out of 2026x",
            "$8.900",
            "18-60",
            "30/2",
            "45/99/2026",
            "2026-10-03-1234",
            "100個月",
            "720年10月3日",
        ] {
            assert_eq!(read_first(text), None, "{text}");
        }
    }
}
