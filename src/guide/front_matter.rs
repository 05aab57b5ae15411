use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use crate::text::Span;

/// The metadata before the text.
#[derive(Debug)]
pub struct FrontMatter {
    /// From the first fence to the last.
    pub span: Span,
    /// How it is written.
    pub syntax: Syntax,
    /// The top-level keys, in order of the file.
    pub entries: Vec<(String, Value, Span)>,
    /// Why it could not be read.
    pub error: Option<FrontMatterError>,
}

/// How front matter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
}

/// Why front matter could not be read.
#[derive(Debug)]
pub struct FrontMatterError {
    /// Where.
    pub span: Span,
    /// In the parser's own words, one line.
    pub message: String,
}

/// A value, as far as guidelint cares.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// Any number.
    Number(f64),
    /// Text, and dates as they were written.
    Text(String),
    /// A sequence.
    List(Vec<Value>),
    /// A mapping, in order.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// The text, if it is text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What it is, for messages.
    pub fn type_name(&self) -> &'static str {
        match self {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a table",
        }
    }
}

impl FrontMatter {
    /// A top-level value and where it stands.
    pub fn get(&self, key: &str) -> Option<(&Value, Span)> {
        let entry = self.entries.iter().find(|(name, _, _)| name.eq_ignore_ascii_case(key))?;
        Some((&entry.1, entry.2))
    }

    /// Whether it lists what the text rests on.
    pub fn has_sources(&self) -> bool {
        ["sources", "source", "references"].iter().filter_map(|key| self.get(key)).any(|(value, _)| match value {
            Value::Text(text) => !text.trim().is_empty(),
            Value::List(items) => !items.is_empty(),
            _ => false,
        })
    }

    /// A value by its path, `seo.description`, and where it or the table it lies in stands in the source.
    pub fn find(&self, path: &str, source: &str) -> Option<(&Value, Span)> {
        if let Some(found) = self.get(path) {
            return Some(found);
        }
        let (first, rest) = path.split_once('.')?;
        let (mut value, mut span) = self.get(first)?;
        for key in rest.split('.') {
            let Value::Map(entries) = value else { return None };
            value = &entries.iter().find(|(name, _)| name.eq_ignore_ascii_case(key))?.1;
            if let Some(at) = source[span.range()].find(key) {
                span.start += (at + key.len()) as u32;
            }
        }
        if let Some(text) = value.as_text()
            && let Some(at) = source[span.range()].find(text)
        {
            span = Span::of(at..at + text.len()).shifted(span.start as usize);
        }
        Some((value, span))
    }

    /// A top-level text and where it stands.
    pub fn text(&self, key: &str) -> Option<(&str, Span)> {
        let (value, span) = self.get(key)?;
        Some((value.as_text()?, span))
    }
}

/// Splits front matter off `text`; `base` is the offset of `text` in the file. Also returns where the rest begins.
pub(super) fn split(text: &str, base: usize) -> (Option<FrontMatter>, usize) {
    let (fence, syntax) = match text.as_bytes() {
        [b'-', b'-', b'-', ..] => ("---", Syntax::Yaml),
        [b'+', b'+', b'+', ..] => ("+++", Syntax::Toml),
        _ => return (None, 0),
    };
    let mut lines = Lines { text, at: 0 };
    let Some((_, first)) = lines.next() else { return (None, 0) };
    if first.trim_end() != fence {
        return (None, 0);
    }
    let inner_start = lines.at;
    while let Some((start, line)) = lines.next() {
        let line = line.trim_end();
        if line == fence || (syntax == Syntax::Yaml && line == "...") {
            let inner = &text[inner_start..start];
            // Two rules around prose are not metadata: `---`, a paragraph, `---`.
            if syntax == Syntax::Yaml && !looks_like_yaml(inner) {
                return (None, 0);
            }
            let span = Span::of(base..base + start + line.len());
            return (Some(read(inner, base + inner_start, syntax, span)), lines.at);
        }
    }
    (None, 0)
}

/// Lines with their offsets; LF, CRLF and CR end a line.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<(usize, &'a str)> {
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            return None;
        }
        let start = self.at;
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let line_end = match rest.as_bytes().get(end..end + 2) {
            Some(b"\r\n") => 2,
            _ => usize::from(end < rest.len()),
        };
        self.at += end + line_end;
        Some((start, &rest[..end]))
    }
}

fn looks_like_yaml(inner: &str) -> bool {
    inner.lines().map(str::trim_end).filter(|line| !line.trim().is_empty() && !line.starts_with('#')).take(1).all(
        |line| {
            let key = line.split(':').next().unwrap_or("");
            line.contains(':') && !key.trim().is_empty() && key.len() <= 64
                || line.starts_with(['-', '{', '&', '*', '!', '%'])
        },
    )
}

const LARGEST: usize = 64 * 1024;

