//! The reading of numbers agrees with Google's libphonenumber; the second port is compared and its disagreements named.

mod common;

use std::collections::BTreeMap;

use guidelint::facts::verdict;

/// Input, region it is read in, and what the reference (PyPI `phonenumbers` 9.0.43) says: valid, type, region, E.164.
struct Row {
    category: String,
    region: Option<String>,
    input: String,
    /// Country calling code and national significant number as the reference reads them.
    code: String,
    national: String,
    expected: Option<(bool, String, String, String)>,
}

fn rows(table: &str) -> Vec<Row> {
    table.lines().filter(|line| !line.starts_with('#')).map(row).collect()
}

fn row(line: &str) -> Row {
    let cells: Vec<&str> = line.split('\t').collect();
    let region = (cells[1] != "ZZ").then(|| cells[1].to_owned());
    let expected =
        (cells[3] == "1").then(|| (cells[7] == "1", spelled(cells[9]).into(), cells[10].into(), cells[11].into()));
    let cell = |at: usize| cells.get(at).filter(|_| cells[3] == "1").map_or_else(String::new, |it| (*it).to_owned());
    Row { category: cells[0].into(), region, input: cells[2].into(), code: cell(4), national: cell(5), expected }
}

fn read(row: &Row) -> Option<(bool, String, String, String)> {
    let it = verdict(&row.input, row.region.as_deref()).ok()?;
    Some((it.valid, it.kind.as_str().into(), it.region.map_or_else(|| "-".into(), String::from), it.e164.into()))
}

/// Rows that disagree, as lines.
fn disagreements(rows: &[Row]) -> Vec<String> {
    let differs = rows.iter().filter(|row| read(row) != row.expected);
    differs
        .map(|row| format!("{} {:?} {:?}: {:?} / {:?}", row.category, row.region, row.input, read(row), row.expected))
        .collect()
}

#[test]
fn a_sample_agrees_with_the_reference() {
    let rows = rows(include_str!("phone_golden/sample.tsv"));
    assert!(rows.len() >= 100);
    let faults = disagreements(&rows);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The whole reference, where it lies beside the project.
fn reference(test: &str) -> Option<Vec<Row>> {
    let table = common::shared().and_then(|it| std::fs::read_to_string(it.join("facts/phone_golden.tsv")).ok());
    if table.is_none() {
        common::skipped(test, "no reference table beside the project");
    }
    table.map(|table| rows(&table))
}

/// The row that differs, and why: the fixed lines of Zimbabwe. The engine's metadata still have seven digits there, `(?:2(?:…(?:0(?:
/// 2[014]|5)…)\\d…)\\d{3}`, five to ten digits in all; the reference's have `(?:2(?:02[014]|(?:42|9\\d)\\d|…)…)\\d{5}`, nine digits only.
const KNOWN: [&str; 1] = ["+2632020123"];

#[test]
fn the_whole_reference_agrees() {
    let Some(rows) = reference("the_whole_reference_agrees") else { return };
    assert_eq!(rows.len(), 4760);
    let (known, others): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| KNOWN.contains(&row.input.as_str()));
    let faults = disagreements(&others);
    assert!(faults.is_empty(), "{} rows differ:\n{}", faults.len(), faults.join("\n"));
    assert_eq!(disagreements(&known).len(), KNOWN.len(), "a difference that is gone must leave the list");
}

#[test]
fn the_second_port_disagrees_only_in_known_ways() {
    let classes = classes_of(&rows(include_str!("phone_golden/sample.tsv")));
    assert!(classes.len() > 1 && !classes.contains_key(UNEXPLAINED), "{classes:#?}");
}

/// The reference lists country after country, so that each country's patterns are compiled once: that takes the second port
/// most of its time.
#[test]
fn the_second_port_disagrees_only_in_known_ways_on_the_whole_reference() {
    let Some(rows) = reference("the_second_port_disagrees_only_in_known_ways_on_the_whole_reference") else { return };
    let classes = classes_of(&rows);
    let counts: BTreeMap<&str, usize> = classes.iter().map(|(class, rows)| (*class, rows.len())).collect();
    eprintln!("{counts:#?}");
    assert!(!classes.contains_key(UNEXPLAINED), "{:#?}", classes[UNEXPLAINED]);
    for class in CLASSES {
        assert!(classes.contains_key(class), "no row any more: {class}");
    }
}

