//! Sources in the compiled table: many facts rest on one, and it is written down once.

use std::cell::RefCell;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::diagnostic::Citation;

thread_local! {
    /// The sources met so far, in the order of the table.
    static MET: RefCell<Vec<Arc<Citation>>> = const { RefCell::new(Vec::new()) };
}

/// Reads or writes a whole table with `pass`. A table may lie within another.
pub(super) fn table<T>(pass: impl FnOnce() -> T) -> T {
    let outer = MET.take();
    let result = pass();
    MET.set(outer);
    result
}

#[derive(Serialize)]
enum Written<'a> {
    New(&'a Citation),
    Met(u32),
}

#[derive(Deserialize)]
enum Read {
    New(Citation),
    Met(u32),
}

pub(super) fn serialize<S: Serializer>(sources: &[Arc<Citation>], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(sources.iter().map(|source| {
        let at = MET.with_borrow(|met| met.iter().position(|it| it == source));
        match at {
            Some(at) => Written::Met(at as u32),
            None => {
                MET.with_borrow_mut(|met| met.push(source.clone()));
                Written::New(source)
            }
        }
    }))
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Arc<Citation>>, D::Error> {
    let read: Vec<Read> = Vec::deserialize(deserializer)?;
    let source = |it| match it {
        Read::New(citation) => MET.with_borrow_mut(|met| {
            met.push(Arc::new(citation));
            met.last().cloned()
        }),
        Read::Met(at) => MET.with_borrow(|met| met.get(at as usize).cloned()),
    };
    read.into_iter()
        .map(|it| source(it).ok_or_else(|| serde::de::Error::custom("a source that is not in the table")))
        .collect()
}
