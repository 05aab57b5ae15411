use std::collections::BTreeSet;
use std::sync::Arc;

use crate::declare_rule;
use crate::diagnostic::{Citation, Message, RuleMeta, Wording};
use crate::facts::{CarrierMention, Surroundings};
use crate::guide::Stretch;
use crate::knowledge::{Carrier, Country, CueSet};
use crate::rule::{Context, Findings, Rule};
use crate::text::Span;

declare_rule! {
    /// Flags an access point name that belongs to another carrier, or that cannot be one.
    ///
    /// ## Why
    /// With a wrong access point name a phone has no mobile data, and nothing on its screen says why.
    ///
    /// ## How it decides
    /// A name given as APN beside a carrier ("APN of Vodafone: …", a row, a list under "APN") is held against the names we know. It is reported when only another
    /// carrier of the country uses it and it is no common word such as `internet`; or when it has characters no access
    /// point name can have. A name without a dot counts
    /// when the carriers of one country alone have it. A name we do not know is left alone.
    ///
    /// ```md bad
    /// # APN settings for SIM cards in Germany
    ///
    /// - Telekom: APN `web.vodafone.de`
    /// ```
    ///
    /// ```md good
    /// # APN settings for SIM cards in Germany
    ///
    /// - Vodafone: APN `web.vodafone.de`
    /// ```
    pub Apn {
        name: "number/apn",
        severity: Warning,
        confidence: Medium,
        since: "0.1.0",
        wordings: [OTHERS, IMPOSSIBLE, USES, KNOWN, GRAMMAR],
    }
}

static OTHERS: Wording = Wording::new(
    "number/apn",
    "`{apn}` is an access point of {owner}, given here for {carrier}",
    "`{apn}` 是 {owner} 的接入点，这里却写作 {carrier} 的",
);
static IMPOSSIBLE: Wording =
    Wording::new("number/apn.impossible", "`{apn}` cannot be an access point name", "`{apn}` 不可能是接入点名称");
static USES: Wording = Wording::new("number/apn.uses", "{owner} uses {apn}", "{owner} 使用 {apn}");
static KNOWN: Wording = Wording::new(
    "number/apn.help",
    "look the name up on the carrier's own settings page",
    "请在运营商官网的设置页面查证",
);
static GRAMMAR: Wording = Wording::new(
    "number/apn.grammar",
    "an access point name has letters, digits, hyphens and dots, up to 100 of them (3GPP TS 23.003)",
    "接入点名称只含字母、数字、连字符和点，至多 100 个字符（3GPP TS 23.003）",
);

/// An access point name as a guide gives it.
struct Given {
    name: String,
    span: Span,
    block: u32,
    at: Stretch,
}

impl Rule for Apn {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let Some(country) = cx.country() else { return };
        for given in given(cx) {
            if !is_possible(&given.name) {
                findings
                    .report(given.span, Message::new(&IMPOSSIBLE).with("apn", given.name.as_str()))
                    .because(Message::new(&GRAMMAR))
                    .help(Message::new(&KNOWN));
                continue;
            }
            let Some(named) = carrier_of(cx, &given) else { continue };
            let Some((owner, sources)) = other_owner(cx, country, named, &given.name) else { continue };
            let message = Message::new(&OTHERS)
                .with("apn", given.name.as_str())
                .with("owner", owner.display_name())
                .with("carrier", named.display_name());
            findings
                .report(given.span, message)
                .according_to(
                    Message::new(&USES).with("owner", owner.display_name()).with("apn", given.name.as_str()),
                    &sources,
                )
                .help(Message::new(&KNOWN));
        }
    }
}

