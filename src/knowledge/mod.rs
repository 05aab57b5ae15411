//! What guidelint knows of countries, carriers, guide kinds and languages, and where it knows it from.
//!
//! Everything here is read from TOML files in `rules/`, which are compiled into the program, and from a
//! project's own files, which are laid over them.

mod carrier;
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
mod promotion;
mod toml_file;
mod vocabulary;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::date::Date;

pub use carrier::{
    AccessPoint, Account, CareNumber, Carrier, CarrierKind, CarrierStatus, Name, NumberRange, RetiredNetwork,
};
pub use country::{Country, Emergency, EmergencyRole, Portability, Registration, Regulator, ShortRange};
pub use currency::Currencies;
pub use fiction::{Fiction, FictionRange};
pub use generated::{Generated, Network, PrefixHolder, RegionFacts};
pub use guide_kind::{GuideKind, GuideKinds, Need, RequiredContent, Role, SectionNeed};
pub use imitation::Imitation;
pub use language::{LanguageProfile, Languages, Months};
pub use lexicon::{CarrierRef, Lexicon, Literal, Owner};
pub use number_plan::{Automaton, NO_COUNTRY, NumberPlan, PlanLength};
pub use promotion::{Affiliates, Channel, HandleShape, HostSet, Phrases, Promotion};
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
#[derive(Debug)]
pub struct Knowledge {
    countries: BTreeMap<String, Country>,
    /// Guide kinds and the roles of their sections.
    pub kinds: GuideKinds,
    /// How languages are told apart.
    pub languages: Languages,
    /// Words that say what a thing is, in many languages.
    pub vocabulary: Vocabulary,
    /// What currencies are called.
    pub currencies: Currencies,
    /// How sellers are reached.
    pub promotion: Promotion,
    /// Numbers kept for films, books and examples.
    pub fiction: Fiction,
    /// What domains that imitate a carrier's are made of.
    pub imitation: Imitation,
    /// Tables made from registry packages.
    pub generated: Generated,
    lexicon: Lexicon,
    /// Domains of carriers and regulators.
    official: HostSet,
    newest: Option<Date>,
}

impl Knowledge {
    /// What is built in.
    ///
    /// # Panics
    /// Never in a released version: a test loads every embedded file.
    pub fn builtin() -> Arc<Knowledge> {
        Knowledge::builder().build().unwrap_or_else(|error| panic!("embedded knowledge: {error}")).into()
    }

    /// What is built in, with files of a project laid over it.
    pub fn builder() -> KnowledgeBuilder {
        KnowledgeBuilder::default()
    }

    /// The curated country of an ISO 3166-1 alpha-2 code in capitals.
    pub fn country(&self, code: &str) -> Option<&Country> {
        self.countries.get(code)
    }

    /// Every curated country, by code.
    pub fn countries(&self) -> impl Iterator<Item = &Country> {
        self.countries.values()
    }

    /// The carrier of an id such as `al.one`.
    pub fn carrier(&self, id: &str) -> Option<&Carrier> {
        let country = self.country(&id.get(..2)?.to_ascii_uppercase())?;
        country.carriers.iter().find(|carrier| carrier.id == id)
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

    /// Every literal the one scan looks for.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The newest day on which any source was read.
    pub fn as_of(&self) -> Option<Date> {
        self.newest
    }
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
        let mut countries = BTreeMap::new();
        let builtin = embedded::COUNTRIES.iter().map(|(path, text)| (*path, *text));
        let own = self.countries.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        for (path, text) in builtin.chain(own) {
            let country = load::country(path, text)?;
            countries.insert(country.code.clone(), country);
        }
        let kinds = guide_kind::load(&self.kinds)?;
        let languages = language::load()?;
        let vocabulary = vocabulary::load()?;
        let currencies = currency::load()?;
        let promotion = promotion::load()?;
        let fiction = fiction::load()?;
        let imitation = imitation::load()?;
        let generated = Generated::embedded();
        let lexicon =
            Lexicon::new(countries.values(), &kinds, &vocabulary, &promotion.phrases, &currencies, &generated)?;
        let carriers = countries.values().flat_map(|it| &it.carriers).flat_map(|it| &it.domains);
        let regulators = countries.values().flat_map(|it| &it.regulator).flat_map(|it| &it.domains);
        let official = carriers.chain(regulators).cloned().collect();
        let newest = countries.values().flat_map(|it| it.newest_source()).max();
        Ok(Knowledge {
            countries,
            kinds,
            languages,
            vocabulary,
            currencies,
            promotion,
            fiction,
            imitation,
            generated,
            lexicon,
            official,
            newest,
        })
    }
}
