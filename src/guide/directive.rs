use memchr::memmem;

use crate::{date::Date, text::Span};

/// A comment addressed to guidelint.
#[derive(Clone, Debug)]
pub struct Directive {
    /// The whole comment.
    pub span: Span,
    /// What it asks for; `None` when it could not be understood, see `fault`.
    pub kind: Option<DirectiveKind>,
    /// The rules it names.
    pub rules: Vec<NamedRule>,
    /// The last day it holds.
    pub until: Option<Date>,
    /// Why the findings are silenced.
    pub reason: Option<String>,
    /// Nothing but white space shares its line.
    pub alone: bool,
    /// Nesting depth of the block it stands in, as in [`super::Guide::outline`].
    pub depth: u16,
    /// What is wrong with it.
    pub fault: Option<DirectiveFault>,
}

/// A rule, a group or `all`, as a directive names it.
#[derive(Clone, Debug)]
pub struct NamedRule {
    /// The name.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

/// What a directive asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DirectiveKind {
    /// This line, or the next block.
    Allow,
    /// The whole file.
    AllowFile,
    /// From here …
    AllowStart,
    /// … to here.
    AllowEnd,
}

/// What is wrong with a directive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DirectiveFault {
    /// An unknown verb.
    UnknownVerb(String),
    /// No rule is named.
    NoRule,
    /// No ` -- reason`.
    NoReason,
    /// `until=` is not a date.
    BadDate(String),
    /// A word that is neither a rule nor `until=`.
    UnexpectedWord(String),
    /// No colon after `guidelint`, though it can mean nothing else.
    NoColon,
}

const VERBS: [(&str, DirectiveKind); 4] = [
    ("allow", DirectiveKind::Allow),
    ("allow-file", DirectiveKind::AllowFile),
    ("allow-start", DirectiveKind::AllowStart),
    ("allow-end", DirectiveKind::AllowEnd),
];

/// The verbs a directive may begin with.
pub const VERB_NAMES: [&str; 4] = ["allow", "allow-file", "allow-start", "allow-end"];

/// Reads the inside of a comment: `inner` begins at file offset `at`. `None` when it is not for guidelint.
pub(super) fn read(inner: &str, at: usize, span: Span, alone: bool, depth: u16) -> Option<Directive> {
    let (body, colon) = addressed(inner)?;
    let mut offset = at + inner.len() - body.len();
    let (instruction, reason) = match split_reason(body) {
        Some((instruction, reason)) => (instruction, Some(reason.trim())),
        None => (body, None),
    };
    let mut directive = Directive {
        span,
        kind: None,
        rules: Vec::new(),
        until: None,
        reason: reason.filter(|it| !it.is_empty()).map(str::to_owned),
        alone,
        depth,
        fault: None,
    };
    if !colon {
        directive.fault = Some(DirectiveFault::NoColon);
        return Some(directive);
    }
    let mut rest = instruction;
    let mut first = true;
    loop {
        let skipped = rest.len() - rest.trim_start().len();
        offset += skipped;
        rest = &rest[skipped..];
        let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let word = &rest[..length];
        if word.is_empty() {
            break;
        }
        match first {
            true => directive.take_verb(word),
            false => directive.take_word(word, offset),
        }
        first = false;
        offset += length;
        rest = &rest[length..];
    }
    directive.judge();
    Some(directive)
}

/// What other linters begin such comments with, beside our own words.
const OTHER_VERBS: [&str; 5] = ["disable", "enable", "ignore", "off", "on"];

/// What a comment asks of guidelint, and whether the colon that says so is there. Comments that merely speak of guidelint
/// are for people.
fn addressed(inner: &str) -> Option<(&str, bool)> {
    const NAME: &str = "guidelint";
    let trimmed = inner.trim_start();
    let rest = trimmed.get(..NAME.len()).filter(|it| it.eq_ignore_ascii_case(NAME)).map(|_| &trimmed[NAME.len()..])?;
    if let Some(body) = rest.trim_start().strip_prefix(':') {
        return Some((body, true));
    }
    let body = rest.strip_prefix(['-', ' '])?.trim_start();
    let end = body.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(body.len());
    let verb = &body[..end];
    (verb == "allow" || OTHER_VERBS.contains(&verb)).then_some((body, false))
}

