//! Whole guides: honest ones draw no finding at all, and the same with faults planted draw the findings written beside
//! them in `fixtures/guides/<language>-faulty.expected`.

mod common;

use std::fs;

use guidelint::Checker;

const LANGUAGES: [&str; 4] = ["zh", "en", "es", "sq"];

#[test]
fn honest_guides_draw_no_finding() {
    let checker = Checker::builtin();
    let mut faults = Vec::new();
    for language in LANGUAGES {
        let name = format!("{language}-honest.md");
        let text = fs::read_to_string(common::fixtures().join("guides").join(&name)).unwrap();
        let file = common::check(&checker, &name, &text);
        assert_eq!(file.country.as_deref(), Some("AL"), "{name}");
        assert_eq!(file.language.as_deref(), Some(language), "{name}");
        assert!(file.kind.is_some(), "{name}: no kind");
        if !file.diagnostics.is_empty() {
            faults.push(format!("{name}:\n{}", common::text_of(&checker, file)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn planted_faults_are_found() {
    let checker = Checker::builtin();
    let mut faults = Vec::new();
    for language in LANGUAGES {
        let name = format!("{language}-faulty.md");
        let path = common::fixtures().join("guides").join(&name);
        let file = common::check(&checker, &name, &fs::read_to_string(&path).unwrap());
        for rule in [
            "carrier/outdated",
            "carrier/duplicate",
            "carrier/count",
            "phone/placeholder",
            "phone/carrier-mismatch",
            "phone/type-mismatch",
            "link/promotional",
            "promo/image",
            "section/missing",
            "date/missing",
        ] {
            if !file.diagnostics.iter().any(|it| it.rule == rule) {
                faults.push(format!("{name}: nothing from {rule}"));
            }
        }
        let found = common::text_of(&checker, file);
        faults.extend(common::compare(&path.with_extension("expected"), &found));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What a guide of a stranger is taken for: kind, country, language.
const STRANGERS: [(&str, &str, &str, &str); 19] = [
    ("ar-eg-bold-lines", "cancel-sim", "EG", "ar"),
    ("bn-bd-warned", "register-sim", "BD", "bn"),
    ("de-at-setext", "cancel-sim", "AT", "de"),
    ("el-gr-warned", "port-number", "GR", "el"),
    ("en-ie-compare", "compare-plans", "IE", "en"),
    ("fr-fr-html-headings", "port-number", "FR", "fr"),
    ("hi-in-warned", "buy-sim", "IN", "hi"),
    ("id-sa-roaming-no-title", "roaming", "SA", "id"),
    ("ja-th-numbered", "buy-sim", "TH", "ja"),
    ("ko-jp-no-heading", "apn-settings", "JP", "ko"),
    ("nl-nl-warned", "cancel-sim", "NL", "nl"),
    ("pl-pl-warned", "port-number", "PL", "pl"),
    ("pt-pt-front-matter", "activate-esim", "PT", "pt"),
    ("ru-tr-quote", "buy-sim", "TR", "ru"),
    ("sq-al-warned", "activate-esim", "AL", "sq"),
    ("tr-tr-numbered", "block-lost-sim", "TR", "tr"),
    ("uk-ua-warned", "buy-sim", "UA", "uk"),
    ("vi-vn-ordered-conditions", "port-number", "VN", "vi"),
    ("zh-hant-hk-emoji", "register-sim", "HK", "zh"),
];

/// Guides laid out as people lay them out: setext and HTML headings, bold lines, numbers and emoji in headings, front matter
/// in place of a title; and such as warn of sellers and tell of an offer that still runs. Nothing in them is at fault, so nothing may be more than an information.
#[test]
fn guides_of_strangers_draw_no_warning() {
    let checker = Checker::builtin();
    let mut faults = Vec::new();
    for (name, kind, country, language) in STRANGERS {
        let path = common::fixtures().join("guides/strangers").join(name).with_extension("md");
        let mut file = common::check(&checker, name, &fs::read_to_string(&path).unwrap());
        let taken = (file.kind.as_deref(), file.country.as_deref(), file.language.as_deref());
        if taken != (Some(kind), Some(country), Some(language)) {
            faults.push(format!("{name}: taken for {taken:?}"));
        }
        file.diagnostics.retain(|it| it.severity > guidelint::diagnostic::Severity::Info);
        if !file.diagnostics.is_empty() {
            faults.push(format!("{name}:\n{}", common::text_of(&checker, file)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
