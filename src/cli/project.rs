//! The configuration that holds for a file: the first `guidelint.toml` at or above it, with the packs it extends and the
//! project's own `guidelint/` folder.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use guidelint::check::{Baseline, Config, ConfigFile, Globs, Pack};
use guidelint::diagnostic::{Failure, RuleMeta};
use guidelint::knowledge::{Knowledge, LoadError};
use guidelint::rule::Rule;
use guidelint::{Checker, builtin_rules_with, declarative, is_fixed_group};

use super::files;
use super::layer::{Layer, read_text, stays_within};

/// The name of the configuration file.
pub const FILE_NAME: &str = "guidelint.toml";
/// The folder of a project's own rules and knowledge.
pub const FOLDER_NAME: &str = "guidelint";

/// A configuration and the folder its paths are relative to.
pub struct Project {
    /// The folder of the configuration; the working directory without one.
    pub root: PathBuf,
    /// What it says.
    pub config: Config,
    /// With the rules and the knowledge of the project.
    pub checker: Arc<Checker>,
    /// The findings it lives with.
    pub baseline: Option<Arc<Baseline>>,
    /// The folders of the packs it extends.
    pub packs: Vec<PathBuf>,
    /// What it does not read.
    excluded: Globs,
}

impl Project {
    fn new(root: PathBuf, config: Config, checker: Arc<Checker>, baseline: Option<Arc<Baseline>>) -> Project {
        // The configuration was complained about if a glob cannot be read.
        let excluded = Globs::new(config.exclude.iter().map(String::as_str)).unwrap_or_default();
        Project { root, config, checker, baseline, packs: Vec::new(), excluded }
    }

    /// A path below the project's folder, relative to it.
    pub fn path_of(&self, path: &Path) -> Option<String> {
        let absolute = files::without_dots(&std::path::absolute(path).ok()?);
        Some(files::slashed(absolute.strip_prefix(files::without_dots(&self.root)).ok()?))
    }

    /// Whether its configuration leaves a file out.
    pub fn excludes(&self, path: &Path) -> bool {
        !self.excluded.is_empty() && self.path_of(path).is_some_and(|it| self.excluded.hold(&it))
    }

    /// Whether a file has the ending of a guide.
    pub fn is_guide(&self, path: &Path) -> bool {
        let ending = path.extension().and_then(OsStr::to_str).unwrap_or("");
        self.endings().any(|it| it.eq_ignore_ascii_case(ending))
    }

    /// The endings of its guides.
    pub fn endings(&self) -> impl Iterator<Item = &str> {
        files::ENDINGS.into_iter().chain(self.config.extensions.iter().map(String::as_str))
    }
}

/// A configuration that cannot be used.
pub enum Broken {
    /// It cannot be read.
    Unreadable(Failure),
    /// It says something that cannot be meant.
    Faulty(Box<LoadError>),
}

impl Broken {
    /// The same for a report.
    pub fn failure(&self) -> Failure {
        match self {
            Broken::Unreadable(failure) => failure.clone(),
            Broken::Faulty(error) => {
                let path = error.source.path().to_owned();
                let told = error.to_string();
                let lines = told.lines().map(|it| it.strip_prefix(&format!("{path}:")).unwrap_or(it));
                Failure { message: lines.collect::<Vec<_>>().join("; "), path }
            }
        }
    }
}

impl From<LoadError> for Broken {
    fn from(error: LoadError) -> Broken {
        Broken::Faulty(Box::new(error))
    }
}

impl From<Failure> for Broken {
    fn from(failure: Failure) -> Broken {
        Broken::Unreadable(failure)
    }
}

/// Finds and reads configurations, each once.
pub struct Projects {
    builtin: Arc<Checker>,
    /// `--config`, or none at all with `--isolated`.
    fixed: Option<Arc<Project>>,
    by_folder: HashMap<PathBuf, Option<Arc<Project>>>,
    default: Option<Arc<Project>>,
    /// `--baseline`, which beats the one of the configuration.
    baseline: Option<Arc<Baseline>>,
    /// What could not be used, each once.
    pub broken: Vec<Broken>,
}

