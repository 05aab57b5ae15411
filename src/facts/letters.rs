//! The prose as it is compared: every character folded once, with what it is and where it stands.
//!
//! It is read in chunks into one buffer, so that a guide of a hundred megabytes costs no more memory than a small one.

use memchr::memchr;

use crate::guide::Prose;
use crate::text::{Class, class, fold};

/// A character that counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letter {
    /// The folded character, with its class in the highest byte.
    packed: u32,
    /// Byte offset in the prose.
    pub at: u32,
}

impl Letter {
    /// The end of a block.
    pub const BREAK: Letter = Letter { packed: ASCII[Prose::BREAK as usize], at: u32::MAX };

    /// As it is compared.
    #[inline]
    pub fn folded(self) -> u32 {
        self.packed & 0x00FF_FFFF
    }

    /// A letter, digit or low line of any script.
    #[inline]
    pub fn is_letter(self) -> bool {
        self.packed >> 24 != Class::Other as u32
    }

    #[inline]
    pub fn is_word(self) -> bool {
        self.packed >> 24 == Class::Word as u32
    }
}

/// Where a chunk may end at a block, in bytes.
const CHUNK: usize = 32 << 10;
/// Where a chunk ends at the latest that has no block in it; nothing anybody looks for is torn by that but by chance.
const LONGEST: usize = 1 << 20;

/// The byte where the chunk that begins at `from` ends: at a block's edge where there is one.
pub(super) fn chunk_end(prose: &str, from: usize) -> usize {
    let bytes = prose.as_bytes();
    if bytes.len() - from <= CHUNK {
        return bytes.len();
    }
    let ahead = &bytes[from + CHUNK..bytes.len().min(from + LONGEST)];
    let edge = ahead.iter().position(|&byte| byte == Prose::BREAK as u8);
    let edge = edge.or_else(|| ahead.iter().rposition(|byte| matches!(byte, b' ' | b'\n')));
    let mut end = edge.map_or(from + CHUNK + ahead.len(), |at| from + CHUNK + at + 1);
    while !prose.is_char_boundary(end) {
        end -= 1;
    }
    end
}

/// The byte behind the block in which a byte of the prose stands.
pub(super) fn block_end(prose: &str, at: usize) -> usize {
    memchr(Prose::BREAK as u8, &prose.as_bytes()[at..]).map_or(prose.len(), |it| at + it + 1)
}

/// Reads `prose[from..to]` into `letters`, which is emptied first; characters that show nothing are left out.
pub(super) fn read(prose: &str, from: usize, to: usize, letters: &mut Vec<Letter>) {
    letters.clear();
    // A third of the bytes where every character has three; grown where they have fewer.
    letters.reserve((to - from) / 3);
    let bytes = prose.as_bytes();
    let mut at = from;
    while at < to {
        if bytes[at] < 0x80 {
            let ahead = &bytes[at..to];
            let run = ahead.iter().position(|byte| !byte.is_ascii()).unwrap_or(ahead.len());
            let letter = |(byte, at): (&u8, usize)| Letter { packed: ASCII[usize::from(byte & 0x7F)], at: at as u32 };
            letters.extend(ahead[..run].iter().zip(at..).map(letter));
            at += run;
            continue;
        }
        if let Some(c) = ideograph(prose, at) {
            letters.push(Letter { packed: (Class::Dense as u32) << 24 | c as u32, at: at as u32 });
            at += 3;
            continue;
        }
        let c = prose[at..].chars().next().unwrap_or('\u{fffd}');
        let kind = class(c);
        if kind != Class::Mark {
            letters.push(Letter { packed: (kind as u32) << 24 | fold(c) as u32, at: at as u32 });
        }
        at += c.len_utf8();
    }
}

/// The ideograph, U+4E00 to U+9FFF, that begins at byte `at`: three bytes, no capitals, in most Chinese texts nearly all there is.
#[inline]
pub(super) fn ideograph(prose: &str, at: usize) -> Option<char> {
    let &[lead @ 0xE4..=0xE9, second, third, ..] = prose.as_bytes().get(at..)? else { return None };
    let code = (u32::from(lead & 0x0F) << 12) | (u32::from(second & 0x3F) << 6) | u32::from(third & 0x3F);
    (code >= 0x4E00).then(|| char::from_u32(code)).flatten()
}

/// Where the character that begins at `at` ends.
#[inline]
pub(super) fn end_of(prose: &str, at: usize) -> usize {
    at + match prose.as_bytes()[at] {
        0..=0x7F => 1,
        0x80..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => 4,
    }
}

const ASCII: [u32; 128] = {
    let mut table = [0; 128];
    let mut byte = 0;
    while byte < 128u8 {
        let kind = if byte.is_ascii_alphanumeric() || byte == b'_' { Class::Word } else { Class::Other };
        table[byte as usize] = (kind as u32) << 24 | byte.to_ascii_lowercase() as u32;
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_what_the_tables_say() {
        let prose = "Ｏｎｅ e\u{301}Ж\u{200b}和\u{4DC0}٣ไ";
        let mut letters = Vec::new();
        read(prose, 0, prose.len(), &mut letters);
        let wanted: Vec<(u32, usize)> = prose
            .char_indices()
            .filter(|(_, c)| class(*c) != Class::Mark)
            .map(|(at, c)| ((class(c) as u32) << 24 | fold(c) as u32, at))
            .collect();
        assert_eq!(letters.iter().map(|it| (it.packed, it.at as usize)).collect::<Vec<_>>(), wanted);
        for byte in 0..128u8 {
            let c = char::from(byte);
            assert_eq!(ASCII[usize::from(byte)], (class(c) as u32) << 24 | fold(c) as u32, "{c:?}");
        }
    }

    #[test]
    fn chunks_end_between_blocks_and_characters() {
        let text = format!("{}\u{1f}{}", "字".repeat(20_000), "字".repeat(400_000));
        let mut from = 0;
        let mut ends = Vec::new();
        while from < text.len() {
            from = chunk_end(&text, from);
            assert!(text.is_char_boundary(from));
            ends.push(from);
        }
        assert_eq!(ends[0], 60_001);
        assert_eq!(ends.last(), Some(&text.len()));
    }
}
