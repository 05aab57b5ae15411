/// Declares a rule: its type, its metadata and its documentation, which is the doc comment and nothing else.
///
/// The first line of the comment is the summary; `## Why` and `## How it decides` follow; at least one
/// ```` ```md bad ```` and one ```` ```md good ```` example, which a test runs. An example may begin with front matter.
#[macro_export]
macro_rules! declare_rule {
    (
        $(#[doc = $doc:literal])*
        pub $type:ident {
            name: $name:literal,
            severity: $severity:ident,
            confidence: $confidence:ident,
            $(on_by_default: $on:literal,)?
            $(fix: $fix:ident,)?
            since: $since:literal,
            wordings: [$($wording:ident),* $(,)?],
        }
    ) => {
        $(#[doc = $doc])*
        pub struct $type;

        static META: $crate::diagnostic::RuleMeta = $crate::diagnostic::RuleMeta {
            name: ::std::borrow::Cow::Borrowed($name),
            docs: ::std::borrow::Cow::Borrowed(concat!($($doc, "\n"),*)),
            severity: $crate::diagnostic::Severity::$severity,
            confidence: $crate::diagnostic::Confidence::$confidence,
            on_by_default: true $(&& $on)?,
            fix: $crate::declare_rule!(@fix $($fix)?),
            since: ::std::borrow::Cow::Borrowed($since),
            wordings: &[$(&$wording),*],
        };
    };
    (@fix) => { None };
    (@fix $fix:ident) => { Some($crate::diagnostic::Applicability::$fix) };
}
