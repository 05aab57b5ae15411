//! Finds what a declarative rule looks for: its terms come from the one scan, its regexes are tried only where the scan
//! saw their words.

use std::collections::BTreeSet;

use regex::Regex;

use super::pattern::Pattern;
use super::scope::{Scope, block_of, is_whole_word};
use crate::facts;
use crate::guide::Stretch;
use crate::rule::{Context, Pattern as Wanted};
use crate::text::Span;

/// Matches of one regex in one block: each may look as far as the block goes (`a(?:.*b)?`), so that all of them would take time
/// that grows with the square of it.
const MOST_IN_BLOCK: usize = 1000;

/// The same for what is looked for in the source itself.
const MOST_IN_SOURCE: usize = 10_000;

/// What a term is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// What is flagged.
    Main,
    /// What it is held against: the other spelling, what must follow.
    Other,
    /// Near it, nothing is flagged.
    Near,
    /// In its block, nothing is flagged.
    InBlock,
    /// In its guide, nothing is flagged.
    InGuide,
}

#[derive(Debug)]
enum Item {
    /// Text, and what to put in its place; a plain regex of it for places outside the prose.
    Term {
        text: String,
        instead: Option<String>,
        regex: Option<Regex>,
    },
    Pattern(Pattern),
}

/// Everything a rule looks for.
#[derive(Debug, Default)]
pub(super) struct Search {
    items: Vec<(Role, Item)>,
    /// What the scan is asked for: text and the index of its item.
    wanted: Vec<(String, usize)>,
    case_sensitive: bool,
}

/// A place where something was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Match {
    pub span: Span,
    /// The words, without markup.
    pub text: String,
    /// Where in the prose, and in which block; `None` outside the prose.
    pub prose: Option<(Stretch, usize)>,
    /// What to put in its place.
    pub instead: Option<String>,
    /// Groups of the regex, by number and name.
    pub captures: Vec<(String, String)>,
}

impl Search {
    pub(super) fn new(case_sensitive: bool) -> Search {
        Search { case_sensitive, ..Search::default() }
    }

    pub(super) fn add_term(&mut self, role: Role, text: &str, instead: Option<String>, outside: bool) {
        let regex = outside.then(|| {
            let escaped = regex::escape(text.trim_end_matches('*'));
            let flags = if self.case_sensitive { "" } else { "(?i)" };
            Regex::new(&format!("{flags}{escaped}")).ok()
        });
        self.wanted.push((text.to_owned(), self.items.len()));
        self.items.push((role, Item::Term { text: text.to_owned(), instead, regex: regex.flatten() }));
    }

    pub(super) fn add_pattern(&mut self, role: Role, pattern: Pattern) {
        let at = self.items.len();
        self.wanted.extend(pattern.literals.iter().map(|literal| (format!("{literal}*"), at)));
        self.items.push((role, Item::Pattern(pattern)));
    }

    pub(super) fn is_empty(&self, role: Role) -> bool {
        !self.items.iter().any(|(it, _)| *it == role)
    }

    pub(super) fn terms(&self) -> impl Iterator<Item = (Role, &str, Option<&str>)> {
        self.items.iter().filter_map(|(role, item)| match item {
            Item::Term { text, instead, .. } => Some((*role, text.as_str(), instead.as_deref())),
            Item::Pattern(_) => None,
        })
    }

    pub(super) fn patterns(&self) -> Vec<Wanted> {
        let wanted = self.wanted.iter().enumerate().map(|(tag, (text, item))| Wanted {
            text: text.clone(),
            language: String::new(),
            tag: tag as u32,
            exact: self.case_sensitive && matches!(self.items[*item].1, Item::Term { .. }),
        });
        wanted.collect()
    }

    /// Whether a term may stand twice in a row. Common words are found at every turn, and hardly ever so.
    pub(super) fn may_repeat(&self, cx: &Context<'_>) -> bool {
        let repeats = |at: Stretch| {
            let word = cx.guide.text(at).as_bytes();
            let before = cx.guide.prose.as_str()[..at.start as usize].trim_end().as_bytes();
            before.len() >= word.len() && before[before.len() - word.len()..].eq_ignore_ascii_case(word)
        };
        let is_term = |(_, item): &(Role, Item)| matches!(item, Item::Term { .. });
        !self.items.iter().all(is_term) || cx.wanted().any(|hit| repeats(hit.at))
    }

