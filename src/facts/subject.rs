//! What a guide is about: country or countries, kind, language. No clear winner means unknown.

use std::collections::BTreeMap;

use super::number::RawNumber;
use super::scanner::{Hit, Scanner};
use super::{Facts, Surroundings, kind, telecom};
use crate::guide::{Block, BlockKind, Guide, Stretch, Value};
use crate::knowledge::{CarrierRef, CueSet, Knowledge, Owner};

/// What a guide is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// The one country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// All countries; several when the guide is about several.
    pub countries: Vec<String>,
    /// The one kind of guide.
    pub kind: Option<String>,
    /// All kinds; several when the title names several things to do.
    pub kinds: Vec<String>,
    /// After how many months the project looks at a guide of this kind again, where it says so.
    pub own_stale_months: Option<u32>,
    /// Whether it is about mobile service at all.
    pub telecom: bool,
    /// The language.
    pub language: Language,
}

/// A language and, where it has several, its script.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Language {
    /// BCP 47 language subtag; `None` when unknown.
    pub code: Option<String>,
    /// `Hans` or `Hant`.
    pub script: Option<String>,
}

/// What is known from outside: what somebody asks for now counts more than what the guide says, what is usual counts less.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubjectHints {
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// A guide kind.
    pub kind: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// The country of guides that name none in their front matter.
    pub usual_country: Option<String>,
    /// The kind of guides that name none in their front matter.
    pub usual_kind: Option<String>,
    /// The language of guides that name none in their front matter.
    pub usual_language: Option<String>,
    /// Months after which guides of a kind are stale, where they are not those of its file.
    pub stale_months: BTreeMap<String, u32>,
    /// Contacts the project allows: domains, accounts, addresses.
    pub allow: Vec<String>,
}

impl Language {
    /// The key knowledge files use: `zh-Hans`, `en` …; simplified characters where the form is unknown.
    pub fn key(&self) -> &str {
        match (self.code.as_deref(), self.script.as_deref()) {
            (Some("zh"), Some("Hant")) => "zh-Hant",
            (Some("zh"), _) => "zh-Hans",
            (Some(code), _) => code,
            (None, _) => "en",
        }
    }

    pub(super) fn or_script_of(mut self, other: Language) -> Language {
        if self.script.is_none() && self.code == other.code {
            self.script = other.script;
        }
        self
    }
}

/// What is found before the subject is known.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    pub facts: &'a Facts,
    pub hits: &'a [Hit],
    pub numbers: &'a [RawNumber],
}

pub(super) fn settle(
    guide: &Guide,
    scanner: &Scanner,
    knowledge: &Knowledge,
    hints: &SubjectHints,
    language: Language,
    found: Found<'_>,
) -> Subject {
    let hits = found.hits;
    let mut subject = Subject { language, ..Subject::default() };
    let mut declared = hints.country.clone().map(|it| vec![it]).unwrap_or_else(|| declared_countries(guide, knowledge));
    if declared.is_empty() {
        declared.extend(hints.usual_country.clone());
    }
    subject.countries = match declared.is_empty() {
        true => weigh_countries(guide, knowledge, found),
        false => declared,
    };
    subject.country = match subject.countries.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    };
    subject.telecom = telecom::speaks_of_it(guide, scanner, knowledge, hits);
    subject.kinds = kind::of(guide, scanner, knowledge, hints, &subject, hits);
    subject.kind = match subject.kinds.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    };
    subject.own_stale_months = subject.kind.as_ref().and_then(|kind| hints.stale_months.get(kind).copied());
    subject.telecom |= !subject.kinds.is_empty();
    subject
}

/// Codes in the front matter; names are left to the weighing.
fn declared_countries(guide: &Guide, knowledge: &Knowledge) -> Vec<String> {
    let Some(front) = &guide.front_matter else { return Vec::new() };
    let known = |text: &str| {
        let code = text.trim().to_ascii_uppercase();
        (code.len() == 2 && knowledge.generated.region(&code).is_some()).then_some(code)
    };
    for key in ["country", "countries"] {
        let codes: Vec<String> = match front.get(key) {
            Some((Value::Text(text), _)) => text.split([',', ' ']).filter_map(known).collect(),
            Some((Value::List(items), _)) => items.iter().filter_map(Value::as_text).filter_map(known).collect(),
            _ => continue,
        };
        if !codes.is_empty() {
            return codes;
        }
    }
    Vec::new()
}

/// Points a country collects; kept apart so that no single voice can win alone by repetition.
#[derive(Default)]
struct Score {
    title: u32,
    headings: u32,
    body: u32,
    carriers: u32,
    numbers: u32,
}

impl Score {
    fn total(&self) -> u32 {
        self.title.min(24) + self.headings.min(10) + self.body.min(10) + self.carriers.min(10) + self.numbers.min(4)
    }
}

