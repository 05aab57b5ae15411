use std::collections::BTreeMap;

use serde::Deserialize;

use super::embedded;
use super::toml_file::{LoadError, TomlFile};

/// What is known of the ways sellers are reached.
#[derive(Clone, Debug, Default)]
pub struct Promotion {
    /// Messengers and order platforms.
    pub channels: Vec<Channel>,
    /// Registrable domains where anybody can put a picture.
    pub image_hosts: Vec<String>,
}

/// A way to reach a seller.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// Such as `telegram`.
    pub id: String,
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
    /// URL schemes.
    #[serde(default)]
    pub schemes: Vec<String>,
    /// What an account looks like: `at-word`, `word`, `digits`, `phone`, `email`.
    pub handle: String,
    /// Fewest characters of an account.
    pub min: usize,
    /// Most characters of an account.
    pub max: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChannels {
    #[serde(rename = "schema")]
    _schema: u32,
    channel: Vec<Channel>,
}

#[derive(Deserialize)]
struct RawHosts {
    #[serde(rename = "schema")]
    _schema: u32,
    hosts: Vec<String>,
}

pub(super) fn load() -> Result<Promotion, LoadError> {
    let (path, text) = embedded::CHANNELS;
    let raw: RawChannels = TomlFile::new(path, text).read()?;
    let (path, text) = embedded::IMAGE_HOSTS;
    let hosts: RawHosts = TomlFile::new(path, text).read()?;
    Ok(Promotion { channels: raw.channel, image_hosts: hosts.hosts })
}
