//! guidelint
pub mod date;
pub mod diagnostic;
pub mod guide;
mod host;
pub mod knowledge;
pub mod render;
pub mod text;
