//! Settings for some guides only: which guides a glob means, which setting wins, and what is refused.

use super::Project;

const PLACEHOLDER: &str = "# How to cancel an Albanian SIM\n\nCall customer service at +355 69 123 4567.\n";
const CHECKED: &str = "# How to cancel an Albanian SIM\n\nLast checked: 2026-05-02.\n";

/// A glob, and which of the guides below it means.
const GLOBS: [(&str, &[&str]); 14] = [
    ("de/*.md", &["de/a.md"]),
    ("./de/*.md", &["de/a.md"]),
    ("de/**", &["de/a.md", "de/old/b.md"]),
    ("de", &["de/a.md", "de/old/b.md"]),
    ("de/", &["de/a.md", "de/old/b.md"]),
    ("old", &["de/old/b.md", "old/b.md"]),
    ("de/old", &["de/old/b.md"]),
    ("b.md", &["de/old/b.md", "old/b.md"]),
    ("**/b.md", &["de/old/b.md", "old/b.md"]),
    ("*/b.md", &["old/b.md"]),
    ("*", &["a.md", "de/a.md", "de/old/b.md", "old/b.md"]),
    ("*.md", &["a.md", "de/a.md", "de/old/b.md", "old/b.md"]),
    ("{de,old}/?.md", &["de/a.md", "old/b.md"]),
    ("d", &[]),
];

/// The same globs mean the same guides in an override, under a kind, in `exclude` and in `--exclude`; and from wherever
/// guidelint is started.
#[test]
fn a_glob_means_the_same_guides_everywhere() {
    let all = ["a.md", "de/a.md", "de/old/b.md", "old/b.md"];
    let here = Project::new(&all.map(|path| (path, PLACEHOLDER)));
    for (glob, meant) in GLOBS {
        let told = |words: &str, mark: &str| -> Vec<String> {
            let run = here.run(&format!("check --select phone/placeholder --format concise {words}"));
            assert!(run.status < 2, "{glob}: {}", run.err);
            let lines = run.out.lines().filter(|it| it.contains(mark));
            lines.map(|line| line.split(':').next().unwrap().to_owned()).collect()
        };
        here.write(
            "guidelint.toml",
            &format!("[[overrides]]\npaths = [\"{glob}\"]\nrules = {{ phone = \"error\" }}\n"),
        );
        assert_eq!(told("", "error[phone/placeholder]"), meant, "{glob}");
        let others: Vec<&str> = all.into_iter().filter(|path| !meant.contains(path)).collect();
        here.write("guidelint.toml", &format!("exclude = [\"{glob}\"]\n"));
        assert_eq!(told("--allow-no-files", "phone/placeholder"), others, "{glob}");
        if glob.contains('*') {
            continue;
        }
        here.write("guidelint.toml", "");
        let words = ["check", "--select", "phone/placeholder", "--format", "concise", "--exclude", glob];
        let run = here.run_words(&[&words[..], &["--allow-no-files"]].concat());
        assert_eq!(run.out.lines().count(), others.len(), "{glob}: {}", run.out);
    }
}

/// What a project does not read is its own affair, wherever guidelint is started.
#[test]
fn every_project_has_its_own_exclusions_and_endings() {
    let here = Project::new(&[
        ("one/guidelint.toml", "exclude = [\"old/**\"]\nextensions = [\"txt\"]\n"),
        ("one/old/a.md", PLACEHOLDER),
        ("one/new/a.txt", PLACEHOLDER),
        ("two/guidelint.toml", "exclude = [\"new\"]\n"),
        ("two/old/a.md", PLACEHOLDER),
        ("two/new/a.md", PLACEHOLDER),
        ("two/old/a.txt", PLACEHOLDER),
    ]);
    let paths = |line: &str| -> Vec<String> {
        let run = here.run(line);
        assert!(run.status < 2, "{}", run.err);
        run.out.lines().map(|it| it.split(':').next().unwrap().to_owned()).collect()
    };
    let check = "--select phone/placeholder --format concise";
    assert_eq!(paths(&format!("check {check}")), ["one/new/a.txt", "two/old/a.md"]);
    assert_eq!(paths(&format!("check one two {check}")), ["one/new/a.txt", "two/old/a.md"]);
    assert_eq!(paths(&format!("check two/new one/old {check} --allow-no-files")), Vec::<String>::new());
    // A file that is named is read, unless exclusions are to be heeded for it as well.
    assert_eq!(paths(&format!("check one/old/a.md {check}")), ["one/old/a.md"]);
    assert_eq!(paths(&format!("check one/old/a.md two/old/a.md --force-exclude {check}")), ["two/old/a.md"]);
    here.run("check --explain-ignored one/old/a.md").ends(0).says("the glob `old/**` of `exclude` in guidelint.toml");
    here.run("check --explain-ignored two/old/a.txt").ends(0).says("it has the ending .txt");
    // What the folder above leaves out stays out, whatever lies in it.
    here.write("guidelint.toml", "exclude = [\"two\"]\n");
    assert_eq!(paths(&format!("check {check}")), ["one/new/a.txt"]);
}

