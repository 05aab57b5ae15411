//! What guidelint knows of countries, carriers, guide kinds and languages, and where it knows it from.
//!
//! Everything here is read from TOML files in `rules/`, which are compiled into the program, and from a
//! project's own files, which are laid over them.

mod carrier;
mod cited;
mod country;
mod currency;
mod embedded;
mod fiction;
mod generated;
mod guide_kind;
mod imitation;
mod language;
mod lexicon;
mod load;
mod number_plan;
mod packed;
mod promotion;
mod shelf;
mod toml_file;
mod vocabulary;

use serde::{Deserialize, Serialize};

use std::sync::Arc;

use crate::date::Date;
use crate::text::FnvMap;

pub use carrier::{
    AccessPoint, Account, CareNumber, Carrier, CarrierKind, CarrierStatus, Name, NumberRange, RetiredNetwork,
};
pub use country::{Country, Emergency, EmergencyRole, Portability, Registration, Regulator, ShortRange};
pub use currency::Currencies;
pub use fiction::{Fiction, FictionRange};
pub use generated::{Generated, Network, PrefixHolder, RegionFacts};
pub use guide_kind::{ByCarrier, GuideKind, GuideKinds, Need, RequiredContent, Role, SectionNeed};
pub use imitation::Imitation;
pub use language::{LanguageProfile, Languages, Months};
pub use lexicon::{CarrierRef, Lexicon, Literal, Owner};
pub use number_plan::{Automaton, NO_COUNTRY, NumberPlan, PlanLength};
pub use packed::Packed;
pub use promotion::{Affiliates, Channel, HandleShape, HostSet, Phrases, Promotion};
pub use shelf::{LiteralId, Reach, Shelf};
pub use toml_file::{LoadError, TomlFile, did_you_mean};
pub use vocabulary::{CueSet, Vocabulary};

/// Reads one country file and checks everything its README promises.
///
/// # Errors
/// Everything in it that does not hold, each with its place.
pub fn read_country(path: &str, toml: &str) -> Result<Country, LoadError> {
    load::country(path, toml)
}

/// Everything known, ready to be asked.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Knowledge {
    /// What is asked of every country, by code.
    heads: Vec<Head>,
    /// In the same order.
    countries: Vec<Packed<Country>>,
    /// For each pair of letters, one more than the index of its country.
    by_letters: Vec<u16>,
    /// For each carrier's id, the indices of its country and of itself there.
    by_id: FnvMap<String, (u16, u16)>,
    /// Guide kinds and the roles of their sections.
    pub kinds: GuideKinds,
    /// How languages are told apart.
    pub languages: Languages,
    /// Words that say what a thing is, in many languages; asked for only to make another lexicon.
    vocabulary: Packed<Vocabulary>,
    /// What currencies are called.
    pub currencies: Currencies,
    /// How sellers are reached.
    pub promotion: Promotion,
    /// Numbers kept for films, books and examples.
    pub fiction: Fiction,
    /// What domains that imitate a carrier's are made of.
    pub imitation: Imitation,
    /// Tables made from registry packages.
    #[serde(skip, default = "Generated::embedded")]
    pub generated: Generated,
    lexicon: Lexicon,
    /// Domains of carriers and regulators.
    official: HostSet,
    /// Domains of regulators, and hosts where every company has official pages.
    neutral: HostSet,
    /// Domains of carriers, given up ones among them.
    of_carriers: HostSet,
    /// The country of each calling code that only one has.
    by_calling_code: FnvMap<String, Option<String>>,
    /// Names of the regulators of all curated countries.
    regulators: Vec<String>,
    /// Access point names that carriers of more than one country have, in lower case and in order.
    widespread_access_points: Vec<String>,
    newest: Option<Date>,
}

/// What is asked of every country, without decoding it.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    code: String,
    calling_code: String,
}

impl Knowledge {
    /// What is built in.
    ///
    /// # Panics
    /// Never: the build has read every file.
    pub fn builtin() -> Arc<Knowledge> {
        Knowledge::builder().build().unwrap_or_else(|error| panic!("embedded knowledge: {error}")).into()
    }

    /// What is built in, with files of a project laid over it.
    pub fn builder() -> KnowledgeBuilder {
        KnowledgeBuilder::default()
    }

    /// The curated country of an ISO 3166-1 alpha-2 code in capitals.
    pub fn country(&self, code: &str) -> Option<&Country> {
        let at = self.by_letters.get(letters(code)?).copied().unwrap_or(0);
        self.countries.get(usize::from(at.checked_sub(1)?)).map(|it| &**it)
    }

    /// Every curated country, by code. All are decoded for it: to ask one thing of all of them, let it be known beforehand.
    pub fn countries(&self) -> impl Iterator<Item = &Country> {
        self.countries.iter().map(|it| &**it)
    }

    /// The curated countries that share a calling code.
    pub fn countries_at(&self, calling_code: &str) -> impl Iterator<Item = &Country> {
        let all = self.heads.iter().zip(&self.countries);
        all.filter(move |(head, _)| head.calling_code == calling_code).map(|(_, it)| &**it)
    }

