//! Mutants of fixtures: bytes, characters, words and lines changed, two guides spliced, line ends and marks exchanged.

use std::sync::Arc;

use guidelint::Source;

use super::common::{self, Dice};
use super::sound::{all_sound, checker, fixtures};
use super::spans::PIECES;
use super::whole::mends_soundly;

/// Mutants a round.
const MUTANTS: usize = 300;
/// Of these, so many are fixed as well, which checks them several times over.
const MENDED: usize = 40;

fn rounds() -> usize {
    std::env::var("GUIDELINT_TEST_ROUNDS").ok().and_then(|it| it.parse().ok()).unwrap_or(1)
}

#[test]
fn no_mutant_of_a_fixture_breaks_anything() {
    let mut dice = Dice(common::seed());
    for round in 0..MUTANTS * rounds() {
        let (name, text) = mutant(&mut dice);
        if common::shows(round) {
            eprintln!("{name}:\n{text}\n----");
        }
        // A guide that cannot be checked is shown whole: it is the test case.
        let outcome = std::panic::catch_unwind(|| {
            let source = Arc::new(Source::new(name.as_str(), text.as_str()));
            let report = common::check(checker(), &name, &text);
            all_sound(&report);
            let again = common::check(checker(), &name, &text);
            assert_eq!(super::sound::json(&report), super::sound::json(&again), "checked twice");
            if round % (MUTANTS / MENDED) == 0 {
                mends_soundly(&source);
            }
        });
        assert!(outcome.is_ok(), "mutant {round}: {name:?}\n{text:?}");
    }
}

/// A fixture with one to four changes.
fn mutant(dice: &mut Dice) -> (String, String) {
    let (name, text) = &fixtures()[dice.roll(fixtures().len())];
    let mut text = text.clone();
    for _ in 0..1 + dice.roll(4) {
        text = match dice.roll(11) {
            0 => bytes(dice, &text),
            1 => characters(dice, &text),
            2 | 3 => words(dice, &text),
            4 => lines(dice, &text),
            5 => splice(dice, &text),
            6 => text.replace('\n', "\r\n"),
            7 => text.replace('\n', dice.pick(&["\r", "\n\n", " ", "\n> ", "\n    ", "\n- "])),
            8 => format!("{}{text}", dice.pick(&["\u{feff}", "\n", "---\n", "\u{feff}---\n", " "])),
            9 => cut(dice, &text),
            _ => piece(dice, &text),
        };
    }
    (name.clone(), text)
}

fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn place(dice: &mut Dice, text: &str) -> usize {
    boundary(text, dice.roll(text.len() + 1))
}

/// Bytes changed at random; what is no longer UTF-8 becomes the replacement character, as an editor would have it.
fn bytes(dice: &mut Dice, text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..1 + dice.roll(8) {
        if let Some(last) = bytes.len().checked_sub(1) {
            let at = dice.roll(last + 1);
            match dice.roll(3) {
                0 => bytes[at] = dice.roll(256) as u8,
                1 => bytes[at] ^= 1 << dice.roll(8),
                _ => drop(bytes.remove(at)),
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A character doubled, removed, or put elsewhere.
fn characters(dice: &mut Dice, text: &str) -> String {
    let mut all: Vec<char> = text.chars().collect();
    if all.is_empty() {
        return String::new();
    }
    let (from, to) = (dice.roll(all.len()), dice.roll(all.len()));
    match dice.roll(3) {
        0 => all.swap(from, to),
        1 => all.insert(to, all[from]),
        _ => drop(all.remove(from)),
    }
    all.into_iter().collect()
}

fn shuffled(dice: &mut Dice, text: &str, between: char) -> String {
    let mut parts: Vec<&str> = text.split(between).collect();
    let (from, to) = (dice.roll(parts.len()), dice.roll(parts.len()));
    match dice.roll(3) {
        0 => parts.swap(from, to),
        1 => parts.insert(to, parts[from]),
        _ => drop(parts.remove(from)),
    }
    parts.join(&between.to_string())
}

fn words(dice: &mut Dice, text: &str) -> String {
    shuffled(dice, text, ' ')
}

fn lines(dice: &mut Dice, text: &str) -> String {
    shuffled(dice, text, '\n')
}

/// The first part of one guide and the last of another.
fn splice(dice: &mut Dice, text: &str) -> String {
    let (_, other) = &fixtures()[dice.roll(fixtures().len())];
    format!("{}{}", &text[..place(dice, text)], &other[place(dice, other)..])
}

fn cut(dice: &mut Dice, text: &str) -> String {
    text[..place(dice, text)].to_owned()
}

fn piece(dice: &mut Dice, text: &str) -> String {
    let at = place(dice, text);
    format!("{}{}{}", &text[..at], dice.pick(PIECES), &text[at..])
}
