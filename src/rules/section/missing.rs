use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::places::Places;
use crate::declare_rule;
use crate::diagnostic::{Argument, Message, RuleMeta, RuleOption, Severity, Wording};
use crate::facts::{ClaimKind, IdentifierKind, LinkMention, folded};
use crate::guide::{Block, BlockKind, Guide, Section};
use crate::knowledge::{CueSet, GuideKind, Need, RequiredContent, Role, SectionNeed};
use crate::rule::{Context, Findings, Memory, Rule, kind_title};

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
    /// steps are steps wherever they stand, and so are codes given carrier by carrier; sources may be listed in the front matter. What is required is a warning, what is recommended an info. A text without a recognised kind
    /// owes nothing. A section for steps, contacts or sources that holds none is an info. When it was last checked is the business of `date/missing`.
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
        options: {
            recommended: bool = RuleOption::flag("recommended", true, "whether sections that are only recommended are missed"),
        },
        remembers: { headings: Memory<(String, usize, String), [Pairs]> },
        since: "0.1.0",
        wordings: [REQUIRED, RECOMMENDED, KIND, NEAREST, LINKED, THIN, THIN_HELP, ADD, LIST, TABLE, NUMBER, LINK],
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
static NEAREST: Wording =
    Wording::new("section/missing.nearest", "the nearest heading to it: “{heading}”", "最接近的标题：“{heading}”");
static LINKED: Wording = Wording::new(
    "section/missing.linked",
    "links that lead out of the text: {count}; but no section gathers what the guide rests on",
    "正文中有 {count} 个外部链接，但没有集中列出资料来源的部分",
);
static THIN: Wording = Wording::new(
    "section/missing.thin",
    "“{heading}” should hold {role}, and does not",
    "“{heading}”之下应有“{role}”的内容，但没有",
);
static THIN_HELP: Wording = Wording::new(
    "section/missing.thin-help",
    "put in at least one of these: {content}",
    "请至少补充其中一项：{content}",
);
static ADD: Wording =
    Wording::new("section/missing.help", "add a section such as “{heading}”", "请补上一个部分，例如“{heading}”");
static LIST: Wording = Wording::new("section/missing.list", "a list of steps", "步骤列表");
static TABLE: Wording = Wording::new("section/missing.table", "a table", "表格");
static NUMBER: Wording = Wording::new("section/missing.number", "a telephone number", "电话号码");
static LINK: Wording = Wording::new("section/missing.link", "a link", "链接");

impl Rule for Missing {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let kinds = &cx.knowledge.kinds;
        let Some(kind) = cx.subject.kind.as_deref().and_then(|name| kinds.kind(name)) else { return };
        let places = Places::default();
        let headings = OnceCell::new();
        for section in &kind.sections {
            let role = &kinds.roles[section.role];
            if section.need != Need::Required && !self.recommended {
                continue;
            }
            if section.need == Need::Optional || role.name == "last-checked" {
                continue;
            }
            let fits = |found: u16| {
                let found = usize::from(found);
                found == section.role || role.satisfied_by.contains(&kinds.roles[found].name)
            };
            let headed: Vec<usize> =
                cx.facts.roles.iter().filter(|(_, it)| fits(*it)).map(|it| it.0 as usize).collect();
            let labelled = cx.facts.labels.iter().any(|(block, it)| fits(*it) && is_followed(cx, role, *block));
            if labelled
                || (role.name == "sources" && cx.guide.front_matter.as_ref().is_some_and(|it| it.has_sources()))
                || (role.by_content && role.content.iter().any(|content| holds(cx, *content)))
                || headed.iter().any(|&it| !is_thin(cx, &places, role, it))
            {
                continue;
            }
            match headed.first() {
                Some(&at) => report_thin(cx, role, at, findings),
                None => self.report_missing(cx, kind, section, &headings, findings),
            }
        }
    }
}

/// Whether something stands under a line that is written like a heading.
fn is_followed(cx: &Context<'_>, role: &Role, label: u32) -> bool {
    let blocks = &cx.guide.blocks;
    let section = blocks[label as usize].section;
    let next = blocks.get(label as usize + 1).filter(|it| it.section == section && it.kind.is_visible());
    // One sentence is no procedure.
    let enough = |it: &Block| {
        role.name != "steps" || it.item.is_some() || it.cell.is_some() || it.prose.len() >= PLENTY as usize
    };
    next.is_some_and(enough) && cx.facts.labels.binary_search_by_key(&(label + 1), |(it, _)| *it).is_err()
}

