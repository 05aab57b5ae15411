use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::declare_rule;
use crate::diagnostic::{Message, RuleMeta, Wording};
use crate::facts::folded;
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a section that stands in the guide twice.
    ///
    /// ## Why
    /// Two sections of one name are mostly left over from copying: a reader finds the first, and the correction is in the second.
    ///
    /// ## How it decides
    /// Two headings of the same level under the same heading have the same text, but for case, numbering and emoji. "Fees" under each of
    /// two carriers is no repetition. Only texts about mobile service are looked at.
    ///
    /// ```md bad
    /// # How to cancel a SIM card
    ///
    /// ## Steps
    ///
    /// Hand in the SIM card.
    ///
    /// ## Steps
    ///
    /// Ask for a receipt.
    /// ```
    ///
    /// ```md good
    /// # How to cancel a SIM card
    ///
    /// ## Vodafone Albania
    ///
    /// ### Steps
    ///
    /// Hand in the SIM card.
    ///
    /// ## ONE Albania
    ///
    /// ### Steps
    ///
    /// Ask for a receipt.
    /// ```
    pub Duplicate {
        name: "section/duplicate",
        severity: Info,
        confidence: High,
        since: "0.1.0",
        wordings: [TWICE, FIRST, MERGE],
    }
}

static TWICE: Wording =
    Wording::new("section/duplicate", "“{heading}” stands here a second time", "“{heading}”重复出现");
static FIRST: Wording = Wording::new("section/duplicate.first", "it stands here already", "此处已有同名部分");
static MERGE: Wording = Wording::new(
    "section/duplicate.help",
    "put the two together, or name what sets them apart",
    "请合并，或在标题中写明区别",
);

impl Rule for Duplicate {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        if !cx.subject.telecom {
            return;
        }
        // For each level, the section that is open there; a key is the way down to a heading.
        let mut open: [usize; 7] = [0; 7];
        let mut seen: HashMap<(usize, u8, String), usize> = HashMap::new();
        for (at, section) in cx.guide.sections.iter().enumerate().filter(|(_, it)| it.heading.is_some()) {
            let level = usize::from(section.level).min(6);
            let parent = open[..level].iter().rev().find(|&&it| it > 0).copied().unwrap_or(0);
            open[level] = at;
            open[level + 1..].fill(0);
            // Its source: what sets two headings apart may stand in code. That of one in HTML is the tag alone.
            let title = match cx.source.slice(section.heading_span).lines().next().unwrap_or("") {
                tag if tag.starts_with('<') => cx.guide.text(section.title),
                line => line,
            };
            let plain =
                title.trim_start_matches(|c: char| !c.is_alphabetic()).trim_end_matches(|c: char| !c.is_alphanumeric());
            if plain.is_empty() || level < 2 {
                continue;
            }
            match seen.entry((parent, section.level, folded(plain))) {
                Entry::Occupied(first) => {
                    findings
                        .report(
                            section.heading_span,
                            Message::new(&TWICE).with("heading", cx.guide.text(section.title).trim()),
                        )
                        .label(cx.guide.sections[*first.get()].heading_span, Message::new(&FIRST))
                        .help(Message::new(&MERGE));
                }
                Entry::Vacant(place) => {
                    place.insert(at);
                }
            }
        }
    }
}
