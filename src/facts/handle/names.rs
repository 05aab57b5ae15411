//! Names of messengers in the text, disguised or not.

mod begin;

use smallvec::SmallVec;

use super::Disguise;
use super::disguise::{Kind, Unit, seen, stands_for};
use crate::facts::bits::Bits;
use crate::knowledge::Promotion;
use crate::text::FnvMap;

/// Names and hosts of channels, ready to be looked for.
#[derive(Debug, Default)]
pub(in crate::facts) struct Names {
    keys: Vec<Key>,
    /// Keys by their first two letters.
    buckets: FnvMap<(char, char), Vec<u32>>,
    /// One bit per hash of two first letters: asked before the map, since most words begin no name.
    filter: Bits,
    /// The same for three letters; for a pair and [`ANY`], [`NONE`] or [`APART`] where more than one third letter may follow.
    thirds: Bits,
    /// The same for five letters, or for three or four and what stands for the rest.
    fifths: Bits,
    /// One bit per first letter, by its lowest bits.
    starts: Bits,
    /// The same for names of one letter and a sign.
    sign_starts: Bits,
    /// Names of one letter and a sign, to the letter: `V❤`, `+V`.
    signs: Vec<(Vec<char>, u16)>,
    /// Words that may stand between a name and an account, by their first letter.
    connectors: FnvMap<char, Vec<Vec<char>>>,
}

#[derive(Debug)]
struct Key {
    letters: Vec<char>,
    /// Whether the name itself has a gap after the letter.
    gaps: Vec<bool>,
    channel: u16,
    ambiguous: bool,
    open_ended: bool,
    /// In a script without spaces: anything may stand around it.
    dense: bool,
    host: bool,
}

/// A name found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub end: usize,
    pub channel: u16,
    pub ambiguous: bool,
    pub dense: bool,
    pub letters: usize,
    /// The host of a link with its dot disguised: `t点me`.
    pub host: bool,
    pub disguise: Option<Disguise>,
}

/// Letters from which on a name is sure enough to be recognised with digits for letters.
const LEET_FROM: usize = 5;

/// Letters from which on a name is still that name when it is cut into unequal pieces: `Tele gram`, `T ele-gram`.
const CUT_FROM: usize = 7;

const FILTER_BITS: usize = 1 << 16;

/// Three letters are told apart well: what passes by chance has its whole block read.
const THIRD_BITS: usize = 1 << 20;

const START_BITS: usize = 1 << 13;

#[inline]
fn pair_bit(first: char, second: char) -> usize {
    pair_of(first as u32, second as u32)
}

#[inline]
fn pair_of(first: u32, second: u32) -> usize {
    let mixed = first.wrapping_mul(0x9E37_79B1) ^ second.wrapping_mul(0x85EB_CA77);
    (mixed >> 16) as usize % FILTER_BITS
}

/// Letters after the first by which nearly all names are told.
const AHEAD: usize = 8;

/// The letters after the first, as many as there are; and whether each follows at once.
type Ahead = SmallVec<[(char, bool); AHEAD]>;

/// What stands for a letter where any may follow.
const ANY: char = '\0';

/// What stands for a letter where none may follow at once: the name is over, or the dot of a host comes next.
const NONE: char = '\u{1}';

/// What stands for the third letter where the second may not follow at once: the dot of a host is between.
const APART: char = '\u{2}';

#[inline]
fn third_bit(pair: usize, third: char) -> usize {
    third_of(pair, third as u32)
}

#[inline]
fn third_of(pair: usize, third: u32) -> usize {
    let mixed = (pair as u32).wrapping_mul(0x9E37_79B1) ^ third.wrapping_mul(0xC2B2_AE3D);
    (mixed >> 8) as usize % THIRD_BITS
}

#[inline]
fn fifth_of(three: usize, fourth: u32, fifth: u32) -> usize {
    third_of(third_of(three, fourth), fifth)
}

/// Separators between two letters of a name.
const WIDEST_GAP: usize = 3;

