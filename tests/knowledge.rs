//! The knowledge in `rules/` holds what its READMEs promise.

mod common;

use std::fs;
use std::path::Path;

use std::sync::Arc;

use guidelint::date::Date;
use guidelint::knowledge::Knowledge;
use guidelint::{Checker, Source};

fn rules() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/rules"))
}

#[test]
fn every_country_file_is_read_and_sound() {
    let mut faults = Vec::new();
    let mut files = 0;
    for entry in fs::read_dir(rules().join("countries")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|it| it != "toml") {
            continue;
        }
        files += 1;
        let name = format!("rules/countries/{}", path.file_name().unwrap().to_string_lossy());
        if let Err(error) = guidelint::knowledge::read_country(&name, &fs::read_to_string(&path).unwrap()) {
            faults.push(error.to_string());
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(
        files,
        Knowledge::builtin().countries().count(),
        "a country file is missing in src/knowledge/embedded.rs"
    );
}

/// A guide with one fault of each kind that the Albanian file supports.
const FAULTY: &str = "\
# How to cancel an Albanian SIM

Albania has three operators: AMC, Vodafone Albania and Telekom Albania.

Customer service:

- **AMC**: +355 69 482 0157
- **Vodafone Albania**: +355 68 482 0157
";

fn rules_found(toml: &str, guide: &str) -> Vec<String> {
    let knowledge = Knowledge::builder().country("rules/countries/al.toml", toml).build().unwrap();
    let checker = Checker::new(Arc::new(knowledge), guidelint::builtin_rules());
    let report = checker.check(Source::new("guide.md", guide), Date::new(2026, 11, 22).unwrap());
    report
        .diagnostics
        .iter()
        .filter(|it| ["carrier", "phone"].iter().any(|group| it.rule.starts_with(group)))
        .map(|it| format!("{} {}", it.rule, report.source.slice(it.span)))
        .collect()
}

fn albania() -> String {
    fs::read_to_string(rules().join("countries/al.toml")).unwrap()
}

/// The file with one piece of text taken out, which must be there.
fn without(toml: &str, piece: &str, instead: &str) -> String {
    assert!(toml.contains(piece), "{piece} is not in the file any more");
    toml.replace(piece, instead)
}

/// What was found before and is not found any more.
fn lost(before: &[String], after: &[String]) -> Vec<String> {
    before.iter().filter(|it| !after.contains(it)).cloned().collect()
}

#[test]
fn taking_a_fact_away_takes_exactly_its_findings_away() {
    let whole = rules_found(&albania(), FAULTY);
    assert_eq!(
        whole,
        [
            "carrier/count three operators",
            "carrier/outdated AMC",
            "carrier/duplicate Telekom Albania",
            "carrier/outdated Telekom Albania",
            "phone/carrier-mismatch +355 69 482 0157",
            "phone/type-mismatch +355 69 482 0157",
            "phone/carrier-mismatch +355 68 482 0157",
            "phone/type-mismatch +355 68 482 0157",
        ]
    );

    // Without its successor AMC is only closed: no longer the same company as Telekom Albania.
    let amc = "valid_until = \"2015-07\"\nsuccessor = \"al.telekom\"";
    let file = without(&albania(), amc, "valid_until = \"2015-07\"");
    let file = file.replacen(
        "id = \"al.amc\"\nkind = \"mno\"\nstatus = \"renamed\"",
        "id = \"al.amc\"\nkind = \"mno\"\nstatus = \"closed\"",
        1,
    );
    assert_eq!(lost(&whole, &rules_found(&file, FAULTY)), ["carrier/duplicate Telekom Albania"]);
}

#[test]
fn taking_a_range_away_takes_its_mismatch_away() {
    let whole = rules_found(&albania(), FAULTY);
    let file = without(&albania(), "prefixes = [{ p = \"69\", sources = [\"lpn-carrier\"] }]\n", "");
    assert!(
        !rules_found(&file, FAULTY).contains(&"phone/carrier-mismatch +355 69 482 0157".to_owned())
            || holder_is_generated()
    );
    assert!(rules_found(&file, FAULTY).contains(&"phone/carrier-mismatch +355 68 482 0157".to_owned()));
    let file = without(&albania(), "{ p = \"68\", was = \"al.telekom\", sources = [\"lpn-carrier\"] }", "");
    let after = rules_found(&file, FAULTY);
    assert!(lost(&whole, &after).iter().all(|it| it.ends_with("+355 68 482 0157")), "{after:?}");
}

/// The generated prefix table may stand in for a curated range.
fn holder_is_generated() -> bool {
    Knowledge::builtin().generated.prefix_holder("355694820157").is_some()
}

#[test]
fn a_care_number_is_known_only_while_it_is_in_the_file() {
    // Invented for this test: as if Vodafone published a mobile number.
    let published = "{ number = \"140\", audience = \"prepaid\", sources = [\"vf-prepaid\"] },";
    let guide = "# How to cancel an Albanian SIM\n\n- **Vodafone Albania** customer service: +355 69 482 0157\n";
    let with = without(
        &albania(),
        published,
        &format!("{published}\n  {{ number = \"+355694820157\", sources = [\"vf-prepaid\"] }},"),
    );
    assert_eq!(rules_found(&with, guide), Vec::<String>::new());
    assert_eq!(rules_found(&albania(), guide), ["phone/type-mismatch +355 69 482 0157"]);
}

#[test]
fn shuffling_a_list_moves_the_findings_with_it() {
    let swapped =
        FAULTY.replace("**AMC**: +355 69", "**AMC**: +355 00").replace("Albania**: +355 68", "Albania**: +355 69");
    let swapped = swapped.replace("**AMC**: +355 00", "**AMC**: +355 68");
    let found = rules_found(&albania(), &swapped);
    assert!(!found.iter().any(|it| it.starts_with("phone/carrier-mismatch")), "{found:?}");
    assert!(found.contains(&"phone/type-mismatch +355 68 482 0157".to_owned()));
}

#[test]
fn a_fault_in_a_country_file_is_pointed_at() {
    let cases = [
        ("currency = \"ALL\"", "curency = \"ALL\"", "did you mean `currency`?"),
        ("successor = \"al.telekom\"", "successor = \"al.telecom\"", "did you mean `al.telekom`?"),
        ("plmn = [\"27602\"]", "plmn = [\"27702\"]", "begins with no MCC of this country"),
        ("status = \"closed\"", "status = \"gone\"", "unknown word `gone`"),
        ("valid_from = \"2010-12-06\"", "valid_from = \"2019\"", "it ended before it began"),
        ("sources = [\"one-terms\"] },", "sources = [\"one-trems\"] },", "did you mean `one-terms`?"),
    ];
    for (good, bad, said) in cases {
        let toml = without(&albania(), good, bad);
        let error = guidelint::knowledge::read_country("rules/countries/al.toml", &toml).unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
        let place = &error.diagnostics[0].span;
        assert!(place.end > place.start, "no place for {bad}");
    }
}

#[test]
fn ranges_are_known_to_the_numbering_plan_or_marked_ended() {
    let knowledge = Knowledge::builtin();
    for country in knowledge.countries() {
        for (carrier, range) in country.carriers.iter().flat_map(|it| it.prefixes.iter().map(move |range| (it, range)))
        {
            let digits = format!("{}{}", country.calling_code, range.prefix);
            // A range may be coarser than the table's: then some number below it is known.
            let known = |digits: &str| knowledge.generated.prefix_holder(digits).is_some();
            let below = (0..100).any(|tail| known(&format!("{digits}{tail:02}")));
            assert!(range.until.is_some() || known(&digits) || below, "{}: {}", carrier.id, range.prefix);
        }
    }
}

#[test]
fn chains_of_names_go_forward_in_time_and_end() {
    let knowledge = Knowledge::builtin();
    for country in knowledge.countries() {
        for carrier in &country.carriers {
            let chain = knowledge.succession(carrier);
            let ended: Vec<_> = chain.iter().filter_map(|it| it.valid_until).collect();
            let forward = ended.windows(2).all(|pair| pair[0].first_day() <= pair[1].last_day());
            assert!(forward, "{}: {ended:?}", carrier.id);
            let last = chain[chain.len() - 1];
            assert!(last.successors.len() != 1, "{}: the chain does not end", carrier.id);
            let ends = knowledge.became(carrier).iter().filter(|it| it.successors.is_empty()).count();
            assert!(ends > 0 || carrier.successors.is_empty(), "{}: it leads nowhere", carrier.id);
            assert!(ended.iter().all(|it| it.first_day() <= common::today()), "{}: it ends in the future", carrier.id);
        }
    }
}

/// The day somebody last went out and read. The fixtures are judged as of an earlier day, so that they stand still.
const READ_LAST: (i16, i8, i8) = (2026, 11, 30);

#[test]
fn sources_were_read_and_can_be_read_again() {
    let read_last = Date::new(READ_LAST.0, READ_LAST.1, READ_LAST.2).unwrap();
    assert_eq!(Knowledge::builtin().as_of(), Some(read_last), "put the newest `verified` day into READ_LAST");
    for country in Knowledge::builtin().countries() {
        for source in &country.citations {
            let web = source.url.as_ref().is_some_and(|it| it.starts_with("https://") || it.starts_with("http://"));
            assert!(web != source.package.is_some(), "{}: {source:?}", country.path);
            assert!(source.verified.is_some_and(|day| day <= read_last), "{}: {source:?}", country.path);
        }
    }
}

#[test]
fn no_carrier_is_called_by_a_word_of_the_trade() {
    use guidelint::facts::folded;
    use guidelint::knowledge::CueSet;
    let knowledge = Knowledge::builtin();
    let trade = [CueSet::Operator, CueSet::Network, CueSet::Hotline, CueSet::Official, CueSet::NotCarrier];
    let words: Vec<String> =
        knowledge.vocabulary().words.iter().filter(|it| trade.contains(&it.0)).map(|it| folded(&it.2)).collect();
    for country in knowledge.countries() {
        for name in country.carriers.iter().flat_map(|it| &it.names) {
            assert!(!words.contains(&folded(&name.text)), "{}: {}", country.path, name.text);
        }
    }
}

/// One line of `rules/countries/renames.tsv`.
struct Candidate<'a> {
    key: [&'a str; 3],
    verdict: &'a str,
    reason: &'a str,
    was: &'a str,
    is: &'a str,
    note: &'a str,
}

fn candidates(ledger: &str) -> Vec<Candidate<'_>> {
    let mut lines = ledger.lines();
    assert_eq!(lines.next(), Some("region\told\tnew\tverdict\treason\twas\tis\tnote"));
    lines
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            let &[region, old, new, verdict, reason, was, is, note] = fields.as_slice() else {
                panic!("eight fields: {line}");
            };
            Candidate { key: [region, old, new], verdict, reason, was, is, note }
        })
        .collect()
}

