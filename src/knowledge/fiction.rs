use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use toml::value::Datetime;

use super::embedded;
use super::toml_file::{LoadError, TomlFile};
use crate::date::Date;
use crate::diagnostic::{Citation, SourceKind};
use crate::host;

/// Numbers that regulators keep for films, books and examples.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Fiction {
    ranges: Vec<FictionRange>,
    /// Indices of ranges, by the number that the first two digits are.
    by_start: Vec<Vec<u16>>,
}

/// A range nobody answers in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FictionRange {
    /// ISO 3166-1 alpha-2.
    pub region: String,
    /// The first E.164 digits; `X` is any digit.
    pub prefix: String,
    /// How many digits the whole number has.
    pub digits: usize,
    /// Who says so.
    #[serde(with = "super::cited")]
    pub sources: Vec<Arc<Citation>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFiction {
    schema: u32,
    range: Vec<RawRange>,
    source: BTreeMap<String, RawSource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRange {
    region: String,
    prefix: String,
    digits: usize,
    #[serde(rename = "note")]
    _note: Option<String>,
    sources: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSource {
    url: Option<String>,
    package: Option<String>,
    kind: String,
    as_of: Option<String>,
    verified: Datetime,
    #[serde(default)]
    copy: bool,
    origin: Option<String>,
}

impl Fiction {
    /// The range that holds the E.164 digits.
    pub fn range(&self, digits: &str) -> Option<&FictionRange> {
        let start = start(digits)?;
        self.by_start.get(start)?.iter().map(|at| &self.ranges[usize::from(*at)]).find(|range| range.holds(digits))
    }

    /// Every range.
    pub fn ranges(&self) -> &[FictionRange] {
        &self.ranges
    }
}

/// The first two digits, as a number.
fn start(digits: &str) -> Option<usize> {
    digits.get(..2)?.parse().ok()
}

impl FictionRange {
    fn holds(&self, digits: &str) -> bool {
        digits.len() == self.digits && self.begins(digits)
    }

    /// Whether digits, as far as they go, are those of the range.
    fn begins(&self, digits: &str) -> bool {
        self.prefix.bytes().zip(digits.bytes()).all(|(wanted, found)| wanted == b'X' || wanted == found)
    }
}

pub(super) fn load() -> Result<Fiction, LoadError> {
    let (path, text) = embedded::FICTION;
    let file = TomlFile::new(path, text);
    let raw: RawFiction = file.read()?;
    if raw.schema != 1 {
        return Err(file.error(0..0, "this version of guidelint reads schema 1"));
    }
    let mut sources: BTreeMap<String, Arc<Citation>> = BTreeMap::new();
    for (id, source) in raw.source {
        let Some(citation) = citation(source) else {
            return Err(
                file.error(0..0, format!("[source.{id}] needs a known `kind` and either a `url` or a `package`"))
            );
        };
        sources.insert(id, Arc::new(citation));
    }
    let mut ranges = Vec::with_capacity(raw.range.len());
    for range in raw.range {
        let cited: Option<Vec<_>> = range.sources.iter().map(|id| sources.get(id).cloned()).collect();
        let sound =
            range.prefix.len() <= range.digits && range.prefix.bytes().all(|it| it == b'X' || it.is_ascii_digit());
        let Some(cited) = cited.filter(|it| sound && !it.is_empty()) else {
            return Err(
                file.error(0..0, format!("the range {} is not sound, or its sources are not here", range.prefix))
            );
        };
        ranges.push(FictionRange { region: range.region, prefix: range.prefix, digits: range.digits, sources: cited });
    }
    let mut by_start = vec![Vec::new(); 100];
    for (at, range) in ranges.iter().enumerate() {
        for (start, bucket) in by_start.iter_mut().enumerate() {
            if range.begins(&format!("{start:02}")) {
                bucket.push(at as u16);
            }
        }
    }
    Ok(Fiction { ranges, by_start })
}

fn citation(raw: RawSource) -> Option<Citation> {
    let kind = SourceKind::ALL.into_iter().find(|kind| kind.as_str() == raw.kind)?;
    if raw.url.is_some() == raw.package.is_some() {
        return None;
    }
    let place = raw.url.as_deref().and_then(host::of).map(|it| host::registrable(&it).to_owned());
    Some(Citation {
        kind,
        origin: raw.origin.or(place).or_else(|| raw.package.clone())?,
        url: raw.url,
        package: raw.package,
        as_of: raw.as_of,
        verified: Date::parse(&raw.verified.to_string()),
        copy: raw.copy,
    })
}
