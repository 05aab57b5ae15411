use crate::declare_rule;
use crate::diagnostic::{Confidence, Message, RuleMeta, Severity, Wording};
use crate::facts::IdentifierKind;
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags an eSIM activation code that cannot work, and one that seems to be somebody's own.
    ///
    /// ## Why
    /// A code with broken grammar is refused by the phone. A code that works belongs to one buyer: whoever reads the guide can take it.
    ///
    /// ## How it decides
    /// By GSMA SGP.22 a code is `LPA:1$`, the host of the carrier's download server, `$`, and a matching id of capitals, digits and
    /// hyphens; an object identifier and a final `1` may follow. A complete code for a real host is a warning. Patterns
    /// with brackets or stretches of X, `LPA:1$` alone, hosts reserved for examples, and codes called examples are left alone.
    ///
    /// ```md bad
    /// # Activating an eSIM
    ///
    /// Scan the code or type `LPA:1$SMDP.GSMA.COM`.
    ///
    /// If that fails, type `LPA:1$SMDP.GSMA.COM$04386-AGYFT-A74Y8-3F815` instead.
    /// Or this one: LPA:1$not_a_host$ABCD-1234
    /// ```
    ///
    /// ```md good
    /// # Activating an eSIM
    ///
    /// Type the code from the leaflet. It has the form `LPA:1$HOST$XXXX-XXXX`.
    /// ```
    pub ActivationCode {
        name: "number/activation-code",
        severity: Error,
        confidence: High,
        since: "0.1.0",
        wordings: [HOST, PARTS, MATCHING_ID, LIVE, HIDE],
    }
}

static HOST: Wording = Wording::new(
    "number/activation-code.host",
    "`{code}` names no download server: a host name stands between the dollar signs",
    "`{code}` 缺少下载服务器：两个 $ 之间应为主机名",
);
static PARTS: Wording = Wording::new(
    "number/activation-code.parts",
    "`{code}` is not an activation code: after `LPA:1` come a host, a matching id and little else, each after `$`",
    "`{code}` 不是激活码：`LPA:1` 之后依次为主机名和匹配码，各以 $ 开头",
);
static MATCHING_ID: Wording = Wording::new(
    "number/activation-code.matching-id",
    "the matching id of `{code}` holds `{wrong}`: only capitals, digits and hyphens can stand there",
    "`{code}` 的匹配码中有 `{wrong}`：只能使用大写字母、数字和连字符",
);
static LIVE: Wording = Wording::new(
    "number/activation-code.live",
    "`{code}` is a complete activation code: whoever reads the guide can take the eSIM",
    "`{code}` 是完整的激活码：任何读者都能占用这张 eSIM",
);
static HIDE: Wording = Wording::new(
    "number/activation-code.help",
    "leave the matching id out, or put X in its place",
    "请删去匹配码，或用 X 代替",
);

impl Rule for ActivationCode {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        for it in cx.facts.identifiers.iter().filter(|it| it.kind == IdentifierKind::ActivationCode && !it.example) {
            let parts: Vec<&str> = it.value.split('$').collect();
            let code = |wording| Message::new(wording).with("code", it.text.as_str());
            let Some(host) = parts.get(1) else { continue };
            // `LPA:1$` alone is how codes begin: it is described, not given.
            let is_prefix = parts.len() == 2 && host.is_empty();
            if is_prefix || is_pattern(&it.value) {
                continue;
            }
            if parts.len() < 3 || parts.len() > 5 || !parts[0].eq_ignore_ascii_case("LPA:1") {
                findings.report(it.span, code(&PARTS));
            } else if !is_host(host) {
                findings.report(it.span, code(&HOST));
            } else if let Some(wrong) =
                parts[2].chars().find(|c| !(c.is_ascii_uppercase() || c.is_ascii_digit() || *c == '-'))
            {
                findings
                    .report(it.span, code(&MATCHING_ID).with("wrong", wrong.to_string()))
                    .confidence(Confidence::Medium);
            } else if parts[2].len() > 3 && !is_reserved(host) {
                findings.report(it.span, code(&LIVE)).severity(Severity::Warning).help(Message::new(&HIDE));
            }
        }
    }
}

/// Brackets, stretches of X, words such as HOST: a pattern, not a code.
fn is_pattern(code: &str) -> bool {
    let upper = code.to_ascii_uppercase();
    code.contains(['<', '{', '[', '(', '（', '…'])
        || !code.is_ascii()
        || code.contains("...")
        || ["XXX", "HOST", "YOUR", "ADDRESS", "MATCHING", "SMDP$", "SM-DP"].iter().any(|it| upper.contains(it))
}

fn is_host(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    labels.len() > 1
        && labels.iter().all(|label| {
            !label.is_empty()
                && label.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
                && !label.starts_with('-')
        })
}

/// Names that no server can have (RFC 2606, RFC 6761).
fn is_reserved(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    ["example", "test", "invalid", "localhost"].iter().any(|it| host.ends_with(it))
        || ["example.com", "example.net", "example.org"]
            .iter()
            .any(|it| host == *it || host.ends_with(&format!(".{it}")))
}
