//! Disks that are full, folders that are closed, links that lead nowhere, files that are gone.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};

use super::{FAULTY, Folder, as_nobody, errors, failures, is_root, set_mode};

/// A rule of the house whose fix always goes in.
const RULE: &str = "kind = \"substitution\"\nseverity = \"warning\"\napplicability = \"safe\"\nmessage = \"write `{replacement}`\"\ndocs = \"Flags a spelling.\"\nswap = { \"e-sim\" = \"eSIM\" }\n\n[[bad]]\ntext = \"An e-sim.\"\nfind = [\"e-sim\"]\nfixed = \"An eSIM.\"\n\n[[good]]\ntext = \"An eSIM.\"\n";
const MENDABLE: &str = "# T\n\nAn e-sim.\n";
const FIX: &str = "check --select style --fix";

fn mendable() -> Folder {
    Folder::new(&[("guidelint/rules/style/esim.toml", RULE.as_bytes()), ("a.md", MENDABLE.as_bytes())])
}

/// `guidelint` where no file may grow: what a full disk does to whoever writes.
fn on_a_full_disk(folder: &Folder, line: &str) -> std::process::Output {
    let script = format!("trap '' XFSZ; ulimit -f 0; exec \"$0\" {line}");
    let mut command = Command::new("sh");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_guidelint")]).current_dir(folder.path());
    command.stdout(Stdio::piped()).output().unwrap()
}

#[test]
fn a_full_disk_leaves_the_old_files_as_they_were() {
    let folder = mendable();
    folder.write("report.json", b"the old report");
    folder.write("known.baseline", b"");
    let before = folder.names();
    let fixed = on_a_full_disk(&folder, FIX);
    assert_eq!(fixed.status.code(), Some(2), "{}", errors(&fixed));
    assert!(errors(&fixed).contains("a.md: it cannot be written"), "{}", errors(&fixed));
    assert_eq!(folder.read("a.md"), MENDABLE);
    let reported = on_a_full_disk(&folder, "check --report json=report.json --report html=new.html");
    assert_eq!(reported.status.code(), Some(2), "{}", errors(&reported));
    assert!(errors(&reported).contains("report.json: the report cannot be written"), "{}", errors(&reported));
    assert_eq!(folder.read("report.json"), "the old report");
    let written = on_a_full_disk(&folder, "check --write-baseline known.baseline");
    assert_eq!(written.status.code(), Some(2), "{}", errors(&written));
    assert_eq!(folder.read("known.baseline"), "");
    assert_eq!(folder.names(), before, "nothing is left behind");
}

#[test]
fn a_full_device_is_a_failure_that_is_told() {
    let folder = mendable();
    let report = folder.run("check --report json=/dev/full");
    assert_eq!(report.status.code(), Some(2));
    assert!(errors(&report).contains("/dev/full: the report cannot be written"), "{}", errors(&report));
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let out = folder.command("check --format json").stdout(full).status().unwrap();
    assert_eq!(out.code(), Some(2));
    assert_eq!(folder.run("check --report json=/dev/null --fail-on never").status.code(), Some(0));
}

#[test]
fn a_small_file_system_that_is_full_keeps_the_old_file() {
    let test = "a_small_file_system_that_is_full_keeps_the_old_file";
    let folder = Folder::new(&[]);
    let point = folder.path().join("small");
    fs::create_dir(&point).unwrap();
    // In a name space of its own, where that is allowed: the mount goes with the process.
    let script = format!(
        "mount -t tmpfs -o size=64k none '{0}' && cd '{0}' && mkdir -p guidelint/rules/style && cp \"$1\" guidelint/rules/style/esim.toml && cp \"$2\" a.md \
         && {{ cat /dev/zero >filler 2>/dev/null; echo mounted; }}; \"$0\" {FIX} >&2; echo status $?; cat a.md",
        point.display()
    );
    let rule = folder.write("rule.toml", RULE.as_bytes());
    let guide = folder.write("guide.md", MENDABLE.as_bytes());
    let mut command = Command::new("unshare");
    command.args(["--mount", "--map-root-user", "sh", "-c", &script, env!("CARGO_BIN_EXE_guidelint")]);
    let out = command.arg(rule).arg(guide).output();
    let Ok(out) = out else { return super::common::skipped(test, "there is no unshare here") };
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    if !text.starts_with("mounted\n") {
        return super::common::skipped(test, "no file system may be mounted here");
    }
    assert_eq!(text, format!("mounted\nstatus 2\n{MENDABLE}"), "{}", errors(&out));
}

