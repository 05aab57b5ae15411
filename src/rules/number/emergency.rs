use crate::declare_rule;
use crate::diagnostic::{Argument, Message, RuleMeta, Wording};
use crate::facts::{NumberForm, NumberMention, Surroundings};
use crate::guide::Stretch;
use crate::knowledge::CueSet;
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags an emergency number that does not reach help in the guide's country.
    ///
    /// ## Why
    /// Of all numbers in a guide this is the one that must be right, and the one most often carried over from another country.
    ///
    /// ## How it decides
    /// The text calls a short number an emergency number, or names police, fire brigade or ambulance beside it. It is held against
    /// the country's emergency numbers. 112 and 911 are right almost anywhere: mobile phones know them. Carriers' care numbers
    /// and other short numbers of the national plan are left alone, and so are sentences that name another country.
    ///
    /// ```md bad
    /// # Getting help in Albania
    ///
    /// In an emergency call 999.
    /// ```
    ///
    /// ```md good
    /// # Getting help in Albania
    ///
    /// In an emergency call 112. Police: 129, ambulance: 127.
    /// ```
    pub Emergency {
        name: "number/emergency",
        severity: Warning,
        confidence: High,
        since: "0.1.0",
        wordings: [NOT_HERE, KNOWN, PLAN, USE],
    }
}

static NOT_HERE: Wording = Wording::new(
    "number/emergency",
    "`{number}` is no emergency number in {country}",
    "`{number}` 不是 {country} 的紧急电话",
);
static KNOWN: Wording =
    Wording::new("number/emergency.known", "emergency numbers there: {numbers}", "当地的紧急电话：{numbers}");
static PLAN: Wording = Wording::new(
    "number/emergency.plan",
    "the numbering plan data for {country} do not have it as an emergency number",
    "{country} 的号码规则数据中没有这个紧急电话",
);
static USE: Wording = Wording::new("number/emergency.help", "use {numbers}", "请改用 {numbers}");

impl Rule for Emergency {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let Some(code) = cx.subject.country.as_deref() else { return };
        let country = cx.country();
        for number in cx.facts.numbers.iter().filter(|it| it.emergency && it.form == NumberForm::Short && !it.example) {
            let digits = number.digits.as_str();
            let planned = |kind| cx.knowledge.generated.is_short_number(code, kind, digits);
            let right = FROM_MOBILES.contains(&digits) || planned("emergency") || planned("short");
            let listed = country.is_some_and(|it| it.is_short_number(digits));
            if right
                || listed
                || number.hotline
                || is_of_another(cx, number)
                || names_another(cx, number, code)
                || is_special(cx, number)
            {
                continue;
            }
            let finding = findings
                .report(number.span, Message::new(&NOT_HERE).with("number", number.raw.as_str()).with("country", code))
                .because(Message::new(&PLAN).with("country", code));
            let Some(known) = country.and_then(|it| it.emergency.as_ref()) else { continue };
            let numbers = || known.numbers.iter().map(|(_, it)| it.as_str()).collect::<Argument>();
            finding
                .according_to(Message::new(&KNOWN).with("numbers", numbers()), &known.sources)
                .help(Message::new(&USE).with("numbers", numbers()));
        }
    }
}

/// Every mobile phone connects these to the emergency service, wherever it is (3GPP TS 22.101).
const FROM_MOBILES: [&str; 2] = ["112", "911"];

/// "Phone 979, emergency 199": each word for emergencies stands right before another number.
fn is_of_another(cx: &Context<'_>, number: &NumberMention) -> bool {
    let leads = |cue: Stretch, other: &NumberMention| {
        cue.end <= other.at.start
            && other.block == number.block
            && !cx.guide.prose.text(Stretch::new(cue.end, other.at.start)).contains(char::is_alphanumeric)
    };
    const NEAR: u32 = 160;
    let around = Surroundings::of(cx.guide, number.block, number.at);
    let near = |place: Stretch| {
        Stretch::new(place.start.max(number.at.start.saturating_sub(NEAR)), place.end.min(number.at.end + NEAR))
    };
    let places = around.near().map(near).filter(|place| place.start < place.end);
    let mut cues = places.flat_map(|place| cx.facts.cues_in(CueSet::Emergency, place)).peekable();
    let next = |cue: Stretch| cx.facts.numbers.get(cx.facts.numbers.partition_point(|it| it.at.start < cue.end));
    cues.peek().is_some()
        && cues.all(|cue| next(cue.at).is_some_and(|other| other.at != number.at && leads(cue.at, other)))
}

