use std::ops::Range;

use crate::text::{Source, Span};

use super::safe::{is_hazard, push_visible};

/// Marked lines this near each other are shown in one piece.
const NEAR: usize = 2;
/// A longer line is cut round its first mark, by this many bytes on both sides.
const AROUND: usize = 160;
/// A longer mark is shown by its beginning.
const LONG_MARK: usize = 600;
/// A mark over more lines is shown by its first line.
const MANY_LINES: usize = 6;

/// A few lines of a source, made harmless, with the marked places in them.
#[derive(Debug)]
pub(super) struct Window {
    /// 1-based number of the first line.
    pub first_line: usize,
    /// The lines, with `\n` between them.
    pub text: String,
    /// Which mark (its index in what was asked for) lies where in `text`.
    pub marks: Vec<(usize, Range<usize>)>,
}

/// The lines that hold `spans`, in order of place; never much more text than is worth reading.
pub(super) fn windows(source: &Source, spans: &[Span]) -> Vec<Window> {
    let mut marks: Vec<Mark> = spans.iter().enumerate().map(|(id, &span)| Mark::new(id, span, source)).collect();
    marks.sort_by_key(|mark| (mark.first, mark.span));
    let mut windows = Vec::new();
    let mut rest = marks.as_slice();
    while let Some(head) = rest.first() {
        let mut last = head.last;
        let mut count = 0;
        for mark in rest {
            if mark.first > last + NEAR {
                break;
            }
            last = last.max(mark.last);
            count += 1;
        }
        let (here, after) = rest.split_at(count);
        windows.push(window(source, head.first, last, here));
        rest = after;
    }
    windows
}

struct Mark {
    id: usize,
    span: Span,
    first: usize,
    last: usize,
}

impl Mark {
    fn new(id: usize, span: Span, source: &Source) -> Mark {
        let (text, lines) = (source.text(), source.lines());
        let len = text.len() as u32;
        let start = floor(text, span.start.min(len) as usize) as u32;
        let mut end = floor(text, span.end.clamp(start, len) as usize) as u32;
        let first = lines.line_of(start);
        let mut last = lines.line_of(end.saturating_sub(1).max(start));
        if last - first >= MANY_LINES || (end - start) as usize > LONG_MARK {
            let line_end = lines.line_span(first, text).end.max(start);
            end = line_end.min(floor(text, start as usize + LONG_MARK) as u32);
            last = first;
        }
        Mark { id, span: Span::new(start, end), first, last }
    }
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn window(source: &Source, first: usize, last: usize, marks: &[Mark]) -> Window {
    let mut out = Window { first_line: first + 1, text: String::new(), marks: Vec::new() };
    let mut ends: Vec<(Option<usize>, Option<usize>)> = vec![(None, None); marks.len()];
    for line in first..=last {
        if line > first {
            out.text.push('\n');
        }
        let whole = source.lines().line_span(line, source.text());
        let shown = visible_part(source, whole, marks);
        push_line(&mut out.text, source, whole, shown, marks, &mut ends);
    }
    for (mark, (start, end)) in marks.iter().zip(ends) {
        if let Some(start) = start {
            out.marks.push((mark.id, start..end.unwrap_or(out.text.len()).max(start)));
        }
    }
    out
}

/// The part of a line that is shown: all of it, or the surroundings of its first mark.
fn visible_part(source: &Source, line: Span, marks: &[Mark]) -> Span {
    if line.len() <= 2 * AROUND {
        return line;
    }
    let text = source.text();
    let on_line = |mark: &&Mark| mark.span.start <= line.end && mark.span.end >= line.start;
    let mark = marks.iter().find(on_line).map_or(Span::new(line.start, line.start), |mark| mark.span);
    let start = (mark.start.max(line.start) as usize).saturating_sub(AROUND).max(line.start as usize);
    let end = (mark.end.min(line.end) as usize + AROUND).min(line.end as usize);
    Span::of(floor(text, start)..floor(text, end).max(start))
}

/// Appends one line, made harmless, and notes where marks begin and end in it.
fn push_line(
    out: &mut String,
    source: &Source,
    whole: Span,
    shown: Span,
    marks: &[Mark],
    ends: &mut [(Option<usize>, Option<usize>)],
) {
    if shown.start > whole.start {
        out.push('…');
    }
    let note = |offset: u32, at: usize, ends: &mut [(Option<usize>, Option<usize>)]| {
        for (mark, (start, end)) in marks.iter().zip(ends.iter_mut()) {
            if mark.span.start <= offset && start.is_none() && mark.span.start >= shown.start {
                *start = Some(at);
            }
            if mark.span.end <= offset && end.is_none() && start.is_some() {
                *end = Some(at);
            }
        }
    };
    let mut offset = shown.start;
    for c in source.slice(shown).chars() {
        // A byte order mark is not part of the first line for anybody who counts columns.
        let mark = offset == 0 && c == '\u{feff}';
        note(offset, out.len(), ends);
        match c {
            _ if mark => {}
            '\t' => out.push('\t'),
            _ if is_hazard(c) => push_visible(c, out),
            _ => out.push(c),
        }
        offset += c.len_utf8() as u32;
    }
    note(offset, out.len(), ends);
    if shown.end < whole.end {
        out.push('…');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, needles: &[&str]) -> Vec<(usize, String)> {
        let spans: Vec<Span> = needles
            .iter()
            .map(|needle| {
                let at = text.find(needle).unwrap();
                Span::of(at..at + needle.len())
            })
            .collect();
        let source = Source::new("x.md", text);
        windows(&source, &spans)
            .into_iter()
            .flat_map(|window| {
                let text = window.text.clone();
                window.marks.into_iter().map(move |(id, range)| (id, text[range].to_owned()))
            })
            .collect()
    }

    #[test]
    fn marks_stay_on_their_text_through_escapes_and_cuts() {
        let hostile = "\u{feff}a\u{9b}b\u{202e}号码 69\r\nsecond\rthird";
        assert_eq!(marked(hostile, &["号码", "third"]), [(0, "号码".into()), (1, "third".into())]);
        let long = format!("{}NEEDLE{}", "中".repeat(40_000), "x".repeat(90_000));
        assert_eq!(marked(&long, &["NEEDLE"]), [(0, "NEEDLE".into())]);
        let source = Source::new("x.md", long.clone());
        let at = long.find("NEEDLE").unwrap();
        let window = &windows(&source, &[Span::of(at..at + 6)])[0];
        assert!(window.text.len() < 400 && window.text.starts_with('…') && window.text.ends_with('…'));
    }

    #[test]
    fn far_marks_get_their_own_window_and_near_ones_share() {
        let text = "one\ntwo\nthree\n\n\n\n\n\nnine";
        let source = Source::new("x.md", text);
        let at = |needle: &str| {
            let at = text.find(needle).unwrap();
            Span::of(at..at + needle.len())
        };
        let found = windows(&source, &[at("nine"), at("one"), at("three")]);
        let lines: Vec<_> = found.iter().map(|it| (it.first_line, it.marks.len())).collect();
        assert_eq!(lines, [(1, 2), (9, 1)]);
    }

    #[test]
    fn odd_spans_panic_nowhere() {
        let source = Source::new("x.md", "é\n");
        for (start, end) in [(0, 0), (1, 1), (3, 3), (0, 900), (2, 3)] {
            assert_eq!(windows(&source, &[Span::new(start, end)]).len(), 1);
        }
        assert_eq!(windows(&Source::new("x.md", ""), &[Span::new(0, 0)])[0].text, "");
    }
}
