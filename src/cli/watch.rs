//! `--watch`: checks, waits until something changes, and checks what did.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use guidelint::render::Format;

use super::args::CheckArgs;
use super::project::{FILE_NAME, FOLDER_NAME, Projects};
use super::{Outcome, check, files, output};

/// How often files are looked at.
const PAUSE: Duration = Duration::from_millis(300);

type State = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

pub fn run(args: &CheckArgs) -> Outcome {
    if args.paths.iter().any(|it| it.as_os_str() == "-") {
        output::complain("--watch watches files and folders, not standard input");
        return Outcome::Failed;
    }
    let mut scope = Scope::of(args);
    let mut before = scope.state(args);
    let mut next = args.clone();
    loop {
        let outcome = check::run(&next);
        output::print_error(&format!(
            "guidelint: {}; watching\n",
            match outcome {
                Outcome::Clean => "nothing to mend",
                Outcome::Findings => "something to mend",
                Outcome::Failed => "not everything could be checked",
            }
        ));
        let now = loop {
            std::thread::sleep(PAUSE);
            let now = scope.state(args);
            if now != before {
                break now;
            }
        };
        let changed = changed(&before, &now);
        before = now;
        next = match scope.are_guides(&changed) && tells_guide_by_guide(args) {
            true => only(args, changed),
            false => {
                scope = Scope::of(args);
                before = scope.state(args);
                args.clone()
            }
        };
    }
}

/// A report that stands for all guides has to be written anew with all of them.
fn tells_guide_by_guide(args: &CheckArgs) -> bool {
    args.report.is_empty() && matches!(args.format, Format::Text | Format::Concise)
}

/// The same check of some guides; what a folder would not have come upon is not read because it changed.
fn only(args: &CheckArgs, guides: BTreeSet<PathBuf>) -> CheckArgs {
    let absolute = |it: &PathBuf| std::path::absolute(it).unwrap_or_else(|_| it.clone());
    let named: Vec<PathBuf> = args.paths.iter().map(absolute).collect();
    let force_exclude = args.force_exclude || !guides.iter().all(|it| named.contains(it));
    CheckArgs { paths: guides.into_iter().collect(), force_exclude, allow_no_files: true, ..args.clone() }
}

/// Paths that are new, gone or different.
fn changed(before: &State, now: &State) -> BTreeSet<PathBuf> {
    let differs = |path: &&PathBuf| before.get(*path) != now.get(*path);
    before.keys().chain(now.keys()).filter(differs).cloned().collect()
}

/// What a check depends on: nothing else that changes, such as a report it writes, sets it off again.
struct Scope {
    endings: BTreeSet<String>,
    /// Configurations, baselines, and the folders of packs and of projects' own rules.
    settings: BTreeSet<PathBuf>,
}

impl Scope {
    fn of(args: &CheckArgs) -> Scope {
        let mut scope = Scope {
            endings: files::ENDINGS.into_iter().map(str::to_owned).collect(),
            settings: args.config.iter().chain(&args.baseline).cloned().collect(),
        };
        let mut projects = Projects::new(args.config.as_deref(), args.isolated, args.baseline.as_deref());
        for path in &args.paths {
            let absolute = std::path::absolute(path).unwrap_or_else(|_| path.clone());
            scope.settings.extend(absolute.ancestors().skip(1).map(|it| it.join(FILE_NAME)));
        }
        for job in check::collect(args, &mut projects).map(|it| it.0).unwrap_or_default() {
            let project = &job.project;
            scope.endings.extend(project.endings().map(str::to_lowercase));
            scope.settings.insert(project.root.join(FOLDER_NAME));
            scope.settings.extend(project.config.baseline.iter().map(|it| project.root.join(it)));
            scope.settings.extend(project.packs.iter().cloned());
        }
        scope
    }

    fn is_guide(&self, path: &Path) -> bool {
        let ending = path.extension().and_then(OsStr::to_str).unwrap_or("").to_lowercase();
        self.endings.contains(&ending)
    }

    /// Whether all of these are guides that are there.
    fn are_guides(&self, paths: &BTreeSet<PathBuf>) -> bool {
        paths.iter().all(|it| self.is_guide(it) && it.is_file() && !self.settings.iter().any(|of| it.starts_with(of)))
    }

    /// Every file that matters, with the time and size it has.
    fn state(&self, args: &CheckArgs) -> State {
        let mut state = State::new();
        for path in &args.paths {
            let absolute = std::path::absolute(path).unwrap_or_else(|_| path.clone());
            if absolute.is_file() {
                take(&absolute, &mut state);
            }
            walk(&absolute, &mut state, |it| {
                let name = it.file_name().and_then(OsStr::to_str).unwrap_or("");
                self.is_guide(it) || name == FILE_NAME || files::IGNORE_FILES.contains(&name)
            });
        }
        for path in &self.settings {
            match path.is_dir() {
                true => walk(path, &mut state, |it| it.extension() == Some(OsStr::new("toml"))),
                false => take(path, &mut state),
            }
        }
        state
    }
}

fn walk(path: &Path, state: &mut State, matters: impl Fn(&Path) -> bool) {
    let ignore_file = |it: &Path| it.file_name().is_some_and(|name| files::IGNORE_FILES.iter().any(|it| name == *it));
    // The files that say what is ignored are hidden themselves.
    let shown = move |entry: &ignore::DirEntry| {
        entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".") || ignore_file(entry.path())
    };
    let mut walker = ignore::WalkBuilder::new(path);
    walker.hidden(false).require_git(false).add_custom_ignore_filename(".guidelintignore").filter_entry(shown);
    for entry in walker.build().flatten().filter(|it| matters(it.path())) {
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
