//! What a project says about a rule: `"off"`, a severity, or a table with a severity and the rule's own options.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use toml::Spanned;

use super::selection::Selection;
use crate::diagnostic::{Diagnostic, OptionKind, OptionValue, RuleMeta, RuleOption, RuleOptions, Severity};
use crate::knowledge::{TomlFile, did_you_mean};

/// The `[rules]` of a configuration, a pack or an override.
pub(super) type RawRules = BTreeMap<Spanned<String>, RuleSetting>;

/// How a project wants a rule or a group.
#[derive(Clone, Debug, Default)]
pub(super) struct RuleSetting {
    /// `Some(None)` switches off.
    pub severity: Option<Option<Severity>>,
    options: Vec<(Spanned<String>, Spanned<RawValue>)>,
}

/// The value of an option before anybody asked what it may be.
#[derive(Clone, Debug)]
enum RawValue {
    Whole(i64),
    Flag(bool),
    Texts(Vec<Spanned<String>>),
    Other,
}

const WORDS: [&str; 4] = ["off", "info", "warning", "error"];

/// `off`, `info`, `warning` or `error`.
struct Level(Option<Severity>);

impl<'de> Deserialize<'de> for Level {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Level, D::Error> {
        level(&String::deserialize(deserializer)?)
    }
}

fn level<E: de::Error>(word: &str) -> Result<Level, E> {
    match word {
        "off" => Ok(Level(None)),
        _ => Severity::parse(word).map(|it| Level(Some(it))).ok_or_else(|| E::unknown_variant(word, &WORDS)),
    }
}

impl<'de> Deserialize<'de> for RuleSetting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RuleSetting, D::Error> {
        deserializer.deserialize_any(SettingVisitor)
    }
}

struct SettingVisitor;

impl<'de> Visitor<'de> for SettingVisitor {
    type Value = RuleSetting;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`off`, `info`, `warning` or `error` in quotes, or a table with `severity` and the rule's options")
    }

    fn visit_str<E: de::Error>(self, word: &str) -> Result<RuleSetting, E> {
        Ok(RuleSetting { severity: Some(level(word)?.0), options: Vec::new() })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RuleSetting, A::Error> {
        let mut setting = RuleSetting::default();
        while let Some(key) = map.next_key::<Spanned<String>>()? {
            match key.get_ref().as_str() {
                "severity" => setting.severity = Some(map.next_value::<Level>()?.0),
                _ => setting.options.push((key, map.next_value()?)),
            }
        }
        Ok(setting)
    }
}

