use super::care;
use crate::declare_rule;
use crate::diagnostic::{Argument, Message, RuleMeta, Wording};
use crate::facts::{NumberForm, NumberMention, is_same};
use crate::knowledge::{CareNumber, Carrier, Country};
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a hotline that is none of the carrier's own.
    ///
    /// ## Why
    /// Short numbers for customer service differ from carrier to carrier, and change. A wrong one reaches another company or nobody.
    ///
    /// ## How it decides
    /// The text says the number is a carrier's customer service. It is held against the carrier's published care numbers: all of
    /// them, where the carrier file says the list is complete. Where it does not, only a number is reported that
    /// another current carrier of the country publishes as its own; where we know none of the carrier's numbers, one of four digits
    /// or more. A long number that several houses publish is left alone. A short number that several carriers publish, such as
    /// 611 in North America, may be everybody's: it contradicts only a carrier known to publish another short number.
    ///
    /// ```md bad
    /// # How to cancel an Albanian SIM
    ///
    /// - Vodafone Albania customer service: 142
    /// ```
    ///
    /// ```md good
    /// # How to cancel an Albanian SIM
    ///
    /// - Vodafone Albania customer service: 140
    /// ```
    pub CareConflict {
        name: "phone/care-conflict",
        severity: Warning,
        confidence: Medium,
        since: "0.1.0",
        wordings: [OTHERS, UNKNOWN, PUBLISHED, USE, USE_PAGE],
    }
}

static OTHERS: Wording = Wording::new(
    "phone/care-conflict.others",
    "`{number}` is a care number of {owner}, given for {named}",
    "`{number}` 是 {owner} 的客服号码，却写作 {named} 的客服",
);
static UNKNOWN: Wording = Wording::new(
    "phone/care-conflict.unknown",
    "`{number}` is none of the care numbers {carrier} publishes",
    "`{number}` 不在 {carrier} 公布的客服号码之列",
);
static PUBLISHED: Wording = Wording::new(
    "phone/care-conflict.published",
    "{carrier} publishes these care numbers: {numbers}",
    "{carrier} 公布的客服号码：{numbers}",
);
static USE: Wording = Wording::new(
    "phone/care-conflict.help",
    "use {carrier}'s own: {numbers}",
    "请改用 {carrier} 的官方号码：{numbers}",
);

static USE_PAGE: Wording = Wording::new(
    "phone/care-conflict.help-page",
    "use the number on {carrier}'s own contact page",
    "请改用 {carrier} 官方联系页面上的号码",
);

/// Digits from which a short number is rarely the same with several carriers.
const TELLING: usize = 4;

impl Rule for CareConflict {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let Some(country) = cx.country() else { return };
        for number in &cx.facts.numbers {
            if !number.hotline || number.emergency || !number.is_given() || number.personal || number.messages {
                continue;
            }
            let Some((_, given)) = care::given_for(cx, number) else { continue };
            // Where we know none of its numbers, a long one of another's tells; a short one may be everybody's.
            let unknown = given.care.is_empty() && number.digits.len() < TELLING;
            if unknown || publishes(given, number, country) {
                continue;
            }
            let mut others = country.carriers.iter().filter(|it| it.is_active() && !care::is_related(it, given));
            let owner = others.find(|it| publishes(it, number, country));
            // Nobody else has a long number, where it is a care number at all.
            let known = number.form == NumberForm::Short && has_short(given);
            let owner = owner.filter(|it| known || !is_shared(cx, number, country, it));
            let named = cx.facts.carriers[number.carrier.unwrap_or_default() as usize].name.as_str();
            let (message, teller) = match owner {
                Some(owner) => {
                    let message = Message::new(&OTHERS).with("owner", owner.display_name()).with("named", named);
                    (message.with("number", number.raw.as_str()), owner)
                }
                None if given.care_complete => {
                    let message = Message::new(&UNKNOWN).with("carrier", given.display_name());
                    (message.with("number", number.raw.as_str()), given)
                }
                None => continue,
            };
            let numbers: Argument = listed(teller, number, country);
            let statement = Message::new(&PUBLISHED).with("carrier", teller.display_name()).with("numbers", numbers);
            let sources = care::care_numbers(teller).map(|(_, sources)| sources).unwrap_or_default();
            let help = match given.care.is_empty() {
                true => Message::new(&USE_PAGE),
                false => Message::new(&USE).with("numbers", care::numbers(given)),
            };
            let help = help.with("carrier", given.display_name());
            findings.report(number.span, message).according_to(statement, &sources).help(help);
        }
    }
}

/// The care numbers of a carrier, with the one that is spoken of though it may be for companies only.
fn listed(carrier: &Carrier, number: &NumberMention, country: &Country) -> Argument {
    let consumers = carrier.care_of_consumers();
    let meant = |it: &&CareNumber| is_same(number, &it.number, &country.code);
    let spoken_of =
        carrier.care.iter().filter(|it| meant(it) && !consumers.iter().any(|other| other.number == it.number));
    consumers.iter().copied().chain(spoken_of).map(|it| it.number.as_str()).collect()
}

fn publishes(carrier: &Carrier, number: &NumberMention, country: &Country) -> bool {
    carrier.care.iter().any(|it| is_same(number, &it.number, &country.code))
}

/// Whether we know a short number of a carrier.
fn has_short(carrier: &Carrier) -> bool {
    carrier.care.iter().any(|it| it.number.len() <= 6 && it.number.bytes().all(|it| it.is_ascii_digit()))
}

/// Whether a carrier of another house publishes the same number, here or where the calling code is the same.
fn is_shared(cx: &Context<'_>, number: &NumberMention, country: &Country, owner: &Carrier) -> bool {
    let neighbours = cx.knowledge.countries_at(&country.calling_code);
    let mut others = neighbours.flat_map(|it| it.carriers.iter().map(move |carrier| (it, carrier)));
    others.any(|(home, it)| it.is_active() && !care::is_related(it, owner) && publishes(it, number, home))
}
