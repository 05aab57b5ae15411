//! The JSON Schema of a rule file, made from the same tables that judge it.

use serde_json::{Map, Value, json};

use super::file::Kind;
use super::scope::NAMES;

/// The JSON Schema of a rule file, for editors; `guidelint test` knows more.
pub fn schema() -> Value {
    let kinds: Vec<&str> = Kind::ALL.iter().map(|it| it.name()).collect();
    let mut properties = Map::new();
    properties.insert("kind".to_owned(), json!({ "enum": kinds, "description": "What kind of rule it is" }));
    for (key, schema) in common().into_iter().chain(particular()) {
        properties.insert(key.to_owned(), schema);
    }
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "guidelint/rules/<group>/<rule>.toml",
        "description": "A rule of one's own for guidelint",
        "type": "object",
        "additionalProperties": false,
        "required": ["kind", "message", "docs", "severity", "bad", "good"],
        "properties": properties,
        "allOf": Kind::ALL.map(of_kind),
        "definitions": definitions(),
    })
}

/// What a kind of rule demands and refuses.
fn of_kind(kind: Kind) -> Value {
    let (known, needed) = kind.keys();
    let mut refused = Map::new();
    for (key, _) in particular().into_iter().filter(|(key, _)| !known.contains(key)) {
        refused.insert(key.to_owned(), Value::Bool(false));
    }
    if !kind.has_fix() {
        refused.insert("fix".to_owned(), Value::Bool(false));
    }
    let one_of: Vec<Value> = needed.iter().map(|key| json!({ "required": [key] })).collect();
    json!({
        "if": { "properties": { "kind": { "const": kind.name() } } },
        "then": { "properties": refused, "required": kind.also_needed(), "anyOf": one_of },
    })
}

/// Keys that every kind of rule has.
fn common() -> Vec<(&'static str, Value)> {
    let text = |about: &str| json!({ "type": "string", "minLength": 1, "description": about });
    let flag = |about: &str| json!({ "type": "boolean", "default": false, "description": about });
    let list = |of: Value, about: &str| json!({ "type": "array", "items": of, "description": about });
    let reference = |name: &str| json!({ "$ref": format!("#/definitions/{name}") });
    vec![
        (
            "severity",
            json!({ "enum": ["off", "info", "warning", "error"], "description": "`off`: only where it is asked for" }),
        ),
        (
            "confidence",
            json!({ "enum": ["low", "medium", "high"], "default": "medium", "description": "How sure a finding is" }),
        ),
        ("message", reference("sentence")),
        ("help", reference("sentence")),
        ("docs", text("Markdown: what it flags, and why; the first line is the summary")),
        ("since", json!({ "type": "string", "description": "The version that brought it" })),
        (
            "fix",
            json!({ "type": "string", "description": "What comes in place of what was found; `{match}`, `{1}` and named groups are filled in" }),
        ),
        (
            "applicability",
            json!({ "enum": ["safe", "unsafe", "display-only"], "default": "unsafe", "description": "Which option applies the fix" }),
        ),
        (
            "scope",
            json!({ "type": "array", "minItems": 1, "items": reference("scope"), "description": "Where it looks; everything a reader sees unless told otherwise" }),
        ),
        ("languages", list(reference("language"), "Only in guides in one of these (BCP 47)")),
        ("countries", list(reference("country"), "Only in guides about one of these (ISO 3166-1 alpha-2)")),
        ("kinds", list(json!({ "type": "string" }), "Only in guides of one of these kinds, such as cancel-sim")),
        ("case-sensitive", flag("Capitals matter")),
        ("slow", flag("The regexes need not hold a word the one scan can find")),
        ("unless", reference("unless")),
        (
            "bad",
            json!({ "type": "array", "minItems": 1, "items": reference("example"), "description": "Texts it flags" }),
        ),
        (
            "good",
            json!({ "type": "array", "minItems": 1, "items": reference("good"), "description": "Texts it leaves alone" }),
        ),
    ]
}

