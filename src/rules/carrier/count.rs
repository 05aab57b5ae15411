use crate::declare_rule;
use crate::diagnostic::{Argument, Message, RuleMeta, Wording};
use crate::facts::{CarrierMention, Class, Cue, Surroundings, class, years};
use crate::guide::{Guide, List, Stretch};
use crate::knowledge::{Carrier, CueSet};
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags "the three operators" in a country that has fewer.
    ///
    /// ## Why
    /// The number of operators is the first thing to go stale when carriers merge, and the easiest to check.
    ///
    /// ## How it decides
    /// A number, in words or digits, stands before a word for operators with only words such as "big" or "mobile" between
    /// them, or right after it where the language says so (通信 3사). It is held against the network operators we know in
    /// the guide's country. A number that is too high is reported, for "the big three" of four is common and true; and one
    /// that is lower than the number of operators it is followed by. Guides that speak of virtual operators or of the past,
    /// sentences about another country, and numbers that agree with the brands named after them are left alone.
    ///
    /// ```md bad
    /// # How to cancel an Albanian SIM
    ///
    /// Albania has three operators.
    /// ```
    ///
    /// ```md good
    /// # How to cancel an Albanian SIM
    ///
    /// Albania has two operators.
    /// ```
    pub Count {
        name: "carrier/count",
        severity: Warning,
        confidence: High,
        since: "0.1.0",
        wordings: [TOO_MANY, NAMES_MORE, KNOWN, NAMED, CORRECT],
    }
}

static TOO_MANY: Wording = Wording::new(
    "carrier/count",
    "`{claim}`: we know {known} network operators in this country, not {said}",
    "`{claim}`：据我们所知该国只有 {known} 家移动网络运营商，而非 {said} 家",
);
static NAMES_MORE: Wording =
    Wording::new("carrier/count.names-more", "`{claim}`, but {count} are named", "`{claim}`，但列出了 {count} 家");
static NAMED: Wording = Wording::new("carrier/count.named", "named here", "此处列出");
static KNOWN: Wording =
    Wording::new("carrier/count.known", "network operators today: {names}", "目前的移动网络运营商：{names}");
static CORRECT: Wording = Wording::new(
    "carrier/count.help",
    "correct the number, or name the operators that are meant",
    "请更正数量，或写明所指的运营商",
);

const NUMBERS: [(CueSet, usize); 5] =
    [(CueSet::Two, 2), (CueSet::Three, 3), (CueSet::Four, 4), (CueSet::Five, 5), (CueSet::Six, 6)];

/// Bytes between the number and the operators: room for "major mobile network", in Cyrillic too.
const REACH: u32 = 48;

/// A number so far above the operators we know counts something else: resellers, brands, roaming partners.
const BEYOND: usize = 4;

/// "The three operators".
struct Claim {
    at: Stretch,
    said: usize,
}

impl Rule for Count {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let Some(country) = cx.country().filter(|_| cx.subject.kind.as_deref() != Some("roaming")) else { return };
        let operators: Vec<&Carrier> = country.current_operators().collect();
        if operators.is_empty() {
            return;
        }
        let nouns = cx.facts.cues.iter().filter(|cue| matches!(cue.set, CueSet::Operator | CueSet::Counted));
        let mut claims: Vec<Claim> = Vec::new();
        for claim in nouns.filter_map(|noun| claim_before(cx, noun).or_else(|| claim_after(cx, noun))) {
            // "four mobile network operators" names operators twice, and 電訊商 holds 電訊.
            match claims.last_mut().filter(|it| it.at.start == claim.at.start) {
                Some(same) if same.at.end < claim.at.end => *same = claim,
                Some(_) => {}
                None => claims.push(claim),
            }
        }
        for claim in claims {
            let Some(block) = cx.guide.block_at(claim.at.start) else { continue };
            if is_of_elsewhere(cx, block, &claim) {
                continue;
            }
            if claim.said <= operators.len() {
                names_more(cx, block, &claim, findings);
            } else if claim.said <= operators.len() + BEYOND && brands_after(cx, block, claim.at) < claim.said {
                too_many(cx, &claim, &operators, findings);
            }
        }
    }
}

/// Said of virtual operators, of the past, or of another country.
fn is_of_elsewhere(cx: &Context<'_>, block: usize, claim: &Claim) -> bool {
    let prose = cx.guide.blocks[block].prose;
    let sentence = Surroundings::sentence_of(cx.guide, block as u32, claim.at);
    let country = cx.subject.country.as_deref();
    [CueSet::History, CueSet::Virtual].iter().any(|set| cx.facts.has_cue(*set, prose))
        || cx.facts.places_in(cx.knowledge, sentence).any(|(_, region)| Some(region) != country)
        || years(cx.guide.text(sentence)).any(|year| year + 1 < cx.today.parts().0)
}

