//! The guide itself: every line as it is written, dressed as what it is, with the findings marked in it.

use std::fmt::Write;

use crate::diagnostic::{Diagnostic, FileReport, Message};
use crate::guide::{self, BlockKind, Guide};
use crate::text::{Source, Span};

use super::super::wording;
use super::card::Cards;
use super::{class, escape, push_escaped};

/// So many lines without a finding are folded away, …
const FOLD: usize = 8;
/// … of which this many stay in sight before and after.
const SEEN: usize = 2;
/// A fold holds no more lines than this; the rest is not in the page.
const HELD: usize = 400;
/// A longer line is cut after its marks.
const LONG_LINE: usize = 20_000;

/// Writes the text of a guide with its findings beside it.
pub(super) fn push(out: &mut String, file: &FileReport, cards: &Cards<'_>) {
    let paper = Paper::new(file, cards);
    let name = Message::new(&wording::PAGE_TEXT).with("path", file.source.path()).text(cards.language);
    let lang = language_tag(file).map_or(String::new(), |tag| format!(" lang=\"{tag}\""));
    let _ = writeln!(out, "<div class=\"sheet\" role=\"group\" aria-label=\"{}\">", escape(&name));
    let rows = paper.rows();
    for (at, row) in rows.iter().enumerate() {
        let end = rows.get(at + 1).map_or(paper.lines, |next| next.line);
        let _ = writeln!(out, "<div class=\"row\">\n<div class=\"text\"{lang}>");
        paper.push_stretch(out, row.line, end, !row.findings.is_empty());
        out.push_str("</div>\n<div class=\"notes\">\n");
        for &finding in &row.findings {
            cards.push(out, &file.source, &file.diagnostics[finding], finding);
        }
        out.push_str("</div>\n</div>\n");
    }
    out.push_str("</div>\n");
}

/// The guide's language as an attribute, if it looks like one.
fn language_tag(file: &FileReport) -> Option<String> {
    let fit = |text: &&String| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    let language = file.language.as_ref().filter(fit)?;
    Some(match file.script.as_ref().filter(fit) {
        Some(script) => format!("{language}-{script}"),
        None => language.clone(),
    })
}

/// A line with findings and the lines after it, up to the next such line.
struct Row {
    line: usize,
    findings: Vec<usize>,
}

struct Paper<'a> {
    source: &'a Source,
    diagnostics: &'a [Diagnostic],
    cards: &'a Cards<'a>,
    /// How each line is dressed, and how deep it is quoted.
    dress: Vec<(&'static str, u16)>,
    /// What a reader of the rendered guide sees, sorted.
    seen: Vec<Span>,
    lines: usize,
}

