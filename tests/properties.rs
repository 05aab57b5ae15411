//! What holds of every guide: of all fixtures, of mutants of them, and of text that nobody would write.
//!
//! `GUIDELINT_TEST_SEED` chooses the mutants; `GUIDELINT_TEST_ROUNDS` makes so many times as many of them.

mod common;
#[path = "properties/mutants.rs"]
mod mutants;
#[path = "properties/sound.rs"]
mod sound;
#[path = "properties/spans.rs"]
mod spans;
#[path = "properties/whole.rs"]
mod whole;
