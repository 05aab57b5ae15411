//! What a value is said of, so that two statements can be told to be about one thing.

use std::collections::BTreeSet;

use crate::facts::{Class, Surroundings, class, folded};
use crate::guide::Stretch;
use crate::knowledge::CueSet;
use crate::rule::Context;

/// What a value is said of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Topic {
    /// The words right before the value.
    words: String,
    /// The carriers of the sentence, else of the heading.
    carriers: BTreeSet<String>,
}

/// The topic of a value, if it is said plainly: in running text, without "if" and "for", and of something that has a name.
pub(super) fn of(cx: &Context<'_>, block: u32, at: Stretch) -> Option<Topic> {
    let own = cx.guide.blocks.get(block as usize)?;
    if own.cell.is_some() || own.quotes > 0 {
        return None;
    }
    let sentence = Surroundings::sentence_of(cx.guide, block, at);
    if cx.facts.has_cue(CueSet::Condition, sentence) {
        return None;
    }
    let before = cx.guide.prose.as_str().get(sentence.start as usize..at.start as usize)?;
    let before = before.trim_end_matches([':', '：', ' ', '\u{a0}']);
    let piece = before.rsplit([',', '，', ';', '；', ':', '：', '(', '（', '|', '\n', '—']).next()?;
    let words = last_words(piece)?;
    Some(Topic { words, carriers: carriers(cx, own.section, sentence) })
}

/// The last words before a value that are more than grammar.
fn last_words(piece: &str) -> Option<String> {
    let plain = folded(piece);
    let dense = plain.chars().filter(|&c| class(c) == Class::Dense).count();
    if dense * 2 > plain.chars().filter(|c| !c.is_whitespace()).count() {
        let kept: Vec<char> = plain.chars().filter(|&c| class(c) == Class::Dense).collect();
        let mut end = kept.len();
        while end > 0
            && matches!(kept[end - 1], '为' | '是' | '約' | '约' | '為' | '需' | '要' | '只' | '在' | 'は' | 'で')
        {
            end -= 1;
        }
        return (end >= 4).then(|| kept[end.saturating_sub(6)..end].iter().collect());
    }
    let words: Vec<&str> =
        plain.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3).collect();
    let from = words.len().saturating_sub(3);
    let letters: usize = words[from..].iter().map(|word| word.chars().count()).sum();
    (words.len() >= 2 && letters >= 10).then(|| words[from..].join(" "))
}

fn carriers(cx: &Context<'_>, section: u32, sentence: Stretch) -> BTreeSet<String> {
    let names = |within: Stretch| -> BTreeSet<String> {
        cx.facts.carriers_in(within).map(|(_, it)| it.id().map_or_else(|| it.name.clone(), str::to_owned)).collect()
    };
    let here = names(sentence);
    if !here.is_empty() {
        return here;
    }
    let mut level = u8::MAX;
    for above in cx.guide.sections[..=section as usize].iter().rev() {
        if above.level >= level {
            continue;
        }
        level = above.level;
        let found = names(above.title);
        if !found.is_empty() {
            return found;
        }
    }
    BTreeSet::new()
}

/// Whether two sections may speak of one thing: the same one, one before the headings begin, or one whose heading says
/// what part of a guide it is. Two plans under two headings each have their price.
pub(super) fn may_repeat(cx: &Context<'_>, one: u32, other: u32) -> bool {
    let roles = |section: u32| -> Vec<u16> {
        cx.facts.roles.iter().filter(|(it, _)| *it == section).map(|(_, role)| *role).collect()
    };
    let general = |section: u32| cx.guide.sections[section as usize].level <= 1 || !roles(section).is_empty();
    let alike = roles(one).iter().any(|role| roles(other).contains(role));
    one == other || (general(one) && general(other) && !alike)
}
