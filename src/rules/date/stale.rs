use crate::declare_rule;
use crate::diagnostic::{Confidence, Message, RuleMeta, RuleOption, Severity, Wording};
use crate::facts::{DateMention, DateRole, Surroundings};
use crate::guide::{BlockKind, Stretch};
use crate::knowledge::{CueSet, GuideKind};
use crate::rule::{Context, Findings, Rule, kind_title};

declare_rule! {
    /// Flags a guide that has not been checked for too long, an offer that is over, and a title that calls an old year new.
    ///
    /// ## Why
    /// Plans, prices and shops change within a year. A reader who meets an ended offer has lost a trip to a shop.
    ///
    /// ## How it decides
    /// How old a check may be depends on the kind of guide (`stale_after_months` in `rules/guides/<kind>.toml`, or
    /// `stale-months` under `[kinds.<kind>]` in `guidelint.toml`, which beats the option `months`); the newest date counts. Where only the day of publication is known it is an info. An offer is over when a word of ending
    /// ("until", 截止) stands at a past date and the same sentence or list item speaks of an offer, a price or a plan, and not of what
    /// was. A title
    /// is old when a year beside "latest" or 最新 has been over for half a year. Dates of diary entries, and of what happened, are
    /// left alone.
    ///
    /// ```md bad
    /// # How to cancel an Albanian SIM
    ///
    /// Last checked: 3 May 2019.
    /// ```
    ///
    /// ```md good
    /// # How to cancel an Albanian SIM
    ///
    /// The network was renamed on 27 July 2020. Last checked: 2026-11-01.
    /// ```
    pub Stale {
        name: "date/stale",
        severity: Warning,
        confidence: High,
        options: {
            months: Option<u32> = RuleOption::number("months", 1, 600, None, "months after which a check is too old, for guides of every recognised kind; else each kind says so itself"),
        },
        since: "0.1.0",
        wordings: [OLD_CHECK, OLD_PUBLICATION, ENDED, OLD_YEAR, AFTER, AFTER_OWN, CHECK_AGAIN, REMOVE_OFFER, RENEW],
    }
}

static OLD_CHECK: Wording = Wording::new(
    "date/stale",
    "last checked on `{date}`, {months} months ago",
    "最后核实于 `{date}`，距今已 {months} 个月",
);
static OLD_PUBLICATION: Wording = Wording::new(
    "date/stale.published",
    "published on `{date}`, {months} months ago, and nothing says it was checked since",
    "发布于 `{date}`，距今已 {months} 个月，其后没有核实记录",
);
static ENDED: Wording = Wording::new("date/stale.offer", "this offer ended: `{date}`", "此优惠已过期：`{date}`");
static OLD_YEAR: Wording = Wording::new(
    "date/stale.year",
    "`{year}` is called the latest, and it is {today}",
    "标题称“最新”的年份是 `{year}`，而现在是 {today}",
);
static AFTER: Wording = Wording::new(
    "date/stale.after",
    "a guide to {kind} should be looked at every {months} months (kind `{name}`)",
    "关于{kind}的指南应每 {months} 个月核实一次（类别 `{name}`）",
);
static AFTER_OWN: Wording = Wording::new(
    "date/stale.after-own",
    "this project looks at its guides every {months} months (`months` of `date/stale`)",
    "本项目每 {months} 个月核实一次指南（`date/stale` 的 `months`）",
);
static CHECK_AGAIN: Wording =
    Wording::new("date/stale.help", "check the facts again and write the new date", "请重新核实内容并更新日期");
static REMOVE_OFFER: Wording =
    Wording::new("date/stale.remove", "remove it, or say what holds now", "请删除，或写明现在的情况");
static RENEW: Wording = Wording::new(
    "date/stale.renew",
    "check the facts again, or take the year out of the title",
    "请重新核实内容，或从标题中去掉年份",
);

impl Rule for Stale {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        if let Some(kind) = cx.subject.kind.as_deref().and_then(|name| cx.knowledge.kinds.kind(name)) {
            self.old_guide(cx, kind, findings);
        }
        if cx.subject.telecom {
            let dates = cx.facts.dates.iter().enumerate();
            dates.filter(|(at, date)| is_ended_offer(cx, date, &cx.facts.dates[at + 1..])).for_each(|(_, date)| {
                findings
                    .report(date.span, Message::new(&ENDED).with("date", date.raw.as_str()))
                    .confidence(Confidence::Medium)
                    .help(Message::new(&REMOVE_OFFER));
            });
            old_year(cx, findings);
        }
    }
}

