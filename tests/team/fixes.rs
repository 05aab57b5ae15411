use std::fs;

use super::{Project, SPELLING, SPELLING_PATH};

const ONLY: &str = "check --select style";

#[test]
fn a_fix_keeps_line_ends_marks_and_everything_else() {
    let here = Project::new(&[(SPELLING_PATH, SPELLING)]);
    here.write("a.md", "\u{feff}# An e-sim\r\n\r\nYour e-sim\tand `e-sim`.\r\n");
    here.run(&format!("{ONLY} --fix")).ends(0).complains("2 fixes written to 1 guide");
    assert_eq!(here.read("a.md"), "\u{feff}# An eSIM\r\n\r\nYour eSIM\tand `e-sim`.\r\n");
    let before = fs::metadata(here.path().join("a.md")).unwrap().modified().unwrap();
    here.run(&format!("{ONLY} --fix")).ends(0);
    assert_eq!(
        fs::metadata(here.path().join("a.md")).unwrap().modified().unwrap(),
        before,
        "nothing was left to write"
    );
}

#[test]
fn a_diff_writes_nothing_and_says_what_would_change() {
    let here = Project::new(&[(SPELLING_PATH, SPELLING), ("a.md", "# T\n\nAn e-sim.\n"), ("b.md", "# T\n")]);
    let run = here.run(&format!("{ONLY} --diff")).ends(1).says("-An e-sim.\n+An eSIM.\n").hides("b.md");
    assert!(run.out.starts_with("--- a/a.md\n+++ b/a.md\n"), "{}", run.out);
    assert_eq!(here.read("a.md"), "# T\n\nAn e-sim.\n");
    here.run(&format!("{ONLY} --diff b.md")).ends(0);
}

