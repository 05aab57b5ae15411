//! The command line from outside: what is read, what is written, how it ends.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const FAULTY: &str = "# How to cancel an Albanian SIM\n\nCall customer service at +355 69 123 4567.\n";
const CLEAN: &str = "# Notes\n\nNothing about telephones.\n";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_guidelint"))
        .current_dir(folder)
        .args(arguments)
        .env_remove("LANG")
        .env_remove("LC_ALL")
        .output()
        .unwrap()
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn paths(output: &Output) -> Vec<String> {
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    report["files"].as_array().unwrap().iter().map(|it| it["path"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_exit_status_tells_how_it_ended() {
    let here = folder(&[("bad.md", FAULTY.as_bytes()), ("good.md", CLEAN.as_bytes())]);
    let cases: [(&[&str], i32); 16] = [
        (&["check", "good.md"], 0),
        (&["check", "bad.md"], 1),
        (&["check"], 1),
        (&["check", "bad.md", "--fail-on", "error"], 0),
        (&["check", "bad.md", "--fail-on", "never"], 0),
        (&["check", "good.md", "--fail-on", "info"], 0),
        (&["check", "bad.md", "--fail-on", "never", "--max-warnings", "0"], 1),
        (&["check", "bad.md", "--ignore", "all"], 0),
        (&["check", "bad.md", "--select", "carrier"], 0),
        (&["check", "bad.md", "missing.md"], 2),
        (&["check", "--format", "jsn"], 2),
        (&["check", "--select", "phone/placehoder"], 2),
        (&["check", "--as-of", "2026-02-30"], 2),
        (&["check", "--frobnicate"], 2),
        (&["explain", "phone/plaecholder"], 2),
        (&["explain", "phone/placeholder"], 0),
    ];
    for (arguments, status) in cases {
        let output = run(here.path(), arguments);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}\n{}{}", out(&output), err(&output));
    }
}

#[test]
fn a_misspelt_name_is_answered_with_the_right_one() {
    let here = folder(&[("bad.md", FAULTY.as_bytes())]);
    for (arguments, said) in [
        (&["check", "--select", "phone/placehoder"][..], "did you mean `phone/placeholder`?"),
        (&["check", "--ignore", "phon"], "did you mean `phone`?"),
        (&["explain", "carrier/outdatet"], "did you mean `carrier/outdated`?"),
        (&["check", "--format", "jsno"], "did you mean `json`?"),
    ] {
        let output = run(here.path(), arguments);
        assert!(err(&output).contains(said), "{arguments:?}: {}", err(&output));
    }
}

#[test]
fn one_bad_file_does_not_stop_the_rest() {
    let here = folder(&[
        ("bad.md", FAULTY.as_bytes()),
        ("latin1.md", b"# Caf\xe9\n"),
        ("empty.md", b""),
        ("nul.md", b"a\0b\n"),
    ]);
    let output = run(here.path(), &["check", ".", "--format", "json"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(paths(&output), ["bad.md", "empty.md", "nul.md"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["errors"][0]["path"], "latin1.md");
    assert!(report["errors"][0]["message"].as_str().unwrap().contains("not valid UTF-8 at byte 5"));
    assert!(err(&output).contains("latin1.md: not valid UTF-8 at byte 5"));
}

#[test]
fn folders_are_walked_as_documented() {
    let here = folder(&[
        (".gitignore", b"ignored/\n"),
        (".guidelintignore", b"draft.md\n"),
        ("a.md", b"# A"),
        ("b.MARKDOWN", b"# B"),
        ("c.mdx", b"# C"),
        ("d.txt", b"# D"),
        ("draft.md", b"# Draft"),
        ("ignored/e.md", b"# E"),
        (".hidden/f.md", b"# F"),
        ("sub/g.md", b"# G"),
        ("node_modules/h.md", b"# H"),
    ]);
    let listed = |arguments: &[&str]| {
        let all: Vec<&str> = ["check", "--format", "json"].iter().chain(arguments).copied().collect();
        paths(&run(here.path(), &all))
    };
    assert_eq!(listed(&[]), ["a.md", "b.MARKDOWN", "c.mdx", "node_modules/h.md", "sub/g.md"]);
    assert_eq!(listed(&[".", "a.md", "sub/../a.md"]), ["a.md", "b.MARKDOWN", "c.mdx", "node_modules/h.md", "sub/g.md"]);
    assert_eq!(listed(&[".", "--exclude", "node_modules", "--exclude", "*.mdx"]), ["a.md", "b.MARKDOWN", "sub/g.md"]);
    assert_eq!(listed(&["d.txt", "draft.md", "ignored/e.md"]), ["d.txt", "draft.md", "ignored/e.md"]);
    assert_eq!(listed(&["d.txt", "draft.md", "ignored/e.md", "--force-exclude"]), ["d.txt"]);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_odd_names_are_shown() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let here = folder(&[("a.md", b"# A")]);
    std::os::unix::fs::symlink(here.path(), here.path().join("loop")).unwrap();
    fs::write(here.path().join(OsStr::from_bytes(b"caf\xe9.md")), "# B").unwrap();
    fs::write(here.path().join("new\nline\u{1b}[31m.md"), FAULTY).unwrap();
    let output = run(here.path(), &["check", "--format", "json"]);
    assert_eq!(paths(&output), ["a.md", "caf\\xE9.md", "new\nline\u{1b}[31m.md"]);
    let text = run(here.path(), &["check", "--color", "never"]);
    assert!(!out(&text).contains('\u{1b}'));
}

#[test]
fn standard_input_is_a_guide() {
    let here = folder(&[]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_guidelint"))
        .current_dir(here.path())
        .args(["check", "-", "--format", "json", "--stdin-filename", "content/al.md"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(FAULTY.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(paths(&output), ["content/al.md"]);
}

#[test]
fn no_guide_at_all_is_a_failure_unless_allowed() {
    let here = folder(&[("a.txt", b"text")]);
    let output = run(here.path(), &["check"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("no guide found"), "{}", err(&output));
    assert_eq!(run(here.path(), &["check", "--allow-no-files"]).status.code(), Some(0));
}

#[test]
fn the_nearest_configuration_holds() {
    let here = folder(&[
        ("guidelint.toml", b"ignore = [\"all\"]\n"),
        ("a.md", FAULTY.as_bytes()),
        ("strict/guidelint.toml", b"fail-on = \"info\"\n[rules]\n\"phone/placeholder\" = \"error\"\n"),
        ("strict/b.md", FAULTY.as_bytes()),
    ]);
    assert_eq!(run(here.path(), &["check", "a.md"]).status.code(), Some(0));
    let strict = run(here.path(), &["check", "strict", "--format", "concise"]);
    assert_eq!(strict.status.code(), Some(1));
    assert!(out(&strict).contains("error"), "{}", out(&strict));
    assert_eq!(run(here.path(), &["check", "a.md", "--isolated"]).status.code(), Some(1));
    assert_eq!(run(here.path(), &["check", "a.md", "--config", "strict/guidelint.toml"]).status.code(), Some(1));
    assert_eq!(run(here.path(), &["check", "a.md", "--config", "nowhere.toml"]).status.code(), Some(2));
}

#[test]
fn a_broken_configuration_is_pointed_at() {
    for (toml, said) in [
        ("selct = [\"all\"]\n", "did you mean `select`?"),
        ("ignore = [\"phone/plceholder\"]\n", "did you mean `phone/placeholder`?"),
        ("fail-on = \"warn\"\n", "did you mean `warning`?"),
        ("ignore = [\n", "guidelint.toml:"),
        ("exclude = [\"a[\"]\n", "no glob"),
        ("[rules]\n\"phone/invalid\" = \"loud\"\n", "unknown word `loud`"),
    ] {
        let here = folder(&[("guidelint.toml", toml.as_bytes()), ("a.md", CLEAN.as_bytes())]);
        let output = run(here.path(), &["check"]);
        assert_eq!(output.status.code(), Some(2), "{toml}");
        assert!(err(&output).contains(said) && err(&output).contains("guidelint.toml"), "{toml}: {}", err(&output));
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_on_any_number_of_threads() {
    let names: Vec<String> = (0..40).map(|at| format!("{at:02}.md")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), FAULTY.as_bytes())).collect();
    let here = folder(&files);
    let one = run(here.path(), &["check", "--jobs", "1", "--format", "json", "--as-of", "2026-11-22"]);
    for jobs in ["2", "8"] {
        let many = run(here.path(), &["check", "--jobs", jobs, "--format", "json", "--as-of", "2026-11-22"]);
        assert_eq!(one.stdout, many.stdout);
    }
}

#[test]
fn reports_go_to_files_as_well() {
    let here = folder(&[("a.md", FAULTY.as_bytes())]);
    let output = run(here.path(), &["check", "-q", "--report", "json=out.json", "--report", "concise=out.txt"]);
    assert_eq!(output.status.code(), Some(1));
    let json: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(here.path().join("out.json")).unwrap()).unwrap();
    assert_eq!(json["schema"], "guidelint.report.v1");
    assert!(fs::read_to_string(here.path().join("out.txt")).unwrap().contains("phone/placeholder"));
    assert_eq!(run(here.path(), &["check", "--report", "json=no/such/folder/x.json"]).status.code(), Some(2));
}

#[test]
fn colour_follows_the_terminal_and_the_switch() {
    let here = folder(&[("a.md", FAULTY.as_bytes())]);
    assert!(!out(&run(here.path(), &["check"])).contains('\u{1b}'));
    assert!(out(&run(here.path(), &["check", "--color", "always"])).contains('\u{1b}'));
}

#[test]
fn the_version_names_the_day_of_the_knowledge() {
    let here = folder(&[]);
    let version = out(&run(here.path(), &["--version"]));
    assert!(version.starts_with(concat!("guidelint ", env!("CARGO_PKG_VERSION"), " (knowledge as of 20")), "{version}");
}

#[test]
fn rules_are_listed_for_people_and_for_programs() {
    let here = folder(&[]);
    assert!(out(&run(here.path(), &["rules"])).contains("phone/placeholder"));
    let json: serde_json::Value =
        serde_json::from_str(&out(&run(here.path(), &["rules", "--format", "json"]))).unwrap();
    assert!(json.as_array().unwrap().iter().any(|it| it["name"] == "phone/placeholder" && it["severity"] == "warning"));
}

#[test]
fn a_guide_cannot_speak_to_the_terminal() {
    let hostile = "---\ntitle: \"\u{1b}]0;owned\u{7}\"\n---\n# How to cancel an Albanian SIM \u{1b}[31m\u{202e}\u{9b}2J [@sim_seller_example\u{1b}[0m](https://t.me/sim_seller_example)\n\nCall +355 69 123 4567\u{8}\u{8}\n";
    let here = folder(&[("a.md", hostile.as_bytes())]);
    for format in ["text", "concise"] {
        let output = run(here.path(), &["check", "--format", format, "--color", "never"]);
        let bad = out(&output)
            .chars()
            .find(|c| c.is_control() && *c != '\n' || matches!(*c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
        assert_eq!(bad, None, "{format}");
    }
}

#[test]
fn an_allowed_contact_that_no_guide_has_is_named_and_changes_no_exit_code() {
    let config = "[promotion]\nallow = [\"t.me/nobody_sim_00\", \"unused.example\", \"@nobody_never\"]\n";
    let guide = "# Notes on SIM cards\n\nTo order a SIM contact us: [chat](https://t.me/nobody_sim_00).\n";
    let files: &[(&str, &[u8])] = &[("guidelint.toml", config.as_bytes()), ("a.md", guide.as_bytes())];
    let here = folder(files);
    let run = |arguments: &[&str]| run(here.path(), arguments);
    let allowed = run(&["check", "--select", "promo,link", "--format", "json"]);
    assert_eq!(allowed.status.code(), Some(0), "{}", out(&allowed));
    for unused in ["unused.example", "@nobody_never"] {
        let named =
            format!("guidelint.toml: `{unused}` in [promotion] allow is in no guide that was checked; remove it");
        assert_eq!(err(&allowed).matches(&named).count(), 1, "{}", err(&allowed));
    }
    assert!(!err(&allowed).contains("t.me/nobody_sim_00"), "{}", err(&allowed));
    let strict = run(&["check", "--isolated", "--select", "promo,link"]);
    assert_eq!(strict.status.code(), Some(1));
    assert!(out(&strict).contains("link/promotional") && !err(&strict).contains("allow"), "{}", err(&strict));
}
