//! Runs the rules over a guide and applies what the project asks for: selection, severities, suppressions, fingerprints.

mod baseline;
mod config;
mod fingerprint;
mod globs;
mod kinds;
mod mend;
mod overrides;
mod pack;
mod schema;
mod selection;
mod setting;
mod size;
mod suppression;
mod variant;

use std::borrow::Cow;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::date::Date;
use crate::diagnostic::{Confidence, Diagnostic, FactCounts, Failure, FileReport, RuleMeta, RuleOptions, Timing};
use crate::facts::{self, Facts, Scanner, Subject, SubjectHints};
use crate::guide;
use crate::knowledge::{Knowledge, Literal, Owner};
use crate::rule::{Context, Findings, Rule};
use crate::rules;
use crate::text::Source;

use variant::Variants;

pub use baseline::Baseline;
pub use config::{Config, ConfigFile, FailOn, Origin, is_language};
pub use globs::Globs;
pub use kinds::KindSetting;
pub use mend::Mended;
pub use overrides::Override;
pub use pack::Pack;
pub use schema::rule_properties;
pub use selection::{Selection, UnknownName};
pub use size::FileSize;

/// Checks guides, one at a time, on as many threads as it is shared with.
pub struct Checker {
    knowledge: Arc<Knowledge>,
    rules: Vec<Box<dyn Rule>>,
    variants: Variants,
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
    /// Settings for some paths, languages, countries or kinds; later ones beat earlier ones.
    pub overrides: Vec<Override>,
    /// Settings for kinds of guides.
    pub kinds: Vec<KindSetting>,
    /// Findings that are known and not shown.
    pub baseline: Option<Arc<Baseline>>,
    /// Only findings that touch these 0-based lines are shown.
    pub lines: Option<Vec<Range<u32>>>,
    /// Tells nanoseconds to whoever wants to know what each rule costs; the library has no clock of its own.
    pub clock: Option<fn() -> u64>,
}

impl Settings {
    /// What is known of one guide from outside: where it lies may say of what kind it is.
    fn hints_for(&self, source: &Source) -> Cow<'_, SubjectHints> {
        let mut hints = Cow::Borrowed(&self.hints);
        for it in &self.kinds {
            if let Some(months) = it.stale_months {
                hints.to_mut().stale_months.insert(it.kind.clone(), months);
            }
            if it.holds(source.identity()) {
                hints.to_mut().usual_kind = Some(it.kind.clone());
            }
        }
        hints
    }

    /// Whether a rule runs in any guide at all.
    pub fn may_run(&self, meta: &RuleMeta) -> bool {
        let within = |it: &Override| {
            let mut selection = self.selection.clone();
            selection.lay_over(&it.severities);
            selection.runs(meta)
        };
        self.selection.runs(meta) || self.overrides.iter().any(within)
    }

    /// The overrides that hold for one guide, in order.
    fn overrides_for(&self, source: &Source, subject: &Subject) -> Vec<&Override> {
        self.overrides.iter().filter(|it| it.matches(source.identity(), subject)).collect()
    }

    /// The selection where these overrides hold: they are laid over the common one.
    fn selection_with(&self, holding: &[&Override]) -> Cow<'_, Selection> {
        let mut selection = Cow::Borrowed(&self.selection);
        for it in holding {
            selection.to_mut().lay_over(&it.severities);
        }
        selection
    }
}

impl Checker {
    /// With the built-in rules and knowledge.
    pub fn builtin() -> Checker {
        Checker::new(Knowledge::builtin(), rules::builtin())
    }

    /// With these rules and this knowledge.
    pub fn new(knowledge: Arc<Knowledge>, rules: Vec<Box<dyn Rule>>) -> Checker {
        Checker::with_overrides(knowledge, rules, &RuleOptions::default(), &[])
    }

