//! What a rule says: [`Diagnostic`] and its parts. Nothing here knows a rule, a format or a file.

mod finding;
mod message;
mod report;
mod rule_meta;
mod rule_option;

pub use finding::{Applicability, Citation, Diagnostic, Edit, Evidence, Fix, Label, SourceKind};
pub use message::{Argument, Language, Message, Wording};
pub use report::{FactCounts, Failure, FileReport, Report, Summary, Timing};
pub use rule_meta::{Confidence, RuleMeta, Severity};
pub use rule_option::{FromOption, OptionKind, OptionValue, RuleOption, RuleOptions};
