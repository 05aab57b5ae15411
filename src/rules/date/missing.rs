use crate::declare_rule;
use crate::diagnostic::{Message, RuleMeta, Wording};
use crate::facts::DateRole;
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a guide that nowhere says when it was last checked.
    ///
    /// ## Why
    /// Hotlines, prices and carriers change every year. Without a date a reader cannot tell a fresh guide from one that has been
    /// wrong for a decade.
    ///
    /// ## How it decides
    /// The text is a guide of a recognised kind, and neither its front matter (`checked`, `updated`, `date` …) nor its text
    /// ("last checked", 最后核实 …) gives a date.
    ///
    /// ```md bad
    /// # How to cancel an Albanian SIM
    ///
    /// Go to a shop.
    /// ```
    ///
    /// ```md good
    /// # How to cancel an Albanian SIM
    ///
    /// Go to a shop. Last checked: 2026-11-01.
    /// ```
    pub Missing {
        name: "date/missing",
        severity: Info,
        confidence: High,
        since: "0.1.0",
        wordings: [MISSING, ADD],
    }
}

static MISSING: Wording =
    Wording::new("date/missing", "nothing says when this guide was last checked", "全文没有说明最后核实的时间");
static ADD: Wording = Wording::new(
    "date/missing.help",
    "add `checked: {today}` to the front matter, or a line with the date, once you have checked it",
    "核实之后，请在文首加上 `checked: {today}`，或在文中写明日期",
);

impl Rule for Missing {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let dated = cx
            .facts
            .dates
            .iter()
            .any(|date| matches!(date.role, DateRole::Checked | DateRole::Published) && date.day.is_some());
        if cx.subject.kind.is_none() || dated {
            return;
        }
        findings
            .report(cx.guide.anchor(), Message::new(&MISSING))
            .absent("last-checked")
            .help(Message::new(&ADD).with("today", cx.today.to_string()));
    }
}
