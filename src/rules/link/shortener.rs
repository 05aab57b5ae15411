use std::collections::BTreeMap;

use crate::declare_rule;
use crate::diagnostic::{Message, RuleMeta, RuleOption, Wording};
use crate::facts::LinkMention;
use crate::rule::{Context, Findings, Rule};
use crate::text::Span;

declare_rule! {
    /// Flags a link that hides where it leads.
    ///
    /// ## Why
    /// Behind a short address may stand anything, and tomorrow something else. A reader cannot tell a carrier's page from a trap.
    ///
    /// ## How it decides
    /// In a guide about mobile service, the host of the link is one that only shortens (`rules/links/shorteners.toml`). Short
    /// hosts that a company uses for its own pages alone are not in that list. A reference link is reported at its definition.
    ///
    /// ```md bad
    /// # How to top up a Thai SIM
    ///
    /// Pay [here](https://bit.ly/3example).
    /// ```
    ///
    /// ```md good
    /// # How to top up a Thai SIM
    ///
    /// See the [map](https://maps.app.goo.gl/3example).
    /// ```
    pub Shortener {
        name: "link/shortener",
        severity: Warning,
        confidence: High,
        options: {
            hosts: Vec<String> = RuleOption::texts("hosts", "hosts that shorten as well, such as `go.example`"),
        },
        since: "0.1.0",
        wordings: [HIDES, REPLACE, USED],
    }
}

static HIDES: Wording =
    Wording::new("link/shortener", "`{host}` hides where this link leads", "`{host}` 隐藏了链接的真实去向");
static REPLACE: Wording = Wording::new("link/shortener.help", "link the page itself", "请直接链接目标页面");
static USED: Wording = Wording::new("link/shortener.used", "used here", "在此处使用");

impl Rule for Shortener {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        if !cx.subject.telecom {
            return;
        }
        let mut defined: BTreeMap<Span, Vec<&LinkMention>> = BTreeMap::new();
        for link in cx.facts.links.iter().filter(|it| it.allowed.is_none()) {
            let Some(address) = link.leads_to() else { continue };
            // The bare host is the shortener's own page.
            if address.path.len() < 2 || !self.shortens(cx, &address.host) {
                continue;
            }
            match link.definition {
                Some(definition) => defined.entry(definition).or_default().push(link),
                None => report(findings, link.span, &address.host, &[]),
            }
        }
        for (definition, uses) in defined {
            report(findings, definition, uses[0].host(), &uses);
        }
    }
}

impl Shortener {
    fn shortens(&self, cx: &Context<'_>, host: &str) -> bool {
        cx.knowledge.promotion.shorteners.contains(host) || self.hosts.iter().any(|it| it.eq_ignore_ascii_case(host))
    }
}

fn report(findings: &mut Findings<'_>, span: Span, host: &str, uses: &[&LinkMention]) {
    let mut finding = findings.report(span, Message::new(&HIDES).with("host", host)).help(Message::new(&REPLACE));
    for link in uses {
        finding = finding.label(link.span, Message::new(&USED));
    }
}
