//! Applies fixes to a text. It knows diagnostics and bytes, no rule and no file.

use std::collections::BTreeMap;

use crate::diagnostic::{Applicability, Diagnostic, Edit};
use crate::text::Source;

/// A text after some of its fixes were applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The new text, a byte order mark included if there was one.
    pub text: String,
    /// How many fixes went in.
    pub applied: usize,
    /// Fixes that touch what another one changes; they wait for the next round.
    pub waiting: usize,
}

/// Applies every fix of at least this applicability, in the order of the findings. The edits of a fix go in together or
/// not at all; where two fixes touch each other, the first wins.
pub fn apply(source: &Source, diagnostics: &[Diagnostic], least: Applicability) -> Fixed {
    apply_those(source, diagnostics.iter().filter(|it| is_applicable(it, least)))
}

/// Whether a finding has a fix that may be applied at this level.
pub fn is_applicable(diagnostic: &Diagnostic, least: Applicability) -> bool {
    let level = least.max(Applicability::Unsafe);
    diagnostic.fix.as_ref().is_some_and(|fix| fix.applicability >= level && !fix.edits.is_empty())
}

/// Applies the fixes of these findings.
pub(crate) fn apply_those<'a>(source: &Source, diagnostics: impl Iterator<Item = &'a Diagnostic>) -> Fixed {
    let mut taken = Taken::default();
    let (mut applied, mut waiting) = (0, 0);
    for fix in diagnostics.filter_map(|it| it.fix.as_ref()) {
        let mut edits: Vec<&Edit> = fix.edits.iter().collect();
        edits.sort_by_key(|edit| place(edit));
        edits.dedup();
        // Edits that lie on one another mean nothing.
        if !edits.iter().all(|edit| fits(source, edit)) || edits.windows(2).any(|two| touch(two[0], two[1])) {
            continue;
        }
        let fresh: Vec<&Edit> = edits.into_iter().filter(|edit| !taken.holds(edit)).collect();
        if fresh.iter().any(|edit| taken.is_touched(edit)) {
            waiting += 1;
            continue;
        }
        fresh.into_iter().for_each(|edit| taken.add(edit));
        applied += 1;
    }
    Fixed { text: replaced(source, &taken.in_order()), applied, waiting }
}

/// Edits that go in. No two touch, so that only the neighbours of one more can touch it.
#[derive(Default)]
struct Taken<'a>(BTreeMap<(u32, u32), &'a Edit>);

impl<'a> Taken<'a> {
    fn holds(&self, edit: &Edit) -> bool {
        self.0.get(&place(edit)).is_some_and(|there| *there == edit)
    }

    fn is_touched(&self, edit: &Edit) -> bool {
        let before = self.0.range(..place(edit)).next_back();
        let after = self.0.range(place(edit)..).next();
        before.into_iter().chain(after).any(|(_, there)| touch(edit, there))
    }

    fn add(&mut self, edit: &'a Edit) {
        self.0.insert(place(edit), edit);
    }

    fn in_order(self) -> Vec<&'a Edit> {
        self.0.into_values().collect()
    }
}

fn place(edit: &Edit) -> (u32, u32) {
    (edit.span.start, edit.span.end)
}

/// Whether an edit lies within the text and on character boundaries.
fn fits(source: &Source, edit: &Edit) -> bool {
    edit.span.start <= edit.span.end && source.text().get(edit.span.range()).is_some()
}

/// Whether two edits cannot both go in. Insertions at one place have no order, so they touch as well.
fn touch(a: &Edit, b: &Edit) -> bool {
    a.span.overlaps(b.span)
        || (a.span.is_empty() && b.span.start <= a.span.start && a.span.start <= b.span.end)
        || (b.span.is_empty() && a.span.start <= b.span.start && b.span.start <= a.span.end)
}

fn replaced(source: &Source, edits: &[&Edit]) -> String {
    let text = source.text();
    let windows = writes_crlf(text);
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for edit in edits {
        out.push_str(&text[at..edit.span.start as usize]);
        match windows {
            true => out.push_str(&edit.replacement.replace("\r\n", "\n").replace('\n', "\r\n")),
            false => out.push_str(&edit.replacement),
        }
        at = edit.span.end as usize;
    }
    out.push_str(&text[at..]);
    out
}

