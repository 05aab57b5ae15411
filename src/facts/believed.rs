//! Which words are to be believed in a guide, by their language.

use super::Language;
use crate::knowledge::{Knowledge, Reach, Shelf};

/// Which words are to be believed in a guide, by their language.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Believed {
    /// What is true of the words of each language, in bits.
    by_language: Vec<u8>,
    /// And of those of any other.
    otherwise: u8,
}

/// True of every word.
const ANY: u8 = 1;
/// Words of the language count in the guide.
const SPEAKS: u8 = 2;
/// They are in letters that the guide's own language has not.
const STANDS_OUT: u8 = 4;

impl Believed {
    /// Those of a guide in `language`.
    pub fn new(knowledge: &Knowledge, language: &Language) -> Believed {
        let marks = |word: &String| {
            let speaks = if speaks(word, language) { SPEAKS } else { 0 };
            ANY | speaks | if stands_out(word, language) { STANDS_OUT } else { 0 }
        };
        Believed { by_language: knowledge.lexicon().languages.iter().map(marks).collect(), otherwise: ANY }
    }

    /// Every word there is.
    pub fn everything() -> Believed {
        Believed { by_language: Vec::new(), otherwise: ANY | SPEAKS | STANDS_OUT }
    }

    /// Whether the literals of a shelf count.
    pub fn counts(&self, shelf: &Shelf) -> bool {
        // One of these must be true of its language.
        let needed = match shelf.reach {
            Reach::Everywhere => ANY,
            Reach::StandingOut => SPEAKS | STANDS_OUT,
            Reach::Spoken | Reach::SpokenCountry => SPEAKS,
        };
        let said = self.by_language.get(usize::from(shelf.language)).copied().unwrap_or(self.otherwise);
        said & needed != 0
    }
}

/// Whether a word of a language is to be believed in a guide of another. Words of any language count while the guide's
/// own is unknown; Chinese in both scripts, and English everywhere.
fn speaks(word: &str, language: &Language) -> bool {
    match language.code.as_deref() {
        None => true,
        Some(code) => word.is_empty() || word == "en" || word.split('-').next() == Some(code),
    }
}

/// Whether a word is in letters that the guide's own language has not: 警惕 in an English guide is Chinese and nothing else.
/// Sellers, and those who warn of them, write to readers of several languages in one guide.
fn stands_out(word: &str, language: &Language) -> bool {
    let letters = |code: &str| match code.split('-').next().unwrap_or("") {
        "zh" | "ja" => "Han",
        "ru" | "uk" => "Cyrillic",
        "ko" => "Hangul",
        "th" => "Thai",
        "ar" => "Arabic",
        "he" => "Hebrew",
        "el" => "Greek",
        "hi" => "Devanagari",
        "bn" => "Bengali",
        _ => "",
    };
    let own = letters(word);
    !own.is_empty() && language.code.as_deref().is_some_and(|code| letters(code) != own)
}
