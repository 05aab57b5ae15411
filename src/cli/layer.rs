//! A folder of rules, countries and guide kinds: a project's own `guidelint/`, or a pack.

use std::path::{Path, PathBuf};

use guidelint::check::FileSize;
use guidelint::diagnostic::Failure;
use guidelint::knowledge::did_you_mean;

use super::files;

/// What is read from a layer.
const FOLDERS: [&str; 3] = ["rules", "countries", "guides"];

/// A file of a layer: how messages call it, and its text.
pub struct Item {
    pub shown: String,
    pub text: String,
}

/// What lies in such a folder, in the order of paths.
#[derive(Default)]
pub struct Layer {
    /// With the names the paths give the rules.
    pub rules: Vec<(String, Item)>,
    pub countries: Vec<Item>,
    pub guides: Vec<Item>,
    pub failures: Vec<Failure>,
}

impl Layer {
    /// Reads `rules/**/*.toml`, `countries/*.toml` and `guides/*.toml` below a folder; what is not there is empty.
    /// Links that lead out of `within` are not followed: a pack is not to read what is none of its business.
    pub fn read(folder: &Path, within: &Path) -> Layer {
        let mut layer = Layer::default();
        let rules = folder.join("rules");
        for path in tomls(&rules, true) {
            let name = rule_name(path.strip_prefix(&rules).unwrap_or(&path));
            if let Some(item) = layer.item_within(&path, within) {
                layer.rules.push((name, item));
            }
        }
        for path in tomls(&folder.join("countries"), false) {
            let item = layer.item_within(&path, within);
            layer.countries.extend(item);
        }
        for path in tomls(&folder.join("guides"), false) {
            let item = layer.item_within(&path, within);
            layer.guides.extend(item);
        }
        layer.failures.extend(misspelt(folder));
        layer
    }

    /// One file alone, whose folder says what it is.
    pub fn of_file(path: &Path) -> Layer {
        let mut layer = Layer::default();
        let Some(item) = layer.item(path) else { return layer };
        match path.parent().and_then(Path::file_name).and_then(|it| it.to_str()) {
            Some("countries") => layer.countries.push(item),
            Some("guides") => layer.guides.push(item),
            _ => {
                let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
                layer.rules.push((rule_name(&path), item));
            }
        }
        layer
    }

    fn item_within(&mut self, path: &Path, within: &Path) -> Option<Item> {
        if let Err(failure) = stays_within(path, within) {
            self.failures.push(failure);
            return None;
        }
        self.item(path)
    }

    fn item(&mut self, path: &Path) -> Option<Item> {
        match read_text(path) {
            Ok(text) => Some(Item { shown: files::shown(path), text }),
            Err(failure) => {
                self.failures.push(failure);
                None
            }
        }
    }
}

/// The most that is read of a configuration, a rule, a country or a baseline.
const LARGEST: FileSize = FileSize(64 << 20);

/// Refuses a path that leads out of a folder, through links or `..`.
///
/// # Errors
/// That it does, in words.
pub fn stays_within(path: &Path, folder: &Path) -> Result<(), Failure> {
    let real = path.canonicalize().map_err(|error| files::failure(path, &error))?;
    let root = folder.canonicalize().map_err(|error| files::failure(folder, &error))?;
    if real.starts_with(&root) {
        return Ok(());
    }
    let message = format!("it leads out of {}; it was not read", files::shown(folder));
    Err(Failure { path: files::shown(path), message })
}

/// Reads a file that must be UTF-8.
pub fn read_text(path: &Path) -> Result<String, Failure> {
    let bytes = files::read(path, LARGEST)?;
    files::text(bytes).map_err(|message| Failure { path: files::shown(path), message })
}

/// `style/superlatives.toml` is the rule `style/superlatives`, however deep the folder of its group lies.
fn rule_name(path: &Path) -> String {
    let stem = path.file_stem().and_then(|it| it.to_str()).unwrap_or("");
    match path.parent().and_then(Path::file_name).and_then(|it| it.to_str()) {
        Some(group) => format!("{group}/{stem}"),
        None => stem.to_owned(),
    }
}

/// Folders whose names are nearly those that are read: what lies in them would never be heard.
fn misspelt(folder: &Path) -> Vec<Failure> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for path in entries.flatten().map(|it| it.path()).filter(|it| it.is_dir()) {
        let name = path.file_name().map(|it| it.to_string_lossy().to_lowercase()).unwrap_or_default();
        let near = did_you_mean(&name, FOLDERS).filter(|_| !FOLDERS.iter().any(|it| path.ends_with(it)));
        if let Some(near) = near {
            let message = format!("nothing is read from a folder of this name; did you mean `{near}`?");
            found.push(Failure { path: files::shown(&path), message });
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn tomls(folder: &Path, deep: bool) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for entry in entries.flatten() {
        let (path, kind) = (entry.path(), entry.file_type());
        if kind.as_ref().is_ok_and(|it| it.is_dir()) && deep {
            found.extend(tomls(&path, true));
        } else if path.extension().is_some_and(|it| it == "toml") {
            found.push(path);
        }
    }
    found.sort();
    found
}
