use super::Project;

const GUIDE: &str = "# How to cancel an Albanian SIM\n\nCall +355 69 123 4567.\n\nOr call +355 68 765 4321.\n";
const ONLY: &str = "--select phone/placeholder,meta/obsolete-baseline";

#[test]
fn known_findings_are_silent_through_edits_and_paid_ones_are_reported() {
    let here = Project::new(&[("a.md", GUIDE)]);
    here.run(&format!("check {ONLY} --write-baseline known.txt")).ends(0).complains("2 findings written");
    let known = here.read("known.txt");
    let lines: Vec<&str> = known.lines().filter(|it| !it.starts_with('#')).collect();
    assert_eq!(lines.len(), 2);
    assert!(lines.is_sorted() && lines.iter().all(|it| it.starts_with("a.md\tphone/placeholder\t")), "{known}");
    here.run(&format!("check {ONLY} --baseline known.txt")).ends(0).says("2 in the baseline");

    // The paragraphs change places, and something stands before them.
    here.write(
        "a.md",
        "# How to cancel an Albanian SIM\n\nFirst wait.\n\nOr call +355 68 765 4321.\n\nCall +355 69 123 4567.\n",
    );
    here.run(&format!("check {ONLY} --baseline known.txt")).ends(0);

    // One is paid, another is new.
    here.write("a.md", "# How to cancel an Albanian SIM\n\nCall +355 69 123 4567.\n\nOr call +355 67 234 5678.\n");
    here.run(&format!("check {ONLY} --baseline known.txt --format concise"))
        .ends(1)
        .says("+355 67 234 5678")
        .says("meta/obsolete-baseline")
        .hides("69 123 4567");
    here.run(&format!("check {ONLY} --write-baseline known.txt")).ends(0);
    here.run(&format!("check {ONLY} --baseline known.txt")).ends(0);
    assert!(!here.read("known.txt").contains("68 765"), "pruned");
}

#[test]
fn entries_of_other_guides_stay_and_those_of_deleted_ones_go() {
    let here = Project::new(&[("a.md", GUIDE), ("b.md", GUIDE), ("c.md", GUIDE)]);
    here.run(&format!("check {ONLY} --write-baseline known.txt")).ends(0);
    std::fs::remove_file(here.path().join("c.md")).unwrap();
    here.write("a.md", "# Nothing\n");
    here.run(&format!("check {ONLY} a.md --write-baseline known.txt")).ends(0);
    let known = here.read("known.txt");
    assert!(known.contains("\nb.md\t") && !known.contains("\na.md\t") && !known.contains("\nc.md\t"), "{known}");
}

#[test]
fn the_configuration_may_name_it_and_a_broken_one_is_pointed_at() {
    let here = Project::new(&[("guidelint.toml", "baseline = \"known.txt\"\n"), ("a.md", GUIDE)]);
    here.run(&format!("check {ONLY}")).ends(1);
    here.run(&format!("check {ONLY} --write-baseline known.txt")).ends(0);
    here.run(&format!("check {ONLY}")).ends(0);
    let known = here.read("known.txt");
    here.write("known.txt", &format!("{known}<<<<<<< HEAD\n"));
    here.run(&format!("check {ONLY}")).ends(2).complains("merge conflict");
    here.write("known.txt", "nonsense\n");
    here.run(&format!("check {ONLY}")).ends(2).complains("this is no entry");
    here.run(&format!("check {ONLY} --isolated --baseline nowhere.txt")).ends(2).complains("nowhere.txt");
}

/// What a run did not look at is not forgotten by it.
#[test]
fn entries_of_rules_that_did_not_run_stay() {
    let here = Project::new(&[("a.md", GUIDE)]);
    here.run("check --select phone/placeholder,date/missing --write-baseline known.txt")
        .ends(0)
        .complains("3 findings");
    let known = here.read("known.txt");
    here.run("check --select date/missing --write-baseline known.txt").ends(0).complains("3 findings");
    assert_eq!(here.read("known.txt"), known);
    here.write("a.md", "# How to cancel an Albanian SIM\n\nLast checked: 2026-11-22.\n\nCall +355 69 123 4567.\n");
    here.run("check --select date/missing --write-baseline known.txt --as-of 2026-11-22")
        .ends(0)
        .complains("2 findings");
    assert!(!here.read("known.txt").contains("date/missing"));
    // A rule that is gone finds nothing any more.
    here.write("known.txt", &known.replace("date/missing", "date/gone"));
    here.run("check --select phone/placeholder,meta/obsolete-baseline --baseline known.txt --format concise")
        .ends(1)
        .says("match no finding in this guide any more: 2");
    here.run("check --select phone/placeholder --write-baseline known.txt").ends(0).complains("1 finding ");
}

