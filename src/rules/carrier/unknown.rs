use std::collections::BTreeMap;

use crate::declare_rule;
use crate::diagnostic::{Confidence, Message, RuleMeta, RuleOption, Severity, Wording};
use crate::facts::{CarrierMention, Class, Cue, Surroundings, class, folded};
use crate::guide::{Block, BlockKind, Stretch};
use crate::host;
use crate::knowledge::{CarrierRef, CueSet};
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags a name presented as a carrier that we do not know.
    ///
    /// ## Why
    /// A carrier that does not exist, or whose name is misspelt, sends readers to nobody. Often it is one we have yet to
    /// learn of: then a line in the country file helps everyone.
    ///
    /// ## How it decides
    /// The name begins an item of a list of carriers, stands in the carrier column of a table or in a row of carriers in a
    /// sentence. Regulators, shops, apps and travel eSIM sellers are no carriers and are left alone, and so is everything in
    /// countries whose carriers we do not know. Beside carriers we know it is a warning, else only information.
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
        wordings: [UNKNOWN, BESIDE, CHECK],
    }
}

static UNKNOWN: Wording = Wording::new(
    "carrier/unknown",
    "`{name}` is presented as a carrier, and we know none of that name in this country",
    "`{name}` 被列为运营商，但我们所知的该国运营商中没有这个名称",
);
static BESIDE: Wording = Wording::new("carrier/unknown.beside", "a carrier we know", "我们所知的运营商");
static CHECK: Wording = Wording::new(
    "carrier/unknown.help",
    "check the spelling; if it is right, add the carrier to the country file with a source",
    "请核对拼写；若无误，请把该运营商连同来源加入国家文件",
);

/// A name in a place where carriers stand.
struct Candidate {
    head: Stretch,
    beside: Vec<usize>,
}

impl Rule for Unknown {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        if cx.country().is_none() || !cx.subject.telecom {
            return;
        }
        let mut candidates = in_lists(cx);
        candidates.extend(in_tables(cx));
        candidates.extend(in_sentences(cx));
        candidates.sort_by_key(|it| it.head);
        let mut reported: Vec<String> = Vec::new();
        for candidate in candidates {
            let name = cx.guide.text(candidate.head).trim();
            let key = folded(name);
            if reported.contains(&key) || self.known.iter().any(|it| folded(it) == key) || is_regulator(cx, &key) || is_domain(cx, &key) {
                continue;
            }
            reported.push(key);
            let known = !candidate.beside.is_empty();
            let message = Message::new(&UNKNOWN).with("name", name);
            let mut finding = findings
                .report(cx.guide.prose.span(candidate.head), message)
                .severity(if known { Severity::Warning } else { Severity::Info })
                .confidence(if known { Confidence::Medium } else { Confidence::Low })
                .help(Message::new(&CHECK));
            for index in candidate.beside.iter().take(1) {
                finding = finding.label(cx.facts.carriers[*index].span, Message::new(&BESIDE));
            }
        }
    }
}

fn is_here(cx: &Context<'_>, mention: &CarrierMention) -> bool {
    let country = cx.subject.country.as_deref();
    !mention.ids.is_empty()
        || mention.who.iter().any(|it| matches!(it, CarrierRef::Generated(region, _) if country == Some(region)))
}

/// The carriers of the country that stand in a stretch.
fn known_in(cx: &Context<'_>, at: Stretch) -> Option<usize> {
    // A name may reach beyond the head: `China Telecom (Macau)`.
    let from = cx.facts.carriers.partition_point(|it| it.at.start < at.start);
    let here = cx.facts.carriers.iter().enumerate().skip(from).take_while(|(_, it)| it.at.start < at.end);
    here.filter(|(_, it)| is_here(cx, it)).map(|(index, _)| index).next()
}

