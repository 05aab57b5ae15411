use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::embedded;
use super::shelf::{Reach, Shelf};
use super::toml_file::{LoadError, TomlFile};
use super::vocabulary::WordLists;
use super::{Country, CueSet, Currencies, Generated, GuideKinds, Phrases, Vocabulary};
use crate::text::{FnvMap, folded};

/// Every literal the one scan looks for, with who asked for it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Lexicon {
    /// The literals, by what decides whether they count in a guide.
    pub shelves: Vec<Arc<Shelf>>,
    /// Languages by the index literals carry; index 0 is "any".
    pub languages: Vec<String>,
    /// Carriers by the index of [`Owner::Carrier`]: everyone who goes by a name.
    pub carriers: Vec<Arc<[CarrierRef]>>,
    /// Regions by the index of [`Owner::Country`].
    pub regions: Vec<String>,
    /// The same index by each name of a country, folded; made when somebody asks.
    #[serde(skip)]
    named: OnceLock<FnvMap<String, u16>>,
}

/// A carrier, or a brand of the generated tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CarrierRef {
    /// Country code and id.
    Curated(SmolStr, SmolStr),
    /// Region and brand.
    Generated(SmolStr, SmolStr),
}

impl CarrierRef {
    /// The country it operates in, ISO 3166-1 alpha-2.
    pub fn country(&self) -> &str {
        match self {
            CarrierRef::Curated(country, _) => country,
            CarrierRef::Generated(region, _) => region,
        }
    }

    /// The countries of all who go by a name, each once, in order.
    pub fn countries(who: &[CarrierRef]) -> Vec<&str> {
        let mut countries: Vec<&str> = who.iter().map(CarrierRef::country).collect();
        countries.sort_unstable();
        countries.dedup();
        countries
    }
}

/// A piece of text to look for.
#[derive(Clone, Debug)]
pub struct Literal {
    /// As written, without a final `*`.
    pub text: SmolStr,
    /// Who asked.
    pub owner: Owner,
    /// Index into [`Lexicon::languages`].
    pub language: u8,
    /// Any letters may follow.
    pub open_ended: bool,
    /// Only this very spelling counts.
    pub exact: bool,
}

/// Who asked for a literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Owner {
    /// Index into [`Lexicon::carriers`]; whether the name is also an ordinary word.
    Carrier(u32, bool),
    /// Index into [`Lexicon::regions`]; whether the word is also the name of a language.
    Country(u16, bool),
    /// A longer word that only contains a name.
    Decoy,
    /// A word that says what a thing is.
    Cue(CueSet),
    /// Index into [`GuideKinds::kinds`].
    Action(u16),
    /// Index into [`GuideKinds::kinds`]: rules the kind out.
    NotKind(u16),
    /// Index into [`GuideKinds::roles`]; index of the only kind in which the heading means that.
    Heading(u16, Option<u16>),
    /// A thing telecom guides are about.
    Object,
    /// Wording that sells: index into [`super::Phrases::categories`].
    Phrase(u8),
    /// Index into [`super::Currencies::codes`].
    Currency(u16),
    /// Index into [`Lexicon::regions`]: its telecom regulator.
    Regulator(u16),
    /// A literal a rule asked for: index of the rule, and the rule's own tag.
    Rule(u16, u32),
}

impl Owner {
    /// In which guides a word counts that is asked for by this one.
    pub fn reach(self) -> Reach {
        match self {
            // What these say, they say in any guide; names have no language.
            Owner::Cue(CueSet::OtherNumber | CueSet::Extension | CueSet::Caution) => Reach::Everywhere,
            Owner::Carrier(..) | Owner::Decoy | Owner::Rule(..) | Owner::Currency(_) => Reach::Everywhere,
            Owner::Cue(set) if set.is_of_promotion() => Reach::StandingOut,
            Owner::Phrase(_) => Reach::StandingOut,
            Owner::Cue(_) | Owner::Object | Owner::Regulator(_) => Reach::Spoken,
            Owner::Action(_) | Owner::NotKind(_) | Owner::Heading(..) => Reach::Spoken,
            Owner::Country(..) => Reach::SpokenCountry,
        }
    }
}

#[derive(Deserialize)]
struct RawAliases {
    #[serde(rename = "schema")]
    _schema: u32,
    ambiguous: Vec<String>,
    ignored: Vec<String>,
    decoys: Vec<String>,
    also_languages: Vec<String>,
    #[serde(flatten)]
    regions: BTreeMap<String, WordLists>,
}

