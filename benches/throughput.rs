//! `cargo bench --bench throughput`: MB/s of a whole check beside a bare CommonMark pass over the same bytes, in one run.
//!
//! Rounds alternate, so that a busy machine slows both; the ratio of each round and its median are what counts.

#[path = "common/guides.rs"]
mod guides;
#[path = "common/yardstick.rs"]
mod yardstick;

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use guidelint::check::Settings;
use guidelint::date::Date;
use guidelint::knowledge::Knowledge;
use guidelint::{Checker, Source};

const GUIDES: usize = 1000;
const ROUNDS: usize = 9;

fn main() {
    let knowledge = Knowledge::builtin();
    let guides = guides::guides(&knowledge, GUIDES);
    let bytes: usize = guides.iter().map(String::len).sum();
    let started = Instant::now();
    let checker = Checker::builtin();
    println!("{GUIDES} guides, {:.1} MB; knowledge and rules ready in {:.1} ms", bytes as f64 / 1e6, millis(started));
    let sources: Vec<Arc<Source>> =
        guides.iter().enumerate().map(|(at, text)| Arc::new(Source::new(format!("{at}.md"), text.as_str()))).collect();
    let mut ratios = Vec::new();
    let mut findings = 0;
    for round in 0..ROUNDS {
        let started = Instant::now();
        for text in &guides {
            black_box(yardstick::parse(text));
        }
        let bare = millis(started);
        let started = Instant::now();
        findings = 0;
        for source in &sources {
            let report = checker.check_with(source.clone(), today(), &Settings::default());
            findings += black_box(report).diagnostics.len();
        }
        let check = millis(started);
        let speed = |millis: f64| bytes as f64 / 1e3 / millis;
        println!(
            "round {round}: bare {:7.1} MB/s   check {:6.1} MB/s   ratio {:.2}",
            speed(bare),
            speed(check),
            check / bare
        );
        if round > 0 {
            ratios.push(check / bare);
        }
    }
    ratios.sort_by(f64::total_cmp);
    println!("{findings} findings; ratio check / bare: median {:.2}, least {:.2}", ratios[ratios.len() / 2], ratios[0]);
}

fn today() -> Date {
    Date::new(2026, 11, 22).unwrap()
}

fn millis(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}
