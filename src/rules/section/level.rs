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
    /// A heading is more than one level deeper than the heading before it. Where the first heading stands does not matter. It speaks once per guide, and labels the further places. Only
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
        wordings: [SKIPS, ABOVE, FURTHER, RAISE],
    }
}

static SKIPS: Wording = Wording::new(
    "section/level",
    "this heading is of level {level}, the one before it of level {above}",
    "此标题为 {level} 级，而前一个标题为 {above} 级",
);
static ABOVE: Wording = Wording::new("section/level.above", "the heading before it", "前一个标题");
static FURTHER: Wording = Wording::new("section/level.further", "this one skips a level too", "此处同样跳级");
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
        let mut skipping = headings.windows(2).filter(|pair| pair[1].level > pair[0].level + 1);
        let Some(first) = skipping.next() else { return };
        let (above, section) = (first[0], first[1]);
        let message =
            Message::new(&SKIPS).with("level", usize::from(section.level)).with("above", usize::from(above.level));
        let mut finding = findings
            .report(section.heading_span, message)
            .label(above.heading_span, Message::new(&ABOVE))
            .help(Message::new(&RAISE).with("level", usize::from(above.level) + 1));
        for further in skipping {
            finding = finding.label(further[1].heading_span, Message::new(&FURTHER));
        }
        let _ = finding;
    }
}
