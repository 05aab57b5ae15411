//! The real guide that started the project, where it lies beside the project; skipped, visibly, where it does not.

mod common;

use std::fs;

use guidelint::Checker;

#[test]
fn the_seed_guide_shows_its_faults() {
    let seed = common::shared().map(|it| it.join("seeds/albania-cancel-4g.md"));
    let Some(text) = seed.and_then(|path| fs::read_to_string(path).ok()) else {
        println!("SKIPPED: no seed guide beside the project");
        return;
    };
    let report = common::check(&Checker::builtin(), "seed.md", &text);
    assert_eq!(report.country.as_deref(), Some("AL"));
    assert_eq!(report.kind.as_deref(), Some("cancel-sim"));
    assert_eq!(report.language.as_deref(), Some("zh"));
    let found: Vec<(u32, &str)> = report
        .diagnostics
        .iter()
        .map(|it| (report.source.lines().position(it.span.start, &text).line, it.rule.as_ref()))
        .collect();
    let expected = [
        (1, "link/promotional"),
        (69, "link/promotional"),
        (73, "link/promotional"),
        (9, "carrier/outdated"),
        (9, "carrier/duplicate"),
        (9, "carrier/count"),
        (29, "phone/placeholder"),
        (30, "phone/placeholder"),
        (31, "phone/placeholder"),
        (29, "phone/carrier-mismatch"),
        (31, "phone/carrier-mismatch"),
        (29, "phone/type-mismatch"),
        (30, "phone/type-mismatch"),
        (31, "phone/type-mismatch"),
        (73, "promo/image"),
        (1, "section/missing"),
        (1, "date/missing"),
    ];
    for wanted in expected {
        assert!(found.contains(&wanted), "{wanted:?} is missing in {found:?}");
    }
    assert_eq!(found.iter().filter(|it| **it == (9, "carrier/outdated")).count(), 2);
    assert!(!found.contains(&(30, "phone/carrier-mismatch")));
    for it in &report.diagnostics {
        assert!(!it.evidence.is_empty() || it.rule == "date/missing", "{} gives no evidence", it.rule);
        if it.rule.starts_with("carrier/") || it.rule == "phone/carrier-mismatch" || it.rule == "phone/type-mismatch" {
            assert!(it.evidence.iter().any(|evidence| evidence.source.is_some()), "{} names no source", it.rule);
        }
    }
}
