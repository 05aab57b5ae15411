//! Rules that are written in TOML: [`read`] turns one file into one more [`Rule`].
//!
//! Their terms go into the one scan, and their regexes are tried only where the scan saw their words; so two hundred of
//! them cost little more than none. After loading nobody can tell them from the others.

mod builtin;
mod example;
mod file;
mod judge;
mod load;
mod pattern;
mod schema;
mod scope;
mod search;

use std::ops::Range;
use std::sync::Arc;

use regex::Regex;

use crate::diagnostic::{Applicability, RuleMeta, Wording};
use crate::knowledge::{Knowledge, LoadError, TomlFile};
use crate::rule::{Context, Findings, Pattern, Rule};

pub use builtin::builtin;
use file::{Kind, Per, Type};
pub use schema::schema;
use scope::Scope;
use search::Search;

/// A rule that was read from a file.
#[derive(Debug)]
pub struct Declared {
    meta: RuleMeta,
    file: TomlFile,
    kind: Kind,
    languages: Vec<String>,
    countries: Vec<String>,
    kinds: Vec<String>,
    scopes: Vec<Scope>,
    search: Search,
    judge: Judge,
    message: Arc<Wording>,
    help: Option<Arc<Wording>>,
    fix: Option<String>,
    applicability: Applicability,
    link_in_block: bool,
    in_quote: bool,
    within: usize,
    bad: Vec<Example>,
    good: Vec<Example>,
}

/// What only some kinds of rule ask about.
#[derive(Debug)]
struct Judge {
    limits: Limits,
    hosts: Vec<String>,
    parameters: Vec<String>,
    schemes: Vec<String>,
    has_texts: bool,
    key: String,
    value_type: Option<Type>,
    one_of: Vec<String>,
    required: bool,
    value: Option<Regex>,
    forbidden: bool,
    headings: Vec<String>,
}

#[derive(Debug)]
struct Limits {
    min: usize,
    max: usize,
    per: Per,
}

#[derive(Debug)]
struct Example {
    text: String,
    place: Range<usize>,
    find: Vec<(String, Range<usize>)>,
    fixed: Option<(String, Range<usize>)>,
    country: Option<String>,
    language: Option<String>,
    kind: Option<String>,
}

/// Reads a rule called `name` (`group/pattern`) from a TOML file; `path` is how messages call the file.
///
/// # Errors
/// Everything in it that does not hold, each with its place.
pub fn read(name: &str, path: &str, toml: &str, knowledge: &Knowledge) -> Result<Declared, LoadError> {
    load::load(name, path, toml, Some(knowledge))
}

impl Declared {
    /// An error that points at the beginning of the rule's file.
    pub fn fault(&self, message: &str) -> LoadError {
        self.file.error(0..0, message)
    }

    /// Whether the rule speaks about a guide like this at all.
    fn concerns(&self, cx: &Context<'_>) -> bool {
        let language = &cx.subject.language;
        let spoken =
            |it: &String| language.code.is_some() && (language.code.as_ref() == Some(it) || language.key() == it);
        (self.languages.is_empty() || self.languages.iter().any(spoken))
            && (self.countries.is_empty() || self.countries.iter().any(|it| cx.subject.countries.contains(it)))
            && (self.kinds.is_empty() || self.kinds.iter().any(|it| cx.subject.kinds.contains(it)))
    }
}

impl Rule for Declared {
    fn meta(&self) -> &RuleMeta {
        &self.meta
    }

    fn patterns(&self) -> Vec<Pattern> {
        self.search.patterns()
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        if self.concerns(cx) {
            self.judge_guide(cx, findings);
        }
    }
}
