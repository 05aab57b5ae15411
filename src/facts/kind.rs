//! Which kinds of guide a title names.

use super::believed::Believed;
use super::scanner::{Hit, Scanner};
use super::subject::Subject;
use super::telecom::Things;
use super::{Class, SubjectHints, class, folded};
use crate::guide::{Guide, Stretch};
use crate::knowledge::{ByCarrier, GuideKind, Knowledge, Owner};

/// The kind that somebody names, else the kinds the title names.
pub(super) fn of(
    guide: &Guide,
    scanner: &Scanner,
    knowledge: &Knowledge,
    hints: &SubjectHints,
    subject: &Subject,
    hits: &[Hit],
) -> Vec<String> {
    if let Some(kind) = &hints.kind {
        return vec![kind.clone()];
    }
    let declared = guide.front_matter.as_ref().and_then(|front| {
        ["kind", "type"].iter().filter_map(|key| front.text(key)).find(|(text, _)| knowledge.kinds.kind(text).is_some())
    });
    if let Some(kind) = declared.map(|(kind, _)| kind.to_owned()).or_else(|| hints.usual_kind.clone()) {
        return vec![kind];
    }
    let Some(title) = guide.title.map(|it| it.prose) else { return Vec::new() };
    let in_title: Vec<Hit> = hits.iter().copied().filter(|hit| title.contains(hit.stretch)).collect();
    let things = Things::among(scanner, knowledge, hits);
    let mut told = Told::default();
    in_title.iter().for_each(|hit| told.hear(hit, &things));
    let carriers = carriers(knowledge, subject, &in_title);
    if !carriers.is_empty() && title.len() <= LONGEST {
        Title { guide, scanner, knowledge, subject, carriers: &carriers, things: &things }.read(title, &mut told);
    }
    told.kinds().into_iter().map(|kind| knowledge.kinds.kinds[usize::from(kind)].name.clone()).collect()
}

/// Bytes of a title that is read part by part; whoever writes a longer one names no kind by it.
const LONGEST: usize = 2000;

/// What a title says.
#[derive(Default)]
struct Told {
    about_telecom: bool,
    named: Vec<u16>,
    /// Kinds whose thing is a carrier that is named.
    by_carrier: Vec<u16>,
    excluded: Vec<u16>,
}

impl Told {
    fn hear(&mut self, hit: &Hit, things: &Things<'_>) {
        match hit.owner {
            Owner::Object => self.about_telecom |= things.named_by(hit).is_some(),
            Owner::Action(kind) => self.named.push(kind),
            Owner::NotKind(kind) => self.excluded.push(kind),
            _ => {}
        }
    }

    fn kinds(self) -> Vec<u16> {
        let mut kinds = self.by_carrier;
        if self.about_telecom {
            kinds.extend(self.named);
        }
        kinds.retain(|kind| !self.excluded.contains(kind));
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }
}

/// Where a title names carriers. Names that are ordinary words count in their country's guides, if the text speaks of mobile service.
fn carriers(knowledge: &Knowledge, subject: &Subject, in_title: &[Hit]) -> Vec<Stretch> {
    let mut places: Vec<Stretch> = Vec::new();
    for hit in in_title {
        let Owner::Carrier(index, ambiguous) = hit.owner else { continue };
        let who = &knowledge.lexicon().carriers[index as usize];
        let is_here = || subject.telecom && who.iter().any(|it| subject.country.as_deref() == Some(it.country()));
        if (!ambiguous || is_here()) && places.last().is_none_or(|last| last.end <= hit.stretch.start) {
            places.push(hit.stretch);
        }
    }
    places
}

/// A title that names carriers.
struct Title<'a> {
    guide: &'a Guide,
    scanner: &'a Scanner,
    knowledge: &'a Knowledge,
    subject: &'a Subject,
    carriers: &'a [Stretch],
    things: &'a Things<'a>,
}

