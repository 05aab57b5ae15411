//! Which language a guide is in: by its script, then by its most frequent words.

use std::sync::OnceLock;

use super::bits::Bits;
use super::letters::ideograph;
use super::subject::{Language, SubjectHints};
use crate::guide::Guide;
use crate::knowledge::Knowledge;
use crate::text::FnvMap;

/// Characters read before a verdict; a guide does not change its language after that.
const ENOUGH: usize = 3000;

#[derive(Default)]
struct Scripts {
    latin: usize,
    han: usize,
    kana: usize,
    hangul: usize,
    thai: usize,
    arabic: usize,
    hebrew: usize,
    cyrillic: usize,
    greek: usize,
    devanagari: usize,
    bengali: usize,
    burmese: usize,
}

impl Scripts {
    /// Counts a character, and says how many bytes it has.
    fn count(&mut self, c: char) -> usize {
        match c as u32 {
            0x41..=0x5A | 0x61..=0x7A | 0xC0..=0x24F | 0x1E00..=0x1EFF => self.latin += 1,
            0x3041..=0x30FF => self.kana += 1,
            0x3400..=0x9FFF => self.han += 1,
            0xAC00..=0xD7AF => self.hangul += 1,
            0xE00..=0xE7F => self.thai += 1,
            0x600..=0x6FF | 0x750..=0x77F => self.arabic += 1,
            0x590..=0x5FF => self.hebrew += 1,
            0x400..=0x4FF => self.cyrillic += 1,
            0x370..=0x3FF => self.greek += 1,
            0x900..=0x97F => self.devanagari += 1,
            0x980..=0x9FF => self.bengali += 1,
            0x1000..=0x109F => self.burmese += 1,
            _ => {}
        }
        c.len_utf8()
    }
}

pub(super) fn identify(guide: &Guide, knowledge: &Knowledge, hints: &SubjectHints) -> Language {
    if let Some(code) = &hints.language {
        return from_code(code, knowledge);
    }
    let declared = guide
        .front_matter
        .as_ref()
        .and_then(|front| ["language", "lang", "locale"].iter().find_map(|key| front.text(key)).map(|(text, _)| text))
        .or(hints.usual_language.as_deref());
    let found = by_script(guide, knowledge);
    match (declared, found) {
        // Site generators put `lang: en` on pages of every language: the script knows better.
        (Some(declared), Some(found))
            if shares_script(declared, &found)
                || (found.code.as_deref().is_some_and(is_latin) && is_written(guide, declared)) =>
        {
            from_code(declared, knowledge).or_script_of(found)
        }
        (_, Some(found)) => found,
        (Some(declared), None) => from_code(declared, knowledge),
        (None, None) => Language::default(),
    }
}

fn from_code(code: &str, knowledge: &Knowledge) -> Language {
    let mut parts = code.split(['-', '_']);
    let written = parts.next().unwrap_or("").to_ascii_lowercase();
    let language = knowledge.languages.understood_by(&written).to_owned();
    let rest: Vec<&str> = parts.collect();
    let script = match language.as_str() {
        "zh" if rest.iter().any(|it| ["Hant", "TW", "HK", "MO"].iter().any(|hant| it.eq_ignore_ascii_case(hant))) => {
            Some("Hant")
        }
        "zh" if !rest.is_empty() => Some("Hans"),
        _ => None,
    };
    let code = (language.len() == 2 || language.len() == 3).then_some(language);
    Language { code, script: script.map(str::to_owned) }
}

fn shares_script(declared: &str, found: &Language) -> bool {
    let dense = ["zh", "ja", "ko", "th", "ar", "ur", "fa", "he", "el", "hi", "bn", "my", "ru", "uk"];
    let declared = declared.split(['-', '_']).next().unwrap_or("");
    let found = found.code.as_deref().unwrap_or("");
    declared == found || !(dense.contains(&declared) || dense.contains(&found))
}

/// Whether a language is told by its words, not by its script.
fn is_latin(code: &str) -> bool {
    !["zh", "ja", "ko", "th", "ar", "ur", "fa", "he", "el", "hi", "bn", "my", "ru", "uk"].contains(&code)
}

