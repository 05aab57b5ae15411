//! The steps of CI services and hooks, run as those services would run them.

#[path = "formats/outside.rs"]
#[allow(dead_code)]
mod outside;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const FAULTY: &str = "# How to cancel a SIM card in Albania\n\nCall Vodafone Albania at +355 69 123 4567.\n\n\
    ::error::pwned ##vso[task.complete result=Failed]\n\n## Notes\n\nTODO\n";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A PATH on which the guidelint just built comes first.
fn path_with_guidelint() -> std::ffi::OsString {
    let built = Path::new(env!("CARGO_BIN_EXE_guidelint")).parent().unwrap().to_owned();
    let known = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(std::iter::once(built).chain(std::env::split_paths(&known))).unwrap()
}

/// A folder with one faulty guide in `guides`, whose name has a blank.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("guides")).unwrap();
    fs::write(folder.path().join("guides/a guide.md"), FAULTY).unwrap();
    folder
}

/// Runs `tools/ci.sh` in `folder`.
fn ci(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let mut command = Command::new("sh");
    command.arg(root().join("tools/ci.sh")).args(arguments).current_dir(folder);
    command.env("PATH", path_with_guidelint()).env_remove("GITHUB_STEP_SUMMARY").env("LC_ALL", "C.UTF-8");
    command.env("GUIDELINT_ARGS", "--as-of 2026-11-22").envs(environment.iter().copied());
    command.output().unwrap()
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn github_gets_annotations_sarif_outputs_and_a_summary() {
    let folder = project();
    let (output, summary) = (folder.path().join("output"), folder.path().join("summary.md"));
    fs::write(&summary, "an earlier step\n").unwrap();
    let environment = [("GITHUB_OUTPUT", output.to_str().unwrap()), ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap())];
    let out = ci(folder.path(), &["github", "guides/a guide.md"], &environment);
    let text = String::from_utf8(out.stdout).unwrap();
    assert_eq!(out.status.code(), Some(1), "{text}{}", String::from_utf8_lossy(&out.stderr));
    assert!(text.contains("::warning title=phone/placeholder,file=guides/a guide.md,line=3,"), "{text}");
    assert!(text.lines().all(|line| line.starts_with("::") && !line.contains("::error::pwned")), "{text}");
    assert!(read(folder.path(), "guidelint.sarif").contains("\"ruleId\":\"phone/placeholder\""));
    assert!(read(folder.path(), "guidelint.html").contains("phone/placeholder"));
    assert_eq!(read(folder.path(), "output"), "status=1\nsarif=./guidelint.sarif\n");
    let summary = read(folder.path(), "summary.md");
    assert!(
        summary.starts_with("an earlier step\n## guidelint\n") && summary.contains("`phone/placeholder`"),
        "{summary}"
    );
}

#[test]
fn gitlab_and_azure_get_their_files() {
    let folder = project();
    let out = ci(folder.path(), &["gitlab", "guides"], &[("GUIDELINT_REPORTS", "reports")]);
    assert_eq!(out.status.code(), Some(1));
    assert!(
        read(folder.path(), "reports/gl-code-quality-report.json").contains("\"check_name\":\"phone/placeholder\"")
    );
    assert!(read(folder.path(), "reports/guidelint-junit.xml").contains("phone/placeholder at 3:"));
    let text = String::from_utf8(out.stdout).unwrap();
    assert!(!text.lines().any(|line| line.trim_start().starts_with("::")) && !text.contains("##vso["), "{text}");
    let out = ci(folder.path(), &["azure", "guides"], &[]);
    let text = String::from_utf8(out.stdout).unwrap();
    assert!(text.lines().all(|line| line.starts_with("##vso[task.logissue ")), "{text}");
    assert_eq!((out.status.code(), text.matches("##vso[").count()), (Some(1), text.lines().count()));
}

#[test]
fn the_exit_status_is_guidelints_own() {
    let folder = project();
    fs::write(folder.path().join("fine.md"), "# Notes\n\nNothing about telephones.\n").unwrap();
    assert_eq!(ci(folder.path(), &["plain", "fine.md"], &[]).status.code(), Some(0));
    assert_eq!(ci(folder.path(), &["plain", "absent.md"], &[]).status.code(), Some(2));
    assert_eq!(ci(folder.path(), &["nowhere", "fine.md"], &[]).status.code(), Some(2));
    let never = [("GUIDELINT_ARGS", "--as-of 2026-11-22 --fail-on never")];
    assert_eq!(ci(folder.path(), &["plain", "guides"], &never).status.code(), Some(0));
    // A path is a path, whatever it looks like.
    assert_eq!(ci(folder.path(), &["plain", "--version"], &[]).status.code(), Some(2));
}

