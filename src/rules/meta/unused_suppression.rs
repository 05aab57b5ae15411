use crate::declare_rule;
use crate::diagnostic::{RuleMeta, Wording};
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a suppression comment that silences nothing.
    ///
    /// ## Why
    /// A comment that outlives its finding would silence the next one, which nobody has looked at.
    ///
    /// ## How it decides
    /// Every rule the comment names ran on this guide, and none of them found anything where the comment reaches. A comment
    /// for a rule that did not run is not unused.
    ///
    /// ```md bad
    /// # Roaming
    ///
    /// <!-- guidelint: allow phone/invalid -- checked by hand -->
    /// No number here.
    /// ```
    ///
    /// ```md good
    /// # Roaming
    ///
    /// <!-- guidelint: allow phone/invalid -- the carrier prints it so -->
    /// Call +90 532 12.
    /// ```
    pub UnusedSuppression {
        name: "meta/unused-suppression",
        severity: Warning,
        confidence: High,
        since: "0.1.0",
        wordings: [UNUSED, REMOVE, REMOVE_FIX],
    }
}

pub(crate) static UNUSED: Wording = Wording::new(
    "meta/unused-suppression",
    "this comment silences nothing: `{rule}` finds nothing here",
    "此注释没有作用：`{rule}` 在此没有发现问题",
);
pub(crate) static REMOVE: Wording = Wording::new("meta/unused-suppression.help", "remove it", "请删除");
pub(crate) static REMOVE_FIX: Wording = Wording::new("meta/unused-suppression.fix", "remove the comment", "删除该注释");

impl Rule for UnusedSuppression {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    /// Nothing: the checker reports it, for only the checker knows what was silenced.
    fn check(&self, _cx: &Context<'_>, _findings: &mut Findings<'_>) {}
}
