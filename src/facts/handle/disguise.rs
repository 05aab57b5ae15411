//! Text with its disguises undone, each character still knowing where it stands.

use crate::facts::letters::{Letter, ideograph};
use crate::guide::{Guide, Stretch};
use crate::text::{Class, class, fold};

/// A character as it is compared, and the bytes of prose it came from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// Folded, and a look-alike taken for what it looks like.
    pub c: char,
    pub at: u32,
    pub end: u32,
    pub kind: Kind,
    /// A letter of another script or alphabet stood here.
    pub lookalike: bool,
}

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A letter or digit of a script with spaces between words.
    Word,
    /// A character of a script without.
    Dense,
    /// White space, punctuation, emoji.
    Gap,
    /// The end of a block.
    Break,
}

/// Reads the visible characters of a stretch of a guide: invisible ones are not there, and accounts in code are.
pub(super) fn units(guide: &Guide, within: Stretch, units: &mut Vec<Unit>) {
    units.clear();
    let prose = guide.prose.as_str();
    let first = guide.codes.partition_point(|it| it.at < within.start);
    let inside = guide.codes[first..].iter().take_while(|it| it.at < within.end);
    let mut from = within.start as usize;
    for code in inside.filter(|it| may_be_account(it.text.trim())) {
        let at = code.at as usize;
        let mark = '\u{fffc}';
        if at < from || !prose[at..].starts_with(mark) {
            continue;
        }
        visible(prose, from, at, units);
        let (account, first) = (code.text.trim(), units.len());
        visible(account, 0, account.len(), units);
        from = at + mark.len_utf8();
        // All of them stand where the code does.
        for unit in &mut units[first..] {
            (unit.at, unit.end) = (code.at, from as u32);
        }
    }
    visible(prose, from, within.end as usize, units);
}

/// Bytes of the longest account.
const LONGEST: usize = 40;

/// Whether code may be an account: one word, or digits with what people put between them. Addresses are links.
pub(super) fn may_be_account(code: &str) -> bool {
    let dialled = || code.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')' | '.'));
    (4..=LONGEST).contains(&code.len()) && !code.contains('/') && (!code.contains(char::is_whitespace) || dialled())
}

/// Whether a unit stands in code.
pub(super) fn is_in_code(units: &[Unit], at: usize) -> bool {
    let same = |other: usize| units.get(other).is_some_and(|it| it.at == units[at].at);
    same(at + 1) || at.checked_sub(1).is_some_and(same)
}

/// The characters of a text that can be seen.
pub(super) fn seen(text: &str) -> Vec<Unit> {
    let mut units = Vec::new();
    visible(text, 0, text.len(), &mut units);
    units
}

/// Adds those of `prose[from..to]`.
fn visible(prose: &str, from: usize, to: usize, units: &mut Vec<Unit>) {
    units.reserve((to - from) / 3);
    let mut next = from;
    while let Some(&byte) = prose.as_bytes()[..to].get(next) {
        let at = next as u32;
        if byte.is_ascii() {
            let (c, kind) = ASCII[usize::from(byte)];
            units.push(Unit { c, at, end: at + 1, kind, lookalike: false });
            next += 1;
            continue;
        }
        // Ideographs are what they are: nothing is drawn like them, and they have no capitals.
        if let Some(c) = ideograph(prose, next) {
            next += 3;
            units.push(Unit { c, at, end: at + 3, kind: Kind::Dense, lookalike: false });
            continue;
        }
        let Some(raw) = prose[next..].chars().next() else { break };
        next += raw.len_utf8();
        let end = next as u32;
        if class(raw) == Class::Mark {
            continue;
        }
        let folded = fold(raw);
        if let Some((c, kind)) = drawn(folded) {
            units.push(Unit { c, at, end, kind, lookalike: c != folded && c != HEART });
        }
    }
}

