use std::collections::HashMap;

use crate::declare_rule;
use crate::diagnostic::{Applicability, Message, RuleMeta, Wording};
use crate::facts::{Disguise, HandleMention, Surroundings};
use crate::guide::BlockKind;
use crate::knowledge::{CueSet, HandleShape};
use crate::rule::{Context, Findings, REPORTED, Rule, Sign, Weighed, removal, tidy, with_markup};

declare_rule! {
    /// Flags a contact in plain text that solicits the reader.
    ///
    /// ## Why
    /// A messenger account in a guide about mobile service is nearly always a seller's. Sellers write it so that filters
    /// do not see it; readers do.
    ///
    /// ## How it decides
    /// The name of a messenger (`rules/promo/channels.toml`) with an account near it, a bare `@name`, an e-mail address or a telephone
    /// number beside a messenger's name; also with full-width, styled or foreign letters, digits for letters, letters
    /// apart, invisible characters, emoji between, "t点me" or "[at]". Signs are added up: the messenger is named (2), the account is
    /// presented as a contact (1), it is disguised (3), stands in the title (3), in a heading or at the end (2), beside words
    /// of buying (2) or contacting (2), more than once (1), after a pointing emoji (1). Words of support or of a tutorial take
    /// 3 away, words of caution 5 (10 where the contact stands in words that are quoted behind them), a carrier named in the
    /// sentence where nothing is offered 2, or 4 if the account is called after it or words of its service stand there. From 3
    /// on it is reported. Accounts and numbers that a carrier publishes are left alone, and those in `[promotion] allow` of the configuration. An e-mail address
    /// counts only beside words of buying.
    ///
    /// ```md bad
    /// # How to get a Spanish SIM
    ///
    /// To order, write us on Telegram: @sim_seller_example
    /// ```
    ///
    /// ```md good
    /// # How to get a Spanish SIM
    ///
    /// Bring your passport. You can use WhatsApp and Telegram with any plan.
    /// ```
    pub Handle {
        name: "promo/handle",
        severity: Warning,
        confidence: Medium,
        fix: Unsafe,
        since: "0.1.0",
        wordings: [SOLICITS, BARE, HOW, INVISIBLE, LOOKALIKE, LEET, SPACED, WORDS, REMOVE, REMOVE_FIX],
    }
}

static SOLICITS: Wording = Wording::new(
    "promo/handle",
    "`{account}` invites readers to a seller's {channel}",
    "`{account}` 引导读者联系卖家的 {channel}",
);
static BARE: Wording =
    Wording::new("promo/handle.bare", "`{account}` invites readers to a seller", "`{account}` 引导读者联系卖家");
static HOW: Wording = Wording::new("promo/handle.disguise", "disguised: {how}", "伪装方式：{how}");
static INVISIBLE: Wording =
    Wording::new("promo/handle.invisible", "characters that show nothing stand in it", "夹有不可见字符");
static LOOKALIKE: Wording =
    Wording::new("promo/handle.lookalike", "letters that only look like the usual ones", "使用形近字母");
static LEET: Wording = Wording::new("promo/handle.leet", "digits or signs for letters", "以数字或符号代替字母");
static SPACED: Wording = Wording::new("promo/handle.spaced", "its letters stand apart", "字符被拆开");
static WORDS: Wording =
    Wording::new("promo/handle.words", "a dot or an \"at\" is written otherwise", "以文字代替点号或 @");
static REMOVE: Wording = Wording::new(
    "promo/handle.help",
    "remove it, or give the carrier's own contact instead",
    "请删除，或改为运营商官方联系方式",
);
static REMOVE_FIX: Wording = Wording::new("promo/handle.fix", "remove the contact", "删除该联系方式");

