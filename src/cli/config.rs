//! `guidelint config`: the settings that hold for a file or folder, and where each came from.

use std::path::Path;

use guidelint::render::Style;

use super::project::Projects;
use super::{Outcome, check, files, output};

pub fn run(path: &Path, show_origin: bool) -> Outcome {
    let mut projects = Projects::new(None, false, None);
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let project = if absolute.is_dir() { projects.of_folder(&absolute) } else { projects.of(&absolute) };
    let Some(project) = project.filter(|_| projects.broken.is_empty()) else {
        check::report_broken(&projects.broken, &Style::default());
        return Outcome::Failed;
    };
    if !path.exists() {
        output::complain(&format!("{}: there is no such file or folder", files::shown(path)));
        return Outcome::Failed;
    }
    let mut lines: Vec<(String, &str)> =
        project.config.origins.iter().map(|it| (format!("{} = {}", it.key, it.value), it.origin.as_str())).collect();
    let set = |key: &str| project.config.origins.iter().any(|it| it.key == key);
    for (key, value) in [("fail-on", "\"warning\""), ("min-confidence", "\"low\"")] {
        if !set(key) {
            lines.push((format!("{key} = {value}"), "default"));
        }
    }
    let width = lines.iter().map(|(line, _)| line.chars().count()).max().unwrap_or(0);
    let mut out = format!("# settings for {}\n", files::shown(path));
    for (line, origin) in lines {
        match show_origin {
            true => out.push_str(&format!("{line:width$}  # {origin}\n")),
            false => out.push_str(&format!("{line}\n")),
        }
    }
    output::print(&out);
    Outcome::Clean
}