impl<'de> Deserialize<'de> for RawValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RawValue, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = RawValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number, `true` or `false`, or a list of texts")
    }

    fn visit_i64<E>(self, value: i64) -> Result<RawValue, E> {
        Ok(RawValue::Whole(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<RawValue, E> {
        Ok(i64::try_from(value).map_or(RawValue::Other, RawValue::Whole))
    }

    fn visit_bool<E>(self, value: bool) -> Result<RawValue, E> {
        Ok(RawValue::Flag(value))
    }

    fn visit_f64<E>(self, _: f64) -> Result<RawValue, E> {
        Ok(RawValue::Other)
    }

    fn visit_str<E>(self, _: &str) -> Result<RawValue, E> {
        Ok(RawValue::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawValue, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(RawValue::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<RawValue, A::Error> {
        let mut texts = Vec::new();
        while let Some(text) = items.next_element::<Spanned<String>>()? {
            texts.push(text);
        }
        Ok(RawValue::Texts(texts))
    }
}

/// Severities by rule, as [`Selection`] wants them.
pub(super) fn severities(rules: &RawRules) -> BTreeMap<String, Option<Severity>> {
    rules.iter().filter_map(|(name, setting)| Some((name.get_ref().clone(), setting.severity?))).collect()
}

/// Lays the options of `rules` over those that are set; what is wrong is complained about elsewhere.
pub(super) fn lay_options(rules: &RawRules, metas: &[&RuleMeta], over: &mut RuleOptions) {
    for (name, setting) in rules {
        let declared = metas.iter().find(|meta| meta.name == *name.get_ref()).map_or(&[][..], |meta| meta.options);
        for (key, value) in &setting.options {
            let option = declared.iter().find(|it| it.name == key.get_ref());
            if let Some(value) = option.and_then(|it| fitted(it, value).ok()) {
                over.set(name.get_ref(), key.get_ref(), value);
            }
        }
    }
}

/// Everything that is set, as `(key, value as TOML, place)`.
pub(super) fn told(rules: &RawRules) -> Vec<(String, String, Range<usize>)> {
    let mut out = Vec::new();
    for (name, setting) in rules {
        let key = format!("rules.{:?}", name.get_ref());
        if let Some(severity) = setting.severity {
            out.push((key.clone(), format!("{:?}", severity.map_or("off", Severity::as_str)), name.span()));
        }
        for (option, value) in &setting.options {
            out.push((format!("{key}.{}", option.get_ref()), value.get_ref().shown(), option.span()));
        }
    }
    out
}

/// Names that are no rule, tables that set nothing, options that do not exist or cannot take their value.
pub(super) fn complaints(file: &TomlFile, rules: &RawRules, metas: &[&RuleMeta]) -> Vec<Diagnostic> {
    let mut out = unknown_rules(file, rules.keys(), metas);
    for (name, setting) in rules {
        if setting.severity.is_none() && setting.options.is_empty() {
            out.push(file.complaint(name.span(), "this sets nothing: give a `severity` or an option"));
        }
        let meta = metas.iter().find(|meta| meta.name == *name.get_ref());
        for (key, value) in &setting.options {
            match meta {
                Some(meta) => match meta.options.iter().find(|it| it.name == key.get_ref()) {
                    Some(option) => out.extend(fitted(option, value).err().map(|(at, it)| file.complaint(at, it))),
                    None => out.push(file.complaint(key.span(), unknown_option(meta, key.get_ref()))),
                },
                None if Selection::resolve(name.get_ref(), metas.iter().copied()).is_ok() => {
                    let message = format!("`{}` names several rules; an option belongs to one", name.get_ref());
                    out.push(file.complaint(key.span(), message));
                }
                None => {}
            }
        }
    }
    out
}

/// A complaint for each name that is no rule, no group and not `all`.
pub(super) fn unknown_rules<'a>(
    file: &TomlFile,
    names: impl Iterator<Item = &'a Spanned<String>>,
    metas: &[&RuleMeta],
) -> Vec<Diagnostic> {
    let unknown = |name: &Spanned<String>| {
        let error = Selection::resolve(name.get_ref(), metas.iter().copied()).err()?;
        Some(file.complaint(name.span(), error.to_string()))
    };
    names.filter_map(unknown).collect()
}

fn unknown_option(meta: &RuleMeta, wrong: &str) -> String {
    let known: Vec<&str> = meta.options.iter().map(|it| it.name).chain(["severity"]).collect();
    let near = did_you_mean(wrong, known.iter().copied()).map(|it| format!("; did you mean `{it}`?"));
    let list: Vec<String> = known.iter().map(|it| format!("`{it}`")).collect();
    let (name, list) = (&meta.name, list.join(", "));
    format!("`{name}` has no option `{wrong}`; it knows {list}{}", near.unwrap_or_default())
}

/// The value as the option takes it, or where and why it does not fit.
fn fitted(option: &RuleOption, value: &Spanned<RawValue>) -> Result<OptionValue, (Range<usize>, String)> {
    let wrong = || Err((value.span(), format!("`{}` takes {}", option.name, option.takes())));
    match (option.kind, value.get_ref()) {
        (OptionKind::Number { least, most, .. }, RawValue::Whole(given)) => {
            match u32::try_from(*given).ok().filter(|it| (least..=most).contains(it)) {
                Some(given) => Ok(OptionValue::Number(given)),
                None => wrong(),
            }
        }
        (OptionKind::Flag { .. }, RawValue::Flag(given)) => Ok(OptionValue::Flag(*given)),
        (OptionKind::Texts, RawValue::Texts(given)) => {
            if let Some(text) = given.iter().find(|it| it.get_ref().trim() != it.get_ref() || it.get_ref().is_empty()) {
                return Err((text.span(), "write a text without space around it".to_owned()));
            }
            Ok(OptionValue::Texts(given.iter().map(|it| it.get_ref().clone()).collect()))
        }
        (OptionKind::Choices(words), RawValue::Texts(given)) => {
            if let Some(text) = given.iter().find(|it| !words.contains(&it.get_ref().as_str())) {
                let near = did_you_mean(text.get_ref(), words.iter().copied());
                let near = near.map(|it| format!("; did you mean `{it}`?")).unwrap_or_default();
                return Err((text.span(), format!("`{}` takes {}{near}", option.name, option.takes())));
            }
            Ok(OptionValue::Texts(given.iter().map(|it| it.get_ref().clone()).collect()))
        }
        _ => wrong(),
    }
}

impl RawValue {
    fn shown(&self) -> String {
        match self {
            RawValue::Whole(it) => it.to_string(),
            RawValue::Flag(it) => it.to_string(),
            RawValue::Texts(it) => format!("{:?}", it.iter().map(Spanned::get_ref).collect::<Vec<_>>()),
            RawValue::Other => "…".to_owned(),
        }
    }
}