impl Missing {
    fn report_missing<'a>(
        &self,
        cx: &Context<'a>,
        kind: &GuideKind,
        section: &SectionNeed,
        headings: &OnceCell<Vec<(Pairs, &'a str)>>,
        findings: &mut Findings<'_>,
    ) {
        let role = &cx.knowledge.kinds.roles[section.role];
        let (wording, severity) = match section.need {
            Need::Required => (&REQUIRED, Severity::Warning),
            _ => (&RECOMMENDED, Severity::Info),
        };
        let message = Message::new(wording).with("kind", kind_title(&kind.title)).with("role", kind_title(&role.title));
        let mut finding = findings
            .report(cx.guide.anchor(), message)
            .severity(severity)
            .absent(role.name.as_str())
            .because(Message::new(&KIND).with("kind", kind.name.as_str()));
        let headings = headings.get_or_init(|| headings_of(cx));
        if let Some(near) = self.nearest_heading(cx, headings, kind, section) {
            finding = finding.because(Message::new(&NEAREST).with("heading", near));
        }
        let linked = external_links(cx).count();
        if role.content.contains(&RequiredContent::ExternalLink) && linked > 0 {
            finding = finding.because(Message::new(&LINKED).with("count", linked));
        }
        if let Some(heading) = role.offered_heading(cx.subject.language.key()) {
            finding = finding.help(Message::new(&ADD).with("heading", heading));
        }
        let _ = finding;
    }

    /// The heading most like one of the role's: a slip of the pen, or other words for the same.
    fn nearest_heading<'a>(
        &self,
        cx: &Context<'a>,
        headings: &[(Pairs, &'a str)],
        kind: &GuideKind,
        section: &SectionNeed,
    ) -> Option<&'a str> {
        let language = cx.subject.language.key();
        let wanted = self.headings.get((kind.name.clone(), section.role, language.to_owned()), || {
            let known = cx.knowledge.kinds.roles[section.role].headings.iter().chain(section.headings.iter());
            let spoken = known.filter(|(it, _)| it == language || it == "en");
            spoken.map(|(_, heading)| Pairs::of(&folded(heading.trim_end_matches('*')))).collect()
        });
        let mut best: Option<(usize, &str)> = None;
        for (own, title) in headings {
            let likeness = wanted.iter().map(|heading| own.likeness(heading)).max().unwrap_or(0);
            if likeness >= ALIKE && best.is_none_or(|(known, _)| likeness > known) {
                best = Some((likeness, title));
            }
        }
        best.map(|(_, title)| title)
    }
}

/// The headings of a guide but its title, in pairs of letters and as they are written.
fn headings_of<'a>(cx: &Context<'a>) -> Vec<(Pairs, &'a str)> {
    let headings = cx.guide.sections.iter().filter(|it| it.heading.is_some() && it.level > 1);
    let read = |it: &Section| {
        let title = cx.guide.text(it.title).trim();
        (Pairs::of(&folded(title.trim_start_matches(|c: char| !c.is_alphabetic()))), title)
    };
    headings.take(MOST_HEADINGS).map(read).collect()
}

fn report_thin(cx: &Context<'_>, role: &Role, section: usize, findings: &mut Findings<'_>) {
    let section = &cx.guide.sections[section];
    let message =
        Message::new(&THIN).with("heading", cx.guide.text(section.title).trim()).with("role", kind_title(&role.title));
    let mut wanted: Vec<&'static Wording> = role.content.iter().filter_map(|it| wording_of(*it)).collect();
    wanted.dedup_by_key(|it| it.id.clone());
    let content: Argument = wanted.into_iter().map(Message::new).collect();
    findings
        .report(section.heading_span, message)
        .severity(Severity::Info)
        .absent(role.name.as_str())
        .help(Message::new(&THIN_HELP).with("content", content));
}

