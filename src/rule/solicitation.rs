//! Whether a contact is an offer: signs are added up, and the sum says how sure the finding is. The weights are here
//! and nowhere else.

use super::Context;
use crate::diagnostic::{Argument, Confidence, Message, Wording};
use crate::facts::{Class, LinkPlace, POINTERS, Surroundings, class, folded};
use crate::guide::{Prose, Stretch};
use crate::knowledge::CueSet;

/// From this sum on a contact is reported.
pub const REPORTED: i32 = 3;
/// From this sum on it is as good as certain.
const CERTAIN: i32 = 5;

/// Something that speaks for a contact being an offer, or against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// It stands in the title.
    Title,
    /// It stands in another heading.
    Heading,
    /// It stands at the end of the guide.
    Footer,
    /// The text of a link is an account.
    Account,
    /// A link leads to a messenger.
    Messenger,
    /// The name of a messenger stands before an account.
    Named,
    /// A colon or a word such as "ID" stands between them.
    Labelled,
    /// It is disguised.
    Disguised,
    /// Words of buying stand in its block.
    Buying,
    /// Words of contacting stand in its block.
    Contacting,
    /// The guide gives it several times.
    Repeated(usize),
    /// A picture stands beside it.
    Picture,
    /// An emoji or an arrow points at it.
    Pointed,
    /// The text of the link offers something for sale.
    Offer,
    /// The guide links the same site with a referrer's code.
    Referrer,
    /// The texts of several links offer the same site for sale.
    Shop(usize),
    /// A few words that a service draws: the sign of a project's chat.
    Badge,
    /// The guide ends in a row of search words.
    SearchWords,
    /// It belongs to a carrier that the sentence names, and nobody offers anything.
    Carrier,
    /// The sentence names a carrier, and nobody offers anything.
    NearCarrier,
    /// Words of support, of a tutorial or of an example stand in its block.
    Excused,
    /// The block warns of sellers.
    Caution,
    /// It stands in the words of a seller that the text quotes, and warns of.
    Exposed,
}

impl Sign {
    /// What it adds.
    pub fn weight(self) -> i32 {
        match self {
            Sign::Title | Sign::Disguised | Sign::Referrer | Sign::Shop(_) => 3,
            Sign::Heading | Sign::Footer | Sign::Account | Sign::Named | Sign::Buying | Sign::Contacting => 2,
            Sign::Offer => 2,
            Sign::Messenger
            | Sign::Labelled
            | Sign::Repeated(_)
            | Sign::Picture
            | Sign::Pointed
            | Sign::SearchWords => 1,
            Sign::Excused | Sign::Badge => -3,
            Sign::Caution => -5,
            Sign::Exposed => -10,
            Sign::NearCarrier => -2,
            Sign::Carrier => -4,
        }
    }

    fn message(self) -> Message {
        match self {
            Sign::Repeated(times) => Message::new(&REPEATED).with("count", times),
            Sign::Shop(times) => Message::new(&SHOP).with("count", times),
            other => Message::new(match other {
                Sign::Title => &TITLE,
                Sign::Heading => &HEADING,
                Sign::Footer => &FOOTER,
                Sign::Account => &ACCOUNT,
                Sign::Messenger => &MESSENGER,
                Sign::Named => &NAMED,
                Sign::Labelled => &LABELLED,
                Sign::Disguised => &DISGUISED,
                Sign::Buying => &BUYING,
                Sign::Contacting => &CONTACTING,
                Sign::Picture => &PICTURE,
                Sign::Pointed => &POINTED,
                Sign::Offer => &OFFER,
                Sign::Referrer => &REFERRER,
                Sign::SearchWords => &SEARCH_WORDS,
                Sign::Carrier | Sign::NearCarrier => &CARRIER,
                Sign::Caution | Sign::Exposed => &CAUTION,
                Sign::Badge => &BADGE,
                _ => &EXCUSED,
            }),
        }
    }
}

