//! Every way to give a contact, in every disguise, in every Markdown form, in fourteen languages. The generator reads none
//! of the finder's tables. One guide holds all contacts of a disguise, a form and a language; every cell is one contact.

use crate::{Case, verdict};

/// Language, title, and the words before and after a contact that make it an offer.
const OFFERS: [(&str, &str, &str, &str); 14] = [
    ("zh", "西班牙手机卡怎么办理", "想购买手机卡，欢迎联系我们 ", " 随时在线"),
    ("en", "How to get a Spanish SIM card", "To order your SIM card, contact us: ", " any day"),
    ("es", "Cómo comprar una tarjeta SIM en Chile", "Para comprar la tarjeta SIM escríbenos: ", " cada día"),
    ("ru", "Как купить сим-карту в Турции", "Чтобы купить сим-карту, пишите нам: ", " каждый день"),
    ("vi", "Cách mua SIM du lịch tại Nhật Bản", "Để đặt mua SIM, liên hệ với mình: ", " mỗi ngày"),
    ("ja", "韓国で使えるSIMカードの選び方", "SIMカードの購入は、お気軽にご連絡ください。 ", " まで"),
    ("ko", "일본 유심 구매 방법", "유심 구매 문의 주세요 ", " 언제든지"),
    ("tr", "Türkiye'de SIM kart nasıl alınır", "SIM kart sipariş etmek için bize yazın: ", " her gün"),
    ("pt", "Como comprar um chip no Brasil", "Para comprar o chip, fale comigo: ", " todos os dias"),
    ("fr", "Comment acheter une carte SIM en Belgique", "Pour acheter la carte, écrivez-nous : ", " tous les jours"),
    ("de", "Wie man eine SIM-Karte in Österreich kauft", "Wer die Karte kaufen will, schreibt mir: ", " jeden Tag"),
    ("id", "Cara membeli kartu SIM di Malaysia", "Untuk membeli kartu SIM hubungi kami: ", " setiap hari"),
    ("th", "วิธีซื้อซิมการ์ดในประเทศญี่ปุ่น", "สั่งซื้อซิมการ์ด ทักมาที่ ", " ทุกวัน"),
    ("ar", "كيفية شراء شريحة اتصال في تركيا", "لشراء الشريحة تواصل معنا: ", " كل يوم"),
];

/// A messenger as a seller names it, and an account nobody has.
const CONTACTS: [(&str, &str); 20] = [
    ("Telegram", "@nobody_sim_01"),
    ("TG", "@nobody_sim_02"),
    ("电报", "@nobody_sim_03"),
    ("飞机", "@nobody_sim_04"),
    ("телега", "@nobody_sim_05"),
    ("텔레그램", "@nobody_sim_06"),
    ("WhatsApp", "+1 202 555 0107"),
    ("WeChat", "nobody_sim_08"),
    ("微信", "nobody_sim_09"),
    ("VX", "nobody_sim_10"),
    ("V信", "nobody_sim_11"),
    ("薇信", "nobody_sim_12"),
    ("QQ", "0011223313"),
    ("QQ群", "0011223314"),
    ("LINE ID", "nobody_sim_15"),
    ("Zalo", "0900 000 000"),
    ("카톡", "nobody_sim_16"),
    ("Viber", "+1 202 555 0117"),
    ("Signal", "+1 202 555 0118"),
    ("Instagram", "@nobody_sim_19"),
];

type Disguising = fn(&str) -> Option<String>;

