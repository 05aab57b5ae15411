use std::fmt::Write;

use crate::diagnostic::{Citation, Diagnostic, Evidence, Fix, Language, Message, Wording};
use crate::text::{Source, Span};

use super::super::place::Places;
use super::super::{citation, wording};
use super::{class, escape, inline, message, rule_link, web};

/// Longer quotations are cut: the text stands beside them.
const LONG_QUOTE: usize = 200;
/// Further places listed.
const PLACES: usize = 12;

/// What the cards of one guide have in common.
pub(super) struct Cards<'a> {
    pub language: Language,
    pub docs_url: Option<&'a str>,
    pub first_number: usize,
    pub guide: usize,
    /// The number of each finding's rule among the rules of the page.
    pub rules: &'a [usize],
    pub places: Places<'a>,
}

impl Cards<'_> {
    fn say(&self, wording: &'static Wording) -> String {
        escape(&Message::new(wording).text(self.language))
    }

    /// The number of finding `at` on the page.
    pub fn number(&self, at: usize) -> usize {
        self.first_number + at
    }

    /// One finding with reasons, sources, help and fix.
    pub fn push(&self, out: &mut String, source: &Source, diagnostic: &Diagnostic, at: usize) {
        let number = self.number(at);
        let severity = diagnostic.severity.as_str();
        let start = self.places.of(diagnostic.span).start;
        let place = Message::new(&wording::PAGE_PLACE)
            .with("line", start.line as usize)
            .with("column", start.column as usize)
            .text(self.language);
        let sure = Message::new(&wording::PAGE_SURE).with("confidence", diagnostic.confidence.as_str());
        let _ = write!(
            out,
            "<article class=\"finding {} r{}\" id=\"f{number}\" aria-labelledby=\"f{number}h\">\n\
             <h3 id=\"f{number}h\"><span class=\"badge\">{number}</span> <span class=\"severity\">{severity}</span> {}</h3>\n\
             <p class=\"where\"><a href=\"#m{number}\">{}</a> · {} · {}</p>\n",
            class(diagnostic.severity),
            self.rules[at],
            message(&diagnostic.message.text(self.language)),
            escape(&place),
            rule_link(&diagnostic.rule, self.docs_url),
            escape(&sure.text(self.language)),
        );
        self.push_evidence(out, &diagnostic.evidence);
        if let Some(help) = &diagnostic.help {
            let name = self.say(&wording::HELP);
            let _ =
                writeln!(out, "<p class=\"help\"><strong>{name}:</strong> {}</p>", message(&help.text(self.language)));
        }
        if let Some(fix) = &diagnostic.fix {
            self.push_fix(out, source, fix);
        }
        self.push_labels(out, diagnostic);
        out.push_str("</article>\n");
    }

    fn push_evidence(&self, out: &mut String, evidence: &[Evidence]) {
        if evidence.is_empty() {
            return;
        }
        let name = self.say(&wording::BECAUSE);
        let reasons = self.reasons(evidence);
        if let [reason] = reasons.as_slice() {
            let _ = writeln!(out, "<p><strong>{name}:</strong> {reason}</p>");
            return;
        }
        let _ = write!(out, "<p><strong>{name}:</strong></p>\n<ul>\n");
        for reason in reasons {
            let _ = writeln!(out, "<li>{reason}</li>");
        }
        out.push_str("</ul>\n");
    }

    /// Each reason once, followed by all who say so, as links where there are any.
    fn reasons(&self, evidence: &[Evidence]) -> Vec<String> {
        let mut reasons: Vec<(String, Vec<String>)> = Vec::new();
        for it in evidence {
            let statement = message(&it.statement.text(self.language));
            let voice = it.source.as_deref().map(|citation| self.voice(citation));
            match reasons.iter_mut().find(|(known, _)| *known == statement) {
                Some((_, known)) => known.extend(voice.filter(|it| !known.contains(it))),
                None => reasons.push((statement, voice.into_iter().collect())),
            }
        }
        let sentence = |(statement, voices): (String, Vec<String>)| match (voices.is_empty(), self.language) {
            (true, _) => statement,
            (false, Language::En) => format!("{statement} ({})", voices.join("; ")),
            (false, Language::Zh) => format!("{statement}（{}）", voices.join("；")),
        };
        reasons.into_iter().map(sentence).collect()
    }

    fn voice(&self, citation: &Citation) -> String {
        let details = inline(&citation::details(citation, self.language));
        match citation.url.as_deref().and_then(web) {
            Some(url) => {
                format!("<a class=\"source\" href=\"{url}\" rel=\"noopener noreferrer nofollow\">{details}</a>")
            }
            None => format!("<span class=\"source\">{details}</span>"),
        }
    }

    fn push_fix(&self, out: &mut String, source: &Source, fix: &Fix) {
        let _ = write!(
            out,
            "<p class=\"fix\"><strong>{}:</strong> {}",
            self.say(&wording::PAGE_FIX),
            message(&fix.title.text(self.language))
        );
        let by = self.say(&wording::PAGE_BY);
        for edit in fix.edits.iter().take(PLACES) {
            let (old, new) = (quote(source.slice(edit.span)), quote(&edit.replacement));
            out.push_str("<br>");
            if !old.is_empty() {
                let _ = write!(out, "<del><bdi>{old}</bdi></del>");
            }
            if !old.is_empty() && !new.is_empty() {
                let _ = write!(out, " {by} ");
            }
            if !new.is_empty() {
                let _ = write!(out, "<ins><bdi>{new}</bdi></ins>");
            }
        }
        out.push_str("</p>\n");
    }

    fn push_labels(&self, out: &mut String, diagnostic: &Diagnostic) {
        if diagnostic.labels.is_empty() {
            return;
        }
        let _ = write!(out, "<p><strong>{}:</strong></p>\n<ul>\n", self.say(&wording::PAGE_ALSO));
        for label in diagnostic.labels.iter().take(PLACES) {
            let line = self.line_of(label.span);
            let name = Message::new(&wording::PAGE_LINE).with("line", line).text(self.language);
            let text = message(&label.message.text(self.language));
            let _ = writeln!(out, "<li><a href=\"#g{}l{line}\">{}</a>: {text}</li>", self.guide, escape(&name));
        }
        if diagnostic.labels.len() > PLACES {
            out.push_str("<li>…</li>\n");
        }
        out.push_str("</ul>\n");
    }

    /// The 1-based line a span begins on.
    pub fn line_of(&self, span: Span) -> usize {
        self.places.of(span).start.line as usize
    }
}

fn quote(text: &str) -> String {
    match text.char_indices().nth(LONG_QUOTE) {
        Some((at, _)) => inline(&text[..at]) + "…",
        None => inline(text),
    }
}