impl Rule for Handle {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        if !cx.subject.telecom {
            return;
        }
        let mut times: HashMap<&str, usize> = HashMap::new();
        for handle in &cx.facts.handles {
            *times.entry(&handle.account).or_default() += 1;
        }
        for handle in cx.facts.handles.iter().filter(|it| it.allowed.is_none()) {
            let Some(weighed) = judge(cx, handle, times[handle.account.as_str()]) else { continue };
            let message = match cx.channel_label(handle.channel) {
                Some(channel) => Message::new(&SOLICITS).with("channel", channel),
                None => Message::new(&BARE),
            };
            let span = with_markup(cx.source.text(), handle.span);
            let mut finding = findings
                .report(span, message.with("account", handle.account.as_str()))
                .confidence(weighed.confidence())
                .because(weighed.evidence())
                .help(Message::new(&REMOVE));
            if let Some(disguise) = handle.disguise {
                finding = finding.because(Message::new(&HOW).with("how", Message::new(how(disguise))));
            }
            let edits = tidy(cx, vec![removal(cx, span, handle.block, handle.at)]);
            finding.fix(Message::new(&REMOVE_FIX), edits, Applicability::Unsafe);
        }
    }
}

fn how(disguise: Disguise) -> &'static Wording {
    match disguise {
        Disguise::Invisible => &INVISIBLE,
        Disguise::Lookalike => &LOOKALIKE,
        Disguise::Leet => &LEET,
        Disguise::Spaced => &SPACED,
        Disguise::Words => &WORDS,
    }
}

/// The signs of a contact that is to be reported.
fn judge(cx: &Context<'_>, handle: &HandleMention, times: usize) -> Option<Weighed> {
    let block = cx.guide.blocks.get(handle.block as usize)?;
    if matches!(block.kind, BlockKind::Hidden | BlockKind::Alt) || is_published(cx, handle) {
        return None;
    }
    let mut weighed = Weighed::around(cx, handle.block, handle.at, handle.place, &handle.account);
    let shape = handle.channel.and_then(|it| cx.knowledge.promotion.channels.get(usize::from(it))).map(|it| it.handle);
    if shape == Some(HandleShape::Email) {
        return sells_by_mail(cx, handle, weighed);
    }
    // A bare `@name` says nothing of itself, and in running text it may be anybody's: an offer must stand beside it.
    if handle.channel.is_none()
        && !(weighed.has(Sign::Buying) || weighed.has(Sign::Contacting) || weighed.has(Sign::Title))
    {
        return None;
    }
    weighed.add_if(handle.channel.is_some(), Sign::Named);
    weighed.add_if(handle.labelled, Sign::Labelled);
    weighed.add_if(handle.disguise.is_some(), Sign::Disguised);
    weighed.add_if(times > 1, Sign::Repeated(times));
    (weighed.score() >= REPORTED).then_some(weighed)
}

/// An e-mail address takes orders where the sentence speaks of buying, and nobody official answers it.
fn sells_by_mail(cx: &Context<'_>, handle: &HandleMention, mut weighed: Weighed) -> Option<Weighed> {
    let (_, domain) = handle.account.split_once('@')?;
    if cx.is_official_host(domain)
        || cx.facts.has_cue(CueSet::Hotline, cx.guide.blocks.get(handle.block as usize)?.prose)
    {
        return None;
    }
    // An editor's address in a text about prices sells nothing: the very sentence must.
    let unit = Surroundings::of(cx.guide, handle.block, handle.at).unit;
    let ordering = unit.iter().any(|it| cx.facts.has_cue(CueSet::Buy, *it));
    let free = cx.knowledge.promotion.free_mail.contains(domain);
    weighed.add_if(handle.disguise.is_some(), Sign::Disguised);
    weighed.add_if(free, Sign::Labelled);
    let offers = ordering || weighed.has(Sign::Contacting) && free;
    (offers && weighed.score() >= REPORTED).then_some(weighed)
}

/// An account or a number that a carrier of the country publishes.
fn is_published(cx: &Context<'_>, handle: &HandleMention) -> bool {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).map(char::from).collect::<String>();
    let number = digits(&handle.account);
    let Some(country) = cx.country() else { return cx.is_official_name(&handle.account) };
    let mut care = country.carriers.iter().flat_map(|it| &it.care);
    cx.is_official_name(&handle.account)
        || number.len() >= 3
            && !handle.account.contains(char::is_alphabetic)
            && care.any(|it| number.ends_with(&digits(&it.number)))
}
