//! `cargo bench --bench numbers`: what telephone numbers cost. How hostile digits grow from 250 KB to 1 MB, what the first
//! number of a process costs and each further one, and that a guide without digits pays for none.

#[path = "common/hostile.rs"]
mod hostile;

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use guidelint::check::Settings;
use guidelint::date::Date;
use guidelint::facts::{questions, verdict};
use guidelint::{Checker, Source};
use hostile::HOSTILE;

fn main() {
    let checker = Checker::builtin();
    first_number(&checker);
    growth(&checker);
}

fn check(checker: &Checker, text: &str) -> f64 {
    let source = Arc::new(Source::new("guide.md", text));
    let started = Instant::now();
    black_box(checker.check_with(source, Date::new(2026, 11, 22).unwrap(), &Settings::default()));
    millis(started)
}

fn millis(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

fn first_number(checker: &Checker) {
    let plain =
        "# How to cancel an Albanian SIM\n\nVisit a shop of Vodafone Albania in Tirana and bring your passport.\n";
    for _ in 0..100 {
        check(checker, plain);
    }
    let without = (0..100).map(|_| check(checker, plain)).fold(f64::MAX, f64::min);
    println!("guide without digits: {without:.3} ms, {} questions to the phone engine so far", questions());
    let guide = |number: &str| format!("{plain}\nCall +355 69 {number}.\n");
    let first = check(checker, &guide("482 0157"));
    let again = (0..100).map(|at| check(checker, &guide(&format!("482 01{at:02}")))).fold(f64::MAX, f64::min);
    println!("first guide with a number in this process: {first:.3} ms; next ones: {again:.3} ms");
    let started = Instant::now();
    black_box(verdict("+90 212 345 67 89", None).is_ok());
    println!("first number of another country: {:.3} ms", millis(started));
    let numbers: Vec<String> = (0..20_000).map(|at| format!("+355 69 48{at:05}")).collect();
    let started = Instant::now();
    for number in &numbers {
        black_box(verdict(number, None).is_ok());
    }
    println!("each further number: {:.2} µs", millis(started) * 1e3 / numbers.len() as f64);
}

fn growth(checker: &Checker) {
    println!("{:24} {:>10} {:>10} {:>7}", "1 MB of", "250 KB ms", "1 MB ms", "growth");
    for unit in HOSTILE {
        row(checker, unit, 250_000, 1_000_000);
    }
    println!("a million short numbers:");
    row(checker, "142, ", 1_250_000, 5_000_000);
    row(checker, "10086 ", 1_500_000, 6_000_000);
}

fn row(checker: &Checker, unit: &str, small: usize, large: usize) {
    let time = |bytes: usize| {
        let text = format!("# SIM in Albania\n\nCall {}\n", unit.repeat(bytes / unit.len()));
        (0..2).map(|_| check(checker, &text)).fold(f64::MAX, f64::min)
    };
    let (small, large) = (time(small), time(large));
    println!("{unit:24?} {small:10.1} {large:10.1} {:7.1}", large / small);
}