/// The reasons that `rules/countries/README.md` explains, in its table of this section.
fn explained_reasons() -> Vec<String> {
    let readme = fs::read_to_string(rules().join("countries/README.md")).unwrap();
    let section = readme.split("## Candidates for a rename").nth(1).expect("the section on the candidates");
    section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next().map(str::to_owned)).collect()
}

#[test]
fn every_candidate_for_a_rename_has_one_verdict() {
    let ledger = fs::read_to_string(rules().join("countries/renames.tsv")).unwrap();
    let candidates = candidates(&ledger);
    let by_prefix = candidates.iter().filter(|it| it.key[0].starts_with('+')).count();
    assert_eq!((candidates.len() - by_prefix, by_prefix), (605, 422), "none was lost on the way");
    let reasons = explained_reasons();
    for it in &candidates {
        assert!(["recorded", "accepted", "rejected"].contains(&it.verdict), "{:?}: {}", it.key, it.verdict);
        assert!(reasons.iter().any(|known| known == it.reason), "{:?}: {} is not explained", it.key, it.reason);
        let found = ["history", "alias"].contains(&it.reason);
        assert_eq!(found, it.verdict != "rejected", "{:?}: {} for {}", it.key, it.verdict, it.reason);
        assert_eq!(found, !it.was.is_empty() && !it.is.is_empty(), "{:?}: {:?} {:?}", it.key, it.was, it.is);
    }
    for pair in candidates.windows(2) {
        assert!(pair[0].key < pair[1].key, "sorted and unique: {:?} before {:?}", pair[0].key, pair[1].key);
    }
}

#[test]
fn candidates_that_were_taken_are_in_the_knowledge() {
    use guidelint::facts::folded;
    let ledger = fs::read_to_string(rules().join("countries/renames.tsv")).unwrap();
    let knowledge = Knowledge::builtin();
    let mut faults = Vec::new();
    for it in candidates(&ledger).iter().filter(|it| it.verdict != "rejected") {
        let (Some(was), Some(is)) = (knowledge.carrier(it.was), knowledge.carrier(it.is)) else {
            faults.push(format!("{:?}: no carrier {} or {}", it.key, it.was, it.is));
            continue;
        };
        let name = folded(if it.note.is_empty() { it.key[1] } else { it.note });
        if !was.all_names().any(|known| folded(known) == name) {
            faults.push(format!("{:?}: {} is not called {name}", it.key, it.was));
        }
        let later = knowledge.became(was).into_iter().any(|it| it.id == is.id);
        let right = if it.reason == "alias" { was.id == is.id } else { !was.is_active() && later };
        if !right {
            faults.push(format!("{:?}: {} does not lead to {}", it.key, it.was, it.is));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
