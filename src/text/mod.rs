//! Bytes with places: [`Span`], [`Source`] and [`LineIndex`]; and how words are compared: [`fold()`].
//!
//! Everything inside guidelint speaks of byte ranges in the file as it lies on disk. Lines and columns are
//! made here, for renderers, and nowhere else.

mod fnv;
mod fold;
mod line_index;
mod source;
mod span;

pub use fnv::{FnvMap, FnvSet};
pub use fold::{Class, class, fold, folded};
pub(crate) use line_index::utf16_len;
pub use line_index::{LineIndex, Position};
pub use source::Source;
pub use span::Span;
