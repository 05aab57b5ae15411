//! What each kind of declarative rule flags.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use super::Declared;
use super::file::{Kind, Per, Type};
use super::scope::Scope;
use super::search::{Match, Role};
use crate::diagnostic::{Edit, Message};
use crate::facts::{Class, LinkMention, class};
use crate::guide::{Stretch, Value};
use crate::host;
use crate::rule::{Context, Findings};
use crate::text::Span;

/// What fills the message: names and texts.
type Fill = Vec<(String, String)>;

impl Declared {
    pub(super) fn judge_guide(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        if !self.search.is_empty(Role::InGuide) && !self.search.find(cx, Role::InGuide, &[Scope::Text]).is_empty() {
            return;
        }
        match self.kind {
            Kind::Existence | Kind::Substitution => {
                for found in self.flagged(cx) {
                    self.report(cx, findings, &found, Vec::new(), None);
                }
            }
            Kind::Occurrence => self.judge_count(cx, findings),
            Kind::Repetition => self.judge_repetition(cx, findings),
            Kind::Consistency => self.judge_consistency(cx, findings),
            Kind::Conditional => self.judge_condition(cx, findings),
            Kind::Sequence => self.judge_sequence(cx, findings),
            Kind::Link => self.judge_links(cx, findings),
            Kind::FrontMatter => self.judge_front_matter(cx, findings),
            Kind::Section => self.judge_sections(cx, findings),
        }
    }

    /// What the rule looks for, where nothing excuses it.
    fn flagged(&self, cx: &Context<'_>) -> Vec<Match> {
        let mut found = self.search.find(cx, Role::Main, &self.scopes);
        let excuses = |role| match self.search.is_empty(role) {
            true => ByBlock::new(),
            false => by_block(&self.search.find(cx, role, &[Scope::Text])),
        };
        let (near, in_block) = (excuses(Role::Near), excuses(Role::InBlock));
        found.retain(|it| {
            let Some((at, block)) = it.prose else { return true };
            let quoted = self.in_quote && cx.guide.blocks[block].quotes > 0;
            let sourced = self.link_in_block && has_source(cx, block);
            let close = || near.get(&block).is_some_and(|there| is_near(cx, there, at, self.within));
            let excused = quoted || sourced || close() || in_block.contains_key(&block);
            !excused
        });
        found
    }

    fn judge_count(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let limits = &self.judge.limits;
        let found = self.flagged(cx);
        let fill = |count: usize| {
            vec![
                ("count".to_owned(), count.to_string()),
                ("min".to_owned(), limits.min.to_string()),
                ("max".to_owned(), limits.max.to_string()),
            ]
        };
        if found.len() < limits.min {
            self.report_absent(cx, findings, fill(found.len()));
        }
        let mut groups: BTreeMap<usize, Vec<&Match>> = BTreeMap::new();
        for it in &found {
            groups.entry(place(cx, it, limits.per)).or_default().push(it);
        }
        for group in groups.values().filter(|it| it.len() > limits.max) {
            let (before, after) = group.split_at(limits.max);
            self.report(cx, findings, after[0], fill(group.len()), before.first().copied());
        }
    }

    fn judge_repetition(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        if !self.search.may_repeat(cx) {
            return;
        }
        let found = self.flagged(cx);
        for pair in found.windows(2) {
            let (Some((first, block)), Some((second, other))) = (pair[0].prose, pair[1].prose) else { continue };
            if block != other || !pair[0].text.eq_ignore_ascii_case(&pair[1].text) || second.start < first.end {
                continue;
            }
            let between = cx.guide.text(Stretch::new(first.end, second.start));
            let dense = pair[0].text.chars().all(|c| class(c) == Class::Dense);
            if between.chars().all(char::is_whitespace) && (dense || !between.is_empty()) {
                let whole = pair[0].span.cover(pair[1].span);
                let doubled = Match {
                    span: whole,
                    text: pair[0].text.clone(),
                    instead: Some(pair[0].text.clone()),
                    ..pair[1].clone()
                };
                self.report(cx, findings, &doubled, Vec::new(), None);
            }
        }
    }