impl Names {
    pub fn new(promotion: &Promotion) -> Names {
        let mut names = Names::default();
        for (at, channel) in promotion.channels.iter().enumerate() {
            let mut seen: Vec<&str> = Vec::new();
            for name in channel.names.values().flatten() {
                if seen.contains(&name.as_str()) {
                    continue;
                }
                seen.push(name);
                let ambiguous = channel.ambiguous.contains(name);
                names.add(name, at as u16, ambiguous, false);
            }
            for host in &channel.hosts {
                names.add(host, at as u16, false, true);
            }
        }
        for word in &promotion.connectors {
            let letters: Vec<char> = seen(word).iter().map(|unit| unit.c).collect();
            if let Some(&first) = letters.first() {
                names.connectors.entry(first).or_default().push(letters);
            }
        }
        names.filter = Bits::new(FILTER_BITS);
        names.thirds = Bits::new(THIRD_BITS);
        names.fifths = Bits::new(THIRD_BITS);
        names.starts = Bits::new(START_BITS);
        for (&(first, second), keys) in &names.buckets {
            let pair = pair_bit(first, second);
            names.filter.put(pair);
            names.starts.put(first as usize % START_BITS);
            for key in keys.iter().map(|at| &names.keys[*at as usize]) {
                for third in key.thirds() {
                    let three = third_bit(pair, third);
                    names.thirds.put(three);
                    key.last_of_five(|fourth, fifth| names.fifths.put(fifth_of(three, fourth as u32, fifth as u32)));
                }
            }
        }
        names.sign_starts = Bits::new(START_BITS);
        for (sign, _) in &names.signs {
            names.sign_starts.put(sign[0] as usize % START_BITS);
        }
        for words in names.connectors.values_mut() {
            words.sort_by_key(|word| std::cmp::Reverse(word.len()));
            words.dedup();
        }
        names
    }

    fn add(&mut self, name: &str, channel: u16, ambiguous: bool, host: bool) {
        let (name, open_ended) = match name.strip_suffix('*') {
            Some(stem) => (stem, true),
            None => (name, false),
        };
        let mut key = Key { letters: Vec::new(), gaps: Vec::new(), channel, ambiguous, open_ended, dense: false, host };
        for unit in seen(name) {
            if unit.kind == Kind::Gap && !key.letters.is_empty() {
                if let Some(last) = key.gaps.last_mut() {
                    *last = true;
                }
            } else if unit.kind != Kind::Gap {
                key.letters.push(unit.c);
                key.gaps.push(false);
                key.dense |= unit.kind == Kind::Dense;
            }
        }
        let [first, second, ..] = key.letters[..] else {
            let exact: Vec<char> = seen(name).iter().map(|unit| unit.c).collect();
            if exact.len() > 1 && !host {
                self.signs.push((exact, channel));
            }
            return;
        };
        let index = self.keys.len() as u32;
        for one in key.spellings(first) {
            for two in key.spellings(second) {
                self.buckets.entry((one, two)).or_default().push(index);
            }
        }
        if host && key.gaps[0] {
            // The dot after the first letter may be a word.
            for word in DOT_WORDS {
                let initial = word.chars().next().unwrap_or('.');
                let bucket = self.buckets.entry((first, initial)).or_default();
                if bucket.last() != Some(&index) {
                    bucket.push(index);
                }
            }
        }
        self.keys.push(key);
    }

    /// The names that begin at unit `at`, longest first.
    pub(super) fn at(&self, units: &[Unit], at: usize, found: &mut Vec<Found>) {
        found.clear();
        self.signs_at(units, at, found);
        let first = units[at];
        if !self.may_begin_letters(units, at) {
            return;
        }
        let ahead = ahead(units[at + 1..].iter().map(|it| (it.c, it.kind)));
        let keys = self.keys_of(first.c, &ahead);
        for key in keys.filter(|key| key.may_go_on(&ahead)) {
            found.extend(key.read(units, at));
        }
        found.sort_by_key(|it| (std::cmp::Reverse(it.end), it.ambiguous, it.channel));
    }

    /// The names of several letters that begin with two.
    fn keys_of(&self, first: char, ahead: &Ahead) -> impl Iterator<Item = &Key> {
        let found = ahead.first().and_then(|(second, _)| self.buckets.get(&(first, *second)));
        found.into_iter().flatten().map(|at| &self.keys[*at as usize])
    }

