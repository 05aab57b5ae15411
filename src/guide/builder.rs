//! What a guide is assembled in while it is parsed: the stretch of prose being filled, and what is open around it.

use std::collections::HashMap;
use std::ops::Range;

use super::{
    Block, BlockKind, CellPlace, Content, Guide, Hidden, ItemPlace, LinkKind, Prose, Section, Stretch, Title,
    TitleKind, directive, footnote,
};
use crate::text::Span;

/// HTML elements that may be open at once before the outermost are forgotten; keeps hostile nesting linear.
pub(super) const DEEPEST: usize = 64;

pub(super) struct Builder<'a> {
    pub(super) source: &'a str,
    /// Where the parsed text begins in the source.
    pub(super) base: usize,
    pub(super) guide: Guide,
    /// The stretch of prose being filled.
    pub(super) leaf: Option<Leaf>,
    pub(super) containers: Vec<Container>,
    pub(super) items: Vec<ItemPlace>,
    pub(super) open_lists: Vec<u32>,
    pub(super) quotes: u16,
    pub(super) cell: Option<CellPlace>,
    pub(super) code_block: bool,
    pub(super) html_block: Option<Range<usize>>,
    pub(super) links: Vec<OpenLink>,
    pub(super) images: Vec<OpenImage>,
    pub(super) elements: Vec<Element>,
    pub(super) margins: Vec<Margin>,
    pub(super) definitions: HashMap<String, Span>,
    pub(super) footnotes: footnote::Reader,
    pub(super) depth: u16,
    /// End of the last inline event: where a link's `](` must be looked for.
    pub(super) inline_end: usize,
    /// Source of the strong text that began its paragraph.
    pub(super) strong: Option<Range<usize>>,
}

#[derive(Clone, Copy)]
pub(super) struct Leaf {
    pub(super) kind: BlockKind,
    pub(super) from: u32,
    pub(super) span: Span,
}

#[derive(Clone, Copy)]
pub(super) struct Container {
    pub(super) kind: BlockKind,
    pub(super) span: Span,
}

pub(super) struct OpenLink {
    pub(super) kind: LinkKind,
    pub(super) span: Span,
    pub(super) url: String,
    pub(super) url_span: Option<Span>,
    pub(super) definition: Option<Span>,
    pub(super) title: Option<Span>,
    pub(super) from: u32,
    pub(super) image: Option<u32>,
    /// An HTML link, closed by `</a>`.
    pub(super) html: bool,
    pub(super) block: u32,
}

pub(super) struct OpenImage {
    pub(super) span: Span,
    pub(super) url: String,
    pub(super) url_span: Option<Span>,
    pub(super) alt: Vec<Piece>,
}

/// An open HTML element.
pub(super) struct Element {
    pub(super) name: String,
    pub(super) start: usize,
    pub(super) hidden: Option<(String, Vec<Piece>)>,
    pub(super) code: bool,
}

/// A piece of text and where it came from.
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) span: Span,
    pub(super) verbatim: bool,
}

/// Text that is put after the prose, because a reader does not see it where it stands.
pub(super) struct Margin {
    pub(super) kind: BlockKind,
    pub(super) pieces: Vec<Piece>,
    pub(super) section: u32,
    pub(super) span: Span,
    pub(super) target: Target,
}

pub(super) enum Target {
    None,
    Image(usize),
    Hidden(String),
    Title,
}