impl Stale {
    fn old_guide(&self, cx: &Context<'_>, kind: &GuideKind, findings: &mut Findings<'_>) {
        // What the project says of a kind is narrower than what it says of the rule.
        let of_kind = cx.subject.own_stale_months;
        let Some(months) = of_kind.or(self.months).or(kind.stale_after_months) else { return };
        let newest = |role: DateRole| {
            cx.facts.dates.iter().filter(|it| it.role == role && it.day.is_some()).max_by_key(|it| it.day)
        };
        let (checked, published) = (newest(DateRole::Checked), newest(DateRole::Published));
        let Some(date) = checked.or(published) else { return };
        let Some(day) = date.day.filter(|day| *day < cx.today.months_before(months as i32)) else { return };
        let (wording, severity) = match checked.is_some() {
            true => (&OLD_CHECK, Severity::Warning),
            false => (&OLD_PUBLICATION, Severity::Info),
        };
        let ((year, month, _), (then_year, then_month, _)) = (cx.today.parts(), day.parts());
        let age = (i32::from(year) - i32::from(then_year)) * 12 + i32::from(month) - i32::from(then_month);
        let because = match self.months {
            Some(_) if of_kind.is_none() => Message::new(&AFTER_OWN),
            _ => Message::new(&AFTER).with("kind", kind_title(&kind.title)).with("name", kind.name.as_str()),
        };
        findings
            .report(
                date.span,
                Message::new(wording).with("date", date.raw.as_str()).with("months", age.max(0) as usize),
            )
            .severity(severity)
            .because(because.with("months", months as usize))
            .help(Message::new(&CHECK_AGAIN));
    }
}

/// Bytes between the first day of a range and its last.
const RANGE: u32 = 40;

/// A past day at which something ends, in a sentence that speaks of an offer; `ahead` are the dates after it.
fn is_ended_offer(cx: &Context<'_>, date: &DateMention, ahead: &[DateMention]) -> bool {
    let (Some(at), Some(block), Some(day)) = (date.at, date.block, date.day) else { return false };
    if date.role != DateRole::Until || day >= cx.today {
        return false;
    }
    // Of "from 20 July until 14 August" the second day is the end.
    let near = |it: &&DateMention| it.block == date.block && it.at.is_some_and(|it| it.start <= at.end + RANGE);
    let mut range = ahead.iter().take_while(near);
    if range.any(|it| it.role == DateRole::Until && it.day > Some(day)) {
        return false;
    }
    let around = Surroundings::of(cx.guide, block, at);
    around.unit.iter().any(|unit| cx.facts.has_cue(CueSet::Offer, *unit)) && !is_told_as_past(cx, block, at)
}

/// "Until 31 December the price was 100, now it is 150", "for lines opened until 31 December": the sentence begins with the end and goes on
/// in the past, or the word for the past governs the end. "Was 100, now 80 until 31 December" is an offer.
fn is_told_as_past(cx: &Context<'_>, block: u32, date: Stretch) -> bool {
    /// Characters before an end with which a sentence begins, and between it and a verb that governs it.
    const BEGINS: usize = 12;
    const GOVERNS: usize = 10;
    let sentence = Surroundings::sentence_of(cx.guide, block, date);
    let text = |from: u32, to: u32| cx.guide.prose.text(Stretch::new(from.min(to), to));
    let first = text(sentence.start, date.start).trim().chars().count() <= BEGINS;
    let clause = |gap: &str| !gap.contains([',', ';', '(', '（', '，', '；', ':']);
    cx.facts.cues_in(CueSet::Was, sentence).any(|cue| match cue.at.end <= date.start {
        true => {
            let gap = text(cue.at.end, date.start);
            gap.trim().chars().count() <= GOVERNS && clause(gap) && !gap.contains(char::is_numeric)
        }
        false => first && cue.at.start >= date.end && clause(text(date.end, cue.at.start)),
    })
}

/// Bytes between a year and a word such as "latest".
const NEAR: u32 = 14;

/// "2023最新", "updated for 2023" in the title or a heading.
fn old_year(cx: &Context<'_>, findings: &mut Findings<'_>) {
    let (this_year, month, _) = cx.today.parts();
    let newest_old = if month > 6 { this_year - 1 } else { this_year - 2 };
    for block in &cx.guide.blocks {
        let titles =
            matches!(block.kind, BlockKind::Heading(_)) || cx.guide.title.is_some_and(|it| it.prose == block.prose);
        if !titles {
            continue;
        }
        for cue in cx.facts.cues_in(CueSet::Latest, block.prose) {
            let start = cue.at.start.saturating_sub(NEAR).max(block.prose.start);
            let end = (cue.at.end + NEAR).min(block.prose.end);
            let Some((year, at)) = year_in(cx, Stretch::new(start, end)) else { continue };
            if year <= newest_old {
                let message = Message::new(&OLD_YEAR).with("year", year as usize).with("today", this_year as usize);
                findings.report(cx.guide.prose.span(at), message).help(Message::new(&RENEW));
                return;
            }
        }
    }
}

/// A year of four digits, standing alone. The stretch may begin inside a character.
fn year_in(cx: &Context<'_>, within: Stretch) -> Option<(i16, Stretch)> {
    let bytes = cx.guide.prose.as_str().as_bytes().get(within.range())?;
    let alone = |at: usize| !bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric());
    let at = (0..bytes.len().saturating_sub(3))
        .find(|&at| bytes[at..at + 4].iter().all(u8::is_ascii_digit) && alone(at.wrapping_sub(1)) && alone(at + 4))?;
    let year: i16 = std::str::from_utf8(&bytes[at..at + 4]).ok()?.parse().ok()?;
    let start = within.start + at as u32;
    (2005..=2100).contains(&year).then_some((year, Stretch::new(start, start + 4)))
}
