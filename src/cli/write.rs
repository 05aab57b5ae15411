//! Puts mended guides in the place of the old ones: all of them, or none.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use guidelint::diagnostic::Failure;
use tempfile::NamedTempFile;

use super::files;

/// A guide to be written.
pub struct Change {
    /// Where it was read.
    pub path: PathBuf,
    /// The folder no link may lead out of.
    pub root: PathBuf,
    /// What was read.
    pub old: String,
    /// What is to stand there.
    pub new: String,
}

/// Writes every change, or none: each new text lies complete beside its guide before the first takes its place.
pub fn write_all(changes: &[Change]) -> Result<(), Vec<Failure>> {
    let mut staged = Vec::new();
    let mut failures = Vec::new();
    for change in changes {
        match stage(change) {
            Ok(file) => staged.push(file),
            Err(message) => failures.push(Failure { path: files::shown(&change.path), message }),
        }
    }
    if !failures.is_empty() {
        return Err(failures);
    }
    for (at, (file, target)) in staged.into_iter().enumerate() {
        if let Err(error) = file.persist(&target) {
            let message = format!("it cannot be written: {}", error.error);
            failures.push(Failure { path: files::shown(&target), message });
            failures.extend(changes[..at].iter().filter_map(take_back));
            return Err(failures);
        }
    }
    Ok(())
}

/// Puts the old text back.
fn take_back(change: &Change) -> Option<Failure> {
    let error = std::fs::write(&change.path, &change.old).err()?;
    let message = format!("it was mended, and could not be put back when another guide could not be written: {error}");
    Some(Failure { path: files::shown(&change.path), message })
}

fn stage(change: &Change) -> Result<(NamedTempFile, PathBuf), String> {
    let wrong = |error: std::io::Error| format!("it cannot be written: {error}");
    let target = change.path.canonicalize().map_err(wrong)?;
    let is_link = std::fs::symlink_metadata(&change.path).is_ok_and(|it| it.file_type().is_symlink());
    let root = change.root.canonicalize().unwrap_or_else(|_| change.root.clone());
    let absolute = files::without_dots(&std::path::absolute(&change.path).map_err(wrong)?);
    let seems_within = absolute.starts_with(files::without_dots(&change.root));
    if (is_link || seems_within) && !target.starts_with(&root) {
        return Err(format!("it is a link that leads out of {}; it was not changed", files::shown(&change.root)));
    }
    let permissions = std::fs::metadata(&target).map_err(wrong)?.permissions();
    if permissions.readonly() {
        return Err("it is read-only; it was not changed".to_owned());
    }
    if std::fs::read(&target).map_err(wrong)? != change.old.as_bytes() {
        return Err("it was changed by somebody else in the meantime".to_owned());
    }
    let folder = target.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".guidelint-").tempfile_in(folder).map_err(wrong)?;
    file.write_all(change.new.as_bytes()).map_err(wrong)?;
    file.as_file().sync_all().map_err(wrong)?;
    std::fs::set_permissions(file.path(), permissions).map_err(wrong)?;
    keep_owner(file.path(), &target);
    Ok((file, target))
}

/// Writes a report or a baseline: complete, or not at all, so that a full disk leaves the old one as it was. A device or
/// a pipe is written to as it stands, and so is a file in a folder that takes no new one.
pub fn replace(path: &Path, write: impl FnOnce(&mut File) -> std::io::Result<()>) -> std::io::Result<()> {
    let known = std::fs::metadata(path);
    if known.as_ref().is_ok_and(|it| !it.is_file()) {
        return write(&mut File::create(path)?);
    }
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".guidelint-");
    #[cfg(unix)]
    let builder = {
        use std::os::unix::fs::PermissionsExt;
        // As any new file; the system takes off what the user's mask says.
        builder.permissions(std::fs::Permissions::from_mode(0o666))
    };
    let mut file = match builder.tempfile_in(folder) {
        Err(error) if known.is_ok() && error.kind() == std::io::ErrorKind::PermissionDenied => {
            return write(&mut File::create(path)?);
        }
        made => made?,
    };
    write(file.as_file_mut())?;
    if let Ok(known) = known {
        if known.permissions().readonly() {
            return Err(std::io::ErrorKind::PermissionDenied.into());
        }
        std::fs::set_permissions(file.path(), known.permissions())?;
    }
    file.persist(&target).map(drop).map_err(|error| error.error)
}

/// Where it may be done, which is where another could be set at all; else the file is the writer's, as with any editor.
#[cfg(unix)]
fn keep_owner(file: &Path, target: &Path) {
    use std::os::unix::fs::{MetadataExt, chown};
    if let Ok(meta) = std::fs::metadata(target) {
        let _ = chown(file, Some(meta.uid()), Some(meta.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &Path) {}

/// What would change, as `patch` reads it.
pub fn diff(path: &str, old: &str, new: &str) -> String {
    // `patch` knows one end of a line.
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let diff = similar::TextDiff::configure().newline_terminated(true).diff_slices(&old, &new);
    diff.unified_diff().context_radius(3).header(&format!("a/{path}"), &format!("b/{path}")).to_string()
}
