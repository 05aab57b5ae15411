//! Which files are read, and how they are called.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;

use guidelint::check::{FileSize, Globs};
use guidelint::diagnostic::Failure;
use ignore::WalkBuilder;
use ignore::gitignore::GitignoreBuilder;

use super::project::{FILE_NAME, Project, Projects};

/// Endings of guides; a project may add more.
pub const ENDINGS: [&str; 3] = ["md", "markdown", "mdx"];
/// Files that say what is not read.
pub const IGNORE_FILES: [&str; 2] = [".gitignore", ".guidelintignore"];

/// What the command line leaves out, whatever project a guide belongs to.
#[derive(Default)]
pub struct Filter {
    exclude: Globs,
    force: bool,
}

impl Filter {
    /// Globs are matched against the path as it is reported.
    pub fn new(globs: &[String], force: bool) -> Result<Filter, String> {
        Ok(Filter { exclude: Globs::new(globs.iter().map(String::as_str))?, force })
    }

    fn excludes(&self, path: &Path) -> bool {
        !self.exclude.is_empty() && self.exclude.hold(&shown(path))
    }
}

/// Finds the guides below `paths`, each once, sorted as they are reported; paths that do not exist are failures.
pub fn find(paths: &[PathBuf], filter: &Filter, projects: &mut Projects) -> (Vec<PathBuf>, Vec<Failure>) {
    let mut found: Vec<(String, PathBuf)> = Vec::new();
    // No link is followed, so nothing is met twice where no path lies in another.
    let mut seen: Option<BTreeSet<PathBuf>> = (!lie_apart(paths)).then(BTreeSet::new);
    let mut failures = Vec::new();
    let mut take = |path: PathBuf| {
        if seen.as_mut().is_none_or(|seen| seen.insert(real(&path))) {
            found.push((shown(&path), path));
        }
    };
    for path in paths {
        match std::fs::metadata(path) {
            Err(error) => failures.push(failure(path, &error)),
            Ok(meta) if meta.is_dir() => walk(path, filter, projects, &mut take, &mut failures),
            Ok(_) if filter.force && is_left_out(path, filter, projects) => {}
            Ok(_) => take(path.clone()),
        }
    }
    found.sort_unstable();
    let mut sorted: Vec<PathBuf> = found.into_iter().map(|(_, path)| path).collect();
    sorted.shrink_to_fit();
    (sorted, failures)
}

fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Whether none of these paths is another or lies in it.
fn lie_apart(paths: &[PathBuf]) -> bool {
    let mut real: Vec<PathBuf> = paths.iter().map(|it| real(it)).collect();
    // What lies in a folder comes right after it.
    real.sort_unstable();
    real.windows(2).all(|pair| !pair[1].starts_with(&pair[0]))
}

/// Why a walk of the folders above does not come upon a file; empty when it does.
pub fn why_ignored(path: &Path, project: &Project, excluded: &[String]) -> Vec<String> {
    let mut reasons = Vec::new();
    if !path.is_dir() && !project.is_guide(path) {
        let ending =
            path.extension().map_or("no ending".to_owned(), |it| format!("the ending .{}", it.to_string_lossy()));
        let endings: Vec<&str> = project.endings().collect();
        reasons.push(format!("it has {ending}; guides end in {} (`extensions` adds more)", endings.join(", ")));
    }
    let alone = |glob: &String| Globs::new([glob.as_str()]).unwrap_or_default();
    let of_line = excluded.iter().find(|it| alone(it).hold(&shown(path)));
    let of_project =
        project.config.exclude.iter().find(|it| project.path_of(path).is_some_and(|at| alone(it).hold(&at)));
    reasons.extend(of_line.map(|it| format!("the glob `{it}` of `--exclude` leaves it out")));
    reasons.extend(of_project.map(|it| format!("the glob `{it}` of `exclude` in {FILE_NAME} leaves it out")));
    if is_ignored(path) {
        reasons.push("a .gitignore or .guidelintignore at or above it leaves it out".to_owned());
    }
    let shown = shown(path);
    if let Some(hidden) = shown.split('/').find(|it| it.starts_with('.') && it.len() > 1 && *it != "..") {
        reasons.push(format!("`{hidden}` is hidden: its name begins with a dot"));
    }
    if std::fs::symlink_metadata(path).is_ok_and(|it| it.file_type().is_symlink()) {
        reasons.push("it is a link, and links are not followed".to_owned());
    }
    reasons
}

fn walk(
    folder: &Path,
    filter: &Filter,
    projects: &mut Projects,
    take: &mut impl FnMut(PathBuf),
    failures: &mut Vec<Failure>,
) {
    let walker = WalkBuilder::new(folder)
        .follow_links(false)
        .hidden(true)
        .ignore(false)
        .git_global(false)
        .git_exclude(false)
        .require_git(false)
        .add_custom_ignore_filename(".guidelintignore")
        .build();
    let above = projects.of_folder(&std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()));
    for entry in walker {
        match entry {
            Ok(entry) => {
                let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                let path = entry.into_path();
                // A configuration beside which no guide lies is nobody's business.
                let may_be_one = is_file && !filter.excludes(&path) && path.file_name() != Some(OsStr::new(FILE_NAME));
                let Some(project) = may_be_one.then(|| projects.of(&path)).flatten() else { continue };
                let excluded = [Some(&project), above.as_ref()].into_iter().flatten().any(|it| it.excludes(&path));
                if project.is_guide(&path) && !excluded {
                    take(path);
                }
            }
            Err(error) => failures.push(Failure { path: shown(folder), message: error.to_string() }),
        }
    }
}

