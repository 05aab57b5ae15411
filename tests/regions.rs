//! For every region of the world and every type of number: a number of the plan draws no finding in a guide of that
//! country, a broken one is `phone/invalid`. `GUIDELINT_TEST_SEED` chooses the numbers.

mod common;

use std::collections::BTreeMap;
use std::sync::Arc;

use common::Dice;
use guidelint::check::{Selection, Settings};
use guidelint::facts::verdict;
use guidelint::{Checker, Source};

/// Whether four digits in a row count up, count down or repeat.
fn has_run(digits: &str) -> bool {
    digits.as_bytes().windows(4).any(|it| {
        let steps: Vec<i16> = it.windows(2).map(|pair| i16::from(pair[1]) - i16::from(pair[0])).collect();
        steps.iter().all(|step| *step == steps[0]) && steps[0].abs() <= 1
    })
}

/// The example with its last digits drawn anew, where the plan has such a number.
fn drawn(example: &str, region: &str, dice: &mut Dice) -> Option<String> {
    let knowledge_digits = example.len();
    (0..400).find_map(|attempt| {
        let keep = knowledge_digits.saturating_sub(if attempt < 200 { 5 } else { 3 });
        let mut digits = example[..keep].to_owned();
        while digits.len() < knowledge_digits {
            digits.push_str(&dice.digits(1));
        }
        let read = verdict(&format!("+{digits}"), None).ok()?;
        let fits = read.valid && read.region.as_deref() == Some(region) && digits != example && !has_run(&digits);
        fits.then_some(digits)
    })
}

#[test]
fn numbers_of_every_region_are_read_and_broken_ones_reported() {
    let mut dice = Dice(common::seed());
    let checker = Checker::builtin();
    let settings = Settings {
        selection: Selection {
            select: Some(vec!["phone".into(), "number".into()]),
            ignore: vec!["phone/format".into()],
            ..Selection::default()
        },
        ..Settings::default()
    };
    let check = |region: &str, number: &str| {
        let text =
            format!("---\ncountry: {region}\n---\n# Getting help\n\nCall customer service at +{number} any day.\n");
        checker.check_with(Arc::new(Source::new("guide.md", text)), common::today(), &settings)
    };
    let table = std::fs::read_to_string(common::root().join("rules/generated/number-examples.tsv")).unwrap();
    let (mut numbers, mut undrawn, mut faults) = (0, 0, Vec::new());
    let mut regions: BTreeMap<&str, bool> = BTreeMap::new();
    for row in table.lines().filter(|it| !it.starts_with('#')) {
        let cells: Vec<&str> = row.split('\t').collect();
        let (example, region) = (cells[0], cells[1]);
        if region == "001" {
            continue;
        }
        let Some(number) = drawn(example, region, &mut dice) else {
            undrawn += 1;
            continue;
        };
        numbers += 1;
        let report = check(region, &number);
        let seen: Vec<&str> = report.diagnostics.iter().map(|it| it.rule.as_ref()).collect();
        if report.facts.numbers != 1 || !seen.is_empty() {
            faults.push(format!("{region} {} +{number}: {} numbers, {seen:?}", cells[2], report.facts.numbers));
        }
        let broken = regions.entry(region).or_default();
        if !*broken {
            *broken = true;
            let cut = (1..number.len() - 5).map(|cut| number[..number.len() - cut].to_owned());
            let longer = (1..4).map(|extra| format!("{number}{}", &"371"[..extra]));
            let changed = (3..7).flat_map(|at| {
                let number = &number;
                (0..10).map(move |digit| format!("{}{digit}{}", &number[..at], &number[at + 1..]))
            });
            let mut mutated = cut.chain(longer).chain(changed);
            let invalid = mutated
                .find(|it| it.len() > 5 && verdict(&format!("+{it}"), None).is_ok_and(|it| !it.valid))
                .expect("a number the plan does not have");
            let report = check(region, &invalid);
            if !report.diagnostics.iter().any(|it| it.rule == "phone/invalid") {
                faults.push(format!("{region}: +{invalid} is invalid and was not reported"));
            }
        }
    }
    eprintln!("{} regions, {numbers} numbers, {undrawn} types with only their example", regions.len());
    assert!(regions.len() >= 240, "{}", regions.len());
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
