use super::official;
use crate::declare_rule;
use crate::diagnostic::{Argument, Message, RuleMeta, Wording};
use crate::facts::{Class, LinkMention, Surroundings, class};
use crate::guide::Stretch;
use crate::host;
use crate::knowledge::{Carrier, CueSet};
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a link given as a carrier's official site that is not, and links to sites a carrier has given up.
    ///
    /// ## Why
    /// A reader trusts the word "official". A domain that a carrier has let go can be bought by anybody.
    ///
    /// ## How it decides
    /// The link or its sentence says that it is official and names no other page ("official form"), it stands with one carrier
    /// whose domains we know, and its host is none of them, nor of a related carrier, a regulator, an app store or a social network. Domains that country files
    /// list as given up are reported in any link, unless the text speaks of the past.
    ///
    /// ```md bad
    /// # How to cancel an Albanian SIM
    ///
    /// - Vodafone Albania: [official site](https://simhelp.example.com/al)
    /// ```
    ///
    /// ```md good
    /// # How to cancel an Albanian SIM
    ///
    /// - Vodafone Albania: [official site](https://www.vodafone.al/)
    /// ```
    pub Unofficial {
        name: "link/unofficial",
        severity: Warning,
        confidence: Medium,
        since: "0.1.0",
        wordings: [NOT_OFFICIAL, ANOTHERS, GIVEN_UP, DOMAINS, USE],
    }
}

static NOT_OFFICIAL: Wording = Wording::new(
    "link/unofficial",
    "`{host}` is given as the official site of {carrier}, but is none of its domains",
    "`{host}` 写作 {carrier} 的官方网站，但不是它的域名",
);
static ANOTHERS: Wording = Wording::new(
    "link/unofficial.anothers",
    "`{host}` is given as the official site of {carrier}, but belongs to {owner} ({country})",
    "`{host}` 写作 {carrier} 的官方网站，但属于 {owner}（{country}）",
);
static GIVEN_UP: Wording = Wording::new(
    "link/unofficial.given-up",
    "`{host}` was a domain of {carrier} and is no longer",
    "`{host}` 曾是 {carrier} 的域名，现已弃用",
);
static DOMAINS: Wording =
    Wording::new("link/unofficial.domains", "domains of {carrier}: {domains}", "{carrier} 的域名：{domains}");
static USE: Wording = Wording::new("link/unofficial.help", "link to {domains} instead", "请改为链接到 {domains}");

impl Rule for Unofficial {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        if cx.facts.carriers.is_empty() && cx.country().is_none() {
            return;
        }
        // Without the word nothing is said to be official.
        let claimed = cx.facts.speaks_of(CueSet::Official);
        for link in &cx.facts.links {
            let Some(host) = official::host_of(link) else { continue };
            let given_up = given_up(cx, host);
            if given_up.is_none() && !claimed {
                continue;
            }
            let block = &cx.guide.blocks[link.block as usize];
            if !block.kind.is_visible() || official::is_neutral(cx, host) {
                continue;
            }
            let around = Surroundings::of(cx.guide, link.block, link.text);
            if let Some(carrier) = given_up {
                if !around.near().any(|unit| cx.facts.has_cue(CueSet::History, unit)) {
                    report(link, Message::new(&GIVEN_UP).with("host", host), carrier, findings);
                }
                continue;
            }
            if link.channel.is_some() || cx.is_official_account(link) || !is_called_official(cx, link, &around) {
                continue;
            }
            let Some(carrier) = carrier_of(cx, link, &around) else { continue };
            if carrier.domains.is_empty() || is_related(cx, carrier, host) {
                continue;
            }
            let message = match official::owner(cx, host) {
                Some((country, owner)) => Message::new(&ANOTHERS)
                    .with("host", host)
                    .with("owner", owner.display_name())
                    .with("country", country.code.as_str()),
                None => Message::new(&NOT_OFFICIAL).with("host", host),
            };
            report(link, message, carrier, findings);
        }
    }
}

/// The carrier of the guide's country that once had the domain.
fn given_up<'a>(cx: &Context<'a>, host: &str) -> Option<&'a Carrier> {
    let carriers = || cx.country().into_iter().flat_map(|it| &it.carriers);
    let owner = carriers().find(|it| it.domains_dead.iter().any(|domain| host::is_within(host, domain)))?;
    let used = carriers().any(|it| it.domains.iter().any(|domain| host::is_within(host, domain)));
    (!used).then_some(owner)
}

/// How far from the link the word may stand in its sentence.
const REACH: usize = 40;

