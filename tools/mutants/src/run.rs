//! Wakes one mutant after the other and asks the tests about it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::compile::Suite;

/// A suite, what it takes when nothing is mutated, and which mutants it comes by.
pub struct Measured {
    pub suite: Suite,
    pub time: Duration,
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
    let trace = folder.join("target/reached");
    let mut all = Vec::new();
    for suite in suites {
        let _ = fs::remove_file(&trace);
        let started = Instant::now();
        let mut command = command(folder, &suite);
        command.env("GUIDELINT_REACHED", &trace);
        if run(command, Duration::from_secs(1800))? != Some(true) {
            return Err(io::Error::other(format!("{} fails with no mutant awake", suite.name)));
        }
        let time = started.elapsed();
        let reached = fs::read_to_string(&trace).unwrap_or_default();
        let reaches: BTreeSet<usize> = reached.lines().filter_map(|it| it.parse().ok()).collect();
        println!("{:>7.1} s  {:>4} reached  {}", time.as_secs_f32(), reaches.len(), suite.name);
        all.push(Measured { suite, time, reaches });
    }
    all.sort_by_key(|it| (it.suite.name != "rules", it.time));
    Ok(all)
}

/// Asks the suites that come by this mutant, until one fails.
pub fn judge(folder: &Path, suites: &[Measured], id: usize) -> io::Result<Fate> {
    let mut fate = Fate::Unreached;
    for it in suites.iter().filter(|it| it.reaches.contains(&id)) {
        let mut command = command(folder, &it.suite);
        command.env("GUIDELINT_MUTANT", id.to_string());
        let limit = it.time * 10 + Duration::from_secs(5);
        match run(command, limit)? {
            Some(true) => fate = Fate::Survived,
            Some(false) => return Ok(Fate::Killed { by: it.suite.name.clone() }),
            None => return Ok(Fate::TimedOut { by: it.suite.name.clone() }),
        }
    }
    Ok(fate)
}

/// One core, low priority, and no more memory than a mutant needs to show that it never ends.
fn command(folder: &Path, suite: &Suite) -> Command {
    let mut command = Command::new("sh");
    command
        .args(["-c", "ulimit -v 8000000; exec nice -n 10 \"$0\" --test-threads=1"])
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

/// Whether the suite passed, or `None` when it took too long. Stops at the first test that fails.
fn run(mut command: Command, limit: Duration) -> io::Result<Option<bool>> {
    let mut child = command.spawn()?;
    let (failed, heard) = mpsc::channel();
    let lines = child.stdout.take().map(BufReader::new);
    let listener = thread::spawn(move || {
        for line in lines.into_iter().flat_map(|it| it.lines().map_while(Result::ok)) {
            if line.starts_with("test ") && line.ends_with("FAILED") {
                let _ = failed.send(());
            }
        }
    });
    let started = Instant::now();
    let passed = loop {
        if let Some(status) = child.try_wait()? {
            break Some(status.success());
        }
        if heard.try_recv().is_ok() {
            break Some(false);
        }
        if started.elapsed() > limit {
            break None;
        }
        thread::sleep(Duration::from_millis(5));
    };
    stop(&mut child)?;
    // A grandchild may hold the pipe open; it is not waited for.
    drop(listener);
    Ok(passed)
}

fn stop(child: &mut Child) -> io::Result<()> {
    let _ = child.kill();
    child.wait().map(drop)
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