static WEIGHED: Wording = Wording::new("solicitation", "signs: {signs}", "依据：{signs}");
static TITLE: Wording = Wording::new("solicitation.title", "it stands in the title", "位于标题中");
static HEADING: Wording = Wording::new("solicitation.heading", "it stands in a heading", "位于小标题中");
static FOOTER: Wording = Wording::new("solicitation.footer", "it stands at the end of the guide", "位于文末");
static ACCOUNT: Wording = Wording::new("solicitation.account", "its text is an account name", "链接文字是账号名");
static MESSENGER: Wording = Wording::new("solicitation.messenger", "it leads to a messenger", "通往聊天软件");
static NAMED: Wording =
    Wording::new("solicitation.named", "a messenger is named beside the account", "账号旁写有聊天软件名称");
static LABELLED: Wording =
    Wording::new("solicitation.labelled", "it is presented as a contact", "以联系方式的形式给出");
static DISGUISED: Wording = Wording::new("solicitation.disguised", "it is disguised", "经过伪装");
static BUYING: Wording = Wording::new("solicitation.buying", "words of buying stand beside it", "旁边有购买字样");
static CONTACTING: Wording =
    Wording::new("solicitation.contacting", "words of contacting stand beside it", "旁边有联系字样");
static REPEATED: Wording =
    Wording::new("solicitation.repeated", "the guide gives it {count} times", "全文共出现 {count} 次");
static PICTURE: Wording = Wording::new("solicitation.picture", "a picture stands beside it", "旁边有图片");
static POINTED: Wording = Wording::new("solicitation.pointed", "an emoji points at it", "旁边有引导性表情符号");
static OFFER: Wording = Wording::new("solicitation.offer", "its text offers something for sale", "链接文字在推销");
static REFERRER: Wording = Wording::new(
    "solicitation.referrer",
    "the guide links the same site with a referrer's code",
    "全文用推荐码链接同一网站",
);
static SHOP: Wording = Wording::new(
    "solicitation.shop",
    "{count} links of the guide offer this site for sale",
    "全文有 {count} 个链接在推销此网站",
);
static BADGE: Wording = Wording::new("solicitation.badge", "it is a badge", "是徽章图片");
static SEARCH_WORDS: Wording =
    Wording::new("solicitation.search-words", "the guide ends in a row of search words", "文末堆砌搜索关键词");
static CARRIER: Wording = Wording::new("solicitation.carrier", "the sentence names a carrier", "句中写明运营商");
static EXCUSED: Wording =
    Wording::new("solicitation.excused", "words of support or of a tutorial stand beside it", "旁边有支持或教程字样");
static CAUTION: Wording = Wording::new("solicitation.caution", "the text warns of it", "文中是在警示");

/// The signs of one contact.
#[derive(Clone, Debug, Default)]
pub struct Weighed {
    signs: Vec<Sign>,
}

impl Weighed {
    /// The signs that any contact with `account` at `at` in `block` has from its surroundings.
    pub fn around(cx: &Context<'_>, block: u32, at: Stretch, place: LinkPlace, account: &str) -> Weighed {
        let mut weighed = Weighed::default();
        match place {
            LinkPlace::Title => weighed.add(Sign::Title),
            LinkPlace::Heading => weighed.add(Sign::Heading),
            LinkPlace::Footer => weighed.add(Sign::Footer),
            LinkPlace::Body => {}
        }
        let around = Surroundings::of(cx.guide, block, at);
        let warned = is_warned_of(cx, block, at);
        let block = clip(around.block, at);
        let here: Vec<Stretch> = around.unit.iter().copied().chain([block]).chain(around.lead).collect();
        let said = |set| here.iter().any(|stretch| cx.facts.has_cue(set, *stretch));
        let heading = |set| around.heading.is_some_and(|stretch| cx.facts.has_cue(set, stretch));
        let buying = said(CueSet::Buy);
        let contacting = said(CueSet::Contact) || heading(CueSet::Contact);
        if buying {
            weighed.add(Sign::Buying);
        }
        if contacting {
            weighed.add(Sign::Contacting);
        }
        if points_at(cx, at) {
            weighed.add(Sign::Pointed);
        }
        let carrier = around.unit.iter().any(|unit| last_carrier(cx, *unit, unit.end).is_some());
        if carrier && !buying && !contacting && place != LinkPlace::Title {
            let official = [CueSet::Official, CueSet::Hotline, CueSet::Support].into_iter().any(said);
            weighed.add(if official || names_carrier(cx, &around, account) || is_answered_by(cx, &around, at) {
                Sign::Carrier
            } else {
                Sign::NearCarrier
            });
        }
        if said(CueSet::Support) || said(CueSet::Tutorial) {
            weighed.add(Sign::Excused);
        }
        if warned {
            weighed.add(if is_exposed(cx, block, at) { Sign::Exposed } else { Sign::Caution });
        }
        weighed
    }

