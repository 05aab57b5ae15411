use crate::declare_rule;
use crate::diagnostic::{Applicability, Confidence, Edit, Message, RuleMeta, Wording};
use crate::facts::{LinkMention, LinkPlace, POINTERS};
use crate::knowledge::CueSet;
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a link whose purpose is to contact or buy from a seller.
    ///
    /// ## Why
    /// Many guides exist only to bring readers to somebody's messenger. What such a page says besides is filler.
    ///
    /// ## How it decides
    /// The link leads to a messenger, a channel or an invitation (`rules/promo/channels.toml`) in a guide about mobile
    /// service. That alone is no guilt; signs are added up: it stands in the title (3), in a heading or at the end of the guide (2), its
    /// text is an account name (2), words of buying or contacting stand in the same block (2), the guide links the same
    /// target again (1), a picture stands beside it (1), an emoji points at it (1). Words of support and tutorials
    /// in the block take 3 away. From 3 on it is reported, from 5 on with high confidence. Accounts that a carrier is known
    /// to run are left alone.
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
        wordings: [LEADS, SIGNS, IN_TITLE, IN_HEADING, AT_END, HANDLE, CUES, REPEATED, BESIDE, POINTED, REMOVE, REMOVE_FIX],
    }
}

static LEADS: Wording = Wording::new(
    "link/promotional",
    "this link leads to a seller's {channel}, not to help with the guide's subject",
    "此链接通往卖家的 {channel}，与指南内容无关",
);
static SIGNS: Wording = Wording::new("link/promotional.signs", "signs: {signs}", "依据：{signs}");
static IN_TITLE: Wording = Wording::new("link/promotional.title", "it stands in the title", "位于标题中");
static IN_HEADING: Wording = Wording::new("link/promotional.heading", "it stands in a heading", "位于小标题中");
static AT_END: Wording = Wording::new("link/promotional.end", "it stands at the end of the guide", "位于文末");
static HANDLE: Wording = Wording::new("link/promotional.handle", "its text is an account name", "链接文字是账号名");
static CUES: Wording =
    Wording::new("link/promotional.cues", "words of buying or contacting stand beside it", "旁边有购买或联系的字样");
static REPEATED: Wording =
    Wording::new("link/promotional.repeated", "the guide links to it {count} times", "全文共出现 {count} 次");
static BESIDE: Wording = Wording::new("link/promotional.picture", "a picture stands beside it", "旁边有图片");
static POINTED: Wording = Wording::new("link/promotional.pointed", "an emoji points at it", "旁边有引导性表情符号");
static REMOVE: Wording = Wording::new(
    "link/promotional.help",
    "remove it, or link the carrier's own page instead",
    "请删除，或改为链接运营商官方页面",
);
static REMOVE_FIX: Wording = Wording::new("link/promotional.fix", "remove the link", "删除该链接");

impl Rule for Promotional {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        if !cx.subject.telecom {
            return;
        }
        for link in &cx.facts.links {
            let Some(channel) = cx.channel(link) else { continue };
            if cx.is_official_account(link) {
                continue;
            }
            let (score, signs) = weigh(cx, link);
            if score < 3 {
                continue;
            }
            let confidence = if score >= 5 { Confidence::High } else { Confidence::Medium };
            let message = Message::new(&LEADS).with("channel", channel);
            findings
                .report(link.span, message)
                .confidence(confidence)
                .because(Message::new(&SIGNS).with("signs", signs.into_iter().collect::<crate::diagnostic::Argument>()))
                .help(Message::new(&REMOVE))
                .fix(
                    Message::new(&REMOVE_FIX),
                    vec![Edit { span: link.span, replacement: String::new() }],
                    Applicability::Unsafe,
                );
        }
    }
}

fn weigh(cx: &Context<'_>, link: &LinkMention) -> (i32, Vec<Message>) {
    let mut score = 0;
    let mut signs = Vec::new();
    let mut sign = |points: i32, message: Message| {
        score += points;
        signs.push(message);
    };
    match link.place {
        LinkPlace::Title => sign(3, Message::new(&IN_TITLE)),
        LinkPlace::Heading => sign(2, Message::new(&IN_HEADING)),
        LinkPlace::Footer => sign(2, Message::new(&AT_END)),
        LinkPlace::Body => {}
    }
    let text = cx.guide.text(link.text);
    if text.contains('@') && !link.text_is_url {
        sign(2, Message::new(&HANDLE));
    }
    let block = cx.guide.blocks.get(link.block as usize).map(|it| it.prose).unwrap_or_default();
    if cx.facts.has_cue(CueSet::Buy, block) || cx.facts.has_cue(CueSet::Contact, block) {
        sign(2, Message::new(&CUES));
    }
    let times = cx.facts.links.iter().filter(|it| it.url == link.url).count();
    if times > 1 {
        sign(1, Message::new(&REPEATED).with("count", times));
    }
    if cx.guide.images.iter().any(|image| image.block == link.block) {
        sign(1, Message::new(&BESIDE));
    }
    if text.contains(POINTERS) || before(cx, link).contains(POINTERS) {
        sign(1, Message::new(&POINTED));
    }
    if cx.facts.has_cue(CueSet::Support, block) || cx.facts.has_cue(CueSet::Tutorial, block) {
        score -= 3;
    }
    (score, signs)
}

/// The few characters before a link.
fn before<'a>(cx: &Context<'a>, link: &LinkMention) -> &'a str {
    let prose = cx.guide.prose.as_str();
    let end = link.text.start as usize;
    let start = prose[..end].char_indices().rev().take(4).last().map_or(end, |(at, _)| at);
    &prose[start..end]
}
