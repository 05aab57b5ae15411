//! What a guide states: [`find`] makes one search over the prose and one walk for digits.
//!
//! A fact carries no opinion. Rules judge.

mod allow;
mod bare_url;
mod believed;
mod bits;
mod carrier;
mod claim;
mod context;
mod date;
mod digits;
mod handle;
mod identifier;
mod kind;
mod language;
mod letters;
mod link;
mod literal_table;
mod number;
mod referral;
mod scanner;
mod search_words;
mod subject;
mod telecom;

use self::believed::Believed;
use crate::guide::{Guide, Stretch};
use crate::knowledge::{CueSet, Knowledge, Owner};
use crate::text::Span;

pub use crate::text::{Class, class, fold, folded};

pub use carrier::{CarrierMention, years};
pub use claim::{Claim, ClaimKind, Named};
pub use context::Surroundings;
pub use date::{DateMention, DateRole, role_of_key};
pub use handle::{Disguise, HandleMention};
pub use identifier::{IdentifierKind, IdentifierMention};
pub use link::{LinkMention, LinkPlace, POINTERS};
pub use number::{
    Issued, NearestLength, NumberFault, NumberForm, NumberKind, NumberMention, PhoneNumber, Reading, Unissued, Verdict,
    canonical, is_same, issued, nearest_length, questions, verdict,
};
pub use referral::ReferralCode;
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
    /// Contacts in plain text, by place.
    pub handles: Vec<HandleMention>,
    /// Wording that sells, by place; none lies within another.
    pub phrases: Vec<Phrase>,
    /// Codes that pay whoever hands them out, by place.
    pub referral_codes: Vec<ReferralCode>,
    /// Dates, by place.
    pub dates: Vec<DateMention>,
    /// USSD codes, network codes, identifiers of devices and cards, calling codes.
    pub identifiers: Vec<IdentifierMention>,
    /// Countries named, by place.
    pub places: Vec<PlaceMention>,
    /// Prices and durations, by place.
    pub claims: Vec<Claim>,
    /// Countries and regulators named, by place.
    pub named: Vec<Named>,
    /// Words that say what things are, by place.
    pub cues: Vec<Cue>,
    /// The same by set, so that asking for one set costs nothing where a text is full of another.
    cues_by_set: Vec<Cue>,
    /// Where those of each set end among them.
    set_ends: Vec<u32>,
    /// Literals that rules asked for, by rule and place.
    pub wanted: Vec<Wanted>,
    /// The first block that stands at the end of the guide.
    pub footer: Option<usize>,
    /// Where digits begin in the prose.
    digit_starts: digits::DigitStarts,
    /// Section headings recognised: index of the section, index of the role.
    pub roles: Vec<(u32, u16)>,
    /// Lines in the place of a heading, such as a line in bold: index of the block, index of the role.
    pub labels: Vec<(u32, u16)>,
}

/// A country, named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceMention {
    /// Where, in the prose.
    pub at: Stretch,
    /// Index into [`crate::knowledge::Lexicon::regions`].
    pub region: u16,
}

/// A word that says what a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Which set it is from.
    pub set: CueSet,
    /// Where, in the prose.
    pub at: Stretch,
}

