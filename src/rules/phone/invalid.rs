use crate::declare_rule;
use crate::diagnostic::{Confidence, Message, RuleMeta, Wording};
use crate::facts::{NearestLength, NumberFault, NumberForm, NumberMention, Reading, nearest_length};
use crate::knowledge::NumberPlan;
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a telephone number that no numbering plan can have issued.
    ///
    /// ## Why
    /// Readers dial what a guide prints. A number with a digit missing is worse than no number: it looks right.
    ///
    /// ## How it decides
    /// A number with `+` is read as it stands, any other with the plan of the guide's country; then length and range
    /// are held against that plan. A length is wrong by so many digits as the nearest one is away at which the plan has numbers
    /// that begin like it. Short numbers, ranges kept for
    /// films and books, numbers that a carrier is known to publish, examples and explanations of number formats are left
    /// alone; so are digits with a mask among them, and a carrier's short number behind a prefix of its network.
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
        wordings: [UNKNOWN_CODE, TOO_SHORT, SHORT_BY, SHORT_IN_RANGE, TOO_LONG, LONG_BY, LONG_IN_RANGE, WRONG_LENGTH, UNASSIGNED, COMPARE],
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
static SHORT_IN_RANGE: Wording = Wording::new(
    "phone/invalid.short-in-range",
    "`{number}` is too short by {missing}: numbers that begin with +{code} {lead} have {right} digits after +{code}, this one has {digits}",
    "`{number}` 少了 {missing} 位：以 +{code} {lead} 开头的号码在 +{code} 之后有 {right} 位，这里只有 {digits} 位",
);
static LONG_IN_RANGE: Wording = Wording::new(
    "phone/invalid.long-in-range",
    "`{number}` is too long by {extra}: numbers that begin with +{code} {lead} have {right} digits after +{code}, this one has {digits}",
    "`{number}` 多了 {extra} 位：以 +{code} {lead} 开头的号码在 +{code} 之后有 {right} 位，这里有 {digits} 位",
);
static TOO_LONG: Wording = Wording::new(
    "phone/invalid.too-long",
    "`{number}` has {digits} digits; no telephone number has more than 15",
    "`{number}` 有 {digits} 位；电话号码最多 15 位",
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
        let mut measured = 0;
        for number in &cx.facts.numbers {
            let Reading::Invalid { fault, .. } = &number.reading else { continue };
            let fiction = number.e164_digits().is_some_and(|it| cx.knowledge.fiction.range(it).is_some());
            if number.example || fiction || number.published || is_free_short_number(cx, number) {
                continue;
            }
            if is_masked(cx, number) || is_line_of_a_network(cx, number) {
                continue;
            }
            measured += 1;
            let nearest = number.e164.as_deref().filter(|_| measured <= MOST_MEASURED).and_then(nearest_length);
            let message = nearest.map_or_else(|| message(number, fault), |it| in_range(number, &it));
            let finding = findings.report(number.span, message).help(Message::new(&COMPARE));
            if number.form == NumberForm::National {
                finding.confidence(Confidence::Medium);
            }
        }
    }
}

/// `+86 138****5678`: digits that the text keeps to itself. Markdown may have taken the stars for marks.
fn is_masked(cx: &Context<'_>, number: &NumberMention) -> bool {
    const MASKS: [&str; 6] = ["**", "\\*", "xx", "XX", "••", "＊"];
    let rest = &cx.source.text()[number.span.end as usize..];
    MASKS.iter().any(|mask| rest.starts_with(mask)) || cx.source.slice(number.span).contains("***")
}

/// `0179 55222`: a short number of a carrier of the country behind a prefix of its network, as it is dialled from others.
fn is_line_of_a_network(cx: &Context<'_>, number: &NumberMention) -> bool {
    /// Digits of such a short number at least, and of a prefix with the trunk prefix or the calling code at most.
    const SHORT: usize = 5;
    const PREFIX: usize = 6;
    let digits = number.bare_digits();
    let care = cx.country().into_iter().flat_map(|it| &it.carriers).flat_map(|it| &it.care);
    care.map(|it| it.number.as_str())
        .filter(|it| it.len() >= SHORT && it.len() <= digits.len())
        .any(|short| digits.strip_suffix(short).is_some_and(|prefix| (2..=PREFIX).contains(&prefix.len())))
}

/// `+49 116 116`: a free short number that is dialled from abroad too, with the country calling code before it.
fn is_free_short_number(cx: &Context<'_>, number: &NumberMention) -> bool {
    const DIGITS: usize = 6;
    let divided = |it: &str| Some(it.len().checked_sub(DIGITS)?).map(|at| (it[..at].to_owned(), it[at..].to_owned()));
    let Some((code, short)) = number.e164_digits().and_then(divided) else { return false };
    let plans = NumberPlan::of_code(&code);
    plans.iter().any(|plan| cx.knowledge.generated.is_short_number(plan.region, "toll-free", &short))
}

/// So many invalid numbers of a guide are held against the lengths of their ranges, which takes a hundred questions each.
const MOST_MEASURED: usize = 100;

/// By how much the number is too short or too long for the range its first digits are of.
fn in_range(number: &NumberMention, nearest: &NearestLength) -> Message {
    let excess = nearest.excess();
    let message = match excess < 0 {
        true => Message::new(&SHORT_IN_RANGE).with("missing", excess.unsigned_abs() as usize),
        false => Message::new(&LONG_IN_RANGE).with("extra", excess.unsigned_abs() as usize),
    };
    message
        .with("number", number.raw.as_str())
        .with("code", nearest.calling_code.as_str())
        .with("lead", nearest.lead.as_str())
        .with("right", nearest.right)
        .with("digits", nearest.digits)
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
        NumberFault::TooLong { digits, .. } => Message::new(&TOO_LONG).with("digits", *digits),
        NumberFault::WrongLength { .. } => Message::new(&WRONG_LENGTH),
        NumberFault::Unassigned { .. } => Message::new(&UNASSIGNED),
    };
    message.with("number", number.raw.as_str())
}
