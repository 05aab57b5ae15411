//! Text with the signs of selling that sells nothing.

use guidelint::Checker;

use crate::{common, guide};

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
