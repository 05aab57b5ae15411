use std::collections::HashMap;
use std::ops::Range;

use crate::declare_rule;
use crate::diagnostic::{Message, RuleMeta, RuleOption, Wording};
use crate::facts::ClaimKind;
use crate::guide::{BlockKind, Stretch};
use crate::knowledge::CueSet;
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags prices, deadlines and legal duties that nothing backs.
    ///
    /// ## Why
    /// These are what changes first and what readers act on. With a source anybody can check them again; without one nobody can.
    ///
    /// ## How it decides
    /// In a guide of a recognised kind, a price, a duration in days or months, or a duty said to be the law's, without a source in
    /// reach: a link to another site in the same block or section, a section of sources with a link, or `sources` in the front
    /// matter. It speaks once per guide, at the first, and labels the others.
    ///
    /// ```md bad
    /// # How to cancel an Albanian SIM
    ///
    /// Closing the line costs 500 lekë.
    /// ```
    ///
    /// ```md good
    /// # How to cancel an Albanian SIM
    ///
    /// Closing the line costs 500 lekë ([price list](https://www.vodafone.al/en/informacion-ligjor/)).
    /// ```
    pub Unsourced {
        name: "claim/unsourced",
        severity: Info,
        confidence: Medium,
        options: {
            claims: Vec<String> = RuleOption::choices("claims", &["price", "days", "months", "law"], "what needs a source"),
        },
        since: "0.1.0",
        wordings: [NO_SOURCE, FURTHER, ADD],
    }
}

static NO_SOURCE: Wording = Wording::new(
    "claim/unsourced",
    "`{claim}` changes with time, and no source says where it is from",
    "`{claim}` 会随时间变化，但没有注明来源",
);
static FURTHER: Wording = Wording::new("claim/unsourced.further", "nor for this", "此处同样没有来源");
static ADD: Wording = Wording::new(
    "claim/unsourced.help",
    "link the page it was read on, here or in a section of sources",
    "请在此处或资料来源部分链接其出处",
);

/// Further places shown.
const LABELS: usize = 6;

impl Rule for Unsourced {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        if cx.subject.kind.is_none() {
            return;
        }
        let outward = Outward::of(cx);
        if has_sources(cx, &outward) {
            return;
        }
        let wanted = |word: &str| self.claims.iter().any(|it| it == word);
        let volatile = |kind: ClaimKind| match kind {
            ClaimKind::Price(_) => wanted("price"),
            ClaimKind::Days => wanted("days"),
            ClaimKind::Months => wanted("months"),
            _ => false,
        };
        let mut claims: Vec<Stretch> = cx.facts.claims.iter().filter(|it| volatile(it.kind)).map(|it| it.at).collect();
        if wanted("law") {
            claims.extend(cx.facts.cues_of(CueSet::Legal).iter().map(|cue| cue.at));
        }
        claims.sort_unstable();
        claims.retain(|at| !is_sourced(cx, &outward, *at));
        let Some((first, further)) = claims.split_first() else { return };
        let message = Message::new(&NO_SOURCE).with("claim", cx.guide.text(*first));
        let mut finding = findings.report(cx.guide.prose.span(*first), message).help(Message::new(&ADD));
        for at in further.iter().take(LABELS) {
            finding = finding.label(cx.guide.prose.span(*at), Message::new(&FURTHER));
        }
        let _ = finding;
    }
}

/// Where links lead to other sites, sellers' apart. It is asked for once: a guide may hold thousands of claims and of links.
struct Outward {
    /// Blocks with such a link, in order.
    blocks: Vec<u32>,
    /// By section: the last of these blocks.
    last: HashMap<u32, u32>,
}

impl Outward {
    fn of(cx: &Context<'_>) -> Outward {
        let links = cx.facts.links.iter().filter(|link| link.channel.is_none() && link.is_page());
        let mut blocks: Vec<u32> = links.map(|link| link.block).collect();
        blocks.sort_unstable();
        blocks.dedup();
        let section = |block: u32| cx.guide.blocks.get(block as usize).map(|it| it.section);
        let last = blocks.iter().filter_map(|block| Some((section(*block)?, *block))).collect();
        Outward { blocks, last }
    }

    fn is_among(&self, blocks: Range<u32>) -> bool {
        let next = self.blocks.partition_point(|it| *it < blocks.start);
        self.blocks.get(next).is_some_and(|it| *it < blocks.end)
    }

    fn is_in(&self, section: u32) -> bool {
        self.last.contains_key(&section)
    }

    fn is_after(&self, block: u32, section: u32) -> bool {
        self.last.get(&section).is_some_and(|last| *last > block)
    }
}

/// Sources for the whole guide: a section with a link, or a key of the front matter.
fn has_sources(cx: &Context<'_>, outward: &Outward) -> bool {
    let role = cx.knowledge.kinds.roles.iter().position(|role| role.name == "sources");
    let is_sources = |it: u16| Some(usize::from(it)) == role;
    let section = cx.facts.roles.iter().any(|(section, it)| is_sources(*it) && outward.is_in(*section));
    let labelled =
        cx.facts.labels.iter().filter(|(_, it)| is_sources(*it)).any(|(label, _)| {
            cx.guide.blocks.get(*label as usize).is_some_and(|it| outward.is_after(*label, it.section))
        });
    let front = cx.guide.front_matter.as_ref().is_some_and(|it| it.has_sources());
    section || labelled || front
}

/// A link to another site, not to a seller, in the block, in a footnote to it or elsewhere in its section.
fn is_sourced(cx: &Context<'_>, outward: &Outward, at: Stretch) -> bool {
    let Some(index) = cx.guide.block_at(at.start) else { return true };
    let block = &cx.guide.blocks[index];
    // The title repeats what the text says, and front matter is no text.
    if matches!(block.kind, BlockKind::Heading(_) | BlockKind::FrontMatter) || !block.kind.is_visible() {
        return true;
    }
    let own = index as u32;
    outward.is_among(own..own + 1)
        || block.section > 0 && outward.is_in(block.section)
        || cx.guide.footnotes.notes(own).any(|note| outward.is_among(note))
}
