use serde::Deserialize;
use toml::Spanned;

use super::globs;
use super::kinds::{self, KindSetting, RawKinds};
use super::overrides::{self, Override, RawOverride};
use super::pack::Pack;
use super::selection::{Selection, UnknownName};
use super::setting::{self, RawRules, unknown_rules};
use super::size::FileSize;
use crate::diagnostic::{Confidence, Diagnostic, RuleMeta, RuleOptions, Severity};
use crate::facts::SubjectHints;
use crate::knowledge::{Knowledge, LoadError, TomlFile};

/// What `guidelint.toml` says.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Which rules speak, and how loudly.
    pub selection: Selection,
    /// What it sets about single rules; they are constructed with it.
    pub options: RuleOptions,
    /// From which severity on a run fails.
    pub fail_on: Option<FailOn>,
    /// A run with more warnings fails.
    pub max_warnings: Option<usize>,
    /// Findings below it are dropped.
    pub min_confidence: Option<Confidence>,
    /// Larger guides are refused.
    pub max_file_size: Option<FileSize>,
    /// Days after which a fact that nobody has read again fails the run.
    pub max_age: Option<u32>,
    /// What every guide is taken to be about.
    pub hints: SubjectHints,
    /// Globs of files not to read.
    pub exclude: Vec<String>,
    /// File endings to read besides `.md`, `.markdown`, `.mdx`.
    pub extensions: Vec<String>,
    /// The baseline, relative to the configuration.
    pub baseline: Option<String>,
    /// Where the page of a rule is found, `{rule}` standing for its name.
    pub docs_url: Option<String>,
    /// Settings for some guides only.
    pub overrides: Vec<Override>,
    /// Settings for kinds of guides.
    pub kinds: Vec<KindSetting>,
    /// Where each setting came from.
    pub origins: Vec<Origin>,
}

/// From which severity on a run fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // The severities, and never.
pub enum FailOn {
    Error,
    Warning,
    Info,
    Never,
}

impl FailOn {
    /// The least severity that fails; `None` for never.
    pub fn least(self) -> Option<Severity> {
        match self {
            FailOn::Error => Some(Severity::Error),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Info => Some(Severity::Info),
            FailOn::Never => None,
        }
    }
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum RawConfidence {
    Low,
    Medium,
    High,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct RawConfig {
    extends: Vec<Spanned<String>>,
    select: Option<Vec<Spanned<String>>>,
    ignore: Vec<Spanned<String>>,
    fail_on: Option<Spanned<FailOn>>,
    max_warnings: Option<Spanned<usize>>,
    max_file_size: Option<Spanned<FileSize>>,
    min_confidence: Option<Spanned<RawConfidence>>,
    country: Option<Spanned<String>>,
    lang: Option<Spanned<String>>,
    exclude: Vec<Spanned<String>>,
    extensions: Vec<Spanned<String>>,
    baseline: Option<Spanned<String>>,
    docs_url: Option<Spanned<String>>,
    rules: RawRules,
    overrides: Vec<Spanned<RawOverride>>,
    kinds: RawKinds,
    promotion: RawPromotion,
    knowledge: RawKnowledge,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default, expecting = "a table with `max-age`")]
struct RawKnowledge {
    max_age: Option<Spanned<u32>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawPromotion {
    allow: Vec<Spanned<String>>,
}

/// A setting, what it is set to, and which line set it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The key, such as `fail-on` or `rules."phone/invalid"`.
    pub key: String,
    /// The value as TOML.
    pub value: String,
    /// `guidelint.toml:3`.
    pub origin: String,
}

/// `guidelint.toml`, read but not yet held against the rules there are: packs it extends may bring more.
#[derive(Clone, Debug)]
pub struct ConfigFile {
    file: TomlFile,
    raw: RawConfig,
}

impl ConfigFile {
    /// Reads the file; `path` is how messages call it.
    ///
    /// # Errors
    /// Broken TOML and unknown keys, with their places.
    pub fn read(path: &str, text: &str) -> Result<ConfigFile, LoadError> {
        let file = TomlFile::new(path, text);
        let raw = file.read()?;
        Ok(ConfigFile { file, raw })
    }

    /// The packs it extends, in order; later ones beat earlier ones.
    pub fn extends(&self) -> impl Iterator<Item = &str> {
        self.raw.extends.iter().map(|it| it.get_ref().as_str())
    }

    /// Points at the `at`th pack.
    pub fn fault_in_extends(&self, at: usize, message: &str) -> LoadError {
        self.file.error(self.raw.extends.get(at).map_or(0..0, Spanned::span), message)
    }

