//! How text is compared: without regard to case, width and the accents that people leave out.

/// What a character is, as far as the edges of words go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A letter or digit of a script that puts spaces between words.
    Word,
    /// A character of a script that does not: words begin and end anywhere.
    Dense,
    /// Invisible or combining: not there at all when text is compared.
    Mark,
    /// Everything else.
    Other,
}

/// What `c` is.
#[inline]
pub fn class(c: char) -> Class {
    match c as u32 {
        // The low line joins words into identifiers and account names.
        0x30..=0x39 | 0x41..=0x5A | 0x5F | 0x61..=0x7A => Class::Word,
        0..=0x7F => Class::Other,
        0xAD | 0x300..=0x36F | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2064 | 0xFE00..=0xFE0F | 0xFEFF
        // The fillers of Hangul are letters that show nothing.
        | 0x3164 | 0xFFA0
        // The dot below letters of Indian scripts, which people leave out.
        | 0x93C | 0x9BC | 0xA3C | 0xABC | 0xB3C => Class::Mark,
        // What takes the vowel from a consonant there is no letter to the tables, and yet within the word.
        0x94D | 0x9CD | 0xA4D | 0xACD | 0xB4D | 0xBCD | 0xC4D | 0xCCD | 0xD4D => Class::Word,
        0xE00..=0xEFF | 0x1000..=0x109F | 0x1780..=0x17FF => Class::Dense,
        0x1100..=0x11FF | 0xAC00..=0xD7AF => Class::Dense,
        0x5D0..=0x5EA | 0x620..=0x64A | 0x660..=0x669 | 0x671..=0x6D3 | 0x904..=0x939 | 0x985..=0x98C => Class::Word,
        // The scripts most guides are in, before the tables are asked.
        0xC0..=0xD6
        | 0xD8..=0xF6
        | 0xF8..=0x24F
        | 0x386
        | 0x388..=0x38A
        | 0x38C
        | 0x38E..=0x3A1
        | 0x3A3..=0x3F5
        | 0x3F7..=0x481
        | 0x48A..=0x52F => Class::Word,
        // Punctuation, arrows, signs and emoji.
        0x2010..=0x205E | 0x2190..=0x23FF | 0x2500..=0x2775 | 0x1F300..=0x1FAFF => Class::Other,
        0x3000..=0x3004 | 0x3008..=0x3020 | 0xFF01..=0xFF0F | 0xFF1A..=0xFF20 => Class::Other,
        0x3005..=0x3007 | 0x3041..=0x30FF | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF => Class::Dense,
        0xF900..=0xFAFF | 0xFF66..=0xFF9D | 0x20000..=0x3FFFF => Class::Dense,
        0xFF10..=0xFF19 | 0xFF21..=0xFF3A | 0xFF41..=0xFF5A => Class::Word,
        0xB2 | 0xB3 | 0xB9 | 0xBC..=0xBE => Class::Other,
        _ if c.is_alphanumeric() => Class::Word,
        _ => Class::Other,
    }
}

/// The character `c` is compared as.
#[inline]
pub fn fold(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let c = match c as u32 {
        0xFF01..=0xFF5E => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        0x3000 | 0xA0 | 0x2007 | 0x202F => ' ',
        0x2018 | 0x2019 | 0x2BC | 0x60 | 0xB4 => '\'',
        0x2010..=0x2015 | 0x2212 => '-',
        // O₂.
        0x2080..=0x2089 => char::from_u32(c as u32 - 0x2080 + '0' as u32).unwrap_or(c),
        _ => c,
    };
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    match c as u32 {
        0x370..=0x3FF => greek_letter(lower(c)),
        0x958..=0x95F | 0x9DC..=0x9DF => without_dot(c),
        // Scripts without capitals, and the small letters of Cyrillic.
        0x2E80..=0x9FFF | 0xAC00..=0xD7AF | 0x590..=0x109F | 0x1780..=0x17FF | 0x430..=0x450 | 0x452..=0x45F => c,
        0x410..=0x42F => char::from_u32(c as u32 + 0x20).unwrap_or(c),
        // Vietnamese tones and horns change the word: they stay.
        0x1EA0..=0x1EF9 | 0x1A0 | 0x1A1 | 0x1AF | 0x1B0 => lower(c),
        0xC0..=0x17F | 0x1CD..=0x1DC | 0x218..=0x21B => base_letter(lower(c)),
        0x451 | 0x401 => 'е',
        _ => lower(c),
    }
}

