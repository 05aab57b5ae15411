use std::cell::OnceCell;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::official;
use crate::declare_rule;
use crate::diagnostic::{Confidence, Message, RuleMeta, Wording};
use crate::facts::{Class, class, folded};
use crate::knowledge::Carrier;
use crate::rule::{Context, Findings, Memory, Rule};

declare_rule! {
    /// Flags a domain that imitates a carrier's.
    ///
    /// ## Why
    /// Whoever registers a name one letter beside a carrier's wants its readers' passwords, codes or money.
    ///
    /// ## How it decides
    /// The registered name is held against the domains and names of the guide's carriers. It imitates one when it looks the
    /// same (digits for letters, letters of other scripts), is one typing slip away from a name of six letters or more, is
    /// the name with words such as `official` or `sim` or the country added, or is the bare name under a suffix that costs
    /// nothing; or when the carrier's whole domain stands in front of another. Of names that are ordinary words only those
    /// that look the same, or have words of telecom added, are held to imitate. A domain or brand that we know to be somebody else's imitates nobody.
    ///
    /// ```md bad
    /// # How to cancel an Albanian SIM
    ///
    /// Sign in at [Vodafone](https://vodafone-al.shop/login).
    /// ```
    ///
    /// ```md good
    /// # How to cancel an Albanian SIM
    ///
    /// Sign in at [Vodafone](https://www.vodafone.al/).
    /// ```
    pub Lookalike {
        name: "link/lookalike",
        severity: Error,
        confidence: High,
        remembers: { labels: Memory<Option<String>, [Label]> },
        since: "0.1.0",
        wordings: [IMITATES, LOOKS_SAME, ONE_SLIP, ADDED, SUFFIX, IN_FRONT, USE],
    }
}

static IMITATES: Wording = Wording::new("link/lookalike", "`{host}` imitates {carrier}", "`{host}` 仿冒 {carrier}");
static LOOKS_SAME: Wording = Wording::new("link/lookalike.same", "it reads as `{label}`", "看上去就是 `{label}`");
static ONE_SLIP: Wording =
    Wording::new("link/lookalike.slip", "one letter away from `{label}`", "与 `{label}` 只差一个字母");
static ADDED: Wording = Wording::new("link/lookalike.added", "`{label}` with words added", "在 `{label}` 上加了词");
static SUFFIX: Wording = Wording::new(
    "link/lookalike.suffix",
    "`{label}` under a suffix anybody can register cheaply",
    "`{label}` 加上谁都能廉价注册的后缀",
);
static IN_FRONT: Wording = Wording::new(
    "link/lookalike.in-front",
    "it begins like an address of `{label}`, but all of it belongs to `{domain}`",
    "开头像 `{label}` 的网址，其实整个属于 `{domain}`",
);
static USE: Wording = Wording::new("link/lookalike.help", "link to {domain} instead", "请改为链接到 {domain}");

/// Shortest name that an imitation by one slip can be told from another word.
const SLIP: usize = 6;

impl Rule for Lookalike {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        if !cx.subject.telecom || cx.facts.links.is_empty() {
            return;
        }
        let known: OnceCell<Arc<[Label]>> = OnceCell::new();
        let labels =
            || known.get_or_init(|| self.labels.get(cx.country().map(|it| it.code.clone()), || labels(cx).into()));
        let brands = OnceCell::new();
        let mut judged: BTreeMap<&str, Option<(usize, &'static Wording)>> = BTreeMap::new();
        for link in &cx.facts.links {
            let Some(host) = official::host_of(link) else { continue };
            let verdict = *judged.entry(host).or_insert_with(|| {
                // Nearly every host is known, and then nobody need ask what it looks like.
                if cx.knowledge.is_carrier_host(host) || official::is_neutral(cx, host) {
                    return None;
                }
                judge(cx, host, labels(), &brands)
            });
            let Some((at, how)) = verdict else { continue };
            let Label { text: label, carrier, .. } = &labels()[at];
            let Some(carrier) = cx.knowledge.carrier(carrier) else { continue };
            let sure = [&LOOKS_SAME, &ONE_SLIP, &IN_FRONT].iter().any(|it| std::ptr::eq(how, *it));
            let statement =
                Message::new(how).with("label", label.as_str()).with("domain", crate::host::registrable(host));
            let finding = findings
                .report(link.span, Message::new(&IMITATES).with("host", host).with("carrier", carrier.display_name()))
                .confidence(if sure { Confidence::High } else { Confidence::Medium })
                .according_to(statement, &carrier.sources[..carrier.sources.len().min(1)]);
            if let Some(domain) = carrier.domains.first() {
                finding.help(Message::new(&USE).with("domain", domain.as_str()));
            }
        }
    }
}