/// Whether a text that is mostly Latin holds enough of the script of a language that never is: headings over examples.
fn is_written(guide: &Guide, declared: &str) -> bool {
    const ENOUGH_LETTERS: usize = 3;
    let own: &[(u32, u32)] = match declared.split(['-', '_']).next().unwrap_or("") {
        "zh" => &[(0x3400, 0x9FFF)],
        "ja" => &[(0x3041, 0x30FF), (0x3400, 0x9FFF)],
        "ko" => &[(0xAC00, 0xD7AF)],
        "th" => &[(0xE00, 0xE7F)],
        "ar" | "ur" | "fa" => &[(0x600, 0x6FF)],
        "hi" => &[(0x900, 0x97F)],
        "bn" => &[(0x980, 0x9FF)],
        "my" => &[(0x1000, 0x109F)],
        "he" => &[(0x590, 0x5FF)],
        "el" => &[(0x370, 0x3FF)],
        "ru" | "uk" => &[(0x400, 0x4FF)],
        _ => return false,
    };
    let prose = guide.prose.as_str().chars().take(ENOUGH);
    prose.filter(|&c| own.iter().any(|&(from, to)| (from..=to).contains(&(c as u32)))).take(ENOUGH_LETTERS).count()
        == ENOUGH_LETTERS
}

fn by_script(guide: &Guide, knowledge: &Knowledge) -> Option<Language> {
    let prose = guide.prose.as_str();
    let mut scripts = Scripts::default();
    let bytes = prose.as_bytes();
    let mut at = 0;
    for _ in 0..ENOUGH {
        // Most characters are told by their first byte.
        at += match bytes.get(at) {
            None => break,
            Some(byte) if byte.is_ascii() => {
                scripts.latin += usize::from(byte.is_ascii_alphabetic());
                1
            }
            Some(0xE5..=0xE9) => {
                scripts.han += 1;
                3
            }
            Some(_) => prose[at..].chars().next().map_or(1, |c| scripts.count(c)),
        };
    }
    let code = |code: &str| Some(Language { code: Some(code.to_owned()), script: None });
    // One Chinese character says as much as two or three letters.
    let ideographs = (scripts.han + scripts.kana + scripts.hangul) * 3;
    if ideographs > scripts.latin && ideographs >= 12 {
        if scripts.hangul > scripts.han + scripts.kana {
            return code("ko");
        }
        if scripts.kana * 8 > scripts.han {
            return code("ja");
        }
        return Some(chinese(prose, knowledge));
    }
    let alone = [
        (scripts.thai, "th"),
        (scripts.hebrew, "he"),
        (scripts.greek, "el"),
        (scripts.devanagari, "hi"),
        (scripts.bengali, "bn"),
        (scripts.burmese, "my"),
    ];
    for (count, name) in alone {
        if count * 2 > scripts.latin && count >= 12 {
            return code(name);
        }
    }
    if scripts.arabic * 2 > scripts.latin && scripts.arabic >= 12 {
        return match in_arabic_letters(prose) {
            "ar" => by_words(prose, knowledge, "Arabic").or_else(|| code("ar")),
            other => code(other),
        };
    }
    if scripts.cyrillic > scripts.latin && scripts.cyrillic >= 12 {
        return by_letters(prose).map(|it| from_code(it, knowledge)).or_else(|| by_words(prose, knowledge, "Cyrillic"));
    }
    by_words(prose, knowledge, "Latin")
}

/// Urdu and Persian have letters that Arabic has not.
fn in_arabic_letters(prose: &str) -> &'static str {
    const FEW: usize = 5;
    let count = |letters: &[char]| prose.chars().take(ENOUGH).filter(|c| letters.contains(c)).take(FEW).count();
    match () {
        () if count(&['ٹ', 'ڈ', 'ڑ', 'ں', 'ے', 'ہ']) == FEW => "ur",
        () if count(&['پ', 'چ', 'گ', 'ژ', 'ک', 'ی']) == FEW => "fa",
        () => "ar",
    }
}