/// Finds `{/* guidelint: … */}`, MDX's comment, outside code. Such a comment is text to CommonMark.
pub(super) fn read_mdx(guide: &mut super::Guide, source: &str) {
    let mut from = 0;
    while let Some(at) = memmem::find(&source.as_bytes()[from..], b"{/*").map(|at| from + at) {
        // The mark that opens a comment may not share its star with the one that closes it: `{/*/}` is still open.
        let Some(length) = source[at + 3..].find("*/}") else { break };
        let end = at + 3 + length + 3;
        from = end;
        let span = Span::of(at..end);
        let block = guide.code_blocks.partition_point(|it| it.start <= span.start).checked_sub(1);
        let code = guide.codes.partition_point(|it| it.span.start <= span.start).checked_sub(1);
        let in_code = block.is_some_and(|it| guide.code_blocks[it].contains(span))
            || code.is_some_and(|it| guide.codes[it].span.contains(span));
        if !in_code {
            let alone = is_alone(source, span);
            guide.directives.extend(read(&source[at + 3..end - 3], at + 3, span, alone, 0));
        }
    }
}

/// Whether nothing but white space and the marks of quotes shares the line of a comment. Looks no farther than it must:
/// a line may be as long as the file.
pub(super) fn is_alone(source: &str, span: Span) -> bool {
    let in_line = |c: &char| !matches!(c, '\n' | '\r');
    let marks = |c: char| c.is_whitespace() || c == '>' || c == '\u{feff}';
    source[..span.start as usize].chars().rev().take_while(in_line).all(marks)
        && source[span.end as usize..].chars().take_while(in_line).all(char::is_whitespace)
}

fn split_reason(body: &str) -> Option<(&str, &str)> {
    if let Some(at) = body.find(" -- ") {
        return Some((&body[..at], &body[at + 4..]));
    }
    body.trim_end().ends_with(" --").then(|| (body.trim_end().trim_end_matches(" --"), ""))
}

impl Directive {
    fn take_verb(&mut self, word: &str) {
        self.kind = VERBS.iter().find(|(name, _)| *name == word).map(|(_, kind)| *kind);
        if self.kind.is_none() {
            self.fault = Some(DirectiveFault::UnknownVerb(word.to_owned()));
        }
    }

    fn take_word(&mut self, word: &str, offset: usize) {
        if let Some(day) = word.strip_prefix("until=") {
            self.until = Date::parse(day);
            if self.until.is_none() {
                self.complain(DirectiveFault::BadDate(day.to_owned()));
            }
            return;
        }
        let mut at = offset;
        for name in word.split(',') {
            if is_rule_name(name) {
                let span = Span::of(at..at + name.len());
                self.rules.push(NamedRule { name: name.to_owned(), span });
            } else if !name.is_empty() {
                self.complain(DirectiveFault::UnexpectedWord(name.to_owned()));
            }
            at += name.len() + 1;
        }
    }

    fn judge(&mut self) {
        if self.kind.is_none() && self.fault.is_none() {
            self.fault = Some(DirectiveFault::UnknownVerb(String::new()));
        }
        if self.rules.is_empty() {
            self.complain(DirectiveFault::NoRule);
        }
        if self.reason.is_none() && self.kind != Some(DirectiveKind::AllowEnd) {
            self.complain(DirectiveFault::NoReason);
        }
    }

    fn complain(&mut self, fault: DirectiveFault) {
        self.fault.get_or_insert(fault);
    }
}

fn is_rule_name(word: &str) -> bool {
    !word.is_empty()
        && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-/".contains(&byte))
}
