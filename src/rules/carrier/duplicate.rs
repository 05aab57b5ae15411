use std::collections::HashMap;
use std::sync::Arc;

use super::abroad::called_here;
use super::outdated;
use crate::declare_rule;
use crate::diagnostic::{Citation, Message, RuleMeta, Severity, Wording};
use crate::facts::CarrierMention;
use crate::guide::Guide;
use crate::knowledge::Carrier;
use crate::rule::{Context, Findings, Rule};
use crate::text::{FnvMap, FnvSet};

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
static STEP: Wording = Wording::new("carrier/duplicate.step", "{from} became {to}", "{from} 后来成为 {to}");
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
        let mut reported: Vec<&str> = Vec::new();
        let written = outdated::written(cx);
        let presented: Vec<(&CarrierMention, &Carrier)> = cx
            .facts
            .carriers
            .iter()
            .filter(|it| it.presented && !it.past)
            .filter_map(|it| Some((it, cx.knowledge.carrier(it.id()?)?)))
            .filter(|(_, carrier)| !outdated::is_of_its_time(carrier, written))
            .collect();
        let mut chains: FnvMap<&str, Vec<&Carrier>> = FnvMap::default();
        for (_, carrier) in &presented {
            chains.entry(&carrier.id).or_insert_with(|| cx.knowledge.succession(carrier));
        }
        let today = |id: &str| chains[id].last().map_or("", |it| it.id.as_str());
        // In nearly every guide each company has one name.
        let companies: FnvSet<&str> = chains.keys().map(|id| today(id)).collect();
        if companies.len() == chains.len() {
            return;
        }
        // The names met so far in each place, two mentions of each at most: the first, and the first beside it.
        let mut met: HashMap<Place, Vec<(u32, usize)>> = HashMap::new();
        for (at, (mention, carrier)) in presented.iter().enumerate() {
            let mut earlier: Vec<usize> = Vec::new();
            for (place, part) in places(cx.guide, mention) {
                let known = met.entry(place).or_default();
                let beside = known.iter().filter(|(other, _)| place.is_block() || *other != part);
                earlier.extend(beside.map(|(_, other)| *other).filter(|other| {
                    let other = &presented[*other].1.id;
                    *other != carrier.id && today(other) == today(&carrier.id)
                }));
                let same = known.iter().filter(|(_, other)| presented[*other].1.id == carrier.id);
                if same.clone().count() < 2 && !same.clone().any(|(other, _)| *other == part) {
                    known.push((part, at));
                }
            }
            earlier.sort_unstable();
            earlier.dedup();
            // One finding a name, however many of the company's stand before it.
            if let Some((first, other)) = earlier.first().map(|at| presented[*at])
                && !reported.contains(&carrier.id.as_str())
            {
                reported.push(&carrier.id);
                let both = (&chains[other.id.as_str()], &chains[carrier.id.as_str()]);
                report(cx, (first, mention), (both.0, both.1), findings);
            }
        }
    }
}

/// What two names must share to stand together: a block, or a list or table in different items or rows of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    Block(u32),
    List(u32),
    Table(u32),
}

impl Place {
    fn is_block(self) -> bool {
        matches!(self, Place::Block(_))
    }
}

/// The places of a mention, each with its item or row there.
fn places(guide: &Guide, mention: &CarrierMention) -> impl Iterator<Item = (Place, u32)> + use<> {
    let block = &guide.blocks[mention.block as usize];
    let list = block.item.map(|it| (Place::List(it.list), it.item));
    let table = block.cell.map(|it| (Place::Table(it.table), it.row));
    std::iter::once((Place::Block(mention.block), 0)).chain(list).chain(table)
}

fn report(
    cx: &Context<'_>,
    (earlier, mention): (&CarrierMention, &CarrierMention),
    (one, other): (&[&Carrier], &[&Carrier]),
    findings: &mut Findings<'_>,
) {
    let today = called_here(cx, one[one.len() - 1]);
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
