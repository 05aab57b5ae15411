//! The one CommonMark pass, and the only place that knows which parser makes it.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::builder::{Builder, Container, OpenImage, OpenLink, Target};
use super::{
    BlockKind, CellPlace, Code, Guide, Image, ItemPlace, Link, LinkKind, List, Section, Stretch, Table, Title,
    TitleKind, front_matter,
};
use crate::text::{Source, Span};

/// Reads a guide. Never fails: whatever the bytes, something a reader would see comes out.
pub fn parse(source: &Source) -> Guide {
    match with_line_feeds(source.text()) {
        Some(text) => parse_text(&text),
        None => parse_text(source.text()),
    }
}

/// The text with a line feed for every carriage return that ends a line alone, each in the place of the other: the parser
/// takes only some of them for line ends. `None` where there is none.
fn with_line_feeds(text: &str) -> Option<String> {
    let alone = |at: &usize| text.as_bytes().get(at + 1) != Some(&b'\n');
    text.match_indices('\r').map(|(at, _)| at).find(alone)?;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\r') {
        out.push_str(&rest[..at]);
        let ends_with_both = rest[at + 1..].starts_with('\n');
        out.push(if ends_with_both { '\r' } else { '\n' });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    Some(out)
}

fn parse_text(whole: &str) -> Guide {
    let body = whole.strip_prefix('\u{feff}').unwrap_or(whole);
    let mark = whole.len() - body.len();
    let (front, text_at) = front_matter::split(body, mark);
    let text = &body[text_at..];
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    let mut builder = Builder::new(whole, mark + text_at);
    builder.guide.front_matter = front;
    let mut events = Parser::new_ext(text, options).into_offset_iter();
    for (label, definition) in events.reference_definitions().iter() {
        let span = Span::of(definition.span.clone()).shifted(builder.base);
        builder.definitions.insert(label.to_owned(), span);
    }
    for (event, range) in events.by_ref() {
        builder.take(event, range);
    }
    builder.finish()
}