#[test]
fn a_baseline_that_is_not_there_or_of_another_time_is_told() {
    let here = Project::new(&[("guidelint.toml", "baseline = \"known.txt\"\n"), ("a.md", GUIDE), ("b.md", GUIDE)]);
    here.run(&format!("check {ONLY}")).ends(1).complains("known.txt: there is no such baseline yet");
    let run = here.run(&format!("check {ONLY} --write-baseline known.txt")).ends(0);
    assert!(!run.err.contains("no such baseline"), "{}", run.err);
    std::fs::remove_file(here.path().join("b.md")).unwrap();
    here.run(&format!("check {ONLY}")).ends(0).complains("entries for 1 guide no longer there, such as b.md");
    here.run(&format!("check {ONLY} --write-baseline known.txt")).ends(0);
    let run = here.run(&format!("check {ONLY}")).ends(0);
    assert_eq!(run.err, "");
    here.write("known.txt", &here.read("known.txt").replace("baseline v1", "baseline v2"));
    here.run(&format!("check {ONLY}")).ends(2).complains("known.txt:1:1").complains("baselines of version v1");
}

#[test]
fn only_what_changed_is_shown() {
    let here = Project::new(&[("a.md", GUIDE), ("old.md", GUIDE)]);
    let git = |arguments: &[&str]| {
        let output = std::process::Command::new("git")
            .current_dir(here.path())
            .args(["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"])
            .args(arguments)
            .output();
        output.map(|it| it.status.success()).unwrap_or(false)
    };
    if !git(&["init", "-q"]) {
        eprintln!("skipped: git is not installed");
        return;
    }
    assert!(git(&["add", "."]) && git(&["commit", "-qm", "one"]));
    let base = format!("check {ONLY} --format concise --diff-base HEAD");
    here.run(&base).ends(0);
    here.write("a.md", &GUIDE.replace("Or call", "You may call"));
    here.write("new page.md", GUIDE);
    let run = here.run(&base).ends(1).says("a.md:5:").hides("a.md:3:").hides("old.md");
    assert!(run.out.contains("new page.md:3:") && run.out.contains("new page.md:5:"), "{}", run.out);
    here.run(&format!("check {ONLY} --diff-base nowhere")).ends(2).complains("git knows no revision `nowhere`");
    here.run("check --diff-base HEAD --fix").ends(2);
    here.run(&format!("check - {ONLY} --diff-base HEAD")).ends(2).complains("standard input");
    let outside = Project::new(&[("a.md", GUIDE)]);
    outside.run("check --diff-base HEAD").ends(2).complains("--diff-base:");
    let there = outside.path().join("a.md");
    here.run(&format!("{base} {}", there.display())).ends(2).complains("outside the git repository");

    // A guide that was only renamed has no changed line, one that was renamed and changed has the changed ones.
    assert!(git(&["add", "."]) && git(&["commit", "-qm", "two"]));
    assert!(git(&["mv", "old.md", "renamed.md"]) && git(&["mv", "a.md", "b.md"]));
    here.write("b.md", &here.read("b.md").replace("Call", "Now call"));
    let run = here.run(&base).ends(1).says("b.md:3:").hides("renamed.md");
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
    // What happened on the other branch since this one left it is no change of this one.
    assert!(git(&["add", "."]) && git(&["commit", "-qm", "three"]) && git(&["checkout", "-qb", "side", "HEAD~1"]));
    here.write("old.md", &format!("{GUIDE}\nOr +355 69 234 5678.\n"));
    let run = here.run(&base.replace("HEAD", "main")).ends(1).says("old.md:7:");
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_guidelint"))
        .current_dir(here.path())
        .args(["check", "--diff-base", "HEAD"])
        .env("PATH", "")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(2) && said.contains("git is not installed"), "{said}");
}
