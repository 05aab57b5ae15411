use crate::declare_rule;
use crate::diagnostic::{RuleMeta, Wording};
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a comment addressed to guidelint that cannot be understood.
    ///
    /// ## Why
    /// A comment with a spelling mistake silences nothing, and its writer believes it does.
    ///
    /// ## How it decides
    /// The comment begins with `guidelint:`, or with `guidelint` and a word such as `allow` or `disable`. It must go on with `allow`, `allow-file`, `allow-start` or `allow-end`, name at least
    /// one rule, group or `all` that exists, and give a reason after ` -- `. `allow-file` stands before the first section, and
    /// every `allow-start` has its `allow-end`. In the front matter `guidelint` is a table with `allow`, `reason` and, if need be, `until`.
    ///
    /// ```md bad
    /// # Roaming
    ///
    /// <!-- guidelint: allow phone/invalide -- the carrier prints it so -->
    /// Call +90 532 12.
    /// ```
    ///
    /// ```md good
    /// # Roaming
    ///
    /// <!-- guidelint: allow phone/invalid -- the carrier prints it so -->
    /// Call +90 532 12.
    /// ```
    pub InvalidDirective {
        name: "meta/invalid-directive",
        severity: Warning,
        confidence: High,
        since: "0.1.0",
        wordings: [UNKNOWN_VERB, UNKNOWN_RULE, NO_RULE, NO_REASON, BAD_DATE, UNEXPECTED, NO_COLON, IN_FRONT, FRONT_KEY, FRONT_ITEM, FRONT_FORM, MISPLACED, UNCLOSED, UNOPENED, DID_YOU_MEAN, FORM],
    }
}

pub(crate) static UNKNOWN_VERB: Wording = Wording::new(
    "meta/invalid-directive.verb",
    "`{verb}` is nothing guidelint can be asked for",
    "guidelint 没有 `{verb}` 这个指令",
);
pub(crate) static UNKNOWN_RULE: Wording = Wording::new(
    "meta/invalid-directive.rule",
    "there is no rule or group `{rule}`",
    "没有名为 `{rule}` 的规则或规则组",
);
pub(crate) static NO_RULE: Wording =
    Wording::new("meta/invalid-directive.no-rule", "this comment names no rule", "此注释没有写明规则");
pub(crate) static NO_REASON: Wording =
    Wording::new("meta/invalid-directive.no-reason", "this comment gives no reason", "此注释没有写明理由");
pub(crate) static BAD_DATE: Wording = Wording::new(
    "meta/invalid-directive.date",
    "`{day}` is not a day written as 2026-11-22",
    "`{day}` 不是 2026-11-22 这样的日期",
);
pub(crate) static UNEXPECTED: Wording = Wording::new(
    "meta/invalid-directive.word",
    "`{word}` is neither a rule nor `until=`",
    "`{word}` 既不是规则名，也不是 `until=`",
);
pub(crate) static NO_COLON: Wording = Wording::new(
    "meta/invalid-directive.colon",
    "this comment silences nothing: a colon is missing after `guidelint`",
    "此注释不起作用：`guidelint` 之后缺少冒号",
);
pub(crate) static IN_FRONT: Wording = Wording::new(
    "meta/invalid-directive.front",
    "`guidelint` in the front matter is a table with `allow` and `reason`, not {type}",
    "front matter 中的 `guidelint` 应为含 `allow` 与 `reason` 的表，而不是 {type}",
);
pub(crate) static FRONT_KEY: Wording = Wording::new(
    "meta/invalid-directive.front-key",
    "`{key}` means nothing under `guidelint` in the front matter",
    "front matter 的 `guidelint` 之下没有 `{key}` 这个键",
);
pub(crate) static FRONT_ITEM: Wording = Wording::new(
    "meta/invalid-directive.front-item",
    "`allow` takes names of rules, not {type}",
    "`allow` 的内容应为规则名，而不是 {type}",
);
pub(crate) static FRONT_FORM: Wording = Wording::new(
    "meta/invalid-directive.front-form",
    "write `guidelint:` and below it `allow: [RULE]` and `reason: …`",
    "请写成 `guidelint:`，其下为 `allow: [规则]` 与 `reason: …`",
);
pub(crate) static MISPLACED: Wording = Wording::new(
    "meta/invalid-directive.file",
    "`allow-file` must stand before the first section",
    "`allow-file` 必须位于第一个章节之前",
);
pub(crate) static UNCLOSED: Wording = Wording::new(
    "meta/invalid-directive.unclosed",
    "this `allow-start` has no `allow-end` for `{rule}`",
    "此 `allow-start` 缺少 `{rule}` 的 `allow-end`",
);
pub(crate) static UNOPENED: Wording = Wording::new(
    "meta/invalid-directive.unopened",
    "this `allow-end` closes nothing",
    "此 `allow-end` 没有对应的 `allow-start`",
);
pub(crate) static DID_YOU_MEAN: Wording =
    Wording::new("meta/invalid-directive.did-you-mean", "did you mean `{near}`?", "是否想写 `{near}`？");
pub(crate) static FORM: Wording = Wording::new(
    "meta/invalid-directive.form",
    "write `<!-- guidelint: allow RULE -- reason -->`",
    "请写成 `<!-- guidelint: allow 规则 -- 理由 -->`",
);

impl Rule for InvalidDirective {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    /// Nothing: the checker reports it, for only the checker knows what was silenced.
    fn check(&self, _cx: &Context<'_>, _findings: &mut Findings<'_>) {}
}
