//! `--add-allow`: writes the comments that silence a rule's findings.

use std::collections::BTreeSet;
use std::sync::Arc;

use guidelint::check::Settings;
use guidelint::date::Date;
use guidelint::diagnostic::{Diagnostic, FileReport};
use guidelint::{Checker, Source, guide};

/// Why a reason cannot be written into a comment.
pub fn fault_in(reason: &str) -> Option<&'static str> {
    if reason.trim().is_empty() {
        return Some("--reason says why the findings are allowed; it is empty");
    }
    let closes = ["-->", "--!>", "*/"].iter().any(|it| reason.contains(it));
    (closes || reason.chars().any(char::is_control))
        .then_some("--reason goes into a comment: write it on one line and without `-->` or `*/`")
}

/// A guide with a comment before each block in which the rule finds something; what cannot be reached that way is
/// allowed for the whole file. Also how many comments went in.
pub fn add(
    checker: &Checker,
    source: Arc<Source>,
    today: Date,
    settings: &Settings,
    rule: &str,
    reason: &str,
) -> (FileReport, usize) {
    let report = checker.check_with(source.clone(), today, settings);
    let is_meant = |it: &&Diagnostic| rule == "all" || it.rule == rule || it.rule.split('/').next() == Some(rule);
    let found: Vec<&Diagnostic> = report.diagnostics.iter().filter(is_meant).collect();
    if found.is_empty() {
        return (report, 0);
    }
    let text = source.text();
    let parsed = guide::parse(&source);
    let places: Option<BTreeSet<usize>> = found.iter().map(|it| block_start(&parsed, text, it)).collect();
    let recheck = |text: String| {
        let source = Source::new(source.path(), text).with_identity(source.identity());
        checker.check_with(Arc::new(source), today, settings)
    };
    if let Some(places) = places {
        let beside = recheck(with_comments(&source, &places, "allow", rule, reason));
        if !beside.diagnostics.iter().any(|it| is_meant(&it)) {
            return (beside, places.len());
        }
    }
    let top = parsed.front_matter.as_ref().map_or(source.body().1, |it| line_end(text, it.span.end as usize));
    let whole = recheck(with_comments(&source, &BTreeSet::from([top]), "allow-file", rule, reason));
    (whole, 1)
}

/// Where the line begins on which the outermost block around a finding begins.
fn block_start(parsed: &guide::Guide, text: &str, found: &Diagnostic) -> Option<usize> {
    let holds = |span: &guidelint::text::Span| span.start <= found.span.start && found.span.start < span.end;
    let outermost =
        parsed.outline.iter().filter(|(span, _)| holds(span)).min_by_key(|(span, depth)| (*depth, span.start))?;
    let start = outermost.0.start as usize;
    Some(text[..start].rfind('\n').map_or(if text.starts_with('\u{feff}') { 3 } else { 0 }, |it| it + 1))
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |it| at + it + 1)
}

fn with_comments(source: &Source, places: &BTreeSet<usize>, verb: &str, rule: &str, reason: &str) -> String {
    let (text, reason) = (source.text(), reason.trim());
    let end = if text.find('\n').is_some_and(|at| text[..at].ends_with('\r')) { "\r\n" } else { "\n" };
    // To CommonMark an MDX comment is text: a blank line keeps it a block of its own.
    let comment = match source.path().ends_with(".mdx") {
        true => format!("{{/* guidelint: {verb} {rule} -- {reason} */}}{end}{end}"),
        false => format!("<!-- guidelint: {verb} {rule} -- {reason} -->{end}"),
    };
    let mut out = String::with_capacity(text.len() + places.len() * comment.len());
    let mut from = 0;
    for &at in places {
        out.push_str(&text[from..at]);
        if !out.is_empty() && !out.ends_with('\n') && at > 3 {
            out.push_str(end);
        }
        out.push_str(&comment);
        from = at;
    }
    out.push_str(&text[from..]);
    out
}
