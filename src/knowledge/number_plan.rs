//! The numbering plans of the world, as automata over digits that are read where they lie: `rules/generated/number-plans.tsv`.
//!
//! `rules/generated/README.md` says how a row and an automaton are written.

use std::ops::Range;
use std::sync::OnceLock;

use super::embedded;

/// The numbering plan of one region, or of a calling code that belongs to none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberPlan {
    /// Country calling code, digits.
    pub calling_code: &'static str,
    /// ISO 3166-1 alpha-2, or `001`.
    pub region: &'static str,
    /// One bit per count of digits.
    lengths: u32,
    local_lengths: u32,
    /// What national numbers begin with where several regions share the calling code.
    pub leading_digits: Automaton,
    /// What is dialled before a national number.
    pub national_prefix: Automaton,
    /// What is dialled before a country calling code.
    pub international_prefix: Automaton,
    /// What kind of line a national significant number belongs to.
    pub lines: Automaton,
}

/// Reads digits, and says at each of them what it means to end there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Automaton(&'static str);

/// How many digits a number has, against those of its plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanLength {
    /// As numbers of the plan have.
    Right,
    /// As numbers have that are dialled without their area code.
    Local,
    /// Fewer than any has.
    TooShort,
    /// More than any has.
    TooLong,
    /// Between those of numbers that there are.
    Wrong,
}

impl NumberPlan {
    /// The plans that share a country calling code, the main one first; none where nobody has the code.
    pub fn of_code(code: &str) -> &'static [NumberPlan] {
        let index = index();
        let place = if code.starts_with('0') || code.len() > 3 { None } else { code.parse::<usize>().ok() };
        place.and_then(|it| index.by_code.get(it)).map_or(&[], |range| &index.plans[range.clone()])
    }

    /// The plan of a region.
    pub fn of_region(region: &str) -> Option<&'static NumberPlan> {
        let index = index();
        let at = *index.by_region.get(super::letters(region)?)?;
        index.plans.get(usize::from(at.checked_sub(1)?))
    }

    /// Every plan.
    pub fn all() -> &'static [NumberPlan] {
        &index().plans
    }

    /// How many digits the numbers of the plan have.
    pub fn lengths(&self) -> impl Iterator<Item = usize> + use<> {
        let lengths = self.lengths;
        (0..32).filter(move |it| lengths >> it & 1 == 1)
    }

    /// Whether numbers of the plan have as many digits.
    pub fn has_length(&self, digits: usize) -> bool {
        digits < 32 && self.lengths >> digits & 1 == 1
    }

    /// What the plan says of as many digits.
    pub fn length(&self, digits: usize) -> PlanLength {
        let bit = 1u32.checked_shl(digits as u32).unwrap_or(0);
        match (self.lengths.trailing_zeros() as usize, self.lengths.checked_ilog2().unwrap_or(0) as usize) {
            _ if self.local_lengths & bit != 0 => PlanLength::Local,
            _ if self.lengths & bit != 0 => PlanLength::Right,
            (least, _) if digits < least => PlanLength::TooShort,
            (_, most) if digits > most => PlanLength::TooLong,
            _ => PlanLength::Wrong,
        }
    }
}

/// One bit for each number of a list with commas.
fn bits(list: &str) -> u32 {
    list.split(',').filter_map(|it| it.parse().ok()).fold(0, |bits, it: u32| bits | 1u32.checked_shl(it).unwrap_or(0))
}

impl Automaton {
    /// What it means to end before, between and after `digits`, as long as they lead anywhere.
    pub fn letters<'d>(self, digits: &'d str) -> impl Iterator<Item = u8> + use<'d> {
        let text = self.0.as_bytes();
        let mut at = (!text.is_empty()).then_some(0);
        let mut digits = digits.bytes();
        std::iter::from_fn(move || {
            let state = at.take()?;
            at = digits.next().and_then(|digit| next(text, state, digit));
            text.get(state).copied()
        })
    }

    /// What it means to end after `digits`.
    pub fn letter(self, digits: &str) -> Option<u8> {
        self.ends(self.after(digits)?)
    }

    /// The words that begin with `digits` and go on with `more` digits that are all the same: that digit, and what it means.
    pub fn filled(self, digits: &str, more: usize) -> impl Iterator<Item = (u8, u8)> {
        let begun = self.after(digits);
        (b'0'..=b'9').filter_map(move |fill| {
            let end = (0..more).try_fold(begun?, |at, _| next(self.0.as_bytes(), at, fill))?;
            Some((fill, self.ends(end)?))
        })
    }

    fn after(self, digits: &str) -> Option<usize> {
        digits.bytes().try_fold(0, |at, digit| next(self.0.as_bytes(), at, digit))
    }

    fn ends(self, at: usize) -> Option<u8> {
        self.0.as_bytes().get(at).copied().filter(|it| *it != NO_WORD)
    }
}

