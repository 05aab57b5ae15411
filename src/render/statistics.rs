use std::collections::BTreeMap;
use std::fmt::Write;

use crate::diagnostic::{FileReport, Message, Severity, Wording};

use super::safe::one_line;
use super::{Style, wording};

/// Lines of a table; the rest are counted.
const MOST: usize = 20;
/// The slowest that are named.
const SLOWEST: usize = 5;

/// How often each rule found something, in which guides and countries, and how long it all took; gathered guide by guide.
#[derive(Clone, Debug, Default)]
pub struct Statistics {
    rules: BTreeMap<String, Tally>,
    files: BTreeMap<String, Tally>,
    /// By code; empty where a guide is about no single country.
    countries: BTreeMap<String, Tally>,
    timed: bool,
    whole: u64,
    reading: u64,
    rule_times: BTreeMap<String, u64>,
    file_times: BTreeMap<String, u64>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    findings: usize,
    guides: usize,
    gravest: Option<Severity>,
}

impl Tally {
    fn add(&mut self, severity: Severity) {
        self.findings += 1;
        self.gravest = self.gravest.max(Some(severity));
    }
}

impl Statistics {
    /// Counts the findings of one guide.
    pub fn add(&mut self, file: &FileReport) {
        let path = file.source.path();
        let mut seen: Vec<&str> = Vec::new();
        for diagnostic in &file.diagnostics {
            let tally = self.rules.entry(diagnostic.rule.to_string()).or_default();
            tally.add(diagnostic.severity);
            if !seen.contains(&diagnostic.rule.as_ref()) {
                seen.push(&diagnostic.rule);
                tally.guides += 1;
            }
            self.files.entry(path.to_owned()).or_default().add(diagnostic.severity);
            self.countries.entry(file.country.clone().unwrap_or_default()).or_default().add(diagnostic.severity);
        }
        if !file.diagnostics.is_empty() {
            self.countries.entry(file.country.clone().unwrap_or_default()).or_default().guides += 1;
        }
        if let Some(timing) = &file.timing {
            self.timed = true;
            self.whole += timing.whole;
            self.reading += timing.reading;
            *self.file_times.entry(path.to_owned()).or_default() += timing.whole;
            for (rule, time) in &timing.rules {
                *self.rule_times.entry(rule.to_string()).or_default() += time;
            }
        }
    }

    /// Tables by rule, guide and country, most findings first, and what took how long. Nothing is said of what was not found.
    pub fn table(&self, style: &Style) -> String {
        let mut out = String::new();
        push_table(&mut out, &wording::STATISTICS, &self.rules, true, style);
        push_table(&mut out, &wording::STATISTICS_FILES, &self.files, false, style);
        push_table(&mut out, &wording::STATISTICS_COUNTRIES, &self.countries, true, style);
        if self.timed {
            self.push_times(&mut out, style);
        }
        out
    }

    fn push_times(&self, out: &mut String, style: &Style) {
        let rules: u64 = self.rule_times.values().sum();
        let sentence = Message::new(&wording::TIME)
            .with("whole", millis(self.whole))
            .with("reading", millis(self.reading))
            .with("rules", millis(rules));
        let _ = writeln!(out, "{}", sentence.text(style.language));
        for (title, times) in [(&wording::TIME_RULES, &self.rule_times), (&wording::TIME_FILES, &self.file_times)] {
            let mut slowest: Vec<(&String, &u64)> = times.iter().collect();
            slowest.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
            let named =
                slowest.iter().take(SLOWEST).map(|(name, time)| format!("{} {}", one_line(name), millis(**time)));
            let list = named.collect::<Vec<_>>().join(", ");
            let _ = writeln!(out, "{}", Message::new(title).with("list", list).text(style.language));
        }
    }
}

fn push_table(
    out: &mut String,
    title: &'static Wording,
    tallies: &BTreeMap<String, Tally>,
    guides: bool,
    style: &Style,
) {
    let mut rows: Vec<(&String, &Tally)> = tallies.iter().collect();
    rows.sort_by_key(|(name, tally)| (std::cmp::Reverse(tally.findings), name.is_empty(), name.as_str()));
    let Some((_, first)) = rows.first() else { return };
    let width = first.findings.to_string().len();
    let guides_width = rows.iter().map(|(_, tally)| tally.guides.to_string().len()).max().unwrap_or(1);
    if !out.is_empty() {
        out.push('\n');
    }
    let _ = writeln!(out, "{}", Message::new(title).text(style.language));
    for (name, tally) in rows.iter().take(MOST) {
        let severity = tally.gravest.map_or("", Severity::as_str);
        let _ = write!(out, "{:>width$}  ", tally.findings);
        if guides {
            let _ = write!(out, "{:>guides_width$} {}  ", tally.guides, wording::guides(tally.guides, style.language));
        }
        let name = match name.is_empty() {
            true => Message::new(&wording::PAGE_UNKNOWN).text(style.language).into(),
            false => one_line(name),
        };
        let _ = writeln!(out, "{severity:<7}  {name}");
    }
    if rows.len() > MOST {
        let more = Message::new(&wording::STATISTICS_MORE).with("count", rows.len() - MOST);
        let _ = writeln!(out, "{}", more.text(style.language));
    }
}

/// With one digit after the point.
fn millis(nanoseconds: u64) -> String {
    format!("{:.1} ms", nanoseconds as f64 / 1e6)
}
