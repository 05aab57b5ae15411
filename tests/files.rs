//! Files as they come: bytes that are no text, names that are no names, disks that are full, signals in between.
#![cfg(unix)]

#[path = "files/bytes.rs"]
mod bytes;
mod common;
#[path = "files/disk.rs"]
mod disk;
#[path = "files/many.rs"]
mod many;
#[path = "files/signals.rs"]
mod signals;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// One warning.
const FAULTY: &str = "# How to cancel an Albanian SIM\n\nCall customer service at +355 69 123 4567.\n";

/// A folder of its own for every test.
struct Folder(TempDir);

impl Folder {
    fn new(files: &[(&str, &[u8])]) -> Folder {
        let folder = Folder(TempDir::new().unwrap());
        for (name, bytes) in files {
            folder.write(name, bytes);
        }
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guidelint"));
        command.current_dir(self.path()).args(line.split_whitespace()).env_remove("LANG").env_remove("LC_ALL");
        command
    }

    fn run(&self, line: &str) -> Output {
        self.command(line).output().unwrap()
    }

    /// Checks and reads the JSON report; standard input is `stdin`.
    fn report(&self, line: &str, stdin: &[u8]) -> (i32, Value) {
        use std::io::Write;
        let mut command = self.command(&format!("check --as-of 2026-11-22 --format json {line}"));
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        // It may refuse the rest and close its end.
        let _ = child.stdin.take().unwrap().write_all(stdin);
        let out = child.wait_with_output().unwrap();
        (out.status.code().unwrap(), serde_json::from_slice(&out.stdout).unwrap())
    }

    /// Names in the folder, sorted: what was left behind shows.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path()).unwrap();
        let mut names: Vec<String> = entries.map(|it| it.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The failures of a report, by path.
fn failures(report: &Value) -> Vec<(String, String)> {
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    report["errors"].as_array().unwrap().iter().map(|it| (text(&it["path"]), text(&it["message"]))).collect()
}

/// Somebody who owns nothing here: the tests may run as root, for whom no folder is closed.
fn as_nobody(command: &mut Command) -> &mut Command {
    use std::os::unix::process::CommandExt;
    match is_root() {
        true => command.uid(65_534).gid(65_534),
        false => command,
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout.starts_with(b"0\n")
}

fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}
