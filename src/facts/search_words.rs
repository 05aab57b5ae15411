//! Words written for search engines, in which a guide ends: "Keywords: a, b, c, d", a section of them, a row of hashtags.

use super::Facts;
use crate::guide::{Block, Guide, Stretch};
use crate::knowledge::CueSet;

/// Blocks at the end of a guide in which a row may stand.
const LAST: usize = 6;
/// Characters beside the label up to which a heading says nothing else.
const BESIDE: usize = 12;
/// Characters of the longest search phrase; what is longer is a sentence.
const LONGEST: usize = 40;
/// Words from which on a section is a row.
const FEWEST: usize = 5;
/// Hashtags from which on a line is a row.
const HASHTAGS: usize = 4;

impl Facts {
    /// The row of words written for search engines in which the guide ends, if it does; for a section of them, its heading.
    pub fn search_words(&self, guide: &Guide) -> Option<Stretch> {
        let from = guide.blocks.len().saturating_sub(LAST);
        let last = || guide.blocks[from..].iter().filter(|block| block.kind.is_visible());
        let labelled = last().find(|block| self.is_labelled_row(guide, block)).map(|block| block.prose);
        let headed = || (0..guide.sections.len()).rev().take(2).find_map(|it| self.headed_row(guide, it));
        let tagged = || last().rev().take(2).find(|block| is_hashtags(guide.text(block.prose))).map(|it| it.prose);
        labelled.or_else(headed).or_else(tagged)
    }

    /// The label at the beginning of a block, and the words after it.
    fn is_labelled_row(&self, guide: &Guide, block: &Block) -> bool {
        let begins = self.cues_in(CueSet::Keywords, block.prose).any(|cue| cue.at.start <= block.prose.start + 8);
        begins && guide.text(block.prose).matches([',', '，', '、', '#', ';', '|', '\u{fffc}']).count() >= 3
    }

    /// The heading of a section that is called after such words and holds little but phrases. What subscribers send by text
    /// message is called keywords, too, but those are single words.
    fn headed_row(&self, guide: &Guide, section: usize) -> Option<Stretch> {
        let title = guide.sections.get(section).filter(|it| it.heading.is_some())?.title;
        let label = self.cues_in(CueSet::Keywords, title).last()?.at;
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        if letters(guide.text(title)) > letters(guide.text(label)) + BESIDE || self.has_cue(CueSet::ShortMessage, title)
        {
            return None;
        }
        let mut words: Vec<String> = Vec::new();
        for (_, block) in guide.blocks_in(section) {
            let rows = guide.text(block.prose).split([',', '，', '、', '#', ';', '；', '|', '\n', '\u{fffc}']);
            words.extend(rows.map(|it| it.trim().to_owned()));
            let from = guide.codes.partition_point(|it| it.at < block.prose.start);
            let codes = guide.codes[from..].iter().take_while(|it| it.at < block.prose.end);
            words.extend(codes.map(|it| it.text.trim().to_owned()));
        }
        words.retain(|it| it.chars().any(char::is_alphanumeric));
        let phrases = words.iter().filter(|it| is_phrase(it)).count();
        let sentences = words.iter().filter(|it| it.chars().count() > LONGEST).count();
        (words.len() >= FEWEST && phrases * 2 > words.len() && sentences * 4 <= words.len()).then_some(title)
    }
}

/// Several words, or as many characters of a script without spaces; nothing a sentence would hold.
fn is_phrase(text: &str) -> bool {
    let dense = text.chars().filter(|&c| super::class(c) == super::Class::Dense).count();
    let several = text.split_whitespace().count() > 1 && text.chars().any(char::is_lowercase);
    (several || dense >= 4) && text.chars().count() <= LONGEST && !text.contains(['.', '。', '：', ':', '='])
}

/// `#eSIM #travel #SIMcard #data`, and hardly anything besides.
fn is_hashtags(text: &str) -> bool {
    let tags = text.split_whitespace().filter(|it| it.len() > 2 && it.starts_with(['#', '＃'])).count();
    let digits = text.split_whitespace().any(|it| it.trim_start_matches('#').starts_with(|c: char| c.is_ascii_digit()));
    tags >= HASHTAGS && !digits && tags * 4 >= text.split_whitespace().count() * 3
}
