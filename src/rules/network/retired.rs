use crate::date::Date;
use crate::declare_rule;
use crate::diagnostic::{Message, RuleMeta, Wording};
use crate::facts::{CarrierMention, DateRole, Surroundings, years};
use crate::guide::Stretch;
use crate::knowledge::{Carrier, CueSet, RetiredNetwork};
use crate::rule::{Context, Findings, Pattern, Rule};

declare_rule! {
    /// Flags a network generation promised after its carrier switched it off.
    ///
    /// ## Why
    /// A phone that only knows 3G finds no network where 3G was switched off: the reader who trusts the guide buys a SIM
    /// that does not work.
    ///
    /// ## How it decides
    /// The generation is named as a network (coverage, signal, 网络), not as an amount of data, and nothing beside it says
    /// that it is gone. It is held against the carrier it is named with; without one, against all network operators of the
    /// country. Guides dated before the switch-off, and sentences that name a year, are left alone.
    ///
    /// ```md bad
    /// # Buying a SIM card in Germany
    ///
    /// Telekom covers the country with its 3G network.
    /// ```
    ///
    /// ```md good
    /// # Buying a SIM card in Germany
    ///
    /// Telekom has switched off its 3G network.
    /// ```
    pub Retired {
        name: "network/retired",
        severity: Warning,
        confidence: High,
        since: "0.1.0",
        wordings: [GONE, NOBODY, SWITCHED_OFF, CORRECT],
    }
}

static GONE: Wording = Wording::new(
    "network/retired",
    "{carrier} has no {generation} network any more",
    "{carrier} 已没有 {generation} 网络",
);
static NOBODY: Wording = Wording::new(
    "network/retired.nobody",
    "no operator of this country has a {generation} network any more",
    "该国已没有运营商提供 {generation} 网络",
);
static SWITCHED_OFF: Wording = Wording::new(
    "network/retired.switched-off",
    "{carrier} switched {generation} off ({date})",
    "{carrier} 已于 {date} 关闭 {generation}",
);
static CORRECT: Wording =
    Wording::new("network/retired.help", "name the generations that are in use today", "请写明目前仍在使用的网络制式");

/// What a generation is called, and the word country files use for it.
const GENERATIONS: [(&str, &str); 9] = [
    ("2G", "2G"),
    ("GSM", "2G"),
    ("3G", "3G"),
    ("UMTS", "3G"),
    ("WCDMA", "3G"),
    ("HSPA", "3G"),
    ("CDMA", "CDMA"),
    ("WiMAX", "WiMAX"),
    ("PHS", "PHS"),
];

impl Rule for Retired {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn patterns(&self) -> Vec<Pattern> {
        let pattern = |(tag, (text, _)): (usize, &(&str, &str))| Pattern {
            text: (*text).to_owned(),
            language: String::new(),
            tag: tag as u32,
            exact: false,
        };
        GENERATIONS.iter().enumerate().map(pattern).collect()
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let Some(country) = cx.country() else { return };
        let written = cx
            .facts
            .dates
            .iter()
            .filter(|it| matches!(it.role, DateRole::Checked | DateRole::Published))
            .filter_map(|it| it.day)
            .max();
        let mut reported: Vec<(String, &str)> = Vec::new();
        for wanted in cx.wanted() {
            let Some((_, generation)) = GENERATIONS.get(wanted.tag as usize) else { continue };
            let Some(block) = cx.guide.block_at(wanted.at.start) else { continue };
            if !cx.guide.blocks[block].kind.is_visible() {
                continue;
            }
            let around = Surroundings::of(cx.guide, block as u32, wanted.at);
            if !is_promised(cx, &around, wanted.at) {
                continue;
            }
            let named = carrier_of(cx, &around, wanted.at);
            let (message, proof) = match named {
                Some(carrier) => {
                    let Some(proof) = gone(cx, carrier, generation, written) else { continue };
                    let message = Message::new(&GONE).with("carrier", carrier.display_name());
                    (message, vec![(carrier.display_name().to_owned(), proof)])
                }
                None if around.unit.iter().any(|unit| cx.facts.carriers_in(*unit).next().is_some()) => continue,
                None => {
                    let operators: Vec<&Carrier> = country.current_operators().collect();
                    let all: Option<Vec<_>> = operators
                        .iter()
                        .map(|it| Some((it.display_name().to_owned(), gone(cx, it, generation, written)?)))
                        .collect();
                    let Some(proof) = all.filter(|it| !it.is_empty()) else { continue };
                    (Message::new(&NOBODY), proof)
                }
            };
            let key = (named.map(|it| it.id.clone()).unwrap_or_default(), *generation);
            if reported.contains(&key) {
                continue;
            }
            reported.push(key);
            let message = message.with("generation", *generation);
            let mut finding = findings.report(cx.guide.prose.span(wanted.at), message).help(Message::new(&CORRECT));
            for (carrier, ended) in proof {
                let statement = Message::new(&SWITCHED_OFF)
                    .with("carrier", carrier)
                    .with("generation", *generation)
                    .with("date", ended.on.to_string());
                finding = finding.according_to(statement, &ended.sources);
            }
        }
    }
}

