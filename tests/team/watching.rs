//! `--watch`. Every step waits for a line the program writes, never for a time.

use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};

use super::Project;

const FAULTY: &str = "# How to cancel an Albanian SIM\n\nCall customer service at +355 69 123 4567.\n";

/// A program that is stopped when the test ends, however it ends.
struct Watch {
    child: Child,
    out: Lines<BufReader<ChildStdout>>,
    err: Lines<BufReader<ChildStderr>>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Watch {
    fn start(here: &Project, words: &[&str]) -> Watch {
        let mut child = Command::new(env!("CARGO_BIN_EXE_guidelint"))
            .current_dir(here.path())
            .args(["check", "--watch", "--select", "phone/placeholder", "--format", "concise"])
            .args(words)
            .env_remove("LANG")
            .env_remove("LC_ALL")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        Watch { child, out: BufReader::new(out).lines(), err: BufReader::new(err).lines() }
    }

    /// The next line of standard output, which is a finding.
    fn finds(&mut self, text: &str) {
        let line = self.out.next().unwrap().unwrap();
        assert!(line.contains(text), "{line}");
    }

    /// The next line of standard error.
    fn says(&mut self, text: &str) {
        let line = self.err.next().unwrap().unwrap();
        assert!(line.contains(text), "{line}");
    }
}

#[test]
fn a_guide_that_changes_is_checked_again_and_the_others_are_not() {
    let here = Project::new(&[("a.md", FAULTY), ("b.md", "# T\n"), ("guidelint.toml", "exclude = [\"c.md\"]\n")]);
    let mut watch = Watch::start(&here, &[]);
    watch.finds("a.md:3:");
    watch.says("something to mend; watching");
    here.write("b.md", &FAULTY.replace("123 4567", "234 5678"));
    watch.finds("b.md:3:");
    watch.says("something to mend");
    // What is excluded stays so, though it changes.
    here.write("c.md", FAULTY);
    watch.says("nothing to mend");
    here.write("a.md", "# T\n");
    watch.says("nothing to mend");
    // A new configuration is for every guide.
    here.write("guidelint.toml", "rules.phone = \"error\"\n");
    watch.finds("b.md:3:26: error");
    watch.finds("c.md:3:26: error");
    watch.says("something to mend");
    here.write("guidelint.toml", "rules.phon = \"error\"\n");
    watch.says("there is no rule or group `phon`");
    // Of three lines of the picture, then the end.
    let rest: Vec<String> = watch.err.by_ref().map(Result::unwrap).take_while(|it| !it.contains("watching")).collect();
    assert!(rest.iter().any(|it| it.contains("guidelint.toml:1:7")), "{rest:?}");
    here.write("guidelint.toml", "rules.phone = \"off\"\n");
    watch.finds("b.md:3:26:");
    watch.finds("c.md:3:26:");
    watch.says("something to mend");
    std::fs::remove_file(here.path().join("b.md")).unwrap();
    watch.finds("c.md:3:26:");
    watch.says("something to mend");
}

/// A report beside the guides is no change, and it holds all guides, not the last one.
#[test]
fn a_report_is_written_anew_and_sets_nothing_off() {
    let here = Project::new(&[("a.md", FAULTY), ("b.md", "# T\n")]);
    let mut watch = Watch::start(&here, &["--report", "json=report.json"]);
    watch.finds("a.md:3:");
    watch.says("something to mend");
    here.write("b.md", FAULTY);
    // Were the report a change, a.md would be found alone in between.
    watch.finds("a.md:3:");
    watch.finds("b.md:3:");
    watch.says("something to mend");
    let report: serde_json::Value = serde_json::from_str(&here.read("report.json")).unwrap();
    assert_eq!(report["summary"]["files"], 2);
    here.run("check --watch -").ends(2);
}
