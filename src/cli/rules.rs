//! `guidelint rules`: the list of rules.

use std::fmt::Write as _;

use super::args::ListFormat;
use super::{Outcome, output};

pub fn run(format: ListFormat) -> Outcome {
    let checker = super::checker();
    let rules = checker.rules();
    match format {
        ListFormat::Text => {
            let width = rules.iter().map(|meta| meta.name.len()).max().unwrap_or(0);
            let mut out = String::new();
            for meta in rules {
                let default = if meta.on_by_default { meta.severity.as_str() } else { "off" };
                let _ = writeln!(out, "{:width$}  {default:7}  {}", meta.name, meta.summary());
            }
            output::print(&out);
        }
        ListFormat::Json => {
            let list: Vec<serde_json::Value> = rules
                .into_iter()
                .map(|meta| {
                    serde_json::json!({
                        "name": meta.name,
                        "group": meta.group(),
                        "severity": meta.severity.as_str(),
                        "confidence": meta.confidence.as_str(),
                        "default": meta.on_by_default,
                        "fix": meta.fix.map(|it| it.as_str()),
                        "since": meta.since,
                        "summary": meta.summary(),
                        "options": meta.options.iter().map(|it| serde_json::json!({
                            "name": it.name,
                            "takes": it.takes(),
                            "default": it.default_text(),
                            "summary": it.docs,
                        })).collect::<Vec<_>>(),
                    })
                })
                .collect();
            output::print(&format!("{:#}\n", serde_json::Value::Array(list)));
        }
    }
    Outcome::Clean
}
