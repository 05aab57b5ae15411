use guidelint::knowledge::Knowledge;
use guidelint::rule::Rule as _;
use guidelint::{Checker, declarative};

use super::{Project, SPELLING, common};

const FRAME: &str = "severity = \"warning\"\nmessage = \"found `{match}`\"\ndocs = \"Shows a kind.\"\n";

/// One rule of every kind, with what it flags and what it leaves alone; its examples are its test.
const KINDS: [(&str, &str); 29] = [
    (
        "existence",
        "kind = \"existence\"\nterms = [\"unbeatable\", \"全网最低\", \"оператор*\"]\n[[bad]]\ntext = \"Unbeatable! 这是全网最低价。 Операторами.\"\nfind = [\"Unbeatable\", \"全网最低\", \"Операторами\"]\n[[good]]\ntext = \"`unbeatable` and unbeatables\"\n",
    ),
    (
        "existence-pattern",
        "kind = \"existence\"\npatterns = ['(?P<what>cheapest|best) plans? \\d+']\nhelp = \"{what}\"\n[[bad]]\ntext = \"The **cheapest** plan 5, the best plans 12.\"\nfind = [\"cheapest** plan 5\", \"best plans 12\"]\n[[good]]\ntext = \"The cheapest plan ٣.\"\n",
    ),
    (
        "existence-fix",
        "kind = \"existence\"\npatterns = ['very (\\w+)']\nfix = \"{1}\"\n[[bad]]\ntext = \"A very good plan.\"\nfixed = \"A good plan.\"\n[[good]]\ntext = \"every plan\"\n",
    ),
    (
        "scope",
        "kind = \"existence\"\nscope = [\"heading.h2\", \"alt\", \"link.text\"]\nterms = [\"here\"]\n[[bad]]\ntext = \"## Here\\n\\n[click here](https://example.org) ![here too](a.png)\"\nfind = [\"Here\", \"here\", \"here\"]\n[[good]]\ntext = \"# Here\\n\\nhere\"\n",
    ),
    (
        "front-matter-scope",
        "kind = \"existence\"\nscope = [\"front-matter.author\"]\nterms = [\"admin\"]\n[[bad]]\ntext = \"---\\nauthor: Admin\\n---\\n# T\"\nfind = [\"Admin\"]\n[[good]]\ntext = \"---\\nauthor: administrator\\n---\\n# admin\"\n",
    ),
    (
        "raw",
        "kind = \"existence\"\nscope = [\"raw\"]\nslow = true\npatterns = ['<font']\n[[bad]]\ntext = \"<font color=red>x</font>\"\nfind = [\"<font\"]\n[[good]]\ntext = \"font\"\n",
    ),
    (
        "substitution",
        "kind = \"substitution\"\nswap = { \"sim card\" = \"SIM card\" }\ncase-sensitive = true\n[[bad]]\ntext = \"A sim card.\"\nfixed = \"A SIM card.\"\n[[good]]\ntext = \"A SIM card.\"\n",
    ),
    (
        "substitution-capitals",
        "kind = \"substitution\"\nswap = { \"e-sim\" = \"eSIM\", \"top up\" = \"top-up\" }\n[[bad]]\ntext = \"E-sim, e-sim. Top up.\"\nfixed = \"eSIM, eSIM. Top-up.\"\n[[good]]\ntext = \"eSIM\"\n",
    ),
    (
        "existence-footnoted",
        "kind = \"existence\"\nterms = [\"unbeatable\"]\nunless = { link-in-block = true }\n[[bad]]\ntext = \"unbeatable[^1] and more\\n\\nunbeatable[^2]\\n\\n[^1]: A note.\\n\\n[^2]: <https://example.org/>\"\nfind = [\"unbeatable\"]\n[[bad]]\ntext = \"unbeatable[^9]\\n\\n[^2]: <https://example.org/>\"\n[[good]]\ntext = \"[^A]: First.\\n\\n    See [it](https://example.org/).\\n\\nAn unbeatable[^a] plan.\"\n",
    ),
    (
        "front-matter-nested",
        "kind = \"existence\"\nterms = [\"unbeatable\"]\nscope = [\"front-matter.seo.description\"]\n[[bad]]\ntext = \"---\\ntitle: unbeatable\\nseo:\\n  title: unbeatable\\n  description: an unbeatable SIM\\n---\\n\"\nfind = [\"unbeatable\"]\n[[good]]\ntext = \"---\\nseo:\\n  title: unbeatable\\n  description: x\\ndescription: unbeatable\\n---\\nunbeatable\"\n",
    ),
    (
        "front-matter-key-nested",
        "kind = \"front-matter\"\nkey = \"seo.lang\"\none-of = [\"en\", \"zh\"]\nrequired = true\nmessage = \"{value}\"\n[[bad]]\ntext = \"---\\nseo: { lang: xx }\\n---\\n\"\nfind = [\"xx\"]\n[[bad]]\ntext = \"---\\nlang: en\\n---\\n\"\n[[good]]\ntext = \"---\\nseo: { lang: en }\\n---\\n\"\n",
    ),
    (
        "occurrence",
        "kind = \"occurrence\"\nterms = [\"eSIM\"]\nmax = 2\nper = \"section\"\n[[bad]]\ntext = \"# A\\n\\neSIM eSIM eSIM eSIM\"\nfind = [\"eSIM\"]\n[[good]]\ntext = \"# A\\n\\neSIM eSIM\\n\\n# B\\n\\neSIM eSIM\"\n",
    ),
    (
        "occurrence-min",
        "kind = \"occurrence\"\nterms = [\"free of charge\"]\nmin = 1\n[[bad]]\ntext = \"# A title\"\nfind = [\"# A title\"]\n[[good]]\ntext = \"It is free of charge.\"\n",
    ),
    (
        "repetition",
        "kind = \"repetition\"\nterms = [\"the\", \"请\"]\n[[bad]]\ntext = \"Call the the shop. 请请拨打。\"\nfind = [\"the the\", \"请请\"]\n[[good]]\ntext = \"Call the shop, the one.\"\n",
    ),
    (
        "consistency",
        "kind = \"consistency\"\neither = [\"top-up\"]\nor = [\"recharge\"]\n[[bad]]\ntext = \"A top-up, a top-up, a recharge.\"\nfind = [\"recharge\"]\n[[bad]]\ntext = \"A recharge or a top-up.\"\nfind = [\"top-up\"]\n[[bad]]\ntext = \"A top-up or a recharge.\"\nfind = [\"recharge\"]\n[[good]]\ntext = \"A top-up, a top-up.\"\n",
    ),
    (
        "conditional",
        "kind = \"conditional\"\nif = [\"roaming\"]\nthen = [\"fee\", \"price\"]\n[[bad]]\ntext = \"Switch roaming on.\"\nfind = [\"roaming\"]\n[[good]]\ntext = \"Switch roaming on. The price is on the bill.\"\n",
    ),
    (
        "sequence",
        "kind = \"sequence\"\nfirst = [\"back up\"]\nsecond = [\"cancel\"]\n[[bad]]\ntext = \"Then cancel. Before that, back up.\"\nfind = [\"cancel\"]\n[[good]]\ntext = \"First back up, then cancel.\"\n",
    ),
    (
        "link-host",
        "kind = \"link\"\nhosts = [\"example.com\"]\nmessage = \"{host}\"\n[[bad]]\ntext = \"[a](https://www.example.com/x)\"\nfind = [\"[a](https://www.example.com/x)\"]\n[[good]]\ntext = \"[a](https://notexample.com/x)\"\n",
    ),
    (
        "link-parameter",
        "kind = \"link\"\nparameters = [\"aff\"]\n[[bad]]\ntext = \"[a](https://example.com/?aff=1)\"\n[[good]]\ntext = \"[a](https://example.com/?off=1)\"\n",
    ),
    (
        "link-text",
        "kind = \"link\"\ntexts = [\"click here\"]\n[[bad]]\ntext = \"[Click here](https://example.com/)\"\n[[good]]\ntext = \"Click here: [the shop](https://example.com/)\"\n",
    ),
    (
        "link-unless",
        "kind = \"link\"\nhosts = [\"example.com\"]\nunless = { link-in-block = true }\n[[bad]]\ntext = \"[a](https://example.com/x)\\n\\n[b](https://example.org/)\"\n[[good]]\ntext = \"[a](https://example.com/x), as [b](https://example.org/) says\"\n",
    ),
    (
        "front-matter",
        "kind = \"front-matter\"\nkey = \"status\"\nrequired = true\none-of = [\"draft\", \"final\"]\nmessage = \"{key} is `{value}`\"\n[[bad]]\ntext = \"---\\nstatus: fnal\\n---\\n# T\"\nfind = [\"fnal\"]\n[[bad]]\ntext = \"# T\"\n[[good]]\ntext = \"---\\nstatus: draft\\n---\\n# T\"\n",
    ),
    (
        "front-matter-type",
        "kind = \"front-matter\"\nkey = \"checked\"\ntype = \"date\"\nmessage = \"{value}\"\n[[bad]]\ntext = \"---\\nchecked: soon\\n---\\n# T\"\n[[good]]\ntext = \"---\\nchecked: 2026-11-22\\n---\\n# T\"\n",
    ),
    (
        "section",
        "kind = \"section\"\nheadings = [\"Sources\", \"来源\"]\nmessage = \"no {heading}\"\n[[bad]]\ntext = \"# T\\n\\nSources\"\n[[good]]\ntext = \"# T\\n\\n## Sources and dates\"\n",
    ),
    (
        "section-forbidden",
        "kind = \"section\"\nheadings = [\"Sponsors\"]\nforbidden = true\n[[bad]]\ntext = \"# T\\n\\n## Our sponsors\"\n[[good]]\ntext = \"# T\\n\\nSponsors\"\n",
    ),
    (
        "unless-link",
        "kind = \"existence\"\nterms = [\"fastest\"]\nunless = { link-in-block = true }\n[[bad]]\ntext = \"The fastest.\\n\\n[x](https://example.org)\"\n[[good]]\ntext = \"The fastest, says [x](https://example.org).\"\n",
    ),
    (
        "unless-near",
        "kind = \"existence\"\nterms = [\"free\"]\nunless = { near = [\"toll\"], within = 3, in-quote = true, in-guide = [\"gratis\"] }\n[[bad]]\ntext = \"Free. The toll is high.\"\nfind = [\"Free\"]\n[[good]]\ntext = \"A toll-free number.\"\n[[good]]\ntext = \"> Free\"\n[[good]]\ntext = \"Free means gratis.\"\n[[bad]]\ntext = \"A toll, and all that is free; no toll and no toll.\"\nfind = [\"free\"]\n[[good]]\ntext = \"A toll, a toll, all that is free, toll\"\n[[good]]\ntext = \"free，、。toll\"\n",
    ),
    (
        "languages",
        "kind = \"existence\"\nterms = [\"gift\"]\nlanguages = [\"de\"]\n[[bad]]\ntext = \"gift\"\nlang = \"de\"\n[[good]]\ntext = \"gift\"\nlang = \"en\"\n",
    ),
    (
        "countries",
        "kind = \"existence\"\nterms = [\"line rental\"]\ncountries = [\"AL\"]\nkinds = [\"cancel-sim\"]\n[[bad]]\ntext = \"# How to cancel an Albanian SIM\\n\\nThe line rental ends.\"\n[[good]]\ntext = \"# How to cancel a Turkish SIM\\n\\nThe line rental ends.\"\n",
    ),
];

