//! The patterns of telephone metadata: literals, classes, `\d`, groups, `|`, `?` and `{n,m}`. Read here once more, apart from
//! everything that guidelint reads them with, so that numbers can be drawn from them.

use crate::common::Dice;

/// A pattern over digits.
pub enum Pattern {
    /// One of these digits.
    Digit(Vec<u8>),
    /// One after the other.
    Sequence(Vec<Pattern>),
    /// One of them.
    Either(Vec<Pattern>),
    /// Several times, at least and at most.
    Repeated(Box<Pattern>, usize, usize),
}

impl Pattern {
    /// Reads a pattern; panics where it is not as simple as those of telephone numbers.
    pub fn new(text: &str) -> Self {
        let text: String = text.split_whitespace().collect();
        let mut reader = Reader { text: text.as_bytes(), at: 0 };
        let pattern = reader.either();
        assert_eq!(reader.at, text.len(), "cannot read the pattern {text} at {}", reader.at);
        pattern
    }

    /// A word of the pattern: each alternative and each number of repeats as likely as any other.
    pub fn draw(&self, dice: &mut Dice, word: &mut String) {
        match self {
            Self::Digit(digits) => word.push(char::from(dice.pick(digits))),
            Self::Sequence(parts) => parts.iter().for_each(|it| it.draw(dice, word)),
            Self::Either(parts) => parts[dice.roll(parts.len())].draw(dice, word),
            Self::Repeated(part, least, most) => {
                for _ in 0..least + dice.roll(most - least + 1) {
                    part.draw(dice, word);
                }
            }
        }
    }

    /// Every word, if there are at most `limit` ways to make one.
    pub fn words(&self, limit: usize) -> Option<Vec<String>> {
        let joined = |mut heads: Vec<String>, part: &Self| {
            let tails = part.words(limit)?;
            if heads.len() * tails.len() > limit {
                return None;
            }
            heads = heads.iter().flat_map(|head| tails.iter().map(move |tail| format!("{head}{tail}"))).collect();
            Some(heads)
        };
        let words = match self {
            Self::Digit(digits) => digits.iter().map(|it| char::from(*it).to_string()).collect(),
            Self::Sequence(parts) => parts.iter().try_fold(vec![String::new()], joined)?,
            Self::Either(parts) => {
                let words: Option<Vec<Vec<String>>> = parts.iter().map(|it| it.words(limit)).collect();
                words?.concat()
            }
            Self::Repeated(part, least, most) => {
                let times = |count: usize| (0..count).try_fold(vec![String::new()], |heads, _| joined(heads, part));
                let words: Option<Vec<Vec<String>>> = (*least..=*most).map(times).collect();
                words?.concat()
            }
        };
        (words.len() <= limit).then_some(words)
    }
}

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn takes(&mut self, wanted: &str) -> bool {
        let found = self.text[self.at..].starts_with(wanted.as_bytes());
        self.at += if found { wanted.len() } else { 0 };
        found
    }

    fn either(&mut self) -> Pattern {
        let mut parts = vec![self.sequence()];
        while self.takes("|") {
            parts.push(self.sequence());
        }
        if parts.len() == 1 { parts.remove(0) } else { Pattern::Either(parts) }
    }

    fn sequence(&mut self) -> Pattern {
        let mut parts = Vec::new();
        while let Some(atom) = self.atom() {
            parts.push(match self.repeats() {
                (1, 1) => atom,
                (least, most) => Pattern::Repeated(Box::new(atom), least, most),
            });
        }
        Pattern::Sequence(parts)
    }

    fn atom(&mut self) -> Option<Pattern> {
        if self.takes("\\d") {
            return Some(Pattern::Digit((b'0'..=b'9').collect()));
        }
        if self.takes("(?:") || self.takes("(") {
            let inner = self.either();
            assert!(self.takes(")"), "a group without an end");
            return Some(inner);
        }
        if self.takes("[") {
            let mut digits = Vec::new();
            while !self.takes("]") {
                let first = self.digit().expect("a digit in a class");
                let last = if self.takes("-") { self.digit().expect("the end of a range") } else { first };
                digits.extend(first..=last);
            }
            return Some(Pattern::Digit(digits));
        }
        self.digit().map(|it| Pattern::Digit(vec![it]))
    }

    fn digit(&mut self) -> Option<u8> {
        let found = self.text.get(self.at).copied().filter(u8::is_ascii_digit);
        self.at += usize::from(found.is_some());
        found
    }

    fn repeats(&mut self) -> (usize, usize) {
        if self.takes("?") {
            return (0, 1);
        }
        if !self.takes("{") {
            return (1, 1);
        }
        let least = self.number();
        let most = if self.takes(",") { self.number() } else { least };
        assert!(self.takes("}") && least <= most, "a repeat without an end");
        (least, most)
    }

    fn number(&mut self) -> usize {
        let digits: String = std::iter::from_fn(|| self.digit()).map(char::from).collect();
        digits.parse().expect("a number of repeats")
    }
}
