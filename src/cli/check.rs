//! `guidelint check`.

use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use guidelint::check::{Selection, Settings};
use guidelint::date::Date;
use guidelint::diagnostic::{Failure, FileReport, Language, RuleMeta, Severity, Summary};
use guidelint::render::{self, Format, Renderer, Run, Statistics, Style};
use guidelint::{Checker, Source};
use rayon::prelude::*;

use super::args::{CheckArgs, Colour, MessageLang};
use super::files::{self, Filter};
use super::progress::Progress;
use super::project::{Broken, Project, Projects};
use super::{Outcome, output};

/// Guides checked before what was found in them is written and forgotten.
const BATCH: usize = 256;

/// A guide larger than this is refused: nobody reads it, and its places do not fit a report.
const LARGEST: u64 = 512 << 20;

pub fn run(args: &CheckArgs) -> Outcome {
    let checker = super::checker();
    let rules = checker.rules();
    for name in args.select.iter().chain(&args.ignore) {
        if let Err(unknown) = Selection::resolve(name, rules.iter().copied()) {
            output::complain(&unknown.to_string());
            return Outcome::Failed;
        }
    }
    let today = args.as_of.unwrap_or_else(today);
    let style = style(args);
    let mut projects = Projects::new(&rules, args.config.as_deref(), args.isolated);
    let (jobs, failures) = match collect(args, &mut projects) {
        Ok(found) => found,
        Err(message) => {
            output::complain(&message);
            return Outcome::Failed;
        }
    };
    let broken = !projects.broken.is_empty();
    report_broken(&projects.broken, &style);
    if jobs.is_empty() && failures.is_empty() && !broken {
        if args.allow_no_files {
            return Outcome::Clean;
        }
        output::complain(
            "no guide found: no .md, .markdown or .mdx file is in the given folders (--allow-no-files permits that)",
        );
        return Outcome::Failed;
    }
    let mut progress = Progress::new(jobs.len(), args.quiet, style.language);
    let mut session = Session::new(args, &checker, &rules, today, style, failures);
    session.begin();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.jobs.unwrap_or(0)).build();
    for (at, batch) in jobs.chunks(BATCH).enumerate() {
        progress.show(at * BATCH);
        let check = |job: &Job| check_one(&checker, job, args, today);
        let results: Vec<_> = match &pool {
            Ok(pool) => pool.install(|| batch.par_iter().map(check).collect()),
            Err(_) => batch.iter().map(check).collect(),
        };
        progress.clear();
        for (job, result) in batch.iter().zip(results) {
            session.take(job, result);
        }
    }
    let outcome = session.end();
    if broken { Outcome::Failed } else { outcome }
}

/// A guide to check, and the project it belongs to.
struct Job {
    path: Option<PathBuf>,
    project: Arc<Project>,
}

fn collect(args: &CheckArgs, projects: &mut Projects<'_>) -> Result<(Vec<Job>, Vec<Failure>), String> {
    let here = std::env::current_dir().unwrap_or_default();
    let base = projects.of_folder(&here);
    let mut globs = args.exclude.clone();
    let mut endings = Vec::new();
    if let Some(project) = &base {
        globs.extend(project.config.exclude.iter().cloned());
        endings.extend(project.config.extensions.iter().cloned());
    }
    let filter = Filter::new(&globs, &endings, args.force_exclude)?;
    let (stdin, paths): (Vec<&PathBuf>, Vec<&PathBuf>) = args.paths.iter().partition(|path| path.as_os_str() == "-");
    let paths: Vec<PathBuf> = paths.into_iter().cloned().collect();
    let (found, failures) = files::find(&paths, &filter);
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

fn report_broken(broken: &[Broken], style: &Style) {
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

/// Where reports go.
struct Sink {
    renderer: Box<dyn Renderer>,
    /// `None` is standard output, written as it comes.
    file: Option<PathBuf>,
    /// Whether the file is added to and not written anew.
    append: bool,
    text: String,
}

struct Session<'a> {
    args: &'a CheckArgs,
    checker: &'a Checker,
    style: Style,
    rules: &'a [&'a RuleMeta],
    today: Date,
    sinks: Vec<Sink>,
    statistics: Option<Statistics>,
    summary: Summary,
    failures: Vec<Failure>,
    outcome: Outcome,
    warnings_allowed: Option<usize>,
}

