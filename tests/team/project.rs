use super::Project;

const FAULTY: &str = "# How to cancel an Albanian SIM\n\nCall customer service at +355 69 123 4567.\n\nBring your passport to the shop and ask the staff to close the line. You will get a letter that says when it ends.\n";

#[test]
fn init_writes_a_configuration_that_holds_and_never_over_another() {
    let here = Project::new(&[("a.md", FAULTY)]);
    here.run("init").ends(0).says("guidelint.toml written for 1 guide");
    let text = here.read("guidelint.toml");
    assert!(text.contains("\ncountry = \"AL\"\n") && text.contains("\nlang = \"en\"\n"), "{text}");
    here.run("check").ends(1);
    // Every setting it shows can be taken over by removing its `#`.
    let shown: String = text
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(rest) if rest.starts_with('[') || (rest.contains(" = ") && !rest.contains(": ")) => {
                format!("{rest}\n")
            }
            _ => format!("{line}\n"),
        })
        .collect();
    let shown = shown
        .replace("extends = [\"../house-style\"]\n", "")
        .replace("\"phone/format\" = \"warning\"\n", "")
        .replace("\"date/stale\"", "\"date/missing\"");
    here.write("guidelint.toml", &shown);
    let run = here.run("check");
    assert!(run.status < 2, "{shown}\n{}", run.err);
    here.run("init").ends(2).complains("is there already");
    here.run("init nowhere").ends(2);
}

#[test]
fn suppressions_stand_in_the_front_matter_as_well() {
    let with = |front: &str| format!("---\nguidelint:\n{front}---\n{FAULTY}");
    let text = with("  allow: [phone/placeholder]\n  reason: shown as an example\n");
    let only = "select = [\"phone\", \"carrier\", \"meta\"]\n";
    let here = Project::new(&[("guidelint.toml", only), ("a.md", &text)]);
    here.run("check").ends(0).says("1 suppressed");
    here.write("a.md", &with("  allow:\n    - phone/placeholder -- shown as an example\n"));
    here.run("check").ends(0);
    here.write("a.md", &with("  allow: [phone/placeholder]\n"));
    here.run("check").ends(1).says("gives no reason");
    here.write("a.md", &with("  allow: [phone/placehoder]\n  reason: x\n"));
    here.run("check").ends(1).says("did you mean `phone/placeholder`?");
    here.write("a.md", &with("  allow: [phone/placeholder, carrier/outdated]\n  reason: x\n"));
    here.run("check").ends(1).says("meta/unused-suppression");
    here.write("a.md", &with("  allow: [phone/placeholder]\n  reason: x\n  until: 2020-01-01\n"));
    here.run("check").ends(1).says("meta/expired-suppression");
    here.write("a.md", &with("  allow: [phone/placeholder, {rule: x}]\n  reason: x\n"));
    here.run("check").ends(1).says("`allow` takes names of rules, not a table").says("1 suppressed");
    here.write("a.md", &with("  alow: [phone/placeholder]\n  reason: x\n"));
    here.run("check").ends(1).says("`alow` means nothing under `guidelint`");
    here.write("a.md", &with("  reason: x\n"));
    here.run("check").ends(1).says("names no rule");
    here.write("a.md", &format!("---\nguidelint: off\n---\n{FAULTY}"));
    here.run("check").ends(1).says("is a table with `allow` and `reason`, not text").says("phone/placeholder");
}

