//! Text with the signs of selling that sells nothing: in the forms, the languages and (where honest people write so) the
//! letters of the matrix. One guide holds one sentence for every channel.

use std::sync::Arc;

use guidelint::check::{Selection, Settings};
use guidelint::diagnostic::Severity;
use guidelint::{Checker, Source};

use crate::{common, guide};

/// Messengers, and an account a guide may quote.
const CHANNELS: [(&str, &str); 9] = [
    ("Telegram", "@nobody_care_01"),
    ("WhatsApp", "+1 202 555 0152"),
    ("WeChat", "nobody_care_03"),
    ("微信", "nobody_care_04"),
    ("LINE", "@nobody_care_05"),
    ("Zalo", "0900 000 006"),
    ("카카오톡", "nobody_care_07"),
    ("Viber", "+1 202 555 0158"),
    ("Instagram", "@nobody_care_09"),
];

/// Language, title, a carrier of the country, and honest sentences about `{channel}`, `{account}` and `{carrier}`.
type Honest = (&'static str, &'static str, &'static str, &'static [&'static str]);
const HONEST: [Honest; 14] = [
    (
        "zh",
        "英国手机卡怎么注销",
        "giffgaff",
        &[
            "{channel} 不计入套餐流量。",
            "{carrier} 官方客服账号：{channel} {account}。",
            "警惕自称客服的 {channel}：{account}，这是诈骗。",
            "打开 {channel}，点击“我”，再点击“设置”。",
            "可以用 {channel} 查询余额。",
            "换号前请在 {channel} 里解绑旧号码。",
        ],
    ),
    (
        "en",
        "How to cancel a SIM card in the United Kingdom",
        "giffgaff",
        &[
            "{channel} does not count against the plan.",
            "Official support of {carrier}: {channel} {account}.",
            "Beware of {channel} {account}: it is a scam.",
            "Open {channel} and tap Settings, then Account.",
            "{carrier} has a help page about {channel} on its site.",
            "Move your number in {channel} before you cancel the line.",
            "The bot of the tutorial listens on {channel} as {account}.",
            "Report a bug in the community chat on {channel}: {account}.",
        ],
    ),
    (
        "es",
        "Cómo cancelar un chip en el Perú",
        "Claro",
        &[
            "{channel} no consume datos del plan.",
            "Soporte oficial de {carrier}: {channel} {account}.",
            "Cuidado con {channel} {account}: es una estafa.",
            "Abre {channel} y toca Ajustes, luego Cuenta.",
            "Cambia tu número en {channel} antes de cancelar la línea.",
        ],
    ),
    (
        "ru",
        "Как отказаться от сим-карты в России",
        "Билайн",
        &[
            "{channel} не тратит пакет трафика.",
            "Официальная поддержка {carrier}: {channel} {account}.",
            "Осторожно, {channel} {account} — мошенники.",
            "Откройте {channel} и нажмите «Настройки».",
            "Смените номер в {channel} до отказа от карты.",
        ],
    ),
    (
        "vi",
        "Cách hủy SIM ở Việt Nam",
        "Viettel",
        &[
            "{channel} không trừ dung lượng của gói.",
            "Kênh chính thức của {carrier}: {channel} {account}.",
            "Cảnh giác với {channel} {account}: lừa đảo.",
            "Mở {channel} và chọn Cài đặt.",
            "Đổi số trong {channel} trước khi hủy SIM.",
        ],
    ),
    (
        "ja",
        "日本のSIMカードの解約方法",
        "ドコモ",
        &[
            "{channel} はデータ容量を消費しません。",
            "{carrier}の公式サポート：{channel} {account}。",
            "{channel} {account} は詐欺です。",
            "{channel} を開き、設定を押します。",
            "解約の前に {channel} の電話番号を変更します。",
        ],
    ),
    (
        "ko",
        "한국 유심 해지 방법",
        "SKT",
        &[
            "{channel} 은 데이터를 거의 쓰지 않습니다.",
            "{carrier} 공식 고객센터: {channel} {account}",
            "{channel} {account} 는 사기입니다.",
            "{channel} 을 열고 설정을 누릅니다.",
            "해지하기 전에 {channel} 번호를 바꿉니다.",
        ],
    ),
    (
        "tr",
        "Türkiye'de SIM kart nasıl iptal edilir",
        "Turkcell",
        &[
            "{channel} kotadan düşmez.",
            "{carrier} resmi destek: {channel} {account}.",
            "{channel} {account} dolandırıcıdır, dikkat.",
            "{channel} uygulamasını açın, Ayarlar'a dokunun.",
            "Hattı iptal etmeden önce {channel} numaranızı değiştirin.",
        ],
    ),
    (
        "pt",
        "Como cancelar um chip no Brasil",
        "Vivo",
        &[
            "{channel} não desconta da franquia.",
            "Suporte oficial da {carrier}: {channel} {account}.",
            "Cuidado com {channel} {account}: é golpe.",
            "Abra o {channel} e toque em Configurações.",
            "Troque o número no {channel} antes de cancelar a linha.",
        ],
    ),
    (
        "fr",
        "Comment résilier une carte SIM en France",
        "Bouygues Telecom",
        &[
            "{channel} ne décompte pas de données.",
            "Assistance officielle de {carrier} : {channel} {account}.",
            "Méfiez-vous de {channel} {account} : c'est une arnaque.",
            "Ouvrez {channel}, puis les Réglages.",
            "Changez de numéro dans {channel} avant de résilier.",
        ],
    ),
    (
        "de",
        "Wie man eine SIM-Karte in Deutschland kündigt",
        "Telefónica",
        &[
            "{channel} zählt nicht zum Datenvolumen.",
            "Offizieller Support von {carrier}: {channel} {account}.",
            "Vorsicht vor {channel} {account}: Das ist Betrug.",
            "Öffnen Sie {channel} und tippen Sie auf Einstellungen.",
            "Ändern Sie die Nummer in {channel}, bevor Sie kündigen.",
        ],
    ),
    (
        "id",
        "Cara menonaktifkan kartu SIM di Indonesia",
        "Telkomsel",
        &[
            "{channel} tidak memotong kuota.",
            "Akun resmi {carrier}: {channel} {account}.",
            "Waspada {channel} {account}: penipuan.",
            "Buka {channel} lalu ketuk Pengaturan.",
            "Ganti nomor di {channel} sebelum kartu dinonaktifkan.",
        ],
    ),
    (
        "th",
        "วิธียกเลิกซิมการ์ดในประเทศไทย",
        "AIS",
        &[
            "{channel} ไม่หักปริมาณเน็ต",
            "บัญชีอย่างเป็นทางการของ {carrier}: {channel} {account}",
            "ระวัง {channel} {account} เป็นมิจฉาชีพ",
            "เปิด {channel} แล้วแตะการตั้งค่า",
            "เปลี่ยนเบอร์ใน {channel} ก่อนยกเลิกซิม",
        ],
    ),
    (
        "ar",
        "كيفية إلغاء شريحة اتصال في مصر",
        "فودافون",
        &[
            "{channel} لا يخصم من الباقة.",
            "الدعم الرسمي من {carrier}: {channel} {account}",
            "احذر من {channel} {account} فهو احتيال.",
            "افتح {channel} ثم الإعدادات.",
            "غيّر رقمك في {channel} قبل إلغاء الشريحة.",
        ],
    ),
];

/// Text of software, of sites and of forms, in any guide.
const SIGNS: [&str; 62] = [
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
    "Follow [@octocat](https://github.com/octocat) and open an issue.",
    "The package `@scope/pkg` and the scope @scope/pkg are the same.",
    "| @media print | hides the menu | @import url(a.css) |",
    "{% hint style=\"info\" %} Take your passport to the shop. {% endhint %}",
    "{{< figure src=\"sim.png\" title=\"The SIM card\" >}}",
    "{% include alert.html text=\"contact the carrier\" %}{: .notice }",
    "<Contact phone=\"+1 202 555 0143\" email=\"care@carrier.example\" />",
    "[Changelog](CHANGELOG.md): v2.4.0 (2024-05-01) fixes #1201, thanks to @jane-doe (@bob_99).",
    "Copyright (c) 2024 Jane Doe <jane.doe@gmail.com>, MIT licence.",
    "Reply-to: no-reply@mail.carrier.example, sent by @carrier.example",
    "[^1]: See the terms of the carrier, section 4.2.",
    "![coverage map](https://i.imgur.com/map00.png)",
    "[![build](https://img.shields.io/badge/build-passing-green)](https://ci.example/1) [![chat](https://badges.gitter.im/x.svg)](https://gitter.im/x)",
    "Version 10.4.5, build QQ8812, serial SN00112233.",
    "Send PORT to 65075, keep the PAC code (nine characters, such as ABC123456).",
    "IMEI 490154203237518, ICCID 8944110065325000010.",
    "WhatsApp-Business-API: POST /v1/messages with {\"to\": \"+12025550143\"}",
    "tel:+12025550143 and sms:+12025550143?body=STOP are schemes of addresses.",
];

type Form = (&'static str, fn(&str) -> String);
const FORMS: [Form; 9] = [
    ("paragraph", |text| text.to_owned()),
    ("bold", |text| format!("**{text}**")),
    ("list", |text| format!("- SIM\n- {text}\n- 4G")),
    ("ordered", |text| format!("1. {text}\n2. SIM")),
    ("table", |text| format!("| A | B |\n|---|---|\n| SIM | {} |", text.replace('|', "/"))),
    ("quote", |text| format!("> {text}")),
    ("html", |text| format!("<div><p>{text}</p></div>")),
    ("faq", |text| format!("## FAQ\n\n{text}")),
    ("details", |text| format!("<details><summary>SIM</summary>\n\n{text}\n\n</details>")),
];

/// How honest people write a name: as it is, in capitals, in full width.
const LETTERS: [fn(&str) -> String; 3] = [str::to_owned, str::to_uppercase, |name| {
    name.chars().map(|c| if c.is_ascii_graphic() { char::from_u32(c as u32 + 0xFEE0).unwrap() } else { c }).collect()
}];

/// What the rules about promotion and links say above an information.
fn accused(checker: &Checker, text: &str) -> Vec<String> {
    let select = Some(vec!["promo".to_owned(), "link".to_owned()]);
    let settings = Settings { selection: Selection { select, ..Selection::default() }, ..Settings::default() };
    let file = checker.check_with(Arc::new(Source::new("guide.md", text)), common::today(), &settings);
    let ours = file.diagnostics.iter().filter(|it| it.rule.starts_with("promo/") || it.rule.starts_with("link/"));
    ours.filter(|it| it.severity > Severity::Info)
        .map(|it| format!("{}: {:?}", it.rule, file.source.slice(it.span)))
        .collect()
}

#[test]
fn honest_sentences_about_every_channel_in_every_form_and_language_are_left_alone() {
    let checker = Checker::builtin();
    let mut faults = Vec::new();
    let mut cells = 0;
    for (language, title, carrier, sentences) in HONEST {
        for sentence in sentences {
            for (form, write) in FORMS {
                let plain_only = form != "paragraph" && form != "table";
                for letters in LETTERS.into_iter().take(if plain_only { 1 } else { 3 }) {
                    let body: Vec<String> = CHANNELS
                        .iter()
                        .map(|(channel, account)| {
                            let filled = sentence.replace("{channel}", &letters(channel)).replace("{account}", account);
                            write(&filled.replace("{carrier}", carrier))
                        })
                        .collect();
                    cells += body.len();
                    let found = accused(&checker, &guide(title, &body.join("\n\n")));
                    faults.extend(found.iter().map(|it| format!("{language} × {form} × {sentence:?}: {it}")));
                }
            }
        }
    }
    println!("honest sentences: {cells} cells");
    faults.sort();
    faults.dedup();
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn signs_of_software_sites_and_forms_are_left_alone() {
    let checker = Checker::builtin();
    let mut faults = Vec::new();
    let mut cells = 0;
    let more = ["Building a Telegram bot", "How to top up a prepaid SIM in Peru"];
    let titles: Vec<&str> = HONEST.iter().map(|(_, title, ..)| *title).chain(more).collect();
    let mut judge = |title: &str, form: &str, signs: &[&str], write: fn(&str) -> String| {
        cells += signs.len();
        let body: Vec<String> = signs.iter().map(|sign| write(sign)).collect();
        let found = accused(&checker, &guide(title, &body.join("\n\n")));
        faults.extend(found.iter().map(|it| format!("{title} × {form} × {}: {it}", signs.len())));
    };
    for title in &titles {
        for (form, write) in FORMS {
            judge(title, form, &SIGNS, write);
        }
    }
    // Each by itself as well: together they might excuse one another.
    for title in &titles[titles.len() - 4..] {
        for sign in SIGNS {
            judge(title, "alone", &[sign], str::to_owned);
        }
    }
    println!("signs: {cells} cells");
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
}