impl Lexicon {
    pub(super) fn new<'a>(
        countries: impl Iterator<Item = &'a Country>,
        kinds: &GuideKinds,
        vocabulary: &Vocabulary,
        phrases: &Phrases,
        currencies: &Currencies,
        generated: &Generated,
    ) -> Result<Lexicon, LoadError> {
        let mut lexicon = Lexicon { languages: vec![String::new()], ..Lexicon::default() };
        let countries: Vec<&Country> = countries.collect();
        lexicon.add_carriers(countries.iter().copied(), generated);
        lexicon.add_countries(generated)?;
        lexicon.add_regulators(&countries);
        for (code, word) in &currencies.words {
            let at = currencies.codes.iter().position(|it| it == code).unwrap_or(0);
            // Codes are capitals: "all", "try" and "cop" are words.
            let exact = word.chars().all(|c| c.is_ascii_uppercase()) || word == "Rs" || word == "Rp";
            lexicon.add(word, Owner::Currency(at as u16), "", exact);
        }
        for (set, language, word) in &vocabulary.words {
            lexicon.add(word, Owner::Cue(*set), language, false);
        }
        for (category, language, term) in &phrases.terms {
            lexicon.add(term, Owner::Phrase(*category), language, false);
        }
        for (language, word, exact) in kinds.objects.iter() {
            lexicon.add(word, Owner::Object, language, *exact);
        }
        for (at, kind) in kinds.kinds.iter().enumerate() {
            for (language, word) in kind.actions.iter() {
                lexicon.add(word, Owner::Action(at as u16), language, false);
            }
            for (language, word) in kind.not.iter() {
                lexicon.add(word, Owner::NotKind(at as u16), language, false);
            }
            for section in &kind.sections {
                for (language, word) in section.headings.iter() {
                    lexicon.add(word, Owner::Heading(section.role as u16, Some(at as u16)), language, false);
                }
            }
        }
        for (at, role) in kinds.roles.iter().enumerate() {
            for (language, word) in role.headings.iter() {
                lexicon.add(word, Owner::Heading(at as u16, None), language, false);
            }
        }
        Ok(lexicon)
    }

    /// The region of a country by one of its names in any language, without regard to case and width.
    pub fn region_named(&self, name: &str) -> Option<&str> {
        let named = self.named.get_or_init(|| {
            let shelves = self.shelves.iter().filter(|it| it.reach == Reach::SpokenCountry);
            let mut named = FnvMap::default();
            for literal in shelves.flat_map(|it| it.literals.iter()) {
                if let Owner::Country(at, _) = literal.owner {
                    named.entry(folded(&literal.text)).or_insert(at);
                }
            }
            named
        });
        self.regions.get(usize::from(*named.get(&folded(name))?)).map(String::as_str)
    }

    fn language_index(&mut self, language: &str) -> u8 {
        let known = self.languages.iter().position(|it| it == language);
        known.unwrap_or_else(|| {
            self.languages.push(language.to_owned());
            self.languages.len() - 1
        }) as u8
    }

    fn add(&mut self, word: &str, owner: Owner, language: &str, exact: bool) {
        let (text, open_ended) = match word.strip_suffix('*') {
            Some(stem) => (stem, true),
            None => (word, false),
        };
        if text.is_empty() {
            return;
        }
        let language = self.language_index(language);
        Shelf::add(&mut self.shelves, Literal { text: text.into(), owner, language, open_ended, exact });
    }

    fn add_carriers<'a>(&mut self, countries: impl Iterator<Item = &'a Country>, generated: &Generated) {
        let mut index: HashMap<(String, Spelling), usize> = HashMap::new();
        let mut curated: HashMap<&str, Vec<String>> = HashMap::new();
        let mut carriers: Vec<Vec<CarrierRef>> = Vec::new();
        let mut put = |lexicon: &mut Lexicon, name: &str, spelling: Spelling, who: CarrierRef| {
            let key = (if spelling == Spelling::Any { name.to_lowercase() } else { name.to_owned() }, spelling);
            let at = *index.entry(key).or_insert_with(|| {
                carriers.push(Vec::new());
                let at = carriers.len() - 1;
                let owner = Owner::Carrier(at as u32, spelling == Spelling::Word);
                lexicon.add(name, owner, "", spelling != Spelling::Any);
                at
            });
            if !carriers[at].contains(&who) {
                carriers[at].push(who);
            }
        };
        for country in countries {
            let names = curated.entry(country.code.as_str()).or_default();
            for carrier in &country.carriers {
                let who = || CarrierRef::Curated(country.code.as_str().into(), carrier.id.as_str().into());
                for name in &carrier.names {
                    put(self, &name.text, Spelling::Any, who());
                    for form in forms(&name.text) {
                        put(self, &form, Spelling::Any, who());
                    }
                    for form in joined(&name.text) {
                        put(self, &form, Spelling::Exact, who());
                    }
                    // "Metro PCS" for MetroPCS; but "Premium SIM" and "Safe Link" are words.
                    if let Some(form) = parted(&name.text)
                        && !carrier.names.iter().any(|it| it.text == form)
                    {
                        put(self, &form, Spelling::Word, who());
                    }
                }
                for name in &carrier.ambiguous {
                    put(self, name, Spelling::Word, who());
                    for form in inflected(name) {
                        put(self, &form, Spelling::Word, who());
                    }
                }
                names.extend(carrier.all_names().map(str::to_lowercase));
            }
        }
        for network in generated.networks() {
            if network.status != "operational" || network.region.len() != 2 {
                continue;
            }
            let better = curated.get(network.region);
            for brand in network.brands.split(" / ").map(str::trim).filter(|it| !it.is_empty()) {
                if better.is_some_and(|names| names.contains(&brand.to_lowercase())) {
                    continue;
                }
                put(self, brand, Spelling::Word, CarrierRef::Generated(network.region.into(), brand.into()));
            }
        }
        self.carriers = carriers.into_iter().map(Arc::from).collect();
    }

    /// Names of regulators that no other country's regulator has, alone or as what people cut it short to: the
    /// Communications Authority is Hong Kong's, Kenya's and South Africa's.
    fn add_regulators(&mut self, countries: &[&Country]) {
        let named = |country: &Country| {
            country.regulator.iter().flat_map(|it| &it.names).map(|it| it.text.clone()).collect::<Vec<_>>()
        };
        for country in countries {
            let Some(at) = self.regions.iter().position(|it| *it == country.code) else { continue };
            for name in named(country) {
                let shared = countries
                    .iter()
                    .any(|other| other.code != country.code && named(other).iter().any(|it| holds(it, &name)));
                let exact = name.chars().all(|c| c.is_ascii_uppercase());
                // Three capitals mean too many things.
                if !shared && name.chars().count() > if exact { 3 } else { 2 } {
                    self.add(&name, Owner::Regulator(at as u16), "", exact);
                }
            }
        }
    }

    fn add_countries(&mut self, generated: &Generated) -> Result<(), LoadError> {
        let (path, text) = embedded::COUNTRY_ALIASES;
        let raw: RawAliases = TomlFile::new(path, text).read()?;
        for decoy in &raw.decoys {
            self.add(decoy, Owner::Decoy, "", false);
        }
        let mut words: Vec<(String, String, String)> = Vec::new();
        for (region, language, name) in generated.country_names() {
            words.push((region.to_owned(), language.to_owned(), name.to_owned()));
        }
        for (region, lists) in raw.regions {
            for (language, names) in lists {
                for name in names {
                    words.push((region.clone(), language.clone(), name));
                }
            }
        }
        let mut seen = HashMap::new();
        for (region, language, name) in words {
            if raw.ignored.contains(&name)
                || seen.insert((region.clone(), language.clone(), name.clone()), ()).is_some()
            {
                continue;
            }
            let at = self.regions.iter().position(|it| *it == region).unwrap_or_else(|| {
                self.regions.push(region.clone());
                self.regions.len() - 1
            });
            let also_language = raw.also_languages.contains(&name);
            let exact = raw.ambiguous.contains(&name);
            self.add(&name, Owner::Country(at as u16, also_language), &language, exact);
        }
        Ok(())
    }
}

