//! Telephone numbers: [`walk`] finds digits that could be one, [`read`] says what they are in this guide.

mod engine;
mod given;
mod plan;
mod read;
mod refuted;
mod walk;

use smol_str::SmolStr;

use crate::guide::Stretch;
use crate::text::Span;

pub use engine::{NearestLength, Verdict, canonical, nearest_length, questions, verdict};
pub use plan::{Issued, Unissued, issued};
pub use read::is_same;
pub(super) use read::read;
pub(super) use walk::walk;

/// A telephone number in a guide, with what the text around it says it is.
#[derive(Clone, Debug)]
pub struct NumberMention {
    /// Where, in the prose; for a `tel:` link, the text that is clicked on.
    pub at: Stretch,
    /// Where, in the source.
    pub span: Span,
    /// As written; of a number that stands only in the target of a link, its digits.
    pub raw: SmolStr,
    /// ASCII digits, with a leading `+` when it is written internationally.
    pub digits: SmolStr,
    /// How it is written.
    pub form: NumberForm,
    /// What it is.
    pub reading: Reading,
    /// All digits that are dialled from anywhere, with `+`, whether or not the plan can issue them.
    pub e164: Option<SmolStr>,
    /// Index of the block it stands in.
    pub block: u32,
    /// Index of the carrier it is given for.
    pub carrier: Option<u32>,
    /// That carrier is named in the same sentence, list item, table row or column; not only in the heading.
    pub carrier_beside: bool,
    /// Digits to dial after the call is answered.
    pub extension: Option<String>,
    /// A carrier of the guide's country publishes it, or it is an emergency number there.
    pub published: bool,
    /// It is said to be a carrier's customer service.
    pub hotline: bool,
    /// It is said to be only an example, or stands in an explanation of numbers.
    pub example: bool,
    /// It is said to be none to call: "do not call", "not 0917…", "scammers pose as".
    pub refuted: bool,
    /// It is said to be for emergencies.
    pub emergency: bool,
    /// It is said to be somebody's own.
    pub personal: bool,
    /// It is said to be for calls from abroad.
    pub abroad: bool,
    /// It is given for calls from abroad or from other networks, and not for them as well.
    pub from_elsewhere: bool,
    /// Text messages are sent to it; nobody calls it.
    pub messages: bool,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberForm {
    /// With `+`, or with the international prefix of the guide's country.
    International,
    /// As dialled inside a country.
    National,
    /// Three to six digits.
    Short,
    /// Only in the target of a `tel:` link.
    Link,
}

/// What a number is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A number its plan can issue.
    Valid(PhoneNumber),
    /// A number its plan cannot issue.
    Invalid {
        /// Why not.
        fault: NumberFault,
        /// What would be dialled all the same, with `+`.
        e164: Option<SmolStr>,
    },
    /// A short number; whether it exists is a matter of the country.
    Short,
}

/// A number its plan can issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneNumber {
    /// `+` and up to fifteen digits.
    pub e164: SmolStr,
    /// Country calling code, digits.
    pub calling_code: SmolStr,
    /// National significant number, digits.
    pub national: SmolStr,
    /// ISO 3166-1 alpha-2; `None` for numbers of no country.
    pub region: Option<SmolStr>,
    /// What kind of line.
    pub kind: NumberKind,
}

/// What kind of line a number belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // The kinds of libphonenumber, by their usual names.
pub enum NumberKind {
    FixedLine,
    Mobile,
    FixedLineOrMobile,
    TollFree,
    PremiumRate,
    SharedCost,
    Voip,
    Personal,
    Pager,
    Uan,
    Voicemail,
    Unknown,
}

impl NumberKind {
    /// The word used in reports and generated tables.
    pub fn as_str(self) -> &'static str {
        match self {
            NumberKind::FixedLine => "fixed-line",
            NumberKind::Mobile => "mobile",
            NumberKind::FixedLineOrMobile => "fixed-line-or-mobile",
            NumberKind::TollFree => "toll-free",
            NumberKind::PremiumRate => "premium-rate",
            NumberKind::SharedCost => "shared-cost",
            NumberKind::Voip => "voip",
            NumberKind::Personal => "personal",
            NumberKind::Pager => "pager",
            NumberKind::Uan => "uan",
            NumberKind::Voicemail => "voicemail",
            NumberKind::Unknown => "unknown",
        }
    }
}

impl NumberFault {
    /// The word used in reports.
    pub fn as_str(&self) -> &'static str {
        match self {
            NumberFault::NotANumber => "not-a-number",
            NumberFault::UnknownCallingCode => "unknown-calling-code",
            NumberFault::TooShort { .. } => "too-short",
            NumberFault::TooLong { .. } => "too-long",
            NumberFault::WrongLength { .. } => "wrong-length",
            NumberFault::Unassigned { .. } => "unassigned-range",
        }
    }
}

/// Why no plan can have issued a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NumberFault {
    /// It holds no telephone number.
    NotANumber,
    /// It begins with no country calling code.
    UnknownCallingCode,
    /// Fewer digits than any number of the plan.
    TooShort {
        /// The region of the plan, where one is known.
        region: Option<SmolStr>,
        /// Digits of the national number.
        digits: usize,
        /// The least the plan has, where that can be said.
        least: Option<usize>,
    },
    /// More digits than any number of the plan.
    TooLong {
        /// The region of the plan, where one is known.
        region: Option<SmolStr>,
        /// Digits of the national number.
        digits: usize,
        /// The most the plan has, where that can be said.
        most: Option<usize>,
    },
    /// A length no number of the plan has.
    WrongLength {
        /// The region of the plan.
        region: Option<SmolStr>,
        /// Digits of the national number.
        digits: usize,
    },
    /// In no range the plan has assigned.
    Unassigned {
        /// The region of the plan.
        region: Option<SmolStr>,
    },
}

impl NumberMention {
    /// The number, if it is one its plan can issue.
    pub fn valid(&self) -> Option<&PhoneNumber> {
        match &self.reading {
            Reading::Valid(number) => Some(number),
            _ => None,
        }
    }

    /// Whether it is given to be dialled: neither an example nor one to stay away from.
    pub fn is_given(&self) -> bool {
        !self.example && !self.refuted
    }

    /// E.164 digits without plus.
    pub fn e164_digits(&self) -> Option<&str> {
        self.e164.as_deref().map(|it| it.trim_start_matches('+'))
    }

    /// Its digits without plus: all that a reader sees.
    pub fn bare_digits(&self) -> &str {
        self.digits.trim_start_matches('+')
    }
}

/// Digits that could be a telephone number, before anything is known of the guide.
#[derive(Clone, Debug)]
pub(super) struct RawNumber {
    pub at: Stretch,
    /// ASCII digits, with a leading `+` if one is written.
    pub digits: SmolStr,
    pub block: u32,
    /// From the target of a `tel:` link rather than from the text.
    pub link: Option<Span>,
    /// Written in groups, as telephone numbers are.
    pub grouped: bool,
    /// Digits after `ext.` and the like.
    pub extension: Option<String>,
    /// Places where one number may end and something else begin.
    pub breaks: Vec<Break>,
}

/// A white space or slash between two groups of digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Break {
    /// Prose byte after the group before it.
    pub end: u32,
    /// Prose byte of the group after it.
    pub start: u32,
    /// Bytes of [`RawNumber::digits`] before it.
    pub digits: usize,
    /// A line break or a slash.
    pub soft: bool,
}
