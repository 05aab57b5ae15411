//! Comments that silence findings, and the findings about such comments.

use std::collections::HashMap;

use crate::date::Date;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Message, RuleMeta, Wording};
use crate::guide::{Directive, DirectiveFault, DirectiveKind, Guide, NamedRule, Value};
use crate::knowledge::did_you_mean;
use crate::rule::{Finding, Findings};
use crate::rules::meta::{expired_suppression as expired, invalid_directive as invalid, unused_suppression as unused};
use crate::text::{Source, Span};

use super::selection::{Selection, covers};

/// Where a comment silences a rule, and whether it ever did.
struct Reach<'a> {
    rule: &'a NamedRule,
    directive: &'a Directive,
    over: Span,
    used: bool,
    /// Whether the comment stands alone for this and may be taken away.
    removable: bool,
}

/// Splits findings into those shown and those silenced; what is wrong with the comments is among those shown.
pub(super) fn apply(
    source: &Source,
    guide: &Guide,
    found: Vec<Diagnostic>,
    ran: &[&str],
    metas: &[&RuleMeta],
    selection: &Selection,
    today: Date,
) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let (declared, faults) = in_front_matter(source, guide);
    if guide.directives.is_empty() && declared.is_empty() && faults.is_empty() {
        return (found, Vec::new());
    }
    let mut complaints = Complaints { metas, ran, out: Vec::new() };
    let layout = Layout::of(guide);
    let mut reaches = Vec::new();
    for (at, directive) in guide.directives.iter().enumerate() {
        if complaints.is_usable(directive, today) {
            add_reach(source, guide, &layout, at, &mut reaches, &mut complaints);
        }
    }
    for (span, message) in faults {
        complaints.invalid(span, message, Some(Message::new(&invalid::FRONT_FORM)));
    }
    let whole = Span::of(0..source.text().len() + 1);
    for directive in &declared {
        if complaints.is_usable(directive, today) {
            let rules = directive.rules.iter();
            reaches.extend(rules.map(|rule| Reach { rule, directive, over: whole, used: false, removable: false }));
        }
    }
    let (mut shown, silenced) = split(found, &mut reaches);
    for reach in reaches.iter().filter(|reach| !reach.used) {
        if ran.iter().any(|rule| covers(&reach.rule.name, rule)) {
            complaints.unused(source, reach);
        }
    }
    let mut complaints = complaints.out;
    for complaint in &mut complaints {
        selection.adjust(complaint);
    }
    shown.extend(complaints);
    (shown, silenced)
}

/// Parts the findings that a comment silences from the others, and marks the comments that silence any. A guide may hold
/// thousands of both, so each name is looked up in order instead of each comment at each finding.
fn split(found: Vec<Diagnostic>, reaches: &mut [Reach<'_>]) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let end = |it: &Reach<'_>| it.over.end.max(it.over.start + 1);
    // By name: where its reaches begin, and the farthest end of all that begin so early.
    let mut by_name: HashMap<&str, Vec<(u32, u32)>> = HashMap::new();
    for reach in reaches.iter() {
        by_name.entry(&reach.rule.name).or_default().push((reach.over.start, end(reach)));
    }
    for spans in by_name.values_mut() {
        spans.sort_unstable();
        let mut farthest = 0;
        for span in spans {
            farthest = farthest.max(span.1);
            span.1 = farthest;
        }
    }
    let covered = |name: &str, at: u32| {
        let Some(spans) = by_name.get(name) else { return false };
        let before = spans.partition_point(|(start, _)| *start <= at);
        before > 0 && at < spans[before - 1].1
    };
    let (mut shown, mut silenced) = (Vec::new(), Vec::new());
    let mut places: HashMap<&str, Vec<u32>> = by_name.keys().map(|name| (*name, Vec::new())).collect();
    for diagnostic in found {
        let at = diagnostic.span.start;
        let group = diagnostic.rule.split_once('/').map_or("", |(group, _)| group);
        let mut hit = false;
        for name in ["all", group, &diagnostic.rule] {
            if let Some(places) = places.get_mut(name) {
                places.push(at);
                hit |= covered(name, at);
            }
        }
        if hit { silenced.push(diagnostic) } else { shown.push(diagnostic) }
    }
    places.values_mut().for_each(|it| it.sort_unstable());
    let used: Vec<bool> = reaches
        .iter()
        .map(|reach| {
            let places = &places[reach.rule.name.as_str()];
            let first = places.partition_point(|at| *at < reach.over.start);
            places.get(first).is_some_and(|at| *at < end(reach))
        })
        .collect();
    reaches.iter_mut().zip(used).for_each(|(reach, used)| reach.used = used);
    (shown, silenced)
}

/// What the comments of a guide need to know of one another and of the blocks after them.
struct Layout<'a> {
    /// By rule: the indices of the comments that end a region.
    ends: HashMap<&'a str, Vec<usize>>,
    /// By rule: the first comment that begins one.
    starts: HashMap<&'a str, usize>,
    /// By depth: blocks that hold no comment of their own, as they begin.
    by_depth: HashMap<u16, Vec<Span>>,
    /// The same of all depths.
    all: Vec<Span>,
}

