use std::collections::HashMap;

use smallvec::SmallVec;

use crate::declare_rule;
use crate::diagnostic::{Confidence, Message, RuleMeta, Severity, Wording};
use crate::facts::{ReferralCode, Surroundings, folded};
use crate::guide::Stretch;
use crate::knowledge::{CueSet, HandleShape};
use crate::rule::{Context, Findings, POINTING, Rule, is_warned_of, points_at, with_markup};
use crate::text::Span;

declare_rule! {
    /// Flags wording that sells: urgency, scarcity, guarantees, offers without identity papers, agents.
    ///
    /// ## Why
    /// A guide helps whoever reads it. Pressure to buy, promises nobody can keep and offers to get around registration are what
    /// sellers write, and some of it leads readers into offences.
    ///
    /// ## How it decides
    /// In a guide about mobile service, the text holds a term of `rules/promo/phrase.toml`, in the guide's language. Only terms an honest
    /// guide would hardly write are listed. Sentences that warn of sellers are left alone.
    ///
    /// A code to enter counts as well: called a referral or invitation code, called a discount code where the sentence names no
    /// carrier, or called only a code where the sentence promises a discount or a bonus for it (all in `rules/promo/cues.toml`).
    /// One finding a sentence; in a guide that says its links pay it is only an information.
    ///
    /// Words on a button ("order now", 立即办理) count where an emoji points at them, unless the sentence names a carrier or links
    /// its site. What any advertisement says ("no registration, no paperwork", 先到先得) and an honest guide may say of
    /// a carrier counts only in a guide that sells besides, with wording of the other kinds or a code, or in a block that asks readers to
    /// write to "us" on a messenger; once a guide.
    ///
    /// A closing row of search words ("Keywords: a, b, c, d"), a closing section of them, or a closing row of hashtags is an
    /// information, and a warning in a guide that sells besides: with such wording, a code, a messenger link, or a link an
    /// emoji points at.
    ///
    /// ```md bad
    /// # Which SIM to buy in Spain
    ///
    /// Hurry and order yours: our cards are selling out fast.
    /// ```
    ///
    /// ```md good
    /// # Which SIM to buy in Spain
    ///
    /// The operator's summer plan is offered until the end of September.
    /// ```
    pub Phrase {
        name: "promo/phrase",
        severity: Warning,
        confidence: Medium,
        since: "0.1.0",
        wordings: [SELLS, URGENCY, SCARCITY, GUARANTEE, NO_ID, AGENT, HARD_SELL, REFERRAL, CALL, PITCH, AGAIN, OTHER, REWRITE, ALSO, SEARCH_WORDS, SELLS_BESIDES, SELLS_NOTHING, REMOVE_ROW],
    }
}

static SELLS: Wording = Wording::new("promo/phrase", "`{phrase}` sells: {kind}", "“{phrase}”是推销用语：{kind}");
static URGENCY: Wording = Wording::new("promo/phrase.urgency", "it presses the reader for time", "制造紧迫感");
static SCARCITY: Wording = Wording::new("promo/phrase.scarcity", "it claims that little is left", "制造稀缺感");
static GUARANTEE: Wording =
    Wording::new("promo/phrase.guarantee", "it promises what no seller can keep", "作出无法兑现的保证");
static NO_ID: Wording =
    Wording::new("promo/phrase.no-id", "it offers service without the buyer's identity", "兜售免实名服务");
static AGENT: Wording =
    Wording::new("promo/phrase.agent", "it offers to act for the reader, or looks for sellers", "招揽代办或代理");
static HARD_SELL: Wording = Wording::new("promo/phrase.hard-sell", "it tells the reader to buy", "直接催促购买");
static REFERRAL: Wording =
    Wording::new("promo/phrase.referral", "it hands out a referrer's code or link", "散发推荐码或推广链接");
static CALL: Wording = Wording::new("promo/phrase.call", "an emoji points at a call to order", "表情符号引导下单");
static PITCH: Wording =
    Wording::new("promo/phrase.pitch", "an advertisement's praise, in a guide that sells", "在推销文中夸耀商品");
