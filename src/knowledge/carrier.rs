use serde::{Deserialize, Serialize};

use std::sync::Arc;

use crate::{date::PartialDate, diagnostic::Citation};

/// A company or brand that sells mobile service, past or present.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Carrier {
    /// `<cc>.<name>`, unique for ever.
    pub id: String,
    /// What it is.
    pub kind: CarrierKind,
    /// Whether it still goes by this name.
    pub status: CarrierStatus,
    /// The id of the carrier whose network it uses, or whose brand it is.
    pub host: Option<String>,
    /// What it is called, most usual first.
    pub names: Vec<Name>,
    /// Names that are also ordinary words; they count only in context, in this spelling.
    pub ambiguous: Vec<String>,
    /// Which of its names reports use, where that is not the first.
    pub brand: Option<String>,
    /// When the name began.
    pub valid_from: Option<PartialDate>,
    /// When the name ended.
    pub valid_until: Option<PartialDate>,
    /// The ids of what came next; several where it was divided.
    pub successors: Vec<String>,
    /// Sources of `valid_until` and `successors`.
    #[serde(with = "super::cited")]
    pub end_sources: Vec<Arc<Citation>>,
    /// Network codes: MCC and MNC in one string.
    pub plmn: Vec<String>,
    /// Ranges of national significant numbers.
    pub prefixes: Vec<NumberRange>,
    /// Registrable domains of its own.
    pub domains: Vec<String>,
    /// Registrable domains that were its own.
    pub domains_dead: Vec<String>,
    /// Official accounts with messengers and social networks.
    pub accounts: Vec<Account>,
    /// Numbers of customer care.
    pub care: Vec<CareNumber>,
    /// Whether `care` is known to be all of them.
    pub care_complete: bool,
    /// Network generations it has switched off.
    pub retired: Vec<RetiredNetwork>,
    /// Access point names.
    pub apn: Vec<AccessPoint>,
    /// Sources of everything without a source of its own.
    #[serde(with = "super::cited")]
    pub sources: Vec<Arc<Citation>>,
    /// One sentence for readers.
    pub note: Option<String>,
}

/// What a carrier is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CarrierKind {
    /// Mobile network operator.
    Mno,
    /// Mobile virtual network operator.
    Mvno,
    /// A second brand of a carrier.
    SubBrand,
    /// Fixed lines and cable.
    Fixed,
}

impl CarrierKind {
    /// The word used in knowledge files.
    pub fn as_str(self) -> &'static str {
        match self {
            CarrierKind::Mno => "mno",
            CarrierKind::Mvno => "mvno",
            CarrierKind::SubBrand => "sub-brand",
            CarrierKind::Fixed => "fixed",
        }
    }
}

/// Whether a carrier still goes by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CarrierStatus {
    /// In business under this name.
    Active,
    /// Goes by another name now.
    Renamed,
    /// Became part of another.
    Merged,
    /// Gone.
    Closed,
}

impl CarrierStatus {
    /// The word used in knowledge files.
    pub fn as_str(self) -> &'static str {
        match self {
            CarrierStatus::Active => "active",
            CarrierStatus::Renamed => "renamed",
            CarrierStatus::Merged => "merged",
            CarrierStatus::Closed => "closed",
        }
    }
}

/// A name in a language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// BCP 47.
    pub language: String,
    /// As it is written.
    pub text: String,
}

/// A range of national significant numbers, by its leading digits.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NumberRange {
    /// Leading digits, no trunk prefix.
    pub prefix: String,
    /// The id of the carrier it was issued to first.
    pub was: Option<String>,
    /// When the range ended.
    pub until: Option<PartialDate>,
    /// Sources, those of the carrier if none are given.
    #[serde(with = "super::cited")]
    pub sources: Vec<Arc<Citation>>,
}

