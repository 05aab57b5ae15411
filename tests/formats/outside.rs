//! Runs other people's readers.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The installed readers, and a folder to hand them files in.
pub struct Outside {
    tools: PathBuf,
    folder: tempfile::TempDir,
}

impl Outside {
    /// The readers, if they are installed; says so when `test` is skipped for want of them.
    pub fn find(test: &str) -> Option<Outside> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let tools = std::env::var_os("GUIDELINT_VALIDATORS").map_or(root.join("target/validators"), PathBuf::from);
        if tools.join("stamp").exists() {
            return Some(Outside { tools, folder: tempfile::tempdir().unwrap() });
        }
        demand(test, "run tools/install-validators.sh");
        None
    }

    /// Where a package of npm lies.
    pub fn package(&self, name: &str) -> PathBuf {
        self.tools.join("node_modules").join(name)
    }

    /// A program of the Python environment.
    pub fn python(&self, program: &str) -> PathBuf {
        self.tools.join("python/bin").join(program)
    }

    /// Writes a file for a reader.
    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// The findings a reader reads in `file`, as JSON, sorted.
    pub fn read(&self, format: &str, file: &Path) -> Vec<String> {
        let out = match format {
            "azure" | "github" => self.node(format, &[file]),
            _ => run(&mut self.reader(format, file)),
        };
        let found: Vec<serde_json::Value> = serde_json::from_str(&out).unwrap();
        let mut found: Vec<String> = found.iter().map(ToString::to_string).collect();
        found.sort();
        found
    }

    /// Whether the validators of `format` accept `file`.
    pub fn accepts(&self, format: &str, file: &Path) -> bool {
        self.reader(format, file).arg("--objections").output().unwrap().status.success()
    }

    fn reader(&self, format: &str, file: &Path) -> Command {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/read.py");
        let mut command = Command::new(self.python("python"));
        command.arg(script).arg(format).arg(file).arg(&self.tools);
        command
    }

    /// The findings a browser shows in `page`, as JSON, sorted.
    pub fn browse(&self, page: &Path, chromium: &str) -> Vec<String> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/browse.mjs");
        let out = run(Command::new("node").arg(script).arg(page).arg(&self.tools).arg(chromium));
        let found: Vec<serde_json::Value> = serde_json::from_str(&out).unwrap();
        let mut found: Vec<String> = found.iter().map(ToString::to_string).collect();
        found.sort();
        found
    }

    /// Runs the reader written for Node; `files` are its file and what else it wants.
    pub fn node(&self, format: &str, files: &[&Path]) -> String {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/read.mjs");
        run(Command::new("node").arg(script).arg(format).arg(files[0]).arg(&self.tools).args(&files[1..]))
    }
}

/// The browser, if there is one: `CHROMIUM` names it, else it is looked for.
pub fn chromium(test: &str) -> Option<String> {
    let named = std::env::var("CHROMIUM").ok();
    let known = ["chromium", "chromium-browser", "google-chrome"].map(str::to_owned);
    let found = named.into_iter().chain(known).find_map(|name| {
        let out = Command::new("sh").arg("-c").arg(format!("command -v {name}")).output().ok()?;
        out.status.success().then(|| String::from_utf8_lossy(&out.stdout).trim().to_owned())
    });
    if found.is_none() {
        demand(test, "no Chromium found; tools/install-validators.sh --browser installs Debian's");
    }
    found
}

/// Says that a test is skipped, or fails it where all readers are demanded.
pub fn demand(test: &str, what: &str) {
    assert!(std::env::var_os("GUIDELINT_DEMAND_VALIDATORS").is_none(), "{test} is demanded, but: {what}");
    // Past the test harness, which keeps to itself what a passing test prints.
    let _ = writeln!(std::io::stderr().lock(), "SKIPPED {test}: {what}");
}

/// The standard output of a command that must succeed.
pub fn run(command: &mut Command) -> String {
    let out = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let (text, errors) = (String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    assert!(out.status.success(), "{command:?}\n{text}\n{errors}");
    text.into_owned()
}