impl<'a> Layout<'a> {
    fn of(guide: &'a Guide) -> Layout<'a> {
        let mut layout =
            Layout { ends: HashMap::new(), starts: HashMap::new(), by_depth: HashMap::new(), all: Vec::new() };
        for (at, directive) in guide.directives.iter().enumerate() {
            for rule in &directive.rules {
                match directive.kind {
                    Some(DirectiveKind::AllowEnd) => layout.ends.entry(&rule.name).or_default().push(at),
                    Some(DirectiveKind::AllowStart) => {
                        layout.starts.entry(&rule.name).or_insert(at);
                    }
                    _ => {}
                }
            }
        }
        let mut alone: Vec<Span> = guide.directives.iter().filter(|it| it.alone).map(|it| it.span).collect();
        alone.sort_unstable();
        for (span, depth) in &guide.outline {
            let next = alone.partition_point(|it| it.start < span.start);
            if !alone.get(next).is_some_and(|it| span.contains(*it)) {
                layout.by_depth.entry(*depth).or_default().push(*span);
                layout.all.push(*span);
            }
        }
        layout
    }

    /// The next block at the comment's own depth, else whatever begins next.
    fn next_block(&self, directive: &Directive) -> Span {
        let after = |spans: &[Span]| spans.get(spans.partition_point(|it| it.start < directive.span.end)).copied();
        let near = self.by_depth.get(&directive.depth).and_then(|spans| after(spans));
        near.or_else(|| after(&self.all)).unwrap_or(Span::new(directive.span.end, directive.span.end))
    }
}

fn add_reach<'a>(
    source: &Source,
    guide: &'a Guide,
    layout: &Layout<'a>,
    at: usize,
    reaches: &mut Vec<Reach<'a>>,
    complaints: &mut Complaints<'_>,
) {
    let directive = &guide.directives[at];
    let whole = Span::of(0..source.text().len() + 1);
    match directive.kind {
        Some(DirectiveKind::Allow) => {
            let over = if directive.alone { layout.next_block(directive) } else { line_of(source, directive.span) };
            reaches.extend(directive.rules.iter().map(|rule| Reach {
                rule,
                directive,
                over,
                used: false,
                removable: directive.rules.len() == 1,
            }));
        }
        Some(DirectiveKind::AllowFile) => {
            let limit = guide
                .sections
                .iter()
                .filter(|it| it.heading.is_some())
                .find(|it| guide.title.is_none_or(|title| title.span != it.heading_span));
            if limit.is_some_and(|section| section.heading_span.start < directive.span.start) {
                complaints.invalid(directive.span, Message::new(&invalid::MISPLACED), None);
                return;
            }
            reaches.extend(directive.rules.iter().map(|rule| Reach {
                rule,
                directive,
                over: whole,
                used: false,
                removable: directive.rules.len() == 1,
            }));
        }
        Some(DirectiveKind::AllowStart) => {
            for rule in &directive.rules {
                let ends = layout.ends.get(rule.name.as_str()).map_or(&[][..], Vec::as_slice);
                let end = ends.get(ends.partition_point(|end| *end <= at));
                match end.map(|end| &guide.directives[*end]) {
                    Some(end) => {
                        let over = Span::new(directive.span.end, end.span.start);
                        reaches.push(Reach { rule, directive, over, used: false, removable: false });
                    }
                    None => {
                        let message = Message::new(&invalid::UNCLOSED).with("rule", rule.name.as_str());
                        complaints.invalid(rule.span, message, None);
                    }
                }
            }
        }
        Some(DirectiveKind::AllowEnd) => {
            let opened = |rule: &NamedRule| layout.starts.get(rule.name.as_str()).is_some_and(|start| *start < at);
            if !directive.rules.iter().any(opened) {
                complaints.invalid(directive.span, Message::new(&invalid::UNOPENED), None);
            }
        }
        None => {}
    }
}