    /// Whether carriers of more than one country have an access point of this name, as of `internet`.
    pub fn is_widespread_access_point(&self, name: &str) -> bool {
        self.widespread_access_points.binary_search(&name.to_ascii_lowercase()).is_ok()
    }

    /// Names of the regulators of all curated countries.
    pub fn regulators(&self) -> &[String] {
        &self.regulators
    }

    /// Words that say what a thing is, in many languages.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The carrier of an id such as `al.one`.
    pub fn carrier(&self, id: &str) -> Option<&Carrier> {
        let (country, carrier) = self.by_id.get(id)?;
        self.countries.get(usize::from(*country))?.carriers.get(usize::from(*carrier))
    }

    /// The record at the end of a chain of successors, and the steps on the way there.
    ///
    /// The first step is the carrier itself; a chain that ends in a closed carrier ends there, and so does one that ends in
    /// a carrier that was divided.
    pub fn succession<'a>(&'a self, carrier: &'a Carrier) -> Vec<&'a Carrier> {
        let mut steps = vec![carrier];
        while let [next] = steps[steps.len() - 1].successors.as_slice()
            && let Some(next) = self.carrier(next)
        {
            if steps.iter().any(|step| step.id == next.id) {
                break;
            }
            steps.push(next);
        }
        steps
    }

    /// What a carrier is today, or was at its end; `None` where it was divided, for then nobody is what it was.
    pub fn today<'a>(&'a self, carrier: &'a Carrier) -> Option<&'a Carrier> {
        self.succession(carrier).pop().filter(|it| it.successors.len() < 2)
    }

    /// Every step that leads away from a carrier, nearest first: of one that was divided, all ways.
    pub fn became<'a>(&'a self, carrier: &'a Carrier) -> Vec<&'a Carrier> {
        let mut steps = vec![carrier];
        let mut at = 0;
        while let Some(step) = steps.get(at).copied() {
            for next in step.successors.iter().filter_map(|id| self.carrier(id)) {
                if !steps.iter().any(|known| known.id == next.id) {
                    steps.push(next);
                }
            }
            at += 1;
        }
        steps.split_off(1)
    }

    /// Whether a host belongs to a carrier or a regulator of any curated country.
    pub fn is_official_host(&self, host: &str) -> bool {
        self.official.contains(host)
    }

    /// Whether a host is a regulator's, or a place where every company has official pages.
    pub fn is_neutral_host(&self, host: &str) -> bool {
        self.neutral.contains(host)
    }

    /// Whether a host is a carrier's own, now or once, anywhere in the world.
    pub fn is_carrier_host(&self, host: &str) -> bool {
        self.of_carriers.contains(host)
    }

    /// The code of the country whose calling code begins E.164 digits (without `+`), where only one has it.
    pub fn country_of_number(&self, digits: &str) -> Option<&str> {
        let mut begins = (1..=3).filter_map(|length| self.by_calling_code.get(digits.get(..length)?));
        match (begins.next()?, begins.next()) {
            (Some(code), None) => Some(code),
            _ => None,
        }
    }

    /// Every literal the one scan looks for.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The newest day on which any source was read.
    pub fn as_of(&self) -> Option<Date> {
        self.newest
    }
}

/// Decodes what [`pack`] has written.
fn unpack<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, postcard::Error> {
    cited::table(|| postcard::from_bytes(bytes))
}

fn pack(value: &impl Serialize) -> Result<Vec<u8>, postcard::Error> {
    cited::table(|| postcard::to_allocvec(value))
}

/// Two capitals as a number below 676.
fn letters(code: &str) -> Option<usize> {
    let [first, second] = code.as_bytes() else { return None };
    let letter = |byte: &u8| byte.is_ascii_uppercase().then(|| usize::from(byte - b'A'));
    Some(letter(first)? * 26 + letter(second)?)
}

/// Collects what a [`Knowledge`] is made of.
#[derive(Debug, Default)]
pub struct KnowledgeBuilder {
    countries: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
}

impl KnowledgeBuilder {
    /// Adds a country file; it replaces the built-in file of the same country.
    pub fn country(mut self, path: impl Into<String>, toml: impl Into<String>) -> KnowledgeBuilder {
        self.countries.push((path.into(), toml.into()));
        self
    }

    /// Adds a guide kind; it replaces the built-in kind of the same name.
    pub fn guide_kind(mut self, path: impl Into<String>, toml: impl Into<String>) -> KnowledgeBuilder {
        self.kinds.push((path.into(), toml.into()));
        self
    }

    /// Reads everything.
    ///
    /// # Errors
    /// The first file that does not hold what its README promises, with the places in it.
    pub fn build(self) -> Result<Knowledge, LoadError> {
        let mut knowledge = match unpack(crate::compiled::KNOWLEDGE) {
            Ok(knowledge) => knowledge,
            Err(_) => Knowledge::read()?,
        };
        if self.countries.is_empty() && self.kinds.is_empty() {
            return Ok(knowledge);
        }
        for (path, text) in &self.countries {
            let country = load::country(path, text)?;
            knowledge.put(country);
        }
        if !self.kinds.is_empty() {
            knowledge.kinds = guide_kind::load(&self.kinds)?;
        }
        knowledge.settle()?;
        Ok(knowledge)
    }
}

