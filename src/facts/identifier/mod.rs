//! Digits and codes that are not telephone numbers but have a grammar of their own: USSD codes, network codes, and what
//! is printed on devices and cards. They are found in prose and, because guides like to set them so, in inline code.

mod dialled;
mod network;
mod printed;

use smol_str::SmolStr;

use super::digits::{DigitStarts, digit};
use super::{Facts, Surroundings};
use crate::guide::{Guide, Stretch};
use crate::knowledge::CueSet;
use crate::text::Span;

/// A code with a grammar of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentifierMention {
    /// What it is said to be, or looks like.
    pub kind: IdentifierKind,
    /// Where, in the source.
    pub span: Span,
    /// Where, in the prose; empty for inline code.
    pub at: Stretch,
    /// Index of the block it stands in.
    pub block: u32,
    /// As written.
    pub text: String,
    /// In ASCII, without separators.
    pub value: String,
    /// It is said to be only an example.
    pub example: bool,
    /// Emphasis marks stand between its digits, which the reader does not see.
    pub broken_by_markup: bool,
}

/// What kind of code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdentifierKind {
    /// USSD or MMI: `*100#`.
    Ussd,
    /// Digits and a hash that are called a USSD code: `100#`.
    Starless,
    /// Of a device.
    Imei,
    /// Of a SIM card.
    Iccid,
    /// Of an eSIM chip.
    Eid,
    /// For downloading an eSIM: `LPA:1$host$code`.
    ActivationCode,
    /// MCC, or MCC and MNC.
    NetworkCode,
    /// Country calling code.
    CallingCode,
    /// `+66` that numbers are said to begin with.
    NumberPrefix,
}

/// A text to look through: the prose, or one piece of inline code with the place it stands in.
struct Place<'a> {
    guide: &'a Guide,
    facts: &'a Facts,
    text: &'a str,
    code: Option<&'a crate::guide::Code>,
    /// Runs of digits in the text.
    runs: Vec<DigitRun>,
}

/// Digits with single spaces or hyphens between them.
struct DigitRun {
    start: usize,
    end: usize,
    /// In ASCII.
    digits: SmolStr,
}

impl Place<'_> {
    /// Prose byte of a byte of the text.
    fn prose_at(&self, at: usize) -> u32 {
        self.code.map_or(at as u32, |code| code.at)
    }

    fn block(&self, at: usize) -> u32 {
        match self.code {
            Some(code) => code.block,
            None => self.guide.block_at(at as u32).unwrap_or(0) as u32,
        }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let Some(code) = self.code else { return self.guide.prose.span(Stretch::new(start as u32, end as u32)) };
        // As many back ticks (and spaces of padding) before the text as after it.
        let marks = code.span.len().saturating_sub(code.text.len()) as u32 / 2;
        Span::new(code.span.start + marks + start as u32, code.span.start + marks + end as u32)
    }

    fn mention(&self, kind: IdentifierKind, start: usize, end: usize, value: impl Into<String>) -> IdentifierMention {
        let block = self.block(start);
        let at = match self.code {
            Some(code) => Stretch::new(code.at, code.at),
            None => Stretch::new(start as u32, end as u32),
        };
        let around = Surroundings::of(self.guide, block, at);
        let places = around.near().chain(around.lead).chain(around.heading);
        IdentifierMention {
            kind,
            span: self.span(start, end),
            at,
            block,
            text: self.text[start..end].to_owned(),
            value: value.into(),
            example: places.into_iter().any(|it| self.facts.has_cue(CueSet::Example, it)),
            broken_by_markup: false,
        }
    }

    /// Whether a cue of a set stands in the same unit, at most `reach` bytes before or behind.
    fn is_cue_beside(&self, set: CueSet, start: usize, end: usize, reach: u32) -> bool {
        let (from, to) = (self.prose_at(start), self.prose_at(end));
        let around = Surroundings::of(self.guide, self.block(start), Stretch::new(from, from));
        let mut cues = around.unit.iter().flat_map(|unit| self.facts.cues_in(set, *unit)).map(|cue| cue.at);
        cues.any(|cue| cue.end <= from && from - cue.end <= reach || to <= cue.start && cue.start - to <= reach)
    }

    /// Where the nearest cue of a set before a byte ends: within `reach` bytes in the same unit, or in the column's header.
    fn cue_before(&self, set: CueSet, at: usize, reach: u32) -> Option<u32> {
        let here = self.prose_at(at);
        let around = Surroundings::of(self.guide, self.block(at), Stretch::new(here, here));
        let ends = around.unit.iter().flat_map(|unit| self.facts.cues_in(set, *unit)).map(|cue| cue.at.end);
        let beside = ends.filter(|end| *end <= here && here - end <= reach).max();
        beside.or_else(|| around.column.filter(|column| self.facts.has_cue(set, *column)).map(|column| column.end))
    }
}

/// Everything of the kind in a guide, by place.
pub(super) fn find(guide: &Guide, facts: &Facts) -> Vec<IdentifierMention> {
    let text = guide.prose.as_str();
    let prose = Place { guide, facts, text, code: None, runs: digit_runs(text, &facts.digit_starts) };
    let codes = guide.codes.iter().map(|code| {
        let runs = digit_runs(&code.text, &DigitStarts::of(&code.text));
        Place { guide, facts, text: &code.text, code: Some(code), runs }
    });
    let mut found = Vec::new();
    for place in std::iter::once(prose).chain(codes) {
        dialled::find(&place, &mut found);
        printed::find(&place, &mut found);
        network::find(&place, &mut found);
    }
    found.retain(|it| guide.blocks.get(it.block as usize).is_some_and(|block| block.kind.is_visible()));
    found.sort_by_key(|it| (it.span, it.kind));
    found
}

/// The runs that begin at `starts`, or that go on across a space or a hyphen.
fn digit_runs(text: &str, starts: &DigitStarts) -> Vec<DigitRun> {
    let mut runs: Vec<DigitRun> = Vec::new();
    let mut digits = String::new();
    let mut beyond = 0;
    for &start in starts.all() {
        let start = start as usize;
        if start < beyond {
            continue;
        }
        let mut end = start;
        let mut gap = false;
        digits.clear();
        for (offset, c) in text[start..].char_indices() {
            if let Some(value) = digit(c) {
                end = start + offset + c.len_utf8();
                digits.push(value);
                gap = false;
            } else if !gap && !digits.is_empty() && matches!(c, ' ' | '-' | '\u{a0}' | '\u{202f}') {
                gap = true;
            } else {
                break;
            }
        }
        beyond = end;
        if !digits.is_empty() {
            runs.push(DigitRun { start, end, digits: SmolStr::new(&digits) });
        }
    }
    runs
}