fn lower(c: char) -> char {
    match c {
        'İ' => 'i',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// Latin letters whose accents people leave out, by the letter they are typed as.
fn base_letter(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ą' | 'ǎ' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ď' | 'ð' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'į' | 'ı' => 'i',
        'ķ' => 'k',
        'ĺ' | 'ļ' | 'ľ' | 'ł' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ŕ' | 'ř' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => 's',
        'ţ' | 'ť' | 'ț' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ů' | 'ű' | 'ų' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        _ => c,
    }
}

/// Greek letters by the one they are in capitals, which have no accents and one sigma.
fn greek_letter(c: char) -> char {
    match c {
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        _ => c,
    }
}

/// Letters of Devanagari and Bengali that hold the dot below them.
fn without_dot(c: char) -> char {
    match c as u32 {
        0x958 => 'क',
        0x959 => 'ख',
        0x95A => 'ग',
        0x95B => 'ज',
        0x95C => 'ड',
        0x95D => 'ढ',
        0x95E => 'फ',
        0x95F => 'य',
        0x9DC => 'ড',
        0x9DD => 'ঢ',
        0x9DF => 'য',
        _ => c,
    }
}

/// `text` as it is compared: folded, invisible characters gone.
pub fn folded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    if text.is_ascii() {
        plain.push_str(text);
        plain.make_ascii_lowercase();
        return plain;
    }
    for c in text.chars() {
        if c.is_ascii() {
            plain.push(c.to_ascii_lowercase());
        } else if class(c) != Class::Mark {
            plain.push(fold(c));
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of whole ranges is what the tables say of each character in them.
    #[test]
    fn ranges_agree_with_the_tables() {
        for c in (0x370..=0x1FFFF).filter_map(char::from_u32) {
            let known = matches!(class(c), Class::Word | Class::Other);
            let joins = matches!(c as u32, 0x94D | 0x9CD | 0xA4D | 0xACD | 0xB4D | 0xBCD | 0xC4D | 0xCCD | 0xD4D);
            assert!(!known || joins || (class(c) == Class::Word) == c.is_alphanumeric(), "{:x}", c as u32);
            let plain = !matches!(c, 'ё' | 'Ё' | '\u{370}'..='\u{3ff}' | '\u{958}'..='\u{95f}' | '\u{9dc}'..='\u{9df}' | '\u{1ea0}'..='\u{1ef9}' | '\u{2010}'..='\u{2015}' | '\u{2080}'..='\u{2089}' | '\u{2018}' | '\u{2019}' | '\u{2212}');
            let wide = matches!(c as u32, 0x2007 | 0x202F | 0x3000 | 0xFF01..=0xFF5E);
            assert!(!plain || wide || fold(c) == lower(c), "{:x}", c as u32);
        }
    }

    #[test]
    fn what_people_type_differently_is_the_same() {
        assert_eq!(folded("ＶＯＤＡＦＯＮＥ"), "vodafone");
        assert_eq!(folded("Telefo\u{301}nica Şebeke"), "telefonica sebeke");
        assert_eq!(folded("Telefónica"), "telefonica");
        assert_eq!(folded("O₂"), "o2");
        assert_eq!(folded("ΠΡΟΣΦΟΡΑ Προσφορά"), "προσφορα προσφορα");
        assert_eq!(folded("ΌΡΟΣ όρος"), "οροσ οροσ");
        assert_eq!(folded("फ़ोन फ\u{93c}ोन"), "फोन फोन");
        assert_eq!(folded("হয়\u{9be} হয\u{9bc}\u{9be}"), "হযা হযা");
        assert_eq!(folded("薇\u{200b}信"), "薇信");
        assert_ne!(folded("bán"), folded("bạn"));
    }
}
