//! The part of the configuration's JSON Schema that the rules make themselves.

use serde_json::{Map, Value, json};

use crate::diagnostic::{OptionKind, RuleMeta, RuleOption};

/// The properties of `[rules]`: every rule with its options, and every group, by name.
pub fn rule_properties(rules: &[&RuleMeta]) -> Map<String, Value> {
    let mut out = Map::new();
    let group = |name: &str| json!({ "$ref": "#/definitions/setting", "description": format!("every rule of {name}") });
    out.insert("all".to_owned(), json!({ "$ref": "#/definitions/setting", "description": "every rule" }));
    for meta in rules {
        out.entry(meta.group().to_owned()).or_insert_with(|| group(meta.group()));
        let summary = meta.summary();
        let own = match meta.options {
            [] => json!({ "$ref": "#/definitions/setting", "description": summary }),
            options => {
                let mut properties =
                    Map::from_iter([("severity".to_owned(), json!({ "$ref": "#/definitions/severity" }))]);
                properties.extend(options.iter().map(|it| (it.name.to_owned(), option(it))));
                let table = json!({ "type": "object", "additionalProperties": false, "properties": properties });
                json!({ "description": summary, "anyOf": [{ "$ref": "#/definitions/severity" }, table] })
            }
        };
        out.insert(meta.name.to_string(), own);
    }
    out
}

fn option(option: &RuleOption) -> Value {
    let mut schema = match option.kind {
        OptionKind::Number { least, most, .. } => json!({ "type": "integer", "minimum": least, "maximum": most }),
        OptionKind::Flag { .. } => json!({ "type": "boolean" }),
        OptionKind::Texts => json!({ "type": "array", "items": { "type": "string", "minLength": 1 } }),
        OptionKind::Choices(words) => json!({ "type": "array", "items": { "enum": words } }),
    };
    schema["description"] = option.docs.into();
    schema
}
