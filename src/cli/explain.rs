//! `guidelint explain`: the documentation of a rule or a group.

use guidelint::diagnostic::RuleMeta;
use guidelint::knowledge::did_you_mean;

use super::{Outcome, output};

pub fn run(name: &str) -> Outcome {
    let checker = super::checker();
    let rules = checker.rules();
    let meant: Vec<&&RuleMeta> = rules.iter().filter(|meta| meta.name == name || meta.group() == name).collect();
    if meant.is_empty() {
        let known = rules.iter().flat_map(|meta| [meta.name.as_ref(), meta.group()]);
        let hint = match did_you_mean(name, known) {
            Some(near) => format!("; did you mean `{near}`?"),
            None => "; `guidelint rules` lists them".to_owned(),
        };
        output::complain(&format!("there is no rule or group `{name}`{hint}"));
        return Outcome::Failed;
    }
    let pages: Vec<String> = meant.into_iter().map(|meta| page(meta)).collect();
    output::print(&pages.join("\n"));
    Outcome::Clean
}

/// The documentation of a rule as it is read at a terminal, and as it stands in `docs/rules/`.
pub fn page(meta: &RuleMeta) -> String {
    guidelint::docs::rule_page(meta)
}
