//! The one search over the prose: every literal of every owner, in any script, in one pass.
//!
//! A literal is hashed by its first eight folded characters, or its first five, three, two, one: by as many of these as it
//! has. The scan takes one character after another into a hash at each place where a word can begin, stops where no literal
//! begins so, and compares only on a hit; so twenty thousand names cost what two thousand cost. The table is two flat arrays
//! that are built in one pass.

use super::handle::Names;
use super::letters::{self, Letter};
use crate::guide::Stretch;
use crate::knowledge::{Lexicon, Literal, Owner, Promotion};

/// A literal found in the prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Where.
    pub stretch: Stretch,
    /// Index of the literal.
    pub literal: u32,
}

/// A lexicon made ready to be searched for.
#[derive(Debug)]
pub struct Scanner {
    literals: Vec<Literal>,
    /// The folded characters of all literals, one after another; a literal's begin where the one before ends.
    folded: Vec<u32>,
    ends: Vec<u32>,
    /// One bit per first character, by its lowest bits.
    first: Vec<u64>,
    /// One bit per hash of a beginning: whether any literal has it or goes on after it. Small enough to stay in the cache.
    filter: Vec<u64>,
    /// Literals by hash: those of hash `h` are `bucket[starts[h]..starts[h + 1]]`.
    starts: Vec<u32>,
    bucket: Vec<u32>,
    /// Whether a place of the bucket holds the same letters, to be compared in the same way, as the place before it.
    repeats: Vec<bool>,
    /// Where the last hashed character of the literal at a place of the bucket stands.
    levels: Vec<u8>,
    channels: Names,
}

impl Scanner {
    /// For the literals of `lexicon` and `extra` ones that rules asked for.
    pub fn new(lexicon: &Lexicon, extra: Vec<Literal>) -> Scanner {
        let literals: Vec<Literal> = lexicon.literals.iter().cloned().chain(extra).collect();
        let mut scanner = Scanner {
            folded: Vec::with_capacity(literals.len() * 12),
            ends: Vec::with_capacity(literals.len()),
            first: vec![0; FIRST_BITS / 64],
            filter: vec![0; (1 << HASH_BITS) / 64],
            starts: vec![0; (1 << BUCKET_BITS) + 1],
            bucket: vec![0; literals.len()],
            repeats: vec![false; literals.len()],
            levels: vec![0; literals.len()],
            literals: Vec::new(),
            channels: Names::default(),
        };
        let mut hashes = Vec::with_capacity(literals.len());
        let mut read = Vec::new();
        for literal in &literals {
            let from = scanner.folded.len();
            letters::read(&literal.text, 0, literal.text.len(), &mut read);
            scanner.folded.extend(read.iter().map(|it| it.folded()));
            scanner.ends.push(scanner.folded.len() as u32);
            let letters = &scanner.folded[from..];
            let first = letters.first().copied().unwrap_or(0) as usize % FIRST_BITS;
            scanner.first[first / 64] |= 1 << (first % 64);
            let (mut mixed, mut own) = (0, 0);
            for (place, &letter) in letters.iter().enumerate().take(DEEPEST) {
                mixed = mix(mixed, letter);
                if LEVELS & (1 << place) != 0 {
                    own = key_hash(mixed);
                    scanner.filter[own / 64] |= 1 << (own % 64);
                }
            }
            scanner.starts[bucket_of(own) + 1] += 1;
            hashes.push(bucket_of(own));
        }
        for hash in 0..1 << BUCKET_BITS {
            scanner.starts[hash + 1] += scanner.starts[hash];
        }
        let mut next = scanner.starts.clone();
        for (at, hash) in hashes.into_iter().enumerate() {
            scanner.bucket[next[hash] as usize] = at as u32;
            next[hash] += 1;
        }
        scanner.literals = literals;
        scanner.find_repeats();
        scanner
    }

    /// Puts the literals of a hash that are written alike side by side: one word has a meaning in many languages.
    fn find_repeats(&mut self) {
        let mut bucket = std::mem::take(&mut self.bucket);
        let mut repeats = std::mem::take(&mut self.repeats);
        let key = |at: u32| {
            let literal = &self.literals[at as usize];
            // What must be spelt so is compared as it is spelt.
            let spelling = if literal.exact { literal.text.as_str() } else { "" };
            (self.folded_of(at as usize), literal.open_ended, spelling, literal.exact)
        };
        for range in self.starts.windows(2).map(|it| it[0] as usize..it[1] as usize).filter(|it| it.len() > 1) {
            bucket[range.clone()].sort_by(|a, b| key(*a).cmp(&key(*b)));
            for at in range.skip(1) {
                repeats[at] = key(bucket[at - 1]) == key(bucket[at]);
            }
        }
        self.levels = bucket.iter().map(|at| level_of(self.folded_of(*at as usize).len())).collect();
        (self.bucket, self.repeats) = (bucket, repeats);
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
        &self.literals[hit.literal as usize]
    }

