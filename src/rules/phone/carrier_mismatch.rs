use super::care;
use crate::declare_rule;
use crate::diagnostic::{Confidence, Message, RuleMeta, Wording};
use crate::facts::NumberKind;
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a mobile number in the range of one carrier that is given for another.
    ///
    /// ## Why
    /// A hotline of carrier A in the number range of carrier B is usually invented or copied from the wrong page.
    ///
    /// ## How it decides
    /// The number and the carrier must stand in the same list item, table row or sentence. The range is the one
    /// the numbering plan issued; a carrier that was renamed or merged counts as what it is today. Where numbers can
    /// be taken along to another carrier, one in somebody else's range is possible, so this is never more than a
    /// warning. Free, shared-cost and short numbers and those of the North American plan belong to nobody's range.
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
        wordings: [MISMATCH, RANGE, PORTABLE, CHECK],
    }
}

static MISMATCH: Wording = Wording::new(
    "phone/carrier-mismatch",
    "`{number}` is given for {named}, but its range belongs to {holder}",
    "`{number}` 写作 {named} 的号码，但该号段属于 {holder}",
);
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
        for number in &cx.facts.numbers {
            let Some(valid) = number.valid() else { continue };
            let in_plan = valid.region.as_deref() == Some(country.code.as_str()) && valid.calling_code != "1";
            if !in_plan || valid.kind != NumberKind::Mobile || number.example || care::is_known(cx, number) {
                continue;
            }
            let Some((_, given)) = care::given_for(cx, number) else { continue };
            let Some((holder, range)) = country.range_holder(&valid.national) else { continue };
            let related = [given.host.as_ref(), Some(&given.id)].contains(&Some(&holder.id)) || holder.host.as_ref() == Some(&given.id);
            if related {
                continue;
            }
            let named = cx.facts.carriers[number.carrier.unwrap_or_default() as usize].name.as_str();
            let prefix = format!("+{} {}", country.calling_code, range.prefix);
            let mut finding = findings
                .report(
                    number.span,
                    Message::new(&MISMATCH)
                        .with("number", number.raw.as_str())
                        .with("named", named)
                        .with("holder", holder.display_name()),
                )
                .according_to(
                    Message::new(&RANGE).with("prefix", prefix).with("holder", holder.display_name()),
                    &range.sources,
                )
                .help(Message::new(&CHECK));
            if let Some(portability) = country.portability.as_ref().filter(|it| it.mobile) {
                finding = finding.according_to(Message::new(&PORTABLE), &portability.sources);
            } else {
                finding = finding.confidence(Confidence::High);
            }
            drop(finding);
        }
    }
}
