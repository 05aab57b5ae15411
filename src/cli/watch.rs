//! `--watch`: checks, waits until something changes, and checks again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::args::CheckArgs;
use super::project::{FILE_NAME, FOLDER_NAME};
use super::{Outcome, check, output};

/// How often files are looked at.
const PAUSE: Duration = Duration::from_millis(300);

type State = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

pub fn run(args: &CheckArgs) -> Outcome {
    if args.paths.iter().any(|it| it.as_os_str() == "-") {
        output::complain("--watch watches files and folders, not standard input");
        return Outcome::Failed;
    }
    let mut before = state(&args.paths);
    loop {
        let outcome = check::run(args);
        output::print_error(&format!(
            "guidelint: {}; watching\n",
            match outcome {
                Outcome::Clean => "nothing to mend",
                Outcome::Findings => "something to mend",
                Outcome::Failed => "not everything could be checked",
            }
        ));
        loop {
            std::thread::sleep(PAUSE);
            let now = state(&args.paths);
            if now != before {
                before = now;
                break;
            }
        }
    }
}

/// Every file below the paths and every configuration above them, with the time and size it has.
fn state(paths: &[PathBuf]) -> State {
    let mut state = State::new();
    for path in paths {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        for above in absolute.ancestors().skip(1) {
            take(&above.join(FILE_NAME), &mut state);
            if above.join(FILE_NAME).is_file() {
                walk(&above.join(FOLDER_NAME), &mut state);
            }
        }
        walk(&absolute, &mut state);
    }
    state
}

fn walk(path: &Path, state: &mut State) {
    for entry in ignore::WalkBuilder::new(path).require_git(false).build().flatten() {
        take(entry.path(), state);
    }
}

fn take(path: &Path, state: &mut State) {
    if let Ok(meta) = std::fs::metadata(path)
        && meta.is_file()
    {
        state.insert(path.to_owned(), (meta.modified().ok(), meta.len()));
    }
}
