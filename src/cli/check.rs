//! `guidelint check`.

use std::io::IsTerminal;
use std::mem::ManuallyDrop;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use guidelint::check::{FileSize, Selection, Settings};
use guidelint::date::Date;
use guidelint::diagnostic::{Applicability, Failure, FileReport, Language, RuleMeta};
use guidelint::render::{self, Style};
use guidelint::{Checker, Source};
use rayon::prelude::*;

use super::args::{CheckArgs, Colour, MessageLang};
use super::changed::Changed;
use super::files::{self, Filter, Refused};
use super::progress::Progress;
use super::project::{Broken, Project, Projects};
use super::session::Session;
use super::{Outcome, allow, ignored, output};

/// Guides checked before what was found in them is written and forgotten.
const BATCH: usize = 256;

pub fn run(args: &CheckArgs) -> Outcome {
    let today = args.as_of.unwrap_or_else(today);
    let style = style(args);
    if let Some(path) = &args.explain_ignored {
        return ignored::run(args, path, today, &style);
    }
    // The process ends with the run: to take all knowledge apart piece by piece would only cost time.
    let mut projects =
        ManuallyDrop::new(Projects::new(args.config.as_deref(), args.isolated, args.baseline.as_deref()));
    let (jobs, failures) = match collect(args, &mut projects) {
        Ok(found) => found,
        Err(message) => return refuse(&message),
    };
    let checkers = projects.checkers();
    let rules = rules_of(&checkers);
    let broken = !projects.broken.is_empty();
    report_broken(&projects.broken, &style);
    // Where a project cannot be read, its rules are not known either.
    let named = args.select.iter().chain(&args.ignore).chain(&args.add_allow);
    if let Some(unknown) = named.filter_map(|name| Selection::resolve(name, rules.iter().copied()).err()).next() {
        return if broken { Outcome::Failed } else { refuse(&unknown.to_string()) };
    }
    if jobs.is_empty() && failures.is_empty() && !broken {
        if args.allow_no_files {
            return Outcome::Clean;
        }
        return refuse(
            "no guide found: no .md, .markdown or .mdx file is in the given folders, or each is excluded (--allow-no-files permits that)",
        );
    }
    if args.diff_base.is_some() && jobs.iter().any(|job| job.path.is_none()) {
        return refuse("--diff-base asks git what changed in files; git does not know standard input");
    }
    if let Some(fault) = args.reason.as_deref().and_then(allow::fault_in) {
        return refuse(fault);
    }
    let country = args.country.as_deref();
    let unknown = checkers.first().and_then(|it| super::no_such_country(it.knowledge(), country));
    if let Some(message) = unknown.or_else(|| overwritten(args, &jobs)) {
        return refuse(&message);
    }
    let changed = match args.diff_base.as_deref().map(Changed::since).transpose() {
        Ok(changed) => changed,
        Err(message) => return refuse(&message),
    };
    let newest = checkers.iter().filter_map(|it| it.knowledge().as_of()).max();
    let mut progress = Progress::new(jobs.len(), args.quiet, style.language);
    let running = running(&rules, &jobs, args);
    let mut session = Session::new(args, &running, today, newest, style, failures);
    session.docs_url = jobs.iter().find_map(|job| job.project.config.docs_url.clone());
    session.told = projects.broken.iter().map(Broken::failure).collect();
    session.begin();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.jobs.unwrap_or(0)).build();
    for (at, batch) in jobs.chunks(BATCH).enumerate() {
        progress.show(at * BATCH);
        let check = |job: &Job| check_one(job, args, today, changed.as_ref());
        let results: Vec<_> = match &pool {
            Ok(pool) => pool.install(|| batch.par_iter().map(check).collect()),
            Err(_) => batch.iter().map(check).collect(),
        };
        progress.clear();
        for (job, result) in batch.iter().zip(results) {
            session.take(job, result);
        }
    }
    session.end()
}

/// A report that would be lost, or take the place of a guide.
fn overwritten(args: &CheckArgs, jobs: &[Job]) -> Option<String> {
    let real = |path: &PathBuf| path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_default();
    let mut seen = Vec::new();
    for (_, path) in &args.report {
        let (shown, at) = (files::shown(path), real(path));
        if path.as_os_str() == "-" {
            return Some("--report writes files; what goes to standard output is --format".to_owned());
        }
        if seen.contains(&at) {
            return Some(format!("two reports cannot both be written to {shown}"));
        }
        let mut alike = jobs.iter().filter_map(|job| job.path.as_ref()).filter(|it| it.file_name() == at.file_name());
        if alike.any(|guide| real(guide) == at) {
            return Some(format!("{shown} is a guide; no report takes its place"));
        }
        seen.push(at);
    }
    None
}

