//! Documentation made from what the rules say of themselves.

use crate::diagnostic::RuleMeta;

/// The page of a rule, in Markdown: what `guidelint explain` prints and what lies in `docs/rules/`.
pub fn rule_page(meta: &RuleMeta) -> String {
    let default = if meta.on_by_default { meta.severity.as_str() } else { "off" };
    let fix = meta.fix.map(|it| format!(" · fix: {}", it.as_str())).unwrap_or_default();
    let body: Vec<&str> = meta.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    format!(
        "# {}\n\n{} · confidence: {}{fix} · since {}\n\n{}\n{}",
        meta.name,
        default,
        meta.confidence.as_str(),
        meta.since,
        body.join("\n").trim_end(),
        options(meta)
    )
}

/// What may be set about a rule, in Markdown; nothing for most rules.
fn options(meta: &RuleMeta) -> String {
    if meta.options.is_empty() {
        return String::new();
    }
    let mut out =
        format!("\n## Options\n\nIn `guidelint.toml`, under `[rules.\"{}\"]`, beside `severity`:\n\n", meta.name);
    for option in meta.options {
        let default = option.default_text().map(|it| format!("; default `{it}`")).unwrap_or_default();
        out.push_str(&format!("* `{}`: {} ({}{default})\n", option.name, option.docs, option.takes()));
    }
    out
}

/// The examples in a rule's documentation: whether each is bad, and its text.
pub fn examples(meta: &RuleMeta) -> Vec<(bool, String)> {
    let mut found = Vec::new();
    let mut open: Option<(bool, String)> = None;
    for line in meta.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)) {
        match (line.trim_end(), &mut open) {
            ("```md bad", None) => open = Some((true, String::new())),
            ("```md good", None) => open = Some((false, String::new())),
            ("```", Some(_)) => found.extend(open.take()),
            (_, Some((_, text))) => {
                text.push_str(line);
                text.push('\n');
            }
            _ => {}
        }
    }
    found
}
