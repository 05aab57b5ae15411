//! The one search over the prose: every literal of every owner, in any script, in one pass.
//!
//! A literal is hashed by its first eight folded characters, or its first five, three, two, one: by as many of these as it
//! has. The scan takes one character after another into a hash at each place where a word can begin, stops where no literal
//! begins so, and compares only on a hit; so twenty thousand names cost what two thousand cost. The table is two flat arrays
//! that are built in one pass.

use super::believed::Believed;
use super::bits::Bits;
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

/// A literal in its bucket, with all that is asked of it before its letters are.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    /// Its beginning, hashed.
    mixed: u32,
    literal: u32,
    /// Where its folded characters begin.
    from: u32,
    length: u32,
    /// Where the last hashed character stands.
    level: u8,
    open_ended: bool,
    exact: bool,
    /// The entry before has the same letters, and is compared in the same way.
    repeats: bool,
    language: u8,
    /// In which languages it counts, as bits of [`Believed`].
    counts: u8,
}

/// A lexicon made ready to be searched for.
#[derive(Debug)]
pub struct Scanner {
    literals: Vec<Literal>,
    /// The folded characters of all literals, one after another.
    folded: Vec<u32>,
    /// One bit per first character, by its lowest bits.
    first: Bits,
    /// One bit per hash of a beginning: whether any literal has it or goes on after it. Small enough to stay in the cache.
    filter: Bits,
    /// One bit per hash of a beginning: whether any literal has its place in the table by it.
    placed: Bits,
    /// Literals by hash: those of hash `h` are `entries[starts[h]..starts[h + 1]]`.
    starts: Vec<u32>,
    entries: Vec<Entry>,
    channels: Names,
}

impl Scanner {
    /// For the literals of `lexicon` and `extra` ones that rules asked for.
    pub fn new(lexicon: &Lexicon, extra: Vec<Literal>) -> Scanner {
        let literals: Vec<Literal> = lexicon.literals.iter().cloned().chain(extra).collect();
        let mut scanner = Scanner {
            folded: Vec::with_capacity(literals.len() * 12),
            first: Bits::new(FIRST_BITS),
            filter: Bits::new(1 << HASH_BITS),
            placed: Bits::new(1 << HASH_BITS),
            starts: vec![0; (1 << BUCKET_BITS) + 1],
            entries: vec![Entry::default(); literals.len()],
            literals: Vec::new(),
            channels: Names::default(),
        };
        let mut read = Vec::new();
        let mut entries = Vec::with_capacity(literals.len());
        for (at, literal) in literals.iter().enumerate() {
            letters::read(&literal.text, 0, literal.text.len(), &mut read);
            let entry = scanner.put(literal, at as u32, &read);
            scanner.starts[bucket_of(key_hash(entry.mixed)) + 1] += 1;
            entries.push(entry);
        }
        for hash in 0..1 << BUCKET_BITS {
            scanner.starts[hash + 1] += scanner.starts[hash];
        }
        let mut next = scanner.starts.clone();
        for entry in entries {
            let place = &mut next[bucket_of(key_hash(entry.mixed))];
            scanner.entries[*place as usize] = entry;
            *place += 1;
        }
        scanner.literals = literals;
        scanner.find_repeats();
        scanner
    }

    /// Takes the letters of a literal in, and leaves its beginnings in the filter.
    fn put(&mut self, literal: &Literal, at: u32, letters: &[Letter]) -> Entry {
        let from = self.folded.len() as u32;
        self.folded.extend(letters.iter().map(|it| it.folded()));
        let mut entry = Entry {
            literal: at,
            from,
            length: letters.len() as u32,
            open_ended: literal.open_ended,
            exact: literal.exact,
            language: literal.language,
            counts: Believed::needed_for(literal.owner),
            ..Entry::default()
        };
        let first = letters.first().map_or(0, |it| it.folded()) as usize % FIRST_BITS;
        self.first.put(first);
        let mut mixed = 0;
        for (place, letter) in letters.iter().enumerate().take(DEEPEST) {
            mixed = mix(mixed, letter.folded());
            if LEVELS & (1 << place) != 0 {
                (entry.mixed, entry.level) = (mixed, place as u8);
                self.filter.put(key_hash(mixed));
            }
        }
        self.placed.put(key_hash(entry.mixed));
        entry
    }

