//! Every way to give a contact, in every disguise, in every Markdown form, in many languages. The generator reads none of
//! the finder's tables.

use crate::{guide, verdict};

/// Title, and the words before and after a contact, that make it an offer.
const OFFERS: [(&str, &str, &str, &str); 8] = [
    ("zh", "西班牙手机卡怎么办理", "想购买手机卡，欢迎联系我们 ", " 随时在线"),
    ("en", "How to get a Spanish SIM card", "To order your SIM card, contact us: ", " any day"),
    ("es", "Cómo comprar una tarjeta SIM en Chile", "Para comprar la tarjeta SIM escríbenos: ", " cada día"),
    ("ru", "Как купить сим-карту в Турции", "Чтобы купить сим-карту, пишите нам: ", " каждый день"),
    ("vi", "Cách mua SIM du lịch tại Nhật Bản", "Để đặt mua SIM, liên hệ với mình: ", " mỗi ngày"),
    ("ja", "韓国で使えるSIMカードの選び方", "SIMカードの購入は、お気軽にご連絡ください。 ", " まで"),
    ("ko", "일본 유심 구매 방법", "유심 구매 문의 주세요 ", " 언제든지"),
    ("tr", "Türkiye'de SIM kart nasıl alınır", "SIM kart sipariş etmek için bize yazın: ", " her gün"),
];

/// A messenger as a seller names it, and an account nobody has.
const CONTACTS: [(&str, &str); 20] = [
    ("Telegram", "@nobody_sim_00"),
    ("TG", "@nobody_sim_00"),
    ("电报", "@nobody_sim_00"),
    ("飞机", "@nobody_sim_00"),
    ("телега", "@nobody_sim_00"),
    ("텔레그램", "@nobody_sim_00"),
    ("WhatsApp", "+1 202 555 0143"),
    ("WeChat", "nobody_sim_00"),
    ("微信", "nobody_sim_00"),
    ("VX", "nobody_sim_00"),
    ("V信", "nobody_sim_00"),
    ("薇信", "nobody_sim_00"),
    ("QQ", "0011223344"),
    ("QQ群", "0011223344"),
    ("LINE ID", "nobody_sim_00"),
    ("Zalo", "0900 000 000"),
    ("카톡", "nobody_sim_00"),
    ("Viber", "+1 202 555 0143"),
    ("Signal", "+1 202 555 0143"),
    ("Instagram", "@nobody_sim_00"),
];

type Disguising = fn(&str) -> Option<String>;