/// What a folded character is drawn like, and what that is; `None` when it shows nothing.
fn drawn(folded: char) -> Option<(char, Kind)> {
    if is_filler(folded) {
        return None;
    }
    let c = if is_heart(folded) { HEART } else { looks_like(folded).unwrap_or(folded) };
    let kind = match class(c) {
        Class::Word => Kind::Word,
        Class::Dense => Kind::Dense,
        _ => Kind::Gap,
    };
    Some((c, kind))
}

/// The characters that can be seen among `letters`, as [`units`] has them.
pub(super) fn drawn_letters(letters: &[Letter]) -> impl Iterator<Item = (char, Kind)> {
    letters.iter().filter_map(|letter| {
        let c = char::from_u32(letter.folded())?;
        match c {
            '\0'..='\x7F' => Some(ASCII[c as usize]),
            '\u{4E00}'..='\u{9FFF}' => Some((c, Kind::Dense)),
            _ => drawn(c),
        }
    })
}

/// Where letters lie that are drawn like Latin ones.
const LOOKALIKES: [std::ops::RangeInclusive<u32>; 7] = [
    0x250..=0x58F,
    0x1D00..=0x1DBF,
    0x2070..=0x209F,
    0x2100..=0x24FF,
    0xA700..=0xA7FF,
    0x1D400..=0x1D7FF,
    0x1F100..=0x1F1FF,
];

/// All characters that are drawn like one of Latin, and which.
pub(super) fn lookalikes() -> impl Iterator<Item = (char, char)> {
    let codes = LOOKALIKES.into_iter().flatten().filter_map(char::from_u32);
    codes.filter_map(|c| Some((c, looks_like(c)?)))
}

const ASCII: [(char, Kind); 128] = {
    let mut table = [('\0', Kind::Gap); 128];
    let mut byte = 0;
    while byte < 128u8 {
        let kind = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Kind::Word,
            0x1F => Kind::Break,
            _ => Kind::Gap,
        };
        table[byte as usize] = (byte.to_ascii_lowercase() as char, kind);
        byte += 1;
    }
    table
};

const HEART: char = '❤';

/// Hearts stand for the last letter of `V信`; which one matters to nobody.
fn is_heart(c: char) -> bool {
    matches!(c as u32, 0x2665 | 0x2764 | 0x1F493..=0x1F49F | 0x1F90D | 0x1F90E | 0x1F5A4 | 0x1F9E1)
}

/// Characters that show nothing and that [`class`] does not know as marks.
#[inline]
pub(super) fn is_filler(c: char) -> bool {
    let code = c as u32;
    // Nearly all characters lie below, between or above.
    matches!(code, 0x115F..=0x206F | 0x1D173..=0xE0FFF)
        && matches!(code, 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180B..=0x180E | 0x2065..=0x206F | 0x1D173..=0x1D17A | 0xE0000..)
}

/// The stretch of prose from the first unit to the last.
pub(super) fn stretch(units: &[Unit], from: usize, to: usize) -> Stretch {
    match (units.get(from), to.checked_sub(1).and_then(|last| units.get(last))) {
        (Some(first), Some(last)) if first.at < last.end => Stretch::new(first.at, last.end),
        _ => Stretch::default(),
    }
}

/// Whether a digit or sign is written for a letter: `t3legram`, `wh@tsapp`.
pub(super) fn stands_for(c: char, letter: char) -> bool {
    matches!(
        (c, letter),
        ('0', 'o')
            | ('1', 'l' | 'i')
            | ('3', 'e')
            | ('4' | '@', 'a')
            | ('5' | '$', 's')
            | ('7', 't')
            | ('8', 'b')
            | ('!' | '|', 'i' | 'l')
            | ('9', 'g')
            | ('6', 'g')
    )
}

