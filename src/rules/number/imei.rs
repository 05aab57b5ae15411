use super::check_digit;
use crate::declare_rule;
use crate::diagnostic::{Message, RuleMeta, Wording};
use crate::facts::IdentifierKind;
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a device number (IMEI) that cannot be one.
    ///
    /// ## Why
    /// An IMEI with a wrong digit blocks or unlocks somebody else's phone, or nothing.
    ///
    /// ## How it decides
    /// The text says IMEI before the digits. There are 15, the last a check digit by Luhn's formula; or 14 without it, or 16 with a
    /// software version. Examples are left alone.
    ///
    /// ```md bad
    /// # Blocking a stolen phone
    ///
    /// Report the IMEI 49-015420-323751-9 to your carrier.
    /// ```
    ///
    /// ```md good
    /// # Blocking a stolen phone
    ///
    /// Dial `*#06#` and note the IMEI, 15 digits such as 49-015420-323751-8.
    /// ```
    pub Imei {
        name: "number/imei",
        severity: Error,
        confidence: High,
        since: "0.1.0",
        wordings: [LENGTH, CHECK_DIGIT],
    }
}

static LENGTH: Wording = Wording::new(
    "number/imei.length",
    "`{number}` has {digits} digits; an IMEI has 15",
    "`{number}` 有 {digits} 位；IMEI 应为 15 位",
);
static CHECK_DIGIT: Wording = Wording::new(
    "number/imei.check-digit",
    "the check digit of `{number}` is wrong: it would be {right}",
    "`{number}` 的校验位不对，应为 {right}",
);

impl Rule for Imei {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        for it in cx.facts.identifiers.iter().filter(|it| it.kind == IdentifierKind::Imei && !it.example) {
            let message = match it.value.len() {
                14 | 16 => continue,
                15 => {
                    let right = check_digit::luhn(&it.value[..14]);
                    if it.value.ends_with(right) {
                        continue;
                    }
                    Message::new(&CHECK_DIGIT).with("right", right.to_string())
                }
                digits => Message::new(&LENGTH).with("digits", digits),
            };
            findings.report(it.span, message.with("number", it.text.as_str()));
        }
    }
}
