use crate::declare_rule;
use crate::diagnostic::{RuleMeta, Wording};
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a suppression comment whose last day is over.
    ///
    /// ## Why
    /// `until=` is a promise to look again.
    ///
    /// ## How it decides
    /// The day in `until=` lies before the day of the run. The findings it silenced are reported again.
    ///
    /// ```md bad
    /// # Roaming
    ///
    /// <!-- guidelint: allow phone/invalid until=2020-01-31 -- waiting for the carrier -->
    /// Call +90 532 12.
    /// ```
    ///
    /// ```md good
    /// # Roaming
    ///
    /// <!-- guidelint: allow phone/invalid until=2999-01-31 -- waiting for the carrier -->
    /// Call +90 532 12.
    /// ```
    pub ExpiredSuppression {
        name: "meta/expired-suppression",
        severity: Warning,
        confidence: High,
        since: "0.1.0",
        wordings: [EXPIRED, LOOK_AGAIN],
    }
}

pub(crate) static EXPIRED: Wording =
    Wording::new("meta/expired-suppression", "this comment held until {day}", "此注释的有效期已于 {day} 结束");
pub(crate) static LOOK_AGAIN: Wording = Wording::new(
    "meta/expired-suppression.help",
    "look at the finding again, then mend it or set a new day",
    "请重新核查，然后修正问题或设定新的日期",
);

impl Rule for ExpiredSuppression {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    /// Nothing: the checker reports it, for only the checker knows what was silenced.
    fn check(&self, _cx: &Context<'_>, _findings: &mut Findings<'_>) {}
}
