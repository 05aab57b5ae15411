use crate::declare_rule;
use crate::diagnostic::{Applicability, Confidence, Edit, Message, RuleMeta, Wording};
use crate::guide::{Hidden, Stretch};
use crate::knowledge::CueSet;
use crate::rule::{Context, Findings, Rule};

declare_rule! {
    /// Flags text that readers do not see but machines do, and runs of invisible characters.
    ///
    /// ## Why
    /// Text nobody is meant to see is written for search engines, or against filters.
    ///
    /// ## How it decides
    /// HTML hides text (`display:none`, no size, white letters without a background, far outside the page) in a guide about mobile service,
    /// or the hidden text holds a contact or words of buying. Four or more invisible characters in a row, characters that turn the direction
    /// of writing by force, and invisible letters of the tag alphabet are found anywhere; emoji and scripts that need joiners are
    /// left alone. In addresses, letters of several scripts in one name are found.
    ///
    /// ```md bad
    /// # How to cancel a Turkish SIM
    ///
    /// Visit a shop.
    ///
    /// <p style="display:none">cheap sim card, buy sim, best sim</p>
    /// ```
    ///
    /// ```md good
    /// # How to cancel a Turkish SIM
    ///
    /// <details><summary>Which papers?</summary>
    ///
    /// A passport.
    ///
    /// </details>
    /// ```
    pub HiddenText {
        name: "promo/hidden-text",
        severity: Warning,
        confidence: Medium,
        fix: Unsafe,
        since: "0.1.0",
        wordings: [HIDDEN, RUN, FORCED, MIXED, BY, REMOVE, REMOVE_FIX],
    }
}

static HIDDEN: Wording = Wording::new("promo/hidden-text", "readers do not see this text", "读者看不到这段文字");
static RUN: Wording = Wording::new(
    "promo/hidden-text.run",
    "{count} invisible characters stand here in a row",
    "此处连续出现 {count} 个不可见字符",
);
static FORCED: Wording = Wording::new(
    "promo/hidden-text.direction",
    "a character here turns the direction of writing by force",
    "此处有强制改变文字方向的字符",
);
static MIXED: Wording = Wording::new(
    "promo/hidden-text.mixed",
    "the name `{host}` mixes letters of several scripts",
    "`{host}` 混用了多种文字的字母",
);
static BY: Wording = Wording::new("promo/hidden-text.by", "`{by}` hides it", "由 `{by}` 隐藏");
static REMOVE: Wording = Wording::new("promo/hidden-text.help", "show the text or remove it", "请显示或删除该内容");
static REMOVE_FIX: Wording = Wording::new("promo/hidden-text.fix", "remove what nobody sees", "删除不可见内容");

/// Invisible characters in a row that no honest text has.
const SUSPICIOUS: usize = 4;

impl Rule for HiddenText {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        for hidden in &cx.guide.hidden {
            if cx.subject.telecom || sells(cx, hidden) {
                report_hidden(cx, findings, hidden);
            }
        }
        for (at, count) in runs(cx.guide.prose.as_str()) {
            let span = cx.guide.prose.span(at);
            let message = match count {
                Some(count) => Message::new(&RUN).with("count", count),
                None => Message::new(&FORCED),
            };
            findings.report(span, message).help(Message::new(&REMOVE)).fix(
                Message::new(&REMOVE_FIX),
                vec![Edit { span, replacement: String::new() }],
                Applicability::Unsafe,
            );
        }
        for link in &cx.facts.links {
            if let Some(host) = mixed_host(&link.url) {
                findings.report(link.span, Message::new(&MIXED).with("host", host)).confidence(Confidence::High);
            }
        }
    }
}

fn report_hidden(cx: &Context<'_>, findings: &mut Findings<'_>, hidden: &Hidden) {
    let confidence = if sells(cx, hidden) { Confidence::High } else { Confidence::Medium };
    findings
        .report(hidden.span, Message::new(&HIDDEN))
        .confidence(confidence)
        .because(Message::new(&BY).with("by", hidden.by.as_str()))
        .help(Message::new(&REMOVE))
        .fix(
            Message::new(&REMOVE_FIX),
            vec![Edit { span: hidden.span, replacement: String::new() }],
            Applicability::Unsafe,
        );
}

