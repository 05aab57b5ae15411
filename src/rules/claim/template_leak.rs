use std::sync::Arc;

use crate::declare_rule;
use crate::diagnostic::{Citation, Message, RuleMeta, Wording};
use crate::facts::ClaimKind;
use crate::guide::BlockKind;
use crate::knowledge::{Country, CueSet};
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags what another country's guide left behind when this one was copied from it: a currency, a regulator.
    ///
    /// ## Why
    /// A guide to Albania with prices in Thai baht was written by replacing a name. Nothing else in it was looked at either.
    ///
    /// ## How it decides
    /// The guide is clearly about one country that we know. A price stands in a currency that is neither the country's own, nor dollars
    /// or euros, nor what shops there take or readers of the language are used to (`rules/languages/currencies.toml`), and no price in the country's
    /// own stands in the same block. Or the regulator of another country is named, and that country is not. Carriers and calling
    /// codes of other countries have rules of their own.
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
        wordings: [CURRENCY, REGULATOR, OWN_CURRENCY, ITS_REGULATOR, FURTHER, CHECK],
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
    }
}

fn currencies(cx: &Context<'_>, country: &Country, findings: &mut Findings<'_>) {
    let Some(own) = country.currency.as_deref() else { return };
    let language = cx.subject.language.code.as_deref().unwrap_or("en");
    let code = |kind: ClaimKind| match kind {
        ClaimKind::Price(at) => cx.knowledge.currencies.codes.get(usize::from(at)).map(String::as_str),
        _ => None,
    };
    // What is longer is a table of prices, and no guide.
    let claims = &cx.facts.claims[..cx.facts.claims.len().min(1000)];
    let leaks: Vec<_> = claims
        .iter()
        .filter(|claim| {
            code(claim.kind).is_some_and(|it| it != own && !cx.knowledge.currencies.is_common(it, language, &country.code))
        })
        .filter(|claim| {
            let beside = |other: &&crate::facts::Claim| other.block == claim.block && code(other.kind) == Some(own);
            let roaming = cx.subject.kind.as_deref() == Some("roaming");
            !roaming && !claims.iter().any(|other| beside(&other)) && !names_another(cx, country, claim.block)
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

/// Whether a block, or the heading over it, names another country: then the guide compares.
fn names_another(cx: &Context<'_>, country: &Country, block: u32) -> bool {
    let Some(block) = cx.guide.blocks.get(block as usize) else { return false };
    let heading = cx.guide.sections[block.section as usize].title;
    let regions = &cx.knowledge.lexicon().regions;
    cx.facts.named.iter().any(|it| {
        !it.is_regulator
            && (block.prose.contains(it.at) || heading.contains(it.at))
            && regions[usize::from(it.region)] != country.code
    })
}

fn regulators(cx: &Context<'_>, country: &Country, findings: &mut Findings<'_>) {
    let regions = &cx.knowledge.lexicon().regions;
    let mut told: Vec<u16> = Vec::new();
    for named in cx.facts.named.iter().filter(|it| it.is_regulator) {
        let region = &regions[usize::from(named.region)];
        let Some(block) = cx.guide.block_at(named.at.start).map(|at| &cx.guide.blocks[at]) else { continue };
        let spoken_of = cx.facts.named.iter().any(|it| !it.is_regulator && it.region == named.region);
        let listed = matches!(block.kind, BlockKind::FrontMatter) || !block.kind.is_visible();
        let example = cx.facts.has_cue(CueSet::Example, block.prose);
        if *region == country.code || spoken_of || listed || example || told.contains(&named.region) {
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
