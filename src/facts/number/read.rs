//! Digits in their guide: which of them are numbers, of what country, given for whom and for what.

use smol_str::SmolStr;

use super::engine;
use super::given::{is_from_elsewhere, show_how_to_dial};
use super::plan::{self, Issued};
use super::refuted::is_refuted;
use super::{NumberForm, NumberKind, NumberMention, PhoneNumber, RawNumber, Reading};
use crate::facts::{Facts, Subject, Surroundings, context};
use crate::guide::{BlockKind, Guide, Stretch};
use crate::knowledge::{Country, CueSet, Knowledge, NumberPlan, PlanLength};

/// Words that call digits a telephone number.
const PHONES: [CueSet; 3] = [CueSet::Phone, CueSet::Hotline, CueSet::Emergency];

/// The kind of guide that explains numbers and gives no contacts.
const EXPLAINS_NUMBERS: &str = "number-format";

pub(in crate::facts) fn read(
    guide: &Guide,
    knowledge: &Knowledge,
    subject: &Subject,
    facts: &Facts,
    raw: Vec<RawNumber>,
) -> Vec<NumberMention> {
    let reader = Reader { guide, knowledge, subject, facts };
    let mut numbers: Vec<NumberMention> = Vec::new();
    let explains = subject.kind.as_deref() == Some(EXPLAINS_NUMBERS);
    for mut raw in raw {
        let block = guide.blocks.get(raw.block as usize);
        if block.is_none_or(|it| matches!(it.kind, BlockKind::Alt | BlockKind::FrontMatter)) {
            continue;
        }
        let around = Surroundings::of(guide, raw.block, raw.at);
        let Some((form, mut reading)) = reader.interpret(&around, &mut raw) else { continue };
        if let Reading::Valid(number) = &mut reading
            && is_service_code(number)
        {
            number.kind = NumberKind::Unknown;
        }
        let carrier = context::nearest_carrier(guide, facts, &around, raw.at, &numbers);
        let refuted = is_refuted(guide, facts, &around, &raw);
        let shown = if raw.link.is_some() { &raw.digits } else { guide.prose.text(raw.at) };
        let said = |set| around.all().any(|stretch| facts.has_cue(set, stretch));
        let beside = |set| around.near().any(|stretch| facts.has_cue(set, stretch));
        let span = raw.link.unwrap_or_else(|| guide.prose.span(raw.at));
        let e164 = match &reading {
            Reading::Valid(number) => Some(number.e164.clone()),
            Reading::Invalid { e164, .. } => e164.clone(),
            Reading::Short => None,
        };
        numbers.push(NumberMention {
            e164,
            at: raw.at,
            span,
            raw: shown.into(),
            digits: raw.digits,
            form,
            reading,
            block: raw.block,
            carrier: carrier.map(|(index, _)| index),
            carrier_beside: carrier.is_some_and(|(_, beside)| beside),
            extension: raw.extension,
            published: false,
            hotline: said(CueSet::Hotline),
            example: explains
                || beside(CueSet::Example)
                || around.lead.into_iter().chain(around.heading).any(|it| facts.has_cue(CueSet::Example, it)),
            refuted,
            emergency: beside(CueSet::Emergency),
            personal: beside(CueSet::Personal),
            abroad: beside(CueSet::Abroad),
            from_elsewhere: is_from_elsewhere(guide, facts, &around, raw.at),
            messages: beside(CueSet::ShortMessage),
        });
    }
    context::count_off(guide, facts, &mut numbers);
    show_how_to_dial(guide, &mut numbers);
    if let Some(country) = subject.country.as_deref().and_then(|code| knowledge.country(code)) {
        for number in &mut numbers {
            number.published = is_published(number, country);
        }
    }
    numbers
}

struct Reader<'a> {
    guide: &'a Guide,
    knowledge: &'a Knowledge,
    subject: &'a Subject,
    facts: &'a Facts,
}

