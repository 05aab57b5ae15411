//! Whether a contact may begin at a place, told by a few letters and before anything is read: false for nearly every place of a text.

use super::{
    AHEAD, ANY, APART, NONE, Names, START_BITS, WIDEST_GAP, ahead, fifth_of, is_letter, is_letter_sign, is_open,
    joined, pair_bit, pair_of, third_bit, third_of,
};
use crate::facts::handle::account::{AT_SIGNS, begins_at_sign};
use crate::facts::handle::disguise::{Kind, Unit, drawn_letters, is_filler, lookalikes};
use crate::facts::letters::Letter;
use crate::guide::Prose;

/// As many letters are looked at for those that can be seen.
const REACH: usize = 64;

impl Names {
    /// Whether a name may begin at unit `at`, by its first five letters; false for nearly every place of a text.
    #[inline]
    pub(in crate::facts::handle) fn may_begin(&self, units: &[Unit], at: usize) -> bool {
        let first = units[at];
        let joined = at > 0 && units[at - 1].kind == Kind::Word;
        let bit = first.c as usize % START_BITS;
        if self.sign_starts.has(bit) && !(joined && first.kind == Kind::Word) {
            return true;
        }
        self.may_begin_letters(units, at)
    }

    /// The same of names of several letters.
    #[inline]
    pub(super) fn may_begin_letters(&self, units: &[Unit], at: usize) -> bool {
        let first = units[at].c;
        let ahead = || units[at + 1..].iter().map(|it| (it.c, it.kind));
        is_open(units, at) && self.starts.has(first as usize % START_BITS) && self.goes_on(first, ahead())
    }

    /// Whether the four letters that follow the first are those of a name.
    fn goes_on(&self, first: char, ahead: impl Iterator<Item = (char, Kind)>) -> bool {
        let mut ahead = ahead.map(|(c, kind)| (c, is_letter(c, kind)));
        // The next letter, and whether it follows at once.
        let mut next = |within: usize| {
            let mut near = ahead.by_ref().take(within).enumerate();
            near.find(|(_, (_, letter))| *letter).map(|(skipped, (c, _))| (c, skipped == 0))
        };
        let Some(second) = next(WIDEST_GAP + 1) else { return false };
        let pair = pair_bit(first, second.0);
        if !self.filter.has(pair) {
            return false;
        }
        let third = next(WIDEST_GAP + 2);
        if self.is_over(pair, joined(second), third.is_some_and(joined)) {
            return true;
        }
        let three = third.map(|(c, _)| third_bit(pair, c)).filter(|it| self.thirds.has(*it));
        three.is_some_and(|three| self.has_five(three, next(WIDEST_GAP + 2), next(WIDEST_GAP + 2)))
    }

    /// Whether two letters are enough for a name that can be there; and whether a Latin letter follows at once on the first and on the
    /// second.
    #[inline]
    fn is_over(&self, pair: usize, second: bool, third: bool) -> bool {
        let told_by = |rest: char| self.thirds.has(third_bit(pair, rest));
        told_by(ANY) || !third && told_by(NONE) || !second && told_by(APART)
    }

    /// Whether a name may go on with a fourth and a fifth letter, each with whether it follows at once.
    #[inline]
    fn has_five(&self, three: usize, fourth: Option<(char, bool)>, fifth: Option<(char, bool)>) -> bool {
        let told_by = |fourth: char, fifth: char| self.fifths.has(fifth_of(three, fourth as u32, fifth as u32));
        // Behind a sign anything may follow, for it may be a letter or a gap.
        let is_sign = |it: Option<(char, bool)>| it.is_some_and(|(c, _)| is_letter_sign(c));
        if is_sign(fourth) || fourth.is_some() && is_sign(fifth) {
            return true;
        }
        if told_by(ANY, ANY) || !fourth.is_some_and(joined) && told_by(NONE, NONE) {
            return true;
        }
        let Some((fourth, _)) = fourth else { return false };
        told_by(fourth, ANY)
            || !fifth.is_some_and(joined) && told_by(fourth, NONE)
            || fifth.is_some_and(|(fifth, _)| told_by(fourth, fifth))
    }

    /// The characters, folded, with which a contact may begin: a name, or an "at".
    pub(in crate::facts) fn first_letters(&self) -> impl Iterator<Item = char> {
        let starts = self.buckets.keys().map(|(first, _)| *first);
        let plain = starts.chain(self.signs.iter().map(|(sign, _)| sign[0])).chain(AT_SIGNS);
        let drawn_like = lookalikes().filter(|(_, c)| self.may_start(*c)).map(|(c, _)| c);
        plain.chain(drawn_like)
    }

    fn may_start(&self, c: char) -> bool {
        let bit = c as usize % START_BITS;
        self.starts.has(bit) || self.sign_starts.has(bit)
    }