static AGAIN: Wording = Wording::new("promo/phrase.again", "said again", "再次出现");
static OTHER: Wording = Wording::new("promo/phrase.other", "it advertises", "属于广告用语");
static REWRITE: Wording = Wording::new(
    "promo/phrase.help",
    "say what the reader needs to know, or remove it",
    "请改为读者需要的信息，或删除",
);

static ALSO: Wording = Wording::new("promo/phrase.also", "the same offer", "同一推广");
static SEARCH_WORDS: Wording =
    Wording::new("promo/phrase.search-words", "a row of words written for search engines", "为搜索引擎堆砌的关键词");
static SELLS_BESIDES: Wording =
    Wording::new("promo/phrase.sells-besides", "the guide also advertises", "文中另有推销内容");
static SELLS_NOTHING: Wording =
    Wording::new("promo/phrase.sells-nothing", "nothing else in the guide advertises", "文中别无推销内容");
static REMOVE_ROW: Wording = Wording::new(
    "promo/phrase.remove-row",
    "remove it, or put the words into the front matter",
    "请删除，或移到文件头部的元数据中",
);

impl Rule for Phrase {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        if !cx.subject.telecom {
            return;
        }
        let disclosed = cx.facts.speaks_of(CueSet::Disclosure);
        let mut referrals: Vec<Referral> = cx.facts.referral_codes.iter().filter_map(|it| referral(cx, it)).collect();
        let mut sells = !referrals.is_empty();
        let mut praise = Vec::new();
        for phrase in &cx.facts.phrases {
            let Some(around) = spoken(cx, phrase.at) else { continue };
            let category = cx.knowledge.promotion.phrases.categories.get(usize::from(phrase.category));
            let category = category.map_or("", String::as_str);
            let span = cx.guide.prose.span(phrase.at);
            match category {
                "pitch" => {
                    // What a carrier offers is the carrier's, whoever reports it.
                    let carrier = around
                        .near()
                        .any(|it| cx.facts.has_cue(CueSet::Operator, it) || cx.facts.carriers_in(it).next().is_some());
                    if !carrier {
                        praise.push((phrase.at, span));
                    }
                    continue;
                }
                "call" if !calls(cx, phrase.at, &around) => continue,
                _ => sells = true,
            }
            if category == "referral" {
                referrals.push(Referral { at: phrase.at, span, unit: around.unit, is_code: false });
                continue;
            }
            let sure = matches!(category, "no-id" | "agent");
            findings
                .report(span, sentence(cx, span, kind(category)))
                .confidence(if sure { Confidence::High } else { Confidence::Medium })
                .help(Message::new(&REWRITE));
        }
        report_referrals(cx, findings, referrals, disclosed);
        let searched = report_search_words(cx, findings, sells);
        if !sells && !searched {
            // Once for each block, for a block may be full of it.
            let mut offered: HashMap<usize, bool> = HashMap::new();
            praise.retain(|(at, _)| {
                cx.guide
                    .block_at(at.start)
                    .is_some_and(|block| *offered.entry(block).or_insert_with(|| is_offered(cx, block)))
            });
        }
        report_praise(cx, findings, &praise);
    }
}

/// Whether an emoji points at words on a button, and no carrier's site stands behind it. A link that offers something is
/// judged as a link.
fn calls(cx: &Context<'_>, at: Stretch, around: &Surroundings) -> bool {
    let Some(block) = cx.guide.block_at(at.start).map(|it| &cx.guide.blocks[it]) else { return false };
    let step = block.item.is_some_and(|it| cx.guide.lists.get(it.list as usize).is_some_and(|list| list.ordered));
    let linked = || {
        around.unit.iter().flat_map(|unit| cx.facts.links_in(*unit)).any(|link| {
            cx.is_official_host(link.host())
                || (link.text.overlaps(at) || link.text_is_url) && link.address.is_some()
                || link.channel.is_some()
        })
    };
    let carrier = || around.unit.iter().any(|unit| cx.facts.carriers_in(*unit).next().is_some());
    !step && emoji_points_at(cx, block.prose, at) && !carrier() && !linked()
}

