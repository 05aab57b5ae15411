//! Runs the rules over a guide and applies what the project asks for: selection, severities, suppressions, fingerprints.

mod config;
mod fingerprint;
mod selection;
mod suppression;

use std::sync::Arc;

use crate::date::Date;
use crate::diagnostic::{Confidence, Diagnostic, FactCounts, FileReport, RuleMeta};
use crate::facts::{self, Facts, Scanner, Subject, SubjectHints};
use crate::guide;
use crate::knowledge::{Knowledge, Literal, Owner};
use crate::rule::{Context, Findings, Rule};
use crate::rules;
use crate::text::Source;

pub use config::{Config, FailOn, RuleSetting};
pub use selection::{Selection, UnknownName};

/// Checks guides, one at a time, on as many threads as it is shared with.
pub struct Checker {
    knowledge: Arc<Knowledge>,
    rules: Vec<Box<dyn Rule>>,
    scanner: Scanner,
}

/// What may differ from guide to guide and from run to run.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Which rules speak, and how loudly.
    pub selection: Selection,
    /// Findings below it are dropped.
    pub min_confidence: Option<Confidence>,
    /// What is known of the guide from outside.
    pub hints: SubjectHints,
}

impl Checker {
    /// With the built-in rules and knowledge.
    pub fn builtin() -> Checker {
        Checker::new(Knowledge::builtin(), rules::builtin())
    }

    /// With these rules and this knowledge.
    pub fn new(knowledge: Arc<Knowledge>, rules: Vec<Box<dyn Rule>>) -> Checker {
        let scanner = Scanner::new(knowledge.lexicon(), wanted_literals(&knowledge, &rules));
        Checker { knowledge, rules, scanner }
    }

    /// What is known of every rule, by name.
    pub fn rules(&self) -> Vec<&RuleMeta> {
        let mut metas: Vec<&RuleMeta> = self.rules.iter().map(|rule| rule.meta()).collect();
        metas.sort_by(|a, b| a.name.cmp(&b.name));
        metas
    }

    /// The knowledge it checks against.
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// Checks one guide with the default settings.
    pub fn check(&self, source: Source, today: Date) -> FileReport {
        self.check_with(Arc::new(source), today, &Settings::default())
    }

    /// Checks one guide.
    pub fn check_with(&self, source: Arc<Source>, today: Date, settings: &Settings) -> FileReport {
        let guide = guide::parse(&source);
        let (facts, subject) = facts::find(&guide, &self.scanner, &self.knowledge, &settings.hints);
        let context = Context::new(&source, &guide, &facts, &subject, &self.knowledge, today);
        let mut found: Vec<Diagnostic> = Vec::new();
        let mut ran: Vec<&str> = Vec::new();
        for (at, rule) in self.rules.iter().enumerate() {
            let meta = rule.meta();
            if !settings.selection.runs(meta) {
                continue;
            }
            ran.push(&meta.name);
            let from = found.len();
            rule.check(&context.for_rule(at as u16), &mut Findings::new(meta, &mut found));
            for diagnostic in &mut found[from..] {
                settings.selection.adjust(diagnostic);
            }
        }
        found.retain(|it| settings.min_confidence.is_none_or(|least| it.confidence >= least));
        let metas: Vec<&RuleMeta> = self.rules.iter().map(|rule| rule.meta()).collect();
        let (mut diagnostics, mut suppressed) =
            suppression::apply(&source, &guide, found, &ran, &metas, &settings.selection, today);
        sort(&mut diagnostics);
        sort(&mut suppressed);
        fingerprint::assign(&source, &mut diagnostics, &mut suppressed);
        FileReport {
            country: subject.country.clone(),
            countries: subject.countries.clone(),
            kind: subject.kind.clone(),
            language: subject.language.code.clone(),
            script: subject.language.script.clone(),
            facts: count(&facts, &subject, &self.knowledge),
            diagnostics,
            suppressed,
            baselined: Vec::new(),
            source,
        }
    }
}

fn wanted_literals(knowledge: &Knowledge, rules: &[Box<dyn Rule>]) -> Vec<Literal> {
    let languages = &knowledge.lexicon().languages;
    let mut literals = Vec::new();
    for (at, rule) in rules.iter().enumerate() {
        for pattern in rule.patterns() {
            let language = languages.iter().position(|it| *it == pattern.language).unwrap_or(0);
            let (text, open_ended) = match pattern.text.strip_suffix('*') {
                Some(stem) => (stem.to_owned(), true),
                None => (pattern.text, false),
            };
            literals.push(Literal {
                text,
                owner: Owner::Rule(at as u16, pattern.tag),
                language: language as u8,
                open_ended,
                exact: pattern.exact,
            });
        }
    }
    literals
}

/// By start, end, rule and message: the order of reports.
fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_cached_key(|it| {
        (it.span.start, it.span.end, it.rule.clone(), it.message.text(crate::diagnostic::Language::En))
    });
}

fn count(facts: &Facts, subject: &Subject, knowledge: &Knowledge) -> FactCounts {
    let country = subject.country.as_deref().and_then(|code| knowledge.country(code));
    let verified = facts.numbers.iter().filter(|number| country.is_some_and(|it| facts::is_published(number, it)));
    let mut names: Vec<(&str, bool)> = facts
        .carriers
        .iter()
        .map(|it| match it.id().and_then(|id| knowledge.carrier(id)) {
            Some(carrier) => (carrier.id.as_str(), carrier.is_active()),
            None => (it.name.as_str(), false),
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    FactCounts {
        numbers: facts.numbers.len(),
        numbers_verified: verified.count(),
        carriers: names.len(),
        carriers_current: names.iter().filter(|(_, current)| *current).count(),
        links: facts.links.len(),
    }
}
