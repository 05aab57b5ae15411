//! From a rule file to a rule: every promise of the format is checked here, and a broken one is pointed at.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;

use super::file::{Kind, RawExample, RawRule, Sentence};
use super::pattern;
use super::scope::{NAMES, Scope};
use super::search::{Role, Search};
use super::{Declared, Example, Judge, Limits};
use crate::diagnostic::{Applicability, Confidence, Diagnostic, RuleMeta, Wording};
use crate::knowledge::{Knowledge, LoadError, TomlFile, did_you_mean};

/// Characters within which `near` looks unless told otherwise.
const NEAR: usize = 40;

struct Loader<'a> {
    file: &'a TomlFile,
    raw: &'a RawRule,
    /// What countries and kinds there are; `None` for our own files, which a test reads with it.
    knowledge: Option<&'a Knowledge>,
    search: Search,
    outside: bool,
    complaints: Vec<Diagnostic>,
}

type List = Option<Spanned<Vec<Spanned<String>>>>;

pub(super) fn load(name: &str, path: &str, text: &str, knowledge: Option<&Knowledge>) -> Result<Declared, LoadError> {
    let file = TomlFile::new(path, text);
    if let Err(message) = check_name(name) {
        return Err(file.error(0..0, message));
    }
    let raw: RawRule = file.read()?;
    let scopes = raw.scope.iter().flatten().filter_map(|it| Scope::parse(it.get_ref())).collect::<Vec<_>>();
    let scopes = if raw.scope.is_none() { vec![Scope::Text] } else { scopes };
    let outside = scopes.iter().any(Scope::is_outside_prose);
    let mut loader = Loader {
        file: &file,
        raw: &raw,
        knowledge,
        search: Search::new(raw.case_sensitive),
        outside,
        complaints: Vec::new(),
    };
    loader.check_keys();
    loader.check_only();
    loader.check_scopes();
    loader.check_lists();
    loader.add_main();
    loader.add_unless();
    loader.check_sentences();
    loader.check_examples();
    let judge = loader.judge();
    let Loader { search, complaints, .. } = loader;
    file.verdict(complaints)?;
    let (severity, on_by_default) = raw.severity.settle();
    let fixes =
        raw.fix.is_some() || raw.kind.get_ref() == &Kind::Substitution || raw.kind.get_ref() == &Kind::Repetition;
    let applicability = raw.applicability.map_or(Applicability::Unsafe, |it| it.settle());
    let wording = |suffix: &str, sentence: &Sentence| {
        let (en, zh) = sentence.texts();
        Arc::new(Wording { id: format!("{name}{suffix}").into(), en: en.to_owned().into(), zh: zh.to_owned().into() })
    };
    let plain = |list: &[Spanned<String>]| list.iter().map(|it| it.get_ref().clone()).collect::<Vec<_>>();
    Ok(Declared {
        meta: RuleMeta {
            name: name.to_owned().into(),
            docs: page(&raw).into(),
            severity,
            confidence: raw.confidence.map_or(Confidence::Medium, |it| it.settle()),
            on_by_default,
            fix: fixes.then_some(applicability),
            since: raw.since.clone().unwrap_or_default().into(),
            wordings: &[],
            options: &[],
        },
        kind: *raw.kind.get_ref(),
        languages: plain(&raw.languages),
        countries: plain(&raw.countries),
        kinds: plain(&raw.kinds),
        scopes,
        search,
        judge,
        message: wording("", raw.message.get_ref()),
        help: raw.help.as_ref().map(|it| wording(".help", it.get_ref())),
        fix: raw.fix.as_ref().map(|it| it.get_ref().clone()),
        applicability,
        link_in_block: raw.unless.link_in_block,
        in_quote: raw.unless.in_quote,
        within: raw.unless.within.as_ref().map_or(NEAR, |it| *it.get_ref()),
        bad: raw.bad.iter().map(example).collect(),
        good: raw.good.iter().map(example).collect(),
        file,
    })
}

fn check_name(name: &str) -> Result<(), String> {
    let part = |it: &str| {
        !it.is_empty()
            && it.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-')
            && !it.starts_with('-')
            && !it.ends_with('-')
    };
    match name.split_once('/') {
        Some((group, pattern)) if part(group) && part(pattern) => Ok(()),
        Some(_) => Err(format!(
            "`{name}` is no name for a rule: small letters, digits and hyphens, as in `style/superlatives.toml`"
        )),
        None => Err("a rule lies in the folder of its group, as in `rules/style/superlatives.toml`".to_owned()),
    }
}

fn example(raw: &RawExample) -> Example {
    Example {
        text: raw.text.get_ref().clone(),
        place: raw.text.span(),
        find: raw.find.iter().map(|it| (it.get_ref().clone(), it.span())).collect(),
        fixed: raw.fixed.as_ref().map(|it| (it.get_ref().clone(), it.span())),
        country: raw.country.clone(),
        language: raw.lang.clone(),
        kind: raw.kind.clone(),
    }
}

