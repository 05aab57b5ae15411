//! What holds of every fixture: threads, silence, fixes, paragraphs added, guides checked apart and together.

use std::collections::BTreeMap;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex};

use guidelint::check::Settings;
use guidelint::diagnostic::{Applicability, Diagnostic, FileReport, Severity};
use guidelint::guide::{self, BlockKind, Guide};
use guidelint::{Checker, Source};

use super::common::{self, Dice};
use super::sound::{all_sound, checker, essence, fixtures, json};

/// Every fixture checked, once for all tests.
fn reports() -> &'static [FileReport] {
    static REPORTS: LazyLock<Vec<FileReport>> =
        LazyLock::new(|| fixtures().iter().map(|(name, text)| common::check(checker(), name, text)).collect());
    &REPORTS
}

#[test]
fn every_report_on_every_fixture_is_sound() {
    reports().iter().for_each(all_sound);
    for (name, text) in fixtures() {
        for text in [text.replace('\n', "\r\n"), format!("\u{feff}{text}"), text.replace('\n', "\r")] {
            all_sound(&common::check(checker(), name, &text));
        }
    }
}

/// One checker asked from several threads, in another order each time, says what it says to one.
#[test]
fn the_order_and_the_threads_do_not_matter() {
    let alone: Vec<String> = reports().iter().map(json).collect();
    for threads in [1, 2, 8] {
        let fresh = Checker::builtin();
        let next = AtomicUsize::new(0);
        let found = Mutex::new(vec![String::new(); alone.len()]);
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    loop {
                        let turn = next.fetch_add(1, Ordering::Relaxed);
                        if turn >= alone.len() {
                            break;
                        }
                        // From the last to the first.
                        let at = alone.len() - 1 - turn;
                        let (name, text) = &fixtures()[at];
                        let said = json(&common::check(&fresh, name, text));
                        found.lock().unwrap()[at] = said;
                    }
                });
            }
        });
        for (at, said) in found.into_inner().unwrap().iter().enumerate() {
            assert_eq!(*said, alone[at], "{} with {threads} threads", fixtures()[at].0);
        }
    }
}

/// How often each finding is there.
fn counted<'a>(
    source: &Source,
    all: impl Iterator<Item = &'a Diagnostic>,
) -> BTreeMap<(String, String, String), usize> {
    let mut counts = BTreeMap::new();
    for it in all {
        *counts.entry(essence(source, it)).or_default() += 1;
    }
    counts
}

/// Where the lines of the outermost block around a place begin and end; `None` where a comment before it could not
/// stand alone.
fn block_around(parsed: &Guide, text: &str, at: u32) -> Option<(usize, usize)> {
    let around = parsed.outline.iter().filter(|(span, _)| span.start <= at && at < span.end);
    let (span, _) = around.min_by_key(|(span, depth)| (*depth, span.start))?;
    let start = text[..span.start as usize].rfind('\n').map_or(0, |it| it + 1);
    let clear = text[..start].ends_with("\n\n");
    clear.then_some((start, span.end as usize))
}

/// Of the findings, one in so many is silenced: each asks for a guide to be checked again.
const ONE_IN: usize = 4;

#[test]
fn a_comment_before_a_block_silences_one_rule_there_and_nothing_else() {
    let mut silenced = 0;
    let mut dice = Dice(common::seed());
    for (report, (name, text)) in reports().iter().zip(fixtures()) {
        // A fixture about comments has its own ideas of them, and an MDX comment is a block of its own.
        if name.contains("/meta/") || text.contains("guidelint:") || name.ends_with(".mdx") {
            continue;
        }
        let parsed = guide::parse(&report.source);
        let mut tried = Vec::new();
        for it in report.diagnostics.iter().filter(|it| it.absent.is_none()) {
            let Some((start, end)) = block_around(&parsed, text, it.span.start) else { continue };
            if tried.contains(&(start, it.rule.clone())) {
                continue;
            }
            tried.push((start, it.rule.clone()));
            if dice.roll(ONE_IN) > 0 {
                continue;
            }
            let comment = format!("<!-- guidelint: allow {} -- checked -->\n", it.rule);
            let allowed = format!("{}{comment}{}", &text[..start], &text[start..]);
            let after = common::check(checker(), name, &allowed);
            let meant =
                |it: &&Diagnostic, rule: &str| it.rule == rule && (start..end).contains(&(it.span.start as usize));
            let others = report.diagnostics.iter().filter(|other| !meant(other, &it.rule));
            let ours = report.diagnostics.iter().filter(|other| meant(other, &it.rule));
            assert_eq!(
                counted(&after.source, after.diagnostics.iter()),
                counted(&report.source, others),
                "{name}: {comment}at {start}"
            );
            assert_eq!(
                counted(&after.source, after.suppressed.iter()),
                counted(&report.source, ours),
                "{name}: {comment}at {start}"
            );
            silenced += 1;
        }
    }
    assert!(silenced > 100, "only {silenced} findings were silenced");
}

