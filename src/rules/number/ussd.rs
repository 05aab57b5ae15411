use crate::declare_rule;
use crate::diagnostic::{Applicability, Confidence, Edit, Message, RuleMeta, Severity, Wording};
use crate::facts::{IdentifierKind, IdentifierMention, Surroundings};
use crate::knowledge::CueSet;
use crate::rule::{Context, Findings, Rule};
use crate::text::Span;

declare_rule! {
    /// Flags a USSD code that will not work as it is printed.
    ///
    /// ## Why
    /// Readers type such codes key by key. Without the final hash the phone waits; and where Markdown takes the stars for
    /// emphasis, the reader never sees them.
    ///
    /// ## How it decides
    /// By 3GPP TS 22.030 a code begins with one to three of `*` and `#`, holds digits with single stars between groups, and ends with
    /// `#`. Full-width signs count as what they are. Reported are codes of several groups that do not end with `#`, and digits that end with
    /// `#` whose stars Markdown has eaten; put those in back ticks. Digits and a `#` alone that are called a USSD code are an info.
    ///
    /// ```md bad
    /// # Checking the balance of a Turkish SIM
    ///
    /// Dial *123*4 to hear the balance, or *135*7# for the data left.
    /// ```
    ///
    /// ```md good
    /// # Checking the balance of a Turkish SIM
    ///
    /// Dial `*123*4#` to hear the balance, or `*123#`.
    /// ```
    pub Ussd {
        name: "number/ussd",
        severity: Warning,
        confidence: High,
        since: "0.1.0",
        wordings: [NO_HASH, EATEN, STARLESS, COMPARE, QUOTE, ADD],
    }
}

static NO_HASH: Wording = Wording::new(
    "number/ussd.no-hash",
    "`{code}` does not end with `#`: the phone will not send it",
    "`{code}` 末尾缺少 `#`，手机不会发送",
);
static EATEN: Wording = Wording::new(
    "number/ussd.eaten",
    "Markdown takes stars out of `{code}`: the reader sees `{seen}`",
    "`{code}` 中的星号被 Markdown 当作强调符号，读者看到的是 `{seen}`",
);
static STARLESS: Wording = Wording::new(
    "number/ussd.starless",
    "`{code}` has no `*` or `#` before its digits, as such codes have",
    "`{code}` 的数字前没有 `*` 或 `#`，这类代码通常以它们开头",
);
static COMPARE: Wording = Wording::new(
    "number/ussd.compare",
    "compare it with the carrier's own page: stars get lost when text is copied",
    "请与运营商官网核对：复制文字时星号容易丢失",
);
static QUOTE: Wording = Wording::new("number/ussd.fix", "put it in back ticks", "用反引号括起来");
static ADD: Wording = Wording::new("number/ussd.help", "write `{right}`", "请写作 `{right}`");

impl Rule for Ussd {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        for it in cx.facts.identifiers.iter().filter(|it| !it.example) {
            if it.kind == IdentifierKind::Starless && (cx.subject.telecom || is_named(cx, it)) {
                findings
                    .report(it.span, Message::new(&STARLESS).with("code", it.text.as_str()))
                    .severity(Severity::Info)
                    .confidence(Confidence::Medium)
                    .help(Message::new(&COMPARE));
            }
            if it.kind != IdentifierKind::Ussd {
                continue;
            }
            if it.broken_by_markup {
                let span = with_stars(cx, it.span);
                let written = cx.source.slice(span).to_owned();
                // Digits in italics: "*100#*".
                let in_italics = !it.value.contains('*') && cx.source.text()[span.end as usize..].starts_with('*');
                // A backslash is lost in the same places.
                if in_italics || written.matches('*').count() <= it.value.matches('*').count() {
                    continue;
                }
                let message = Message::new(&EATEN).with("code", written.as_str()).with("seen", it.text.as_str());
                let edit = Edit { span, replacement: format!("`{written}`") };
                findings.report(span, message).fix(Message::new(&QUOTE), vec![edit], Applicability::Safe);
            } else if lacks_hash(&it.value) && is_dialled(cx, it) {
                let right = format!("{}#", it.value);
                findings
                    .report(it.span, Message::new(&NO_HASH).with("code", it.text.as_str()))
                    .confidence(Confidence::Medium)
                    .help(Message::new(&ADD).with("right", right));
            }
        }
    }
}

/// `*123*4`, `*#06`: several groups or a query, and no hash at the end.
fn lacks_hash(code: &str) -> bool {
    let inner = code.trim_start_matches(['*', '#']);
    !code.ends_with('#') && !code.ends_with('*') && (inner.contains('*') || code.starts_with("*#"))
}

/// Whether it is called a USSD code; what one merely dials may be the number of a conference.
fn is_named(cx: &Context<'_>, it: &IdentifierMention) -> bool {
    let around = Surroundings::of(cx.guide, it.block, it.at);
    around.near().any(|place| cx.guide.text(place).to_ascii_lowercase().contains("ussd"))
}

fn is_dialled(cx: &Context<'_>, it: &IdentifierMention) -> bool {
    let around = Surroundings::of(cx.guide, it.block, it.at);
    let mut places = around.near().chain(around.lead);
    places.any(|place| cx.facts.has_cue(CueSet::Phone, place))
}

/// The span with the stars before it, which are in no prose.
fn with_stars(cx: &Context<'_>, span: Span) -> Span {
    let before = &cx.source.text()[..span.start as usize];
    let stars = before.len() - before.trim_end_matches('*').len();
    Span::new(span.start - stars as u32, span.end)
}
