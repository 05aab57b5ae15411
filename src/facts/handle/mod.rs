//! Contacts in plain text: the name of a messenger with an account, `@name`, an e-mail address, disguised or not.
//!
//! Block by block the prose is read into [`disguise::Unit`]s, in which full-width, styled and foreign letters are the letters they
//! are drawn like and invisible characters are gone; everything after looks at a bounded number of units, so that
//! a megabyte of `@` costs what a megabyte of text costs.

mod account;
mod disguise;
mod names;

pub(super) use names::Names;

use memchr::{memchr2, memrchr};

use self::account::Account;
use self::disguise::{Kind, Unit};
use super::letters::{self, Letter, block_end};
use super::{Class, LinkMention, LinkPlace, class, link};
use crate::guide::{BlockKind, Guide, Prose, Stretch};
use crate::knowledge::{HandleShape, Knowledge};
use crate::text::Span;

/// A contact in plain text.
#[derive(Clone, Debug)]
pub struct HandleMention {
    /// From the name of the messenger to the end of the account, in the prose.
    pub at: Stretch,
    /// The same in the source.
    pub span: Span,
    /// The account as it would be typed, in small letters.
    pub account: String,
    /// Index into the channels of [`crate::knowledge::Promotion`]; `None` for a bare `@name`.
    pub channel: Option<u16>,
    /// A colon, an arrow or a word such as "ID" stands between name and account.
    pub labelled: bool,
    /// How it is disguised.
    pub disguise: Option<Disguise>,
    /// Index of the block it stands in.
    pub block: u32,
    /// Where in the guide.
    pub place: LinkPlace,
    /// Index of an entry of the project's list of allowed contacts.
    pub allowed: Option<u16>,
}

/// How a contact is kept from readers and filters that look for the plain word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disguise {
    /// Characters that show nothing stand between its letters.
    Invisible,
    /// Letters of another script, or of a styled alphabet.
    Lookalike,
    /// Digits and signs for letters.
    Leet,
    /// Its letters stand apart, or an emoji stands between them.
    Spaced,
    /// A dot or an "at" is written in words or in brackets.
    Words,
}

/// Units between an `@name` and the name of its messenger after it.
const BEHIND: usize = 24;

pub(super) fn find(
    guide: &Guide,
    names: &Names,
    knowledge: &Knowledge,
    links: &[LinkMention],
    footer: Option<usize>,
    begun: Vec<u32>,
) -> Vec<HandleMention> {
    let prose = guide.prose.as_str();
    let mut finder =
        Finder { guide, names, knowledge, units: Vec::new(), links, out: Vec::new(), next_link: 0, footer };
    let mut found = Vec::new();
    let mut read_until = 0;
    // No contact goes on from one block to the next, so that no more than a block is held.
    for at in places(guide, names, begun) {
        if (at as usize) < read_until {
            continue;
        }
        let start = memrchr(Prose::BREAK as u8, &prose.as_bytes()[..at as usize]).map_or(0, |it| it + 1);
        read_until = block_end(prose, at as usize);
        disguise::units(guide, Stretch::new(start as u32, read_until as u32), &mut finder.units);
        finder.read(&mut found);
    }
    finder.out
}

/// Where contacts may begin, in order: where the scan saw one, which looks at the beginnings of words in the prose; and beside that
/// in code, and behind signs which the scan takes for letters: the low line, and an apostrophe of U+0280 to U+02BF.
fn places(guide: &Guide, names: &Names, mut begun: Vec<u32>) -> Vec<u32> {
    let prose = guide.prose.as_str();
    let mut letters = Vec::new();
    for code in &guide.codes {
        // A name may begin before the code and end in it.
        let glued = || prose[..code.at as usize].ends_with(|c| class(c) != Class::Other);
        let text = code.text.trim();
        if disguise::may_be_account(text) && (glued() || begins_in(text, names, &mut letters)) {
            begun.push(code.at);
        }
    }
    let mut from = 0;
    while let Some(sign) = memchr2(b'_', 0xCA, &prose.as_bytes()[from..]).map(|it| from + it) {
        from = sign + 1;
        let begins = prose.as_bytes()[sign] != b'_'
            || match prose.as_bytes()[from..].first_chunk::<3>() {
                Some(ahead) if ahead.iter().all(u8::is_ascii_alphanumeric) => {
                    names.may_begin_with(ahead.map(|it| u32::from(it.to_ascii_lowercase())), None)
                }
                _ => {
                    let ends = (from..=prose.len().min(from + NAME_BYTES)).rev().find(|it| prose.is_char_boundary(*it));
                    letters::read(prose, from, ends.unwrap_or(from), &mut letters);
                    names.may_begin_contact(&letters, 0)
                }
            };
        if begins {
            begun.push(sign as u32);
            from = block_end(prose, sign);
        }
    }
    begun.sort_unstable();
    begun
}

/// Bytes in which a name that has begun shows its first five letters, whatever stands between them.
const NAME_BYTES: usize = 64;

