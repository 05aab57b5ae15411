use crate::declare_rule;
use crate::diagnostic::{Message, RuleMeta, Wording};
use crate::guide::Value;
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags front matter that cannot be read, or a value in it that cannot be meant.
    ///
    /// ## Why
    /// The front matter decides what a guide is checked against. A typing error there switches checks off without a sound.
    ///
    /// ## How it decides
    /// The metadata must be YAML between `---` lines or TOML between `+++` lines. `country` and `countries` hold country
    /// codes or names as text. Keys that belong to the site generator are none of our business.
    ///
    /// ```md bad
    /// ---
    /// country: [AL
    /// ---
    /// # Roaming
    /// ```
    ///
    /// ```md good
    /// ---
    /// country: AL
    /// layout: post
    /// ---
    /// # Roaming
    /// ```
    pub FrontMatter {
        name: "meta/front-matter",
        severity: Warning,
        confidence: High,
        since: "0.1.0",
        wordings: [UNREADABLE, WRONG_TYPE, NO_COUNTRY, MEND, CODE],
    }
}

static UNREADABLE: Wording = Wording::new(
    "meta/front-matter.unreadable",
    "the front matter cannot be read: {error}",
    "文首元数据无法解析：{error}",
);
static WRONG_TYPE: Wording =
    Wording::new("meta/front-matter.type", "`{key}` should be text, not {found}", "`{key}` 应为文字，而不是 {found}");
static NO_COUNTRY: Wording =
    Wording::new("meta/front-matter.country", "`{value}` is no country code", "`{value}` 不是国家或地区代码");
static MEND: Wording = Wording::new(
    "meta/front-matter.help",
    "mend it: until then guidelint reads nothing from it",
    "请修正；在此之前 guidelint 不会读取其中任何内容",
);
static CODE: Wording = Wording::new(
    "meta/front-matter.code",
    "use the two letters of ISO 3166-1, such as `AL`",
    "请使用 ISO 3166-1 两位字母代码，例如 `AL`",
);

impl Rule for FrontMatter {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let Some(front) = &cx.guide.front_matter else { return };
        if let Some(error) = &front.error {
            let message = Message::new(&UNREADABLE).with("error", error.message.as_str());
            findings.report(error.span, message).help(Message::new(&MEND));
            return;
        }
        for key in ["title", "country"] {
            let Some((value, span)) = front.get(key) else { continue };
            if !matches!(value, Value::Text(_) | Value::List(_) | Value::Null) {
                let message = Message::new(&WRONG_TYPE).with("key", key).with("found", value.type_name());
                findings.report(span, message);
            }
        }
        let Some((Value::Text(text), span)) = front.get("country") else { return };
        let code = text.trim().to_ascii_uppercase();
        let looks_like_code = text.trim().len() == 2 && text.trim().is_ascii();
        if looks_like_code && cx.knowledge.generated.region(&code).is_none() {
            findings.report(span, Message::new(&NO_COUNTRY).with("value", text.as_str())).help(Message::new(&CODE));
        }
    }
}
