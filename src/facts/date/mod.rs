//! Dates in the text and in the front matter.

mod read;

use super::{Facts, LinkMention, Subject, Surroundings};
use crate::date::Date;
use crate::guide::{Block, BlockKind, Guide, Stretch};
use crate::knowledge::{CueSet, Knowledge};
use crate::text::Span;

/// A date a guide states.
#[derive(Clone, Debug)]
pub struct DateMention {
    /// Where.
    pub span: Span,
    /// Where, in the prose; `None` in the front matter.
    pub at: Option<Stretch>,
    /// Index of the block it stands in; `None` in the front matter.
    pub block: Option<u32>,
    /// As written.
    pub raw: String,
    /// The last day it can mean: a month has many, 3/4/2026 two. `None` when there is no such day.
    pub day: Option<Date>,
    /// The first day it can mean.
    pub earliest: Option<Date>,
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
    /// The day something ends.
    Until,
    /// Anything else.
    Other,
}

/// Keys of the front matter that say when a guide was checked, without `_`, `-` and capitals.
const CHECKED_KEYS: [&str; 18] = [
    "checked",
    "lastchecked",
    "verified",
    "lastverified",
    "reviewed",
    "lastreviewed",
    "reviewdate",
    "updated",
    "updatedat",
    "updateddate",
    "updatedon",
    "lastupdated",
    "lastupdate",
    "dateupdated",
    "lastmod",
    "lastmodified",
    "modified",
    "datemodified",
];
const PUBLISHED_KEYS: [&str; 9] = [
    "date",
    "published",
    "publishedat",
    "publisheddate",
    "publishdate",
    "pubdate",
    "datepublished",
    "created",
    "createdat",
];

/// What a key of the front matter says of its date.
pub fn role_of_key(key: &str) -> Option<DateRole> {
    let plain: String = key.chars().filter(|c| !matches!(c, '_' | '-')).map(|c| c.to_ascii_lowercase()).collect();
    if CHECKED_KEYS.contains(&plain.as_str()) {
        return Some(DateRole::Checked);
    }
    PUBLISHED_KEYS.contains(&plain.as_str()).then_some(DateRole::Published)
}

pub(super) fn find(guide: &Guide, facts: &Facts, knowledge: &Knowledge, subject: &Subject) -> Vec<DateMention> {
    let bare_era = subject.country.as_deref().and_then(|it| knowledge.languages.months.bare_era(it));
    let finder = Finder { guide, facts, knowledge, month_first: month_first(subject), bare_era };
    let mut dates = finder.in_front_matter();
    for (at, block) in guide.blocks.iter().enumerate() {
        if !matches!(block.kind, BlockKind::Alt | BlockKind::FrontMatter | BlockKind::Hidden) {
            finder.in_block(at as u32, block, &mut dates);
        }
    }
    dates
}

/// Whether 3/4/2026 is the fourth of March: in the United States; nobody knows in English of no country.
fn month_first(subject: &Subject) -> Option<bool> {
    match (subject.language.code.as_deref(), subject.country.as_deref()) {
        (Some("en"), Some("US")) => Some(true),
        (Some("en") | None, _) => None,
        _ => Some(false),
    }
}

/// Bytes around a date in which a word may say what it is.
const REACH: u32 = 120;

/// Links that may share a stretch of text: a picture in a link in a link.
const NESTED_LINKS: usize = 8;

struct Finder<'a> {
    guide: &'a Guide,
    facts: &'a Facts,
    knowledge: &'a Knowledge,
    month_first: Option<bool>,
    /// Our year before the first of the era that the guide's country counts in.
    bare_era: Option<i32>,
}

