//! What everything is measured against: walk, read, check the encoding, drain the CommonMark parser once.

use pulldown_cmark::{Options, Parser};

/// What the parser alone does with a guide, with the options guidelint uses; returns a figure so that the work is not optimised away.
pub fn parse(text: &str) -> usize {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    Parser::new_ext(text, options).into_offset_iter().map(|(_, range)| range.len()).sum()
}
