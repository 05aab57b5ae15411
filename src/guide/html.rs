//! Just enough HTML: tags, attributes, comments and the text between. Never fails, always linear.

use std::borrow::Cow;
use std::ops::Range;

/// A piece of HTML, with its bytes in the scanned text.
#[derive(Debug)]
pub(super) struct Token<'a> {
    pub kind: Kind<'a>,
    pub range: Range<usize>,
}

#[derive(Debug)]
pub(super) enum Kind<'a> {
    Open(Tag<'a>),
    Close(&'a str),
    /// The inside of a comment.
    Comment(&'a str),
    /// Declarations, processing instructions, and what lies in `<script>` and `<style>`.
    Ignored,
    Text(&'a str),
}

/// A start tag. Attributes are read when somebody asks.
#[derive(Debug)]
pub(super) struct Tag<'a> {
    pub name: &'a str,
    attributes: &'a str,
    /// Where `attributes` begins in the scanned text.
    at: usize,
}

/// The value of an attribute, decoded, and its bytes in the scanned text.
pub(super) struct Attribute<'a> {
    pub value: Cow<'a, str>,
    pub range: Range<usize>,
}

/// The tokens of `text`, which cover it without a gap.
pub(super) fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0, raw: None, dead_comment: false }
}

pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// Inside `<script>` or `<style>`: the name that ends it.
    raw: Option<&'a str>,
    /// No `-->` follows any more: do not look for it again.
    dead_comment: bool,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            return None;
        }
        let (kind, length) = match self.raw.take() {
            Some(name) => (Kind::Ignored, raw_end(rest, name)),
            None => self.read(rest),
        };
        let length = if length == 0 { rest.len() } else { length };
        if let Kind::Open(tag) = &kind
            && ["script", "style", "template"].iter().any(|it| tag.name.eq_ignore_ascii_case(it))
        {
            self.raw = Some(tag.name);
        }
        let range = self.at..self.at + length;
        self.at = range.end;
        Some(Token { kind, range })
    }
}

impl<'a> Tokens<'a> {
    fn read(&mut self, rest: &'a str) -> (Kind<'a>, usize) {
        if !rest.starts_with('<') {
            let end = rest.find('<').unwrap_or(rest.len());
            return (Kind::Text(&rest[..end]), end);
        }
        if let Some(inner) = rest.strip_prefix("<!--")
            && !self.dead_comment
        {
            return match inner.find("-->") {
                Some(end) => (Kind::Comment(&inner[..end]), end + 7),
                None => {
                    self.dead_comment = true;
                    (Kind::Ignored, rest.len())
                }
            };
        }
        if rest.starts_with("<!") || rest.starts_with("<?") {
            return (Kind::Ignored, rest.find('>').map_or(rest.len(), |end| end + 1));
        }
        let closing = rest.starts_with("</");
        let name_at = if closing { 2 } else { 1 };
        let name = word(&rest[name_at..]);
        if name.is_empty() || !name.as_bytes()[0].is_ascii_alphabetic() {
            // A lone `<` is text, up to the next one.
            let end = rest[1..].find('<').map_or(rest.len(), |at| at + 1);
            return (Kind::Text(&rest[..end]), end);
        }
        let after_name = name_at + name.len();
        let end = tag_end(&rest[after_name..]).map_or(rest.len(), |at| after_name + at);
        let attributes = rest[after_name..end].trim_end_matches('>');
        let kind = match closing {
            true => Kind::Close(name),
            false => Kind::Open(Tag { name, attributes, at: self.at + after_name }),
        };
        (kind, end)
    }
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == ':' || c == '.'));
    &text[..end.unwrap_or(text.len())]
}

/// One past the `>` of a tag; quotes protect one.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    // An unclosed quote would swallow the rest of the guide: end at the first `>` instead.
    text.find('>').map(|at| at + 1)
}

fn raw_end(rest: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(at) = rest[from..].find("</") {
        let after = from + at + 2;
        if rest.as_bytes()[after..].get(..name.len()).is_some_and(|it| it.eq_ignore_ascii_case(name.as_bytes())) {
            return (from + at).max(1);
        }
        from = after;
    }
    rest.len()
}

