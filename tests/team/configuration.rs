use super::{Project, common};

const FAULTY: &str = "# How to cancel an Albanian SIM\n\nCall customer service at +355 69 123 4567.\n\nBring your passport to the shop and ask the staff to close the line. You will get a letter that says when it ends.\n";

/// Other rules would speak about such a short guide.
const ONLY: &str = "select = [\"phone\"]\n";

/// Every key of the schema with a value it cannot have, and what is said about it.
#[test]
fn every_wrong_key_is_pointed_at() {
    let schema: serde_json::Value = serde_json::from_str(include_str!("../../schemas/guidelint.schema.json")).unwrap();
    let mut cases =
        vec!["selct = []\n".to_owned(), "[rules\n".to_owned(), "[[overrides]]\npath = [\"a\"]\n".to_owned()];
    let properties =
        |value: &serde_json::Value| value["properties"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    for key in properties(&schema) {
        match key.as_str() {
            "overrides" => {
                cases.push("overrides = 1\n".to_owned());
                cases.push("[[overrides]]\n".to_owned());
                for key in properties(&schema["properties"]["overrides"]["items"]) {
                    cases.push(format!("[[overrides]]\n{key} = 1\n"));
                }
                cases.push("[[overrides]]\npaths = [\"a[\"]\n".to_owned());
                cases.push("[[overrides]]\nlanguages = [\"English\"]\n".to_owned());
                cases.push("[[overrides]]\ncountries = [\"al\"]\n".to_owned());
                cases.push("[[overrides]]\ncountries = [\"XX\"]\n".to_owned());
                cases.push("[[overrides]]\nkinds = [\"cancel-simm\"]\n".to_owned());
                cases.push("[[overrides]]\npaths = [\"a\"]\nrules = { \"phon\" = \"off\" }\n".to_owned());
                cases.push("[[overrides]]\npaths = [\"a\"]\nrules.\"date/stale\" = { months = 0 }\n".to_owned());
                cases.push("[[overrides]]\npaths = [\"a\"]\nrules.date = { months = 3 }\n".to_owned());
                cases.push("[[overrides]]\npaths = [\"a\"]\n".to_owned());
                cases.push("[[overrides]]\npaths = [\"/a\"]\nrules.date = \"off\"\n".to_owned());
                cases.push("[[overrides]]\npaths = [\"!a\"]\nrules.date = \"off\"\n".to_owned());
                cases.push("[[overrides]]\npaths = [\".\"]\nrules.date = \"off\"\n".to_owned());
                cases.push("[[overrides]]\nlanguages = [\"pt-BR\"]\nrules.date = \"off\"\n".to_owned());
            }
            "rules" => {
                cases.push("rules = 1\n".to_owned());
                cases.push("[rules]\n\"phone/invalid\" = \"loud\"\n".to_owned());
                cases.push("[rules]\n\"phone/invalidd\" = \"off\"\n".to_owned());
                cases.push("[rules]\n\"phone/invalid\" = 1\n".to_owned());
                cases.push("[rules.\"phone/invalid\"]\n".to_owned());
                cases.push("[rules.\"phone/invalid\"]\nlevel = \"off\"\n".to_owned());
                cases.push("[rules.date]\nmonths = 3\n".to_owned());
            }
            "kinds" => {
                cases.push("kinds = 1\n".to_owned());
                cases.push("[kinds.cancel-simm]\n".to_owned());
                cases.push("[kinds.cancel-sim]\npath = [\"a\"]\n".to_owned());
                cases.push("[kinds.cancel-sim]\npaths = [\"a[\"]\n".to_owned());
                cases.push("[kinds.cancel-sim]\nstale-months = 0\n".to_owned());
                cases.push("[kinds.cancel-sim]\nstale-months = \"often\"\n".to_owned());
            }
            "promotion" => {
                cases.push("promotion = 1\n".to_owned());
                cases.push("[promotion]\nallow = 1\n".to_owned());
                cases.push("[promotion]\nalow = []\n".to_owned());
                cases.push("[promotion]\nallow = [\"https://t.me/x\"]\n".to_owned());
            }
            _ => cases.push(format!("{key} = -1.5\n")),
        }
    }
    cases.extend(
        [
            "select = [\"phone/plceholder\"]",
            "ignore = [\"al\"]",
            "fail-on = \"warn\"",
            "min-confidence = \"hi\"",
            "country = \"Albania\"",
            "country = \"XX\"",
            "lang = \"English\"",
            "exclude = [\"a[\"]",
            "extends = [\"nowhere\"]",
            "max-warnings = -1",
            "docs-url = \"docs.example/{rule}\"",
            "docs-url = \"https://docs.example/\"",
        ]
        .map(|it| format!("{it}\n")),
    );
    let here = Project::new(&[("a.md", "# T\n")]);
    let mut told = String::new();
    for case in cases {
        here.write("guidelint.toml", &case);
        let run = here.run("check").ends(2);
        assert!(run.err.contains("guidelint.toml:"), "{case}{}", run.err);
        told.push_str(&run.err);
        told.push('\n');
    }
    let expected = common::root().join("tests/team/wrong-configuration.expected");
    assert_eq!(common::compare(&expected, &told), None);
}

/// For every option of every rule a value of the wrong type, one out of bounds, a wrong word, and its name misspelt.
fn wrong_options(schema: &serde_json::Value) -> Vec<String> {
    let mut cases = Vec::new();
    for (rule, setting) in schema["definitions"]["rules"]["properties"].as_object().unwrap() {
        let options = setting["anyOf"].as_array().and_then(|it| it[1]["properties"].as_object());
        for (name, option) in options.into_iter().flatten() {
            let mut put = |line: String| cases.push(format!("[rules.\"{rule}\"]\n{line}\n"));
            put(format!("{name} = 1.5"));
            put(format!("{name}s = 1"));
            let bound = |key: &str| option[key].as_i64();
            bound("minimum").into_iter().for_each(|it| put(format!("{name} = {}", it - 1)));
            bound("maximum").into_iter().for_each(|it| put(format!("{name} = {}", it + 1)));
            if option["items"]["minLength"] == 1 {
                put(format!("{name} = [\"\"]"));
                put(format!("{name} = [1]"));
            }
            if option["items"]["enum"].is_array() {
                put(format!("{name} = [\"prise\"]"));
            }
        }
    }
    assert!(cases.len() > 20, "{cases:?}");
    cases
}

#[test]
fn every_wrong_option_is_pointed_at() {
    let schema: serde_json::Value = serde_json::from_str(include_str!("../../schemas/guidelint.schema.json")).unwrap();
    let checker = guidelint::Checker::builtin();
    let mut told = String::new();
    for case in wrong_options(&schema) {
        let read = guidelint::check::Config::read("guidelint.toml", &case, &checker.rules(), checker.knowledge());
        let error = read.expect_err(&case).to_string();
        assert!(error.starts_with("guidelint.toml:2:"), "{case}{error}");
        told.push_str(&format!("# {}\n{error}\n\n", case.trim_end().replace('\n', " ")));
    }
    let expected = common::root().join("tests/team/wrong-options.expected");
    assert_eq!(common::compare(&expected, &told), None);
}

/// Every key of a pack's description with a value it cannot have, and what is said about it.
#[test]
fn every_wrong_key_of_a_pack_is_pointed_at() {
    let here = Project::new(&[("a.md", "# T\n"), ("guidelint.toml", "extends = [\"p\"]\n")]);
    let schema: serde_json::Value = serde_json::from_str(&here.run("schema pack").ends(0).out).unwrap();
    let good = [("name", "\"p\""), ("version", "\"1.0\"")];
    let with = |key: &str, value: &str| {
        let others = good.iter().filter(|(it, _)| *it != key).map(|(key, value)| format!("{key} = {value}\n"));
        others.collect::<String>() + &format!("{key} = {value}\n")
    };
    let mut cases = vec![with("nam", "\"x\""), with("rules", "{ \"phon\" = \"off\" }"), "name = [".to_owned()];
    for (key, value) in schema["properties"].as_object().unwrap() {
        cases.push(with(key, "1.5"));
        if value["minLength"] == 1 {
            cases.push(with(key, "\" \""));
        }
        if value["pattern"].is_string() {
            cases.push(with(key, "\"one\""));
            cases.push(with(key, "\"99.0\""));
        }
        if schema["required"].as_array().unwrap().iter().any(|it| it == key) {
            cases.push(
                good.iter().filter(|(it, _)| it != key).map(|(key, value)| format!("{key} = {value}\n")).collect(),
            );
        }
    }
    let mut told = String::new();
    for case in &cases {
        here.write("p/pack.toml", case);
        let run = here.run("check");
        // A pack may be of any version.
        let wrong = case.contains("version = \"99.0\"");
        assert_eq!(run.status == 2, !wrong, "{case}{}{}", run.err, run.out);
        told.push_str(&run.err);
        told.push('\n');
    }
    let expected = common::root().join("tests/team/wrong-packs.expected");
    assert_eq!(common::compare(&expected, &told), None);
    here.write("p/pack.toml", "name = \"p\"\nversion = \"1.0\"\nunheard = 1\n");
    let said = here.run("check").ends(2).err;
    for key in schema["properties"].as_object().unwrap().keys() {
        assert!(said.contains(&format!("`{key}`")), "`{key}` is in the schema and is not read:\n{said}");
    }
}

/// The schema names exactly the keys that are read.
#[test]
fn the_schema_is_fresh() {
    let here = Project::new(&[("a.md", "# T\n"), ("guidelint.toml", "unheard = 1\n")]);
    let schema: serde_json::Value = serde_json::from_str(&here.run("schema config").ends(0).out).unwrap();
    let keys: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
    let said = here.run("check").ends(2).err;
    let read: Vec<&str> = said.split('`').skip(1).step_by(2).skip(1).collect();
    for key in &keys {
        assert!(read.contains(&key.as_str()), "`{key}` is in the schema and is not read:\n{said}");
    }
    assert_eq!(keys.len(), read.len(), "{said}");
    let bare = Project::new(&[]);
    for (of, file) in [
        ("config", "guidelint.schema.json"),
        ("report", "report.v1.json"),
        ("rules", "rule.schema.json"),
        ("pack", "pack.schema.json"),
    ] {
        let printed = bare.run(&format!("schema {of}")).ends(0).out;
        assert_eq!(common::compare(&common::root().join("schemas").join(file), &printed), None);
    }
    // The schema an editor is given inside a project knows its rules.
    here.write("guidelint.toml", "");
    here.write(super::SPELLING_PATH, super::SPELLING);
    here.run("schema config").ends(0).says("\"style/spelling\"");
    here.run("schema rule").ends(0).says("\"kind\"");
    here.run("schema nothing").ends(2);
}

#[test]
fn overrides_hold_for_paths_languages_countries_and_kinds() {
    let here = Project::new(&[("a.md", FAULTY), ("archive/b.md", FAULTY)]);
    let cases = [
        ("paths = [\"archive/**\"]", "archive/b.md", "a.md"),
        (
            "paths = [\"archive/**\"]\ncountries = [\"AL\"]\nlanguages = [\"en\"]\nkinds = [\"cancel-sim\"]",
            "archive/b.md",
            "a.md",
        ),
    ];
    for (narrow, off, on) in cases {
        here.write("guidelint.toml", &format!("{ONLY}[[overrides]]\n{narrow}\nrules = {{ \"phone\" = \"off\" }}\n"));
        let run = here.run("check --format concise").ends(1);
        assert!(
            run.out.contains(&format!("{on}:3:")) && !run.out.contains(&format!("{off}:3:")),
            "{narrow}: {}",
            run.out
        );
    }
    for narrow in ["countries = [\"TR\"]", "languages = [\"zh\"]", "kinds = [\"roaming\"]", "paths = [\"*.txt\"]"] {
        here.write("guidelint.toml", &format!("{ONLY}[[overrides]]\n{narrow}\nrules = {{ \"phone\" = \"off\" }}\n"));
        here.run("check a.md").ends(1);
    }
    for narrow in ["countries = [\"AL\"]", "languages = [\"en\"]", "kinds = [\"cancel-sim\"]", "paths = [\"*.md\"]"] {
        here.write("guidelint.toml", &format!("{ONLY}[[overrides]]\n{narrow}\nrules = {{ \"phone\" = \"off\" }}\n"));
        here.run("check a.md").ends(0);
        // What is selected by hand is heard.
        here.run("check a.md --select phone").ends(1);
    }
    // The later entry beats the earlier, the rule its group.
    here.write(
        "guidelint.toml",
        &format!("{ONLY}[[overrides]]\npaths = [\"*.md\"]\nrules = {{ phone = \"off\" }}\n[[overrides]]\npaths = [\"a.md\"]\nrules = {{ \"phone/placeholder\" = \"error\" }}\n"),
    );
    here.run("check a.md --format concise").ends(1).says("error[phone/placeholder]");
}

#[test]
fn packs_are_laid_over_one_another_in_order() {
    let rule = |severity: &str| super::SPELLING.replace("\"warning\"", &format!("\"{severity}\""));
    let here = Project::new(&[
        ("one/pack.toml", "name = \"one\"\nversion = \"1.0\"\n[rules]\n\"section\" = \"off\"\n\"date\" = \"off\"\n"),
        ("one/rules/style/spelling.toml", &rule("error")),
        (
            "two/pack.toml",
            "name = \"two\"\nversion = \"1.0\"\nmin-guidelint = \"0.1\"\n[rules]\n\"date\" = \"warning\"\n",
        ),
        ("two/rules/style/spelling.toml", &rule("info")),
        ("site/guidelint.toml", "extends = [\"../one\", \"../two\"]\n"),
        ("site/a.md", "# How to cancel an Albanian SIM\n\nAn e-sim.\n"),
    ]);
    let run =
        here.run("check site --format concise").ends(1).says("info[style/spelling]").says("warning[date/missing]");
    run.hides("section/");
    here.write("site/guidelint/rules/style/spelling.toml", &rule("warning"));
    here.run("check site --format concise").ends(1).says("warning[style/spelling]");
    here.write("site/guidelint.toml", "extends = [\"../two\", \"../one\"]\n[rules]\n\"style\" = \"off\"\n");
    here.run("check site --format concise").ends(0).hides("date/");
    let config = here.run("config site --show-origin").ends(0);
    assert!(
        config.out.contains("rules.\"date\" = \"off\"") && config.out.contains("# one/pack.toml:5"),
        "{}",
        config.out
    );
    config.says("# site/guidelint.toml:3").says("# default");
    here.run("test one two").ends(0).says("2 rules");

    here.write("two/pack.toml", "name = \"two\"\nversion = \"1.0\"\nmin-guidelint = \"99.0\"\n");
    here.run("check site").ends(2).complains("this pack wants guidelint 99.0");
    here.write("site/guidelint.toml", "extends = [\"../three\"]\n");
    here.run("check site").ends(2).complains("there is no pack").complains("site/guidelint.toml:1:12");
}

#[test]
fn a_project_brings_its_own_countries_and_guide_kinds() {
    let al = std::fs::read_to_string(common::root().join("rules/countries/al.toml")).unwrap();
    let here = Project::new(&[("guidelint/countries/al.toml", &al), ("a.md", FAULTY)]);
    here.run("check").ends(1);
    here.run("test").ends(0).says("1 country file");
    here.write("guidelint/countries/al.toml", &al.replacen("schema", "shema", 1));
    here.run("check").ends(2).complains("guidelint/countries/al.toml:");
    here.run("test").ends(1).complains("guidelint/countries/al.toml:");
}
