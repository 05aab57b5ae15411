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

/// Where fixed lines and mobiles share their ranges, the plan names both.
fn is_kind(read: &str, kind: &str) -> bool {
    read == kind || read == "fixed-line-or-mobile" && matches!(kind, "fixed-line" | "mobile")
}

/// The example with its last digits drawn anew, as long as the plan has such a number of the same kind.
fn drawn(example: &str, region: &str, kind: &str, dice: &mut Dice) -> Option<String> {
    let length = example.len();
    (0..800).find_map(|attempt| {
        let keep = length.saturating_sub(8 - attempt / 100).clamp(3, length - 1);
        let mut digits = example[..keep].to_owned();
        while digits.len() < length {
            digits.push_str(&dice.digits(1));
        }
        let read = verdict(&format!("+{digits}"), None).ok()?;
        let same = read.valid && read.region.as_deref() == Some(region) && is_kind(read.kind.as_str(), kind);
        let fits = same && digits != example && !has_run(&digits);
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
        let Some(number) = drawn(example, region, cells[2], &mut dice) else {
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
    eprintln!("{} regions, {numbers} numbers, {undrawn} types with no other number than their example", regions.len());
    assert!(regions.len() >= 240, "{}", regions.len());
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
