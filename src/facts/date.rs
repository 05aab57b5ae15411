//! Dates in the text and in the front matter.

use super::Facts;
use crate::date::Date;
use crate::guide::{BlockKind, Guide, Stretch};
use crate::knowledge::CueSet;
use crate::text::Span;

/// A date a guide states.
#[derive(Clone, Debug)]
pub struct DateMention {
    /// Where.
    pub span: Span,
    /// Where, in the prose; `None` in the front matter.
    pub at: Option<Stretch>,
    /// As written.
    pub raw: String,
    /// The day; `None` when there is no such day.
    pub day: Option<Date>,
    /// What it is said to be.
    pub role: DateRole,
}

/// What a date is said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateRole {
    /// The day the guide was last checked or updated.
    Checked,
    /// The day it was published.
    Published,
    /// Anything else.
    Other,
}

const CHECKED_KEYS: [&str; 8] =
    ["checked", "last_checked", "verified", "reviewed", "updated", "lastmod", "last_modified", "modified"];
const PUBLISHED_KEYS: [&str; 4] = ["date", "published", "pubdate", "created"];

pub(super) fn find(guide: &Guide, facts: &Facts, _today: Date) -> Vec<DateMention> {
    let mut dates = Vec::new();
    if let Some(front) = &guide.front_matter {
        for (key, value, span) in &front.entries {
            let is = |keys: &[&str]| keys.iter().any(|it| key.replace('-', "_").eq_ignore_ascii_case(it));
            let role = match (is(&CHECKED_KEYS), is(&PUBLISHED_KEYS)) {
                (true, _) => DateRole::Checked,
                (_, true) => DateRole::Published,
                _ => continue,
            };
            let Some(text) = value.as_text() else { continue };
            let Some(numbers) = numeric(text) else { continue };
            dates.push(DateMention { span: *span, at: None, raw: text.to_owned(), day: numbers.day(), role });
        }
    }
    for block in &guide.blocks {
        if !matches!(block.kind, BlockKind::Alt | BlockKind::LinkTitle | BlockKind::FrontMatter | BlockKind::Hidden) {
            in_block(guide, facts, block.prose, &mut dates);
        }
    }
    dates
}

/// Year, month and day as written, whether or not the calendar has them.
struct Numbers {
    year: i16,
    month: i8,
    day: i8,
}

impl Numbers {
    fn day(&self) -> Option<Date> {
        Date::new(self.year, self.month, self.day)
    }
}

/// `2026-11-22`, with anything after it.
fn numeric(text: &str) -> Option<Numbers> {
    let head = text.trim().get(..10)?;
    let bytes = head.as_bytes();
    let separators = (bytes[4] == b'-' && bytes[7] == b'-') || (bytes[4] == b'/' && bytes[7] == b'/');
    if !separators {
        return None;
    }
    Some(Numbers { year: head[..4].parse().ok()?, month: head[5..7].parse().ok()?, day: head[8..].parse().ok()? })
}

/// `2026-11-22`, `2026年11月22日` in a block's text.
fn in_block(guide: &Guide, facts: &Facts, block: Stretch, dates: &mut Vec<DateMention>) {
    let text = guide.prose.text(block);
    let bytes = text.as_bytes();
    let mut at = 0;
    while at + 8 <= bytes.len() {
        if !bytes[at].is_ascii_digit() || (at > 0 && bytes[at - 1].is_ascii_digit()) {
            at += 1;
            continue;
        }
        let run = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let found = (run == 4).then(|| read_date(text, at)).flatten();
        let Some((numbers, end)) = found else {
            at += run;
            continue;
        };
        let stretch = Stretch::new(block.start + at as u32, block.start + end as u32);
        let role = match facts.has_cue(CueSet::Checked, block) {
            true => DateRole::Checked,
            false => DateRole::Other,
        };
        dates.push(DateMention {
            span: guide.prose.span(stretch),
            at: Some(stretch),
            raw: text[at..end].to_owned(),
            day: numbers.day(),
            role,
        });
        at = end;
    }
}

fn read_date(text: &str, at: usize) -> Option<(Numbers, usize)> {
    let year: i16 = text.get(at..at + 4)?.parse().ok()?;
    if !(1990..=2100).contains(&year) {
        return None;
    }
    let mut rest = &text[at + 4..];
    let chinese = rest.starts_with('年');
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.' | '年'))?;
    rest = &rest[separator.len_utf8()..];
    let (month, rest) = number(rest.trim_start_matches(' '))?;
    let between = rest.chars().next()?;
    if between != if chinese { '月' } else { separator } {
        return None;
    }
    let (day, rest) = number(rest[between.len_utf8()..].trim_start_matches(' '))?;
    let rest = match (chinese, rest.chars().next()) {
        (true, Some(c @ ('日' | '号' | '號'))) => &rest[c.len_utf8()..],
        (true, _) => return None,
        (false, Some(c)) if c.is_ascii_alphanumeric() && c != 'T' => return None,
        _ => rest,
    };
    Some((Numbers { year, month, day }, text.len() - rest.len()))
}

fn number(text: &str) -> Option<(i8, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=2).contains(&length) {
        return None;
    }
    Some((text[..length].parse().ok()?, &text[length..]))
}
