use crate::declare_rule;
use crate::diagnostic::{Message, RuleMeta, Wording};
use crate::facts::{CarrierMention, NumberMention, Surroundings};
use crate::knowledge::CueSet;
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a number of another country given as a contact in the guide's country.
    ///
    /// ## Why
    /// A contact copied from another country's page sends the reader to people who cannot help, at the price of a call abroad.
    ///
    /// ## How it decides
    /// The guide is about one country, the number belongs to another, and the text gives it as customer service or as the
    /// number of a carrier. Left alone: numbers of no country, of regions that share the country's calling code, examples,
    /// numbers for senders of text messages, and text that names the number's own country or a consulate beside it.
    ///
    /// ```md bad
    /// # How to cancel an Albanian SIM
    ///
    /// - Vodafone Albania customer service: +39 06 8218 4573
    /// ```
    ///
    /// ```md good
    /// # How to cancel an Albanian SIM
    ///
    /// - Vodafone Albania customer service: 140
    /// - Visitors from Italy reach their own embassy at +39 06 8218 4573.
    /// ```
    pub WrongCountry {
        name: "phone/wrong-country",
        severity: Warning,
        confidence: Medium,
        since: "0.1.0",
        wordings: [ELSEWHERE, CHECK],
    }
}

static ELSEWHERE: Wording = Wording::new(
    "phone/wrong-country",
    "`{number}` is a number of {region} (+{code}), in a guide to {country}",
    "`{number}` 是 {region}（+{code}）的号码，而本文介绍的是 {country}",
);
static CHECK: Wording = Wording::new(
    "phone/wrong-country.help",
    "use a number of the guide's own country, or say whose number this is",
    "请改用当地号码，或说明这是谁的号码",
);

impl Rule for WrongCountry {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let Some(home) = cx.subject.country.as_deref() else { return };
        let Some(own_code) = cx.knowledge.generated.region(home).map(|it| it.calling_code) else { return };
        for number in &cx.facts.numbers {
            let Some(valid) = number.valid() else { continue };
            let Some(region) = valid.region.as_deref() else { continue };
            let given = number.hotline || number.carrier.is_some();
            let exempt = !number.is_given() || number.messages || number.personal || number.published;
            if region == home || valid.calling_code == own_code || !given || exempt || is_explained(cx, number, region)
            {
                continue;
            }
            let message = Message::new(&ELSEWHERE)
                .with("number", number.raw.as_str())
                .with("region", region)
                .with("code", valid.calling_code.as_str())
                .with("country", home);
            findings.report(number.span, message).help(Message::new(&CHECK));
        }
    }
}

/// The text beside the number names its country, or a carrier that is at home there, or a consulate.
fn is_explained(cx: &Context<'_>, number: &NumberMention, region: &str) -> bool {
    let around = Surroundings::of(cx.guide, number.block, number.at);
    let named = around.all().any(|place| cx.facts.places_in(cx.knowledge, place).any(|(_, it)| it == region));
    let at_home =
        |mention: &CarrierMention| mention.ids.is_empty() && mention.who.iter().any(|who| who.country() == region);
    // Who uses a card abroad calls the operator at home.
    let roaming = cx.subject.kind.as_deref() == Some("roaming") && cx.facts.carriers.iter().any(at_home);
    let consulate = || around.near().any(|place| cx.facts.has_cue(CueSet::Consulate, place));
    named
        || roaming
        || consulate()
        || number.carrier.and_then(|it| cx.facts.carriers.get(it as usize)).is_some_and(at_home)
}