/// How a name must be spelt to count.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Spelling {
    /// With any capitals.
    Any,
    /// As it is.
    Exact,
    /// As it is, and in context: it is a word as well.
    Word,
}

/// Whether a name holds another as whole words.
fn holds(name: &str, part: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    name.match_indices(part).any(|(at, _)| {
        let (before, after) = (&name[..at], &name[at + part.len()..]);
        name == part || !is_word(before.chars().next_back()) && !is_word(after.chars().next())
    })
}

/// Other ways in which a name is written: with a space for its hyphen and a hyphen for its space, without the brackets around
/// its country, and as it is bent in a sentence.
fn forms(name: &str) -> Vec<String> {
    let mut forms = inflected(name);
    if let Some((one, other)) = name.split_once(' ')
        && is_latin(one)
        && is_latin(other)
    {
        forms.push(format!("{one}-{other}"));
    }
    if let Some((before, rest)) = name.split_once('(')
        && let Some(country) = rest.strip_suffix(')')
    {
        forms.push(format!("{before}{country}"));
    }
    if let Some((before, after)) = name.split_once('-')
        && before.chars().next_back().is_some_and(char::is_alphabetic)
        && after.chars().count() > 2
    {
        forms.push(format!("{before} {after}"));
    }
    forms
}

/// "UMobile", "Tunetalk": a name of several words in one, with its capitals or with the first alone. In small letters it may be
/// what one types into a phone, such as `tmobile`.
fn joined(name: &str) -> Vec<String> {
    let words: Vec<&str> = name.split([' ', '-']).collect();
    if !(2..=3).contains(&words.len()) || !words.iter().all(|it| is_latin(it)) {
        return Vec::new();
    }
    let small = words[1..].concat().to_lowercase();
    let mut forms = vec![words.concat(), format!("{}{small}", words[0])];
    forms.dedup();
    forms.retain(|it| it.contains(char::is_uppercase));
    forms
}

