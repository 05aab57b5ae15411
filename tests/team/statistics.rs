//! `--statistics` and links to documentation, from outside.

use super::Project;

const ALBANIA: &str = "# How to cancel an Albanian SIM\n\nCall customer service at +355 69 123 4567.\n";
const NOWHERE: &str =
    "# How to cancel a SIM card\n\nCall customer service at +355 69 123 4567, or again +355 69 123 4567.\n";

fn folder() -> Project {
    Project::new(&[("al/a.md", ALBANIA), ("b.md", NOWHERE), ("guidelint.toml", "select = [\"phone/placeholder\"]\n")])
}

#[test]
fn statistics_count_by_rule_guide_and_country_and_tell_the_time() {
    let here = folder();
    let run = here.run("check --statistics --quiet --color never").ends(1);
    let table = &run.out[run.out.find("findings by rule").expect("the table by rule")..];
    let (tables, times) = table.split_once("time: ").expect("the time");
    let expected = "findings by rule
3  2 guides  warning  phone/placeholder

findings by guide
2  warning  b.md
1  warning  al/a.md

findings by country
2  1 guide   warning  no single country
1  1 guide   warning  AL
";
    assert_eq!(tables, expected);
    // How long it took differs from run to run; what is said of it does not.
    for part in [" ms over all guides: reading ", "\nslowest rules: phone/placeholder ", "\nslowest guides: "] {
        assert!(times.contains(part), "{times}");
    }
    here.run("check --statistics --quiet --message-lang zh").ends(1).says("按国家和地区统计").says("用时：");
    here.run("check --quiet").ends(1).hides("time: ").hides("findings by");
}

#[test]
fn statistics_never_mix_with_a_machine_format() {
    let here = folder();
    for format in ["json", "concise", "sarif"] {
        let run = here.run(&format!("check --statistics --format {format}")).ends(1);
        assert_eq!(run.out, here.run(&format!("check --format {format}")).out);
        for part in ["findings by rule", "findings by guide", "findings by country", "time: "] {
            assert!(run.err.contains(part), "{format}: {}", run.err);
        }
    }
    // A report for people written to a file beside it has no time in it.
    here.run("check --statistics --format json --report text=a.txt").ends(1);
    here.run("check --statistics --format json --report text=b.txt").ends(1);
    assert!(!here.read("a.txt").is_empty());
}

#[test]
fn a_long_table_says_what_it_leaves_out() {
    let here = folder();
    for at in 0..25 {
        here.write(&format!("many/{at:02}.md"), ALBANIA);
    }
    here.run("check --statistics --quiet").ends(1).says("\n… and 7 more\n");
}

/// The closing line counts the rules that ran, not those there are.
#[test]
fn the_closing_line_says_with_how_many_rules() {
    let here = folder();
    here.run("check").ends(1).says("2 guides checked with 1 rule: 3 warnings");
    here.run("check --select phone").ends(1).says(" with 7 rules: ");
    here.write("guidelint.toml", "select = [\"phone\"]\nignore = [\"phone/format\"]\n");
    here.run("check").ends(1).says(" with 6 rules: ");
    here.write("guidelint.toml", "");
    here.run("check").says("; knowledge as of 20");
}

#[test]
fn reports_link_to_the_documentation_a_project_names() {
    let here = folder();
    here.run("check --format sarif").ends(1).hides("helpUri");
    here.write(
        "guidelint.toml",
        "docs-url = \"https://docs.example/rules/{rule}.html\"\nselect = [\"phone/placeholder\"]\n",
    );
    here.run("check --format sarif").ends(1).says("https://docs.example/rules/phone/placeholder.html");
    here.run("check --format rdjson").ends(1).says("https://docs.example/rules/phone/placeholder.html");
    here.run("check --format markdown").ends(1).says("https://docs.example/rules/phone/placeholder.html");
    // A terminal that is none gets no escape; `--color always` colours, and links only where it is one.
    here.run("check").ends(1).hides("\u{1b}");
    here.run("check --color always").ends(1).hides("\u{1b}]8;");
    // Links can be had anywhere, where somebody says so and colours are on.
    let forced = |value: &str, colour: &str| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_guidelint"))
            .current_dir(here.path())
            .args(["check", "--color", colour])
            .env("FORCE_HYPERLINK", value)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let link = "\u{1b}]8;;https://docs.example/rules/phone/placeholder.html\u{1b}\\";
    let linked = forced("1", "always");
    assert!(linked.contains(link), "{linked:?}");
    assert_eq!(
        linked.matches("\u{1b}]8;;\u{1b}\\").count(),
        linked.matches(link).count(),
        "each link ends: {linked:?}"
    );
    assert!(!forced("0", "always").contains("\u{1b}]8;") && !forced("1", "never").contains('\u{1b}'));
    here.run("config --show-origin").ends(0).says("docs-url = ").says("# guidelint.toml:1");
}
