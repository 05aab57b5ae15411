use std::collections::BTreeMap;

/// Something a project may set about a rule besides its severity.
#[derive(Clone, Copy, Debug)]
pub struct RuleOption {
    /// What it is called in `[rules."group/pattern"]`.
    pub name: &'static str,
    /// What it takes.
    pub kind: OptionKind,
    /// What it does, in a line that begins small.
    pub docs: &'static str,
}

/// What an option takes.
#[derive(Clone, Copy, Debug)]
pub enum OptionKind {
    /// A whole number between two bounds; without a default the knowledge decides.
    #[allow(missing_docs)] // They say what they are.
    Number { least: u32, most: u32, default: Option<u32> },
    /// True or false.
    #[allow(missing_docs)]
    Flag { default: bool },
    /// A list of texts, empty by default.
    Texts,
    /// A list of some of these words, by default of all.
    Choices(&'static [&'static str]),
}

/// What an option is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // One for each kind; choices are texts.
pub enum OptionValue {
    Number(u32),
    Flag(bool),
    Texts(Vec<String>),
}

/// The options of every rule that a project sets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleOptions {
    set: BTreeMap<(String, String), OptionValue>,
}

impl RuleOption {
    /// A whole number.
    pub const fn number(
        name: &'static str,
        least: u32,
        most: u32,
        default: Option<u32>,
        docs: &'static str,
    ) -> RuleOption {
        RuleOption { name, kind: OptionKind::Number { least, most, default }, docs }
    }

    /// True or false.
    pub const fn flag(name: &'static str, default: bool, docs: &'static str) -> RuleOption {
        RuleOption { name, kind: OptionKind::Flag { default }, docs }
    }

    /// A list of texts.
    pub const fn texts(name: &'static str, docs: &'static str) -> RuleOption {
        RuleOption { name, kind: OptionKind::Texts, docs }
    }

    /// Some of these words.
    pub const fn choices(name: &'static str, words: &'static [&'static str], docs: &'static str) -> RuleOption {
        RuleOption { name, kind: OptionKind::Choices(words), docs }
    }

    /// What it takes, in words: `a whole number from 1 to 600`.
    pub fn takes(&self) -> String {
        match self.kind {
            OptionKind::Number { least, most, .. } => format!("a whole number from {least} to {most}"),
            OptionKind::Flag { .. } => "`true` or `false`".to_owned(),
            OptionKind::Texts => "a list of texts in square brackets".to_owned(),
            OptionKind::Choices(words) => {
                let words: Vec<String> = words.iter().map(|it| format!("`{it}`")).collect();
                format!("a list of some of {}", words.join(", "))
            }
        }
    }

    /// What holds when nothing is set, as TOML; nothing where the knowledge decides.
    pub fn default_text(&self) -> Option<String> {
        match self.kind {
            OptionKind::Number { default, .. } => default.map(|it| it.to_string()),
            OptionKind::Flag { default } => Some(default.to_string()),
            OptionKind::Texts => Some("[]".to_owned()),
            OptionKind::Choices(words) => Some(format!("{words:?}")),
        }
    }

    fn default_value(&self) -> Option<OptionValue> {
        match self.kind {
            OptionKind::Number { default, .. } => default.map(OptionValue::Number),
            OptionKind::Flag { default } => Some(OptionValue::Flag(default)),
            OptionKind::Texts => None,
            OptionKind::Choices(words) => {
                Some(OptionValue::Texts(words.iter().map(|word| (*word).to_owned()).collect()))
            }
        }
    }
}

impl OptionValue {
    /// As TOML.
    pub fn text(&self) -> String {
        match self {
            OptionValue::Number(it) => it.to_string(),
            OptionValue::Flag(it) => it.to_string(),
            OptionValue::Texts(it) => format!("{it:?}"),
        }
    }
}

impl RuleOptions {
    /// Whether nothing is set.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    /// Sets an option; what was set before is forgotten.
    pub fn set(&mut self, rule: &str, option: &str, value: OptionValue) {
        self.set.insert((rule.to_owned(), option.to_owned()), value);
    }

    /// Those of one rule.
    pub fn of(&self, rule: &str) -> RuleOptions {
        let own = self.set.iter().filter(|((of, _), _)| of == rule);
        RuleOptions { set: own.map(|(key, value)| (key.clone(), value.clone())).collect() }
    }

    /// These with others laid over them, option by option.
    pub fn with(&self, others: &RuleOptions) -> RuleOptions {
        let mut set = self.set.clone();
        set.extend(others.set.iter().map(|(key, value)| (key.clone(), value.clone())));
        RuleOptions { set }
    }

    /// What holds for an option of a rule, as the rule keeps it.
    pub fn get<T: FromOption>(&self, rule: &str, option: &RuleOption) -> T {
        let set = self.set.get(&(rule.to_owned(), option.name.to_owned())).cloned();
        T::from_option(set.or_else(|| option.default_value()))
    }
}

/// What an option's value becomes in the rule that declares it.
pub trait FromOption {
    /// From what is set, or else the default.
    fn from_option(value: Option<OptionValue>) -> Self;
}

impl FromOption for Option<u32> {
    fn from_option(value: Option<OptionValue>) -> Self {
        match value {
            Some(OptionValue::Number(it)) => Some(it),
            _ => None,
        }
    }
}

impl FromOption for u32 {
    fn from_option(value: Option<OptionValue>) -> Self {
        Option::<u32>::from_option(value).unwrap_or_default()
    }
}

impl FromOption for bool {
    fn from_option(value: Option<OptionValue>) -> Self {
        value == Some(OptionValue::Flag(true))
    }
}

impl FromOption for Vec<String> {
    fn from_option(value: Option<OptionValue>) -> Self {
        match value {
            Some(OptionValue::Texts(it)) => it,
            _ => Vec::new(),
        }
    }
}
