//! What the tests share: where fixtures lie, checking one guide, and blessing expectations.
#![allow(dead_code)] // Each test binary uses a part of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use guidelint::check::{Selection, Settings};
use guidelint::date::Date;
use guidelint::diagnostic::{FileReport, Report};
use guidelint::render::{Format, Style, render};
use guidelint::{Checker, Source};

/// The day every fixture is checked for.
pub fn today() -> Date {
    Date::new(2026, 11, 22).unwrap()
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn fixtures() -> PathBuf {
    root().join("fixtures")
}

/// Real documents to measure on, where somebody has them: `GUIDELINT_CORPUS`, or `shared` beside the project.
pub fn shared() -> Option<PathBuf> {
    let named = std::env::var_os("GUIDELINT_CORPUS").map(PathBuf::from);
    named.or_else(|| Some(root().parent()?.join("shared"))).filter(|path| path.is_dir())
}

/// Settings under which only one rule (or group) speaks.
pub fn only(rule: &str) -> Settings {
    let selection = Selection { select: Some(vec![rule.to_owned()]), ..Selection::default() };
    Settings { selection, ..Settings::default() }
}

/// A guide called `name` with this text, checked with all rules.
pub fn check(checker: &Checker, name: &str, text: &str) -> FileReport {
    let file = checker.check_with(Arc::new(Source::new(name, text)), today(), &Settings::default());
    assert!(file.failures.is_empty(), "{name}: {:?}", file.failures);
    file
}

/// What a user reads about one guide, without the closing lines. A rule that gave up is silent as well, but not because all is
/// well.
pub fn text_of(checker: &Checker, file: FileReport) -> String {
    assert!(file.failures.is_empty(), "{:?}", file.failures);
    let report = Report {
        as_of: today(),
        knowledge_as_of: checker.knowledge().as_of(),
        files: vec![file],
        failures: Vec::new(),
        docs_url: None,
    };
    let style = Style { quiet: true, ..Style::default() };
    render(&report, &checker.rules(), Format::Text, &style)
}

/// The guides of a folder, sorted by name.
pub fn guides_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut guides: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "md" || it == "mdx"))
        .collect();
    guides.sort();
    guides
}

/// Compares with the expectation in a file; with `BLESS=1` writes it. Returns what differs.
pub fn compare(expected: &Path, actual: &str) -> Option<String> {
    if std::env::var_os("BLESS").is_some_and(|it| it == "1") {
        if actual.is_empty() {
            let _ = fs::remove_file(expected);
        } else {
            fs::write(expected, actual).unwrap();
        }
        return None;
    }
    let wanted = fs::read_to_string(expected).unwrap_or_default();
    let shown = expected.strip_prefix(root()).unwrap_or(expected).display();
    (wanted != actual).then(|| {
        format!("--- {shown}: expected\n{wanted}\n+++ found\n{actual}\n(BLESS=1 cargo test writes what was found)\n")
    })
}

/// Says that a test could not be run, where a reader of the test run sees it: past what the harness captures.
pub fn skipped(test: &str, why: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "SKIPPED {test}: {why}");
}

/// A small generator of chances that anybody can repeat (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())]
    }

    pub fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.roll(10) as u8)).collect()
    }
}

/// What `GUIDELINT_TEST_SEED` names, else always the same; printed, so that a failure can be repeated.
pub fn seed() -> u64 {
    let named = std::env::var("GUIDELINT_TEST_SEED").ok().and_then(|it| it.parse().ok());
    let seed = named.unwrap_or(20_261_122);
    eprintln!("GUIDELINT_TEST_SEED={seed}");
    seed
}

/// Whether somebody wants to read what is generated (`GUIDELINT_TEST_SHOW=1`, with `--nocapture`).
pub fn shows(round: usize) -> bool {
    round < 10 && std::env::var_os("GUIDELINT_TEST_SHOW").is_some()
}