/// `guidelint: { allow: [RULE, …], reason: … }` in the front matter, as if it were one `allow-file`. An item may carry its
/// own reason: `RULE -- reason`. Also what cannot be understood of it.
fn in_front_matter(source: &Source, guide: &Guide) -> (Vec<Directive>, Vec<(Span, Message)>) {
    let entry = guide.front_matter.as_ref().and_then(|front| front.get("guidelint"));
    let Some((value, span)) = entry else { return (Vec::new(), Vec::new()) };
    let Value::Map(entries) = value else {
        return (Vec::new(), vec![(span, Message::new(&invalid::IN_FRONT).with("type", value.type_name()))]);
    };
    let known = |key: &str| ["allow", "reason", "until"].contains(&key);
    let unknown = entries.iter().filter(|(key, _)| !known(key));
    let mut faults: Vec<(Span, Message)> =
        unknown.map(|(key, _)| (span, Message::new(&invalid::FRONT_KEY).with("key", key.as_str()))).collect();
    let mut wrong = |value: &Value| {
        faults.push((span, Message::new(&invalid::FRONT_ITEM).with("type", value.type_name())));
    };
    let of = |key: &str| entries.iter().find(|(name, _)| name == key).map(|(_, value)| value);
    let items: Vec<&str> = match of("allow") {
        Some(Value::List(items)) => {
            items.iter().filter(|it| it.as_text().is_none()).for_each(&mut wrong);
            items.iter().filter_map(Value::as_text).collect()
        }
        Some(Value::Text(text)) => text.split(',').map(str::trim).collect(),
        Some(other) => {
            wrong(other);
            Vec::new()
        }
        None if faults.is_empty() => {
            return (Vec::new(), vec![(span, Message::new(&invalid::NO_RULE))]);
        }
        None => Vec::new(),
    };
    let common = of("reason").and_then(Value::as_text);
    let until = of("until").and_then(Value::as_text);
    let directive = |item: &&str| {
        let (name, reason) = item.split_once(" -- ").map_or((*item, common), |(name, reason)| (name, Some(reason)));
        let at =
            source.slice(span).find(name).map_or(span, |at| Span::of(at..at + name.len()).shifted(span.start as usize));
        let reason = reason.map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned);
        let day = until.map(Date::parse);
        let fault = match (&reason, day) {
            (_, Some(None)) => Some(DirectiveFault::BadDate(until.unwrap_or("").to_owned())),
            (None, _) => Some(DirectiveFault::NoReason),
            _ => None,
        };
        Directive {
            span: at,
            kind: Some(DirectiveKind::AllowFile),
            rules: vec![NamedRule { name: name.trim().to_owned(), span: at }],
            until: day.flatten(),
            reason,
            alone: true,
            depth: 0,
            fault,
        }
    };
    (items.iter().map(directive).collect(), faults)
}

fn line_of(source: &Source, span: Span) -> Span {
    let lines = source.lines();
    lines.line_span(lines.line_of(span.start), source.text())
}