    fn judge_consistency(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let (either, or) = (self.flagged(cx), self.search.find(cx, Role::Other, &self.scopes));
        // The rarer spelling is the slip; of two equally frequent ones, the later.
        let (rare, common) = match (either.len(), or.len()) {
            (0, _) | (_, 0) => return,
            (a, b) if a < b => (either, or),
            (a, b) if b < a => (or, either),
            _ if either[0].span < or[0].span => (or, either),
            _ => (either, or),
        };
        for it in &rare {
            self.report(cx, findings, it, vec![other(&common[0])], Some(&common[0]));
        }
    }

    fn judge_condition(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let per = self.judge.limits.per;
        let then = self.search.find(cx, Role::Other, &[Scope::Text]);
        let met: HashSet<usize> = then.iter().map(|it| place(cx, it, per)).collect();
        let mut told = HashSet::new();
        for it in self.flagged(cx) {
            let at = place(cx, &it, per);
            if !met.contains(&at) && told.insert(at) {
                let wanted = self.search.terms().find(|(role, _, _)| *role == Role::Other);
                let wanted = wanted.map_or("", |(_, text, _)| text).trim_end_matches('*').to_owned();
                self.report(cx, findings, &it, vec![("other".to_owned(), wanted)], None);
            }
        }
    }

    fn judge_sequence(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let first = self.search.find(cx, Role::Main, &self.scopes);
        let second = self.search.find(cx, Role::Other, &self.scopes);
        if let (Some(first), Some(second)) = (first.first(), second.first())
            && second.span < first.span
        {
            self.report(cx, findings, second, vec![other(first)], Some(first));
        }
    }

    fn judge_links(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let texts = self.search.find(cx, Role::Main, &[Scope::LinkText]);
        let mut texts: Vec<Stretch> = texts.iter().filter_map(|it| it.prose).map(|(at, _)| at).collect();
        texts.sort_unstable();
        for link in &cx.facts.links {
            let Some(parameter) = self.link_matches(link, &texts) else { continue };
            let host = link.address.as_ref().map_or("", |it| it.host.as_str()).to_owned();
            let text = cx.guide.text(link.text).to_owned();
            let fill = vec![("host".to_owned(), host), ("parameter".to_owned(), parameter), ("text".to_owned(), text)];
            let found =
                Match { span: link.span, text: link.url.clone(), prose: None, instead: None, captures: Vec::new() };
            if !(self.link_in_block && has_other_source(cx, link)) {
                self.report(cx, findings, &found, fill, None);
            }
        }
    }

    /// Whether a link is what the rule looks for, and with which parameter.
    fn link_matches(&self, link: &LinkMention, texts: &[Stretch]) -> Option<String> {
        let judge = &self.judge;
        let address = link.address.as_ref()?;
        let within = |domain: &String| host::is_within(&address.host, domain.trim_start_matches("*."));
        if !judge.hosts.is_empty() && !judge.hosts.iter().any(within) {
            return None;
        }
        if !judge.schemes.is_empty() && !judge.schemes.iter().any(|it| *it == address.scheme) {
            return None;
        }
        let parameter = judge.parameters.iter().find(|wanted| address.query.iter().any(|(name, _)| name == *wanted));
        if !judge.parameters.is_empty() && parameter.is_none() {
            return None;
        }
        let first = texts.partition_point(|it| it.start < link.text.start);
        let mut inside = texts[first..].iter().take_while(|it| it.start <= link.text.end);
        if judge.has_texts && !inside.any(|it| link.text.contains(*it)) {
            return None;
        }
        Some(parameter.cloned().unwrap_or_default())
    }

