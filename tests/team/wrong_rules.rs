//! Every key of a rule file with something it cannot hold, enumerated from the schema, and what is said about it.

use serde_json::Value;

use guidelint::declarative;
use guidelint::knowledge::Knowledge;

use super::{Project, common};

/// What a rule of each kind says besides the keys that all share; with them it can be read.
const KINDS: [(&str, &str); 10] = [
    ("existence", "terms = [\"word\"]"),
    ("substitution", "swap = { \"word\" = \"term\" }"),
    ("occurrence", "terms = [\"word\"]\nmax = 1"),
    ("repetition", "terms = [\"word\"]"),
    ("consistency", "either = [\"word\"]\nor = [\"term\"]"),
    ("conditional", "if = [\"word\"]\nthen = [\"term\"]"),
    ("sequence", "first = [\"word\"]\nsecond = [\"term\"]"),
    ("link", "hosts = [\"word.example\"]"),
    ("front-matter", "key = \"word\"\nrequired = true"),
    ("section", "headings = [\"word\"]"),
];

const EXAMPLES: &str = "[[bad]]\ntext = \"A word.\"\n[[good]]\ntext = \"Nothing.\"\n";

fn schema() -> Value {
    serde_json::from_str(&Project::new(&[]).run("schema rules").ends(0).out).unwrap()
}

/// A rule of a kind, with further lines; a line for a key takes the place of the one before.
fn rule(kind: &str, lines: &[String]) -> String {
    let own = KINDS.iter().find(|(it, _)| *it == kind).unwrap().1;
    let head = format!("kind = \"{kind}\"\nseverity = \"warning\"\nmessage = \"m\"\ndocs = \"Flags a word.\"\n{own}");
    let key = |line: &str| line.split(" =").next().unwrap_or("").to_owned();
    let kept = head.lines().filter(|line| !lines.iter().any(|it| key(it) == key(line)));
    let all: Vec<&str> = kept.chain(lines.iter().map(String::as_str)).collect();
    format!("{}\n{EXAMPLES}", all.join("\n"))
}

fn error(knowledge: &Knowledge, text: &str) -> Option<String> {
    declarative::read("style/word", "word.toml", text, knowledge).err().map(|it| it.to_string())
}

/// A value of the type a key wants, whatever it means.
fn fitting(schema: &Value) -> &'static str {
    match schema["type"].as_str() {
        Some("array") => "[\"w\"]",
        Some("object") => "{ \"a\" = \"b\" }",
        Some("integer") => "1",
        Some("boolean") => "true",
        _ if schema["enum"].is_array() => match schema["enum"][0].as_str() {
            Some("guide") => "\"guide\"",
            _ => "\"text\"",
        },
        _ => "\"x\"",
    }
}

