//! The files of `rules/` as they are compiled in. One line per country; a test keeps the list complete.

macro_rules! countries {
    ($($code:literal)*) => {
        &[$((
            concat!("rules/countries/", $code, ".toml"),
            include_str!(concat!("../../rules/countries/", $code, ".toml")),
        )),*]
    };
}

macro_rules! guides {
    ($($kind:literal)*) => {
        &[$((
            concat!("rules/guides/", $kind, ".toml"),
            include_str!(concat!("../../rules/guides/", $kind, ".toml")),
        )),*]
    };
}

/// Path and text of every curated country.
pub(super) const COUNTRIES: &[(&str, &str)] = countries! {
    "ae" "al" "ar" "at" "au" "bd" "br" "ca" "ch" "cn" "co" "de" "eg" "es" "fr"
    "gb" "gr" "hk" "id" "in" "it" "jp" "ke" "kr" "mm" "mo" "mx" "my" "ng" "nl"
    "nz" "ph" "pk" "pl" "pt" "ru" "sa" "sg" "th" "tr" "tw" "ua" "us" "vn" "za"
};

/// Path and text of every guide kind.
pub(super) const GUIDE_KINDS: &[(&str, &str)] = guides! {
    "activate-esim" "apn-settings" "block-lost-sim" "buy-sim" "cancel-sim" "compare-plans"
    "generic" "number-format" "port-number" "register-sim" "roaming" "top-up"
};

pub(super) const ROLES: (&str, &str) = ("rules/guides/roles.toml", include_str!("../../rules/guides/roles.toml"));
pub(super) const TELECOM: (&str, &str) = ("rules/guides/telecom.toml", include_str!("../../rules/guides/telecom.toml"));
pub(super) const LANGUAGES: (&str, &str) =
    ("rules/languages/languages.toml", include_str!("../../rules/languages/languages.toml"));
pub(super) const COUNTRY_ALIASES: (&str, &str) =
    ("rules/languages/country-aliases.toml", include_str!("../../rules/languages/country-aliases.toml"));
pub(super) const VOCABULARY: &[(&str, &str)] = &[
    ("rules/vocabulary/phone.toml", include_str!("../../rules/vocabulary/phone.toml")),
    ("rules/vocabulary/carrier.toml", include_str!("../../rules/vocabulary/carrier.toml")),
    ("rules/vocabulary/date.toml", include_str!("../../rules/vocabulary/date.toml")),
    ("rules/vocabulary/section.toml", include_str!("../../rules/vocabulary/section.toml")),
    ("rules/vocabulary/claim.toml", include_str!("../../rules/vocabulary/claim.toml")),
    ("rules/promo/cues.toml", include_str!("../../rules/promo/cues.toml")),
];
pub(super) const CURRENCIES: (&str, &str) =
    ("rules/languages/currencies.toml", include_str!("../../rules/languages/currencies.toml"));
pub(super) const MONTHS: (&str, &str) =
    ("rules/languages/months.toml", include_str!("../../rules/languages/months.toml"));

pub(super) const CARRIER_PREFIXES: &str = include_str!("../../rules/generated/carrier-prefixes.tsv");
pub(super) const SHORT_NUMBERS: &str = include_str!("../../rules/generated/short-numbers.tsv");
pub(super) const NUMBER_PLANS: &str = include_str!("../../rules/generated/number-plans.tsv");
pub(super) const REGIONS: &str = include_str!("../../rules/generated/regions.tsv");
pub(super) const NUMBER_EXAMPLES: &str = include_str!("../../rules/generated/number-examples.tsv");
pub(super) const NETWORKS: &str = include_str!("../../rules/generated/networks.tsv");
pub(super) const COUNTRY_NAMES: &str = include_str!("../../rules/generated/country-names.tsv");
pub(super) const CHANNELS: (&str, &str) =
    ("rules/promo/channels.toml", include_str!("../../rules/promo/channels.toml"));
pub(super) const IMAGE_HOSTS: (&str, &str) =
    ("rules/links/image-hosts.toml", include_str!("../../rules/links/image-hosts.toml"));
pub(super) const FICTION: (&str, &str) =
    ("rules/numbers/fiction.toml", include_str!("../../rules/numbers/fiction.toml"));
pub(super) const SHORTENERS: (&str, &str) =
    ("rules/links/shorteners.toml", include_str!("../../rules/links/shorteners.toml"));
pub(super) const AFFILIATES: (&str, &str) =
    ("rules/links/affiliates.toml", include_str!("../../rules/links/affiliates.toml"));
pub(super) const PHRASES: (&str, &str) = ("rules/promo/phrase.toml", include_str!("../../rules/promo/phrase.toml"));
pub(super) const LOOKALIKE: (&str, &str) =
    ("rules/links/lookalike.toml", include_str!("../../rules/links/lookalike.toml"));
