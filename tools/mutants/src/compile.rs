//! Asks Cargo which mutants compile, and builds the tests.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use proc_macro2::LineColumn;
use quote::ToTokens;
use serde_json::Value;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// Which of the mutants in the copy the compiler refuses.
pub fn refused(folder: &Path) -> io::Result<BTreeSet<usize>> {
    let output = cargo(folder, &["check", "--lib", "--message-format=json"])?;
    let mut refused = BTreeSet::new();
    let mut files = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
        let message = &message["message"];
        if message["level"] == "error" {
            blame(folder, message, &mut files, &mut refused)?;
        }
    }
    if !output.status.success() && refused.is_empty() {
        return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    Ok(refused)
}

/// The mutants an error is about: the innermost one around its main place, else those around the places it also shows,
/// else all of the function.
fn blame(
    folder: &Path,
    message: &Value,
    files: &mut BTreeMap<String, Vec<Place>>,
    refused: &mut BTreeSet<usize>,
) -> io::Result<()> {
    let none = Vec::new();
    let spans = message["spans"].as_array().unwrap_or(&none);
    let (main, others): (Vec<&Value>, Vec<&Value>) = spans.iter().partition(|it| it["is_primary"] == true);
    for within_function in [false, true] {
        for span in main.iter().chain(&others) {
            let file = span["file_name"].as_str().unwrap_or_default().to_owned();
            if !files.contains_key(&file) {
                files.insert(file.clone(), places(&folder.join(&file))?);
            }
            let at = (number(&span["line_start"]), number(&span["column_start"]));
            let around = files[&file].iter().filter(|it| it.start <= at && at < it.end);
            if within_function {
                let whole = around.filter(|it| it.id.is_none()).max_by_key(|it| it.start);
                let Some(whole) = whole else { continue };
                let inside = files[&file].iter().filter(|it| whole.start <= it.start && it.end <= whole.end);
                refused.extend(inside.filter_map(|it| it.id));
            } else if let Some(id) = around.filter_map(|it| Some((it.start, it.id?))).max().map(|(_, id)| id) {
                refused.insert(id);
            } else {
                continue;
            }
            return Ok(());
        }
    }
    Ok(())
}

fn number(value: &Value) -> usize {
    value.as_u64().unwrap_or(0) as usize
}

/// Where a mutant, or a function, stands in the copy.
struct Place {
    id: Option<usize>,
    start: (usize, usize),
    end: (usize, usize),
}

fn places(path: &Path) -> io::Result<Vec<Place>> {
    struct Finder(Vec<Place>);
    impl Finder {
        fn add(&mut self, id: Option<usize>, of: &impl Spanned) {
            let place = |at: LineColumn| (at.line, at.column + 1);
            self.0.push(Place { id, start: place(of.span().start()), end: place(of.span().end()) });
        }
    }
    impl<'ast> Visit<'ast> for Finder {
        fn visit_expr_if(&mut self, it: &'ast syn::ExprIf) {
            let condition = it.cond.to_token_stream().to_string();
            let asked = condition.trim_start_matches("! ").strip_prefix("crate :: mutant (");
            if let Some(rest) = asked {
                let digits: String = rest.trim_start().chars().take_while(char::is_ascii_digit).collect();
                self.add(digits.parse().ok(), it);
            }
            visit::visit_expr_if(self, it);
        }
        fn visit_item_fn(&mut self, it: &'ast syn::ItemFn) {
            self.add(None, it);
            visit::visit_item_fn(self, it);
        }
        fn visit_impl_item_fn(&mut self, it: &'ast syn::ImplItemFn) {
            self.add(None, it);
            visit::visit_impl_item_fn(self, it);
        }
        fn visit_trait_item_fn(&mut self, it: &'ast syn::TraitItemFn) {
            self.add(None, it);
            visit::visit_trait_item_fn(self, it);
        }
    }
    let Ok(text) = fs::read_to_string(path) else { return Ok(Vec::new()) };
    let tree = syn::parse_file(&text).map_err(io::Error::other)?;
    let mut finder = Finder(Vec::new());
    finder.visit_file(&tree);
    Ok(finder.0)
}

/// A built test.
#[derive(Debug, Clone)]
pub struct Suite {
    pub name: String,
    pub program: PathBuf,
}

/// Builds the suites named; `lib` are the library's own tests.
pub fn build(folder: &Path, suites: &[String]) -> io::Result<Vec<Suite>> {
    let mut args = vec!["test", "--no-run", "--message-format=json"];
    for suite in suites {
        match suite.as_str() {
            "lib" => args.push("--lib"),
            suite => args.extend(["--test", suite]),
        }
    }
    let output = cargo(folder, &args)?;
    if !output.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned()));
    }
    let mut built = Vec::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
        if message["profile"]["test"] != true {
            continue;
        }
        if let (Some(name), Some(program)) = (message["target"]["name"].as_str(), message["executable"].as_str()) {
            built.push(Suite { name: name.to_owned(), program: program.into() });
        }
    }
    Ok(built)
}

fn cargo(folder: &Path, args: &[&str]) -> io::Result<Output> {
    Command::new("nice")
        .args(["-n", "10", "cargo"])
        .args(args)
        .args(["--locked", "-j1"])
        .env("CARGO_PROFILE_DEV_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_DEV_DEBUG", "false")
        .env("CARGO_PROFILE_DEV_INCREMENTAL", "false")
        .env_remove("RUSTFLAGS")
        .current_dir(folder)
        .output()
}
