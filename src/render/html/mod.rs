//! A report for people who do not live in terminals: one page that loads nothing and runs nothing.
//!
//! The page has no script at all; filters are check boxes and `:has()` in the style sheet. Whatever comes from a guide
//! passes [`escape`], and addresses become links only if they are `http` or `https`.

mod card;
mod overview;
mod paper;

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::diagnostic::{Confidence, Failure, FileReport, Language, Message, Severity, Summary, Wording};

use super::place::Places;
use super::safe::{is_hazard, push_visible};
use super::text::summary_sentence;
use super::{Renderer, Run, Style, docs_of, wording};

/// The page, gathered guide by guide; the overview stands first and so is written last.
pub(super) struct Html {
    language: Language,
    docs_url: Option<String>,
    as_of: String,
    version: String,
    knowledge: Option<String>,
    ran: usize,
    docs: BTreeMap<String, String>,
    /// Rules and countries with findings, in order of appearance: their numbers are the classes filters speak of.
    rules: Vec<Count>,
    countries: Vec<Count>,
    guides: Vec<GuideRow>,
    first: Vec<First>,
    findings: usize,
    body: String,
}

/// How often something was found.
#[derive(Default)]
struct Count {
    name: String,
    errors: usize,
    warnings: usize,
    infos: usize,
}

struct GuideRow {
    path: String,
    country: usize,
    kind: Option<String>,
    count: Count,
    shown: bool,
}

/// A finding as the list of what to fix first shows it.
struct First {
    shown: bool,
    severity: Severity,
    confidence: Confidence,
    number: usize,
    message: String,
    place: String,
}

/// Entries in the list of what to fix first.
const FIRST: usize = 10;
/// A browser should still like the page: guides that come after this many bytes are counted and not shown.
const ROOM: usize = 24 << 20;

impl Html {
    pub fn new(style: &Style) -> Html {
        Html {
            language: style.language,
            docs_url: None,
            as_of: String::new(),
            version: String::new(),
            knowledge: None,
            ran: 0,
            docs: BTreeMap::new(),
            rules: Vec::new(),
            countries: Vec::new(),
            guides: Vec::new(),
            first: Vec::new(),
            findings: 0,
            body: String::new(),
        }
    }

    fn say(&self, wording: &'static Wording) -> String {
        escape(&Message::new(wording).text(self.language))
    }

    /// Counts a guide's findings and notes the gravest.
    fn note(&mut self, file: &FileReport, first_number: usize, shown: bool) -> (usize, Vec<usize>) {
        let country = index_of(&mut self.countries, file.country.as_deref().unwrap_or(""));
        let mut count = Count::default();
        let mut rules = Vec::with_capacity(file.diagnostics.len());
        let places = Places::new(&file.source);
        for (at, diagnostic) in file.diagnostics.iter().enumerate() {
            let rule = index_of(&mut self.rules, &diagnostic.rule);
            rules.push(rule);
            for count in [&mut count, &mut self.rules[rule], &mut self.countries[country]] {
                count.add(diagnostic.severity);
            }
            let start = places.of(diagnostic.span).start;
            self.first.push(First {
                severity: diagnostic.severity,
                confidence: diagnostic.confidence,
                shown,
                number: first_number + at,
                message: diagnostic.message.text(self.language),
                place: format!("{}:{}", file.source.path(), start.line),
            });
        }
        self.first.sort_by_key(|it| (std::cmp::Reverse((it.severity, it.confidence)), it.number));
        self.first.truncate(FIRST);
        let path = file.source.path().to_owned();
        self.guides.push(GuideRow { path, country, kind: file.kind.clone(), count, shown });
        (country, rules)
    }
}

impl Count {
    fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Info => self.infos += 1,
        }
    }

    fn all(&self) -> usize {
        self.errors + self.warnings + self.infos
    }
}

fn index_of(counts: &mut Vec<Count>, name: &str) -> usize {
    counts.iter().position(|it| it.name == name).unwrap_or_else(|| {
        counts.push(Count { name: name.to_owned(), ..Count::default() });
        counts.len() - 1
    })
}

impl Renderer for Html {
    fn begin(&mut self, _: &mut String, run: &Run<'_>) {
        self.docs_url = run.docs_url.map(str::to_owned);
        self.as_of = run.as_of.to_string();
        self.version = run.version.to_owned();
        self.knowledge = run.knowledge_as_of.map(|day| day.to_string());
        self.ran = run.rules.len();
        self.docs = run.rules.iter().map(|rule| (rule.name.to_string(), rule.docs.to_string())).collect();
    }

