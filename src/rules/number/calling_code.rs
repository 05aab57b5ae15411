use crate::declare_rule;
use crate::diagnostic::{Message, RuleMeta, Wording};
use crate::facts::{IdentifierKind, IdentifierMention, Surroundings};
use crate::guide::Stretch;
use crate::knowledge::CueSet;
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a country calling code that is not that country's.
    ///
    /// ## Why
    /// With a wrong calling code every number of the guide fails from abroad.
    ///
    /// ## How it decides
    /// The text says "country code" (in many languages) shortly before `+` or `00` and one to four digits. The country is the one named in
    /// the same sentence, item or row, or else the one the guide is about. Sentences that name several countries are left alone, and so are
    /// those that name none where the block names another or a long word before the code may.
    ///
    /// ```md bad
    /// # Calling Albania from abroad
    ///
    /// The country code is +356.
    /// ```
    ///
    /// ```md good
    /// # Calling Albania from abroad
    ///
    /// The country code is +355; the country code of Kosovo is +383.
    /// ```
    pub CallingCode {
        name: "number/calling-code",
        severity: Error,
        confidence: High,
        since: "0.1.0",
        wordings: [OTHER, UNASSIGNED, PLAN],
    }
}

static OTHER: Wording = Wording::new(
    "number/calling-code",
    "`{code}` is not the calling code of {region}: that is +{right}",
    "`{code}` 不是 {region} 的国际区号，正确的是 +{right}",
);
static UNASSIGNED: Wording = Wording::new(
    "number/calling-code.unassigned",
    "`{code}` is no country's calling code; {region} has +{right}",
    "`{code}` 不是任何国家或地区的国际区号；{region} 的是 +{right}",
);
static PLAN: Wording = Wording::new(
    "number/calling-code.evidence",
    "numbering plan data give {region} the calling code {right}",
    "号码规则数据：{region} 的国际区号是 {right}",
);

impl Rule for CallingCode {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        for it in cx.facts.identifiers.iter().filter(|it| it.kind == IdentifierKind::CallingCode && !it.example) {
            let Some(region) = country_of(cx, it) else { continue };
            let Some(facts) = cx.knowledge.generated.region(&region) else { continue };
            let right = facts.calling_code;
            // In the North American plan people call the code together with its first digits: +1242, +1 809.
            if it.value == right || (right == "1" && it.value.starts_with('1')) {
                continue;
            }
            let assigned = cx.knowledge.generated.regions().any(|it_is| it_is.calling_code == it.value);
            // "008-": a prefix that chooses the carrier of a call.
            if !assigned && !it.text.starts_with(['+', '＋']) {
                continue;
            }
            let message = Message::new(if assigned { &OTHER } else { &UNASSIGNED })
                .with("code", it.text.as_str())
                .with("region", region.as_str())
                .with("right", right);
            let plan = Message::new(&PLAN).with("region", region.as_str()).with("right", right);
            findings.report(it.span, message).because(plan);
        }
    }
}

/// The one country the code is said to be of. Where the sentence names none it is the guide's, unless the block names another or a
/// word before the code may be the name of one we do not know.
fn country_of(cx: &Context<'_>, it: &IdentifierMention) -> Option<String> {
    let around = Surroundings::of(cx.guide, it.block, it.at);
    let mut named: Vec<(Stretch, &str)> =
        around.unit.iter().flat_map(|unit| cx.facts.places_in(cx.knowledge, *unit)).collect();
    named.sort_unstable();
    let mut regions: Vec<&str> = named.iter().map(|(_, region)| *region).collect();
    regions.sort_unstable();
    regions.dedup();
    match regions[..] {
        [] => {
            let home = cx.subject.country.clone()?;
            let others = cx.facts.places_in(cx.knowledge, around.block).any(|(_, region)| region != home);
            (!others && !names_unknown(cx, &around, it.at)).then_some(home)
        }
        [only] => Some(only.to_owned()),
        _ => None,
    }
}

/// Whether a word between "country code" and the code is too long for "is".
fn names_unknown(cx: &Context<'_>, around: &Surroundings, code: Stretch) -> bool {
    let cues = around.unit.iter().flat_map(|unit| cx.facts.cues_in(CueSet::CallingCode, *unit));
    let Some(cue) = cues.map(|cue| cue.at.end).filter(|end| *end <= code.start).max() else { return false };
    let between = cx.guide.prose.text(Stretch::new(cue, code.start));
    between.split(|c: char| !c.is_alphanumeric()).any(|word| {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        letters > if word.starts_with(joins_prepositions) { 3 } else { 6 }
    })
}

/// Hebrew and Arabic letters: "of" and "for" are one word there with the name behind them.
fn joins_prepositions(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{06ff}')
}