/// "Metro PCS": a name of two words in one, parted where its small letters end.
fn parted(name: &str) -> Option<String> {
    let at =
        name.char_indices().zip(name.chars().skip(1)).find(|((_, c), next)| c.is_lowercase() && next.is_uppercase());
    let ((at, last), _) = at.filter(|_| is_latin(name))?;
    let (one, other) = name.split_at(at + last.len_utf8());
    (one.chars().count() >= 3 && other.chars().count() >= 2).then(|| format!("{one} {other}"))
}

fn is_latin(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() && c <= '\u{24f}')
}

/// Endings of nouns in the languages written in Cyrillic; after a vowel the ending takes its place.
const CYRILLIC_ENDINGS: [&str; 14] = ["а", "у", "ом", "ем", "е", "і", "ы", "и", "я", "ю", "ой", "ою", "ів", "ов"];

/// Particles that Arabic writes in one word with what follows.
const ARABIC_PREFIXES: [&str; 6] = ["و", "ب", "ل", "ف", "ال", "وال"];

/// A name as it stands in a sentence of a language that bends names.
fn inflected(name: &str) -> Vec<String> {
    let Some(last) = name.chars().next_back() else { return Vec::new() };
    let letters = name.chars().count();
    match last {
        'а'..='я' | 'ё' | 'і' | 'ї' | 'є' if letters >= 4 => {
            let soft = matches!(last, 'а' | 'я' | 'ь' | 'й' | 'е' | 'о' | 'и' | 'у');
            let stem = if soft { &name[..name.len() - last.len_utf8()] } else { name };
            CYRILLIC_ENDINGS.iter().map(|ending| format!("{stem}{ending}")).filter(|it| it != name).collect()
        }
        '\u{620}'..='\u{64a}' if letters >= 3 => ARABIC_PREFIXES.iter().map(|it| format!("{it}{name}")).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_bent_as_their_language_does() {
        assert!(inflected("Сигнал").contains(&"Сигналом".to_owned()));
        assert!(inflected("Волна").contains(&"Волны".to_owned()));
        assert!(inflected("موجة").contains(&"وموجة".to_owned()));
        assert!(inflected("Wave").is_empty());
        assert!(forms("E-Wave").contains(&"E Wave".to_owned()));
    }

    #[test]
    fn names_are_written_with_and_without_their_spaces() {
        assert!(forms("W Tide").contains(&"W-Tide".to_owned()));
        assert_eq!(joined("W Tide"), ["WTide", "Wtide"]);
        assert!(joined("wave link").is_empty() && joined("Wave").is_empty());
        assert!(forms("波浪(北岛)").contains(&"波浪北岛".to_owned()));
        assert!(forms("Волна Юг").iter().all(|it| it.contains(' ')));
        assert_eq!(parted("WaveLink").as_deref(), Some("Wave Link"));
        assert_eq!((parted("Wavelink"), parted("iWave"), parted("WAVE")), (None, None, None));
    }

    #[test]
    fn a_short_name_may_be_several_regulators() {
        assert!(holds("Wave Authority of Northland", "Wave Authority") && holds("Wave Authority", "Wave Authority"));
        assert!(!holds("Microwave Authority", "wave Authority"));
    }
}
