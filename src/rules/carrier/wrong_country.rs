use super::abroad::{country_name, homes, is_brand_abroad};
use crate::declare_rule;
use crate::diagnostic::{Argument, Message, RuleMeta, Wording};
use crate::facts::{CarrierMention, Surroundings, folded};
use crate::guide::{ItemPlace, Stretch};
use crate::knowledge::{CarrierRef, Country, CueSet};
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a carrier presented as one of the guide's country that works elsewhere.
    ///
    /// ## Why
    /// Guides are copied from one country to the next, and a carrier of the first is left behind.
    ///
    /// ## How it decides
    /// The guide is about one country whose carriers we know. The name stands in a list, a table or a row of carriers of
    /// that country, belongs to network operators of other countries only, and no other country is named beside it; nor is the
    /// guide's own right after it, for 中国联通香港 is no carrier of the mainland.
    /// Guides about roaming are left alone, and so is a name with a word for roaming beside it or over it, and brands of resellers, which work in many countries: `carrier/unknown` speaks
    /// of those.
    ///
    /// ```md bad
    /// # How to cancel an Albanian SIM
    ///
    /// The mobile operators:
    ///
    /// - ONE Albania: 142
    /// - Vodafone Albania: 140
    /// - Turkcell: 532
    /// ```
    ///
    /// ```md good
    /// # How to cancel an Albanian SIM
    ///
    /// The mobile operators:
    ///
    /// - ONE Albania: 142
    /// - Vodafone Albania: 140
    /// ```
    pub WrongCountry {
        name: "carrier/wrong-country",
        severity: Warning,
        confidence: Medium,
        since: "0.1.0",
        wordings: [ELSEWHERE, WORKS_IN, REMOVE],
    }
}

static ELSEWHERE: Wording =
    Wording::new("carrier/wrong-country", "`{name}` is no carrier of {here}", "`{name}` 不是{here}的运营商");
static WORKS_IN: Wording =
    Wording::new("carrier/wrong-country.works-in", "we know it in {countries}", "据我们所知它在{countries}经营");
static REMOVE: Wording = Wording::new(
    "carrier/wrong-country.help",
    "name a carrier of this country, or say which country it belongs to",
    "请改写为当地运营商，或注明它属于哪个国家",
);

impl Rule for WrongCountry {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let Some(country) = cx.country() else { return };
        if cx.subject.kind.as_deref() == Some("roaming") {
            return;
        }
        let mut reported: Vec<&str> = Vec::new();
        // Where carriers of the country stand.
        let blocks =
            || cx.facts.carriers.iter().filter(|it| !it.ids.is_empty()).map(|it| &cx.guide.blocks[it.block as usize]);
        let mut lists: Vec<(u32, u32)> = blocks().filter_map(|it| it.item).map(|it| (it.list, it.item)).collect();
        lists.sort_unstable();
        lists.dedup();
        let mut columns: Vec<(u32, u32)> = blocks().filter_map(|it| it.cell).map(|it| (it.table, it.column)).collect();
        columns.sort_unstable();
        columns.dedup();
        for (index, mention) in cx.facts.carriers.iter().enumerate() {
            if !mention.ids.is_empty() {
                continue;
            }
            let homes = homes(mention);
            let foreign = !homes.is_empty() && !homes.contains(&country.code.as_str());
            if !foreign
                || mention.past
                || is_brand_abroad(cx, mention)
                || is_written_otherwise(cx, mention, country)
                || roams(cx, mention)
                || is_named_after(cx, mention, &country.code)
                || reported.contains(&mention.name.as_str())
                || !stands_with_ours(cx, index, &lists, &columns)
            {
                continue;
            }
            reported.push(&mention.name);
            let names: Argument = homes.iter().take(4).map(|code| Argument::from(country_name(cx, code))).collect();
            let message = Message::new(&ELSEWHERE)
                .with("name", mention.name.as_str())
                .with("here", country_name(cx, &country.code));
            let sources = mention.who.iter().find_map(|who| match who {
                CarrierRef::Curated(_, id) => cx.knowledge.carrier(id).map(|it| it.sources.as_slice()),
                CarrierRef::Generated(..) => None,
            });
            findings
                .report(mention.span, message)
                .according_to(
                    Message::new(&WORKS_IN).with("countries", names),
                    sources.map_or(&[], |it| &it[..it.len().min(1)]),
                )
                .help(Message::new(&REMOVE));
        }
    }
}

/// Bytes between a carrier and a word for roaming.
const BESIDE: u32 = 24;

