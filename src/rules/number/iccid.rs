use super::check_digit;
use crate::declare_rule;
use crate::diagnostic::{Confidence, Message, RuleMeta, Severity, Wording};
use crate::facts::IdentifierKind;
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a SIM card number (ICCID) that cannot be one.
    ///
    /// ## Why
    /// A guide shows where to find the number and what it looks like; readers compare theirs with it.
    ///
    /// ## How it decides
    /// By ITU-T E.118 it begins with 89 and a country calling code and has 18 to 20 digits; 19 and 20 digits usually end in a
    /// check digit by Luhn's formula. Printed forms vary here, so a wrong check digit alone is no more than a hint. Examples are
    /// left alone.
    ///
    /// ```md bad
    /// # Replacing a SIM
    ///
    /// The ICCID 7935504012345678901 is printed on the card.
    /// ```
    ///
    /// ```md good
    /// # Replacing a SIM
    ///
    /// The ICCID is printed on the card: 19 or 20 digits that begin with 89.
    /// ```
    pub Iccid {
        name: "number/iccid",
        severity: Error,
        confidence: High,
        since: "0.1.0",
        wordings: [START, LENGTH, COUNTRY, CHECK_DIGIT],
    }
}

static START: Wording = Wording::new(
    "number/iccid.start",
    "`{number}` is no SIM card number: an ICCID begins with 89",
    "`{number}` 不是 SIM 卡号：ICCID 以 89 开头",
);
static LENGTH: Wording = Wording::new(
    "number/iccid.length",
    "`{number}` has {digits} digits; an ICCID has 18 to 20",
    "`{number}` 有 {digits} 位；ICCID 应为 18 至 20 位",
);
static COUNTRY: Wording = Wording::new(
    "number/iccid.country",
    "after 89, `{number}` has no country calling code",
    "`{number}` 的 89 之后不是任何国家或地区的区号",
);
static CHECK_DIGIT: Wording = Wording::new(
    "number/iccid.check-digit",
    "the last digit of `{number}` is no check digit (that would be {right})",
    "`{number}` 的末位不是校验位（校验位应为 {right}）",
);

impl Rule for Iccid {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        for it in cx.facts.identifiers.iter().filter(|it| it.kind == IdentifierKind::Iccid && !it.example) {
            let digits = it.value.len();
            let fault = if !it.value.starts_with("89") {
                Message::new(&START)
            } else if !(18..=20).contains(&digits) {
                Message::new(&LENGTH).with("digits", digits)
            } else if !has_country(cx, &it.value[2..]) {
                Message::new(&COUNTRY)
            } else {
                let right = check_digit::luhn(&it.value[..digits - 1]);
                if digits > 18 && !it.value.ends_with(right) {
                    let hint =
                        Message::new(&CHECK_DIGIT).with("number", it.text.as_str()).with("right", right.to_string());
                    findings.report(it.span, hint).severity(Severity::Info).confidence(Confidence::Low);
                }
                continue;
            };
            findings.report(it.span, fault.with("number", it.text.as_str()));
        }
    }
}

/// A calling code, padded with a zero where it is one digit long.
fn has_country(cx: &Context<'_>, digits: &str) -> bool {
    let digits = digits.strip_prefix('0').unwrap_or(digits);
    cx.knowledge.generated.regions().any(|region| digits.starts_with(region.calling_code))
}