    /// Everything found for a role within the scopes, by place; what lies inside a longer match is left out.
    pub(super) fn find(&self, cx: &Context<'_>, role: Role, scopes: &[Scope]) -> Vec<Match> {
        let mut found = Vec::new();
        let mut blocks: BTreeSet<(usize, usize)> = BTreeSet::new();
        for hit in cx.wanted() {
            let Some(&(_, index)) = self.wanted.get(hit.tag as usize) else { continue };
            let (of, item) = &self.items[index];
            if *of != role {
                continue;
            }
            match item {
                Item::Term { instead, .. } => {
                    if let Some(block) = block_of(cx, scopes, hit.at) {
                        found.push(in_prose(cx, hit.at, block, instead.clone(), Vec::new()));
                    }
                }
                Item::Pattern(_) => {
                    blocks.extend(cx.guide.block_at(hit.at.start).map(|block| (index, block)));
                }
            }
        }
        for (index, (of, item)) in self.items.iter().enumerate() {
            let Item::Pattern(pattern) = item else { continue };
            if *of == role && pattern.literals.is_empty() {
                blocks.extend((0..cx.guide.blocks.len()).map(|block| (index, block)));
            }
        }
        for (index, block) in blocks {
            if let Item::Pattern(pattern) = &self.items[index].1 {
                matches_in_block(cx, &pattern.regex, block, scopes, &mut found);
            }
        }
        for scope in scopes.iter().filter(|it| it.is_outside_prose()) {
            for span in scope.sources(cx) {
                self.find_outside(cx, role, span, &mut found);
            }
        }
        found.sort_by_key(|it| (it.span.start, std::cmp::Reverse(it.span.end)));
        let mut end = 0;
        found.retain(|it| {
            let inside = it.span.end <= end;
            end = end.max(it.span.end);
            !inside
        });
        found
    }

    fn find_outside(&self, cx: &Context<'_>, role: Role, span: Span, found: &mut Vec<Match>) {
        let text = cx.source.slice(span);
        for (_, item) in self.items.iter().filter(|(of, _)| *of == role) {
            let (regex, instead) = match item {
                Item::Term { regex: Some(regex), instead, .. } => (regex, instead.clone()),
                Item::Pattern(pattern) => (&pattern.regex, None),
                Item::Term { .. } => continue,
            };
            for captures in regex.captures_iter(text).take(MOST_IN_SOURCE) {
                let whole = captures.get(0).map_or(0..0, |it| it.range());
                if matches!(item, Item::Term { .. }) && !is_whole_word(text, whole.clone()) {
                    continue;
                }
                found.push(Match {
                    span: Span::of(whole.clone()).shifted(span.start as usize),
                    text: text[whole].to_owned(),
                    prose: None,
                    instead: instead.clone(),
                    captures: named(regex, &captures),
                });
            }
        }
    }
}

fn in_prose(
    cx: &Context<'_>,
    at: Stretch,
    block: usize,
    instead: Option<String>,
    captures: Vec<(String, String)>,
) -> Match {
    Match {
        span: facts::span(cx.guide, at),
        text: cx.guide.text(at).to_owned(),
        prose: Some((at, block)),
        instead,
        captures,
    }
}

fn matches_in_block(cx: &Context<'_>, regex: &Regex, block: usize, scopes: &[Scope], found: &mut Vec<Match>) {
    let prose = cx.guide.blocks[block].prose;
    let text = cx.guide.text(prose);
    for captures in regex.captures_iter(text).take(MOST_IN_BLOCK) {
        let Some(whole) = captures.get(0) else { continue };
        let at = Stretch::new(prose.start + whole.start() as u32, prose.start + whole.end() as u32);
        if !at.is_empty() && block_of(cx, scopes, at) == Some(block) {
            found.push(in_prose(cx, at, block, None, named(regex, &captures)));
        }
    }
}

fn named(regex: &Regex, captures: &regex::Captures<'_>) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (at, name) in regex.capture_names().enumerate().skip(1) {
        let text = captures.get(at).map_or("", |it| it.as_str());
        out.push((at.to_string(), text.to_owned()));
        out.extend(name.map(|name| (name.to_owned(), text.to_owned())));
    }
    out
}