/// How a name is disguised; `None` where the disguise does not suit it.
const DISGUISES: [(&str, Disguising); 14] = [
    ("plain", |name| Some(name.to_owned())),
    ("capitals", |name| (name.is_ascii()).then(|| name.to_uppercase())),
    ("full-width", |name| {
        let wide = |c: char| if c.is_ascii_graphic() { char::from_u32(c as u32 + 0xFEE0).unwrap() } else { c };
        Some(name.chars().map(wide).collect())
    }),
    ("zero-width", |name| Some(join(name, "\u{200b}"))),
    ("soft hyphens", |name| Some(join(name, "\u{ad}"))),
    ("word joiners", |name| Some(join(name, "\u{2060}"))),
    ("styled", |name| {
        let bold = |c: char| match c {
            'a'..='z' => char::from_u32(0x1D41A + c as u32 - 'a' as u32),
            'A'..='Z' => char::from_u32(0x1D400 + c as u32 - 'A' as u32),
            other => Some(other),
        };
        name.is_ascii().then(|| name.chars().filter_map(bold).collect())
    }),
    ("cut", |name| {
        // Into pieces of unequal length, as in "T ele gram".
        let letters: Vec<char> = name.chars().collect();
        let cut = letters.len() > 6 && !name.contains(' ');
        cut.then(|| [&letters[..1], &[' '], &letters[1..4], &[' '], &letters[4..]].concat().iter().collect())
    }),
    ("spaced", |name| (!name.contains(' ')).then(|| join(name, " "))),
    ("dotted", |name| (!name.contains(' ')).then(|| join(name, "."))),
    ("emoji", |name| (!name.is_ascii() && !name.contains(['т', '텔', '카'])).then(|| join(name, "❤"))),
    ("flower", |name| (name.chars().count() == 2 && !name.is_ascii()).then(|| join(name, "🌸"))),
    ("look-alike", |name| {
        let swapped: String = name
            .chars()
            .map(|c| match c {
                'e' => 'е',
                'a' => 'а',
                'i' => 'і',
                'o' => 'о',
                other => other,
            })
            .collect();
        (name.is_ascii() && swapped != name).then_some(swapped)
    }),
    ("leet", |name| {
        let written: String = name
            .chars()
            .map(|c| match c {
                'e' => '3',
                'a' => '4',
                'i' => '1',
                other => other,
            })
            .collect();
        (name.is_ascii() && name.len() > 4 && written != name && !name.contains(' ')).then_some(written)
    }),
];

fn join(name: &str, between: &str) -> String {
    name.chars().map(String::from).collect::<Vec<_>>().join(between)
}

