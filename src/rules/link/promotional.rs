use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap, HashSet};

use crate::declare_rule;
use crate::diagnostic::{Applicability, Message, RuleMeta, Severity, Wording};
use crate::facts::{LinkMention, Surroundings};
use crate::guide::Stretch;
use crate::knowledge::CueSet;
use crate::rule::{Context, Findings, POINTING, REPORTED, Rule, Sign, Weighed, removal, tidy};
use crate::text::{FnvMap, Span};

declare_rule! {
    /// Flags a link whose purpose is to contact or buy from a seller.
    ///
    /// ## Why
    /// Many guides exist only to bring readers to somebody's messenger or shop. What such a page says besides is filler.
    ///
    /// ## How it decides
    /// A link to a messenger, a channel or an invitation (`rules/promo/channels.toml`) in a guide about mobile service is
    /// no guilt alone (1); signs are added up. It stands in the title (3), in a heading or at the end of the guide (2); its
    /// text is an account name (2); words of buying (2) or of contacting (2) stand in the same block or introduce it; the
    /// guide links the same account again (1); a picture stands beside it (1); an emoji points at it (1). Words of support or
    /// of a tutorial in the block take 3 away, words of caution 5, a carrier named in the sentence where nothing is offered 2, or
    /// 4 if the account is called after it or words of its service stand there.
    /// From 3 on it is reported, from 5 on with high confidence. Accounts that a carrier is known to run are left alone, and
    /// those in `[promotion] allow` of the configuration.
    ///
    /// A link to any other site counts as a shop when its text offers something for sale (2), three or more links of the guide offer
    /// the same site (3), or the guide links the same site with a referrer's code (3), and the same signs bring it to 4; never
    /// the site of a carrier or a regulator. A badge takes 3 away.
    ///
    /// A reference link is reported at its definition, with the places that use it.
    ///
    /// ```md bad
    /// # How to cancel an Albanian SIM [@sim_seller_example](https://t.me/sim_seller_example)
    ///
    /// Go to a shop.
    /// ```
    ///
    /// ```md good
    /// # Building a Telegram bot
    ///
    /// Talk to [BotFather](https://t.me/BotFather) to get a token.
    /// ```
    pub Promotional {
        name: "link/promotional",
        severity: Warning,
        confidence: Medium,
        fix: Unsafe,
        since: "0.1.0",
        wordings: [LEADS, SHOP, REMOVE, REMOVE_FIX, USED],
    }
}

static LEADS: Wording = Wording::new(
    "link/promotional",
    "this link leads to a seller's {channel}, not to help with the guide's subject",
    "此链接通往卖家的 {channel}，与指南内容无关",
);
static SHOP: Wording =
    Wording::new("link/promotional.shop", "this link leads to a seller's site, {host}", "此链接通往卖家网站 {host}");
static REMOVE: Wording = Wording::new(
    "link/promotional.help",
    "remove it, or link the carrier's own page instead",
    "请删除，或改为链接运营商官方页面",
);
static REMOVE_FIX: Wording = Wording::new("link/promotional.fix", "remove the link", "删除该链接");
static USED: Wording = Wording::new("link/promotional.used", "used here", "在此处使用");

/// What a link to a site that is no messenger must reach: its host alone says nothing.
const SHOP_REPORTED: i32 = 4;
/// Links that offer one site for sale from which on it is the guide's shop, and every link to it an advertisement.
const SHOP_LINKS: usize = 3;

impl Rule for Promotional {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        if !cx.subject.telecom {
            return;
        }
        let survey = Survey::new(cx);
        let mut defined: BTreeMap<Span, Vec<(&LinkMention, Weighed)>> = BTreeMap::new();
        for link in cx.facts.links.iter().filter(|it| it.allowed.is_none()) {
            let Some(weighed) = survey.judge(cx, link) else { continue };
            match link.definition {
                Some(definition) => defined.entry(definition).or_default().push((link, weighed)),
                None => report(cx, findings, link.span, &[(link, weighed)]),
            }
        }
        for (definition, uses) in defined {
            report(cx, findings, definition, &uses);
        }
    }
}

/// Reports one target, at `span`, with the links that lead to it.
fn report(cx: &Context<'_>, findings: &mut Findings<'_>, span: Span, uses: &[(&LinkMention, Weighed)]) {
    let Some((link, weighed)) = uses.iter().max_by_key(|(_, weighed)| weighed.score()) else { return };
    let message = match cx.channel_label(link.channel) {
        Some(channel) => Message::new(&LEADS).with("channel", channel),
        None => Message::new(&SHOP).with("host", link.host()),
    };
    let mut edits: Vec<_> = uses.iter().map(|(link, _)| removal(cx, link.span, link.block, link.text)).collect();
    if link.definition.is_some() {
        edits.push(crate::diagnostic::Edit { span: with_line_end(cx, span), replacement: String::new() });
    }
    let edits = tidy(cx, edits);
    let mut finding = findings
        .report(span, message)
        .severity(Severity::Warning)
        .confidence(weighed.confidence())
        .because(weighed.evidence())
        .help(Message::new(&REMOVE));
    if link.definition.is_some() {
        for (link, _) in uses {
            finding = finding.label(link.span, Message::new(&USED));
        }
    }
    finding.fix(Message::new(&REMOVE_FIX), edits, Applicability::Unsafe);
}

