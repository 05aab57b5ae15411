use memchr::memchr2_iter;

use super::Span;

/// Where each line of a text begins. LF, CRLF and a lone CR end a line.
#[derive(Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

/// A place as people and editors count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// 0-based byte offset in the file as it lies on disk.
    pub offset: u32,
    /// 1-based line.
    pub line: u32,
    /// 1-based column in Unicode scalar values; a byte order mark does not count.
    pub column: u32,
    /// 1-based column in UTF-16 code units; a byte order mark does not count.
    pub column_utf16: u32,
    /// 1-based column in UTF-8 bytes; a byte order mark does not count.
    pub column_utf8: u32,
}

impl LineIndex {
    /// Reads `text` once.
    pub fn new(text: &str) -> LineIndex {
        let bytes = text.as_bytes();
        let mut starts = Vec::with_capacity(bytes.len() / 32 + 1);
        starts.push(0);
        let note = |at: usize| {
            // The first half of CRLF ends nothing.
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at as u32 + 1);
            }
        };
        memchr2_iter(b'\n', b'\r', bytes).for_each(note);
        LineIndex { starts }
    }

    /// The number of lines; a text that ends with a line end has an empty last line.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The 0-based line that holds byte `offset`.
    pub fn line_of(&self, offset: u32) -> usize {
        self.starts.partition_point(|&start| start <= offset) - 1
    }

    /// The bytes of a 0-based line, its line end excluded.
    pub fn line_span(&self, line: usize, text: &str) -> Span {
        let start = self.starts[line];
        let end = self.starts.get(line + 1).map_or(text.len() as u32, |&next| next);
        let body = text[start as usize..end as usize].trim_end_matches(['\r', '\n']);
        Span::new(start, start + body.len() as u32)
    }

    /// The place of byte `offset` in `text`, which must be the text this index was made from.
    pub fn position(&self, offset: u32, text: &str) -> Position {
        let line = self.line_of(offset);
        let before = text.get(self.starts[line] as usize..offset as usize).unwrap_or("");
        let before = if line == 0 { before.trim_start_matches('\u{feff}') } else { before };
        Position {
            offset,
            line: line as u32 + 1,
            column: before.chars().count() as u32 + 1,
            column_utf16: utf16_len(before) as u32 + 1,
            column_utf8: before.len() as u32 + 1,
        }
    }
}

/// How many UTF-16 code units a text takes: characters of four bytes take two.
pub(crate) fn utf16_len(text: &str) -> usize {
    text.chars().count() + text.bytes().filter(|byte| *byte >= 0xF0).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_wherever_they_lie() {
        // Every text of nine characters that end lines and do not, behind others: words of eight bytes meet each of them.
        for case in 0..3_u32.pow(9) {
            let text: String = (0..9).map(|at| ['\n', '\r', 'x'][(case / 3_u32.pow(at) % 3) as usize]).collect();
            let text = format!("é\u{8a}xyz{text}");
            let plain = text.replace("\r\n", "x\n").replace('\r', "\n");
            let starts: Vec<u32> = plain.match_indices('\n').map(|(at, _)| at as u32 + 1).collect();
            assert_eq!(LineIndex::new(&text).starts[1..], starts, "{text:?}");
        }
    }

    #[test]
    fn all_three_line_ends_count_and_a_mark_does_not() {
        let text = "\u{feff}a\r\nbé\rc𐐀d\n";
        let index = LineIndex::new(text);
        assert_eq!(index.count(), 4);
        let at = |needle: &str| index.position(text.find(needle).unwrap() as u32, text);
        assert_eq!((at("a").line, at("a").column), (1, 1));
        assert_eq!((at("é").line, at("é").column), (2, 2));
        let d = at("d");
        assert_eq!((d.line, d.column, d.column_utf16, d.column_utf8), (3, 3, 4, 6));
    }
}
