//! Which language a guide is in: by its script, then by its most frequent words.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::subject::{Language, SubjectHints};
use crate::guide::{Guide, Prose};
use crate::knowledge::{Knowledge, LanguageProfile};

/// Characters read before a verdict; a guide does not change its language after that.
const ENOUGH: usize = 6000;

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
}

pub(super) fn identify(guide: &Guide, knowledge: &Knowledge, hints: &SubjectHints) -> Language {
    if let Some(code) = &hints.language {
        return from_code(code);
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
            from_code(declared).or_script_of(found)
        }
        (_, Some(found)) => found,
        (Some(declared), None) => from_code(declared),
        (None, None) => Language::default(),
    }
}

fn from_code(code: &str) -> Language {
    let mut parts = code.split(['-', '_']);
    let language = parts.next().unwrap_or("").to_ascii_lowercase();
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
    let dense = ["zh", "ja", "ko", "th", "ar", "he", "el", "ru", "uk"];
    let declared = declared.split(['-', '_']).next().unwrap_or("");
    let found = found.code.as_deref().unwrap_or("");
    declared == found || !(dense.contains(&declared) || dense.contains(&found))
}

/// Whether a language is told by its words, not by its script.
fn is_latin(code: &str) -> bool {
    !["zh", "ja", "ko", "th", "ar", "he", "el", "ru", "uk"].contains(&code)
}

/// Whether a text that is mostly Latin holds enough of the script of a language that never is: headings over examples.
fn is_written(guide: &Guide, declared: &str) -> bool {
    const ENOUGH_LETTERS: usize = 3;
    let own: &[(u32, u32)] = match declared.split(['-', '_']).next().unwrap_or("") {
        "zh" => &[(0x3400, 0x9FFF)],
        "ja" => &[(0x3041, 0x30FF), (0x3400, 0x9FFF)],
        "ko" => &[(0xAC00, 0xD7AF)],
        "th" => &[(0xE00, 0xE7F)],
        "ar" => &[(0x600, 0x6FF)],
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
    for c in prose.chars().take(ENOUGH) {
        match c as u32 {
            0x41..=0x5A | 0x61..=0x7A | 0xC0..=0x24F | 0x1E00..=0x1EFF => scripts.latin += 1,
            0x3041..=0x30FF => scripts.kana += 1,
            0x3400..=0x9FFF => scripts.han += 1,
            0xAC00..=0xD7AF => scripts.hangul += 1,
            0xE00..=0xE7F => scripts.thai += 1,
            0x600..=0x6FF | 0x750..=0x77F => scripts.arabic += 1,
            0x590..=0x5FF => scripts.hebrew += 1,
            0x400..=0x4FF => scripts.cyrillic += 1,
            0x370..=0x3FF => scripts.greek += 1,
            _ => {}
        }
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
    for (count, name) in [(scripts.thai, "th"), (scripts.hebrew, "he"), (scripts.greek, "el")] {
        if count * 2 > scripts.latin && count >= 12 {
            return code(name);
        }
    }
    if scripts.arabic * 2 > scripts.latin && scripts.arabic >= 12 {
        return by_words(prose, knowledge, "Arabic").or_else(|| code("ar"));
    }
    if scripts.cyrillic > scripts.latin && scripts.cyrillic >= 12 {
        return by_letters(prose).map(from_code).or_else(|| by_words(prose, knowledge, "Cyrillic"));
    }
    by_words(prose, knowledge, "Latin")
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
    let count = |code: &str| {
        let profile = knowledge.languages.profiles.iter().find(|it| it.code == code);
        let characters = profile.map_or(&[][..], |it| &it.characters);
        prose.chars().take(ENOUGH).filter(|c| !c.is_ascii() && characters.binary_search(c).is_ok()).count()
    };
    let (hans, hant) = (count("zh-Hans"), count("zh-Hant"));
    let script = match hans.cmp(&hant) {
        std::cmp::Ordering::Greater => Some("Hans"),
        std::cmp::Ordering::Less => Some("Hant"),
        std::cmp::Ordering::Equal => None,
    };
    Language { code: Some("zh".to_owned()), script: script.map(str::to_owned) }
}

fn by_words(prose: &str, knowledge: &Knowledge, script: &str) -> Option<Language> {
    let index = word_index(knowledge);
    let profiles = &knowledge.languages.profiles;
    let mut counts = vec![0usize; profiles.len()];
    // One word many times says little: Spanish "es" is German as well.
    let mut first: Vec<Option<String>> = vec![None; profiles.len()];
    let mut several = vec![false; profiles.len()];
    let mut words = 0;
    let mut lower = String::new();
    // The "com" of an address is no Portuguese.
    let spoken = prose.split(|c: char| c.is_whitespace() || c == Prose::BREAK).filter(|it| !is_address(it));
    let apart = spoken.flat_map(|it| it.split(|c: char| !c.is_alphabetic()));
    for word in apart.filter(|word| word.len() > 1).take(1200) {
        words += 1;
        lower.clear();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        for &at in index.get(lower.as_str()).into_iter().flatten() {
            if profiles[at].script == script {
                counts[at] += 1;
                several[at] |= first[at].get_or_insert_with(|| lower.clone()) != &lower;
            }
        }
    }
    let (best, &most) = counts.iter().enumerate().max_by_key(|&(at, count)| (*count, std::cmp::Reverse(at)))?;
    let second = counts.iter().enumerate().filter(|(at, _)| *at != best).map(|(_, count)| *count).max().unwrap_or(0);
    let clear = several[best] && most * 2 > second * 3 && most * 25 >= words;
    clear.then(|| Language { code: Some(profiles[best].code.clone()), script: None })
}

/// Whether a stretch without spaces is an address of a page or a mailbox.
fn is_address(text: &str) -> bool {
    let inner = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let joined = |(at, _): (usize, &str)| inner[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic());
    text.contains('@') || text.contains("://") || inner.is_ascii() && inner.match_indices('.').any(joined)
}

/// Which languages have a word among their most frequent ones; the same in every run, for the list is built in.
fn word_index(knowledge: &Knowledge) -> &'static HashMap<String, Vec<usize>> {
    static INDEX: OnceLock<HashMap<String, Vec<usize>>> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index: HashMap<String, Vec<usize>> = HashMap::new();
        let spelled = |profile: &LanguageProfile| profile.words.clone();
        for (at, profile) in knowledge.languages.profiles.iter().enumerate() {
            for word in spelled(profile) {
                index.entry(word).or_default().push(at);
            }
        }
        index
    })
}
