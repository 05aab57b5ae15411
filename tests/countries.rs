//! Every curated country has a guide that is right and one with every kind of carrier fault, and every brand of the
//! generated layer is recognised in a guide of its country.
//!
//! `fixtures/guides/<cc>/true.md` raises no error and no warning; `faulty.md` says what stands in `faulty.expected`: the
//! rule, the place and the sentence of each finding of the rules about carriers, networks, access points and links.

mod common;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

use guidelint::diagnostic::{FileReport, Language, Severity};
use guidelint::facts::{Scanner, SubjectHints, find};
use guidelint::guide;
use guidelint::knowledge::{Carrier, CarrierKind, Country, Knowledge};
use guidelint::{Checker, Source};

/// The rules the faulty guides are written for.
const JUDGED: [&str; 10] = [
    "carrier/count",
    "carrier/duplicate",
    "carrier/outdated",
    "carrier/unknown",
    "carrier/wrong-country",
    "link/lookalike",
    "link/unofficial",
    "network/retired",
    "number/apn",
    "phone/care-conflict",
];

fn guide_of(country: &Country, name: &str) -> String {
    let path = common::fixtures().join("guides").join(country.code.to_lowercase()).join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn lines_of(report: &FileReport, judged: impl Fn(&str) -> bool) -> String {
    let mut out = String::new();
    for it in report.diagnostics.iter().filter(|it| judged(&it.rule)) {
        let place = report.source.lines().position(it.span.start, report.source.text());
        let message = it.message.text(Language::En);
        let _ = writeln!(out, "{}:{} {} {}: {message}", place.line, place.column, it.severity.as_str(), it.rule);
    }
    out
}

#[test]
fn the_true_guide_of_every_country_is_silent() {
    let checker = Checker::builtin();
    let mut faults = Vec::new();
    for country in checker.knowledge().countries() {
        let report = common::check(&checker, "true.md", &guide_of(country, "true.md"));
        assert_eq!(report.country.as_deref(), Some(country.code.as_str()));
        if report.diagnostics.iter().any(|it| it.severity != Severity::Info || it.rule.starts_with("carrier/")) {
            faults.push(format!("{}\n{}", country.code, lines_of(&report, |_| true)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_faulty_guide_of_every_country_says_what_is_wrong() {
    let checker = Checker::builtin();
    let mut faults = Vec::new();
    for country in checker.knowledge().countries() {
        let text = guide_of(country, "faulty.md");
        let report = common::check(&checker, "faulty.md", &text);
        let found = lines_of(&report, |rule| JUDGED.contains(&rule));
        let path = common::fixtures().join("guides").join(country.code.to_lowercase()).join("faulty.expected");
        faults.extend(common::compare(&path, &found));
        for rule in planted(&text) {
            if !report.diagnostics.iter().any(|it| it.rule == rule) {
                faults.push(format!("{}: nothing says {rule}", country.code));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The kinds of fault a guide says it has: `planted: [carrier/count, …]` in its front matter.
fn planted(text: &str) -> Vec<&str> {
    let line = text.lines().find_map(|line| line.strip_prefix("planted: [")).unwrap_or("");
    line.trim_end_matches(']').split(", ").filter(|it| !it.is_empty()).collect()
}

#[test]
fn the_faulty_guide_of_every_country_has_every_kind_of_fault_we_know_enough_for() {
    let knowledge = Knowledge::builtin();
    let mut missing = Vec::new();
    let mut kinds = 0;
    for country in knowledge.countries() {
        let text = guide_of(country, "faulty.md");
        let planted = planted(&text);
        let possible = possible(&knowledge, country);
        kinds += possible.len();
        let left_out = possible.iter().filter(|rule| !planted.contains(rule));
        missing.extend(left_out.map(|rule| format!("{} {rule}", country.code)));
    }
    assert!(missing.is_empty(), "{} of {kinds}:\n{}", missing.len(), missing.join("\n"));
}

/// The kinds of fault that can be told in a country, by what its file says.
fn possible(knowledge: &Knowledge, country: &Country) -> Vec<&'static str> {
    let day = guidelint::date::Date::new(2026, 11, 22).unwrap();
    let active: Vec<&Carrier> = country.carriers.iter().filter(|it| it.is_active()).collect();
    let today = |it: &Carrier| knowledge.succession(it).last().map(|it| it.id.clone());
    let house = |it: &Carrier| it.host.clone().unwrap_or_else(|| it.id.clone());
    let renamed = |it: &&Carrier| !it.is_active() && active.iter().any(|now| Some(&now.id) == today(it).as_ref());
    let is_word = |it: &Carrier, label: &str| it.ambiguous.iter().any(|word| word.to_lowercase() == label);
    let imitable = |it: &&Carrier| {
        let label = it.domains.first().and_then(|domain| domain.split('.').next()).unwrap_or("");
        label.len() >= 6 && !is_word(it, label)
    };
    let apn_of_another = active.iter().any(|owner| {
        let mut own = owner.apn.iter().filter(|it| it.name.contains('.') && it.name.len() >= 6);
        own.any(|it| {
            let uses = |other: &Carrier| other.apn.iter().any(|point| point.name.eq_ignore_ascii_case(&it.name));
            let shared = country.carriers.iter().any(|other| house(other) != house(owner) && uses(other));
            !shared && active.iter().any(|other| other.kind == CarrierKind::Mno && house(other) != house(owner))
        })
    });
    let has = |it: &Carrier, number: &str| it.care.iter().any(|care| care.number == number);
    let care_of_another = active.iter().any(|owner| {
        let short =
            owner.care.iter().filter(|it| it.number.len() <= 5 && it.number.bytes().all(|b| b.is_ascii_digit()));
        let others = || active.iter().filter(|it| !it.care.is_empty() && house(it) != house(owner));
        let neighbours = || knowledge.countries().filter(|it| it.calling_code == country.calling_code);
        let elsewhere = |it: &Carrier| house(it) != house(owner) && it.is_active();
        let shared = |number: &str| neighbours().flat_map(|it| &it.carriers).any(|it| elsewhere(it) && has(it, number));
        short.map(|it| it.number.as_str()).any(|number| !shared(number) && others().any(|it| !has(it, number)))
    });
    let retired = |it: &&Carrier| it.retired.iter().any(|it| it.on.last_day() <= day);
    let checks: [(&str, bool); 10] = [
        ("carrier/count", country.current_operators().count() < 6),
        ("carrier/duplicate", country.carriers.iter().any(|it| renamed(&it))),
        ("carrier/outdated", country.carriers.iter().any(|it| !it.is_active())),
        ("carrier/unknown", true),
        ("carrier/wrong-country", true),
        ("link/lookalike", active.iter().any(imitable)),
        ("link/unofficial", active.iter().any(|it| !it.domains.is_empty())),
        ("network/retired", active.iter().any(retired)),
        ("number/apn", apn_of_another),
        ("phone/care-conflict", care_of_another),
    ];
    checks.into_iter().filter(|(_, can)| *can).map(|(rule, _)| rule).collect()
}

#[test]
fn the_guides_are_written_in_many_languages() {
    let checker = Checker::builtin();
    let languages: BTreeSet<String> = checker
        .knowledge()
        .countries()
        .filter_map(|it| common::check(&checker, "true.md", &guide_of(it, "true.md")).language)
        .collect();
    assert!(languages.len() >= 12, "{languages:?}");
}

/// Brands the table calls operational that are no consumer networks, or that cannot be told from a number.
fn exceptions() -> Vec<(String, String)> {
    let text = fs::read_to_string(common::root().join("tests/countries/brand-exceptions.tsv")).unwrap();
    let rows = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    rows.map(|row| {
        let mut cells = row.split('\t');
        let (region, brand) = (cells.next().unwrap().to_owned(), cells.next().unwrap().to_owned());
        assert!(
            cells.next().is_some_and(|it| !it.is_empty()) && cells.next().is_some_and(|it| !it.is_empty()),
            "{row}"
        );
        (region, brand)
    })
    .collect()
}

#[test]
fn every_operational_brand_is_recognised_in_a_guide_of_its_country() {
    let knowledge = Knowledge::builtin();
    let scanner = Scanner::new(knowledge.lexicon(), Vec::new());
    let mut brands: BTreeSet<(&str, &str)> = BTreeSet::new();
    for network in knowledge.generated.networks() {
        if network.status == "operational" && network.region.len() == 2 {
            let names = network.brands.split(" / ").map(str::trim).filter(|it| !it.is_empty());
            brands.extend(names.map(|brand| (network.region, brand)));
        }
    }
    let exceptions = exceptions();
    let mut missed = Vec::new();
    for (region, brand) in &brands {
        let text = format!(
            "---\ncountry: \"{region}\"\n---\n# SIM cards\n\nMobile operators:\n\n- {brand}: prepaid SIM cards\n"
        );
        let guide = guide::parse(&Source::new("guide.md", text));
        let (facts, _) = find(&guide, &scanner, &knowledge, &SubjectHints::default());
        let known = facts.carriers.iter().any(|it| {
            let here = it.who.iter().any(|who| who.country() == *region);
            here && it.name == *brand
        });
        let excepted = exceptions.iter().any(|(home, name)| home == region && name == brand);
        match (known, excepted) {
            (false, false) => missed.push(format!("{region}\t{brand}")),
            (true, true) => missed.push(format!("{region}\t{brand} is recognised: take it off the exceptions")),
            _ => {}
        }
    }
    assert!(missed.is_empty(), "{} of {} brands:\n{}", missed.len(), brands.len(), missed.join("\n"));
    assert!(exceptions.len() * 100 <= brands.len() * 3, "{} exceptions of {}", exceptions.len(), brands.len());
}

#[test]
fn names_of_operators_are_recognised_by_every_name_they_have() {
    let knowledge = Knowledge::builtin();
    let scanner = Scanner::new(knowledge.lexicon(), Vec::new());
    let mut missed = Vec::new();
    for country in knowledge.countries() {
        for carrier in country.carriers.iter().filter(|it| it.kind == CarrierKind::Mno) {
            for name in carrier.all_names().filter(|it| it.chars().count() > 1) {
                let text = format!(
                    "---\ncountry: \"{}\"\n---\n# SIM\n\nMobile operators:\n\n- {name}: prepaid\n",
                    country.code
                );
                let guide = guide::parse(&Source::new("guide.md", text));
                let (facts, _) = find(&guide, &scanner, &knowledge, &SubjectHints::default());
                if !facts.carriers.iter().any(|it| it.ids.iter().any(|id| *id == carrier.id)) {
                    missed.push(format!("{} {name}", carrier.id));
                }
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// Characters of carriers' names that are written in two ways, simplified and traditional.
const SCRIPTS: &str = "万萬 业業 东東 丰豐 亚亞 众眾 传傳 会會 华華 汇匯 国國 宝寶 实實 尔爾 广廣 数數 湾灣 电電 码碼 网網 络絡 罗羅 联聯 \
    讯訊 话話 贝貝 达達 迈邁 远遠 邮郵 铁鐵 门門 马馬 动動 员員 记記 务務 体體 办辦";

/// And those that are written in one.
const ONE_FORM: &str = "一三世中之事二信全六公化及台同和哥地士多大天太委威媒子家工巴帝度思沃泛碁通澳流球息拿播新明星渣港理界省研科移管部香局印";

/// A name in simplified and in traditional characters; an error names a character this test was not told about.
fn in_both_scripts(name: &str) -> Result<[String; 2], char> {
    let pairs: Vec<(char, char)> = SCRIPTS
        .split_whitespace()
        .map(|pair| {
            let mut pair = pair.chars();
            (pair.next().unwrap(), pair.next().unwrap())
        })
        .collect();
    let mut both = [String::new(), String::new()];
    for c in name.chars() {
        let pair = pairs.iter().find(|(simplified, traditional)| c == *simplified || c == *traditional);
        let is_han = ('\u{4e00}'..='\u{9fff}').contains(&c);
        let (simplified, traditional) = match pair {
            Some(pair) => *pair,
            None if !is_han || ONE_FORM.contains(c) => (c, c),
            None => return Err(c),
        };
        both[0].push(simplified);
        both[1].push(traditional);
    }
    Ok(both)
}

#[test]
fn every_chinese_name_is_recognised_in_both_scripts() {
    let knowledge = Knowledge::builtin();
    let scanner = Scanner::new(knowledge.lexicon(), Vec::new());
    let is_han = |name: &str| name.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let (mut names, mut faults) = (0, Vec::new());
    for country in knowledge.countries() {
        for carrier in &country.carriers {
            let chinese = carrier.names.iter().filter(|it| it.language.starts_with("zh")).map(|it| it.text.as_str());
            for name in chinese.chain(carrier.ambiguous.iter().map(String::as_str)).filter(|it| is_han(it)) {
                let both = match in_both_scripts(name) {
                    Ok(both) => both,
                    Err(unknown) => {
                        faults.push(format!("{} {name}: is {unknown} written in two ways?", carrier.id));
                        continue;
                    }
                };
                for form in both {
                    names += 1;
                    let text =
                        format!("---\ncountry: \"{}\"\n---\n# SIM\n\n运营商：\n\n- {form}：预付卡\n", country.code);
                    let guide = guide::parse(&Source::new("guide.md", text));
                    let (facts, _) = find(&guide, &scanner, &knowledge, &SubjectHints::default());
                    if !facts.carriers.iter().any(|it| it.ids.iter().any(|id| *id == carrier.id) && it.name == form) {
                        faults.push(format!("{} {name}: {form} is not recognised", carrier.id));
                    }
                }
            }
        }
    }
    assert!(names >= 100, "{names}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
