//! `guidelint test`: the examples of declarative rules, and whether country files and guide kinds can be read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use guidelint::Checker;
use guidelint::date::Date;
use guidelint::knowledge::LoadError;
use guidelint::render::{self, Style};

use super::layer::Layer;
use super::project::{self, FOLDER_NAME};
use super::{Outcome, counted, files, output};

/// What was looked at.
#[derive(Default)]
struct Count {
    rules: usize,
    examples: usize,
    countries: usize,
    guides: usize,
}

pub fn run(paths: &[PathBuf]) -> Outcome {
    let builtin = Arc::new(Checker::builtin());
    let today = super::check::today();
    let mut outcome = Outcome::Clean;
    let mut count = Count::default();
    for path in paths {
        if !path.exists() {
            output::complain(&format!("{}: there is no such file or folder", files::shown(path)));
            outcome = Outcome::Failed;
            continue;
        }
        let layer = layer(path);
        for failure in &layer.failures {
            output::complain(&format!("{}: {}", failure.path, failure.message));
            outcome = Outcome::Failed;
        }
        for error in faults(&layer, &builtin, today, &mut count) {
            output::print_error(&render::load_error(&error.source, &error.diagnostics, &Style::default()));
            outcome = outcome.max(Outcome::Findings);
        }
    }
    if count.rules + count.countries + count.guides == 0 && outcome == Outcome::Clean {
        output::complain("nothing to test: there is no guidelint/ folder with rules, countries or guides");
        return Outcome::Failed;
    }
    output::print(&format!(
        "{} with {}, {}, {}{}\n",
        counted(count.rules, "rule"),
        counted(count.examples, "example"),
        counted(count.countries, "country file"),
        counted(count.guides, "guide kind"),
        if outcome == Outcome::Clean { ": all hold" } else { "" }
    ));
    outcome
}

/// A project's `guidelint/` folder, a pack, or one file.
fn layer(path: &Path) -> Layer {
    let own = path.join(FOLDER_NAME);
    match (path.is_file(), own.is_dir() && !path.join("pack.toml").is_file()) {
        (true, _) => Layer::of_file(path),
        (false, true) => Layer::read(&own, path),
        (false, false) => Layer::read(path, path),
    }
}

fn faults(layer: &Layer, builtin: &Arc<Checker>, today: Date, count: &mut Count) -> Vec<LoadError> {
    count.countries += layer.countries.len();
    count.guides += layer.guides.len();
    let knowledge = match project::knowledge(std::slice::from_ref(layer), builtin) {
        Ok(knowledge) => knowledge,
        Err(error) => return vec![error],
    };
    let rules = match project::rules_of(layer, &knowledge) {
        Ok(rules) => rules,
        Err(errors) => return errors,
    };
    count.rules += rules.len();
    let mut errors = Vec::new();
    for rule in rules {
        match rule.run_examples(&knowledge, today) {
            Ok(examples) => count.examples += examples,
            Err(error) => errors.push(error),
        }
    }
    errors
}