/// "Tourist police 126": a service that is not everybody's has a number of its own, in the same item, row or clause. Named in one
/// breath with the police or an ambulance it shares theirs: "police, fire brigade and tourist police: 999".
fn is_special(cx: &Context<'_>, number: &NumberMention) -> bool {
    /// Bytes between the service and its number.
    const NEAR: u32 = 80;
    let around = Surroundings::of(cx.guide, number.block, number.at);
    around.unit.iter().any(|unit| {
        let near =
            Stretch::new(unit.start.max(number.at.start.saturating_sub(NEAR)), unit.end.min(number.at.end + NEAR));
        let mut cues = cx.facts.cues_in(CueSet::SpecialService, near);
        cues.any(|cue| {
            let gap = Stretch::new(cue.at.end.min(number.at.end), number.at.start.max(cue.at.start));
            let between = cx.guide.prose.text(gap);
            match cue.at.end <= number.at.start {
                true => !between.contains(|c: char| c.is_ascii_digit()) && !is_one_of_several(cx, cue.at, near),
                // "126 (tourist police)".
                false => gap.len() <= 4 && !between.contains([',', '，', '、', ';']),
            }
        })
    })
}

/// Whether nothing but a comma or "and" stands between a special service and a word for everybody's help.
fn is_one_of_several(cx: &Context<'_>, special: Stretch, near: Stretch) -> bool {
    cx.facts.cues_in(CueSet::Emergency, near).filter(|it| !it.at.overlaps(special)).any(|other| {
        let gap = Stretch::new(special.end.min(other.at.end), special.start.max(other.at.start));
        joins(cx, gap)
    })
}

/// Whether a stretch is a comma, a stroke or a word such as "and".
fn joins(cx: &Context<'_>, gap: Stretch) -> bool {
    let text = cx.guide.prose.text(gap).trim();
    let word = || {
        let mut words = cx.facts.cues_in(CueSet::And, gap);
        words.next().is_some_and(|it| cx.guide.prose.text(it.at) == text)
    };
    matches!(text, "," | "，" | "、" | "/" | "&" | "،") || word()
}

fn names_another(cx: &Context<'_>, number: &NumberMention, home: &str) -> bool {
    let around = Surroundings::of(cx.guide, number.block, number.at);
    let places = |place| cx.facts.places_in(cx.knowledge, place).any(|(_, region)| region != home);
    around.near().any(|place| places(place) || is_said_of_elsewhere(cx, place, number, home))
}

/// Whether a word for the other part of the country stands before a number, and not beside or before the guide's own:
/// "the emergency number of Hong Kong is 999, as on the mainland" speaks of Hong Kong.
fn is_said_of_elsewhere(cx: &Context<'_>, place: Stretch, number: &NumberMention, home: &str) -> bool {
    cx.facts.cues_in(CueSet::Elsewhere, place).any(|cue| {
        if !place.contains(number.at) {
            return true;
        }
        let own = |within: Stretch| {
            cx.facts.places_in(cx.knowledge, within).filter(|(_, region)| *region == home).map(|(at, _)| at).last()
        };
        let before = cue.at.end <= number.at.start;
        let between = || own(Stretch::new(cue.at.end, number.at.start)).is_some();
        let beside = || {
            own(Stretch::new(place.start, cue.at.start)).is_some_and(|it| joins(cx, Stretch::new(it.end, cue.at.start)))
        };
        before && !between() && !beside()
    })
}