/// The word stands in the link's text, which names nothing else; or in its column; or near by in its unit, where this is
/// the only link and is named by no more than "here" or "the site".
fn is_called_official(cx: &Context<'_>, link: &LinkMention, around: &Surroundings) -> bool {
    // A word inside the address itself claims nothing.
    let own = |cue: Stretch| link.text_is_url && link.text.contains(cue);
    let said = |at| cx.facts.cues_in(CueSet::Official, at).filter(|cue| !own(cue.at) && !is_denied(cx, cue.at));
    let alone = || {
        let from = cx.facts.links.partition_point(|it| it.text.start < around.block.start);
        let here = cx.facts.links[from..].iter().take_while(|it| it.text.start < around.block.end);
        here.take(2).count() == 1
    };
    let near = |cue: Stretch| {
        let (one, other) = if cue.start < link.text.start { (cue, link.text) } else { (link.text, cue) };
        let gap = cx.guide.text(Stretch::new(one.end.min(other.start), other.start));
        gap.chars().count() <= REACH && !gap.contains(['。', '；', ';', '\u{1f}']) && !gap.contains(". ")
    };
    let pointed_at = || {
        link.text_is_url
            || cx.facts.has_cue(CueSet::Page, link.text)
            || cx.facts.carriers_in(link.text).next().is_some()
    };
    (said(link.text).next().is_some() && !names_another(cx, link))
        || around.column.is_some_and(|column| said(column).next().is_some())
        || (around.unit.iter().any(|unit| said(*unit).any(|cue| near(cue.at)))
            && pointed_at()
            && !names_another(cx, link)
            && alone())
}

/// "Not an official page", 非官方.
fn is_denied(cx: &Context<'_>, cue: Stretch) -> bool {
    let before = Stretch::new(cue.start.saturating_sub(24), cue.start);
    cx.facts.cues_in(CueSet::Denies, before).any(|it| {
        let gap = cx.guide.text(Stretch::new(it.at.end, cue.start));
        gap.chars().count() <= 6 && !gap.contains(['.', ',', '，', '。', ':', '：', '\u{1f}'])
    })
}

/// Bytes of a link's text; a longer one says more than a name.
const LONGEST: usize = 400;

/// Whether a link's text has words beyond the carrier's name and "official site": "official form", "embassy's official list".
fn names_another(cx: &Context<'_>, link: &LinkMention) -> bool {
    if link.text_is_url {
        return false;
    }
    let sets = [CueSet::Official, CueSet::Page, CueSet::Operator];
    let words = sets.iter().flat_map(|set| cx.facts.cues_in(*set, link.text)).map(|cue| cue.at);
    let covered: Vec<Stretch> = words.chain(cx.facts.carriers_in(link.text).map(|(_, it)| it.at)).collect();
    let text = cx.guide.text(link.text);
    if text.len() > LONGEST {
        return true;
    }
    let mut length = 0;
    text.char_indices().any(|(at, c)| {
        let place = link.text.start + at as u32;
        let counts = class(c) != Class::Other && !covered.iter().any(|it| it.start <= place && place < it.end);
        length = if counts { length + 1 } else { 0 };
        // Articles and prepositions are short; scripts without spaces write a word in two characters.
        length > if class(c) == Class::Dense { 1 } else { 3 }
    })
}

/// The carrier in the link's text, or the only one in its unit.
fn carrier_of<'a>(cx: &Context<'a>, link: &LinkMention, around: &Surroundings) -> Option<&'a Carrier> {
    let inside = cx.facts.carriers_in(link.text).map(|(_, it)| it).next();
    let mut near = around.unit.iter().flat_map(|unit| cx.facts.carriers_in(*unit)).map(|(_, it)| it);
    let mention = match inside {
        Some(mention) => mention,
        None => {
            let first = near.next()?;
            near.all(|it| it.ids == first.ids).then_some(first)?
        }
    };
    cx.knowledge.today(cx.knowledge.carrier(mention.id()?)?)
}

/// Whether a host is of the carrier, its network, its brands, those it took over, or bears its very label.
fn is_related(cx: &Context<'_>, carrier: &Carrier, host: &str) -> bool {
    let Some(country) = carrier.id.get(..2).and_then(|code| cx.knowledge.country(&code.to_ascii_uppercase())) else {
        return true;
    };
    let root = |it: &Carrier| {
        cx.knowledge.succession(it).pop().map_or(it.id.clone(), |today| today.host.clone().unwrap_or(today.id.clone()))
    };
    let own = root(carrier);
    let family = country.carriers.iter().filter(|it| root(it) == own);
    let (label, _) = official::label_of(host);
    let mut domains = family.flat_map(|it| &it.domains);
    domains.any(|domain| host::is_within(host, domain))
        || carrier.domains.iter().any(|it| official::label_of(it).0 == label)
}

fn report(link: &LinkMention, message: Message, carrier: &Carrier, findings: &mut Findings<'_>) {
    let domains = || -> Argument { carrier.domains.iter().map(String::as_str).collect() };
    let finding = findings.report(link.span, message.with("carrier", carrier.display_name()));
    if carrier.domains.is_empty() {
        return;
    }
    finding
        .according_to(
            Message::new(&DOMAINS).with("carrier", carrier.display_name()).with("domains", domains()),
            &carrier.sources[..carrier.sources.len().min(1)],
        )
        .help(Message::new(&USE).with("domains", domains()));
}
