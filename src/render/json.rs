use serde::Serialize;

use crate::diagnostic::{Citation, Diagnostic, Failure, FileReport, Fix, Language, Summary};
use crate::text::{Position, Source, Span};

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
    fn push(&mut self, item: &str) {
        self.0.push_str(if self.0.is_empty() { "\n    " } else { ",\n    " });
        self.0.push_str(item);
    }

    /// Ends the array and begins the one called `next`, if there is one.
    fn close(&mut self, next: Option<&str>) {
        self.0.push_str(if self.0.is_empty() { "]" } else { "\n  ]" });
        match next {
            Some(key) => self.0.push_str(&opening(key)),
            None => self.0.push_str("\n}\n"),
        }
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
        self.files.push(&to_string(&FileWire::new(file)));
        let places = Places::new(&file.source);
        for diagnostic in &file.diagnostics {
            self.diagnostics.push(&to_string(&DiagnosticWire::new(diagnostic, file, &places, self.language)));
        }
    }

    fn end(&mut self, out: &mut String, summary: &Summary, failures: &[Failure]) {
        for failure in failures {
            self.errors.push(&to_string(&FailureWire::new(failure)));
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
            push_line(out, "diagnostic", &DiagnosticWire::new(diagnostic, file, &places, self.language));
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

/// The first bytes of the characters that are looked at; all others show what they are.
static ODD: [bool; 256] = {
    let mut odd = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        odd[byte] = matches!(byte as u8, 0..b' ' | b'#' | 0x7F | 0xC2 | 0xD8 | 0xE2 | 0xEF | 0xF3);
        byte += 1;
    }
    odd
};

impl serde_json::ser::Formatter for Visible {
    fn write_string_fragment<W: ?Sized + std::io::Write>(&mut self, out: &mut W, text: &str) -> std::io::Result<()> {
        let odd = |byte: &u8| ODD[usize::from(*byte)];
        let bytes = text.as_bytes();
        let (mut clean, mut from) = (0, 0);
        while let Some(at) = bytes[from..].iter().position(odd).map(|it| from + it) {
            let Some(c) = text[at..].chars().next() else { break };
            from = at + c.len_utf8();
            // A build agent that sees the report go by obeys `##[` and `##vso[` inside a line.
            let command = c == '#' && at > 0 && bytes[at - 1] == b'#';
            if !command && !is_hazard(c) {
                continue;
            }
            out.write_all(&bytes[clean..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            clean = from;
        }
        out.write_all(&text.as_bytes()[clean..])
    }
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

#[derive(Serialize)]
struct DiagnosticWire<'a> {
    rule: &'a str,
    severity: &'a str,
    confidence: &'a str,
    path: &'a str,
    span: SpanWire,
    text: &'a str,
    message: String,
    help: Option<String>,
    evidence: Vec<EvidenceWire<'a>>,
    labels: Vec<LabelWire>,
    fix: Option<FixWire<'a>>,
    fingerprint: &'a str,
}

impl<'a> DiagnosticWire<'a> {
    fn new(
        diagnostic: &'a Diagnostic,
        file: &'a FileReport,
        places: &Places<'_>,
        language: Language,
    ) -> DiagnosticWire<'a> {
        let source: &Source = &file.source;
        DiagnosticWire {
            rule: &diagnostic.rule,
            severity: diagnostic.severity.as_str(),
            confidence: diagnostic.confidence.as_str(),
            path: source.path(),
            span: SpanWire::new(diagnostic.span, places),
            text: source.slice(diagnostic.span),
            message: diagnostic.message.text(language),
            help: diagnostic.help.as_ref().map(|help| help.text(language)),
            evidence: diagnostic
                .evidence
                .iter()
                .map(|it| EvidenceWire {
                    statement: it.statement.text(language),
                    source: it.source.as_deref().map(CitationWire::new),
                })
                .collect(),
            labels: diagnostic
                .labels
                .iter()
                .map(|it| LabelWire { span: SpanWire::new(it.span, places), message: it.message.text(language) })
                .collect(),
            fix: diagnostic.fix.as_ref().map(|fix| FixWire::new(fix, places, language)),
            fingerprint: &diagnostic.fingerprint,
        }
    }
}

#[derive(Serialize)]
struct SpanWire {
    start: PositionWire,
    end: PositionWire,
}

#[derive(Serialize)]
struct PositionWire {
    offset: u32,
    line: u32,
    column: u32,
    column_utf16: u32,
}

impl SpanWire {
    fn new(span: Span, places: &Places<'_>) -> SpanWire {
        let place = places.of(span);
        SpanWire { start: PositionWire::new(place.start), end: PositionWire::new(place.end) }
    }
}

impl PositionWire {
    fn new(position: Position) -> PositionWire {
        let Position { offset, line, column, column_utf16, .. } = position;
        PositionWire { offset, line, column, column_utf16 }
    }
}

#[derive(Serialize)]
struct EvidenceWire<'a> {
    statement: String,
    source: Option<CitationWire<'a>>,
}

#[derive(Serialize)]
struct CitationWire<'a> {
    kind: &'a str,
    url: Option<&'a str>,
    package: Option<&'a str>,
    as_of: Option<&'a str>,
    verified: Option<String>,
}

impl<'a> CitationWire<'a> {
    fn new(citation: &'a Citation) -> CitationWire<'a> {
        CitationWire {
            kind: citation.kind.as_str(),
            url: citation.url.as_deref(),
            package: citation.package.as_deref(),
            as_of: citation.as_of.as_deref(),
            verified: citation.verified.map(|day| day.to_string()),
        }
    }
}

#[derive(Serialize)]
struct LabelWire {
    span: SpanWire,
    message: String,
}

#[derive(Serialize)]
struct FixWire<'a> {
    title: String,
    applicability: &'a str,
    edits: Vec<EditWire<'a>>,
}

#[derive(Serialize)]
struct EditWire<'a> {
    span: SpanWire,
    replacement: &'a str,
}

impl<'a> FixWire<'a> {
    fn new(fix: &'a Fix, places: &Places<'_>, language: Language) -> FixWire<'a> {
        FixWire {
            title: fix.title.text(language),
            applicability: fix.applicability.as_str(),
            edits: fix
                .edits
                .iter()
                .map(|edit| EditWire { span: SpanWire::new(edit.span, places), replacement: &edit.replacement })
                .collect(),
        }
    }
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
