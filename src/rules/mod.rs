//! The judges, one file each, and the one list of them. Adding a rule is one line here.
//! In brackets: what the rules of a group share.

use crate::diagnostic::RuleOptions;
use crate::rule::Rule;

pub mod declarative;

/// Every built-in rule, those written in TOML last.
pub fn builtin() -> Vec<Box<dyn Rule>> {
    builtin_with(&RuleOptions::default())
}

/// Every built-in rule as a project wants it.
pub fn builtin_with(options: &RuleOptions) -> Vec<Box<dyn Rule>> {
    let mut rules = compiled(options);
    rules.extend(declarative::builtin().into_iter().map(|it| Box::new(it) as Box<dyn Rule>));
    rules
}

macro_rules! rules {
    ($($group:ident $(($($shared:ident),*))? { $($file:ident::$rule:ident),* $(,)? })*) => {
        $(
            #[allow(missing_docs)] // The rules document themselves.
            pub mod $group {
                $($(mod $shared;)*)?
                $(pub mod $file;)*
            }
        )*

        /// Every rule written in Rust, as a project wants it.
        fn compiled(options: &RuleOptions) -> Vec<Box<dyn Rule>> {
            vec![$($(Box::new($group::$file::$rule::with(options))),*),*]
        }

        /// Whether a group is ours alone: a project puts its own rules into groups of any other name.
        pub fn is_fixed_group(group: &str) -> bool {
            [$(stringify!($group)),*].contains(&group)
        }
    };
}

rules! {
    carrier (abroad, presented) {
        count::Count,
        duplicate::Duplicate,
        outdated::Outdated,
        unknown::Unknown,
        wrong_country::WrongCountry,
    }
    claim (topic) {
        contradiction::Contradiction,
        template_leak::TemplateLeak,
        unsourced::Unsourced,
    }
    date {
        impossible::Impossible,
        missing::Missing,
        stale::Stale,
    }
    link (official, referrer) {
        affiliate::Affiliate,
        lookalike::Lookalike,
        malformed::Malformed,
        promotional::Promotional,
        shortener::Shortener,
        unofficial::Unofficial,
    }
    meta {
        expired_suppression::ExpiredSuppression,
        front_matter::FrontMatter,
        invalid_directive::InvalidDirective,
        obsolete_baseline::ObsoleteBaseline,
        unused_suppression::UnusedSuppression,
    }
    network {
        retired::Retired,
    }
    number (check_digit) {
        activation_code::ActivationCode,
        apn::Apn,
        calling_code::CallingCode,
        eid::Eid,
        emergency::Emergency,
        iccid::Iccid,
        imei::Imei,
        mcc_mnc::MccMnc,
        ussd::Ussd,
    }
    phone (care) {
        care_conflict::CareConflict,
        carrier_mismatch::CarrierMismatch,
        format::Format,
        invalid::Invalid,
        placeholder::Placeholder,
        type_mismatch::TypeMismatch,
        wrong_country::WrongCountry,
    }
    promo {
        handle::Handle,
        hidden_text::HiddenText,
        image::Image,
        phrase::Phrase,
    }
    section (places) {
        duplicate::Duplicate,
        empty::Empty,
        level::Level,
        missing::Missing,
        order::Order,
        placeholder_text::PlaceholderText,
    }
}