struct Complaints<'a> {
    metas: &'a [&'a RuleMeta],
    ran: &'a [&'a str],
    out: Vec<Diagnostic>,
}

impl Complaints<'_> {
    fn report(&mut self, rule: &str, span: Span, message: Message, then: impl FnOnce(Finding<'_>)) {
        if !self.ran.contains(&rule) {
            return;
        }
        if let Some(meta) = self.metas.iter().find(|meta| meta.name == rule) {
            then(Findings::new(meta, &mut self.out).report(span, message));
        }
    }

    fn invalid(&mut self, span: Span, message: Message, help: Option<Message>) {
        let help = help.unwrap_or_else(|| Message::new(&invalid::FORM));
        self.report("meta/invalid-directive", span, message, |finding| {
            finding.help(help);
        });
    }

    /// Whether the comment can be obeyed; if not, it is said why.
    fn is_usable(&mut self, directive: &Directive, today: Date) -> bool {
        if let Some(fault) = &directive.fault {
            let (message, help) = fault_message(fault);
            self.invalid(directive.span, message, help);
            return false;
        }
        let mut usable = true;
        for rule in &directive.rules {
            if let Err(unknown) = Selection::resolve(&rule.name, self.metas.iter().copied()) {
                let message = Message::new(&invalid::UNKNOWN_RULE).with("rule", rule.name.as_str());
                let help = unknown.near.map(|near| Message::new(&invalid::DID_YOU_MEAN).with("near", near));
                self.invalid(rule.span, message, help);
                usable = false;
            }
        }
        if let Some(until) = directive.until.filter(|until| *until < today) {
            let message = Message::new(&expired::EXPIRED).with("day", until.to_string());
            self.report("meta/expired-suppression", directive.span, message, |finding| {
                finding.help(Message::new(&expired::LOOK_AGAIN));
            });
            usable = false;
        }
        usable
    }

    fn unused(&mut self, source: &Source, reach: &Reach<'_>) {
        let span = reach.rule.span;
        let message = Message::new(&unused::UNUSED).with("rule", reach.rule.name.as_str());
        let whole = removal(source, reach.directive);
        self.report("meta/unused-suppression", span, message, |finding| {
            let finding = finding.help(Message::new(&unused::REMOVE));
            if reach.removable {
                let edit = Edit { span: whole, replacement: String::new() };
                finding.fix(Message::new(&unused::REMOVE_FIX), vec![edit], Applicability::Safe);
            }
        });
    }
}

/// The comment, with the space before it, or its whole line when it stands alone.
fn removal(source: &Source, directive: &Directive) -> Span {
    let text = source.text();
    let mut span = directive.span;
    let before = &text[..span.start as usize];
    span.start -= (before.len() - before.trim_end_matches([' ', '\t']).len()) as u32;
    if directive.alone {
        let rest = &text[span.end as usize..];
        span.end += if rest.starts_with("\r\n") { 2 } else { u32::from(rest.starts_with(['\n', '\r'])) };
    }
    span
}

fn fault_message(fault: &DirectiveFault) -> (Message, Option<Message>) {
    let of = |wording: &'static Wording| Message::new(wording);
    match fault {
        DirectiveFault::UnknownVerb(verb) => {
            let near = did_you_mean(verb, crate::guide::VERB_NAMES);
            let help = near.map(|near| of(&invalid::DID_YOU_MEAN).with("near", near));
            (of(&invalid::UNKNOWN_VERB).with("verb", verb.as_str()), help)
        }
        DirectiveFault::NoRule => (of(&invalid::NO_RULE), None),
        DirectiveFault::NoReason => (of(&invalid::NO_REASON), None),
        DirectiveFault::BadDate(day) => (of(&invalid::BAD_DATE).with("day", day.as_str()), None),
        DirectiveFault::NoColon => (of(&invalid::NO_COLON), None),
        DirectiveFault::UnexpectedWord(word) => (of(&invalid::UNEXPECTED).with("word", word.as_str()), None),
    }
}
