//! The one search over the prose: every literal of every owner, in any script, in one pass.
//!
//! The scan takes one character after another into a hash at each place where a word can begin, stops where no literal
//! begins so, and compares only on a hit; so twenty thousand names cost what two thousand cost. What is not to be believed in
//! a guide's language is not even in the table that its words are looked up in.

use std::sync::{Arc, Mutex, PoisonError};

use super::believed::Believed;
use super::handle::Names;
use super::letters::{self, Letter, block_end};
use super::literal_table::{DEEPEST, Entry, Firsts, LEVELS, Table, key_hash, mix};
use crate::guide::Stretch;
use crate::knowledge::{Lexicon, Literal, LiteralId, Owner, Promotion, Shelf};

/// A literal found in the prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Where.
    pub stretch: Stretch,
    /// The literal.
    pub literal: LiteralId,
    /// Who asked for it.
    pub owner: Owner,
}

/// A lexicon made ready to be searched for.
#[derive(Debug)]
pub struct Scanner {
    shelves: Vec<Arc<Shelf>>,
    channels: Names,
    /// Made when the first guide asks for them: few runs meet more than a handful of languages.
    tables: Mutex<Vec<(Believed, Arc<Table>)>>,
}

/// What a scan reads and finds.
struct Scan<'a> {
    shelves: &'a [Arc<Shelf>],
    channels: &'a Names,
    table: &'a Table,
    prose: &'a str,
    hits: Vec<Hit>,
    /// Where contacts may begin.
    contacts: Vec<u32>,
}

impl Scanner {
    /// For the literals of `lexicon` and `extra` ones that rules asked for.
    pub fn new(lexicon: &Lexicon, extra: Vec<Literal>) -> Scanner {
        let mut own = Vec::new();
        for literal in extra {
            Shelf::add(&mut own, literal);
        }
        let shelves = lexicon.shelves.iter().cloned().chain(own).collect();
        Scanner { shelves, channels: Names::default(), tables: Mutex::default() }
    }

    /// And for the ways sellers are reached.
    pub fn with_channels(mut self, promotion: &Promotion) -> Scanner {
        self.channels = Names::new(promotion);
        self
    }

    /// The names of messengers.
    pub(super) fn channels(&self) -> &Names {
        &self.channels
    }

    /// The literal of a hit.
    pub fn literal(&self, hit: Hit) -> &Literal {
        hit.literal.of(&self.shelves)
    }

    /// Everything found in `prose`, by place; at one place the longest first.
    pub fn scan(&self, prose: &str) -> Vec<Hit> {
        self.scan_for(prose, Believed::everything()).0
    }

    /// The same, of the words that are to be believed; and the places where the way to a seller may begin, one a block.
    pub(super) fn scan_for(&self, prose: &str, believed: Believed) -> (Vec<Hit>, Vec<u32>) {
        let table = &self.table_for(believed);
        let (shelves, channels) = (&*self.shelves, &self.channels);
        let mut scan = Scan { shelves, channels, table, prose, hits: Vec::new(), contacts: Vec::new() };
        let mut letters = Vec::new();
        let mut from = 0;
        while from < prose.len() {
            let to = letters::chunk_end(prose, from);
            letters::read(prose, from, to, &mut letters);
            scan.chunk(&letters);
            from = to;
        }
        (scan.hits, scan.contacts)
    }

    fn table_for(&self, believed: Believed) -> Arc<Table> {
        let mut tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, table)) = tables.iter().find(|(known, _)| *known == believed) {
            return Arc::clone(table);
        }
        let table = Arc::new(Table::new(&self.shelves, &self.channels, &believed));
        tables.push((believed, Arc::clone(&table)));
        table
    }
}

