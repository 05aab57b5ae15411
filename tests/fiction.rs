//! Every range that somebody keeps for films, books and examples: a number inside is `phone/placeholder` with the source that
//! says so, its neighbour outside is not. `GUIDELINT_TEST_SEED` chooses the numbers.

mod common;

use std::sync::Arc;

use common::Dice;
use guidelint::check::{Selection, Settings};
use guidelint::diagnostic::{Citation, FileReport, Language};
use guidelint::facts::verdict;
use guidelint::knowledge::{FictionRange, Knowledge};
use guidelint::{Checker, Source};

fn guide(checker: &Checker, region: &str, number: &str) -> FileReport {
    let text = format!("---\ncountry: {region}\n---\n# SIM cards\n\nCall customer service at {number}, any day.\n");
    let selection = Selection {
        select: Some(vec!["phone".to_owned()]),
        ignore: vec!["phone/format".to_owned()],
        ..Selection::default()
    };
    let settings = Settings { selection, ..Settings::default() };
    checker.check_with(Arc::new(Source::new("guide.md", text)), common::today(), &settings)
}

/// A number that begins like this, with no digits that look made up whatever range they are of.
fn filled(prefix: &str, digits: usize, dice: &mut Dice) -> String {
    (0..500)
        .map(|_| {
            let mut number: String =
                prefix.chars().map(|c| if c == 'X' { char::from(b'2' + dice.roll(8) as u8) } else { c }).collect();
            let missing = digits - number.len();
            number.push_str(&dice.digits(missing));
            number
        })
        .min_by_key(|it| runs(it))
        .expect("a number")
}

/// The longest run of digits that count up, count down or repeat.
fn runs(digits: &str) -> usize {
    let steps: Vec<i16> = digits.as_bytes().windows(2).map(|pair| i16::from(pair[1]) - i16::from(pair[0])).collect();
    let run = |at: usize| steps[at..].iter().take_while(|it| **it == steps[at] && it.abs() <= 1).count() + 1;
    (0..steps.len()).map(run).max().unwrap_or(1)
}

/// Numbers just outside: the last digit of the prefix one higher and one lower, as long as no other range begins there.
fn neighbours(knowledge: &Knowledge, range: &FictionRange, dice: &mut Dice) -> Vec<String> {
    let last = range.prefix.len() - 1;
    let digit = range.prefix.as_bytes()[last];
    let beside = [digit.wrapping_sub(1), digit + 1].into_iter().filter(u8::is_ascii_digit);
    let prefixes = beside.map(|it| format!("{}{}", &range.prefix[..last], char::from(it)));
    let numbers = prefixes.map(|prefix| filled(&prefix, range.digits, dice));
    numbers
        .filter(|it| knowledge.fiction.range(it).is_none() && !knowledge.generated.is_example(it) && runs(it) < 6)
        .collect()
}

#[test]
fn every_range_kept_for_fiction_is_one() {
    let mut dice = Dice(common::seed());
    let checker = Checker::builtin();
    let knowledge = checker.knowledge();
    let (mut inside, mut outside, mut faults) = (0, 0, Vec::new());
    for range in knowledge.fiction.ranges() {
        let number = filled(&range.prefix, range.digits, &mut dice);
        let national = verdict(&format!("+{number}"), None).ok().filter(|it| it.valid).map(|it| it.national);
        for written in std::iter::once(format!("+{number}")).chain(national) {
            inside += 1;
            let report = guide(&checker, &range.region, &written);
            let [finding] = report.diagnostics.as_slice() else {
                faults.push(format!("{} {written}: {} findings", range.region, report.diagnostics.len()));
                continue;
            };
            let cited: Vec<&Citation> = finding.evidence.iter().filter_map(|it| it.source.as_deref()).collect();
            let wanted: Vec<&Citation> = range.sources.iter().map(Arc::as_ref).collect();
            let message = finding.message.text(Language::En);
            if finding.rule != "phone/placeholder" || !message.contains("kept for films") || cited != wanted {
                faults.push(format!("{} {written}: {} {message} {cited:?}", range.region, finding.rule));
            }
        }
        for number in neighbours(knowledge, range, &mut dice) {
            outside += 1;
            let report = guide(&checker, &range.region, &format!("+{number}"));
            if let Some(finding) = report.diagnostics.iter().find(|it| it.rule == "phone/placeholder") {
                faults.push(format!("{} +{number}: {}", range.region, finding.message.text(Language::En)));
            }
        }
    }
    eprintln!("{} ranges, {inside} numbers inside, {outside} outside", knowledge.fiction.ranges().len());
    assert!(inside > knowledge.fiction.ranges().len() && outside > knowledge.fiction.ranges().len());
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
