use std::collections::BTreeSet;
use std::sync::Arc;

use crate::declare_rule;
use crate::diagnostic::{Citation, Message, RuleMeta, Wording};
use crate::facts::{CarrierMention, Claim, ClaimKind, IdentifierKind, Surroundings};
use crate::guide::{BlockKind, Stretch};
use crate::knowledge::{CarrierKind, CarrierRef, Country, CueSet};
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags what another country's guide left behind when this one was copied from it: a currency, a regulator, a calling code, a shop.
    ///
    /// ## Why
    /// A guide to Albania with prices in Thai baht was written by replacing a name. Nothing else in it was looked at either.
    ///
    /// ## How it decides
    /// The guide is clearly about one country that we know. A price stands in a currency that is neither the country's own, nor dollars
    /// or euros, nor what shops there take or readers of the language are used to (`rules/languages/currencies.toml`), and no price in the country's
    /// own stands in the same block; a sign that is the country's own as well, such as Rs, is none of another's. Or the regulator of another country is named, and that country is not.
    ///
    /// Where the guide names no other country at all, two more: numbers are said to begin with the calling code of another country,
    /// and readers are sent to the shop of a network operator that works in one other country only. Sentences about the way
    /// home, about neighbours, about roaming or about fraud are left alone. Carriers in lists have a rule of their own (`carrier/wrong-country`), and so has what
    /// is called a calling code (`number/calling-code`).
    ///
    /// ```md bad
    /// # How to cancel an Albanian SIM
    ///
    /// Complaints about Albanian operators go to Ofcom. The fee is 200 baht.
    /// ```
    ///
    /// ```md good
    /// # How to cancel an Albanian SIM
    ///
    /// Complaints about Albanian operators go to AKEP. The fee is 500 lekë, about 5 euros.
    /// ```
    pub TemplateLeak {
        name: "claim/template-leak",
        severity: Warning,
        confidence: Medium,
        since: "0.1.0",
        wordings: [CURRENCY, REGULATOR, PREFIX, BRANCH, OWN_PREFIX, OWN_CURRENCY, ITS_REGULATOR, FURTHER, CHECK],
    }
}

static CURRENCY: Wording = Wording::new(
    "claim/template-leak",
    "`{price}` is not in a currency of this guide's country",
    "`{price}` 不是该国使用的货币",
);
static REGULATOR: Wording = Wording::new(
    "claim/template-leak.regulator",
    "`{name}` is the telecom regulator of another country ({region})",
    "`{name}` 是另一国家（{region}）的电信监管机构",
);
static PREFIX: Wording = Wording::new(
    "claim/template-leak.prefix",
    "numbers of this guide's country do not begin with `{code}`",
    "该国号码并不以 `{code}` 开头",
);
static OWN_PREFIX: Wording = Wording::new(
    "claim/template-leak.own-prefix",
    "numbers of {region} begin with +{code}",
    "{region} 的号码以 +{code} 开头",
);
static BRANCH: Wording = Wording::new(
    "claim/template-leak.branch",
    "`{name}` has no shops in this guide's country: it works in {region}",
    "`{name}` 在该国没有营业厅：它经营于 {region}",
);
static OWN_CURRENCY: Wording = Wording::new(
    "claim/template-leak.currency",
    "the currency of {region} is {currency}",
    "{region} 的货币是 {currency}",
);
static ITS_REGULATOR: Wording =
    Wording::new("claim/template-leak.own", "the regulator of {region} is {name}", "{region} 的监管机构是 {name}");
static FURTHER: Wording = Wording::new("claim/template-leak.further", "and here", "此处亦然");
static CHECK: Wording = Wording::new(
    "claim/template-leak.help",
    "look at everything around it: it may be copied from a guide to another country",
    "请检查上下文：这部分可能抄自另一个国家的指南",
);

impl Rule for TemplateLeak {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let Some(country) = cx.country().filter(|_| cx.subject.telecom) else { return };
        currencies(cx, country, findings);
        regulators(cx, country, findings);
        prefixes(cx, country, findings);
        branches(cx, country, findings);
    }
}

