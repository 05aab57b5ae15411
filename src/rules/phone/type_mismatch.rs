use super::care;
use crate::declare_rule;
use crate::diagnostic::{Message, RuleMeta, Wording};
use crate::facts::{Class, NumberKind, NumberMention, PhoneNumber, Surroundings, class, folded};
use crate::knowledge::Carrier;
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a mobile number or a premium-rate number given as a carrier's hotline.
    ///
    /// ## Why
    /// Carriers answer on short numbers, free numbers and landlines; to callers from abroad and from other networks some answer on
    /// a mobile number of their own. Any other mobile number in that place is a stranger's, or a seller's; a premium-rate number
    /// costs the reader money.
    ///
    /// ## How it decides
    /// The text says the number is customer service (in the same list item, row or sentence, the line that leads the
    /// list, or the heading) and names the carrier beside it. A number the carrier is known to publish is fine, whatever its kind. So is a
    /// mobile number that nobody knows to be another carrier's, if the text gives it for calls from abroad or from other networks, or
    /// if it is easy to remember, as companies choose them: `604 604 604`, `600 140 000`, or one that ends with the carrier's short
    /// number; but not beside a messenger. What a text warns of is left alone. The care numbers we know are shown with their sources.
    ///
    /// ```md bad
    /// # How to cancel an Albanian SIM
    ///
    /// - Vodafone Albania customer service: +355 69 482 0157
    /// ```
    ///
    /// ```md good
    /// # How to cancel an Albanian SIM
    ///
    /// - Vodafone Albania customer service: 140
    /// ```
    pub TypeMismatch {
        name: "phone/type-mismatch",
        severity: Warning,
        confidence: Medium,
        since: "0.1.0",
        wordings: [MOBILE, PREMIUM, USE_KNOWN, USE_PAGE],
    }
}

static MOBILE: Wording = Wording::new(
    "phone/type-mismatch.mobile",
    "`{number}` is a mobile number, given as the hotline of {named}",
    "`{number}` 是手机号段的号码，却被写作 {named} 的客服热线",
);
static PREMIUM: Wording = Wording::new(
    "phone/type-mismatch.premium",
    "`{number}` is a premium-rate number, given as the hotline of {named}",
    "`{number}` 是高额收费号码，却被写作 {named} 的客服热线",
);
static USE_KNOWN: Wording = Wording::new(
    "phone/type-mismatch.help-known",
    "use {carrier}'s own care number: {numbers}",
    "请改用 {carrier} 的官方客服号码：{numbers}",
);
static USE_PAGE: Wording = Wording::new(
    "phone/type-mismatch.help",
    "use the number on {carrier}'s own contact page",
    "请改用 {carrier} 官方联系页面上的号码",
);

impl Rule for TypeMismatch {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        for number in &cx.facts.numbers {
            let Some(valid) = number.valid() else { continue };
            let wording = match valid.kind {
                NumberKind::Mobile => &MOBILE,
                NumberKind::PremiumRate => &PREMIUM,
                _ => continue,
            };
            if !number.hotline || !number.is_given() || number.personal || number.messages || number.published {
                continue;
            }
            let Some((_, today)) = care::given_for(cx, number) else { continue };
            if valid.kind == NumberKind::Mobile && may_be_its_own(cx, number, valid, today) {
                continue;
            }
            let named = cx.facts.carriers[number.carrier.unwrap_or_default() as usize].name.as_str();
            let finding = findings
                .report(number.span, Message::new(wording).with("number", number.raw.as_str()).with("named", named));
            match care::care_numbers(today) {
                Some((known, sources)) => {
                    let help = Message::new(&USE_KNOWN).with("carrier", today.display_name());
                    finding.according_to(known, &sources).help(help.with("numbers", care::numbers(today)));
                }
                None => {
                    finding.help(Message::new(&USE_PAGE).with("carrier", today.display_name()));
                }
            }
        }
    }
}

/// Whether a mobile number may be a line of the carrier itself: for callers from elsewhere, or chosen to be remembered. Beside a
/// messenger it is a seller's.
fn may_be_its_own(cx: &Context<'_>, number: &NumberMention, valid: &PhoneNumber, carrier: &Carrier) -> bool {
    let holder = || cx.country().and_then(|country| care::range_holder(cx, country, valid));
    (number.from_elsewhere || is_memorable(&valid.national, carrier))
        && holder().is_none_or(|it| care::is_related(carrier, it.carrier))
        && !names_messenger(cx, number)
}

/// Whether a messenger is named in the number's sentence, item or row.
fn names_messenger(cx: &Context<'_>, number: &NumberMention) -> bool {
    let channels = &cx.knowledge.promotion.channels;
    let mut names = channels.iter().flat_map(|it| it.names.values().flatten());
    let around = Surroundings::of(cx.guide, number.block, number.at);
    let units: Vec<String> = around.unit.iter().map(|it| folded(cx.guide.prose.text(*it))).collect();
    names.any(|name| {
        let name = folded(name.trim_end_matches('*'));
        let joined = |c: Option<char>| c.is_some_and(|c| class(c) == Class::Word);
        // "Tele" is no part of "Telecom"; in scripts without spaces a name stands anywhere.
        let stands = |unit: &String| {
            unit.match_indices(&name).any(|(at, _)| {
                let (before, after) = (unit[..at].chars().next_back(), unit[at + name.len()..].chars().next());
                !name.is_ascii() || !joined(before) && !joined(after)
            })
        };
        !name.is_empty() && units.iter().any(stands)
    })
}

/// Whether the last digits of a national number repeat, or end with a short number of the carrier.
fn is_memorable(national: &str, carrier: &Carrier) -> bool {
    /// Digits of a subscriber's number.
    const LAST: usize = 7;
    let digits = &national.as_bytes()[national.len().saturating_sub(LAST)..];
    let distinct = |digits: &[u8]| (b'0'..=b'9').filter(|it| digits.contains(it)).count();
    let [.., a, b, c, d, e, f] = *digits else { return false };
    // `111 1111` is made up.
    if distinct(digits) < 2 {
        return false;
    }
    let short = |it: &str| it.len() <= 6 && it.bytes().all(|byte| byte.is_ascii_digit());
    // Three digits stand at the end of one number in a thousand by chance; twice they were chosen.
    let holds = |it: &str| match it.len() {
        3 => digits.windows(3).filter(|window| *window == it.as_bytes()).count() > 1,
        4.. => digits.ends_with(it.as_bytes()) || digits.starts_with(it.as_bytes()),
        _ => false,
    };
    [a, b, c] == [d, e, f]
        || (d == e && e == f && distinct(digits) <= 4)
        || distinct(digits) <= 3
        || carrier.care.iter().any(|it| short(&it.number) && holds(&it.number))
}
