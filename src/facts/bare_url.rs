//! Addresses that stand in the text without markup.

use memchr::{memchr, memmem};

use crate::guide::Stretch;
use crate::host;
use crate::knowledge::Knowledge;

/// URLs that stand in the text without markup.
pub(super) fn bare_urls(prose: &str, knowledge: &Knowledge) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut from = 0;
    for at in memmem::find_iter(prose.as_bytes(), "://") {
        let before = &prose[from.min(at)..at];
        let scheme = before.len() - before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '+').len();
        let start = at - scheme;
        if scheme < 2 || start < from {
            continue;
        }
        let end = url_end(prose, at + 3);
        if end > at + 3 {
            found.push(Stretch::new(start as u32, end as u32));
            from = end;
        }
    }
    for at in memmem::find_iter(prose.as_bytes(), "www.") {
        let starts =
            prose[..at].chars().next_back().is_none_or(|c| !(c.is_ascii_alphanumeric() || "/.-_@".contains(c)));
        let end = url_end(prose, at + 4);
        let inside = found.iter().any(|it: &Stretch| it.start as usize <= at && at < it.end as usize);
        if starts && !inside && end > at + 4 {
            found.push(Stretch::new(at as u32, end as u32));
        }
    }
    found.sort_unstable();
    bare_domains(prose, knowledge, &mut found);
    found.sort_unstable();
    found
}

/// Endings of files that are also countries' domains: `README.md/…` is no address.
const FILES: [&str; 16] =
    ["md", "rs", "py", "sh", "pl", "so", "ps", "zip", "mov", "ml", "cc", "am", "st", "ph", "pm", "do"];

/// `t.me/name`, `shop.example/plan`: hosts with a known ending and a path, without a scheme.
fn bare_domains(prose: &str, knowledge: &Knowledge, found: &mut Vec<Stretch>) {
    let schemed = found.clone();
    let bytes = prose.as_bytes();
    let part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
    let mut at = 0;
    while let Some(slash) = memchr(b'/', &bytes[at..]).map(|it| at + it) {
        at = slash + 1;
        // The longest host name has 253 characters.
        let length = bytes[..slash].iter().rev().take(254).take_while(|byte| part(**byte)).count();
        let start = slash - length;
        let name = prose[start..slash].trim_start_matches(['.', '-']);
        let start = slash - name.len();
        if !name.contains('.') || name.ends_with('.') || name.contains("..") {
            continue;
        }
        let joined = prose[..start].chars().next_back().is_some_and(|c| "/@:_\\=&?#%~$".contains(c));
        let goes_on = bytes
            .get(slash + 1)
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'@' | b'#' | b'?' | b'%'));
        let after = schemed.partition_point(|it| (it.end as usize) <= start);
        let taken = schemed.get(after).is_some_and(|it| (it.start as usize) < slash);
        if joined || !goes_on || taken {
            continue;
        }
        let lower = name.to_ascii_lowercase();
        let ending = lower.rsplit('.').next().unwrap_or("");
        let is_address = knowledge.promotion.knows_host(&lower)
            || host::has_known_suffix(&lower) && !FILES.contains(&ending) && host::registrable(&lower).contains('.');
        if is_address {
            let end = url_end(prose, slash);
            found.push(Stretch::new(start as u32, end as u32));
            at = end.max(at);
        }
    }
}

/// Where a bare URL that has begun ends: before white space, quotes and the punctuation that follows it.
fn url_end(prose: &str, from: usize) -> usize {
    let rest = &prose[from..];
    let stop = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(
                c,
                '<' | '>'
                    | '"'
                    | '\u{fffc}'
                    | '`'
                    | '|'
                    | '（'
                    | '）'
                    | '，'
                    | '。'
                    | '、'
                    | '；'
                    | '：'
                    | '！'
                    | '？'
                    | '」'
                    | '』'
                    | '】'
                    | '》'
                    | '”'
                    | '’'
            )
    };
    let mut end = rest.find(stop).unwrap_or(rest.len());
    loop {
        let url = &rest[..end];
        let Some(last) = url.chars().next_back() else { break };
        let unbalanced = last == ')' && url.matches(')').count() > url.matches('(').count();
        if !(matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | ']') || unbalanced) {
            break;
        }
        end -= last.len_utf8();
    }
    from + end
}