    fn file(&mut self, _: &mut String, file: &FileReport) {
        let first_number = self.findings + 1;
        self.findings += file.diagnostics.len();
        let shown = !file.diagnostics.is_empty() && self.body.len() < ROOM;
        let (country, rules) = self.note(file, first_number, shown);
        if !shown {
            return;
        }
        let path = inline(file.source.path());
        let guide = self.guides.len();
        let _ = write!(
            self.body,
            "<section class=\"guide c{country}\" id=\"g{guide}\" aria-labelledby=\"g{guide}h\">\n\
             <h2 id=\"g{guide}h\"><bdi>{path}</bdi></h2>\n"
        );
        let facts = super::text::facts_sentence(file.facts).text(self.language);
        let _ = writeln!(self.body, "<p class=\"about\">{}{}</p>", about(file), escape(&facts));
        let cards = card::Cards {
            language: self.language,
            docs_url: self.docs_url.as_deref(),
            first_number,
            guide,
            rules: &rules,
            places: Places::new(&file.source),
        };
        paper::push(&mut self.body, file, &cards);
        self.body.push_str("</section>\n");
    }

    fn end(&mut self, out: &mut String, summary: &Summary, failures: &[Failure]) {
        let lang = match self.language {
            Language::En => "en",
            Language::Zh => "zh-Hans",
        };
        let title = self.say(&wording::PAGE);
        let _ = write!(
            out,
            "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
             base-uri 'none'; form-action 'none'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n<style>\n{}{}</style>\n\
             </head>\n<body>\n",
            include_str!("style.css"),
            overview::filter_rules(self.rules.len(), self.countries.len()),
        );
        let sentence = summary_sentence(summary, self.ran, self.knowledge.as_deref()).text(self.language);
        let as_of =
            Message::new(&wording::PAGE_AS_OF).with("day", self.as_of.as_str()).with("version", self.version.as_str());
        let _ = write!(
            out,
            "<header>\n<h1>{title}</h1>\n<p>{}</p>\n<p class=\"about\">{}</p>\n</header>\n<main>\n",
            escape(&sentence),
            escape(&as_of.text(self.language))
        );
        self.push_overview(out, failures);
        out.push_str(&self.body);
        let left_out = self.guides.iter().filter(|it| !it.shown && it.count.all() > 0).count();
        if left_out > 0 {
            let message = Message::new(&wording::PAGE_GUIDES_LEFT_OUT).with("count", left_out);
            let _ = writeln!(out, "<p>{}</p>", escape(&message.text(self.language)));
        }
        self.push_rules(out);
        out.push_str("</main>\n</body>\n</html>\n");
    }
}

/// Country, kind and language of a guide.
fn about(file: &FileReport) -> String {
    let mut out = String::new();
    let countries = if file.country.is_some() { &file.countries[..0] } else { &file.countries[..] };
    let parts = file.country.iter().chain(countries).chain(&file.kinds).chain(&file.language);
    for part in parts {
        let _ = write!(out, "<span class=\"chip\">{}</span> ", inline(part));
    }
    out
}

/// The class of a severity, which is also its word.
fn class(severity: Severity) -> &'static str {
    severity.as_str()
}

/// A link to the documentation of a rule, or its name.
fn rule_link(rule: &str, docs_url: Option<&str>) -> String {
    let name = inline(rule);
    match docs_of(docs_url, rule).as_deref().and_then(web) {
        Some(url) => format!("<a href=\"{url}\" rel=\"noopener noreferrer\">{name}</a>"),
        None => format!("<code>{name}</code>"),
    }
}

/// An address fit for a link: the web's, and nothing a browser would run.
fn web(url: &str) -> Option<String> {
    let lower = url.get(..8.min(url.len()))?.to_ascii_lowercase();
    let clean = !url.contains(|c: char| c.is_whitespace() || is_hazard(c) || "<>\"\\^`{|}".contains(c));
    (clean && (lower.starts_with("https://") || lower.starts_with("http://"))).then(|| escape(url))
}

/// Text for an element or a quoted attribute; what cannot be seen is made visible, line ends and tabs stay.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        push_escaped(c, &mut out);
    }
    out
}

fn push_escaped(c: char, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        '\n' => out.push('\n'),
        '\t' => out.push_str("&#9;"),
        '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
        // Build agents read logs, and people print reports into them.
        '#' if out.ends_with('#') => out.push_str("&#35;"),
        _ if is_hazard(c) => push_visible(c, out),
        _ if (c as u32) & 0xfffe == 0xfffe => out.push('\u{fffd}'),
        _ => out.push(c),
    }
}

/// The same for text that is one line.
fn inline(text: &str) -> String {
    escape(&super::safe::one_line(text))
}

/// A message: pairs of backticks are code, each in its own direction.
fn message(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let pieces: Vec<&str> = text.split('`').collect();
    for (at, piece) in pieces.iter().enumerate() {
        match (at % 2, at + 1 < pieces.len()) {
            (1, true) => {
                let _ = write!(out, "<bdi><code>{}</code></bdi>", inline(piece));
            }
            (1, false) => {
                let _ = write!(out, "`{}", inline(piece));
            }
            _ => out.push_str(&inline(piece)),
        }
    }
    out
}
