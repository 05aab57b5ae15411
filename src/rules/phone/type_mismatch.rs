use super::care;
use crate::declare_rule;
use crate::diagnostic::{Message, RuleMeta, Wording};
use crate::facts::NumberKind;
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a personal mobile number or a premium-rate number given as a carrier's hotline.
    ///
    /// ## Why
    /// Carriers answer on short numbers, free numbers and landlines. A mobile number in that place is a stranger's, or a
    /// seller's; a premium-rate number costs the reader money.
    ///
    /// ## How it decides
    /// The text says the number is customer service (in the same list item, row or sentence, the line that leads the
    /// list, or the heading) and names the carrier beside it. A number the carrier is known to publish is fine, whatever its kind. The
    /// care numbers we know are shown with their sources.
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
    "`{number}` is a personal mobile number, given as the hotline of {named}",
    "`{number}` 是个人手机号段的号码，却被写作 {named} 的客服热线",
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
            if !number.hotline || number.example || number.personal || number.messages || number.published {
                continue;
            }
            let Some((_, today)) = care::given_for(cx, number) else { continue };
            let named = cx.facts.carriers[number.carrier.unwrap_or_default() as usize].name.as_str();
            let finding = findings
                .report(number.span, Message::new(wording).with("number", number.raw.as_str()).with("named", named));
            match care::care_numbers(today) {
                Some((known, sources)) => {
                    let numbers: crate::diagnostic::Argument = today.care.iter().map(|it| it.number.as_str()).collect();
                    finding
                        .according_to(known, &sources)
                        .help(Message::new(&USE_KNOWN).with("carrier", today.display_name()).with("numbers", numbers));
                }
                None => {
                    finding.help(Message::new(&USE_PAGE).with("carrier", today.display_name()));
                }
            }
        }
    }
}