fn read(inner: &str, base: usize, syntax: Syntax, span: Span) -> FrontMatter {
    let mut front = FrontMatter { span, syntax, entries: Vec::new(), error: None };
    if inner.len() > LARGEST {
        front.error = Some(FrontMatterError { span, message: "longer than 64 KiB".to_owned() });
        return front;
    }
    let result = match syntax {
        Syntax::Yaml => read_yaml(inner),
        Syntax::Toml => read_toml(inner),
    };
    match result {
        Ok(entries) => {
            front.entries = entries
                .into_iter()
                .map(|(key, value, range)| {
                    let at = place(inner, &key, range).unwrap_or(0..0);
                    (key, value, Span::of(base + at.start..base + at.end))
                })
                .collect();
            front.entries.sort_by_key(|(_, _, span)| span.start);
        }
        Err((message, range)) => {
            let range = range.filter(|it| it.end <= inner.len()).unwrap_or(0..0);
            let at = match range.is_empty() {
                true => span,
                false => Span::of(base + range.start..base + range.end),
            };
            front.error = Some(FrontMatterError { span: at, message });
        }
    }
    front
}

type Entries = Vec<(String, Value, Option<std::ops::Range<usize>>)>;
type ReadError = (String, Option<std::ops::Range<usize>>);

/// The value's own range if the parser gave one, else the line of the key.
fn place(inner: &str, key: &str, range: Option<std::ops::Range<usize>>) -> Option<std::ops::Range<usize>> {
    if let Some(range) = range.filter(|it| !it.is_empty() && inner.get(it.clone()).is_some()) {
        let text = &inner[range.clone()];
        let start = range.start + (text.len() - text.trim_start().len());
        return Some(start..start + text.trim().len());
    }
    let mut at = 0;
    let mut lines = inner.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let bare = line.trim_start_matches(['"', '\'']);
        if let Some(rest) = bare.strip_prefix(key)
            && let Some(value) = rest.trim_start_matches(['"', '\'', ' ']).strip_prefix([':', '='])
        {
            let value = value.split(" #").next().unwrap_or(value);
            let start = at + line.len() - rest_of(line, value).len();
            let start = start + (value.len() - value.trim_start().len());
            let mut end = start + value.trim().len();
            if value.trim().is_empty() {
                // A list or a table stands on the lines below.
                let mut below = at + line.len();
                let first = below;
                while let Some(next) = lines.next_if(|it| it.starts_with([' ', '-', '\t'])) {
                    end = below + next.trim_end().len();
                    below += next.len();
                }
                let indent = inner[first..].len() - inner[first..].trim_start_matches(' ').len();
                return Some((first + indent).min(end)..end.max(start));
            }
            let quoted =
                value.trim().len() >= 2 && value.trim().starts_with(['"', '\'']) && value.trim().ends_with(['"', '\'']);
            return Some(if quoted { start + 1..end - 1 } else { start..end });
        }
        at += line.len();
    }
    None
}

/// `line` from where `value`, a part of it, begins.
fn rest_of<'a>(line: &'a str, value: &str) -> &'a str {
    let at = value.as_ptr() as usize - line.as_ptr() as usize;
    &line[at.min(line.len())..]
}

fn read_yaml(inner: &str) -> Result<Entries, ReadError> {
    let options = serde_saphyr::options! {
        // `country: NO` is Norway, not a refusal.
        strict_booleans: true,
        budget: serde_saphyr::budget! { max_nodes: 4000, max_depth: 24, max_aliases: 16, max_documents: 1 },
    };
    let parsed: Result<Option<BTreeMap<String, serde_saphyr::Spanned<Value>>>, _> =
        serde_saphyr::from_str_with_options(inner, options);
    match parsed {
        Ok(map) => Ok(map.unwrap_or_default().into_iter().map(|(key, value)| (key, value.value, None)).collect()),
        Err(error) => {
            let range = error.location().and_then(|location| {
                let line = usize::try_from(location.line()).ok()?.checked_sub(1)?;
                line_range(inner, line)
            });
            Err((one_line(&error.to_string()), range))
        }
    }
}

fn read_toml(inner: &str) -> Result<Entries, ReadError> {
    let parsed: Result<BTreeMap<String, toml::Spanned<Value>>, toml::de::Error> = toml::from_str(inner);
    match parsed {
        Ok(map) => Ok(map.into_iter().map(|(key, value)| (key, value.get_ref().clone(), Some(value.span()))).collect()),
        Err(error) => Err((one_line(error.message()), error.span())),
    }
}

fn line_range(text: &str, line: usize) -> Option<std::ops::Range<usize>> {
    let (start, text) = Lines { text, at: 0 }.nth(line)?;
    Some(start..start + text.len())
}

fn one_line(message: &str) -> String {
    message.lines().next().unwrap_or("").trim_start_matches("error: ").to_owned()
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Value, D::Error> {
        Value::deserialize(inner)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Vec::new();
        while let Some((key, value)) = entries.next_entry::<String, Value>()? {
            // TOML hands dates over as a one-entry map with a private key.
            if key == "$__toml_private_datetime" {
                return Ok(value);
            }
            map.push((key, value));
        }
        Ok(Value::Map(map))
    }
}