/// How a sentence stands in a document: the text, and what of it is to be found.
type Form = (&'static str, fn(&str, &str, &str) -> (String, String));
const FORMS: [Form; 15] = [
    ("paragraph", |before, contact, after| plain(contact, format!("{before}{contact}{after}"))),
    ("two lines", |before, contact, after| plain(contact, format!("{before}\n{contact}\n{after}"))),
    ("bold", |before, contact, after| plain(contact, format!("**{before}{contact}{after}**"))),
    ("bold contact", |before, contact, after| plain(contact, format!("{before} **{contact}** {after}"))),
    ("bold account", |before, contact, after| {
        let contact = contact.replacen(": ", ": **", 1) + "**";
        (format!("{before}{contact} {after}"), contact)
    }),
    ("list", |before, contact, after| plain(contact, format!("- SIM\n- {before}{contact}{after}\n- 4G"))),
    ("nested list", |before, contact, after| plain(contact, format!("- SIM\n  - {before}{contact}{after}\n  - 4G"))),
    ("ordered", |before, contact, after| plain(contact, format!("1. {before}{contact}{after}\n2. SIM"))),
    ("task", |before, contact, after| plain(contact, format!("- [ ] {before}{contact}{after}"))),
    ("table", |before, contact, after| {
        plain(contact, format!("| A | B |\n|---|---|\n| SIM | {before}{contact}{after} |"))
    }),
    ("quote", |before, contact, after| plain(contact, format!("> {before}{contact}{after}"))),
    ("heading", |before, contact, after| plain(contact, format!("## {before}{contact}{after}"))),
    ("html", |before, contact, after| plain(contact, format!("<div><p>{before}{contact}{after}</p></div>"))),
    ("details", |before, contact, after| {
        plain(contact, format!("<details><summary>SIM</summary>\n\n{before}{contact}{after}\n\n</details>"))
    }),
    ("link text", |before, contact, after| plain(contact, format!("{before}[{contact}](page.html){after}"))),
];

fn plain(contact: &str, text: String) -> (String, String) {
    (text, contact.to_owned())
}

#[test]
fn every_handle_in_every_disguise_form_and_language_is_found_with_its_span() {
    let mut cases = Vec::new();
    for (disguise, apply) in DISGUISES {
        for (form, write) in FORMS {
            for (language, title, before, after) in OFFERS {
                let names = CONTACTS.iter().filter_map(|(name, account)| Some(format!("{}: {account}", apply(name)?)));
                let parts = names.map(|contact| write(before, &contact, after)).collect();
                cases.push(Case::new(format!("{disguise} × {form} × {language}"), title, parts));
            }
        }
    }
    verdict(cases, "promo/handle", "handles");
}

/// Contacts written otherwise than "name: account".
const SHAPES: [&str; 41] = [
    "Telegram @nobody_sim_21",
    "Telegram（@nobody_sim_22",
    "TG 👉 @nobody_sim_23",
    "TG💪+ @nobody_sim_24",
    "Telegram ID nobody_sim_25",
    "加微信nobody_sim_26",
    "微信号：nobody_sim_27",
    "微信号 nobody_sim_28",
    "加V：nobody_sim_29",
    "V❤：nobody_sim_30",
    "薇❤信：nobody_sim_31",
    "微-信：nobody_sim_32",
    "扣扣：0011224433",
    "QQ0011224434",
    "QQ 0011224435",
    "ＱＱ：００１１２２３３４４",
    "LINE ID: nobody_sim_36",
    "Line: @nobody_sim_37",
    "WhatsApp +1 202-555-0138",
    "WhatsApp: (202) 555-0139",
    "Zalo 0900.000.040",
    "t点me/nobody_sim_41",
    "t . me / nobody_sim_42",
    "t[.]me/nobody_sim_43",
    "t(dot)me/nobody_sim_44",
    "ｔ．ｍｅ／nobody_sim_45",
    "Telegram [at]nobody_sim_46",
    "@nobody_sim_47",
    "@n o b o d y s i m",
    "nobody_sim_48@gmail.com",
    "薇：nobody_sim_81",
    "V：nobody_sim_82",
    "V❤nobody_sim_83",
    "Te le gram：@nobody_sim_84",
    "Insta-gram @nobody_sim_85",
    "What's App +1 202 555 0186",
    "Telegram ➡️ @nobody_sim_88",
    "TG〔@nobody_sim_89",
    "WeChat ID=nobody_sim_90",
    "nobody_sim91 [at] gmail [dot] com",
    "nobody_sim92（at）gmail点com",
];

#[test]
fn contacts_in_other_shapes_are_found_with_their_spans() {
    let mut cases = Vec::new();
    for (form, write) in FORMS.into_iter().filter(|(form, _)| *form != "bold account") {
        for (language, title, before, after) in OFFERS {
            // Brackets in a link's text would close it.
            let fits = |it: &&&str| !(form == "link text" && it.contains(['[', '（', '〔']));
            let parts = SHAPES.iter().filter(fits).map(|contact| write(before, contact, after)).collect();
            cases.push(Case::new(format!("{form} × {language}"), title, parts));
        }
    }
    verdict(cases, "promo/handle", "shapes");
}

/// Addresses of messengers, of accounts nobody has.
const TARGETS: [&str; 18] = [
    "https://t.me/nobody_sim_01",
    "https://t.me/s/nobody_sim_02",
    "https://t.me/+AbCdEf03",
    "http://telegram.me/nobody_sim_04",
    "https://telegram.dog/nobody_sim_05",
    "tg://resolve?domain=nobody_sim_06",
    "https://wa.me/12025550107",
    "https://chat.whatsapp.com/AbCdEf08",
    "https://api.whatsapp.com/send?phone=12025550109&text=hi",
    "https://line.me/ti/p/nobody_sim_10",
    "https://lin.ee/AbCdEf11",
    "https://zalo.me/0900000000",
    "https://open.kakao.com/o/AbCdEf12",
    "https://qm.qq.com/q/AbCdEf13",
    "https://discord.gg/AbCdEf14",
    "https://m.me/nobody.sim.00",
    "viber://chat?number=12025550115",
    "https://signal.group/#AbCdEf16",
];

/// A link to an address: what stands in the document, and what of it is to be reported.
type LinkForm = (&'static str, fn(&str) -> (String, String));
const LINKS: [LinkForm; 14] = [
    ("inline", |url| whole(format!("[SIM]({url})"))),
    ("inline with title", |url| whole(format!("[SIM]({url} \"SIM\")"))),
    ("in angle brackets", |url| whole(format!("[SIM](<{url}>)"))),
    ("nested brackets", |url| {
        let link = format!("[SIM💪+]({url})");
        (format!("[{link}]"), link)
    }),
    ("picture", |url| whole(format!("[![SIM](sim.png)]({url})"))),
    ("autolink", |url| whole(format!("<{url}>"))),
    ("bare", |url| whole(url.to_owned())),
    ("html", |url| whole(format!("<a href=\"{}\">SIM</a>", url.replace('&', "&amp;")))),
    ("html without quotes", |url| whole(format!("<a class=x href={url} target=_blank>SIM</a>"))),
    ("entities", |url| whole(format!("<a href=\"{}\">SIM</a>", url.replace('&', "&amp;").replacen('.', "&#46;", 1)))),
    ("entity in Markdown", |url| whole(format!("[SIM]({})", url.replacen('/', "&#x2F;", 1)))),
    ("relative redirector", |url| {
        whole(format!(
            "[SIM](go.html?to={})",
            url.replace(':', "%3A").replace('/', "%2F").replace('&', "%26").replace('?', "%3F").replace('#', "%23")
        ))
    }),
    ("redirector", |url| {
        whole(format!(
            "[SIM](https://out.example/?url={})",
            url.replace('&', "%26").replace('?', "%3F").replace('#', "%23")
        ))
    }),
    ("bold", |url| {
        let link = format!("[SIM]({url})");
        (format!("**{link}**"), link)
    }),
];

fn whole(link: String) -> (String, String) {
    (link.clone(), link)
}

#[test]
fn every_messenger_link_in_every_form_and_language_is_found_with_its_span() {
    let mut cases = Vec::new();
    for (language, title, before, after) in OFFERS {
        for (form, write) in LINKS {
            let fits = |url: &&&str| {
                let web = url.starts_with("http");
                // An unquoted attribute may not hold an equals sign.
                !(form == "html without quotes" && url.contains('='))
                    && (web || form != "bare" && (!form.contains("redirector") || url.starts_with("tg:")))
            };
            let parts = TARGETS.iter().filter(fits).map(|url| {
                let (link, wanted) = write(url);
                (format!("{before}{link}{after}"), wanted)
            });
            cases.push(Case::new(format!("{form} × {language}"), title, parts.collect()));
        }
        let reference = |(at, url): (usize, &&str)| {
            let definition = format!("[order-{at}]: {url}");
            (format!("{before}[SIM][order-{at}]{after}\n\n{definition}"), definition)
        };
        let parts = TARGETS.iter().enumerate().map(reference).collect();
        cases.push(Case::new(format!("reference × {language}"), title, parts));
        // A bare host in Latin letters, without a scheme; and one with its dot in percents.
        let hosts =
            || TARGETS.iter().filter_map(|it| it.strip_prefix("https://")).filter(|it| !it.contains(['#', '?']));
        let parts = hosts().map(|bare| (format!("{before}{bare} {after}"), bare.to_owned())).collect();
        cases.push(Case::new(format!("domain × {language}"), title, parts));
        let percent = |bare: &str| format!("[SIM](https://{})", bare.replacen('.', "%2E", 1));
        let parts = hosts().map(|bare| (format!("{before}{}{after}", percent(bare)), percent(bare))).collect();
        cases.push(Case::new(format!("percent × {language}"), title, parts));
    }
    verdict(cases, "link/promotional", "links");
}

/// Addresses that pay whoever placed them, and addresses that hide their target.
const PAYING: [&str; 6] = [
    "https://shop.example/card?aff_id=20417",
    "https://shop.example/#/register?code=AbC123",
    "https://ref.shop.example/card",
    "https://shop.example/invite/x8k2m",
    "https://www.amazon.com/dp/B000000000?tag=nobody-20",
    "https://go.shop.example/card#affid=77",
];
const HIDING: [&str; 4] =
    ["https://bit.ly/3abcDEF", "http://tinyurl.com/nobody00", "https://t.cn/A6abcD", "https://s.id/nobody"];

#[test]
fn every_paying_and_every_hiding_link_is_found_in_every_form_and_language() {
    for (targets, rule, name) in
        [(&PAYING[..], "link/affiliate", "affiliates"), (&HIDING[..], "link/shortener", "shorteners")]
    {
        let mut cases = Vec::new();
        for (language, title, _, after) in OFFERS {
            for (form, write) in LINKS {
                let fits = |url: &&&str| !(form == "html without quotes" && url.contains('='));
                let parts = targets.iter().filter(fits).map(|url| {
                    let (link, wanted) = write(url);
                    (format!("SIM {link} {after}"), wanted)
                });
                cases.push(Case::new(format!("{form} × {language}"), title, parts.collect()));
            }
        }
        verdict(cases, rule, name);
    }
}

/// What sellers write on the picture of a code, in the language of the guide.
const PICTURES: [(&str, &str); 14] = [
    ("zh", "微信二维码，扫码添加"),
    ("en", "WhatsApp QR code, scan to add us"),
    ("es", "código QR de WhatsApp, escríbenos"),
    ("ru", "QR-код, пишите нам в телеграм"),
    ("vi", "mã QR Zalo, kết bạn Zalo"),
    ("ja", "LINEのQRコード、友だち追加"),
    ("ko", "카톡 QR코드, 친구 추가"),
    ("tr", "WhatsApp karekodu, bize yazın"),
    ("pt", "QR code do WhatsApp, fale comigo"),
    ("fr", "QR code WhatsApp, écrivez-nous"),
    ("de", "WhatsApp-QR-Code, schreib mir"),
    ("id", "kode QR WhatsApp, hubungi kami"),
    ("th", "คิวอาร์โค้ดไลน์ เพิ่มเพื่อน"),
    ("ar", "رمز QR واتساب، تواصل معنا"),
];

/// A picture with a text that says what it is: what stands in the document, and what of it is to be found.
type PictureForm = (&'static str, fn(&str) -> (String, String));
const PICTURE_FORMS: [PictureForm; 9] = [
    ("inline", |alt| whole(format!("![{alt}](a.png)"))),
    ("with title", |alt| whole(format!("![{alt}](a.png \"SIM\")"))),
    ("in angle brackets", |alt| whole(format!("![{alt}](<a b.png>)"))),
    ("html", |alt| whole(format!("<img src=\"a.png\" alt=\"{alt}\">"))),
    ("html in a figure", |alt| {
        let image = format!("<img src=\"a.png\" alt=\"{alt}\" width=\"300\"/>");
        (format!("<figure>{image}</figure>"), image)
    }),
    ("linked", |alt| {
        let image = format!("![{alt}](a.png)");
        (format!("[{image}](page.html)"), image)
    }),
    ("list", |alt| {
        let image = format!("![{alt}](a.png)");
        (format!("- SIM\n- {image}"), image)
    }),
    ("table", |alt| {
        let image = format!("![{alt}](a.png)");
        (format!("| A | B |\n|---|---|\n| SIM | {image} |"), image)
    }),
    ("quote", |alt| {
        let image = format!("![{alt}](a.png)");
        (format!("> {image}"), image)
    }),
];

#[test]
fn every_picture_of_a_contact_is_found_in_every_form_and_language() {
    let mut cases = Vec::new();
    for (language, alt) in PICTURES {
        let title = OFFERS.iter().find(|it| it.0 == language).map_or("", |it| it.1);
        for (form, write) in PICTURE_FORMS {
            cases.push(Case::new(format!("{form} × {language}"), title, vec![write(alt)]));
        }
    }
    verdict(cases, "promo/image", "pictures");
}
