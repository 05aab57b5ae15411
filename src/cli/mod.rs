//! The command line. It uses only what the library shows.

mod allow;
mod allowances;
mod args;
mod baselines;
mod changed;
mod check;
mod config;
mod explain;
mod files;
mod ignored;
mod init;
mod layer;
mod lookup;
mod output;
mod progress;
mod project;
mod rules;
mod schema;
mod session;
mod shell;
mod test;
mod watch;
mod write;

use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use guidelint::Checker;
use guidelint::knowledge::Knowledge;
use guidelint::render::Style;

use args::{Arguments, Command};

/// How a command ended, as the exit status tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Nothing at or above `--fail-on`.
    Clean = 0,
    /// Findings.
    Findings = 1,
    /// Could not do what was asked.
    Failed = 2,
}

/// Reads the arguments and runs the command.
pub fn main() -> ExitCode {
    // A rule that panics is reported as a failure of that rule; what it said to itself may hold anything of the guide.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(|it| format!(" at {}:{}", it.file(), it.line())).unwrap_or_default();
        output::complain(&format!("internal failure{place}"));
    }));
    let arguments = Arguments::parse();
    if arguments.version {
        let knowledge = Knowledge::builtin();
        let day = knowledge.as_of().map(|it| format!(" (knowledge as of {it})")).unwrap_or_default();
        output::print(&format!("guidelint {}{day}\n", env!("CARGO_PKG_VERSION")));
        return ExitCode::SUCCESS;
    }
    let outcome = match arguments.command {
        Some(Command::Check(check)) if check.watch => watch::run(&check),
        Some(Command::Check(check)) => check::run(&check),
        Some(Command::Test { paths }) => test::run(&paths),
        Some(Command::Lookup { query, country, format }) => lookup::run(&query, country.as_deref(), format),
        Some(Command::Init { kind: Some(kind), lang, country, .. }) => init::skeleton(&kind, &lang, country.as_deref()),
        Some(Command::Init { folder, .. }) => init::run(&folder),
        Some(Command::Config { path, show_origin }) => config::run(&path, show_origin),
        Some(Command::Schema { of }) => schema::run(of),
        Some(Command::Completions { shell }) => shell::completions(shell),
        Some(Command::Man) => shell::manual(),
        Some(Command::Explain { rule }) => explain::run(&rule),
        Some(Command::Rules { format }) => rules::run(format),
        None => {
            output::complain(
                "no command given; `guidelint check` checks the current folder, `guidelint --help` lists the rest",
            );
            Outcome::Failed
        }
    };
    ExitCode::from(outcome as u8)
}

/// The checker of the working directory's project; the built-in one where its configuration is broken.
fn checker() -> Arc<Checker> {
    let mut projects = project::Projects::new(None, false, None);
    let here = std::env::current_dir().unwrap_or_default();
    let project = projects.of_folder(&here);
    check::report_broken(&projects.broken, &Style::default());
    project.map_or_else(|| Arc::new(Checker::builtin()), |it| it.checker.clone())
}

/// What to say of a country that does not exist.
fn no_such_country(knowledge: &Knowledge, country: Option<&str>) -> Option<String> {
    country.filter(|it| knowledge.generated.region(it).is_none()).map(|it| format!("there is no country `{it}`"))
}

/// `1 guide`, `2 guides`.
fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}