impl Projects {
    /// Looks above each file, unless `config` or `isolated` says otherwise.
    pub fn new(config: Option<&Path>, isolated: bool, baseline: Option<&Path>) -> Projects {
        let mut projects = Projects {
            builtin: Arc::new(Checker::builtin()),
            fixed: None,
            by_folder: HashMap::new(),
            default: None,
            baseline: None,
            broken: Vec::new(),
        };
        if let Some(path) = baseline {
            match read_baseline(path) {
                Ok(baseline) => projects.baseline = Some(Arc::new(baseline)),
                Err(broken) => projects.broken.push(broken),
            }
        }
        let here = std::env::current_dir().unwrap_or_default();
        if isolated {
            projects.fixed = Some(projects.plain(here));
        } else if let Some(path) = config {
            let read = projects.read(path);
            projects.fixed = Some(read.unwrap_or_else(|| projects.plain(here)));
        }
        projects
    }

    /// The checkers of every project met, and the built-in one where none was.
    pub fn checkers(&self) -> Vec<Arc<Checker>> {
        let all = self.by_folder.values().flatten().chain(&self.fixed).chain(&self.default);
        let mut checkers: Vec<Arc<Checker>> = Vec::new();
        for checker in all.map(|it| &it.checker).chain([&self.builtin]) {
            if !checkers.iter().any(|it| Arc::ptr_eq(it, checker)) {
                checkers.push(checker.clone());
            }
        }
        checkers
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
            true => match stays_within(&own, folder) {
                Ok(()) => self.read(&own),
                Err(failure) => {
                    self.broken.push(failure.into());
                    None
                }
            },
            false => match folder.parent() {
                Some(above) => self.of_folder(above),
                None => self.unconfigured(),
            },
        };
        self.by_folder.insert(folder.to_owned(), project.clone());
        project
    }

    fn plain(&self, root: PathBuf) -> Arc<Project> {
        let (checker, baseline) = (self.builtin.clone(), self.baseline.clone());
        Arc::new(Project::new(root, Config::default(), checker, baseline))
    }

    /// The project of guides with no configuration above them.
    fn unconfigured(&mut self) -> Option<Arc<Project>> {
        if self.default.is_none() {
            let here = std::env::current_dir().unwrap_or_default();
            let loaded = load(&here, None, &self.builtin, self.baseline.clone());
            self.default = self.keep(loaded);
        }
        self.default.clone()
    }

    fn read(&mut self, path: &Path) -> Option<Arc<Project>> {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let root = absolute.parent().unwrap_or(Path::new("/")).to_owned();
        let loaded = load(&root, Some(path), &self.builtin, self.baseline.clone());
        self.keep(loaded)
    }

    fn keep(&mut self, loaded: Result<Project, Vec<Broken>>) -> Option<Arc<Project>> {
        match loaded {
            Ok(project) => Some(Arc::new(project)),
            Err(broken) => {
                self.broken.extend(broken);
                None
            }
        }
    }
}

fn read_baseline(path: &Path) -> Result<Baseline, Broken> {
    Ok(Baseline::read(&files::shown(path), &read_text(path)?)?)
}

/// Reads a project: its configuration, then the packs in the order they are named, then its own folder; what comes
/// later beats what came before.
fn load(
    root: &Path,
    config: Option<&Path>,
    builtin: &Arc<Checker>,
    baseline: Option<Arc<Baseline>>,
) -> Result<Project, Vec<Broken>> {
    let one = |broken: Broken| vec![broken];
    let file = match config {
        Some(path) => {
            let text = read_text(path).map_err(|it| one(it.into()))?;
            ConfigFile::read(&files::shown(path), &text).map_err(|it| one(it.into()))?
        }
        None => ConfigFile::read(FILE_NAME, "").map_err(|it| one(it.into()))?,
    };
    let mut packs = Vec::new();
    let mut layers = Vec::new();
    let mut folders = Vec::new();
    for (at, folder) in file.extends().enumerate() {
        let folder = root.join(folder);
        let description = folder.join("pack.toml");
        if !description.is_file() {
            let message = format!("there is no pack: {} does not exist", files::shown(&description));
            return Err(one(file.fault_in_extends(at, &message).into()));
        }
        stays_within(&description, &folder).map_err(|it| one(it.into()))?;
        let text = read_text(&description).map_err(|it| one(it.into()))?;
        let pack = Pack::read(&files::shown(&description), &text, env!("CARGO_PKG_VERSION"));
        packs.push(pack.map_err(|it| one(it.into()))?);
        layers.push(Layer::read(&folder, &folder));
        folders.push(folder);
    }
    layers.push(Layer::read(&root.join(FOLDER_NAME), root));
    let own = Own::read(&layers, builtin)?;
    let mut metas: Vec<&RuleMeta> = own.rules.iter().map(Rule::meta).collect();
    metas.extend(builtin.rules().into_iter().filter(|ours| !own.rules.iter().any(|it| it.meta().name == ours.name)));
    let config = file.settle(&metas, &own.knowledge, &packs).map_err(|it| one(it.into()))?;
    let checker = own.checker(builtin, &config);
    let baseline = match (baseline, &config.baseline) {
        (Some(given), _) => Some(given),
        (None, Some(path)) if root.join(path).is_file() => {
            stays_within(&root.join(path), root).map_err(|it| one(it.into()))?;
            Some(Arc::new(read_baseline(&root.join(path)).map_err(one)?))
        }
        (None, _) => None,
    };
    Ok(Project { packs: folders, ..Project::new(root.to_owned(), config, checker, baseline) })
}

