//! Regexes as rule files write them: ASCII classes, linear time, and a literal that the one scan can find.

use regex::Regex;

use crate::facts::{Class, class};

/// Bytes a literal needs so that looking for it narrows anything down.
const SHORTEST: usize = 3;

/// A regex, and the words one of which begins in every match.
#[derive(Debug)]
pub(super) struct Pattern {
    pub regex: Regex,
    /// Empty for a slow pattern.
    pub literals: Vec<String>,
}

/// Compiles a pattern; a slow one is tried on every block.
pub(super) fn compile(text: &str, case_sensitive: bool, slow: bool) -> Result<Pattern, String> {
    let ascii = with_ascii_classes(text)?;
    let flags = if case_sensitive { "" } else { "(?i)" };
    let built = regex::RegexBuilder::new(&format!("{flags}{ascii}")).size_limit(4 << 20).build();
    let regex = built.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => "this regex is too large: bound its repetitions".to_owned(),
        error => {
            let last = error.to_string();
            let last = last.lines().last().unwrap_or("").trim_start_matches("error: ").to_owned();
            format!("this regex cannot be read: {last}")
        }
    })?;
    if regex.is_match("") {
        return Err("this regex matches nothing at all, everywhere: it must match some text".to_owned());
    }
    if slow {
        return Ok(Pattern { regex, literals: Vec::new() });
    }
    match literals(text) {
        Some(literals) if literals.iter().all(|it| it.len() >= SHORTEST) => Ok(Pattern { regex, literals }),
        _ => Err(format!(
            "this regex has no word of {SHORTEST} bytes or more that begins in every match, so the one scan cannot find it; \
             write one out, or say `slow = true`"
        )),
    }
}

/// `\d`, `\w`, `\s` and `\b` as ASCII means them; Unicode's are slow and mean something else in every version.
fn with_ascii_classes(text: &str) -> Result<String, String> {
    let mut out = String::with_capacity(text.len() + 16);
    let mut in_class = 0;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '[' => in_class += 1,
            ']' if in_class > 0 => in_class -= 1,
            '\\' => {
                let Some(next) = chars.next() else { return Err("this regex ends in a lone backslash".to_owned()) };
                out.push_str(match (next, in_class > 0) {
                    ('d', false) => "[0-9]",
                    ('d', true) => "0-9",
                    ('w', false) => "[0-9A-Za-z_]",
                    ('w', true) => "0-9A-Za-z_",
                    ('s', false) => "[ \\t\\r\\n]",
                    ('s', true) => " \\t\\r\\n",
                    ('D', false) => "[^0-9]",
                    ('W', false) => "[^0-9A-Za-z_]",
                    ('S', false) => "[^ \\t\\r\\n]",
                    ('b', false) => "(?-u:\\b)",
                    ('B', false) => return Err("`\\B` is not supported".to_owned()),
                    ('p' | 'P', _) => {
                        return Err(
                            "Unicode classes such as `\\p{…}` are not supported: write the ranges out".to_owned()
                        );
                    }
                    ('D' | 'W' | 'S', true) => return Err(format!("`\\{next}` cannot stand within `[…]`")),
                    _ => {
                        out.push('\\');
                        out.push(next);
                        continue;
                    }
                });
                continue;
            }
            _ => {}
        }
        out.push(c);
    }
    Ok(out)
}

/// The words one of which every match holds, each at the beginning of a word; `None` when there is no such set.
fn literals(pattern: &str) -> Option<Vec<String>> {
    let mut reader = Reader { rest: pattern.chars().collect(), at: 0 };
    let found = reader.alternatives();
    (reader.at == reader.rest.len()).then_some(found)?
}

