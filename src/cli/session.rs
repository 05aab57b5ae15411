//! One run over many guides: reports as they come, and what is written at the end.

use std::fs::File;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use guidelint::check::Baseline;
use guidelint::date::Date;
use guidelint::diagnostic::{Failure, FileReport, RuleMeta, Severity, Summary};
use guidelint::render::{self, Format, Renderer, Run, Statistics, Style};

use super::allowances::Allowances;
use super::args::CheckArgs;
use super::baselines::Baselines;
use super::check::{Checked, Job};
use super::files;
use super::layer::read_text;
use super::write::{self, Change};
use super::{Outcome, counted, output};

/// Where a report goes.
enum Target {
    /// Written as it comes.
    Out,
    /// Written as it comes, where standard output is taken by the guide itself.
    Error,
    /// Nowhere: something else was asked for.
    Nowhere,
    File(PathBuf),
    /// Added to what is there: several steps of a run share it.
    Shared(PathBuf),
}

struct Sink {
    renderer: Box<dyn Renderer>,
    target: Target,
    text: String,
}

pub struct Session<'a> {
    args: &'a CheckArgs,
    style: Style,
    rules: &'a [&'a RuleMeta],
    today: Date,
    knowledge_as_of: Option<Date>,
    /// Where the page of a rule is found, as the first project says.
    pub docs_url: Option<String>,
    sinks: Vec<Sink>,
    statistics: Option<Statistics>,
    summary: Summary,
    failures: Vec<Failure>,
    /// What failed and was said on standard error already.
    pub told: Vec<Failure>,
    outcome: Outcome,
    warnings_allowed: Option<usize>,
    allowances: Allowances,
    baselines: Baselines,
    changes: Vec<Change>,
    applied: usize,
    /// What `--write-baseline` will write, and the folder its paths are relative to.
    baseline: Option<(Baseline, PathBuf)>,
}

