use std::collections::BTreeMap;

use crate::declare_rule;
use crate::diagnostic::{Confidence, Message, RuleMeta, RuleOption, Wording};
use crate::facts::{NumberKind, NumberMention};
use crate::guide::Guide;
use crate::rule::{Context, Finding, Findings, Rule};

declare_rule! {
    /// Flags a telephone number whose digits are made up: counting up or down, all the same, or next to others that are.
    ///
    /// ## Why
    /// Text that was written without research fills contacts with numbers that pass every format check and
    /// reach nobody, or somebody who has nothing to do with it.
    ///
    /// ## How it decides
    /// Six or more digits in a row that count up, count down or repeat occur by chance in 3 of 10,000 valid
    /// numbers, so they are reported wherever a number is given as a contact; but a group of five that only the last digit of the
    /// group before makes six (`98450 12345`) is one that helplines choose. Shorter runs are common; they count only
    /// in company: when they make up most of the number and another number of the same list is a placeholder.
    /// Repeated digits on free and shared-cost lines are bought on purpose and left alone, and so are numbers that a
    /// carrier is known to publish, examples, and explanations of number formats.
    ///
    /// A number in a range that a regulator keeps for films and books is nobody's, and an example number of libphonenumber
    /// was copied from a form or a manual; both are reported wherever they are given as a contact.
    ///
    /// ```md bad
    /// # Cancelling an Albanian SIM
    ///
    /// Call customer service at +355 69 123 4567.
    /// ```
    ///
    /// ```md good
    /// # Cancelling an Albanian SIM
    ///
    /// Call customer service at 142. Numbers look like this, for example: +355 69 123 4567.
    /// ```
    pub Placeholder {
        name: "phone/placeholder",
        severity: Warning,
        confidence: High,
        options: {
            run: u32 = RuleOption::number("run", 4, 12, Some(6), "digits in a row that must count up, count down or repeat for a number to be reported alone; fewer than six occur by chance"),
        },
        since: "0.1.0",
        wordings: [COUNTS_UP, COUNTS_DOWN, REPEATS, IN_COMPANY, FICTION, EXAMPLE, CHANCE, NEIGHBOURS, RESERVED, SAMPLE, LOOK_UP],
    }
}

static COUNTS_UP: Wording = Wording::new(
    "phone/placeholder.counts-up",
    "`{number}` looks like a placeholder: {count} of its digits count up",
    "`{number}` 像是占位号码：其中连续 {count} 位数字递增",
);
static COUNTS_DOWN: Wording = Wording::new(
    "phone/placeholder.counts-down",
    "`{number}` looks like a placeholder: {count} of its digits count down",
    "`{number}` 像是占位号码：其中连续 {count} 位数字递减",
);
static REPEATS: Wording = Wording::new(
    "phone/placeholder.repeats",
    "`{number}` looks like a placeholder: the same digit stands {count} times in a row",
    "`{number}` 像是占位号码：同一数字连续出现 {count} 次",
);
static IN_COMPANY: Wording = Wording::new(
    "phone/placeholder.in-company",
    "`{number}` looks like a placeholder: its digits count or repeat, and so do those of numbers beside it",
    "`{number}` 像是占位号码：由连号或叠号拼成，旁边的号码也是如此",
);
static FICTION: Wording = Wording::new(
    "phone/placeholder.fiction",
    "`{number}` is kept for films, books and examples: nobody answers there",
    "`{number}` 属于专供影视、书籍和示例使用的号码，无人接听",
);
static EXAMPLE: Wording = Wording::new(
    "phone/placeholder.example",
    "`{number}` is the number that forms and manuals show as an example for {region}",
    "`{number}` 是各类表单和手册中 {region} 的示例号码",
);
static RESERVED: Wording = Wording::new(
    "phone/placeholder.reserved",
    "numbers of {region} that begin with +{prefix} are reserved so that nobody is called by chance",
    "{region} 的 +{prefix} 号段专门留作虚构用途，以免误打到真人",
);
static SAMPLE: Wording = Wording::new(
    "phone/placeholder.sample",
    "it is an example number of libphonenumber, which address forms everywhere show",
    "它是 libphonenumber 的示例号码，各地的表单都用它作示例",
);
static CHANCE: Wording = Wording::new(
    "phone/placeholder.chance",
    "a run of six or more digits occurs in about 3 of 10,000 valid numbers",
    "在有效号码中，六位以上的连号大约每一万个里只有三个",
);
static NEIGHBOURS: Wording =
    Wording::new("phone/placeholder.neighbours", "placeholders beside it: {numbers}", "旁边的占位号码：{numbers}");
