use std::fmt::Write;

use crate::diagnostic::{Diagnostic, Failure, FileReport, Language, Message, Severity, Summary};

use super::place::Places;
use super::safe::{disarm_commands, is_hazard, push_visible};
use super::text::summary_sentence;
use super::{Renderer, Run, Style, citation, docs_of, wording};

/// A comment on GitHub may hold 65,536 characters; beyond this many bytes of findings only their number is said.
const ROOM: usize = 50_000;

/// A comment for a pull request or a step summary: GitHub-flavoured Markdown without a word of HTML. Nothing from a
/// guide can make a link, an image, a mention or a heading in it. Columns are Unicode scalar values.
pub(super) struct Markdown {
    language: Language,
    docs_url: Option<String>,
    knowledge: Option<String>,
    rules: usize,
    body: String,
    left_out: usize,
}

impl Markdown {
    pub fn new(style: &Style) -> Markdown {
        Markdown {
            language: style.language,
            docs_url: None,
            knowledge: None,
            rules: 0,
            body: String::new(),
            left_out: 0,
        }
    }

    fn finding(&self, diagnostic: &Diagnostic, places: &Places<'_>) -> String {
        let start = places.of(diagnostic.span).start;
        let mark = match diagnostic.severity {
            Severity::Error => "🛑",
            Severity::Warning => "⚠️",
            Severity::Info => "ℹ️",
        };
        let rule = match docs_of(self.docs_url.as_deref(), &diagnostic.rule) {
            Some(url) => format!("[{}](<{}>)", code(&diagnostic.rule), url.replace(['<', '>', '\n'], "")),
            None => code(&diagnostic.rule),
        };
        let mut out = format!(
            "- {mark} **{}:{}** {} {rule}: {}\n",
            start.line,
            start.column,
            diagnostic.severity.as_str(),
            inline(&diagnostic.message.text(self.language))
        );
        let mut sub = |wording, text: String| {
            let name = Message::new(wording).text(self.language);
            let _ = writeln!(out, "  - *{name}:* {}", inline(&text));
        };
        for sentence in citation::sentences(&diagnostic.evidence, self.language) {
            sub(&wording::BECAUSE, sentence);
        }
        if let Some(help) = &diagnostic.help {
            sub(&wording::HELP, help.text(self.language));
        }
        out
    }
}

impl Renderer for Markdown {
    fn begin(&mut self, _: &mut String, run: &Run<'_>) {
        self.docs_url = run.docs_url.map(str::to_owned);
        self.knowledge = run.knowledge_as_of.map(|day| day.to_string());
        self.rules = run.rules.len();
    }

    fn file(&mut self, _: &mut String, file: &FileReport) {
        if file.diagnostics.is_empty() {
            return;
        }
        let places = Places::new(&file.source);
        let heading = format!("\n### {}\n\n", code(file.source.path()));
        let mut headed = false;
        for diagnostic in &file.diagnostics {
            let finding = self.finding(diagnostic, &places);
            if self.body.len() + heading.len() + finding.len() > ROOM {
                self.left_out += 1;
                continue;
            }
            if !headed {
                self.body.push_str(&heading);
                headed = true;
            }
            self.body.push_str(&finding);
        }
    }

    fn end(&mut self, out: &mut String, summary: &Summary, failures: &[Failure]) {
        let from = out.len();
        let sentence = summary_sentence(summary, self.rules, self.knowledge.as_deref()).text(self.language);
        let _ = write!(out, "## guidelint\n\n{}\n{}", inline(&sentence), self.body);
        if self.left_out > 0 {
            let message = Message::new(&wording::LEFT_OUT).with("count", self.left_out);
            let _ = write!(out, "\n{}\n", message.text(self.language));
        }
        if !failures.is_empty() {
            let message = wording::count(failures.len(), &wording::ONE_FAILURE, &wording::FAILURES);
            let _ = write!(out, "\n### {}\n\n", message.text(self.language));
            for failure in failures.iter().take(50) {
                let _ = writeln!(out, "- {}: {}", code(&failure.path), inline(&failure.message));
            }
        }
        disarm_commands(out, from);
    }
}

/// One line of text in which only pairs of backticks mean something: they are code, all else is literal.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let pieces: Vec<&str> = text.split('`').collect();
    for (at, piece) in pieces.iter().enumerate() {
        let closed = at + 1 < pieces.len();
        match at % 2 {
            1 if closed => out.push_str(&code(piece)),
            1 => {
                out.push_str("\\`");
                push_literal(piece, &mut out);
            }
            _ => push_literal(piece, &mut out),
        }
    }
    out
}

fn push_literal(text: &str, out: &mut String) {
    for (at, c) in text.char_indices() {
        let after = &text[at + c.len_utf8()..];
        match c {
            '\n' | '\r' => out.push(' '),
            _ if is_hazard(c) => {
                let mut visible = String::new();
                push_visible(c, &mut visible);
                push_literal(&visible, out);
            }
            // GitHub looks for mentions and issue numbers after Markdown is done; a zero-width space stops it.
            '@' | '#' => {
                out.push('\\');
                out.push(c);
                out.push_str("&#8203;");
            }
            '\\' | '`' | '*' | '_' | '[' | ']' | '(' | ')' | '<' | '>' | '!' | '|' | '~' | '&' | '$' => {
                out.push('\\');
                out.push(c);
            }
            // Bare addresses become links, too.
            ':' if after.starts_with('/') => out.push_str("\\:"),
            '.' if ends_with_www(&text[..at]) => out.push_str("\\."),
            _ => out.push(c),
        }
    }
}

fn ends_with_www(text: &str) -> bool {
    text.len() >= 3 && text.as_bytes()[text.len() - 3..].eq_ignore_ascii_case(b"www")
}

/// `text` as a code span, fenced by more backticks than it holds in a row.
fn code(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => clean.push(' '),
            _ if is_hazard(c) => push_visible(c, &mut clean),
            _ => clean.push(c),
        }
    }
    if clean.trim().is_empty() {
        return "` `".to_owned();
    }
    let longest = clean.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if clean.starts_with(['`', ' ']) || clean.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{clean}{pad}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pairs_of_backticks_mean_something() {
        assert_eq!(inline("`a|b` is *not* [x](y)"), "`a|b` is \\*not\\* \\[x\\]\\(y\\)");
        assert_eq!(inline("odd ` tick"), "odd \\` tick");
        assert_eq!(
            inline("see https://a.example, www.b.example; it's 1-2"),
            "see https\\://a.example, www\\.b.example; it's 1-2"
        );
        assert_eq!(code("a``b"), "```a``b```");
        assert_eq!(inline("@you #1\n\u{1b}"), "\\@&#8203;you \\#&#8203;1 ␛");
    }
}