#[test]
fn every_key_of_a_rule_file_has_its_errors() {
    let (schema, knowledge) = (schema(), Knowledge::builtin());
    let mut told = String::new();
    let mut tell = |about: String, text: &str| {
        let said = error(&knowledge, text).unwrap_or_else(|| panic!("{about} is accepted:\n{text}"));
        assert!(said.starts_with("word.toml:"), "{said}");
        told.push_str(&format!("# {about}\n{said}\n\n"));
    };
    let home = |key: &str| {
        let refuses = |kind: &&&str| {
            schema["allOf"].as_array().unwrap().iter().any(|it| {
                it["if"]["properties"]["kind"]["const"] == **kind && it["then"]["properties"][key] == Value::Bool(false)
            })
        };
        let names: Vec<&str> = KINDS.iter().map(|it| it.0).collect();
        *names.iter().find(|kind| !refuses(kind)).unwrap()
    };
    for (key, value) in schema["properties"].as_object().unwrap() {
        let kind = home(key);
        if !matches!(key.as_str(), "bad" | "good") {
            tell(format!("{key}: wrong type"), &rule(kind, &[format!("{key} = -1.5")]));
        }
        if value["enum"].is_array() && key != "kind" {
            tell(format!("{key}: wrong word"), &rule(kind, &[format!("{key} = \"wrong\"")]));
        }
        if value["minItems"] == 1 && !matches!(key.as_str(), "bad" | "good") {
            tell(format!("{key}: empty"), &rule(kind, &[format!("{key} = []")]));
        }
        if value["minLength"] == 1 {
            tell(format!("{key}: empty"), &rule(kind, &[format!("{key} = \"\"")]));
        }
    }
    for key in schema["required"].as_array().unwrap() {
        let key = key.as_str().unwrap();
        let text = rule("existence", &[]);
        let without: String = match key {
            "bad" | "good" => text.replace(&format!("[[{key}]]\n"), "").replacen(
                if key == "bad" { "text = \"A word.\"\n" } else { "text = \"Nothing.\"\n" },
                "",
                1,
            ),
            _ => text.split_inclusive('\n').filter(|line| !line.starts_with(&format!("{key} ="))).collect(),
        };
        tell(format!("{key}: missing"), &without);
    }
    for part in ["unless", "example"] {
        for (key, value) in schema["definitions"][part]["properties"].as_object().unwrap() {
            let text = match part {
                "unless" => rule("existence", &[format!("unless = {{ {key} = -1.5 }}")]),
                _ if key == "text" => rule("existence", &[]).replace("text = \"A word.\"", "text = -1.5"),
                _ => rule("existence", &[]).replace("text = \"A word.\"", &format!("text = \"A word.\"\n{key} = -1.5")),
            };
            tell(format!("{part}.{key}: wrong type"), &text);
            if part == "unless" && value["type"] == "array" {
                let text = rule("existence", &[format!("unless = {{ {key} = [\" x\"] }}")]);
                tell(format!("{part}.{key}: no term"), &text);
            }
        }
    }
    tell("unless: unknown key".to_owned(), &rule("existence", &["unless = { link-in-blok = true }".to_owned()]));
    let example = rule("existence", &[]).replace("text = \"A word.\"", "text = \"A word.\"\nfound = []");
    tell("example: unknown key".to_owned(), &example);
    let nothing = rule("existence", &[]).replace("text = \"A word.\"", "find = []");
    tell("example.text: missing".to_owned(), &nothing);
    let english = rule("existence", &["message = { en = \"m\" }".to_owned()]);
    tell("message: no Chinese".to_owned(), &english);
    let expected = common::root().join("tests/team/wrong-keys.expected");
    assert_eq!(common::compare(&expected, &told), None);
}

/// What the schema refuses to a kind of rule is refused, and what it demands is demanded.
#[test]
fn every_kind_refuses_and_demands_what_its_schema_says() {
    let (schema, knowledge) = (schema(), Knowledge::builtin());
    let kinds: Vec<&str> =
        schema["properties"]["kind"]["enum"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(kinds, KINDS.map(|it| it.0), "every kind has an example here");
    let mut told = String::new();
    for of_kind in schema["allOf"].as_array().unwrap() {
        let kind = of_kind["if"]["properties"]["kind"]["const"].as_str().unwrap();
        assert_eq!(error(&knowledge, &rule(kind, &[])), None, "{kind}");
        let refused = of_kind["then"]["properties"].as_object().unwrap();
        for key in refused.keys() {
            let line = format!("{key} = {}", fitting(&schema["properties"][key]));
            let said = error(&knowledge, &rule(kind, &[line])).unwrap_or_else(|| panic!("{kind} accepts `{key}`"));
            assert!(said.contains(&format!("`{key}`")), "{kind} {key}: {said}");
            told.push_str(&format!("{kind}: {said}\n"));
        }
        let demanded = of_kind["then"]["anyOf"].as_array().unwrap().iter().map(|it| &it["required"][0]);
        let demanded = demanded.chain(of_kind["then"]["required"].as_array().unwrap()).filter_map(Value::as_str);
        let demanded: Vec<&str> = demanded.collect();
        let bare: String = rule(kind, &[])
            .split_inclusive('\n')
            .filter(|line| !demanded.iter().any(|key| line.starts_with(&format!("{key} ="))))
            .collect();
        let said = error(&knowledge, &bare).unwrap_or_else(|| panic!("{kind} needs nothing of {demanded:?}"));
        told.push_str(&format!("{kind}, bare: {said}\n"));
    }
    let expected = common::root().join("tests/team/wrong-kinds.expected");
    assert_eq!(common::compare(&expected, &told), None);
}

/// The schema names exactly the keys that are read.
#[test]
fn the_schema_of_rules_is_the_one_that_judges() {
    let (schema, knowledge) = (schema(), Knowledge::builtin());
    let said = error(&knowledge, &rule("existence", &["unheard = 1".to_owned()])).unwrap();
    let read: Vec<&str> = said.split('`').skip(1).step_by(2).skip(1).collect();
    let keys = schema["properties"].as_object().unwrap();
    for key in keys.keys() {
        assert!(read.contains(&key.as_str()), "`{key}` is in the schema and is not read:\n{said}");
    }
    assert_eq!(keys.len(), read.len(), "{said}");
}
