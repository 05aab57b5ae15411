/// Declares a rule: its type, its metadata and its documentation, which is the doc comment and nothing else.
///
/// The first line of the comment is the summary; `## Why` and `## How it decides` follow; at least one
/// ```` ```md bad ```` and one ```` ```md good ```` example, which a test runs. An example may begin with front matter.
///
/// `options` are what a project may set about the rule; each becomes a field of the type named, filled when the rule is
/// constructed, and is documented, checked and completed by an editor from its declaration alone. `remembers` are fields that
/// begin empty: what a rule works out from the knowledge and needs again at the next guide.
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
            $(options: { $($option:ident: $kind:ty = $declared:expr),* $(,)? },)?
            $(remembers: { $($memory:ident: $remembered:ty),* $(,)? },)?
            since: $since:literal,
            wordings: [$($wording:ident),* $(,)?],
        }
    ) => {
        $(#[doc = $doc])*
        pub struct $type {
            $($(pub(super) $option: $kind,)*)?
            $($($memory: $remembered,)*)?
        }

        impl $type {
            /// The rule as a project wants it.
            pub fn with(options: &$crate::diagnostic::RuleOptions) -> $type {
                let _ = options;
                $type {
                    $($($option: options.get($name, &$declared),)*)?
                    $($($memory: ::std::default::Default::default(),)*)?
                }
            }
        }

        static META: $crate::diagnostic::RuleMeta = $crate::diagnostic::RuleMeta {
            name: ::std::borrow::Cow::Borrowed($name),
            docs: ::std::borrow::Cow::Borrowed(concat!($($doc, "\n"),*)),
            severity: $crate::diagnostic::Severity::$severity,
            confidence: $crate::diagnostic::Confidence::$confidence,
            on_by_default: true $(&& $on)?,
            fix: $crate::declare_rule!(@fix $($fix)?),
            since: ::std::borrow::Cow::Borrowed($since),
            wordings: &[$(&$wording),*],
            options: &[$($($declared),*)?],
        };
    };
    (@fix) => { None };
    (@fix $fix:ident) => { Some($crate::diagnostic::Applicability::$fix) };
}
