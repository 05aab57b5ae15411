use crate::declare_rule;
use crate::diagnostic::{Argument, Message, RuleMeta, Wording};
use crate::facts::{CarrierMention, Class, Cue, class};
use crate::guide::Stretch;
use crate::knowledge::CueSet;
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags "the three operators" in a country that has fewer.
    ///
    /// ## Why
    /// The number of operators is the first thing to go stale when carriers merge, and the easiest to check.
    ///
    /// ## How it decides
    /// A number word stands right before a word for operators, in the guide's language. It is held against the network
    /// operators we know in the guide's country. A number that is too high is reported, for "the big three" of four is
    /// common and true; and one that is lower than the number of operators it is followed by. Guides that speak of virtual
    /// operators or of the past are left alone.
    ///
    /// ```md bad
    /// # How to cancel an Albanian SIM
    ///
    /// Albania has three operators.
    /// ```
    ///
    /// ```md good
    /// # How to cancel an Albanian SIM
    ///
    /// Albania has two operators.
    /// ```
    pub Count {
        name: "carrier/count",
        severity: Warning,
        confidence: High,
        since: "0.1.0",
        wordings: [TOO_MANY, NAMES_MORE, KNOWN, NAMED, CORRECT],
    }
}

static TOO_MANY: Wording = Wording::new(
    "carrier/count",
    "`{claim}`: we know {known} network operators in this country, not {said}",
    "`{claim}`：据我们所知该国只有 {known} 家移动网络运营商，而非 {said} 家",
);
static NAMES_MORE: Wording = Wording::new(
    "carrier/count.names-more",
    "`{claim}`, but {count} are named",
    "`{claim}`，但列出了 {count} 家",
);
static NAMED: Wording = Wording::new("carrier/count.named", "named here", "此处列出");
static KNOWN: Wording =
    Wording::new("carrier/count.known", "network operators today: {names}", "目前的移动网络运营商：{names}");
static CORRECT: Wording = Wording::new(
    "carrier/count.help",
    "correct the number, or name the operators that are meant",
    "请更正数量，或写明所指的运营商",
);

const NUMBERS: [(CueSet, usize); 4] =
    [(CueSet::Two, 2), (CueSet::Three, 3), (CueSet::Four, 4), (CueSet::Five, 5)];

/// Bytes between the number and the operators: room for "major mobile network".
const REACH: u32 = 26;

impl Rule for Count {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let Some(country) = cx.country() else { return };
        let operators: Vec<_> = country.current_operators().collect();
        if operators.is_empty() {
            return;
        }
        let mut last = None;
        for operator in cx.facts.cues.iter().filter(|cue| cue.set == CueSet::Operator) {
            let Some((number, said)) = number_before(cx, operator).or_else(|| digit_before(cx, operator)) else { continue };
            let claim = Stretch::new(number.start, operator.at.end);
            if last.replace(number.start) == Some(number.start) {
                continue;
            }
            let Some(block) = cx.guide.block_at(claim.start) else { continue };
            let prose = cx.guide.blocks[block].prose;
            if [CueSet::History, CueSet::Virtual].iter().any(|set| cx.facts.has_cue(*set, prose)) {
                continue;
            }
            if said <= operators.len() {
                let named = named_after(cx, block, claim);
                if named.len() > said {
                    let message = Message::new(&NAMES_MORE).with("claim", cx.guide.text(claim)).with("count", named.len());
                    let mut finding = findings.report(cx.guide.prose.span(claim), message).help(Message::new(&CORRECT));
                    for mention in named {
                        finding = finding.label(mention.span, Message::new(&NAMED));
                    }
                }
                continue;
            }
            let names: Argument = operators.iter().map(|it| it.display_name()).collect();
            let message = Message::new(&TOO_MANY)
                .with("claim", cx.guide.text(claim))
                .with("known", operators.len())
                .with("said", said);
            let sources: Vec<_> = operators.iter().filter_map(|it| it.sources.first().cloned()).collect();
            findings
                .report(cx.guide.prose.span(claim), message)
                .according_to(Message::new(&KNOWN).with("names", names), &sources)
                .help(Message::new(&CORRECT));
        }
    }
}

/// The number word that ends right before a word for operators.
fn number_before(cx: &Context<'_>, operator: &Cue) -> Option<(Stretch, usize)> {
    let near = Stretch::new(operator.at.start.saturating_sub(REACH + 12), operator.at.start);
    let mut best: Option<(Stretch, usize)> = None;
    for (set, said) in NUMBERS {
        for cue in cx.facts.cues_in(set, near) {
            let gap = Stretch::new(cue.at.end, operator.at.start);
            let between = cx.guide.text(gap);
            let plain = gap.end - gap.start <= REACH && !between.contains(|c: char| matches!(c, ',' | '.' | ';' | '，' | '。' | '、' | '\u{1f}' | '\n') || c.is_ascii_digit());
            if plain && best.is_none_or(|(known, _)| known.end < cue.at.end) {
                best = Some((cue.at, said));
            }
        }
    }
    best
}

/// A digit right before the word for operators: `3 operators`, `3家运营商`.
fn digit_before(cx: &Context<'_>, operator: &Cue) -> Option<(Stretch, usize)> {
    let text = &cx.guide.prose.as_str()[..operator.at.start as usize];
    let text = text.trim_end_matches(' ').trim_end_matches(['家', '大', '个', '個', '社', '개', '间', '間']).trim_end_matches(' ');
    let digit = text.chars().next_back()?.to_digit(10).filter(|it| *it > 1)?;
    let before = text[..text.len() - 1].chars().next_back();
    let alone = !before.is_some_and(|c| class(c) == Class::Word || matches!(c, '.' | ',' | '-' | '–' | '/'));
    let start = (text.len() - 1) as u32;
    alone.then_some((Stretch::new(start, operator.at.end), digit as usize))
}

/// The network operators named after a claim in its block or in the list it leads, each once as it is called today.
fn named_after<'a>(cx: &Context<'a>, block: usize, claim: Stretch) -> Vec<&'a CarrierMention> {
    let prose = cx.guide.blocks[block].prose;
    let mut named: Vec<(&str, &CarrierMention)> = Vec::new();
    let mut add = |mention: &'a CarrierMention| {
        let carrier = mention.id().and_then(|id| cx.knowledge.carrier(id)).filter(|_| !mention.past);
        let Some(today) = carrier.and_then(|it| cx.knowledge.succession(it).pop()) else { return };
        if today.is_current_operator() && !named.iter().any(|(id, _)| *id == today.id) {
            named.push((&today.id, mention));
        }
    };
    let rest = Stretch::new(claim.end, prose.end.max(claim.end));
    // Only what the sentence itself lists: a later one may speak of others.
    let text = cx.guide.text(rest);
    let end = text.find(['。', '\u{1f}']).unwrap_or(text.len()).min(text.find(". ").unwrap_or(text.len()));
    cx.facts.carriers_in(Stretch::new(rest.start, rest.start + end as u32)).for_each(|(_, it)| add(it));
    if let Some(list) = cx.guide.lists.iter().position(|it| it.lead == Some(block as u32)) {
        let items = cx.guide.blocks[block..].iter().filter(|it| it.item.is_some_and(|item| item.list as usize == list));
        for item in items.take(64) {
            cx.facts.carriers_in(item.prose).filter(|(_, it)| it.presented).for_each(|(_, it)| add(it));
        }
    }
    named.into_iter().map(|(_, it)| it).collect()
}
