//! The list of findings a team has decided to live with for now: one line per finding, sorted, so that two branches
//! merge by keeping the lines of both.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, FileReport, Message, RuleMeta};
use crate::knowledge::{LoadError, TomlFile};
use crate::rule::Findings;
use crate::rules::meta::obsolete_baseline as obsolete;
use crate::text::Span;

use super::selection::Selection;

const HEAD: &str = "# guidelint baseline v1";
const VERSION: &str = "v1";
const NOTE: &str = "# One finding per line: path, rule, fingerprint, text. In a merge keep the lines of both sides.";

/// Bytes of a finding's text that are written beside its fingerprint.
const EXCERPT: usize = 60;

/// Findings that are known and not shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// By path and fingerprint: the rule and an excerpt for people.
    entries: BTreeMap<String, BTreeMap<String, (String, String)>>,
}

impl Baseline {
    /// Reads a baseline; `path` is how messages call it.
    ///
    /// # Errors
    /// Lines that are none, conflict markers among them, with their places.
    pub fn read(path: &str, text: &str) -> Result<Baseline, LoadError> {
        let file = TomlFile::new(path, text);
        let mut baseline = Baseline::default();
        let mut complaints = Vec::new();
        let mut at = 0;
        for line in file.source().body().0.split_inclusive('\n') {
            let range = at..at + line.trim_end().len();
            at += line.len();
            let line = line.trim_end_matches(['\n', '\r']);
            if line.strip_prefix("# guidelint baseline ").is_some_and(|version| version.trim_end() != VERSION) {
                complaints.push(file.complaint(range, format!("this guidelint reads baselines of version {VERSION}")));
                continue;
            }
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            if ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark)) {
                complaints.push(
                    file.complaint(
                        range,
                        "a merge conflict is left here: keep the lines of both sides, remove this one",
                    ),
                );
                continue;
            }
            let mut fields = line.splitn(4, '\t');
            match (fields.next(), fields.next(), fields.next()) {
                (Some(path), Some(rule), Some(print)) if is_fingerprint(print) => {
                    let excerpt = fields.next().unwrap_or("").to_owned();
                    let of_path = baseline.entries.entry(path.to_owned()).or_default();
                    of_path.insert(print.to_owned(), (rule.to_owned(), excerpt));
                }
                _ => complaints.push(file.complaint(
                    range,
                    "this is no entry: path, rule, fingerprint and text with tabs between them; `--write-baseline` writes the file",
                )),
            }
        }
        file.verdict(complaints)?;
        Ok(baseline)
    }

    /// The file: sorted, one line per finding.
    pub fn to_text(&self) -> String {
        let mut out = format!("{HEAD}\n{NOTE}\n");
        for (path, entries) in &self.entries {
            let mut lines: Vec<_> = entries.iter().map(|(print, (rule, text))| (rule, print, text)).collect();
            lines.sort();
            for (rule, print, text) in lines {
                out.push_str(&format!("{path}\t{rule}\t{print}\t{text}\n"));
            }
        }
        out
    }

    /// How many findings it holds.
    pub fn len(&self) -> usize {
        self.entries.values().map(BTreeMap::len).sum()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Paths it has entries for.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.entries.keys().map(String::as_str)
    }

    /// Forgets a guide.
    pub fn forget(&mut self, path: &str) {
        self.entries.remove(path);
    }

    /// Takes in what was found in a guide, in place of what was known of it. What is known of rules that `did_not_run`
    /// stays.
    pub fn record(&mut self, file: &FileReport, did_not_run: impl Fn(&str) -> bool) {
        let known = file.diagnostics.iter().chain(&file.baselined).filter(|it| it.rule != obsolete_name());
        let mut entries: BTreeMap<String, (String, String)> = known
            .map(|it| {
                let text = it.absent.clone().unwrap_or_else(|| excerpt(file.source.slice(it.span)));
                (it.fingerprint.clone(), (it.rule.to_string(), text))
            })
            .collect();
        let path = field(file.source.identity());
        let before = self.entries.remove(&path).unwrap_or_default();
        entries.extend(before.into_iter().filter(|(_, (rule, _))| did_not_run(rule)));
        match entries.is_empty() {
            true => None,
            false => self.entries.insert(path, entries),
        };
    }

    /// Moves the known findings of a guide out of sight, and reports entries that match nothing any more.
    pub(super) fn apply(
        &self,
        file: &mut FileReport,
        anchor: Span,
        ran: &[&str],
        metas: &[&RuleMeta],
        selection: &Selection,
    ) {
        let Some(entries) = self.entries.get(&field(file.source.identity())) else { return };
        let found = std::mem::take(&mut file.diagnostics);
        let (known, new): (Vec<_>, Vec<_>) = found.into_iter().partition(|it| entries.contains_key(&it.fingerprint));
        let met: BTreeSet<&str> = known.iter().map(|it| it.fingerprint.as_str()).collect();
        // A rule that is gone finds nothing; of one that did not run nobody knows.
        let is_paid = |rule: &String| ran.contains(&rule.as_str()) || !metas.iter().any(|it| it.name == *rule);
        let paid = entries.iter().filter(|(print, (rule, _))| !met.contains(print.as_str()) && is_paid(rule)).count();
        file.diagnostics = new;
        file.baselined = known;
        let meta = metas.iter().find(|it| it.name == obsolete_name() && ran.contains(&it.name.as_ref()));
        if let (Some(meta), true) = (meta, paid > 0) {
            let mut out: Vec<Diagnostic> = Vec::new();
            Findings::new(meta, &mut out)
                .report(anchor, Message::new(&obsolete::OBSOLETE).with("count", paid))
                .help(Message::new(&obsolete::WRITE_AGAIN))
                .absent("obsolete-baseline");
            out.iter_mut().for_each(|it| selection.adjust(it));
            file.diagnostics.extend(out);
        }
    }
}

fn obsolete_name() -> &'static str {
    "meta/obsolete-baseline"
}

fn is_fingerprint(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|it| it.is_ascii_hexdigit())
}

/// A field may hold no tab and no line end.
fn field(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

fn excerpt(text: &str) -> String {
    let line: String = text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    let mut end = line.len().min(EXCERPT);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    field(line[..end].trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_both_sides_of_a_merge_are_kept() {
        let print = |digit: char| digit.to_string().repeat(32);
        let one = format!("b.md\tphone/invalid\t{}\t+90 5\n", print('1'));
        let two = format!("a.md\tphone/invalid\t{}\t+90 7\n", print('2'));
        let baseline = Baseline::read("b", &format!("{one}{two}")).unwrap();
        assert_eq!(baseline.len(), 2);
        assert_eq!(baseline.to_text(), format!("{HEAD}\n{NOTE}\n{two}{one}"));
        assert_eq!(Baseline::read("b", &baseline.to_text()).unwrap(), baseline);
        let error = Baseline::read("b", &format!("{one}<<<<<<< HEAD\nnonsense\n")).unwrap_err().to_string();
        assert!(error.contains("b:2:1: a merge conflict") && error.contains("b:3:1: this is no entry"), "{error}");
    }
}
