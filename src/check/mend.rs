//! Fixes a guide until nothing is left to fix, and never makes it worse.

use std::collections::HashMap;
use std::sync::Arc;

use crate::date::Date;
use crate::diagnostic::{Applicability, Diagnostic, FileReport, Language, Severity};
use crate::fix;
use crate::text::Source;

use super::{Checker, Settings};

/// Rounds after which a guide whose fixes feed one another is left as it was.
const MOST_ROUNDS: usize = 32;

/// Fixes that are tried alone in a round.
const MOST_ATTEMPTS: usize = 64;

/// A guide after its fixes.
#[derive(Clone, Debug)]
pub struct Mended {
    /// What remains; its source is the mended text.
    pub report: FileReport,
    /// How many fixes went in.
    pub applied: usize,
    /// `false` when the fixes undo one another: then nothing was changed.
    pub stable: bool,
}

impl Checker {
    /// Checks a guide, applies every fix of at least this applicability, and checks again until nothing changes.
    ///
    /// A fix that would bring a new error is left out, and so are fixes that never come to an end.
    pub fn mend(&self, source: Arc<Source>, today: Date, settings: &Settings, least: Applicability) -> Mended {
        let original = self.check_with(source, today, settings);
        let mut report = original.clone();
        let mut seen = vec![report.source.text().to_owned()];
        let mut applied = 0;
        for _ in 0..MOST_ROUNDS {
            let Some((next, count)) = self.mend_once(&report, today, settings, least) else {
                return Mended { report, applied, stable: true };
            };
            if seen.iter().any(|text| text == next.source.text()) {
                break;
            }
            seen.push(next.source.text().to_owned());
            applied += count;
            report = next;
        }
        Mended { report: original, applied: 0, stable: false }
    }

    /// One round; `None` when no fix went in.
    fn mend_once(
        &self,
        report: &FileReport,
        today: Date,
        settings: &Settings,
        least: Applicability,
    ) -> Option<(FileReport, usize)> {
        let candidates: Vec<&Diagnostic> =
            report.diagnostics.iter().filter(|it| fix::is_applicable(it, least)).collect();
        let attempt = |chosen: &[&Diagnostic]| {
            let fixed = fix::apply_those(&report.source, chosen.iter().copied());
            if fixed.text == report.source.text() {
                return None;
            }
            let source = Source::new(report.source.path(), fixed.text).with_identity(report.source.identity());
            let next = self.check_with(Arc::new(source), today, settings);
            brings_no_error(report, &next).then_some((next, fixed.applied))
        };
        if let Some(mended) = attempt(&candidates) {
            return Some(mended);
        }
        // Together they do harm: each alone, the first that does none. Every attempt checks the guide again.
        candidates.len().gt(&1).then(|| candidates.iter().take(MOST_ATTEMPTS).find_map(|it| attempt(&[it])))?
    }
}

/// Whether every error of `after` was there before, as often.
fn brings_no_error(before: &FileReport, after: &FileReport) -> bool {
    let errors = |report: &FileReport| {
        let mut counts: HashMap<_, usize> = HashMap::new();
        for it in report.diagnostics.iter().filter(|it| it.severity == Severity::Error) {
            *counts.entry((it.rule.clone(), it.message.text(Language::En))).or_default() += 1;
        }
        counts
    };
    let known = errors(before);
    errors(after).iter().all(|(error, count)| known.get(error).is_some_and(|before| count <= before))
}
