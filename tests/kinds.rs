//! Every kind of guide in three languages, the most used in seven: a complete one draws no finding, a deficient one those written beside it, and
//! the skeleton of a kind asks for facts and for nothing else.

mod common;

use std::fs;

use guidelint::diagnostic::Language;
use guidelint::{Checker, skeleton_from};

/// The kinds most guides are of; for these there are seven languages.
const MOST_USED: [&str; 5] = ["activate-esim", "buy-sim", "cancel-sim", "port-number", "top-up"];

#[test]
fn complete_guides_are_silent_and_deficient_ones_are_not() {
    let checker = Checker::builtin();
    let mut faults = Vec::new();
    for kind in &checker.knowledge().kinds.kinds {
        let folder = common::fixtures().join("guides/kinds").join(&kind.name);
        let guides = common::guides_in(&folder);
        let count = |what: &str| guides.iter().filter(|it| it.to_string_lossy().ends_with(what)).count();
        let fewest = if MOST_USED.contains(&kind.name.as_str()) { 7 } else { 3 };
        if count("-complete.md") < fewest || count("-deficient.md") < fewest {
            faults.push(format!("{}: fewer than {fewest} languages", kind.name));
        }
        for path in guides {
            let name = format!("{}/{}", kind.name, path.file_name().unwrap().to_string_lossy());
            let file = common::check(&checker, &name, &fs::read_to_string(&path).unwrap());
            if file.kind.as_deref() != Some(kind.name.as_str()) {
                faults.push(format!("{name}: taken for {:?}", file.kind));
            }
            let found = common::text_of(&checker, file);
            if name.ends_with("-complete.md") && !found.is_empty() {
                faults.push(format!("{name} must be silent:\n{found}"));
            } else {
                faults.extend(common::compare(&path.with_extension("expected"), &found));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_skeleton_asks_for_facts_only() {
    let checker = Checker::builtin();
    let facts = ["section/placeholder-text", "date/missing", "meta/front-matter"];
    let mut faults = Vec::new();
    for kind in &checker.knowledge().kinds.kinds {
        let languages = "zh-Hans zh-Hant en es pt fr de it nl ru uk pl el tr vi id th ja ko ar hi bn sq";
        for language in languages.split(' ') {
            let text = skeleton_from(checker.knowledge(), &kind.name, language, "AL");
            let file = common::check(&checker, "skeleton.md", &text);
            assert_eq!(file.kind.as_deref(), Some(kind.name.as_str()));
            assert_eq!(file.country.as_deref(), Some("AL"));
            for it in &file.diagnostics {
                // A section that is there and empty of facts.
                let thin = it.rule == "section/missing" && it.message.text(Language::En).contains("should hold");
                if !thin && !facts.contains(&it.rule.as_ref()) {
                    faults.push(format!("{} in {language}: {}\n{text}", kind.name, it.rule));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A carrier's name may stand within the words for what is done, or in the place of the thing it is done with; but not beside
/// something else that it is done with.
#[test]
fn a_carrier_in_the_title_will_do_for_the_card() {
    let checker = Checker::builtin();
    let kind = |country: &str, title: &str| {
        let text =
            format!("---\ncountry: {country}\n---\n# {title}\n\nThe SIM card.\n\nThe mobile operator.\n\nThe eSIM.\n");
        common::check(&checker, "guide.md", &text).kind
    };
    for (country, title, expected) in [
        ("PH", "How to register a Smart SIM", "register-sim"),
        ("NG", "How to register an Airtel SIM", "register-sim"),
        ("ID", "Cara registrasi kartu Telkomsel", "register-sim"),
        ("MY", "Cara daftar kad SIM Maxis", "register-sim"),
        ("TH", "วิธีลงทะเบียนซิม AIS", "register-sim"),
        ("IN", "How to port your number from Airtel to Jio", "port-number"),
        ("IN", "How to port your Airtel number to Jio", "port-number"),
        ("VN", "Cách nạp thẻ Viettel", "top-up"),
        ("MY", "Cara topup prepaid Maxis", "top-up"),
        ("TH", "泰国AIS充值教程", "top-up"),
        ("GB", "How to top up giffgaff", "top-up"),
        ("GB", "How to top up giffgaff: a walk through the app", "top-up"),
        ("DE", "Vodafone kündigen", "cancel-sim"),
        ("DE", "So kündigst du Vodafone – Vodafone-Vertrag kündigen", "cancel-sim"),
        ("JP", "ドコモの解約方法", "cancel-sim"),
        ("JP", "携帯電話の解約方法", "cancel-sim"),
        ("KR", "휴대폰 해지 방법", "cancel-sim"),
        ("KR", "2026년 SKT 해지 방법", "cancel-sim"),
        ("CN", "中国移动销户流程", "cancel-sim"),
        ("CN", "联通卡注销", "cancel-sim"),
        ("TR", "Turkcell'i iptal etme", "cancel-sim"),
    ] {
        assert_eq!(kind(country, title).as_deref(), Some(expected), "{title}");
    }
    for (country, title) in [
        ("MX", "Recargas Telcel"),
        ("GB", "How to cancel Netflix"),
        ("GB", "How to cancel Netflix through Vodafone"),
        ("GB", "How to cancel Vodafone TV"),
        ("GB", "Three steps to cancel Netflix"),
        ("GB", "Vodafone: how to cancel a flight"),
        ("DE", "Netflix kündigen"),
        ("IN", "How to cancel call forwarding on Airtel"),
        ("IN", "How to activate Jio caller tunes"),
        ("CN", "如何退订中国移动彩铃"),
        ("KR", "SKT 부가서비스 해지 방법"),
        ("TH", "ยกเลิก SMS กินเงิน AIS"),
        ("ID", "Cara registrasi kartu kredit"),
        ("VN", "Mất tiền oan vì những đầu số giả mạo tổng đài"),
    ] {
        assert_eq!(kind(country, title), None, "{title}");
    }
}
