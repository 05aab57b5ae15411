//! The table of numbering plans says what the engine says, or is unsure: on the reference, on every example number, and on
//! numbers made from them by a stated seed.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use guidelint::facts::{Issued, NumberKind, Unissued, issued, verdict};
use guidelint::knowledge::{Knowledge, NumberPlan};
use rlibphonenumber::{PhoneNumber, PhoneNumberFormat, Region};
use smol_str::{SmolStr, ToSmolStr};

/// Regions whose plan changed between the edition the engine carries (9.0.42) and that of the table (9.0.43). Here the
/// table may know numbers that the engine does not, and the other way round.
const CHANGED: [&str; 8] = ["BJ", "DE", "EC", "ET", "GE", "LA", "RO", "ZW"];

/// What is compared: E.164, region, kind, calling code, national significant number.
type Fields = (SmolStr, Option<SmolStr>, String, SmolStr, SmolStr);

fn by_engine(digits: &str, region: Option<&str>) -> Option<Fields> {
    let region = region.and_then(|it| Region::try_from(it).ok());
    let it = PhoneNumber::parse(digits, region).ok().filter(PhoneNumber::is_valid)?;
    let code = it.get_region_code().map(|it| it.as_region_str().to_smolstr()).filter(|it| it != "001");
    Some((
        it.format_as(PhoneNumberFormat::E164).to_smolstr(),
        code,
        format!("{:?}", it.get_type()),
        it.country_code.to_smolstr(),
        it.get_national_significant_number().into(),
    ))
}

fn name(kind: NumberKind) -> String {
    match kind {
        NumberKind::Voip => "VoIP".into(),
        NumberKind::Personal => "PersonalNumber".into(),
        NumberKind::Uan => "UAN".into(),
        NumberKind::Voicemail => "VoiceMail".into(),
        other => format!("{other:?}"),
    }
}

/// How often the table was sure, and what it should not have said.
#[derive(Default)]
struct Count {
    asked: usize,
    valid: usize,
    invalid: usize,
    unsure: usize,
    /// Valid to the engine, unsure to the table.
    missed: usize,
    changed: usize,
    faults: Vec<String>,
}

impl Count {
    fn ask(&mut self, digits: &str, region: Option<&str>) {
        self.asked += 1;
        let engine = by_engine(digits, region);
        let table = match issued(digits, region) {
            Issued::Yes(it) => {
                self.valid += 1;
                Some((it.e164, it.region, name(it.kind), it.calling_code, it.national))
            }
            Issued::No(it) => {
                self.invalid += 1;
                self.compare(digits, region, &it);
                None
            }
            Issued::Unsure => {
                self.unsure += 1;
                self.missed += usize::from(engine.is_some());
                return;
            }
        };
        if table != engine {
            let place = [&table, &engine].into_iter().flatten().find_map(|it| it.1.clone());
            match place.is_some_and(|it| CHANGED.contains(&it.as_str())) {
                true => self.changed += 1,
                false => self.faults.push(format!("{digits} {region:?}: table {table:?}, engine {engine:?}")),
            }
        }
    }

    /// Why a number is none, and its digits, are what the engine says.
    fn compare(&mut self, digits: &str, region: Option<&str>, number: &Unissued) {
        let engine = verdict(digits, region).map(|it| (it.e164, it.fault));
        let table = Ok((number.e164.clone(), Some(number.fault.clone())));
        let other_edition = CHANGED.iter().any(|it| format!("{table:?}").contains(&format!("Some({it:?})")));
        if engine != table && !other_edition {
            self.faults.push(format!("{digits} {region:?}: table {table:?}, engine {engine:?}"));
        }
    }

    fn report(&self, what: &str) {
        let Count { asked, valid, invalid, unsure, missed, changed, faults } = self;
        let share = 100.0 * *missed as f64 / (valid + missed).max(1) as f64;
        eprintln!(
            "{what}: {asked} asked, {valid} valid, {invalid} invalid, {unsure} unsure, of which {missed} are valid \
             ({share:.2} % of the valid); {changed} differ by edition"
        );
        assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults[..faults.len().min(20)].join("\n"));
    }
}

/// Region and input of the rows of a reference table whose input is digits.
fn reference(table: &str) -> impl Iterator<Item = (Option<&str>, String)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t').skip(1);
        let region = cells.next().filter(|it| *it != "ZZ");
        let input: String = cells.next()?.chars().filter(|it| it.is_ascii_digit() || *it == '+').collect();
        Some((region, input))
    })
}

#[test]
fn the_reference_is_read_alike() {
    let mut count = Count::default();
    for (region, input) in reference(include_str!("phone_golden/sample.tsv")) {
        count.ask(&input, region);
    }
    let whole = common::shared().and_then(|it| std::fs::read_to_string(it.join("facts/phone_golden.tsv")).ok());
    for (region, input) in reference(whole.as_deref().unwrap_or_default()) {
        count.ask(&input, region);
    }
    count.report("reference");
    assert!(count.valid > 50 && count.missed * 50 < count.valid);
}

