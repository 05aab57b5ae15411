//! The literals that count in one language, by a hash of their beginnings: two flat arrays that are built in one pass.
//!
//! A literal is hashed by its first eight folded characters, or its first five, three, two, one: by as many of these as it has.

use super::believed::Believed;
use super::bits::Bits;
use super::handle::Names;
use super::letters::Letter;
use std::sync::Arc;

use crate::knowledge::{Literal, LiteralId, Owner, Shelf};

/// A literal in its bucket, with all that is asked of it before its letters are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// Its beginning, hashed.
    pub mixed: u32,
    pub literal: LiteralId,
    /// Who asked for it: here, since it is asked for at every hit.
    pub owner: Owner,
    /// Where its folded characters begin.
    from: u32,
    length: u32,
    /// Where the last hashed character stands.
    pub level: u8,
    pub open_ended: bool,
    pub exact: bool,
    /// The entry before has the same letters, and is compared in the same way.
    pub repeats: bool,
}

/// The literals that count in guides of one language.
#[derive(Debug)]
pub(super) struct Table {
    /// The folded characters of all literals, one after another.
    folded: Vec<u32>,
    /// What may begin with a character, by its lowest bits.
    pub first: Firsts,
    /// One bit per hash of a beginning: whether any literal has it or goes on after it. Small enough to stay in the cache.
    pub filter: Bits,
    /// One bit per hash of a beginning: whether any literal has its place in the table by it.
    pub placed: Bits,
    /// Literals by hash: those of hash `h` are `entries[starts[h]..starts[h + 1]]`.
    starts: Vec<u32>,
    entries: Vec<Entry>,
}

impl Table {
    pub fn new(shelves: &[Arc<Shelf>], channels: &Names, believed: &Believed) -> Table {
        let mut table = Table {
            folded: Vec::new(),
            first: Firsts::default(),
            filter: Bits::new(1 << HASH_BITS),
            placed: Bits::new(1 << HASH_BITS),
            starts: vec![0; (1 << BUCKET_BITS) + 1],
            entries: Vec::new(),
        };
        for c in channels.first_letters() {
            table.first.put(c as u32, Firsts::CONTACT);
        }
        let mut entries = Vec::new();
        for (number, shelf) in shelves.iter().enumerate().filter(|(_, it)| believed.counts(it)) {
            for (place, literal) in shelf.literals.iter().enumerate() {
                let entry = table.put(literal, LiteralId::new(number, place), shelf.literals.folded(place));
                table.starts[bucket_of(key_hash(entry.mixed)) + 1] += 1;
                entries.push(entry);
            }
        }
        for hash in 0..1 << BUCKET_BITS {
            table.starts[hash + 1] += table.starts[hash];
        }
        let mut next = table.starts.clone();
        table.entries.clone_from(&entries);
        for entry in entries {
            let place = &mut next[bucket_of(key_hash(entry.mixed))];
            table.entries[*place as usize] = entry;
            *place += 1;
        }
        table.find_repeats(shelves);
        table
    }

    /// Takes the letters of a literal in, and leaves its beginnings in the filter.
    fn put(&mut self, literal: &Literal, at: LiteralId, letters: &str) -> Entry {
        let from = self.folded.len();
        self.folded.extend(letters.chars().map(u32::from));
        let letters = &self.folded[from..];
        let mut entry = Entry {
            literal: at,
            from: from as u32,
            length: letters.len() as u32,
            open_ended: literal.open_ended,
            exact: literal.exact,
            owner: literal.owner,
            mixed: 0,
            level: 0,
            repeats: false,
        };
        self.first.put(letters.first().copied().unwrap_or(0), Firsts::LITERAL);
        let mut mixed = 0;
        for (place, letter) in letters.iter().enumerate().take(DEEPEST) {
            mixed = mix(mixed, *letter);
            if LEVELS & (1 << place) != 0 {
                (entry.mixed, entry.level) = (mixed, place as u8);
                self.filter.put(key_hash(mixed));
            }
        }
        self.placed.put(key_hash(entry.mixed));
        entry
    }

    /// Puts the literals of a hash that are written alike side by side: one word has a meaning in many languages.
    fn find_repeats(&mut self, shelves: &[Arc<Shelf>]) {
        let mut entries = std::mem::take(&mut self.entries);
        let key = |it: &Entry| {
            // What must be spelt so is compared as it is spelt.
            let spelling = if it.exact { it.literal.of(shelves).text.as_str() } else { "" };
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

    /// Whether any literal may begin at letter `at`, by its first three letters; false for most places of a text.
    #[inline]
    pub fn may_begin(&self, letters: &[Letter], at: usize) -> bool {
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

    /// The literals of a hash, and those that share its bucket by chance.
    #[inline]
    pub fn entries_of(&self, hash: usize) -> &[Entry] {
        let all = bucket_of(hash);
        &self.entries[self.starts[all] as usize..self.starts[all + 1] as usize]
    }

    /// The folded characters of a literal.
    pub fn folded_of(&self, entry: &Entry) -> &[u32] {
        &self.folded[entry.from as usize..][..entry.length as usize]
    }
}

/// What may begin with a character: two bits each, so that one look answers for all that is looked for.
#[derive(Debug)]
pub(super) struct Firsts(Vec<u8>);

impl Firsts {
    /// A literal.
    pub const LITERAL: u8 = 1;
    /// The way to a seller.
    pub const CONTACT: u8 = 2;
    /// Characters told apart: enough for the scripts of the world but for the rarest ideographs.
    const COUNT: usize = 1 << 16;

    fn put(&mut self, folded: u32, what: u8) {
        let at = folded as usize % Firsts::COUNT;
        self.0[at / 4] |= what << (at % 4 * 2);
    }

    #[inline]
    pub fn of(&self, folded: u32) -> u8 {
        let at = folded as usize % Firsts::COUNT;
        self.0[at / 4] >> (at % 4 * 2)
    }
}

impl Default for Firsts {
    fn default() -> Firsts {
        Firsts(vec![0; Firsts::COUNT / 4])
    }
}

/// The characters after which a beginning is hashed, one bit each: the first, second, third, fifth and eighth.
pub(super) const LEVELS: u32 = 0b1001_0111;
/// As many characters are hashed at most.
pub(super) const DEEPEST: usize = 8;

/// Of 18 bits the filter takes 32 KB, and with twenty thousand literals one place in seven passes it by chance.
const HASH_BITS: u32 = 18;

/// The buckets are fewer, so that they stay in the cache: hardly any place comes to them that finds nothing.
const BUCKET_BITS: u32 = 16;

#[inline]
fn bucket_of(hash: usize) -> usize {
    hash >> (HASH_BITS - BUCKET_BITS)
}

#[inline]
pub(super) fn mix(hash: u32, letter: u32) -> u32 {
    (hash.rotate_left(5) ^ letter).wrapping_mul(0x9E37_79B1)
}

#[inline]
pub(super) fn key_hash(mixed: u32) -> usize {
    (mixed >> (32 - HASH_BITS)) as usize
}