/// What `--diff` prints is what `--fix` does, to the byte, whatever ends the lines.
#[test]
fn a_diff_is_a_patch_that_git_applies() {
    for guide in [
        "# T\n\nAn e-sim.\n",
        "# T\n\nAn e-sim.",
        "\u{feff}# T\r\n\r\nAn e-sim.\r\nx\r\n",
        "# T\n\nAn e-sim.\rAn e-sim.\r\nx",
        "# T\n\nAn e-sim, an e-sim card and the e-sim.\n\n\n\n\n\n\n\n\nAn e-sim.\n",
    ] {
        let here = Project::new(&[(SPELLING_PATH, SPELLING), ("a.md", guide)]);
        let patch = here.run(&format!("{ONLY} --diff a.md")).ends(1).out;
        assert_eq!(here.read("a.md"), guide);
        here.run(&format!("{ONLY} --fix a.md")).ends(0);
        let fixed = here.read("a.md");
        assert!(!fixed.contains("e-sim"), "{fixed:?}");
        here.write("a.md", guide);
        here.write("a.patch", &patch);
        let git = std::process::Command::new("git").current_dir(here.path()).args(["apply", "a.patch"]).output();
        let Ok(output) = git else {
            eprintln!("SKIPPED: git is not installed");
            return;
        };
        assert!(output.status.success(), "{patch:?} {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(here.read("a.md"), fixed);
    }
}

#[test]
fn unsafe_fixes_are_applied_when_asked_for() {
    let here =
        Project::new(&[(SPELLING_PATH, &SPELLING.replace("\"safe\"", "\"unsafe\"")), ("a.md", "# T\n\nAn e-sim.\n")]);
    here.run(&format!("{ONLY} --fix")).ends(1);
    assert_eq!(here.read("a.md"), "# T\n\nAn e-sim.\n");
    here.run(&format!("{ONLY} --unsafe-fixes")).ends(0);
    assert_eq!(here.read("a.md"), "# T\n\nAn eSIM.\n");
}

#[test]
fn nothing_is_written_when_anything_fails() {
    let here = Project::new(&[(SPELLING_PATH, SPELLING), ("a.md", "# T\n\nAn e-sim.\n")]);
    fs::write(here.path().join("b.md"), b"caf\xe9").unwrap();
    here.run(&format!("{ONLY} --fix")).ends(2).complains("nothing was written");
    assert_eq!(here.read("a.md"), "# T\n\nAn e-sim.\n");
    fs::remove_file(here.path().join("b.md")).unwrap();
    here.run(&format!("{ONLY} --fix a.md nowhere.md")).ends(2).complains("nothing was written");
    here.write("broken/guidelint.toml", "selct = []\n");
    here.write("broken/b.md", "# T\n");
    here.run(&format!("{ONLY} --fix")).ends(2).complains("nothing was written");
    assert_eq!(here.read("a.md"), "# T\n\nAn e-sim.\n");
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_links_do_not_lead_out() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let outside = Project::new(&[("secret.md", "# T\n\nAn e-sim.\n")]);
    let here = Project::new(&[(SPELLING_PATH, SPELLING), ("guidelint.toml", ""), ("a.md", "# T\n\nAn e-sim.\n")]);
    let path = here.path().join("a.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&path, here.path().join("inside.md")).unwrap();
    here.run(&format!("{ONLY} --fix inside.md")).ends(0);
    assert_eq!(here.read("a.md"), "# T\n\nAn eSIM.\n");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(here.path().join("inside.md")).unwrap().file_type().is_symlink());

    symlink(outside.path().join("secret.md"), here.path().join("outside.md")).unwrap();
    here.run(&format!("{ONLY} --fix outside.md")).ends(2).complains("leads out of");
    assert_eq!(outside.read("secret.md"), "# T\n\nAn e-sim.\n");

    // Nor does a folder that is a link.
    symlink(outside.path(), here.path().join("folder")).unwrap();
    here.run(&format!("{ONLY} --fix folder/secret.md")).ends(2).complains("leads out of");
    assert_eq!(outside.read("secret.md"), "# T\n\nAn e-sim.\n");

    here.write("fixed.md", "# T\n\nAn e-sim.\n");
    fs::set_permissions(here.path().join("fixed.md"), fs::Permissions::from_mode(0o440)).unwrap();
    here.run(&format!("{ONLY} --fix fixed.md")).ends(2).complains("read-only");
    let left: Vec<_> = fs::read_dir(here.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert!(!left.iter().any(|it| it.to_string_lossy().starts_with(".guidelint-")), "{left:?}");
}

#[test]
fn fixes_that_undo_one_another_change_nothing() {
    let back = SPELLING.replace("\"e-sim\" = \"eSIM\"", "\"eSIM\" = \"e-sim\"");
    let back = back.replace("an e-sim.", "an eSIM@").replace("an eSIM.", "an e-sim.").replace("eSIM@", "eSIM.");
    let back = back.replace("[\"e-sim\"]", "[\"eSIM\"]").replace("kind = ", "case-sensitive = true\nkind = ");
    let there = SPELLING.replace("kind = ", "case-sensitive = true\nkind = ");
    let here = Project::new(&[
        (SPELLING_PATH, &there),
        ("guidelint/rules/style/back.toml", &back),
        ("a.md", "# T\n\nAn e-sim.\n"),
    ]);
    here.run("test").ends(0);
    here.run(&format!("{ONLY} --fix")).ends(2).complains("undo one another");
    assert_eq!(here.read("a.md"), "# T\n\nAn e-sim.\n");
}

#[test]
fn a_mended_guide_goes_to_standard_output_when_it_came_from_standard_input() {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let here = Project::new(&[(SPELLING_PATH, SPELLING)]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_guidelint"))
        .current_dir(here.path())
        .args(["check", "-", "--fix", "--select", "style"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"# T\n\nAn e-sim.\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "# T\n\nAn eSIM.\n");
}

/// Over every guide among the fixtures: applying fixes twice is applying them once, and no error is new.
#[test]
fn a_fix_never_brings_an_error_and_twice_is_once() {
    use guidelint::diagnostic::{Applicability, Severity};
    use guidelint::{Checker, Source, check::Settings};
    use std::sync::Arc;
    let checker = Checker::builtin();
    let mut guides = Vec::new();
    for group in fs::read_dir(super::common::fixtures()).unwrap().map(|it| it.unwrap().path()) {
        guides.extend(super::common::guides_in(&group));
        if let Ok(rules) = fs::read_dir(&group) {
            rules.flatten().for_each(|rule| guides.extend(super::common::guides_in(&rule.path())));
        }
    }
    assert!(guides.len() > 10);
    let errors = |report: &guidelint::diagnostic::FileReport| {
        report.diagnostics.iter().filter(|it| it.severity == Severity::Error).count()
    };
    for path in guides {
        let source = Arc::new(Source::new("a.md", fs::read_to_string(&path).unwrap()));
        let settings = Settings::default();
        let before = checker.check_with(source.clone(), super::common::today(), &settings);
        for least in [Applicability::Safe, Applicability::Unsafe] {
            let once = checker.mend(source.clone(), super::common::today(), &settings, least);
            assert!(once.stable && errors(&once.report) <= errors(&before), "{}", path.display());
            let twice = checker.mend(once.report.source.clone(), super::common::today(), &settings, least);
            assert_eq!(once.report.source.text(), twice.report.source.text(), "{}", path.display());
            assert_eq!(twice.applied, 0);
        }
    }
}
