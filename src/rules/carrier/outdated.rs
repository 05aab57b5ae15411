use std::collections::HashSet;

use super::abroad::called_here;
use crate::date::Date;
use crate::declare_rule;
use crate::diagnostic::{Applicability, Argument, Edit, Message, RuleMeta, Wording};
use crate::facts::{CarrierMention, DateRole};
use crate::knowledge::{Carrier, CarrierStatus};
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a carrier named by a name that has ended, and says what it is called today.
    ///
    /// ## Why
    /// A reader who looks for a shop, an app or a hotline of a company that changed its name years ago finds nothing, or
    /// finds somebody who registered the old domain.
    ///
    /// ## How it decides
    /// The name belongs to a carrier of the guide's country whose record has ended. Names spoken of as past ("formerly", 原名,
    /// "bis 2014"), names that a current carrier also bears, and guides dated before the name ended are left alone. Each
    /// carrier is reported once, at its first mention. The fix writes the new name; it is unsafe, for the sentence
    /// around it may no longer be true. Of a carrier that was divided, all heirs are named, and there is no fix.
    ///
    /// ```md bad
    /// # How to cancel an Albanian SIM
    ///
    /// Go to the nearest shop of Telekom Albania.
    /// ```
    ///
    /// ```md good
    /// # How to cancel an Albanian SIM
    ///
    /// Go to the nearest shop of ONE Albania (formerly Telekom Albania).
    /// ```
    pub Outdated {
        name: "carrier/outdated",
        severity: Warning,
        confidence: High,
        fix: Unsafe,
        since: "0.1.0",
        wordings: [RENAMED, DIVIDED, CLOSED, STEP_RENAMED, STEP_MERGED, STEP_CLOSED, UNDATED_RENAMED, UNDATED_CLOSED, AGAIN, USE_NEW, USE_ONE_OF, DROP, REPLACE],
    }
}

static RENAMED: Wording =
    Wording::new("carrier/outdated", "`{name}` is called {today} today", "`{name}` 如今已是 {today}");
static DIVIDED: Wording = Wording::new(
    "carrier/outdated.divided",
    "`{name}` no longer exists: it was divided between {today}",
    "`{name}` 已不复存在：由 {today} 分别接手",
);
static CLOSED: Wording = Wording::new("carrier/outdated.closed", "`{name}` no longer exists", "`{name}` 已不复存在");
static STEP_RENAMED: Wording =
    Wording::new("carrier/outdated.step-renamed", "{from} became {to} ({date})", "{from} 于 {date} 更名为 {to}");
static STEP_MERGED: Wording =
    Wording::new("carrier/outdated.step-merged", "{from} was merged into {to} ({date})", "{from} 于 {date} 并入 {to}");
static STEP_CLOSED: Wording =
    Wording::new("carrier/outdated.step-closed", "{from} closed ({date})", "{from} 于 {date} 停业");
static UNDATED_RENAMED: Wording =
    Wording::new("carrier/outdated.undated", "{from} became {to}", "{from} 后来成为 {to}");
static UNDATED_CLOSED: Wording = Wording::new("carrier/outdated.undated-closed", "{from} closed", "{from} 已停业");
static AGAIN: Wording = Wording::new("carrier/outdated.again", "named again here", "此处再次出现");
static USE_NEW: Wording = Wording::new(
    "carrier/outdated.help",
    "write {today}, or say that {name} is the old name",
    "请改写为 {today}，或注明 {name} 是旧名",
);
static USE_ONE_OF: Wording = Wording::new(
    "carrier/outdated.help-divided",
    "write which of {today} is meant, or say that {name} is the old name",
    "请写明指 {today} 中的哪一家，或注明 {name} 是旧名",
);
static DROP: Wording =
    Wording::new("carrier/outdated.help-closed", "leave it out, or say that it closed", "请删去，或注明已停业");
static REPLACE: Wording = Wording::new("carrier/outdated.fix", "write {today}", "改写为 {today}");