    /// Everything found in `prose`, by place; at one place the longest first.
    pub fn scan(&self, prose: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut letters = Vec::new();
        let mut from = 0;
        while from < prose.len() {
            let to = letters::chunk_end(prose, from);
            letters::read(prose, from, to, &mut letters);
            self.scan_chunk(prose, &letters, &mut hits);
            from = to;
        }
        hits
    }

    fn scan_chunk(&self, prose: &str, letters: &[Letter], hits: &mut Vec<Hit>) {
        let mut in_word = false;
        for (at, letter) in letters.iter().enumerate() {
            let within = std::mem::replace(&mut in_word, letter.is_word());
            if (within && in_word) || letter.folded() <= ' ' as u32 || !self.begins(letter.folded()) {
                continue;
            }
            self.look(prose, letters, at, hits);
        }
    }

    /// Whether any literal begins with a character that shares its lowest bits.
    #[inline]
    fn begins(&self, folded: u32) -> bool {
        let bit = folded as usize % FIRST_BITS;
        self.first[bit / 64] & (1 << (bit % 64)) != 0
    }

    #[inline]
    fn look(&self, prose: &str, letters: &[Letter], at: usize, hits: &mut Vec<Hit>) {
        let from = hits.len();
        let mut mixed = 0;
        for (place, letter) in letters[at..].iter().take(DEEPEST).enumerate() {
            mixed = mix(mixed, letter.folded());
            if LEVELS & (1 << place) == 0 {
                continue;
            }
            let hash = key_hash(mixed);
            // Every literal that goes on has left its beginnings in the filter.
            if self.filter[hash / 64] & (1 << (hash % 64)) == 0 {
                break;
            }
            let mut end = None;
            let all = bucket_of(hash);
            for bucket in self.starts[all] as usize..self.starts[all + 1] as usize {
                let literal = self.bucket[bucket];
                if !self.repeats[bucket] {
                    // Literals of another length that share the bucket by chance have their turn elsewhere.
                    let own = usize::from(self.levels[bucket]) == place;
                    end = if own { self.matches(literal as usize, prose, letters, at) } else { None };
                }
                if let Some(end) = end {
                    hits.push(Hit { stretch: Stretch::new(letters[at].at, end as u32), literal });
                }
            }
        }
        if hits.len() > from + 1 {
            hits[from..].sort_unstable_by_key(|hit| (std::cmp::Reverse(hit.stretch.end), hit.literal));
        }
    }

    /// The folded characters of a literal.
    fn folded_of(&self, index: usize) -> &[u32] {
        let from = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        &self.folded[from..self.ends[index] as usize]
    }

    /// The end of the literal in `prose`, if it stands at letter `at`.
    fn matches(&self, index: usize, prose: &str, letters: &[Letter], at: usize) -> Option<usize> {
        let wanted = self.folded_of(index);
        let there = letters.get(at..at + wanted.len())?;
        for at in 0..wanted.len().min(there.len()) {
            if there[at].folded() != wanted[at] {
                return None;
            }
        }
        let literal = &self.literals[index];
        let mut last = there.last()?;
        let mut rest = letters[at + wanted.len()..].iter();
        if literal.open_ended {
            last = rest.take_while(|it| it.is_word()).last().unwrap_or(last);
        } else if last.is_word() && rest.next().is_some_and(|it| it.is_word()) {
            return None;
        }
        let end = letters::end_of(prose, last.at as usize);
        if literal.exact && prose.get(letters[at].at as usize..end) != Some(literal.text.as_str()) {
            return None;
        }
        Some(end)
    }

    /// Whether a hit belongs to a set of cues.
    pub fn owner(&self, hit: Hit) -> Owner {
        self.literals[hit.literal as usize].owner
    }
}

/// Characters told apart by the first look: enough for the scripts of the world but for the rarest ideographs.
const FIRST_BITS: usize = 1 << 16;

/// The characters after which a beginning is hashed, one bit each: the first, second, third, fifth and eighth.
const LEVELS: u32 = 0b1001_0111;
/// As many characters are hashed at most.
const DEEPEST: usize = 8;

/// Of 18 bits the filter takes 32 KB, and with twenty thousand literals one place in seven passes it by chance.
const HASH_BITS: u32 = 18;

/// The place of the last character of a literal that is hashed.
#[inline]
fn level_of(length: usize) -> u8 {
    let length = length.clamp(1, DEEPEST) as u32;
    (LEVELS & ((1 << length) - 1)).ilog2() as u8
}

/// The buckets are fewer, so that they stay in the cache: hardly any place comes to them that finds nothing.
const BUCKET_BITS: u32 = 16;

#[inline]
fn bucket_of(hash: usize) -> usize {
    hash >> (HASH_BITS - BUCKET_BITS)
}

#[inline]
fn mix(hash: u32, letter: u32) -> u32 {
    (hash.rotate_left(5) ^ letter).wrapping_mul(0x9E37_79B1)
}

#[inline]
fn key_hash(mixed: u32) -> usize {
    (mixed >> (32 - HASH_BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &[&str], prose: &str) -> Vec<String> {
        let literals = words.iter().map(|word| Literal {
            text: word.trim_end_matches('*').to_owned(),
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
