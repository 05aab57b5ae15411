//! Configurations and packs are anybody's: they read nothing but their own folder, run nothing, and end.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const GUIDE: &str = "# How to cancel an Albanian SIM\n\nCall customer service at +355 69 123 4567.\n";
const SECRET: &str = "password-of-the-machine";
const PACK: &str = "name = \"house\"\nversion = \"1.0.0\"\n";
const RULE: &str = "kind = \"existence\"\nseverity = \"warning\"\nmessage = \"do not say `{match}`\"\ndocs = \"Flags a word.\"\nterms = [\"customer\"]\n\n[[bad]]\ntext = \"A customer.\"\nfind = [\"customer\"]\n\n[[good]]\ntext = \"A reader.\"\n";

/// A project beside a folder that is none of its business.
struct Place(TempDir);

impl Place {
    fn new() -> Place {
        let place = Place(TempDir::new().unwrap());
        place.write("outside/secret.toml", SECRET);
        place.write("outside/rules/style/secret.toml", SECRET);
        place.write("project/a.md", GUIDE);
        place
    }

    /// With a project that names a pack.
    fn with_pack() -> Place {
        let place = Place::new();
        place.write("project/guidelint.toml", "extends = [\"pack\"]\n");
        place.write("project/pack/pack.toml", PACK);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn link(&self, to: &str, name: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        symlink(to, path).unwrap();
    }

    fn check(&self) -> Output {
        Command::new(env!("CARGO_BIN_EXE_guidelint")).arg("check").current_dir(self.path("project")).output().unwrap()
    }
}

fn all(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.clone(), output.stderr.clone()].concat()).into_owned()
}

/// What a way out is called, and how it is laid.
type Way<'a> = (&'a str, &'a dyn Fn(&Place));

#[test]
fn nothing_outside_is_read_through_links_or_dots() {
    let outside = "../../outside/secret.toml";
    let ways: [Way<'_>; 9] = [
        ("a rule", &|it| it.link("../../../../outside/secret.toml", "project/guidelint/rules/style/x.toml")),
        ("a country", &|it| it.link("../../../outside/secret.toml", "project/guidelint/countries/al.toml")),
        ("a kind", &|it| it.link("../../../outside/secret.toml", "project/guidelint/guides/x.toml")),
        ("the folder of rules", &|it| it.link("../../outside/rules", "project/guidelint/rules")),
        ("the project's own folder", &|it| it.link("../outside", "project/guidelint")),
        ("the configuration", &|it| it.link("../outside/secret.toml", "project/guidelint.toml")),
        ("the baseline", &|it| it.write("project/guidelint.toml", "baseline = \"../outside/secret.toml\"\n")),
        ("a pack's description", &|it| {
            it.write("project/guidelint.toml", "extends = [\"pack\"]\n");
            it.link(outside, "project/pack/pack.toml");
        }),
        ("a pack's rule", &|it| {
            it.write("project/guidelint.toml", "extends = [\"pack\"]\n");
            it.write("project/pack/pack.toml", PACK);
            it.link("../../../../outside/secret.toml", "project/pack/rules/style/x.toml");
        }),
    ];
    for (what, lay) in ways {
        let place = Place::new();
        lay(&place);
        let output = place.check();
        assert_eq!(output.status.code(), Some(2), "{what}: {}", all(&output));
        assert!(all(&output).contains("it was not read"), "{what}: {}", all(&output));
        assert!(!all(&output).contains(SECRET), "{what}: {}", all(&output));
    }
}

#[test]
fn links_that_stay_inside_are_followed() {
    let place = Place::with_pack();
    place.write("project/pack/shared/word.toml", RULE);
    place.link("../../shared/word.toml", "project/pack/rules/style/word.toml");
    let output = place.check();
    assert_eq!(output.status.code(), Some(1), "{}", all(&output));
    assert!(all(&output).contains("style/word"), "{}", all(&output));
}

#[test]
fn a_pack_can_run_nothing() {
    let place = Place::with_pack();
    place.write("project/pack/rules/style/word.toml", RULE);
    let mark = place.path("ran");
    let script = format!("#!/bin/sh\ntouch '{}'\n", mark.display());
    for name in ["build.rs", "install.sh", "rules/style/word.sh", "rules/style/word", "hooks/pre-check", "pack"] {
        let name = format!("project/pack/{name}");
        place.write(&name, &script);
        fs::set_permissions(place.path(&name), fs::Permissions::from_mode(0o755)).unwrap();
    }
    assert_eq!(place.check().status.code(), Some(1));
    // Keys that would run something elsewhere are unknown here.
    for key in ["script", "command", "run", "exec", "hook", "plugin", "include", "import", "file", "path"] {
        place.write("project/pack/rules/style/word.toml", &format!("{key} = \"{}\"\n{RULE}", mark.display()));
        let output = place.check();
        assert_eq!(output.status.code(), Some(2), "{key}: {}", all(&output));
        assert!(all(&output).contains("unknown key"), "{key}: {}", all(&output));
    }
    place.write("project/pack/rules/style/word.toml", &RULE.replace("\"existence\"", "\"script\""));
    assert_eq!(place.check().status.code(), Some(2));
    assert!(!mark.exists());
}