/// Whether nothing but signs stands between the words and a pointing emoji, before them or behind.
fn emoji_points_at(cx: &Context<'_>, block: Stretch, at: Stretch) -> bool {
    let before = cx.guide.text(Stretch::new(block.start, at.start)).chars().rev();
    let after = cx.guide.text(Stretch::new(at.end, block.end)).chars();
    let pointed = |mut signs: Box<dyn Iterator<Item = char> + '_>| {
        signs.by_ref().take(8).take_while(|c| !c.is_alphanumeric()).any(|c| POINTING.contains(&c))
    };
    pointed(Box::new(before)) || pointed(Box::new(after))
}

/// Whether praise stands in a block with a sentence that asks readers to write to "us" on a messenger and that itself offers
/// something. A carrier that is named is who answers.
fn is_offered(cx: &Context<'_>, block: usize) -> bool {
    let prose = cx.guide.blocks[block].prose;
    let excuses = [CueSet::Support, CueSet::Tutorial, CueSet::Official];
    if excuses.iter().any(|set| cx.facts.has_cue(*set, prose)) || cx.facts.carriers_in(prose).next().is_some() {
        return false;
    }
    let pitch = cx.knowledge.promotion.phrases.categories.iter().position(|it| it == "pitch");
    let praises = |within: Stretch| {
        let from = cx.facts.phrases.partition_point(|it| it.at.start < within.start);
        let mut here = cx.facts.phrases[from..].iter().take_while(|it| it.at.end <= within.end);
        here.any(|it| Some(usize::from(it.category)) == pitch)
    };
    cx.facts.cues_in(CueSet::Contact, prose).take(MOST_CONTACTS).any(|cue| {
        let sentence = Surroundings::sentence_of(cx.guide, block as u32, cue.at);
        let reached = cx.facts.has_cue(CueSet::Qr, sentence) || names_messenger(cx, sentence, cue.at);
        let offers = || praises(sentence) || cx.facts.has_cue(CueSet::Buy, sentence);
        reached && offers() && !is_warned_of(cx, block as u32, cue.at)
    })
}

/// Words of contacting in one block that are looked at; a guide that people read has fewer.
const MOST_CONTACTS: usize = 8;

/// Whether a messenger is named in a sentence. Short names are words as well, but not within the words of contacting.
fn names_messenger(cx: &Context<'_>, sentence: Stretch, cue: Stretch) -> bool {
    let channels = &cx.knowledge.promotion.channels;
    let named = channels.iter().filter(|it| it.handle != HandleShape::Email).flat_map(|it| it.names.values().flatten());
    let names: Vec<String> = named.map(|name| folded(name.trim_end_matches('*'))).collect();
    let said = |at: Stretch, shortest: usize| {
        let text = folded(cx.guide.text(at));
        let apart = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
        names.iter().filter(|name| name.len() >= shortest).any(|name| {
            text.match_indices(name.as_str()).any(|(from, _)| {
                apart(text[..from].chars().next_back()) && apart(text[from + name.len()..].chars().next())
            })
        })
    };
    said(cue, 2) || said(sentence, 4)
}

/// What an advertisement says, once for each wording.
fn report_praise(cx: &Context<'_>, findings: &mut Findings<'_>, praise: &[(Stretch, Span)]) {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut said: Vec<Vec<Span>> = Vec::new();
    for (at, span) in praise {
        let next = said.len();
        match *places.entry(folded(cx.guide.text(*at))).or_insert(next) {
            index if index < next => said[index].push(*span),
            _ => said.push(vec![*span]),
        }
    }
    for spans in said {
        let Some((first, others)) = spans.split_first() else { continue };
        let mut finding = findings
            .report(*first, sentence(cx, *first, &PITCH))
            .confidence(Confidence::Low)
            .because(Message::new(&SELLS_BESIDES))
            .help(Message::new(&REWRITE));
        for again in others {
            finding = finding.label(*again, Message::new(&AGAIN));
        }
    }
}