/// Whether a contact may begin in a text.
fn begins_in(text: &str, names: &Names, letters: &mut Vec<Letter>) -> bool {
    letters::read(text, 0, text.len(), letters);
    letters.extend([Letter::BREAK; 2]);
    let within = |at: usize| at > 0 && letters[at - 1].is_word() && letters[at].is_word();
    let behind_sign = |at: usize| at > 0 && letters[at - 1].folded() == u32::from('_');
    (0..letters.len() - 2).any(|at| (!within(at) || behind_sign(at)) && names.may_begin_contact(letters, at))
}

struct Finder<'a> {
    guide: &'a Guide,
    names: &'a Names,
    knowledge: &'a Knowledge,
    /// Of the block that is read.
    units: Vec<Unit>,
    links: &'a [LinkMention],
    out: Vec<HandleMention>,
    /// The first link that does not end before the place looked at.
    next_link: usize,
    /// The first block at the end of the guide.
    footer: Option<usize>,
}

impl Finder<'_> {
    /// Reads the units of a block.
    fn read(&mut self, found: &mut Vec<names::Found>) {
        let mut at = 0;
        while at < self.units.len() {
            // Neither begins within a word.
            if self.units[at].kind == Kind::Word && at > 0 && self.units[at - 1].kind == Kind::Word {
                at += 1;
                continue;
            }
            at = match account::may_be_at_sign(self.units[at].c) || self.names.may_begin(&self.units, at) {
                true => self.step(at, found).max(at + 1),
                false => at + 1,
            };
        }
    }

    /// Reads what begins at unit `at`; returns where to go on.
    fn step(&mut self, at: usize, found: &mut Vec<names::Found>) -> usize {
        let unit = self.units[at];
        if unit.kind == Kind::Break || unit.c == ' ' {
            return at + 1;
        }
        if let Some(end) = self.skip_link(unit.at) {
            let rest = &self.units[at..];
            return at + rest.partition_point(|it| it.at < end);
        }
        if let Some(sign) = account::at_sign(&self.units, at)
            && let Some(end) = self.at_sign(at, sign)
        {
            return end;
        }
        self.names.at(&self.units, at, found);
        for name in found.iter() {
            let Some(channel) = self.knowledge.promotion.channels.get(usize::from(name.channel)) else { continue };
            let account = match name.host {
                true => account::in_path(&self.units, name.end).filter(|_| name.disguise.is_some()),
                false => account::after(&self.units, name.end, self.names, channel, name.ambiguous),
            };
            let Some(account) = account.filter(|it| !self.is_name(it)) else { continue };
            // One name of two letters apart, and nothing that says it is one: `a T G 5`.
            if name.disguise == Some(Disguise::Spaced) && name.letters < 3 && !name.dense && !account.labelled {
                continue;
            }
            let disguise = name.disguise.or(account.disguise);
            return self.put(at, account, Some(name.channel), disguise);
        }
        at + 1
    }

    /// Whether what follows a name is only the name of another messenger: "WeChat: Telegram: …".
    fn is_name(&self, account: &Account) -> bool {
        let mut found = Vec::new();
        self.names.at(&self.units, account.from, &mut found);
        found.iter().any(|name| name.end == account.to)
    }

    /// Where a link ends that covers prose byte `at` and is judged as a link.
    fn skip_link(&mut self, at: u32) -> Option<u32> {
        while self.links.get(self.next_link).is_some_and(|link| link.text.end <= at) {
            self.next_link += 1;
        }
        let link = self.links.get(self.next_link).filter(|link| link.text.start <= at)?;
        (link.text_is_url || link.channel.is_some() || link.url.starts_with("mailto:")).then_some(link.text.end)
    }

    /// An e-mail address or an `@name` around the sign.
    fn at_sign(&mut self, at: usize, after: usize) -> Option<usize> {
        let before = at.checked_sub(1).map(|it| self.units[it]);
        if let Some(account) = account::email(&self.units, at, after) {
            let email = self.knowledge.promotion.channels.iter().position(|it| it.handle == HandleShape::Email)?;
            let disguise = account.disguise;
            return Some(self.put(account.from, account, Some(email as u16), disguise));
        }
        if before
            .is_some_and(|it| it.kind == Kind::Word || matches!(it.c, '/' | '.' | '@' | '\\' | '#' | '%' | '=' | '&'))
        {
            return None;
        }
        let account = account::at_word(&self.units, at, after, 4, 32)?;
        let (channel, end) = match self.name_after(account.to) {
            Some((channel, end)) => (Some(channel), end),
            None => (None, account.to),
        };
        // In code an `@name` may be anything, unless a messenger is named.
        if channel.is_none() && disguise::is_in_code(&self.units, at) {
            return None;
        }
        let disguise = account.disguise;
        Some(self.put(at, Account { to: end, ..account }, channel, disguise))
    }

    /// The messenger named right after an account: `@name on Telegram`, `@name（电报）`.
    fn name_after(&self, from: usize) -> Option<(u16, usize)> {
        let mut at = from;
        let mut found = Vec::new();
        let mut words = 0;
        while at < self.units.len() && at - from <= BEHIND {
            let unit = self.units[at];
            if unit.kind == Kind::Break || matches!(unit.c, '.' | '。' | ',' | '，' | ';' | '\n' | '@' | ':') {
                return None;
            }
            if unit.kind == Kind::Gap {
                at += 1;
                continue;
            }
            self.names.at(&self.units, at, &mut found);
            if let Some(name) = found.iter().find(|it| !it.host) {
                return Some((name.channel, name.end));
            }
            if words == 2 {
                return None;
            }
            words += 1;
            at = self.names.connector(&self.units, at)?;
        }
        None
    }

    fn put(&mut self, from: usize, account: Account, channel: Option<u16>, disguise: Option<Disguise>) -> usize {
        let end = account.to;
        let stretch = disguise::stretch(&self.units, from.min(account.from), end);
        let Some(block) = self.guide.block_at(stretch.start) else { return end };
        let kind = self.guide.blocks[block].kind;
        if matches!(kind, BlockKind::Hidden) || self.out.last().is_some_and(|last| last.at.overlaps(stretch)) {
            return end;
        }
        self.out.push(HandleMention {
            at: stretch,
            span: self.guide.prose.span(stretch),
            account: account.text,
            channel,
            labelled: account.labelled,
            disguise,
            block: block as u32,
            place: link::place_of(self.guide, block as u32, self.footer),
            allowed: None,
        });
        end
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, LazyLock};

    use proptest::prelude::*;

    use super::*;
    use crate::facts::Scanner;
    use crate::facts::believed::Believed;
    use crate::text::Source;

    /// What people write around contacts, plain and disguised.
    const PIECES: [&str; 58] = [
        "telegram",
        "Tеlegram",
        "t3legram",
        "te\u{200b}legram",
        "t e l e g r a m",
        "W_e_C_h_a_t: ",
        "t_g: ",
        "T-G",
        "tg",
        "ⓣⓖ",
        "🅣🅖",
        "𝐭𝐠",
        "whats",
        "app",
        "wh@tsapp",
        "line",
        "vx",
        "V",
        "v信",
        "❤",
        "💚",
        "信",
        "微",
        "薇",
        "加",
        "飞机",
        "电报",
        "t.me/",
        "t点me/",
        "wa[.]me",
        "qq",
        "ｑｑ",
        "@",
        "＠",
        "(at)",
        "[@]",
        "艾特",
        "mail",
        "example.com",
        "abc_12",
        "sim_king88",
        "4415550",
        "+355",
        "+",
        "id",
        ":",
        "：",
        "_",
        "ʼ",
        "\u{3164}",
        "\u{ad}",
        " ",
        "，",
        "、",
        "\n\n",
        "`code_77`",
        "`tg`",
        "字",
    ];

    static KNOWN: LazyLock<(Arc<Knowledge>, Scanner)> = LazyLock::new(|| {
        let knowledge = Knowledge::builtin();
        let scanner = Scanner::new(knowledge.lexicon(), Vec::new()).with_channels(&knowledge.promotion);
        (knowledge, scanner)
    });

    fn found(guide: &Guide, scanner: &Scanner, knowledge: &Knowledge, begun: Vec<u32>) -> String {
        format!("{:?}", find(guide, scanner.channels(), knowledge, &[], None, begun))
    }

    proptest! {
        // A name, a sign and an account come together in one text of a hundred.
        #![proptest_config(ProptestConfig::with_cases(2000))]

        /// What tells beforehand where no name begins, and which it can be, loses none, but where a sign may be a letter or none.
        #[test]
        fn no_name_is_passed_over(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 1..24)) {
            let (_, scanner) = &*KNOWN;
            let guide = crate::guide::parse(&Source::new("guide.md", pieces.concat()));
            let mut units = Vec::new();
            disguise::units(&guide, Stretch::new(0, guide.prose.len()), &mut units);
            let mut found = Vec::new();
            let signed = |at: usize| units[at..].iter().skip(1).take(20).any(|it| matches!(it.c, '@' | '$' | '!' | '|'));
            for at in (0..units.len()).filter(|at| !signed(*at)) {
                scanner.channels().at(&units, at, &mut found);
                prop_assert_eq!(&found, &scanner.channels().at_by_all(&units, at), "at {} of {:?}", at, guide.prose.as_str());
            }
        }

        /// Reading only the blocks in which the scan saw a contact begin loses none.
        #[test]
        fn no_block_with_a_contact_is_passed_over(pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 1..24)) {
            let (knowledge, scanner) = &*KNOWN;
            let guide = crate::guide::parse(&Source::new("guide.md", pieces.concat()));
            let (_, begun) = scanner.scan_for(guide.prose.as_str(), Believed::everything());
            let everywhere = (0..guide.prose.as_str().len() as u32).collect();
            prop_assert_eq!(found(&guide, scanner, knowledge, begun), found(&guide, scanner, knowledge, everywhere));
        }
    }
}