impl<'a> Tag<'a> {
    /// The value of the attribute `name`; empty when it has none.
    pub fn attribute(&self, name: &str) -> Option<Attribute<'a>> {
        let text = self.attributes;
        let mut at = 0;
        while at < text.len() {
            let skipped =
                text[at..].len() - text[at..].trim_start_matches(|c: char| c.is_whitespace() || c == '/').len();
            at += skipped;
            let length =
                text[at..].find(|c: char| c.is_whitespace() || c == '=' || c == '/').unwrap_or(text.len() - at);
            let found = text[at..at + length].eq_ignore_ascii_case(name);
            at += length.max(usize::from(length == 0 && at < text.len() && text[at..].starts_with('=')));
            let value = read_value(text, &mut at);
            if found {
                let range = value.clone();
                return Some(Attribute {
                    value: decode(&text[value]),
                    range: self.at + range.start..self.at + range.end,
                });
            }
        }
        None
    }
}

fn read_value(text: &str, at: &mut usize) -> Range<usize> {
    let rest = &text[*at..];
    let trimmed = rest.trim_start();
    let Some(after) = trimmed.strip_prefix('=') else { return *at..*at };
    let value = after.trim_start();
    let start = text.len() - value.len();
    let (from, length, skip) = match value.as_bytes().first() {
        Some(&quote @ (b'"' | b'\'')) => {
            let inner = &value[1..];
            let end = inner.find(char::from(quote)).unwrap_or(inner.len());
            (start + 1, end, 1)
        }
        _ => (start, value.find(char::is_whitespace).unwrap_or(value.len()), 0),
    };
    *at = (from + length + skip).min(text.len());
    from..from + length
}

/// Decodes the few entities that hide addresses: numeric ones and the five of XML.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        match end.and_then(|end| Some((entity(&rest[1..end])?, end))) {
            Some((decoded, end)) => {
                out.push(decoded);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "colon" => ':',
        "sol" => '/',
        "period" => '.',
        "commat" => '@',
        "num" => '#',
        "plus" => '+',
        "lpar" => '(',
        "rpar" => ')',
        _ => return None,
    })
}

/// Whether an element shows its content to nobody, and by which words.
pub(super) fn hidden_by(tag: &Tag<'_>) -> Option<String> {
    if tag.attribute("hidden").is_some() {
        return Some("hidden".to_owned());
    }
    let style = tag.attribute("style")?;
    let squeezed: String = style.value.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    // White letters on a coloured ground are a badge.
    let grounded = squeezed.contains("background");
    squeezed.split(';').find(|rule| hides(rule) && !(grounded && rule.starts_with("color:"))).map(str::to_owned)
}

fn hides(rule: &str) -> bool {
    let Some((property, value)) = rule.split_once(':') else { return false };
    let value = value.trim_end_matches("!important");
    let zero = || {
        let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
        number.parse::<f32>().is_ok_and(|number| number == 0.0)
    };
    match property {
        "display" => value == "none",
        "visibility" => value == "hidden" || value == "collapse",
        "font-size" | "opacity" => zero(),
        "color" => matches!(value, "white" | "#fff" | "#ffffff" | "transparent" | "rgba(0,0,0,0)"),
        "text-indent" | "left" | "top" | "margin-left" => value.starts_with("-999"),
        _ => false,
    }
}

/// Elements that begin a new block of text.
pub(super) fn breaks_text(name: &str) -> bool {
    const NAMES: [&str; 38] = [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "th",
        "tr",
        "ul",
    ];
    NAMES.iter().any(|it| it.eq_ignore_ascii_case(name))
}

/// Elements that have no end tag.
pub(super) fn is_void(name: &str) -> bool {
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
        .iter()
        .any(|it| it.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_where_they_stand() {
        let text = r#"<a class=x href="https://t&#46;me/x" >Hi</a><!-- c -->"#;
        let all: Vec<_> = tokens(text).collect();
        let Kind::Open(tag) = &all[0].kind else { panic!("{:?}", all[0]) };
        let href = tag.attribute("href").unwrap();
        assert_eq!(href.value, "https://t.me/x");
        assert_eq!(&text[href.range], "https://t&#46;me/x");
        assert_eq!(tag.attribute("class").unwrap().value, "x");
        assert!(matches!(all[2].kind, Kind::Close("a")));
        assert!(matches!(all[3].kind, Kind::Comment(" c ")));
    }

    #[test]
    fn hiding_styles() {
        for (html, hidden) in [
            ("<p style='display: none'>", true),
            ("<p style=\"color:#FFF; font-size:12px\">", true),
            ("<p style=\"font-size:0.5em\">", false),
            ("<b style=\"background:#c00; color:white\">", false),
            ("<p hidden>", true),
        ] {
            let Some(Token { kind: Kind::Open(tag), .. }) = tokens(html).next() else { panic!() };
            assert_eq!(hidden_by(&tag).is_some(), hidden, "{html}");
        }
    }
}
