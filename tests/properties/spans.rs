//! Every letter of the prose stands in the source, and whatever the text, nothing breaks.

use std::sync::Arc;

use guidelint::check::Settings;
use guidelint::{Source, guide};
use proptest::prelude::*;

use super::common;
use super::sound::{all_sound, checker, fixtures};

#[test]
fn every_letter_a_reader_sees_stands_in_the_source() {
    for (name, text) in fixtures() {
        for text in [text.clone(), text.replace('\n', "\r\n"), format!("\u{feff}{text}"), text.replace('\n', "\r")] {
            let source = Source::new(name.as_str(), text);
            let parsed = guide::parse(&source);
            for block in &parsed.blocks {
                let prose = parsed.text(block.prose);
                let under = source.slice(parsed.prose.span(block.prose));
                // In order, unless it was an entity.
                let mut letters = under.chars();
                let found = prose.chars().filter(|c| c.is_alphanumeric()).all(|c| letters.any(|it| it == c));
                assert!(
                    found || under.contains('&') || under.contains('\\') || under.contains('%'),
                    "{name}: {prose:?} is not in {under:?}"
                );
            }
        }
    }
}

/// Pieces that guides and their enemies are made of.
pub const PIECES: &[&str] = &[
    "# ",
    "## ",
    "- ",
    "1. ",
    "> ",
    "| a | b |\n|---|---|\n",
    "\n",
    "\n\n",
    "\r\n",
    "**",
    "*",
    "_",
    "`",
    "```\n",
    "[",
    "](",
    ")",
    "![",
    "<",
    ">",
    "<!--",
    "-->",
    "<a href=\"https://t.me/sim_seller_example\">",
    "</a>",
    "<h1>",
    "</h1>",
    "<div style=\"display:none\">",
    "</div>",
    "<script>",
    "---\n",
    "+++\n",
    "country: AL\n",
    "+355 69 123 4567",
    "＋３５５ ６９",
    "00355691234567",
    "142",
    "2026-11-22",
    "2026年2月30日",
    "٠١٢٣٤٥٦٧٨٩",
    "@sim_seller_example",
    "https://t.me/s/sim_seller_example",
    "Albania",
    "阿尔巴尼亚",
    "4G卡",
    "注销",
    "SIM",
    "cancel",
    "Vodafone Albania",
    "AMC",
    "（",
    "）",
    "三大运营商",
    "客服",
    "👨‍👩‍👧",
    "💪",
    "\u{200b}",
    "\u{202e}",
    "\u{1b}[31m",
    "\u{9b}",
    "\0",
    "guidelint: allow phone/invalid -- x",
    "<!-- guidelint: allow all -- x -->",
    "{/* guidelint: allow all -- x */}",
    "{/*/}",
    "&#43;",
    "&amp;",
    "\\+",
    "é",
    "e\u{301}",
    "𐐀",
    "ไทย",
    "한국",
    "العربية",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_text_nothing_breaks(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        let source = Arc::new(Source::new("any.mdx", pieces.concat()));
        let first = checker().check_with(source.clone(), common::today(), &Settings::default());
        all_sound(&first);
        let second = checker().check_with(source, common::today(), &Settings::default());
        prop_assert_eq!(common::text_of(checker(), first), common::text_of(checker(), second));
    }
}
