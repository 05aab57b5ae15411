use serde::Serialize;

use crate::diagnostic::{Citation, Diagnostic, Failure, FileReport, Fix, Language, Summary};
use crate::text::{Position, Span};

use super::held::Held;
use super::place::Places;
use super::safe::is_hazard;
use super::{Renderer, Run, Style};

const SCHEMA: &str = "guidelint.report.v1";

/// The report as one object. The summary stands before the files, so what is said of guides is held until it is known.
pub(super) struct Json {
    language: Language,
    head: String,
    files: Items,
    diagnostics: Items,
    errors: Items,
}

/// An array: what stands between its brackets, since a report can have a million items.
#[derive(Default)]
struct Items(Held);

impl Items {
    fn push(&mut self, write: impl FnOnce(&mut String)) {
        let first = self.0.is_empty();
        self.0.push(|out| {
            out.push_str(if first { "\n    " } else { ",\n    " });
            write(out);
        });
    }

    /// Ends the array and begins the one called `next`, if there is one.
    fn close(&mut self, next: Option<&str>) {
        let end = if self.0.is_empty() { "]" } else { "\n  ]" };
        let next = next.map_or("\n}\n".to_owned(), opening);
        self.0.push(|out| out.extend([end, &next]));
    }
}

fn opening(key: &str) -> String {
    format!(",\n  \"{key}\": [")
}

impl Json {
    pub fn new(style: &Style) -> Json {
        let [files, diagnostics, errors] = [Items::default(), Items::default(), Items::default()];
        Json { language: style.language, head: String::new(), files, diagnostics, errors }
    }
}

impl Renderer for Json {
    fn begin(&mut self, _: &mut String, run: &Run<'_>) {
        let tool = to_string(&ToolWire::new(run));
        self.head = format!("{{\n  \"schema\": \"{SCHEMA}\",\n  \"tool\": {tool},\n  \"as_of\": \"{}\",\n", run.as_of);
    }

    fn file(&mut self, _: &mut String, file: &FileReport) {
        self.files.push(|out| out.push_str(&to_string(&FileWire::new(file))));
        let places = Places::new(&file.source);
        for diagnostic in &file.diagnostics {
            let language = self.language;
            self.diagnostics.push(|out| {
                out.push('{');
                push_diagnostic(out, diagnostic, &places, language);
            });
        }
    }

    fn end(&mut self, out: &mut String, summary: &Summary, failures: &[Failure]) {
        for failure in failures {
            self.errors.push(|out| out.push_str(&to_string(&FailureWire::new(failure))));
        }
        out.push_str(&self.head);
        out.push_str("  \"summary\": ");
        out.push_str(&to_string(&SummaryWire::new(summary)));
        out.push_str(&opening("files"));
        self.files.close(Some("diagnostics"));
        self.diagnostics.close(Some("errors"));
        self.errors.close(None);
    }

    fn rest(&mut self, out: &mut String) -> bool {
        let arrays = [&mut self.files, &mut self.diagnostics, &mut self.errors];
        let piece = arrays.into_iter().find_map(|it| it.0.take());
        piece.inspect(|piece| out.push_str(piece)).is_some()
    }
}

/// The report as a stream: each line an object whose `type` is `run`, `file`, `diagnostic`, `error` or `summary`.
pub(super) struct Jsonl {
    language: Language,
}

impl Jsonl {
    pub fn new(style: &Style) -> Jsonl {
        Jsonl { language: style.language }
    }
}

impl Renderer for Jsonl {
    fn begin(&mut self, out: &mut String, run: &Run<'_>) {
        #[derive(Serialize)]
        struct RunWire<'a> {
            schema: &'a str,
            tool: ToolWire<'a>,
            as_of: String,
        }
        push_line(out, "run", &RunWire { schema: SCHEMA, tool: ToolWire::new(run), as_of: run.as_of.to_string() });
    }

    fn file(&mut self, out: &mut String, file: &FileReport) {
        push_line(out, "file", &FileWire::new(file));
        let places = Places::new(&file.source);
        for diagnostic in &file.diagnostics {
            out.push_str("{\"type\":\"diagnostic\",");
            push_diagnostic(out, diagnostic, &places, self.language);
            out.push('\n');
        }
    }

    fn end(&mut self, out: &mut String, summary: &Summary, failures: &[Failure]) {
        for failure in failures {
            push_line(out, "error", &FailureWire::new(failure));
        }
        push_line(out, "summary", &SummaryWire::new(summary));
    }
}

fn push_line(out: &mut String, kind: &str, wire: &impl Serialize) {
    out.push_str("{\"type\":\"");
    out.push_str(kind);
    out.push_str("\",");
    out.push_str(&to_string(wire)[1..]);
    out.push('\n');
}