/// A number of customer care.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CareNumber {
    /// As dialled: national, or with `+`.
    pub number: String,
    /// Whether it is for calls from abroad.
    pub from_abroad: bool,
    /// Whom it is for, if not everyone.
    pub audience: Option<String>,
    /// Sources.
    #[serde(with = "super::cited")]
    pub sources: Vec<Arc<Citation>>,
}

/// An official account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Account {
    /// The messenger or network, such as `telegram`.
    pub service: String,
    /// The account's name, without `@`.
    pub account: String,
    /// Sources.
    #[serde(with = "super::cited")]
    pub sources: Vec<Arc<Citation>>,
}

/// A network generation that was switched off.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RetiredNetwork {
    /// `2G`, `3G`, `CDMA` …
    pub generation: String,
    /// When.
    pub on: PartialDate,
    /// Sources.
    #[serde(with = "super::cited")]
    pub sources: Vec<Arc<Citation>>,
}

/// An access point name.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AccessPoint {
    /// The name that goes into the phone's settings.
    pub name: String,
    /// Whom it is for, if not everyone.
    pub audience: Option<String>,
    /// Sources.
    #[serde(with = "super::cited")]
    pub sources: Vec<Arc<Citation>>,
}

impl Carrier {
    /// The care numbers to name to a reader: none that is only for companies, unless there is no other.
    pub fn care_of_consumers(&self) -> Vec<&CareNumber> {
        let business = |it: &&CareNumber| it.audience.as_deref() == Some("business");
        let consumers: Vec<&CareNumber> = self.care.iter().filter(|it| !business(it)).collect();
        if consumers.is_empty() { self.care.iter().collect() } else { consumers }
    }

    /// The name reports use.
    pub fn display_name(&self) -> &str {
        let first = || self.names.first().map_or(self.id.as_str(), |name| name.text.as_str());
        self.brand.as_deref().unwrap_or_else(first)
    }

    /// Its names in the script of a language; a few Latin letters may begin them (LG유플러스).
    pub fn native_names(&self, language: &str) -> impl Iterator<Item = &str> {
        let own = self.names.iter().filter(move |name| name.language == language);
        own.map(|name| name.text.as_str()).filter(|text| is_native(text))
    }

    /// The name a guide in a language uses: in the script of that language, if it has one.
    pub fn name_in(&self, language: &str) -> &str {
        if self.native_names(language).next().is_none() {
            return self.display_name();
        }
        // The file lists first what is written in the language, which may be Latin: Vodafone, not Водафон, in Ukrainian.
        let listed = self.names.iter().find(|name| name.language == language);
        let own = listed.map_or_else(|| self.display_name(), |name| name.text.as_str());
        // Where reports use a short name that is a word as well (T2), so do guides (Т2, not Т2 РТК Холдинг); in letters of
        // another script if it is the shorter one still (KT, not 케이티).
        let Some(brand) = self.brand.as_deref().filter(|it| self.ambiguous.iter().any(|word| word == it)) else {
            return own;
        };
        let short = self.ambiguous.iter().find(|it| is_native(it) && own.starts_with(it.as_str()));
        let shorter = || if brand.chars().count() < own.chars().count() { brand } else { own };
        short.map_or_else(shorter, String::as_str)
    }

    /// Whether it is in business under this name.
    pub fn is_active(&self) -> bool {
        self.status == CarrierStatus::Active
    }

    /// Whether it is a carrier a guide would count among "the operators".
    pub fn is_current_operator(&self) -> bool {
        self.is_active() && self.kind == CarrierKind::Mno
    }

    /// Every name it is known by, the ambiguous ones last.
    pub fn all_names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|name| name.text.as_str()).chain(self.ambiguous.iter().map(String::as_str))
    }
}

/// Whether the first word of a name has letters of another script than the Latin one.
fn is_native(name: &str) -> bool {
    let word = name.split(' ').next().unwrap_or_default();
    word.chars().any(|c| c.is_alphabetic() && c > '\u{24f}')
}