/// Expressions that other engines never finish, and some that no engine should build.
#[test]
fn no_expression_of_a_pack_runs_for_ever() {
    let place = Place::with_pack();
    place.write("project/a.md", &format!("# T\n\n{}!\n", "x".repeat(20_000)));
    let rule = |expression: &str| {
        format!(
            "kind = \"existence\"\nseverity = \"warning\"\nmessage = \"`{{match}}`\"\ndocs = \"Flags.\"\nslow = true\npatterns = ['{expression}']\n\n[[bad]]\ntext = \"xy\"\nfind = [\"xy\"]\n\n[[good]]\ntext = \"z\"\n"
        )
    };
    for (expression, refused) in [
        ("(x+x+)+y", false),
        ("(x|x)*y", false),
        ("(x*)*y", false),
        ("(?:x?){200}x{200}y", false),
        ("x(?:.*y)?", false),
        ("x{1000}{1000}{1000}y", true),
        ("((x{1,99}){1,99}){1,99}y", true),
    ] {
        place.write("project/pack/rules/style/word.toml", &rule(expression));
        let output = place.check();
        // That it ends is the test; those too large to build are refused with a pointer into the file.
        assert_eq!(output.status.code() == Some(2), refused, "{expression}: {}", all(&output));
        assert!(!refused || all(&output).contains("word.toml:"), "{expression}: {}", all(&output));
        // Each match of the last looks through the whole line, so that only the first thousand are looked for.
        let found = all(&output).matches("warning[style/word]").count();
        assert_eq!(found, if expression == "x(?:.*y)?" { 1000 } else { 0 }, "{expression}");
    }
}

/// With `strace`: which files a run opens, and that it talks to nobody and starts nothing.
#[test]
fn a_run_opens_what_it_was_asked_to_and_no_connection() {
    let place = Place::with_pack();
    place.write("project/pack/rules/style/word.toml", RULE);
    let log = place.path("log");
    let traced = Command::new("strace")
        .args([
            "-f",
            "-e",
            "trace=open,openat,openat2,connect,socket,bind,execve,fork,vfork,unlink,unlinkat,rename",
            "-o",
        ])
        .arg(&log)
        .args([env!("CARGO_BIN_EXE_guidelint"), "check"])
        .current_dir(place.path("project"))
        .output();
    let Ok(traced) = traced else { return eprintln!("SKIPPED: there is no strace here") };
    let log = fs::read_to_string(log).unwrap_or_default();
    if !log.contains("execve") {
        return eprintln!("SKIPPED: strace may not trace here: {}", all(&traced));
    }
    assert_eq!(traced.status.code(), Some(1), "{}", all(&traced));
    for call in ["connect(", "socket(", "bind(", "fork(", "unlink", "rename"] {
        assert!(!log.contains(call), "{call} in\n{log}");
    }
    assert_eq!(log.matches("execve(").count(), 1, "{log}");
    let opened: Vec<&str> = log
        .lines()
        .filter(|it| it.contains("open") && !it.contains("= -1"))
        .filter_map(|it| it.split('"').nth(1))
        .collect();
    assert!(opened.iter().any(|it| it.ends_with("a.md")), "{opened:?}");
    let project = place.path("project").canonicalize().unwrap();
    // Folders above are looked into for ignore files; the system's own are the loader's and the allocator's.
    let ours = |it: &str| {
        let path = Path::new(it);
        path.is_relative() || path.starts_with(&project) || project.starts_with(path)
    };
    let systems = |it: &str| {
        ["/lib", "/usr/lib", "/etc/ld.so", "/proc", "/sys", "/dev", "/etc/localtime"]
            .iter()
            .any(|top| it.starts_with(top))
    };
    let others: Vec<&&str> = opened.iter().filter(|it| !ours(it) && !systems(it)).collect();
    assert!(others.is_empty(), "{others:?}");
    assert!(!log.contains("O_WRONLY") && !log.contains("O_CREAT") || log.contains("/dev/null"), "{log}");
}