/// Named as a network that is there.
fn is_promised(cx: &Context<'_>, around: &Surroundings, at: Stretch) -> bool {
    let own = around.unit.iter().copied().find(|unit| unit.contains(at)).unwrap_or(around.block);
    let has = |set: CueSet, stretch: Stretch| cx.facts.has_cue(set, stretch);
    let text = cx.guide.prose.as_str();
    let after = text[at.end as usize..].chars().next().unwrap_or(' ');
    let before = text[..at.start as usize].chars().next_back().unwrap_or(' ');
    let glued = |c: char| matches!(c, '/' | '／' | '+');
    let places = [Some(own), around.column, around.lead, around.heading];
    let network = places.iter().flatten().any(|it| has(CueSet::Network, *it)) || glued(after) || glued(before);
    let mut near = around.unit.iter().copied().chain([own]).chain(around.column);
    let gone = near.any(|it| [CueSet::SwitchedOff, CueSet::History].iter().any(|set| has(*set, it)))
        || around.heading.is_some_and(|it| has(CueSet::SwitchedOff, it))
        || around.lead.is_some_and(|it| has(CueSet::SwitchedOff, it));
    let amount = before.is_ascii_digit() || matches!(before, '.' | '每' | '含' | '送' | '共' | '月');
    // "Will my 3G phone work with Optus?" promises nothing.
    let asks = text[own.end as usize..].starts_with(['?', '？', '؟']);
    network && !gone && !amount && !asks && years(cx.guide.text(own)).next().is_none()
}

/// The carrier a generation is named with: the last one before it in its unit, the only one there, or the only one of the
/// heading.
fn carrier_of<'a>(cx: &Context<'a>, around: &Surroundings, at: Stretch) -> Option<&'a Carrier> {
    let named = |within: Stretch| cx.facts.carriers_in(within).map(|(_, it)| it);
    let today = |it: &CarrierMention| cx.knowledge.today(cx.knowledge.carrier(it.id()?)?);
    let inside: Vec<_> = around.unit.iter().flat_map(|unit| named(*unit)).collect();
    match inside.as_slice() {
        [] => {
            let mut over = named(around.heading?).map(today);
            let first = over.next()??;
            over.all(|it| it.is_some_and(|it| it.id == first.id)).then_some(first)
        }
        [only] => today(only),
        several => today(several.iter().rev().find(|it| it.at.end <= at.start)?),
    }
}

/// The switch-off of a generation, if the guide was written after it.
fn gone<'a>(
    cx: &Context<'a>,
    carrier: &'a Carrier,
    generation: &str,
    written: Option<Date>,
) -> Option<&'a RetiredNetwork> {
    let ended = retired_by(cx, carrier, generation)?;
    let before = written.is_some_and(|day| day <= ended.on.last_day());
    (!before && ended.on.last_day() <= cx.today).then_some(ended)
}

/// The switch-off of a carrier, or of the network it runs on.
fn retired_by<'a>(cx: &Context<'a>, carrier: &'a Carrier, generation: &str) -> Option<&'a RetiredNetwork> {
    let own = |it: &'a Carrier| it.retired.iter().find(|it| it.generation.eq_ignore_ascii_case(generation));
    own(carrier).or_else(|| own(cx.knowledge.carrier(carrier.host.as_deref()?)?))
}
