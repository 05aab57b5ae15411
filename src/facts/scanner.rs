//! The one search over the prose: every literal of every owner, in any script, in one pass.
//!
//! Literals are hashed by their first three folded characters (fewer where they have fewer). The scan looks that key up
//! at each place where a word can begin, and compares only on a hit; so twenty thousand names cost what two thousand
//! cost. The table is two flat arrays that are built in one pass.

use super::fold::{Class, class, fold};
use super::handle::Names;
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
    folded: Vec<char>,
    ends: Vec<u32>,
    /// One bit per hash: whether any literal has it. Small enough to stay in the cache.
    filter: Vec<u64>,
    /// Literals by hash: those of hash `h` are `bucket[starts[h]..starts[h + 1]]`.
    starts: Vec<u32>,
    bucket: Vec<u32>,
    channels: Names,
}

impl Scanner {
    /// For the literals of `lexicon` and `extra` ones that rules asked for.
    pub fn new(lexicon: &Lexicon, extra: Vec<Literal>) -> Scanner {
        let literals: Vec<Literal> = lexicon.literals.iter().cloned().chain(extra).collect();
        let mut scanner = Scanner {
            folded: Vec::with_capacity(literals.len() * 12),
            ends: Vec::with_capacity(literals.len()),
            filter: vec![0; (1 << HASH_BITS) / 64],
            starts: vec![0; (1 << HASH_BITS) + 1],
            bucket: vec![0; literals.len()],
            literals: Vec::new(),
            channels: Names::default(),
        };
        let mut hashes = Vec::with_capacity(literals.len());
        for literal in &literals {
            let from = scanner.folded.len();
            scanner.folded.extend(literal.text.chars().filter(|&c| class(c) != Class::Mark).map(fold));
            scanner.ends.push(scanner.folded.len() as u32);
            let at = |place: usize| scanner.folded.get(from + place).copied().unwrap_or('\0');
            let hash = key_hash([at(0), at(1), at(2)]);
            scanner.filter[hash / 64] |= 1 << (hash % 64);
            scanner.starts[hash + 1] += 1;
            hashes.push(hash);
        }
        for hash in 0..1 << HASH_BITS {
            scanner.starts[hash + 1] += scanner.starts[hash];
        }
        let mut next = scanner.starts.clone();
        for (at, hash) in hashes.into_iter().enumerate() {
            scanner.bucket[next[hash] as usize] = at as u32;
            next[hash] += 1;
        }
        scanner.literals = literals;
        scanner
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
        let mut before = Class::Other;
        let mut at = 0;
        let bytes = prose.as_bytes();
        while at < bytes.len() {
            let (c, length) = char_at(prose, at);
            let kind = class(c);
            let may_begin = match kind {
                Class::Word => before != Class::Word,
                Class::Dense => true,
                Class::Mark => false,
                Class::Other => c > ' ',
            };
            if may_begin {
                self.look(prose, at, length, c, &mut hits);
            }
            if kind != Class::Mark {
                before = kind;
            }
            at += length;
        }
        // Once, at the end: after every place it would read all hits again.
        hits.dedup();
        hits
    }

    fn look(&self, prose: &str, at: usize, length: usize, c: char, hits: &mut Vec<Hit>) {
        let first = fold(c);
        let (second, after) = next_char(prose, at + length).map_or(('\0', prose.len()), |(c, end)| (fold(c), end));
        let third = if second == '\0' { '\0' } else { next_char(prose, after).map_or('\0', |(c, _)| fold(c)) };
        let from = hits.len();
        let mut ahead: Option<[char; AHEAD]> = None;
        let keys = [[first, second, third], [first, second, '\0'], [first, '\0', '\0']];
        for (place, key) in keys.into_iter().enumerate() {
            let hash = key_hash(key);
            if self.filter[hash / 64] & (1 << (hash % 64)) == 0 || keys[..place].contains(&key) {
                continue;
            }
            let bucket = self.starts[hash] as usize..self.starts[hash + 1] as usize;
            let ahead = ahead.get_or_insert_with(|| look_ahead(prose, at));
            for &literal in &self.bucket[bucket] {
                let wanted = self.folded_of(literal as usize);
                let length = wanted.len().min(AHEAD);
                if wanted[..length] != ahead[..length] {
                    continue;
                }
                if let Some(end) = self.matches(literal, prose, at) {
                    hits.push(Hit { stretch: Stretch::new(at as u32, end as u32), literal });
                }
            }
        }
        if hits.len() > from + 1 {
            hits[from..].sort_unstable_by_key(|hit| (std::cmp::Reverse(hit.stretch.end), hit.literal));
        }
    }

    /// The folded characters of a literal.
    fn folded_of(&self, index: usize) -> &[char] {
        let from = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        &self.folded[from..self.ends[index] as usize]
    }

    /// The end of the literal in `prose`, if it stands at `at`.
    fn matches(&self, literal: u32, prose: &str, at: usize) -> Option<usize> {
        let index = literal as usize;
        let wanted = self.folded_of(index);
        let mut end = at;
        let mut last = Class::Other;
        for &wanted in wanted {
            let (c, next) = next_char(prose, end)?;
            if fold(c) != wanted {
                return None;
            }
            last = class(c);
            end = next;
        }
        let literal = &self.literals[index];
        let follows = next_char(prose, end).map_or(Class::Other, |(c, _)| class(c));
        if last == Class::Word && follows == Class::Word && !literal.open_ended {
            return None;
        }
        if literal.exact && prose.get(at..end) != Some(literal.text.as_str()) {
            return None;
        }
        Some(if literal.open_ended { word_end(prose, end) } else { end })
    }

    /// Whether a hit belongs to a set of cues.
    pub fn owner(&self, hit: Hit) -> Owner {
        self.literals[hit.literal as usize].owner
    }
}

fn word_end(prose: &str, from: usize) -> usize {
    let mut end = from;
    while let Some((c, next)) = next_char(prose, end) {
        if class(c) != Class::Word {
            break;
        }
        end = next;
    }
    end
}

/// Characters folded once for all literals of a bucket; most differ from the text within them.
const AHEAD: usize = 10;

fn look_ahead(prose: &str, at: usize) -> [char; AHEAD] {
    let mut ahead = ['\0'; AHEAD];
    let mut from = at;
    for place in &mut ahead {
        let Some((c, next)) = next_char(prose, from) else { break };
        *place = fold(c);
        from = next;
    }
    ahead
}

/// Of 18 bits the filter takes 32 KB, and with twenty thousand literals one place in twenty passes it by chance.
const HASH_BITS: u32 = 18;

#[inline]
fn key_hash(key: [char; 3]) -> usize {
    let [first, second, third] = key.map(|c| c as u32);
    let mixed = first.wrapping_mul(0x9E37_79B1) ^ second.wrapping_mul(0x85EB_CA77) ^ third.wrapping_mul(0xC2B2_AE3D);
    (mixed >> (32 - HASH_BITS)) as usize
}

#[inline]
fn char_at(text: &str, at: usize) -> (char, usize) {
    let byte = text.as_bytes()[at];
    if byte < 0x80 {
        return (char::from(byte), 1);
    }
    let c = text[at..].chars().next().unwrap_or('\u{fffd}');
    (c, c.len_utf8())
}

/// The next character that counts, and where the one after it begins.
#[inline]
fn next_char(text: &str, mut at: usize) -> Option<(char, usize)> {
    while at < text.len() {
        let (c, length) = char_at(text, at);
        at += length;
        if class(c) != Class::Mark {
            return Some((c, at));
        }
    }
    None
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
