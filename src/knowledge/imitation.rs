use serde::{Deserialize, Serialize};

use super::embedded;
use super::toml_file::{LoadError, TomlFile};

/// What domains that imitate a carrier's are made of.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Imitation {
    schema: u32,
    /// Words put beside a carrier's name.
    pub words: Vec<String>,
    /// Those among them that speak of telecom, and make an imitation of a name that is an ordinary word.
    pub telecom_words: Vec<String>,
    /// Suffixes under which the bare name of a carrier is an imitation.
    pub suffixes: Vec<String>,
    /// Hosts where companies have official pages that are not their own domain.
    pub neutral_hosts: Vec<String>,
}

pub(super) fn load() -> Result<Imitation, LoadError> {
    let (path, text) = embedded::LOOKALIKE;
    let file = TomlFile::new(path, text);
    let imitation: Imitation = file.read()?;
    match imitation.schema {
        1 => Ok(imitation),
        _ => Err(file.error(0..0, "this version of guidelint reads schema 1")),
    }
}
