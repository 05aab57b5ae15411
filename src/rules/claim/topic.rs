//! What a value is said of, so that two statements can be told to be about one thing.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{CarrierMention, Class, Surroundings, class, folded};
use crate::guide::{Block, BlockKind, Stretch};
use crate::knowledge::CueSet;
use crate::rule::Context;

/// What a value is said of.
#[derive(Clone, Debug)]
pub(super) struct Topic {
    /// The words of the sentence before the value.
    words: String,
    /// What follows the value in its clause: "per month", "at the airport".
    rest: String,
    /// The carriers of the sentence, else of the paragraph, else of the heading.
    carriers: BTreeSet<String>,
    /// The line over it that says what it is of: the lead of its list, a line in bold.
    label: OnceCell<String>,
    /// The block, and whether nothing stands before the sentence in it.
    block: u32,
    opens: bool,
    section: u32,
}

/// What is said before a value and after it, if it is said plainly: in running text, without "for" and "if" behind it, and
/// of something that has a name. What else belongs to the topic is only read where two values have this in common.
#[derive(Clone, Debug)]
pub(super) struct Said {
    words: String,
    block: u32,
    at: Stretch,
    sentence: Stretch,
}

impl Said {
    pub(super) fn of(cx: &Context<'_>, index: u32, at: Stretch) -> Option<Said> {
        let own = cx.guide.blocks.get(index as usize)?;
        if own.cell.is_some() || own.quotes > 0 {
            return None;
        }
        let sentence = Surroundings::sentence_of(cx.guide, index, at);
        let after = Stretch::new(at.end.min(sentence.end), sentence.end);
        if cx.facts.has_cue(CueSet::Condition, after) {
            return None;
        }
        let reminder = cx.facts.cues_in(CueSet::Reminder, Stretch::new(sentence.start, at.start));
        let from = reminder.map(|cue| cue.at.end).max().unwrap_or(sentence.start);
        let words = words_of(cx.guide.prose.as_str().get(from as usize..at.start as usize)?)?;
        Some(Said { words, block: index, at, sentence })
    }

    fn topic(&self, cx: &Context<'_>) -> Option<Topic> {
        let own = cx.guide.blocks.get(self.block as usize)?;
        let text = cx.guide.prose.as_str();
        let after = Stretch::new(self.at.end.min(self.sentence.end), self.sentence.end);
        Some(Topic {
            words: self.words.clone(),
            rest: rest_of(text.get(after.range())?),
            carriers: carriers(cx, own, self.sentence),
            label: OnceCell::new(),
            block: self.block,
            opens: text.get(own.prose.start as usize..self.sentence.start as usize)?.trim().is_empty(),
            section: own.section,
        })
    }
}

/// Statements compared with each other; what is longer is a table of prices, and no guide.
const MOST: usize = 400;

/// The topics of values that stand where another may say the same again, and share the words before them with another;
/// those of all others cannot be said twice. A value comes with its block and its place in the prose.
pub(super) fn shared<T>(cx: &Context<'_>, values: impl Iterator<Item = (T, u32, Stretch)>) -> Vec<(T, Topic)> {
    let values: Vec<(T, u32, Stretch)> = values.collect();
    let meeting = meeting(cx, values.iter().map(|(_, block, _)| *block));
    let met = values.into_iter().zip(meeting).filter_map(|(value, meets)| meets.then_some(value));
    let said = met.filter_map(|(value, block, at)| Some((value, Said::of(cx, block, at)?)));
    let said: Vec<(T, Said)> = said.take(MOST).collect();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, said) in &said {
        *times.entry(&said.words).or_default() += 1;
    }
    let twice: Vec<bool> = said.iter().map(|(_, said)| times[said.words.as_str()] > 1).collect();
    let twice = said.into_iter().zip(twice).filter_map(|(value, twice)| twice.then_some(value));
    twice.filter_map(|(value, said)| Some((value, said.topic(cx)?))).collect()
}

/// Which of these blocks may hold a repetition, by their places alone: in a section that may repeat others there must be
/// another such block, in any other section another block of that section, and neither in the same list.
fn meeting(cx: &Context<'_>, blocks: impl Iterator<Item = u32>) -> Vec<bool> {
    // Of each group of sections: the first block or list, and whether there is another.
    let mut groups: BTreeMap<Option<u32>, ((bool, u32), bool)> = BTreeMap::new();
    let mut group_of = |block: u32| {
        let own = &cx.guide.blocks[block as usize];
        let group = (!is_general(cx, own.section)).then_some(own.section);
        let part = own.item.map_or((false, block), |item| (true, item.list));
        let (first, several) = groups.entry(group).or_insert((part, false));
        *several |= *first != part;
        group
    };
    let group_of: Vec<Option<u32>> = blocks.map(&mut group_of).collect();
    group_of.iter().map(|group| groups[group].1).collect()
}

/// Whether a section is before the headings, or its heading says what part of a guide it is.
fn is_general(cx: &Context<'_>, section: u32) -> bool {
    cx.guide.sections[section as usize].level <= 1 || roles(cx, section).next().is_some()
}

