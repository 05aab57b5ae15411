use crate::declare_rule;
use crate::diagnostic::{Confidence, Message, RuleMeta, RuleOption, Wording};
use crate::guide::{BlockKind, Guide, Stretch};
use crate::knowledge::CueSet;
use crate::rule::{Context, Findings, Pattern, Rule};

declare_rule! {
    /// Flags text that stands where the real text was to come: TODO, lorem ipsum, 待补充, `{{phone_number}}`.
    ///
    /// ## Why
    /// A guide that was published before it was written sends its reader away, and nobody will notice by looking at the list of pages.
    ///
    /// ## How it decides
    /// The words are in `rules/vocabulary/section.toml`: some count anywhere, some ("coming soon") only where they are all a block
    /// says. TODO, TBD and FIXME count in capitals, before a colon or alone. A name in double braces is a template's, unless it
    /// belongs to a site generator (`{{ page.title }}`, shortcodes). Code is left alone, and so are texts that are not about
    /// mobile service.
    ///
    /// ```md bad
    /// # How to cancel a SIM card
    ///
    /// Call {{hotline_number}} and give back the SIM card.
    /// ```
    ///
    /// ```md good
    /// # {{ page.title }}
    ///
    /// Todo el mundo puede comprar una tarjeta SIM; eSIM coming soon to more phones.
    /// ```
    pub PlaceholderText {
        name: "section/placeholder-text",
        severity: Warning,
        confidence: High,
        options: {
            words: Vec<String> = RuleOption::texts("words", "words that mark unwritten text in this project, such as `XXX`"),
        },
        since: "0.1.0",
        wordings: [UNWRITTEN, VARIABLE, WRITE],
    }
}

static UNWRITTEN: Wording = Wording::new(
    "section/placeholder-text",
    "`{text}`: here the text is still to be written",
    "`{text}`：此处内容尚未完成",
);
static VARIABLE: Wording = Wording::new(
    "section/placeholder-text.variable",
    "`{text}` is a template's variable that nothing has filled",
    "`{text}` 是未替换的模板变量",
);
static WRITE: Wording = Wording::new("section/placeholder-text.help", "write it, or remove it", "请补充内容，或删除");

const CAPITALS: [&str; 4] = ["TODO", "TBD", "FIXME", "TBA"];

/// Bytes of a block beside a word that must stand alone.
const ALONE: usize = 12;

impl Rule for PlaceholderText {
    fn meta(&self) -> &RuleMeta {
        &META
    }

    fn patterns(&self) -> Vec<Pattern> {
        let words = CAPITALS.iter().map(|word| Pattern {
            text: (*word).to_owned(),
            language: String::new(),
            tag: 0,
            exact: true,
        });
        let own =
            self.words.iter().map(|word| Pattern { text: word.clone(), language: String::new(), tag: 2, exact: true });
        words
            .chain(own)
            .chain([Pattern { text: "{{".to_owned(), language: String::new(), tag: 1, exact: true }])
            .collect()
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Findings<'_>) {
        if !cx.subject.telecom {
            return;
        }
        let mut found: Vec<(Stretch, &'static Wording)> = Vec::new();
        for cue in &cx.facts.cues {
            let counts = match cue.set {
                CueSet::Unfinished => true,
                CueSet::UnfinishedAlone => is_alone(cx.guide, cue.at),
                _ => false,
            };
            if counts {
                found.push((cue.at, &UNWRITTEN));
            }
        }
        for wanted in cx.wanted() {
            match wanted.tag {
                0 if stands_for_work(cx.guide, wanted.at) => found.push((wanted.at, &UNWRITTEN)),
                2 => found.push((wanted.at, &UNWRITTEN)),
                1 => found.extend(variable(cx.guide, wanted.at).map(|at| (at, &VARIABLE))),
                _ => {}
            }
        }
        found.sort_by_key(|(at, _)| (at.start, std::cmp::Reverse(at.end)));
        let mut end = 0;
        for (at, wording) in found {
            let visible = cx.guide.block_at(at.start).is_some_and(|it| cx.guide.blocks[it].kind.is_visible());
            if at.start < end || !visible {
                continue;
            }
            end = at.end;
            let confidence = if std::ptr::eq(wording, &VARIABLE) { Confidence::Medium } else { Confidence::High };
            findings
                .report(cx.guide.prose.span(at), Message::new(wording).with("text", cx.guide.text(at)))
                .confidence(confidence)
                .help(Message::new(&WRITE));
        }
    }
}

/// Hardly anything else stands in the block; table cells and headings may be short for other reasons.
fn is_alone(guide: &Guide, at: Stretch) -> bool {
    let Some(block) = guide.block_at(at.start).map(|it| &guide.blocks[it]) else { return false };
    let plain = matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::TableCell);
    let before = guide.text(Stretch::new(block.prose.start, at.start)).trim_end();
    let after = guide.text(Stretch::new(at.end, block.prose.end));
    // "What to do" is a question; "Price: coming soon" is not.
    let opens = !before.contains(char::is_alphanumeric) || before.ends_with([':', '：', '-', '–', '—', '(', '（']);
    plain && opens && before.len() + after.trim_end().len() <= ALONE && !after.contains(char::is_alphanumeric)
}

/// `TODO:`, `TODO(me)`, `[TBD]`, or the word alone: not Spanish or Portuguese in capitals.
fn stands_for_work(guide: &Guide, at: Stretch) -> bool {
    let rest = guide.prose.as_str().get(at.end as usize..).unwrap_or("");
    rest.starts_with([':', '：', '(', '（', ']', ')', '\u{1f}']) || is_alone(guide, at)
}

/// `{{name}}` whole, if no site generator would fill it.
fn variable(guide: &Guide, braces: Stretch) -> Option<Stretch> {
    let rest = guide.prose.as_str().get(braces.end as usize..)?;
    let length = rest.bytes().take(48).position(|byte| byte == b'}')?;
    let name = rest[..length].trim();
    let plain = name.len() > 1 && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '));
    const GENERATORS: [&str; 6] = ["content", "title", "toc", "page", "description", "slot"];
    let closed = rest[length..].starts_with("}}");
    (plain && closed && !GENERATORS.contains(&name)).then(|| Stretch::new(braces.start, braces.end + length as u32 + 2))
}
