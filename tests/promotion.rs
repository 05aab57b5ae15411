//! Every way to give a contact, in every disguise, in every Markdown form, in many languages: all found, with exact
//! spans. And the innocent twins: none. The generator reads none of the finder's tables.

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use guidelint::check::Settings;
use guidelint::{Checker, Source};

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

fn guide(title: &str, body: &str) -> String {
    format!(
        "# {title}\n\nSIM, eSIM, 4G.\n\n{body}\n\nSIM, eSIM.\n\n4G.\n\n5G.\n\nLTE.\n\nAPN.\n\nSIM.\n\nLTE, 4G, 5G.\n"
    )
}

fn found(checker: &Checker, rule: &str, text: &str) -> Vec<String> {
    let file = checker.check_with(Arc::new(Source::new("guide.md", text)), common::today(), &Settings::default());
    file.diagnostics.iter().filter(|it| it.rule == rule).map(|it| file.source.slice(it.span).to_owned()).collect()
}

/// Checks every case on all processors; returns how many there were and the faults.
fn run(cases: Vec<(String, String, String)>, rule: &str) -> (usize, Vec<String>) {
    let checker = Checker::builtin();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut faults = Vec::new();
        while let Some((cell, text, wanted)) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            let got = found(&checker, rule, text);
            if got != [wanted.clone()] {
                faults.push(format!("{cell}: wanted {wanted:?}, got {got:?}"));
            }
        }
        faults
    };
    let faults = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|it| it.join().unwrap()).collect::<Vec<_>>()
    });
    (cases.len(), faults)
}

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

