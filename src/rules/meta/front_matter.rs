use crate::declare_rule;
use crate::diagnostic::{Message, RuleMeta, Wording};
use crate::guide::{FrontMatter as Metadata, Value};
use crate::knowledge::did_you_mean;
use crate::rule::{Context, Findings, Rule};
use crate::text::Span;

declare_rule! {
    /// Flags front matter that cannot be read, or a value in it that cannot be meant.
    ///
    /// ## Why
    /// The front matter decides what a guide is checked against. A typing error there switches checks off without a sound.
    ///
    /// ## How it decides
    /// The metadata must be YAML between `---` lines or TOML between `+++` lines. `title`, `country`, `kind` and `language`
    /// hold text; `country` and `countries` hold codes of ISO 3166-1 or names of countries; `published`, `updated` and
    /// `checked` hold dates; `sources` holds text or a list. A `kind` that is nearly one of ours is a slip of the pen; other words, and other
    /// keys, belong to the site generator and are none of our business.
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
        wordings: [UNREADABLE, WRONG_TYPE, NO_COUNTRY, NO_DATE, NO_LANGUAGE, NO_KIND, MEND, CODE, DAY, LANGUAGE_CODE, KIND],
    }
}

static UNREADABLE: Wording = Wording::new(
    "meta/front-matter.unreadable",
    "the front matter cannot be read: {error}",
    "文首元数据无法解析：{error}",
);
static WRONG_TYPE: Wording = Wording::new(
    "meta/front-matter.type",
    "`{key}` should be {wanted}, not {found}",
    "`{key}` 应为 {wanted}，而不是 {found}",
);
static NO_DATE: Wording =
    Wording::new("meta/front-matter.date", "`{value}` is no date that can be read", "`{value}` 不是可识别的日期");
static NO_LANGUAGE: Wording =
    Wording::new("meta/front-matter.language", "`{value}` is no language code", "`{value}` 不是语言代码");
static NO_KIND: Wording =
    Wording::new("meta/front-matter.kind", "there is no kind of guide `{value}`", "没有 `{value}` 这一类指南");
static DAY: Wording = Wording::new(
    "meta/front-matter.day",
    "write year, month and day, such as `2026-11-22`",
    "请写明年月日，例如 `2026-11-22`",
);
static LANGUAGE_CODE: Wording = Wording::new(
    "meta/front-matter.language-code",
    "use a code such as `en` or `zh-Hans`",
    "请使用语言代码，例如 `en` 或 `zh-Hans`",
);
static KIND: Wording = Wording::new("meta/front-matter.near", "did you mean `{near}`?", "是否想写 `{near}`？");
static NO_COUNTRY: Wording =
    Wording::new("meta/front-matter.country", "`{value}` is no country", "`{value}` 不是国家或地区");
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
        types(front, findings);
        for key in ["country", "countries"] {
            let Some((value, span)) = front.get(key) else { continue };
            for (text, own) in placed(cx, texts(value), span) {
                if !is_country(cx, text) {
                    findings.report(own, Message::new(&NO_COUNTRY).with("value", text)).help(Message::new(&CODE));
                }
            }
        }
        for key in ["published", "updated", "checked"] {
            let Some((text, span)) = front.text(key) else { continue };
            let read = cx.facts.dates.iter().any(|date| date.at.is_none() && date.span == span);
            if !read && !is_template(text) {
                findings.report(span, Message::new(&NO_DATE).with("value", text)).help(Message::new(&DAY));
            }
        }
        if let Some((text, span)) = front.text("language").or_else(|| front.text("lang"))
            && !is_language(text)
            && !is_template(text)
        {
            findings.report(span, Message::new(&NO_LANGUAGE).with("value", text)).help(Message::new(&LANGUAGE_CODE));
        }
        if let Some((text, span)) = front.text("kind") {
            let names = cx.knowledge.kinds.kinds.iter().map(|kind| kind.name.as_str());
            if cx.knowledge.kinds.kind(text).is_none()
                && let Some(near) = did_you_mean(text, names)
            {
                findings
                    .report(span, Message::new(&NO_KIND).with("value", text))
                    .help(Message::new(&KIND).with("near", near));
            }
        }
    }
}

/// What the keys we read must hold.
fn types(front: &Metadata, findings: &mut Findings<'_>) {
    const TEXT: [&str; 7] = ["title", "kind", "language", "lang", "published", "updated", "checked"];
    const TEXT_OR_LIST: [&str; 3] = ["country", "countries", "sources"];
    for (keys, wanted, list) in [(&TEXT[..], "text", false), (&TEXT_OR_LIST[..], "text or a list", true)] {
        for key in keys {
            let Some((value, span)) = front.get(key) else { continue };
            let fits = matches!(value, Value::Text(_) | Value::Null) || (list && matches!(value, Value::List(_)));
            // An unquoted title such as 5 or 2026 is only a title.
            let number = *key == "title" && matches!(value, Value::Number(_));
            if !fits && !number {
                let message =
                    Message::new(&WRONG_TYPE).with("key", *key).with("wanted", wanted).with("found", value.type_name());
                findings.report(span, message);
            }
        }
    }
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Text(text) => text.split(',').map(str::trim).filter(|it| !it.is_empty()).collect(),
        Value::List(items) => items.iter().filter_map(Value::as_text).map(str::trim).collect(),
        _ => Vec::new(),
    }
}

/// Each text of a value with its own place, where there are several and they stand as they are read.
fn placed<'a>(cx: &Context<'_>, texts: Vec<&'a str>, value: Span) -> Vec<(&'a str, Span)> {
    let written = cx.source.slice(value);
    let alone = texts.len() == 1;
    let mut from = if alone { written.len() } else { 0 };
    let place = |text: &'a str| {
        let Some(at) = written[from..].find(text).map(|it| from + it) else {
            from = written.len();
            return (text, value);
        };
        from = at + text.len();
        let start = value.start + at as u32;
        (text, Span::new(start, start + text.len() as u32))
    };
    texts.into_iter().map(place).collect()
}

fn is_country(cx: &Context<'_>, text: &str) -> bool {
    let code = text.to_ascii_uppercase();
    if is_template(text) || (code.len() == 2 && cx.knowledge.generated.region(&code).is_some()) {
        return true;
    }
    // Any name of any country, in any language, as the scan knows them.
    text.len() > 2 && cx.knowledge.lexicon().region_named(text).is_some()
}

/// Filled by the site generator.
fn is_template(text: &str) -> bool {
    text.contains("{{") || text.contains("{%") || text.contains("<%")
}

fn is_language(text: &str) -> bool {
    let first = text.trim().split(['-', '_']).next().unwrap_or("");
    (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic())
}
