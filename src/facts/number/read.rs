//! Digits in their guide: which of them are numbers, of what country, given for whom and for what.

use super::engine;
use super::{NumberForm, NumberMention, RawNumber, Reading};
use crate::facts::{Facts, Subject, Surroundings, context};
use crate::guide::{BlockKind, Guide};
use crate::knowledge::{Country, CueSet, Knowledge};

pub(in crate::facts) fn read(
    guide: &Guide,
    knowledge: &Knowledge,
    subject: &Subject,
    facts: &Facts,
    raw: Vec<RawNumber>,
) -> Vec<NumberMention> {
    let mut numbers: Vec<NumberMention> = Vec::new();
    for raw in raw {
        let block = guide.blocks.get(raw.block as usize);
        if block.is_none_or(|it| matches!(it.kind, BlockKind::Alt | BlockKind::LinkTitle | BlockKind::FrontMatter)) {
            continue;
        }
        let around = Surroundings::of(guide, raw.block, raw.at);
        let Some((form, reading)) = interpret(knowledge, subject, facts, &around, &raw) else { continue };
        let carrier = context::nearest_carrier(guide, facts, &around, raw.at, &numbers);
        let said = |set| around.all().any(|stretch| facts.has_cue(set, stretch));
        let span = raw.link.unwrap_or_else(|| guide.prose.span(raw.at));
        numbers.push(NumberMention {
            at: raw.at,
            span,
            raw: guide.prose.text(raw.at).to_owned(),
            digits: raw.digits,
            form,
            reading,
            block: raw.block,
            carrier,
            hotline: said(CueSet::Hotline),
            example: around.near().any(|stretch| facts.has_cue(CueSet::Example, stretch)),
            emergency: around.near().any(|stretch| facts.has_cue(CueSet::Emergency, stretch)),
            personal: around.near().any(|stretch| facts.has_cue(CueSet::Personal, stretch)),
            abroad: around.near().any(|stretch| facts.has_cue(CueSet::Abroad, stretch)),
            messages: around.near().any(|stretch| facts.has_cue(CueSet::ShortMessage, stretch)),
        });
    }
    numbers
}

/// Whether the digits are a telephone number here, and which. `None`: they are something else, or we cannot tell.
fn interpret(
    knowledge: &Knowledge,
    subject: &Subject,
    facts: &Facts,
    around: &Surroundings,
    raw: &RawNumber,
) -> Option<(NumberForm, Reading)> {
    let digits = raw.digits.as_str();
    let country = subject.country.as_deref();
    if raw.link.is_some() {
        let form = if digits.len() <= 6 { NumberForm::Short } else { NumberForm::Link };
        let reading = if digits.len() <= 6 { Reading::Short } else { engine::readings(digits, country) };
        return (digits.starts_with('+') || country.is_some()).then_some((form, reading));
    }
    if digits.starts_with('+') {
        return Some((NumberForm::International, engine::readings(digits, None)));
    }
    let cued = around.near().any(|stretch| facts.has_cue(CueSet::Phone, stretch))
        || around.lead.is_some_and(|stretch| facts.has_cue(CueSet::Phone, stretch))
        || around.column.is_some_and(|stretch| facts.has_cue(CueSet::Phone, stretch));
    if digits.len() <= 6 {
        let messages = around.near().any(|stretch| facts.has_cue(CueSet::ShortMessage, stretch));
        let known = country.is_some_and(|code| is_known_short(knowledge, code, digits));
        return (cued && !messages && known).then_some((NumberForm::Short, Reading::Short));
    }
    let region = country?;
    let reading = engine::readings(digits, Some(region));
    let trunk = knowledge.generated.region(region).map_or("", |it| it.trunk_prefix);
    let written_nationally = !trunk.is_empty() && digits.starts_with(trunk) && digits.len() >= 9;
    let plausible = matches!(reading, Reading::Valid(_)) && (raw.grouped || cued) && (cued || written_nationally);
    // Digits that no plan issued are a broken number only where the text calls them one.
    let claimed = cued && written_nationally && raw.grouped && digits.len() <= 12;
    (plausible || claimed).then_some((NumberForm::National, reading))
}

fn is_known_short(knowledge: &Knowledge, country: &str, digits: &str) -> bool {
    knowledge.country(country).is_some_and(|it| it.is_short_number(digits))
        || knowledge.generated.is_short_number(country, "short", digits)
        || knowledge.generated.is_short_number(country, "emergency", digits)
}

/// Whether a number is one that a carrier of the country publishes, or an emergency number there.
pub fn is_published(number: &NumberMention, country: &Country) -> bool {
    let written = number.valid().map_or(number.digits.as_str(), |it| it.e164.as_str());
    let emergency = country.emergency.iter().flat_map(|it| &it.numbers).any(|(_, known)| *known == number.digits);
    let mut care = country.carriers.iter().flat_map(|it| &it.care);
    emergency || care.any(|it| it.number == number.digits || engine::canonical(&it.number, &country.code) == written)
}