#[test]
fn comments_are_written_beside_the_findings() {
    let guide = "# How to cancel an Albanian SIM\r\n\r\nCall +355 69 123 4567.\r\n\r\n- one\r\n- or +355 68 765 4321\r\n\r\n| carrier | hotline |\r\n|---|---|\r\n| One | +355 69 123 4567 |\r\n";
    let here = Project::new(&[("a.md", guide), ("b.mdx", FAULTY), ("c.md", "# T\n")]);
    let words =
        ["check", "--select", "phone/placeholder,meta", "--add-allow", "phone/placeholder", "--reason", "an example"];
    here.run_words(&words).ends(0).complains("4 comments written to 2 guides");
    here.run("check --select phone,meta").ends(0);
    let comment = "<!-- guidelint: allow phone/placeholder -- an example -->\r\n";
    let text = here.read("a.md");
    assert_eq!(text.matches(comment).count(), 3, "{text}");
    assert_eq!(text.replace(comment, ""), guide);
    assert!(here.read("b.mdx").contains("{/* guidelint: allow phone/placeholder -- an example */}"));
    here.run_words(&words).ends(0);
    assert_eq!(here.read("a.md"), text);
    here.run("check --add-allow phone/placeholder").ends(2);
    here.run("check --add-allow phone/placehoder --reason x").ends(2).complains("did you mean");
    // A reason must not end the comment it stands in.
    here.write("a.md", guide);
    for reason in ["a --> b", "a --!> b", "a */} b", "a\nb", " "] {
        here.run_words(&["check", "--add-allow", "phone/placeholder", "--reason", reason])
            .ends(2)
            .complains("--reason");
    }
    assert_eq!(here.read("a.md"), guide);
}

#[test]
fn it_is_explained_why_something_is_not_shown() {
    let here = Project::new(&[
        (".gitignore", "drafts/\n"),
        ("guidelint.toml", "exclude = [\"old/**\"]\n"),
        ("drafts/a.md", FAULTY),
        ("old/b.md", FAULTY),
        ("c.txt", FAULTY),
        (
            "d.md",
            "# How to cancel an Albanian SIM\n\nCall +355 69 123 4567. <!-- guidelint: allow phone/placeholder -- x -->\n",
        ),
    ]);
    here.run("check --explain-ignored drafts/a.md").ends(0).says("a .gitignore or .guidelintignore");
    here.run("check --explain-ignored old/b.md").ends(0).says("the glob `old/**`");
    here.run("check --explain-ignored c.txt").ends(0).says("it has the ending .txt");
    here.run("check --explain-ignored d.md").ends(0).says("d.md:3: phone/placeholder: a comment");
    here.run("check --ignore phone --explain-ignored old/b.md").ends(0).says("the rule is not selected");
    here.run("check --explain-ignored nowhere.md").ends(2);
}

#[test]
fn shells_and_the_manual_are_served() {
    let here = Project::new(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        here.run(&format!("completions {shell}")).ends(0).says("write-baseline");
    }
    here.run("completions tcsh").ends(2);
    let manual = here.run("man").ends(0).says(".TH guidelint").says(".SH EXIT STATUS").out;
    let help = here.run("check --help").ends(0).out;
    let options: Vec<&str> = help.split_whitespace().filter(|it| it.starts_with("--")).collect();
    assert!(options.len() > 25);
    for option in options {
        let option = option.trim_end_matches([',', ';', '.', ')', ']']).replace('-', "\\-");
        assert!(manual.contains(&option), "{option} is not in the manual");
    }
}

#[test]
fn a_report_takes_the_place_of_no_guide_and_of_no_other_report() {
    let here = Project::new(&[("a.md", FAULTY)]);
    here.run("check --report json=a.md").ends(2).complains("a.md is a guide");
    here.run("check --report json=./a.md a.md").ends(2).complains("a.md is a guide");
    assert_eq!(here.read("a.md"), FAULTY);
    here.run("check --report json=r --report sarif=./r").ends(2).complains("two reports cannot both be written to r");
    here.run("check --report json=-").ends(2).complains("--format");
    assert!(!here.path().join("r").exists() && !here.path().join("-").exists());
    here.run("check --report json=r.json --report sarif=r.sarif").ends(1);
}

#[test]
fn a_carrier_that_is_misspelt_is_nearly_found() {
    let here = Project::new(&[]);
    here.run_words(&["lookup", "Vodafone Albanai", "--country", "AL"])
        .ends(1)
        .complains("did you mean `Vodafone Albania`?");
}
