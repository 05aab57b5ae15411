use std::collections::HashMap;

use super::topic::{self, Topic};
use crate::declare_rule;
use crate::diagnostic::{Confidence, Message, RuleMeta, Wording};
use crate::facts::{Claim, ClaimKind, DateMention, DateRole, Surroundings};
use crate::guide::{BlockKind, List, Stretch, TitleKind, Value};
use crate::knowledge::CueSet;
use crate::rule::{Context, Findings, Rule};
use crate::text::Span;

declare_rule! {
    /// Flags a guide that contradicts itself.
    ///
    /// ## Why
    /// Of two prices for one thing at least one is wrong, and the reader cannot know which.
    ///
    /// ## How it decides
    /// Both places are shown. It speaks when the front matter or the title names one country and the title or the text another;
    /// when the front matter says that the guide was checked on one day and a line of the text that it was on another;
    /// when the same price, duration or hotline is stated twice, of the same thing and the same carrier, with different values; when
    /// the guide gives two numbers of operators; when something "cannot be done online" and is then a step done online; when a
    /// heading announces five steps and four follow. Guides to roaming speak of two countries. Values of different plans, periods, carriers and cases ("for students")
    /// do not contradict each other: only the same words before the value make it the same thing.
    ///
    /// ```md bad
    /// # How to cancel an Albanian SIM
    ///
    /// The cancellation takes 3 days.
    ///
    /// ## FAQ
    ///
    /// Remember: the cancellation takes 14 days.
    /// ```
    ///
    /// ```md good
    /// # How to cancel an Albanian SIM
    ///
    /// The cancellation takes 3 days, the refund takes 14 days.
    /// ```
    pub Contradiction {
        name: "claim/contradiction",
        severity: Warning,
        confidence: Medium,
        since: "0.1.0",
        wordings: [VALUES, HOTLINES, COUNTRY, CHECKED, OPERATORS, ONLINE, STEPS, OTHER, ONE_IS_WRONG],
    }
}

static VALUES: Wording = Wording::new(
    "claim/contradiction",
    "`{one}` here, `{other}` elsewhere, of the same thing",
    "此处为 `{one}`，另一处为 `{other}`，说的是同一件事",
);
static HOTLINES: Wording = Wording::new(
    "claim/contradiction.hotline",
    "the same hotline is `{one}` here and `{other}` elsewhere",
    "同一客服热线此处为 `{one}`，另一处为 `{other}`",
);
static COUNTRY: Wording = Wording::new(
    "claim/contradiction.country",
    "`{one}` is not the country the guide speaks of elsewhere: `{other}`",
    "此处的国家是 `{one}`，另一处却是 `{other}`",
);
static CHECKED: Wording = Wording::new(
    "claim/contradiction.checked",
    "checked on `{one}`, says the text; on `{other}`, says the front matter",
    "正文称核实于 `{one}`，文件头部却是 `{other}`",
);
static OPERATORS: Wording = Wording::new(
    "claim/contradiction.operators",
    "the guide counts its operators twice: `{one}` and `{other}`",
    "运营商数量前后不一：`{one}`、`{other}`",
);
static ONLINE: Wording = Wording::new(
    "claim/contradiction.online",
    "`{other}`, and yet a step is done online: `{one}`",
    "文中称“{other}”，此处却是在线步骤：`{one}`",
);
static STEPS: Wording = Wording::new(
    "claim/contradiction.steps",
    "`{one}` are announced, and {count} follow",
    "标称 `{one}`，实际有 {count} 步",
);
static OTHER: Wording = Wording::new("claim/contradiction.other", "against this", "与此处矛盾");
static ONE_IS_WRONG: Wording = Wording::new(
    "claim/contradiction.help",
    "find out which is right and correct the other",
    "请核实哪一处正确，并更正另一处",
);

impl Rule for Contradiction {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        if !cx.subject.telecom {
            return;
        }
        countries(cx, findings);
        checked(cx, findings);
        steps(cx, findings);
        online(cx, findings);
        if cx.subject.countries.len() <= 1 {
            values(cx, findings);
            hotlines(cx, findings);
            operators(cx, findings);
        }
    }
}

