//! `guidelint lookup` from outside: what it says of numbers, short numbers, network codes, carriers and what is none of them.
#![cfg(feature = "cli")]

mod common;

use std::process::{Command, Output};

use serde_json::{Value, json};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_guidelint")).arg("lookup").args(arguments).output().unwrap()
}

fn asked(arguments: &[&str]) -> Value {
    let output = run(&[arguments, &["--format", "json"]].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}"))
}

fn told(arguments: &[&str]) -> String {
    String::from_utf8(run(arguments).stdout).unwrap()
}

/// Every key that programs may rely on, in every answer about digits.
const KEYS: [&str; 11] = [
    "query",
    "valid",
    "possible",
    "reason",
    "type",
    "region",
    "e164",
    "international",
    "carrier",
    "portable",
    "engines",
];

/// What was asked, and what the answer holds: other keys may say anything.
fn holds(arguments: &[&str], wanted: &Value) {
    let found = asked(arguments);
    for key in KEYS.into_iter().chain(["schema", "excess_digits", "engines_note"]) {
        assert!(found.get(key).is_some(), "{arguments:?} has no {key}: {found}");
    }
    assert_eq!(found["query"], arguments[0]);
    for (key, value) in wanted.as_object().unwrap() {
        assert_eq!(&found[key], value, "{arguments:?}: {key}");
    }
}

/// What both engines say.
fn engines(arguments: &[&str]) -> Vec<(String, bool, bool, Value)> {
    let found = asked(arguments);
    let verdict = |it: &Value| {
        let is = |key: &str| it[key].as_bool().unwrap();
        (it["engine"].as_str().unwrap().to_owned(), is("parses"), is("valid"), it["e164"].clone())
    };
    found["engines"].as_array().unwrap().iter().map(verdict).collect()
}