impl<'a> Session<'a> {
    pub fn new(
        args: &'a CheckArgs,
        rules: &'a [&'a RuleMeta],
        today: Date,
        knowledge_as_of: Option<Date>,
        style: Style,
        failures: Vec<Failure>,
    ) -> Session<'a> {
        let file_style = Style { colour: false, hyperlinks: false, ..style.clone() };
        let mends_stdin = (args.fix || args.unsafe_fixes) && args.paths.iter().any(|it| it.as_os_str() == "-");
        let target = match (args.diff || args.write_baseline.is_some(), mends_stdin) {
            (true, _) => Target::Nowhere,
            (_, true) => Target::Error,
            _ => Target::Out,
        };
        let first = Sink { renderer: render::renderer(args.format, &style), target, text: String::new() };
        let others = args.report.iter().map(|(format, path)| Sink {
            renderer: render::renderer(*format, &file_style),
            target: Target::File(path.clone()),
            text: String::new(),
        });
        // GitHub shows the content of this file under the run; every step adds to it.
        let step = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|it| args.format == Format::Github && !it.is_empty());
        let step = step.map(|path| Sink {
            renderer: render::renderer(Format::Markdown, &file_style),
            target: Target::Shared(path.into()),
            text: String::new(),
        });
        let apart = args.statistics && args.format != Format::Text;
        let mut session = Session {
            args,
            style: file_style.clone(),
            rules,
            today,
            knowledge_as_of,
            docs_url: None,
            sinks: std::iter::once(first).chain(others).chain(step).collect(),
            statistics: apart.then(Statistics::default),
            summary: Summary::default(),
            failures,
            told: Vec::new(),
            outcome: Outcome::Clean,
            warnings_allowed: args.max_warnings,
            allowances: Allowances::default(),
            baselines: Baselines::default(),
            changes: Vec::new(),
            applied: 0,
            baseline: None,
        };
        session.read_baseline();
        session
    }

    pub fn begin(&mut self) {
        let run = Run {
            as_of: self.today,
            knowledge_as_of: self.knowledge_as_of,
            rules: self.rules,
            version: env!("CARGO_PKG_VERSION"),
            docs_url: self.docs_url.as_deref(),
        };
        for sink in &mut self.sinks {
            sink.renderer.begin(&mut sink.text, &run);
        }
    }

    pub fn take(&mut self, job: &Job, result: Result<Checked, Failure>) {
        let Checked { report: file, was, applied } = match result {
            Ok(checked) => checked,
            Err(failure) => return self.failures.push(failure),
        };
        self.failures.extend(file.failures.iter().cloned());
        self.check_age(job, &file);
        self.summary.files += 1;
        self.summary.add(&file);
        let least = match self.args.fail_on {
            Some(fail_on) => fail_on.0,
            None => job.project.config.fail_on.map_or(Some(Severity::Warning), |it| it.least()),
        };
        if least.is_some_and(|least| file.diagnostics.iter().any(|it| it.severity >= least)) {
            self.outcome = self.outcome.max(Outcome::Findings);
        }
        self.allowances.add(&job.project, &file);
        self.warnings_allowed = self.warnings_allowed.or(job.project.config.max_warnings);
        for sink in &mut self.sinks {
            sink.renderer.file(&mut sink.text, &file);
        }
        if let Some(statistics) = &mut self.statistics {
            statistics.add(&file);
        }
        if self.args.write_baseline.is_none() {
            self.baselines.add(&job.project, self.args.baseline.as_ref());
        }
        if let Some((baseline, root)) = &mut self.baseline {
            let exists = |name: &str| job.project.checker.rules().iter().any(|it| it.name == name);
            let did_not_run = |name: &str| !self.rules.iter().any(|it| it.name == name) && exists(name);
            baseline.record(&file, did_not_run);
            root.clone_from(&job.project.root);
        }
        if let Some(was) = was {
            self.applied += applied;
            self.keep_change(job, was.text(), &file);
        }
        self.flush();
    }

    /// Facts of the guide's countries that nobody has read again for longer than the project allows.
    fn check_age(&mut self, job: &Job, file: &FileReport) {
        let Some(days) = job.project.config.max_age else { return };
        let limit = self.today.days_after(-i32::try_from(days).unwrap_or(i32::MAX));
        for country in file.countries.iter().filter_map(|code| job.project.checker.knowledge().country(code)) {
            let old = country.sources_before(limit);
            let Some(oldest) = old.first().and_then(|it| it.verified) else { continue };
            let message = format!(
                "{} of {} sources of what we know about {} were last read before {limit} (`max-age` is {days} days), the oldest on {oldest}; read them again, or raise `max-age`",
                old.len(),
                country.citations.len(),
                country.code,
            );
            let failure = Failure { path: country.path.clone(), message };
            if !self.failures.contains(&failure) {
                self.failures.push(failure);
            }
        }
    }

    fn flush(&mut self) {
        let first = &mut self.sinks[0];
        let text = std::mem::take(&mut first.text);
        match first.target {
            Target::Error => output::print_error(&text),
            Target::Out if !output::write_out(&text) => self.outcome = Outcome::Failed,
            _ => {}
        }
    }

    fn keep_change(&mut self, job: &Job, old: &str, file: &FileReport) {
        let new = file.source.text();
        match &job.path {
            None if !self.args.diff => {
                if !output::write_out(new) {
                    self.outcome = Outcome::Failed;
                }
            }
            _ if new == old => {}
            path => self.changes.push(Change {
                path: path.clone().unwrap_or_else(|| file.source.path().into()),
                root: job.project.root.clone(),
                old: old.to_owned(),
                new: new.to_owned(),
            }),
        }
    }

    pub fn end(mut self) -> Outcome {
        if self.failures.is_empty() && self.told.is_empty() {
            self.write_changes();
            self.write_baseline();
        } else if !self.changes.is_empty() && !self.args.diff {
            output::complain("nothing was written, because not everything could be done");
        }
        if self.args.diff {
            self.outcome = self.show_diff();
        } else if self.warnings_allowed.is_some_and(|most| self.summary.warnings > most) {
            self.outcome = self.outcome.max(Outcome::Findings);
        }
        if self.args.write_baseline.is_some() || self.args.add_allow.is_some() {
            self.outcome = Outcome::Clean;
        }
        self.failures.sort_by(|a, b| (&a.path, &a.message).cmp(&(&b.path, &b.message)));
        for failure in &self.failures {
            output::complain(&format!("{}: {}", failure.path, failure.message));
            self.outcome = Outcome::Failed;
        }
        if !self.told.is_empty() {
            self.outcome = Outcome::Failed;
            self.failures.append(&mut self.told);
            self.failures.sort_by(|a, b| (&a.path, &a.message).cmp(&(&b.path, &b.message)));
        }
        for sink in &mut self.sinks {
            sink.renderer.end(&mut sink.text, &self.summary, &self.failures);
            if !sink.write() {
                self.outcome = Outcome::Failed;
            }
        }
        self.allowances.complain();
        self.baselines.complain();
        if let Some(statistics) = &self.statistics {
            output::print_error(&statistics.table(&self.style));
        }
        self.outcome
    }

    fn write_changes(&mut self) {
        if self.args.diff || self.changes.is_empty() {
            return;
        }
        match write::write_all(&self.changes) {
            Ok(()) if !self.args.quiet => {
                let what = match self.args.add_allow.is_some() {
                    true => counted(self.applied, "comment"),
                    false => format!("{} fix{}", self.applied, if self.applied == 1 { "" } else { "es" }),
                };
                let guides = counted(self.changes.len(), "guide");
                output::print_error(&format!("guidelint: {what} written to {guides}\n"));
            }
            Ok(()) => {}
            Err(failures) => self.failures.extend(failures),
        }
    }

    fn show_diff(&mut self) -> Outcome {
        let mut outcome = Outcome::Clean;
        for change in &self.changes {
            let text = write::diff(&files::shown(&change.path), &change.old, &change.new);
            outcome = Outcome::Findings;
            // A patch is for `patch`, byte for byte; a terminal gets no control character of a guide.
            let text = match std::io::stdout().is_terminal() {
                true => render::term_safe(&text).into_owned(),
                false => text,
            };
            if !output::write_out(&text) {
                return Outcome::Failed;
            }
        }
        outcome
    }

    fn read_baseline(&mut self) {
        let Some(path) = &self.args.write_baseline else { return };
        let known = match path.is_file() {
            true => read_text(path).and_then(|text| {
                let shown = files::shown(path);
                Baseline::read(&shown, &text).map_err(|error| Failure { path: shown, message: error.to_string() })
            }),
            false => Ok(Baseline::default()),
        };
        match known {
            Ok(known) => self.baseline = Some((known, PathBuf::new())),
            Err(failure) => self.failures.push(failure),
        }
    }

    fn write_baseline(&mut self) {
        let (Some(path), Some((mut baseline, root))) = (&self.args.write_baseline, self.baseline.take()) else {
            return;
        };
        let gone: Vec<String> = baseline.paths().filter(|it| !root.join(it).exists()).map(str::to_owned).collect();
        gone.iter().for_each(|it| baseline.forget(it));
        let text = baseline.to_text();
        match write::replace(path, |file| file.write_all(text.as_bytes())) {
            Ok(()) if !self.args.quiet => {
                let count = counted(baseline.len(), "finding");
                output::print_error(&format!("guidelint: {count} written to {}\n", files::shown(path)));
            }
            Ok(()) => {}
            Err(error) => {
                let message = format!("the baseline cannot be written: {error}");
                self.failures.push(Failure { path: files::shown(path), message });
            }
        }
    }
}

