use crate::declare_rule;
use crate::diagnostic::{Argument, Message, RuleMeta, Wording};
use crate::facts::Cue;
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
    /// operators we know in the guide's country. Only a number that is too high is reported: "the big three" of four is
    /// common and true.
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
        wordings: [TOO_MANY, KNOWN, CORRECT],
    }
}

static TOO_MANY: Wording = Wording::new(
    "carrier/count",
    "`{claim}`: we know {known} network operators in this country, not {said}",
    "`{claim}`：据我们所知该国只有 {known} 家移动网络运营商，而非 {said} 家",
);
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
        for operator in cx.facts.cues.iter().filter(|cue| cue.set == CueSet::Operator) {
            let Some((number, said)) = number_before(cx, operator) else { continue };
            if said <= operators.len() {
                continue;
            }
            let claim = Stretch::new(number.start, operator.at.end);
            let past = cx.guide.block_at(claim.start).is_some_and(|block| {
                cx.facts.has_cue(CueSet::History, cx.guide.blocks[block].prose)
            });
            if past {
                continue;
            }
            let names: Argument = operators.iter().map(|it| it.display_name()).collect();
            let message = Message::new(&TOO_MANY)
                .with("claim", cx.guide.text(claim))
                .with("known", operators.len())
                .with("said", said);
            let mut finding = findings.report(cx.guide.prose.span(claim), message).help(Message::new(&CORRECT));
            for (at, carrier) in operators.iter().enumerate() {
                let statement = Message::new(&KNOWN).with("names", match at {
                    0 => names.clone(),
                    _ => Argument::from(carrier.display_name()),
                });
                finding = finding.according_to(statement, &carrier.sources[..1.min(carrier.sources.len())]);
            }
            drop(finding);
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