fn with_line_end(cx: &Context<'_>, span: Span) -> Span {
    let rest = &cx.source.text()[span.end as usize..];
    let ends = rest.starts_with('\n') || rest.starts_with("\r\n");
    Span::new(span.start, span.end + if ends { rest.find('\n').map_or(0, |at| at as u32 + 1) } else { 0 })
}

/// What only the whole guide shows.
struct Survey<'a> {
    targets: HashMap<String, usize>,
    hosts: FnvMap<&'a str, usize>,
    /// How many links offer a site for sale in their text.
    offers: HashMap<&'a str, usize>,
    /// Sites linked with a referrer's code that the guide does not own up to.
    referred: HashSet<&'a str>,
    pictured: HashSet<u32>,
    /// The carriers that the guide names, where that is asked for.
    names: OnceCell<HashSet<String>>,
    search_words: bool,
}

impl<'a> Survey<'a> {
    fn new(cx: &Context<'a>) -> Survey<'a> {
        let mut survey = Survey {
            targets: HashMap::new(),
            hosts: FnvMap::default(),
            offers: HashMap::new(),
            referred: HashSet::new(),
            pictured: cx.guide.images.iter().map(|image| image.block).collect(),
            names: OnceCell::new(),
            search_words: cx.facts.search_words(cx.guide).is_some(),
        };
        let disclosed = cx.facts.speaks_of(CueSet::Disclosure);
        for link in &cx.facts.links {
            if link.channel.is_some() {
                *survey.targets.entry(target(link)).or_default() += 1;
            }
            *survey.hosts.entry(link.host()).or_default() += 1;
            if link.channel.is_none() && offers(cx, link) {
                *survey.offers.entry(link.host()).or_default() += 1;
            }
            if !disclosed && super::referrer::of(cx, link).is_some() {
                survey.referred.insert(link.host());
            }
        }
        survey
    }

    /// The signs of a link that is to be reported.
    fn judge(&self, cx: &Context<'_>, link: &LinkMention) -> Option<Weighed> {
        let at = link.text;
        let text = cx.guide.text(at);
        let offered = self.offers.get(link.host()).copied().unwrap_or(0);
        let shop = offered >= SHOP_LINKS
            && !super::official::is_named(self.names.get_or_init(|| super::official::names(cx)), link.host());
        let referred = self.referred.contains(link.host());
        // Nearly every link is none of these, and what stands around it says nothing then.
        let offers = link.channel.is_none() && offers(cx, link);
        if link.channel.is_none() && !referred && !shop && !offers {
            return None;
        }
        let mut weighed = Weighed::around(cx, link.block, at, link.place, link.account());
        let mut least = REPORTED;
        let times = if link.channel.is_some() { self.targets.get(&target(link)) } else { self.hosts.get(link.host()) };
        let times = times.copied().unwrap_or(0);
        weighed.add_if(times > 1, Sign::Repeated(times));
        if link.channel.is_some() {
            if cx.is_official_account(link) {
                return None;
            }
            weighed.add(Sign::Messenger);
            let service = cx.facts.has_cue(CueSet::Hotline, at) && !weighed.has(Sign::Contacting);
            weighed.add_if(service, Sign::Contacting);
            weighed.add_if(text.contains('@') && !link.text_is_url, Sign::Account);
            weighed.add_if(self.pictured.contains(&link.block), Sign::Picture);
            let badge = link.image.and_then(|it| cx.guide.images.get(it as usize)).is_some_and(|it| cx.is_badge(it));
            weighed.add_if(badge, Sign::Badge);
        } else {
            let web = link.address.as_ref().is_some_and(|it| it.scheme.starts_with("http"));
            if !web || cx.is_official_host(link.host()) || super::referrer::of(cx, link).is_some() {
                return None;
            }
            least = SHOP_REPORTED;
            weighed.add_if(shop, Sign::Shop(offered));
            let pointed = offers && link.text_is_url && cx.guide.text(lead(cx, link)).contains(POINTING);
            weighed.add_if(pointed && !weighed.has(Sign::Pointed), Sign::Pointed);
            // One site linked once may be a recommendation; selling comes back to it.
            if offers && !referred && !shop && times < 2 && !weighed.has(Sign::Pointed) {
                return None;
            }
            weighed.add_if(offers, Sign::Offer);
            weighed.add_if(referred, Sign::Referrer);
        }
        weighed.add_if(self.search_words, Sign::SearchWords);
        (weighed.score() >= least).then_some(weighed)
    }
}

/// Whether the text of a link offers something for sale; for an address that stands for itself, the words that lead to it.
fn offers(cx: &Context<'_>, link: &LinkMention) -> bool {
    if !cx.facts.speaks_of(CueSet::Buy) {
        return false;
    }
    if !link.text_is_url {
        return cx.facts.has_cue(CueSet::Buy, link.text);
    }
    cx.facts.has_cue(CueSet::Buy, lead(cx, link))
}

/// The words that lead to an address in its sentence.
fn lead(cx: &Context<'_>, link: &LinkMention) -> Stretch {
    let sentence = Surroundings::sentence_of(cx.guide, link.block, link.text);
    let text = cx.guide.text(Stretch::new(sentence.start, link.text.start.max(sentence.start)));
    let near = text.char_indices().rev().take(LEAD).last().map_or(0, |(at, _)| at);
    Stretch::new(sentence.start + near as u32, link.text.start.max(sentence.start))
}

/// Characters before an address in which words lead to it.
const LEAD: usize = 60;

/// The account a link leads to, by whatever way.
fn target(link: &LinkMention) -> String {
    format!("{} {}", link.host(), link.account().to_lowercase())
}