impl<'a> Builder<'a> {
    fn take(&mut self, event: Event<'a>, range: Range<usize>) {
        let range = self.base + range.start..self.base + range.end;
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) if self.code_block => drop(text),
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) => self.code(text, range),
            Event::SoftBreak | Event::HardBreak => self.line_break(range),
            Event::Html(_) => self.extend_html(range),
            Event::InlineHtml(_) => self.html(range, false),
            Event::Rule => self.close_leaf(),
            Event::FootnoteReference(label) => {
                self.footnotes.refer(self.guide.blocks.len() as u32, &label);
                self.inline_end = range.end;
            }
            Event::TaskListMarker(_) => self.inline_end = range.end,
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, range),
        }
    }

    // Blocks.

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        let span = Span::of(range.clone());
        if !is_inline(&tag) {
            self.close_leaf();
            self.guide.outline.push((span, self.depth));
            self.depth = self.depth.saturating_add(1);
            self.inline_end = range.start;
        }
        match tag {
            Tag::Paragraph => self.open(BlockKind::Paragraph, span),
            Tag::Heading { level, .. } => self.open_heading(rank(level), span),
            Tag::BlockQuote(_) => self.quotes = self.quotes.saturating_add(1),
            Tag::CodeBlock(_) => {
                self.code_block = true;
                self.guide.code_blocks.push(span);
                self.content(|content| content.code += 1);
            }
            Tag::HtmlBlock => self.html_block = Some(range.start..range.start),
            Tag::List(first) => self.open_list(first.is_some(), span),
            Tag::Item => self.open_item(span),
            Tag::Table(alignments) => {
                let section = self.section();
                let columns = alignments.len() as u32;
                let first_block = self.guide.blocks.len() as u32;
                self.guide.tables.push(Table { columns, rows: 0, span, section, first_block });
                self.cell = Some(CellPlace { table: self.guide.tables.len() as u32 - 1, row: 0, column: 0 });
            }
            Tag::TableRow => self.next_row(),
            Tag::TableCell => self.open(BlockKind::TableCell, span),
            Tag::FootnoteDefinition(label) => {
                self.open(BlockKind::Paragraph, span);
                self.footnotes.begin(&label, self.guide.blocks.len() as u32);
            }
            Tag::Strong if self.leaf.is_none() => {
                self.strong = Some(range);
            }
            Tag::Link { link_type, dest_url, title, id } => self.open_link(link_type, dest_url, &title, &id, span),
            Tag::Image { dest_url, .. } => {
                self.images.push(OpenImage { span, url: dest_url.into_string(), url_span: None, alt: Vec::new() });
                self.inline_end = range.start + 2;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        let span = Span::of(range.clone());
        match tag {
            TagEnd::Paragraph => {
                let bold = self.strong.take().filter(|_| self.guide.title.is_none());
                let from = self.leaf.map(|leaf| leaf.from);
                self.close_leaf();
                self.containers.pop();
                if let (Some(bold), Some(from)) = (bold, from) {
                    self.consider_bold_title(bold, range.clone(), from);
                }
            }
            TagEnd::Heading(_) => self.close_heading(),
            TagEnd::BlockQuote(_) => {
                self.close_leaf();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::CodeBlock => self.code_block = false,
            TagEnd::HtmlBlock => {
                if let Some(block) = self.html_block.clone() {
                    self.html(block, true);
                }
                self.close_leaf();
                self.html_block = None;
            }
            TagEnd::List(_) => {
                self.close_leaf();
                self.open_lists.pop();
            }
            TagEnd::Item => {
                self.close_leaf();
                self.containers.pop();
                self.items.pop();
            }
            TagEnd::Table => self.cell = None,
            TagEnd::TableHead => self.next_row(),
            TagEnd::TableCell => self.close_cell(),
            TagEnd::FootnoteDefinition => {
                self.close_leaf();
                self.containers.pop();
                self.footnotes.end(self.guide.blocks.len() as u32);
            }
            TagEnd::Link => self.close_link(span, false),
            TagEnd::Image => self.close_image(span),
            TagEnd::Strong => {
                if let Some(strong) = &mut self.strong
                    && strong.start == range.start
                {
                    strong.end = range.end;
                }
            }
            _ => {}
        }
        match is_inline_end(tag) {
            true => self.inline_end = range.end,
            false => self.depth = self.depth.saturating_sub(1),
        }
    }

    fn open(&mut self, kind: BlockKind, span: Span) {
        self.strong = None;
        let kind = match kind {
            BlockKind::Paragraph if !self.items.is_empty() => BlockKind::ListItem,
            other => other,
        };
        self.containers.push(Container { kind, span });
    }

    pub(super) fn open_heading(&mut self, level: u8, span: Span) {
        self.close_leaf();
        // The parser counts the line end in; a reader would not.
        let text = self.source[span.range()].trim_end();
        let span = Span::new(span.start, span.start + text.len() as u32);
        let at = self.guide.prose.len();
        if let Some(last) = self.guide.sections.last_mut() {
            last.span.end = span.start;
        }
        self.guide.sections.push(Section {
            heading: None,
            level,
            heading_span: span,
            title: Stretch::new(at, at),
            span,
            content: Default::default(),
        });
        self.containers.push(Container { kind: BlockKind::Heading(level), span });
    }

    pub(super) fn close_heading(&mut self) {
        self.close_leaf();
        let Some(container) = self.containers.pop() else { return };
        let index = self.guide.blocks.len().checked_sub(1);
        let section = self.guide.sections.len() - 1;
        let Some(index) = index.filter(|&at| self.guide.blocks[at].section as usize == section) else { return };
        let prose = self.guide.blocks[index].prose;
        self.guide.sections[section].heading = Some(index as u32);
        self.guide.sections[section].title = prose;
        let known = self.guide.title.map(|title| title.kind);
        // `# {{ page.title }}` is filled from the front matter, which says it better.
        let filled = is_template(self.guide.prose.text(prose));
        if container.kind == BlockKind::Heading(1) && known != Some(TitleKind::Heading) && !filled {
            self.guide.title = Some(Title { span: container.span, prose, kind: TitleKind::Heading });
        }
    }

    /// Where nothing else is a title: the first heading, if the text begins with it and no other heading is of its level.
    pub(super) fn consider_first_heading(&mut self) {
        let headings = || self.guide.sections.iter().filter(|it| it.heading.is_some());
        let Some(first) = headings().next().filter(|_| self.guide.title.is_none()) else { return };
        let begins =
            self.guide.blocks.iter().position(|it| it.kind.is_visible()) == first.heading.map(|at| at as usize);
        if begins
            && headings().skip(1).all(|it| it.level > first.level)
            && !is_template(self.guide.prose.text(first.title))
        {
            self.guide.title = Some(Title { span: first.heading_span, prose: first.title, kind: TitleKind::Heading });
        }
    }

    fn consider_bold_title(&mut self, bold: Range<usize>, paragraph: Range<usize>, from: u32) {
        let whole = self.source[paragraph.clone()].trim_end();
        let first = self.guide.blocks.iter().filter(|block| block.kind.is_visible()).count() == 1;
        if first && self.items.is_empty() && bold.start == paragraph.start && bold.end == paragraph.start + whole.len()
        {
            let prose = Stretch::new(from, self.guide.prose.len().saturating_sub(1).max(from));
            self.guide.title = Some(Title { span: Span::of(bold), prose, kind: TitleKind::BoldLine });
        }
    }

    fn open_list(&mut self, ordered: bool, span: Span) {
        let section = self.section();
        let lead = self.guide.blocks.len().checked_sub(1).map(|at| at as u32);
        let lead = lead.filter(|&at| self.guide.blocks[at as usize].section == section);
        self.guide.lists.push(List { ordered, items: 0, span, section, lead });
        self.open_lists.push(self.guide.lists.len() as u32 - 1);
    }

    fn open_item(&mut self, span: Span) {
        let Some(&list) = self.open_lists.last() else { return };
        let entry = &mut self.guide.lists[list as usize];
        let place = ItemPlace { list, item: entry.items };
        entry.items += 1;
        let ordered = entry.ordered;
        self.items.push(place);
        self.containers.push(Container { kind: BlockKind::ListItem, span });
        self.content(|content| match ordered {
            true => content.ordered_items += 1,
            false => content.items += 1,
        });
    }

    fn next_row(&mut self) {
        if let Some(cell) = &mut self.cell {
            cell.row = self.guide.tables[cell.table as usize].rows + 1;
            cell.column = 0;
        }
    }

    fn close_cell(&mut self) {
        let filled = self.leaf.is_some();
        self.close_leaf();
        self.containers.pop();
        let Some(cell) = &mut self.cell else { return };
        cell.column += 1;
        let row = cell.row;
        let table = &mut self.guide.tables[cell.table as usize];
        table.rows = table.rows.max(row);
        if cell.column >= table.columns && row > 0 {
            cell.row = row + 1;
            cell.column = 0;
        }
        if filled && row > 0 {
            self.content(|content| content.cells += 1);
        }
    }

    // Inlines.

    fn text(&mut self, text: &str, range: Range<usize>) {
        self.inline_end = self.inline_end.max(range.end);
        let verbatim = self.source.get(range.clone()).is_some_and(|it| it == text);
        self.put(text, Span::of(range), verbatim);
    }

    fn line_break(&mut self, range: Range<usize>) {
        self.inline_end = self.inline_end.max(range.end);
        self.put("\n", Span::of(range), false);
    }

    fn code(&mut self, text: CowStr<'a>, range: Range<usize>) {
        let span = Span::of(range.clone());
        let block = self.leaf(range.start);
        let at = self.guide.prose.len();
        self.guide.codes.push(Code { span, text: text.into_string(), block, at });
        self.content(|content| content.code += 1);
        self.put("\u{fffc}", span, false);
        self.inline_end = self.inline_end.max(range.end);
    }

    fn open_link(&mut self, kind: LinkType, url: CowStr<'a>, title: &str, id: &str, span: Span) {
        let block = self.leaf(span.start as usize);
        let from = self.guide.prose.len();
        let (kind, url_span, definition) = match kind {
            LinkType::Inline => (LinkKind::Inline, None, None),
            LinkType::Autolink | LinkType::Email => {
                let inner = Span::new(span.start + 1, (span.end - 1).max(span.start + 1));
                let kind = if kind == LinkType::Email { LinkKind::Email } else { LinkKind::Autolink };
                (kind, Some(inner), None)
            }
            _ => {
                let definition = self.definitions.get(id).copied();
                let url_span = definition.map(|it| self.url_in_definition(it, &url));
                (LinkKind::Reference, url_span, definition)
            }
        };
        self.inline_end = span.start as usize + 1;
        self.links.push(OpenLink {
            kind,
            span,
            url: url.into_string(),
            url_span,
            definition,
            title: self.title_in(definition, span, title),
            from,
            image: None,
            html: false,
            block,
        });
    }

    fn url_in_definition(&self, definition: Span, url: &str) -> Span {
        let text = &self.source[definition.range()];
        let colon = text.find("]:").map_or(0, |at| at + 2);
        match text[colon..].find(url) {
            Some(at) => Span::of(colon + at..colon + at + url.len()).shifted(definition.start as usize),
            None => raw_target(text, colon).shifted(definition.start as usize),
        }
    }

    /// Where the title of a link stands: within the last marks of its definition, or before the bracket that closes it.
    fn title_in(&self, definition: Option<Span>, link: Span, title: &str) -> Option<Span> {
        if title.is_empty() {
            return None;
        }
        let within = definition.unwrap_or(link);
        let text = self.source[within.range()].trim_end();
        let text = if definition.is_some() { text } else { text.strip_suffix(')')?.trim_end() };
        let close = text.chars().next_back()?;
        let text = &text[..text.len() - close.len_utf8()];
        // Escapes and entities are longer in the source than what they stand for.
        let from = match text.ends_with(title) {
            true => text.len() - title.len(),
            false => text.rfind(if close == ')' { '(' } else { close })? + 1,
        };
        Some(Span::of(from..text.len()).shifted(within.start as usize))
    }

    pub(super) fn close_link(&mut self, span: Span, html: bool) {
        if self.links.last().is_none_or(|link| link.html != html) {
            return;
        }
        let Some(open) = self.links.pop() else { return };
        let whole = if html { open.span.cover(span) } else { open.span };
        let url_span = open.url_span.unwrap_or_else(|| self.inline_target(whole));
        self.content(|content| content.links += 1);
        let text = Stretch::new(open.from, self.guide.prose.len().max(open.from));
        self.guide.links.push(Link {
            kind: open.kind,
            span: whole,
            url: open.url,
            url_span,
            definition: open.definition,
            title: open.title,
            text,
            block: open.block,
            image: open.image,
        });
    }

    /// The target of `[…](target "title")`: it follows the last inline event inside.
    fn inline_target(&self, whole: Span) -> Span {
        let from = self.inline_end.clamp(whole.start as usize, whole.end as usize);
        let tail = self.source.get(from..whole.end as usize).unwrap_or("");
        let open = tail.find("](").map_or(0, |at| at + 2);
        raw_target(tail, open).shifted(from)
    }

    pub(super) fn close_image(&mut self, span: Span) {
        let Some(open) = self.images.pop() else { return };
        if let Some(outer) = self.images.last_mut() {
            // A picture in a picture's alternative text is only text.
            outer.alt.extend(open.alt);
            return;
        }
        let whole = open.span.cover(span);
        let url_span = open.url_span.unwrap_or_else(|| self.inline_target(whole));
        let block = self.leaf(span.start as usize);
        let index = self.guide.images.len();
        self.guide.images.push(Image { span: whole, url: open.url, url_span, alt: Stretch::default(), block });
        if let Some(link) = self.links.last_mut() {
            link.image = Some(index as u32);
        }
        self.content(|content| content.images += 1);
        self.margin(BlockKind::Alt, open.alt, whole, Target::Image(index));
    }
}

/// The target that begins at or after `from` in `text`: up to white space or the closing bracket.
fn raw_target(text: &str, from: usize) -> Span {
    let rest = &text[from..];
    let start = from + rest.len() - rest.trim_start().len();
    let rest = &text[start..];
    if let Some(inner) = rest.strip_prefix('<') {
        let end = inner.find('>').unwrap_or(inner.len());
        return Span::of(start + 1..start + 1 + end);
    }
    let mut depth = 0;
    let end = rest.char_indices().find(|&(_, c)| match c {
        '(' => {
            depth += 1;
            false
        }
        ')' => {
            depth -= 1;
            depth < 0
        }
        other => other.is_whitespace(),
    });
    Span::of(start..start + end.map_or(rest.len(), |(at, _)| at))
}

/// A heading that a site generator fills.
fn is_template(text: &str) -> bool {
    let text = text.trim();
    let pairs = [("{{", "}}"), ("{%", "%}"), ("<%", "%>")];
    pairs.iter().any(|(open, close)| text.starts_with(open) && text.ends_with(close))
}

fn rank(level: HeadingLevel) -> u8 {
    level as u8
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

fn is_inline_end(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}