/// Items that begin like their neighbours, which begin with carriers.
fn in_lists(cx: &Context<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut lists: BTreeMap<u32, Vec<(Stretch, &Block)>> = BTreeMap::new();
    let mut last: BTreeMap<u32, u32> = BTreeMap::new();
    for block in cx.guide.blocks.iter().filter(|it| it.kind.is_visible()) {
        let Some(item) = block.item else { continue };
        if last.insert(item.list, item.item) != Some(item.item) {
            lists.entry(item.list).or_default().push((head(cx, block.prose), block));
        }
    }
    for heads in lists.into_values() {
        let beside: Vec<usize> = heads.iter().filter_map(|(head, _)| known_in(cx, *head)).collect();
        let Some((first, block)) = heads.first() else { continue };
        let index = cx.guide.block_at(block.prose.start).unwrap_or(0) as u32;
        let around = Surroundings::of(cx.guide, index, *first);
        let titles = [around.lead, around.heading];
        let announced = titles.iter().flatten().any(|title| cx.facts.has_cue(CueSet::Operator, *title));
        let enough = beside.len() * 2 >= heads.len() && (beside.len() >= 2 || (announced && !beside.is_empty()));
        let alone = announced && beside.is_empty() && heads.len() >= 2 && heads.iter().all(|(_, it)| has_number(cx, it));
        if !(enough || alone) {
            continue;
        }
        for (head, block) in heads {
            if is_name(cx, head, announced || has_number(cx, block)) {
                found.push(Candidate { head, beside: beside.clone() });
            }
        }
    }
    found
}

/// Cells of a column whose header says carriers, or whose other cells are carriers.
fn in_tables(cx: &Context<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut columns: BTreeMap<(u32, u32), Vec<Stretch>> = BTreeMap::new();
    for block in &cx.guide.blocks {
        if let Some(cell) = block.cell {
            columns.entry((cell.table, cell.column)).or_default().push(block.prose);
        }
    }
    for cells in columns.into_values() {
        let Some((&header, column)) = cells.split_first() else { continue };
        let beside: Vec<usize> = column.iter().filter_map(|it| known_in(cx, head(cx, *it))).collect();
        let announced = cx.facts.has_cue(CueSet::Operator, header) && cx.guide.text(header).chars().count() <= 24;
        if beside.len() * 2 < column.len() || (beside.len() < 2 && !announced) || beside.is_empty() {
            continue;
        }
        for prose in column {
            let head = head(cx, *prose);
            if is_name(cx, head, announced) {
                found.push(Candidate { head, beside: beside.clone() });
            }
        }
    }
    found
}

/// `A, X and B` in a sentence that speaks of operators.
fn in_sentences(cx: &Context<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (index, pair) in cx.facts.carriers.windows(2).enumerate() {
        let [before, after] = pair else { continue };
        if before.block != after.block || !is_here(cx, before) || !is_here(cx, after) {
            continue;
        }
        let around = Surroundings::of(cx.guide, before.block, before.at);
        if !around.unit.iter().any(|unit| unit.contains(after.at) && cx.facts.has_cue(CueSet::Operator, *unit)) {
            continue;
        }
        let start = before.at.end.min(after.at.start);
        let gap = cx.guide.text(Stretch::new(start, after.at.start));
        let lead = gap.len() - gap.trim_start_matches([',', '、', '，', ' ']).len();
        let separated = gap.trim_start().starts_with([',', '、', '，']);
        if !separated || gap.len() > 60 {
            continue;
        }
        let name = &gap[lead..];
        let end = name.find([',', '、', '，', ';', '(', '（']).unwrap_or(name.len());
        let capitals = name[..end].trim_end().split(' ').take_while(|word| word.chars().next().is_some_and(|c| c.is_uppercase() || class(c) == Class::Dense));
        let length: usize = capitals.map(|word| word.len() + 1).sum();
        if length < 3 {
            continue;
        }
        let head = Stretch::new(start + lead as u32, start + lead as u32 + length as u32 - 1);
        let dense = cx.guide.text(head).chars().any(|c| class(c) == Class::Dense);
        if is_name(cx, head, true) && (!dense || end < name.len()) {
            found.push(Candidate { head, beside: vec![index] });
        }
    }
    found
}

