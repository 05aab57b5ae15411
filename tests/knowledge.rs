//! The knowledge in `rules/` holds what its READMEs promise.

use std::fs;
use std::path::Path;

use guidelint::knowledge::Knowledge;

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