impl<'a> Session<'a> {
    fn new(
        args: &'a CheckArgs,
        checker: &'a Checker,
        rules: &'a [&'a RuleMeta],
        today: Date,
        style: Style,
        failures: Vec<Failure>,
    ) -> Session<'a> {
        let file_style = Style { colour: false, hyperlinks: false, ..style.clone() };
        let sink = |format, style: &Style, file, append| Sink {
            renderer: render::renderer(format, style),
            file,
            append,
            text: String::new(),
        };
        let first = sink(args.format, &style, None, false);
        let others = args.report.iter().map(|(format, path)| sink(*format, &file_style, Some(path.clone()), false));
        // GitHub shows the content of this file under the run; every step adds to it.
        let step = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|it| args.format == Format::Github && !it.is_empty());
        let step = step.map(|path| sink(Format::Markdown, &file_style, Some(path.into()), true));
        let apart = args.statistics && args.format != Format::Text;
        Session {
            args,
            checker,
            style: file_style.clone(),
            rules,
            today,
            sinks: std::iter::once(first).chain(others).chain(step).collect(),
            statistics: apart.then(Statistics::default),
            summary: Summary::default(),
            failures,
            outcome: Outcome::Clean,
            warnings_allowed: args.max_warnings,
        }
    }

    fn begin(&mut self) {
        let run = Run {
            as_of: self.today,
            knowledge_as_of: self.checker.knowledge().as_of(),
            rules: self.rules,
            version: env!("CARGO_PKG_VERSION"),
            docs_url: None,
        };
        for sink in &mut self.sinks {
            sink.renderer.begin(&mut sink.text, &run);
        }
    }

    fn take(&mut self, job: &Job, result: Result<FileReport, Failure>) {
        let file = match result {
            Ok(file) => file,
            Err(failure) => return self.failures.push(failure),
        };
        self.summary.files += 1;
        self.summary.add(&file);
        let least = match self.args.fail_on {
            Some(fail_on) => fail_on.0,
            None => job.project.config.fail_on.map_or(Some(Severity::Warning), |it| it.least()),
        };
        if least.is_some_and(|least| file.diagnostics.iter().any(|it| it.severity >= least)) {
            self.outcome = self.outcome.max(Outcome::Findings);
        }
        self.warnings_allowed = self.warnings_allowed.or(job.project.config.max_warnings);
        for sink in &mut self.sinks {
            sink.renderer.file(&mut sink.text, &file);
        }
        if let Some(statistics) = &mut self.statistics {
            statistics.add(&file);
        }
        let first = &mut self.sinks[0];
        if !output::write_out(&std::mem::take(&mut first.text)) {
            self.outcome = Outcome::Failed;
        }
    }

    fn end(mut self) -> Outcome {
        self.failures.sort_by(|a, b| (&a.path, &a.message).cmp(&(&b.path, &b.message)));
        for failure in &self.failures {
            output::complain(&format!("{}: {}", failure.path, failure.message));
            self.outcome = Outcome::Failed;
        }
        if self.warnings_allowed.is_some_and(|most| self.summary.warnings > most) {
            self.outcome = self.outcome.max(Outcome::Findings);
        }
        for sink in &mut self.sinks {
            sink.renderer.end(&mut sink.text, &self.summary, &self.failures);
            let written = match &sink.file {
                None => output::write_out(&sink.text),
                Some(path) => write_report(path, &sink.text, sink.append),
            };
            if !written {
                self.outcome = Outcome::Failed;
            }
        }
        if let Some(statistics) = &self.statistics {
            output::print_error(&statistics.table(&self.style));
        }
        self.outcome
    }
}

fn check_one(checker: &Checker, job: &Job, args: &CheckArgs, today: Date) -> Result<FileReport, Failure> {
    let source = Arc::new(read(job, args)?);
    let settings = settings(args, job);
    let checked =
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| checker.check_with(source.clone(), today, &settings)));
    checked.map_err(|_| Failure {
        path: source.path().to_owned(),
        message: "internal failure: a rule gave up on this guide; please report it with the guide".to_owned(),
    })
}

fn write_report(path: &Path, text: &str, append: bool) -> bool {
    use std::io::Write;
    let written = match append {
        true => std::fs::OpenOptions::new()
            .append(true)
            .create(true)
            .open(path)
            .and_then(|mut file| file.write_all(text.as_bytes())),
        false => std::fs::write(path, text),
    };
    match written {
        Ok(()) => true,
        Err(error) => {
            output::complain(&format!("{}: the report cannot be written: {error}", files::shown(path)));
            false
        }
    }
}

fn read(job: &Job, args: &CheckArgs) -> Result<Source, Failure> {
    let (shown, bytes) = match &job.path {
        Some(path) => {
            let shown = files::shown(path);
            let size = std::fs::metadata(path).map_err(|error| files::failure(path, &error))?.len();
            if size > LARGEST {
                let message = format!("{size} bytes are more than guidelint reads ({LARGEST}); split the file");
                return Err(Failure { path: shown, message });
            }
            (shown, std::fs::read(path).map_err(|error| files::failure(path, &error))?)
        }
        None => {
            let shown = args.stdin_filename.as_deref().map_or("<stdin>".to_owned(), files::shown);
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes).map_err(|error| Failure {
                path: shown.clone(),
                message: format!("standard input cannot be read: {error}"),
            })?;
            (shown, bytes)
        }
    };
    let text = String::from_utf8(bytes).map_err(|error| Failure {
        path: shown.clone(),
        message: format!("not valid UTF-8 at byte {}; save the file as UTF-8", error.utf8_error().valid_up_to()),
    })?;
    let identity = job.path.as_deref().or(args.stdin_filename.as_deref()).map(|path| {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        absolute.strip_prefix(&job.project.root).map_or_else(|_| shown.clone(), files::slashed)
    });
    let source = Source::new(shown.clone(), text);
    Ok(source.with_identity(identity.unwrap_or(shown)))
}

fn settings(args: &CheckArgs, job: &Job) -> Settings {
    let config = &job.project.config;
    let mut selection = config.selection.clone();
    if !args.select.is_empty() {
        selection.select = Some(args.select.clone());
        selection.ignore.clear();
    }
    selection.ignore.extend(args.ignore.iter().cloned());
    let mut hints = config.hints.clone();
    hints.country = args.country.clone().or(hints.country);
    hints.language = args.lang.clone().or(hints.language);
    Settings { selection, min_confidence: args.min_confidence.or(config.min_confidence), hints }
}

fn today() -> Date {
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
        hyperlinks: colour && terminal,
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

/// Chinese where the environment says so, as POSIX ranks its variables; else English.
fn language_of_environment() -> Language {
    let set =
        ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| std::env::var(name).ok().filter(|it| !it.is_empty()));
    match set.is_some_and(|it| it.starts_with("zh")) {
        true => Language::Zh,
        false => Language::En,
    }
}