const SEPARATORS: [char; 17] =
    [':', '：', '(', '（', ',', '，', ';', '；', '。', '[', '【', '|', '\n', '–', '—', '=', '\u{fffc}'];

/// What stands before the first separator of an item or cell.
fn head(cx: &Context<'_>, prose: Stretch) -> Stretch {
    let text = cx.guide.text(prose);
    let lead = text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let rest = &text[lead..];
    let end = rest.find(SEPARATORS).unwrap_or(rest.len()).min(rest.find(" - ").unwrap_or(rest.len()));
    let trimmed = rest[..end].trim_end().len();
    Stretch::new(prose.start + lead as u32, prose.start + (lead + trimmed) as u32)
}

/// Looks like a name: short, with a capital where the script has them, and nothing we know to mean something else.
fn is_name(cx: &Context<'_>, head: Stretch, announced: bool) -> bool {
    let text = cx.guide.text(head);
    let (chars, words) = (text.chars().count(), text.split_whitespace().count());
    let Some(first) = text.chars().next() else { return false };
    let shaped = match class(first) {
        Class::Dense => (2..=14).contains(&chars) && words <= 2 && announced,
        _ if first.is_uppercase() || first.is_ascii_digit() => {
            (2..=28).contains(&chars) && text.split_whitespace().take(4).all(|word| !word.starts_with(char::is_lowercase)) && words <= 3
        }
        _ => false,
    };
    shaped
        && text.chars().any(char::is_alphabetic)
        && !text.contains(['.', '/', '@', '?', '!', '？', '！'])
        && cx.facts.carriers_in(head).next().is_none()
        && !overlaps(cx, head)
        && cx.guide.block_at(head.start).is_none_or(|block| cx.guide.blocks[block].kind != BlockKind::Alt)
}

/// Whether a carrier, a country or a word with a meaning of its own shares a byte with `head`.
fn overlaps(cx: &Context<'_>, head: Stretch) -> bool {
    // Words that names are made of say nothing.
    let parts = [CueSet::Network, CueSet::HistoryBeside, CueSet::HistoryUntil, CueSet::Official];
    let speaks = |cue: &Cue| !parts.contains(&cue.set) || cue.at.contains(head);
    // Cues are short: one that reaches into the head begins at most this much before it.
    let wide = Stretch::new(head.start.saturating_sub(60), head.end + 60);
    let cues = &cx.facts.cues[cx.facts.cues.partition_point(|it| it.at.start < wide.start)..];
    cx.facts.carriers_in(wide).any(|(_, it)| it.at.overlaps(head))
        || cues.iter().take_while(|it| it.at.start < head.end).any(|it| it.at.overlaps(head) && speaks(it))
        || cx.facts.places_in(cx.knowledge, wide).any(|(at, _)| at.overlaps(head))
}

fn has_number(cx: &Context<'_>, block: &Block) -> bool {
    let from = cx.facts.numbers.partition_point(|it| it.at.start < block.prose.start);
    cx.facts.numbers[from..].iter().take(2).any(|it| block.prose.contains(it.at))
}

fn is_regulator(cx: &Context<'_>, name: &str) -> bool {
    let regulators = cx.knowledge.countries().filter_map(|it| it.regulator.as_ref()).flat_map(|it| &it.names);
    regulators.map(|it| folded(&it.text)).any(|it| it == name || name.contains(&it) || it.contains(name))
}

/// The label of a known carrier's domain: many go by it though nobody wrote it down as a name.
fn is_domain(cx: &Context<'_>, name: &str) -> bool {
    let domains = cx.country().into_iter().flat_map(|it| &it.carriers).flat_map(|it| &it.domains);
    domains.map(|it| host::registrable(it)).any(|it| it.split('.').next() == Some(name))
}