struct Pair<'a> {
    wording: &'static Wording,
    here: (Span, &'a str),
    other: (Span, &'a str),
}

fn report(pair: &Pair<'_>, findings: &mut Findings<'_>) {
    let message = Message::new(pair.wording).with("one", pair.here.1).with("other", pair.other.1);
    findings
        .report(pair.here.0, message)
        .confidence(Confidence::Medium)
        .label(pair.other.0, Message::new(&OTHER))
        .help(Message::new(&ONE_IS_WRONG));
}

/// The place and the text of a stretch.
fn shown<'a>(cx: &Context<'a>, at: Stretch) -> (Span, &'a str) {
    (cx.guide.prose.span(at), cx.guide.text(at))
}

fn countries(cx: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(title) = cx.guide.title else { return };
    let regions = &cx.knowledge.lexicon().regions;
    let countries = || cx.facts.named.iter().filter(|it| !it.is_regulator);
    let mut in_title = countries().filter(|it| title.prose.contains(it.at));
    let Some(first) = in_title.next() else { return };
    // "Roaming in Turkey" is written for customers of another country.
    if cx.subject.kind.as_deref() == Some("roaming") || cx.facts.has_cue(CueSet::Roaming, title.prose) {
        return;
    }
    if in_title.any(|it| it.region != first.region) {
        return;
    }
    let code = &regions[usize::from(first.region)];
    if let Some((written, span)) = declared_country(cx)
        && written.region != *code
    {
        report(&Pair { wording: &COUNTRY, here: (span, written.text), other: shown(cx, first.at) }, findings);
        return;
    }
    let kind = |at: Stretch| cx.guide.block_at(at.start).map(|it| cx.guide.blocks[it].kind);
    // The title of the front matter, where the text has one of its own.
    let above: Vec<_> = countries().filter(|it| kind(it.at) == Some(BlockKind::FrontMatter)).collect();
    if title.kind == TitleKind::Heading
        && let Some(other) = above.first().filter(|_| above.iter().all(|it| it.region != first.region))
    {
        report(&Pair { wording: &COUNTRY, here: shown(cx, other.at), other: shown(cx, first.at) }, findings);
        return;
    }
    let body: Vec<_> = countries()
        .filter(|it| {
            let visible = kind(it.at).is_some_and(|it| it.is_visible() && it != BlockKind::FrontMatter);
            !title.prose.contains(it.at) && visible && !is_of_another_name(cx, it.at)
        })
        .collect();
    // The title's country never again, and one other all the time.
    const ALL_THE_TIME: usize = 3;
    let Some(other) = body.first().filter(|it| body.iter().all(|that| that.region == it.region)) else { return };
    if other.region != first.region && body.len() >= ALL_THE_TIME {
        report(&Pair { wording: &COUNTRY, here: shown(cx, other.at), other: shown(cx, first.at) }, findings);
    }
}

/// Part of a carrier's name, or where the reader comes from: 中国移动, 中国护照, "Canadian citizens".
fn is_of_another_name(cx: &Context<'_>, at: Stretch) -> bool {
    const BESIDE: u32 = 32;
    let mut carriers = cx.facts.carriers_in(Stretch::new(at.start.saturating_sub(BESIDE), at.end + BESIDE));
    let near = Stretch::new(at.start.saturating_sub(BESIDE), at.end + BESIDE);
    let touches = |cue: Stretch| {
        let (first, second) = if cue.start >= at.end { (at, cue) } else { (cue, at) };
        first.end <= second.start && cx.guide.text(Stretch::new(first.end, second.start)).trim().is_empty()
    };
    carriers.any(|(_, it)| it.at.contains(at)) || cx.facts.cues_in(CueSet::Nationality, near).any(|cue| touches(cue.at))
}

/// The day on which the guide was checked, in the front matter and in a line of its own. The lines under a heading may be
/// about what stands there, and a guide that says more than one day keeps a record.
fn checked(cx: &Context<'_>, findings: &mut Findings<'_>) {
    const KEYS: [&str; 6] = ["checked", "last_checked", "verified", "last_verified", "reviewed", "last_reviewed"];
    let Some(front) = &cx.guide.front_matter else { return };
    let mut keys = KEYS.iter().filter_map(|key| front.get(key).or_else(|| front.get(&key.replace('_', "-"))));
    let Some((_, span)) = keys.next_back() else { return };
    let days = |it: &DateMention| Some((it.earliest?, it.day?));
    let Some(declared) = cx.facts.dates.iter().find(|it| it.block.is_none() && it.span == span) else { return };
    let Some((first, last)) = days(declared) else { return };
    let mut said = cx.facts.dates.iter().filter(|it| it.role == DateRole::Checked && is_of_the_guide(cx, it));
    let Some(only) = said.next().filter(|_| said.next().is_none()) else { return };
    if days(only).is_some_and(|(from, to)| to < first || last < from) {
        report(
            &Pair { wording: &CHECKED, here: (only.span, &only.raw), other: (declared.span, &declared.raw) },
            findings,
        );
    }
}

