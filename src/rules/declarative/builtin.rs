use super::Declared;
use super::load::load;

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, concat!("rules/", $name, ".toml"), include_str!(concat!("../../../rules/", $name, ".toml")))),*]
    };
}

/// The rules of our own that are written in TOML: name, path and text. A test holds the list against the folder.
const FILES: &[(&str, &str, &str)] = files![
    "editorial/doubled-word",
    "editorial/insecure-link",
    "editorial/link-text",
    "editorial/relative-year",
    "editorial/shouting",
    "editorial/sim-spelling",
    "editorial/superlative",
];

/// Our own rules that are written in TOML.
///
/// # Panics
/// Never in a released version: a test reads every file.
pub fn builtin() -> Vec<Declared> {
    let read = |(name, path, text): &(&str, &str, &str)| {
        load(name, path, text, None).unwrap_or_else(|error| panic!("embedded rule: {error}"))
    };
    FILES.iter().map(read).collect()
}