    /// Whether a contact may begin at letter `at`, which begins a word or is none; where `letters` end, it may.
    #[inline]
    pub(in crate::facts) fn may_begin_contact(&self, letters: &[Letter], at: usize) -> bool {
        // Most are told by two to five characters that are what they seem.
        let [first, second, third, rest @ ..] = &letters[at..] else { return true };
        let plain = |it: &Letter| it.folded() < 0x80 || (0x4E00..0xA000).contains(&it.folded());
        // A low line may part the letters of a name, as a space does.
        let is_seen = |it: &Letter| plain(it) && it.is_letter() && it.folded() != '_' as u32;
        let seen = [first, second, third].map(|it| it.folded());
        if !plain(first) || !plain(second) || !plain(third) {
            return self.may_begin_drawn(letters, at);
        }
        let next = match is_seen(second) {
            true => seen[1],
            // A gap: the next letter is the one behind it.
            false if is_seen(third) && !char::from_u32(seen[1]).is_some_and(is_letter_sign) => seen[2],
            false => return self.may_begin_drawn(letters, at),
        };
        if !self.filter.has(pair_of(seen[0], next)) {
            return self.is_sign(seen);
        }
        if !is_seen(second) {
            return self.may_begin_drawn(letters, at);
        }
        match rest {
            [fourth, fifth, ..] if [third, fourth, fifth].into_iter().all(is_seen) => {
                self.may_begin_with(seen, Some([fourth, fifth].map(|it| it.folded()))) && self.may_be_named(letters, at)
            }
            _ if is_seen(third) && !self.may_begin_with(seen, None) => false,
            _ => self.may_begin_drawn(letters, at),
        }
    }

    /// Whether a name may begin at letter `at`, which is what it seems, by as many letters as are kept of what follows.
    fn may_be_named(&self, letters: &[Letter], at: usize) -> bool {
        let Some(first) = char::from_u32(letters[at].folded()) else { return true };
        let ahead = ahead(drawn_letters(&letters[at + 1..letters.len().min(at + REACH)]));
        // Too few of them, and nobody can tell; what is a sign is no name of letters.
        ahead.len() < AHEAD
            || self.is_sign([first, ahead[0].0, ahead[1].0].map(u32::from))
            || self.keys_of(first, &ahead).any(|key| key.may_go_on(&ahead))
    }

    /// Whether a contact may begin with three folded characters that are what they seem, the last two of them letters, and
    /// with two letters `more` where they are known.
    #[inline]
    pub(in crate::facts::handle) fn may_begin_with(
        &self,
        [first, second, third]: [u32; 3],
        more: Option<[u32; 2]>,
    ) -> bool {
        let pair = pair_of(first, second);
        let three = third_of(pair, third);
        let at_once = |c: u32| Some((char::from_u32(c)?, true));
        let five = |[fourth, fifth]: [u32; 2]| self.has_five(three, at_once(fourth), at_once(fifth));
        let is_latin = |c: u32| at_once(c).is_some_and(joined);
        let named =
            || self.is_over(pair, is_latin(second), is_latin(third)) || self.thirds.has(three) && more.is_none_or(five);
        self.filter.has(pair) && named() || self.is_sign([first, second, third])
    }

    /// Whether an "at" or a name of one letter and a sign may begin with three characters.
    fn is_sign(&self, [first, second, third]: [u32; 3]) -> bool {
        let is_name = |sign: &[char]| sign[0] as u32 == first && sign[1] as u32 == second;
        let is_at = || begins_at_sign([first, second, third].into_iter().filter_map(char::from_u32));
        self.sign_starts.has(first as usize % START_BITS) && self.signs.iter().any(|(sign, _)| is_name(sign)) || is_at()
    }

    #[inline(never)]
    fn may_begin_drawn(&self, letters: &[Letter], at: usize) -> bool {
        const FAR: usize = 4 * (WIDEST_GAP + 2);
        let cut_off = letters.len() - at <= FAR && letters.last().is_some_and(|it| it.folded() != Prose::BREAK as u32);
        let near = &letters[at..letters.len().min(at + REACH)];
        // Behind so much that cannot be seen anything may follow.
        let shows = |it: &&Letter| char::from_u32(it.folded()).is_some_and(|c| !is_filler(c));
        let hidden = || near.len() == REACH && near.iter().filter(shows).nth(FAR - 1).is_none();
        let seen = || drawn_letters(near).map(|it| it.0);
        let mut drawn = drawn_letters(near);
        let Some((first, _)) = drawn.next() else { return hidden() };
        let bit = first as usize % START_BITS;
        let is_there = |sign: &[char]| sign.iter().copied().eq(seen().take(sign.len()));
        cut_off
            || self.starts.has(bit) && self.goes_on(first, drawn)
            || self.sign_starts.has(bit) && self.signs.iter().any(|(sign, _)| is_there(sign))
            || begins_at_sign(seen())
            || hidden()
    }
}
