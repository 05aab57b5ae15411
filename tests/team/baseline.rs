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
    let outside = Project::new(&[("a.md", GUIDE)]);
    outside.run("check --diff-base HEAD").ends(2).complains("--diff-base:");
}