/// E.164 digits and region of libphonenumber's example numbers.
fn examples() -> Vec<(&'static str, &'static str)> {
    let rows = include_str!("../rules/generated/number-examples.tsv").lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| {
        let mut cells = row.split('\t');
        Some((cells.next()?, cells.next()?))
    })
    .collect()
}

#[test]
fn every_example_number_is_known_in_every_way_it_is_written() {
    let knowledge = Knowledge::builtin();
    let mut count = Count::default();
    for (digits, region) in examples() {
        count.ask(&format!("+{digits}"), None);
        let Some(facts) = knowledge.generated.region(region) else { continue };
        let national = digits.strip_prefix(facts.calling_code).expect("an example begins with its calling code");
        count.ask(national, Some(region));
        count.ask(&format!("{}{national}", facts.trunk_prefix), Some(region));
        count.ask(digits, Some(region));
    }
    count.report("examples");
    assert!(count.valid > 3000 && count.missed * 50 < count.valid);
}

/// Numbers of Knuth's linear congruential generator: the same on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    fn digit(&mut self) -> char {
        char::from(b'0' + self.below(10) as u8)
    }
}

/// One to four digits changed, put in or taken out.
fn mutated(chance: &mut Chance, number: &str) -> String {
    let mut digits: Vec<char> = number.chars().collect();
    for _ in 0..=chance.below(4) {
        let at = chance.below(digits.len());
        match chance.below(8) {
            0 => digits.insert(at, chance.digit()),
            1 if digits.len() > 4 => drop(digits.remove(at)),
            _ => digits[at] = chance.digit(),
        }
    }
    digits.into_iter().collect()
}

#[test]
fn numbers_made_from_the_examples_are_read_alike() {
    let mut chance = Chance(20_261_125);
    let mut count = Count::default();
    let examples = examples();
    let homes: Vec<&str> = NumberPlan::all().iter().map(|it| it.region).filter(|it| *it != "001").collect();
    for (digits, region) in &examples {
        let code = NumberPlan::all().iter().find(|it| it.region == *region).map_or("", |it| it.calling_code);
        for _ in 0..3 {
            let national = mutated(&mut chance, digits.strip_prefix(code).unwrap_or(digits));
            count.ask(&format!("+{code}{national}"), None);
            if *region != "001" {
                let prefix = ["", "0", "1", "8", code][chance.below(5)];
                count.ask(&format!("{prefix}{national}"), Some(region));
            }
        }
        // A number of one country in a guide to another.
        count.ask(&mutated(&mut chance, digits), Some(homes[chance.below(homes.len())]));
        count.ask(&format!("+{}", mutated(&mut chance, digits)), Some(homes[chance.below(homes.len())]));
    }
    count.report("made from examples");
    assert!(count.asked > 8000 && count.valid > 2000 && count.invalid > 2000);
    assert!(count.missed * 20 < count.valid);
}

#[test]
fn any_digits_are_read_alike() {
    let mut chance = Chance(9);
    let mut count = Count::default();
    for plan in NumberPlan::all() {
        for _ in 0..6 {
            let digits: String = (0..4 + chance.below(10)).map(|_| chance.digit()).collect();
            count.ask(&format!("+{}{digits}", plan.calling_code), None);
            count.ask(&digits, Some(plan.region));
        }
    }
    count.report("any digits");
    assert!(count.valid > 100 && count.invalid > 1000);
}

#[test]
fn the_edition_of_the_table_differs_from_the_engine_only_in_the_regions_named() {
    // A number of each region on the list is read otherwise by the engine; when the engine moves on, the list shrinks.
    let newer = ["+4915410123456", "+593930123456", "+251700012345", "+263751123456"];
    let regions: BTreeSet<Option<SmolStr>> = newer
        .iter()
        .map(|digits| match (issued(digits, None), by_engine(digits, None)) {
            (Issued::Yes(it), None) => it.region,
            other => panic!("{digits}: {other:?}"),
        })
        .collect();
    assert_eq!(regions.len(), newer.len());
    assert!(regions.iter().flatten().all(|it| CHANGED.contains(&it.as_str())));
}

#[test]
fn what_is_no_row_of_digits_is_left_to_the_engine() {
    let cases: BTreeMap<&str, Option<&str>> = [
        ("", None),
        ("+", None),
        ("12", Some("AL")),
        ("+355 69 212 3456", None),
        ("069 212", Some("AL")),
        ("0692123456", None),
        ("0692123456", Some("ZZ")),
        ("0692123456", Some("001")),
        ("+0355692123456", None),
        ("+٣٥٥٦٩٢١٢٣٤٥٦", None),
        ("+35569212345678901234567890", None),
    ]
    .into();
    for (digits, region) in cases {
        assert_eq!(issued(digits, region), Issued::Unsure, "{digits}");
    }
}