    fn judge_front_matter(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let judge = &self.judge;
        let fill = |value: &str| vec![("key".to_owned(), judge.key.clone()), ("value".to_owned(), value.to_owned())];
        let front = cx.guide.front_matter.as_ref();
        if front.is_some_and(|it| it.error.is_some()) {
            return;
        }
        match front.and_then(|it| it.find(&judge.key, cx.source.text())) {
            None if judge.required => self.report_absent(cx, findings, fill("")),
            None => {}
            Some((value, span)) => {
                let text = text_of(value);
                let fits = judge.value_type.is_none_or(|it| is_of_type(value, it))
                    && (judge.one_of.is_empty() || judge.one_of.contains(&text))
                    && judge.value.as_ref().is_none_or(|it| it.is_match(&text));
                if !fits {
                    let found = Match { span, text: text.clone(), prose: None, instead: None, captures: Vec::new() };
                    self.report(cx, findings, &found, fill(&text), None);
                }
            }
        }
    }

    fn judge_sections(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        let scopes: Vec<Scope> = match self.scopes.as_slice() {
            [Scope::Text] => vec![Scope::Heading(None)],
            own => own.to_vec(),
        };
        let found = self.search.find(cx, Role::Main, &scopes);
        let heading = ("heading".to_owned(), self.judge.headings.first().cloned().unwrap_or_default());
        match (self.judge.forbidden, found.is_empty()) {
            (true, false) => {
                for it in &found {
                    self.report(cx, findings, it, vec![heading.clone()], None);
                }
            }
            (false, true) => self.report_absent(cx, findings, vec![heading]),
            _ => {}
        }
    }

    fn report(
        &self,
        cx: &Context<'_>,
        findings: &mut Findings<'_>,
        found: &Match,
        mut fill: Fill,
        beside: Option<&Match>,
    ) {
        let replacement = self.replacement(found);
        fill.push(("match".to_owned(), found.text.clone()));
        fill.extend(replacement.iter().map(|text| ("replacement".to_owned(), text.clone())));
        fill.extend(found.captures.iter().cloned());
        let mut finding = findings.report(found.span, worded(&self.message, &fill));
        if let Some(help) = &self.help {
            finding = finding.help(worded(help, &fill));
        }
        if let Some(beside) = beside {
            finding = finding.label(beside.span, Message::verbatim(beside.text.clone()));
        }
        // Markup between the words would be lost with them.
        let plain = cx.source.slice(found.span) == found.text || self.kind == Kind::Repetition;
        if let Some(text) = replacement.filter(|_| plain) {
            let title = worded(self.help.as_ref().unwrap_or(&self.message), &fill);
            let edit = Edit { span: found.span, replacement: text };
            finding.fix(title, vec![edit], self.applicability);
        }
    }

    fn report_absent(&self, cx: &Context<'_>, findings: &mut Findings<'_>, mut fill: Fill) {
        let anchor: Span = cx.guide.anchor();
        fill.push(("match".to_owned(), String::new()));
        let finding = findings.report(anchor, worded(&self.message, &fill)).absent(self.meta.name.to_string());
        if let Some(help) = &self.help {
            finding.help(worded(help, &fill));
        }
    }

    /// What comes in place of what was found; a capital at its beginning stays one, unless the replacement has capitals of
    /// its own (`eSIM`).
    fn replacement(&self, found: &Match) -> Option<String> {
        let template = self.fix.as_ref().map(|fix| {
            let mut text = fix.replace("{match}", &found.text);
            for (name, captured) in &found.captures {
                text = text.replace(&format!("{{{name}}}"), captured);
            }
            text
        });
        let text = found.instead.clone().or(template)?;
        let word = text.split(char::is_whitespace).next().unwrap_or("");
        let plain = !word.chars().any(char::is_uppercase);
        let capital = plain && found.text.chars().next().is_some_and(|c| c.is_ascii_uppercase());
        let mut rest = text.chars();
        match rest.next() {
            Some(first) if capital && first.is_ascii_lowercase() && self.kind == Kind::Substitution => {
                Some(first.to_ascii_uppercase().to_string() + rest.as_str())
            }
            _ => Some(text),
        }
    }
}

