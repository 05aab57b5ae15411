use crate::text::Span;

/// A half-open range of bytes in a [`Prose`] buffer. Not a place in the file: see [`Prose::span`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stretch {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Stretch {
    /// The stretch `start..end`, in bytes of prose.
    pub const fn new(start: u32, end: u32) -> Stretch {
        Stretch { start, end }
    }

    /// As a `usize` range, for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// Whether `other` lies inside.
    pub fn contains(self, other: Stretch) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Stretch) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// The text a reader sees, with the way back to the source.
///
/// Code is left out, entities and escapes are decoded, blocks are separated by [`Prose::BREAK`].
#[derive(Debug, Default)]
pub struct Prose {
    text: String,
    segments: Vec<Segment>,
}

/// A run of prose that came from one place: either byte for byte, or as a whole (a decoded entity).
#[derive(Clone, Copy, Debug)]
struct Segment {
    at: u32,
    source: u32,
    source_len: u32,
    verbatim: bool,
}

impl Prose {
    /// Stands between blocks. A unit separator: no word, no digit, no white space.
    pub const BREAK: char = '\u{1f}';

    /// Room for a source of `bytes` bytes.
    pub(super) fn with_capacity(bytes: usize) -> Prose {
        Prose { text: String::with_capacity(bytes), segments: Vec::with_capacity(bytes / 48) }
    }

    /// The whole buffer.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Length in bytes.
    pub fn len(&self) -> u32 {
        self.text.len() as u32
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text of a stretch.
    pub fn text(&self, stretch: Stretch) -> &str {
        self.text.get(stretch.range()).unwrap_or("")
    }

    /// Adds text that stands at `source` exactly as it is.
    pub(super) fn push_verbatim(&mut self, text: &str, source: usize) {
        let at = self.text.len() as u32;
        let source = source as u32;
        let grows = self
            .segments
            .last_mut()
            .filter(|last| last.verbatim && last.source + last.source_len == source && last.at + last.source_len == at);
        match grows {
            Some(last) => last.source_len += text.len() as u32,
            None => self.segments.push(Segment { at, source, source_len: text.len() as u32, verbatim: true }),
        }
        self.text.push_str(text);
    }

    /// Adds text that the source at `span` stands for.
    pub(super) fn push_decoded(&mut self, text: &str, span: Span) {
        self.segments.push(Segment {
            at: self.text.len() as u32,
            source: span.start,
            source_len: span.len() as u32,
            verbatim: false,
        });
        self.text.push_str(text);
    }

    /// Ends a block.
    pub(super) fn push_break(&mut self, source: usize) {
        let source = source as u32;
        self.push_decoded("\u{1f}", Span::new(source, source));
    }

    /// The source a stretch came from: from its first byte to its last, with any markup between them.
    pub fn span(&self, stretch: Stretch) -> Span {
        if self.segments.is_empty() {
            return Span::default();
        }
        let start = self.source_of(stretch.start, false);
        if stretch.is_empty() {
            return Span::new(start, start);
        }
        Span::new(start, self.source_of(stretch.end - 1, true).max(start))
    }

    /// Where the text of a stretch lies in the source, piece by piece, with the markup between them left out.
    pub fn pieces(&self, stretch: Stretch) -> impl Iterator<Item = Span> {
        let first = self.segments.partition_point(|segment| segment.at <= stretch.start).saturating_sub(1);
        let inside = self.segments[first..].iter().take_while(move |segment| segment.at < stretch.end);
        inside.map(move |segment| {
            if !segment.verbatim {
                return Span::new(segment.source, segment.source + segment.source_len);
            }
            let skip = stretch.start.saturating_sub(segment.at).min(segment.source_len);
            let end = (stretch.end - segment.at).min(segment.source_len).max(skip);
            Span::new(segment.source + skip, segment.source + end)
        })
    }

    /// The source byte of prose byte `at`, or (with `after`) one past the source of that byte.
    fn source_of(&self, at: u32, after: bool) -> u32 {
        let index = self.segments.partition_point(|segment| segment.at <= at).saturating_sub(1);
        let segment = self.segments[index];
        match (segment.verbatim, after) {
            (true, _) => segment.source + (at - segment.at).min(segment.source_len) + u32::from(after),
            (false, false) => segment.source,
            (false, true) => segment.source + segment.source_len,
        }
    }

    /// The prose byte that came from source byte `offset`, or the next one after it.
    pub fn at_source(&self, offset: u32) -> u32 {
        let inside = self.segments.iter().find(|it| it.source + it.source_len > offset);
        inside.map_or(self.len(), |it| match it.verbatim {
            true => it.at + offset.saturating_sub(it.source),
            false => it.at,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_over_markup_and_entities_finds_its_way_back() {
        // Source: `**+90 5&#51;2** 12`
        let mut prose = Prose::default();
        prose.push_verbatim("+90 5", 2);
        prose.push_decoded("3", Span::new(7, 12));
        prose.push_verbatim("2", 12);
        prose.push_verbatim(" 12", 15);
        assert_eq!(prose.as_str(), "+90 532 12");
        assert_eq!(prose.span(Stretch::new(0, 10)), Span::new(2, 18));
        assert_eq!(prose.span(Stretch::new(5, 6)), Span::new(7, 12));
        assert_eq!(prose.span(Stretch::new(4, 7)), Span::new(6, 13));
    }
}