fn refuse(message: &str) -> Outcome {
    output::complain(message);
    Outcome::Failed
}

/// Every rule of every project, each once, by name.
fn rules_of(checkers: &[Arc<Checker>]) -> Vec<&RuleMeta> {
    let mut rules: Vec<&RuleMeta> = checkers.iter().flat_map(|it| it.rules()).collect();
    rules.sort_by(|a, b| a.name.cmp(&b.name));
    rules.dedup_by(|a, b| a.name == b.name);
    rules
}

/// The rules that may run in any of these guides.
fn running<'a>(rules: &[&'a RuleMeta], jobs: &[Job], args: &CheckArgs) -> Vec<&'a RuleMeta> {
    let mut projects: Vec<&Job> = Vec::new();
    for job in jobs {
        if !projects.iter().any(|it| Arc::ptr_eq(&it.project, &job.project)) {
            projects.push(job);
        }
    }
    let settings: Vec<Settings> = projects.into_iter().map(|job| settings(args, job)).collect();
    rules.iter().copied().filter(|meta| settings.iter().any(|it| it.may_run(meta))).collect()
}

/// What became of a guide.
pub struct Checked {
    /// What is to be reported.
    pub report: FileReport,
    /// The text as it was read, when it was mended.
    pub was: Option<Arc<Source>>,
    /// How many fixes or comments went in.
    pub applied: usize,
}

/// A guide to check, and the project it belongs to.
pub struct Job {
    /// Where it lies; `None` for standard input.
    pub path: Option<PathBuf>,
    /// The project it belongs to.
    pub project: Arc<Project>,
}

pub fn collect(args: &CheckArgs, projects: &mut Projects) -> Result<(Vec<Job>, Vec<Failure>), String> {
    let here = std::env::current_dir().unwrap_or_default();
    let base = projects.of_folder(&here);
    let filter = Filter::new(&args.exclude, args.force_exclude)?;
    let (stdin, paths): (Vec<&PathBuf>, Vec<&PathBuf>) = args.paths.iter().partition(|path| path.as_os_str() == "-");
    let paths: Vec<PathBuf> = paths.into_iter().cloned().collect();
    let (found, failures) = files::find(&paths, &filter, projects);
    let mut jobs = Vec::with_capacity(found.len() + 1);
    if !stdin.is_empty() {
        let project = match &args.stdin_filename {
            Some(name) => projects.of(name),
            None => base,
        };
        jobs.extend(project.map(|project| Job { path: None, project }));
    }
    for path in found {
        if let Some(project) = projects.of(&path) {
            jobs.push(Job { path: Some(path), project });
        }
    }
    Ok((jobs, failures))
}

pub fn report_broken(broken: &[Broken], style: &Style) {
    for broken in broken {
        match broken {
            Broken::Unreadable(failure) => output::complain(&format!("{}: {}", failure.path, failure.message)),
            Broken::Faulty(error) => {
                let style = Style { colour: style.colour && std::io::stderr().is_terminal(), ..style.clone() };
                output::print_error(&render::load_error(&error.source, &error.diagnostics, &style));
            }
        }
    }
}

fn check_one(job: &Job, args: &CheckArgs, today: Date, changed: Option<&Changed>) -> Result<Checked, Failure> {
    let source = Arc::new(read(job, args)?);
    let mut settings = settings(args, job);
    if let (Some(changed), Some(path)) = (changed, &job.path) {
        let outside = || "it lies outside the git repository; --diff-base does not know what changed in it".to_owned();
        let lines = changed.lines(path);
        settings.lines = Some(lines.ok_or_else(|| Failure { path: files::shown(path), message: outside() })?);
    }
    let checker = &job.project.checker;
    let failure = |message: &str| Failure { path: source.path().to_owned(), message: message.to_owned() };
    let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        if let (Some(rule), Some(reason)) = (&args.add_allow, &args.reason) {
            let (report, applied) = allow::add(checker, source.clone(), today, &settings, rule, reason);
            return Ok(Checked { report, was: Some(source.clone()), applied });
        }
        let Some(least) = least_applicability(args) else {
            return Ok(Checked { report: checker.check_with(source.clone(), today, &settings), was: None, applied: 0 });
        };
        let mended = checker.mend(source.clone(), today, &settings, least);
        match mended.stable {
            true => Ok(Checked { report: mended.report, was: Some(source.clone()), applied: mended.applied }),
            false => Err(failure("its fixes undo one another; it was not changed")),
        }
    }));
    checked.unwrap_or_else(|_| {
        Err(failure("internal failure: a rule gave up on this guide; please report it with the guide"))
    })
}