impl Reader<'_> {
    /// Whether the digits are a telephone number here, and which; `raw` shrinks to it where more digits follow.
    /// `None`: they are something else, or we cannot tell.
    fn interpret(&self, around: &Surroundings, raw: &mut RawNumber) -> Option<(NumberForm, Reading)> {
        let country = self.subject.country.as_deref();
        if raw.link.is_some() {
            let short = raw.digits.len() <= 6;
            let form = if short { NumberForm::Short } else { NumberForm::Link };
            let reading = if short { Reading::Short } else { engine::readings(&raw.digits, country) };
            return (raw.digits.starts_with('+') || country.is_some()).then_some((form, reading));
        }
        if raw.digits.starts_with('+') {
            return Some((NumberForm::International, fit(raw, |digits| engine::readings(digits, None))));
        }
        let other = self.is_called_otherwise(around, raw);
        let cued = !other && self.is_called_number(around);
        if raw.digits.len() <= 6 {
            let owned =
                || is_listed(self.knowledge, country.unwrap_or_default(), &raw.digits) && self.follows_carrier(raw);
            return if cued || !other && owned() { self.few_digits(around, raw) } else { None };
        }
        if other {
            return None;
        }
        // "Orange: 510 100 100" calls the digits a number as well as any word.
        let cued = cued || raw.grouped && self.follows_carrier(raw);
        if let Some((abroad, reading)) = self.read_abroad(&raw.digits) {
            let valid = matches!(reading, Reading::Valid(_));
            // What begins like a call abroad can be a number at home all the same (`0077-…` in Japan).
            let at_home = || country.is_some_and(|home| is_valid(&raw.digits, home));
            if (valid && (cued || raw.grouped) || cued && raw.grouped) && !at_home() {
                raw.digits = abroad.into();
                return Some((NumberForm::International, reading));
            }
        }
        let home = country?;
        // A sentence about another country gives that country's numbers.
        let mut named: Vec<&str> = around
            .unit
            .iter()
            .flat_map(|unit| self.facts.places_in(self.knowledge, *unit))
            .map(|(_, region)| region)
            .collect();
        named.sort_unstable();
        named.dedup();
        match named[..] {
            [] => self.national(around, raw, home, cued),
            [region] => self.national(around, raw, region, cued),
            _ if named.contains(&home) => self.national(around, raw, home, cued),
            _ => None,
        }
    }

    /// `Билайн: 0611`: nothing but marks between a carrier's name and the digits.
    fn follows_carrier(&self, raw: &RawNumber) -> bool {
        const MARKS: u32 = 8;
        let window = Stretch::new(raw.at.start.saturating_sub(MARKS), raw.at.start);
        let before = self.facts.carriers.partition_point(|it| it.at.start < raw.at.start);
        self.facts.carriers[..before].last().is_some_and(|it| {
            it.at.end >= window.start
                && it.at.end <= raw.at.start
                && !self.guide.prose.text(Stretch::new(it.at.end, raw.at.start)).contains(char::is_alphanumeric)
        })
    }

    /// Six digits or fewer: a short number, or a whole one where the country's numbers are as short as that.
    fn few_digits(&self, around: &Surroundings, raw: &mut RawNumber) -> Option<(NumberForm, Reading)> {
        let home = self.subject.country.as_deref()?;
        if !is_listed(self.knowledge, home, &raw.digits)
            && self.is_beside_cue(around, raw)
            && !self.is_thousands(raw)
            && let Some(number) = self.whole_number(home, &raw.digits)
        {
            return Some((NumberForm::National, Reading::Valid(number)));
        }
        self.is_short(around, raw).then_some((NumberForm::Short, Reading::Short))
    }

    /// `30 000 calls`: written as amounts are, and something follows that it could count.
    fn is_thousands(&self, raw: &RawNumber) -> bool {
        let text = self.guide.prose.text(raw.at);
        let amount = raw.grouped && text.split(char::is_whitespace).skip(1).all(|it| it.chars().count() == 3);
        amount && !ends_there(&self.guide.prose.as_str()[raw.at.end as usize..])
    }

    /// A valid number of six digits or fewer, as it is dialled at home: with the trunk prefix where there is one, but for
    /// service numbers and for small countries, which do without.
    fn whole_number(&self, home: &str, digits: &str) -> Option<PhoneNumber> {
        const MOST_OF_A_SMALL_PLAN: usize = 9;
        if digits.len() < 4 || is_year(digits) {
            return None;
        }
        let Issued::Yes(number) = plan::issued(digits, Some(home)) else { return None };
        let trunk = self.knowledge.generated.region(home).map_or("", |it| it.trunk_prefix);
        let small = NumberPlan::of_region(home)?.length(MOST_OF_A_SMALL_PLAN + 1) == PlanLength::TooLong;
        let line = matches!(number.kind, NumberKind::FixedLine | NumberKind::Mobile | NumberKind::FixedLineOrMobile);
        (!line || small || digits.starts_with(trunk)).then_some(number)
    }

    fn national(
        &self,
        around: &Surroundings,
        raw: &mut RawNumber,
        region: &str,
        cued: bool,
    ) -> Option<(NumberForm, Reading)> {
        let trunk = self.knowledge.generated.region(region).map_or("", |it| it.trunk_prefix);
        let bare = !raw.grouped && (trunk.is_empty() || !raw.digits.starts_with(trunk));
        if !cued && !raw.grouped || bare && !self.is_beside_cue(around, raw) {
            return None;
        }
        let reading = fit(raw, |digits| engine::readings(digits, Some(region)));
        let written_nationally = !trunk.is_empty() && raw.digits.starts_with(trunk) && raw.digits.len() >= 9;
        let plausible = matches!(reading, Reading::Valid(_)) && (cued || written_nationally);
        // Digits that no plan issued are a broken number only where the text calls them one.
        let claimed = cued && written_nationally && raw.grouped && raw.digits.len() <= 12;
        (plausible || claimed).then_some((NumberForm::National, reading))
    }

    /// `00355…`, `011355…`: the digits after the prefix that calls abroad, with `+`, and what they are. Where several prefixes
    /// fit, one that leaves a number.
    fn read_abroad(&self, digits: &str) -> Option<(String, Reading)> {
        let region = self.subject.country.as_deref().and_then(|code| self.knowledge.generated.region(code));
        let own = region.map(|it| it.international_prefix).unwrap_or("");
        let prefixes = own.split(',').chain(["00"]).filter(|it| it.len() > 1);
        let mut read: Vec<(String, Reading)> = prefixes
            .filter_map(|prefix| digits.strip_prefix(prefix))
            .filter(|rest| rest.len() >= 7 && !rest.starts_with('0'))
            .map(|rest| format!("+{rest}"))
            .map(|abroad| {
                let reading = engine::readings(&abroad, None);
                (abroad, reading)
            })
            .collect();
        let at = read.iter().position(|(_, reading)| matches!(reading, Reading::Valid(_))).unwrap_or(0);
        (at < read.len()).then(|| read.swap_remove(at))
    }

    fn is_called_number(&self, around: &Surroundings) -> bool {
        let lead = around.lead.filter(|it| !self.facts.has_cue(CueSet::OtherNumber, *it));
        let mut places = around.near().chain(lead).chain(around.column);
        places.any(|it| PHONES.into_iter().any(|set| self.facts.has_cue(set, it)))
    }

    /// Digits in one piece with no prefix are anything: the word that calls them a number must stand near, not only in
    /// the same sentence.
    fn is_beside_cue(&self, around: &Surroundings, raw: &RawNumber) -> bool {
        const BEFORE: u32 = 48;
        const AFTER: u32 = 24;
        PHONES.into_iter().any(|set| {
            let after = Stretch::new(raw.at.end, raw.at.end + AFTER);
            let elsewhere =
                around.column.into_iter().chain(around.leads(self.guide)).any(|it| self.facts.has_cue(set, it));
            elsewhere
                || self.ends_before(around, raw, set, BEFORE).next().is_some()
                || self.facts.cues_in(set, after).any(|cue| around.near().any(|unit| unit.contains(cue.at)))
        })
    }

    /// An order number, an account, a price: said right before the digits, nearer than any word for a telephone.
    fn is_called_otherwise(&self, around: &Surroundings, raw: &RawNumber) -> bool {
        const REACH: u32 = 40;
        let before = |set| self.ends_before(around, raw, set, REACH).max();
        let in_column = around.column.is_some_and(|column| self.facts.has_cue(CueSet::OtherNumber, column));
        match before(CueSet::OtherNumber) {
            Some(other) => before(CueSet::Phone).is_none_or(|phone| phone <= other),
            None => in_column,
        }
    }

    /// Three to six digits: known in the country, or called a number right before them and nothing counted after them.
    fn is_short(&self, around: &Surroundings, raw: &RawNumber) -> bool {
        let Some(country) = self.subject.country.as_deref() else { return false };
        let messages = around.near().any(|stretch| self.facts.has_cue(CueSet::ShortMessage, stretch));
        if messages {
            return false;
        }
        is_listed(self.knowledge, country, &raw.digits)
            || self.knowledge.generated.is_short_number(country, "short", &raw.digits)
                && !is_year(&raw.digits)
                && self.is_beside_cue(around, raw)
            || self.is_announced(around, raw)
    }

    /// Where the cues of a set end that stand in the unit, at most `reach` bytes before the digits.
    fn ends_before<'s>(
        &'s self,
        around: &'s Surroundings,
        raw: &RawNumber,
        set: CueSet,
        reach: u32,
    ) -> impl Iterator<Item = u32> + 's {
        /// Longest word that can end within reach, in bytes.
        const WORD: u32 = 80;
        /// Most bytes that a letter of an alphabet takes.
        const LETTER: u32 = 3;
        let start = raw.at.start;
        let windows = around
            .near()
            .map(move |unit| {
                Stretch::new(unit.start.max(start.saturating_sub(reach * LETTER + WORD)), unit.end.min(start))
            })
            .filter(|window| window.start < window.end);
        windows
            .flat_map(move |window| self.facts.cues_in(set, window))
            .map(|cue| cue.at.end)
            .filter(move |end| width(self.guide.prose.text(Stretch::new(*end, start))) <= reach)
    }

    /// Called a number right before, or in a list of such, and followed by nothing it could count.
    fn is_announced(&self, around: &Surroundings, raw: &RawNumber) -> bool {
        const NEAR: u32 = 24;
        let announced = PHONES.into_iter().any(|set| {
            self.ends_before(around, raw, set, NEAR).any(|end| {
                let gap = self.guide.prose.text(Stretch::new(end, raw.at.start));
                width(gap) <= 16 && !gap.contains(is_digit) || is_list(gap)
            })
        });
        announced
            && ends_there(&self.guide.prose.as_str()[raw.at.end as usize..])
            && !is_year(&raw.digits)
            && !raw.grouped
    }
}