static LOOK_UP: Wording = Wording::new(
    "phone/placeholder.help",
    "use a number from the carrier's own contact page",
    "请改用运营商官方联系页面公布的号码",
);

impl Rule for Placeholder {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let contacts: Vec<&NumberMention> =
            cx.facts.numbers.iter().filter(|number| !number.published && is_contact(cx, number)).collect();
        let sure: Vec<Option<Run>> = contacts.iter().map(|number| telling_run(number, self.run)).collect();
        let mut placeholders: BTreeMap<Company, Vec<&NumberMention>> = BTreeMap::new();
        for (number, run) in contacts.iter().zip(&sure) {
            if run.is_some() || is_fiction(cx, number) {
                let company = placeholders.entry(company(cx.guide, number)).or_default();
                if company.len() < MOST_SHOWN {
                    company.push(number);
                }
            }
        }
        for (at, number) in contacts.iter().enumerate() {
            if let Some(message) = reserved(cx, number, findings) {
                message.help(Message::new(&LOOK_UP));
                continue;
            }
            if let Some(run) = sure[at] {
                let message =
                    Message::new(run.shape.wording()).with("number", number.raw.as_str()).with("count", run.length);
                let finding = findings.report(number.span, message).help(Message::new(&LOOK_UP));
                if run.length >= UNLIKELY {
                    finding.because(Message::new(&CHANCE));
                } else {
                    finding.confidence(Confidence::Low);
                }
                continue;
            }
            let beside = placeholders.get(&company(cx.guide, number));
            let company: Vec<&str> = beside.into_iter().flatten().map(|other| other.raw.as_str()).collect();
            if !company.is_empty() && is_mostly_runs(number) {
                findings
                    .report(number.span, Message::new(&IN_COMPANY).with("number", number.raw.as_str()))
                    .confidence(if company.len() > 1 { Confidence::High } else { Confidence::Medium })
                    .because(
                        Message::new(&NEIGHBOURS)
                            .with("numbers", company.into_iter().collect::<crate::diagnostic::Argument>()),
                    )
                    .help(Message::new(&LOOK_UP));
            }
        }
    }
}

fn is_contact(cx: &Context<'_>, number: &NumberMention) -> bool {
    number.is_given() && !number.messages && (number.valid().is_some() || is_fiction(cx, number))
}

/// A number that is known to be nobody's, whatever its digits look like.
fn reserved<'f>(cx: &Context<'_>, number: &NumberMention, findings: &'f mut Findings<'_>) -> Option<Finding<'f>> {
    let digits = number.e164_digits()?;
    if let Some(range) = cx.knowledge.fiction.range(digits) {
        let message = Message::new(&FICTION).with("number", number.raw.as_str());
        let statement =
            Message::new(&RESERVED).with("region", range.region.as_str()).with("prefix", range.prefix.as_str());
        return Some(findings.report(number.span, message).according_to(statement, &range.sources));
    }
    let region = number.valid()?.region.as_deref()?;
    // A run of digits says more than that somebody else made the number up before. Example numbers of companies' lines
    // are some company's.
    let company = number.valid()?.kind == NumberKind::Uan;
    if company || !cx.knowledge.generated.is_example(digits) || telling_run(number, UNLIKELY as u32).is_some() {
        return None;
    }
    let message = Message::new(&EXAMPLE).with("number", number.raw.as_str()).with("region", region);
    Some(findings.report(number.span, message).confidence(Confidence::Medium).because(Message::new(&SAMPLE)))
}

/// The digits somebody chose: the national number where it is known.
fn subscriber(number: &NumberMention) -> &str {
    number.valid().map_or(number.bare_digits(), |it| it.national.as_str())
}

