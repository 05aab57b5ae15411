use std::fmt::Write;

use serde_json::{Map, Value, json};

use crate::diagnostic::{
    Applicability, Confidence, Diagnostic, Failure, FileReport, Fix, Language, RuleMeta, Severity, Summary,
};
use crate::text::{Source, Span};

use super::citation::full_text;
use super::json::to_string;
use super::place::{Place, Places};
use super::{Renderer, Run, Style, docs_of};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// Longer texts are not quoted; a report should not repeat its guides.
const LONG_SNIPPET: usize = 400;

/// SARIF 2.1.0 for code scanning. Columns are UTF-16 code units, as `columnKind` says. Findings that are suppressed or
/// in the baseline are there, marked as such.
pub(super) struct Sarif {
    language: Language,
    rules: Vec<String>,
    driver: Value,
    properties: Value,
    /// Results without their closing brace, since only the end knows whether there is a baseline to speak of.
    results: Vec<(String, Standing)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Standing {
    Open,
    Suppressed,
    Baselined,
}

impl Sarif {
    pub fn new(style: &Style) -> Sarif {
        Sarif {
            language: style.language,
            rules: Vec::new(),
            driver: Value::Null,
            properties: Value::Null,
            results: Vec::new(),
        }
    }

    fn push(&mut self, diagnostic: &Diagnostic, source: &Source, places: &Places<'_>, standing: Standing) {
        let language = self.language;
        let uri = uri(source.path());
        let location = |span: Span| {
            let mut region = region(places.of(span));
            if !span.is_empty() && span.len() <= LONG_SNIPPET {
                region["snippet"] = json!({ "text": source.slice(span) });
            }
            json!({ "artifactLocation": { "uri": uri }, "region": region })
        };
        let related: Vec<Value> = diagnostic
            .labels
            .iter()
            .enumerate()
            .map(|(id, label)| {
                json!({
                    "id": id,
                    "physicalLocation": location(label.span),
                    "message": { "text": without_links(&label.message.text(language)) },
                })
            })
            .collect();
        let mut result = Map::new();
        result.insert("ruleId".into(), json!(diagnostic.rule));
        if let Some(index) = self.rules.iter().position(|name| *name == diagnostic.rule) {
            result.insert("ruleIndex".into(), json!(index));
        }
        result.insert("level".into(), json!(level(diagnostic.severity)));
        result.insert("message".into(), json!({ "text": without_links(&full_text(diagnostic, language)) }));
        result.insert("locations".into(), json!([{ "physicalLocation": location(diagnostic.span) }]));
        if !related.is_empty() {
            result.insert("relatedLocations".into(), Value::Array(related));
        }
        let offered = diagnostic.fix.as_ref().filter(|fix| fix.applicability > Applicability::DisplayOnly);
        if let Some(fix) = offered {
            result.insert("fixes".into(), json!([fix_object(fix, &uri, places, language)]));
        }
        result.insert("partialFingerprints".into(), json!({ "guidelint/v1": diagnostic.fingerprint }));
        let suppressions = match standing {
            Standing::Suppressed => json!([{ "kind": "inSource", "status": "accepted" }]),
            Standing::Open | Standing::Baselined => json!([]),
        };
        result.insert("suppressions".into(), suppressions);
        result.insert("properties".into(), json!({ "confidence": diagnostic.confidence.as_str() }));
        let mut text = to_string(&result);
        text.pop();
        self.results.push((text, standing));
    }
}

impl Renderer for Sarif {
    fn begin(&mut self, _: &mut String, run: &Run<'_>) {
        self.rules = run.rules.iter().map(|rule| rule.name.to_string()).collect();
        let rules: Vec<Value> = run.rules.iter().map(|rule| rule_object(rule, run.docs_url)).collect();
        self.driver = json!({
            "name": "guidelint",
            "version": run.version,
            "semanticVersion": run.version,
            "informationUri": home(run.docs_url),
            "rules": rules,
        });
        self.properties = json!({
            "as_of": run.as_of.to_string(),
            "knowledge_as_of": run.knowledge_as_of.map(|day| day.to_string()),
        });
    }

    fn file(&mut self, _: &mut String, file: &FileReport) {
        let places = Places::new(&file.source);
        let groups = [
            (&file.diagnostics, Standing::Open),
            (&file.suppressed, Standing::Suppressed),
            (&file.baselined, Standing::Baselined),
        ];
        for (diagnostics, standing) in groups {
            for diagnostic in diagnostics {
                self.push(diagnostic, &file.source, &places, standing);
            }
        }
    }

