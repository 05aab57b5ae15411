//! Text that cannot be written yet, because what stands before it is known last.

use std::collections::VecDeque;

use lz4_flex::block::{compress_prepend_size, decompress_size_prepended};

/// Text in the order it came, to be taken out again piece by piece. A report of many guides is long and says much the same
/// of each, so what has waited for a while is packed.
#[derive(Default)]
pub(super) struct Held {
    pieces: VecDeque<Piece>,
    open: String,
    packed: usize,
}

enum Piece {
    Plain(String),
    Packed(Box<[u8]>),
}

/// Bytes from which on a piece is complete.
const PIECE: usize = 1 << 17;
/// Complete pieces that are kept as they are.
const PLAIN: usize = 32;

impl Held {
    pub(super) fn is_empty(&self) -> bool {
        self.open.is_empty() && self.pieces.is_empty()
    }

    /// Holds what `write` writes.
    pub(super) fn push(&mut self, write: impl FnOnce(&mut String)) {
        write(&mut self.open);
        if self.open.len() < PIECE {
            return;
        }
        self.pieces.push_back(Piece::Plain(std::mem::take(&mut self.open)));
        if self.pieces.len() - self.packed > PLAIN
            && let Piece::Plain(text) = &self.pieces[self.packed]
        {
            self.pieces[self.packed] = Piece::Packed(compress_prepend_size(text.as_bytes()).into());
            self.packed += 1;
        }
    }

    /// The next piece, which is then no longer held.
    pub(super) fn take(&mut self) -> Option<String> {
        let piece = self.pieces.pop_front();
        self.packed = self.packed.saturating_sub(1);
        match piece {
            Some(Piece::Plain(text)) => Some(text),
            // What was packed here can be unpacked here.
            Some(Piece::Packed(bytes)) => {
                let text = decompress_size_prepended(&bytes).unwrap_or_default();
                Some(String::from_utf8(text).unwrap_or_default())
            }
            None => Some(std::mem::take(&mut self.open)).filter(|it| !it.is_empty()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_comes_out_as_it_went_in() {
        let mut held = Held::default();
        let mut whole = String::new();
        assert!(held.is_empty() && held.take().is_none());
        for at in 0..200_000_u32 {
            let text = format!("{{\"line\": {at}, \"text\": \"中é{}\"}},\n", at.wrapping_mul(0x9E37_79B9) >> 7);
            held.push(|out| out.push_str(&text));
            whole.push_str(&text);
        }
        let kept: usize = held
            .pieces
            .iter()
            .map(|it| match it {
                Piece::Plain(text) => text.len(),
                Piece::Packed(bytes) => bytes.len(),
            })
            .sum();
        assert!(held.packed > 0 && kept < whole.len() * 3 / 4, "{kept} of {}", whole.len());
        let mut again = String::new();
        while let Some(piece) = held.take() {
            again.push_str(&piece);
        }
        assert!(again == whole && held.is_empty());
    }

    #[test]
    fn any_bytes_can_be_packed() {
        for text in ["", "a", "abcdefgh", "abcdefghabcdefgh", &"a".repeat(1000), &"ab中".repeat(333)] {
            assert_eq!(decompress_size_prepended(&compress_prepend_size(text.as_bytes())).unwrap(), text.as_bytes());
        }
    }
}