fn written(path: &Path, result: std::io::Result<()>) -> bool {
    if let Err(error) = &result {
        output::complain(&format!("{}: the report cannot be written: {error}", files::shown(path)));
    }
    result.is_ok()
}

impl Sink {
    /// Writes all that is left, piece by piece, and tells whether that could be done.
    fn write(&mut self) -> bool {
        let Sink { renderer, target, text } = self;
        let mut pieces = std::iter::from_fn(|| {
            if text.is_empty() {
                renderer.rest(text);
            }
            Some(std::mem::take(text)).filter(|piece| !piece.is_empty())
        });
        let mut write_to = |file: &mut File| pieces.try_for_each(|piece| file.write_all(piece.as_bytes()));
        match target {
            Target::Out => pieces.all(|piece| output::write_out(&piece)),
            Target::Error => {
                pieces.for_each(|piece| output::print_error(&piece));
                true
            }
            Target::Nowhere => true,
            Target::File(path) => written(path, write::replace(path, write_to)),
            Target::Shared(path) => {
                let file = std::fs::OpenOptions::new().append(true).create(true).open(&path);
                written(path, file.and_then(|mut file| write_to(&mut file)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;
    use guidelint::{Checker, Source};

    use super::*;
    use crate::cli::args::{Arguments, Command};
    use crate::cli::project::Projects;

    /// What became of a run whose one guide gave this report.
    fn ended(change: impl Fn(&mut FileReport)) -> Outcome {
        let arguments = Arguments::parse_from(["guidelint", "check", "--quiet", "--format", "concise"]);
        let Some(Command::Check(args)) = arguments.command else { panic!("not the command that was given") };
        let today = Date::new(2026, 11, 22).unwrap();
        let checker = Checker::builtin();
        let mut report = checker.check(Source::new("a.md", "# Notes\n\nNothing.\n"), today);
        change(&mut report);
        let project = Projects::new(None, true, None).of(Path::new("a.md")).unwrap();
        let rules = checker.rules();
        let mut session = Session::new(&args, &rules, today, None, Style::default(), Vec::new());
        session.begin();
        let job = Job { path: Some("a.md".into()), project };
        session.take(&job, Ok(Checked { report, was: None, applied: 0 }));
        session.end()
    }

    #[test]
    fn a_rule_that_gave_up_fails_the_run() {
        assert_eq!(ended(|_| {}), Outcome::Clean);
        let failure = Failure { path: "a.md".to_owned(), message: "the rule test/panics gave up".to_owned() };
        assert_eq!(ended(|report| report.failures.push(failure.clone())), Outcome::Failed);
    }
}
