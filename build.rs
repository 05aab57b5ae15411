//! Reads the files of `rules/` as the program itself would, and lays the result down as one table: reading them at every start
//! took forty milliseconds, and decoding the table takes a few. The sources below are those of the library, so that there is one
//! reader; a mistake in a file fails the build with its place.

#![allow(dead_code, unused_imports)]

#[path = "src/date.rs"]
mod date;
#[path = "src/diagnostic/mod.rs"]
mod diagnostic;
#[path = "src/host.rs"]
mod host;
#[path = "src/knowledge/mod.rs"]
mod knowledge;
#[path = "src/text/mod.rs"]
mod text;

/// Nothing is compiled yet.
mod compiled {
    pub const KNOWLEDGE: &[u8] = &[];
}

fn main() {
    for path in ["build.rs", "rules", "src/date.rs", "src/diagnostic", "src/host.rs", "src/knowledge", "src/text"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let knowledge = match knowledge::Knowledge::builder().build() {
        Ok(knowledge) => knowledge,
        Err(error) => {
            for line in error.to_string().lines() {
                println!("cargo::error={line}");
            }
            return;
        }
    };
    let table = knowledge.compiled().expect("all that is known can be written down");
    let folder = std::env::var_os("OUT_DIR").expect("Cargo names a folder");
    std::fs::write(std::path::Path::new(&folder).join("knowledge.bin"), table)
        .expect("Cargo's folder can be written to");
}
