//! What a guide states: [`find`] makes one search over the prose and one walk for digits.
//!
//! A fact carries no opinion. Rules judge.

mod carrier;
mod claim;
mod context;
mod date;
mod fold;
mod language;
mod link;
mod number;
mod scanner;
mod subject;

use crate::guide::{Guide, Stretch};
use crate::knowledge::{CueSet, Knowledge, Literal, Owner};
use crate::text::Span;

pub use carrier::{CarrierMention, ListedCarrier};
pub use claim::{Claim, ClaimKind, Named};
pub use context::Surroundings;
pub use date::{DateMention, DateRole, role_of_key};
pub use fold::{Class, class, fold, folded};
pub use link::{LinkMention, LinkPlace, POINTERS};
pub use number::{NumberFault, NumberForm, NumberKind, NumberMention, PhoneNumber, Reading, canonical, is_published};
pub use scanner::{Hit, Scanner};
pub use subject::{Language, Subject, SubjectHints};

/// What a guide states.
#[derive(Debug, Default)]
pub struct Facts {
    /// Telephone numbers, by place.
    pub numbers: Vec<NumberMention>,
    /// Carriers named, by place.
    pub carriers: Vec<CarrierMention>,
    /// Links of every kind, bare URLs among them, by place.
    pub links: Vec<LinkMention>,
    /// Dates, by place.
    pub dates: Vec<DateMention>,
    /// Prices and durations, by place.
    pub claims: Vec<Claim>,
    /// Countries and regulators named, by place.
    pub named: Vec<Named>,
    /// Words that say what things are, by place.
    pub cues: Vec<Cue>,
    /// Literals that rules asked for, by place.
    pub wanted: Vec<Wanted>,
    /// Section headings recognised: index of the section, index of the role.
    pub roles: Vec<(u32, u16)>,
}

/// A word that says what a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Which set it is from.
    pub set: CueSet,
    /// Where, in the prose.
    pub at: Stretch,
}

/// A literal that a rule asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Index of the rule.
    pub rule: u16,
    /// What the rule calls it.
    pub tag: u32,
    /// Where, in the prose.
    pub at: Stretch,
}

impl Facts {
    /// The cues of a set within a stretch.
    pub fn cues_in(&self, set: CueSet, within: Stretch) -> impl Iterator<Item = &Cue> {
        let from = self.cues.partition_point(|cue| cue.at.start < within.start);
        self.cues[from..]
            .iter()
            .take_while(move |cue| cue.at.start < within.end)
            .filter(move |cue| cue.set == set && cue.at.end <= within.end)
    }

    /// Whether a stretch holds a cue of a set.
    pub fn has_cue(&self, set: CueSet, within: Stretch) -> bool {
        self.cues_in(set, within).next().is_some()
    }

    /// The carriers named within a stretch, with their indices.
    pub fn carriers_in(&self, within: Stretch) -> impl Iterator<Item = (usize, &CarrierMention)> {
        self.carriers.iter().enumerate().filter(move |(_, it)| within.contains(it.at))
    }
}

/// Reads the facts of a guide, and what it is about.
pub fn find(guide: &Guide, scanner: &Scanner, knowledge: &Knowledge, hints: &SubjectHints) -> (Facts, Subject) {
    let hits = without_decoys(scanner, scanner.scan(guide.prose.as_str()));
    let language = language::identify(guide, knowledge, hints);
    let mut facts = Facts { links: link::find(guide, knowledge), ..Facts::default() };
    for &hit in &hits {
        let literal = scanner.literal(hit);
        match literal.owner {
            Owner::Cue(set) if speaks(knowledge, literal, &language) => facts.cues.push(Cue { set, at: hit.stretch }),
            Owner::Rule(rule, tag) => facts.wanted.push(Wanted { rule, tag, at: hit.stretch }),
            _ => {}
        }
    }
    let raw_numbers = number::walk(guide, &facts);
    let subject = subject::settle(guide, scanner, knowledge, hints, language, &hits, &raw_numbers);
    facts.roles = subject::roles(guide, scanner, knowledge, &subject, &hits);
    facts.carriers = carrier::find(guide, scanner, knowledge, &subject, &hits, &facts);
    facts.claims = claim::find(guide, scanner, &hits, &facts);
    facts.named = claim::named(knowledge, scanner, &subject, &hits);
    facts.dates = date::find(guide, &facts, knowledge, &subject);
    facts.numbers = number::read(guide, knowledge, &subject, &facts, raw_numbers);
    (facts, subject)
}

/// Whether a word of a language is to be believed in a guide of another. Words of any language count while the guide's
/// own is unknown; Chinese in both scripts, and English everywhere.
fn speaks(knowledge: &Knowledge, literal: &Literal, language: &Language) -> bool {
    let word = knowledge.lexicon().language(literal);
    match language.code.as_deref() {
        None => true,
        Some(code) => word.is_empty() || word == "en" || word.split('-').next() == Some(code),
    }
}

/// Names inside longer words that only contain them do not count: "New Mexico", 印度洋.
fn without_decoys(scanner: &Scanner, hits: Vec<Hit>) -> Vec<Hit> {
    let mut swallowed: Option<Stretch> = None;
    let mut kept = Vec::with_capacity(hits.len());
    for hit in hits {
        match scanner.owner(hit) {
            Owner::Decoy => {
                if swallowed.is_none_or(|it| it.end < hit.stretch.end) {
                    swallowed = Some(hit.stretch);
                }
            }
            Owner::Country(..) if swallowed.is_some_and(|it| it.contains(hit.stretch)) => {}
            _ => kept.push(hit),
        }
    }
    kept
}

/// The source span of a stretch of prose.
pub fn span(guide: &Guide, stretch: Stretch) -> Span {
    guide.prose.span(stretch)
}
