use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::toml_file::{LoadError, TomlFile, did_you_mean};
use super::vocabulary::WordLists;
use super::{Packed, embedded};

/// Guide kinds and the roles of sections.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct GuideKinds {
    /// By name.
    pub kinds: Vec<GuideKind>,
    /// By name.
    pub roles: Vec<Role>,
    /// What makes a text a telecom guide: language, word, whether case matters.
    pub objects: Packed<Vec<(String, String, bool)>>,
    /// Those that any form asks for, which alone make no text a telecom guide.
    pub in_passing: BTreeSet<String>,
    /// Words beside which a carrier's name and what is done with it are all a title says: language and word.
    pub beside_carrier: Packed<Vec<(String, String)>>,
    /// Those that mean other things as well, and count in a text that names a carrier.
    pub several_meanings: BTreeSet<String>,
}

/// A kind of guide and what it owes its reader.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct GuideKind {
    /// Such as `cancel-sim`.
    pub name: String,
    /// How messages call it, per language.
    pub title: BTreeMap<String, String>,
    /// After how many months it should be looked at again.
    pub stale_after_months: Option<u32>,
    /// Whether a carrier's name will do for the thing something is done with: "Résilier Orange".
    pub by_carrier: ByCarrier,
    /// Words for the thing done: language and word.
    pub actions: Packed<Vec<(String, String)>>,
    /// Words that rule the kind out: language and word.
    pub not: Packed<Vec<(String, String)>>,
    /// Sections in the order a reader expects.
    pub sections: Vec<SectionNeed>,
}

/// When a carrier's name will do for the thing something is done with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ByCarrier {
    /// Never: what one activates with a carrier need be no SIM.
    #[default]
    Never,
    /// Where the title says that it tells how: "Recargas Telcel" may be a list of prices.
    HowTo,
    /// Always.
    Always,
}

/// A section a kind speaks of.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct SectionNeed {
    /// Index into [`GuideKinds::roles`].
    pub role: usize,
    /// How badly it is needed.
    pub need: Need,
    /// Headings besides those of the role: language and heading.
    pub headings: Packed<Vec<(String, String)>>,
}

/// How badly a section is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// May be there.
    Optional,
    /// Should be there.
    Recommended,
    /// Must be there.
    Required,
}

/// A part that guides are made of.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Role {
    /// Such as `steps`.
    pub name: String,
    /// How messages call it, per language.
    pub title: BTreeMap<String, String>,
    /// Any one of these fills it.
    pub content: Vec<RequiredContent>,
    /// Whether such content anywhere in the guide satisfies the role.
    pub by_content: bool,
    /// Roles that do as well: who says what to bring says which documents.
    pub satisfied_by: Vec<String>,
    /// Headings: language and heading; the first of a language is offered.
    pub headings: Packed<Vec<(String, String)>>,
}

/// What can fill a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // Described once, in rules/guides/README.md.
pub enum RequiredContent {
    OrderedList,
    NumberedHeadings,
    CarrierCodes,
    List,
    Table,
    PhoneNumber,
    Link,
    ExternalLink,
    Price,
    Date,
    Question,
}

impl GuideKinds {
    /// The kind of a name.
    pub fn kind(&self, name: &str) -> Option<&GuideKind> {
        self.kinds.iter().find(|kind| kind.name == name)
    }
}

impl GuideKind {
    /// What `other` says beats what stands here; what it does not speak of stays. A section it names anew keeps its place.
    fn lay_over(&mut self, other: GuideKind) {
        self.title.extend(other.title);
        self.stale_after_months = other.stale_after_months.or(self.stale_after_months);
        self.by_carrier = self.by_carrier.max(other.by_carrier);
        self.actions.to_mut().extend_from_slice(&other.actions);
        self.not.to_mut().extend_from_slice(&other.not);
        for section in other.sections {
            match self.sections.iter_mut().find(|it| it.role == section.role) {
                Some(known) => {
                    known.need = section.need;
                    known.headings.to_mut().extend_from_slice(&section.headings);
                }
                None => self.sections.push(section),
            }
        }
    }
}