/// How a name is disguised; `None` where the disguise does not suit it.
const DISGUISES: [(&str, Disguising); 9] = [
    ("plain", |name| Some(name.to_owned())),
    ("capitals", |name| (name.is_ascii()).then(|| name.to_uppercase())),
    ("full-width", |name| {
        let wide = |c: char| if c.is_ascii_graphic() { char::from_u32(c as u32 + 0xFEE0).unwrap() } else { c };
        Some(name.chars().map(wide).collect())
    }),
    ("zero-width", |name| Some(join(name, "\u{200b}"))),
    ("spaced", |name| (!name.contains(' ')).then(|| join(name, " "))),
    ("dotted", |name| (!name.contains(' ')).then(|| join(name, "."))),
    ("emoji", |name| (!name.is_ascii() && !name.contains(['т', '텔', '카'])).then(|| join(name, "❤"))),
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

/// How a sentence stands in a document. The contact itself stays as it is.
type Form = (&'static str, fn(&str, &str, &str) -> String);
const FORMS: [Form; 9] = [
    ("paragraph", |before, contact, after| format!("{before}{contact}{after}")),
    ("bold", |before, contact, after| format!("**{before}{contact}{after}**")),
    ("list", |before, contact, after| format!("- SIM\n- {before}{contact}{after}\n- 4G")),
    ("ordered", |before, contact, after| format!("1. {before}{contact}{after}\n2. SIM")),
    ("table", |before, contact, after| format!("| A | B |\n|---|---|\n| SIM | {before}{contact}{after} |")),
    ("quote", |before, contact, after| format!("> {before}{contact}{after}")),
    ("heading", |before, contact, after| format!("## {before}{contact}{after}")),
    ("html", |before, contact, after| format!("<div><p>{before}{contact}{after}</p></div>")),
    ("link text", |before, contact, after| format!("{before}[{contact}](page.html){after}")),
];

#[test]
fn every_handle_in_every_disguise_form_and_language_is_found_with_its_span() {
    let mut cases = Vec::new();
    for (name, account) in CONTACTS {
        for (disguise, apply) in DISGUISES {
            let Some(name) = apply(name) else { continue };
            for (form, write) in FORMS {
                for (language, title, before, after) in OFFERS.into_iter().take(6) {
                    let contact = format!("{name}: {account}");
                    let cell = format!("{name} × {disguise} × {form} × {language}");
                    cases.push((cell, guide(title, &write(before, &contact, after)), contact));
                }
            }
        }
    }
    verdict(cases, "promo/handle");
}

/// Contacts written otherwise than "name: account".
const SHAPES: [&str; 30] = [
    "Telegram @nobody_sim_00",
    "Telegram（@nobody_sim_00",
    "TG 👉 @nobody_sim_00",
    "TG💪+ @nobody_sim_00",
    "Telegram ID nobody_sim_00",
    "加微信nobody_sim_00",
    "微信号：nobody_sim_00",
    "微信号 nobody_sim_00",
    "加V：nobody_sim_00",
    "V❤：nobody_sim_00",
    "薇❤信：nobody_sim_00",
    "微-信：nobody_sim_00",
    "扣扣：0011223344",
    "QQ0011223344",
    "QQ 0011223344",
    "ＱＱ：００１１２２３３４４",
    "LINE ID: nobody_sim_00",
    "Line: @nobody_sim_00",
    "WhatsApp +1 202-555-0143",
    "WhatsApp: (202) 555-0143",
    "Zalo 0900.000.000",
    "t点me/nobody_sim_00",
    "t . me / nobody_sim_00",
    "t[.]me/nobody_sim_00",
    "t(dot)me/nobody_sim_00",
    "ｔ．ｍｅ／nobody_sim_00",
    "Telegram [at]nobody_sim_00",
    "@nobody_sim_00",
    "@n o b o d y s i m",
    "nobody_sim_00@gmail.com",
];

#[test]
fn contacts_in_other_shapes_are_found_with_their_spans() {
    let mut cases = Vec::new();
    for contact in SHAPES {
        for (form, write) in FORMS {
            // Brackets in a link's text would close it.
            if form == "link text" && contact.contains(['[', '（']) {
                continue;
            }
            for (language, title, before, after) in OFFERS {
                let cell = format!("{contact} × {form} × {language}");
                cases.push((cell, guide(title, &write(before, contact, after)), contact.to_owned()));
            }
        }
    }
    verdict(cases, "promo/handle");
}

/// Addresses of messengers, of accounts nobody has.
const TARGETS: [&str; 18] = [
    "https://t.me/nobody_sim_00",
    "https://t.me/s/nobody_sim_00",
    "https://t.me/+AbCdEfGh01",
    "http://telegram.me/nobody_sim_00",
    "https://telegram.dog/nobody_sim_00",
    "tg://resolve?domain=nobody_sim_00",
    "https://wa.me/12025550143",
    "https://chat.whatsapp.com/AbCdEfGh01",
    "https://api.whatsapp.com/send?phone=12025550143&text=hi",
    "https://line.me/ti/p/nobody_sim_00",
    "https://lin.ee/AbCdEf0",
    "https://zalo.me/0900000000",
    "https://open.kakao.com/o/AbCdEf0",
    "https://qm.qq.com/q/AbCdEf0",
    "https://discord.gg/AbCdEf0",
    "https://m.me/nobody.sim.00",
    "viber://chat?number=12025550143",
    "https://signal.group/#AbCdEf0",
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
    for url in TARGETS {
        for (form, write) in LINKS {
            let web = url.starts_with("http");
            // An unquoted attribute may not hold an equals sign.
            if form == "html without quotes" && url.contains('=') {
                continue;
            }
            if !web && (form == "bare" || form.contains("redirector") && !url.starts_with("tg:")) {
                continue;
            }
            for (language, title, before, after) in OFFERS {
                let (link, wanted) = write(url);
                let cell = format!("{url} × {form} × {language}");
                cases.push((cell, guide(title, &format!("{before}{link}{after}")), wanted));
            }
        }
        for (language, title, before, after) in OFFERS {
            let definition = format!("[order]: {url}");
            let body = format!("{before}[SIM][order]{after}\n\n{definition}");
            cases.push((format!("{url} × reference × {language}"), guide(title, &body), definition));
            // A bare host in Latin letters, without a scheme.
            if let Some(bare) = url.strip_prefix("https://").filter(|it| !it.contains(['#', '?'])) {
                let body = format!("{before}{bare} {after}");
                cases.push((format!("{bare} × domain × {language}"), guide(title, &body), bare.to_owned()));
                let hidden = format!("[SIM](https://{})", bare.replacen('.', "%2E", 1));
                let body = format!("{before}{hidden}{after}");
                cases.push((format!("{bare} × percent × {language}"), guide(title, &body), hidden));
            }
        }
    }
    verdict(cases, "link/promotional");
}