    /// The names of one letter and a sign that begin at unit `at`.
    fn signs_at(&self, units: &[Unit], at: usize, found: &mut Vec<Found>) {
        let first = units[at];
        let joined = at > 0 && units[at - 1].kind == Kind::Word && first.kind == Kind::Word;
        let begins = self.sign_starts.has(first.c as usize % START_BITS);
        let signs = if begins { &self.signs[..] } else { &[][..] };
        for (sign, channel) in signs.iter().filter(|(sign, _)| sign[0] == first.c && !joined) {
            let end = at + sign.len();
            let same = units.get(at..end).is_some_and(|there| there.iter().zip(sign).all(|(unit, &c)| unit.c == c));
            let glued = units[end - 1..].first().is_some_and(|it| it.kind == Kind::Word)
                && units.get(end).is_some_and(|it| it.kind == Kind::Word);
            if same && !glued {
                let (channel, letters) = (*channel, sign.len());
                let disguise = Some(Disguise::Spaced).filter(|_| sign.contains(&'❤'));
                found.push(Found { end, channel, ambiguous: true, dense: true, letters, host: false, disguise });
            }
        }
    }

    /// The same as [`Names::at`], by every name there is.
    #[cfg(test)]
    pub(super) fn at_by_all(&self, units: &[Unit], at: usize) -> Vec<Found> {
        let mut found = Vec::new();
        self.signs_at(units, at, &mut found);
        let keys = self.keys.iter().filter(|_| is_open(units, at));
        found.extend(keys.filter_map(|key| key.read(units, at)));
        found.sort_by_key(|it| (std::cmp::Reverse(it.end), it.ambiguous, it.channel));
        found
    }

    /// Where a connecting word that begins at `at` ends.
    pub(super) fn connector(&self, units: &[Unit], at: usize) -> Option<usize> {
        let words = self.connectors.get(&units.get(at)?.c)?;
        words.iter().find_map(|word| {
            let end = at + word.len();
            let there = units.get(at..end)?;
            let same = there.iter().zip(word).all(|(unit, &letter)| unit.c == letter);
            let ends = there.last()?.kind == Kind::Dense || units.get(end).is_none_or(|it| it.kind != Kind::Word);
            (same && ends).then_some(end)
        })
    }
}

/// The letters that follow.
fn ahead(following: impl Iterator<Item = (char, Kind)>) -> Ahead {
    let mut at_once = true;
    let mut found = Ahead::new();
    for (c, kind) in following {
        if is_letter(c, kind) {
            found.push((c, at_once));
        }
        at_once = is_letter(c, kind);
        if found.len() == AHEAD {
            break;
        }
    }
    found
}

/// Whether a letter follows at once and is one of Latin: no name ends before it, and no dot is there.
#[inline]
fn joined((c, at_once): (char, bool)) -> bool {
    at_once && c.is_ascii_alphabetic()
}

/// Whether a name of several letters may begin at a unit at all.
fn is_open(units: &[Unit], at: usize) -> bool {
    let joined = at > 0 && units[at - 1].kind == Kind::Word;
    is_letter(units[at].c, units[at].kind) && !(joined && units[at].kind != Kind::Dense)
}

/// A letter, or a sign that may stand for one.
fn is_letter(c: char, kind: Kind) -> bool {
    matches!(kind, Kind::Word | Kind::Dense) || is_letter_sign(c)
}

/// A sign that may stand for a letter, or part two of them.
fn is_letter_sign(c: char) -> bool {
    matches!(c, '@' | '$' | '!' | '|')
}

impl Key {
    /// What may be written for one of its letters.
    fn spellings(&self, letter: char) -> impl Iterator<Item = char> + use<> {
        let signs = ['0', '1', '3', '4', '5', '6', '7', '8', '9', '@', '$', '!', '|'];
        let leet = self.letters.len() >= LEET_FROM && !self.dense;
        let others = signs.into_iter().filter(move |&sign| leet && stands_for(sign, letter));
        std::iter::once(letter).chain(others)
    }

