use std::borrow::Cow;
use std::sync::Arc;

use smol_str::{SmolStr, ToSmolStr};

/// The languages guidelint speaks to its users.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Chinese, simplified characters.
    Zh,
}

/// One sentence a rule can say, in every language it is said in. `{name}` stands for an argument.
///
/// ```
/// use guidelint::diagnostic::{Language, Message, Wording};
/// static SHORT: Wording = Wording::new("demo/short", "`{number}` is too short", "`{number}` 位数不足");
/// let message = Message::new(&SHORT).with("number", "+355 69");
/// assert_eq!(message.text(Language::En), "`+355 69` is too short");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// Stable id, `group/rule` or `group/rule.variant`.
    pub id: Cow<'static, str>,
    /// The sentence in English.
    pub en: Cow<'static, str>,
    /// The sentence in Chinese.
    pub zh: Cow<'static, str>,
}

impl Wording {
    /// A wording known when guidelint is built.
    pub const fn new(id: &'static str, en: &'static str, zh: &'static str) -> Wording {
        Wording { id: Cow::Borrowed(id), en: Cow::Borrowed(en), zh: Cow::Borrowed(zh) }
    }
}

/// What fills a `{name}`: a piece of text, a sentence that is itself worded per language, or several of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// Text that is the same in every language.
    Text(SmolStr),
    /// A nested message.
    Message(Message),
    /// Joined with the language's comma.
    List(Vec<Argument>),
}

impl From<&str> for Argument {
    fn from(text: &str) -> Argument {
        Argument::Text(text.into())
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Argument {
        Argument::Text(text.into())
    }
}

impl From<SmolStr> for Argument {
    fn from(text: SmolStr) -> Argument {
        Argument::Text(text)
    }
}

impl From<usize> for Argument {
    fn from(number: usize) -> Argument {
        Argument::Text(number.to_smolstr())
    }
}

impl From<Message> for Argument {
    fn from(message: Message) -> Argument {
        Argument::Message(message)
    }
}

impl<T: Into<Argument>> FromIterator<T> for Argument {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Argument {
        Argument::List(items.into_iter().map(Into::into).collect())
    }
}

#[derive(Clone, Debug)]
enum WordingRef {
    Fixed(&'static Wording),
    Loaded(Arc<Wording>),
}

/// A wording and what fills it. Worded only when somebody reads it.
#[derive(Clone, Debug)]
pub struct Message {
    wording: WordingRef,
    arguments: Vec<(&'static str, Argument)>,
    named: Vec<(String, String)>,
}

impl PartialEq for Message {
    fn eq(&self, other: &Message) -> bool {
        self.wording() == other.wording() && self.arguments == other.arguments && self.named == other.named
    }
}

impl Eq for Message {}

impl Message {
    /// A message of a wording that is built in.
    pub fn new(wording: &'static Wording) -> Message {
        Message { wording: WordingRef::Fixed(wording), arguments: Vec::new(), named: Vec::new() }
    }

    /// A message of a wording that was loaded from a rule file.
    pub fn loaded(wording: Arc<Wording>) -> Message {
        Message { wording: WordingRef::Loaded(wording), arguments: Vec::new(), named: Vec::new() }
    }

    /// Text that was never worded in more than one language, such as a parser's own error.
    pub fn verbatim(text: impl Into<String>) -> Message {
        let text: Cow<'static, str> = Cow::Owned(text.into());
        let wording = Wording { id: "verbatim".into(), en: text.clone(), zh: text };
        Message::loaded(Arc::new(wording))
    }

    /// Fills `{name}`.
    pub fn with(mut self, name: &'static str, argument: impl Into<Argument>) -> Message {
        self.arguments.push((name, argument.into()));
        self
    }

    /// Fills `{name}` where the name is known only at run time.
    pub fn with_named(mut self, name: String, text: String) -> Message {
        self.named.push((name, text));
        self
    }

    /// The wording behind it.
    pub fn wording(&self) -> &Wording {
        match &self.wording {
            WordingRef::Fixed(wording) => wording,
            WordingRef::Loaded(wording) => wording,
        }
    }

    /// The id of the wording.
    pub fn id(&self) -> &str {
        &self.wording().id
    }

    /// The sentence in `language`.
    pub fn text(&self, language: Language) -> String {
        let template = match language {
            Language::En => &self.wording().en,
            Language::Zh => &self.wording().zh,
        };
        let mut out = String::with_capacity(template.len() + 32);
        let mut rest: &str = template;
        while let Some(open) = rest.find('{') {
            let Some(close) = rest[open..].find('}') else { break };
            let name = &rest[open + 1..open + close];
            out.push_str(&rest[..open]);
            if !self.fill(name, language, &mut out) {
                out.push_str(&rest[open..=open + close]);
            }
            rest = &rest[open + close + 1..];
        }
        out.push_str(rest);
        out
    }

    fn fill(&self, name: &str, language: Language, out: &mut String) -> bool {
        if let Some((_, argument)) = self.arguments.iter().find(|(known, _)| *known == name) {
            argument.push(language, out);
            return true;
        }
        if let Some((_, text)) = self.named.iter().find(|(known, _)| known == name) {
            out.push_str(text);
            return true;
        }
        false
    }
}

impl Argument {
    fn push(&self, language: Language, out: &mut String) {
        match self {
            Argument::Text(text) => out.push_str(text),
            Argument::Message(message) => out.push_str(&message.text(language)),
            Argument::List(items) => {
                let comma = match language {
                    Language::En => ", ",
                    Language::Zh => "、",
                };
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.push_str(comma);
                    }
                    item.push(language, out);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static COUNT: Wording = Wording::new("t", "{n} carriers: {names}", "{n} 家运营商：{names}");

    #[test]
    fn lists_take_the_comma_of_the_language() {
        let names: Argument = ["A", "B"].into_iter().collect();
        let message = Message::new(&COUNT).with("n", 2).with("names", names);
        assert_eq!(message.text(Language::En), "2 carriers: A, B");
        assert_eq!(message.text(Language::Zh), "2 家运营商：A、B");
    }
}
