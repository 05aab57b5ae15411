//! Whether a text is about mobile service at all.

use std::collections::BTreeSet;

use super::scanner::{Hit, Scanner};
use crate::guide::{Guide, Stretch};
use crate::knowledge::{Knowledge, Owner};

/// Bytes of text in which a text about mobile service names it once.
const BYTES_A_MENTION: usize = 5000;

/// What a text says of mobile service: of how many different things, and in how many places.
#[derive(Default)]
struct Said<'a> {
    titled: bool,
    /// Things of telecom; forms of one word are one thing, and carriers are one thing together.
    concepts: BTreeSet<Concept<'a>>,
    /// Blocks that name one of them.
    blocks: BTreeSet<usize>,
    /// Sections that name one of them.
    sections: BTreeSet<u32>,
    mentions: usize,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Concept<'a> {
    Carriers,
    Thing(Vec<&'a str>),
}

/// Whether a thing of telecom is meant; words that mean other things as well are believed where a carrier is named.
pub(super) struct Things<'a> {
    scanner: &'a Scanner,
    knowledge: &'a Knowledge,
    carrier_named: bool,
}

impl<'a> Things<'a> {
    pub fn among(scanner: &'a Scanner, knowledge: &'a Knowledge, hits: &[Hit]) -> Things<'a> {
        let carrier_named = hits.iter().any(|hit| matches!(hit.owner, Owner::Carrier(_, false)));
        Things { scanner, knowledge, carrier_named }
    }

    /// The word, if it means one.
    pub fn named_by(&self, hit: &Hit) -> Option<&'a str> {
        if !matches!(hit.owner, Owner::Object) {
            return None;
        }
        let name = self.scanner.literal(*hit).text.as_str();
        (self.carrier_named || !self.knowledge.kinds.several_meanings.contains(name)).then_some(name)
    }
}

/// A text is about mobile service if its title names it; or if it speaks of two things of it in two places; or of one thing, in at least half
/// of its sections, for what most of a text speaks of is its subject. A long text names it more than now and then.
/// What any form asks for (a mobile number) counts beside other things only.
pub(super) fn speaks_of_it(guide: &Guide, scanner: &Scanner, knowledge: &Knowledge, hits: &[Hit]) -> bool {
    let said = said(guide, scanner, knowledge, hits);
    let often = guide.prose.len() as usize <= said.mentions * BYTES_A_MENTION;
    let varied = said.concepts.len() > 1 && said.blocks.len() > 1;
    said.titled || often && said.mentions > 2 && (varied || is_throughout(guide, &said))
}

fn said<'a>(guide: &Guide, scanner: &'a Scanner, knowledge: &'a Knowledge, hits: &[Hit]) -> Said<'a> {
    let mut said = Said::default();
    let things = Things::among(scanner, knowledge, hits);
    let mut end = 0;
    for hit in hits {
        if !matches!(hit.owner, Owner::Carrier(_, false) | Owner::Object) {
            continue;
        }
        let titled = guide.title.is_some_and(|title| title.prose.contains(hit.stretch));
        let concept = match hit.owner {
            Owner::Object => {
                let Some(name) = things.named_by(hit) else { continue };
                if !titled && knowledge.kinds.in_passing.contains(name) {
                    continue;
                }
                Concept::Thing(stems(name))
            }
            _ => Concept::Carriers,
        };
        // "SIM card" holds "SIM", which says nothing more.
        if hit.stretch.start < end {
            continue;
        }
        end = hit.stretch.end;
        said.titled |= titled;
        said.concepts.insert(concept);
        said.mentions += 1;
        if let Some(block) = place(guide, hit.stretch) {
            said.blocks.insert(block);
            said.sections.insert(guide.blocks[block].section);
        }
    }
    said
}

/// The beginnings of the words: "SIM card" and "SIM cards" are one thing.
fn stems(text: &str) -> Vec<&str> {
    text.split(' ').map(|word| word.char_indices().nth(4).map_or(word, |(at, _)| &word[..at])).collect()
}

fn place(guide: &Guide, at: Stretch) -> Option<usize> {
    guide.block_at(at.start)
}

/// Fewest sections, or blocks of a text without headings, of which half say what a text is about.
const FEWEST: usize = 3;

/// Whether at least half of the sections that say anything name it; in a text without headings, half of its blocks.
fn is_throughout(guide: &Guide, said: &Said<'_>) -> bool {
    let told: Vec<(usize, u32)> = guide
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| block.kind.is_visible() && !block.prose.is_empty())
        .map(|(at, block)| (at, block.section))
        .collect();
    let sections: BTreeSet<u32> = told.iter().map(|(_, section)| *section).collect();
    let (named, all) = match sections.len() {
        0..FEWEST => (told.iter().filter(|(at, _)| said.blocks.contains(at)).count(), told.len()),
        all => (said.sections.len(), all),
    };
    all >= FEWEST && named >= FEWEST && named * 2 >= all
}