/// What a section is, by its heading.
fn roles<'a>(cx: &Context<'a>, section: u32) -> impl Iterator<Item = u16> + use<'a> {
    let from = cx.facts.roles.partition_point(|(it, _)| *it < section);
    cx.facts.roles[from..].iter().take_while(move |(it, _)| *it == section).map(|(_, role)| *role)
}

impl Topic {
    /// Whether two values are said of one thing.
    pub(super) fn is_that_of(&self, cx: &Context<'_>, other: &Topic) -> bool {
        let either = |one: &str, other: &str| one == other || one.is_empty() || other.is_empty();
        let alike = self.words == other.words && self.carriers == other.carriers && either(&self.rest, &other.rest);
        if !alike || !may_repeat(cx, self.section, other.section) {
            return false;
        }
        // Within one section the paragraphs may take the plans in turn, and only their first sentences name them.
        match self.section == other.section {
            true => self.block != other.block && self.opens && other.opens && self.label(cx) == other.label(cx),
            false => either(self.label(cx), other.label(cx)),
        }
    }

    fn label(&self, cx: &Context<'_>) -> &str {
        self.label.get_or_init(|| label_over(cx, self.block))
    }
}

/// Articles of three letters and more; shorter words are left out as a matter of course.
const ARTICLES: [&str; 19] = [
    "the", "der", "die", "das", "den", "dem", "des", "ein", "eine", "einer", "einen", "eines", "les", "las", "los",
    "una", "une", "uno", "gli",
];

/// The words before a value, if they are more than grammar. Words of one or two letters come and go.
fn words_of(before: &str) -> Option<String> {
    let plain = folded(before);
    let dense = plain.chars().filter(|&c| class(c) == Class::Dense).count();
    if dense * 2 > plain.chars().filter(|c| !c.is_whitespace()).count() {
        let kept: String = plain.chars().filter(|c| c.is_alphanumeric()).collect();
        let kept = kept.trim_end_matches(|c| "为是約约為需要只在はで將将大概".contains(c));
        return (kept.chars().count() >= 4).then(|| kept.to_owned());
    }
    let kept =
        |word: &&str| (word.chars().count() > 2 && !ARTICLES.contains(word)) || word.contains(|c: char| c.is_numeric());
    let words: Vec<&str> = plain.split(|c: char| !c.is_alphanumeric()).filter(kept).collect();
    let letters: usize = words.iter().map(|word| word.chars().count()).sum();
    (words.len() >= 2 && letters >= 9).then(|| words.join(" "))
}

/// The rest of the clause, without what only goes on: ", paid in the shop".
fn rest_of(after: &str) -> String {
    let clause =
        after.split([',', '，', ';', '；', ':', '：', '(', '（', '。', '\n', '—', '–', '、']).next().unwrap_or("");
    folded(clause).trim_matches(|c: char| !c.is_alphanumeric() && c != '/').to_owned()
}

/// Longest line that can be the label of what follows, in bytes.
const LABEL: usize = 90;

/// The lead of a list, or the nearest short line over a block in its section.
fn label_over(cx: &Context<'_>, index: u32) -> String {
    let blocks = &cx.guide.blocks;
    let own = &blocks[index as usize];
    let lead = own.item.and_then(|item| cx.guide.lists.get(item.list as usize)?.lead);
    let labels = |block: &&Block| {
        let text = cx.guide.text(block.prose).trim();
        let ends = text.ends_with(['.', '。', '!', '！', '?', '？', '…']);
        block.section == own.section
            && block.kind == BlockKind::Paragraph
            && block.item.is_none()
            && (1..=LABEL).contains(&text.len())
            && !ends
    };
    let above =
        || blocks[..index as usize].iter().rev().take(40).take_while(|it| it.section == own.section).find(labels);
    let label = lead.and_then(|at| blocks.get(at as usize)).or_else(above);
    label.map_or_else(String::new, |block| folded(cx.guide.text(block.prose).trim()))
}

fn carriers(cx: &Context<'_>, own: &Block, sentence: Stretch) -> BTreeSet<String> {
    let name = |it: &CarrierMention| it.id().map_or_else(|| it.name.to_string(), str::to_owned);
    let names =
        |within: Stretch| -> BTreeSet<String> { cx.facts.carriers_in(within).map(|(_, it)| name(it)).collect() };
    let here = names(sentence);
    if !here.is_empty() {
        return here;
    }
    if let Some((_, before)) = cx.facts.carriers_in(Stretch::new(own.prose.start, sentence.start)).last() {
        return BTreeSet::from([name(before)]);
    }
    let mut level = u8::MAX;
    for above in cx.guide.sections[..=own.section as usize].iter().rev() {
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
fn may_repeat(cx: &Context<'_>, one: u32, other: u32) -> bool {
    let alike = || roles(cx, one).any(|role| roles(cx, other).any(|it| it == role));
    one == other || (is_general(cx, one) && is_general(cx, other) && !alike())
}
