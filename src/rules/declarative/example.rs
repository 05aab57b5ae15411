//! Runs the examples a rule file carries.

use std::sync::Arc;

use super::{Declared, Example};
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::facts::{self, Scanner, SubjectHints};
use crate::fix;
use crate::guide;
use crate::knowledge::{Knowledge, Literal, LoadError, Owner};
use crate::rule::{Context, Findings, Rule};
use crate::text::Source;

impl Declared {
    /// Runs every example of the rule.
    ///
    /// # Errors
    /// The examples that do not show what they say, each with its place.
    pub fn run_examples(&self, knowledge: &Knowledge, today: Date) -> Result<usize, LoadError> {
        let literals = self.patterns().into_iter().map(|it| {
            let (text, open_ended) = match it.text.strip_suffix('*') {
                Some(stem) => (stem.to_owned(), true),
                None => (it.text, false),
            };
            Literal { text: text.into(), owner: Owner::Rule(0, it.tag), language: 0, open_ended, exact: it.exact }
        });
        let scanner = Scanner::new(knowledge.lexicon(), literals.collect());
        let mut complaints = Vec::new();
        for example in &self.bad {
            let (source, found) = self.check_example(example, &scanner, knowledge, today);
            complaints.extend(self.judge_bad(example, &source, &found));
        }
        for example in &self.good {
            let (source, found) = self.check_example(example, &scanner, knowledge, today);
            if let Some(first) = found.first() {
                let message = format!("this good example is flagged: `{}`", source.slice(first.span));
                complaints.push(self.file.complaint(example.place.clone(), message));
            }
        }
        self.file.verdict(complaints)?;
        Ok(self.bad.len() + self.good.len())
    }

    fn judge_bad(&self, example: &Example, source: &Source, found: &[Diagnostic]) -> Vec<Diagnostic> {
        let mut complaints = Vec::new();
        if found.is_empty() {
            let message = "the rule finds nothing in this bad example";
            return vec![self.file.complaint(example.place.clone(), message)];
        }
        let texts: Vec<&str> = found.iter().map(|it| source.slice(it.span)).collect();
        for (wanted, place) in &example.find {
            if !texts.contains(&wanted.as_str()) {
                let message = format!("the rule does not find `{wanted}` here; it finds {}", listed(&texts));
                complaints.push(self.file.complaint(place.clone(), message));
            }
        }
        if !example.find.is_empty() && texts.len() != example.find.len() && complaints.is_empty() {
            let message = format!("the rule finds {} here: name each in `find`", listed(&texts));
            complaints.push(self.file.complaint(example.place.clone(), message));
        }
        if let Some((wanted, place)) = &example.fixed {
            let fixed = fix::apply(source, found, self.applicability).text;
            if fixed.trim_end() != wanted.trim_end() {
                complaints.push(self.file.complaint(place.clone(), format!("the fix gives `{}`", fixed.trim_end())));
            }
        }
        complaints
    }

    fn check_example(
        &self,
        example: &Example,
        scanner: &Scanner,
        knowledge: &Knowledge,
        today: Date,
    ) -> (Arc<Source>, Vec<Diagnostic>) {
        let source = Arc::new(Source::new("example.md", example.text.clone()));
        let hints = SubjectHints {
            country: example.country.clone(),
            kind: example.kind.clone(),
            language: example.language.clone(),
            ..SubjectHints::default()
        };
        let guide = guide::parse(&source);
        let (facts, subject) = facts::find(&guide, scanner, knowledge, &hints);
        let context = Context::new(&source, &guide, &facts, &subject, knowledge, today);
        let mut found = Vec::new();
        self.check(&context.for_rule(0), &mut Findings::new(&self.meta, &mut found));
        (source.clone(), found)
    }
}

fn listed(texts: &[&str]) -> String {
    texts.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
}
