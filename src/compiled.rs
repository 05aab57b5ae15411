//! What the build made of the files in `rules/`: see `build.rs`.

/// [`crate::knowledge::Knowledge`] as it is built in, ready to be decoded.
pub const KNOWLEDGE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/knowledge.bin"));