/// A fix is applied to the end: a second round finds nothing to do. It never brings an error.
pub fn mends_soundly(source: &Arc<Source>) -> usize {
    let errors = |report: &FileReport| {
        counted(&report.source, report.diagnostics.iter().filter(|it| it.severity == Severity::Error))
    };
    let mut applied = 0;
    for least in [Applicability::Safe, Applicability::Unsafe] {
        let mended = checker().mend(source.clone(), common::today(), &Settings::default(), least);
        applied += mended.applied;
        let name = source.path();
        if !mended.stable {
            assert_eq!(mended.report.source.text(), source.text(), "{name} was changed though its fixes have no end");
            continue;
        }
        all_sound(&mended.report);
        let again = checker().mend(mended.report.source.clone(), common::today(), &Settings::default(), least);
        assert_eq!((again.applied, again.stable), (0, true), "{name}: a second run fixed more");
        assert_eq!(again.report.source.text(), mended.report.source.text());
        if mended.applied > 0 {
            let before = common::check(checker(), name, source.text());
            let known = errors(&before).into_values().sum::<usize>();
            let left = errors(&mended.report).into_values().sum::<usize>();
            assert!(left <= known, "{name}: {known} errors became {left}");
        }
    }
    applied
}

#[test]
fn fixes_come_to_an_end_and_bring_no_error() {
    let applied: usize = reports().iter().map(|report| mends_soundly(&report.source)).sum();
    assert!(applied > 100, "only {applied} fixes went in");
}

/// Places after a paragraph of the text proper that ends its section, where one more changes nothing that is spoken of.
fn gaps(parsed: &Guide, text: &str) -> Vec<usize> {
    let plain = parsed.blocks.iter().enumerate().filter(|(_, block)| {
        block.kind == BlockKind::Paragraph && block.quotes == 0 && block.item.is_none() && block.cell.is_none()
    });
    let ends = plain.filter_map(|(at, block)| {
        let end = block.span.start as usize + text[block.span.range()].trim_end().len();
        let next = parsed.blocks.get(at + 1).filter(|it| matches!(it.kind, BlockKind::Heading(_)))?;
        let between = text.get(end..next.span.start as usize)?;
        (between.trim().is_empty() && between.contains("\n\n")).then_some(end)
    });
    ends.collect()
}

#[test]
fn an_unrelated_paragraph_changes_no_fingerprint() {
    let mut added = 0;
    for (report, (name, text)) in reports().iter().zip(fixtures()) {
        let calm = match report.language.as_deref() {
            Some("en") => "Take your time; nothing here is urgent.",
            Some("zh") if report.script.as_deref() == Some("Hans") => "慢慢来，不必着急。",
            _ => continue,
        };
        let prints = |report: &FileReport| -> Vec<(String, String)> {
            let all = report.diagnostics.iter().map(|it| (it.rule.to_string(), it.fingerprint.clone()));
            let mut all: Vec<_> = all.collect();
            all.sort();
            all
        };
        for at in gaps(&guide::parse(&report.source), text) {
            let longer = format!("{}\n\n{calm}{}", &text[..at], &text[at..]);
            let after = common::check(checker(), name, &longer);
            assert_eq!(prints(&after), prints(report), "{name} with a paragraph more at {at}");
            added += 1;
        }
    }
    assert!(added > 100, "only {added} paragraphs were added");
}

/// Every rule judges one guide: what is said of two guides together is what is said of each.
#[test]
fn guides_checked_together_are_judged_as_each_alone() {
    let run = |paths: &[&str]| -> Vec<serde_json::Value> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guidelint"));
        command.current_dir(common::root()).args(["check", "--isolated", "--as-of", "2026-11-22", "--format", "json"]);
        let out = command.args(paths).output().unwrap();
        let report: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
        report["diagnostics"].as_array().unwrap().clone()
    };
    let folders: Vec<String> = {
        let entries = std::fs::read_dir(common::fixtures()).unwrap().map(|it| it.unwrap());
        let folders = entries.filter(|it| it.file_type().unwrap().is_dir()).map(|it| it.file_name());
        let mut names: Vec<String> = folders.map(|it| format!("fixtures/{}", it.to_string_lossy())).collect();
        names.sort();
        names
    };
    let half = folders.len() / 2;
    let names: Vec<&str> = folders.iter().map(String::as_str).collect();
    let apart = [run(&names[..half]), run(&names[half..])].concat();
    let together = run(&names);
    assert!(together.len() > 1000, "only {} findings", together.len());
    assert_eq!(apart, together);
}