/// Whether the first line of a text ends as Windows ends lines.
fn writes_crlf(text: &str) -> bool {
    text.find('\n').is_some_and(|at| text[..at].ends_with('\r'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Confidence, Fix, Message, Severity};
    use crate::text::Span;

    fn finding(applicability: Applicability, edits: &[(usize, usize, &str)]) -> Diagnostic {
        let edits = edits
            .iter()
            .map(|(start, end, text)| Edit { span: Span::of(*start..*end), replacement: (*text).to_owned() });
        Diagnostic {
            rule: "demo/demo".into(),
            severity: Severity::Warning,
            confidence: Confidence::High,
            span: Span::default(),
            message: Message::verbatim("demo"),
            labels: Vec::new(),
            evidence: Vec::new(),
            help: None,
            fix: Some(Fix { title: Message::verbatim("demo"), edits: edits.collect(), applicability }),
            absent: None,
            fingerprint: String::new(),
        }
    }

    fn fixed(text: &str, findings: &[Diagnostic], least: Applicability) -> Fixed {
        apply(&Source::new("a.md", text), findings, least)
    }

    #[test]
    fn overlapping_fixes_wait_and_a_fix_is_whole_or_not_at_all() {
        let safe = Applicability::Safe;
        let findings = [
            finding(safe, &[(0, 3, "one")]),
            finding(safe, &[(2, 5, "x"), (8, 9, "y")]),
            finding(safe, &[(6, 7, "B")]),
            finding(safe, &[(6, 7, "B")]),
        ];
        let fixed = fixed("aaa bb ccc", &findings, safe);
        assert_eq!(fixed.text, "one bbBccc");
        assert_eq!((fixed.applied, fixed.waiting), (3, 1));
    }

    #[test]
    fn a_fix_whose_own_edits_lie_on_one_another_is_left_out() {
        let safe = Applicability::Safe;
        let findings = [finding(safe, &[(0, 4, "x"), (2, 6, "y")]), finding(safe, &[(3, 4, "D"), (0, 1, "A")])];
        let fixed = fixed("abcdef", &findings, safe);
        assert_eq!((fixed.text.as_str(), fixed.applied, fixed.waiting), ("AbcDef", 1, 0));
    }

    /// Checked against the plainest way to say the same: every pair of edits is looked at.
    #[test]
    fn which_edits_go_in_is_as_if_every_pair_were_compared() {
        let mut state = 7u32;
        let mut roll = |sides: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % sides
        };
        for _ in 0..500 {
            let findings: Vec<Diagnostic> = (0..roll(8))
                .map(|_| {
                    let start = roll(12) as usize;
                    let end = start + roll(4) as usize;
                    finding(Applicability::Safe, &[(start, end, ["", "x", "yz"][roll(3) as usize])])
                })
                .collect();
            let mut taken: Vec<&Edit> = Vec::new();
            let mut applied = 0;
            for it in &findings {
                let edit = &it.fix.as_ref().unwrap().edits[0];
                let same = taken.contains(&edit);
                if same || !taken.iter().any(|other| touch(edit, other)) {
                    applied += 1;
                    taken.extend((!same).then_some(edit));
                }
            }
            taken.sort_by_key(|edit| place(edit));
            let source = Source::new("a.md", "abcdefghijklmnop");
            let fixed = apply(&source, &findings, Applicability::Safe);
            assert_eq!((fixed.text, fixed.applied), (replaced(&source, &taken), applied));
        }
    }

    #[test]
    fn only_what_is_allowed_goes_in() {
        let findings = [
            finding(Applicability::Safe, &[(0, 1, "A")]),
            finding(Applicability::Unsafe, &[(1, 2, "B")]),
            finding(Applicability::DisplayOnly, &[(2, 3, "C")]),
        ];
        assert_eq!(fixed("abc", &findings, Applicability::Safe).text, "Abc");
        assert_eq!(fixed("abc", &findings, Applicability::Unsafe).text, "ABc");
        assert_eq!(fixed("abc", &findings, Applicability::DisplayOnly).text, "ABc");
    }

    #[test]
    fn line_ends_and_marks_stay_and_broken_edits_are_left_out() {
        let safe = Applicability::Safe;
        let findings =
            [finding(safe, &[(6, 6, "x\ny\n")]), finding(safe, &[(1, 2, "")]), finding(safe, &[(90, 99, "")])];
        assert_eq!(fixed("\u{feff}a\r\nb", &findings, safe).text, "\u{feff}a\r\nx\r\ny\r\nb");
    }
}
