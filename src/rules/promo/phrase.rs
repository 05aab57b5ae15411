use crate::declare_rule;
use crate::diagnostic::{Confidence, Message, RuleMeta, Severity, Wording};
use crate::facts::Surroundings;
use crate::knowledge::CueSet;
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags wording that sells: urgency, scarcity, guarantees, offers without identity papers, agents.
    ///
    /// ## Why
    /// A guide helps whoever reads it. Pressure to buy, promises nobody can keep and offers to get around registration are what
    /// sellers write, and some of it leads readers into offences.
    ///
    /// ## How it decides
    /// In a guide about mobile service, the text holds a term of `rules/promo/phrase.toml`, in the guide's language. Only terms an honest
    /// guide would hardly write are listed. Sentences that warn of sellers are left alone. A word about referral in a guide that
    /// says its links pay is only an information.
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
        wordings: [SELLS, URGENCY, SCARCITY, GUARANTEE, NO_ID, AGENT, HARD_SELL, REFERRAL, OTHER, REWRITE],
    }
}

static SELLS: Wording = Wording::new("promo/phrase", "`{phrase}` sells: {kind}", "“{phrase}”是推销用语：{kind}");
static URGENCY: Wording = Wording::new("promo/phrase.urgency", "it presses the reader for time", "制造紧迫感");
static SCARCITY: Wording = Wording::new("promo/phrase.scarcity", "it claims that little is left", "制造稀缺感");
static GUARANTEE: Wording =
    Wording::new("promo/phrase.guarantee", "it promises what no seller can keep", "作出无法兑现的保证");
static NO_ID: Wording =
    Wording::new("promo/phrase.no-id", "it offers service without the buyer's identity", "兜售免实名服务");
static AGENT: Wording = Wording::new("promo/phrase.agent", "it offers to act for the reader, or looks for sellers", "招揽代办或代理");
static HARD_SELL: Wording = Wording::new("promo/phrase.hard-sell", "it tells the reader to buy", "直接催促购买");
static REFERRAL: Wording =
    Wording::new("promo/phrase.referral", "it hands out a referrer's code or link", "散发推荐码或推广链接");
static OTHER: Wording = Wording::new("promo/phrase.other", "it advertises", "属于广告用语");
static REWRITE: Wording =
    Wording::new("promo/phrase.help", "say what the reader needs to know, or remove it", "请改为读者需要的信息，或删除");

impl Rule for Phrase {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        if !cx.subject.telecom {
            return;
        }
        let disclosed = cx.facts.cues.iter().any(|cue| cue.set == CueSet::Disclosure);
        for phrase in &cx.facts.phrases {
            let Some(block) = cx.guide.block_at(phrase.at.start) else { continue };
            if !cx.guide.blocks[block].kind.is_visible() {
                continue;
            }
            let around = Surroundings::of(cx.guide, block as u32, phrase.at);
            if around.near().chain(around.heading).any(|stretch| cx.facts.has_cue(CueSet::Caution, stretch)) {
                continue;
            }
            let category = cx.knowledge.promotion.phrases.categories.get(usize::from(phrase.category));
            let category = category.map_or("", String::as_str);
            let kind = kind(category);
            let referral = category == "referral";
            findings
                .report(
                    cx.guide.prose.span(phrase.at),
                    Message::new(&SELLS).with("phrase", cx.guide.text(phrase.at)).with("kind", Message::new(kind)),
                )
                .severity(if referral && disclosed { Severity::Info } else { Severity::Warning })
                .confidence(if matches!(category, "no-id" | "agent") { Confidence::High } else { Confidence::Medium })
                .help(Message::new(&REWRITE));
        }
    }
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
        _ => &OTHER,
    }
}
