use std::collections::HashMap;
use std::ops::Range;

/// What footnotes add to the blocks that refer to them.
#[derive(Debug, Default)]
pub struct Footnotes {
    /// A block, and the blocks of the note it refers to, in order.
    references: Vec<(u32, Range<u32>)>,
}

impl Footnotes {
    /// The blocks of each note that a block refers to.
    pub fn notes(&self, block: u32) -> impl Iterator<Item = Range<u32>> + '_ {
        let from = self.references.partition_point(|(of, _)| *of < block);
        self.references[from..].iter().take_while(move |(of, _)| *of == block).map(|(_, note)| note.clone())
    }
}

/// Footnotes while a guide is parsed: a note may stand before or after what refers to it.
#[derive(Default)]
pub(super) struct Reader {
    references: Vec<(u32, String)>,
    notes: HashMap<String, Range<u32>>,
    open: Option<(String, u32)>,
}

impl Reader {
    /// A reference in a block.
    pub(super) fn refer(&mut self, block: u32, label: &str) {
        self.references.push((block, label.to_lowercase()));
    }

    /// A note begins; its first block is the next.
    pub(super) fn begin(&mut self, label: &str, block: u32) {
        self.open = Some((label.to_lowercase(), block));
    }

    /// The note ends before this block.
    pub(super) fn end(&mut self, block: u32) {
        if let Some((label, from)) = self.open.take() {
            self.notes.entry(label).or_insert(from..block);
        }
    }

    pub(super) fn finish(self) -> Footnotes {
        let notes = self.notes;
        let found = |(block, label): (u32, String)| Some((block, notes.get(&label)?.clone()));
        let mut references: Vec<_> = self.references.into_iter().filter_map(found).collect();
        references.sort_by_key(|(block, note)| (*block, note.start));
        // A note that one block names again and again is one note.
        references.dedup();
        Footnotes { references }
    }
}
