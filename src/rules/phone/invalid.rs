use super::care;
use crate::declare_rule;
use crate::diagnostic::{Confidence, Message, RuleMeta, Wording};
use crate::facts::{NumberFault, NumberForm, NumberMention, Reading};
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a telephone number that no numbering plan can have issued.
    ///
    /// ## Why
    /// Readers dial what a guide prints. A number with a digit missing is worse than no number: it looks right.
    ///
    /// ## How it decides
    /// A number with `+` is read as it stands, any other with the plan of the guide's country; then length and range
    /// are held against that plan. Short numbers, ranges kept for
    /// films and books, numbers that a carrier is known to publish, examples and explanations of number formats are left alone.
    ///
    /// ```md bad
    /// # Getting help in Türkiye
    ///
    /// Call customer care on +90 532 12 from abroad.
    /// ```
    ///
    /// ```md good
    /// # Getting help in Türkiye
    ///
    /// Call customer care on +90 501 234 56 78 from abroad.
    /// ```
    pub Invalid {
        name: "phone/invalid",
        severity: Error,
        confidence: High,
        since: "0.1.0",
        wordings: [UNKNOWN_CODE, TOO_SHORT, SHORT_BY, TOO_LONG, LONG_BY, WRONG_LENGTH, UNASSIGNED, COMPARE],
    }
}

static UNKNOWN_CODE: Wording = Wording::new(
    "phone/invalid.unknown-code",
    "`{number}` begins with no country calling code",
    "`{number}` 开头不是任何国家或地区的电话区号",
);
static TOO_SHORT: Wording = Wording::new(
    "phone/invalid.too-short",
    "`{number}` has too few digits to be a telephone number",
    "`{number}` 位数太少，不可能是电话号码",
);
static SHORT_BY: Wording = Wording::new(
    "phone/invalid.short-by",
    "`{number}` is too short by {missing}: numbers of {region} have at least {least} digits, this one has {digits}",
    "`{number}` 少了 {missing} 位：{region} 的号码至少 {least} 位，这里只有 {digits} 位",
);
static LONG_BY: Wording = Wording::new(
    "phone/invalid.long-by",
    "`{number}` is too long by {extra}: numbers of {region} have at most {most} digits, this one has {digits}",
    "`{number}` 多了 {extra} 位：{region} 的号码至多 {most} 位，这里有 {digits} 位",
);
static TOO_LONG: Wording = Wording::new(
    "phone/invalid.too-long",
    "`{number}` has too many digits to be a telephone number",
    "`{number}` 位数太多，不可能是电话号码",
);
static WRONG_LENGTH: Wording = Wording::new(
    "phone/invalid.wrong-length",
    "`{number}` has a length no number of its plan has",
    "`{number}` 的位数不符合该国号码规则",
);
static UNASSIGNED: Wording = Wording::new(
    "phone/invalid.unassigned",
    "`{number}` is in no range its numbering plan has assigned",
    "`{number}` 不在该国号码规则已分配的号段内",
);
static COMPARE: Wording = Wording::new(
    "phone/invalid.help",
    "compare it with the contact page of whoever the number belongs to",
    "请与号码所有者的官方联系页面核对",
);

impl Rule for Invalid {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        for number in &cx.facts.numbers {
            let Reading::Invalid(fault) = &number.reading else { continue };
            let fiction = number.e164_digits().is_some_and(|it| cx.knowledge.fiction.range(it).is_some());
            if number.example || fiction || care::is_known(cx, number) {
                continue;
            }
            let finding = findings.report(number.span, message(number, fault)).help(Message::new(&COMPARE));
            if number.form == NumberForm::National {
                finding.confidence(Confidence::Medium);
            }
        }
    }
}

fn message(number: &NumberMention, fault: &NumberFault) -> Message {
    let message = match fault {
        NumberFault::NotANumber | NumberFault::UnknownCallingCode => Message::new(&UNKNOWN_CODE),
        NumberFault::TooShort { region: Some(region), digits, least: Some(least) } => Message::new(&SHORT_BY)
            .with("missing", least - digits)
            .with("region", region.as_str())
            .with("least", *least)
            .with("digits", *digits),
        NumberFault::TooShort { .. } => Message::new(&TOO_SHORT),
        NumberFault::TooLong { region: Some(region), digits, most: Some(most) } => Message::new(&LONG_BY)
            .with("extra", digits - most)
            .with("region", region.as_str())
            .with("most", *most)
            .with("digits", *digits),
        NumberFault::TooLong { .. } => Message::new(&TOO_LONG),
        NumberFault::WrongLength { .. } => Message::new(&WRONG_LENGTH),
        NumberFault::Unassigned { .. } => Message::new(&UNASSIGNED),
    };
    message.with("number", number.raw.as_str())
}
