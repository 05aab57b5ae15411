//! One place that could be wrong, and how.

use std::fmt;

/// One possible change of the source.
#[derive(Debug, Clone)]
pub struct Mutant {
    /// Its position in the list of all; what `GUIDELINT_MUTANT` is set to.
    pub id: usize,
    /// The file, below the project's root.
    pub file: String,
    pub line: usize,
    pub column: usize,
    /// The function it stands in.
    pub function: String,
    /// What is changed into what.
    pub what: String,
}

impl Mutant {
    /// The folder that figures are added up for.
    pub fn module(&self) -> &str {
        let below = self.file.strip_prefix("src/").unwrap_or(&self.file);
        match below.match_indices('/').nth(1) {
            Some((at, _)) => &self.file[.."src/".len() + at],
            None => self.file.rfind('/').map_or(&self.file, |at| &self.file[..at]),
        }
    }
}

impl fmt::Display for Mutant {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}:{}:{} {}: {}", self.id, self.file, self.line, self.column, self.function, self.what)
    }
}

/// A fixed order of `0..count` for a seed: Fisher and Yates with SplitMix64, so that the sample depends on nothing else.
pub fn shuffled(count: usize, seed: u64) -> Vec<usize> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    };
    let mut order: Vec<usize> = (0..count).collect();
    for at in (1..count).rev() {
        order.swap(at, (next() % (at as u64 + 1)) as usize);
    }
    order
}
