//! Text that cannot be written yet, because what stands before it is known last.

use std::collections::VecDeque;

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
            self.pieces[self.packed] = Piece::Packed(pack(text.as_bytes()).into());
            self.packed += 1;
        }
    }

    /// The next piece, which is then no longer held.
    pub(super) fn take(&mut self) -> Option<String> {
        let piece = self.pieces.pop_front();
        self.packed = self.packed.saturating_sub(1);
        match piece {
            Some(Piece::Plain(text)) => Some(text),
            Some(Piece::Packed(bytes)) => Some(String::from_utf8(unpack(&bytes)).unwrap_or_default()),
            None => Some(std::mem::take(&mut self.open)).filter(|it| !it.is_empty()),
        }
    }
}

/// Shortest repetition that is worth a reference.
const SHORTEST: usize = 8;
/// Places remembered while packing, a power of two.
const PLACES: usize = 1 << 13;

/// Packs `text` as runs of new bytes, each followed by a reference to bytes that came before: how many are new, they
/// themselves, how many are repeated, and from how far back.
fn pack(text: &[u8]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(text.len() / 4);
    // By the hash of eight bytes: where they stood last, counted from one.
    let mut places = vec![0_u32; PLACES];
    let (mut at, mut from) = (0, 0);
    while let Some(word) = text[at..].first_chunk::<SHORTEST>() {
        let hash = u64::from_le_bytes(*word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let place = &mut places[(hash >> 51) as usize];
        let before = (*place as usize).wrapping_sub(1);
        *place = at as u32 + 1;
        if text.get(before..before.wrapping_add(SHORTEST)) != Some(word.as_slice()) {
            at += 1;
            continue;
        }
        let alike = text[before..].iter().zip(&text[at..]).take_while(|(one, other)| one == other).count();
        push_number(&mut packed, at - from);
        packed.extend_from_slice(&text[from..at]);
        push_number(&mut packed, alike);
        push_number(&mut packed, at - before);
        at += alike;
        from = at;
    }
    push_number(&mut packed, text.len() - from);
    packed.extend_from_slice(&text[from..]);
    packed
}

fn unpack(mut packed: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(PIECE + PIECE / 8);
    while let Some(new) = take_number(&mut packed) {
        let (run, rest) = packed.split_at(new.min(packed.len()));
        text.extend_from_slice(run);
        packed = rest;
        let (Some(alike), Some(back)) = (take_number(&mut packed), take_number(&mut packed)) else { break };
        let from = text.len() - back;
        // The repeated bytes may reach into those that they become.
        for at in from..from + alike {
            text.push(text[at]);
        }
    }
    text
}

/// Seven bits a byte, the lowest first; the highest bit says that more follow.
fn push_number(out: &mut Vec<u8>, mut number: usize) {
    while number > 0x7F {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn take_number(bytes: &mut &[u8]) -> Option<usize> {
    let mut number = 0;
    for shift in (0..).step_by(7) {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= usize::from(first & 0x7F) << shift;
        if first & 0x80 == 0 {
            break;
        }
    }
    Some(number)
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
            assert_eq!(unpack(&pack(text.as_bytes())), text.as_bytes());
        }
    }
}
