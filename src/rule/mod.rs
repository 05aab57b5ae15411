//! The contract between rules and everything else: [`Rule`], what it sees ([`Context`]) and where it reports
//! ([`Findings`]).

mod declare;
mod findings;
mod leftovers;
mod memory;
mod removal;
mod solicitation;
mod wording;

use crate::date::Date;
use crate::diagnostic::RuleMeta;
use crate::facts::{Facts, LinkMention, Subject, Wanted};
use crate::guide::{Guide, Image};
use crate::knowledge::Knowledge;
use crate::text::Source;

pub use findings::{Finding, Findings};
pub use leftovers::tidy;
pub use memory::Memory;
pub use removal::{removal, with_markup};
pub use solicitation::{POINTING, REPORTED, Sign, Weighed, is_warned_of, points_at};
pub use wording::kind_title;

/// A judge. It reads facts, holds them against knowledge and reports; it never re-parses, re-scans or does IO.
pub trait Rule: Send + Sync {
    /// What is known of it before it runs.
    fn meta(&self) -> &RuleMeta;

    /// Literals it wants found in the one scan; hits are in [`Context::wanted`].
    fn patterns(&self) -> Vec<Pattern> {
        Vec::new()
    }

    /// Judges one guide.
    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>);
}

/// A literal a rule wants found.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// As written; a final `*` matches any ending of the word.
    pub text: String,
    /// BCP 47 language it belongs to; empty for any.
    pub language: String,
    /// What the rule calls it.
    pub tag: u32,
    /// Only this very spelling.
    pub exact: bool,
}

/// What a rule sees.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The guide's bytes.
    pub source: &'a Source,
    /// The guide, taken apart.
    pub guide: &'a Guide,
    /// What it states.
    pub facts: &'a Facts,
    /// What it is about.
    pub subject: &'a Subject,
    /// What we know.
    pub knowledge: &'a Knowledge,
    /// The day the run is made for.
    pub today: Date,
    rule: u16,
}

impl<'a> Context<'a> {
    /// A context for the rule of an index, which tells its literals from those of others.
    pub(crate) fn new(
        source: &'a Source,
        guide: &'a Guide,
        facts: &'a Facts,
        subject: &'a Subject,
        knowledge: &'a Knowledge,
        today: Date,
    ) -> Context<'a> {
        Context { source, guide, facts, subject, knowledge, today, rule: 0 }
    }

    pub(crate) fn for_rule(self, rule: u16) -> Context<'a> {
        Context { rule, ..self }
    }

    /// Where the rule's own literals stand.
    pub fn wanted(&self) -> impl Iterator<Item = &'a Wanted> {
        let all = &self.facts.wanted;
        let from = all.partition_point(|it| it.rule < self.rule);
        let end = from + all[from..].partition_point(|it| it.rule == self.rule);
        all[from..end].iter()
    }

    /// The curated country the guide is about, if there is exactly one and we know it.
    pub fn country(&self) -> Option<&'a crate::knowledge::Country> {
        self.knowledge.country(self.subject.country.as_deref()?)
    }

    /// What reports call the messenger or order platform of an index.
    pub fn channel_label(&self, channel: Option<u16>) -> Option<&'a str> {
        Some(&self.knowledge.promotion.channels.get(usize::from(channel?))?.label)
    }

    /// Whether a host belongs to a carrier or a regulator of any curated country.
    pub fn is_official_host(&self, host: &str) -> bool {
        self.knowledge.is_official_host(host)
    }

    /// Whether a picture is a badge: a few words that a service draws.
    pub fn is_badge(&self, picture: &Image) -> bool {
        let host = crate::host::parse(&picture.url).map(|it| it.host).unwrap_or_default();
        self.knowledge.promotion.image_hosts.exempts(&host) || picture.url.contains("badge")
    }

    /// Whether a link leads to an account that a carrier of the guide's country is known to run.
    pub fn is_official_account(&self, link: &LinkMention) -> bool {
        self.is_official_name(link.account())
    }

    /// Whether a carrier of the guide's country is known to run an account of that name.
    pub fn is_official_name(&self, account: &str) -> bool {
        let account = account.trim_start_matches(['@', '+']);
        let mut accounts = self.country().into_iter().flat_map(|it| &it.carriers).flat_map(|it| &it.accounts);
        accounts.any(|it| it.account.trim_start_matches('@').eq_ignore_ascii_case(account))
    }
}