/// The Latin letter or digit that `c` is drawn like, for letters of other scripts and for styled alphabets.
fn looks_like(c: char) -> Option<char> {
    let code = c as u32;
    let letter = |index: u32| char::from_u32('a' as u32 + index % 26);
    match code {
        0x24B6..=0x24CF => return letter(code - 0x24B6),
        0x24D0..=0x24E9 => return letter(code - 0x24D0),
        0x249C..=0x24B5 => return letter(code - 0x249C),
        0x1F110..=0x1F129 => return letter(code - 0x1F110),
        0x1F130..=0x1F149 => return letter(code - 0x1F130),
        0x1F150..=0x1F169 => return letter(code - 0x1F150),
        0x1F170..=0x1F189 => return letter(code - 0x1F170),
        0x1F1E6..=0x1F1FF => return letter(code - 0x1F1E6),
        0x1D400..=0x1D6A3 => return letter(code - 0x1D400),
        0x1D7CE..=0x1D7FF => return char::from_digit((code - 0x1D7CE) % 10, 10),
        0x2460..=0x2468 => return char::from_digit(code - 0x245F, 10),
        0x24EA => return Some('0'),
        _ => {}
    }
    Some(match c {
        'а' | 'α' | 'ᴀ' | 'ɑ' | 'ᵃ' => 'a',
        'в' | 'β' | 'ʙ' | 'ᵇ' => 'b',
        'с' | 'ϲ' | 'ᴄ' | 'ᶜ' => 'c',
        'ԁ' | 'ᴅ' | 'ᵈ' => 'd',
        'е' | 'ε' | 'ᴇ' | 'є' | 'ᵉ' | '℮' => 'e',
        'ғ' | 'ꜰ' | 'ᶠ' => 'f',
        'ɡ' | 'ɢ' | 'ԍ' | 'ᵍ' => 'g',
        'н' | 'һ' | 'ʜ' | 'ʰ' => 'h',
        'і' | 'ι' | 'ɪ' | 'ⁱ' => 'i',
        'ј' | 'ᴊ' | 'ʲ' => 'j',
        'к' | 'κ' | 'ᴋ' | 'ᵏ' => 'k',
        'ӏ' | 'ʟ' | 'ⅼ' | 'ˡ' => 'l',
        'м' | 'ᴍ' | 'ⅿ' | 'ᵐ' => 'm',
        'η' | 'ɴ' | 'п' | 'ⁿ' => 'n',
        'о' | 'ο' | 'σ' | 'ᴏ' | 'ᵒ' | 'օ' => 'o',
        'р' | 'ρ' | 'ᴘ' | 'ᵖ' => 'p',
        'ԛ' => 'q',
        'ʀ' | 'ʳ' => 'r',
        'ѕ' | 'ꜱ' | 'ˢ' => 's',
        'т' | 'τ' | 'ᴛ' | 'ᵗ' => 't',
        'υ' | 'ᴜ' | 'ᵘ' | 'ս' => 'u',
        'ѵ' | 'ν' | 'ᴠ' | 'ⅴ' | 'ᵛ' => 'v',
        'ԝ' | 'ω' | 'ᴡ' | 'ʷ' => 'w',
        'х' | 'χ' | 'ⅹ' | 'ˣ' => 'x',
        'у' | 'ʏ' | 'ʸ' => 'y',
        'ᴢ' | 'ᶻ' => 'z',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        seen(text).iter().map(|unit| unit.c).collect()
    }

    #[test]
    fn disguises_are_undone() {
        assert_eq!(plain("Ｔｅｌｅｇｒａｍ"), "telegram");
        assert_eq!(plain("Tеlеgrаm"), "telegram");
        assert_eq!(plain("𝐓𝐞𝐥𝐞𝐠𝐫𝐚𝐦"), "telegram");
        assert_eq!(plain("ⓣⓖ 🅣🅖"), "tg tg");
        assert_eq!(plain("t\u{200b}g\u{3164}"), "tg");
        assert!(stands_for('3', 'e') && !stands_for('3', 'a'));
    }

    #[test]
    fn all_lookalikes_are_listed() {
        let all = (0..=0x3FFFF).filter_map(char::from_u32);
        assert!(all.filter_map(|c| Some((c, looks_like(c)?))).eq(lookalikes()));
    }
}
