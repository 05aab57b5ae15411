//! What `section/missing` tells whoever misspelt a heading: the nearest one in the guide, and the one to write instead, in the
//! guide's language.

mod common;

use guidelint::Checker;
use guidelint::diagnostic::Language;

/// Language, title of a guide to cancelling a SIM card, a heading with a slip of the pen, the heading that is offered, and a
/// heading about something else.
const CASES: [[&str; 5]; 23] = [
    ["zh-Hans", "如何注销阿尔巴尼亚手机卡", "资料来原", "资料来源", "小贴士"],
    ["zh-Hant", "如何註銷阿爾巴尼亞電話卡", "資料來原", "資料來源", "小提醒"],
    ["en", "How to cancel an Albanian SIM card", "Sorces", "Sources", "Weather"],
    ["es", "Cómo dar de baja una tarjeta SIM en Albania", "Fuetes", "Fuentes", "El tiempo"],
    ["pt", "Como cancelar um cartão SIM na Albânia", "Fotes", "Fontes", "O tempo"],
    ["fr", "Comment résilier une carte SIM en Albanie", "Souces", "Sources", "La météo"],
    ["de", "SIM-Karte in Albanien kündigen", "Quelen", "Quellen", "Das Wetter"],
    ["it", "Come disdire una scheda SIM in Albania", "Fomti", "Fonti", "Il tempo"],
    ["ru", "Как отключить сим-карту в Албании", "Источнки", "Источники", "Погода"],
    ["tr", "Arnavutluk'ta SIM kart nasıl iptal edilir", "Kaynaklr", "Kaynaklar", "Hava durumu"],
    ["vi", "Cách hủy SIM ở Albania", "Tham kảo", "Nguồn tham khảo", "Thời tiết"],
    ["id", "Cara menonaktifkan kartu SIM di Albania", "Sumbr", "Sumber", "Cuaca"],
    ["th", "วิธียกเลิกซิมการ์ดในแอลเบเนีย", "แหล่งที่มะ", "แหล่งที่มา", "อากาศ"],
    ["ja", "アルバニアのSIMカードを解約する方法", "情報原", "出典", "天気"],
    ["ko", "알바니아 유심 해지 방법", "참고 자뇨", "출처", "날씨"],
    ["nl", "Een Albanese simkaart opzeggen", "Bronen", "Bronnen", "Het weer"],
    ["pl", "Jak zrezygnować z karty SIM w Albanii", "Źrudła", "Źródła", "Pogoda"],
    ["uk", "Як відмовитися від сім-карти в Албанії", "Джерла", "Джерела", "Погода"],
    ["el", "Πώς να ακυρώσετε κάρτα SIM στην Αλβανία", "Πηγσές", "Πηγές", "Ο καιρός"],
    ["sq", "Si të anuloni një kartë SIM në Shqipëri", "Burmet", "Burimet", "Moti"],
    ["hi", "अल्बानिया में सिम कार्ड कैसे बंद करें", "स्रोतत", "स्रोत", "मौसम"],
    ["bn", "আলবেনিয়ায় সিম কার্ড বন্ধ করার নিয়ম", "তথ্যসুত্র", "তথ্যসূত্র", "আবহাওয়া"],
    ["ar", "كيفية إلغاء شريحة في ألبانيا", "المصاد", "المصادر", "الطقس"],
];

/// Everything the finding about missing sources says.
fn said(checker: &Checker, language: &str, title: &str, heading: &str) -> String {
    let text = format!(
        "---\nkind: cancel-sim\ncountry: AL\nlanguage: {language}\n---\n\n# {title}\n\n1. …\n2. …\n\n## {heading}\n\n…\n"
    );
    let file = common::check(checker, "guide.md", &text);
    let mut missing = file
        .diagnostics
        .iter()
        .filter(|it| it.rule == "section/missing" && it.message.text(Language::En).contains("the sources"));
    let Some(finding) = missing.next() else { return "nothing".to_owned() };
    let because = finding.evidence.iter().map(|it| it.statement.text(Language::En));
    let help = finding.help.iter().map(|it| it.text(Language::En));
    because.chain(help).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_slip_of_the_pen_is_shown_and_a_heading_is_offered_in_every_language() {
    let checker = Checker::builtin();
    let mut faults = Vec::new();
    for [language, title, slip, offered, other] in CASES {
        let with_slip = said(&checker, language, title, slip);
        if !with_slip.contains(&format!("the nearest heading to it: “{slip}”")) {
            faults.push(format!("{language}: “{slip}” is not shown: {with_slip}"));
        }
        if !with_slip.contains(&format!("add a section such as “{offered}”")) {
            faults.push(format!("{language}: “{offered}” is not offered: {with_slip}"));
        }
        let with_other = said(&checker, language, title, other);
        if with_other.contains("nearest") || !with_other.contains(offered) {
            faults.push(format!("{language}: “{other}”: {with_other}"));
        }
        // Written right it is found.
        let right = said(&checker, language, title, offered);
        if right.contains("add a section") {
            faults.push(format!("{language}: “{offered}” is not known: {right}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
