use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, PoisonError, RwLock};

/// What a rule works out from the knowledge and needs again at the next guide: those of a run are about few countries and
/// of few kinds. A rule belongs to one checker, and that has one knowledge, so nothing in here grows old.
pub struct Memory<K, V: ?Sized>(RwLock<HashMap<K, Arc<V>>>);

impl<K, V: ?Sized> Default for Memory<K, V> {
    fn default() -> Memory<K, V> {
        Memory(RwLock::default())
    }
}

impl<K: Eq + Hash, V: ?Sized> Memory<K, V> {
    /// What belongs to `key`, made at the first time it is asked for.
    pub fn get(&self, key: K, make: impl FnOnce() -> Arc<V>) -> Arc<V> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        known.unwrap_or_else(|| {
            let made = make();
            self.0.write().unwrap_or_else(PoisonError::into_inner).insert(key, made.clone());
            made
        })
    }
}
