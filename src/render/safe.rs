use std::borrow::Cow;

/// `text` without anything a terminal would obey or that would show text other than it is: control characters become
/// pictures (`␛`) or escapes (`\u{9b}`), and so do marks that turn the writing direction, foreign line separators and
/// invisible tags. Line feeds and tabs stay.
///
/// ```
/// use guidelint::render::term_safe;
/// assert_eq!(term_safe("a\u{1b}[31m\u{202e}b"), "a␛[31m\\u{202e}b");
/// assert_eq!(term_safe("中文 📞"), "中文 📞");
/// ```
pub fn term_safe(text: &str) -> Cow<'_, str> {
    replace(text, |c| is_hazard(c) && c != '\n' && c != '\t')
}

/// The same for text that must stay on one line: line feeds and tabs become pictures, too.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    replace(text, is_hazard)
}

fn replace(text: &str, hazard: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.chars().any(&hazard) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if hazard(c) {
            push_visible(c, &mut out);
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Whether `c` does something other than being seen. The zero-width joiners are not among them: emoji and several
/// scripts need them.
pub(super) fn is_hazard(c: char) -> bool {
    if c < '\u{7f}' {
        return c < ' ';
    }
    matches!(c,
        '\u{7f}'..='\u{9f}'
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{2028}' | '\u{2029}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

/// Writes something that stands for `c` and is harmless.
pub(super) fn push_visible(c: char, out: &mut String) {
    match c {
        '\0'..='\u{1f}' => out.push(char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}')),
        '\u{7f}' => out.push('␡'),
        _ => {
            use std::fmt::Write;
            let _ = write!(out, "\\u{{{:x}}}", c as u32);
        }
    }
}

/// Breaks what a build agent would obey in any line of output, in everything after byte `from`: `##[command]` (GitHub)
/// and `##vso[command]` (Azure). The second `#` becomes a sign as wide, so that carets stay where they are.
pub(super) fn disarm_commands(out: &mut String, from: usize) {
    for command in ["##[", "##vso["] {
        if out[from..].contains(command) {
            let disarmed = out[from..].replace(command, &command.replacen("##", "#♯", 1));
            out.replace_range(from.., &disarmed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_stays_and_what_acts_is_shown() {
        assert_eq!(term_safe("a\tb\nc\r"), "a\tb\nc␍");
        assert_eq!(one_line("a\tb\nc"), "a␉b␊c");
        assert_eq!(term_safe("\u{9b}2J\u{7f}\u{feff}\u{2028}"), "\\u{9b}2J␡\\u{feff}\\u{2028}");
        let mut out = "##vso[a] ##[b] ##vso[c]".to_owned();
        disarm_commands(&mut out, 4);
        assert_eq!(out, "##vso[a] #♯[b] #♯vso[c]");
        assert!(matches!(term_safe("👨\u{200d}👩 عربي"), Cow::Borrowed(_)));
    }
}
