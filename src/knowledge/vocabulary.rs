use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::embedded;
use super::toml_file::{LoadError, TomlFile, did_you_mean};

/// A set of words that say what a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)] // The sets are described once, in rules/vocabulary/README.md and rules/promo/README.md.
pub enum CueSet {
    Hotline,
    Phone,
    OtherNumber,
    Extension,
    CallingCode,
    BeginsWith,
    Branch,
    AtHome,
    Consulate,
    Neighbour,
    NetworkCode,
    Imei,
    Iccid,
    Eid,
    Personal,
    Emergency,
    Abroad,
    SpecialService,
    Example,
    ShortMessage,
    NotToCall,
    Impostor,
    OtherNetworks,
    Respectively,
    Operator,
    History,
    Official,
    Credential,
    Checked,
    Verified,
    Published,
    Until,
    Offer,
    Was,
    Latest,
    Unfinished,
    UnfinishedAlone,
    Minutes,
    Hours,
    Days,
    Months,
    Steps,
    NotOnline,
    OnlineStep,
    Condition,
    Reminder,
    Legal,
    Buy,
    Contact,
    Disclosure,
    Support,
    Tutorial,
    Keywords,
    Caution,
    Qr,
    ReferralCode,
    VoucherCode,
    Code,
    Gain,
    Two,
    Three,
    Four,
    Five,
    Six,
    Counted,
    CountedAs,
    Counter,
    Offers,
    And,
    NameEdge,
    Denies,
    DeniedBefore,
    Page,
    HistoryBeside,
    HistoryUntil,
    HistoryNow,
    SwitchedOff,
    Network,
    Virtual,
    NotCarrier,
    AccessPoint,
    Roaming,
    Elsewhere,
    Nationality,
    Ussd,
    /// A thing telecom guides are about; from rules/guides/telecom.toml.
    Telecom,
}

impl CueSet {
    /// How many sets there are.
    pub const COUNT: usize = CueSet::Telecom as usize + 1;

    /// Whether the set is one of `rules/promo/cues.toml`.
    pub fn is_of_promotion(self) -> bool {
        use CueSet::*;
        matches!(
            self,
            Buy | Contact
                | Disclosure
                | Support
                | Tutorial
                | Keywords
                | Caution
                | Qr
                | ReferralCode
                | VoucherCode
                | Code
                | Gain
        )
    }
}

const SETS: &[(&str, CueSet)] = &[
    ("hotline", CueSet::Hotline),
    ("phone", CueSet::Phone),
    ("other-number", CueSet::OtherNumber),
    ("extension", CueSet::Extension),
    ("calling-code", CueSet::CallingCode),
    ("begins-with", CueSet::BeginsWith),
    ("branch", CueSet::Branch),
    ("at-home", CueSet::AtHome),
    ("consulate", CueSet::Consulate),
    ("neighbour", CueSet::Neighbour),
    ("network-code", CueSet::NetworkCode),
    ("imei", CueSet::Imei),
    ("iccid", CueSet::Iccid),
    ("eid", CueSet::Eid),
    ("personal", CueSet::Personal),
    ("emergency", CueSet::Emergency),
    ("abroad", CueSet::Abroad),
    ("special-service", CueSet::SpecialService),
    ("example", CueSet::Example),
    ("short-message", CueSet::ShortMessage),
    ("not-to-call", CueSet::NotToCall),
    ("impostor", CueSet::Impostor),
    ("other-networks", CueSet::OtherNetworks),
    ("respectively", CueSet::Respectively),
    ("operator", CueSet::Operator),
    ("history", CueSet::History),
    ("official", CueSet::Official),
    ("credential", CueSet::Credential),
    ("checked", CueSet::Checked),
    ("verified", CueSet::Verified),
    ("published", CueSet::Published),
    ("until", CueSet::Until),
    ("offer", CueSet::Offer),
    ("was", CueSet::Was),
    ("latest", CueSet::Latest),
    ("unfinished", CueSet::Unfinished),
    ("unfinished-alone", CueSet::UnfinishedAlone),
    ("minutes", CueSet::Minutes),
    ("hours", CueSet::Hours),
    ("days", CueSet::Days),
    ("months", CueSet::Months),
    ("steps", CueSet::Steps),
    ("not-online", CueSet::NotOnline),
    ("online-step", CueSet::OnlineStep),
    ("condition", CueSet::Condition),
    ("reminder", CueSet::Reminder),
    ("legal", CueSet::Legal),
    ("buy", CueSet::Buy),
    ("contact", CueSet::Contact),
    ("disclosure", CueSet::Disclosure),
    ("support", CueSet::Support),
    ("tutorial", CueSet::Tutorial),
    ("keywords", CueSet::Keywords),
    ("caution", CueSet::Caution),
    ("qr", CueSet::Qr),
    ("referral-code", CueSet::ReferralCode),
    ("voucher-code", CueSet::VoucherCode),
    ("code", CueSet::Code),
    ("gain", CueSet::Gain),
    ("two", CueSet::Two),
    ("three", CueSet::Three),
    ("four", CueSet::Four),
    ("five", CueSet::Five),
    ("six", CueSet::Six),
    ("counted", CueSet::Counted),
    ("counted-as", CueSet::CountedAs),
    ("counter", CueSet::Counter),
    ("offers", CueSet::Offers),
    ("and", CueSet::And),
    ("name-edge", CueSet::NameEdge),
    ("denies", CueSet::Denies),
    ("denied-before", CueSet::DeniedBefore),
    ("page", CueSet::Page),
    ("history-beside", CueSet::HistoryBeside),
    ("history-now", CueSet::HistoryNow),
    ("history-until", CueSet::HistoryUntil),
    ("switched-off", CueSet::SwitchedOff),
    ("network", CueSet::Network),
    ("virtual", CueSet::Virtual),
    ("not-carrier", CueSet::NotCarrier),
    ("access-point", CueSet::AccessPoint),
    ("roaming", CueSet::Roaming),
    ("elsewhere", CueSet::Elsewhere),
    ("nationality", CueSet::Nationality),
    ("ussd", CueSet::Ussd),
];

/// All word sets, as loaded.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Vocabulary {
    /// Set, language (BCP 47) and word; a final `*` stands for any ending.
    pub words: Vec<(CueSet, String, String)>,
}

/// Words by language.
pub(super) type WordLists = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
struct RawVocabulary {
    schema: u32,
    #[serde(flatten)]
    sets: BTreeMap<String, WordLists>,
}

pub(super) fn load() -> Result<Vocabulary, LoadError> {
    let mut vocabulary = Vocabulary::default();
    for (path, text) in embedded::VOCABULARY {
        let file = TomlFile::new(path, text);
        let raw: RawVocabulary = file.read()?;
        if raw.schema != 1 {
            return Err(file.error(0..0, "this version of guidelint reads schema 1"));
        }
        for (name, lists) in raw.sets {
            let Some((_, set)) = SETS.iter().find(|(known, _)| *known == name) else {
                let near = did_you_mean(&name, SETS.iter().map(|(known, _)| *known));
                let hint = near.map(|it| format!("; did you mean `{it}`?")).unwrap_or_default();
                let at = text.find(&format!("[{name}]")).unwrap_or(0);
                return Err(file.error(at..at + name.len() + 2, format!("no word set `{name}`{hint}")));
            };
            for (language, words) in lists {
                for word in words {
                    vocabulary.words.push((*set, language.clone(), word));
                }
            }
        }
    }
    Ok(vocabulary)
}