    fn end(&mut self, out: &mut String, summary: &Summary, failures: &[Failure]) {
        let notifications: Vec<Value> = failures
            .iter()
            .map(|failure| {
                json!({
                    "level": "error",
                    "message": { "text": without_links(&failure.message) },
                    "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(&failure.path) } } }],
                })
            })
            .collect();
        let invocation = json!({
            "executionSuccessful": failures.is_empty(),
            "toolExecutionNotifications": notifications,
        });
        let language = match self.language {
            Language::En => "en",
            Language::Zh => "zh-CN",
        };
        let _ = write!(
            out,
            "{{\n\"$schema\": \"{SCHEMA}\",\n\"version\": \"2.1.0\",\n\"runs\": [{{\n\"tool\": {{\"driver\": {}}},\n\
             \"language\": \"{language}\",\n\"columnKind\": \"utf16CodeUnits\",\n\"invocations\": [{}],\n\
             \"properties\": {},\n\"results\": [",
            to_string(&self.driver),
            to_string(&invocation),
            to_string(&self.properties),
        );
        for (at, (result, standing)) in self.results.iter().enumerate() {
            out.push_str(if at == 0 { "\n" } else { ",\n" });
            out.push_str(result);
            if summary.baselined > 0 {
                let state = if *standing == Standing::Baselined { "unchanged" } else { "new" };
                let _ = write!(out, ",\"baselineState\":\"{state}\"");
            }
            out.push('}');
        }
        out.push_str("\n]\n}]\n}\n");
    }
}

/// Where somebody who meets a finding can read on: the documentation of the rules, else the package.
fn home(docs_url: Option<&str>) -> &str {
    let docs = docs_url.and_then(|url| url.split("{rule}").next()).filter(|url| !url.is_empty());
    docs.unwrap_or(concat!("https://crates.io/crates/", env!("CARGO_PKG_NAME")))
}

fn rule_object(rule: &RuleMeta, docs_url: Option<&str>) -> Value {
    let mut object = json!({
        "id": rule.name,
        "name": pascal(&rule.name),
        "shortDescription": { "text": rule.summary() },
        "fullDescription": { "text": rule.summary() },
        "help": { "text": rule.docs.trim(), "markdown": rule.docs.trim() },
        "defaultConfiguration": { "enabled": rule.on_by_default, "level": level(rule.severity) },
        "properties": {
            "tags": [rule.group()],
            "precision": precision(rule.confidence),
            "problem.severity": problem(rule.severity),
        },
    });
    if let Some(url) = docs_of(docs_url, &rule.name) {
        object["helpUri"] = json!(url);
    }
    object
}

/// `phone/wrong-country` → `PhoneWrongCountry`, the form SARIF wants for a readable name.
fn pascal(name: &str) -> String {
    name.split(['/', '-'])
        .flat_map(|word| {
            let mut chars = word.chars();
            chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect::<Vec<_>>()
        })
        .collect()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn problem(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "recommendation",
    }
}

fn precision(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => "very-high",
        Confidence::Medium => "high",
        Confidence::Low => "medium",
    }
}

fn region(place: Place) -> Value {
    json!({
        "startLine": place.start.line,
        "startColumn": place.start.column_utf16,
        "endLine": place.end.line,
        "endColumn": place.end.column_utf16,
    })
}

fn fix_object(fix: &Fix, uri: &str, places: &Places<'_>, language: Language) -> Value {
    let replacements: Vec<Value> = fix
        .edits
        .iter()
        .map(|edit| {
            json!({
                "deletedRegion": region(places.of(edit.span)),
                "insertedContent": { "text": edit.replacement },
            })
        })
        .collect();
    json!({
        "description": { "text": without_links(&fix.title.text(language)) },
        "artifactChanges": [{ "artifactLocation": { "uri": uri }, "replacements": replacements }],
    })
}

/// SARIF reads `[text](target)` in a message as a link; a guide must not be able to write one.
fn without_links(text: &str) -> String {
    if text.contains("](") {
        text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
    } else {
        text.to_owned()
    }
}

/// A path as a URI reference: relative paths stay relative, absolute ones become `file:` URIs.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len() + 8);
    let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic();
    if drive {
        out.push_str("file:///");
    } else if path.starts_with('/') {
        out.push_str("file://");
    }
    for (at, byte) in path.bytes().enumerate() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) || (drive && at == 1);
        if plain {
            out.push(byte as char);
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris_and_names_pascal() {
        assert_eq!(uri("a b/中:1.md"), "a%20b/%E4%B8%AD%3A1.md");
        assert_eq!(uri("/tmp/x.md"), "file:///tmp/x.md");
        assert_eq!(uri("C:/x.md"), "file:///C:/x.md");
        assert_eq!(pascal("phone/wrong-country"), "PhoneWrongCountry");
    }
}
