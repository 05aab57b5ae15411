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
