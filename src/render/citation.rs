use crate::diagnostic::{Citation, Diagnostic, Evidence, Language, Message};

use super::wording;

/// `statement (regulator, akep.al, read 2026-11-22)`: the reason, who says so and when somebody looked.
pub(super) fn sentence(evidence: &Evidence, language: Language) -> String {
    let statement = evidence.statement.text(language);
    let Some(citation) = &evidence.source else { return statement };
    let details = details(citation, language);
    match language {
        Language::En => format!("{statement} ({details})"),
        Language::Zh => format!("{statement}（{details}）"),
    }
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
    for evidence in &diagnostic.evidence {
        push(&wording::BECAUSE, sentence(evidence, language));
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