/// Names in code or right after the word, where the word for access points stands beside them.
fn given(cx: &Context<'_>) -> Vec<Given> {
    let mut found = Vec::new();
    for code in &cx.guide.codes {
        let at = Stretch::new(code.at, code.at);
        let around = Surroundings::of(cx.guide, code.block, at);
        let own = around.unit.iter().copied().find(|unit| unit.contains(at)).unwrap_or(around.block);
        let cues = cx.facts.cues_in(CueSet::AccessPoint, own);
        let labelled = cues.filter(|cue| cue.at.end <= code.at).any(|cue| {
            let gap = cx.guide.text(Stretch::new(cue.at.end, code.at));
            gap.chars().count() <= 16 && !gap.contains([',', '，', ';', '；', '.', '。'])
        });
        let in_row = around.column.is_some_and(|it| cx.facts.has_cue(CueSet::AccessPoint, it))
            || (cx.guide.blocks[code.block as usize].cell.is_some()
                && around.unit.first().is_some_and(|it| cx.facts.has_cue(CueSet::AccessPoint, *it)));
        if labelled || in_row {
            found.push(Given { name: code.text.trim().to_owned(), span: code.span, block: code.block, at });
        }
    }
    for cue in cx.facts.cues_of(CueSet::AccessPoint) {
        let Some(block) = cx.guide.block_at(cue.at.end) else { continue };
        let rest = cx.guide.text(Stretch::new(cue.at.end, cx.guide.blocks[block].prose.end.max(cue.at.end)));
        let label = rest.len()
            - rest.trim_start_matches([' ', ':', '：', '=', '"', '“', '「', ')', '）', '是', '为', '為']).len();
        let name: &str =
            rest[label..].split(|c: char| !(c.is_ascii_alphanumeric() || "-._".contains(c))).next().unwrap_or("");
        let name = name.trim_end_matches(['.', '-', '_']);
        // Plain words after "APN" are the sentence going on; a dot makes it a name.
        let alone = || !rest[label + name.len()..].trim_start().starts_with(|c: char| c.is_ascii_alphanumeric());
        if label == 0 || !(name.contains('.') || is_known_word(cx, name) && alone()) {
            continue;
        }
        let start = cue.at.end + label as u32;
        let at = Stretch::new(start, start + name.len() as u32);
        found.push(Given { name: name.to_owned(), span: cx.guide.prose.span(at), block: block as u32, at });
    }
    found.extend(in_cells(cx));
    if cx.facts.speaks_of(CueSet::AccessPoint) {
        found.extend(cx.facts.carriers.iter().filter_map(|it| behind_carrier(cx, it)));
    }
    found.sort_by_key(|it| it.span);
    found.dedup_by(|it, before| it.span.start < before.span.end);
    found
}

/// "The APN of Vodafone is web.vodafone.de", and `Vodafone: web.vodafone.de` under a heading or a lead that says APN.
fn behind_carrier(cx: &Context<'_>, carrier: &CarrierMention) -> Option<Given> {
    /// Bytes between the word for access points and the carrier: " configuration for".
    const BEFORE: u32 = 32;
    /// Characters between the carrier and the name: ": ", " is ", " lautet ".
    const BETWEEN: usize = 12;
    let own = cx.guide.blocks.get(carrier.block as usize)?.prose;
    let rest = cx.guide.text(Stretch::new(carrier.at.end, own.end.max(carrier.at.end)));
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    let begins = |word: &str| word.split_once('.').is_some_and(|(label, rest)| !label.is_empty() && !rest.is_empty());
    let words = rest.split(|c: char| !is_part(c)).take(BETWEEN);
    let name = words.map(|word| word.trim_end_matches(['.', '-', '_'])).find(|word| begins(word))?;
    let gap = name.as_ptr() as usize - rest.as_ptr() as usize;
    let between = &rest[..gap];
    if between.chars().count() > BETWEEN
        || between.contains(|c: char| ",;.()\n，；。（）".contains(c) || c.is_ascii_digit())
    {
        return None;
    }
    let before = Stretch::new(own.start.max(carrier.at.start.saturating_sub(BEFORE)), carrier.at.start);
    let said = || {
        let cue = cx.facts.cues_in(CueSet::AccessPoint, before).last();
        cue.is_some_and(|it| {
            !cx.guide.text(Stretch::new(it.at.end, before.end)).contains([',', '.', ';', ':', '，', '。', '：'])
        })
    };
    let alone = || {
        let around = Surroundings::of(cx.guide, carrier.block, carrier.at);
        let titled = around.lead.into_iter().chain(around.heading).any(|it| cx.facts.has_cue(CueSet::AccessPoint, it));
        titled
            && between.trim_matches([' ', ':', '：', '=', '–', '-']).is_empty()
            && rest[gap + name.len()..].trim().is_empty()
    };
    let start = carrier.at.end + gap as u32;
    let at = Stretch::new(start, start + name.len() as u32);
    (is_possible(name) && (said() || alone())).then(|| Given {
        name: name.to_owned(),
        span: cx.guide.prose.span(at),
        block: carrier.block,
        at,
    })
}

