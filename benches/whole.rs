//! Whole processes: `cargo bench --bench whole -- FOLDER… [--pairs N] [--jobs N]` prints, for each folder, user plus system time
//! of `guidelint check --format json` over that of the yardstick (walk, read, check the encoding, drain the CommonMark parser), as
//! the median of pairs that alternate. Without a folder, 5,000 guides are generated and measured.
//!
//! `cargo bench --bench whole -- --write FOLDER N` writes the first N generated guides; `--bare FOLDER` is the yardstick itself.

#[path = "common/guides.rs"]
mod guides;
#[path = "common/yardstick.rs"]
mod yardstick;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use guidelint::knowledge::Knowledge;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["--bare", folder] => println!("{}", bare(Path::new(folder))),
        ["--write", folder, count] => write(Path::new(folder), count.parse().expect("a number of guides")),
        _ => measure(&words),
    }
}

/// The yardstick over a folder, on one thread.
fn bare(folder: &Path) -> usize {
    let mut total = 0;
    for entry in ignore::WalkBuilder::new(folder).build().flatten() {
        if entry.path().extension().is_some_and(|it| it == "md")
            && let Ok(text) = std::fs::read_to_string(entry.path())
        {
            total += yardstick::parse(&text);
        }
    }
    total
}

fn write(folder: &Path, count: usize) {
    std::fs::create_dir_all(folder).unwrap();
    for (at, text) in guides::guides(&Knowledge::builtin(), count).into_iter().enumerate() {
        let part = folder.join(format!("{:03}", at / 100));
        std::fs::create_dir_all(&part).unwrap();
        std::fs::write(part.join(format!("{at:05}.md")), text).unwrap();
    }
}

fn measure(words: &[&str]) {
    let option = |name: &str, default: usize| {
        let at = words.iter().position(|it| *it == name);
        at.and_then(|at| words.get(at + 1)?.parse().ok()).unwrap_or(default)
    };
    let (pairs, jobs) = (option("--pairs", 15), option("--jobs", 1));
    let mut folders: Vec<PathBuf> = Vec::new();
    let mut skip = false;
    for word in words {
        match std::mem::take(&mut skip) {
            false if word.starts_with("--") => skip = true,
            false => folders.push(word.into()),
            true => {}
        }
    }
    let own = tempfile::tempdir().unwrap();
    if folders.is_empty() {
        write(own.path(), 5000);
        folders.push(own.path().to_owned());
    }
    for folder in folders {
        pair(&folder, pairs, jobs);
    }
}

fn pair(folder: &Path, pairs: usize, jobs: usize) {
    let mut rows: Vec<(f64, f64)> = Vec::new();
    for _ in 0..=pairs {
        let mut yardstick = Command::new(std::env::current_exe().unwrap());
        let mut check = Command::new(env!("CARGO_BIN_EXE_guidelint"));
        yardstick.arg("--bare").arg(folder);
        check
            .args(["check", "--isolated", "--format", "json", "--fail-on", "never", "--jobs", &jobs.to_string()])
            .arg(folder);
        rows.push((seconds(&mut yardstick), seconds(&mut check)));
    }
    // The first pair fills the page cache.
    rows.remove(0);
    let median = |mut all: Vec<f64>| {
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    };
    let bare = median(rows.iter().map(|it| it.0).collect());
    let check = median(rows.iter().map(|it| it.1).collect());
    let ratio = median(rows.iter().map(|it| it.1 / it.0).collect());
    println!(
        "{}: yardstick {bare:.3} s, check {check:.3} s of CPU, ratio {ratio:.2} (median of {pairs} pairs)",
        folder.display()
    );
}

/// User and system seconds of a child.
fn seconds(command: &mut Command) -> f64 {
    let spent = || {
        let usage = nix::sys::resource::getrusage(nix::sys::resource::UsageWho::RUSAGE_CHILDREN).unwrap();
        [usage.user_time(), usage.system_time()]
            .iter()
            .map(|it| it.tv_sec() as f64 + it.tv_usec() as f64 / 1e6)
            .sum::<f64>()
    };
    let before = spent();
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(status.success(), "{command:?}: {status}");
    spent() - before
}