impl Scan<'_> {
    fn chunk(&mut self, letters: &[Letter]) {
        let mut in_word = false;
        // Where the block ends in which a contact is known to begin.
        let mut known_until = 0;
        for (at, letter) in letters.iter().enumerate() {
            let within = std::mem::replace(&mut in_word, letter.is_word());
            if (within && in_word) || letter.folded() <= ' ' as u32 {
                continue;
            }
            let begins = self.table.first.of(letter.folded());
            if begins & Firsts::CONTACT != 0 && letter.at >= known_until && self.channels.may_begin_contact(letters, at)
            {
                self.contacts.push(letter.at);
                known_until = block_end(self.prose, letter.at as usize) as u32;
            }
            if begins & Firsts::LITERAL != 0 && self.table.may_begin(letters, at) {
                self.look(letters, at);
            }
        }
    }

    // Called at two words of five; within the loop it would crowd out what is asked of all of them.
    #[inline(never)]
    fn look(&mut self, letters: &[Letter], at: usize) {
        let from = self.hits.len();
        let table = self.table;
        let mut mixed = 0;
        for (place, letter) in letters[at..].iter().take(DEEPEST).enumerate() {
            mixed = mix(mixed, letter.folded());
            if LEVELS & (1 << place) == 0 {
                continue;
            }
            let hash = key_hash(mixed);
            // Every literal that goes on has left its beginnings in the filter.
            if !table.filter.has(hash) {
                break;
            }
            if !table.placed.has(hash) {
                continue;
            }
            let mut end = None;
            for entry in table.entries_of(hash) {
                if !entry.repeats {
                    // What shares the bucket by chance, or has its turn elsewhere, is told without a look at its letters.
                    let own = entry.mixed == mixed && usize::from(entry.level) == place;
                    end = if own { self.matches(entry, letters, at) } else { None };
                }
                if let Some(end) = end {
                    let stretch = Stretch::new(letters[at].at, end as u32);
                    self.hits.push(Hit { stretch, literal: entry.literal, owner: entry.owner });
                }
            }
        }
        if self.hits.len() > from + 1 {
            self.hits[from..].sort_unstable_by_key(|hit| (std::cmp::Reverse(hit.stretch.end), hit.literal));
        }
    }

    /// The end of the literal in the prose, if it stands at letter `at`.
    #[inline]
    fn matches(&self, entry: &Entry, letters: &[Letter], at: usize) -> Option<usize> {
        let wanted = self.table.folded_of(entry);
        let there = letters.get(at..at + wanted.len())?;
        let same = |(letter, wanted): (&Letter, &u32)| letter.folded() == *wanted;
        // The hashed letters are the same but by chance, so the others tell sooner: "customer care" from "customer service".
        let hashed = wanted.len().min(usize::from(entry.level) + 1);
        let all_same = |from: usize, to: usize| there[from..to].iter().zip(&wanted[from..to]).all(same);
        if !all_same(hashed, wanted.len()) || !all_same(0, hashed) {
            return None;
        }
        let mut last = there.last()?;
        let mut rest = letters[at + wanted.len()..].iter();
        if entry.open_ended {
            last = rest.take_while(|it| it.is_word()).last().unwrap_or(last);
        } else if last.is_word() && rest.next().is_some_and(|it| it.is_word()) {
            return None;
        }
        let end = letters::end_of(self.prose, last.at as usize);
        if entry.exact {
            let literal = entry.literal.of(self.shelves);
            return (self.prose.get(letters[at].at as usize..end) == Some(literal.text.as_str())).then_some(end);
        }
        Some(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &[&str], prose: &str) -> Vec<String> {
        let literals = words.iter().map(|word| Literal {
            text: word.trim_end_matches('*').into(),
            owner: Owner::Object,
            language: 0,
            open_ended: word.ends_with('*'),
            exact: false,
        });
        let scanner = Scanner::new(&Lexicon::default(), literals.collect());
        scanner.scan(prose).into_iter().map(|hit| prose[hit.stretch.range()].to_owned()).collect()
    }

    #[test]
    fn words_end_where_their_script_says() {
        assert_eq!(found(&["one"], "ONE, oneself, Ｏｎｅ和one"), ["ONE", "Ｏｎｅ", "one"]);
        assert_eq!(found(&["中国移动", "移动"], "在中国移动营业厅"), ["中国移动", "移动"]);
        assert_eq!(found(&["оператор*"], "операторами связи"), ["операторами"]);
        assert_eq!(found(&["薇信"], "加薇\u{200b}信"), ["薇\u{200b}信"]);
        assert_eq!(found(&["原", "原名"], "原名"), ["原名", "原"]);
        assert_eq!(found(&["ドコモ"], "NTTドコモの"), ["ドコモ"]);
    }
}
