//! Wakes one mutant after the other and asks the tests about it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::compile::Suite;

/// A suite, the processor time it takes when nothing is mutated, and which mutants it comes by.
pub struct Measured {
    pub suite: Suite,
    pub time: f64,
    pub reaches: BTreeSet<usize>,
}

/// What became of a mutant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    Killed {
        by: String,
    },
    /// A suite took ten times as long as it should.
    TimedOut {
        by: String,
    },
    Survived,
    /// No suite comes by the place.
    Unreached,
}

impl Fate {
    pub fn is_dead(&self) -> bool {
        matches!(self, Fate::Killed { .. } | Fate::TimedOut { .. })
    }
}

/// Runs every suite once with no mutant awake. `rules` comes first, for it kills most; the others by the time they take.
pub fn measure(folder: &Path, suites: Vec<Suite>) -> io::Result<Vec<Measured>> {
    const SCRIPT: &str = "nice -n 10 \"$0\" --test-threads=1; code=$?; times >\"$GUIDELINT_TIMES\"; exit $code";
    let me = std::process::id();
    let (trace, times) = (folder.join(format!("target/reached-{me}")), folder.join(format!("target/times-{me}")));
    let mut all = Vec::new();
    for suite in suites {
        let _ = fs::remove_file(&trace);
        let mut command = command(folder, &suite, SCRIPT);
        command.env("GUIDELINT_REACHED", &trace).env("GUIDELINT_TIMES", &times);
        if run(command)? != Some(true) {
            return Err(io::Error::other(format!("{} fails with no mutant awake", suite.name)));
        }
        let time = seconds(&fs::read_to_string(&times)?);
        let reached = fs::read_to_string(&trace).unwrap_or_default();
        let reaches: BTreeSet<usize> = reached.lines().filter_map(|it| it.parse().ok()).collect();
        println!("{time:>7.1} s  {:>4} reached  {}", reaches.len(), suite.name);
        all.push(Measured { suite, time, reaches });
    }
    all.sort_by(|a, b| (a.suite.name != "rules").cmp(&(b.suite.name != "rules")).then(a.time.total_cmp(&b.time)));
    Ok(all)
}

/// What children took, of the two lines a shell's `times` writes: `0m1.230000s 0m0.010000s`, user and system.
fn seconds(times: &str) -> f64 {
    let one = |it: &str| {
        let (minutes, seconds) = it.trim_end_matches('s').split_once('m')?;
        Some(minutes.parse::<f64>().ok()? * 60.0 + seconds.parse::<f64>().ok()?)
    };
    times.lines().last().into_iter().flat_map(str::split_whitespace).filter_map(one).sum()
}

/// Asks the suites that come by this mutant, until one fails.
pub fn judge(folder: &Path, suites: &[Measured], id: usize) -> io::Result<Fate> {
    let mut fate = Fate::Unreached;
    for it in suites.iter().filter(|it| it.reaches.contains(&id)) {
        // Processor time, which is the same on a busy machine, and which the programs that a test starts are held to as well.
        let limit = (it.time * 10.0) as u64 + 2;
        let script = format!("ulimit -v 8000000; ulimit -t {limit}; exec nice -n 10 \"$0\" --test-threads=1");
        let mut command = command(folder, &it.suite, &script);
        command.env("GUIDELINT_MUTANT", id.to_string());
        match run(command)? {
            Some(true) => fate = Fate::Survived,
            Some(false) => return Ok(Fate::Killed { by: it.suite.name.clone() }),
            None => return Ok(Fate::TimedOut { by: it.suite.name.clone() }),
        }
    }
    Ok(fate)
}

/// One core, low priority, and no more memory than a mutant needs to show that it never ends.
fn command(folder: &Path, suite: &Suite, script: &str) -> Command {
    let mut command = Command::new("sh");
    command
        .args(["-c", script])
        .arg(&suite.program)
        .env("CARGO_MANIFEST_DIR", folder)
        .env("RAYON_NUM_THREADS", "1")
        .env_remove("BLESS")
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

/// Whether the suite passed, or `None` when it was out of time. Stops at the first test that fails.
fn run(mut command: Command) -> io::Result<Option<bool>> {
    // SIGXCPU, and SIGKILL for who does not listen to it.
    const OUT_OF_TIME: [i32; 2] = [24, 9];
    let mut child = command.spawn()?;
    let (failed, heard) = mpsc::channel();
    let lines = child.stdout.take().map(BufReader::new);
    // A grandchild may hold the pipe open: the listener is not waited for.
    thread::spawn(move || {
        for line in lines.into_iter().flat_map(|it| it.lines().map_while(Result::ok)) {
            if line.starts_with("test ") && line.ends_with("FAILED") {
                let _ = failed.send(());
            }
        }
    });
    loop {
        if let Some(status) = child.try_wait()? {
            let out_of_time = status.signal().is_some_and(|it| OUT_OF_TIME.contains(&it));
            return Ok((!out_of_time).then(|| status.success()));
        }
        if heard.try_recv().is_ok() {
            child.kill()?;
            child.wait()?;
            return Ok(Some(false));
        }
        thread::sleep(Duration::from_millis(5));
    }
}

/// Figures per module: sampled, killed, timed out, survived, unreached.
pub fn sums<'a>(fates: impl Iterator<Item = (&'a str, &'a Fate)>) -> BTreeMap<&'a str, [usize; 5]> {
    let mut sums: BTreeMap<&str, [usize; 5]> = BTreeMap::new();
    for (module, fate) in fates {
        let sum = sums.entry(module).or_default();
        sum[0] += 1;
        sum[match fate {
            Fate::Killed { .. } => 1,
            Fate::TimedOut { .. } => 2,
            Fate::Survived => 3,
            Fate::Unreached => 4,
        }] += 1;
    }
    sums
}