/// JSON on one line in which everything that is not plainly visible is escaped, also where JSON would not demand it.
pub(super) fn to_string(value: &impl Serialize) -> String {
    let mut bytes = Vec::with_capacity(1024);
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Visible);
    // Writing plain structs of strings and numbers into memory has no way to fail.
    let written = value.serialize(&mut serializer);
    debug_assert!(written.is_ok());
    String::from_utf8(bytes).unwrap_or_default()
}

struct Visible;

impl serde_json::ser::Formatter for Visible {
    fn write_string_fragment<W: ?Sized + std::io::Write>(&mut self, out: &mut W, text: &str) -> std::io::Result<()> {
        let mut written = Ok(());
        escape(text, |piece| {
            if written.is_ok() {
                written = out.write_all(piece.as_bytes());
            }
        });
        written
    }
}

/// The first bytes of the characters that are looked at; all others show what they are.
static ODD: [bool; 256] = {
    let mut odd = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        odd[byte] = matches!(byte as u8, 0..b' ' | b'"' | b'\\' | b'#' | 0x7F | 0xC2 | 0xD8 | 0xE2 | 0xEF | 0xF3);
        byte += 1;
    }
    odd
};

/// Gives out the pieces of a JSON string, between its quotes.
fn escape(text: &str, mut put: impl FnMut(&str)) {
    let bytes = text.as_bytes();
    let (mut clean, mut from) = (0, 0);
    while let Some(at) = bytes[from..].iter().position(|byte| ODD[usize::from(*byte)]).map(|it| from + it) {
        let Some(c) = text[at..].chars().next() else { break };
        from = at + c.len_utf8();
        // A build agent that sees the report go by obeys `##[` and `##vso[` inside a line.
        let command = c == '#' && at > 0 && bytes[at - 1] == b'#';
        if !command && !matches!(c, '"' | '\\') && !is_hazard(c) {
            continue;
        }
        put(&text[clean..at]);
        match c {
            '"' => put("\\\""),
            '\\' => put("\\\\"),
            '\n' => put("\\n"),
            '\r' => put("\\r"),
            '\t' => put("\\t"),
            '\u{8}' => put("\\b"),
            '\u{c}' => put("\\f"),
            _ => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| put(&format!("\\u{unit:04x}"))),
        }
        clean = from;
    }
    put(&text[clean..]);
}

#[derive(Serialize)]
struct ToolWire<'a> {
    name: &'a str,
    version: &'a str,
    knowledge_as_of: Option<String>,
}

impl<'a> ToolWire<'a> {
    fn new(run: &Run<'a>) -> ToolWire<'a> {
        let knowledge_as_of = run.knowledge_as_of.map(|day| day.to_string());
        ToolWire { name: "guidelint", version: run.version, knowledge_as_of }
    }
}

#[derive(Serialize)]
struct SummaryWire {
    files: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    suppressed: usize,
    baselined: usize,
}

impl SummaryWire {
    fn new(summary: &Summary) -> SummaryWire {
        let &Summary { files, errors, warnings, infos, suppressed, baselined } = summary;
        SummaryWire { files, errors, warnings, infos, suppressed, baselined }
    }
}

#[derive(Serialize)]
struct FileWire<'a> {
    path: &'a str,
    country: Option<&'a str>,
    countries: &'a [String],
    kind: Option<&'a str>,
    kinds: &'a [String],
    language: Option<&'a str>,
    script: Option<&'a str>,
    facts: FactsWire,
}

#[derive(Serialize)]
struct FactsWire {
    numbers: usize,
    numbers_verified: usize,
    carriers: usize,
    carriers_current: usize,
    links: usize,
}

