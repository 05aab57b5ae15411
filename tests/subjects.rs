//! Whether a text is about mobile service where its title does not say so: in twelve languages, with twins about something else.

mod common;

use guidelint::Checker;

struct Text {
    cell: String,
    telecom: bool,
    body: String,
}

fn texts() -> Vec<Text> {
    let file = std::fs::read_to_string(common::root().join("tests/subjects/texts.txt")).unwrap();
    file.split("\n== ")
        .skip(1)
        .map(|text| {
            let (head, body) = text.split_once('\n').unwrap();
            let (language, rest) = head.split_once(' ').unwrap();
            let (verdict, what) = rest.split_once(" | ").unwrap();
            assert!(matches!(verdict, "yes" | "no"), "{head}");
            Text { cell: format!("{language}: {what}"), telecom: verdict == "yes", body: body.to_owned() }
        })
        .collect()
}

#[test]
fn what_most_of_a_text_speaks_of_is_its_subject() {
    let checker = Checker::builtin();
    let mut faults = Vec::new();
    let mut seen = [0, 0];
    for text in texts() {
        let file = common::check(&checker, "guide.md", &text.body);
        seen[usize::from(text.telecom)] += 1;
        if file.telecom != text.telecom {
            faults.push(format!("{}: telecom is {}", text.cell, file.telecom));
        }
        // Without its headings a text says the same.
        let bare: Vec<&str> = text.body.lines().filter(|line| !line.starts_with("## ")).collect();
        if common::check(&checker, "guide.md", &bare.join("\n")).telecom != text.telecom {
            faults.push(format!("{} (no headings): telecom is {}", text.cell, !text.telecom));
        }
    }
    assert!(seen.iter().all(|count| *count > 9), "{seen:?}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A sign on a door or a sentence to show at a counter is quoted; the guide stays in the language of its own words.
#[test]
fn a_quotation_in_another_script_is_not_the_language_of_the_guide() {
    let checker = Checker::builtin();
    let told = |quoted: &str| {
        let text = format!(
            "# Buying a SIM card on arrival\n\nThe shops in the arrival hall are open all night. Show your passport at the counter \
             and say which plan you want; most of the staff speak English.\n\nIf nobody does, show them this: \u{201c}{quoted}\u{201d}\n\n\
             The card works at once. Keep the receipt, because you need it when you close the line.\n"
        );
        common::check(&checker, "guide.md", &text).language
    };
    for quoted in [
        "Здравствуйте, мне нужна сим-карта",
        "Вітаю, мені потрібна сім-картка",
        "Καλησπέρα, θα ήθελα μια κάρτα",
        "สวัสดีค่ะ ขอซื้อซิมหนึ่งใบ",
        "مرحبا، أريد شراء شريحة",
        "שלום, אני רוצה לקנות כרטיס סים",
        "你好，我想买一张电话卡",
        "こんにちは、シムカードをください",
        "안녕하세요, 유심 하나 주세요",
    ] {
        assert_eq!(told(quoted).as_deref(), Some("en"), "{quoted}");
    }
}
