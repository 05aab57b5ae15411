//! What a guide says, read once: [`Guide`] and the parts it is made of.
//!
//! [`parse`] makes one CommonMark pass. What a reader sees becomes one buffer, [`Prose`], in which every byte
//! knows the source byte it came from; everything else refers to stretches of that buffer and to source spans.

mod builder;
mod directive;
mod elements;
mod footnote;
mod front_matter;
mod html;
mod parse;
mod prose;

use crate::text::Span;

pub use directive::{Directive, DirectiveFault, DirectiveKind, NamedRule, VERB_NAMES};
pub use footnote::Footnotes;
pub use front_matter::{FrontMatter, FrontMatterError, Syntax, Value};
pub use parse::parse;
pub use prose::{Prose, Stretch};

/// A guide, taken apart.
#[derive(Debug, Default)]
pub struct Guide {
    /// The metadata before the text.
    pub front_matter: Option<FrontMatter>,
    /// What the guide is called, and where that stands.
    pub title: Option<Title>,
    /// What a reader sees.
    pub prose: Prose,
    /// Stretches of prose that stand alone, in order of their prose; see [`BlockKind`].
    pub blocks: Vec<Block>,
    /// Headings and what lies under each; the first section has no heading.
    pub sections: Vec<Section>,
    /// Links of every kind but bare URLs, which are found in prose.
    pub links: Vec<Link>,
    /// Pictures.
    pub images: Vec<Image>,
    /// Lists.
    pub lists: Vec<List>,
    /// Tables.
    pub tables: Vec<Table>,
    /// Inline code.
    pub codes: Vec<Code>,
    /// Code blocks: their source.
    pub code_blocks: Vec<Span>,
    /// Text that HTML hides from readers.
    pub hidden: Vec<Hidden>,
    /// Link reference definitions, whole.
    pub definitions: Vec<Span>,
    /// What footnotes add to the blocks that refer to them.
    pub footnotes: Footnotes,
    /// Comments addressed to guidelint.
    pub directives: Vec<Directive>,
    /// Every block element with its nesting depth, in order of its start; for suppressions.
    pub outline: Vec<(Span, u16)>,
}

/// What the guide is called.
#[derive(Clone, Copy, Debug)]
pub struct Title {
    /// Where it stands in the source.
    pub span: Span,
    /// Its text.
    pub prose: Stretch,
    /// How it was recognised.
    pub kind: TitleKind,
}

/// How a title was recognised, surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TitleKind {
    /// A level-one heading.
    Heading,
    /// `title` in the front matter.
    FrontMatter,
    /// The first paragraph, all of it bold.
    BoldLine,
}

/// What a stretch of prose is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading of level 1 to 6.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// Text of a list item.
    ListItem,
    /// A table cell.
    TableCell,
    /// Alternative text of a picture: read aloud, not seen.
    Alt,
    /// Text that HTML hides.
    Hidden,
    /// `title` or `description` of the front matter.
    FrontMatter,
}

impl BlockKind {
    /// Whether a reader sees it in the running text.
    pub fn is_visible(self) -> bool {
        !matches!(self, BlockKind::Alt | BlockKind::Hidden | BlockKind::FrontMatter)
    }
}

/// A stretch of prose that stands alone.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text.
    pub prose: Stretch,
    /// Its source, markup included.
    pub span: Span,
    /// Index of the section it lies in.
    pub section: u32,
    /// Depth of block quotes around it.
    pub quotes: u16,
    /// The innermost list item around it.
    pub item: Option<ItemPlace>,
    /// The table cell it is.
    pub cell: Option<CellPlace>,
    /// Whether it stands in an HTML block.
    pub html: bool,
}

/// Which item of which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemPlace {
    /// Index into [`Guide::lists`].
    pub list: u32,
    /// 0-based item.
    pub item: u32,
}

/// Which cell of which table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellPlace {
    /// Index into [`Guide::tables`].
    pub table: u32,
    /// 0-based row; the header is row 0.
    pub row: u32,
    /// 0-based column.
    pub column: u32,
}

/// A heading and what lies under it, up to the next heading of any level.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// Index of the heading's block; `None` for what stands before the first heading.
    pub heading: Option<u32>,
    /// 1 to 6; 0 before the first heading.
    pub level: u8,
    /// Source of the heading.
    pub heading_span: Span,
    /// Text of the heading.
    pub title: Stretch,
    /// Source from the heading to the next heading.
    pub span: Span,
    /// What lies directly under the heading, before the next one.
    pub content: Content,
}