fn weigh_countries(guide: &Guide, knowledge: &Knowledge, found: Found<'_>) -> Vec<String> {
    let Found { facts, hits, numbers } = found;
    let abroad = roaming(guide, facts);
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    let mut covered = 0;
    let mut seen_carriers: Vec<(u32, u32)> = Vec::new();
    for hit in hits {
        let from = abroad.partition_point(|it| it.end <= hit.stretch.start);
        if abroad.get(from).is_some_and(|it| it.contains(hit.stretch)) {
            continue;
        }
        match hit.owner {
            Owner::Country(region, also_language) => {
                if hit.stretch.start < covered {
                    continue;
                }
                covered = hit.stretch.end;
                let code = knowledge.lexicon().regions[usize::from(region)].as_str();
                let weight = if also_language { 1 } else { 2 };
                let score = scores.entry(code).or_default();
                match place(guide, hit.stretch) {
                    Place::Title => score.title += weight * 6,
                    Place::Heading => score.headings += weight,
                    Place::Body => score.body += weight,
                    Place::Aside => score.title += weight * 2,
                }
            }
            Owner::Carrier(index, false) => {
                if seen_carriers.iter().filter(|(known, _)| *known == index).count() >= 3 {
                    continue;
                }
                seen_carriers.push((index, hit.stretch.start));
                let homes = CarrierRef::countries(&knowledge.lexicon().carriers[index as usize]);
                if let [home] = homes[..] {
                    scores.entry(home).or_default().carriers += 2;
                }
            }
            _ => {}
        }
    }
    for number in numbers.iter().filter(|number| number.digits.starts_with('+')) {
        let digits = &number.digits[1..];
        if let Some(code) = knowledge.country_of_number(digits) {
            scores.entry(code).or_default().numbers += 1;
        }
    }
    verdict(scores)
}

/// Sentences below the title and the headings that speak of roaming: the countries and carriers they name are where one travels.
fn roaming(guide: &Guide, facts: &Facts) -> Vec<Stretch> {
    let mut sentences: Vec<Stretch> = Vec::new();
    for cue in facts.cues_of(CueSet::Roaming) {
        let known = sentences.last().is_some_and(|it| it.contains(cue.at));
        let Some(block) = guide.block_at(cue.at.start).filter(|_| !known) else { continue };
        if matches!(place(guide, cue.at), Place::Body) {
            sentences.push(Surroundings::sentence_of(guide, block as u32, cue.at));
        }
    }
    sentences
}

/// One clear winner, or everyone who comes near; nobody when the evidence is thin.
fn verdict(scores: BTreeMap<&str, Score>) -> Vec<String> {
    let mut ranked: Vec<(&str, u32, u32)> = scores.iter().map(|(code, it)| (*code, it.total(), it.title)).collect();
    ranked.sort_by_key(|(code, total, _)| (std::cmp::Reverse(*total), *code));
    let Some(&(first, most, title)) = ranked.first() else { return Vec::new() };
    if most < 4 {
        return Vec::new();
    }
    let rivals: Vec<&str> = ranked[1..]
        .iter()
        .filter(|(_, total, in_title)| match title >= 12 && *in_title == 0 {
            // The title names one country: others in the body are only mentioned.
            true => total * 10 > most * 9,
            false => total * 2 > most,
        })
        .map(|(code, _, _)| *code)
        .collect();
    std::iter::once(first).chain(rivals).map(str::to_owned).collect()
}

enum Place {
    Title,
    Heading,
    Body,
    /// Front matter, alternative text: seen by machines.
    Aside,
}

fn place(guide: &Guide, at: Stretch) -> Place {
    if guide.title.is_some_and(|title| title.prose.contains(at)) {
        return Place::Title;
    }
    match guide.block_at(at.start).map(|block| guide.blocks[block].kind) {
        Some(BlockKind::Heading(_)) => Place::Heading,
        Some(BlockKind::FrontMatter) => Place::Aside,
        _ => Place::Body,
    }
}

/// Sections or blocks, each with the index of its role.
type Recognised = Vec<(u32, u16)>;

/// Headings that a role goes by, with their sections, and other lines that stand for a heading, with their blocks.
pub(super) fn roles(guide: &Guide, knowledge: &Knowledge, subject: &Subject, hits: &[Hit]) -> (Recognised, Recognised) {
    let (mut found, mut labels) = (Vec::new(), Vec::new());
    for hit in hits {
        let Owner::Heading(role, only) = hit.owner else { continue };
        if only.is_some_and(|it| Some(knowledge.kinds.kinds[usize::from(it)].name.as_str()) != subject.kind.as_deref())
        {
            continue;
        }
        let Some(index) = guide.block_at(hit.stretch.start) else { continue };
        let block = &guide.blocks[index];
        // "How to cancel a SIM" is the title of a guide, and no section with the steps.
        let is_title = guide.title.is_some_and(|title| title.prose == block.prose);
        match block.kind {
            BlockKind::Heading(_) if !is_title => found.push((block.section, role)),
            BlockKind::Paragraph if !is_title && is_all_of(guide, block, hit.stretch) => {
                labels.push((index as u32, role))
            }
            _ => {}
        }
    }
    for list in [&mut found, &mut labels] {
        list.sort_unstable();
        list.dedup();
    }
    (found, labels)
}

/// Whether a paragraph outside lists and quotes says only this: "**Contacts**", "Sources:".
fn is_all_of(guide: &Guide, block: &Block, said: Stretch) -> bool {
    let around = |from: u32, to: u32| guide.text(Stretch::new(from, to)).contains(char::is_alphanumeric);
    block.item.is_none()
        && block.quotes == 0
        && !around(block.prose.start, said.start)
        && !around(said.end.min(block.prose.end), block.prose.end)
}
