use crate::declare_rule;
use crate::diagnostic::{Message, RuleMeta, Severity, Wording};
use crate::facts::{DateMention, DateRole};
use crate::knowledge::CueSet;
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a date that cannot be: a day no calendar has, a check made in the future, an update before the publication.
    ///
    /// ## Why
    /// A guide is trusted for its date. A date that cannot be says that nobody looked at it.
    ///
    /// ## How it decides
    /// By arithmetic. Dates are read in the front matter and in the text, in the forms of the languages we know. Where day and
    /// month may stand in either order, both orders must fail. The future begins after tomorrow, for it is already tomorrow
    /// somewhere. Dates given as examples are left alone.
    ///
    /// ```md bad
    /// # How to cancel an Albanian SIM
    ///
    /// Last checked: 30 February 2026.
    /// ```
    ///
    /// ```md good
    /// # How to cancel an Albanian SIM
    ///
    /// Last checked: 28 February 2026.
    /// ```
    pub Impossible {
        name: "date/impossible",
        severity: Error,
        confidence: High,
        since: "0.1.0",
        wordings: [NO_SUCH_DAY, FUTURE, BEFORE_PUBLICATION, PUBLISHED, TODAY, CORRECT],
    }
}

static NO_SUCH_DAY: Wording =
    Wording::new("date/impossible", "`{date}`: no calendar has this day", "`{date}`：日历上没有这一天");
static FUTURE: Wording = Wording::new(
    "date/impossible.future",
    "the guide says it was checked on `{date}`, which is still to come",
    "文中称核实于 `{date}`，但这一天还没有到",
);
static BEFORE_PUBLICATION: Wording = Wording::new(
    "date/impossible.order",
    "updated on `{date}`, before it was published",
    "更新日期 `{date}` 早于发布日期",
);
static PUBLISHED: Wording = Wording::new("date/impossible.published", "published here", "发布日期在此");
static TODAY: Wording =
    Wording::new("date/impossible.today", "this check is made as of {today}", "本次检查以 {today} 为准");
static CORRECT: Wording = Wording::new(
    "date/impossible.help",
    "write the day on which the facts were really checked",
    "请写上真正核实内容的日期",
);

impl Rule for Impossible {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let tomorrow = cx.today.days_after(1);
        for date in &cx.facts.dates {
            if date.day.is_none() {
                if !is_example(cx, date) {
                    let message = Message::new(&NO_SUCH_DAY).with("date", date.raw.as_str());
                    findings.report(date.span, message).help(Message::new(&CORRECT));
                }
            } else if date.role == DateRole::Checked && date.earliest.is_some_and(|it| it > tomorrow) {
                let message = Message::new(&FUTURE).with("date", date.raw.as_str());
                // In the text, "updated" may also speak of what is planned.
                let severity = if date.at.is_none() { Severity::Error } else { Severity::Warning };
                findings
                    .report(date.span, message)
                    .severity(severity)
                    .because(Message::new(&TODAY).with("today", cx.today.to_string()))
                    .help(Message::new(&CORRECT));
            }
        }
        let of = |role: DateRole| cx.facts.dates.iter().find(move |it| it.at.is_none() && it.role == role);
        let (Some(checked), Some(published)) = (of(DateRole::Checked), of(DateRole::Published)) else { return };
        if let (Some(updated), Some(first)) = (checked.day, published.earliest)
            && updated < first
        {
            let message = Message::new(&BEFORE_PUBLICATION).with("date", checked.raw.as_str());
            findings
                .report(checked.span, message)
                .label(published.span, Message::new(&PUBLISHED))
                .help(Message::new(&CORRECT));
        }
    }
}

fn is_example(cx: &Context<'_>, date: &DateMention) -> bool {
    let block = date.block.and_then(|at| cx.guide.blocks.get(at as usize));
    date.role == DateRole::Other && block.is_some_and(|block| cx.facts.has_cue(CueSet::Example, block.prose))
}