/// What lies in a section: counts of the things a reader finds there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// Bytes of visible text, headings excluded.
    pub text: u32,
    /// Items of ordered lists.
    pub ordered_items: u32,
    /// Items of unordered lists.
    pub items: u32,
    /// Table cells below the header row that hold text.
    pub cells: u32,
    /// Pictures.
    pub images: u32,
    /// Code blocks and inline code.
    pub code: u32,
    /// HTML blocks.
    pub html: u32,
    /// Links.
    pub links: u32,
}

/// How a link was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// `[text](url)`
    Inline,
    /// `[text][label]` with its definition elsewhere.
    Reference,
    /// `<https://…>`
    Autolink,
    /// `<a@b.example>`
    Email,
    /// `<a href>`
    Html,
}

/// A link.
#[derive(Clone, Debug)]
pub struct Link {
    /// How it was written.
    pub kind: LinkKind,
    /// The whole construct.
    pub span: Span,
    /// The target, decoded.
    pub url: String,
    /// Where the target stands: in the link, or in the definition of a reference.
    pub url_span: Span,
    /// The definition of a reference, whole.
    pub definition: Option<Span>,
    /// Where its title stands, which is shown on hovering: in the link, or in the definition of a reference.
    pub title: Option<Span>,
    /// What the reader clicks on.
    pub text: Stretch,
    /// Index of the block it lies in.
    pub block: u32,
    /// Index of a picture that is (part of) what the reader clicks on.
    pub image: Option<u32>,
}

/// A picture.
#[derive(Clone, Debug)]
pub struct Image {
    /// The whole construct.
    pub span: Span,
    /// Where the picture comes from, decoded.
    pub url: String,
    /// Where that stands.
    pub url_span: Span,
    /// Alternative text; a stretch of an [`BlockKind::Alt`] block.
    pub alt: Stretch,
    /// Index of the block it lies in.
    pub block: u32,
}

/// A list.
#[derive(Clone, Debug)]
pub struct List {
    /// Whether its items are numbered.
    pub ordered: bool,
    /// How many items.
    pub items: u32,
    /// The whole list.
    pub span: Span,
    /// Index of the section it lies in.
    pub section: u32,
    /// The block right before it, which often says what the list is.
    pub lead: Option<u32>,
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Columns of the header.
    pub columns: u32,
    /// Rows below the header.
    pub rows: u32,
    /// The whole table.
    pub span: Span,
    /// Index of the section it lies in.
    pub section: u32,
    /// Index of the block of its first cell.
    pub first_block: u32,
}

/// Inline code.
#[derive(Clone, Debug)]
pub struct Code {
    /// The whole construct, back ticks included.
    pub span: Span,
    /// What stands between them.
    pub text: String,
    /// Index of the block it lies in.
    pub block: u32,
    /// Where in the prose it was left out.
    pub at: u32,
}

/// Text that HTML hides from readers.
#[derive(Clone, Debug)]
pub struct Hidden {
    /// The element, from its start tag to its end tag.
    pub span: Span,
    /// Its text; a stretch of an [`BlockKind::Hidden`] block.
    pub text: Stretch,
    /// The style or attribute that hides it.
    pub by: String,
}

impl Guide {
    /// Index of the block that holds prose byte `at`.
    pub fn block_at(&self, at: u32) -> Option<usize> {
        let after = self.blocks.partition_point(|block| block.prose.start <= at);
        let index = after.checked_sub(1)?;
        (at <= self.blocks[index].prose.end).then_some(index)
    }

    /// The text of a stretch.
    pub fn text(&self, stretch: Stretch) -> &str {
        self.prose.text(stretch)
    }

    /// Where a finding about something absent points: the title, else the first heading, else nothing.
    pub fn anchor(&self) -> Span {
        let heading = || self.sections.iter().find(|it| it.heading.is_some()).map(|it| it.heading_span);
        self.title.map(|title| title.span).or_else(heading).unwrap_or_default()
    }

    /// The visible blocks of a section, its heading excluded.
    pub fn blocks_in(&self, section: usize) -> impl Iterator<Item = (usize, &Block)> {
        // The visible ones come first, in the order of their sections.
        let from = self.blocks.partition_point(|it| it.kind.is_visible() && (it.section as usize) < section);
        let here = self.blocks.iter().enumerate().skip(from);
        here.take_while(move |(_, it)| it.kind.is_visible() && it.section as usize == section)
            .filter(|(_, it)| !matches!(it.kind, BlockKind::Heading(_)))
    }
}