fn rule(body: &str) -> String {
    let (own, examples) = body.split_at(body.find("[[").unwrap_or(body.len()));
    let frame: String = FRAME
        .split_inclusive('\n')
        .filter(|line| !own.contains(&format!("\n{}", line.split('=').next().unwrap())))
        .collect();
    format!("{frame}{own}{examples}")
}

#[test]
fn every_kind_of_rule_flags_what_its_examples_show() {
    let knowledge = Knowledge::builtin();
    let mut faults = Vec::new();
    for (name, body) in &KINDS {
        let file = format!("{name}.toml");
        match declarative::read(&format!("style/{name}"), &file, &rule(body), &knowledge) {
            Ok(rule) => faults.extend(rule.run_examples(&knowledge, common::today()).err().map(|it| it.to_string())),
            Err(error) => faults.push(error.to_string()),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// `docs/house-rules.md`: every rule on it holds, and it leaves out no kind, no key, no scope and no excuse there is.
#[test]
fn the_page_about_rules_is_whole_and_true() {
    let page = std::fs::read_to_string(common::root().join("docs/house-rules.md")).unwrap();
    let knowledge = Knowledge::builtin();
    let mut shown = Vec::new();
    for block in page.split("```toml ").skip(1) {
        let (path, rest) = block.split_once('\n').unwrap();
        let text = rest.split("```").next().unwrap();
        let name = path.strip_suffix(".toml").unwrap();
        let rule = declarative::read(name, path, text, &knowledge).unwrap_or_else(|it| panic!("{it}"));
        rule.run_examples(&knowledge, common::today()).unwrap_or_else(|it| panic!("{it}"));
        shown.push(text.parse::<toml::Table>().unwrap()["kind"].as_str().unwrap().to_owned());
    }
    let schema = declarative::schema();
    let kinds: Vec<&str> =
        schema["properties"]["kind"]["enum"].as_array().unwrap().iter().filter_map(|it| it.as_str()).collect();
    assert_eq!(shown, kinds, "each kind is shown once, in order");
    let keys = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let scopes = schema["definitions"]["scope"]["anyOf"][0]["enum"].as_array().unwrap();
    let words = keys(&schema["properties"])
        .into_iter()
        .chain(keys(&schema["definitions"]["unless"]["properties"]))
        .chain(keys(&schema["definitions"]["example"]["properties"]))
        .chain(scopes.iter().map(|it| it.as_str().unwrap().to_owned()))
        .filter(|it| !it.starts_with("heading.h"));
    for word in words {
        let told =
            [format!("`{word}`"), format!("`{word} ="), format!("[[{word}]]")].iter().any(|it| page.contains(it));
        assert!(told, "`{word}` is not explained");
    }
}

/// The rules of `rules/editorial/`: every file is built in, its examples hold, and it speaks both languages.
#[test]
fn our_own_declared_rules_hold() {
    let knowledge = Knowledge::builtin();
    let built_in: Vec<String> = declarative::builtin().iter().map(|it| it.meta().name.to_string()).collect();
    let mut found = Vec::new();
    for entry in std::fs::read_dir(common::root().join("rules/editorial")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|it| it == "toml") {
            let name = format!("editorial/{}", path.file_stem().unwrap().to_str().unwrap());
            let text = std::fs::read_to_string(&path).unwrap();
            let rule = declarative::read(&name, &name, &text, &knowledge).unwrap_or_else(|it| panic!("{it}"));
            rule.run_examples(&knowledge, common::today()).unwrap_or_else(|it| panic!("{it}"));
            let table: toml::Table = text.parse().unwrap();
            for key in ["message", "help"] {
                let zh = table[key]["zh"].as_str().unwrap();
                assert!(zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{name}: {key} is not Chinese");
            }
            assert!(rule.meta().since == "0.1.0" && rule.meta().docs.contains("## How it decides"), "{name}");
            found.push(name);
        }
    }
    found.sort();
    assert_eq!(built_in, found);
}

/// What is missing has no words of its own: the place for them in the message stays empty.
#[test]
fn a_message_about_what_is_missing_has_no_gaps() {
    let rule = rule(
        "kind = \"occurrence\"\nterms = [\"free\"]\nmin = 1\nmessage = \"{count} of {min}: `{match}`\"\n[[bad]]\ntext = \"x\"\n[[good]]\ntext = \"It is free.\"\n",
    );
    let here = Project::new(&[("guidelint/rules/style/free.toml", &rule), ("a.md", "# A title\n")]);
    here.run("check --select style --format concise").says("warning[style/free] 0 of 1: ``");
}

/// A project may add to our group of declared rules, and put a rule of its own in the place of ours.
#[test]
fn a_project_replaces_a_rule_of_ours() {
    let here = Project::new(&[("a.md", "# How to cancel a SIM card\n\nTake the the e-sim.\n")]);
    here.run("check --select editorial --format concise").says("info[editorial/doubled-word]");
    here.write("guidelint/rules/editorial/doubled-word.toml", &SPELLING.replace("\"warning\"", "\"error\""));
    let run = here
        .run("check --select editorial/doubled-word --format concise")
        .ends(1)
        .says("error[editorial/doubled-word]");
    assert_eq!(run.out.matches("editorial/doubled-word").count(), 1, "{}", run.out);
    run.hides("the the");
    here.run("explain editorial/doubled-word").says("Flags a spelling the house does not use.");
}

#[test]
fn a_wrong_rule_file_is_pointed_at() {
    let knowledge = Knowledge::builtin();
    let base = "kind = \"existence\"\nseverity = \"warning\"\nmessage = \"`{match}`\"\ndocs = \"Flags a word.\"\nterms = [\"unbeatable\"]\n[[bad]]\ntext = \"Unbeatable.\"\n[[good]]\ntext = \"Good.\"\n";
    let changed = |from: &str, to: &str| base.replace(from, to);
    let cases = [
        changed("\"existence\"", "\"existance\""),
        changed("docs =", "doc ="),
        changed("\"warning\"", "\"loud\""),
        changed("terms = [\"unbeatable\"]\n", ""),
        changed("[\"unbeatable\"]", "[]"),
        changed("[\"unbeatable\"]", "[\"\"]"),
        changed("[\"unbeatable\"]", "[\"unbeatable\", \"Unbeatable\"]"),
        changed("[\"unbeatable\"]", "[\"unbeat*\", \"unbeatable\"]"),
        changed("[\"unbeatable\"]", "\"unbeatable\""),
        changed("terms =", "min = 3\nterms ="),
        changed("terms = [\"unbeatable\"]", "patterns = ['\\d+']"),
        changed("terms = [\"unbeatable\"]", "patterns = ['(unclosed word']"),
        changed("terms = [\"unbeatable\"]", "patterns = ['\\p{Han}word']"),
        changed("terms = [\"unbeatable\"]", "patterns = ['word(?=x)']"),
        changed("`{match}`", "`{mach}`"),
        changed("\"`{match}`\"", "\"\""),
        changed("terms =", "scope = [\"heading.h7\"]\nterms ="),
        changed("terms =", "scope = [\"paragraf\"]\nterms ="),
        changed("terms =", "scope = [\"raw\"]\nterms ="),
        changed("terms =", "scope = []\nterms ="),
        changed("terms =", "countries = [\"XX\"]\nterms ="),
        changed("terms =", "languages = [\"English\"]\nterms ="),
        changed("terms =", "kinds = [\"cancel-simm\"]\nterms ="),
        changed("terms =", "unless = { within = 3 }\nterms ="),
        changed("terms =", "unless = { nearby = [\"x\"] }\nterms ="),
        changed("[[bad]]\ntext = \"Unbeatable.\"\n", ""),
        changed("[[good]]\ntext = \"Good.\"\n", ""),
        changed("text = \"Good.\"", "text = \"Good.\"\nfind = [\"Good\"]"),
        changed("\"existence\"", "\"substitution\""),
        base.replace("\"existence\"", "\"substitution\"")
            .replace("terms = [\"unbeatable\"]", "swap = { \"a\" = \"b\", \"b\" = \"a\" }"),
        base.replace("\"existence\"", "\"substitution\"")
            .replace("terms = [\"unbeatable\"]", "swap = { \"a\" = \"a\" }"),
        base.replace("\"existence\"", "\"substitution\"")
            .replace("terms = [\"unbeatable\"]", "swap = { \"sim card\" = \"SIM card\" }"),
        base.replace("\"existence\"", "\"occurrence\""),
        base.replace("\"existence\"", "\"occurrence\"").replace("terms =", "min = 3\nmax = 1\nterms ="),
        base.replace("\"existence\"", "\"consistency\"").replace("terms =", "or ="),
        base.replace("\"existence\"", "\"conditional\"").replace("terms =", "if ="),
        base.replace("\"existence\"", "\"sequence\"").replace("terms =", "second ="),
        base.replace("\"existence\"", "\"front-matter\"").replace("terms = [\"unbeatable\"]", "required = true"),
        base.replace("\"existence\"", "\"front-matter\"")
            .replace("terms = [\"unbeatable\"]", "key = \"status\"\npatterns = ['draft', 'final']")
            .replace("{match}", "{value}"),
        base.replace("\"existence\"", "\"link\"").replace("terms = [\"unbeatable\"]", "hosts = []\nfix = \"x\""),
        base.replace("\"existence\"", "\"section\"").replace("terms = [\"unbeatable\"]", "heading = [\"x\"]"),
        "kind = [".to_owned(),
    ];
    let mut told = String::new();
    for case in &cases {
        let error = declarative::read("style/word", "word.toml", case, &knowledge).expect_err(case).to_string();
        assert!(error.starts_with("word.toml:"), "{error}");
        let different: Vec<&str> = case.lines().filter(|line| !base.lines().any(|it| it == *line)).collect();
        told.push_str(&format!("# {}\n{error}\n\n", different.join(" ¶ ")));
    }
    for name in ["word", "Style/word", "style/a_b", "style/-a"] {
        let error = declarative::read(name, "word.toml", base, &knowledge).expect_err(name).to_string();
        told.push_str(&format!("# named {name}\n{error}\n\n"));
    }
    let expected = common::root().join("tests/team/wrong-rules.expected");
    assert_eq!(common::compare(&expected, &told), None);
}

#[test]
fn an_example_that_does_not_hold_is_pointed_at() {
    let here = Project::new(&[(super::SPELLING_PATH, SPELLING)]);
    here.run("test").ends(0).says("1 rule with 2 examples");
    for (from, to, said) in [
        ("text = \"Buy an e-sim.\"", "text = \"Buy a SIM.\"", "finds nothing in this bad example"),
        ("find = [\"e-sim\"]", "find = [\"E-SIM\"]", "does not find `E-SIM` here; it finds `e-sim`"),
        ("fixed = \"Buy an eSIM.\"", "fixed = \"Buy a eSIM.\"", "the fix gives `Buy an eSIM.`"),
        ("text = \"Buy an eSIM.\"", "text = \"Buy an E-Sim.\"", "this good example is flagged: `E-Sim`"),
    ] {
        here.write(super::SPELLING_PATH, &SPELLING.replace(from, to));
        here.run("test").ends(1).complains(said).complains("spelling.toml:");
    }
}

#[test]
fn a_rule_of_ones_own_is_like_any_other() {
    let here = Project::new(&[(super::SPELLING_PATH, SPELLING), ("a.md", "# T\n\nAn e-sim.\n")]);
    here.run("check --format concise").ends(1).says("a.md:3:4: warning[style/spelling]");
    here.run("rules").ends(0).says("style/spelling");
    here.run("explain style/spelling").ends(0).says("Flags a spelling").says("```md bad");
    here.run("check --select style/speling").ends(2).complains("did you mean `style/spelling`?");
    here.run("check --ignore style").ends(0);
    here.run("check --isolated").ends(0);
    here.write("guidelint.toml", "[rules]\n\"style/spelling\" = \"off\"\n");
    here.run("check").ends(0);
    here.write("a.md", "# T\n\nAn e-sim. <!-- guidelint: allow style/spelling -- a quotation -->\n");
    here.write("guidelint.toml", "");
    here.run("check").ends(0).says("1 suppressed");
}

#[test]
fn built_in_groups_and_names_twice_are_refused() {
    let here = Project::new(&[("guidelint/rules/phone/mine.toml", SPELLING), ("a.md", "# T\n")]);
    here.run("check").ends(2).complains("the group `phone` is built in");
    let here = Project::new(&[
        ("guidelint/rules/a/style/spelling.toml", SPELLING),
        ("guidelint/rules/b/style/spelling.toml", SPELLING),
        ("a.md", "# T\n"),
    ]);
    here.run("check").ends(2).complains("another file brings a rule `style/spelling`");
    let here = Project::new(&[("guidelint/rules/lonely.toml", SPELLING), ("a.md", "# T\n")]);
    here.run("check").ends(2).complains("the folder of its group");
}

/// Two hundred rules change nothing about what the others find; what they cost is measured in `benches/declared.rs`.
#[test]
fn many_rules_leave_the_others_alone() {
    let knowledge = Knowledge::builtin();
    let mut rules = guidelint::builtin_rules();
    for at in 0..200 {
        let text = SPELLING.replace("e-sim", &format!("wordy{at}ism")).replace("eSIM", &format!("word{at}"));
        rules.push(Box::new(declarative::read(&format!("style/word-{at}"), "word.toml", &text, &knowledge).unwrap()));
    }
    let (plain, styled) = (Checker::builtin(), Checker::new(knowledge, rules));
    let guide = std::fs::read_to_string(common::fixtures().join("phone/placeholder/bad.md")).unwrap();
    let guide = format!("{guide}\nA wordy7ism, and a wordy199ism.\n");
    let (before, after) = (common::check(&plain, "a.md", &guide), common::check(&styled, "a.md", &guide));
    let (own, others): (Vec<_>, Vec<_>) = after.diagnostics.iter().partition(|it| it.rule.starts_with("style/"));
    let names: Vec<&str> = own.iter().map(|it| it.rule.as_ref()).collect();
    assert_eq!(names, ["style/word-7", "style/word-199"]);
    let prints =
        |list: &[&guidelint::diagnostic::Diagnostic]| list.iter().map(|it| it.fingerprint.clone()).collect::<Vec<_>>();
    assert_eq!(prints(&before.diagnostics.iter().collect::<Vec<_>>()), prints(&others));
}

#[test]
fn a_rule_that_gives_up_takes_no_other_with_it() {
    use guidelint::diagnostic::{Confidence, RuleMeta, Severity};
    use guidelint::rule::{Context, Findings, Rule};
    struct Hopeless(RuleMeta);
    impl Rule for Hopeless {
        fn meta(&self) -> &RuleMeta {
            &self.0
        }
        fn check(&self, _: &Context<'_>, _: &mut Findings<'_>) {
            panic!("as wanted");
        }
    }
    let meta = RuleMeta {
        name: "demo/hopeless".into(),
        docs: "Gives up.".into(),
        severity: Severity::Warning,
        confidence: Confidence::High,
        on_by_default: true,
        fix: None,
        since: "".into(),
        wordings: &[],
        options: &[],
    };
    let mut rules = guidelint::builtin_rules();
    rules.insert(0, Box::new(Hopeless(meta)));
    let checker = Checker::new(Knowledge::builtin(), rules);
    let guide = "# How to cancel an Albanian SIM\n\nCall +355 69 123 4567.\n";
    let source = std::sync::Arc::new(guidelint::Source::new("a.md", guide));
    let report = checker.check_with(source, common::today(), &guidelint::check::Settings::default());
    assert!(report.diagnostics.iter().any(|it| it.rule == "phone/placeholder"));
    assert_eq!(report.failures.len(), 1);
    assert!(report.failures[0].message.contains("demo/hopeless"));
}
