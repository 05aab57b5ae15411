//! Which lines changed since a git revision, as git tells it.

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The changed lines of every changed file, 0-based.
pub struct Changed {
    root: PathBuf,
    files: HashMap<PathBuf, Vec<Range<u32>>>,
}

impl Changed {
    /// Asks git, from the working directory.
    pub fn since(revision: &str) -> Result<Changed, String> {
        if revision.starts_with('-') || revision.is_empty() {
            return Err(format!("`{revision}` is no git revision"));
        }
        let root = PathBuf::from(git(&["rev-parse", "--show-toplevel"])?.trim_end_matches(['\n', '\r']));
        let commit = format!("{revision}^{{commit}}");
        git(&["rev-parse", "--verify", "--quiet", &commit])
            .map_err(|_| format!("git knows no revision `{revision}`"))?;
        // What others did to that revision's branch in the meantime is no change of ours.
        let base = git(&["merge-base", revision, "HEAD"]);
        let base = base.as_deref().map(str::trim_end).unwrap_or(revision);
        let top = root.to_string_lossy().into_owned();
        let patch = git(&[
            "-C",
            &top,
            "-c",
            "core.quotePath=false",
            "-c",
            "diff.noprefix=false",
            "-c",
            "diff.mnemonicPrefix=false",
            "diff",
            "--unified=0",
            "--no-color",
            "--no-ext-diff",
            "--find-renames",
            base,
            "--",
        ])?;
        let mut files = read_patch(&patch, &root);
        for path in git(&["-C", &top, "ls-files", "--others", "--exclude-standard", "-z"])?.split('\0') {
            if !path.is_empty() {
                files.insert(real(&root.join(path)), std::iter::once(0..u32::MAX).collect());
            }
        }
        Ok(Changed { root: real(&root), files })
    }

    /// The changed lines of a file: none when it did not change, `None` when it lies in no folder of the repository.
    pub fn lines(&self, path: &Path) -> Option<Vec<Range<u32>>> {
        let path = real(path);
        path.starts_with(&self.root).then(|| self.files.get(&path).cloned().unwrap_or_default())
    }
}

fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

fn git(arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("git").args(arguments).output().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => "--diff-base needs git, and git is not installed".to_owned(),
        _ => format!("git cannot be run: {error}"),
    })?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => {
            let said = String::from_utf8_lossy(&output.stderr);
            Err(format!("--diff-base: {}", said.lines().next().unwrap_or("git failed")))
        }
    }
}

/// Reads `+++ b/path` and `@@ -a,b +c,d @@`.
fn read_patch(patch: &str, root: &Path) -> HashMap<PathBuf, Vec<Range<u32>>> {
    let mut files: HashMap<PathBuf, Vec<Range<u32>>> = HashMap::new();
    let mut current: Option<PathBuf> = None;
    // Lines of a hunk may look like anything.
    let mut hunk_left = 0;
    for line in patch.split('\n') {
        if hunk_left > 0 {
            hunk_left -= u32::from(line.starts_with(['+', '-']));
        } else if let Some(name) = line.strip_prefix("+++ ") {
            let name = name.trim_end_matches('\t').trim_matches('"');
            current = name.strip_prefix("b/").map(|it| real(&root.join(it)));
        } else if let (Some(hunk), Some(path)) = (line.strip_prefix("@@ "), &current) {
            let mut sides = hunk.split(' ').filter_map(|it| side(it.strip_prefix(['-', '+'])?));
            if let (Some((_, removed)), Some((start, added))) = (sides.next(), sides.next()) {
                let first = start.saturating_sub(1);
                files.entry(path.clone()).or_default().push(first..first + added);
                hunk_left = removed + added;
            }
        }
    }
    files
}

/// `7,2` as line and count.
fn side(text: &str) -> Option<(u32, u32)> {
    let (start, count) = text.split_once(',').unwrap_or((text, "1"));
    Some((start.parse().ok()?, count.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hunks_are_read_as_lines() {
        let patch = "diff --git a/x y.md b/x y.md\n--- a/x y.md\n+++ b/x y.md\t\n@@ -3 +3 @@ # T\n-a\n+b\n@@ -9,0 +10,2 @@\n+c\n+d\n@@ -20,2 +21,0 @@\n-e\n-f\n\
            --- a/z.md\n+++ b/z.md\n@@ -1 +1,2 @@\n--- a\n+++ b/spoofed.md\n+@@ -1 +1 @@\n@@ -5 +7 @@\n-x\n\\ No newline at end of file\n+y\n";
        let files = read_patch(patch, Path::new("/nowhere"));
        assert_eq!(files[Path::new("/nowhere/x y.md")], [2..3, 9..11, 20..20]);
        assert_eq!(files[Path::new("/nowhere/z.md")], [0..2, 6..7]);
        assert_eq!(files.len(), 2);
    }
}
