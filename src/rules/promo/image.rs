use std::collections::BTreeSet;

use crate::declare_rule;
use crate::diagnostic::{Applicability, Argument, Confidence, Message, RuleMeta, Wording};
use crate::facts::LinkPlace;
use crate::guide::{Image as Picture, Stretch};
use crate::host;
use crate::knowledge::CueSet;
use crate::rule::{Context, Findings, Memory, Rule, removal, tidy};

declare_rule! {
    /// Flags a picture that carries a contact: a QR code, a poster, an image beside a seller's link.
    ///
    /// ## Why
    /// A contact inside a picture escapes every text filter, and readers who scan it land at the seller.
    ///
    /// ## How it decides
    /// In a guide about mobile service, signs are added up: the alternative text, the title, the caption or the file name speaks of a code to
    /// scan (2), of a messenger (2) or of contacting (2); the picture is part of a messenger link, or shares its block with a
    /// contact and hardly any other text (3); words of contacting stand beside it (1); its host is one where anybody can put pictures
    /// (`rules/links/image-hosts.toml`, 1); it stands at the end of the guide (1); the text beside it asks readers to scan a code and to
    /// make contact (2); it stands alone and nothing says what it shows (1). From 4 on it is reported. Words of support, of a
    /// tutorial or of caution take 3 away, and a name that says the code installs an eSIM 4. Pictures of steps reach less.
    ///
    /// ```md bad
    /// # How to cancel an Albanian SIM
    ///
    /// Go to a shop.
    ///
    /// [@sim_seller_example](https://t.me/sim_seller_example) ![Image](https://i.postimg.cc/example/poster.png)
    /// ```
    ///
    /// ```md good
    /// # How to cancel an Albanian SIM
    ///
    /// Open the menu as shown here: ![the menu](https://i.postimg.cc/example/menu.png)
    /// ```
    pub Image {
        name: "promo/image",
        severity: Warning,
        confidence: Medium,
        fix: Unsafe,
        remembers: { names: Memory<(), [(u64, String)]> },
        since: "0.1.0",
        wordings: [CARRIES, SIGNS, CODE, MESSENGER, CONTACTING, LINKED, BESIDE, ASKED, HOST, END, MUTE, REMOVE, REMOVE_FIX],
    }
}

static CARRIES: Wording =
    Wording::new("promo/image", "this picture carries a seller's contact", "此图片带有卖家的联系方式");
static SIGNS: Wording = Wording::new("promo/image.signs", "signs: {signs}", "依据：{signs}");
static CODE: Wording = Wording::new("promo/image.code", "it is a code to scan", "是供扫描的二维码");
static MESSENGER: Wording = Wording::new(
    "promo/image.messenger",
    "its name is a messenger's or speaks of a contact",
    "名称是聊天软件或联系方式",
);
static CONTACTING: Wording =
    Wording::new("promo/image.contacting", "words of contacting stand with it", "配有联系字样");
static LINKED: Wording = Wording::new(
    "promo/image.linked",
    "it belongs to a messenger link or stands alone beside a contact",
    "与聊天软件链接或联系方式放在一起",
);
static BESIDE: Wording = Wording::new("promo/image.beside", "words of contacting stand beside it", "旁边有联系字样");
static HOST: Wording = Wording::new(
    "promo/image.host",
    "{host} takes pictures from anybody, without a name",
    "{host} 是任何人都可匿名上传的图床",
);
static END: Wording = Wording::new("promo/image.end", "it stands at the end of the guide", "位于文末");
static ASKED: Wording = Wording::new(
    "promo/image.asked",
    "the text beside it asks readers to scan a code and make contact",
    "旁边的文字要求扫码联系",
);
static MUTE: Wording =
    Wording::new("promo/image.mute", "it stands alone and nothing says what it shows", "单独成段且无任何说明");
