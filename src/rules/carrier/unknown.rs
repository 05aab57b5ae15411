use std::cell::OnceCell;
use std::collections::HashSet;

use super::abroad::{country_name, homes, is_brand_abroad};
use super::presented::{self, Candidate};
use crate::declare_rule;
use crate::diagnostic::{Argument, Confidence, Message, RuleMeta, RuleOption, Severity, Wording};
use crate::facts::folded;
use crate::host;
use crate::knowledge::CarrierKind;
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a name presented as a carrier that we do not know.
    ///
    /// ## Why
    /// A carrier that does not exist, or whose name is misspelt, sends readers to nobody. Often it is one we have yet to
    /// learn of: then a line in the country file helps everyone.
    ///
    /// ## How it decides
    /// The name begins an item of a list of carriers, stands in the carrier column of a table, in a row of carriers in a
    /// sentence, before a number in a row of such lines, or in "the carrier X offers". Regulators, shops, apps and travel
    /// eSIM sellers are no carriers and are left alone, and so is everything in countries whose carriers we do not know.
    /// Among network operators we know it is a warning. Among resellers and brands it is only information, for there are
    /// many and no list of them is complete; and so it is where no carrier we know stands beside it.
    ///
    /// ```md bad
    /// # How to cancel an Albanian SIM
    ///
    /// The mobile operators:
    ///
    /// - ONE Albania: 142
    /// - Vodafone Albania: 140
    /// - Telezani: 155
    /// ```
    ///
    /// ```md good
    /// # How to cancel an Albanian SIM
    ///
    /// The mobile operators:
    ///
    /// - ONE Albania: 142
    /// - Vodafone Albania: 140
    /// ```
    pub Unknown {
        name: "carrier/unknown",
        severity: Info,
        confidence: Medium,
        options: {
            known: Vec<String> = RuleOption::texts("known", "names of carriers that guidelint does not know and the project does"),
        },
        since: "0.1.0",
        wordings: [UNKNOWN, BESIDE, ABROAD, CHECK],
    }
}

static UNKNOWN: Wording = Wording::new(
    "carrier/unknown",
    "`{name}` is presented as a carrier, and we know none of that name in this country",
    "`{name}` 被列为运营商，但我们所知的该国运营商中没有这个名称",
);
static BESIDE: Wording = Wording::new("carrier/unknown.beside", "a carrier we know", "我们所知的运营商");
static ABROAD: Wording =
    Wording::new("carrier/unknown.abroad", "we know it in {countries}", "据我们所知它在{countries}经营");
static CHECK: Wording = Wording::new(
    "carrier/unknown.help",
    "check the spelling; if it is right, add the carrier to the country file with a source",
    "请核对拼写；若无误，请把该运营商连同来源加入国家文件",
);

impl Rule for Unknown {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        if cx.country().is_none() || !cx.subject.telecom {
            return;
        }
        let mut reported: HashSet<String> = HashSet::new();
        let regulators = OnceCell::new();
        for candidate in presented::names(cx) {
            let name = cx.guide.text(candidate.head).trim();
            let key = folded(name);
            if reported.contains(&key)
                || self.known.iter().any(|it| folded(it) == key)
                || is_regulator(regulators.get_or_init(|| names_of_regulators(cx)), &key)
                || is_domain(cx, &key)
            {
                continue;
            }
            reported.insert(key);
            report(cx, &candidate, name, findings);
        }
    }
}

fn report(cx: &Context<'_>, candidate: &Candidate, name: &str, findings: &mut Findings<'_>) {
    let abroad = cx.facts.carriers_in(candidate.head).map(|(_, it)| it).find(|it| is_brand_abroad(cx, it));
    let among_operators = !candidate.beside.is_empty() && candidate.beside.iter().all(|index| is_operator(cx, *index));
    let likely = among_operators && abroad.is_none();
    let mut finding = findings
        .report(cx.guide.prose.span(candidate.head), Message::new(&UNKNOWN).with("name", name))
        .severity(if likely { Severity::Warning } else { Severity::Info })
        .confidence(if likely { Confidence::Medium } else { Confidence::Low })
        .help(Message::new(&CHECK));
    for index in candidate.beside.iter().take(1) {
        finding = finding.label(cx.facts.carriers[*index].span, Message::new(&BESIDE));
    }
    if let Some(mention) = abroad {
        let names: Argument =
            homes(mention).iter().take(4).map(|code| Argument::from(country_name(cx, code))).collect();
        finding.because(Message::new(&ABROAD).with("countries", names));
    }
}

/// Whether a mention is none of today's resellers and brands.
fn is_operator(cx: &Context<'_>, index: usize) -> bool {
    let mut records = cx.facts.carriers[index].ids.iter().filter_map(|id| cx.knowledge.carrier(id));
    records.all(|it| it.kind == CarrierKind::Mno || !it.is_active())
}

fn names_of_regulators(cx: &Context<'_>) -> Vec<String> {
    cx.knowledge.regulators().iter().map(|it| folded(it)).collect()
}

/// A regulator, by its name or with its name in it.
fn is_regulator(regulators: &[String], name: &str) -> bool {
    let long = |text: &str| text.chars().count() >= 6 || !text.is_ascii();
    regulators.iter().any(|it| {
        it == name
            || name.split([' ', '-', '/']).any(|word| word == it)
            || (long(it) && name.contains(it))
            || (long(name) && it.contains(name))
    })
}

/// The label of a known carrier's domain: many go by it though nobody wrote it down as a name.
fn is_domain(cx: &Context<'_>, name: &str) -> bool {
    let domains = cx.country().into_iter().flat_map(|it| &it.carriers).flat_map(|it| &it.domains);
    domains.map(|it| host::registrable(it)).any(|it| it.split('.').next() == Some(name))
}