impl<'a> Builder<'a> {
    pub(super) fn new(source: &'a str, base: usize) -> Builder<'a> {
        let mut guide = Guide { prose: Prose::with_capacity(source.len()), ..Guide::default() };
        let start = Span::of(base..base);
        guide.sections.push(Section { span: start, heading_span: start, ..Section::default() });
        Builder {
            source,
            base,
            guide,
            leaf: None,
            containers: Vec::new(),
            items: Vec::new(),
            open_lists: Vec::new(),
            quotes: 0,
            cell: None,
            code_block: false,
            html_block: None,
            links: Vec::new(),
            images: Vec::new(),
            elements: Vec::new(),
            margins: Vec::new(),
            definitions: HashMap::new(),
            footnotes: footnote::Reader::default(),
            depth: 0,
            inline_end: base,
            strong: None,
        }
    }

    /// The block that text goes into, opened if need be.
    pub(super) fn leaf(&mut self, at: usize) -> u32 {
        if self.leaf.is_none() {
            let here = Span::of(at..at);
            let container = self.containers.last().copied();
            let kind = container.map_or(BlockKind::Paragraph, |it| it.kind);
            let span = container.map_or(here, |it| it.span);
            self.leaf = Some(Leaf { kind, from: self.guide.prose.len(), span });
        }
        self.guide.blocks.len() as u32
    }

    pub(super) fn close_leaf(&mut self) {
        let Some(leaf) = self.leaf.take() else { return };
        let prose = Stretch::new(leaf.from, self.guide.prose.len());
        let span = if leaf.span.is_empty() { self.guide.prose.span(prose) } else { leaf.span };
        let block = Block {
            kind: leaf.kind,
            prose,
            span,
            section: self.section(),
            quotes: self.quotes,
            item: self.items.last().copied(),
            cell: self.cell.filter(|_| leaf.kind == BlockKind::TableCell),
            html: self.html_block.is_some(),
        };
        if !matches!(leaf.kind, BlockKind::Heading(_)) {
            let text = self.guide.prose.text(prose).trim().len() as u32;
            self.content(|content| content.text += text);
        }
        self.guide.blocks.push(block);
        self.guide.prose.push_break(span.end as usize);
    }

    pub(super) fn section(&self) -> u32 {
        self.guide.sections.len() as u32 - 1
    }

    pub(super) fn content(&mut self, change: impl FnOnce(&mut Content)) {
        if let Some(section) = self.guide.sections.last_mut() {
            change(&mut section.content);
        }
    }

    pub(super) fn put(&mut self, text: &str, span: Span, verbatim: bool) {
        let sink = match self.images.last_mut() {
            Some(image) => Some(&mut image.alt),
            None => self.elements.iter_mut().rev().find_map(|it| it.hidden.as_mut().map(|(_, pieces)| pieces)),
        };
        if let Some(pieces) = sink {
            pieces.push(Piece { text: text.to_owned(), span, verbatim });
            return;
        }
        self.leaf(span.start as usize);
        match verbatim {
            true => self.guide.prose.push_verbatim(text, span.start as usize),
            false => self.guide.prose.push_decoded(text, span),
        }
    }

    pub(super) fn margin(&mut self, kind: BlockKind, pieces: Vec<Piece>, span: Span, target: Target) {
        let section = self.section();
        self.margins.push(Margin { kind, pieces, section, span, target });
    }

    pub(super) fn finish(mut self) -> Guide {
        self.close_leaf();
        let end = Span::of(self.source.len()..self.source.len());
        while let Some(element) = self.elements.pop() {
            self.drop_element(element, end);
        }
        if let Some(last) = self.guide.sections.last_mut() {
            last.span.end = end.end;
        }
        self.front_matter_margins();
        for margin in std::mem::take(&mut self.margins) {
            self.write_margin(margin);
        }
        self.consider_first_heading();
        self.guide.definitions = self.definitions.into_values().collect();
        self.guide.definitions.sort_unstable();
        self.guide.footnotes = std::mem::take(&mut self.footnotes).finish();
        directive::read_mdx(&mut self.guide, self.source);
        self.guide.outline.sort_by_key(|(span, _)| span.start);
        self.guide.links.sort_by_key(|link| (link.span.start, link.span.end));
        self.guide
    }

    pub(super) fn front_matter_margins(&mut self) {
        let Some(front) = &self.guide.front_matter else { return };
        let mut found = Vec::new();
        for (key, value, span) in &front.entries {
            let title = key.eq_ignore_ascii_case("title");
            if let (true, Some(text)) = (title || key.eq_ignore_ascii_case("description"), value.as_text()) {
                let raw = &self.source[span.range()];
                let (at, verbatim) = match raw.find(text) {
                    Some(at) => (Span::of(at..at + text.len()).shifted(span.start as usize), true),
                    None => (*span, false),
                };
                found.push((title, Piece { text: text.to_owned(), span: at, verbatim }));
            }
        }
        for (title, piece) in found {
            let span = piece.span;
            let target = if title { Target::Title } else { Target::None };
            self.margins.push(Margin { kind: BlockKind::FrontMatter, pieces: vec![piece], section: 0, span, target });
        }
    }

    pub(super) fn write_margin(&mut self, margin: Margin) {
        let from = self.guide.prose.len();
        for piece in &margin.pieces {
            match piece.verbatim {
                true => self.guide.prose.push_verbatim(&piece.text, piece.span.start as usize),
                false => self.guide.prose.push_decoded(&piece.text, piece.span),
            }
        }
        let prose = Stretch::new(from, self.guide.prose.len());
        match margin.target {
            Target::None => {}
            Target::Image(index) => self.guide.images[index].alt = prose,
            Target::Hidden(by) => self.guide.hidden.push(Hidden { span: margin.span, text: prose, by }),
            Target::Title => {
                let known = self.guide.title.map(|title| title.kind);
                if known != Some(TitleKind::Heading) {
                    self.guide.title = Some(Title { span: margin.span, prose, kind: TitleKind::FrontMatter });
                }
            }
        }
        if prose.is_empty() {
            return;
        }
        self.guide.blocks.push(Block {
            kind: margin.kind,
            prose,
            span: margin.span,
            section: margin.section,
            quotes: 0,
            item: None,
            cell: None,
            html: false,
        });
        self.guide.prose.push_break(margin.span.end as usize);
    }
}
