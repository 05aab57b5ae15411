use std::sync::OnceLock;

use super::{LineIndex, Span};

/// One guide's text, whole and unchanged, with the name it is reported under.
#[derive(Debug)]
pub struct Source {
    path: String,
    identity: Option<String>,
    text: String,
    lines: OnceLock<LineIndex>,
}

impl Source {
    /// A source called `path` (as reports print it) with the file's whole text, a byte order mark included.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Source {
        Source { path: path.into(), identity: None, text: text.into(), lines: OnceLock::new() }
    }

    /// The name reports print.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The same source, known to fingerprints by another path: the one relative to the project.
    pub fn with_identity(mut self, identity: impl Into<String>) -> Source {
        self.identity = Some(identity.into());
        self
    }

    /// The path that goes into fingerprints.
    pub fn identity(&self) -> &str {
        self.identity.as_deref().unwrap_or(&self.path)
    }

    /// The whole text, byte for byte.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text without a leading byte order mark, and how many bytes the mark takes (0 or 3).
    pub fn body(&self) -> (&str, usize) {
        match self.text.strip_prefix('\u{feff}') {
            Some(rest) => (rest, '\u{feff}'.len_utf8()),
            None => (&self.text, 0),
        }
    }

    /// The bytes under `span`. A span that is not on character boundaries yields the empty string.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// Where the lines begin; made on first use, for only findings need it.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}
