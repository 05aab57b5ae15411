//! Digits of every script, and where in a text they begin. One pass finds all runs; every reader of numbers, dates and
//! codes jumps from one to the next.

/// The ASCII digit a digit of any script stands for.
pub(super) fn digit(c: char) -> Option<char> {
    const ZEROS: [u32; 19] = [
        0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xED0, 0xF20,
        0x1040, 0x17E0, 0x1810, 0xFF10,
    ];
    let code = c as u32;
    match code {
        0x30..=0x39 => return Some(c),
        0..=0x65F | 0x2000..=0xFF0F | 0xFF1A..=0xFFFF => return None,
        0x1D7CE..=0x1D7FF => return char::from_digit((code - 0x1D7CE) % 10, 10),
        _ => {}
    }
    let zero = ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

pub(super) fn is_plus(c: char) -> bool {
    matches!(c, '+' | '＋' | '﹢')
}

/// Where runs of digits begin, and every plus sign: byte offsets, in order.
#[derive(Debug, Default)]
pub(super) struct DigitStarts(Vec<u32>);

/// Bytes that are asked at once whether they hold digits; few stretches of a text do.
const WIDTH: usize = 32;

/// Whether a digit of any script or a plus sign may begin among bytes: written so that the compiler compares many at a time.
fn may_hold_digits(bytes: &[u8; WIDTH]) -> bool {
    let begins = |byte: u8| {
        byte.wrapping_sub(b'0') < 10 || byte == b'+' || byte.wrapping_sub(0xD9) <= 0xE1 - 0xD9 || byte >= 0xEF
    };
    bytes.iter().fold(false, |found, byte| found | begins(*byte))
}

impl DigitStarts {
    pub fn of(text: &str) -> DigitStarts {
        let bytes = text.as_bytes();
        let mut starts = Vec::new();
        let mut in_run = false;
        let mut at = 0;
        while at < bytes.len() {
            if let Some(ahead) = bytes[at..].first_chunk::<WIDTH>()
                && !may_hold_digits(ahead)
            {
                (in_run, at) = (false, at + WIDTH);
                continue;
            }
            let end = bytes.len().min(at + WIDTH);
            while at < end {
                let byte = bytes[at];
                let (is_digit, plus, length) = match byte {
                    0x00..=0x7F => (byte.is_ascii_digit(), byte == b'+', 1),
                    // The rest of a character of which the bytes before were skipped.
                    0x80..=0xBF => (false, false, 1),
                    // No digit has two bytes but Arabic ones and N'Ko, and none lies among the ideographs.
                    0xC2..=0xD8 => (false, false, 2),
                    0xE2..=0xEE => (false, false, 3),
                    _ => match text[at..].chars().next() {
                        Some(c) => (digit(c).is_some(), is_plus(c), c.len_utf8()),
                        None => (false, false, 1),
                    },
                };
                if (is_digit && !in_run) || plus {
                    starts.push(at as u32);
                }
                in_run = is_digit;
                at += length;
            }
        }
        DigitStarts(starts)
    }

    /// The starts within `from..to`, in bytes.
    pub fn within(&self, from: usize, to: usize) -> &[u32] {
        let first = self.0.partition_point(|&at| (at as usize) < from);
        let last = self.0.partition_point(|&at| (at as usize) < to);
        &self.0[first..last.max(first)]
    }

    /// All of them.
    pub fn all(&self) -> &[u32] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_begin_in_every_script() {
        let text = "a12 +34, ＋５６ ٧٨ ๙๐ 和9年 é1 ߁ 𝟙𝟚 x";
        let slow: Vec<u32> = text
            .char_indices()
            .filter(|&(at, c)| {
                is_plus(c) || digit(c).is_some() && text[..at].chars().next_back().is_none_or(|it| digit(it).is_none())
            })
            .map(|(at, _)| at as u32)
            .collect();
        assert_eq!(DigitStarts::of(text).all(), slow);
        assert_eq!(slow.len(), 11);
        for c in (0..=0x1FFFF).filter_map(char::from_u32).filter(|c| digit(*c).is_some()) {
            assert_eq!(DigitStarts::of(&c.to_string()).all(), [0], "{c:?}");
        }
    }
}