fn names_more(cx: &Context<'_>, block: usize, claim: &Claim, findings: &mut Findings<'_>) {
    let named = named_after(cx, block, claim.at);
    if named.len() <= claim.said || in_brackets(cx, claim, &named) == claim.said {
        return;
    }
    let message = Message::new(&NAMES_MORE).with("claim", cx.guide.text(claim.at)).with("count", named.len());
    let mut finding = findings.report(cx.guide.prose.span(claim.at), message).help(Message::new(&CORRECT));
    for mention in named {
        finding = finding.label(mention.span, Message::new(&NAMED));
    }
}

/// How many of the operators stand in brackets right after a claim: "the three big ones (A, B and C) and D" counts A, B and C.
fn in_brackets(cx: &Context<'_>, claim: &Claim, named: &[&CarrierMention]) -> usize {
    /// Bytes of what may stand between: "historic", "that have a network".
    const BETWEEN: usize = 40;
    let rest = &cx.guide.prose.as_str()[claim.at.end as usize..];
    let Some(open) = rest.find(['(', '（']).filter(|it| *it <= BETWEEN) else { return 0 };
    let Some(close) = rest[open..].find([')', '）', '\u{1f}']) else { return 0 };
    let inside = Stretch::new(claim.at.end + open as u32, claim.at.end + (open + close) as u32);
    named.iter().filter(|it| inside.contains(it.at)).count()
}

fn too_many(cx: &Context<'_>, claim: &Claim, operators: &[&Carrier], findings: &mut Findings<'_>) {
    let names: Argument = operators.iter().map(|it| it.display_name()).collect();
    let message = Message::new(&TOO_MANY)
        .with("claim", cx.guide.text(claim.at))
        .with("known", operators.len())
        .with("said", claim.said);
    let sources: Vec<_> = operators.iter().filter_map(|it| it.sources.first().cloned()).collect();
    findings
        .report(cx.guide.prose.span(claim.at), message)
        .according_to(Message::new(&KNOWN).with("names", names), &sources)
        .help(Message::new(&CORRECT));
}

/// `three big operators`, `3 家运营商`: the number before a word for operators.
fn claim_before(cx: &Context<'_>, noun: &Cue) -> Option<Claim> {
    let near = Stretch::new(noun.at.start.saturating_sub(REACH + 12), noun.at.start);
    let words = NUMBERS.iter().flat_map(|(set, said)| cx.facts.cues_in(*set, near).map(move |cue| (cue.at, *said)));
    let (number, said) = words.chain(digits_before(cx, noun.at.start)).max_by_key(|(at, _)| at.end)?;
    let between = Stretch::new(number.end, noun.at.start);
    // 三大电信 are companies, 三个电信套餐 are not.
    let big = |text: &str| text.ends_with(|c: char| c == '大' || class(c) != Class::Dense);
    if noun.set == CueSet::Counted && !big(cx.guide.text(number)) {
        return None;
    }
    (between.end - between.start <= REACH && only_describes(cx, between))
        .then(|| Claim { at: Stretch::new(number.start, noun.at.end), said })
}

/// The last number in digits before a place.
fn digits_before(cx: &Context<'_>, end: u32) -> Option<(Stretch, usize)> {
    let text = &cx.guide.prose.as_str()[..end as usize];
    let from = text.char_indices().rev().take(REACH as usize).find(|(_, c)| c.is_ascii_digit())?.0 + 1;
    read_digits(text, from)
}

/// The number whose digits end at `to`, if it stands alone and counts a handful.
fn read_digits(text: &str, to: usize) -> Option<(Stretch, usize)> {
    let start = text[..to].trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let said: usize = text[start..to].parse().ok().filter(|it| (2..=9).contains(it))?;
    let before = text[..start].chars().next_back();
    let part = before.is_some_and(|c| class(c) == Class::Word || matches!(c, '.' | ',' | '-' | '–' | '/' | '~' | '+'));
    (!part).then_some((Stretch::new(start as u32, to as u32), said))
}

/// Whether only words that describe operators stand in a stretch: "big mobile", "Albanian", 家主要的.
fn only_describes(cx: &Context<'_>, between: Stretch) -> bool {
    const DESCRIBING: [CueSet; 5] =
        [CueSet::CountedAs, CueSet::Operator, CueSet::Counted, CueSet::Network, CueSet::Telecom];
    let described: Vec<Stretch> =
        DESCRIBING.iter().flat_map(|set| cx.facts.cues_in(*set, between)).map(|cue| cue.at).collect();
    let text = cx.guide.text(between);
    let mut capital = false;
    // The digit or letter the stretch begins after: the G of "5G" is no word.
    let mut before = '0';
    text.char_indices().all(|(at, c)| {
        let place = between.start + at as u32;
        // A word with a capital is a name: "three Albanian operators".
        capital = (class(before) != Class::Word && c.is_uppercase()) || (capital && class(c) == Class::Word);
        before = c;
        let counter =
            matches!(c, ' ' | '-' | '家' | '大' | '个' | '個' | '社' | '개' | '간' | '间' | '間' | '의' | '的');
        counter || capital || described.iter().any(|it| it.start <= place && place < it.end)
    })
}

