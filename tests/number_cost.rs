//! What numbers cost, counted and not timed: a guide without digits, or whose numbers all have a calling code, never asks the phone engine,
//! which reads its tables at the first question; hostile digits ask it no more than in proportion to their length. Times are in `benches/numbers.rs`.

mod common;
#[path = "../benches/common/hostile.rs"]
mod hostile;

use guidelint::Checker;
use guidelint::facts::questions;
use hostile::HOSTILE;

/// One test only: the count is the process's.
#[test]
fn the_engine_is_asked_no_more_than_it_must() {
    let checker = Checker::builtin();
    let asked = |text: &str| {
        let before = questions();
        common::check(&checker, "guide.md", text);
        questions() - before
    };
    for guide in [
        "# How to cancel an Albanian SIM\n\nCall Vodafone Albania customer service, or visit a shop of ONE Albania in Tirana.\n",
        "# 阿尔巴尼亚手机卡注销\n\n请拨打客服热线，或前往营业厅。\n\n- Vodafone Albania\n- ONE Albania\n",
        "# Как отключить номер\n\nПозвоните в поддержку.\n",
    ] {
        assert_eq!(asked(guide), 0, "{guide}");
    }
    // Nor does a guide whose numbers exist, however they are written, and from whatever country they are.
    let examples = include_str!("../rules/generated/number-examples.tsv").lines().filter(|line| !line.starts_with('#'));
    let examples: Vec<&str> = examples.filter_map(|row| row.split('\t').next()).collect();
    let list: String = examples.iter().map(|digits| format!("- Customer service: +{digits}\n")).collect();
    assert_eq!(asked(&format!("# Customer service of the world\n\n{list}")), 0);
    let national: String = examples
        .iter()
        .filter_map(|digits| digits.strip_prefix("49"))
        .map(|digits| format!("- 客服热线：0{digits}，[拨打](tel:0049{digits})\n"))
        .collect();
    assert!(national.lines().count() >= 8);
    assert_eq!(asked(&format!("# 德国手机卡注销\n\n{national}")), 0);
    // Nor one that no plan issues: too short, too long, or in a range that nobody has.
    for number in ["+355 69 482", "+49 30 1234 5678 9012 34", "+33 0 12 34 56 78", "+1 212 055 0123"] {
        assert_eq!(asked(&format!("# SIM in Albania\n\nCall {number}.\n")), 0, "{number}");
    }
    // A calling code that nobody has is in no table.
    assert!(asked("# SIM in Albania\n\nCall +999 69 482 1234.\n") > 0);
    for unit in HOSTILE {
        let text = |bytes: usize| format!("# SIM in Albania\n\n{}\n", unit.repeat(bytes / unit.len()));
        let (small, large) = (asked(&text(4_000)), asked(&text(16_000)));
        eprintln!("{unit:?}: {small} questions for 4 kB, {large} for 16 kB");
        assert!(large <= 4 * small + 2_000, "{unit:?}: {small} questions for 4 kB, {large} for 16 kB");
    }
}