fn currencies(cx: &Context<'_>, country: &Country, findings: &mut Findings<'_>) {
    let Some(own) = country.currency.as_deref() else { return };
    let language = cx.subject.language.code.as_deref().unwrap_or("en");
    let code = |kind: ClaimKind| match kind {
        ClaimKind::Price(at) => cx.knowledge.currencies.codes.get(usize::from(at)).map(String::as_str),
        _ => None,
    };
    let is_own = |claim: &Claim| {
        code(claim.kind) == Some(own) || cx.knowledge.currencies.is_called(own, sign(cx.guide.text(claim.at)))
    };
    // What is longer is a table of prices, and no guide.
    let claims = &cx.facts.claims[..cx.facts.claims.len().min(1000)];
    let leaks: Vec<_> = claims
        .iter()
        .filter(|claim| {
            !is_own(claim)
                && code(claim.kind).is_some_and(|it| !cx.knowledge.currencies.is_common(it, language, &country.code))
        })
        .filter(|claim| {
            let beside = |other: &Claim| other.block == claim.block && is_own(other);
            let roaming = cx.subject.kind.as_deref() == Some("roaming");
            !roaming && !claims.iter().any(beside) && !names_another(cx, country, claim.block)
        })
        .collect();
    let Some((first, further)) = leaks.split_first() else { return };
    let mut finding = findings
        .report(cx.guide.prose.span(first.at), Message::new(&CURRENCY).with("price", cx.guide.text(first.at)))
        .because(Message::new(&OWN_CURRENCY).with("region", country.code.as_str()).with("currency", own))
        .help(Message::new(&CHECK));
    for claim in further {
        finding = finding.label(cx.guide.prose.span(claim.at), Message::new(&FURTHER));
    }
    let _ = finding;
}

/// What stands before or after the digits of a price.
fn sign(price: &str) -> &str {
    price.trim_matches(|c: char| {
        c.is_numeric() || c.is_whitespace() || matches!(c, '.' | ',' | '-' | '–' | '~' | '～' | '至')
    })
}

/// Whether a block, or the heading over it, names another country: then the guide compares.
fn names_another(cx: &Context<'_>, country: &Country, block: u32) -> bool {
    let Some(block) = cx.guide.blocks.get(block as usize) else { return false };
    let heading = cx.guide.sections[block.section as usize].title;
    let regions = &cx.knowledge.lexicon().regions;
    let elsewhere = |within: Stretch| {
        let from = cx.facts.named.partition_point(|it| it.at.start < within.start);
        let mut here = cx.facts.named[from..].iter().take_while(|it| it.at.start <= within.end);
        here.any(|it| !it.is_regulator && within.contains(it.at) && regions[usize::from(it.region)] != country.code)
    };
    elsewhere(block.prose) || elsewhere(heading)
}

/// What numbers are said to begin with, where that is another country's calling code and nothing says whose.
fn prefixes(cx: &Context<'_>, country: &Country, findings: &mut Findings<'_>) {
    let Some(own) = cx.knowledge.generated.region(&country.code).map(|it| it.calling_code) else { return };
    let mut all: Vec<_> =
        cx.facts.identifiers.iter().filter(|it| it.kind == IdentifierKind::NumberPrefix && !it.example).collect();
    all.sort_by_key(|it| it.at);
    if all.is_empty() || !is_of_one_country(cx, country) {
        return;
    }
    let assigned = |code: &str| cx.knowledge.generated.regions().any(|it| it.calling_code == code);
    for it in all.iter().filter(|it| it.value != own && assigned(&it.value)) {
        let around = Surroundings::of(cx.guide, it.block, it.at);
        let said = |set| around.near().any(|stretch| cx.facts.has_cue(set, stretch));
        let sentence = Surroundings::sentence_of(cx.guide, it.block, it.at);
        // Two codes side by side are compared, and calls to fear come from anywhere.
        let first = all.partition_point(|other| other.at.start < sentence.start);
        let mut inside = all[first..].iter().take_while(|other| other.at.start <= sentence.end);
        let compared = inside.any(|other| other.at != it.at && sentence.contains(other.at));
        let excuses = [CueSet::Caution, CueSet::Abroad, CueSet::AtHome, CueSet::Neighbour, CueSet::Example];
        let excused = excuses.into_iter().any(said);
        let elsewhere = around.all().any(|it| cx.facts.places_in(cx.knowledge, it).any(|(_, at)| at != country.code));
        if compared || excused || elsewhere {
            continue;
        }
        findings
            .report(it.span, Message::new(&PREFIX).with("code", it.text.as_str()))
            .because(Message::new(&OWN_PREFIX).with("region", country.code.as_str()).with("code", own))
            .help(Message::new(&CHECK));
    }
}

/// Whether the guide names no other country anywhere, but perhaps the one its reader comes from.
fn is_of_one_country(cx: &Context<'_>, country: &Country) -> bool {
    let regions = &cx.knowledge.lexicon().regions;
    cx.subject.kind.as_deref() != Some("roaming")
        && cx.facts.named.iter().filter(|it| !it.is_regulator).all(|it| regions[usize::from(it.region)] == country.code)
}