/// `[rules]` first, then each override that holds, in order and option by option.
#[test]
fn an_override_sets_options_as_well() {
    let here = Project::new(&[("a.md", CHECKED), ("archive/a.md", CHECKED), ("archive/keep/a.md", CHECKED)]);
    let flagged = |configuration: &str| -> Vec<String> {
        here.write("guidelint.toml", configuration);
        let run = here.run("check --select date/stale --as-of 2026-11-22 --format concise");
        assert!(run.status < 2, "{configuration}{}", run.err);
        run.out.lines().map(|it| it.split(':').next().unwrap().to_owned()).collect()
    };
    let entry = |path: &str, set: &str| format!("[[overrides]]\npaths = [\"{path}\"]\nrules.\"date/stale\" = {set}\n");
    let all = ["a.md", "archive/a.md", "archive/keep/a.md"];
    assert_eq!(flagged(""), Vec::<String>::new());
    assert_eq!(flagged(&entry("archive", "{ months = 3 }")), all[1..]);
    let common = "rules.\"date/stale\".months = 3\n";
    assert_eq!(flagged(common), all);
    assert_eq!(flagged(&format!("{common}{}", entry("archive", "{ months = 60 }"))), all[..1]);
    let both = entry("archive", "{ months = 60 }") + &entry("archive/keep", "{ months = 3 }");
    assert_eq!(flagged(&both), all[2..]);
    let turned = entry("archive/keep", "{ months = 3 }") + &entry("archive", "{ months = 60 }");
    assert_eq!(flagged(&turned), Vec::<String>::new(), "the later wins");
    // A later entry that sets the severity alone leaves the options of an earlier.
    let severity = entry("archive", "{ months = 3 }") + &entry("archive/keep", "\"error\"");
    assert_eq!(flagged(&severity), all[1..]);
    here.run("check --select date/stale --as-of 2026-11-22 --format concise")
        .says("archive/a.md:3:15: warning")
        .says("archive/keep/a.md:3:15: error");
    here.run("config --show-origin")
        .ends(0)
        .says("overrides[0].paths = [\"archive\"]")
        .says("overrides[0].rules.\"date/stale\".months = 3")
        .says("overrides[1].rules.\"date/stale\" = \"error\"")
        .says("# guidelint.toml:6");
}

/// Words that only some guides are searched for are found there and nowhere else.
#[test]
fn words_of_an_override_are_found_by_the_one_scan() {
    let guide = "# How to cancel an Albanian SIM\n\nThe shop closes at XXX.\n";
    let here = Project::new(&[
        ("a.md", guide),
        ("b.md", guide),
        ("guidelint.toml", "[[overrides]]\npaths = [\"b.md\"]\nrules.\"section/placeholder-text\".words = [\"XXX\"]\n"),
    ]);
    here.run("check --select section/placeholder-text --format concise").ends(1).says("b.md:3:20:").hides("a.md");
}

#[test]
fn kinds_and_languages_of_an_override_mean_what_the_report_calls_them() {
    let two = "---\nkind: [cancel-sim, top-up]\n---\n\n# How to cancel and top up an Albanian SIM\n\nCall customer service at +355 69 123 4567.\n";
    let here = Project::new(&[("a.md", two)]);
    for kind in ["cancel-sim", "top-up"] {
        here.write("guidelint.toml", &format!("[[overrides]]\nkinds = [\"{kind}\"]\nrules.phone = \"error\"\n"));
        here.run("check --select phone --format concise").ends(1).says("error[phone/placeholder]");
    }
    here.write("guidelint.toml", "[[overrides]]\nkinds = [\"roaming\"]\nrules.phone = \"error\"\n");
    here.run("check --select phone --format concise").ends(1).says("warning[phone/placeholder]");
}

/// A broken configuration is what is wrong, whatever else would follow from it.
#[test]
fn a_broken_project_is_told_before_anything_that_follows_from_it() {
    let here = Project::new(&[
        ("guidelint/rules/style/spelling.toml", "kind = \"existence\"\n"),
        ("a.md", "# T\n"),
        ("good/guidelint.toml", ""),
        ("good/a.md", PLACEHOLDER),
    ]);
    let run = here.run("check --select style").ends(2).complains("guidelint/rules/style/spelling.toml:1:1");
    assert!(!run.err.contains("there is no rule or group"), "{}", run.err);
    // The reports say it too, and nothing is written.
    let run = here.run("check --select phone --format json").ends(2);
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(report["errors"][0]["path"], "guidelint/rules/style/spelling.toml");
    assert_eq!(report["files"][0]["path"], "good/a.md");
    here.run("check --select phone --write-baseline known.txt").ends(2);
    assert!(!here.path().join("known.txt").exists());
}

#[test]
fn what_would_never_be_heard_is_refused() {
    let here = Project::new(&[("a.md", "# T\n"), ("guidelint/rule/style/spelling.toml", super::SPELLING)]);
    here.run("check").ends(2).complains("guidelint/rule: nothing is read").complains("did you mean `rules`?");
    let here = Project::new(&[("a.md", "# T\n")]);
    here.run("check --country XX").ends(2).complains("there is no country `XX`");
    here.run("lookup 142 --country XX").ends(2).complains("there is no country `XX`");
    here.run("init --kind cancel-sim --country XX").ends(2).complains("there is no country `XX`");
    here.run("check --lang english").ends(2).complains("BCP 47");
    here.run("check --lang zh-Hant --country al").ends(0);
}
