use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, RuleMeta, Severity};
use crate::knowledge::did_you_mean;

/// Which rules speak, and how loudly. Names are rules, groups or `all`.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// What runs; `None` means what is on by default.
    pub select: Option<Vec<String>>,
    /// What does not run after all.
    pub ignore: Vec<String>,
    /// Rules and groups with a severity of their own; `None` switches off. The name of a rule beats that of its group.
    pub severities: BTreeMap<String, Option<Severity>>,
}

/// A name that is no rule, no group and not `all`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName {
    /// The name.
    pub name: String,
    /// The nearest known one.
    pub near: Option<String>,
}

/// Whether `name` (a rule, a group or `all`) means the rule called `rule`.
pub(super) fn covers(name: &str, rule: &str) -> bool {
    name == "all" || name == rule || rule.split_once('/').is_some_and(|(group, _)| group == name)
}

impl Selection {
    /// Whether a rule runs.
    pub fn runs(&self, meta: &RuleMeta) -> bool {
        let chosen = match &self.select {
            Some(names) => names.iter().any(|name| covers(name, &meta.name)),
            None => match self.setting(&meta.name) {
                Some(setting) => setting.is_some(),
                None => meta.on_by_default,
            },
        };
        let off = matches!(self.setting(&meta.name), Some(None));
        chosen && !off && !self.ignore.iter().any(|name| covers(name, &meta.name))
    }

    fn setting(&self, rule: &str) -> Option<Option<Severity>> {
        if self.severities.is_empty() {
            return None;
        }
        let group = rule.split('/').next().unwrap_or("");
        let all = || self.severities.get("all");
        self.severities.get(rule).or_else(|| self.severities.get(group)).or_else(all).copied()
    }

    /// Lays other severities over these: a group set there beats its rules set here.
    pub(super) fn lay_over(&mut self, severities: &BTreeMap<String, Option<Severity>>) {
        self.severities.retain(|rule, _| !severities.keys().any(|name| !name.contains('/') && covers(name, rule)));
        self.severities.extend(severities.iter().map(|(name, severity)| (name.clone(), *severity)));
    }

    /// Forgets what is switched off, for somebody who selects by hand.
    pub fn forget_off(&mut self) {
        self.severities.retain(|_, severity| severity.is_some());
    }

    /// Gives a finding the severity the project wants.
    pub fn adjust(&self, diagnostic: &mut Diagnostic) {
        if let Some(Some(severity)) = self.setting(&diagnostic.rule) {
            diagnostic.severity = severity;
        }
    }

    /// Checks that a name means something.
    ///
    /// # Errors
    /// The name, with the nearest known one.
    pub fn resolve<'a>(name: &str, rules: impl IntoIterator<Item = &'a RuleMeta>) -> Result<(), UnknownName> {
        let mut known: Vec<String> = vec!["all".to_owned()];
        for meta in rules {
            if covers(name, &meta.name) {
                return Ok(());
            }
            known.push(meta.name.to_string());
            known.push(meta.group().to_owned());
        }
        known.dedup();
        let near = did_you_mean(name, known.iter().map(String::as_str)).map(str::to_owned);
        Err(UnknownName { name: name.to_owned(), near })
    }
}
