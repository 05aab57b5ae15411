//! Where in a guide a declarative rule looks.

use std::collections::BTreeSet;

use crate::facts::{self, Facts};
use crate::guide::{Block, BlockKind, Guide, Stretch};
use crate::rule::Context;
use crate::text::Span;

/// A part of a guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// What a reader sees.
    Text,
    Title,
    /// Any heading, or those of one level.
    Heading(Option<u8>),
    Paragraph,
    ListItem,
    TableCell,
    BlockQuote,
    Html,
    Alt,
    LinkText,
    LinkTitle,
    /// The value of a key; `a.b` is `b` in the table `a`.
    FrontMatter(String),
    /// The bytes of the file.
    Raw,
}

/// The names of all scopes, for suggestions.
pub(super) const NAMES: [&str; 21] = [
    "text",
    "title",
    "heading",
    "heading.h1",
    "heading.h2",
    "heading.h3",
    "heading.h4",
    "heading.h5",
    "heading.h6",
    "paragraph",
    "list",
    "list.item",
    "table",
    "table.cell",
    "blockquote",
    "html",
    "alt",
    "link.text",
    "link.title",
    "front-matter.KEY",
    "raw",
];

impl Scope {
    pub(super) fn parse(name: &str) -> Option<Scope> {
        Some(match name {
            "text" => Scope::Text,
            "title" => Scope::Title,
            "heading" => Scope::Heading(None),
            "paragraph" => Scope::Paragraph,
            "list" | "list.item" => Scope::ListItem,
            "table" | "table.cell" => Scope::TableCell,
            "blockquote" => Scope::BlockQuote,
            "html" => Scope::Html,
            "alt" => Scope::Alt,
            "link.text" => Scope::LinkText,
            "link.title" => Scope::LinkTitle,
            "raw" => Scope::Raw,
            _ => match (name.strip_prefix("heading.h"), name.strip_prefix("front-matter.")) {
                (Some(level), _) => Scope::Heading(level.parse().ok().filter(|it| (1..=6).contains(it)).map(Some)?),
                (_, Some(key)) if !key.is_empty() && key != "KEY" => Scope::FrontMatter(key.to_owned()),
                _ => return None,
            },
        })
    }

    /// Whether it lies outside the prose, where the one scan does not look.
    pub(super) fn is_outside_prose(&self) -> bool {
        matches!(self, Scope::Raw | Scope::FrontMatter(_) | Scope::LinkTitle)
    }

    fn holds(&self, guide: &Guide, facts: &Facts, block: &Block, at: Stretch) -> bool {
        match self {
            Scope::Text => block.kind.is_visible(),
            Scope::Title => guide.title.is_some_and(|title| title.prose.contains(at)),
            Scope::Heading(level) => match block.kind {
                BlockKind::Heading(found) => level.is_none_or(|it| it == found),
                _ => false,
            },
            Scope::Paragraph => block.kind == BlockKind::Paragraph,
            Scope::ListItem => block.kind == BlockKind::ListItem,
            Scope::TableCell => block.kind == BlockKind::TableCell,
            Scope::BlockQuote => block.quotes > 0 && block.kind.is_visible(),
            Scope::Html => block.html,
            Scope::Alt => block.kind == BlockKind::Alt,
            Scope::LinkText => {
                let from = facts.links.partition_point(|link| link.text.end < at.end);
                let mut here = facts.links[from..].iter().take_while(|link| link.text.start <= at.start);
                here.any(|link| !link.is_bare && link.text.contains(at))
            }
            Scope::LinkTitle | Scope::FrontMatter(_) | Scope::Raw => false,
        }
    }

    /// The source it stands for, when it lies outside the prose.
    pub(super) fn sources(&self, cx: &Context<'_>) -> Vec<Span> {
        match self {
            Scope::Raw => vec![Span::of(cx.source.body().1..cx.source.text().len())],
            Scope::FrontMatter(key) => {
                let front = cx.guide.front_matter.as_ref();
                front.and_then(|it| it.find(key, cx.source.text())).map(|(_, span)| span).into_iter().collect()
            }
            Scope::LinkTitle => {
                // A definition has one title, however many links refer to it.
                let titles: BTreeSet<Span> = cx.guide.links.iter().filter_map(|it| it.title).collect();
                titles.into_iter().collect()
            }
            _ => Vec::new(),
        }
    }
}

/// The block a stretch lies in, if one of the scopes holds it.
pub(super) fn block_of(cx: &Context<'_>, scopes: &[Scope], at: Stretch) -> Option<usize> {
    let index = cx.guide.block_at(at.start)?;
    let block = &cx.guide.blocks[index];
    scopes.iter().any(|scope| scope.holds(cx.guide, cx.facts, block, at)).then_some(index)
}

/// Whether `at` in `text` begins and ends where words do.
pub(super) fn is_whole_word(text: &str, at: std::ops::Range<usize>) -> bool {
    let word = |c: Option<char>| c.map(facts::class) == Some(facts::Class::Word);
    let inside = &text[at.clone()];
    let joined_before = word(text[..at.start].chars().last()) && word(inside.chars().next());
    let joined_after = word(text[at.end..].chars().next()) && word(inside.chars().last());
    !joined_before && !joined_after
}