/// Shortest name without a dot that is one carrier's and no word: "net" and "pro" are words.
const SHORTEST_WORD: usize = 5;

/// Whether a name without a dot is a carrier's of the guide's country, and of no other country.
fn is_known_word(cx: &Context<'_>, name: &str) -> bool {
    let points = || cx.country().into_iter().flat_map(|it| &it.carriers).flat_map(|it| &it.apn);
    name.len() >= SHORTEST_WORD
        && points().any(|it| it.name.eq_ignore_ascii_case(name))
        && !cx.knowledge.is_widespread_access_point(name)
}

/// Table cells that hold one dotted name and nothing else, in a column of access points.
fn in_cells(cx: &Context<'_>) -> Vec<Given> {
    let mut columns = BTreeSet::new();
    let mut found = Vec::new();
    for (index, block) in cx.guide.blocks.iter().enumerate() {
        let Some(cell) = block.cell else { continue };
        let text = cx.guide.text(block.prose);
        let name = text.trim();
        if cell.row == 0 && cx.facts.has_cue(CueSet::AccessPoint, block.prose) {
            columns.insert((cell.table, cell.column));
        } else if columns.contains(&(cell.table, cell.column))
            && (name.contains('.') || is_known_word(cx, name))
            && is_possible(name)
        {
            let start = block.prose.start + (text.len() - text.trim_start().len()) as u32;
            let at = Stretch::new(start, start + name.len() as u32);
            found.push(Given { name: name.to_owned(), span: cx.guide.prose.span(at), block: index as u32, at });
        }
    }
    found
}

/// The carrier the settings are for: in the unit, else the heading's, else the only one in the title.
fn carrier_of<'a>(cx: &Context<'a>, given: &Given) -> Option<&'a Carrier> {
    let around = Surroundings::of(cx.guide, given.block, given.at);
    let title = cx.guide.title.map(|it| it.prose);
    let places = [
        around.unit.clone(),
        around.heading.into_iter().collect(),
        around.lead.into_iter().collect(),
        title.into_iter().collect(),
    ];
    for units in places {
        let here: Vec<&CarrierMention> =
            units.iter().flat_map(|unit| cx.facts.carriers_in(*unit)).map(|(_, it)| it).collect();
        if let Some(nearest) = here.iter().rev().find(|it| it.at.end <= given.at.start).or(here.first()) {
            return cx.knowledge.carrier(nearest.id()?);
        }
    }
    None
}

/// The unrelated carrier whose name it is, if the named one is not known to use it.
fn other_owner<'a>(
    cx: &Context<'a>,
    country: &'a Country,
    named: &'a Carrier,
    apn: &str,
) -> Option<(&'a Carrier, Vec<Arc<Citation>>)> {
    let root = |it: &'a Carrier| {
        let today = cx.knowledge.succession(it).pop().unwrap_or(it);
        today.host.clone().unwrap_or_else(|| today.id.clone())
    };
    cx.knowledge.today(named)?;
    let own = root(named);
    let mut owners = country.carriers.iter().filter_map(|it| {
        let point = it.apn.iter().find(|point| point.name.eq_ignore_ascii_case(apn))?;
        Some((it, point))
    });
    let first = owners.clone().next()?;
    // A word is one carrier's alone, and beside one whose own names we know.
    let is_word =
        || is_known_word(cx, apn) && !named.apn.is_empty() && owners.clone().all(|(it, _)| root(it) == root(first.0));
    let is_distinctive = if apn.contains('.') { apn.len() >= 6 } else { is_word() };
    if !is_distinctive {
        return None;
    }
    let foreign = named.apn.is_empty() || owners.all(|(it, _)| root(it) != own);
    let related = country
        .carriers
        .iter()
        .filter(|it| root(it) == own)
        .any(|it| it.apn.iter().any(|p| p.name.eq_ignore_ascii_case(apn)));
    (foreign && !related && named.kind != crate::knowledge::CarrierKind::Mvno)
        .then(|| (first.0, first.1.sources.clone()))
}

/// Labels of letters, digits, hyphens; underscores occur, though the standard has none.
fn is_possible(name: &str) -> bool {
    let label = |it: &str| {
        !it.is_empty() && it.len() <= 63 && it.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    name.len() <= 100 && name.split('.').all(label)
}