/// Russian and Ukrainian share their small words and differ in letters; a text with letters of neither, or of a third language,
/// is told by its words.
fn by_letters(prose: &str) -> Option<&'static str> {
    let has = |letters: &str| prose.chars().take(ENOUGH).filter(|c| letters.contains(*c)).take(3).count();
    let (russian, ukrainian) = (has("ыэЫЭ"), has("їєґЇЄҐ"));
    let (shared, other) = (has("іІ"), has("ўәғқңөұүһђјљњћџѓќўӘҒҚҢӨҰҮҺЂЈЉЊЋЏѓќ"));
    match (russian, ukrainian) {
        _ if other > 0 => None,
        (1.., 0) if shared == 0 => Some("ru"),
        (0, 1..) => Some("uk"),
        _ => None,
    }
}

fn chinese(prose: &str, knowledge: &Knowledge) -> Language {
    let marks = script_marks(knowledge);
    let (mut hans, mut hant) = (0usize, 0usize);
    let (bytes, mut at) = (prose.as_bytes(), 0);
    for _ in 0..ENOUGH {
        if hans.abs_diff(hant) == SURE {
            break;
        }
        let Some(byte) = bytes.get(at) else { break };
        if byte.is_ascii() {
            at += 1;
            continue;
        }
        let Some(c) = ideograph(prose, at).or_else(|| prose[at..].chars().next()) else { break };
        at += c.len_utf8();
        let mark = (c as usize).checked_sub(IDEOGRAPHS).and_then(|at| marks.get(at)).copied().unwrap_or(0);
        hans += usize::from(mark & SIMPLIFIED != 0);
        hant += usize::from(mark & TRADITIONAL != 0);
    }
    let script = match hans.cmp(&hant) {
        std::cmp::Ordering::Greater => Some("Hans"),
        std::cmp::Ordering::Less => Some("Hant"),
        std::cmp::Ordering::Equal => None,
    };
    Language { code: Some("zh".to_owned()), script: script.map(str::to_owned) }
}

/// So many more characters of one script than of the other settle which it is.
const SURE: usize = 100;

/// The first of the characters that tell one Chinese script from the other, U+2E80.
const IDEOGRAPHS: usize = 0x2E80;
const SIMPLIFIED: u8 = 1;
const TRADITIONAL: u8 = 2;

/// Which script the ideographs of the basic plane belong to; the same in every run, for the list is built in.
fn script_marks(knowledge: &Knowledge) -> &'static [u8] {
    static MARKS: OnceLock<Vec<u8>> = OnceLock::new();
    MARKS.get_or_init(|| {
        let mut marks = vec![0; 0xA000 - IDEOGRAPHS];
        for (code, mark) in [("zh-Hans", SIMPLIFIED), ("zh-Hant", TRADITIONAL)] {
            let profile = knowledge.languages.profiles.iter().find(|it| it.code == code);
            for c in profile.map_or(&[][..], |it| &it.characters) {
                if let Some(place) = (*c as usize).checked_sub(IDEOGRAPHS).and_then(|at| marks.get_mut(at)) {
                    *place |= mark;
                }
            }
        }
        marks
    })
}

fn by_words(prose: &str, knowledge: &Knowledge, script: &str) -> Option<Language> {
    let index = word_index(knowledge);
    let profiles = &knowledge.languages.profiles;
    let mut counts = vec![0usize; profiles.len()];
    // One word many times says little: Spanish "es" is German as well.
    let mut first: Vec<Option<u32>> = vec![None; profiles.len()];
    let mut several = vec![false; profiles.len()];
    let mut words = 0;
    let mut lower = String::new();
    'words: for token in tokens(prose) {
        // The "com" of an address is no Portuguese.
        if token.bytes().any(|it| matches!(it, b'@' | b'.' | b':')) && is_address(token) {
            continue;
        }
        for word in words_of(token).filter(|word| word.len() > 1) {
            let read_enough = words == MOST_WORDS
                || words >= FEWEST_WORDS && words.is_multiple_of(32) && is_far_ahead(&counts, &several);
            if read_enough {
                break 'words;
            }
            words += 1;
            if word.len() > index.longest {
                continue;
            }
            match word.is_ascii() {
                true if !index.hashes.has(small_hash(word)) => continue,
                true => {
                    lower.clear();
                    lower.push_str(word);
                    lower.make_ascii_lowercase();
                }
                false => lower = word.to_lowercase(),
            }
            let Some((number, languages)) = index.languages.get(lower.as_str()) else { continue };
            for &at in languages {
                if profiles[at].script == script {
                    counts[at] += 1;
                    several[at] |= first[at].get_or_insert(*number) != number;
                }
            }
        }
    }
    let (best, &most) = counts.iter().enumerate().max_by_key(|&(at, count)| (*count, std::cmp::Reverse(at)))?;
    let second = counts.iter().enumerate().filter(|(at, _)| *at != best).map(|(_, count)| *count).max().unwrap_or(0);
    let clear = several[best] && most * 2 > second * 3 && most * 25 >= words;
    clear.then(|| Language { code: Some(profiles[best].code.clone()), script: None })
}

