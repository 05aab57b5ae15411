use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// Fowler, Noll and Vo's hash: the words and hosts that are looked up are short and chosen by us, and need no better one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fnv(u64);

/// A map that is asked more often than it is filled.
pub type FnvMap<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;

/// A set that is asked more often than it is filled.
pub type FnvSet<K> = HashSet<K, BuildHasherDefault<Fnv>>;

impl Hasher for Fnv {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
    }

    #[inline]
    fn write_u32(&mut self, value: u32) {
        self.0 = (self.0 ^ u64::from(value)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 ^= self.0 >> 29;
    }

    #[inline]
    fn finish(&self) -> u64 {
        // The tables take the highest bits as well as the lowest.
        self.0 ^ (self.0 << 40)
    }
}