/// Keys that only some kinds have.
fn particular() -> Vec<(&'static str, Value)> {
    let terms = |about: &str| json!({ "type": "array", "minItems": 1, "items": { "$ref": "#/definitions/term" }, "description": about });
    let texts = |about: &str| json!({ "type": "array", "minItems": 1, "items": { "type": "string", "minLength": 1 }, "description": about });
    let count = |about: &str| json!({ "type": "integer", "minimum": 0, "description": about });
    let flag = |about: &str| json!({ "type": "boolean", "default": false, "description": about });
    vec![
        ("terms", terms("Words or several words; a final `*` takes any ending")),
        ("patterns", texts("Regexes")),
        (
            "swap",
            json!({ "type": "object", "minProperties": 1, "additionalProperties": { "type": "string" }, "description": "What is written, and what is meant to be written" }),
        ),
        ("min", count("At least so many in the guide")),
        ("max", count("At most so many")),
        (
            "per",
            json!({ "enum": ["guide", "section", "block"], "default": "guide", "description": "Where is counted" }),
        ),
        ("either", terms("One way to write it")),
        ("or", terms("The other way")),
        ("if", terms("Where this stands")),
        ("then", terms("one of these must stand as well")),
        ("first", terms("This comes")),
        ("second", terms("before this")),
        ("hosts", texts("Links to these domains and what lies below them")),
        ("parameters", texts("Links with one of these in their query")),
        ("texts", terms("Links whose text holds one of these")),
        ("schemes", texts("Links of these schemes, such as `http`")),
        (
            "key",
            json!({ "type": "string", "minLength": 1, "description": "A key of the front matter; dots lead into tables" }),
        ),
        (
            "type",
            json!({ "enum": ["text", "number", "bool", "list", "table", "date"], "description": "What its value must be" }),
        ),
        ("one-of", texts("What its value may be")),
        ("required", flag("It must be there")),
        ("headings", terms("Headings of a section")),
        ("forbidden", flag("No such section, instead of at least one")),
    ]
}

fn definitions() -> Value {
    let terms =
        |about: &str| json!({ "type": "array", "items": { "$ref": "#/definitions/term" }, "description": about });
    let scopes: Vec<&str> = NAMES.into_iter().filter(|it| !it.ends_with(".KEY")).collect();
    let mut example = json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["text"],
        "properties": {
            "text": { "type": "string", "description": "A guide, in Markdown" },
            "find": { "type": "array", "items": { "type": "string" }, "description": "What is found, in order" },
            "fixed": { "type": "string", "description": "The text after its fixes" },
            "country": { "$ref": "#/definitions/country" },
            "lang": { "$ref": "#/definitions/language" },
            "kind": { "type": "string", "description": "The kind of guide it is taken for" },
        },
    });
    let bad = example.clone();
    if let Some(properties) = example["properties"].as_object_mut() {
        properties.insert("find".to_owned(), json!({ "maxItems": 0 }));
    }
    json!({
        "sentence": {
            "description": "What is said, in English or in English and Chinese; `{match}` and others are filled in",
            "anyOf": [
                { "type": "string", "minLength": 1 },
                {
                    "type": "object",
                    "required": ["en", "zh"],
                    "properties": { "en": { "type": "string", "minLength": 1 }, "zh": { "type": "string", "minLength": 1 } },
                },
            ],
        },
        "term": { "type": "string", "minLength": 1, "pattern": "^\\S(.*\\S)?$" },
        "scope": { "anyOf": [{ "enum": scopes }, { "type": "string", "pattern": "^front-matter\\.(?!KEY$).+$" }] },
        "country": { "type": "string", "pattern": "^[A-Z]{2}$" },
        "language": { "type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$" },
        "unless": {
            "type": "object",
            "description": "What excuses a match",
            "additionalProperties": false,
            "properties": {
                "link-in-block": { "type": "boolean", "description": "A link that can be a source stands in the block" },
                "in-quote": { "type": "boolean", "description": "The block is a quotation" },
                "near": terms("One of these stands near, in the same block"),
                "within": { "type": "integer", "minimum": 0, "default": 40, "description": "How many characters is near" },
                "in-block": terms("One of these stands in the block"),
                "in-guide": terms("One of these stands anywhere"),
            },
        },
        "example": bad,
        "good": example,
    })
}
