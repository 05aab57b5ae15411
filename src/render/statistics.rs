use std::collections::BTreeMap;
use std::fmt::Write;

use crate::diagnostic::{FileReport, Message, Severity};

use super::safe::one_line;
use super::{Style, wording};

/// How often each rule found something, gathered guide by guide.
#[derive(Clone, Debug, Default)]
pub struct Statistics {
    rules: BTreeMap<String, Tally>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    findings: usize,
    guides: usize,
    gravest: Option<Severity>,
}

impl Statistics {
    /// Counts the findings of one guide.
    pub fn add(&mut self, file: &FileReport) {
        let mut seen: Vec<&str> = Vec::new();
        for diagnostic in &file.diagnostics {
            let tally = self.rules.entry(diagnostic.rule.to_string()).or_default();
            tally.findings += 1;
            tally.gravest = tally.gravest.max(Some(diagnostic.severity));
            if !seen.contains(&diagnostic.rule.as_ref()) {
                seen.push(&diagnostic.rule);
                tally.guides += 1;
            }
        }
    }

    /// A table, most frequent rule first: findings, guides, gravest severity, rule. Empty when nothing was found.
    pub fn table(&self, style: &Style) -> String {
        let mut rows: Vec<(&String, &Tally)> = self.rules.iter().collect();
        rows.sort_by(|a, b| b.1.findings.cmp(&a.1.findings).then_with(|| a.0.cmp(b.0)));
        let Some((_, first)) = rows.first() else { return String::new() };
        let width = first.findings.to_string().len();
        let guides_width = rows.iter().map(|(_, tally)| tally.guides.to_string().len()).max().unwrap_or(1);
        let mut out = Message::new(&wording::STATISTICS).text(style.language) + "\n";
        for (rule, tally) in rows {
            let severity = tally.gravest.map_or("", Severity::as_str);
            let (findings, guides) = (tally.findings, tally.guides);
            let _ = writeln!(
                out,
                "{findings:>width$}  {guides:>guides_width$} {}  {severity:<7}  {}",
                wording::guides(guides, style.language),
                one_line(rule)
            );
        }
        out
    }
}