/// As many placeholders beside a number are named.
const MOST_SHOWN: usize = 8;

/// The list, table or block a number shares with others.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Company {
    Table(u32),
    List(u32),
    Block(u32),
}

fn company(guide: &Guide, number: &NumberMention) -> Company {
    let block = &guide.blocks[number.block as usize];
    match (block.cell, block.item) {
        (Some(cell), _) => Company::Table(cell.table),
        (None, Some(item)) => Company::List(item.list),
        (None, None) => Company::Block(number.block),
    }
}

fn is_fiction(cx: &Context<'_>, number: &NumberMention) -> bool {
    number.e164_digits().is_some_and(|digits| cx.knowledge.fiction.range(digits).is_some())
}

#[derive(Clone, Copy)]
struct Run {
    shape: Shape,
    length: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum Shape {
    Up,
    Down,
    Same,
}

impl Shape {
    fn wording(self) -> &'static Wording {
        match self {
            Shape::Up => &COUNTS_UP,
            Shape::Down => &COUNTS_DOWN,
            Shape::Same => &REPEATS,
        }
    }
}

/// Repeats do not count where they are sold as easy to remember.
fn is_golden(number: &NumberMention) -> bool {
    number.valid().is_some_and(|it| {
        matches!(it.kind, NumberKind::TollFree | NumberKind::SharedCost | NumberKind::Uan | NumberKind::PremiumRate)
    })
}

/// The runs of a number that nobody buys on purpose.
fn suspect_runs(number: &NumberMention) -> impl Iterator<Item = Run> {
    let golden = is_golden(number);
    runs(subscriber(number)).into_iter().filter(move |run| !(golden && run.shape == Shape::Same))
}

/// Digits of a run that hardly occurs by chance.
const UNLIKELY: usize = 6;

/// A run of so many digits or more.
fn telling_run(number: &NumberMention, least: u32) -> Option<Run> {
    let long =
        |run: &Run| run.length >= least as usize && (run.length > least as usize || !is_lent_a_digit(number, *run));
    suspect_runs(number).filter(long).max_by_key(|run| run.length)
}

/// `98450 12345`: five digits that somebody chose, and one more by chance, the last of the group before them.
fn is_lent_a_digit(number: &NumberMention, run: Run) -> bool {
    let groups: Vec<&str> = number.raw.split(|c: char| !c.is_ascii_digit()).filter(|it| !it.is_empty()).collect();
    groups.windows(2).any(|pair| {
        let [before, group] = pair else { return false };
        let whole =
            |digits: &str| runs(digits).first().is_some_and(|it| it.shape == run.shape && it.length == digits.len());
        before.len() > 1
            && group.len() + 1 == run.length
            && whole(group)
            && whole(&format!("{}{group}", &before[before.len() - 1..]))
    })
}

/// Whether runs of three or more make up at least six digits and two thirds of the number.
fn is_mostly_runs(number: &NumberMention) -> bool {
    let in_runs: usize = suspect_runs(number).map(|run| run.length).filter(|length| *length >= 3).sum();
    in_runs >= 6 && in_runs * 3 >= subscriber(number).len() * 2
}

/// Every maximal run of digits that differ by the same step of +1, -1 or 0.
fn runs(digits: &str) -> Vec<Run> {
    let bytes = digits.as_bytes();
    let mut found = Vec::new();
    let mut from = 0;
    while from + 1 < bytes.len() {
        let step = i16::from(bytes[from + 1]) - i16::from(bytes[from]);
        let mut end = from + 1;
        while end + 1 < bytes.len() && i16::from(bytes[end + 1]) - i16::from(bytes[end]) == step {
            end += 1;
        }
        let shape = match step {
            1 => Some(Shape::Up),
            -1 => Some(Shape::Down),
            0 => Some(Shape::Same),
            _ => None,
        };
        found.extend(shape.map(|shape| Run { shape, length: end - from + 1 }));
        // A run's last digit may begin the next one, but must not be counted in both.
        from = if shape.is_some() && end > from + 1 { end + 1 } else { from + 1 };
    }
    found
}