/// Bytes of a line that says little but when the guide was checked.
const LINE: usize = 120;

/// Whether a line dates the whole guide: it stands before the first section, or at the end.
fn is_of_the_guide(cx: &Context<'_>, date: &DateMention) -> bool {
    let Some(block) = date.block.and_then(|it| cx.guide.blocks.get(it as usize)) else { return false };
    let section = &cx.guide.sections[block.section as usize];
    let above = section.heading.is_none() || section.level == 1;
    let last = block.section as usize + 1 == cx.guide.sections.len();
    let verified = cx.facts.has_cue(CueSet::Verified, block.prose) || cx.facts.has_cue(CueSet::Verified, section.title);
    (above || last) && block.cell.is_none() && block.prose.len() <= LINE && verified
}

struct Declared<'a> {
    text: &'a str,
    region: String,
}

/// The one country of the front matter, by its code or by a name.
fn declared_country<'a>(cx: &Context<'a>) -> Option<(Declared<'a>, Span)> {
    let front = cx.guide.front_matter.as_ref()?;
    let (value, span) = front.get("country").or_else(|| front.get("countries"))?;
    let text = match value {
        Value::Text(text) => text.trim(),
        Value::List(items) => match items.as_slice() {
            [only] => only.as_text()?.trim(),
            _ => return None,
        },
        _ => return None,
    };
    let lexicon = cx.knowledge.lexicon();
    let region = match text.len() {
        2 => lexicon.regions.iter().find(|it| it.eq_ignore_ascii_case(text))?,
        _ => lexicon.region_named(text)?,
    };
    Some((Declared { text, region: region.to_owned() }, span))
}

fn values(cx: &Context<'_>, findings: &mut Findings<'_>) {
    let claims = cx.facts.claims.iter().filter(|claim| claim.kind != ClaimKind::Steps);
    let topics: Vec<(&Claim, Topic)> = topic::shared(cx, claims.map(|claim| (claim, claim.block, claim.at)));
    for (at, (claim, said_of)) in topics.iter().enumerate() {
        let earlier = topics[..at].iter().find(|(other, topic)| {
            // The same unit: ten minutes and one hour, or euros and lekë, may well agree.
            other.kind == claim.kind
                && other.excludes(claim)
                && !share_list(cx, claim.block, other.block)
                && said_of.is_that_of(cx, topic)
        });
        if let Some((other, _)) = earlier {
            report(&Pair { wording: &VALUES, here: shown(cx, claim.at), other: shown(cx, other.at) }, findings);
        }
    }
}

fn share_list(cx: &Context<'_>, one: u32, other: u32) -> bool {
    let list = |at: u32| cx.guide.blocks[at as usize].item.map(|it| it.list);
    one != other && list(one).is_some() && list(one) == list(other)
}

fn hotlines(cx: &Context<'_>, findings: &mut Findings<'_>) {
    // A carrier may publish several.
    let of_one = |one: usize, other: usize| {
        cx.country().is_some_and(|country| {
            country.carriers.iter().any(|carrier| {
                let has = |at: usize| carrier.care.iter().any(|it| it.number == cx.facts.numbers[at].digits);
                has(one) && has(other)
            })
        })
    };
    let all = cx.facts.numbers.iter().enumerate();
    let said = all.filter(|(_, number)| number.hotline && number.is_given() && !number.abroad);
    let topics: Vec<(usize, Topic)> = topic::shared(cx, said.map(|(at, number)| (at, number.block, number.at)));
    for (at, (index, said_of)) in topics.iter().enumerate() {
        let number = &cx.facts.numbers[*index];
        let earlier = topics[..at].iter().find(|(other, topic)| {
            let that = &cx.facts.numbers[*other];
            that.block != number.block
                && that.carrier.is_some() == number.carrier.is_some()
                && that.digits.trim_start_matches('0') != number.digits.trim_start_matches('0')
                && !share_list(cx, number.block, that.block)
                && said_of.is_that_of(cx, topic)
                && !of_one(*index, *other)
        });
        if let Some((other, _)) = earlier {
            let that = &cx.facts.numbers[*other];
            let pair = Pair { wording: &HOTLINES, here: (number.span, &number.raw), other: (that.span, &that.raw) };
            report(&pair, findings);
        }
    }
}