/// A name that can be imitated.
struct Label {
    text: String,
    /// What it looks like at a glance.
    seen: String,
    /// The id of who bears it.
    carrier: String,
    /// Also an ordinary word: others may well have it in their domains.
    word: bool,
}

/// Labels of domains and plain names of the carriers of the guide's country, or of all.
fn labels(cx: &Context<'_>) -> Vec<Label> {
    let own: Vec<_> = cx.country().into_iter().collect();
    let countries = if own.is_empty() { cx.knowledge.countries().collect() } else { own };
    let mut labels: Vec<Label> = Vec::new();
    for carrier in countries.into_iter().flat_map(|it| &it.carriers).filter(|it| it.is_active()) {
        let words: Vec<String> = carrier.ambiguous.iter().map(|it| plain(it)).collect();
        let domains = carrier.domains.iter().map(|it| official::label_of(it).0.replace('-', ""));
        let names = carrier.names.iter().map(|it| plain(&it.text));
        for text in domains.chain(names) {
            let ascii = text.len() >= 5 && text.bytes().all(|it| it.is_ascii_alphanumeric());
            if ascii && !labels.iter().any(|known| known.text == text) {
                let word = words.contains(&text);
                labels.push(Label { seen: skeleton(&text), text, carrier: carrier.id.clone(), word });
            }
        }
    }
    labels
}

/// A name as it stands in a domain: small letters and digits, nothing between them.
fn plain(name: &str) -> String {
    folded(name).chars().filter(|&c| class(c) == Class::Word).collect()
}

/// Which name a host imitates, and how, if it is nobody's that we know.
fn judge(
    cx: &Context<'_>,
    host: &str,
    labels: &[Label],
    brands: &OnceCell<HashSet<String>>,
) -> Option<(usize, &'static Wording)> {
    let (own, suffix) = official::label_of(host);
    let shown = crate::host::to_unicode(own);
    let bare = own.replace('-', "");
    let seen = skeleton(&shown);
    let cheap = cx.knowledge.imitation.suffixes.iter().any(|it| it == suffix);
    let is_dressed = cheap || own.contains('-');
    let front = host.strip_suffix(crate::host::registrable(host)).map_or("", |it| it.trim_end_matches('.'));
    let found = labels.iter().enumerate().find_map(|(at, Label { text: label, seen: looks, word, carrier })| {
        let how = if *label == bare {
            (cheap && !word).then_some(&SUFFIX)
        } else if seen == *looks {
            Some(&LOOKS_SAME)
        } else if label.len() >= SLIP && !word && bare.len().abs_diff(label.len()) <= 1 && is_slip(&bare, label) {
            Some(&ONE_SLIP)
        } else if is_dressed
            && (!word || (label.len() >= SLIP && speaks_of_telecom(cx, own, label)))
            && is_dressed_up(cx, own, label, suffix)
        {
            Some(&ADDED)
        } else if !word && front.contains('.') && stands_in_front(front, label, cx.knowledge.carrier(carrier)) {
            Some(&IN_FRONT)
        } else {
            None
        };
        how.map(|how| (at, how))
    })?;
    // Another company is no imitation. The carrier's own label is handled before: only the bare name under a cheap suffix
    // gets here as itself.
    let itself = labels.iter().any(|known| known.text == bare);
    let is_brand = || !itself && brands.get_or_init(|| self::brands(cx)).contains(&bare);
    (!is_brand()).then_some(found)
}

