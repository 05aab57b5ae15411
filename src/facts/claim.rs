//! What a guide says that changes from year to year: prices, and how long things take; and the countries and regulators
//! it names.

use super::digits::digit;
use super::{Facts, Hit, IdentifierKind, Surroundings};
use crate::guide::{BlockKind, Guide, Stretch};
use crate::knowledge::{CueSet, Owner};

/// A number with what it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What it counts.
    pub kind: ClaimKind,
    /// The number as written, without spaces; a range is one value.
    pub value: String,
    /// The number with its unit.
    pub at: Stretch,
    /// Index of the block it stands in.
    pub block: u32,
}

impl Claim {
    /// The least and the most it says: twice the same without a range.
    pub fn range(&self) -> Option<(f64, f64)> {
        let mut parts = self.value.split(['-', '–', '~', '～', '至']).map(amount);
        let first = parts.next()??;
        let last = match parts.next() {
            Some(last) => last?,
            None => first,
        };
        parts.next().is_none().then_some((first.min(last), first.max(last)))
    }

    /// Whether both cannot be: "1–3 days" and "2 days" can.
    pub fn excludes(&self, other: &Claim) -> bool {
        match (self.range(), other.range()) {
            (Some((least, most)), Some((from, to))) => most < from || to < least,
            _ => false,
        }
    }
}

/// A number as people write it: `1,000` and `1.000` are a thousand, `1,5` and `1.50` are not.
fn amount(text: &str) -> Option<f64> {
    let plain: String = text.chars().map(|c| digit(c).unwrap_or(c)).collect();
    let grouped = |mark: char| {
        let mut groups = plain.split(mark);
        let first = groups.next().unwrap_or("");
        (1..=3).contains(&first.len()) && groups.clone().next().is_some() && groups.all(|it| it.len() == 3)
    };
    if grouped('.') || grouped(',') {
        return plain.replace(['.', ','], "").parse().ok();
    }
    // Of two different marks the last one is the decimal's.
    let decimal = plain.rfind(['.', ',']);
    let kept = plain.char_indices().filter(|(at, c)| c.is_ascii_digit() || Some(*at) == decimal);
    kept.map(|(_, c)| if c.is_ascii_digit() { c } else { '.' }).collect::<String>().parse().ok()
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ClaimKind {
    /// Money: index into [`crate::knowledge::Currencies::codes`], 0 when the sign could be several.
    Price(u16),
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days.
    Days,
    /// Months.
    Months,
    /// Steps of a procedure.
    Steps,
}

/// A country or a regulator that is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// Index into the regions of [`crate::knowledge::Lexicon`].
    pub region: u16,
    /// Where.
    pub at: Stretch,
    /// The country itself, or its telecom regulator.
    pub is_regulator: bool,
}

pub(super) fn find(guide: &Guide, hits: &[Hit], facts: &Facts) -> Vec<Claim> {
    let units = facts.cues.iter().filter_map(|cue| Some((unit(cue.set)?, cue.at)));
    let codes: Vec<Stretch> = activation_codes(facts);
    let in_code =
        |at: Stretch| codes.get(codes.partition_point(|it| it.end <= at.start)).is_some_and(|it| it.start <= at.start);
    let money = hits.iter().filter_map(|hit| match hit.owner {
        Owner::Currency(code) if !in_code(hit.stretch) => Some((ClaimKind::Price(code), hit.stretch)),
        _ => None,
    });
    let read = |(kind, at)| claim(guide, kind, at).filter(|it| !is_emergency_number(guide, facts, it, at));
    let mut claims: Vec<Claim> = units.chain(money).filter_map(read).collect();
    // Of "10 澳门元" and "人民币10元" the surer reading stays: the one with a code, the longer one.
    let doubt = |kind: ClaimKind| kind == ClaimKind::Price(0);
    claims.sort_by_key(|it| (it.at.start, doubt(it.kind), std::cmp::Reverse(it.at.end)));
    let mut kept: Vec<Claim> = Vec::with_capacity(claims.len());
    for claim in claims {
        match kept.last_mut() {
            Some(last) if last.at.overlaps(claim.at) => {
                if doubt(last.kind) && !doubt(claim.kind) {
                    *last = claim;
                }
            }
            _ => kept.push(claim),
        }
    }
    kept
}

/// The dollars of `LPA:1$host$code` are no money.
fn activation_codes(facts: &Facts) -> Vec<Stretch> {
    let codes = facts.identifiers.iter().filter(|it| it.kind == IdentifierKind::ActivationCode);
    let mut places: Vec<Stretch> = codes.map(|it| it.at).filter(|it| it.start < it.end).collect();
    places.sort_unstable();
    places
}

fn unit(set: CueSet) -> Option<ClaimKind> {
    Some(match set {
        CueSet::Minutes => ClaimKind::Minutes,
        CueSet::Hours => ClaimKind::Hours,
        CueSet::Days => ClaimKind::Days,
        CueSet::Months => ClaimKind::Months,
        CueSet::Steps => ClaimKind::Steps,
        _ => return None,
    })
}