impl<'a> FileWire<'a> {
    fn new(file: &'a FileReport) -> FileWire<'a> {
        let facts = file.facts;
        FileWire {
            path: file.source.path(),
            country: file.country.as_deref(),
            countries: &file.countries,
            kind: file.kind.as_deref(),
            kinds: &file.kinds,
            language: file.language.as_deref(),
            script: file.script.as_deref(),
            facts: FactsWire {
                numbers: facts.numbers,
                numbers_verified: facts.numbers_verified,
                carriers: facts.carriers,
                carriers_current: facts.carriers_current,
                links: facts.links,
            },
        }
    }
}

/// A finding, from its first key on. A report has ten thousands of them, and each is written straight into its text.
fn push_diagnostic(out: &mut String, diagnostic: &Diagnostic, places: &Places<'_>, language: Language) {
    let source = places.source();
    push_text(out, "\"rule\":", &diagnostic.rule);
    push_text(out, ",\"severity\":", diagnostic.severity.as_str());
    push_text(out, ",\"confidence\":", diagnostic.confidence.as_str());
    push_text(out, ",\"path\":", source.path());
    push_span(out, ",\"span\":", diagnostic.span, places);
    push_text(out, ",\"text\":", source.slice(diagnostic.span));
    push_text(out, ",\"message\":", &diagnostic.message.text(language));
    push_optional(out, ",\"help\":", diagnostic.help.as_ref().map(|help| help.text(language)).as_deref());
    push_array(out, ",\"evidence\":", &diagnostic.evidence, |out, it| {
        push_text(out, "{\"statement\":", &it.statement.text(language));
        out.push_str(",\"source\":");
        match &it.source {
            Some(citation) => push_citation(out, citation),
            None => out.push_str("null"),
        }
        out.push('}');
    });
    push_array(out, ",\"labels\":", &diagnostic.labels, |out, it| {
        push_span(out, "{\"span\":", it.span, places);
        push_text(out, ",\"message\":", &it.message.text(language));
        out.push('}');
    });
    out.push_str(",\"fix\":");
    match &diagnostic.fix {
        Some(fix) => push_fix(out, fix, places, language),
        None => out.push_str("null"),
    }
    push_text(out, ",\"fingerprint\":", &diagnostic.fingerprint);
    out.push('}');
}

fn push_citation(out: &mut String, citation: &Citation) {
    push_text(out, "{\"kind\":", citation.kind.as_str());
    push_optional(out, ",\"url\":", citation.url.as_deref());
    push_optional(out, ",\"package\":", citation.package.as_deref());
    push_optional(out, ",\"as_of\":", citation.as_of.as_deref());
    push_optional(out, ",\"verified\":", citation.verified.map(|day| day.to_string()).as_deref());
    out.push('}');
}

fn push_fix(out: &mut String, fix: &Fix, places: &Places<'_>, language: Language) {
    push_text(out, "{\"title\":", &fix.title.text(language));
    push_text(out, ",\"applicability\":", fix.applicability.as_str());
    push_array(out, ",\"edits\":", &fix.edits, |out, edit| {
        push_span(out, "{\"span\":", edit.span, places);
        push_text(out, ",\"replacement\":", &edit.replacement);
        out.push('}');
    });
    out.push('}');
}

fn push_span(out: &mut String, key: &str, span: Span, places: &Places<'_>) {
    let place = places.of(span);
    out.push_str(key);
    for (key, position) in [("{\"start\":", place.start), (",\"end\":", place.end)] {
        let Position { offset, line, column, column_utf16, .. } = position;
        out.push_str(key);
        push_number(out, "{\"offset\":", offset);
        push_number(out, ",\"line\":", line);
        push_number(out, ",\"column\":", column);
        push_number(out, ",\"column_utf16\":", column_utf16);
        out.push('}');
    }
    out.push('}');
}

/// A key, as it stands in the text with what comes before and after it, and its value.
fn push_text(out: &mut String, key: &str, text: &str) {
    out.push_str(key);
    out.push('"');
    escape(text, |piece| out.push_str(piece));
    out.push('"');
}

fn push_optional(out: &mut String, key: &str, text: Option<&str>) {
    match text {
        Some(text) => push_text(out, key, text),
        None => out.extend([key, "null"]),
    }
}

fn push_number(out: &mut String, key: &str, number: u32) {
    out.push_str(key);
    if number >= 10 {
        push_number(out, "", number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

fn push_array<T>(out: &mut String, key: &str, items: &[T], push: impl Fn(&mut String, &T)) {
    out.push_str(key);
    out.push('[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        push(out, item);
    }
    out.push(']');
}

#[derive(Serialize)]
struct FailureWire<'a> {
    path: &'a str,
    message: &'a str,
}

impl<'a> FailureWire<'a> {
    fn new(failure: &'a Failure) -> FailureWire<'a> {
        FailureWire { path: &failure.path, message: &failure.message }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_can_be_read_back() {
        let ranges = [0..0x3000, 0xF000..0x11000, 0x1F300..0x1F600, 0xE0000..0xE0200];
        for c in ranges.into_iter().flatten().filter_map(char::from_u32) {
            let text = format!("{c}a{c}##[{c}");
            let mut out = String::new();
            push_text(&mut out, "", &text);
            assert_eq!(serde_json::from_str::<String>(&out).ok().as_deref(), Some(text.as_str()));
            assert_eq!(out, to_string(&text));
            assert!(!out.contains(is_hazard) && !out.contains("##"));
        }
    }

    #[test]
    fn numbers_are_written_as_they_are() {
        for number in [0, 7, 10, 99, 100, 4_294_967_295] {
            let mut out = String::new();
            push_number(&mut out, "", number);
            assert_eq!(out, number.to_string());
        }
    }
}