    /// Holds it against the rules there are, and lays it over the settings of `packs`.
    ///
    /// # Errors
    /// Rules, countries and kinds that do not exist, globs that cannot be read: with their places.
    pub fn settle(self, rules: &[&RuleMeta], knowledge: &Knowledge, packs: &[Pack]) -> Result<Config, LoadError> {
        for pack in packs {
            pack.file.verdict(setting::complaints(&pack.file, &pack.rules, rules))?;
        }
        self.file.verdict(self.complaints(rules, knowledge))?;
        let origins = self.origins(packs);
        let ConfigFile { raw, .. } = self;
        let mut selection = Selection::default();
        let mut options = RuleOptions::default();
        for each in packs.iter().map(|pack| &pack.rules).chain([&raw.rules]) {
            selection.lay_over(&setting::severities(each));
            setting::lay_options(each, rules, &mut options);
        }
        selection.ignore = plain(raw.ignore);
        selection.select = raw.select.map(plain);
        let overrides = raw.overrides.into_iter().map(|it| it.into_inner().settle(rules));
        Ok(Config {
            selection,
            options,
            overrides: overrides.collect(),
            fail_on: raw.fail_on.map(Spanned::into_inner),
            max_warnings: raw.max_warnings.map(Spanned::into_inner),
            min_confidence: raw.min_confidence.map(|it| confidence(it.into_inner())),
            max_file_size: raw.max_file_size.map(Spanned::into_inner),
            max_age: raw.knowledge.max_age.map(Spanned::into_inner),
            hints: SubjectHints {
                usual_country: raw.country.map(Spanned::into_inner),
                usual_language: raw.lang.map(Spanned::into_inner),
                allow: plain(raw.promotion.allow),
                ..SubjectHints::default()
            },
            kinds: kinds::settle(raw.kinds),
            exclude: plain(raw.exclude),
            extensions: plain(raw.extensions).into_iter().map(|it| it.trim_start_matches('.').to_owned()).collect(),
            baseline: raw.baseline.map(Spanned::into_inner),
            docs_url: raw.docs_url.map(Spanned::into_inner),
            origins,
        })
    }

    fn complaints(&self, rules: &[&RuleMeta], knowledge: &Knowledge) -> Vec<Diagnostic> {
        let (file, raw) = (&self.file, &self.raw);
        let names = raw.select.iter().flatten().chain(&raw.ignore);
        let mut out = unknown_rules(file, names, rules);
        out.extend(setting::complaints(file, &raw.rules, rules));
        let globs = raw.exclude.iter().chain(raw.overrides.iter().flat_map(|it| &it.get_ref().paths));
        for glob in globs {
            out.extend(globs::fault(glob.get_ref()).map(|it| file.complaint(glob.span(), it)));
        }
        let countries = raw.country.iter().chain(raw.overrides.iter().flat_map(|it| &it.get_ref().countries));
        for country in countries {
            let code = country.get_ref();
            if code.len() != 2 || !code.bytes().all(|it| it.is_ascii_uppercase()) {
                out.push(file.complaint(country.span(), "a country is two capital letters, such as `AL`"));
            } else if knowledge.generated.region(code).is_none() {
                out.push(file.complaint(country.span(), format!("there is no country `{code}`")));
            }
        }
        let languages = raw.lang.iter().chain(raw.overrides.iter().flat_map(|it| &it.get_ref().languages));
        for language in languages {
            if !is_language(language.get_ref()) {
                out.push(file.complaint(language.span(), "a language is written like `en` or `zh-Hant` (BCP 47)"));
            }
        }
        if let Some(days) = raw.knowledge.max_age.as_ref().filter(|it| !(1..=36_500).contains(it.get_ref())) {
            out.push(file.complaint(days.span(), "`max-age` is a number of days, from 1 to 36500"));
        }
        if let Some(url) = &raw.docs_url {
            let text = url.get_ref();
            let scheme = ["https://", "http://", "file://"].iter().any(|it| text.starts_with(it));
            if !scheme || !text.contains("{rule}") || text.chars().any(|c| c.is_whitespace() || c.is_control()) {
                let advice =
                    "write an address with `{rule}` where the rule's name goes, such as `https://docs.example/{rule}`";
                out.push(file.complaint(url.span(), advice));
            }
        }
        for entry in &raw.promotion.allow {
            if entry.get_ref().trim().is_empty() || entry.get_ref().contains("://") {
                let advice =
                    "write a domain, an account or an address without scheme, such as `shop.example` or `@name`";
                out.push(file.complaint(entry.span(), advice));
            }
        }
        out.extend(overrides::complaints(file, &raw.overrides, rules, knowledge));
        out.extend(kinds::complaints(file, &raw.kinds, &knowledge.kinds));
        out
    }