/// Which fixes go in, if any do.
fn least_applicability(args: &CheckArgs) -> Option<Applicability> {
    match (args.unsafe_fixes, args.fix || args.diff) {
        (true, _) => Some(Applicability::Unsafe),
        (false, true) => Some(Applicability::Safe),
        (false, false) => None,
    }
}

pub fn read(job: &Job, args: &CheckArgs) -> Result<Source, Failure> {
    let limit = args.max_file_size.or(job.project.config.max_file_size).unwrap_or(FileSize::DEFAULT);
    let shown = match &job.path {
        Some(path) => files::shown(path),
        None => args.stdin_filename.as_deref().map_or("<stdin>".to_owned(), files::shown),
    };
    let bytes = match &job.path {
        Some(path) => files::read(path, limit)?,
        None => files::read_from(std::io::stdin().lock(), limit).map_err(|refused| match refused {
            Refused::TooLarge(message) => Failure { path: shown.clone(), message },
            Refused::Unreadable(error) => {
                Failure { path: shown.clone(), message: format!("standard input cannot be read: {error}") }
            }
        })?,
    };
    let text = files::text(bytes).map_err(|message| Failure { path: shown.clone(), message })?;
    let identity = job.path.as_deref().or(args.stdin_filename.as_deref()).map(|path| {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        absolute.strip_prefix(&job.project.root).map_or_else(|_| shown.clone(), files::slashed)
    });
    let source = Source::new(shown.clone(), text);
    Ok(source.with_identity(identity.unwrap_or(shown)))
}

pub fn settings(args: &CheckArgs, job: &Job) -> Settings {
    let config = &job.project.config;
    let mut selection = config.selection.clone();
    if !args.select.is_empty() {
        selection.select = Some(args.select.clone());
        selection.ignore.clear();
        selection.forget_off();
    }
    selection.ignore.extend(args.ignore.iter().cloned());
    let mut hints = config.hints.clone();
    hints.country.clone_from(&args.country);
    hints.language.clone_from(&args.lang);
    let mut overrides = config.overrides.clone();
    if !args.select.is_empty() {
        overrides.iter_mut().for_each(|it| it.severities.retain(|_, severity| severity.is_some()));
    }
    Settings {
        selection,
        min_confidence: args.min_confidence.or(config.min_confidence),
        hints,
        overrides,
        kinds: config.kinds.clone(),
        baseline: job.project.baseline.clone().filter(|_| args.write_baseline.is_none()),
        lines: None,
        clock: args.statistics.then_some(nanoseconds),
    }
}

/// Since the first time it was asked.
fn nanoseconds() -> u64 {
    static START: OnceLock<Instant> = OnceLock::new();
    u64::try_from(START.get_or_init(Instant::now).elapsed().as_nanos()).unwrap_or(u64::MAX)
}

pub fn today() -> Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| it.as_secs());
    Date::from_unix(seconds)
}

fn style(args: &CheckArgs) -> Style {
    let terminal = std::io::stdout().is_terminal();
    let colour = match args.color {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never,
    };
    Style {
        colour,
        hyperlinks: colour && forced_hyperlinks().unwrap_or(terminal),
        language: match args.message_lang {
            Some(MessageLang::En) => Language::En,
            Some(MessageLang::Zh) => Language::Zh,
            None => language_of_environment(),
        },
        quiet: args.quiet,
        statistics: args.statistics,
        ..Style::default()
    }
}

/// What `FORCE_HYPERLINK` says, as other programs read it: `0` is no, anything else is yes.
fn forced_hyperlinks() -> Option<bool> {
    std::env::var_os("FORCE_HYPERLINK").filter(|it| !it.is_empty()).map(|it| it != "0")
}

/// Chinese where the environment says so, as POSIX ranks its variables; else English.
fn language_of_environment() -> Language {
    let set =
        ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|it| !it.is_empty()));
    match set.is_some_and(|it| it.starts_with("zh")) {
        true => Language::Zh,
        false => Language::En,
    }
}
