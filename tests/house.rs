//! The house rules, read from the source: who may import whom, who may use which library, how long a file may be,
//! and that `src/` holds no facts.

use std::fs;
use std::path::{Path, PathBuf};

/// Module, what it may import from the crate, and the libraries that only it may use.
const FLOORS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("date", &[]),
    ("compiled", &[]),
    ("host", &["text"]),
    ("diagnostic", &["text", "date"]),
    ("guide", &["text", "date"]),
    ("knowledge", &["text", "date", "diagnostic", "host", "compiled"]),
    ("facts", &["text", "date", "guide", "knowledge", "host", "diagnostic"]),
    ("render", &["text", "date", "diagnostic", "guide"]),
    ("fix", &["text", "diagnostic"]),
    ("docs", &["diagnostic"]),
    ("lookup", &["text", "date", "diagnostic", "knowledge", "facts", "host"]),
    ("skeleton", &["text", "date", "diagnostic", "knowledge"]),
    ("rule", &["text", "date", "diagnostic", "guide", "knowledge", "facts", "host"]),
    ("rules", &["text", "date", "diagnostic", "guide", "knowledge", "facts", "host", "rule", "declare_rule", "fix"]),
    ("check", &["text", "date", "diagnostic", "guide", "knowledge", "facts", "host", "rule", "rules", "fix"]),
];

/// A library and the only places that may name it.
const GATES: &[(&str, &[&str])] = &[
    ("jiff::", &["date.rs"]),
    ("postcard::", &["knowledge/mod.rs"]),
    ("pulldown_cmark::", &["guide/parse.rs"]),
    ("url::", &["host.rs"]),
    ("psl::", &["host.rs"]),
    ("rlibphonenumber::", &["facts/number/engine.rs", "facts/number/mod.rs", "lookup"]),
    ("phonenumber::", &["facts/number/engine.rs", "lookup"]),
    ("regex::", &["rules/declarative"]),
    ("clap::", &["cli"]),
    ("annotate_snippets::", &["render"]),
    ("serde_saphyr::", &["guide/front_matter"]),
];

const LONGEST_FILE: usize = 640;

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, out: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => walk(&path, out),
                false => out.push(path),
            }
        }
    }
    let mut paths = Vec::new();
    walk(&src(), &mut paths);
    paths.sort();
    paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|it| it == "rs"))
        .map(|path| {
            let name = path.strip_prefix(src()).unwrap().to_string_lossy().replace('\\', "/");
            (name, fs::read_to_string(&path).unwrap())
        })
        .collect()
}

/// The code of a file: no comments, no unit tests.
fn code(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap_or("");
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn module_of(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap_or("")
}

#[test]
fn imports_go_down() {
    let mut faults = Vec::new();
    for (file, text) in sources() {
        let module = module_of(&file);
        let Some((_, allowed)) = FLOORS.iter().find(|(name, _)| *name == module) else {
            assert!(["lib", "main", "cli"].contains(&module), "src/{file} is on no floor: add it to tests/house.rs");
            continue;
        };
        for piece in code(&text).split("crate::").skip(1) {
            let names: Vec<&str> = match piece.strip_prefix('{') {
                Some(group) => group
                    .split('}')
                    .next()
                    .unwrap_or("")
                    .split(',')
                    .map(|it| it.trim().split([':', '{']).next().unwrap_or(""))
                    .collect(),
                None => vec![piece.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or("")],
            };
            for name in names {
                let known = FLOORS.iter().any(|(floor, _)| *floor == name);
                if known && name != module && !allowed.contains(&name) {
                    faults.push(format!("src/{file} imports `{name}`, which lies above `{module}`"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_rule_knows_another_rule() {
    for (file, text) in sources() {
        let parts: Vec<&str> = file.split('/').collect();
        let ["rules", group, _] = parts[..] else { continue };
        for piece in code(&text).split("rules::").skip(1) {
            let other = piece.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or("");
            let is_group = src().join("rules").join(other).is_dir();
            assert!(!is_group || other == group || other == "meta", "src/{file} looks into the rules of `{other}`");
        }
    }
}

#[test]
fn each_library_has_one_gate() {
    for (file, text) in sources() {
        for (library, gates) in GATES {
            let code = code(&text);
            let named = code
                .match_indices(library)
                .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'));
            let allowed = gates.iter().any(|gate| file.starts_with(gate));
            assert!(!named || allowed, "src/{file} names `{library}`, whose gate is {gates:?}");
        }
    }
}

#[test]
fn files_fit_a_sitting_and_nothing_is_called_utils() {
    for (file, text) in sources() {
        assert!(text.lines().count() <= LONGEST_FILE, "src/{file} has more than {LONGEST_FILE} lines");
        assert!(!file.contains("util") && !file.contains("helper"), "src/{file}: name what it is for");
    }
}

#[test]
fn the_library_does_not_print_read_the_environment_or_know_the_time() {
    for (file, text) in sources().into_iter().filter(|(file, _)| module_of(file) != "cli" && file != "main.rs") {
        for word in ["println!", "eprintln!", "print!(", "std::env::", "SystemTime", "Instant::now", "std::fs::"] {
            let own = file == "fix.rs" || file.starts_with("fix/");
            assert!(!code(&text).contains(word) || own, "src/{file} uses `{word}`");
        }
    }
}

#[test]
fn the_source_holds_no_facts() {
    let knowledge = guidelint::knowledge::Knowledge::builtin();
    let mut names: Vec<&str> = Vec::new();
    for country in knowledge.countries() {
        for carrier in &country.carriers {
            names.extend(carrier.names.iter().map(|name| name.text.as_str()).filter(|name| name.chars().count() > 5));
        }
    }
    names.push("t.me");
    names.push("wa.me");
    for (file, text) in sources() {
        let code = code(&text);
        for name in &names {
            let hit = code.match_indices(name).any(|(at, _)| {
                let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
                !word(code[..at].chars().next_back()) && !word(code[at + name.len()..].chars().next())
            });
            assert!(!hit, "src/{file} names `{name}`: that is knowledge, and belongs in rules/");
        }
    }
}

#[test]
fn patterns_have_no_unicode_classes() {
    for (file, text) in sources() {
        if !code(&text).contains("Regex") {
            continue;
        }
        for class in [r"\b", r"\w", r"\d", r"\s"] {
            let quoted =
                code(&text).lines().any(|line| line.contains("r\"") && line.contains(class) && !line.contains("(?-u"));
            assert!(!quoted, "src/{file}: `{class}` without (?-u) is slow on text that is not ASCII");
        }
    }
}
