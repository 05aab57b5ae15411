use std::sync::Arc;

use crate::declare_rule;
use crate::diagnostic::{Citation, Message, RuleMeta, Severity, Wording};
use crate::facts::CarrierMention;
use crate::guide::Guide;
use crate::knowledge::Carrier;
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags two names presented as different carriers that are one company.
    ///
    /// ## Why
    /// "The three operators" under which a reader finds two, because one is listed under its old name beside its new one.
    ///
    /// ## How it decides
    /// Both names stand in one list, table or sentence that presents carriers, neither is spoken of as past, and the
    /// records of both lead to the same carrier of today. When two independent sources give each step, it is an
    /// error, else a warning.
    ///
    /// ```md bad
    /// # How to cancel an Albanian SIM
    ///
    /// The operators are AMC, Vodafone Albania and Telekom Albania.
    /// ```
    ///
    /// ```md good
    /// # How to cancel an Albanian SIM
    ///
    /// The operators are ONE Albania (formerly Telekom Albania) and Vodafone Albania.
    /// ```
    pub Duplicate {
        name: "carrier/duplicate",
        severity: Error,
        confidence: High,
        since: "0.1.0",
        wordings: [SAME, FIRST, STEP, MERGE],
    }
}

static SAME: Wording = Wording::new(
    "carrier/duplicate",
    "`{one}` and `{other}` are one company, {today} today",
    "`{one}` 与 `{other}` 是同一家公司，如今是 {today}",
);
static FIRST: Wording = Wording::new("carrier/duplicate.first", "the same company", "同一家公司");
static STEP: Wording =
    Wording::new("carrier/duplicate.step", "{from} became {to}", "{from} 后来成为 {to}");
static MERGE: Wording = Wording::new(
    "carrier/duplicate.help",
    "list {today} once, and give old names only as old names",
    "请只列出一次 {today}，旧名应注明是旧名",
);

impl Rule for Duplicate {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let mut reported: Vec<(&str, &str)> = Vec::new();
        let presented: Vec<(&CarrierMention, &Carrier)> = cx
            .facts
            .carriers
            .iter()
            .filter(|it| it.presented && !it.past)
            .filter_map(|it| Some((it, cx.knowledge.carrier(it.id()?)?)))
            .collect();
        for (at, (mention, carrier)) in presented.iter().enumerate() {
            for (earlier, other) in &presented[..at] {
                let chains = (cx.knowledge.succession(other), cx.knowledge.succession(carrier));
                let today = chains.0[chains.0.len() - 1];
                let same = today.id == chains.1[chains.1.len() - 1].id && carrier.id != other.id;
                let pair = (other.id.as_str().min(&carrier.id), other.id.as_str().max(&carrier.id));
                if !same || reported.contains(&pair) || !stand_together(cx.guide, earlier, mention) {
                    continue;
                }
                reported.push(pair);
                report((earlier, mention), (&chains.0, &chains.1), cx.subject.language.key(), findings);
            }
        }
    }
}

/// In one list, one table or one block.
fn stand_together(guide: &Guide, one: &CarrierMention, other: &CarrierMention) -> bool {
    let (a, b) = (&guide.blocks[one.block as usize], &guide.blocks[other.block as usize]);
    one.block == other.block
        || a.item.zip(b.item).is_some_and(|(a, b)| a.list == b.list && a.item != b.item)
        || a.cell.zip(b.cell).is_some_and(|(a, b)| a.table == b.table && a.row != b.row)
}

fn report(
    (earlier, mention): (&CarrierMention, &CarrierMention),
    (one, other): (&[&Carrier], &[&Carrier]),
    language: &str,
    findings: &mut Findings<'_>,
) {
    let today = one[one.len() - 1].name_in(language);
    let mut steps: Vec<(&Carrier, &Carrier)> = Vec::new();
    // Up to where the chains meet: what comes after concerns both alike.
    for chain in [one, other] {
        for pair in chain.windows(2) {
            let met = |id: &str| one.iter().any(|it| it.id == id) && other.iter().any(|it| it.id == id);
            if !met(&pair[0].id) && !steps.iter().any(|(from, _)| from.id == pair[0].id) {
                steps.push((pair[0], pair[1]));
            }
        }
    }
    let proven = steps.iter().all(|(from, _)| are_independent(&from.end_sources));
    let message = Message::new(&SAME)
        .with("one", earlier.name.as_str())
        .with("other", mention.name.as_str())
        .with("today", today);
    let mut finding = findings
        .report(mention.span, message)
        .severity(if proven { Severity::Error } else { Severity::Warning })
        .label(earlier.span, Message::new(&FIRST))
        .help(Message::new(&MERGE).with("today", today));
    for (from, to) in steps {
        let statement = Message::new(&STEP).with("from", from.display_name()).with("to", to.display_name());
        finding = finding.according_to(statement, &from.end_sources);
    }
}

fn are_independent(sources: &[Arc<Citation>]) -> bool {
    sources.iter().any(|one| sources.iter().any(|other| one.origin != other.origin))
}
