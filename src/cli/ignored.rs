//! `--explain-ignored`: why a file, or a finding in it, is not shown.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use guidelint::Source;
use guidelint::date::Date;
use guidelint::render::{Style, term_safe};

use super::args::CheckArgs;
use super::check::{self, Job};
use super::files::{self, Filter};
use super::project::Projects;
use super::{Outcome, output};

pub fn run(args: &CheckArgs, path: &Path, today: Date, style: &Style) -> Outcome {
    let mut projects = Projects::new(args.config.as_deref(), args.isolated, args.baseline.as_deref());
    let project = projects.of(path);
    if !projects.broken.is_empty() {
        check::report_broken(&projects.broken, style);
        return Outcome::Failed;
    }
    let Some(project) = project else { return Outcome::Failed };
    if let Err(error) = std::fs::metadata(path) {
        let failure = files::failure(path, &error);
        output::complain(&format!("{}: {}", failure.path, failure.message));
        return Outcome::Failed;
    }
    if let Err(message) = Filter::new(&args.exclude, args.force_exclude) {
        output::complain(&message);
        return Outcome::Failed;
    }
    let shown = files::shown(path);
    let mut out = String::new();
    let reasons = files::why_ignored(path, &project, &args.exclude);
    for reason in &reasons {
        let _ = writeln!(out, "{shown}: not read when a folder is checked: {reason}");
    }
    if reasons.is_empty() {
        let _ = writeln!(out, "{shown}: read when a folder above it is checked");
    }
    if path.is_file() {
        let job = Job { path: Some(path.to_owned()), project };
        match check::read(&job, args) {
            Ok(source) => explain_findings(&mut out, source, &job, args, today, style),
            Err(failure) => {
                let _ = writeln!(out, "{}: {}", failure.path, failure.message);
            }
        }
    }
    output::print(&term_safe(&out));
    Outcome::Clean
}

fn explain_findings(out: &mut String, source: Source, job: &Job, args: &CheckArgs, today: Date, style: &Style) {
    let source = Arc::new(source);
    let settings = check::settings(args, job);
    let checker = &job.project.checker;
    let report = checker.check_with(source.clone(), today, &settings);
    let mut open = settings.clone();
    open.min_confidence = None;
    open.selection.select = Some(vec!["all".to_owned()]);
    open.selection.ignore.clear();
    open.selection.forget_off();
    open.overrides.clear();
    let everything = checker.check_with(source.clone(), today, &open);
    let mut say = |at: u32, rule: &str, why: &str, message: String| {
        let line = source.lines().position(at, source.text()).line;
        let _ = writeln!(out, "{}:{line}: {rule}: {why}: {message}", source.path());
    };
    for it in &report.suppressed {
        say(it.span.start, &it.rule, "a comment or the front matter allows it", it.message.text(style.language));
    }
    for it in &report.baselined {
        say(it.span.start, &it.rule, "the baseline lists it", it.message.text(style.language));
    }
    let known = |print: &str| {
        report.diagnostics.iter().chain(&report.suppressed).chain(&report.baselined).any(|it| it.fingerprint == print)
    };
    for it in everything.diagnostics.iter().filter(|it| !known(&it.fingerprint)) {
        let meta = checker.rules().into_iter().find(|meta| meta.name == it.rule);
        let runs = meta.is_some_and(|meta| settings.selection.runs(meta));
        let low = settings.min_confidence.is_some_and(|least| it.confidence < least);
        let why = match (runs, low) {
            (false, _) => "the rule is not selected",
            (true, true) => "its confidence is below `min-confidence`",
            (true, false) => "an override of the configuration switches the rule off here",
        };
        say(it.span.start, &it.rule, why, it.message.text(style.language));
    }
}