    fn origins(&self, packs: &[Pack]) -> Vec<Origin> {
        let raw = &self.raw;
        let mut out = Vec::new();
        let mut put = |file: &TomlFile, key: &str, value: String, span: std::ops::Range<usize>| {
            let source = file.source();
            let line = source.lines().line_of((span.start + source.body().1) as u32) + 1;
            let origin = format!("{}:{line}", source.path());
            out.retain(|it: &Origin| it.key != key);
            out.push(Origin { key: key.to_owned(), value, origin });
        };
        let quoted = |it: &Spanned<String>| format!("{:?}", it.get_ref());
        let lists = [
            ("extends", Some(&raw.extends)),
            ("select", raw.select.as_ref()),
            ("ignore", Some(&raw.ignore)),
            ("exclude", Some(&raw.exclude)),
            ("extensions", Some(&raw.extensions)),
            ("promotion.allow", Some(&raw.promotion.allow)),
        ];
        for (key, list) in lists {
            if let Some(first) = list.and_then(|it| it.first()) {
                let items: Vec<String> = list.into_iter().flatten().map(quoted).collect();
                put(&self.file, key, format!("[{}]", items.join(", ")), first.span());
            }
        }
        for (key, text) in
            [("country", &raw.country), ("lang", &raw.lang), ("baseline", &raw.baseline), ("docs-url", &raw.docs_url)]
        {
            if let Some(text) = text {
                put(&self.file, key, quoted(text), text.span());
            }
        }
        if let Some(it) = &raw.fail_on {
            let word = it.get_ref().least().map_or("never", Severity::as_str);
            put(&self.file, "fail-on", format!("{word:?}"), it.span());
        }
        if let Some(it) = &raw.max_warnings {
            put(&self.file, "max-warnings", it.get_ref().to_string(), it.span());
        }
        if let Some(it) = &raw.max_file_size {
            put(&self.file, "max-file-size", format!("{:?}", it.get_ref().to_string()), it.span());
        }
        if let Some(it) = &raw.knowledge.max_age {
            put(&self.file, "knowledge.max-age", it.get_ref().to_string(), it.span());
        }
        if let Some(it) = &raw.min_confidence {
            put(&self.file, "min-confidence", format!("{:?}", confidence(*it.get_ref()).as_str()), it.span());
        }
        let of_packs = packs.iter().map(|pack| (&pack.file, &pack.rules));
        for (file, rules) in of_packs.chain(std::iter::once((&self.file, &raw.rules))) {
            for (key, value, place) in setting::told(rules) {
                put(file, &key, value, place);
            }
        }
        for (key, value, span) in kinds::told(&raw.kinds).into_iter().chain(overrides::told(&raw.overrides)) {
            put(&self.file, &key, value, span);
        }
        out
    }
}

impl Config {
    /// Reads `guidelint.toml` of a project that extends nothing; `path` is how messages call it.
    ///
    /// # Errors
    /// Broken TOML, unknown keys, rules that do not exist, globs that cannot be read: with their places.
    pub fn read(path: &str, text: &str, rules: &[&RuleMeta], knowledge: &Knowledge) -> Result<Config, LoadError> {
        ConfigFile::read(path, text)?.settle(rules, knowledge, &[])
    }
}

fn plain(list: Vec<Spanned<String>>) -> Vec<String> {
    list.into_iter().map(Spanned::into_inner).collect()
}

fn confidence(raw: RawConfidence) -> Confidence {
    match raw {
        RawConfidence::Low => Confidence::Low,
        RawConfidence::Medium => Confidence::Medium,
        RawConfidence::High => Confidence::High,
    }
}

/// Two or three letters, and perhaps a script or a region.
/// Whether a text is written like a language (BCP 47): `en`, `zh-Hant`.
pub fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or("");
    (2..=3).contains(&first.len())
        && first.bytes().all(|it| it.is_ascii_lowercase())
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_alphanumeric()))
}

impl std::fmt::Display for UnknownName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "there is no rule or group `{}`", self.name)?;
        match &self.near {
            Some(near) => write!(f, "; did you mean `{near}`?"),
            None => Ok(()),
        }
    }
}