/// Wording that sells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Index into the categories of [`crate::knowledge::Phrases`].
    pub category: u8,
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
    /// The cues of a set, by place.
    pub fn cues_of(&self, set: CueSet) -> &[Cue] {
        let end = |set: usize| self.set_ends.get(set).map_or(0, |it| *it as usize);
        &self.cues_by_set[(set as usize).checked_sub(1).map_or(0, end)..end(set as usize)]
    }

    /// Takes over what is a fact as it stands, and leaves the hits of which more is to be asked: fewer than half of them, and a
    /// long guide has millions.
    fn take(&mut self, guide: &Guide, hits: &mut Vec<Hit>) {
        // The last longer word that only contains a name: "New Mexico", 印度洋.
        let mut decoy: Option<Stretch> = None;
        hits.retain(|&Hit { stretch: at, owner, .. }| {
            match owner {
                Owner::Decoy if decoy.is_none_or(|it| it.end < at.end) => decoy = Some(at),
                Owner::Country(..) if decoy.is_some_and(|it| it.contains(at)) => return false,
                Owner::Cue(CueSet::Example) if is_in_name(guide, at) => {}
                Owner::Cue(set) => self.cues.push(Cue { set, at }),
                Owner::Object => self.cues.push(Cue { set: CueSet::Telecom, at }),
                Owner::Country(region, _) => self.places.push(PlaceMention { at, region }),
                Owner::Phrase(category) if self.phrases.last().is_none_or(|last| last.at.end <= at.start) => {
                    self.phrases.push(Phrase { category, at });
                }
                Owner::Rule(rule, tag) => self.wanted.push(Wanted { rule, tag, at }),
                _ => {}
            }
            !matches!(owner, Owner::Cue(set) if set != CueSet::Operator)
                && !matches!(owner, Owner::Decoy | Owner::Phrase(_) | Owner::Rule(..))
        });
        hits.shrink_to_fit();
    }

    /// Lays the cues down by set, those of one set by place.
    fn sort_cues(&mut self) {
        let mut next = vec![0; CueSet::COUNT];
        for cue in &self.cues {
            next[cue.set as usize] += 1;
        }
        let mut begun = 0;
        for count in &mut next {
            begun += std::mem::replace(count, begun);
        }
        self.cues_by_set.clone_from(&self.cues);
        for cue in &self.cues {
            let place = &mut next[cue.set as usize];
            self.cues_by_set[*place as usize] = *cue;
            *place += 1;
        }
        self.set_ends = next;
    }

    /// The cues of a set within a stretch.
    pub fn cues_in(&self, set: CueSet, within: Stretch) -> impl Iterator<Item = &Cue> {
        let cues = self.cues_of(set);
        let from = cues.partition_point(|cue| cue.at.start < within.start);
        cues[from..].iter().take_while(move |cue| cue.at.start < within.end).filter(move |cue| cue.at.end <= within.end)
    }

    /// Whether a stretch holds a cue of a set.
    pub fn has_cue(&self, set: CueSet, within: Stretch) -> bool {
        self.cues_in(set, within).next().is_some()
    }

    /// Whether the guide holds any cue of a set.
    pub fn speaks_of(&self, set: CueSet) -> bool {
        !self.cues_of(set).is_empty()
    }

    /// The regions named within a stretch, ISO 3166-1 alpha-2.
    pub fn places_in<'a>(
        &'a self,
        knowledge: &'a Knowledge,
        within: Stretch,
    ) -> impl Iterator<Item = (Stretch, &'a str)> {
        let from = self.places.partition_point(|it| it.at.start < within.start);
        let ahead = self.places[from..].iter().take_while(move |it| it.at.start < within.end);
        let inside = ahead.filter(move |it| within.contains(it.at));
        inside.filter_map(|it| Some((it.at, knowledge.lexicon().regions.get(usize::from(it.region))?.as_str())))
    }

    /// Whether a regulator is named between two places of the prose.
    fn regulator_between(&self, start: u32, end: u32) -> bool {
        let from = self.named.partition_point(|it| it.at.start < start);
        self.named[from..].iter().take_while(|it| it.at.end <= end).any(|it| it.is_regulator)
    }

    /// Where in the guide a block stands.
    pub fn place_of(&self, guide: &Guide, block: u32) -> LinkPlace {
        link::place_of(guide, block, self.footer)
    }

    /// The links whose text lies within a stretch.
    pub fn links_in(&self, within: Stretch) -> impl Iterator<Item = &LinkMention> {
        let from = self.links.partition_point(|it| it.text.start < within.start);
        let ahead = self.links[from..].iter().take_while(move |it| it.text.start <= within.end);
        ahead.filter(move |it| within.contains(it.text))
    }

    /// The carriers named within a stretch, with their indices.
    pub fn carriers_in(&self, within: Stretch) -> impl Iterator<Item = (usize, &CarrierMention)> {
        let from = self.carriers.partition_point(|it| it.at.start < within.start);
        let ahead = self.carriers.iter().enumerate().skip(from).take_while(move |(_, it)| it.at.start < within.end);
        ahead.filter(move |(_, it)| within.contains(it.at))
    }
}

/// Reads the facts of a guide, and what it is about.
pub fn find(guide: &Guide, scanner: &Scanner, knowledge: &Knowledge, hints: &SubjectHints) -> (Facts, Subject) {
    let language = language::identify(guide, knowledge, hints);
    let believed = Believed::new(knowledge, &language);
    let (mut hits, contacts) = scanner.scan_for(guide.prose.as_str(), believed);
    let footer = link::footer(guide);
    let mut facts = Facts {
        links: link::find(guide, knowledge, footer),
        footer,
        digit_starts: digits::DigitStarts::of(guide.prose.as_str()),
        ..Facts::default()
    };
    facts.take(guide, &mut hits);
    facts.sort_cues();
    facts.links.extend(link::in_code(guide, knowledge, &facts));
    facts.links.sort_by_key(|link| (link.text, link.span));
    facts.referral_codes = referral::find(guide, &facts);
    facts.handles = handle::find(guide, scanner.channels(), knowledge, &facts.links, footer, contacts);
    allow::mark(&hints.allow, &mut facts);
    // By rule, so that each of many rules finds its own without reading those of the others.
    facts.wanted.sort_by_key(|it| it.rule);
    let raw_numbers = number::walk(guide, &facts);
    let found = subject::Found { facts: &facts, hits: &hits, numbers: &raw_numbers };
    let subject = subject::settle(guide, scanner, knowledge, hints, language, found);
    (facts.roles, facts.labels) = subject::roles(guide, knowledge, &subject, &hits);
    facts.carriers = carrier::find(guide, knowledge, &subject, &hits, &facts);
    facts.identifiers = identifier::find(guide, &facts);
    facts.claims = claim::find(guide, &hits, &facts);
    facts.named = claim::named(&hits, guide);
    // A long guide has millions.
    drop(hits);
    facts.dates = date::find(guide, &facts, knowledge, &subject);
    facts.numbers = number::read(guide, knowledge, &subject, &facts, raw_numbers);
    (facts, subject)
}

/// Whether a word is a part of a host or file name: `rsp.example.com` is no example of anything.
fn is_in_name(guide: &Guide, at: Stretch) -> bool {
    let text = guide.prose.as_str();
    let before = text[..at.start as usize].chars().next_back();
    let mut after = text[at.end as usize..].chars();
    before.is_some_and(|c| matches!(c, '.' | '/' | '@' | '-'))
        || after.next() == Some('.') && after.next().is_some_and(|c| c.is_ascii_lowercase())
}

/// The source span of a stretch of prose.
pub fn span(guide: &Guide, stretch: Stretch) -> Span {
    guide.prose.span(stretch)
}