/// The reader's own carrier as one choice among others: "中国移动国际漫游 30元/天", or under a heading that says so.
fn roams(cx: &Context<'_>, mention: &CarrierMention) -> bool {
    let own = cx.guide.blocks[mention.block as usize].prose;
    let around = Surroundings::of(cx.guide, mention.block, mention.at);
    let says = |place: Stretch| cx.facts.has_cue(CueSet::Roaming, place);
    let near = Stretch::new(
        mention.at.start.saturating_sub(BESIDE).max(own.start),
        (mention.at.end + BESIDE).min(own.end).max(mention.at.end),
    );
    // "Turkcell: 532, with roaming" says of a carrier what it offers.
    let labels = |it: Stretch| {
        let gap = Stretch::new(mention.at.end.min(it.start), it.start.max(mention.at.end));
        !cx.guide.text(gap).contains([':', '：'])
    };
    cx.facts.cues_in(CueSet::Roaming, near).any(|cue| labels(cue.at))
        || around.lead.into_iter().chain(around.column).chain(around.heading).any(says)
}

/// "Водафон" in a guide to Turkey: the brand of a carrier here, in letters that only another country's file has.
fn is_written_otherwise(cx: &Context<'_>, mention: &CarrierMention, country: &Country) -> bool {
    if mention.name.contains(|c: char| c.is_ascii_alphabetic()) {
        return false;
    }
    let here = |name: &str| {
        let wanted = folded(name);
        country.carriers.iter().any(|it| it.is_active() && it.all_names().any(|name| folded(name) == wanted))
    };
    mention.who.iter().any(|who| match who {
        CarrierRef::Curated(_, id) => cx.knowledge.carrier(id).is_some_and(|it| it.all_names().any(here)),
        CarrierRef::Generated(..) => false,
    })
}

/// "Turkcell Albania", 中国电信(香港): with the country right after it, a name is that of a house there.
fn is_named_after(cx: &Context<'_>, mention: &CarrierMention, country: &str) -> bool {
    let rest = &cx.guide.prose.as_str()[mention.at.end as usize..];
    let gap = rest.len() - rest.trim_start_matches([' ', '(', '（']).len();
    let start = mention.at.end + gap as u32;
    const LONGEST: u32 = 60;
    let ahead = Stretch::new(start, start + LONGEST);
    gap <= 4 && cx.facts.places_in(cx.knowledge, ahead).any(|(at, region)| at.start == start && region == country)
}

/// Presented among the carriers of the guide's country, with no other country named beside it.
fn stands_with_ours(cx: &Context<'_>, index: usize, lists: &[(u32, u32)], columns: &[(u32, u32)]) -> bool {
    let mention = &cx.facts.carriers[index];
    let own = &cx.guide.blocks[mention.block as usize];
    let around = Surroundings::of(cx.guide, mention.block, mention.at);
    let country = cx.subject.country.as_deref();
    let elsewhere = |stretch: Stretch| {
        let named: Vec<_> = cx.facts.places_in(cx.knowledge, stretch).collect();
        // "China" inside "Hong Kong, China" is part of that name.
        let inside = |at: Stretch| named.iter().any(|(other, _)| *other != at && other.contains(at));
        named.iter().any(|(at, region)| !at.overlaps(mention.at) && Some(*region) != country && !inside(*at))
    };
    if around.all().any(elsewhere) {
        return false;
    }
    let ours = |it: &CarrierMention| !it.ids.is_empty();
    let lead = around.lead.into_iter().chain(around.column).any(|title| cx.facts.has_cue(CueSet::Operator, title));
    if let Some(item) = own.item {
        let begins = !cx.guide.text(Stretch::new(own.prose.start, mention.at.start)).contains(char::is_alphanumeric);
        return begins && (lead || is_beside(lists, item));
    }
    if let Some(cell) = own.cell {
        return lead || columns.binary_search(&(cell.table, cell.column)).is_ok();
    }
    let announced = around.unit.iter().any(|unit| cx.facts.has_cue(CueSet::Operator, *unit));
    let beside =
        [index.checked_sub(1), Some(index + 1)].into_iter().flatten().filter_map(|it| cx.facts.carriers.get(it));
    announced && beside.filter(|it| ours(it)).any(|it| is_strung(cx, it, mention))
}

/// Whether one of these items, which are in order, is another of the same list.
fn is_beside(items: &[(u32, u32)], own: ItemPlace) -> bool {
    let from = items.partition_point(|it| it.0 < own.list);
    items[from..].iter().take(2).any(|it| it.0 == own.list && it.1 != own.item)
}

/// Two names of one enumeration: only a comma or a short word between them.
fn is_strung(cx: &Context<'_>, one: &CarrierMention, other: &CarrierMention) -> bool {
    let (first, second) = if one.at < other.at { (one.at, other.at) } else { (other.at, one.at) };
    let gap = cx.guide.text(Stretch::new(first.end.min(second.start), second.start));
    one.block == other.block && gap.chars().count() <= 6 && !gap.contains(['(', '（', '.', '。', ':', '：'])
}
