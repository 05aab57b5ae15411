use crate::declare_rule;
use crate::diagnostic::{Confidence, Message, RuleMeta, Wording};
use crate::guide::Image as Picture;
use crate::host;
use crate::knowledge::CueSet;
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a picture that carries a contact: a QR code, a poster, an image beside a seller's link.
    ///
    /// ## Why
    /// A contact inside a picture escapes every text filter, and readers who scan it land at the seller.
    ///
    /// ## How it decides
    /// In a guide about mobile service, a picture on a host where anybody can put pictures
    /// (`rules/links/image-hosts.toml`) that shares its block with a messenger link and hardly any other text. Pictures of
    /// steps on the same hosts stand beside text and are left alone.
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
        since: "0.1.0",
        wordings: [BESIDE_LINK, HOST, REMOVE],
    }
}

static BESIDE_LINK: Wording = Wording::new(
    "promo/image",
    "this picture stands beside a seller's contact link and illustrates nothing",
    "此图片紧挨卖家联系方式，且与正文无关",
);
static HOST: Wording = Wording::new(
    "promo/image.host",
    "{host} takes pictures from anybody, without a name",
    "{host} 是任何人都可匿名上传的图床",
);
static REMOVE: Wording = Wording::new("promo/image.help", "remove the picture", "请删除该图片");

/// Bytes of text beside links and pictures up to which a block is nothing but a contact.
const HARDLY_ANY_TEXT: usize = 24;

impl Rule for Image {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        if !cx.subject.telecom {
            return;
        }
        for picture in &cx.guide.images {
            let Some(address) = host::parse(&picture.url) else { continue };
            let anonymous = cx.knowledge.promotion.image_hosts.iter().any(|it| host::is_within(&address.host, it));
            if !anonymous || !beside_contact(cx, picture) {
                continue;
            }
            findings
                .report(picture.span, Message::new(&BESIDE_LINK))
                .confidence(Confidence::High)
                .because(Message::new(&HOST).with("host", address.host.as_str()))
                .help(Message::new(&REMOVE));
        }
    }
}

/// The block holds a messenger link, and besides links hardly any text.
fn beside_contact(cx: &Context<'_>, picture: &Picture) -> bool {
    let Some(block) = cx.guide.blocks.get(picture.block as usize) else { return false };
    let links: Vec<_> = cx.facts.links.iter().filter(|link| link.block == picture.block).collect();
    let contact = links.iter().any(|link| link.channel.is_some() && !cx.is_official_account(link));
    let linked: usize = links.iter().map(|link| link.text.len()).sum();
    let excused = [CueSet::Support, CueSet::Tutorial].iter().any(|set| cx.facts.has_cue(*set, block.prose));
    contact && !excused && cx.guide.text(block.prose).trim().len().saturating_sub(linked) <= HARDLY_ANY_TEXT
}
