use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::embedded;
use super::toml_file::{LoadError, TomlFile};
use super::vocabulary::WordLists;
use crate::text::{FnvMap, FnvSet};

/// What is known of the ways sellers are reached and of what they write.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Promotion {
    /// Messengers and order platforms.
    pub channels: Vec<Channel>,
    /// Words that may stand between the name of a messenger and an account.
    pub connectors: Vec<String>,
    /// Registrable domains where anybody can have a mailbox.
    pub free_mail: HostSet,
    /// Registrable domains where anybody can put a picture.
    pub image_hosts: HostSet,
    /// Words in the name of a picture's file that say it is a contact.
    pub contact_files: Vec<String>,
    /// Words in the name or the alternative text of a picture that say its code installs an eSIM.
    pub install_words: Vec<String>,
    /// Hosts that hide their target.
    pub shorteners: HostSet,
    /// What pays a referrer.
    pub affiliates: Affiliates,
    /// Wording that sells.
    pub phrases: Phrases,
    hosts: FnvMap<String, Vec<u16>>,
    schemes: FnvMap<String, u16>,
}

/// A way to reach a seller.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// Such as `telegram`.
    pub id: String,
    /// What reports call it.
    pub label: String,
    /// What people write before an account, per language.
    #[serde(default)]
    pub names: BTreeMap<String, Vec<String>>,
    /// Names that mean something else too: they need an account right after.
    #[serde(default)]
    pub ambiguous: Vec<String>,
    /// Registrable domains or full hosts.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Only addresses whose path begins so are a contact; empty for all.
    #[serde(default)]
    pub paths: Vec<String>,
    /// Addresses whose path begins so are no contact: sharing, stickers.
    #[serde(default)]
    pub not_paths: Vec<String>,
    /// Only addresses with one of these parameters are a contact; empty for all.
    #[serde(default)]
    pub parameters: Vec<String>,
    /// URL schemes.
    #[serde(default)]
    pub schemes: Vec<String>,
    /// What an account looks like.
    pub handle: HandleShape,
    /// Fewest characters of an account.
    pub min: usize,
    /// Most characters of an account.
    pub max: usize,
}

/// What an account looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HandleShape {
    /// `@name`
    AtWord,
    /// `name_88`
    Word,
    /// Five to eleven digits.
    Digits,
    /// A telephone number.
    Phone,
    /// `name@host`
    Email,
}

/// Hosts, found by any host below them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct HostSet {
    hosts: FnvSet<String>,
    except: FnvSet<String>,
}

/// What pays a referrer.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Affiliates {
    /// Parameters of the query or the fragment that pay on any host.
    pub parameters: FnvSet<String>,
    /// Path segments that pay when something follows them.
    pub path_segments: FnvSet<String>,
    /// Where such segments pay nobody.
    pub exempt_hosts: HostSet,
    /// Beginnings of hosts.
    pub host_prefixes: Vec<String>,
    /// Networks that only pass a click on.
    pub hosts: HostSet,
    /// Parameters that pay on one shop: host (a final `.*` for any ending) and name.
    pub host_parameters: Vec<(String, String)>,
    /// Parameters that pay on a registration page: segments of the path, and names.
    pub path_parameters: Vec<(Vec<String>, Vec<String>)>,
}

/// Wording that sells.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Phrases {
    /// Names of the categories, by the index of [`super::Owner::Phrase`].
    pub categories: Vec<String>,
    /// Category, language and term.
    pub terms: Vec<(u8, String, String)>,
}

impl HostSet {
    fn new(hosts: Vec<String>, except: Vec<String>) -> HostSet {
        HostSet { hosts: hosts.into_iter().collect(), except: except.into_iter().collect() }
    }

    /// Whether a host or one above it is exempt.
    pub fn exempts(&self, host: &str) -> bool {
        !self.except.is_empty() && above(host).any(|it| self.except.contains(it))
    }

    /// Whether a host or one above it is in the set.
    pub fn contains(&self, host: &str) -> bool {
        above(host).any(|it| self.hosts.contains(it)) && !self.exempts(host)
    }
}

impl FromIterator<String> for HostSet {
    fn from_iter<I: IntoIterator<Item = String>>(hosts: I) -> HostSet {
        HostSet { hosts: hosts.into_iter().collect(), except: FnvSet::default() }
    }
}

/// A host and those above it: `a.b.example`, `b.example`, `example`.
fn above(host: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(host), |host| host.split_once('.').map(|(_, rest)| rest))
}