/// Readers are sent to the shop of a network operator that has none here. One country's operator is meant at home or abroad
/// wherever its country, roaming or the reader's home is spoken of.
fn branches(cx: &Context<'_>, country: &Country, findings: &mut Findings<'_>) {
    if !is_of_one_country(cx, country) || !cx.facts.carriers.iter().any(|it| !it.ids.is_empty()) {
        return;
    }
    let mut told: Vec<&str> = Vec::new();
    for mention in cx.facts.carriers.iter().filter(|it| it.ids.is_empty() && !it.past) {
        let Some(home) = home_of_operator(cx, mention) else { continue };
        let prose = &cx.guide.blocks[mention.block as usize].prose;
        let near = Stretch::new(
            mention.at.start.saturating_sub(BESIDE).max(prose.start),
            (mention.at.end + BESIDE).min(prose.end),
        );
        let sentence = Surroundings::sentence_of(cx.guide, mention.block, mention.at);
        let heading = cx.guide.sections[cx.guide.blocks[mention.block as usize].section as usize].title;
        let excuses =
            [CueSet::AtHome, CueSet::Neighbour, CueSet::Abroad, CueSet::History, CueSet::Example, CueSet::Condition];
        let excused = excuses.iter().any(|set| cx.facts.has_cue(*set, sentence) || cx.facts.has_cue(*set, heading));
        if home == country.code
            || excused
            || !cx.facts.has_cue(CueSet::Branch, near)
            || told.contains(&mention.name.as_str())
        {
            continue;
        }
        told.push(&mention.name);
        findings
            .report(
                mention.span,
                Message::new(&BRANCH).with("name", mention.name.as_str()).with("region", home.as_str()),
            )
            .help(Message::new(&CHECK));
    }
}

/// Bytes around a name in which a word for a shop belongs to it.
const BESIDE: u32 = 24;

/// The one country in which a network operator of that name works.
fn home_of_operator(cx: &Context<'_>, mention: &CarrierMention) -> Option<String> {
    let kind = |who: &CarrierRef| match who {
        CarrierRef::Curated(_, id) => cx.knowledge.carrier(id).map(|it| it.kind),
        CarrierRef::Generated(..) => None,
    };
    let kinds: Vec<CarrierKind> = mention.who.iter().filter_map(kind).collect();
    let operators = kinds.contains(&CarrierKind::Mno) && !kinds.contains(&CarrierKind::Mvno);
    match CarrierRef::countries(&mention.who)[..] {
        [only] if operators => Some(only.to_owned()),
        _ => None,
    }
}

fn regulators(cx: &Context<'_>, country: &Country, findings: &mut Findings<'_>) {
    let regions = &cx.knowledge.lexicon().regions;
    let mut told: Vec<u16> = Vec::new();
    let spoken_of: BTreeSet<u16> = cx.facts.named.iter().filter(|it| !it.is_regulator).map(|it| it.region).collect();
    for named in cx.facts.named.iter().filter(|it| it.is_regulator) {
        let region = &regions[usize::from(named.region)];
        let Some(block) = cx.guide.block_at(named.at.start).map(|at| &cx.guide.blocks[at]) else { continue };
        let listed = matches!(block.kind, BlockKind::FrontMatter) || !block.kind.is_visible();
        let example = cx.facts.has_cue(CueSet::Example, block.prose);
        if *region == country.code
            || spoken_of.contains(&named.region)
            || listed
            || example
            || told.contains(&named.region)
        {
            continue;
        }
        told.push(named.region);
        let message = Message::new(&REGULATOR).with("name", cx.guide.text(named.at)).with("region", region.as_str());
        let theirs = cx.knowledge.country(region).and_then(|it| it.regulator.as_ref());
        let sources: &[Arc<Citation>] = theirs.map_or(&[], |it| &it.sources);
        let mut finding = findings.report(cx.guide.prose.span(named.at), message).help(Message::new(&CHECK));
        let own = country.regulator.as_ref().and_then(|it| Some((it.names.first()?, &it.sources)));
        if let Some((name, own_sources)) = own {
            let statement =
                Message::new(&ITS_REGULATOR).with("region", country.code.as_str()).with("name", name.text.as_str());
            finding = finding.according_to(statement, own_sources);
        } else if let Some(name) = theirs.and_then(|it| it.names.first()) {
            let statement =
                Message::new(&ITS_REGULATOR).with("region", region.as_str()).with("name", name.text.as_str());
            finding = finding.according_to(statement, sources);
        }
        let _ = finding;
    }
}