/// What the layers of a project bring.
struct Own {
    knowledge: Arc<Knowledge>,
    rules: Vec<declarative::Declared>,
}

impl Own {
    /// Reads the rules and the knowledge of these layers; a later rule of the same name replaces an earlier.
    fn read(layers: &[Layer], builtin: &Arc<Checker>) -> Result<Own, Vec<Broken>> {
        let mut broken: Vec<Broken> =
            layers.iter().flat_map(|it| &it.failures).map(|it| Broken::Unreadable(it.clone())).collect();
        let knowledge = knowledge(layers, builtin).map_err(|it| vec![it.into()])?;
        let mut rules: Vec<declarative::Declared> = Vec::new();
        for layer in layers {
            match rules_of(layer, &knowledge) {
                Ok(more) => {
                    for rule in more {
                        rules.retain(|it| it.meta().name != rule.meta().name);
                        rules.push(rule);
                    }
                }
                Err(errors) => broken.extend(errors.into_iter().map(Broken::from)),
            }
        }
        if broken.is_empty() { Ok(Own { knowledge, rules }) } else { Err(broken) }
    }

    /// A checker with all this over what is built in.
    fn checker(self, builtin: &Arc<Checker>, config: &Config) -> Arc<Checker> {
        let options = &config.options;
        let no_options = options.is_empty() && config.overrides.iter().all(|it| it.options.is_empty());
        let same_knowledge = Arc::ptr_eq(&self.knowledge, &builtin.shared_knowledge());
        if self.rules.is_empty() && same_knowledge && no_options {
            return builtin.clone();
        }
        let mut rules = builtin_rules_with(options);
        rules.retain(|ours| !self.rules.iter().any(|it| it.meta().name == ours.meta().name));
        rules.extend(self.rules.into_iter().map(|it| Box::new(it) as Box<dyn Rule>));
        Arc::new(Checker::with_overrides(self.knowledge, rules, options, &config.overrides))
    }
}

/// What is known with the files of these layers laid over it.
pub fn knowledge(layers: &[Layer], builtin: &Arc<Checker>) -> Result<Arc<Knowledge>, LoadError> {
    if layers.iter().all(|it| it.countries.is_empty() && it.guides.is_empty()) {
        return Ok(builtin.shared_knowledge());
    }
    let mut builder = Knowledge::builder();
    for layer in layers {
        for it in &layer.countries {
            builder = builder.country(it.shown.clone(), it.text.clone());
        }
        for it in &layer.guides {
            builder = builder.guide_kind(it.shown.clone(), it.text.clone());
        }
    }
    Ok(Arc::new(builder.build()?))
}

/// The rules of a layer.
pub fn rules_of(layer: &Layer, knowledge: &Knowledge) -> Result<Vec<declarative::Declared>, Vec<LoadError>> {
    let (mut rules, mut errors) = (Vec::<declarative::Declared>::new(), Vec::new());
    for (name, item) in &layer.rules {
        match declarative::read(name, &item.shown, &item.text, knowledge) {
            Ok(rule) => {
                let group = rule.meta().group().to_owned();
                if is_fixed_group(&group) {
                    errors.push(
                        rule.fault(&format!(
                            "the group `{group}` is built in: put the rule in a folder of another name"
                        )),
                    );
                } else if rules.iter().any(|it| it.meta().name == rule.meta().name) {
                    errors.push(rule.fault(&format!("another file brings a rule `{name}` already")));
                } else {
                    rules.push(rule);
                }
            }
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(rules) } else { Err(errors) }
}