const AGREES: &str = "agrees";
const ASCII_ONLY: &str = "reads no digits and spaces but ASCII's";
const ZEROS: &str = "reads no number that is all zeros";
const TAKES_PREFIX: &str = "takes leading digits for a national prefix that the reference leaves";
const LEAVES_ZERO: &str = "leaves a leading zero that the reference takes off";
const NO_REGION: &str = "names no region for numbers of no country";
const LEADING_ZERO: &str = "judges a number that begins with zero without the zero";
const NOT_ANCHORED: &str = "takes a number for valid when only its beginning is";
const SINCE: &str = "does not know a range assigned since its metadata";
const WITHDRAWN: &str = "still has a range withdrawn since its metadata";
const EXTENSION: &str = "reads `;ext=` only in a tel: address";
const LETTER: &str = "reads a single letter as the key it stands on";
const UNEXPLAINED: &str = "unexplained";

const CLASSES: [&str; 12] = [
    AGREES,
    ASCII_ONLY,
    ZEROS,
    TAKES_PREFIX,
    LEAVES_ZERO,
    NO_REGION,
    LEADING_ZERO,
    NOT_ANCHORED,
    SINCE,
    WITHDRAWN,
    EXTENSION,
    LETTER,
];

fn classes_of(rows: &[Row]) -> BTreeMap<&'static str, Vec<String>> {
    let mut classes: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for row in rows {
        let engines = guidelint::lookup::engines(&row.input, row.region.as_deref());
        let [_, second] = &engines[..] else { panic!("two engines") };
        let line = format!("{} {:?} {:?}: {second:?} / {:?}", row.category, row.region, row.input, row.expected);
        classes.entry(class(row, second)).or_default().push(line);
    }
    classes
}

/// Why the second port says something else than the reference, if it does.
fn class(row: &Row, second: &guidelint::lookup::EngineVerdict) -> &'static str {
    let Some((valid, kind, region, e164)) = &row.expected else {
        return if second.parses { UNEXPLAINED } else { AGREES };
    };
    if !second.parses {
        return match () {
            _ if !row.input.is_ascii() => ASCII_ONLY,
            _ if row.input.contains(";ext=") && !row.input.starts_with("tel:") => EXTENSION,
            _ if row.national.bytes().all(|it| it == b'0') => ZEROS,
            _ => UNEXPLAINED,
        };
    }
    let other = second.e164.as_deref().unwrap_or("");
    let named = second.region.as_deref().unwrap_or("-");
    let known = second.kind == Some(kind.as_str());
    if second.valid == *valid && other == e164 && named == region && known {
        return AGREES;
    }
    let longer =
        |one: &str, two: &str| one.len() > two.len() && one.ends_with(two.get(row.code.len() + 1..).unwrap_or("?"));
    match () {
        _ if longer(e164, other) => TAKES_PREFIX,
        _ if longer(other, e164) => LEAVES_ZERO,
        _ if other != e164 && row.input.chars().any(char::is_alphabetic) => LETTER,
        _ if other != e164 => UNEXPLAINED,
        _ if region == "001" && named == "-" => NO_REGION,
        _ if row.national.starts_with('0') => LEADING_ZERO,
        _ if second.valid && !valid && begins_valid(e164) => NOT_ANCHORED,
        _ if second.valid && !valid && WITHDRAWN_SINCE.iter().any(|it| e164.starts_with(it)) => WITHDRAWN,
        _ if !second.valid && *valid && ASSIGNED_SINCE.iter().any(|it| e164.starts_with(it)) => SINCE,
        _ => UNEXPLAINED,
    }
}

/// Ranges that the metadata of 9.0.43 have and those of 9.0.33, which the second port carries, have not, each with the newer
/// line: BW fixed `5(?:…|[347-9]\d)`, CV mobile `5[1-37-9]`, TZ mobile `6[0-35-9]`, SE mobile `7[023689]`.
const ASSIGNED_SINCE: [&str; 4] = ["+26759", "+23857", "+25560", "+4678"];

/// Ranges that only the older have: the fixed lines of Zimbabwe with other than nine digits (see [`KNOWN`]).
const WITHDRAWN_SINCE: [&str; 1] = ["+263"];

/// Whether a number less some digits at the end is one its plan can issue.
fn begins_valid(e164: &str) -> bool {
    (6..e164.len()).any(|length| verdict(&e164[..length], None).is_ok_and(|it| it.valid))
}

/// The reference's word for a kind, in ours.
fn spelled(kind: &str) -> &str {
    match kind {
        "FIXED" => "fixed-line",
        "MOBILE" => "mobile",
        "FOM" => "fixed-line-or-mobile",
        "TOLLFREE" => "toll-free",
        "PREMIUM" => "premium-rate",
        "SHARED" => "shared-cost",
        "VOIP" => "voip",
        "PERSONAL" => "personal",
        "PAGER" => "pager",
        "UAN" => "uan",
        "VOICEMAIL" => "voicemail",
        _ => "unknown",
    }
}