fn sentence(cx: &Context<'_>, span: Span, kind: &'static Wording) -> Message {
    Message::new(&SELLS).with("phrase", cx.source.slice(span)).with("kind", Message::new(kind))
}

/// What surrounds a stretch that readers see and that nothing warns of.
fn spoken(cx: &Context<'_>, at: Stretch) -> Option<Surroundings> {
    let block = cx.guide.block_at(at.start)?;
    if !cx.guide.blocks[block].kind.is_visible() {
        return None;
    }
    let around = Surroundings::of(cx.guide, block as u32, at);
    let warned = around.near().chain(around.heading).any(|stretch| cx.facts.has_cue(CueSet::Caution, stretch));
    (!warned).then_some(around)
}

/// A referrer's code, or words about one.
struct Referral {
    at: Stretch,
    span: Span,
    /// The sentence, the list item or the table row.
    unit: SmallVec<[Stretch; 2]>,
    is_code: bool,
}

/// A code that is handed out for a reward. One for a discount that a carrier in the sentence gives is the carrier's; one
/// that is called nothing but a code needs a promise beside it.
fn referral(cx: &Context<'_>, code: &ReferralCode) -> Option<Referral> {
    let around = spoken(cx, code.at)?;
    let said = |set| around.near().any(|stretch| cx.facts.has_cue(set, stretch));
    let carriers = around.near().any(|stretch| cx.facts.carriers_in(stretch).next().is_some());
    let handed_out = match code.called {
        CueSet::ReferralCode => true,
        CueSet::VoucherCode => !carriers,
        _ => !carriers && said(CueSet::Gain),
    };
    let excused = said(CueSet::Tutorial) || said(CueSet::ShortMessage);
    let span = with_markup(cx.source.text(), code.span);
    (handed_out && !excused).then_some(Referral { at: code.at, span, unit: around.unit, is_code: true })
}

/// One finding a sentence: at the code where there is one, with the other words as labels.
fn report_referrals(cx: &Context<'_>, findings: &mut Findings<'_>, mut referrals: Vec<Referral>, disclosed: bool) {
    referrals.sort_by_key(|it| (it.unit.first().copied(), !it.is_code, it.at));
    for same in referrals.chunk_by(|one, other| one.unit.first() == other.unit.first()) {
        let Some((first, others)) = same.split_first() else { continue };
        let mut finding = findings
            .report(first.span, sentence(cx, first.span, &REFERRAL))
            .severity(if disclosed { Severity::Info } else { Severity::Warning })
            .confidence(if first.is_code { Confidence::High } else { Confidence::Medium })
            .help(Message::new(&REWRITE));
        for other in others.iter().filter(|it| !it.at.overlaps(first.at)) {
            finding = finding.label(other.span, Message::new(&ALSO));
        }
    }
}

/// A row of search words is written for machines. In a guide that sells it is part of the selling. Whether it is.
fn report_search_words(cx: &Context<'_>, findings: &mut Findings<'_>, sells: bool) -> bool {
    let Some(row) = cx.facts.search_words(cx.guide) else { return false };
    let pointed = || cx.facts.links.iter().any(|link| points_at(cx, link.text));
    let contact = || cx.facts.links.iter().any(|link| link.channel.is_some() && link.allowed.is_none());
    let sells = sells || pointed() || contact();
    findings
        .report(with_markup(cx.source.text(), cx.guide.prose.span(row)), Message::new(&SEARCH_WORDS))
        .severity(if sells { Severity::Warning } else { Severity::Info })
        .confidence(Confidence::Medium)
        .because(Message::new(if sells { &SELLS_BESIDES } else { &SELLS_NOTHING }))
        .help(Message::new(&REMOVE_ROW));
    sells
}

fn kind(category: &str) -> &'static Wording {
    match category {
        "urgency" => &URGENCY,
        "scarcity" => &SCARCITY,
        "guarantee" => &GUARANTEE,
        "no-id" => &NO_ID,
        "agent" => &AGENT,
        "hard-sell" => &HARD_SELL,
        "referral" => &REFERRAL,
        "call" => &CALL,
        _ => &OTHER,
    }
}