fn sells(cx: &Context<'_>, hidden: &Hidden) -> bool {
    let text = cx.guide.text(hidden.text);
    let cue = |set| cx.facts.has_cue(set, hidden.text);
    let first = cx.facts.phrases.partition_point(|it| it.at.start < hidden.text.start);
    let phrase = cx.facts.phrases.get(first).is_some_and(|it| hidden.text.contains(it.at));
    phrase || cue(CueSet::Contact) || (cue(CueSet::Buy) && text.matches([',', '，', '、']).count() >= 2)
}

/// Runs of invisible characters with their number; `None` for one that turns the direction of writing.
fn runs(prose: &str) -> Vec<(Stretch, Option<usize>)> {
    let mut found = Vec::new();
    let mut run: Option<(usize, usize)> = None;
    let mut before = ' ';
    let mut in_flag = false;
    let mut at = 0;
    while at <= prose.len() {
        let shown = if run.is_none() { visible(&prose.as_bytes()[at..]) } else { 0 };
        if shown > 0 {
            (at, before, in_flag) = (at + shown, ' ', false);
        }
        let c = prose[at..].chars().next().unwrap_or(' ');
        // England's flag is a black flag followed by invisible letters.
        in_flag = is_tag(c) && (in_flag || prose[..at].ends_with('\u{1f3f4}'));
        if is_invisible(c) && !in_flag {
            let (from, count) = run.unwrap_or((at, 0));
            run = Some((from, count + 1));
        } else {
            if let Some((from, count)) = run.take()
                && count >= SUSPICIOUS
            {
                found.push((Stretch::new(from as u32, at as u32), Some(count)));
            }
            if matches!(c, '\u{202d}' | '\u{202e}') {
                let end = (at + c.len_utf8()) as u32;
                match found.last_mut() {
                    Some((last, None)) if before == c => last.end = end,
                    _ => found.push((Stretch::new(at as u32, end), None)),
                }
            }
        }
        before = c;
        at += c.len_utf8();
    }
    found
}

/// How many bytes belong to characters that show, as far as their first two bytes tell. Nearly all of a guide does, and is
/// passed over in pieces.
fn visible(bytes: &[u8]) -> usize {
    const PIECE: usize = 32;
    let doubtful = |(byte, next): (&u8, &u8)| {
        matches!(
            (byte, next),
            (0xC2, 0xAD)
                | (0xE1, 0x85 | 0xA0)
                | (0xE2, 0x80 | 0x81)
                | (0xE3, 0x85)
                | (0xEF, 0xBB | 0xBE)
                | (0xF3, 0xA0)
        )
    };
    let mut at = 0;
    while let Some(piece) = bytes.get(at..=at + PIECE) {
        let pairs = piece.iter().zip(&piece[1..]);
        if !piece.is_ascii() && pairs.fold(false, |any, pair| any | doubtful(pair)) {
            break;
        }
        at += PIECE;
    }
    let rest = &bytes[at..];
    rest.iter().zip(&rest[1.min(rest.len())..]).position(doubtful).map_or(bytes.len(), |found| at + found)
}

fn is_tag(c: char) -> bool {
    matches!(c as u32, 0xE0000..=0xE007F)
}

fn is_invisible(c: char) -> bool {
    matches!(c as u32, 0xAD | 0x115F | 0x1160 | 0x180E | 0x200B..=0x200F | 0x2060..=0x2064 | 0x3164 | 0xFEFF | 0xFFA0)
        || is_tag(c)
}

/// The host of an address with Latin letters and Cyrillic or Greek ones in one of its names.
fn mixed_host(url: &str) -> Option<&str> {
    if url.is_ascii() {
        return None;
    }
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    let mixed = |label: &str| {
        let foreign = label.chars().any(|c| matches!(c as u32, 0x370..=0x58F));
        foreign && label.bytes().any(|byte| byte.is_ascii_alphabetic())
    };
    (!host.is_ascii() && host.split('.').any(mixed)).then_some(host)
}
