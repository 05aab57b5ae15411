use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Origin, Patch, Renderer as Painter, Snippet,
};

use crate::diagnostic::{Applicability, Diagnostic, FactCounts, Failure, FileReport, Fix, Message, Severity, Summary};
use crate::text::{Source, Span};

use super::excerpt::{Window, windows};
use super::place::Places;
use super::safe::{disarm_commands, one_line};
use super::{Renderer, Run, Statistics, Style, citation, docs_of, wording};

/// Further places shown with their lines; the rest are listed by place.
const SHOWN_LABELS: usize = 4;
/// Places in that list.
const LISTED_LABELS: usize = 12;

/// For people: each finding with its lines, its reasons and what to do; at the end, what was checked.
pub(super) struct Text {
    style: Style,
    docs_url: Option<String>,
    knowledge: Option<String>,
    rules: usize,
    facts: FactCounts,
    statistics: Statistics,
    /// Guides about several countries, and guides of several kinds, each with which.
    mixed: [Vec<String>; 2],
}

impl Text {
    pub fn new(style: &Style) -> Text {
        Text {
            style: style.clone(),
            docs_url: None,
            knowledge: None,
            rules: 0,
            facts: FactCounts::default(),
            statistics: Statistics::default(),
            mixed: Default::default(),
        }
    }
}

impl Renderer for Text {
    fn begin(&mut self, _: &mut String, run: &Run<'_>) {
        self.docs_url = run.docs_url.map(str::to_owned);
        self.knowledge = run.knowledge_as_of.map(|day| day.to_string());
        self.rules = run.rules.len();
    }

    fn file(&mut self, out: &mut String, file: &FileReport) {
        let places = Places::new(&file.source);
        for diagnostic in &file.diagnostics {
            let url = docs_of(self.docs_url.as_deref(), &diagnostic.rule);
            push_finding(out, &places, diagnostic, url.as_deref(), &self.style);
            out.push('\n');
        }
        self.facts.numbers += file.facts.numbers;
        self.facts.numbers_verified += file.facts.numbers_verified;
        self.facts.carriers += file.facts.carriers;
        self.facts.carriers_current += file.facts.carriers_current;
        self.facts.links += file.facts.links;
        self.statistics.add(file);
        for (mixed, all) in self.mixed.iter_mut().zip([&file.countries, &file.kinds]) {
            if file.telecom && all.len() > 1 {
                mixed.push(format!("{} ({})", one_line(file.source.path()), all.join(", ")));
            }
        }
    }

    fn end(&mut self, out: &mut String, summary: &Summary, failures: &[Failure]) {
        if self.style.statistics {
            let table = self.statistics.table(&self.style);
            if !table.is_empty() {
                out.push_str(&table);
                out.push('\n');
            }
        }
        if self.style.quiet {
            return;
        }
        let language = self.style.language;
        for (mixed, wording) in self.mixed.iter().zip([&wording::MIXED_COUNTRIES, &wording::MIXED_KINDS]) {
            if let Some(message) = mixed_sentence(mixed, wording) {
                out.push_str(&message.text(language));
                out.push('\n');
            }
        }
        out.push_str(&facts_sentence(self.facts).text(language));
        out.push('\n');
        let knowledge = self.knowledge.as_deref();
        out.push_str(&summary_sentence(summary, self.rules, knowledge).text(language));
        out.push('\n');
        if !failures.is_empty() {
            let message = wording::count(failures.len(), &wording::ONE_FAILURE, &wording::FAILURES);
            out.push_str(&message.text(language));
            out.push('\n');
        }
    }
}

/// Guides named in a sentence; the rest are counted.
const NAMED_GUIDES: usize = 5;

/// Which guides are about more than one thing, so that silence about them is not taken for praise.
fn mixed_sentence(guides: &[String], wording: &'static crate::diagnostic::Wording) -> Option<Message> {
    use crate::diagnostic::Argument;
    let shown: Vec<String> = guides.iter().take(NAMED_GUIDES).cloned().collect();
    let more: Argument = match guides.len().saturating_sub(NAMED_GUIDES) {
        0 => "".into(),
        count => Message::new(&wording::MIXED_MORE).with("count", count).into(),
    };
    (!shown.is_empty()).then(|| Message::new(wording).with("list", shown.join("; ")).with("more", more))
}

