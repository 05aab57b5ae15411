//! What rules about kinds of guides share: names of kinds and roles in both languages of the user.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Message, Wording};

/// The English and the Chinese title of a kind or a role, as an argument of a message.
pub fn kind_title(titles: &BTreeMap<String, String>) -> Message {
    let of = |language: &str| titles.get(language).or_else(|| titles.get("en")).cloned().unwrap_or_default();
    let wording = Wording { id: "title".into(), en: of("en").into(), zh: of("zh-Hans").into() };
    Message::loaded(Arc::new(wording))
}