fn verdict(cases: Vec<(String, String, String)>, rule: &str) {
    let (count, mut faults) = run(cases, rule);
    faults.sort();
    if let Some(path) = std::env::var_os("FAULTS") {
        std::fs::write(std::path::Path::new(&path).with_extension(rule.replace('/', "-")), faults.join("\n")).unwrap();
    }
    assert!(faults.is_empty(), "{} of {count} cells fail\n{}", faults.len(), faults[..faults.len().min(60)].join("\n"));
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

/// Text that has the same signs and sells nothing.
const TWINS: [&str; 44] = [
    "Vodafone España answers on WhatsApp at +34 607 123 000 and in its shops.",
    "Official support of Movistar: [Telegram](https://t.me/Movistar_ES).",
    "Talk to [BotFather](https://t.me/BotFather) to get a token for the bot that reads your data volume.",
    "Report problems in the issue tracker or in the [project chat](https://t.me/openapn_dev).",
    "[![Telegram](https://img.shields.io/badge/chat-telegram-blue.svg)](https://t.me/openapn_dev)",
    "Install `npm i @scope/pkg` and @types/node before you build.",
    "Dual SIM phones use the @media rule: @media (max-width: 600px) { }",
    "Maintained by @octocat and @hubber.",
    "Licence: MIT, Copyright Jane Doe <jane@doe.example>.",
    "WhatsApp, Telegram and WeChat do not count against the data volume.",
    "微信、QQ、微博等应用可以使用定向流量。",
    "可以在微信小程序里查询余额，也可以用支付宝充值。",
    "飞机模式打开十秒后再关闭，手机会重新注册网络。",
    "飞机落地后打开手机，选择本地网络。",
    "打开微信，点击“我”，再点击“服务”，选择手机充值。",
    "微信 8.0.50 及以上版本支持该功能，安装包约 300MB。",
    "卫星通信需要支持的机型，例如 Mate60Pro1。",
    "LINEやInstagramはデータ容量を消費しません。",
    "LINEモバイルは2014年に設立された格安SIMです。",
    "카카오톡은 데이터를 거의 쓰지 않습니다.",
    "Signal strength of 4 bars and a speed of 150 Mbps were measured.",
    "A signal: 5G is shown in the status bar when the tower is near.",
    "Viber and imo need an internet connection.",
    "Our plane (飞机) lands at 10:30 and the SIM works at once.",
    "The site my-chat.me/ is a fictional example of a host.",
    "See https://web.telegram.org/k/ for the client in the browser.",
    "Share this page: https://t.me/share/url?url=https://example.org/guide",
    "Share on [WhatsApp](https://api.whatsapp.com/send?text=hello) if you like.",
    "The number is written `t.me/+AbC` in code and is no contact.",
    "Beware of sellers who offer a SIM without papers on Telegram: @some_scam_seller is one of them.",
    "警惕在电报上出售免实名电话卡的卖家，例如 TG：@some_scam_seller，这是诈骗。",
    "[tool]: https://github.com/someone/tool \"@someone\"",
    "{% embed url=\"https://www.youtube.com/watch?v=abc\" %}",
    "import Tabs from '@theme/Tabs';",
    "{{< ref \"apn.md\" >}} and {:rel=\"nofollow\"} stay.",
    "Write to the regulator: consultas@osiptel.gob.pe answers questions about portability.",
    "The operator's address is 221 Baker St, Olympia, WA 98501.",
    "Changelog 2.3.1: fixed the QQ 2024 crash, thanks @dev_one.",
    "To install the eSIM, scan the QR code: ![QR code of the eSIM](images/esim-qr.png)",
    "![menu of the phone](https://i.imgur.com/abc.png) shows where the switch is.",
    "Buy the SIM at the carrier's shop in the airport and show your passport.",
    "Dial *123# and choose 4. The answer comes by SMS.",
    "Email is enough: any address of yours will do, such as name@example.com.",
    "The mail server smtp.gmail.com and the app @handle syntax are explained below.",
];

#[test]
fn innocent_twins_are_left_alone() {
    let checker = Checker::builtin();
    let titles = [
        "How to cancel a Spanish SIM card",
        "西班牙手机卡怎么注销",
        "Building a Telegram bot",
        "How to top up a prepaid SIM in Peru",
    ];
    let mut faults = Vec::new();
    for twin in TWINS {
        for title in titles {
            for body in [twin.to_owned(), format!("- {twin}\n- SIM"), format!("> {twin}"), format!("## FAQ\n\n{twin}")]
            {
                let text = guide(title, &body);
                let file = common::check(&checker, "guide.md", &text);
                for it in &file.diagnostics {
                    let ours = it.rule.starts_with("promo/") || it.rule.starts_with("link/");
                    if ours && it.severity > guidelint::diagnostic::Severity::Info {
                        faults.push(format!("{}: {:?} in {twin:?} ({title})", it.rule, file.source.slice(it.span)));
                    }
                }
            }
        }
    }
    faults.sort();
    faults.dedup();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Time for a guide of `text` repeated to `bytes`.
fn time(checker: &Checker, text: &str, bytes: usize) -> std::time::Duration {
    let guide = format!("# How to buy a SIM card\n\n{}\n", text.repeat(bytes / text.len()));
    let source = Arc::new(Source::new("guide.md", guide));
    let began = std::time::Instant::now();
    checker.check_with(source, common::today(), &common::only("promo"));
    began.elapsed()
}

#[test]
fn hostile_repetition_takes_linear_time() {
    let checker = Checker::builtin();
    for text in [
        "@",
        "[",
        "\u{200b}",
        "TG ",
        "微信",
        "t.",
        "a@",
        "@a ",
        "T G ",
        "微信号",
        "QQ1",
        "/",
        "a.b/",
        "点",
        "\u{200b}@",
        "Telegram: ",
        "[[",
        "![",
        "<p>",
    ] {
        let small = time(&checker, text, 60_000).max(std::time::Duration::from_millis(30));
        let large = time(&checker, text, 240_000);
        assert!(large < small * 10, "{text:?}: {small:?} for a quarter, {large:?} for the whole");
    }
}

/// The terms of `phrase.toml`, run on the examples beside them.
#[test]
fn the_examples_of_the_phrases_hold() {
    #[derive(serde::Deserialize)]
    struct Example {
        text: String,
        #[serde(default)]
        find: Vec<String>,
    }
    #[derive(serde::Deserialize)]
    struct Phrases {
        bad: Vec<Example>,
        good: Vec<Example>,
    }
    let text = std::fs::read_to_string(common::root().join("rules/promo/phrase.toml")).unwrap();
    let examples: Phrases = toml::from_str(&text).unwrap();
    let checker = Checker::builtin();
    let mut faults = Vec::new();
    for example in examples.bad.iter().chain(&examples.good) {
        let guide = format!("---\nkind: buy-sim\n---\n# eSIM\n\n{}\n", example.text);
        let found = found(&checker, "promo/phrase", &guide);
        let missing = example.find.iter().any(|wanted| !found.contains(wanted));
        if missing || example.find.is_empty() && !found.is_empty() {
            faults.push(format!("{:?}: wanted {:?}, got {found:?}", example.text, example.find));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What remains of a guide when every unsafe fix of the promotion rules is applied.
fn mended(text: &str) -> String {
    let checker = Checker::builtin();
    let mut text = text.to_owned();
    for _ in 0..4 {
        let file = common::check(&checker, "guide.md", &text);
        let ours = |rule: &str| rule.starts_with("promo/") || rule == "link/promotional";
        let mut edits: Vec<_> = file
            .diagnostics
            .iter()
            .filter(|it| ours(&it.rule))
            .filter_map(|it| it.fix.as_ref())
            .flat_map(|fix| fix.edits.clone())
            .collect();
        edits.sort_by_key(|edit| edit.span);
        let mut out = String::new();
        let mut at = 0;
        for edit in edits {
            if edit.span.start as usize >= at {
                out.push_str(&text[at..edit.span.start as usize]);
                out.push_str(&edit.replacement);
                at = edit.span.end as usize;
            }
        }
        out.push_str(&text[at..]);
        text = out;
    }
    text
}

#[test]
fn a_promotional_footer_is_removed_cleanly() {
    let before = "# 阿尔巴尼亚4G卡怎么注销？[[TG💪+ @nobody_sim_00](https://t.me/s/nobody_sim_00)]\n\n去营业厅办理。\n\n\
        希望有帮助[[TG💪+ @nobody_sim_00](https://t.me/s/nobody_sim_00)]。\n\n最后，保管好手机。\n\n\
        [[TG💪+ @nobody_sim_00](https://t.me/s/nobody_sim_00) ![Image](https://i.postimg.cc/example/a.png)]\n";
    assert_eq!(mended(before), "# 阿尔巴尼亚4G卡怎么注销？\n\n去营业厅办理。\n\n希望有帮助。\n\n最后，保管好手机。\n");
    let quoted =
        "# How to buy a SIM\n\nGo to a shop.\n\n> 👉 [Order now](https://t.me/nobody_sim_00)\n\nTake your passport.\n";
    assert_eq!(mended(quoted), "# How to buy a SIM\n\nGo to a shop.\n\nTake your passport.\n");
}

#[test]
fn what_a_project_allows_is_left_alone_and_counted() {
    use guidelint::facts::SubjectHints;
    let checker = Checker::builtin();
    let text = "# How to buy a SIM\n\nTo order, contact us: [chat](https://t.me/nobody_sim_00), WeChat: nobody_sim_01, https://bit.ly/3abc.\n";
    let check = |allow: &[&str]| {
        let hints =
            SubjectHints { allow: allow.iter().map(|it| (*it).to_owned()).collect(), ..SubjectHints::default() };
        let settings = Settings { hints, ..Settings::default() };
        checker.check_with(Arc::new(Source::new("guide.md", text)), common::today(), &settings)
    };
    let ours = |file: &guidelint::diagnostic::FileReport| {
        file.diagnostics.iter().filter(|it| it.rule.starts_with("promo/") || it.rule.starts_with("link/")).count()
    };
    let strict = check(&[]);
    assert_eq!((ours(&strict), strict.allowed.len()), (3, 0));
    let lenient = check(&["t.me/Nobody_sim_00", "@nobody_sim_01", "bit.ly", "unused.example"]);
    assert_eq!((ours(&lenient), lenient.allowed), (0, vec![0, 1, 2]));
}