    /// Takes one more sign in.
    pub fn add(&mut self, sign: Sign) {
        self.signs.push(sign);
    }

    /// Takes a sign in if it holds.
    pub fn add_if(&mut self, holds: bool, sign: Sign) {
        if holds {
            self.add(sign);
        }
    }

    /// Whether a sign was taken in.
    pub fn has(&self, sign: Sign) -> bool {
        self.signs.contains(&sign)
    }

    /// The sum.
    pub fn score(&self) -> i32 {
        self.signs.iter().map(|sign| sign.weight()).sum()
    }

    /// How sure the sum makes the finding.
    pub fn confidence(&self) -> Confidence {
        if self.score() >= CERTAIN { Confidence::High } else { Confidence::Medium }
    }

    /// The signs, as evidence.
    pub fn evidence(&self) -> Message {
        let signs: Argument = self.signs.iter().map(|sign| sign.message()).collect();
        Message::new(&WEIGHED).with("signs", signs)
    }
}

/// Whether the text warns of what stands at `at`. Sellers warn of other sellers: "Beware of scams! Order from us …". So where
/// the sentence itself asks readers to write or to order, what is said before it in the same block warns of something else,
/// unless the sentence is quoted; and where it asks them to write to "us", so does what is said after it.
pub fn is_warned_of(cx: &Context<'_>, block: u32, at: Stretch) -> bool {
    let around = Surroundings::of(cx.guide, block, at);
    let warns = |place: Stretch| cx.facts.has_cue(CueSet::Caution, place);
    let sentence = Surroundings::sentence_of(cx.guide, block, at);
    let others = around.unit.iter().copied().filter(|unit| !unit.contains(at)).chain(around.lead);
    if warns(sentence) || others.into_iter().any(warns) {
        return true;
    }
    let whole = clip(around.block, at);
    let before = Stretch::new(whole.start.min(sentence.start), sentence.start);
    let after = Stretch::new(sentence.end, whole.end.max(sentence.end));
    let asks = cx.facts.has_cue(CueSet::Contact, sentence);
    let sells = asks || cx.facts.has_cue(CueSet::Buy, sentence);
    let quoted = || cx.guide.text(sentence).contains(QUOTES) || cx.guide.text(before).trim_end().ends_with(QUOTES);
    warns(before) && (!sells || quoted()) || warns(after) && (!asks || quoted())
}

/// Signs around what somebody else says.
const QUOTES: [char; 11] = ['"', '“', '”', '„', '«', '»', '「', '」', '『', '』', '‘'];

/// Whether the nearest carrier before a contact is who answers there: between the two stands nothing that could be sold, so
/// "Vodafone on WhatsApp: …" and not "Vodafone SIM cards on WhatsApp: …".
fn is_answered_by(cx: &Context<'_>, around: &Surroundings, at: Stretch) -> bool {
    around.unit.iter().rev().find_map(|unit| last_carrier(cx, *unit, at.start)).is_some_and(|carrier| {
        let between = Stretch::new(carrier, at.start);
        !cx.facts.has_cue(CueSet::Telecom, between) && !cx.guide.text(between).contains(Prose::BREAK)
    })
}