    /// With rules that were built with these options, and with those that the overrides ask for instead.
    pub fn with_overrides(
        knowledge: Arc<Knowledge>,
        rules: Vec<Box<dyn Rule>>,
        options: &RuleOptions,
        overrides: &[Override],
    ) -> Checker {
        let variants = Variants::new(&rules, options, overrides);
        let literals = wanted_literals(&knowledge, rules.iter().map(AsRef::as_ref).chain(variants.rules()));
        let scanner = Scanner::new(knowledge.lexicon(), literals).with_channels(&knowledge.promotion);
        Checker { knowledge, rules, variants, scanner }
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

    /// The same, to be shared with another checker.
    pub fn shared_knowledge(&self) -> Arc<Knowledge> {
        self.knowledge.clone()
    }

    /// Checks one guide with the default settings.
    pub fn check(&self, source: Source, today: Date) -> FileReport {
        self.check_with(Arc::new(source), today, &Settings::default())
    }

    /// Checks one guide.
    pub fn check_with(&self, source: Arc<Source>, today: Date, settings: &Settings) -> FileReport {
        let now = || settings.clock.map_or(0, |clock| clock());
        let begun = now();
        let guide = guide::parse(&source);
        let (facts, subject) = facts::find(&guide, &self.scanner, &self.knowledge, &settings.hints_for(&source));
        let context = Context::new(&source, &guide, &facts, &subject, &self.knowledge, today);
        let holding = settings.overrides_for(&source, &subject);
        let selection = &*settings.selection_with(&holding);
        let mut found: Vec<Diagnostic> = Vec::new();
        let mut ran: Vec<&str> = Vec::new();
        let mut failures = Vec::new();
        let mut timing = Timing { reading: now() - begun, ..Timing::default() };
        for (at, rule) in self.rules.iter().enumerate() {
            let meta = rule.meta();
            if !selection.runs(meta) {
                continue;
            }
            let (from, started) = (found.len(), now());
            let (at, rule) = match self.variants.instead_of(at, &meta.name, &holding) {
                Some((variant, rule)) => (self.rules.len() + variant, rule),
                None => (at, rule.as_ref()),
            };
            let checked = catch_unwind(AssertUnwindSafe(|| {
                rule.check(&context.for_rule(at as u16), &mut Findings::new(meta, &mut found));
            }));
            if settings.clock.is_some() {
                timing.rules.push((meta.name.clone(), now() - started));
            }
            if checked.is_err() {
                found.truncate(from);
                failures.push(gave_up(&source, &meta.name));
                continue;
            }
            ran.push(&meta.name);
            for diagnostic in &mut found[from..] {
                selection.adjust(diagnostic);
            }
        }
        found.retain(|it| settings.min_confidence.is_none_or(|least| it.confidence >= least));
        let metas: Vec<&RuleMeta> = self.rules.iter().map(|rule| rule.meta()).collect();
        let (mut diagnostics, mut suppressed) =
            suppression::apply(&source, &guide, found, &ran, &metas, selection, today);
        sort(&mut diagnostics);
        sort(&mut suppressed);
        fingerprint::assign(&source, &mut diagnostics, &mut suppressed);
        let mut report = FileReport {
            country: subject.country.clone(),
            countries: subject.countries.clone(),
            kind: subject.kind.clone(),
            kinds: subject.kinds.clone(),
            telecom: subject.telecom,
            language: subject.language.code.clone(),
            script: subject.language.script.clone(),
            facts: count(&facts, &self.knowledge),
            diagnostics,
            suppressed,
            baselined: Vec::new(),
            failures,
            allowed: allowed(&facts),
            timing: None,
            source,
        };
        if let Some(baseline) = &settings.baseline {
            baseline.apply(&mut report, guide.anchor(), &ran, &metas, selection);
            sort(&mut report.diagnostics);
        }
        if let Some(lines) = &settings.lines {
            let index = report.source.lines();
            report.diagnostics.retain(|it| {
                let (first, last) = (index.line_of(it.span.start), index.line_of(it.span.end));
                lines.iter().any(|range| range.start <= last as u32 && (first as u32) < range.end)
            });
        }
        timing.whole = now() - begun;
        report.timing = settings.clock.map(|_| timing);
        report
    }
}

/// A rule that panics is lost for this guide; the other rules are not.
fn gave_up(source: &Source, rule: &str) -> Failure {
    let message = format!("internal failure: the rule {rule} gave up on this guide; please report it with the guide");
    Failure { path: source.path().to_owned(), message }
}

fn wanted_literals<'a>(knowledge: &Knowledge, rules: impl Iterator<Item = &'a dyn Rule>) -> Vec<Literal> {
    let languages = &knowledge.lexicon().languages;
    let mut literals = Vec::new();
    for (at, rule) in rules.enumerate() {
        for pattern in rule.patterns() {
            let language = languages.iter().position(|it| *it == pattern.language).unwrap_or(0);
            let (text, open_ended) = match pattern.text.strip_suffix('*') {
                Some(stem) => (stem, true),
                None => (pattern.text.as_str(), false),
            };
            literals.push(Literal {
                text: text.into(),
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
    diagnostics.sort_by(|a, b| {
        let place = |it: &Diagnostic| (it.span.start, it.span.end);
        // The sentence is put into words only where all else is the same.
        let words = |it: &Diagnostic| it.message.text(crate::diagnostic::Language::En);
        place(a).cmp(&place(b)).then_with(|| a.rule.cmp(&b.rule)).then_with(|| words(a).cmp(&words(b)))
    });
}

/// The entries of the list of allowed contacts that were of use.
fn allowed(facts: &Facts) -> Vec<u16> {
    let links = facts.links.iter().filter_map(|it| it.allowed);
    let mut used: Vec<u16> = links.chain(facts.handles.iter().filter_map(|it| it.allowed)).collect();
    used.sort_unstable();
    used.dedup();
    used
}

fn count(facts: &Facts, knowledge: &Knowledge) -> FactCounts {
    let verified = facts.numbers.iter().filter(|number| number.published);
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
