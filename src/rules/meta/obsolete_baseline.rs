use crate::declare_rule;
use crate::diagnostic::{RuleMeta, Wording};
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags entries of the baseline that match no finding any more.
    ///
    /// ## Why
    /// A baseline is a list of debts. Those that are paid must come off it, or they would hide new ones.
    ///
    /// ## How it decides
    /// The baseline has an entry for this guide, and no finding has its fingerprint. Only `--baseline` runs report it.
    ///
    /// ```md bad
    /// # Roaming
    ///
    /// A guide whose finding was mended, with its entry still in the baseline.
    /// ```
    ///
    /// ```md good
    /// # Roaming
    ///
    /// A guide whose findings are all new, or all in the baseline.
    /// ```
    pub ObsoleteBaseline {
        name: "meta/obsolete-baseline",
        severity: Warning,
        confidence: High,
        since: "0.1.0",
        wordings: [OBSOLETE, WRITE_AGAIN],
    }
}

pub(crate) static OBSOLETE: Wording = Wording::new(
    "meta/obsolete-baseline",
    "entries of the baseline that match no finding in this guide any more: {count}",
    "基线中有 {count} 条记录在本指南中已无对应问题",
);
pub(crate) static WRITE_AGAIN: Wording = Wording::new(
    "meta/obsolete-baseline.help",
    "write the baseline again with `--write-baseline`",
    "请用 `--write-baseline` 重新生成基线",
);

impl Rule for ObsoleteBaseline {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    /// Nothing: the checker reports it, for only the checker knows what was silenced.
    fn check(&self, _cx: &Context<'_>, _findings: &mut Findings<'_>) {}
}
