use crate::declare_rule;
use crate::diagnostic::{Message, RuleMeta, Wording};
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a heading that skips a level.
    ///
    /// ## Why
    /// Readers who listen to a page, and the tables of contents of site generators, go by the levels. Under a skipped level they
    /// look for something that is not there.
    ///
    /// ## How it decides
    /// A heading is more than one level deeper than the heading before it. Where the first heading stands does not matter. Only
    /// texts about mobile service are looked at.
    ///
    /// ```md bad
    /// # How to cancel a SIM card
    ///
    /// ## Steps
    ///
    /// #### At the shop
    ///
    /// Hand in the SIM card.
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
    pub Level {
        name: "section/level",
        severity: Info,
        confidence: High,
        since: "0.1.0",
        wordings: [SKIPS, ABOVE, RAISE],
    }
}

static SKIPS: Wording = Wording::new(
    "section/level",
    "this heading is of level {level}, the one before it of level {above}",
    "此标题为 {level} 级，而前一个标题为 {above} 级",
);
static ABOVE: Wording = Wording::new("section/level.above", "the heading before it", "前一个标题");
static RAISE: Wording =
    Wording::new("section/level.help", "make it a heading of level {level}", "请改为 {level} 级标题");

impl Rule for Level {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        if !cx.subject.telecom {
            return;
        }
        let headings: Vec<_> = cx.guide.sections.iter().filter(|it| it.heading.is_some()).collect();
        for pair in headings.windows(2) {
            let (above, section) = (pair[0], pair[1]);
            if section.level > above.level + 1 {
                let message = Message::new(&SKIPS)
                    .with("level", usize::from(section.level))
                    .with("above", usize::from(above.level));
                findings
                    .report(section.heading_span, message)
                    .label(above.heading_span, Message::new(&ABOVE))
                    .help(Message::new(&RAISE).with("level", usize::from(above.level) + 1));
            }
        }
    }
}
