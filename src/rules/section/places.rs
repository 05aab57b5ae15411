//! Where in the source something stands that a section may need.

use std::cell::OnceCell;

use crate::guide::Block;
use crate::rule::Context;
use crate::text::Span;

/// Where links and digits stand in the source, in order: looked for once, however many sections are asked.
#[derive(Default)]
pub(super) struct Places {
    links: OnceCell<Vec<u32>>,
    digits: OnceCell<Vec<u32>>,
}

impl Places {
    /// Whether a link begins there.
    pub(super) fn has_link(&self, cx: &Context<'_>, within: Span) -> bool {
        let links = || cx.facts.links.iter().map(|it| it.span.start);
        any_in(self.links.get_or_init(|| sorted(links())), within)
    }

    /// Whether a block with a digit begins there.
    pub(super) fn has_digits(&self, cx: &Context<'_>, within: Span) -> bool {
        let digits = |it: &&Block| cx.guide.text(it.prose).contains(|c: char| c.is_ascii_digit());
        let blocks = || cx.guide.blocks.iter().filter(digits).map(|it| it.span.start);
        any_in(self.digits.get_or_init(|| sorted(blocks())), within)
    }
}

fn sorted(places: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut places: Vec<u32> = places.collect();
    places.sort_unstable();
    places
}

fn any_in(places: &[u32], within: Span) -> bool {
    places.get(places.partition_point(|it| *it < within.start)).is_some_and(|it| *it < within.end)
}
