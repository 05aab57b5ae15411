//! Interrupted, and talking to somebody who no longer listens.

use std::fs;
use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};

use super::{FAULTY, Folder, errors};

/// How a run is told to end, and the signal's number. What a script starts in its background ignores interrupts, and so do
/// its children: there it is asked to terminate.
fn interruption() -> (&'static str, i32) {
    const INTERRUPT: u64 = 1 << 1;
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|it| u64::from_str_radix(it.strip_prefix("SigIgn:")?.trim(), 16).ok());
    match ignored.unwrap_or(0) & INTERRUPT {
        0 => ("-INT", 2),
        _ => ("-TERM", 15),
    }
}

#[test]
fn an_interrupted_run_leaves_no_half_report() {
    let folder = Folder::new(&[("b.md", FAULTY.as_bytes()), ("report.json", b"the old report")]);
    let pipe = folder.path().join("a.md");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let before = folder.names();
    let mut command = folder.command("check a.md b.md --jobs 1 --fix --report json=report.json");
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // It reads from the pipe, and nothing comes.
    let writer = fs::OpenOptions::new().write(true).open(&pipe).unwrap();
    let (option, signal) = interruption();
    assert!(Command::new("kill").args([option, &child.id().to_string()]).status().unwrap().success());
    let out = child.wait_with_output().unwrap();
    drop(writer);
    assert_eq!(out.status.signal(), Some(signal), "{:?}", out.status);
    assert_eq!(folder.read("report.json"), "the old report");
    assert_eq!(folder.read("b.md"), FAULTY);
    assert_eq!(folder.names(), before);
}

#[test]
fn a_reader_that_goes_away_ends_nothing_badly() {
    // More than a pipe holds.
    let guide = format!("# How to cancel an Albanian SIM\n\n{}", "Call +355 69 123 4567.\n\n".repeat(400));
    let folder = Folder::new(&[("a.md", guide.as_bytes()), ("b.md", guide.as_bytes())]);
    for format in ["text", "json", "html", "jsonl"] {
        let mut command = folder.command(&format!("check --format {format}"));
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = [0; 16];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let out = child.wait_with_output().unwrap();
        assert_eq!(out.status.code(), Some(1), "{format}: {}", errors(&out));
        assert!(!errors(&out).contains("panicked"), "{format}: {}", errors(&out));
    }
}