/// The documentation with the examples behind it, as built-in rules have it.
fn page(raw: &RawRule) -> String {
    let mut page = raw.docs.get_ref().trim().to_owned();
    for (word, examples) in [("bad", &raw.bad), ("good", &raw.good)] {
        for it in examples {
            page.push_str(&format!("\n\n```md {word}\n{}\n```", it.text.get_ref().trim_end()));
        }
    }
    page.push('\n');
    page
}

impl Loader<'_> {
    fn complain(&mut self, place: Range<usize>, message: impl Into<String>) {
        self.complaints.push(self.file.complaint(place, message));
    }

    fn check_keys(&mut self) {
        let kind = *self.raw.kind.get_ref();
        let (known, needed) = kind.keys();
        let given = self.raw.particular_keys();
        for (key, place) in &given {
            if !known.contains(key) {
                let message =
                    format!("`{key}` means nothing to a rule of kind `{}`; it knows {}", kind.name(), ticked(known));
                self.complain(place.clone(), message);
            }
        }
        let has = |key: &str| given.iter().any(|(it, _)| *it == key);
        if !needed.iter().any(|key| has(key)) {
            let message = format!("a rule of kind `{}` needs {}", kind.name(), ticked(needed).replace(", ", " or "));
            self.complain(self.raw.kind.span(), message);
        }
        for key in kind.also_needed().iter().filter(|key| !has(key)) {
            self.complain(self.raw.kind.span(), format!("a rule of kind `{}` needs `{key}` as well", kind.name()));
        }
        if kind == Kind::Occurrence && !has("terms") && !has("patterns") {
            self.complain(self.raw.kind.span(), "a rule of kind `occurrence` needs `terms` or `patterns`");
        }
        if let (Some(min), Some(max)) = (&self.raw.min, &self.raw.max)
            && min.get_ref() > max.get_ref()
        {
            self.complain(min.span(), "this can never hold: `min` is greater than `max`");
        }
        if let Some(min) = &self.raw.min
            && self.raw.per.as_ref().is_some_and(|per| *per.get_ref() != Default::default())
        {
            self.complain(min.span(), "`min` counts in the whole guide: leave `per` out");
        }
        if let Some(patterns) = &self.raw.patterns
            && kind == Kind::FrontMatter
            && patterns.get_ref().len() > 1
        {
            self.complain(patterns.span(), "write one regex with `|` in it");
        }
    }

    fn check_only(&mut self) {
        let Some(knowledge) = self.knowledge else { return };
        for country in &self.raw.countries {
            if knowledge.generated.region(country.get_ref()).is_none() {
                self.complain(
                    country.span(),
                    "this is no country: write two capital letters (ISO 3166-1), such as `AL`",
                );
            }
        }
        let kinds: Vec<&str> = knowledge.kinds.kinds.iter().map(|it| it.name.as_str()).collect();
        for kind in &self.raw.kinds {
            if !kinds.contains(&kind.get_ref().as_str()) {
                let message =
                    format!("there is no kind of guide `{}`{}", kind.get_ref(), suggestion(kind.get_ref(), &kinds));
                self.complain(kind.span(), message);
            }
        }
        for language in &self.raw.languages {
            let text = language.get_ref();
            let main = text.split('-').next().unwrap_or("");
            if !(2..=3).contains(&main.len()) || !main.bytes().all(|it| it.is_ascii_lowercase()) {
                self.complain(language.span(), "a language is written like `en` or `zh-Hant` (BCP 47)");
            }
        }
    }

    fn check_scopes(&mut self) {
        let Some(scopes) = &self.raw.scope else { return };
        if scopes.is_empty() {
            self.complain(self.raw.kind.span(), "`scope` is empty: the rule could never match");
        }
        for scope in scopes {
            match Scope::parse(scope.get_ref()) {
                None => {
                    let message =
                        format!("there is no scope `{}`{}", scope.get_ref(), suggestion(scope.get_ref(), &NAMES));
                    self.complain(scope.span(), message);
                }
                Some(Scope::Raw) if !self.raw.slow => {
                    self.complain(scope.span(), "the one scan does not read the raw file: say `slow = true`");
                }
                Some(_) => {}
            }
        }
    }

    /// A list that holds nothing, or a text that is none, would make a rule that never matches or always does.
    fn check_lists(&mut self) {
        let raw = self.raw;
        for list in [&raw.patterns, &raw.hosts, &raw.parameters, &raw.schemes, &raw.one_of].into_iter().flatten() {
            if list.get_ref().is_empty() {
                self.complain(list.span(), "this list is empty: the rule could never match");
            }
            for text in list.get_ref().iter().filter(|it| it.get_ref().trim().is_empty()) {
                self.complain(text.span(), "this text is empty");
            }
        }
        if let Some(key) = raw.key.as_ref().filter(|it| it.get_ref().trim().is_empty()) {
            self.complain(key.span(), "name a key of the front matter");
        }
    }

    fn add_main(&mut self) {
        let raw = self.raw;
        match raw.kind.get_ref() {
            Kind::Consistency => self.add_pair(&raw.either, &raw.or),
            Kind::Conditional => self.add_pair(&raw.if_, &raw.then),
            Kind::Sequence => self.add_pair(&raw.first, &raw.second),
            Kind::Substitution => self.add_swaps(),
            Kind::Section => self.add_list(Role::Main, &raw.headings),
            Kind::Link => self.add_list(Role::Main, &raw.texts),
            Kind::FrontMatter => {}
            Kind::Existence | Kind::Occurrence | Kind::Repetition => {
                self.add_list(Role::Main, &raw.terms);
                self.add_patterns();
            }
        }
    }

    fn add_pair(&mut self, main: &List, other: &List) {
        self.add_list(Role::Main, main);
        self.add_list(Role::Other, other);
    }

    fn add_list(&mut self, role: Role, list: &List) {
        let Some(list) = list else { return };
        if list.get_ref().is_empty() {
            self.complain(list.span(), "this list is empty: the rule could never match");
        }
        for term in list.get_ref() {
            self.add_term(role, term, None);
        }
    }

    fn add_term(&mut self, role: Role, term: &Spanned<String>, instead: Option<String>) {
        let text = term.get_ref().as_str();
        let bare = text.trim_end_matches('*');
        if bare.trim().is_empty() || bare.trim() != bare {
            self.complain(term.span(), "a term is a word or words, without space around them");
            return;
        }
        let folded = bare.to_lowercase();
        let case_sensitive = self.raw.case_sensitive;
        let same = |it: &str| if case_sensitive { it == text } else { it.to_lowercase() == text.to_lowercase() };
        let known = self.search.terms().find(|(of, it, _)| *of == role && same(it)).is_some();
        let stem = self.search.terms().find(|(of, it, _)| {
            *of == role
                && it.ends_with('*')
                && folded.starts_with(&it.trim_end_matches('*').to_lowercase())
                && !same(it)
        });
        let stem = stem.map(|(_, it, _)| it.to_owned());
        if known {
            self.complain(term.span(), format!("`{text}` stands here twice"));
        } else if let Some(stem) = stem.filter(|_| instead.is_none() && !bare.contains(' ')) {
            self.complain(term.span(), format!("`{text}` can never match: `{stem}` finds it already"));
        }
        self.search.add_term(role, text, instead, self.outside);
    }

    fn add_swaps(&mut self) {
        let Some(swap) = &self.raw.swap else { return };
        if swap.get_ref().is_empty() {
            self.complain(swap.span(), "this table is empty: the rule could never match");
        }
        for (from, to) in swap.get_ref() {
            let same = |a: &str, b: &str| a == b || (!self.raw.case_sensitive && a.to_lowercase() == b.to_lowercase());
            let again = swap.get_ref().keys().find(|it| same(it.get_ref(), to.get_ref()));
            if from.get_ref() == to.get_ref() {
                self.complain(to.span(), format!("`{}` is replaced by itself", from.get_ref()));
            } else if same(from.get_ref(), to.get_ref()) {
                let advice =
                    "only capitals differ, so what is right would be found as well: say `case-sensitive = true`";
                self.complain(to.span(), advice);
            }
            if let Some(again) = again.filter(|it| it.get_ref() != from.get_ref()) {
                self.complain(
                    to.span(),
                    format!("`{}` is itself replaced here: the fix would never end", again.get_ref()),
                );
            }
            self.add_term(Role::Main, from, Some(to.get_ref().clone()));
        }
    }

    fn add_patterns(&mut self) {
        let slow = self.raw.slow || (self.outside && self.raw.scope.as_ref().is_some_and(|it| it.len() == 1));
        for pattern in self.raw.patterns.iter().flat_map(|it| it.get_ref()) {
            match pattern::compile(pattern.get_ref(), self.raw.case_sensitive, slow) {
                Ok(compiled) => self.search.add_pattern(Role::Main, compiled),
                Err(message) => self.complain(pattern.span(), message),
            }
        }
    }

    fn add_unless(&mut self) {
        let unless = &self.raw.unless;
        if let (Some(within), true) = (&unless.within, unless.near.is_empty()) {
            self.complain(within.span(), "`within` says how near; name what must be near in `near`");
        }
        for (role, list) in
            [(Role::Near, &unless.near), (Role::InBlock, &unless.in_block), (Role::InGuide, &unless.in_guide)]
        {
            for term in list {
                self.add_term(role, term, None);
            }
        }
    }

    fn check_sentences(&mut self) {
        let kind = *self.raw.kind.get_ref();
        let groups = self.group_names();
        let mut known: Vec<&str> = kind.placeholders().to_vec();
        known.extend(groups.iter().map(String::as_str));
        let mut texts: Vec<(String, Range<usize>)> = Vec::new();
        for sentence in [Some(&self.raw.message), self.raw.help.as_ref()].into_iter().flatten() {
            let (en, zh) = sentence.get_ref().texts();
            let both = [Some(en), Some(zh).filter(|it| *it != en)];
            for text in both.into_iter().flatten() {
                if text.trim().is_empty() {
                    self.complain(sentence.span(), "this sentence is empty");
                }
                texts.push((text.to_owned(), sentence.span()));
            }
        }
        texts.extend(self.raw.fix.iter().map(|it| (it.get_ref().clone(), it.span())));
        for (text, place) in texts {
            let unknown = names_in(&text).into_iter().find(|name| !known.contains(&name.as_str()));
            if let Some(name) = unknown {
                let message = format!(
                    "`{{{name}}}` is filled by nothing; there are {}{}",
                    ticked(&known),
                    suggestion(&name, &known)
                );
                self.complain(place, message);
            }
        }
        if let Some(fix) = &self.raw.fix
            && !kind.has_fix()
        {
            self.complain(fix.span(), format!("a rule of kind `{}` has no `fix` of its own", kind.name()));
        }
        if self.raw.docs.get_ref().trim().is_empty() {
            self.complain(self.raw.docs.span(), "say what the rule flags, and why");
        }
    }

    fn group_names(&self) -> Vec<String> {
        let patterns = self.raw.patterns.iter().flat_map(|it| it.get_ref());
        let regexes = patterns.filter_map(|it| regex::Regex::new(it.get_ref()).ok());
        let names = regexes.flat_map(|regex| {
            let names = regex.capture_names().enumerate().skip(1);
            names.flat_map(|(at, name)| [Some(at.to_string()), name.map(str::to_owned)]).flatten().collect::<Vec<_>>()
        });
        names.collect()
    }

    fn check_examples(&mut self) {
        if self.raw.bad.is_empty() {
            self.complain(self.raw.kind.span(), "the rule has no `[[bad]]` example: show what it flags");
        }
        if self.raw.good.is_empty() {
            self.complain(self.raw.kind.span(), "the rule has no `[[good]]` example: show what it leaves alone");
        }
        for example in self.raw.good.iter() {
            if let Some(find) = example.find.first() {
                self.complain(find.span(), "nothing is found in a good example: leave `find` out");
            }
        }
    }

    fn judge(&mut self) -> Judge {
        let raw = self.raw;
        let list =
            |list: &List| list.iter().flat_map(|it| it.get_ref()).map(|it| it.get_ref().clone()).collect::<Vec<_>>();
        let value = if *raw.kind.get_ref() == Kind::FrontMatter { self.value_pattern() } else { None };
        Judge {
            limits: Limits {
                min: raw.min.as_ref().map_or(0, |it| *it.get_ref()),
                max: raw.max.as_ref().map_or(usize::MAX, |it| *it.get_ref()),
                per: raw.per.as_ref().map(|it| *it.get_ref()).unwrap_or_default(),
            },
            hosts: list(&raw.hosts),
            parameters: list(&raw.parameters),
            schemes: list(&raw.schemes),
            has_texts: raw.texts.is_some(),
            key: raw.key.as_ref().map(|it| it.get_ref().clone()).unwrap_or_default(),
            value_type: raw.type_.as_ref().map(|it| *it.get_ref()),
            one_of: list(&raw.one_of),
            required: raw.required.as_ref().is_some_and(|it| *it.get_ref()),
            value,
            forbidden: raw.forbidden.as_ref().is_some_and(|it| *it.get_ref()),
            headings: list(&raw.headings),
        }
    }

    fn value_pattern(&mut self) -> Option<regex::Regex> {
        let pattern = self.raw.patterns.as_ref()?.get_ref().first()?;
        match pattern::compile(&format!("^(?:{})$", pattern.get_ref()), self.raw.case_sensitive, true) {
            Ok(compiled) => Some(compiled.regex),
            Err(message) => {
                self.complain(pattern.span(), message);
                None
            }
        }
    }
}

fn names_in(text: &str) -> Vec<String> {
    let parts = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    parts.map(|(name, _)| name.to_owned()).collect()
}

fn ticked(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|it| format!("`{it}`")).collect();
    names.join(", ")
}

fn suggestion(wrong: &str, known: &[&str]) -> String {
    did_you_mean(wrong, known.iter().copied()).map_or(String::new(), |near| format!("; did you mean `{near}`?"))
}