fn wording_of(content: RequiredContent) -> Option<&'static Wording> {
    Some(match content {
        RequiredContent::OrderedList
        | RequiredContent::NumberedHeadings
        | RequiredContent::CarrierCodes
        | RequiredContent::List => &LIST,
        RequiredContent::Table => &TABLE,
        RequiredContent::PhoneNumber => &NUMBER,
        RequiredContent::Link | RequiredContent::ExternalLink => &LINK,
        _ => return None,
    })
}

/// Bytes of text from which on a section says what it should without a list.
const PLENTY: u32 = 240;

/// Whether a section for steps, contacts or sources, with what lies deeper in it, holds nothing of the kind.
fn is_thin(cx: &Context<'_>, places: &Places, role: &Role, section: usize) -> bool {
    let guide = cx.guide;
    let own = &guide.sections[section];
    let deeper = guide.sections[section + 1..].iter().take_while(|it| it.level > own.level);
    let all: Vec<_> = std::iter::once(own).chain(deeper).collect();
    let linked = || all.iter().any(|it| places.has_link(cx, it.span));
    match role.name.as_str() {
        "steps" => {
            all.len() < 3
                && all.iter().all(|it| {
                    let holds = &it.content;
                    holds.text < PLENTY
                        && holds.ordered_items + holds.items < 2
                        && holds.cells < 2
                        && holds.html + holds.code + holds.images == 0
                })
        }
        "contacts" => {
            let digits = |it: &Section| places.has_digits(cx, it.span);
            all.iter().all(|it| it.content.text < PLENTY && it.content.code == 0 && !digits(it)) && !linked()
        }
        "sources" => all.iter().all(|it| it.content.text < PLENTY && it.content.code == 0) && !linked(),
        _ => false,
    }
}

/// Headings in which a slip of the pen is looked for; no guide that people read has more.
const MOST_HEADINGS: usize = 200;

/// How many of a hundred pairs of letters a heading shares with one that is wanted to be called near.
const ALIKE: usize = 50;

/// The pairs of letters of a text.
struct Pairs {
    pairs: Vec<(char, char)>,
    /// A bit for each: what is not among another text's bits is none of its pairs.
    bits: u64,
}

impl Pairs {
    fn of(text: &str) -> Pairs {
        let pairs: Vec<(char, char)> = text.chars().zip(text.chars().skip(1)).collect();
        let bits = pairs.iter().fold(0, |bits, pair| bits | bit(*pair));
        Pairs { pairs, bits }
    }

    /// How many of a hundred pairs of letters two texts share (Dice); of texts that are not alike anything below `ALIKE`.
    fn likeness(&self, other: &Pairs) -> usize {
        let total = self.pairs.len() + other.pairs.len();
        let at_most = self.pairs.iter().filter(|pair| bit(**pair) & other.bits != 0).count().min(other.pairs.len());
        if total == 0 || total > 240 || at_most * 200 / total < ALIKE {
            return 0;
        }
        let mut left = other.pairs.clone();
        let mut shared = 0;
        for pair in &self.pairs {
            if let Some(at) = left.iter().position(|it| it == pair) {
                left.swap_remove(at);
                shared += 1;
            }
        }
        shared * 200 / total
    }
}

fn bit((one, other): (char, char)) -> u64 {
    1 << (((one as u32).wrapping_mul(7) ^ other as u32) % 64)
}

fn external_links<'a>(cx: &Context<'a>) -> impl Iterator<Item = &'a LinkMention> {
    cx.facts.links.iter().filter(|link| link.channel.is_none() && link.is_page())
}

/// Whether the guide holds such content anywhere.
fn holds(cx: &Context<'_>, content: RequiredContent) -> bool {
    let guide = cx.guide;
    match content {
        RequiredContent::OrderedList => guide.lists.iter().any(|list| list.ordered && list.items >= 2),
        RequiredContent::NumberedHeadings => numbered_headings(guide) >= 2,
        RequiredContent::CarrierCodes => says_codes(cx),
        RequiredContent::List => guide.lists.iter().any(|list| list.items >= 2),
        RequiredContent::Table => guide.tables.iter().any(|table| table.rows > 0),
        RequiredContent::PhoneNumber => !cx.facts.numbers.is_empty(),
        RequiredContent::Link => !cx.facts.links.is_empty(),
        RequiredContent::ExternalLink => external_links(cx).next().is_some(),
        // One price says what one thing costs: a card, a call to the hotline.
        RequiredContent::Price => {
            cx.facts.claims.iter().filter(|it| matches!(it.kind, ClaimKind::Price(_))).nth(1).is_some()
        }
        RequiredContent::Date => !cx.facts.dates.is_empty(),
        RequiredContent::Question => guide
            .sections
            .iter()
            .any(|it| it.heading.is_some() && guide.text(it.title).trim_end().ends_with(['?', '？', '؟'])),
    }
}

