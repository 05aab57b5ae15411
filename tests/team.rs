//! What a team does with guidelint, from outside: rules of its own, packs, configuration, suppressions, a baseline,
//! fixes and the walk-through.

#[path = "team/baseline.rs"]
mod baseline;
mod common;
#[path = "team/configuration.rs"]
mod configuration;
#[path = "team/declared.rs"]
mod declared;
#[path = "team/fixes.rs"]
mod fixes;
#[path = "team/kinds.rs"]
mod kinds;
#[path = "team/options.rs"]
mod options;
#[path = "team/overrides.rs"]
mod overrides;
#[path = "team/project.rs"]
mod project;
#[path = "team/scopes.rs"]
mod scopes;
#[path = "team/statistics.rs"]
mod statistics;
#[path = "team/walkthrough.rs"]
mod walkthrough;
#[path = "team/watching.rs"]
mod watching;
#[path = "team/wrong_rules.rs"]
mod wrong_rules;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder with these files.
struct Project {
    folder: TempDir,
}

impl Project {
    fn new(files: &[(&str, &str)]) -> Project {
        let project = Project { folder: TempDir::new().unwrap() };
        for (name, text) in files {
            project.write(name, text);
        }
        project
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// Runs `guidelint` with the words of a line.
    fn run(&self, line: &str) -> Run {
        self.run_words(&line.split_whitespace().collect::<Vec<_>>())
    }

    fn run_words(&self, words: &[&str]) -> Run {
        let output: Output = Command::new(env!("CARGO_BIN_EXE_guidelint"))
            .current_dir(self.path())
            .args(words)
            .env_remove("LANG")
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .output()
            .unwrap();
        Run {
            line: words.join(" "),
            status: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// How a run ended.
struct Run {
    line: String,
    status: i32,
    out: String,
    err: String,
}

impl Run {
    #[track_caller]
    fn ends(self, status: i32) -> Run {
        assert_eq!(self.status, status, "guidelint {}\n{}{}", self.line, self.out, self.err);
        self
    }

    #[track_caller]
    fn says(self, text: &str) -> Run {
        assert!(self.out.contains(text), "guidelint {}: no `{text}` in\n{}{}", self.line, self.out, self.err);
        self
    }

    #[track_caller]
    fn complains(self, text: &str) -> Run {
        assert!(self.err.contains(text), "guidelint {}: no `{text}` in\n{}{}", self.line, self.err, self.out);
        self
    }

    #[track_caller]
    fn hides(self, text: &str) -> Run {
        assert!(!self.out.contains(text), "guidelint {}: `{text}` in\n{}", self.line, self.out);
        self
    }
}

/// A rule that mends the spelling of one word.
const SPELLING: &str = r#"
kind = "substitution"
severity = "warning"
applicability = "safe"
message = "write `{replacement}`, not `{match}`"
docs = "Flags a spelling the house does not use."
swap = { "e-sim" = "eSIM" }

[[bad]]
text = "Buy an e-sim."
find = ["e-sim"]
fixed = "Buy an eSIM."

[[good]]
text = "Buy an eSIM."
"#;

const SPELLING_PATH: &str = "guidelint/rules/style/spelling.toml";
