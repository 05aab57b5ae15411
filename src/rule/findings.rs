use std::sync::Arc;

use crate::diagnostic::{
    Applicability, Citation, Confidence, Diagnostic, Edit, Evidence, Fix, Label, Message, RuleMeta, Severity,
};
use crate::text::Span;

/// Where a rule reports.
pub struct Findings<'a> {
    meta: &'a RuleMeta,
    out: &'a mut Vec<Diagnostic>,
}

impl<'a> Findings<'a> {
    /// Findings of the rule of `meta`, added to `out`.
    pub fn new(meta: &'a RuleMeta, out: &'a mut Vec<Diagnostic>) -> Findings<'a> {
        Findings { meta, out }
    }

    /// Reports a finding at `span`, with the rule's own severity and confidence until told otherwise.
    pub fn report(&mut self, span: Span, message: Message) -> Finding<'_> {
        self.out.push(Diagnostic {
            rule: self.meta.name.clone(),
            severity: self.meta.severity,
            confidence: self.meta.confidence,
            span,
            message,
            labels: Vec::new(),
            evidence: Vec::new(),
            help: None,
            fix: None,
            absent: None,
            fingerprint: String::new(),
        });
        let at = self.out.len() - 1;
        Finding { diagnostic: &mut self.out[at] }
    }
}

/// A finding being worded.
pub struct Finding<'a> {
    diagnostic: &'a mut Diagnostic,
}

impl Finding<'_> {
    /// Another severity than the rule's.
    pub fn severity(self, severity: Severity) -> Self {
        self.diagnostic.severity = severity;
        self
    }

    /// Another confidence than the rule's.
    pub fn confidence(self, confidence: Confidence) -> Self {
        self.diagnostic.confidence = confidence;
        self
    }

    /// What to do.
    pub fn help(self, help: Message) -> Self {
        self.diagnostic.help = Some(help);
        self
    }

    /// A reason that the guide itself or arithmetic gives.
    pub fn because(self, statement: Message) -> Self {
        self.diagnostic.evidence.push(Evidence { statement, source: None });
        self
    }

    /// A reason with the sources that give it, each once.
    pub fn according_to(self, statement: Message, sources: &[Arc<Citation>]) -> Self {
        if sources.is_empty() {
            return self.because(statement);
        }
        for source in sources {
            self.diagnostic.evidence.push(Evidence { statement: statement.clone(), source: Some(source.clone()) });
        }
        self
    }

    /// A further place.
    pub fn label(self, span: Span, message: Message) -> Self {
        self.diagnostic.labels.push(Label { span, message });
        self
    }

    /// The id of what is absent, for a finding about something that is not there.
    pub fn absent(self, id: impl Into<String>) -> Self {
        self.diagnostic.absent = Some(id.into());
        self
    }

    /// How to mend it.
    pub fn fix(self, title: Message, edits: Vec<Edit>, applicability: Applicability) -> Self {
        self.diagnostic.fix = Some(Fix { title, edits, applicability });
        self
    }
}
