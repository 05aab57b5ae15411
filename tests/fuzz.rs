//! What the fuzzer found worth keeping, run as it runs it: `fuzz/README.md` says how the corpus is made.

mod common;
#[path = "../fuzz/src/targets.rs"]
mod targets;

use std::fs;

use common::Dice;

#[test]
fn every_target_bears_its_corpus() {
    for (name, run) in targets::TARGETS {
        let folder = common::root().join("fuzz/corpus").join(name);
        let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|it| it.unwrap().path()).collect();
        files.sort();
        assert!(!files.is_empty(), "fuzz/corpus/{name} is empty");
        for path in files {
            let data = fs::read(&path).unwrap();
            let outcome = std::panic::catch_unwind(|| run(&data));
            assert!(outcome.is_ok(), "{name} fails on {}", path.display());
        }
    }
}

/// Changed at random, for those who have no fuzzer; `GUIDELINT_TEST_ROUNDS` makes more of them.
#[test]
fn every_target_bears_changes_of_its_corpus() {
    let mut dice = Dice(common::seed());
    let rounds: usize = std::env::var("GUIDELINT_TEST_ROUNDS").ok().and_then(|it| it.parse().ok()).unwrap_or(1);
    for (name, run) in targets::TARGETS {
        let folder = common::root().join("fuzz/corpus").join(name);
        let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|it| it.unwrap().path()).collect();
        files.sort();
        // Reading every country again takes its time.
        let cases = rounds * if name == "country" { 10 } else { 60 };
        for case in 0..cases {
            let mut data = fs::read(&files[dice.roll(files.len())]).unwrap();
            for _ in 0..1 + dice.roll(6) {
                change(&mut dice, &mut data);
            }
            let outcome = std::panic::catch_unwind(|| run(&data));
            assert!(outcome.is_ok(), "{name}, case {case}: {:?}", String::from_utf8_lossy(&data));
        }
    }
}

fn change(dice: &mut Dice, data: &mut Vec<u8>) {
    let at = dice.roll(data.len() + 1);
    match dice.roll(5) {
        0 => data.insert(at, dice.roll(256) as u8),
        1 => data.truncate(at),
        2 if at < data.len() => data[at] ^= 1 << dice.roll(8),
        3 if at < data.len() => drop(data.remove(at)),
        _ => {
            let to = dice.roll(data.len() + 1);
            let piece = data[at.min(to)..at.max(to)].to_vec();
            data.splice(at..at, piece.into_iter().take(200));
        }
    }
}