/// 运营商有三家, 通信 3사, ผู้ให้บริการสี่ราย: the number after, where its counter says that it counts companies.
fn claim_after(cx: &Context<'_>, noun: &Cue) -> Option<Claim> {
    let text = &cx.guide.prose.as_str()[noun.at.end as usize..];
    let ahead: usize = text.chars().take(24).map(char::len_utf8).sum();
    let near = Stretch::new(noun.at.end, noun.at.end + ahead as u32);
    let words = NUMBERS.iter().flat_map(|(set, said)| cx.facts.cues_in(*set, near).map(move |cue| (cue.at, *said)));
    let digit = text[..ahead].find(|c: char| c.is_ascii_digit()).and_then(|at| {
        let to = at + text[at..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - at);
        let (place, said) = read_digits(text, to)?;
        Some((Stretch::new(noun.at.end + place.start, noun.at.end + place.end), said))
    });
    let (number, said) = words.chain(digit).min_by_key(|(at, _)| at.start)?;
    let between = Stretch::new(noun.at.end, number.start);
    let gap = cx.guide.text(between);
    // A longer gap holds nothing but what the operators are: ผู้ให้บริการโทรศัพท์มือถือ 5 ราย.
    let short = gap.chars().nth(10).is_none() && gap.chars().all(|c| class(c) == Class::Dense || c == ' ');
    let plain = short || only_describes(cx, between);
    let counts = |cue: &&Cue| {
        let own = cue.at.end == number.end && number.contains(cue.at);
        let next = || cx.guide.text(Stretch::new(number.end, cue.at.start)).trim().is_empty();
        own || (cue.at.start >= number.end && next())
    };
    let wide = Stretch::new(number.start, number.end + 16);
    let counter = cx.facts.cues_in(CueSet::Counter, wide).find(counts).filter(|_| plain)?;
    Some(Claim { at: Stretch::new(noun.at.start, counter.at.end), said })
}

/// Characters in which a sentence that lists operators ends.
const LONGEST: usize = 1000;

/// What a claim's own sentence lists after it, and the list it leads.
fn listed_after<'a>(cx: &Context<'a>, block: usize, claim: Stretch) -> Vec<(&'a CarrierMention, &'a Carrier)> {
    let prose = cx.guide.blocks[block].prose;
    let rest = Stretch::new(claim.end, prose.end.max(claim.end));
    // Only what the sentence itself lists: a later one may speak of others.
    let text = cx.guide.text(rest);
    let ends = |(at, c): &(usize, char)| matches!(c, '。' | '\u{1f}') || text[*at..].starts_with(". ");
    let longest = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let end = text[..longest].char_indices().find(ends).map_or(longest, |(at, _)| at);
    let mut mentions: Vec<&CarrierMention> =
        cx.facts.carriers_in(Stretch::new(rest.start, rest.start + end as u32)).map(|(_, it)| it).collect();
    if let Some((index, list)) = list_led_by(cx.guide, block) {
        let within = cx.guide.blocks[block + 1..].iter().take_while(|it| it.span.start < list.span.end);
        let items = within.filter(|it| it.item.is_some_and(|item| item.list as usize == index));
        for item in items.take(64) {
            mentions.extend(cx.facts.carriers_in(item.prose).map(|(_, it)| it).filter(|it| it.presented));
        }
    }
    let known = mentions.into_iter().filter(|it| !it.past);
    known.filter_map(|it| Some((it, cx.knowledge.carrier(it.id()?)?))).collect()
}

/// The list that begins right after a block. Lists are in the order of the guide.
fn list_led_by(guide: &Guide, block: usize) -> Option<(usize, &List)> {
    let lead = Some(block as u32);
    let from = guide.lists.partition_point(|it| it.span.start < guide.blocks[block].span.start);
    let after = guide.lists.iter().enumerate().skip(from).take_while(|(_, it)| it.lead <= lead);
    after.into_iter().find(|(_, it)| it.lead == lead)
}

/// The network operators named after a claim, each once as it is called today.
fn named_after<'a>(cx: &Context<'a>, block: usize, claim: Stretch) -> Vec<&'a CarrierMention> {
    let mut named: Vec<(&str, &CarrierMention)> = Vec::new();
    for (mention, carrier) in listed_after(cx, block, claim) {
        let Some(today) = cx.knowledge.today(carrier) else { continue };
        if today.is_current_operator() && !named.iter().any(|(id, _)| *id == today.id) {
            named.push((&today.id, mention));
        }
    }
    named.into_iter().map(|(_, it)| it).collect()
}

/// How many brands of today a claim names: "the four: Movistar, Orange, Vodafone and Yoigo" says which it means.
fn brands_after(cx: &Context<'_>, block: usize, claim: Stretch) -> usize {
    let mut brands: Vec<&str> = listed_after(cx, block, claim)
        .into_iter()
        .filter(|(_, it)| it.is_active())
        .map(|(_, it)| it.id.as_str())
        .collect();
    brands.sort_unstable();
    brands.dedup();
    brands.len()
}