static REMOVE: Wording = Wording::new("promo/image.help", "remove the picture", "请删除该图片");
static REMOVE_FIX: Wording = Wording::new("promo/image.fix", "remove the picture", "删除该图片");

/// Bytes of text beside links and pictures up to which a block is nothing but a contact.
const HARDLY_ANY_TEXT: usize = 24;
/// From this sum on a picture is reported.
const REPORTED: i32 = 4;

impl Rule for Image {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        if !cx.subject.telecom {
            return;
        }
        let mut around: Option<(u32, Around)> = None;
        for (index, picture) in cx.guide.images.iter().enumerate() {
            if cx.is_badge(picture) {
                continue;
            }
            // One block may hold ten thousand pictures: what lies in it is looked at once.
            let known = around.take().filter(|(block, _)| *block == picture.block);
            let (_, around) = around.insert(known.unwrap_or_else(|| (picture.block, Around::of(cx, picture.block))));
            let (score, signs) = self.weigh(cx, index as u32, picture, around);
            if score < REPORTED {
                continue;
            }
            findings
                .report(picture.span, Message::new(&CARRIES))
                .confidence(if score > REPORTED { Confidence::High } else { Confidence::Medium })
                .because(Message::new(&SIGNS).with("signs", signs.into_iter().collect::<Argument>()))
                .help(Message::new(&REMOVE))
                .fix(
                    Message::new(&REMOVE_FIX),
                    tidy(cx, vec![removal(cx, picture.span, picture.block, Stretch::default())]),
                    Applicability::Unsafe,
                );
        }
    }
}

impl Image {
    fn weigh(&self, cx: &Context<'_>, index: u32, picture: &Picture, around: &Around) -> (i32, Vec<Message>) {
        let mut signs = Vec::new();
        let mut score = 0;
        let mut sign = |points: i32, message: Message| {
            score += points;
            signs.push(message);
        };
        let block = cx.guide.blocks.get(picture.block as usize).map_or(Stretch::default(), |it| it.prose);
        let name = file_name(&picture.url);
        let code = cx.facts.has_cue(CueSet::Qr, picture.alt)
            || ["qr", "qrcode", "erweima", "ewm"].iter().any(|it| has_word(&name, it));
        if code {
            sign(2, Message::new(&CODE));
        }
        if cx.facts.has_cue(CueSet::Contact, picture.alt) || cx.facts.has_cue(CueSet::Buy, picture.alt) {
            sign(2, Message::new(&CONTACTING));
        }
        if around.linked.contains(&index) || around.hardly_more {
            sign(3, Message::new(&LINKED));
        }
        if neighbours(cx, picture.block).any(|stretch| cx.facts.has_cue(CueSet::Contact, stretch)) {
            sign(1, Message::new(&BESIDE));
        }
        let scan = |stretch| cx.facts.has_cue(CueSet::Qr, stretch) && cx.facts.has_cue(CueSet::Contact, stretch);
        if neighbours(cx, picture.block).any(scan) {
            sign(2, Message::new(&ASKED));
        }
        let anonymous = host::parse(&picture.url).filter(|it| cx.knowledge.promotion.image_hosts.contains(&it.host));
        if let Some(address) = anonymous {
            sign(1, Message::new(&HOST).with("host", address.host.as_str()));
        }
        if cx.facts.place_of(cx.guide, picture.block) == LinkPlace::Footer {
            sign(1, Message::new(&END));
        }
        if around.silent && picture.alt.is_empty() && !around.linked.contains(&index) {
            sign(1, Message::new(&MUTE));
        }
        // Last, for it asks for every name: only where it decides.
        if score + 2 >= REPORTED && self.names_messenger(cx, picture, &name) {
            score += 2;
            signs.push(Message::new(&MESSENGER));
        }
        let excuses = [CueSet::Support, CueSet::Tutorial, CueSet::Caution];
        if excuses.iter().any(|set| cx.facts.has_cue(*set, block) || cx.facts.has_cue(*set, picture.alt)) {
            score -= 3;
        }
        let alt = cx.guide.text(picture.alt).to_lowercase();
        if cx.knowledge.promotion.install_words.iter().any(|it| name.contains(it.as_str()) || alt.contains(it.as_str()))
        {
            score -= 4;
        }
        (score, signs)
    }