impl Knowledge {
    /// Reads the files that are built in.
    fn read() -> Result<Knowledge, LoadError> {
        let mut knowledge = Knowledge {
            heads: Vec::new(),
            countries: Vec::new(),
            by_letters: Vec::new(),
            by_id: FnvMap::default(),
            kinds: guide_kind::load(&[])?,
            languages: language::load()?,
            vocabulary: vocabulary::load()?.into(),
            currencies: currency::load()?,
            promotion: promotion::load()?,
            fiction: fiction::load()?,
            imitation: imitation::load()?,
            generated: Generated::embedded(),
            lexicon: Lexicon::default(),
            official: HostSet::default(),
            neutral: HostSet::default(),
            of_carriers: HostSet::default(),
            by_calling_code: FnvMap::default(),
            regulators: Vec::new(),
            widespread_access_points: Vec::new(),
            newest: None,
        };
        for (path, text) in embedded::COUNTRIES {
            let country = load::country(path, text)?;
            knowledge.put(country);
        }
        knowledge.settle()?;
        Ok(knowledge)
    }

    /// Everything in one table, as [`KnowledgeBuilder::build`] decodes it.
    ///
    /// # Errors
    /// None that is known of: what is read from the files can be written.
    pub fn compiled(&self) -> Result<Vec<u8>, postcard::Error> {
        pack(self)
    }

    /// Takes a country in, in place of another of its code.
    fn put(&mut self, country: Country) {
        let head = Head { code: country.code.clone(), calling_code: country.calling_code.clone() };
        match self.heads.binary_search_by(|it| it.code.cmp(&country.code)) {
            Ok(at) => (self.heads[at], self.countries[at]) = (head, country.into()),
            Err(at) => {
                self.heads.insert(at, head);
                self.countries.insert(at, country.into());
            }
        }
    }

    /// Draws from the files what is looked up in all of them at once.
    fn settle(&mut self) -> Result<(), LoadError> {
        self.by_letters = vec![0; 26 * 26];
        self.by_id = FnvMap::default();
        for (at, country) in self.countries.iter().map(|it| &**it).enumerate() {
            if let Some(place) = letters(&country.code) {
                self.by_letters[place] = at as u16 + 1;
            }
            for (place, carrier) in country.carriers.iter().enumerate() {
                self.by_id.insert(carrier.id.clone(), (at as u16, place as u16));
            }
        }
        let countries = || self.countries.iter().map(|it| &**it);
        let carriers = || countries().flat_map(|it| &it.carriers);
        let domains = || carriers().flat_map(|it| &it.domains);
        let regulators = || countries().flat_map(|it| &it.regulator).flat_map(|it| &it.domains);
        self.official = domains().chain(regulators()).cloned().collect();
        self.neutral = regulators().chain(&self.imitation.neutral_hosts).cloned().collect();
        self.of_carriers = domains().chain(carriers().flat_map(|it| &it.domains_dead)).cloned().collect();
        let mut by_calling_code: FnvMap<String, Option<String>> = FnvMap::default();
        for country in countries() {
            let only = by_calling_code.entry(country.calling_code.clone());
            only.and_modify(|it| *it = None).or_insert_with(|| Some(country.code.clone()));
        }
        self.by_calling_code = by_calling_code;
        let names = countries().flat_map(|it| &it.regulator).flat_map(|it| &it.names);
        self.regulators = names.map(|it| it.text.clone()).collect();
        let mut points: Vec<(String, &str)> = countries()
            .flat_map(|country| country.carriers.iter().map(move |it| (country.code.as_str(), it)))
            .flat_map(|(code, it)| it.apn.iter().map(move |point| (point.name.to_ascii_lowercase(), code)))
            .collect();
        points.sort_unstable();
        points.dedup();
        let mut widespread: Vec<String> =
            points.windows(2).filter(|it| it[0].0 == it[1].0).map(|it| it[0].0.clone()).collect();
        widespread.dedup();
        self.widespread_access_points = widespread;
        self.newest = countries().flat_map(|it| it.newest_source()).max();
        let Knowledge { kinds, vocabulary, promotion, currencies, generated, .. } = self;
        self.lexicon = Lexicon::new(countries(), kinds, vocabulary, &promotion.phrases, currencies, generated)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_compiled_table_says_what_the_files_say() {
        let (compiled, read) = (Knowledge::builtin(), Knowledge::read().unwrap());
        assert!(!crate::compiled::KNOWLEDGE.is_empty());
        assert_eq!(format!("{:?}", compiled.countries), format!("{:?}", read.countries));
        assert_eq!(format!("{:?}", compiled.kinds), format!("{:?}", read.kinds));
        assert_eq!(format!("{:?}", compiled.lexicon), format!("{:?}", read.lexicon));
        assert_eq!(format!("{:?}", compiled.fiction), format!("{:?}", read.fiction));
        assert_eq!(compiled.as_of(), read.as_of());
    }
}
