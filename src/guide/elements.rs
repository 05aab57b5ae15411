//! HTML inside a guide: what of it a reader sees, what it links, and what it hides.

use std::ops::Range;

use super::builder::{Builder, DEEPEST, Element, OpenImage, OpenLink, Piece, Target};
use super::html::{self, Kind};
use super::{BlockKind, LinkKind, directive};
use crate::text::Span;

impl Builder<'_> {
    pub(super) fn extend_html(&mut self, range: Range<usize>) {
        match &mut self.html_block {
            Some(block) => block.end = block.end.max(range.end),
            None => self.html(range, true),
        }
    }

    pub(super) fn html(&mut self, range: Range<usize>, block: bool) {
        self.inline_end = self.inline_end.max(range.end);
        let text = &self.source[range.clone()];
        let mut shows = false;
        for token in html::tokens(text) {
            let span = Span::of(token.range.clone()).shifted(range.start);
            // A comment addressed to us leaves a section as empty as it was; others may stand for what a generator puts there.
            shows |= match &token.kind {
                Kind::Comment(inner) => !inner.trim_start().starts_with("guidelint:"),
                Kind::Text(text) => !text.trim().is_empty(),
                _ => true,
            };
            match token.kind {
                Kind::Text(text) if block => self.html_text(text, span),
                Kind::Text(_) | Kind::Ignored => {}
                Kind::Comment(inner) => self.comment(inner, span),
                Kind::Open(tag) => self.open_element(&tag, span, range.start, block),
                Kind::Close(name) => self.close_element(name, span, block),
            }
        }
        if block && shows {
            self.content(|content| content.html += 1);
        }
    }

    pub(super) fn html_text(&mut self, text: &str, span: Span) {
        if self.elements.iter().any(|it| it.code) {
            return;
        }
        if text.trim().is_empty() {
            if self.leaf.is_some() {
                self.put(" ", span, false);
            }
            return;
        }
        // Decode entity by entity, so that the rest stays byte for byte.
        let mut at = 0;
        while at < text.len() {
            let entity = text[at..].find('&').map_or(text.len(), |it| at + it);
            if entity > at {
                self.put(&text[at..entity], Span::of(at..entity).shifted(span.start as usize), true);
            }
            if entity == text.len() {
                break;
            }
            let length = text[entity..].bytes().take(12).position(|it| it == b';').map_or(1, |it| it + 1);
            let raw = &text[entity..entity + length];
            let decoded = html::decode(raw);
            let place = Span::of(entity..entity + length).shifted(span.start as usize);
            self.put(&decoded, place, decoded == raw);
            at = entity + length;
        }
    }

    pub(super) fn comment(&mut self, inner: &str, span: Span) {
        let at = span.start as usize + 4;
        let alone = directive::is_alone(self.source, span);
        let depth = self.depth.saturating_sub(1);
        self.guide.directives.extend(directive::read(inner, at, span, alone, depth));
    }

    pub(super) fn open_element(&mut self, tag: &html::Tag<'_>, span: Span, base: usize, block: bool) {
        let name = tag.name;
        if block && html::breaks_text(name) {
            self.close_leaf();
        }
        if name.eq_ignore_ascii_case("br") && !block {
            self.put("\n", span, false);
        }
        if name.eq_ignore_ascii_case("img") {
            return self.html_image(tag, span, base);
        }
        if block && let Some(level) = heading_level(name) {
            self.open_heading(level, span);
        }
        if name.eq_ignore_ascii_case("a")
            && let Some(href) = tag.attribute("href")
        {
            let leaf = self.leaf(span.start as usize);
            self.links.push(OpenLink {
                kind: LinkKind::Html,
                span,
                url: href.value.trim().to_owned(),
                url_span: Some(Span::of(href.range).shifted(base)),
                definition: None,
                title: tag.attribute("title").map(|it| Span::of(it.range).shifted(base)),
                from: self.guide.prose.len(),
                image: None,
                html: true,
                block: leaf,
            });
        }
        if html::is_void(name) {
            return;
        }
        if self.elements.len() == DEEPEST {
            self.elements.remove(0);
        }
        let code = ["code", "pre", "kbd", "samp"].iter().any(|it| it.eq_ignore_ascii_case(name));
        let hidden = html::hidden_by(tag).map(|by| (by, Vec::new()));
        self.elements.push(Element { name: name.to_owned(), start: span.start as usize, hidden, code });
    }

    pub(super) fn html_image(&mut self, tag: &html::Tag<'_>, span: Span, base: usize) {
        let Some(src) = tag.attribute("src") else { return };
        let alt = tag.attribute("alt").filter(|alt| !alt.value.is_empty()).map(|alt| {
            let place = Span::of(alt.range.clone()).shifted(base);
            let verbatim = self.source.get(place.range()) == Some(alt.value.as_ref());
            Piece { text: alt.value.into_owned(), span: place, verbatim }
        });
        self.images.push(OpenImage {
            span,
            url: src.value.trim().to_owned(),
            url_span: Some(Span::of(src.range).shifted(base)),
            alt: alt.into_iter().collect(),
        });
        self.close_image(span);
    }

    pub(super) fn close_element(&mut self, name: &str, span: Span, block: bool) {
        if block
            && heading_level(name).is_some()
            && matches!(self.containers.last(), Some(it) if matches!(it.kind, BlockKind::Heading(_)))
        {
            self.close_heading();
        } else if block && html::breaks_text(name) {
            self.close_leaf();
        }
        if name.eq_ignore_ascii_case("a") {
            self.close_link(span, true);
        }
        let Some(at) = self.elements.iter().rposition(|it| it.name.eq_ignore_ascii_case(name)) else { return };
        for element in self.elements.split_off(at) {
            self.drop_element(element, span);
        }
    }

    pub(super) fn drop_element(&mut self, element: Element, end: Span) {
        let Some((by, pieces)) = element.hidden else { return };
        if pieces.iter().any(|piece| !piece.text.trim().is_empty()) {
            let whole = Span::new(element.start as u32, end.end);
            self.margin(BlockKind::Hidden, pieces, whole, Target::Hidden(by));
        }
    }
}

fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h' | b'H', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}
