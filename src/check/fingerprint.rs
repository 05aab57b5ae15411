//! Fingerprints that survive edits elsewhere: rule, path, the text under the span and the ordinal among equals.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::text::{FnvMap, Source};

/// Gives every finding its fingerprint. Silenced findings count among their equals, so that silencing one does not
/// rename the next.
pub(super) fn assign(source: &Source, shown: &mut [Diagnostic], silenced: &mut [Diagnostic]) {
    let mut all: Vec<&mut Diagnostic> = shown.iter_mut().chain(silenced.iter_mut()).collect();
    all.sort_by_key(|it| (it.span.start, it.span.end));
    let mut seen: BTreeMap<u128, u32> = BTreeMap::new();
    // What every finding of a rule in this guide begins with.
    let mut begun: FnvMap<String, Fnv> = FnvMap::default();
    for diagnostic in all {
        let mut hash = match begun.get(&*diagnostic.rule) {
            Some(hash) => *hash,
            None => {
                let mut hash = Fnv::new();
                hash.add(diagnostic.rule.as_bytes());
                hash.add(source.identity().as_bytes());
                *begun.entry(diagnostic.rule.to_string()).or_insert(hash)
            }
        };
        match &diagnostic.absent {
            Some(id) => hash.add(id.as_bytes()),
            None => hash.add(source.slice(diagnostic.span).as_bytes()),
        }
        let ordinal = seen.entry(hash.0).or_default();
        hash.add(&ordinal.to_le_bytes());
        *ordinal += 1;
        let digits = (0..32).rev().map(|at| b"0123456789abcdef"[(hash.0 >> (4 * at)) as usize & 0xF]);
        diagnostic.fingerprint = digits.map(char::from).collect();
    }
}

/// FNV-1a with 128 bits (draft-eastlake-fnv): the same on every machine and in every version.
#[derive(Clone, Copy)]
struct Fnv(u128);

impl Fnv {
    fn new() -> Fnv {
        Fnv(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    fn add(&mut self, bytes: &[u8]) {
        // The length first, so that two fields cannot trade bytes.
        for byte in (bytes.len() as u64).to_le_bytes().iter().chain(bytes) {
            self.0 = (self.0 ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
}
