//! What a project may set about single rules.

use super::Project;

/// An option, how it is set, a guide that shows it, and whether the guide is flagged before and after.
struct Case {
    rule: &'static str,
    set: &'static str,
    guide: &'static str,
    before: bool,
    after: bool,
}

const PLACEHOLDER: &str = "# How to cancel an Albanian SIM\n\nCall customer service at +355 69 123 4567.\n";
const CHECKED: &str = "# How to cancel an Albanian SIM\n\nLast checked: 2026-05-02.\n";
const PRICE: &str = "# How to cancel an Albanian SIM\n\nClosing the line costs 500 lekë.\n";
const STRANGER: &str = "# How to cancel an Albanian SIM\n\nThe mobile operators:\n\n- ONE Albania: 142\n- Vodafone Albania: 140\n- Telezani: 155\n";
const RECOMMENDED: &str = "# How to cancel an Albanian SIM\n\n## Steps\n\n1. Take your passport to a shop.\n2. Ask for the line to be closed.\n\n## Contacts\n\nCall Vodafone Albania at 140.\n";

const CASES: [Case; 12] = [
    Case { rule: "carrier/unknown", set: "known = [\"telezani\"]", guide: STRANGER, before: true, after: false },
    Case { rule: "claim/unsourced", set: "claims = [\"days\", \"law\"]", guide: PRICE, before: true, after: false },
    Case { rule: "claim/unsourced", set: "claims = [\"price\"]", guide: PRICE, before: true, after: true },
    Case { rule: "date/stale", set: "months = 3", guide: CHECKED, before: false, after: true },
    Case {
        rule: "date/stale",
        set: "months = 240",
        guide: "# How to cancel an Albanian SIM\n\nLast checked: 3 May 2019.\n",
        before: true,
        after: false,
    },
    Case {
        rule: "link/affiliate",
        set: "parameters = [\"Partner\"]",
        guide: "# Which SIM to buy in Spain\n\nOrder [this SIM](https://shop.example/cards?partner=20417).\n",
        before: false,
        after: true,
    },
    Case {
        rule: "link/shortener",
        set: "hosts = [\"go.example\"]",
        guide: "# How to top up a Thai SIM\n\nPay [here](https://go.example/3x).\n",
        before: false,
        after: true,
    },
    Case { rule: "phone/placeholder", set: "run = 8", guide: PLACEHOLDER, before: true, after: false },
    Case {
        rule: "phone/placeholder",
        set: "run = 4",
        guide: "# How to cancel an Albanian SIM\n\nCall customer service at +355 69 213 4528.\n",
        before: false,
        after: false,
    },
    Case { rule: "phone/placeholder", set: "run = 7", guide: PLACEHOLDER, before: true, after: true },
    Case { rule: "section/missing", set: "recommended = false", guide: RECOMMENDED, before: true, after: false },
    Case {
        rule: "section/placeholder-text",
        set: "words = [\"XXX\"]",
        guide: "# How to cancel an Albanian SIM\n\nThe shop closes at XXX.\n",
        before: false,
        after: true,
    },
];

#[test]
fn every_option_does_what_it_says() {
    let here = Project::new(&[]);
    for case in &CASES {
        here.write("a.md", case.guide);
        let words = ["check", "a.md", "--select", case.rule, "--as-of", "2026-11-22", "--format", "concise"];
        for (set, flagged) in [("", case.before), (case.set, case.after)] {
            let table = format!("[rules.\"{}\"]\n{set}\n", case.rule);
            here.write("guidelint.toml", if set.is_empty() { "" } else { &table });
            let run = here.run_words(&words);
            assert!(run.status < 2, "{table}{}", run.err);
            assert_eq!(run.out.contains(case.rule), flagged, "{table}{}{}", case.guide, run.out);
        }
    }
    // A new option comes with a case.
    let list: serde_json::Value = serde_json::from_str(&here.run("rules --format json").ends(0).out).unwrap();
    for rule in list.as_array().unwrap() {
        for option in rule["options"].as_array().unwrap() {
            let (rule, option) = (rule["name"].as_str().unwrap(), option["name"].as_str().unwrap());
            let shown = CASES.iter().any(|it| it.rule == rule && it.set.starts_with(&format!("{option} =")));
            assert!(shown, "no case shows `{option}` of {rule}");
        }
    }
}