struct Reader {
    rest: Vec<char>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.rest.get(self.at).copied()
    }

    /// Branches up to a closing bracket or the end.
    fn alternatives(&mut self) -> Option<Vec<String>> {
        let mut all = Some(Vec::new());
        loop {
            let branch = self.branch();
            all = all.zip(branch).map(|(mut all, branch)| {
                all.extend(branch);
                all
            });
            match self.peek() {
                Some('|') => self.at += 1,
                _ => return all,
            }
        }
    }

    /// One branch: the best set of words among its parts.
    fn branch(&mut self) -> Option<Vec<String>> {
        let mut best: Option<Vec<String>> = None;
        let mut run = String::new();
        // Whether the run began where a word may begin: at the start, or after something that is no word.
        let mut at_edge = true;
        let mut offer = |candidate: Option<Vec<String>>| {
            let worth = |set: &Vec<String>| set.iter().map(String::len).min().unwrap_or(0);
            if let Some(candidate) = candidate
                && best.as_ref().is_none_or(|best| worth(best) < worth(&candidate))
            {
                best = Some(candidate);
            }
        };
        while let Some(c) = self.peek() {
            if matches!(c, '|' | ')') {
                break;
            }
            self.at += 1;
            let literal = match c {
                '(' => {
                    let edge_before = match run.chars().last() {
                        Some(last) => !matches!(class(last), Class::Word | Class::Mark),
                        None => at_edge,
                    };
                    let plain = self.group_is_plain();
                    let inner = self.alternatives();
                    self.at += 1;
                    offer(words(&run, at_edge));
                    run.clear();
                    if !self.is_optional() && plain && edge_before {
                        offer(inner);
                    }
                    None
                }
                '[' => {
                    self.skip_class();
                    self.is_optional();
                    None
                }
                '.' => {
                    self.is_optional();
                    None
                }
                '^' | '$' => None,
                '\\' => {
                    let next = self.peek();
                    self.at += 1;
                    match next {
                        Some('b') => {
                            offer(words(&run, at_edge));
                            run.clear();
                            at_edge = true;
                            continue;
                        }
                        Some(next) if next.is_ascii_alphanumeric() => {
                            self.is_optional();
                            None
                        }
                        next => next,
                    }
                }
                literal => Some(literal),
            };
            match literal {
                Some(literal) if !self.is_optional() => run.push(literal),
                _ => {
                    offer(words(&run, at_edge));
                    run.clear();
                    at_edge = c == '^';
                }
            }
        }
        offer(words(&run, at_edge));
        best
    }

    /// Whether a group holds a plain pattern: not flags, not a look-around.
    fn group_is_plain(&mut self) -> bool {
        if self.peek() != Some('?') {
            return true;
        }
        self.at += 1;
        if self.peek() == Some(':') {
            self.at += 1;
            return true;
        }
        let named = matches!(self.peek(), Some('P' | '<'));
        while let Some(c) = self.peek() {
            if c == ')' {
                break;
            }
            self.at += 1;
            if c == '>' || c == ':' {
                break;
            }
        }
        named
    }

    fn skip_class(&mut self) {
        let mut depth = 1;
        if self.peek() == Some('^') {
            self.at += 1;
        }
        let first = self.at;
        while let Some(c) = self.peek() {
            self.at += 1;
            match c {
                '\\' => self.at += 1,
                '[' => depth += 1,
                ']' if self.at - 1 > first => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// Skips a quantifier; whether it lets the thing before it be absent or come more than once.
    fn is_optional(&mut self) -> bool {
        let Some(c) = self.peek() else { return false };
        let mut optional = true;
        match c {
            '?' | '*' | '+' => self.at += 1,
            '{' => {
                while self.peek().is_some_and(|it| it != '}') {
                    self.at += 1;
                }
                self.at += 1;
            }
            _ => optional = false,
        }
        if optional && self.peek() == Some('?') {
            self.at += 1;
        }
        optional
    }
}

/// The longest word of a run of literal characters that begins where a word begins.
fn words(run: &str, at_edge: bool) -> Option<Vec<String>> {
    let mut before = if at_edge { Class::Other } else { Class::Word };
    let mut starts = Vec::new();
    for (at, c) in run.char_indices() {
        let kind = class(c);
        let begins = match kind {
            Class::Word => before != Class::Word,
            Class::Dense => true,
            Class::Mark => false,
            Class::Other => !c.is_whitespace(),
        };
        if begins {
            starts.push(at);
        }
        before = kind;
    }
    let word = |at: usize| run[at..].split(char::is_whitespace).next().unwrap_or("");
    let longest = starts.into_iter().map(word).max_by_key(|it| it.len())?;
    (!longest.is_empty()).then(|| vec![longest.to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_regex_shows_the_words_it_cannot_do_without() {
        for (pattern, wanted) in [
            ("cheapest (SIM|plan|data)", Some(vec!["cheapest"])),
            (r"(?:best|cheapest) network", Some(vec!["network"])),
            (r"(free|gratis)", Some(vec!["free", "gratis"])),
            (r"\d+ days? free", Some(vec!["free"])),
            (r"[a-z]+card", None),
            (r"[a-z]+ card", Some(vec!["card"])),
            (r"[^]a-z[0-9]] card", Some(vec!["card"])),
            (r"(?P<price>free|gratis)", Some(vec!["free", "gratis"])),
            (r"(?<price>free|gratis)", Some(vec!["free", "gratis"])),
            (r"(?i:free|gratis)", None),
            (r"\d+", None),
            (r"colou?rs only", Some(vec!["colo"])),
            (r"免费.{0,4}赠送", Some(vec!["免费"])),
            (r"\bunlimited\b", Some(vec!["unlimited"])),
        ] {
            let wanted = wanted.map(|it| it.into_iter().map(str::to_owned).collect::<Vec<_>>());
            assert_eq!(literals(pattern), wanted, "{pattern}");
        }
    }

    #[test]
    fn what_is_slow_or_foreign_is_refused() {
        assert!(compile(r"\d+ (a|b)", false, false).unwrap_err().contains("slow = true"));
        assert!(compile(r"\d+ (a|b)", false, true).is_ok());
        assert!(compile(r"\p{Han}+", false, true).unwrap_err().contains("Unicode classes"));
        assert!(compile(r"(unclosed", false, true).unwrap_err().contains("unclosed group"));
        assert!(compile(r"x*", false, true).unwrap_err().contains("nothing at all"));
        assert!(!compile(r"\d", false, true).unwrap().regex.is_match("٣"));
    }

    #[test]
    fn capitals_matter_only_where_the_rule_says_so() {
        let finds =
            |text: &str, case_sensitive| compile("cheapest plan", case_sensitive, false).unwrap().regex.is_match(text);
        assert!(finds("the cheapest plan", false) && finds("the cheapest plan", true));
        assert!(finds("The Cheapest Plan", false) && !finds("The Cheapest Plan", true));
    }

    #[test]
    fn a_class_ends_at_its_bracket() {
        let finds = |pattern: &str, text: &str| compile(pattern, true, true).unwrap().regex.is_match(text);
        assert!(finds(r"^[\d.]+ days$", "1.5 days") && finds(r"^[a-z]+ \d+$", "plan 12"));
        assert!(!finds(r"^[a-z]+ \d+$", "plan ٣"));
        assert!(finds(r"^[a-z]\D$", "ab") && !finds(r"^[a-z]\D$", "a1"));
        assert!(compile(r"[a-z\D]", true, true).unwrap_err().contains("cannot stand within"));
    }
}