/// The action's own step, taken from `action.yml` and run as the runner would.
#[test]
fn the_action_splits_its_paths_by_line() {
    let action = read(&root(), "action.yml");
    let step = action.split("      run: |\n").nth(1).unwrap().split("\n    - name").next().unwrap();
    let script: String =
        step.lines().map(|line| line.strip_prefix("        ").unwrap_or(line).to_owned() + "\n").collect();
    let folder = project();
    fs::write(folder.path().join("b*.md"), FAULTY).unwrap();
    let out = Command::new("sh")
        .arg("-e")
        .arg("-c")
        .arg(&script)
        .current_dir(folder.path())
        .env("PATH", path_with_guidelint())
        .env("GUIDELINT_SOURCE", root())
        .env("GUIDELINT_ARGS", "--as-of 2026-11-22")
        .env("GUIDELINT_PATHS", "guides/a guide.md\nb*.md\n")
        .output()
        .unwrap();
    let text = String::from_utf8(out.stdout).unwrap();
    assert_eq!(out.status.code(), Some(1), "{script}{}", String::from_utf8_lossy(&out.stderr));
    assert!(text.contains("file=guides/a guide.md,") && text.contains("file=b*.md,"), "{text}");
}

#[test]
fn what_the_container_copies_is_there() {
    for line in
        read(&root(), "ci/Containerfile").lines().filter(|line| line.starts_with("COPY") && !line.contains("--from"))
    {
        let words: Vec<&str> = line.split_whitespace().collect();
        for source in &words[1..words.len() - 1] {
            assert!(root().join(source).exists(), "{line}");
        }
    }
}

#[test]
fn services_accept_our_files() {
    let Some(outside) = outside::Outside::find("services_accept_our_files") else { return };
    let check = |schema: &str, file: &str| {
        let mut command = Command::new(outside.python("check-jsonschema"));
        outside::run(command.arg("--builtin-schema").arg(schema).arg(root().join(file)));
    };
    check("vendor.github-actions", "action.yml");
    check("vendor.gitlab-ci", "ci/guidelint.gitlab-ci.yml");
    let mut command = Command::new(outside.python("pre-commit"));
    outside::run(command.arg("validate-manifest").arg(root().join(".pre-commit-hooks.yaml")));
}

/// Runs git as nobody in particular, without anybody's configuration.
fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.current_dir(folder).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "nobody").env(format!("GIT_{who}_EMAIL"), "nobody@example.org");
    }
    outside::run(command.args(arguments))
}

/// The hook as users get it, but for the building: its language is `system`, so that the guidelint just built runs.
#[test]
fn the_hook_runs_in_pre_commit() {
    let Some(outside) = outside::Outside::find("the_hook_runs_in_pre_commit") else { return };
    let hooks = tempfile::tempdir().unwrap();
    let manifest = read(&root(), ".pre-commit-hooks.yaml");
    assert!(manifest.contains("language: rust\n"));
    fs::write(hooks.path().join(".pre-commit-hooks.yaml"), manifest.replace("language: rust\n", "language: system\n"))
        .unwrap();
    git(hooks.path(), &["init", "--quiet"]);
    git(hooks.path(), &["add", "."]);
    git(hooks.path(), &["commit", "--quiet", "--message", "hooks"]);
    let revision = git(hooks.path(), &["rev-parse", "HEAD"]);

    let folder = project();
    let hooked = hooks.path().display();
    let configuration = format!("repos:\n- repo: {hooked}\n  rev: {}\n  hooks:\n  - id: guidelint\n", revision.trim());
    fs::write(folder.path().join(".pre-commit-config.yaml"), configuration).unwrap();
    fs::write(folder.path().join("notes.txt"), FAULTY).unwrap();
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "."]);
    let home = tempfile::tempdir().unwrap();
    let hook = || {
        let mut command = Command::new(outside.python("pre-commit"));
        command.arg("run").arg("--all-files").current_dir(folder.path()).env("PATH", path_with_guidelint());
        command.env("PRE_COMMIT_HOME", home.path()).env("GIT_CONFIG_GLOBAL", "/dev/null").output().unwrap()
    };
    let out = hook();
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    assert_eq!(out.status.code(), Some(1), "{text}{}", String::from_utf8_lossy(&out.stderr));
    assert!(text.contains("guides/a guide.md:3:") && !text.contains("notes.txt"), "{text}");

    fs::write(folder.path().join("guides/a guide.md"), "# Notes\n\nNothing about telephones.\n").unwrap();
    fs::write(folder.path().join(".guidelintignore"), "ignored.md\n").unwrap();
    fs::write(folder.path().join("ignored.md"), FAULTY).unwrap();
    git(folder.path(), &["add", "."]);
    let out = hook();
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stdout));
}
