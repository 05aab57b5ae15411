use crate::declare_rule;
use crate::diagnostic::{Message, RuleMeta, Severity, Wording};
use crate::guide::Guide;
use crate::host;
use crate::knowledge::{Need, RequiredContent, Role, SectionNeed};
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a section that a guide of its kind owes its reader and does not have.
    ///
    /// ## Why
    /// A guide to cancelling a SIM without the steps, or without saying where its facts come from, leaves its reader
    /// where he was.
    ///
    /// ## How it decides
    /// The kind is recognised from the front matter or the title, and `rules/guides/<kind>.toml` says what it owes.
    /// A section counts by its heading, in the guide's language, or by its content under another heading: numbered
    /// steps are steps wherever they stand. What is required is a warning, what is recommended an info. A text without a recognised kind
    /// owes nothing. When it was last checked is the business of `date/missing`.
    ///
    /// ```md bad
    /// # How to cancel an Albanian SIM
    ///
    /// It is easy. Just do it.
    /// ```
    ///
    /// ```md good
    /// # How to cancel an Albanian SIM
    ///
    /// ## Steps
    ///
    /// 1. Take your passport to a shop.
    /// 2. Ask for the line to be closed.
    ///
    /// ## Contacts
    ///
    /// Call Vodafone Albania at 140.
    ///
    /// ## Fees
    ///
    /// The shop asks you to pay what is owed.
    ///
    /// ## What you need
    ///
    /// - your passport
    ///
    /// ## Frequently asked questions
    ///
    /// Can I keep the number? Yes.
    ///
    /// ## Sources
    ///
    /// - [General legal information](https://www.vodafone.al/en/informacion-ligjor/)
    ///
    /// Last checked: 2026-11-01
    /// ```
    pub Missing {
        name: "section/missing",
        severity: Warning,
        confidence: Medium,
        since: "0.1.0",
        wordings: [REQUIRED, RECOMMENDED, KIND, ADD],
    }
}

static REQUIRED: Wording = Wording::new(
    "section/missing",
    "a guide to {kind} needs a section with {role}",
    "关于{kind}的指南需要有“{role}”部分",
);
static RECOMMENDED: Wording = Wording::new(
    "section/missing.recommended",
    "a guide to {kind} should have a section with {role}",
    "关于{kind}的指南最好有“{role}”部分",
);
static KIND: Wording = Wording::new(
    "section/missing.kind",
    "recognised as `{kind}`; see rules/guides/{kind}.toml",
    "识别为 `{kind}` 类指南；见 rules/guides/{kind}.toml",
);
static ADD: Wording =
    Wording::new("section/missing.help", "add a section such as “{heading}”", "请补上一个部分，例如“{heading}”");

impl Rule for Missing {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let kinds = &cx.knowledge.kinds;
        let Some(kind) = cx.subject.kind.as_deref().and_then(|name| kinds.kind(name)) else { return };
        for section in &kind.sections {
            let role = &kinds.roles[section.role];
            if section.need == Need::Optional || role.name == "last-checked" || is_there(cx, section, role) {
                continue;
            }
            let (wording, severity) = match section.need {
                Need::Required => (&REQUIRED, Severity::Warning),
                _ => (&RECOMMENDED, Severity::Info),
            };
            let language = cx.subject.language.key();
            let worded = |titles: &std::collections::BTreeMap<String, String>| crate::rules::kind_title(titles);
            let message =
                Message::new(wording).with("kind", worded(&kind.title)).with("role", worded(&role.title));
            let mut finding = findings
                .report(cx.guide.anchor(), message)
                .severity(severity)
                .absent(role.name.as_str())
                .because(Message::new(&KIND).with("kind", kind.name.as_str()));
            if let Some(heading) = role.offered_heading(language) {
                finding = finding.help(Message::new(&ADD).with("heading", heading));
            }
            drop(finding);
        }
    }
}

fn is_there(cx: &Context<'_>, section: &SectionNeed, role: &Role) -> bool {
    cx.facts.roles.iter().any(|(_, found)| usize::from(*found) == section.role)
        || (role.by_content && role.content.iter().any(|content| holds(cx, *content)))
}

/// Whether the guide holds such content anywhere.
fn holds(cx: &Context<'_>, content: RequiredContent) -> bool {
    let guide = cx.guide;
    match content {
        RequiredContent::OrderedList => guide.lists.iter().any(|list| list.ordered && list.items >= 2),
        RequiredContent::NumberedHeadings => numbered_headings(guide) >= 2,
        RequiredContent::List => guide.lists.iter().any(|list| list.items >= 2),
        RequiredContent::Table => guide.tables.iter().any(|table| table.rows > 0),
        RequiredContent::PhoneNumber => !cx.facts.numbers.is_empty(),
        RequiredContent::Link => !cx.facts.links.is_empty(),
        RequiredContent::ExternalLink => {
            cx.facts.links.iter().any(|link| host::of(&link.url).is_some() && link.channel.is_none())
        }
        RequiredContent::Price => false,
        RequiredContent::Date => !cx.facts.dates.is_empty(),
        RequiredContent::Question => guide
            .sections
            .iter()
            .any(|it| it.heading.is_some() && guide.text(it.title).trim_end().ends_with(['?', '？', '؟'])),
    }
}

/// Headings that begin with a number: "### 1. …", "第一步", "Step 2".
fn numbered_headings(guide: &Guide) -> usize {
    let numbered = |title: &str| {
        let first = title.trim_start().trim_start_matches(|c: char| !c.is_alphanumeric());
        let word: String = first.chars().take_while(|c| !c.is_whitespace()).collect();
        let rest = first[word.len()..].trim_start();
        first.starts_with(|c: char| c.is_numeric())
            || first.starts_with('第')
            || first.starts_with(['一', '二', '三', '四', '五'])
            || rest.starts_with(|c: char| c.is_numeric())
    };
    guide.sections.iter().filter(|it| it.heading.is_some() && numbered(guide.text(it.title))).count()
}
