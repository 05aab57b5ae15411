//! A pack: a folder of rules, countries and guide kinds that several projects share.

use serde::Deserialize;
use toml::Spanned;

use super::setting::RawRules;
use crate::knowledge::{LoadError, TomlFile};

/// What `pack.toml` says.
#[derive(Clone, Debug)]
pub struct Pack {
    /// What it is called.
    pub name: String,
    /// Its version, as its makers count.
    pub version: String,
    /// The file, for pointing into it.
    pub(super) file: TomlFile,
    pub(super) rules: RawRules,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawPack {
    name: Spanned<String>,
    version: Spanned<String>,
    min_guidelint: Option<Spanned<String>>,
    #[serde(default)]
    rules: RawRules,
}

impl Pack {
    /// Reads `pack.toml`; `path` is how messages call it, `running` the version of guidelint that reads it.
    ///
    /// # Errors
    /// Broken TOML, unknown keys, a guidelint that is too old: with their places.
    pub fn read(path: &str, text: &str, running: &str) -> Result<Pack, LoadError> {
        let file = TomlFile::new(path, text);
        let raw: RawPack = file.read()?;
        let mut complaints = Vec::new();
        for version in [Some(&raw.version), raw.min_guidelint.as_ref()].into_iter().flatten() {
            if numbers(version.get_ref()).is_none() {
                complaints.push(
                    file.complaint(version.span(), "a version is numbers with dots between them, such as `1.2.0`"),
                );
            }
        }
        if raw.name.get_ref().trim().is_empty() {
            complaints.push(file.complaint(raw.name.span(), "the pack has no name"));
        }
        if let Some(wanted) = &raw.min_guidelint
            && numbers(wanted.get_ref()) > numbers(running)
        {
            let message = format!("this pack wants guidelint {} or newer; this is {running}", wanted.get_ref());
            complaints.push(file.complaint(wanted.span(), message));
        }
        file.verdict(complaints)?;
        Ok(Pack { name: raw.name.into_inner(), version: raw.version.into_inner(), file, rules: raw.rules })
    }
}

/// `1.2` as `[1, 2, 0]`.
fn numbers(version: &str) -> Option<[u64; 3]> {
    let mut parts = version.split('.');
    let mut numbers = [0; 3];
    for (at, number) in numbers.iter_mut().enumerate() {
        match parts.next() {
            Some(part) => *number = part.parse().ok()?,
            None if at > 0 => {}
            None => return None,
        }
    }
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_says_which_guidelint_it_needs() {
        let pack = "name = \"house\"\nversion = \"1.2\"\nmin-guidelint = \"0.10\"\n";
        assert_eq!(Pack::read("pack.toml", pack, "0.10.1").unwrap().name, "house");
        let error = Pack::read("pack.toml", pack, "0.9.9").unwrap_err().to_string();
        assert_eq!(error, "pack.toml:3:17: this pack wants guidelint 0.10 or newer; this is 0.9.9");
        assert!(Pack::read("pack.toml", "name = \"house\"\nversion = \"one\"\n", "0.1.0").is_err());
        let typo = Pack::read("pack.toml", "nam = \"house\"\nversion = \"1\"\n", "0.1.0").unwrap_err().to_string();
        assert!(typo.contains("did you mean `name`?"), "{typo}");
    }
}