fn operators(cx: &Context<'_>, findings: &mut Findings<'_>) {
    const NUMBERS: [CueSet; 4] = [CueSet::Two, CueSet::Three, CueSet::Four, CueSet::Five];
    /// Bytes between the number and the operators: room for "major mobile network".
    const REACH: u32 = 26;
    let mut first: Option<(CueSet, Stretch)> = None;
    for operator in cx.facts.cues_of(CueSet::Operator) {
        let near = Stretch::new(operator.at.start.saturating_sub(REACH + 12), operator.at.start);
        let number = NUMBERS.iter().flat_map(|set| cx.facts.cues_in(*set, near)).max_by_key(|cue| cue.at.end);
        let Some(number) = number else { continue };
        let claim = Stretch::new(number.at.start, operator.at.end);
        let Some(block) = cx.guide.block_at(claim.start) else { continue };
        let sentence = Surroundings::sentence_of(cx.guide, block as u32, claim);
        let plain = sentence.contains(claim)
            && !cx.facts.has_cue(CueSet::Condition, sentence)
            && !cx.facts.has_cue(CueSet::History, sentence)
            && !cx.guide.text(claim).contains([',', '，', '、', '(', '（']);
        if !plain {
            continue;
        }
        match first {
            Some((set, at)) if set != number.set => {
                report(&Pair { wording: &OPERATORS, here: shown(cx, claim), other: shown(cx, at) }, findings);
                return;
            }
            _ => first = first.or(Some((number.set, claim))),
        }
    }
}

fn online(cx: &Context<'_>, findings: &mut Findings<'_>) {
    let [denial] = cx.facts.cues_of(CueSet::NotOnline) else { return };
    let general = |at: Stretch| {
        cx.guide.block_at(at.start).is_some_and(|block| {
            let sentence = Surroundings::sentence_of(cx.guide, block as u32, at);
            cx.facts.carriers_in(sentence).next().is_none()
        })
    };
    let step = cx.facts.cues_of(CueSet::OnlineStep).iter().find(|cue| {
        let block = cx.guide.block_at(cue.at.start).map(|at| &cx.guide.blocks[at]);
        let listed = block.and_then(|it| it.item).is_some_and(|it| cx.guide.lists[it.list as usize].ordered);
        !cue.at.overlaps(denial.at) && listed && general(cue.at)
    });
    if let Some(step) = step.filter(|_| general(denial.at)) {
        report(&Pair { wording: &ONLINE, here: shown(cx, step.at), other: shown(cx, denial.at) }, findings);
    }
}

/// A heading, or the sentence before a list, that says how many steps follow.
fn steps(cx: &Context<'_>, findings: &mut Findings<'_>) {
    let ordered: Vec<_> = cx.guide.lists.iter().filter(|list| list.ordered && list.items >= 2).collect();
    // By section its only list, and by lead the first after it: a guide may hold thousands of both.
    let mut only_in: HashMap<u32, Option<&List>> = HashMap::new();
    let mut led_by: HashMap<u32, &List> = HashMap::new();
    for list in ordered.iter().copied() {
        only_in.entry(list.section).and_modify(|only| *only = None).or_insert(Some(list));
        if let Some(lead) = list.lead {
            led_by.entry(lead).or_insert(list);
        }
    }
    for claim in cx.facts.claims.iter().filter(|claim| claim.kind == ClaimKind::Steps) {
        let Ok(said) = claim.value.parse::<u32>() else { continue };
        let block = &cx.guide.blocks[claim.block as usize];
        let is_title = cx.guide.title.is_some_and(|title| title.prose == block.prose);
        let list = match block.kind {
            // A title speaks of the guide's only list, if nothing else is numbered.
            _ if is_title => match ordered[..] {
                [only] => Some(only),
                _ => None,
            },
            BlockKind::Heading(_) => only_in.get(&block.section).copied().flatten(),
            _ => led_by.get(&claim.block).copied(),
        };
        let Some(list) = list.filter(|list| said > 1 && list.items != said) else { continue };
        let (span, text) = shown(cx, claim.at);
        findings
            .report(span, Message::new(&STEPS).with("one", text).with("count", list.items as usize))
            .confidence(Confidence::Medium)
            .label(list.span, Message::new(&OTHER))
            .help(Message::new(&ONE_IS_WRONG));
    }
}
