//! `guidelint init`: a commented configuration for the guides it sees. It asks nothing.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use guidelint::{Checker, Source};

use super::files::{self, Filter};
use super::layer::read_text;
use super::project::{FILE_NAME, Projects};
use super::{Outcome, check, counted, output};

/// Guides looked at; the rest will be like them.
const SAMPLE: usize = 200;

/// What the guides have in common.
#[derive(Default)]
struct Seen {
    guides: usize,
    findings: usize,
    countries: BTreeMap<String, usize>,
    languages: BTreeMap<String, usize>,
}

pub fn run(folder: &Path) -> Outcome {
    if !folder.is_dir() {
        output::complain(&format!("{}: there is no such folder", files::shown(folder)));
        return Outcome::Failed;
    }
    let seen = look(folder);
    let path = folder.join(FILE_NAME);
    let shown = files::shown(&path);
    let created = std::fs::OpenOptions::new().write(true).create_new(true).open(&path);
    match created.and_then(|mut file| file.write_all(text(&seen).as_bytes())) {
        Ok(()) => {
            output::print(&format!(
                "{shown} written for {}; `guidelint check` checks them\n",
                counted(seen.guides, "guide")
            ));
            Outcome::Clean
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            output::complain(&format!("{shown} is there already; it was not changed"));
            Outcome::Failed
        }
        Err(error) => {
            output::complain(&format!("{shown} cannot be written: {error}"));
            Outcome::Failed
        }
    }
}

/// Prints the skeleton of a guide of a kind, in a language, for a country.
pub fn skeleton(kind: &str, language: &str, country: Option<&str>) -> Outcome {
    let checker = super::checker();
    let kinds = &checker.knowledge().kinds;
    if kinds.kind(kind).is_none() {
        let names: Vec<&str> = kinds.kinds.iter().map(|it| it.name.as_str()).collect();
        let hint = match guidelint::knowledge::did_you_mean(kind, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known kinds: {}", names.join(", ")),
        };
        output::complain(&format!("there is no guide kind `{kind}`; {hint}"));
        return Outcome::Failed;
    }
    if let Some(message) = super::no_such_country(checker.knowledge(), country) {
        output::complain(&message);
        return Outcome::Failed;
    }
    output::print(&guidelint::skeleton_from(checker.knowledge(), kind, language, country.unwrap_or("")));
    Outcome::Clean
}

fn look(folder: &Path) -> Seen {
    let mut projects = Projects::new(None, true, None);
    let (paths, _) = files::find(&[folder.to_owned()], &Filter::default(), &mut projects);
    let checker = Checker::builtin();
    let today = check::today();
    let mut seen = Seen { guides: paths.len(), ..Seen::default() };
    for path in paths.iter().take(SAMPLE) {
        let Ok(text) = read_text(path) else { continue };
        let report = checker.check(Source::new(files::shown(path), text), today);
        seen.findings += report.diagnostics.len();
        if let Some(country) = report.country {
            *seen.countries.entry(country).or_default() += 1;
        }
        if let Some(language) = report.language {
            *seen.languages.entry(language).or_default() += 1;
        }
    }
    seen
}

fn text(seen: &Seen) -> String {
    let listed = |counts: &BTreeMap<String, usize>| {
        let mut list: Vec<_> = counts.iter().collect();
        list.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        let words: Vec<String> = list.iter().take(8).map(|(name, count)| format!("{name} ({count})")).collect();
        if words.is_empty() { "none recognised".to_owned() } else { words.join(", ") }
    };
    // A setting for every guide only where every guide agrees; the guides say it themselves otherwise.
    let only = |counts: &BTreeMap<String, usize>| match counts.iter().next() {
        Some((name, count)) if counts.len() == 1 && *count == seen.guides => Some(name.clone()),
        _ => None,
    };
    let setting = |key: &str, value: Option<String>, example: &str| match value {
        Some(value) => format!("{key} = {value:?}\n"),
        None => format!("# {key} = {example:?}\n"),
    };
    let mut out = String::new();
    out.push_str(
        "# How guidelint checks the guides at and below this folder. Every line that begins with `#` shows a default\n",
    );
    out.push_str(
        "# or an example. `guidelint rules` lists the rules, `guidelint explain RULE` says what one of them flags.\n",
    );
    out.push_str(&format!(
        "# Seen here: {}. Countries: {}. Languages: {}.\n\n",
        counted(seen.guides, "guide"),
        listed(&seen.countries),
        listed(&seen.languages)
    ));
    out.push_str("# What every guide is about, where the guide does not say it itself.\n");
    out.push_str(&setting("country", only(&seen.countries), "AL"));
    out.push_str(&setting("lang", only(&seen.languages), "en"));
    out.push_str("\n# From which severity on a run fails: error, warning, info or never.\n# fail-on = \"warning\"\n");
    out.push_str("\n# Findings that are less sure are dropped: low, medium or high.\n# min-confidence = \"low\"\n");
    out.push_str("\n# Files not to read, and endings to read besides .md, .markdown and .mdx.\n# exclude = [\"drafts/**\"]\n# extensions = [\"txt\"]\n\n# Larger guides are refused.\n# max-file-size = \"128MiB\"\n");
    if seen.findings > 0 {
        out.push_str(&format!("\n# Found today: {}. To live with them and see only new ones:\n#   guidelint check --write-baseline guidelint.baseline\n# and then take the `#` away here:\n# baseline = \"guidelint.baseline\"\n", counted(seen.findings, "finding")));
    } else {
        out.push_str("\n# Findings to live with: `guidelint check --write-baseline guidelint.baseline` writes the file.\n# baseline = \"guidelint.baseline\"\n");
    }
    out.push_str("\n# Rules that several projects share: folders with a pack.toml; later ones beat earlier ones.\n# extends = [\"../house-style\"]\n");
    out.push_str("\n# Rules and groups: off, info, warning or error.\n# [rules]\n# \"phone/format\" = \"warning\"\n# \"section\" = \"off\"\n");
    out.push_str("\n# Days after which facts about a country that nobody has read again fail the run.\n# [knowledge]\n# max-age = 365\n");
    out.push_str("\n# Kinds of guides: where they lie, and after how many months they are stale.\n# [kinds.cancel-sim]\n# paths = [\"content/cancel/**\"]\n# stale-months = 12\n");
    out.push_str("\n# The same for some guides: by path, language, country or kind.\n# [[overrides]]\n# paths = [\"archive/**\"]\n# rules = { \"date/stale\" = \"off\" }\n");
    out.push_str(
        "\n# Your own rules lie in guidelint/rules/<group>/<rule>.toml; `guidelint test` runs their examples.\n",
    );
    out
}
