//! Contacts that projects allow and that no guide has: silence must earn its keep.

use std::collections::BTreeMap;
use std::path::PathBuf;

use guidelint::diagnostic::FileReport;

use super::files;
use super::output;
use super::project::{FILE_NAME, Project};

/// Which entries of `[promotion] allow` were of use, per project.
#[derive(Default)]
pub struct Allowances {
    projects: BTreeMap<PathBuf, Vec<(String, bool)>>,
}

impl Allowances {
    /// Takes in what one guide used.
    pub fn add(&mut self, project: &Project, file: &FileReport) {
        let allow = &project.config.hints.allow;
        if allow.is_empty() {
            return;
        }
        let entries = self
            .projects
            .entry(project.root.clone())
            .or_insert_with(|| allow.iter().map(|entry| (entry.clone(), false)).collect());
        for used in &file.allowed {
            if let Some(entry) = entries.get_mut(usize::from(*used)) {
                entry.1 = true;
            }
        }
    }

    /// Names the entries that no guide needed.
    pub fn complain(&self) {
        for (root, entries) in &self.projects {
            for (entry, _) in entries.iter().filter(|(_, used)| !used) {
                let path = files::shown(&root.join(FILE_NAME));
                output::complain(&format!(
                    "{path}: `{entry}` in [promotion] allow is in no guide that was checked; remove it"
                ));
            }
        }
    }
}
