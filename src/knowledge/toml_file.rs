use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use crate::diagnostic::{Confidence, Diagnostic, Message, Severity};
use crate::text::{Source, Span};

/// A TOML file with the places of what is in it, so that a mistake can be pointed at.
#[derive(Clone, Debug)]
pub struct TomlFile {
    source: Arc<Source>,
}

/// A file that cannot be used, and why.
#[derive(Clone, Debug)]
pub struct LoadError {
    /// The file.
    pub source: Arc<Source>,
    /// What is wrong, in order of place.
    pub diagnostics: Vec<Diagnostic>,
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, diagnostic) in self.diagnostics.iter().enumerate() {
            let place = self.source.lines().position(diagnostic.span.start, self.source.text());
            let message = diagnostic.message.text(crate::diagnostic::Language::En);
            let gap = if at == 0 { "" } else { "\n" };
            write!(f, "{gap}{}:{}:{}: {message}", self.source.path(), place.line, place.column)?;
        }
        Ok(())
    }
}

impl std::error::Error for LoadError {}

impl TomlFile {
    /// A file called `path` in messages.
    pub fn new(path: &str, text: &str) -> TomlFile {
        TomlFile { source: Arc::new(Source::new(path, text)) }
    }

    /// The text with its name.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// Reads the file as a `T`.
    ///
    /// # Errors
    /// Broken TOML, an unknown key, a value of the wrong type: with the place and, for a misspelt word, the nearest.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, LoadError> {
        toml::from_str(self.source.body().0).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            self.error(span, with_suggestion(error.message()))
        })
    }

    /// An error of one finding at `range`.
    pub fn error(&self, range: Range<usize>, message: impl Into<String>) -> LoadError {
        LoadError { source: self.source.clone(), diagnostics: vec![self.complaint(range, message)] }
    }

    /// A finding at `range`, to be collected into a [`LoadError`].
    pub fn complaint(&self, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
        let mark = self.source.body().1;
        let end = range.end.min(self.source.text().len() - mark);
        Diagnostic {
            rule: "meta/data-file".into(),
            severity: Severity::Error,
            confidence: Confidence::High,
            span: Span::of(range.start.min(end)..end).shifted(mark),
            message: Message::verbatim(message),
            labels: Vec::new(),
            evidence: Vec::new(),
            help: None,
            fix: None,
            absent: None,
            fingerprint: String::new(),
        }
    }

    /// `Ok` when nothing was complained about.
    ///
    /// # Errors
    /// The complaints, sorted by place.
    pub fn verdict(&self, mut complaints: Vec<Diagnostic>) -> Result<(), LoadError> {
        if complaints.is_empty() {
            return Ok(());
        }
        complaints.sort_by_key(|it| it.span);
        Err(LoadError { source: self.source.clone(), diagnostics: complaints })
    }
}

/// Adds "did you mean" to serde's "unknown field `x`, expected one of `a`, `b`".
fn with_suggestion(message: &str) -> String {
    let message = in_plain_words(message.trim());
    let message = message.as_str();
    let mut ticks = message.split('`').skip(1).step_by(2);
    let wrong = match message.starts_with("unknown ") {
        true => ticks.next(),
        false => None,
    };
    let known: Vec<&str> = ticks.collect();
    match wrong.and_then(|wrong| did_you_mean(wrong, known.iter().copied())) {
        Some(near) => format!("{message}; did you mean `{near}`?"),
        None => message.to_owned(),
    }
}

/// The parser's words, as people who write TOML say them.
fn in_plain_words(message: &str) -> String {
    const WORDS: [(&str, &str); 11] = [
        ("unknown field", "unknown key"),
        ("unknown variant", "unknown word"),
        ("missing field", "missing key"),
        ("expected a sequence", "expected a list in square brackets"),
        ("expected a string", "expected text in quotes"),
        ("wanted string or table", "expected text in quotes"),
        ("expected a boolean", "expected true or false"),
        ("expected usize", "expected a whole number"),
        ("expected a map", "expected a table"),
        ("floating point `", "the number `"),
        ("integer `", "the number `"),
    ];
    if message.ends_with("untagged enum Sentence") {
        return "a sentence is text in quotes, or `{ en = \"…\", zh = \"…\" }` with both".to_owned();
    }
    let message = WORDS.iter().fold(message.to_owned(), |message, (theirs, ours)| message.replace(theirs, ours));
    // The names of our types mean nothing to anybody who writes a file.
    match message.split_once("expected struct ") {
        Some((before, _)) => format!("{before}expected a table"),
        None => message,
    }
}

/// The known word nearest to `wrong`, if any is near enough to be meant.
pub fn did_you_mean<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|word| (strsim::jaro_winkler(wrong, word), word))
        .filter(|(nearness, _)| *nearness > 0.82)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, word)| word)
}

/// A text, or a list of them.
#[derive(serde::Deserialize)]
#[serde(untagged)]
pub(super) enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    pub(super) fn all(&self) -> &[String] {
        match self {
            OneOrMore::One(text) => std::slice::from_ref(text),
            OneOrMore::More(texts) => texts,
        }
    }
}