impl Finder<'_> {
    fn in_front_matter(&self) -> Vec<DateMention> {
        let Some(front) = &self.guide.front_matter else { return Vec::new() };
        let mut dates = Vec::new();
        for (key, value, span) in &front.entries {
            let (Some(role), Some(text)) = (role_of_key(key), value.as_text()) else { continue };
            let text = text.trim();
            let Some(at) = text.char_indices().find(|(_, c)| read::digit(*c).is_some()).map(|(at, _)| at) else {
                continue;
            };
            let Some(written) = read::read(text, at, &self.knowledge.languages.months, self.bare_era) else { continue };
            let (earliest, day) = written.days(self.month_first).unzip();
            dates.push(DateMention { span: *span, at: None, block: None, raw: text.to_owned(), day, earliest, role });
        }
        dates
    }

    fn in_block(&self, index: u32, block: &Block, dates: &mut Vec<DateMention>) {
        let text = self.guide.prose.text(block.prose);
        let base = block.prose.start as usize;
        let mut beyond = 0;
        for &start in self.facts.digit_starts.within(base, block.prose.end as usize) {
            let at = start as usize - base;
            let before = text[..at].chars().next_back().unwrap_or(' ');
            // The last day of a range follows upon the first: 2024/1/1-2024/4/30.
            let ends_range = before == '-' && beyond > 0 && at == beyond + 1;
            if at < beyond || !(ends_range || may_follow(before)) {
                continue;
            }
            if let Some((date, end)) = self.date(index, block, text, at) {
                dates.push(date);
                beyond = end;
            }
        }
    }

    fn date(&self, index: u32, block: &Block, text: &str, at: usize) -> Option<(DateMention, usize)> {
        let written = read::read(text, at, &self.knowledge.languages.months, self.bare_era)?;
        let stretch = Stretch::new(block.prose.start + written.start as u32, block.prose.start + written.end as u32);
        if self.is_in_address(stretch) {
            return None;
        }
        let role = self.role(index, block, stretch, written.short_year);
        // 3.28.18 is a version.
        let doubtful = role == DateRole::Other || written.days(self.month_first).is_none();
        if written.short_year && doubtful {
            return None;
        }
        let (earliest, day) = written.days(self.month_first).unzip();
        let date = DateMention {
            span: self.guide.prose.span(stretch),
            at: Some(stretch),
            block: Some(index),
            raw: text[written.start..written.end].to_owned(),
            day,
            earliest,
            role,
        };
        Some((date, written.end))
    }

    /// Whether a bare or pasted address holds the digits. Links are in the order of their texts.
    fn is_in_address(&self, stretch: Stretch) -> bool {
        let links = &self.facts.links;
        let after = links.partition_point(|link| link.text.start < stretch.end);
        links[after.saturating_sub(NESTED_LINKS)..after]
            .iter()
            .any(|link| is_address(link) && link.text.overlaps(stretch))
    }

    /// By the word beside it, by the other cells of its row, by the heading of its section.
    fn role(&self, index: u32, block: &Block, date: Stretch, short_year: bool) -> DateRole {
        const ROLES: [(CueSet, DateRole); 3] = [
            (CueSet::Published, DateRole::Published),
            (CueSet::Checked, DateRole::Checked),
            (CueSet::Until, DateRole::Until),
        ];
        let mut nearest: Option<(u32, DateRole, Stretch)> = None;
        // No farther than a word may stand: a block may hold thousands of dates.
        let near = Stretch::new(
            date.start.saturating_sub(REACH).max(block.prose.start),
            (date.end + REACH).min(block.prose.end),
        );
        for (set, role) in ROLES {
            for cue in self.facts.cues_in(set, near) {
                if let Some(gap) = self.gap(cue.at, date)
                    && nearest.is_none_or(|(known, ..)| gap < known)
                {
                    nearest = Some((gap, role, cue.at));
                }
            }
        }
        if let Some((_, role, cue)) = nearest {
            // "As of March 2022 there is no signal in tall buildings" dates a statement, not the guide.
            let unit = Surroundings::sentence_of(self.guide, index, date);
            let said = date.end.max(cue.end) - date.start.min(cue.start);
            return match role == DateRole::Until || said as usize * 4 >= unit.len() {
                true => role,
                false => DateRole::Other,
            };
        }
        if !short_year && self.ends_a_range(block, date) {
            return DateRole::Until;
        }
        if block.cell.is_some() {
            let row = Surroundings::of(self.guide, index, date);
            let cells = row.near().filter(|it| *it != block.prose && it.len() <= 60);
            if cells.into_iter().any(|it| self.facts.has_cue(CueSet::Checked, it)) {
                return DateRole::Checked;
            }
        }
        let role = |name: &str| self.knowledge.kinds.roles.iter().position(|it| it.name == name);
        let roles = &self.facts.roles;
        let from = roles.partition_point(|(section, _)| *section < block.section);
        let mut own = roles[from..].iter().take_while(|(section, _)| *section == block.section);
        let section = role("last-checked").is_some_and(|wanted| own.any(|(_, role)| usize::from(*role) == wanted));
        match section {
            true => DateRole::Checked,
            false => DateRole::Other,
        }
    }

    /// Whether another day stands right before it, joined by a dash or a word: "1 June to 30 June 2022".
    fn ends_a_range(&self, block: &Block, date: Stretch) -> bool {
        let before = self.guide.text(Stretch::new(block.prose.start, date.start)).trim_end();
        let Some(first) = RANGES.iter().find_map(|word| before.strip_suffix(word)) else { return false };
        // A word of letters needs a space before it, or a script without spaces.
        let joined =
            before[first.len()..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, 'à' | 'п' | 'д'));
        let day = first.trim_end();
        let month = || self.knowledge.languages.months.at_end(day.trim_end_matches('.')).is_some();
        // "du 1er au 30 novembre".
        let ordinal = || ["er", "º", "ª", "-го"].iter().any(|it| day.strip_suffix(it).is_some_and(ends_in_digit));
        (!joined || day.len() < first.len())
            && (day.ends_with(['日', '号', '號', '일', '년', '年']) || ends_in_digit(day) || month() || ordinal())
    }

    /// Bytes between a word and a date that belong together.
    fn gap(&self, cue: Stretch, date: Stretch) -> Option<u32> {
        let (from, to, most) = match cue.end <= date.start {
            true => (cue.end, date.start, 30),
            // After the date only right beside it: 2026年11月22日更新, 2026-11-22 tarihinde güncellendi.
            false if cue.start >= date.end => (date.end, cue.start, 16),
            false => return None,
        };
        let gap = to - from;
        if gap > most {
            return None;
        }
        let between = self.guide.text(Stretch::new(from, to));
        let parted = between.contains(['。', '；', ';', '\u{1f}', '!', '?', '(', ')', '（', '）'])
            || between.contains(". ")
            || between.contains(|c| read::digit(c).is_some());
        // A word before binds closer than a word after.
        (!parted).then_some(if from == cue.end { gap } else { gap + most })
    }
}

/// What joins the first day of something to its last, in the languages we know.
const RANGES: [&str; 28] = [
    "–",
    "—",
    "-",
    "~",
    "～",
    "〜",
    "至",
    "到",
    "から",
    "부터",
    "to",
    "through",
    "till",
    "al",
    "a",
    "ao",
    "à",
    "au",
    "bis",
    "bis zum",
    "по",
    "до",
    "đến ngày",
    "đến",
    "sampai",
    "s.d.",
    "ถึง",
    "إلى",
];

fn ends_in_digit(text: &str) -> bool {
    text.chars().next_back().is_some_and(|c| read::digit(c).is_some())
}

/// A bare or pasted address, whose numbers are no dates.
fn is_address(link: &LinkMention) -> bool {
    link.is_bare || link.text_is_url
}

/// What may stand before the first digit of a date.
fn may_follow(before: char) -> bool {
    !(before.is_ascii_alphanumeric()
        || matches!(before, '+' | '#' | '*' | '_' | '$' | '€' | '£' | '¥' | '￥')
        || matches!(before, '-' | '.' | '/' | ','))
        && read::digit(before).is_none()
}
