use crate::diagnostic::{Citation, Diagnostic, Evidence, Language, Message};

use super::wording;

/// `statement (regulator, akep.al, read 2026-11-22)`: each reason once, who says so and when somebody looked.
///
/// Several sources of one statement stand in one pair of brackets; what two of them share in words is said once.
pub(super) fn sentences(evidence: &[Evidence], language: Language) -> Vec<String> {
    let mut out: Vec<(String, Vec<String>)> = Vec::new();
    for evidence in evidence {
        let statement = evidence.statement.text(language);
        let details = evidence.source.as_deref().map(|it| details(it, language));
        match out.iter_mut().find(|(known, _)| *known == statement) {
            Some((_, known)) => known.extend(details.filter(|it| !known.contains(it))),
            None => out.push((statement, details.into_iter().collect())),
        }
    }
    let sentence = |(statement, details): (String, Vec<String>)| match (details.is_empty(), language) {
        (true, _) => statement,
        (false, Language::En) => format!("{statement} ({})", details.join("; ")),
        (false, Language::Zh) => format!("{statement}（{}）", details.join("；")),
    };
    out.into_iter().map(sentence).collect()
}

/// The message with its reasons and help under it, one to a line: for formats that have one field for all of them.
pub(super) fn full_text(diagnostic: &Diagnostic, language: Language) -> String {
    let mut text = diagnostic.message.text(language);
    let mut push = |wording, line: String| {
        text.push('\n');
        text.push_str(&Message::new(wording).text(language));
        text.push_str(": ");
        text.push_str(&line);
    };
    for sentence in sentences(&diagnostic.evidence, language) {
        push(&wording::BECAUSE, sentence);
    }
    if let Some(help) = &diagnostic.help {
        push(&wording::HELP, help.text(language));
    }
    text
}

/// What is in the brackets.
pub(super) fn details(citation: &Citation, language: Language) -> String {
    let mut parts = vec![wording::source_kind(citation.kind, language)];
    if let Some(url) = &citation.url {
        parts.push(host(url).to_owned());
    }
    parts.extend(citation.package.clone());
    if let Some(day) = citation.verified {
        let wording = if citation.copy { &wording::COPY_READ } else { &wording::READ };
        parts.push(Message::new(wording).with("day", day.to_string()).text(language));
    }
    parts.join(match language {
        Language::En => ", ",
        Language::Zh => "，",
    })
}

/// The host of an address, for people to recognise the source by.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}
