use std::fmt::Write;

use super::safe::{is_hazard, push_visible};

/// `text` for an attribute or element. XML 1.0 has no way to carry most control characters: they become pictures, as
/// on a terminal; what XML can carry but nobody can see becomes a character reference.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\t' | '\n' | '\r' => {
                let _ = write!(out, "&#{};", c as u32);
            }
            '\0'..='\u{1f}' => push_visible(c, &mut out),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            // A build agent that sees the report go by obeys `##[` and `##vso[` inside a line.
            '#' if out.ends_with('#') => out.push_str("&#35;"),
            _ if is_hazard(c) => {
                let _ = write!(out, "&#x{:x};", c as u32);
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_carry_is_shown_and_the_rest_survives() {
        assert_eq!(
            escape("<a b=\"c\">&'\n\u{0}\u{9b}\u{ffff}中"),
            "&lt;a b=&quot;c&quot;&gt;&amp;&apos;&#10;␀&#x9b;\u{fffd}中"
        );
    }
}
