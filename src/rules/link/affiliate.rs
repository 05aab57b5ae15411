use std::collections::BTreeMap;

use crate::declare_rule;
use crate::diagnostic::{Message, RuleMeta, RuleOption, Severity, Wording};
use crate::facts::LinkMention;
use crate::knowledge::CueSet;
use crate::rule::{Context, Findings, Rule};
use crate::text::Span;

use super::referrer::{self, Referrer};

declare_rule! {
    /// Flags a link that pays whoever placed it.
    ///
    /// ## Why
    /// A writer who is paid per customer recommends what pays. Readers may be told so; many guides do not tell them.
    ///
    /// ## How it decides
    /// In a guide about mobile service, a link counts when its query or its fragment has a parameter that names a referrer, its path
    /// has such a segment with a code after it, or its host is one that only passes clicks on (all in
    /// `rules/links/affiliates.toml`). Where the guide says anywhere that its links pay, the finding is only an information.
    /// Shops whose plain product pages look alike (`/dp/…`) need the paying parameter. A reference link is reported at its
    /// definition.
    ///
    /// ```md bad
    /// # Which SIM to buy in Spain
    ///
    /// Order [this SIM](https://shop.example/cards?aff_id=20417).
    /// ```
    ///
    /// ```md good
    /// # Which SIM to buy in Spain
    ///
    /// Compare the [plans](https://shop.example/cards?page=2).
    /// ```
    pub Affiliate {
        name: "link/affiliate",
        severity: Warning,
        confidence: High,
        options: {
            parameters: Vec<String> = RuleOption::texts("parameters", "parameters of an address that name a referrer as well, such as `partner`"),
        },
        since: "0.1.0",
        wordings: [PAYS, DISCLOSED, PARAMETER, PATH, HOST, REPLACE, USED],
    }
}

static PAYS: Wording = Wording::new(
    "link/affiliate",
    "this link pays whoever placed it, and the guide does not say so",
    "此链接会给放置者带来佣金，而文中没有说明",
);
static DISCLOSED: Wording = Wording::new(
    "link/affiliate.disclosed",
    "this link pays whoever placed it; the guide says so",
    "此链接会给放置者带来佣金；文中已说明",
);
static PARAMETER: Wording = Wording::new(
    "link/affiliate.parameter",
    "`{part}` in the address names a referrer",
    "地址中的 `{part}` 指明推荐人",
);
static PATH: Wording =
    Wording::new("link/affiliate.path", "`{part}/…` in the path is a referrer's code", "路径中的 `{part}/…` 是推荐码");
static HOST: Wording = Wording::new(
    "link/affiliate.host",
    "`{part}` passes clicks on and pays for them",
    "`{part}` 是按点击或成交付费的跳转域名",
);
static REPLACE: Wording = Wording::new(
    "link/affiliate.help",
    "link the page without the code, or say that the link pays",
    "请改用不带推荐码的地址，或注明这是推广链接",
);
static USED: Wording = Wording::new("link/affiliate.used", "used here", "在此处使用");

impl Rule for Affiliate {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        if !cx.subject.telecom {
            return;
        }
        let disclosed = cx.facts.speaks_of(CueSet::Disclosure);
        let mut defined: BTreeMap<Span, (Referrer, Vec<&LinkMention>)> = BTreeMap::new();
        for link in cx.facts.links.iter().filter(|it| it.allowed.is_none()) {
            let Some(referrer) = referrer::of(cx, link).or_else(|| self.own_parameter(link)) else { continue };
            match link.definition {
                Some(definition) => defined.entry(definition).or_insert((referrer, Vec::new())).1.push(link),
                None => report(findings, link.span, &referrer, &[], disclosed),
            }
        }
        for (definition, (referrer, uses)) in defined {
            report(findings, definition, &referrer, &uses, disclosed);
        }
    }
}

impl Affiliate {
    /// A parameter that the project says pays.
    fn own_parameter(&self, link: &LinkMention) -> Option<Referrer> {
        let address = link.address.as_ref().filter(|it| it.scheme.starts_with("http"))?;
        let wanted = |name: &String| self.parameters.iter().any(|it| it.eq_ignore_ascii_case(name));
        let (name, _) = address.query.iter().find(|(name, value)| wanted(name) && !value.is_empty())?;
        Some(Referrer::Parameter(name.clone()))
    }
}

fn report(findings: &mut Findings<'_>, span: Span, referrer: &Referrer, uses: &[&LinkMention], disclosed: bool) {
    let (wording, part) = match referrer {
        Referrer::Parameter(part) => (&PARAMETER, part),
        Referrer::Path(part) => (&PATH, part),
        Referrer::Host(part) => (&HOST, part),
    };
    let mut finding = findings
        .report(span, Message::new(if disclosed { &DISCLOSED } else { &PAYS }))
        .severity(if disclosed { Severity::Info } else { Severity::Warning })
        .because(Message::new(wording).with("part", part.as_str()))
        .help(Message::new(&REPLACE));
    for link in uses {
        finding = finding.label(link.span, Message::new(&USED));
    }
}
