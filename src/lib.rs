//! guidelint lints and fact-checks telecom guides written in Markdown.
//!
//! ```
//! use guidelint::{Checker, Source, date::Date};
//!
//! let checker = Checker::builtin();
//! let guide = Source::new("cancel.md", "# How to cancel an Albanian SIM\n\nCall AMC at +355 69 123 4567.\n");
//! let report = checker.check(guide, Date::new(2026, 11, 22).unwrap());
//! let rules: Vec<&str> = report.diagnostics.iter().map(|it| it.rule.as_ref()).collect();
//! assert!(rules.contains(&"carrier/outdated") && rules.contains(&"phone/placeholder"));
//! ```
//!
//! The flow goes one way: [`Source`] → [`guide::parse`] → [`facts::find`] → [`rule::Rule`]s → [`check::Checker`] →
//! renderers. The library does not print, walk folders, read the environment or know the time.

pub mod check;
mod compiled;
pub mod date;
pub mod diagnostic;
pub mod docs;
pub mod facts;
pub mod fix;
pub mod guide;
mod host;
pub mod knowledge;
pub mod lookup;
pub mod render;
pub mod rule;
mod rules;
mod skeleton;
pub mod text;

pub use check::Checker;
pub use diagnostic::Report;
pub use rules::{builtin as builtin_rules, builtin_with as builtin_rules_with, declarative, is_fixed_group};
pub use skeleton::{skeleton, skeleton_from};
pub use text::Source;
