//! For every region of the world and every type of number: a number drawn from the type's pattern draws no finding in a
//! guide of that country, a broken one is `phone/invalid`. `GUIDELINT_TEST_SEED` chooses the numbers.
//!
//! The patterns are those of the second port of libphonenumber, which guidelint does not read numbers with. Its edition is the older
//! one: what the newer plan no longer has is drawn again.
#![cfg(feature = "cli")]

mod common;
#[path = "regions/pattern.rs"]
mod pattern;

use std::sync::Arc;

use common::Dice;
use guidelint::check::{Selection, Settings};
use guidelint::diagnostic::FileReport;
use guidelint::facts::verdict;
use guidelint::knowledge::Knowledge;
use guidelint::{Checker, Source};
use pattern::Pattern;
use phonenumber::metadata::{DATABASE, Descriptors};

/// Every type that a plan has a pattern for.
fn types(plan: &Descriptors) -> impl Iterator<Item = (&'static str, &phonenumber::metadata::Descriptor)> {
    let all = [
        ("fixed-line", plan.fixed_line()),
        ("mobile", plan.mobile()),
        ("toll-free", plan.toll_free()),
        ("premium-rate", plan.premium_rate()),
        ("shared-cost", plan.shared_cost()),
        ("personal", plan.personal_number()),
        ("voip", plan.voip()),
        ("pager", plan.pager()),
        ("uan", plan.uan()),
        ("voicemail", plan.voicemail()),
    ];
    all.into_iter().filter_map(|(name, it)| Some((name, it?)))
}

/// Whether four digits in a row count up, count down or repeat.
fn has_run(digits: &str) -> bool {
    digits.as_bytes().windows(4).any(|it| {
        let steps: Vec<i16> = it.windows(2).map(|pair| i16::from(pair[1]) - i16::from(pair[0])).collect();
        steps.iter().all(|step| *step == steps[0]) && steps[0].abs() <= 1
    })
}

/// Where fixed lines and mobiles share their ranges, the plan names both.
fn is_kind(read: &str, kind: &str) -> bool {
    read == kind || read == "fixed-line-or-mobile" && matches!(kind, "fixed-line" | "mobile")
}

/// Types that the newer edition (9.0.43) took out of the plan: VoIP of Botswana, and the eight digits of Benin; VoIP of Vanuatu is UAN there.
const CHANGED: [(&str, &str); 4] = [("BJ", "uan"), ("BJ", "voip"), ("BW", "voip"), ("VU", "voip")];

/// Written like a date, a range or a year: nobody can tell without knowing more.
fn is_like_another(national: &str) -> bool {
    let groups: Vec<&str> = national.split(['.', '-']).collect();
    let lengths: Vec<usize> = groups.iter().map(|it| it.len()).collect();
    let is_year = national.len() == 4 && (national.starts_with("19") || national.starts_with("20"));
    is_year || lengths == [2, 2, 2] || lengths == [3, 3]
}

/// A region, a type of number, and what its pattern is.
struct Type<'a> {
    region: &'a str,
    code: u16,
    name: &'static str,
    pattern: Pattern,
    lengths: &'a [u16],
    knowledge: &'a Knowledge,
}

impl Type<'_> {
    /// Whether national digits are a number to try: of this type, nobody's example, kept for no film, and without a run.
    ///
    /// Regions that share a calling code can share a type too; then the library names the first of them, and `shared` says
    /// that this will do.
    fn takes(&self, national: &str, shared: bool) -> bool {
        let digits = format!("{}{national}", self.code);
        let fits = self.lengths.is_empty() || self.lengths.contains(&(national.len() as u16));
        let plain = !has_run(national)
            && !self.knowledge.generated.is_example(&digits)
            && self.knowledge.fiction.range(&digits).is_none();
        fits && plain
            && verdict(&format!("+{digits}"), None).is_ok_and(|it| {
                let here = shared || it.region.as_deref() == Some(self.region);
                it.valid && it.significant == national && here && is_kind(it.kind.as_str(), self.name)
            })
    }

    fn draw(&self, dice: &mut Dice) -> Option<String> {
        (0..1_000).find_map(|attempt| {
            let mut national = String::new();
            self.pattern.draw(dice, &mut national);
            self.takes(&national, attempt >= 400).then_some(national)
        })
    }

    /// Whether there is no number to draw: every word of the pattern was tried.
    fn is_exhausted(&self) -> bool {
        self.pattern.words(5_000).is_some_and(|words| words.iter().all(|it| !self.takes(it, true)))
    }
}