#[test]
fn whole_numbers_are_told_with_the_verdicts_of_both_engines() {
    let albanian = json!({
        "valid": true, "possible": true, "reason": null, "excess_digits": null, "type": "mobile", "region": "AL",
        "e164": "+355672123456", "international": "+355 67 212 3456", "national": "067 212 3456", "calling_code": "355",
        "carrier": "ONE Albania", "range": "35567", "portable": true, "example": true, "fiction": false, "engines_note": null,
    });
    for written in [&["+355 67 212 3456"][..], &["067 212 3456", "--country", "AL"], &["tel:+355672123456"]] {
        holds(written, &albanian);
        let said = json!("+355672123456");
        let wanted = ["rlibphonenumber", "phonenumber"].map(|engine| (engine.to_owned(), true, true, said.clone()));
        assert_eq!(engines(written), wanted);
    }
    holds(&["+44 20 7946 0958 x12"], &json!({ "valid": true, "region": "GB", "type": "fixed-line", "fiction": true }));
    holds(&["1-212-KLK-0123", "--country", "US"], &json!({ "valid": true, "fiction": true, "e164": "+12125550123" }));
    holds(&["201234", "--country", "FO"], &json!({ "valid": true, "e164": "+298201234", "region": "FO" }));
    let text = told(&["+355 67 212 3456"]);
    for line in [
        "valid: yes",
        "region: AL",
        "range issued to: ONE Albania",
        "rlibphonenumber (valid: yes",
        "; phonenumber (valid: yes",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn invalid_numbers_are_told_with_the_reason() {
    let cases = [
        (&["+355 67 212 34"][..], "too-short", json!(-2), true),
        (&["+355 67 212 34567"], "too-long", json!(1), true),
        (&["+1 200 555 0100"], "unassigned-range", Value::Null, true),
        (&["+999 123 4567"], "unknown-calling-code", Value::Null, false),
        (&["067 212 3456"], "unknown-calling-code", Value::Null, false),
        (&["*#06#"], "not-a-number", Value::Null, false),
    ];
    for (query, reason, excess, parses) in cases {
        holds(
            query,
            &json!({ "valid": false, "reason": reason, "excess_digits": excess, "carrier": null, "engines_note": null }),
        );
        let said = engines(query);
        assert_eq!(said.len(), 2, "{query:?}");
        assert!(said.iter().all(|(_, read, valid, _)| *read == parses && !valid), "{query:?}: {said:?}");
    }
    assert!(told(&["+355 67 212 34"]).contains("digits missing: 2"));
    assert!(told(&["+355 67 212 34567"]).contains("digits too many: 1"));
}

#[test]
fn short_numbers_and_network_codes_come_from_tables() {
    let none = json!([]);
    let short =
        json!({ "valid": true, "possible": true, "type": "short", "region": "CN", "e164": null, "engines": none });
    holds(&["10086", "--country", "CN"], &short);
    holds(&["112", "--country", "AL"], &json!({ "valid": true, "type": "short", "region": "AL", "engines": none }));
    holds(&["112"], &json!({ "valid": true, "type": "short", "region": null, "engines": none }));
    let network =
        json!({ "valid": true, "type": "network-code", "region": "AL", "carrier": "ONE Albania", "engines": none });
    holds(&["276-01"], &network);
    holds(&["27601"], &network);
    holds(&["27601", "--country", "AL"], &network);
    // Two carriers of two regions share this one.
    holds(
        &["310-410"],
        &json!({ "valid": true, "type": "network-code", "region": null, "carrier": null, "e164": null }),
    );
    assert_eq!(asked(&["310-410"])["networks"].as_array().unwrap().len(), 2);
    for query in [&["10086", "--country", "CN"][..], &["27601"], &["112"]] {
        let note = asked(query)["engines_note"].as_str().unwrap().to_owned();
        assert!(note.contains("whole numbers"), "{query:?}: {note}");
        assert!(told(query).contains(&note), "{query:?}");
    }
}

#[test]
fn what_nobody_knows_is_said_to_be_unknown() {
    for query in ["no such name", "", "+", "000000"] {
        let output = run(&[query, "--format", "json"]);
        assert_eq!(output.status.code(), Some(1), "{query:?}");
        holds(&[query], &json!({ "valid": false, "e164": null, "region": null, "carrier": null }));
    }
    assert_eq!(run(&["no such name"]).status.code(), Some(1));
    assert!(told(&["no such name"]).contains("nothing is known of `no such name`"));
    assert!(asked(&["no such name"])["engines_note"].as_str().unwrap().contains("no telephone number"));
}

#[test]
fn a_carrier_is_told_with_its_history_and_the_source_of_every_step() {
    let text = told(&["AMC", "--country", "AL"]);
    let steps: Vec<&str> = text.lines().filter(|line| line.contains("renamed") || line.contains("merged")).collect();
    assert_eq!(steps.len(), 3, "{text}");
    assert!(steps.iter().all(|line| line.contains("according to http")), "{text}");
    let found = asked(&["AMC", "--country", "AL"]);
    let one = &found[0];
    assert_eq!((&one["id"], &one["status"]), (&json!("al.amc"), &json!("renamed")));
    assert_eq!(one["successors"], json!(["al.telekom"]));
    let later = one["became"].as_array().unwrap();
    assert_eq!(later.last().unwrap()["id"], "al.one");
    for step in later.iter().chain([one]) {
        let sources = step["end_sources"].as_array().unwrap();
        assert_eq!(sources.is_empty(), step["status"] == "active", "{step}");
        let cited =
            sources.iter().all(|it| (it["url"].is_string() || it["package"].is_string()) && it["verified"].is_string());
        assert!(cited, "{step}");
    }
    let before = asked(&["al.one"]);
    assert!(before[0]["was"].as_array().unwrap().iter().all(|it| !it["end_sources"].as_array().unwrap().is_empty()));
}

#[test]
fn a_divided_carrier_leads_to_all_who_took_it_over() {
    let found = asked(&["Alltel"]);
    assert_eq!(found[0]["successors"], json!(["us.verizon", "us.att"]));
    let later: Vec<&str> = found[0]["became"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
    assert_eq!(later, ["us.verizon", "us.att"]);
    assert!(told(&["Alltel"]).contains("merged into Verizon, AT&T (2013-09-20), according to "));
    for heir in ["us.verizon", "us.att"] {
        let was = asked(&[heir])[0]["was"].to_string();
        assert!(was.contains("us.alltel"), "{heir}: {was}");
    }
}

#[test]
fn a_country_is_every_carrier_of_it() {
    let found = asked(&["AL"]);
    let ids: Vec<&str> = found.as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
    assert!(ids.contains(&"al.vodafone") && ids.contains(&"al.amc"), "{ids:?}");
}

/// Keys of a value and of all that lies in it.
fn keys(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            found.extend(map.keys().cloned());
            map.values().for_each(|it| keys(it, found));
        }
        Value::Array(items) => items.iter().for_each(|it| keys(it, found)),
        _ => {}
    }
}

#[test]
fn every_key_of_the_answers_is_explained() {
    let page = std::fs::read_to_string(common::root().join("docs/lookup.md")).unwrap();
    let mut found = Vec::new();
    for query in
        [&["+355 67 212 34"][..], &["27601"], &["112"], &["AMC", "--country", "AL"], &["hk.three"], &["al.one"]]
    {
        keys(&asked(query), &mut found);
    }
    found.sort();
    found.dedup();
    let missing: Vec<&String> = found.iter().filter(|key| !page.contains(&format!("`{key}`"))).collect();
    assert!(missing.is_empty(), "docs/lookup.md does not explain {missing:?}");
}