const NO_WORD: u8 = b'-';

/// The state after `digit`: a letter stands before the runs, each of them its last digit and where it leads.
fn next(text: &[u8], state: usize, digit: u8) -> Option<usize> {
    let run = text.get(state + 1..)?.chunks_exact(3).find(|run| digit <= run[0])?;
    Some(value(run[1])? * 64 + value(run[2])?)
}

fn value(letter: u8) -> Option<usize> {
    let value = match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(usize::from(value))
}

struct Index {
    plans: Vec<NumberPlan>,
    /// For each pair of letters, one more than the index of the plan of that region.
    by_region: Vec<u16>,
    /// Those of each calling code below a thousand.
    by_code: Vec<Range<usize>>,
}

/// Where the rows lie: found once, when the first number is asked about, in some ten microseconds.
fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let rows = embedded::NUMBER_PLANS.lines().filter(|line| !line.starts_with('#'));
        let plans: Vec<NumberPlan> = rows.filter_map(plan).collect();
        let mut by_region = vec![0; 26 * 26];
        for (at, plan) in plans.iter().enumerate() {
            if let Some(place) = super::letters(plan.region) {
                by_region[place] = at as u16 + 1;
            }
        }
        let mut by_code = vec![0..0; 1000];
        let mut start = 0;
        for same in plans.chunk_by(|a, b| a.calling_code == b.calling_code) {
            if let Some(range) = same[0].calling_code.parse::<usize>().ok().and_then(|it| by_code.get_mut(it)) {
                *range = start..start + same.len();
            }
            start += same.len();
        }
        Index { plans, by_region, by_code }
    })
}

/// The region of numbers that belong to no country.
pub const NO_COUNTRY: &str = "001";

fn plan(row: &'static str) -> Option<NumberPlan> {
    let mut cells = row.splitn(9, '\t');
    let calling_code = cells.next()?;
    let _position = cells.next()?;
    Some(NumberPlan {
        calling_code,
        region: cells.next()?,
        lengths: bits(cells.next()?),
        local_lengths: bits(cells.next()?),
        leading_digits: Automaton(cells.next()?),
        national_prefix: Automaton(cells.next()?),
        international_prefix: Automaton(cells.next()?),
        lines: Automaton(cells.next()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found_by_its_code_and_its_region() {
        let rows = embedded::NUMBER_PLANS.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(NumberPlan::all().len(), rows);
        for plan in NumberPlan::all() {
            assert!(NumberPlan::of_code(plan.calling_code).contains(plan), "{plan:?}");
            if plan.region != NO_COUNTRY {
                assert_eq!(NumberPlan::of_region(plan.region), Some(plan));
            }
        }
        assert!(NumberPlan::of_code("9").is_empty() && NumberPlan::of_code("").is_empty());
        assert!(NumberPlan::of_region("ZZ").is_none() && NumberPlan::of_region(NO_COUNTRY).is_none());
    }

    #[test]
    fn an_automaton_reads_runs_of_digits() {
        // Nothing, then `1` or `2` ends a word, then only `9` another.
        let automaton = Automaton("-0--2AK9--f8--9ARm9--");
        assert_eq!(automaton.letters("19").map(char::from).collect::<String>(), "-fm");
        assert_eq!(automaton.letters("2345").map(char::from).collect::<String>(), "-f");
        assert_eq!(automaton.letter("2"), Some(b'f'));
        assert_eq!((automaton.letter(""), automaton.letter("0"), automaton.letter("199")), (None, None, None));
        assert_eq!(Automaton("").letters("1").count() + Automaton("").letter("").into_iter().count(), 0);
    }

    #[test]
    fn every_position_leads_to_a_state() {
        let letters = b"-abcefglmnpstuvwx";
        for plan in NumberPlan::all() {
            for automaton in [plan.lines, plan.leading_digits, plan.national_prefix, plan.international_prefix] {
                let text = automaton.0.as_bytes();
                let mut at = 0;
                while at < text.len() {
                    assert!(letters.contains(&text[at]), "{plan:?}");
                    for digit in b'0'..=b'9' {
                        assert!(next(text, at, digit).is_none_or(|to| letters.contains(&text[to])), "{plan:?}");
                    }
                    at += 1 + 3 * (1 + text[at + 1..].chunks_exact(3).take_while(|run| run[0] != b'9').count());
                }
                assert_eq!(at, text.len(), "{plan:?}");
            }
        }
    }
}