#[test]
fn a_report_takes_the_place_of_the_old_one_and_links_stay() {
    let folder = Folder::new(&[("a.md", FAULTY.as_bytes()), ("real.json", b"old")]);
    symlink("real.json", folder.path().join("link.json")).unwrap();
    set_mode(&folder.path().join("real.json"), 0o640);
    folder.run("check --report json=link.json --report json=new.json");
    assert!(fs::symlink_metadata(folder.path().join("link.json")).unwrap().is_symlink());
    assert!(folder.read("real.json").contains("guidelint.report.v1"));
    assert_eq!(folder.read("real.json"), folder.read("new.json"));
    use std::os::unix::fs::PermissionsExt;
    let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("real.json"), 0o640);
    // As a file that anybody makes here: the user's mask decides.
    fs::write(folder.path().join("plain"), "").unwrap();
    assert_eq!(mode("new.json"), mode("plain"));
}

#[test]
fn closed_files_and_folders_are_named_and_the_rest_is_checked() {
    let folder =
        Folder::new(&[("a.md", FAULTY.as_bytes()), ("closed.md", FAULTY.as_bytes()), ("shut/b.md", FAULTY.as_bytes())]);
    set_mode(folder.path(), 0o755);
    set_mode(&folder.path().join("closed.md"), 0o000);
    set_mode(&folder.path().join("shut"), 0o000);
    let out = as_nobody(&mut folder.command("check --format json")).output().unwrap();
    set_mode(&folder.path().join("shut"), 0o755);
    let report: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!((out.status.code(), report["summary"]["files"].as_u64()), (Some(2), Some(1)), "{}", errors(&out));
    let told = failures(&report);
    assert!(told.contains(&("closed.md".to_owned(), "it may not be read: permission denied".to_owned())), "{told:?}");
    assert!(told.iter().any(|(_, message)| message.contains("shut")), "{told:?}");
}

#[test]
fn a_folder_that_takes_no_file_keeps_the_old_guide() {
    let folder = mendable();
    set_mode(folder.path(), 0o555);
    set_mode(&folder.path().join("a.md"), 0o666);
    let out = as_nobody(&mut folder.command(FIX)).output().unwrap();
    let reported = as_nobody(&mut folder.command("check --report json=r.json")).output().unwrap();
    set_mode(folder.path(), 0o755);
    assert_eq!(out.status.code(), Some(2), "{}", errors(&out));
    assert!(errors(&out).contains("a.md: it cannot be written"), "{}", errors(&out));
    assert_eq!(folder.read("a.md"), MENDABLE);
    assert_eq!(reported.status.code(), Some(2), "{}", errors(&reported));
    // Read-only to everybody: not even root's leave lets a fix in.
    set_mode(&folder.path().join("a.md"), 0o444);
    let out = folder.run(FIX);
    assert_eq!(out.status.code(), Some(2));
    assert!(errors(&out).contains("it is read-only; it was not changed"), "{}", errors(&out));
    assert!(is_root() || folder.read("a.md") == MENDABLE);
}

#[test]
fn links_in_circles_and_links_to_nothing_are_failures_of_their_own() {
    let folder = Folder::new(&[("a.md", FAULTY.as_bytes())]);
    let link = |to: &str, name: &str| symlink(to, folder.path().join(name)).unwrap();
    link("two.md", "one.md");
    link("one.md", "two.md");
    link("nowhere.md", "dangling.md");
    link(".", "again");
    let (status, report) = folder.report("one.md dangling.md a.md again", b"");
    let told: Vec<String> = failures(&report).into_iter().map(|(path, _)| path).collect();
    assert_eq!((status, told), (2, vec!["dangling.md".to_owned(), "one.md".to_owned()]));
    assert_eq!(report["summary"]["files"], 1, "once, by whatever name");
}

/// A pipe stands first: while it is read, the rest can be taken away.
#[test]
fn a_guide_that_vanishes_is_named_and_the_rest_is_checked() {
    let folder = Folder::new(&[("b.md", FAULTY.as_bytes()), ("c.md", FAULTY.as_bytes())]);
    let pipe = folder.path().join("a.md");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut command = folder.command("check a.md b.md c.md --jobs 1 --format json");
    let child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    // Opens when it is opened for reading: then everything has been found.
    let writer = fs::OpenOptions::new().write(true).open(&pipe).unwrap();
    fs::remove_file(folder.path().join("b.md")).unwrap();
    drop(writer);
    let out = child.wait_with_output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(failures(&report), [("b.md".to_owned(), "there is no such file or folder".to_owned())]);
    assert_eq!((out.status.code(), report["summary"]["files"].as_u64()), (Some(2), Some(2)));
}