impl Promotion {
    /// The channels reached through a host, or one above it, in order of the file.
    pub fn channels_at<'a>(&'a self, host: &'a str) -> impl Iterator<Item = (u16, &'a Channel)> {
        above(host)
            .filter_map(|it| self.hosts.get(it))
            .flatten()
            .filter_map(|&at| Some((at, self.channels.get(usize::from(at))?)))
    }

    /// The channel of a URL scheme.
    pub fn channel_of_scheme(&self, scheme: &str) -> Option<u16> {
        self.schemes.get(scheme).copied()
    }

    /// Whether a host means something here, so that even a bare mention of it is a link.
    pub fn knows_host(&self, host: &str) -> bool {
        self.channels_at(host).next().is_some()
            || self.shorteners.contains(host)
            || self.affiliates.hosts.contains(host)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChannels {
    #[serde(rename = "schema")]
    _schema: u32,
    connectors: WordLists,
    free_mail: Vec<String>,
    channel: Vec<Channel>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHosts {
    #[serde(rename = "schema")]
    _schema: u32,
    hosts: Vec<String>,
    #[serde(default)]
    exempt_hosts: Vec<String>,
    #[serde(default)]
    contact_files: Vec<String>,
    #[serde(default)]
    install_words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAffiliates {
    #[serde(rename = "schema")]
    _schema: u32,
    parameters: Vec<RawParameter>,
    path_segments: Vec<String>,
    exempt_hosts: Vec<String>,
    host_prefixes: Vec<String>,
    hosts: Vec<String>,
    host_parameter: Vec<RawHostParameter>,
    path_parameter: Vec<RawPathParameter>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawParameter {
    name: String,
    /// Only `any` so far: whatever the value, it pays.
    #[serde(rename = "values")]
    _values: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHostParameter {
    host: String,
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPathParameter {
    paths: Vec<String>,
    names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPhrases {
    #[serde(rename = "schema")]
    _schema: u32,
    #[serde(rename = "rule")]
    _rule: String,
    terms: BTreeMap<String, WordLists>,
    // The examples are for readers and for the test that runs them.
    #[serde(rename = "bad")]
    _bad: Vec<toml::Value>,
    #[serde(rename = "good")]
    _good: Vec<toml::Value>,
}

pub(super) fn load() -> Result<Promotion, LoadError> {
    let raw: RawChannels = file(embedded::CHANNELS).read()?;
    let images: RawHosts = file(embedded::IMAGE_HOSTS).read()?;
    let shorteners: RawHosts = file(embedded::SHORTENERS).read()?;
    let mut promotion = Promotion {
        connectors: raw.connectors.into_values().flatten().collect(),
        free_mail: HostSet::new(raw.free_mail, Vec::new()),
        contact_files: images.contact_files,
        install_words: images.install_words,
        image_hosts: HostSet::new(images.hosts, images.exempt_hosts),
        shorteners: HostSet::new(shorteners.hosts, shorteners.exempt_hosts),
        affiliates: load_affiliates()?,
        phrases: load_phrases()?,
        ..Promotion::default()
    };
    for (at, channel) in raw.channel.iter().enumerate() {
        for host in &channel.hosts {
            promotion.hosts.entry(host.clone()).or_default().push(at as u16);
        }
        for scheme in &channel.schemes {
            promotion.schemes.insert(scheme.clone(), at as u16);
        }
    }
    promotion.channels = raw.channel;
    Ok(promotion)
}

fn file((path, text): (&str, &str)) -> TomlFile {
    TomlFile::new(path, text)
}

fn load_affiliates() -> Result<Affiliates, LoadError> {
    let raw: RawAffiliates = file(embedded::AFFILIATES).read()?;
    Ok(Affiliates {
        parameters: raw.parameters.into_iter().map(|it| it.name.to_lowercase()).collect(),
        path_segments: raw.path_segments.into_iter().collect(),
        exempt_hosts: HostSet::new(raw.exempt_hosts, Vec::new()),
        host_prefixes: raw.host_prefixes,
        hosts: HostSet::new(raw.hosts, Vec::new()),
        host_parameters: raw.host_parameter.into_iter().map(|it| (it.host, it.name)).collect(),
        path_parameters: raw.path_parameter.into_iter().map(|it| (it.paths, it.names)).collect(),
    })
}

fn load_phrases() -> Result<Phrases, LoadError> {
    let raw: RawPhrases = file(embedded::PHRASES).read()?;
    let mut phrases = Phrases::default();
    for (category, lists) in raw.terms {
        let index = phrases.categories.len() as u8;
        phrases.categories.push(category);
        for (language, terms) in lists {
            phrases.terms.extend(terms.into_iter().map(|term| (index, language.clone(), term)));
        }
    }
    Ok(phrases)
}