    /// Puts the literals of a hash that are written alike side by side: one word has a meaning in many languages.
    fn find_repeats(&mut self) {
        let mut entries = std::mem::take(&mut self.entries);
        let key = |it: &Entry| {
            // What must be spelt so is compared as it is spelt.
            let spelling = if it.exact { self.literals[it.literal as usize].text.as_str() } else { "" };
            (it.mixed, it.level, self.folded_of(it), it.open_ended, it.exact, spelling)
        };
        for range in self.starts.windows(2).map(|it| it[0] as usize..it[1] as usize).filter(|it| it.len() > 1) {
            entries[range.clone()].sort_by(|a, b| key(a).cmp(&key(b)));
            for at in range.skip(1) {
                entries[at].repeats = key(&entries[at - 1]) == key(&entries[at]);
            }
        }
        self.entries = entries;
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
        self.scan_for(prose, &Believed::everything())
    }

    /// The same, of the words that are to be believed.
    pub(super) fn scan_for(&self, prose: &str, believed: &Believed) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut letters = Vec::new();
        let mut from = 0;
        while from < prose.len() {
            let to = letters::chunk_end(prose, from);
            letters::read(prose, from, to, &mut letters);
            self.scan_chunk(prose, &letters, believed, &mut hits);
            from = to;
        }
        hits
    }

    fn scan_chunk(&self, prose: &str, letters: &[Letter], believed: &Believed, hits: &mut Vec<Hit>) {
        let mut in_word = false;
        for (at, letter) in letters.iter().enumerate() {
            let within = std::mem::replace(&mut in_word, letter.is_word());
            if (within && in_word) || letter.folded() <= ' ' as u32 || !self.begins(letter.folded()) {
                continue;
            }
            if self.may_begin(letters, at) {
                self.look(prose, letters, at, believed, hits);
            }
        }
    }

    /// Whether any literal begins with a character that shares its lowest bits.
    #[inline]
    fn begins(&self, folded: u32) -> bool {
        self.first.has(folded as usize % FIRST_BITS)
    }

    /// Whether any literal may begin at letter `at`, by its first three letters; false for most places of a text.
    #[inline]
    fn may_begin(&self, letters: &[Letter], at: usize) -> bool {
        let [first, rest @ ..] = &letters[at..] else { return false };
        let mixed = mix(0, first.folded());
        if self.placed.has(key_hash(mixed)) {
            return true;
        }
        let [second, rest @ ..] = rest else { return false };
        let mixed = mix(mixed, second.folded());
        let hash = key_hash(mixed);
        if !self.filter.has(hash) {
            return false;
        }
        self.placed.has(hash) || rest.first().is_some_and(|third| self.filter.has(key_hash(mix(mixed, third.folded()))))
    }

    fn look(&self, prose: &str, letters: &[Letter], at: usize, believed: &Believed, hits: &mut Vec<Hit>) {
        let from = hits.len();
        let mut mixed = 0;
        for (place, letter) in letters[at..].iter().take(DEEPEST).enumerate() {
            mixed = mix(mixed, letter.folded());
            if LEVELS & (1 << place) == 0 {
                continue;
            }
            let hash = key_hash(mixed);
            // Every literal that goes on has left its beginnings in the filter.
            if !self.filter.has(hash) {
                break;
            }
            if !self.placed.has(hash) {
                continue;
            }
            let mut end = None;
            let all = bucket_of(hash);
            for entry in &self.entries[self.starts[all] as usize..self.starts[all + 1] as usize] {
                if !entry.repeats {
                    // What shares the bucket by chance, or has its turn elsewhere, is told without a look at its letters.
                    let own = entry.mixed == mixed && usize::from(entry.level) == place;
                    end = if own { self.matches(entry, prose, letters, at) } else { None };
                }
                if let Some(end) = end
                    && believed.counts(entry.language, entry.counts)
                {
                    let stretch = Stretch::new(letters[at].at, end as u32);
                    hits.push(Hit { stretch, literal: entry.literal });
                }
            }
        }
        if hits.len() > from + 1 {
            hits[from..].sort_unstable_by_key(|hit| (std::cmp::Reverse(hit.stretch.end), hit.literal));
        }
    }

    /// The folded characters of a literal.
    fn folded_of(&self, entry: &Entry) -> &[u32] {
        &self.folded[entry.from as usize..][..entry.length as usize]
    }

    /// The end of the literal in `prose`, if it stands at letter `at`.
    fn matches(&self, entry: &Entry, prose: &str, letters: &[Letter], at: usize) -> Option<usize> {
        let wanted = self.folded_of(entry);
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
        let end = letters::end_of(prose, last.at as usize);
        if entry.exact {
            let literal = &self.literals[entry.literal as usize];
            return (prose.get(letters[at].at as usize..end) == Some(literal.text.as_str())).then_some(end);
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