    /// The third letters by which the name is told, or what stands for them.
    fn thirds(&self) -> Vec<char> {
        let dotted = |at: usize| self.host && self.gaps[at];
        match self.letters.get(2) {
            // The second letter may be that of a dot in words.
            _ if dotted(0) => vec![APART],
            _ if dotted(1) => vec![NONE],
            Some(&third) => self.spellings(third).collect(),
            None => vec![self.end()],
        }
    }

    /// What stands for the letter behind its last one.
    fn end(&self) -> char {
        if self.dense || self.open_ended { ANY } else { NONE }
    }

    /// Calls `each` with the fourth and fifth letters by which the name is told, or with what stands for them.
    fn last_of_five(&self, mut each: impl FnMut(char, char)) {
        let dotted = |at: usize| self.host && self.gaps.get(at).is_some_and(|it| *it);
        if dotted(0) || dotted(1) {
            // Two letters tell it.
            return;
        }
        match self.letters.get(3..).unwrap_or_default() {
            _ if dotted(2) => each(NONE, NONE),
            [] => each(self.end(), self.end()),
            &[fourth, ..] if dotted(3) => self.spellings(fourth).for_each(|fourth| each(fourth, NONE)),
            &[fourth] => self.spellings(fourth).for_each(|fourth| each(fourth, self.end())),
            &[fourth, fifth, ..] => {
                for fourth in self.spellings(fourth) {
                    self.spellings(fifth).for_each(|fifth| each(fourth, fifth));
                }
            }
        }
    }

    /// Whether the name can be one whose letters after the first are written so; behind a sign anything may follow, for it may be
    /// a letter or a gap.
    fn may_go_on(&self, ahead: &Ahead) -> bool {
        let told = ahead.iter().skip(1).position(|(c, _)| is_letter_sign(*c)).map_or(ahead.len(), |at| at + 1);
        // A dot may be written in words between the letters of a host.
        let dot = self.gaps.iter().position(|it| *it).filter(|_| self.host);
        let known = dot.map_or(self.letters.len(), |at| at + 1) - 1;
        let same =
            self.letters[1..=known].iter().zip(&ahead[..told]).all(|(&it, &(c, _))| c == it || stands_for(c, it));
        let ends = dot.is_some() || !self.dense && !self.open_ended;
        same && !(ends && ahead[..told].get(known).is_some_and(|it| joined(*it)))
    }

    fn read(&self, units: &[Unit], at: usize) -> Option<Found> {
        let leet_allowed = self.letters.len() >= LEET_FROM && !self.dense;
        let mut place = at;
        let (mut leet, mut lookalike) = (0, false);
        let mut shape = Shape::default();
        for (index, &letter) in self.letters.iter().enumerate() {
            let unit = units.get(place)?;
            if unit.c == letter {
                lookalike |= unit.lookalike && letter.is_ascii();
            } else if leet_allowed && stands_for(unit.c, letter) {
                leet += 1;
            } else {
                return None;
            }
            shape.dot |= self.host && unit.end - unit.at > 1;
            place += 1;
            if index + 1 == self.letters.len() {
                break;
            }
            let wanted = self.letters[index + 1];
            let dot = self.host && self.gaps[index];
            let from = place;
            if dot {
                place = self::dot(units, place)?;
                shape.dot |= place != from + 1 || units[from].c != '.';
                continue;
            }
            while place < units.len() && place - from <= WIDEST_GAP && units[place].kind == Kind::Gap {
                // `wh@tsapp`: the sign is a letter here.
                if leet_allowed && stands_for(units[place].c, wanted) {
                    break;
                }
                place += 1;
            }
            shape.add(&units[from..place], self.gaps[index]);
        }
        if self.open_ended {
            while units
                .get(place)
                .is_some_and(|it| it.kind == Kind::Word || it.kind == Kind::Dense && self.dense && is_hangul(it.c))
            {
                place += 1;
            }
        }
        let after = units.get(place);
        let digits_follow = after.is_some_and(|it| it.c.is_ascii_digit());
        let glued = !self.dense && after.is_some_and(|it| it.kind == Kind::Word) && !digits_follow;
        if glued || leet * 2 > self.letters.len() {
            return None;
        }
        let spaced = shape.verdict(self.dense, self.letters.len())?;
        let invisible = units[at..place].windows(2).any(|pair| pair[0].end < pair[1].at);
        let disguise = match () {
            () if shape.dot => Some(Disguise::Words),
            () if invisible => Some(Disguise::Invisible),
            () if lookalike => Some(Disguise::Lookalike),
            () if leet > 0 => Some(Disguise::Leet),
            () if spaced => Some(Disguise::Spaced),
            () => None,
        };
        Some(Found {
            end: place,
            channel: self.channel,
            ambiguous: self.ambiguous,
            dense: self.dense,
            letters: self.letters.len(),
            host: self.host,
            disguise,
        })
    }
}