impl Role {
    /// The heading to offer in a language: its own, else the English one.
    pub fn offered_heading(&self, language: &str) -> Option<&str> {
        let of = |wanted: &str| self.headings.iter().find(|(it, _)| it == wanted).map(|(_, text)| text.as_str());
        of(language).or_else(|| of("en"))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawKind {
    schema: Spanned<u32>,
    kind: Spanned<String>,
    #[serde(default)]
    extends: Option<Spanned<bool>>,
    #[serde(default)]
    title: BTreeMap<String, String>,
    stale_after_months: Option<u32>,
    #[serde(default)]
    by_carrier: ByCarrier,
    #[serde(default)]
    actions: WordLists,
    #[serde(default)]
    not: WordLists,
    #[serde(default)]
    section: Vec<RawSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSection {
    role: Spanned<String>,
    need: Need,
    #[serde(default)]
    headings: WordLists,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRoles {
    role: BTreeMap<String, RawRole>,
    #[serde(default, rename = "schema")]
    _schema: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRole {
    title: BTreeMap<String, String>,
    content: Vec<RequiredContent>,
    by_content: bool,
    #[serde(default)]
    satisfied_by: Vec<String>,
    headings: WordLists,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTelecom {
    objects: WordLists,
    #[serde(default)]
    objects_in_passing: WordLists,
    #[serde(default)]
    objects_of_several_meanings: WordLists,
    #[serde(default)]
    objects_case_sensitive: WordLists,
    #[serde(default)]
    beside_carrier: WordLists,
    #[serde(default, rename = "schema")]
    _schema: Option<u32>,
}

fn flat(lists: WordLists) -> Vec<(String, String)> {
    let pairs = |(language, words): (String, Vec<String>)| words.into_iter().map(move |word| (language.clone(), word));
    lists.into_iter().flat_map(pairs).collect()
}

/// Reads the built-in kinds and lays `own` over them.
pub(super) fn load(own: &[(String, String)]) -> Result<GuideKinds, LoadError> {
    let (path, text) = embedded::ROLES;
    let raw: RawRoles = TomlFile::new(path, text).read()?;
    let roles = raw.role.into_iter().map(|(name, raw)| Role {
        name,
        title: raw.title,
        content: raw.content,
        by_content: raw.by_content,
        satisfied_by: raw.satisfied_by,
        headings: flat(raw.headings).into(),
    });
    let roles: Vec<Role> = roles.collect();
    let (path, text) = embedded::TELECOM;
    let raw: RawTelecom = TomlFile::new(path, text).read()?;
    let exact = flat(raw.objects_case_sensitive).into_iter().map(|(language, word)| (language, word, true));
    let stems = |lists: &WordLists| lists.values().flatten().map(|it| it.trim_end_matches('*').to_owned()).collect();
    let in_passing: BTreeSet<String> = stems(&raw.objects_in_passing);
    let several_meanings: BTreeSet<String> = stems(&raw.objects_of_several_meanings);
    let doubtful = flat(raw.objects_in_passing).into_iter().chain(flat(raw.objects_of_several_meanings));
    let plain = flat(raw.objects).into_iter().chain(doubtful);
    let objects: Vec<_> = plain.map(|(language, word)| (language, word, false)).chain(exact).collect();
    let mut kinds: Vec<GuideKind> = Vec::new();
    let builtin = embedded::GUIDE_KINDS.iter().map(|(path, text)| (*path, *text));
    for (path, text) in builtin.chain(own.iter().map(|(path, text)| (path.as_str(), text.as_str()))) {
        let (kind, extends) = read_kind(path, text, &roles, &kinds)?;
        match kinds.iter_mut().find(|known| known.name == kind.name) {
            Some(known) if extends => known.lay_over(kind),
            Some(known) => *known = kind,
            None => kinds.push(kind),
        }
    }
    kinds.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(GuideKinds {
        kinds,
        roles,
        objects: objects.into(),
        in_passing,
        several_meanings,
        beside_carrier: flat(raw.beside_carrier).into(),
    })
}

/// A kind as its file has it, and whether it only adds to one that is `known`.
fn read_kind(path: &str, text: &str, roles: &[Role], known: &[GuideKind]) -> Result<(GuideKind, bool), LoadError> {
    let file = TomlFile::new(path, text);
    let raw: RawKind = file.read()?;
    let mut complaints = Vec::new();
    if *raw.schema.get_ref() != 1 {
        complaints.push(file.complaint(raw.schema.span(), "this version of guidelint reads schema 1"));
    }
    let stem = path.rsplit('/').next().and_then(|name| name.strip_suffix(".toml"));
    if stem.is_some_and(|stem| stem != raw.kind.get_ref()) {
        complaints.push(file.complaint(raw.kind.span(), "the kind is the name of its file"));
    }
    let extends = raw.extends.as_ref().is_some_and(|it| *it.get_ref());
    if let Some(it) = raw.extends.as_ref().filter(|_| extends && !known.iter().any(|it| it.name == *raw.kind.get_ref()))
    {
        complaints.push(file.complaint(it.span(), format!("there is no kind `{}` to extend", raw.kind.get_ref())));
    }
    let mut sections = Vec::new();
    for section in raw.section {
        match roles.iter().position(|role| role.name == *section.role.get_ref()) {
            Some(role) => {
                sections.push(SectionNeed { role, need: section.need, headings: flat(section.headings).into() })
            }
            None => {
                let near = did_you_mean(section.role.get_ref(), roles.iter().map(|role| role.name.as_str()));
                let hint = near.map(|it| format!("; did you mean `{it}`?")).unwrap_or_default();
                let message = format!("no role `{}` in rules/guides/roles.toml{hint}", section.role.get_ref());
                complaints.push(file.complaint(section.role.span(), message));
            }
        }
    }
    file.verdict(complaints)?;
    let kind = GuideKind {
        name: raw.kind.into_inner(),
        title: raw.title,
        stale_after_months: raw.stale_after_months,
        by_carrier: raw.by_carrier,
        actions: flat(raw.actions).into(),
        not: flat(raw.not).into(),
        sections,
    };
    Ok((kind, extends))
}
