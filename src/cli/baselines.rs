//! What is to be said of baselines when a run ends: one that is not there, and entries for guides that are gone.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use guidelint::check::Baseline;

use super::project::Project;
use super::{counted, files, output};

/// The baselines of the projects that were met.
#[derive(Default)]
pub struct Baselines {
    /// By the folder their paths are relative to: how the file is called, and what it holds.
    met: BTreeMap<PathBuf, (String, Option<Arc<Baseline>>)>,
}

impl Baselines {
    /// Takes in the project of a guide; `named` is what the command line names.
    pub fn add(&mut self, project: &Project, named: Option<&PathBuf>) {
        if self.met.contains_key(&project.root) {
            return;
        }
        let of_project = || project.config.baseline.as_ref().map(|it| project.root.join(it));
        if let Some(path) = named.cloned().or_else(of_project) {
            self.met.insert(project.root.clone(), (files::shown(&path), project.baseline.clone()));
        }
    }

    /// Says what is amiss.
    pub fn complain(&self) {
        for (root, (path, baseline)) in &self.met {
            let Some(baseline) = baseline else {
                output::complain(&format!(
                    "{path}: there is no such baseline yet; `--write-baseline {path}` writes it"
                ));
                continue;
            };
            let gone: Vec<&str> = baseline.paths().filter(|it| !root.join(it).exists()).collect();
            if let Some(first) = gone.first() {
                let count = counted(gone.len(), "guide");
                output::complain(&format!(
                    "{path}: it has entries for {count} no longer there, such as {first}; `--write-baseline {path}` takes them out"
                ));
            }
        }
    }
}
