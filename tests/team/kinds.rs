//! Kinds of guides as a project wants them: where they lie, how long they stay fresh, what else they owe; and what the
//! report says of a guide that is about several things.

use super::Project;

const CHECKED: &str = "# How to cancel an Albanian SIM\n\nLast checked: 2026-01-10.\n";
const PLAIN: &str =
    "# Goodbye, Vodafone Albania\n\nBring your passport to the shop. The shop will close the line for you.\n";

#[test]
fn months_until_a_guide_is_stale_are_the_projects() {
    let here = Project::new(&[("a.md", CHECKED), ("guidelint.toml", "")]);
    let check = "check --select date/stale --as-of 2026-11-22";
    here.run(check).ends(0);
    here.write("guidelint.toml", "[kinds.cancel-sim]\nstale-months = 6\n");
    here.run(check).ends(1).says("should be looked at every 6 months (kind `cancel-sim`)");
    here.write("guidelint.toml", "[kinds.roaming]\nstale-months = 6\n");
    here.run(check).ends(0);
    // The same in the kind's own file, which only adds to ours.
    here.write("guidelint.toml", "");
    here.write(
        "guidelint/guides/cancel-sim.toml",
        "schema = 1\nkind = \"cancel-sim\"\nextends = true\nstale_after_months = 8\n",
    );
    here.run(check).ends(1).says("every 8 months");
    here.write("guidelint.toml", "[kinds.cancel-sim]\nstale-months = 60\n");
    here.run(check).ends(0);
    here.run("config --show-origin").ends(0).says("kinds.cancel-sim.stale-months = 60").says("guidelint.toml:2");
    // What is said of a kind beats what is said of the rule.
    here.write("guidelint.toml", "rules.\"date/stale\".months = 3\n[kinds.cancel-sim]\nstale-months = 60\n");
    here.run(check).ends(0);
    here.write("guidelint.toml", "rules.\"date/stale\".months = 3\n[kinds.roaming]\nstale-months = 60\n");
    here.run(check).ends(1).says("every 3 months (`months` of `date/stale`)");
}

#[test]
fn a_folder_says_of_what_kind_its_guides_are() {
    let here = Project::new(&[("ends/a.md", PLAIN), ("other/a.md", PLAIN), ("guidelint.toml", "")]);
    let check = "check --select section/missing --format concise";
    here.run(check).ends(0);
    here.write("guidelint.toml", "[kinds.cancel-sim]\npaths = [\"ends/**\"]\n");
    let run = here.run(check).ends(1).says("ends/a.md:1:");
    assert!(!run.out.contains("other/a.md"), "{}", run.out);
    // The guide knows better than the folder.
    here.write("ends/a.md", &format!("---\nkind: generic\n---\n\n{PLAIN}"));
    here.run(check).ends(0);
}

#[test]
fn a_projects_file_can_add_to_a_kind_or_replace_it() {
    let here = Project::new(&[("a.md", CHECKED), ("guidelint.toml", "")]);
    let check = "check --select section/missing --fail-on never --format concise";
    here.run(check).says("the steps").says("the sources");
    let own = "schema = 1\nkind = \"cancel-sim\"\nextends = true\n\n[[section]]\nrole = \"faq\"\nneed = \"required\"\n\n[[section]]\nrole = \"steps\"\nneed = \"optional\"\n";
    here.write("guidelint/guides/cancel-sim.toml", own);
    let run = here.run(check).says("warning[section/missing]").says("questions").says("the sources");
    assert!(!run.out.contains("the steps"), "{}", run.out);
    // Without `extends` nothing of ours remains: no title can be recognised any more.
    here.write("guidelint/guides/cancel-sim.toml", &own.replace("extends = true\n", ""));
    here.run("check --select section/missing").ends(0);
    here.write("a.md", &CHECKED.replace("# How", "---\nkind: cancel-sim\n---\n\n# How"));
    let run = here.run(check).says("questions");
    assert!(!run.out.contains("the sources"), "{}", run.out);
    here.write("guidelint/guides/sell-sim.toml", "schema = 1\nkind = \"sell-sim\"\nextends = true\n");
    assert!(here.run("check").ends(2).err.contains("there is no kind `sell-sim` to extend"));
}

#[test]
fn country_and_language_of_the_project_yield_to_the_guide() {
    let country = |text: &str| format!("---\ncountry: {text}\n---\n\n# Keeping a SIM card\n\nA shop sells it.\n");
    let here = Project::new(&[
        ("a.md", &country("DE")),
        ("b.md", "# Keeping a SIM card\n\nA shop sells it.\n"),
        ("guidelint.toml", "country = \"AL\"\nlang = \"zh-Hant\"\n"),
    ]);
    let run = here.run("check --format json").ends(0);
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let seen: Vec<&str> =
        report["files"].as_array().unwrap().iter().map(|it| it["country"].as_str().unwrap()).collect();
    assert_eq!(seen, ["DE", "AL"]);
    let forced: serde_json::Value =
        serde_json::from_str(&here.run("check --format json --country AL").ends(0).out).unwrap();
    assert_eq!(forced["files"][0]["country"], "AL");
}

#[test]
fn the_report_says_that_a_subject_is_mixed() {
    let both = "---\ncountries: [AL, GR]\n---\n\n# Keep your SIM card\n\nVodafone sells the SIM card.\n";
    let two_kinds = "# How to top up and cancel an Albanian SIM card\n\nIt is easy. Just do it.\n";
    let here = Project::new(&[("both.md", both), ("kinds.md", two_kinds)]);
    let run = here.run("check --isolated").says("several countries").says("both.md (AL, GR)");
    let run = run.says("of several kinds").says("kinds.md (cancel-sim, top-up)");
    assert!(!run.out.contains("section/missing") && !run.out.contains("date/missing"), "{}", run.out);
    assert!(!here.run("check --isolated --quiet").out.contains("several"));
    let report: serde_json::Value =
        serde_json::from_str(&here.run("check --isolated --format json --fail-on never").out).unwrap();
    let (countries, kinds) = (&report["files"][0], &report["files"][1]);
    assert!(countries["country"].is_null());
    assert_eq!(countries["countries"], serde_json::json!(["AL", "GR"]));
    assert!(kinds["kind"].is_null());
    assert_eq!(kinds["kinds"], serde_json::json!(["cancel-sim", "top-up"]));
    assert_eq!(kinds["country"], "AL");
}

#[test]
fn documents_about_something_else_are_not_called_mixed() {
    let readme = "# My library\n\nIt formats dates for France, Germany, Albania and Greece.\n\n## Install\n\nTODO\n";
    let here = Project::new(&[("README.md", readme)]);
    let run = here.run("check --isolated --select section,date,claim").ends(0);
    assert!(!run.out.contains("several"), "{}", run.out);
}