/// A run shorter than six digits is asked for by the project, so it is worth a look and no more.
#[test]
fn a_shorter_run_is_said_with_less_confidence() {
    let here = Project::new(&[
        ("a.md", "# How to cancel an Albanian SIM\n\nCall customer service at +355 69 212 3452.\n"),
        ("guidelint.toml", "[rules.\"phone/placeholder\"]\nrun = 5\n"),
    ]);
    let run = here.run("check a.md --select phone/placeholder --format json").ends(1);
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(report["diagnostics"][0]["confidence"], "low");
    assert_eq!(report["diagnostics"][0]["evidence"].as_array().unwrap().len(), 0, "chance says nothing of five digits");
    here.write("guidelint.toml", "");
    here.run("check a.md --select phone/placeholder").ends(0);
}

#[test]
fn an_option_neither_switches_a_rule_on_nor_off() {
    let here = Project::new(&[("a.md", PLACEHOLDER), ("guidelint.toml", "[rules.\"phone/placeholder\"]\nrun = 7\n")]);
    here.run("check a.md --format concise").ends(1).says("warning[phone/placeholder]");
    here.write("guidelint.toml", "[rules.\"phone/placeholder\"]\nrun = 7\nseverity = \"error\"\n");
    here.run("check a.md --format concise").ends(1).says("error[phone/placeholder]");
    here.write("guidelint.toml", "[rules.\"phone/placeholder\"]\nrun = 7\nseverity = \"off\"\n");
    here.run("check a.md --format concise").hides("phone/placeholder");
    here.write("guidelint.toml", "[rules]\n\"phone/placeholder\" = { severity = \"info\", run = 7 }\n");
    here.run("check a.md --format concise").says("info[phone/placeholder]");
}

/// The pack first, the project over it, option by option; and each says where it came from.
#[test]
fn options_are_laid_over_one_another() {
    let here = Project::new(&[
        (
            "pack/pack.toml",
            "name = \"p\"\nversion = \"1.0\"\n[rules.\"date/stale\"]\nmonths = 3\nseverity = \"error\"\n",
        ),
        ("site/guidelint.toml", "extends = [\"../pack\"]\n"),
        ("site/a.md", CHECKED),
    ]);
    let check = "check site --select date/stale --as-of 2026-11-22 --format concise";
    here.run(check).ends(1).says("error[date/stale]");
    here.run("config site --show-origin")
        .ends(0)
        .says("rules.\"date/stale\".months = 3")
        .says("# pack/pack.toml:4")
        .says("rules.\"date/stale\" = \"error\"");
    here.write("site/guidelint.toml", "extends = [\"../pack\"]\n[rules.\"date/stale\"]\nmonths = 12\n");
    here.run(check).ends(0);
    here.run("config site --show-origin").says("rules.\"date/stale\".months = 12").says("# site/guidelint.toml:3");
    here.write("pack/pack.toml", "name = \"p\"\nversion = \"1.0\"\n[rules.\"date/stale\"]\nmonth = 3\n");
    here.run(check).ends(2).complains("pack/pack.toml:4:1").complains("did you mean `months`?");
}

#[test]
fn explain_and_the_list_of_rules_show_options() {
    let here = Project::new(&[]);
    here.run("explain date/stale").ends(0).says("## Options").says("`months`").says("a whole number from 1 to 600");
    here.run("explain date/missing").ends(0).hides("## Options");
    let run = here.run("rules --format json").ends(0);
    run.says("\"takes\": \"a whole number from 4 to 12\"");
}