/// Whether `--force-exclude` leaves out a file that was named.
fn is_left_out(path: &Path, filter: &Filter, projects: &mut Projects) -> bool {
    let of_project = |projects: &mut Projects| projects.of(path).is_some_and(|it| it.excludes(path));
    filter.excludes(path) || is_ignored(path) || of_project(projects)
}

/// Whether an ignore file at or above a path leaves it out.
fn is_ignored(path: &Path) -> bool {
    let Ok(path) = path.canonicalize() else { return false };
    for folder in path.ancestors().skip(1) {
        for name in IGNORE_FILES {
            let file = folder.join(name);
            if !file.is_file() {
                continue;
            }
            let mut builder = GitignoreBuilder::new(folder);
            builder.add(&file);
            let Ok(rules) = builder.build() else { continue };
            if rules.matched_path_or_any_parents(&path, false).is_ignore() {
                return true;
            }
        }
    }
    false
}

/// Why bytes were not read.
pub enum Refused {
    TooLarge(String),
    Unreadable(std::io::Error),
}

/// Reads a file, unless it is larger than `limit`: then not more than that of it, whatever it says its size is.
pub fn read(path: &Path, limit: FileSize) -> Result<Vec<u8>, Failure> {
    let refuse = |refused| match refused {
        Refused::TooLarge(message) => Failure { path: shown(path), message },
        Refused::Unreadable(error) => failure(path, &error),
    };
    let file = std::fs::File::open(path).map_err(|error| failure(path, &error))?;
    let size = file.metadata().map_err(|error| failure(path, &error))?.len();
    if size > limit.0 {
        return Err(refuse(too_large(limit)));
    }
    // One byte more than it should have, so that its end is met without room for more being made.
    read_into(Vec::with_capacity(size as usize + 1), file, limit).map_err(refuse)
}

/// Reads up to `limit` bytes; more are refused.
pub fn read_from(input: impl Read, limit: FileSize) -> Result<Vec<u8>, Refused> {
    read_into(Vec::new(), input, limit)
}

fn read_into(mut bytes: Vec<u8>, input: impl Read, limit: FileSize) -> Result<Vec<u8>, Refused> {
    input.take(limit.0 + 1).read_to_end(&mut bytes).map_err(Refused::Unreadable)?;
    if bytes.len() as u64 > limit.0 { Err(too_large(limit)) } else { Ok(bytes) }
}

/// The text that bytes are.
///
/// # Errors
/// Why they are none, in words.
pub fn text(bytes: Vec<u8>) -> Result<String, String> {
    const UTF_16: &str = "it is UTF-16; save the file as UTF-8";
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(UTF_16.to_owned());
    }
    // Without a mark it would pass as UTF-8 in which every other character is a NUL.
    let head = &bytes[..bytes.len().min(64)];
    let nul = |odd: usize| head.iter().enumerate().filter(|(at, _)| at % 2 == odd).all(|(_, byte)| *byte == 0);
    if head.len() >= 8 && nul(0) != nul(1) {
        return Err(UTF_16.to_owned());
    }
    String::from_utf8(bytes).map_err(|error| {
        format!("not valid UTF-8 at byte {}; save the file as UTF-8", error.utf8_error().valid_up_to())
    })
}

fn too_large(limit: FileSize) -> Refused {
    Refused::TooLarge(format!(
        "it is larger than {limit}, the most guidelint reads; split it, or raise `max-file-size` (--max-file-size)"
    ))
}

/// Why a path cannot be read, in words.
pub fn failure(path: &Path, error: &std::io::Error) -> Failure {
    let message = match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "it may not be read: permission denied".to_owned(),
        _ => format!("it cannot be read: {error}"),
    };
    Failure { path: shown(path), message }
}

/// A path as reports print it: relative to the working directory where it lies below it, else absolute; forward
/// slashes; bytes that are not UTF-8 as `\xNN`.
pub fn shown(path: &Path) -> String {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let absolute = without_dots(&absolute);
    // Nothing in a run goes to another folder.
    static HERE: OnceLock<PathBuf> = OnceLock::new();
    let here = HERE.get_or_init(|| std::env::current_dir().map(|it| without_dots(&it)).unwrap_or_default());
    match absolute.strip_prefix(here) {
        Ok(below) if below.as_os_str().is_empty() => ".".to_owned(),
        Ok(below) => slashed(below),
        Err(_) => slashed(&absolute),
    }
}

/// `a/../b` without looking at the disk.
pub fn without_dots(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

/// With forward slashes, whatever the system's own are.
pub fn slashed(path: &Path) -> String {
    let mut out = String::new();
    for part in path.components() {
        match part {
            Component::RootDir => out.push('/'),
            Component::Prefix(prefix) => push_lossless(prefix.as_os_str(), &mut out),
            part => {
                if !out.is_empty() && !out.ends_with('/') {
                    out.push('/');
                }
                push_lossless(part.as_os_str(), &mut out);
            }
        }
    }
    out
}

fn push_lossless(text: &OsStr, out: &mut String) {
    for chunk in text.as_encoded_bytes().utf8_chunks() {
        out.push_str(chunk.valid());
        for byte in chunk.invalid() {
            out.push_str(&format!("\\x{byte:02X}"));
        }
    }
}
