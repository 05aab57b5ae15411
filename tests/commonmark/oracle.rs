//! What a reader of a text reads, and what is code in it: as we see it, and as comrak does.

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use guidelint::guide::Guide;

/// Without blanks, which parsers may keep or not.
#[derive(Debug, PartialEq, Eq)]
pub struct Seen {
    pub prose: String,
    pub code: Vec<String>,
    /// Blocks of code.
    pub blocks: usize,
}

pub fn ours(guide: &Guide) -> Seen {
    let shown = guide.blocks.iter().filter(|block| block.kind.is_visible());
    Seen {
        prose: shown.map(|block| letters(guide.text(block.prose))).collect(),
        code: guide.codes.iter().map(|code| letters(&code.text)).collect(),
        blocks: guide.code_blocks.len(),
    }
}

/// `None` where HTML stands in the text, of which we read what a browser shows, and the other parser nothing; or a
/// picture, whose other text we keep apart.
pub fn theirs(text: &str) -> Option<Seen> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    let arena = Arena::new();
    let mut seen = Seen { prose: String::new(), code: Vec::new(), blocks: 0 };
    for node in parse_document(&arena, text, &options).descendants() {
        match &node.data().value {
            NodeValue::Text(text) => seen.prose.push_str(&letters(text)),
            NodeValue::Code(code) => seen.code.push(letters(&code.literal)),
            NodeValue::CodeBlock(_) => seen.blocks += 1,
            NodeValue::HtmlBlock(_) | NodeValue::HtmlInline(_) | NodeValue::Image(_) => return None,
            _ => {}
        }
    }
    Some(seen)
}

/// Without blanks, breaks between blocks, and what stands in the place of code.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{1f}' | '\u{fffc}')).collect()
}
