use std::cell::RefCell;
use std::collections::HashMap;

use crate::text::{Position, Source, Span, utf16_len};

/// Lines longer than this get checkpoints, so that a thousand findings in one line of 50 MB are not a thousand walks.
const LONG_LINE: usize = 4096;
const STEP: usize = 2048;

/// Turns byte offsets of one source into lines and columns.
pub(super) struct Places<'a> {
    source: &'a Source,
    checkpoints: RefCell<HashMap<usize, Vec<Position>>>,
}

/// A span as lines and columns; the end is exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub start: Position,
    pub end: Position,
}

impl<'a> Places<'a> {
    pub fn new(source: &'a Source) -> Places<'a> {
        Places { source, checkpoints: RefCell::default() }
    }

    /// The text the places are in.
    pub fn source(&self) -> &'a Source {
        self.source
    }

    /// Both ends of `span`.
    pub fn of(&self, span: Span) -> Place {
        Place { start: self.position(span.start), end: self.position(span.end.max(span.start)) }
    }

    fn position(&self, offset: u32) -> Position {
        let text = self.source.text();
        let offset = offset.min(text.len() as u32);
        let lines = self.source.lines();
        let line = lines.line_of(offset);
        let line_start = lines.line_span(line, text).start as usize;
        if offset as usize - line_start < LONG_LINE {
            return lines.position(offset, text);
        }
        let mut checkpoints = self.checkpoints.borrow_mut();
        let marks = checkpoints.entry(line).or_insert_with(|| self.walk(line));
        let at = marks.partition_point(|mark| mark.offset <= offset) - 1;
        advance(marks[at], text.get(marks[at].offset as usize..offset as usize).unwrap_or(""))
    }

    fn walk(&self, line: usize) -> Vec<Position> {
        let text = self.source.text();
        let span = self.source.lines().line_span(line, text);
        let mut position = self.source.lines().position(span.start, text);
        let mut rest = self.source.slice(span);
        if line == 0 {
            let body = rest.trim_start_matches('\u{feff}');
            position.offset += (rest.len() - body.len()) as u32;
            rest = body;
        }
        let mut marks = vec![position];
        while rest.len() > STEP {
            let cut = (STEP..rest.len()).find(|&at| rest.is_char_boundary(at)).unwrap_or(rest.len());
            let (step, after) = rest.split_at(cut);
            position = advance(position, step);
            marks.push(position);
            rest = after;
        }
        marks
    }
}

/// The place after `text`, which has no line end.
fn advance(from: Position, text: &str) -> Position {
    Position {
        offset: from.offset + text.len() as u32,
        line: from.line,
        column: from.column + text.chars().count() as u32,
        column_utf16: from.column_utf16 + utf16_len(text) as u32,
        column_utf8: from.column_utf8 + text.len() as u32,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checkpoints_change_no_column() {
        let long = format!("\u{feff}{}\n{}x", "中𐐀é".repeat(3000), "é\u{301}a".repeat(4000));
        let source = Source::new("long.md", long.clone());
        let places = Places::new(&source);
        for (offset, _) in long.char_indices().step_by(97) {
            let span = Span::new(offset as u32, offset as u32);
            assert_eq!(places.of(span).start, source.lines().position(offset as u32, &long));
        }
    }
}
