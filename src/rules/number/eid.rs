use super::check_digit;
use crate::declare_rule;
use crate::diagnostic::{Message, RuleMeta, Wording};
use crate::facts::IdentifierKind;
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags an eSIM chip number (EID) that cannot be one.
    ///
    /// ## Why
    /// Carriers bind an eSIM to the EID; with a wrong one the download is refused.
    ///
    /// ## How it decides
    /// The text says EID before the digits. By GSMA SGP.02 there are 32, they begin with 89, and divided by 97 they leave 1. Examples
    /// are left alone.
    ///
    /// ```md bad
    /// # Activating an eSIM
    ///
    /// Send the carrier your EID 89001012012341234012345678901225.
    /// ```
    ///
    /// ```md good
    /// # Activating an eSIM
    ///
    /// Send the carrier your EID. It looks like this, for example: 89001012012341234012345678901224.
    /// ```
    pub Eid {
        name: "number/eid",
        severity: Error,
        confidence: High,
        since: "0.1.0",
        wordings: [LENGTH, START, CHECK_DIGITS],
    }
}

static LENGTH: Wording = Wording::new(
    "number/eid.length",
    "`{number}` has {digits} digits; an EID has 32",
    "`{number}` 有 {digits} 位；EID 应为 32 位",
);
static START: Wording = Wording::new(
    "number/eid.start",
    "`{number}` is no eSIM chip number: an EID begins with 89",
    "`{number}` 不是 eSIM 芯片号：EID 以 89 开头",
);
static CHECK_DIGITS: Wording =
    Wording::new("number/eid.check-digits", "the check digits of `{number}` are wrong", "`{number}` 的校验位不对");

impl Rule for Eid {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        for it in cx.facts.identifiers.iter().filter(|it| it.kind == IdentifierKind::Eid && !it.example) {
            let fault = if it.value.len() != 32 {
                Message::new(&LENGTH).with("digits", it.value.len())
            } else if !it.value.starts_with("89") {
                Message::new(&START)
            } else if check_digit::mod_97(&it.value) != 1 {
                Message::new(&CHECK_DIGITS)
            } else {
                continue;
            };
            findings.report(it.span, fault.with("number", it.text.as_str()));
        }
    }
}