/// Whether two items of lists say what to dial or to text with a carrier: "Telkomsel: SMS REG to 4444". A number to call is a
/// contact and no step.
fn says_codes(cx: &Context<'_>) -> bool {
    let item = |block: u32| cx.guide.blocks.get(block as usize).and_then(|it| it.item);
    let dialled = cx.facts.identifiers.iter().filter(|it| it.kind == IdentifierKind::Ussd).map(|it| it.block);
    let texted = cx.facts.cues_of(CueSet::ShortMessage).iter().filter_map(|cue| cx.guide.block_at(cue.at.start));
    let said: BTreeSet<(u32, u32)> =
        dialled.chain(texted.map(|it| it as u32)).filter_map(item).map(|it| (it.list, it.item)).collect();
    let mut named: Vec<(u32, u32)> =
        cx.facts.carriers.iter().filter_map(|it| item(it.block)).map(|it| (it.list, it.item)).collect();
    named.sort_unstable();
    named.dedup();
    named.iter().filter(|it| said.contains(it)).nth(1).is_some()
}

/// How many headings or paragraphs count up from one: "### 1. …", "第二步", "Step 3", "④".
fn numbered_headings(guide: &Guide) -> usize {
    let counted = guide
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Heading(_) | BlockKind::Paragraph) && block.quotes == 0);
    let mut next = 1;
    let mut most = 0;
    for block in counted {
        match step_number(guide.text(block.prose)) {
            Some(number) if number == next => next += 1,
            Some(1) => next = 2,
            _ => continue,
        }
        most = most.max(next - 1);
    }
    most as usize
}

/// The number a heading begins with: "1.", "1、", "（1）", "第一步", "一、", "Step 1", "①"; not "5G" and not "2026".
fn step_number(title: &str) -> Option<u32> {
    let bare = title.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (counted, bare) = match bare.strip_prefix('第') {
        Some(rest) => (true, rest),
        // "Step 1", "Paso 1", "Шаг 1", "步骤 1": one word, then the number.
        None => match bare.char_indices().take(9).find(|(_, c)| matches!(c, ' ' | '\u{a0}')) {
            Some((at, _)) if bare[..at].chars().all(char::is_alphabetic) => (false, bare[at..].trim_start()),
            _ => (false, bare.trim_start_matches(['步', '骤', '驟'])),
        },
    };
    let first = bare.chars().next()?;
    if let '①'..='⑩' = first {
        return Some(first as u32 - '①' as u32 + 1);
    }
    if !first.is_ascii()
        && let Some(at) = "一二三四五六七八九十".chars().position(|it| it == first)
    {
        let follows = bare[first.len_utf8()..].starts_with(['、', '．', '.', '，', '）', ')', ':', '：', ' ']);
        return (counted || follows).then_some(at as u32 + 1);
    }
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 2 {
        return None;
    }
    let follows = bare[digits..].chars().next();
    let ends = follows.is_none_or(|c| {
        counted || matches!(c, '.' | '、' | '．' | ')' | '）' | ':' | '：' | '-' | '–' | ' ' | '️' | '\u{20e3}')
    });
    if ends { bare[..digits].parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_count_in_many_ways() {
        for (title, number) in [
            ("1. 确认身份信息", Some(1)),
            ("第二步：联系客服", Some(2)),
            ("三、常见问题", Some(3)),
            ("Step 4: go", Some(4)),
            ("⑤ fertig", Some(5)),
            ("Шаг 6", Some(6)),
            ("👉 7) send", Some(7)),
            ("5G 套餐", None),
            ("2026 plans", None),
            ("一张卡就够", None),
            ("Vodafone 5G", None),
        ] {
            assert_eq!(step_number(title), number, "{title}");
        }
    }
}
