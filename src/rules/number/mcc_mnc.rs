use crate::declare_rule;
use crate::diagnostic::{Argument, Message, RuleMeta, Wording};
use crate::facts::{CarrierMention, IdentifierKind, IdentifierMention, Surroundings};
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a network code that is not of the guide's country, or not of the carrier it is given for.
    ///
    /// ## Why
    /// MCC and MNC decide which network a phone looks for; with a wrong one it finds none.
    ///
    /// ## How it decides
    /// The text says MCC, MNC or PLMN before the digits. The MCC must be one of the country named in the same sentence, item or row, or else
    /// of the country the guide is about. A code that stands beside a carrier must be one of the carrier's own, where its codes are known
    /// and the code is known to be another's. The table of the world is a copy of an encyclopedia's, so this is never an error.
    ///
    /// ```md bad
    /// # APN settings for Albania
    ///
    /// - Vodafone Albania: MCC 286, MNC 02
    /// - ONE Albania: PLMN 27602
    /// ```
    ///
    /// ```md good
    /// # APN settings for Albania
    ///
    /// - Vodafone Albania: MCC 276, MNC 02
    /// - ONE Albania: PLMN 27601
    /// ```
    pub MccMnc {
        name: "number/mcc-mnc",
        severity: Warning,
        confidence: High,
        since: "0.1.0",
        wordings: [COUNTRY, CARRIER, TABLE, OWN],
    }
}

static COUNTRY: Wording = Wording::new(
    "number/mcc-mnc.country",
    "MCC {mcc} is not one of {region}: {right}",
    "MCC {mcc} 不属于 {region}（应为 {right}）",
);
static CARRIER: Wording = Wording::new(
    "number/mcc-mnc.carrier",
    "`{code}` is the network code of {owner}, given for {named}",
    "`{code}` 是 {owner} 的网络代码，却写作 {named} 的代码",
);
static TABLE: Wording = Wording::new(
    "number/mcc-mnc.table",
    "network code tables of {region} begin with {right}",
    "{region} 的网络代码以 {right} 开头",
);
static OWN: Wording =
    Wording::new("number/mcc-mnc.own", "{carrier} has the network codes {codes}", "{carrier} 的网络代码：{codes}");

impl Rule for MccMnc {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        for it in cx.facts.identifiers.iter().filter(|it| it.kind == IdentifierKind::NetworkCode && !it.example) {
            if NO_COUNTRY.iter().any(|mcc| it.value.starts_with(mcc)) {
                continue;
            }
            let around = Surroundings::of(cx.guide, it.block, it.at);
            let Some(region) = country_of(cx, &around) else { continue };
            let mcc = mcc_of(cx, &region);
            if mcc.is_empty() {
                continue;
            }
            let right: Argument = mcc.iter().map(String::as_str).collect();
            if !mcc.iter().any(|mcc| it.value.starts_with(mcc)) {
                // An MNC in a cell of its own: its MCC has been reported.
                if it.value.len() == it.text.len() + 3 {
                    continue;
                }
                let message = Message::new(&COUNTRY)
                    .with("mcc", it.value.get(..3).unwrap_or(&it.value))
                    .with("region", region.as_str())
                    .with("right", right.clone());
                let table = Message::new(&TABLE).with("region", region.as_str()).with("right", right);
                findings.report(it.span, message).because(table);
            } else if it.value.len() > 3 && cx.subject.country.as_deref() == Some(&region) {
                check_carrier(cx, it, &around, findings);
            }
        }
    }
}

/// Codes of no country (ITU-T E.212): test networks, networks of several countries, private networks.
const NO_COUNTRY: [&str; 3] = ["001", "901", "999"];

fn country_of(cx: &Context<'_>, around: &Surroundings) -> Option<String> {
    let mut named: Vec<&str> =
        around.unit.iter().flat_map(|unit| cx.facts.places_in(cx.knowledge, *unit)).map(|(_, region)| region).collect();
    named.sort_unstable();
    named.dedup();
    match named[..] {
        [] => cx.subject.country.clone(),
        [only] => Some(only.to_owned()),
        _ => None,
    }
}

fn mcc_of(cx: &Context<'_>, region: &str) -> Vec<String> {
    let curated = cx.knowledge.country(region).map(|it| it.mcc.clone()).unwrap_or_default();
    let generated = cx.knowledge.generated.region(region).map(|it| it.mcc).unwrap_or_default();
    let mut all: Vec<String> = curated.into_iter().chain(generated.into_iter().map(str::to_owned)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The carrier a code stands beside: the only one of its unit, else the one before it with no other code between.
fn carrier_of<'a>(cx: &Context<'a>, it: &IdentifierMention, around: &Surroundings) -> Option<&'a CarrierMention> {
    let mut beside: Vec<&CarrierMention> =
        around.unit.iter().flat_map(|unit| cx.facts.carriers_in(*unit)).map(|(_, it)| it).collect();
    beside.sort_by_key(|it| it.at);
    beside.dedup_by_key(|it| it.at);
    if let [only] = beside[..] {
        return Some(only);
    }
    let nearest = beside.into_iter().rev().find(|named| named.at.end <= it.at.start)?;
    let before = cx.facts.identifiers.partition_point(|other| other.span < it.span);
    let mut between = cx.facts.identifiers[..before].iter().rev().take_while(|other| other.at.start >= nearest.at.end);
    (!between.any(|other| other.kind == IdentifierKind::NetworkCode)).then_some(nearest)
}

/// The code beside a carrier, held against the carrier's own.
fn check_carrier(cx: &Context<'_>, it: &IdentifierMention, around: &Surroundings, findings: &mut Findings<'_>) {
    let Some(mention) = carrier_of(cx, it, around) else { return };
    let Some(named) = mention.id().and_then(|id| cx.knowledge.carrier(id)) else { return };
    let chain = cx.knowledge.succession(named);
    let Some(today) = cx.knowledge.today(named) else { return };
    if today.plmn.is_empty() || chain.iter().any(|step| step.plmn.contains(&it.value)) {
        return;
    }
    let Some(country) = cx.country() else { return };
    let owner = country.carriers.iter().filter(|other| other.is_active()).find(|other| other.plmn.contains(&it.value));
    let Some(owner) =
        owner.filter(|owner| owner.host.as_ref() != Some(&today.id) && today.host.as_ref() != Some(&owner.id))
    else {
        return;
    };
    let codes: Argument = today.plmn.iter().map(String::as_str).collect();
    let message = Message::new(&CARRIER)
        .with("code", it.text.as_str())
        .with("owner", owner.display_name())
        .with("named", mention.name.as_str());
    findings
        .report(it.span, message)
        .according_to(Message::new(&OWN).with("carrier", today.display_name()).with("codes", codes), &today.sources);
}