/// How far a text reaches, in letters; an ideograph says as much as three.
fn width(text: &str) -> u32 {
    text.chars()
        .map(|c| if matches!(c as u32, 0x3040..=0x9FFF | 0xAC00..=0xD7AF | 0xFF00..=0xFFEF) { 3 } else { 1 })
        .sum()
}

fn is_digit(c: char) -> bool {
    crate::facts::digits::digit(c).is_some()
}

/// ` 911 or `: short numbers with little between them.
fn is_list(gap: &str) -> bool {
    gap.split(is_digit).all(|between| between.trim().chars().count() <= 5)
        && gap.split(|c| !is_digit(c)).all(|digits| matches!(digits.chars().count(), 0 | 3..=6))
}

/// Whether digits that the text stands after are not followed by a thing they count: an end, a bracket, or a short word
/// and another number that ends like that.
fn ends_there(mut after: &str) -> bool {
    for _ in 0..8 {
        let Some(first) = after.chars().next() else { return true };
        if matches!(
            first,
            '.' | ','
                | ';'
                | ')'
                | '）'
                | '。'
                | '，'
                | '；'
                | '、'
                | '\u{1f}'
                | '\n'
                | '।'
                | '။'
                | '၊'
                | '۔'
                | '؛'
                | '('
                | '（'
                | '/'
                | '،'
        ) {
            return true;
        }
        let rest = after.trim_start_matches([' ', '\u{a0}']);
        if rest.starts_with(['(', '（', '–', '—']) {
            return true;
        }
        let word: usize = rest.chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
        let next = rest[word..].trim_start_matches([' ', '\u{a0}', '\u{200e}', '\u{200f}']);
        let digits: usize = next.chars().take_while(|c| is_digit(*c)).map(char::len_utf8).sum();
        if rest[..word].chars().count() > 5 || next.is_empty() || !(digits > 0 || next.starts_with(['+', '＋'])) {
            return false;
        }
        if next[..digits].chars().count() != 3 {
            return next.starts_with(['+', '＋']) || next[..digits].chars().count() > 3;
        }
        after = &next[digits..];
    }
    false
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

/// Reads all digits; where they are no number but a part is one and what follows is something else, that part. A few
/// digits too many after `+` are a broken number, unless a line break or a slash is among them.
fn fit(raw: &mut RawNumber, read: impl Fn(&str) -> Reading) -> Reading {
    let whole = read(&raw.digits);
    if matches!(whole, Reading::Valid(_)) || raw.breaks.is_empty() {
        return whole;
    }
    let plus = raw.digits.starts_with('+');
    let mut soft = false;
    for at in raw.breaks.iter().rev() {
        soft |= at.soft;
        if at.digits < 7 || plus && !soft && raw.digits.len() - at.digits < 7 {
            continue;
        }
        let reading = read(&raw.digits[..at.digits]);
        if matches!(reading, Reading::Valid(_)) {
            raw.at.end = at.end;
            raw.digits = SmolStr::new(&raw.digits[..at.digits]);
            raw.extension = None;
            return reading;
        }
    }
    if !plus {
        for at in raw.breaks.iter().filter(|it| raw.digits.len() - it.digits >= 7) {
            let reading = read(&raw.digits[at.digits..]);
            if matches!(reading, Reading::Valid(_)) {
                raw.at.start = at.start;
                raw.digits = SmolStr::new(&raw.digits[at.digits..]);
                return reading;
            }
        }
    }
    whole
}

fn is_valid(digits: &str, region: &str) -> bool {
    matches!(engine::readings(digits, Some(region)), Reading::Valid(_))
}

/// A short number of a country file or an emergency number: not only one of a shape that the plan has, which may be that
/// of post codes and years.
fn is_listed(knowledge: &Knowledge, country: &str, digits: &str) -> bool {
    knowledge.country(country).is_some_and(|it| it.is_short_number(digits))
        || knowledge.generated.is_short_number(country, "emergency", digits)
}

/// `083 135`: a code of the network behind a mobile prefix, where the numbers of people are longer by half. The plan has it
/// among the mobile numbers.
fn is_service_code(number: &PhoneNumber) -> bool {
    const MOST: usize = 6;
    const OF_PEOPLE: usize = 9;
    let plan = || number.region.as_deref().and_then(NumberPlan::of_region);
    number.kind == NumberKind::Mobile
        && number.national.len() <= MOST
        && plan().is_some_and(|it| it.lengths().any(|digits| digits >= OF_PEOPLE))
}

/// Whether a number is one that a carrier of the country publishes, as its customer service or its account with a messenger,
/// or an emergency number there.
fn is_published(number: &NumberMention, country: &Country) -> bool {
    // Some answer in the home network only, and are printed with the calling code for those who roam: `+852 1833 123`.
    const DIALLED_WITH_CODE: usize = 7;
    let emergency = country.emergency.iter().flat_map(|it| &it.numbers).any(|(_, known)| *known == number.digits);
    let with_code = number.digits.strip_prefix('+').and_then(|it| it.strip_prefix(country.calling_code.as_str()));
    let with_code = with_code.filter(|it| it.len() >= DIALLED_WITH_CODE);
    let mut care = country.carriers.iter().flat_map(|it| &it.care).map(|it| it.number.as_str());
    let mut accounts = country.carriers.iter().flat_map(|it| &it.accounts).map(|it| it.account.as_str());
    emergency
        || care.any(|known| is_same(number, known, &country.code) || with_code == Some(known))
        || number.e164_digits().is_some_and(|digits| accounts.any(|it| it.trim_start_matches('+') == digits))
}

/// Whether a number is the one somebody of `region` writes as `known`. Only numbers that end alike are read by the engine:
/// a country publishes dozens, and reading them all for each number of a guide would cost more than all the rest.
pub fn is_same(number: &NumberMention, known: &str, region: &str) -> bool {
    if known == number.digits {
        return true;
    }
    let Some(valid) = number.valid() else { return false };
    tail(known) == tail(&valid.e164) && engine::canonical(known, region) == valid.e164
}

/// The last four digits.
fn tail(digits: &str) -> Option<[u8; 4]> {
    digits.as_bytes().last_chunk().copied()
}
