//! The configuration that holds for a file: the first `guidelint.toml` at or above it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use guidelint::check::Config;
use guidelint::diagnostic::{Failure, RuleMeta};
use guidelint::knowledge::LoadError;

use super::files;

/// The name of the configuration file.
pub const FILE_NAME: &str = "guidelint.toml";

/// A configuration and the folder its paths are relative to.
pub struct Project {
    /// The folder of the configuration; the working directory without one.
    pub root: PathBuf,
    /// What it says.
    pub config: Config,
}

/// A configuration that cannot be used.
pub enum Broken {
    /// It cannot be read.
    Unreadable(Failure),
    /// It says something that cannot be meant.
    Faulty(Box<LoadError>),
}

/// Finds and reads configurations, each once.
pub struct Projects<'a> {
    rules: &'a [&'a RuleMeta],
    /// `--config`, or none at all with `--isolated`.
    fixed: Option<Arc<Project>>,
    by_folder: HashMap<PathBuf, Option<Arc<Project>>>,
    default: Arc<Project>,
    /// What could not be used, each once.
    pub broken: Vec<Broken>,
}

impl<'a> Projects<'a> {
    /// Looks above each file, unless `config` or `isolated` says otherwise.
    pub fn new(rules: &'a [&'a RuleMeta], config: Option<&Path>, isolated: bool) -> Projects<'a> {
        let here = std::env::current_dir().unwrap_or_default();
        let default = Arc::new(Project { root: here, config: Config::default() });
        let mut projects =
            Projects { rules, fixed: None, by_folder: HashMap::new(), default: default.clone(), broken: Vec::new() };
        if isolated {
            projects.fixed = Some(default);
        } else if let Some(path) = config {
            projects.fixed = Some(projects.read(path).unwrap_or(default));
        }
        projects
    }

    /// The project a file belongs to; `None` when its configuration is broken.
    pub fn of(&mut self, file: &Path) -> Option<Arc<Project>> {
        if let Some(fixed) = &self.fixed {
            return Some(fixed.clone());
        }
        let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        let folder = absolute.parent().unwrap_or(Path::new("/")).to_owned();
        self.of_folder(&folder)
    }

    /// The project of a folder.
    pub fn of_folder(&mut self, folder: &Path) -> Option<Arc<Project>> {
        if let Some(fixed) = &self.fixed {
            return Some(fixed.clone());
        }
        if let Some(known) = self.by_folder.get(folder) {
            return known.clone();
        }
        let own = folder.join(FILE_NAME);
        let project = match own.is_file() {
            true => self.read(&own),
            false => match folder.parent() {
                Some(above) => self.of_folder(above),
                None => Some(self.default.clone()),
            },
        };
        self.by_folder.insert(folder.to_owned(), project.clone());
        project
    }

    fn read(&mut self, path: &Path) -> Option<Arc<Project>> {
        let text = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.broken.push(Broken::Unreadable(files::failure(path, &error)));
                return None;
            }
        };
        let text = match String::from_utf8(text) {
            Ok(text) => text,
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let message = format!("not valid UTF-8 at byte {at}; save it as UTF-8");
                self.broken.push(Broken::Unreadable(Failure { path: files::shown(path), message }));
                return None;
            }
        };
        match Config::read(&files::shown(path), &text, self.rules) {
            Ok(config) => {
                let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
                let root = absolute.parent().unwrap_or(Path::new("/")).to_owned();
                Some(Arc::new(Project { root, config }))
            }
            Err(error) => {
                self.broken.push(Broken::Faulty(Box::new(error)));
                None
            }
        }
    }
}