fn claim(guide: &Guide, kind: ClaimKind, unit: Stretch) -> Option<Claim> {
    let index = guide.block_at(unit.start)?;
    let block = &guide.blocks[index];
    if !matches!(block.kind, BlockKind::FrontMatter) && !block.kind.is_visible() {
        return None;
    }
    let text = guide.prose.as_str();
    let before = &text[block.prose.start as usize..unit.start as usize];
    let after = &text[unit.end as usize..block.prose.end as usize];
    let number = number_at_end(before).map(|(start, end)| {
        let base = block.prose.start;
        (Stretch::new(base + start as u32, unit.end), &before[start..end])
    });
    let number = number.or_else(|| {
        // Only money stands before its number.
        let (start, end) = matches!(kind, ClaimKind::Price(_)).then(|| number_at_start(after))??;
        Some((Stretch::new(unit.start, unit.end + end as u32), &after[start..end]))
    });
    let (at, value) = number?;
    Some(Claim { kind, value: value.replace([' ', '\u{a0}'], ""), at, block: index as u32 })
}

/// "SAR 115" among the police and the ambulance is whom to call, and no price in riyals: capitals before a whole number of
/// three or four digits, where the text speaks of emergencies.
fn is_emergency_number(guide: &Guide, facts: &Facts, claim: &Claim, unit: Stretch) -> bool {
    let named = || guide.text(unit).bytes().all(|it| it.is_ascii_uppercase());
    let before = unit.start == claim.at.start && matches!(claim.kind, ClaimKind::Price(_));
    let dialled = || (3..=4).contains(&claim.value.len()) && claim.value.bytes().all(|it| it.is_ascii_digit());
    let spoken = || {
        let around = Surroundings::of(guide, claim.block, claim.at);
        around.near().chain(around.lead).chain(around.heading).any(|it| facts.has_cue(CueSet::Emergency, it))
    };
    before && named() && dialled() && spoken()
}

fn is_numeric(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(c as u32, 0x660..=0x669 | 0xFF10..=0xFF19)
        || matches!(c, '.' | ',' | '-' | '–' | '~' | '～' | '至')
}

/// Longest number looked at, in characters.
const LONGEST: usize = 16;

fn number_at_end(text: &str) -> Option<(usize, usize)> {
    let bare = text.trim_end_matches([' ', '\u{a0}']);
    if text.len() - bare.len() > 2 {
        return None;
    }
    let start = bare.char_indices().rev().take(LONGEST).take_while(|(_, c)| is_numeric(*c)).last()?.0;
    let skipped = bare[start..].len() - bare[start..].trim_start_matches(|c: char| !c.is_numeric()).len();
    let start = start + skipped;
    let ends = bare.ends_with(char::is_numeric);
    // "LTE4 minutes" and "+355 69 4 days" are no counts.
    let begins = !bare[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '+' || c == '*');
    (ends && begins && start < bare.len()).then_some((start, bare.len()))
}

fn number_at_start(text: &str) -> Option<(usize, usize)> {
    let start = text.len() - text.trim_start_matches([' ', '\u{a0}']).len();
    if start > 2 || !text[start..].starts_with(char::is_numeric) {
        return None;
    }
    let length: usize = text[start..].chars().take(LONGEST).take_while(|c| is_numeric(*c)).map(char::len_utf8).sum();
    let number = text[start..start + length].trim_end_matches(|c: char| !c.is_numeric());
    (!number.is_empty()).then_some((start, start + number.len()))
}

/// Countries and regulators, each with its place. A name that is a language's too counts only beside a thing of telecom:
/// "Albanian SIM", but not "in Albanian".
pub(super) fn named(hits: &[Hit], guide: &Guide) -> Vec<Named> {
    let mut named: Vec<Named> = Vec::new();
    let mut covered = 0;
    for (at, hit) in hits.iter().enumerate() {
        let (region, is_regulator) = match hit.owner {
            Owner::Country(region, also_language) if !also_language || describes(guide, *hit, &hits[at + 1..]) => {
                (region, false)
            }
            Owner::Regulator(region) => (region, true),
            _ => continue,
        };
        if hit.stretch.start >= covered {
            covered = hit.stretch.end;
            named.push(Named { region, at: hit.stretch, is_regulator });
        }
    }
    named
}

/// Whether a thing of telecom follows right after.
fn describes(guide: &Guide, name: Hit, ahead: &[Hit]) -> bool {
    let thing = |hit: &Hit| matches!(hit.owner, Owner::Object | Owner::Cue(CueSet::Operator));
    let mut next = ahead.iter().take_while(|it| it.stretch.start <= name.stretch.end + 2);
    next.any(|it| {
        it.stretch.start >= name.stretch.end
            && thing(it)
            && guide.text(Stretch::new(name.stretch.end, it.stretch.start)).trim().is_empty()
    })
}
