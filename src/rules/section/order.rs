use std::collections::BTreeMap;

use crate::declare_rule;
use crate::diagnostic::{Message, RuleMeta, Wording};
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags sections that stand in an order nobody expects: the steps before what they need, the sources before the steps.
    ///
    /// ## Why
    /// Who reads on a phone in a shop reads from the top. What he should have brought must not stand under what he should do.
    ///
    /// ## How it decides
    /// The kind's file lists its sections in the order a reader expects. Only preparations, documents, steps, questions and
    /// sources are held to it, only where the heading says clearly which of them it is, and only between headings of one
    /// level. It speaks once per guide.
    ///
    /// ```md bad
    /// # How to cancel an Albanian SIM card
    ///
    /// ## Steps
    ///
    /// 1. Hand in the SIM card.
    /// 2. Ask for a receipt.
    ///
    /// ## What you need
    ///
    /// - a passport
    /// ```
    ///
    /// ```md good
    /// # How to cancel an Albanian SIM card
    ///
    /// ## What you need
    ///
    /// - a passport
    ///
    /// ## Steps
    ///
    /// 1. Hand in the SIM card.
    /// 2. Ask for a receipt.
    /// ```
    pub Order {
        name: "section/order",
        severity: Info,
        confidence: Medium,
        since: "0.1.0",
        wordings: [BEFORE, EARLIER, MOVE],
    }
}

static BEFORE: Wording =
    Wording::new("section/order", "a reader looks for “{late}” before “{early}”", "读者会先找“{late}”，再看“{early}”");
static EARLIER: Wording = Wording::new("section/order.earlier", "this should follow it", "此部分应在其后");
static MOVE: Wording = Wording::new("section/order.help", "move the section up", "请将该部分前移");

const ORDERED: [&str; 6] = ["what-you-need", "requirements", "steps", "faq", "sources", "last-checked"];

impl Rule for Order {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let kinds = &cx.knowledge.kinds;
        let Some(kind) = cx.subject.kind.as_deref().and_then(|name| kinds.kind(name)) else { return };
        let rank = |role: u16| {
            let ordered = ORDERED.contains(&kinds.roles[usize::from(role)].name.as_str());
            kind.sections.iter().position(|it| ordered && it.role == usize::from(role))
        };
        // Headings that say one thing only: their section, and its place in the expected order.
        let mut clear: Vec<(u32, usize)> = Vec::new();
        for chunk in cx.facts.roles.chunk_by(|a, b| a.0 == b.0) {
            let ranks: Vec<usize> = chunk.iter().filter_map(|(_, role)| rank(*role)).collect();
            if let [rank] = ranks[..] {
                clear.push((chunk[0].0, rank));
            }
        }
        // The first section of each level and place: a guide may repeat one heading ten thousand times.
        let mut firsts: BTreeMap<(u8, usize), u32> = BTreeMap::new();
        for &(section, place) in &clear {
            let level = cx.guide.sections[section as usize].level;
            let earlier = firsts.range((level, place + 1)..=(level, usize::MAX)).map(|(_, other)| *other).min();
            firsts.entry((level, place)).or_insert(section);
            let Some(other) = earlier else { continue };
            let (late, early) = (&cx.guide.sections[section as usize], &cx.guide.sections[other as usize]);
            let message = Message::new(&BEFORE)
                .with("late", cx.guide.text(late.title).trim())
                .with("early", cx.guide.text(early.title).trim());
            findings
                .report(late.heading_span, message)
                .label(early.heading_span, Message::new(&EARLIER))
                .help(Message::new(&MOVE));
            return;
        }
    }
}