/// What was read in all guides together, and how much of it is known.
pub(super) fn facts_sentence(facts: FactCounts) -> Message {
    let unknown = facts.numbers.saturating_sub(facts.numbers_verified);
    let list = [
        Message::new(&wording::FACT_NUMBERS)
            .with("count", facts.numbers)
            .with("known", facts.numbers_verified)
            .with("unknown", unknown),
        Message::new(&wording::FACT_CARRIERS).with("count", facts.carriers).with("known", facts.carriers_current),
        Message::new(&wording::FACT_LINKS).with("count", facts.links),
    ];
    Message::new(&wording::FACTS).with("list", list.into_iter().collect::<crate::diagnostic::Argument>())
}

/// `1 guide checked with 40 rules: 2 errors, 5 warnings, 1 info (3 suppressed); knowledge as of 2026-11-22`
pub(super) fn summary_sentence(summary: &Summary, rules: usize, knowledge: Option<&str>) -> Message {
    use crate::diagnostic::Argument;
    let mut findings: Vec<Message> = Vec::new();
    if summary.errors > 0 {
        findings.push(wording::count(summary.errors, &wording::ONE_ERROR, &wording::ERRORS));
    }
    if summary.warnings > 0 {
        findings.push(wording::count(summary.warnings, &wording::ONE_WARNING, &wording::WARNINGS));
    }
    if summary.infos > 0 {
        findings.push(Message::new(&wording::INFOS).with("count", summary.infos));
    }
    if findings.is_empty() {
        findings.push(Message::new(&wording::NOTHING));
    }
    let mut silenced: Vec<Message> = Vec::new();
    if summary.suppressed > 0 {
        silenced.push(Message::new(&wording::SUPPRESSED).with("count", summary.suppressed));
    }
    if summary.baselined > 0 {
        silenced.push(Message::new(&wording::BASELINED).with("count", summary.baselined));
    }
    let silenced: Argument = match silenced.is_empty() {
        true => "".into(),
        false => Message::new(&wording::SILENCED).with("list", silenced.into_iter().collect::<Argument>()).into(),
    };
    let knowledge: Argument = match knowledge {
        Some(day) => Message::new(&wording::KNOWLEDGE).with("day", day).into(),
        None => "".into(),
    };
    Message::new(&wording::SUMMARY)
        .with("guides", wording::count(summary.files, &wording::ONE_GUIDE, &wording::GUIDES))
        .with("rules", wording::count(rules, &wording::WITH_ONE_RULE, &wording::WITH_RULES))
        .with("findings", findings.into_iter().collect::<Argument>())
        .with("silenced", silenced)
        .with("knowledge", knowledge)
}

/// Writes one finding with its excerpt, reasons, help and fix.
pub(super) fn push_finding(
    out: &mut String,
    places: &Places<'_>,
    diagnostic: &Diagnostic,
    url: Option<&str>,
    style: &Style,
) {
    let (language, source) = (style.language, places.source());
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let message = diagnostic.message.text(language);
    let mut title = level.primary_title(one_line(&message).into_owned()).id(one_line(&diagnostic.rule));
    if let Some(url) = url {
        title = title.id_url(url.to_owned());
    }
    let start = places.of(diagnostic.span).start;
    let origin = Origin::path(one_line(source.path())).line(start.line as usize).char_column(start.column as usize);
    let mut cause = title.element(origin).elements(snippets(source, diagnostic, style));
    for text in notes(diagnostic, places, style) {
        cause = cause.element(text);
    }
    let mut groups = vec![cause];
    if let Some(fix) = &diagnostic.fix {
        groups.push(fix_group(source, fix, style));
    }
    let from = out.len();
    push_without_empty_origins(out, &painter(style).render(&groups));
    disarm_commands(out, from);
    out.push('\n');
}

/// The place is printed by an origin of its own, for its column counts the guide's characters and not those of the
/// excerpt. The painter then finds no path at the excerpts and leaves the place of one empty (`:::`): the first is
/// dropped, the others become the sign for left-out lines.
fn push_without_empty_origins(out: &mut String, painted: &str) {
    let mut first = true;
    for line in painted.split_inclusive('\n') {
        let marked = line.find(":::").filter(|_| line.len() < 64 && plain(line) == ":::");
        match marked {
            Some(_) if first => first = false,
            Some(at) => {
                out.push_str(&line[..at]);
                out.push_str("...");
                out.push_str(line[at + 3..].trim_start_matches(' '));
            }
            None => out.push_str(line),
        }
    }
}