    /// Whether the alternative text or the file name holds the name of a messenger.
    fn names_messenger(&self, cx: &Context<'_>, picture: &Picture, name: &str) -> bool {
        let promotion = &cx.knowledge.promotion;
        if promotion.contact_files.iter().any(|it| has_word(name, it)) {
            return true;
        }
        let alt = cx.guide.text(picture.alt).to_lowercase();
        let (in_alt, in_name) = (bytes_of(&alt), bytes_of(name));
        let names = self.names.get((), || {
            let names = promotion.channels.iter().flat_map(|it| it.names.values().flatten());
            let names = names.map(|it| it.trim_end_matches('*').to_lowercase());
            let told = names.filter(|it| !it.is_ascii() || it.len() > 3);
            told.map(|it| (bytes_of(&it), it)).collect()
        });
        names.iter().any(|(bytes, word)| {
            bytes & !in_alt == 0 && alt.contains(word) || bytes & !in_name == 0 && name.contains(word)
        })
    }
}

/// A bit for each byte of a text: no word with a bit more stands in it.
fn bytes_of(text: &str) -> u64 {
    text.bytes().fold(0, |bits, byte| bits | 1 << (byte % 64))
}

/// The contacts in the block of a picture.
struct Around {
    /// The pictures that are part of a link to a messenger.
    linked: BTreeSet<u32>,
    /// Whether the block is hardly more than a contact.
    hardly_more: bool,
    /// Whether it holds no text at all.
    silent: bool,
}

impl Around {
    fn of(cx: &Context<'_>, block: u32) -> Around {
        let block = cx.guide.blocks.get(block as usize).map_or(Stretch::default(), |it| it.prose);
        let from = cx.facts.links.partition_point(|link| link.text.end < block.start);
        let here = || cx.facts.links[from..].iter().take_while(|link| link.text.start <= block.end);
        let seller = |link: &&crate::facts::LinkMention| {
            link.channel.is_some() && link.allowed.is_none() && !cx.is_official_account(link)
        };
        let sellers: Vec<_> = here().filter(seller).collect();
        let text: usize = here().map(|link| link.text.len()).sum();
        let handles = &cx.facts.handles;
        let handles = handles[handles.partition_point(|it| it.at.end < block.start)..].iter();
        let named: Vec<usize> = handles
            .take_while(|it| it.at.start <= block.end)
            .filter(|it| it.allowed.is_none())
            .map(|it| it.at.len())
            .collect();
        let contact = !sellers.is_empty() || !named.is_empty();
        let length = cx.guide.text(block).trim().len();
        let rest = length.saturating_sub(text.max(named.iter().sum()));
        Around {
            linked: sellers.iter().filter_map(|link| link.image).collect(),
            hardly_more: contact && rest <= HARDLY_ANY_TEXT,
            silent: length == 0,
        }
    }
}

/// The blocks before, around and after a picture.
fn neighbours<'a>(cx: &Context<'a>, block: u32) -> impl Iterator<Item = Stretch> + 'a {
    let at = block as usize;
    let guide = cx.guide;
    let near = [at.checked_sub(1), Some(at), at.checked_add(1)];
    near.into_iter()
        .flatten()
        .filter_map(|it| guide.blocks.get(it))
        .filter(|it| it.kind.is_visible())
        .map(|it| it.prose)
}

fn file_name(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or("");
    host::percent_decode(path.rsplit('/').next().unwrap_or("")).to_lowercase()
}

fn has_word(name: &str, word: &str) -> bool {
    name.split(|c: char| !c.is_alphanumeric()).any(|it| it.trim_end_matches(|c: char| c.is_ascii_digit()) == word)
}
