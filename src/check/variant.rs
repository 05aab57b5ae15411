//! Rules as some guides want them: an override may set other options than the project does.

use super::overrides::Override;
use crate::diagnostic::RuleOptions;
use crate::rule::Rule;
use crate::rules;

/// A rule with other options.
struct Variant {
    /// The index of the rule it stands for.
    of: usize,
    options: RuleOptions,
    rule: Box<dyn Rule>,
}

/// Every way of setting up a rule that some guide may ask for, beside the common one.
#[derive(Default)]
pub(super) struct Variants {
    common: RuleOptions,
    list: Vec<Variant>,
}

impl Variants {
    /// Each subset of the overrides may hold for a guide; of the options that come of it, each is set up once.
    pub(super) fn new(rules: &[Box<dyn Rule>], common: &RuleOptions, overrides: &[Override]) -> Variants {
        let mut list: Vec<Variant> = Vec::new();
        for (of, rule) in rules.iter().enumerate().filter(|(_, rule)| !rule.meta().options.is_empty()) {
            let name = rule.meta().name.as_ref();
            let usual = common.of(name);
            let mut wanted = vec![usual.clone()];
            for own in overrides.iter().map(|it| it.options.of(name)).filter(|it| !it.is_empty()) {
                let laid: Vec<RuleOptions> = wanted.iter().map(|it| it.with(&own)).collect();
                for options in laid {
                    if !wanted.contains(&options) {
                        wanted.push(options);
                    }
                }
            }
            for options in wanted.into_iter().filter(|it| *it != usual) {
                let built = rules::builtin_with(&options).into_iter().find(|it| it.meta().name == name);
                list.extend(built.map(|rule| Variant { of, options, rule }));
            }
        }
        Variants { common: common.clone(), list }
    }

    /// All of them; their indices go on where those of the rules end.
    pub(super) fn rules(&self) -> impl Iterator<Item = &dyn Rule> {
        self.list.iter().map(|it| it.rule.as_ref())
    }

    /// The one to take for a rule where these overrides hold, and its index among the variants.
    pub(super) fn instead_of(&self, of: usize, name: &str, holding: &[&Override]) -> Option<(usize, &dyn Rule)> {
        if self.list.is_empty() || holding.is_empty() {
            return None;
        }
        let options = holding.iter().fold(self.common.of(name), |options, it| options.with(&it.options.of(name)));
        let at = self.list.iter().position(|it| it.of == of && it.options == options)?;
        Some((at, self.list[at].rule.as_ref()))
    }
}