fn is_hangul(c: char) -> bool {
    matches!(c as u32, 0xAC00..=0xD7AF)
}

/// The gaps between the letters of a name as found.
#[derive(Default)]
struct Shape {
    letters: usize,
    closed: usize,
    separator: Option<char>,
    uneven: bool,
    /// A sign stands in a gap that ends a word for every reader.
    ended: bool,
    widest: usize,
    /// The dot of a host was written in words or signs.
    dot: bool,
}

impl Shape {
    fn add(&mut self, gap: &[Unit], natural: bool) {
        self.widest = self.widest.max(gap.len());
        if natural {
            return;
        }
        self.letters += 1;
        let Some(separator) = gap.first().map(|it| it.c) else {
            self.closed += 1;
            return;
        };
        self.uneven |= self.separator.is_some_and(|known| known != separator);
        self.ended |=
            gap.iter().any(|it| matches!(it.c, ',' | '\n' | ':' | ';' | '(' | ')' | '&' | '+' | '=' | '!' | '?'));
        self.separator = Some(separator);
    }

    /// Whether the letters stand apart; `None` when the gaps are not those of a name.
    fn verdict(&self, dense: bool, letters: usize) -> Option<bool> {
        if self.closed == self.letters {
            return Some(false);
        }
        if dense {
            // 薇❤信, 微 - 信: but not across a comma or a line.
            let through = !matches!(
                self.separator,
                Some(',' | '，' | '。' | '、' | '\n' | ';' | '；' | ':' | '：' | '/' | '(' | '（' | ')' | '）')
            );
            return (through && self.widest <= WIDEST_GAP).then_some(true);
        }
        // `T e l e g r a m`, `V.X`: every letter apart, all by the same sign; a long name also in pieces.
        let even = self.closed == 0 && !self.uneven;
        let long_enough = letters > 2 || self.separator != Some('/');
        ((even && long_enough || letters >= CUT_FROM) && !self.ended && self.widest <= 2).then_some(true)
    }
}

/// A dot in words.
const DOT_WORDS: [&str; 9] = ["dot", "点", "點", "punto", "ponto", "point", "punkt", "nokta", "ドット"];

/// Where the dot that begins at `at` ends, however it is written: `.`, `[.]`, `(dot)`, ` dot `, 点.
pub(super) fn dot(units: &[Unit], at: usize) -> Option<usize> {
    let mut place = at;
    let mut opened = false;
    for _ in 0..2 {
        match units.get(place)?.c {
            ' ' => place += 1,
            '[' | '(' | '{' | '（' | '【' | '<' => {
                opened = true;
                place += 1;
            }
            _ => break,
        }
    }
    let spaced = place > at;
    let unit = units.get(place)?;
    if matches!(unit.c, '.' | '。' | '․' | '‧' | '·' | '•' | '・' | '｡' | '●') {
        place += 1;
    } else {
        let word = DOT_WORDS.iter().find(|word| {
            let mut letters = word.chars();
            let mut here = place;
            letters.all(|letter| {
                here += 1;
                units.get(here - 1).is_some_and(|it| it.c == letter)
            })
        })?;
        if word.is_ascii() && !spaced && !opened {
            return None;
        }
        place += word.chars().count();
    }
    for _ in 0..2 {
        match units.get(place).map(|it| it.c) {
            Some(' ') if spaced => place += 1,
            Some(']' | ')' | '}' | '）' | '】' | '>') if opened => place += 1,
            _ => break,
        }
    }
    Some(place)
}