/// `vodafone.al.example.com`: the carrier's domain, or its name and a suffix, before the domain that counts.
fn stands_in_front(front: &str, label: &str, carrier: Option<&Carrier>) -> bool {
    let holds = |domain: &str| format!(".{front}.").contains(&format!(".{domain}."));
    carrier.is_some_and(|it| it.domains.iter().any(|it| holds(it)))
        || ["com", "net", "org"].iter().any(|it| holds(&format!("{label}.{it}")))
}

/// Whether a word of telecom is added to a name that is an ordinary word: `orange-sim`, but not `orange-shop`.
fn speaks_of_telecom(cx: &Context<'_>, own: &str, label: &str) -> bool {
    let rest = own.replacen(label, "-", 1);
    rest.split('-').any(|part| cx.knowledge.imitation.telecom_words.iter().any(|it| it == part))
}

/// One letter more, fewer, other, or two swapped.
fn is_slip(one: &str, other: &str) -> bool {
    strsim::osa_distance(one, other) == 1
}

/// The name and words around it: `name-official`, `al-name-sim`; without hyphens only under a cheap suffix.
fn is_dressed_up(cx: &Context<'_>, own: &str, label: &str, suffix: &str) -> bool {
    let cheap = cx.knowledge.imitation.suffixes.iter().any(|it| it == suffix);
    let hyphens = own.contains('-');
    if !(hyphens || cheap && own.contains(label)) {
        return false;
    }
    let code = cx.subject.country.as_deref().unwrap_or("").to_ascii_lowercase();
    let english = cx.subject.country.as_deref().and_then(|it| cx.knowledge.generated.country_name(it, "en"));
    let place = english.map(plain).unwrap_or_default();
    let is_added = |word: &str| {
        word.is_empty() || word == code || word == place || cx.knowledge.imitation.words.iter().any(|it| it == word)
    };
    if hyphens {
        let parts: Vec<&str> = own.split('-').collect();
        // The name itself may have a hyphen: try every run of parts.
        return (0..parts.len()).any(|from| {
            (from + 1..=parts.len()).any(|to| {
                to - from < parts.len()
                    && parts[from..to].concat() == label
                    && parts[..from].iter().chain(&parts[to..]).all(|it| is_added(it))
                    && (cheap || parts[..from].iter().chain(&parts[to..]).any(|it| *it != code && *it != place))
            })
        });
    }
    cheap && own.find(label).is_some_and(|at| is_added(&own[..at]) && is_added(&own[at + label.len()..]))
}

/// What a name looks like at a glance: letters that are mistaken for one another become one.
fn skeleton(label: &str) -> String {
    let text = label.replace("rn", "m").replace("vv", "w");
    text.chars()
        .filter(|c| *c != '-')
        .map(|c| match c {
            '0' | 'о' | 'ο' => 'o',
            '1' | 'l' | 'i' | 'ı' | 'і' | '|' | 'ⅼ' => 'l',
            '3' | 'е' | 'ё' => 'e',
            '5' | 'ѕ' => 's',
            '4' | 'а' | 'α' => 'a',
            'р' | 'ρ' => 'p',
            'с' => 'c',
            'х' => 'x',
            'у' => 'y',
            'к' | 'κ' => 'k',
            'т' | 'τ' => 't',
            'м' => 'm',
            'н' => 'h',
            'в' => 'b',
            'ո' => 'n',
            'ԁ' => 'd',
            'ɡ' => 'g',
            _ => crate::facts::fold(c),
        })
        .collect()
}

/// The names of all carriers everywhere, as they stand in domains.
fn brands(cx: &Context<'_>) -> HashSet<String> {
    let curated = || cx.knowledge.countries().flat_map(|it| &it.carriers);
    let names = curated().flat_map(|it| it.all_names().map(plain));
    let domains = curated().flat_map(|it| &it.domains).map(|it| official::label_of(it).0.to_owned());
    let generated = cx.knowledge.generated.networks().flat_map(|it| it.brands.split(" / ").map(plain));
    names.chain(domains).chain(generated).filter(|it| !it.is_empty()).collect()
}
