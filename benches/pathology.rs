//! `cargo bench --bench pathology [-- WORD...]`: hostile Markdown and hostile text at 50 KB, 500 KB and 5 MB, each beside a bare
//! CommonMark pass over the same bytes in the same run. WORDs choose the kinds whose names contain one of them.
//!
//! The parser is linear on all of these, so every blow-up would be ours. Targets: at 50 KB, 500 KB and 5 MB at most six times the bare
//! pass plus 50 ms; at 500 KB at most 2 s; from 500 KB to 5 MB at most 13 times. The exponent is that of a power of the size,
//! fitted to the last two sizes. What misses a target is marked, and the exit status is 1.
//! Where the bare pass itself grows as fast, a growth is the parser's (its memory no longer fits the caches) and is shown as such.
//!
//! Times are the least of several rounds, bare and check in turn, so that a busy machine disturbs little.

use std::hint::black_box;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use guidelint::check::Settings;
use guidelint::date::Date;
use guidelint::{Checker, Source};

#[path = "common/yardstick.rs"]
mod yardstick;

#[path = "pathology/kinds.rs"]
mod kinds;

const SIZES: [usize; 3] = [50_000, 500_000, 5_000_000];
const MOST_RATIO: f64 = 6.0;
const SLACK_MS: f64 = 50.0;
const MOST_AT_500K_MS: f64 = 2_000.0;
const MOST_GROWTH: f64 = 13.0;
/// Below this a growth is start-up and noise.
const LEAST_MS: f64 = 5.0;
const LEAST_ROUNDS: usize = 2;
const MOST_ROUNDS: usize = 7;
const ENOUGH_MS: u128 = 300;
/// A kind that takes longer than this is not tried at the next size.
const GIVE_UP_MS: f64 = 10_000.0;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with('-')).collect();
    let chosen = |name: &str| words.is_empty() || words.iter().any(|word| name.contains(word.as_str()));
    let checker = Checker::builtin();
    // The phone engine and the tables warm up once, outside the figures.
    for kind in kinds::KINDS {
        check(&checker, &(kind.text)(2_000));
    }
    println!("{:24} {:>27}   {:>27}   {:>27}  growth exponent", "kind", "50 KB ms (bare, ×)", "500 KB", "5 MB");
    let (mut missed, mut measured, mut worst, mut steepest) = (Vec::new(), 0, (0.0, ""), (0.0, ""));
    for kind in kinds::KINDS.iter().filter(|kind| chosen(kind.name)) {
        measured += 1;
        let row = measure(&checker, kind);
        let cells: Vec<String> = row.cells.iter().map(|it| it.shown()).collect();
        let growth = row.growth();
        let exponent = growth.map_or("-".to_owned(), |it| format!("{:.1}   {:.2}", it, it.log10()));
        let faults = row.faults();
        let mark = if faults.is_empty() { String::new() } else { format!("  MISSED: {}", faults.join(", ")) };
        println!("{:24} {}  {exponent}{mark}", kind.name, cells.join("   "));
        if !faults.is_empty() {
            missed.push(kind.name);
        }
        for cell in &row.cells {
            let ratio = cell.beyond();
            if ratio > worst.0 {
                worst = (ratio, kind.name);
            }
        }
        if let Some(growth) = growth.filter(|it| *it > steepest.0) {
            steepest = (growth, kind.name);
        }
    }
    println!(
        "\n{measured} kinds, {} missed: {missed:?}\nlargest (check - {SLACK_MS} ms) / bare: {:.1} ({}); steepest growth: {:.1} ({})",
        missed.len(),
        worst.0,
        worst.1,
        steepest.0,
        steepest.1
    );
    if missed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

struct Cell {
    check: f64,
    bare: f64,
}

impl Cell {
    fn shown(&self) -> String {
        format!("{:9.1} ({:7.1}, {:5.1})", self.check, self.bare, self.check / self.bare)
    }

    /// How many times the bare pass it takes, the slack taken off.
    fn beyond(&self) -> f64 {
        (self.check - SLACK_MS).max(0.0) / self.bare
    }
}

struct Row {
    cells: Vec<Cell>,
}

impl Row {
    fn growth(&self) -> Option<f64> {
        let [_, before, after] = &self.cells[..] else { return None };
        Some(after.check / before.check.max(LEAST_MS))
    }

    /// Whether the parser alone grows as fast.
    fn is_the_parsers(&self) -> bool {
        let [_, before, after] = &self.cells[..] else { return false };
        self.growth().is_some_and(|growth| after.bare / before.bare >= growth * 0.9)
    }

    fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for (cell, size) in self.cells.iter().zip(["50 KB", "500 KB", "5 MB"]) {
            if cell.check > MOST_RATIO * cell.bare + SLACK_MS {
                faults.push(format!("ratio at {size}"));
            }
        }
        if self.cells.get(1).is_some_and(|it| it.check > MOST_AT_500K_MS) {
            faults.push("2 s".to_owned());
        }
        if self.growth().is_some_and(|it| it > MOST_GROWTH) {
            faults.push(if self.is_the_parsers() { "growth (the parser's)" } else { "growth" }.to_owned());
        }
        if self.cells.len() < SIZES.len() {
            faults.push("given up".to_owned());
        }
        faults
    }
}

fn measure(checker: &Checker, kind: &kinds::Kind) -> Row {
    let mut cells: Vec<Cell> = Vec::new();
    for size in SIZES {
        if cells.last().is_some_and(|it| it.check > GIVE_UP_MS / 3.0) {
            break;
        }
        let text = (kind.text)(size);
        let mut best = Cell { check: f64::MAX, bare: f64::MAX };
        let started = Instant::now();
        for round in 0..MOST_ROUNDS {
            if round >= LEAST_ROUNDS && started.elapsed().as_millis() > ENOUGH_MS {
                break;
            }
            best.bare = best.bare.min(millis(|| black_box(yardstick::parse(&text))));
            best.check = best.check.min(millis(|| black_box(check(checker, &text))));
            if best.check > GIVE_UP_MS {
                break;
            }
        }
        cells.push(best);
    }
    Row { cells }
}

fn check(checker: &Checker, text: &str) -> usize {
    let source = Arc::new(Source::new("guide.md", text));
    let today = Date::new(2026, 11, 22).unwrap();
    checker.check_with(source, today, &Settings::default()).diagnostics.len()
}

fn millis(work: impl FnOnce() -> usize) -> f64 {
    let started = Instant::now();
    black_box(work());
    started.elapsed().as_secs_f64() * 1e3
}
