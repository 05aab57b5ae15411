//! The beginnings of a guide: its sections in order, with what is to be filled in marked so that `check` finds it.

use std::fmt::Write;

use crate::knowledge::{GuideKind, Knowledge, Need, RequiredContent, Role};

/// A guide of a kind, in a language (BCP 47), about a country (ISO 3166-1 alpha-2; may be empty), with everything but the
/// facts. What is missing stands as `TODO`, which `section/placeholder-text` reports until it is written. A kind that does
/// not exist gives the sections of the generic one.
pub fn skeleton(kind: &str, language: &str, country: &str) -> String {
    skeleton_from(&Knowledge::builtin(), kind, language, country)
}

/// The same, from a project's own knowledge.
pub fn skeleton_from(knowledge: &Knowledge, kind: &str, language: &str, country: &str) -> String {
    let kinds = &knowledge.kinds;
    let Some(kind) = kinds.kind(kind).or_else(|| kinds.kind("generic")) else { return String::new() };
    let key = key_of(language);
    let title = title(kind, key);
    let mut out = format!("---\ntitle: \"{title}\"\n");
    if !country.is_empty() {
        let _ = writeln!(out, "country: {country}");
    }
    let _ = write!(out, "kind: {}\nlanguage: {language}\nchecked: TODO\n---\n\n# {title}\n", kind.name);
    for section in kind.sections.iter().filter(|it| it.need != Need::Optional) {
        let role = &kinds.roles[section.role];
        if role.name == "last-checked" {
            continue;
        }
        let heading = role.offered_heading(key).unwrap_or(&role.name);
        let _ = write!(out, "\n## {heading}\n\n{}", body(role));
    }
    out
}

/// Knowledge files name Chinese by its script.
fn key_of(language: &str) -> &str {
    match language {
        "zh" | "zh-CN" | "zh-SG" | "zh-Hans" => "zh-Hans",
        "zh-TW" | "zh-HK" | "zh-MO" | "zh-Hant" => "zh-Hant",
        other => other.split(['-', '_']).next().unwrap_or(other),
    }
}

/// How the kind calls itself in the language, with a capital; else the heading of its first section will have to do.
fn title(kind: &GuideKind, language: &str) -> String {
    let text = kind.title.get(language).or_else(|| kind.title.get("en")).map_or(kind.name.as_str(), String::as_str);
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn body(role: &Role) -> &'static str {
    let holds = |content: RequiredContent| role.content.contains(&content);
    if holds(RequiredContent::OrderedList) && holds(RequiredContent::NumberedHeadings) {
        return "1. TODO: …\n2. TODO: …\n3. TODO: …\n";
    }
    if holds(RequiredContent::ExternalLink) {
        return "- <https://example.com/> TODO: …\n";
    }
    if holds(RequiredContent::Table) && role.by_content {
        return "| TODO: … | TODO: … |\n| --- | --- |\n| TODO: … | TODO: … |\n";
    }
    "- TODO: …\n- TODO: …\n"
}