/// `line` without colours and blanks at its ends.
fn plain(line: &str) -> String {
    let mut pieces = line.split('\u{1b}');
    let first = pieces.next().unwrap_or("").to_owned();
    let rest: String = pieces.map(|piece| piece.split_once('m').map_or(piece, |(_, text)| text)).collect();
    (first + &rest).trim().to_owned()
}

fn painter(style: &Style) -> Painter {
    let painter = if style.colour { Painter::styled() } else { Painter::plain() };
    painter.hyperlink(style.colour && style.hyperlinks).term_width(style.width.max(40))
}

/// The marked lines: the finding's own and those of its first labels.
fn snippets(source: &Source, diagnostic: &Diagnostic, style: &Style) -> Vec<Element<'static>> {
    let labels = &diagnostic.labels[..diagnostic.labels.len().min(SHOWN_LABELS)];
    let spans: Vec<Span> = std::iter::once(diagnostic.span).chain(labels.iter().map(|label| label.span)).collect();
    let mut found = windows(source, &spans);
    // The finding's own lines first, then the others in order of place.
    found.sort_by_key(|window| !window.marks.iter().any(|(id, _)| *id == 0));
    found
        .into_iter()
        .map(|window| {
            let annotations: Vec<Annotation<'static>> = window
                .marks
                .into_iter()
                .map(|(id, range)| match id.checked_sub(1) {
                    None => AnnotationKind::Primary.span(range),
                    Some(label) => AnnotationKind::Context
                        .span(range)
                        .label(one_line(&labels[label].message.text(style.language)).into_owned()),
                })
                .collect();
            let snippet = Snippet::source(window.text).line_start(window.first_line).annotations(annotations);
            Element::from(snippet)
        })
        .collect()
}

/// The lines under the excerpt: further places, reasons, help.
fn notes(diagnostic: &Diagnostic, places: &Places<'_>, style: &Style) -> Vec<Element<'static>> {
    let language = style.language;
    let named = |wording: &'static crate::diagnostic::Wording, level: Level<'static>, text: String| {
        let name = Message::new(wording).text(language);
        Element::from(level.with_name(Some(name)).message(one_line(&text).into_owned()))
    };
    let mut notes = Vec::new();
    if diagnostic.labels.len() > SHOWN_LABELS {
        let rest = &diagnostic.labels[SHOWN_LABELS..];
        let listed: Vec<String> = rest
            .iter()
            .take(LISTED_LABELS)
            .map(|label| places.of(label.span).start)
            .map(|start| format!("{}:{}", start.line, start.column))
            .collect();
        let more = if rest.len() > LISTED_LABELS { " …" } else { "" };
        let message =
            Message::new(&wording::MORE_PLACES).with("count", rest.len()).with("places", listed.join(", ") + more);
        notes.push(named(&wording::NOTE, Level::NOTE, message.text(language)));
    }
    for sentence in citation::sentences(&diagnostic.evidence, language) {
        notes.push(named(&wording::BECAUSE, Level::NOTE, sentence));
    }
    if let Some(help) = &diagnostic.help {
        notes.push(named(&wording::HELP, Level::HELP, help.text(language)));
    }
    notes
}

/// The fix as it would change the lines it touches.
fn fix_group(source: &Source, fix: &Fix, style: &Style) -> Group<'static> {
    let wording = match fix.applicability {
        Applicability::Safe => &wording::FIX_SAFE,
        Applicability::Unsafe => &wording::FIX_UNSAFE,
        Applicability::DisplayOnly => &wording::FIX_SHOWN,
    };
    let title = Message::new(wording).with("title", fix.title.clone()).text(style.language);
    let name = Message::new(&wording::HELP).text(style.language);
    let group = Level::HELP.with_name(Some(name)).secondary_title(one_line(&title).into_owned());
    let spans: Vec<Span> = fix.edits.iter().map(|edit| edit.span).collect();
    let patched = windows(source, &spans).into_iter().map(|Window { first_line, text, marks }| {
        let patches = marks.into_iter().map(|(id, range)| {
            let replacement: String = fix.edits[id].replacement.chars().take(400).collect();
            Patch::new(range, super::term_safe(&replacement).into_owned())
        });
        Snippet::source(text).line_start(first_line).patches(patches.collect::<Vec<_>>())
    });
    group.elements(patched.collect::<Vec<_>>())
}
