use std::collections::BTreeMap;

use super::care;
use crate::declare_rule;
use crate::diagnostic::{Confidence, Message, RuleMeta, Severity, Wording};
use crate::facts::{NumberKind, NumberMention};
use crate::knowledge::Carrier;
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a mobile number in the range of one carrier that is given for another.
    ///
    /// ## Why
    /// A hotline of carrier A in the number range of carrier B is usually invented or copied from the wrong page.
    ///
    /// ## How it decides
    /// The number and the carrier must stand in the same list item, table row or column, or sentence. The range is the one
    /// the numbering plan issued; a carrier that was renamed or merged counts as what it is today. Where numbers can
    /// be taken along to another carrier, one in somebody else's range is possible, so this is never more than a
    /// warning. Free, shared-cost and short numbers and those of the North American plan belong to nobody's range. One full
    /// number given for two unrelated carriers of today, as the customer service of each or right after each name, cannot be
    /// right for both: that is an error.
    ///
    /// ```md bad
    /// # How to cancel an Albanian SIM
    ///
    /// - ONE Albania hotline: +355 69 482 0157
    /// ```
    ///
    /// ```md good
    /// # How to cancel an Albanian SIM
    ///
    /// - Vodafone Albania hotline: 140
    /// ```
    pub CarrierMismatch {
        name: "phone/carrier-mismatch",
        severity: Warning,
        confidence: Medium,
        since: "0.1.0",
        wordings: [MISMATCH, SHARED, ALSO, RANGE, PORTABLE, CHECK],
    }
}

static MISMATCH: Wording = Wording::new(
    "phone/carrier-mismatch",
    "`{number}` is given for {named}, but its range belongs to {holder}",
    "`{number}` 写作 {named} 的号码，但该号段属于 {holder}",
);
static SHARED: Wording = Wording::new(
    "phone/carrier-mismatch.shared",
    "`{number}` is given for {named} and for {other}, which are two companies",
    "`{number}` 既写作 {named} 的号码，又写作 {other} 的号码，而它们是两家公司",
);
static ALSO: Wording =
    Wording::new("phone/carrier-mismatch.also", "here it is given for {named}", "这里写作 {named} 的号码");
static RANGE: Wording = Wording::new(
    "phone/carrier-mismatch.range",
    "numbers that begin with {prefix} were issued to {holder}",
    "{prefix} 开头的号码分配给 {holder}",
);
static PORTABLE: Wording = Wording::new(
    "phone/carrier-mismatch.portable",
    "a number can be taken along to another carrier here, so this is a strong hint and no proof",
    "当地可以携号转网，因此这只是有力线索，并非定论",
);
static CHECK: Wording = Wording::new(
    "phone/carrier-mismatch.help",
    "check whose number this is, and name that carrier",
    "请核实该号码属于哪家运营商，并写对名称",
);

impl Rule for CarrierMismatch {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let Some(country) = cx.country() else { return };
        let shared = shared_numbers(cx);
        for (at, number) in cx.facts.numbers.iter().enumerate() {
            let Some(valid) = number.valid() else { continue };
            if let Some(others) = shared.get(&at) {
                report_shared(cx, number, others, findings);
                continue;
            }
            let in_plan = valid.region.as_deref() == Some(country.code.as_str()) && valid.calling_code != "1";
            let beside = number.carrier_beside && number.is_given() && !number.personal;
            if !in_plan || valid.kind != NumberKind::Mobile || !beside || number.published {
                continue;
            }
            let Some((_, given)) = care::given_for(cx, number) else { continue };
            let Some(holder) = care::range_holder(cx, country, valid) else { continue };
            if care::is_related(given, holder.carrier) {
                continue;
            }
            let named = cx.facts.carriers[number.carrier.unwrap_or_default() as usize].name.as_str();
            let prefix = format!("+{} {}", country.calling_code, holder.prefix);
            let owner = holder.carrier.display_name();
            let message =
                Message::new(&MISMATCH).with("number", number.raw.as_str()).with("named", named).with("holder", owner);
            let finding = findings
                .report(number.span, message)
                .according_to(Message::new(&RANGE).with("prefix", prefix).with("holder", owner), &holder.sources)
                .help(Message::new(&CHECK));
            match country.portability.as_ref().filter(|it| it.mobile) {
                Some(portability) => finding.according_to(Message::new(&PORTABLE), &portability.sources),
                None => finding.confidence(Confidence::High),
            };
        }
    }
}

/// Whether the text says the number is the carrier's: its customer service, in its row or list, or right after its name. A
/// sentence that names a carrier may give somebody else's number further on.
fn is_its_own(cx: &Context<'_>, number: &NumberMention) -> bool {
    const NEAR: u32 = 32;
    if !number.is_given() || number.personal || !number.carrier_beside {
        return false;
    }
    let in_table = cx.guide.blocks.get(number.block as usize).is_some_and(|it| it.cell.is_some());
    let carrier = number.carrier.and_then(|it| cx.facts.carriers.get(it as usize));
    number.hotline
        || in_table
        || carrier.is_some_and(|it| it.at.end <= number.at.start && number.at.start - it.at.end <= NEAR)
}

/// Full numbers that the guide gives for carriers of different houses, each with the others that give it.
fn shared_numbers(cx: &Context<'_>) -> BTreeMap<usize, Vec<usize>> {
    let owned = cx.facts.numbers.iter().enumerate().filter(|(_, number)| is_its_own(cx, number));
    let mut places: Vec<(&str, usize)> = owned.filter_map(|(at, it)| Some((it.valid()?.e164.as_str(), at))).collect();
    places.sort_unstable();
    let named = |at: usize| cx.facts.carriers.get(cx.facts.numbers[at].carrier? as usize)?.id();
    let mut shared = BTreeMap::new();
    for places in places.chunk_by(|one, other| one.0 == other.0) {
        // Most numbers are given for one and the same carrier, whoever that is today.
        if places.iter().all(|(_, at)| named(*at) == named(places[0].1)) {
            continue;
        }
        let today = |at: usize| care::given_for(cx, &cx.facts.numbers[at]).map(|(_, today)| (at, today));
        let given = places.iter().filter_map(|(_, at)| today(*at)).filter(|(_, carrier)| carrier.is_active());
        let mut given: Vec<(usize, &Carrier)> = given.collect();
        if given.iter().all(|(_, it)| care::is_related(it, given[0].1)) {
            continue;
        }
        // Nobody reads more of them.
        given.truncate(32);
        for (at, carrier) in &given {
            let apart = given.iter().filter(|(_, other)| !care::is_related(carrier, other));
            let others: Vec<usize> = apart.map(|(other, _)| *other).collect();
            if !others.is_empty() {
                shared.insert(*at, others);
            }
        }
    }
    shared
}

fn report_shared(cx: &Context<'_>, number: &NumberMention, others: &[usize], findings: &mut Findings<'_>) {
    let name = |it: &NumberMention| cx.facts.carriers[it.carrier.unwrap_or_default() as usize].name.clone();
    let first = &cx.facts.numbers[others[0]];
    let message = Message::new(&SHARED)
        .with("number", number.raw.as_str())
        .with("named", name(number))
        .with("other", name(first));
    let mut finding = findings
        .report(number.span, message)
        .severity(Severity::Error)
        .confidence(Confidence::High)
        .help(Message::new(&CHECK));
    for &other in others {
        let other = &cx.facts.numbers[other];
        finding = finding.label(other.span, Message::new(&ALSO).with("named", name(other)));
    }
}