/// Whether one language has three times the words of any other.
fn is_far_ahead(counts: &[usize], several: &[bool]) -> bool {
    let most = counts.iter().copied().max().unwrap_or(0);
    let mut near = counts.iter().zip(several).filter(|(count, _)| **count * 3 > most);
    near.next().is_some_and(|(_, several)| *several) && near.next().is_none() && most * 8 > FEWEST_WORDS
}

/// What stands between white space and the ends of blocks.
fn tokens(prose: &str) -> impl Iterator<Item = &str> {
    pieces(prose, |byte| byte > b' ', |c| !c.is_whitespace())
}

/// The rows of letters in a token.
fn words_of(token: &str) -> impl Iterator<Item = &str> {
    pieces(token, |byte| byte.is_ascii_alphabetic(), char::is_alphabetic)
}

/// The longest stretches of characters that belong together; ASCII, which is most of nearly every text, is told by its bytes.
fn pieces(text: &str, ascii: impl Fn(u8) -> bool, other: impl Fn(char) -> bool) -> impl Iterator<Item = &str> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let mut start = None;
        while let Some(&byte) = text.as_bytes().get(from) {
            let (belongs, length) = match byte {
                0..0x80 => (ascii(byte), 1),
                _ => text[from..].chars().next().map_or((false, 1), |c| (other(c), c.len_utf8())),
            };
            let here = from;
            from += length;
            match (belongs, start) {
                (true, None) => start = Some(here),
                (false, Some(begun)) => return Some(&text[begun..here]),
                _ => {}
            }
        }
        start.map(|begun| &text[begun..])
    })
}

/// Whether a stretch without spaces is an address of a page or a mailbox.
fn is_address(text: &str) -> bool {
    let inner = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let joined = |(at, _): (usize, &str)| inner[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic());
    text.contains('@') || text.contains("://") || inner.is_ascii() && inner.match_indices('.').any(joined)
}

/// Words read before a verdict.
const MOST_WORDS: usize = 500;
/// Words read at least, also where the verdict is plain: a page may begin with a notice in another language.
const FEWEST_WORDS: usize = 192;

/// Which languages have a word among their most frequent ones.
struct WordIndex {
    /// A number of its own and the indices of profiles, by word.
    languages: FnvMap<String, (u32, Vec<usize>)>,
    /// Bytes of the longest word, with room for capitals that take more.
    longest: usize,
    /// One bit per hash of a word: asked first, since most words of a text are frequent in no language.
    hashes: Bits,
}

const WORD_BITS: u32 = 15;

/// The same for a word in small letters and in capitals.
#[inline]
fn small_hash(word: &str) -> usize {
    let hash =
        word.bytes().fold(0u32, |hash, byte| (hash.rotate_left(5) ^ u32::from(byte | 0x20)).wrapping_mul(0x9E37_79B1));
    (hash >> (32 - WORD_BITS)) as usize
}

/// The same in every run, for the list is built in.
fn word_index(knowledge: &Knowledge) -> &'static WordIndex {
    static INDEX: OnceLock<WordIndex> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index = WordIndex { languages: FnvMap::default(), longest: 0, hashes: Bits::new(1 << WORD_BITS) };
        for (at, profile) in knowledge.languages.profiles.iter().enumerate() {
            for word in &profile.words {
                index.longest = index.longest.max(word.len() + 4);
                index.hashes.put(small_hash(word));
                let number = index.languages.len() as u32;
                index.languages.entry(word.clone()).or_insert((number, Vec::new())).1.push(at);
            }
        }
        index
    })
}