impl<'a> Paper<'a> {
    fn new(file: &'a FileReport, cards: &'a Cards<'a>) -> Paper<'a> {
        let guide = guide::parse(&file.source);
        let source: &Source = &file.source;
        let lines = source.lines().count();
        // A last line that is empty only says that the line before it is ended.
        let lines = lines - usize::from(lines > 1 && source.text().ends_with(['\n', '\r']));
        let mut seen: Vec<Span> = guide
            .blocks
            .iter()
            .filter(|block| block.kind.is_visible())
            .flat_map(|block| guide.prose.pieces(block.prose))
            .chain(guide.codes.iter().map(|code| code.span))
            .chain(guide.code_blocks.iter().copied())
            .collect();
        seen.sort_unstable();
        Paper { source, diagnostics: &file.diagnostics, cards, dress: dress(&guide, source), seen, lines }
    }

    fn rows(&self) -> Vec<Row> {
        let mut rows = vec![Row { line: 0, findings: Vec::new() }];
        let mut order: Vec<usize> = (0..self.diagnostics.len()).collect();
        order.sort_by_key(|&at| (self.diagnostics[at].span.start, at));
        for at in order {
            let line = (self.cards.line_of(self.diagnostics[at].span) - 1).min(self.lines - 1);
            match rows.last_mut() {
                Some(row) if row.line == line => row.findings.push(at),
                _ => rows.push(Row { line, findings: vec![at] }),
            }
        }
        rows
    }

    /// The lines `from..to`; the first holds findings if `marked`.
    fn push_stretch(&self, out: &mut String, from: usize, to: usize, marked: bool) {
        let lead = if marked { 1 + SEEN } else { usize::from(from > 0) * SEEN };
        let fold = (from + lead).min(to)..to.saturating_sub(SEEN).max((from + lead).min(to));
        if fold.len() < FOLD {
            (from..to).for_each(|line| self.push_line(out, line));
            return;
        }
        (from..fold.start).for_each(|line| self.push_line(out, line));
        let count = Message::new(&wording::PAGE_FOLDED).with("count", fold.len()).text(self.cards.language);
        let _ = writeln!(out, "<details>\n<summary>{}</summary>", escape(&count));
        fold.clone().take(HELD).for_each(|line| self.push_line(out, line));
        if fold.len() > HELD {
            let rest = Message::new(&wording::PAGE_LEFT_OUT).with("count", fold.len() - HELD);
            let _ = writeln!(out, "<p class=\"about\">{}</p>", escape(&rest.text(self.cards.language)));
        }
        out.push_str("</details>\n");
        (fold.end..to).for_each(|line| self.push_line(out, line));
    }

    fn push_line(&self, out: &mut String, line: usize) {
        let span = self.source.lines().line_span(line, self.source.text());
        let (dress, quotes) = self.dress[line];
        let quote = if quotes > 0 { " quote" } else { "" };
        let _ = write!(
            out,
            "<div class=\"line {dress}{quote}\" id=\"g{}l{}\"><span class=\"no\" aria-hidden=\"true\">{}</span>\
             <span class=\"words\" dir=\"auto\">",
            self.cards.guide,
            line + 1,
            line + 1
        );
        self.push_words(out, span);
        out.push_str("</span></div>\n");
    }

    /// The text of a line, cut wherever a finding or the visible text begins or ends.
    fn push_words(&self, out: &mut String, line: Span) {
        let here: Vec<usize> = (0..self.diagnostics.len())
            .filter(|&at| {
                let span = self.diagnostics[at].span;
                span.overlaps(line) || (span.start >= line.start && span.start <= line.end)
            })
            .collect();
        let last_mark = here.iter().map(|&at| self.diagnostics[at].span.end.min(line.end)).max().unwrap_or(line.start);
        let shown = match line.len() > LONG_LINE {
            true => Span::new(line.start, last_mark.max(self.floor(line.start + LONG_LINE as u32))),
            false => line,
        };
        let mut cuts = vec![shown.start, shown.end];
        cuts.extend(here.iter().flat_map(|&at| [self.diagnostics[at].span.start, self.diagnostics[at].span.end]));
        let first = self.seen.partition_point(|piece| piece.end <= shown.start);
        let pieces = self.seen[first..].iter().take_while(|piece| piece.start < shown.end);
        cuts.extend(pieces.flat_map(|piece| [piece.start, piece.end]));
        cuts.retain(|cut| (shown.start..=shown.end).contains(cut));
        cuts.sort_unstable();
        cuts.dedup();
        for pair in cuts.windows(2) {
            self.push_piece(out, Span::new(pair[0], pair[1]), &here);
            self.push_badges(out, pair[1], line, &here);
        }
        if shown.is_empty() {
            self.push_badges(out, shown.start, line, &here);
        }
        if shown.end < line.end {
            out.push('…');
        }
    }

    fn floor(&self, offset: u32) -> u32 {
        let text = self.source.text();
        (0..=offset).rev().find(|&at| text.is_char_boundary(at as usize)).unwrap_or(0)
    }

    fn push_piece(&self, out: &mut String, piece: Span, here: &[usize]) {
        let over = here.iter().copied().filter(|&at| self.diagnostics[at].span.contains(piece));
        // The gravest of those that lie over one another gives the colour.
        let gravest = over.max_by_key(|&at| (self.diagnostics[at].severity, std::cmp::Reverse(at)));
        let at = self.seen.partition_point(|it| it.end <= piece.start);
        let seen = self.seen.get(at).is_some_and(|it| it.contains(piece));
        let mut text = String::with_capacity(piece.len() + 16);
        for c in self.source.slice(piece).chars().filter(|c| *c != '\u{feff}') {
            push_escaped(c, &mut text);
        }
        let text = if seen || text.trim().is_empty() { text } else { format!("<span class=\"markup\">{text}</span>") };
        let _ = match gravest {
            Some(at) => {
                let class = class(self.diagnostics[at].severity);
                write!(out, "<mark class=\"{class} r{}\">{text}</mark>", self.cards.rules[at])
            }
            None => out.write_str(&text),
        };
    }

    /// The numbers of the findings that end at `offset` — or, for those of several lines, at the end of their first.
    fn push_badges(&self, out: &mut String, offset: u32, line: Span, here: &[usize]) {
        for &at in here {
            let diagnostic = &self.diagnostics[at];
            let span = diagnostic.span;
            let begins_here = span.start >= line.start && span.start <= line.end;
            if !begins_here || span.end.min(line.end).max(span.start) != offset {
                continue;
            }
            let number = self.cards.number(at);
            let name = Message::new(&wording::PAGE_FINDING)
                .with("number", number)
                .with("severity", diagnostic.severity.as_str())
                .text(self.cards.language);
            let _ = write!(
                out,
                "<a class=\"badge {} r{}\" id=\"m{number}\" href=\"#f{number}\" aria-label=\"{}\">{number}</a>",
                class(diagnostic.severity),
                self.cards.rules[at],
                escape(&name)
            );
        }
    }
}

/// What each line is: the class that dresses it, and how deep it is quoted.
fn dress(guide: &Guide, source: &Source) -> Vec<(&'static str, u16)> {
    let lines = source.lines();
    let mut dress = vec![("plain", 0); lines.count()];
    let mut paint = |span: Span, class: &'static str, quotes: u16| {
        let last = lines.line_of(span.end.saturating_sub(1).max(span.start));
        for line in &mut dress[lines.line_of(span.start)..=last] {
            *line = (class, quotes);
        }
    };
    if let Some(front) = &guide.front_matter {
        paint(front.span, "meta", 0);
    }
    for table in &guide.tables {
        paint(table.span, "table", 0);
    }
    for block in &guide.blocks {
        let class = match block.kind {
            BlockKind::Heading(1) => "h1",
            BlockKind::Heading(2) => "h2",
            BlockKind::Heading(_) => "h3",
            BlockKind::ListItem => "item",
            BlockKind::Paragraph if block.html => "html",
            BlockKind::Paragraph if block.item.is_some() => "item",
            BlockKind::Paragraph => "plain",
            _ => continue,
        };
        paint(block.span, class, block.quotes);
    }
    for code in &guide.code_blocks {
        paint(*code, "code", 0);
    }
    dress
}