fn worded(wording: &std::sync::Arc<crate::diagnostic::Wording>, fill: &Fill) -> Message {
    fill.iter()
        .fold(Message::loaded(wording.clone()), |message, (name, text)| message.with_named(name.clone(), text.clone()))
}

fn other(found: &Match) -> (String, String) {
    ("other".to_owned(), found.text.clone())
}

/// Where matches stand in each block, in order.
type ByBlock = HashMap<usize, Vec<Stretch>>;

fn by_block(found: &[Match]) -> ByBlock {
    let mut blocks = ByBlock::new();
    for (at, block) in found.iter().filter_map(|it| it.prose) {
        blocks.entry(block).or_default().push(at);
    }
    blocks.values_mut().for_each(|it| it.sort_unstable());
    blocks
}

/// Whether at most `within` characters lie between a match and the nearest of these places before or after it. None of them
/// lies inside another.
fn is_near(cx: &Context<'_>, places: &[Stretch], at: Stretch, within: usize) -> bool {
    let after = places.partition_point(|it| it.start < at.start);
    let nearest = [after.checked_sub(1), Some(after)].into_iter().flatten().filter_map(|it| places.get(it));
    nearest.into_iter().any(|there| {
        let end = at.end.min(there.end);
        let between = Stretch::new(end, at.start.max(there.start).max(end));
        // A character is at most four bytes, so that a far place is never counted up to.
        let bytes = between.len();
        bytes <= within || bytes / 4 <= within && cx.guide.text(between).chars().count() <= within
    })
}

/// The guide, section or block a match lies in, as a number.
fn place(cx: &Context<'_>, found: &Match, per: Per) -> usize {
    match (per, found.prose) {
        (Per::Block, Some((_, block))) => block,
        (Per::Section, Some((_, block))) => cx.guide.blocks[block].section as usize,
        _ => 0,
    }
}

/// The links in some blocks that can be a source: anything but a messenger.
fn sources_in<'a>(cx: &Context<'a>, blocks: Range<u32>) -> impl Iterator<Item = &'a LinkMention> {
    let own = cx.guide.blocks.get(blocks.start as usize..blocks.end as usize).unwrap_or_default();
    let (first, last) = (own.first().map_or(0, |it| it.prose.start), own.last().map_or(0, |it| it.prose.end));
    let links = &cx.facts.links;
    let from = links.partition_point(|it| it.text.end < first);
    let here = links[from..].iter().take_while(move |it| it.text.start <= last);
    here.filter(move |it| blocks.contains(&it.block) && it.channel.is_none())
}

/// Whether a block, or a footnote to it, links something that can be a source.
fn has_source(cx: &Context<'_>, block: usize) -> bool {
    let own = block as u32..block as u32 + 1;
    std::iter::once(own).chain(cx.guide.footnotes.notes(block as u32)).any(|it| sources_in(cx, it).next().is_some())
}

fn has_other_source(cx: &Context<'_>, link: &LinkMention) -> bool {
    sources_in(cx, link.block..link.block + 1).any(|it| it.span != link.span)
}

fn text_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(it) => it.to_string(),
        Value::Number(it) => it.to_string(),
        Value::Text(it) => it.clone(),
        Value::List(items) => items.iter().map(text_of).collect::<Vec<_>>().join(", "),
        Value::Map(_) => "{…}".to_owned(),
    }
}

fn is_of_type(value: &Value, wanted: Type) -> bool {
    match wanted {
        Type::Text => matches!(value, Value::Text(_)),
        Type::Number => matches!(value, Value::Number(_)),
        Type::Bool => matches!(value, Value::Bool(_)),
        Type::List => matches!(value, Value::List(_)),
        Type::Table => matches!(value, Value::Map(_)),
        Type::Date => {
            value.as_text().is_some_and(|it| it.get(..10).or(Some(it)).and_then(crate::date::Date::parse).is_some())
        }
    }
}