/// Where the name of the last carrier in a unit before `end` ends. Names of the country's carriers that are also words count
/// here as they are written: whoever might be meant is no seller for certain.
fn last_carrier(cx: &Context<'_>, unit: Stretch, end: u32) -> Option<u32> {
    let end = end.min(unit.end);
    let named = cx.facts.carriers_in(unit).map(|(_, it)| it.at.end).filter(|it| *it <= end).last();
    let text = cx.guide.text(Stretch::new(unit.start, end.max(unit.start)));
    let words = cx.country().into_iter().flat_map(|it| &it.carriers).flat_map(|it| &it.ambiguous);
    let perhaps = words.filter_map(|word| {
        let at = text.rfind(word.as_str())?;
        let whole = |c: Option<char>| c.is_none_or(|c| class(c) != Class::Word);
        let apart = whole(text[..at].chars().next_back()) && whole(text[at + word.len()..].chars().next());
        apart.then_some(unit.start + (at + word.len()) as u32)
    });
    perhaps.chain(named).max()
}

/// Whether an account is called after a carrier that the sentence names.
fn names_carrier(cx: &Context<'_>, around: &Surroundings, account: &str) -> bool {
    let account = folded(account);
    around.unit.iter().flat_map(|unit| cx.facts.carriers_in(*unit)).any(|(_, carrier)| {
        let name = folded(cx.guide.text(carrier.at));
        name.split([' ', '-']).next().is_some_and(|word| word.len() > 1 && account.contains(word))
    })
}

/// Emoji that point at what a reader is to do; arrows also lead through menus.
pub const POINTING: [char; 6] = ['👉', '👇', '📲', '🛒', '👈', '☞'];

/// Bytes on either side up to which words in a very long block belong to a contact.
const REACH: u32 = 2000;

/// Whether a contact stands in quotation marks behind a warning: "Scammers write: “Message us on Telegram @…”".
fn is_exposed(cx: &Context<'_>, block: Stretch, at: Stretch) -> bool {
    let prose = cx.guide.prose.as_str();
    let from = (block.start as usize..=at.start as usize).find(|it| prose.is_char_boundary(*it));
    let before = from.and_then(|from| prose.get(from..at.start as usize)).unwrap_or("");
    let opened = before.char_indices().rev().find_map(|(place, c)| match c {
        // It ends what „ begins.
        '“' if before[..place].rfind(['„', '“', '”']).is_some_and(|it| before[it..].starts_with('„')) => {
            Some(None)
        }
        '«' | '“' | '„' | '「' | '『' | '‹' => Some(Some(place)),
        '»' | '”' | '」' | '』' | '›' => Some(None),
        // Which of the two a straight one is, only their number tells.
        '"' => Some((before.matches('"').count() % 2 == 1).then_some(place)),
        _ => None,
    });
    let quote = opened.flatten().map(|place| at.start - (before.len() - place) as u32);
    quote.is_some_and(|quote| cx.facts.has_cue(CueSet::Caution, Stretch::new(block.start, quote)))
}

fn clip(block: Stretch, at: Stretch) -> Stretch {
    Stretch::new(block.start.max(at.start.saturating_sub(REACH)), block.end.min(at.end.saturating_add(REACH)))
}

/// Whether an emoji or an arrow points at a stretch: inside it, or within the few characters before.
pub fn points_at(cx: &Context<'_>, at: Stretch) -> bool {
    let prose = cx.guide.prose.as_str();
    let end = at.start as usize;
    let start = prose[..end].char_indices().rev().take(6).last().map_or(end, |(from, _)| from);
    cx.guide.text(at).contains(POINTERS) || prose[start..end].contains(POINTERS)
}