impl Rule for Outdated {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let mut reported: Vec<&str> = Vec::new();
        // Spoken of as past anywhere.
        let told: HashSet<&str> = cx.facts.carriers.iter().filter(|it| it.past).filter_map(|it| it.id()).collect();
        let written = written(cx);
        for mention in &cx.facts.carriers {
            let Some(carrier) = mention.id().and_then(|id| cx.knowledge.carrier(id)) else { continue };
            let excused = told.contains(carrier.id.as_str()) || is_of_its_time(carrier, written);
            if carrier.is_active() || excused || reported.contains(&carrier.id.as_str()) {
                continue;
            }
            reported.push(&carrier.id);
            report(cx, mention, carrier, findings);
        }
    }
}

/// The last day on which the guide says it was checked or published.
pub(super) fn written(cx: &Context<'_>) -> Option<Date> {
    let dated = cx.facts.dates.iter().filter(|it| matches!(it.role, DateRole::Checked | DateRole::Published));
    dated.filter_map(|it| it.day).max()
}

/// Whether the guide was written before the name ended.
pub(super) fn is_of_its_time(carrier: &Carrier, written: Option<Date>) -> bool {
    written.zip(carrier.valid_until).is_some_and(|(written, end)| written <= end.last_day())
}

fn report(cx: &Context<'_>, mention: &CarrierMention, carrier: &Carrier, findings: &mut Findings<'_>) {
    let later = cx.knowledge.became(carrier);
    // Who it is today; who they are, where it was divided on the way.
    let ends: Vec<&Carrier> =
        std::iter::once(carrier).chain(later.iter().copied()).filter(|it| it.successors.is_empty()).collect();
    let today = cx.knowledge.today(carrier);
    let called = today.map_or("", |it| called_here(cx, it));
    let gone = ends.iter().all(|it| it.status == CarrierStatus::Closed);
    let among = || -> Argument { ends.iter().map(|it| called_here(cx, it)).collect() };
    let message = match today {
        _ if gone => Message::new(&CLOSED).with("name", mention.name.as_str()),
        Some(_) => Message::new(&RENAMED).with("name", mention.name.as_str()).with("today", called),
        None => Message::new(&DIVIDED).with("name", mention.name.as_str()).with("today", among()),
    };
    let mut finding = findings.report(mention.span, message);
    for step in std::iter::once(&carrier).chain(&later).filter(|step| !step.is_active()) {
        finding = finding.according_to(step_message(cx, step), &step.end_sources);
    }
    for other in cx.facts.carriers.iter().filter(|it| it.id() == Some(&carrier.id) && it.at != mention.at) {
        finding = finding.label(other.span, Message::new(&AGAIN));
    }
    if gone {
        finding.help(Message::new(&DROP));
        return;
    }
    if today.is_none() {
        finding.help(Message::new(&USE_ONE_OF).with("today", among()).with("name", mention.name.as_str()));
        return;
    }
    let edit = Edit { span: mention.span, replacement: called.to_owned() };
    finding.help(Message::new(&USE_NEW).with("today", called).with("name", mention.name.as_str())).fix(
        Message::new(&REPLACE).with("today", called),
        vec![edit],
        Applicability::Unsafe,
    );
}

fn step_message(cx: &Context<'_>, step: &Carrier) -> Message {
    let from = step.display_name();
    let next = || -> Argument {
        step.successors.iter().filter_map(|id| Some(cx.knowledge.carrier(id)?.display_name())).collect()
    };
    match (step.successors.is_empty(), step.valid_until) {
        (false, Some(date)) => {
            let wording = if step.status == CarrierStatus::Merged { &STEP_MERGED } else { &STEP_RENAMED };
            Message::new(wording).with("from", from).with("to", next()).with("date", date.to_string())
        }
        (false, None) => Message::new(&UNDATED_RENAMED).with("from", from).with("to", next()),
        (true, Some(date)) => Message::new(&STEP_CLOSED).with("from", from).with("date", date.to_string()),
        (true, None) => Message::new(&UNDATED_CLOSED).with("from", from),
    }
}