/// The number with digits cut off, put on or changed, until the plan has no such number.
fn broken(number: &str, code: usize, dice: &mut Dice) -> String {
    (0..1_000)
        .map(|_| {
            let mut digits = number.to_owned();
            match dice.roll(3) {
                0 => digits.truncate(number.len() - 1 - dice.roll(3)),
                1 => (0..=dice.roll(3)).for_each(|_| digits.push_str(&dice.digits(1))),
                _ => {
                    let at = code + dice.roll(number.len() - code);
                    digits.replace_range(at..=at, &dice.digits(1));
                }
            }
            digits
        })
        .find(|it| (6..=20).contains(&it.len()) && verdict(&format!("+{it}"), None).is_ok_and(|it| !it.valid))
        .expect("a number the plan does not have")
}

#[test]
fn numbers_of_every_region_are_read_and_broken_ones_reported() {
    let mut dice = Dice(common::seed());
    let checker = Checker::builtin();
    let settings = Settings {
        selection: Selection {
            select: Some(vec!["phone".into(), "number".into()]),
            ignore: vec!["phone/format".into()],
            ..Selection::default()
        },
        ..Settings::default()
    };
    let check = |region: &str, number: &str| -> FileReport {
        let text =
            format!("---\ncountry: {region}\n---\n# Getting help\n\nCall customer service at {number}, any day.\n");
        checker.check_with(Arc::new(Source::new("guide.md", text)), common::today(), &settings)
    };
    let mut plans: Vec<_> = DATABASE.iter().filter(|it| it.id() != "001").collect();
    plans.sort_by_key(|it| it.id());
    let (mut numbers, mut none, mut faults) = (0, Vec::new(), Vec::new());
    for plan in &plans {
        let mut drawn: Vec<String> = Vec::new();
        for (name, kind) in types(plan.descriptors()) {
            let kind = Type {
                region: plan.id(),
                code: plan.country_code(),
                name,
                pattern: Pattern::new(kind.national_number().as_str()),
                lengths: kind.possible_length(),
                knowledge: checker.knowledge(),
            };
            if CHANGED.contains(&(plan.id(), name)) {
                continue;
            }
            match kind.draw(&mut dice) {
                Some(national) => drawn.push(national),
                None if kind.is_exhausted() => none.push(format!("{} {name}", plan.id())),
                None => faults.push(format!("{} {name}: no number of the pattern could be drawn", plan.id())),
            }
        }
        for national in &drawn {
            numbers += 1;
            let number = format!("+{}{national}", plan.country_code());
            let at_home = verdict(&number, None).unwrap().national;
            let also = verdict(&at_home, Some(plan.id())).is_ok_and(|it| it.valid && it.e164 == number);
            for written in [Some(number.as_str()), Some(at_home.as_str()).filter(|it| also && !is_like_another(it))] {
                let Some(written) = written else { continue };
                let report = check(plan.id(), written);
                let seen: Vec<&str> = report.diagnostics.iter().map(|it| it.rule.as_ref()).collect();
                if report.facts.numbers != 1 || !seen.is_empty() {
                    faults.push(format!(
                        "{} {number} as {written}: {} numbers, {seen:?}",
                        plan.id(),
                        report.facts.numbers
                    ));
                }
            }
        }
        let code = plan.country_code().to_string();
        let chosen = drawn.get(dice.roll(drawn.len().max(1))).unwrap_or_else(|| panic!("{} has no number", plan.id()));
        let invalid = broken(&format!("{code}{chosen}"), code.len(), &mut dice);
        let report = check(plan.id(), &format!("+{invalid}"));
        if !report.diagnostics.iter().any(|it| it.rule == "phone/invalid") {
            faults.push(format!("{}: +{invalid} is invalid and was not reported", plan.id()));
        }
    }
    eprintln!("{} regions, {numbers} numbers; no other number than the example: {none:?}", plans.len());
    assert!(plans.len() >= 240, "{}", plans.len());
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
