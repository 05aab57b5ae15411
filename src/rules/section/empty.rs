use crate::declare_rule;
use crate::diagnostic::{Message, RuleMeta, Wording};
use crate::guide::{Guide, Section};
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a heading with nothing under it, and a table that has a header and no rows.
    ///
    /// ## Why
    /// A heading promises an answer. "Providers that can do it for you" over an empty table is a question handed back.
    ///
    /// ## How it decides
    /// Nothing under it means no text, list, table, picture, code or HTML, and no deeper heading either. A section whose only
    /// substance is a table without rows counts as empty although a sentence stands beside it. Only texts about mobile service
    /// are looked at.
    ///
    /// ```md bad
    /// # How to cancel a SIM card
    ///
    /// ## Fees
    ///
    /// ## Steps
    ///
    /// Take the SIM card to a shop.
    /// ```
    ///
    /// ```md good
    /// # How to cancel a SIM card
    ///
    /// ## Steps
    ///
    /// ### At the shop
    ///
    /// Hand in the SIM card.
    /// ```
    pub Empty {
        name: "section/empty",
        severity: Warning,
        confidence: High,
        since: "0.1.0",
        wordings: [NOTHING, NO_ROWS, FILL],
    }
}

static NOTHING: Wording =
    Wording::new("section/empty", "nothing stands under “{heading}”", "“{heading}”之下没有任何内容");
static NO_ROWS: Wording = Wording::new(
    "section/empty.table",
    "the table under “{heading}” has a header and no rows",
    "“{heading}”之下的表格只有表头，没有内容",
);
static FILL: Wording = Wording::new("section/empty.help", "fill it or remove the heading", "请补充内容，或删除该标题");

/// Bytes of text beside an empty table up to which the table is all there is.
const A_SENTENCE_OR_TWO: u32 = 240;

impl Rule for Empty {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        if !cx.subject.telecom {
            return;
        }
        let sections = &cx.guide.sections;
        let named = |section: &Section| section.heading.is_some() && !is_overlined(cx.guide.text(section.title));
        for (at, section) in sections.iter().enumerate().filter(|(_, it)| named(it)) {
            let holds = &section.content;
            let deeper = sections.get(at + 1).is_some_and(|next| next.level > section.level);
            let nothing = [
                holds.text,
                holds.ordered_items,
                holds.items,
                holds.cells,
                holds.images,
                holds.code,
                holds.html,
                holds.links,
            ]
            .iter()
            .all(|&count| count == 0);
            let wording = match (nothing, has_empty_table(cx.guide, at)) {
                (true, _) if !deeper => &NOTHING,
                (false, true)
                    if holds.text <= A_SENTENCE_OR_TWO && holds.items + holds.ordered_items + holds.cells == 0 =>
                {
                    &NO_ROWS
                }
                _ => continue,
            };
            let heading = cx.guide.text(section.title).trim();
            findings
                .report(section.heading_span, Message::new(wording).with("heading", heading))
                .help(Message::new(&FILL));
        }
    }
}

/// A title between two lines of `====`, as reStructuredText has it: all headings of such a text look alike.
fn is_overlined(title: &str) -> bool {
    title.chars().take_while(|c| c.is_ascii_punctuation()).count() >= 4
}

fn has_empty_table(guide: &Guide, section: usize) -> bool {
    let from = guide.tables.partition_point(|table| (table.section as usize) < section);
    guide.tables[from..].iter().take_while(|table| table.section as usize == section).any(|table| table.rows == 0)
}
