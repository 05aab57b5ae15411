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
const FORMS: [(&str, fn(&str, &str, &str) -> String); 9] = [
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
                for (language, title, before, after) in OFFERS {
                    let contact = format!("{name}: {account}");
                    let cell = format!("{name} × {disguise} × {form} × {language}");
                    cases.push((cell, guide(title, &write(before, &contact, after)), contact));
                }
            }
        }
    }
    let (count, mut faults) = run(cases, "promo/handle");
    faults.sort();
    if let Some(path) = std::env::var_os("FAULTS") {
        std::fs::write(path, faults.join("\n")).unwrap();
    }
    assert!(faults.is_empty(), "{} of {count} cells fail\n{}", faults.len(), faults[..faults.len().min(60)].join("\n"));
}