impl Title<'_> {
    /// A carrier may stand within the words for what is done ("register a Globe SIM"), or in the place of the thing it is done
    /// with ("Vodafone kündigen"). The latter only where a part of the title says nothing else: what one cancels with "Netflix
    /// through Vodafone" is no SIM.
    fn read(&self, title: Stretch, told: &mut Told) {
        let whole = self.scan(&self.without_carriers(title));
        let enough = match whole.iter().any(|hit| self.tells_how(hit.owner)) {
            true => ByCarrier::HowTo,
            false => ByCarrier::Always,
        };
        whole.iter().for_each(|hit| told.hear(hit, self.things));
        if told.about_telecom {
            return;
        }
        let fillers = self.fillers();
        for part in parts(self.guide.text(title), title.start) {
            if !self.carriers.iter().any(|it| part.contains(*it)) {
                continue;
            }
            let text = self.without_carriers(part);
            let hits = self.scan(&text);
            if self.says_nothing_else(&text, &hits, &fillers) {
                told.by_carrier.extend(hits.iter().filter_map(|hit| match hit.owner {
                    Owner::Action(kind) if self.kind(kind).by_carrier >= enough => Some(kind),
                    _ => None,
                }));
            }
        }
    }

    fn kind(&self, kind: u16) -> &GuideKind {
        &self.knowledge.kinds.kinds[usize::from(kind)]
    }

    /// Whether a word of the title is one of those that sections with the steps go by: "how to", 方法.
    fn tells_how(&self, owner: Owner) -> bool {
        matches!(owner, Owner::Heading(role, _) if self.knowledge.kinds.roles[usize::from(role)].name == "steps")
    }

    fn scan(&self, text: &str) -> Vec<Hit> {
        self.scanner.scan_for(text, Believed::new(self.knowledge, &self.subject.language)).0
    }

    fn without_carriers(&self, part: Stretch) -> String {
        let mut text = String::with_capacity(part.len());
        let mut from = part.start;
        for name in self.carriers.iter().filter(|it| part.contains(**it)) {
            text.push_str(self.guide.text(Stretch::new(from, name.start)));
            let followed = self.guide.text(Stretch::new(name.end, part.end)).starts_with(' ');
            if followed && text.ends_with(' ') {
                text.pop();
            }
            from = name.end;
        }
        text.push_str(self.guide.text(Stretch::new(from, part.end)));
        text
    }

    /// The words that may stand beside, folded, and whether any ending may follow.
    fn fillers(&self) -> Vec<(String, bool)> {
        let language = &self.subject.language;
        // Words of any language count while the guide's own is unknown.
        let spoken = |code: &str| language.code.is_none() || code == "en" || code == language.key();
        let beside = self.knowledge.kinds.beside_carrier.iter();
        beside
            .filter(|(code, _)| spoken(code))
            .map(|(_, word)| (folded(word.trim_end_matches('*')), word.ends_with('*')))
            .collect()
    }

    /// Whether all of it is what is done, how, where, and words that may stand beside.
    fn says_nothing_else(&self, text: &str, hits: &[Hit], fillers: &[(String, bool)]) -> bool {
        let is_known = |owner| matches!(owner, Owner::Action(_) | Owner::Country(..)) || self.tells_how(owner);
        let mut rest = 0;
        let known = hits.iter().filter(|hit| is_known(hit.owner)).map(|hit| hit.stretch.range());
        for known in known.chain(std::iter::once(text.len()..text.len())) {
            if known.start >= rest && !is_filling(&folded(&text[rest..known.start]), fillers) {
                return false;
            }
            rest = rest.max(known.end);
        }
        true
    }
}

/// The parts of a title between colons, dashes and the like.
fn parts(title: &str, start: u32) -> Vec<Stretch> {
    let mut parts = Vec::new();
    let mut from = 0;
    let ends = title.char_indices().filter(|(at, c)| match c {
        ':' | '：' | '|' | '｜' | '–' | '—' | '?' | '？' | '!' | '！' | '(' | '（' | ',' | '，' | '【' | '】' => {
            true
        }
        '-' => title[..*at].ends_with(' '),
        _ => false,
    });
    for (at, c) in ends.chain(std::iter::once((title.len(), ' '))) {
        parts.push(Stretch::new(start + from as u32, start + at as u32));
        from = at + c.len_utf8();
    }
    parts
}

/// Whether a text is digits and words that may stand beside a carrier, an open-ended one with any ending.
fn is_filling(text: &str, fillers: &[(String, bool)]) -> bool {
    let mut words = text.split(|c: char| matches!(class(c), Class::Other | Class::Mark));
    words.all(|mut word| {
        // In scripts without spaces one may follow upon another, and upon a year.
        loop {
            word = word.trim_start_matches(|c: char| c.is_ascii_digit());
            if !word.starts_with(|c| class(c) == Class::Dense) {
                break;
            }
            let begins = |filler: &&String| word.starts_with(filler.as_str());
            match fillers.iter().map(|(filler, _)| filler).filter(begins).map(String::len).max() {
                Some(length) => word = &word[length..],
                None => return false,
            }
        }
        let is_same = |(filler, open): &(String, bool)| word == filler || *open && word.starts_with(filler.as_str());
        word.is_empty() || fillers.iter().any(is_same)
    })
}
