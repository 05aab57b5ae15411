//! Accounts as people write them: `@name`, `name_88`, digits, telephone numbers, e-mail addresses.

use super::Disguise;
use super::disguise::{Kind, Unit};
use super::names::{Names, dot};
use crate::host;
use crate::knowledge::{Channel, HandleShape};

/// An account found.
#[derive(Clone, Debug)]
pub(super) struct Account {
    pub from: usize,
    pub to: usize,
    /// As it would be typed: disguises undone.
    pub text: String,
    pub disguise: Option<Disguise>,
    /// A colon, an arrow or a word such as "ID" introduces it.
    pub labelled: bool,
}

/// Units looked at between a name and its account.
const REACH: usize = 28;
/// Connecting words between a name and its account.
const MOST_CONNECTORS: usize = 4;

/// The account that follows a name which ends before unit `from`.
pub(super) fn after(units: &[Unit], from: usize, names: &Names, channel: &Channel, ambiguous: bool) -> Option<Account> {
    let mut at = from;
    let mut labelled = false;
    let mut connectors = 0;
    while at < units.len() && at - from <= REACH {
        let unit = units[at];
        if unit.kind == Kind::Break {
            return None;
        }
        let joined = at > from && units[at - 1].kind == Kind::Word;
        if let Some(sign) = at_sign(units, at)
            && !joined
        {
            return at_word(units, at, sign, channel.min.clamp(3, 5), channel.max.max(20))
                .map(|it| Account { labelled: true, ..it });
        }
        if unit.kind == Kind::Gap && !(unit.c == '+' && next_is_digit(units, at)) {
            if ends(units, at) {
                return None;
            }
            labelled |= matches!(unit.c, ':' | '=' | '→' | '➡' | '👉' | '>' | '》' | '】' | '┃' | '|');
            at += 1;
            continue;
        }
        let close = connectors == 0 && at - from <= 4;
        let shaped = match channel.handle {
            HandleShape::Digits => digits(units, at, channel.min, channel.max),
            HandleShape::Phone => phone(units, at, channel.min, channel.max),
            HandleShape::Word | HandleShape::AtWord => word(units, at, channel.min, channel.max, labelled)
                .or_else(|| phone(units, at, 8, 15).filter(|_| channel.handle == HandleShape::Word)),
            HandleShape::Email => None,
        };
        // A name that is also a word needs its account at once, and a sign that says so.
        let dialled = unit.c == '+' || unit.c == '0' || at > from && units[at - 1].c == '(';
        let trusted =
            !ambiguous || labelled || connectors > 0 || (close && (channel.handle != HandleShape::Phone || dialled));
        let named = |it: &Account| match channel.handle {
            HandleShape::AtWord => (labelled || it.text.contains('_')) && !is_flight(&it.text),
            _ => true,
        };
        let shaped = shaped.filter(|it| trusted && named(it));
        if let Some(account) = shaped {
            return Some(Account { labelled, ..account });
        }
        let next = names.connector(units, at).filter(|_| connectors < MOST_CONNECTORS)?;
        connectors += 1;
        labelled |= matches!(unit.kind, Kind::Dense) || is_id(units, at, next);
        at = next;
    }
    None
}

/// The number of a flight or the registration of an aircraft: 飞机 is an aeroplane, too.
fn is_flight(text: &str) -> bool {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_alphabetic()).trim_start_matches('-');
    let letters = text.len() - digits.len();
    text.contains('-') || letters <= 3 && digits.len() <= 4 && digits.bytes().all(|it| it.is_ascii_digit())
}

fn is_id(units: &[Unit], from: usize, to: usize) -> bool {
    to - from == 2 && units[from].c == 'i' && units[from + 1].c == 'd'
}

/// Whether a sentence or a clause ends here.
fn ends(units: &[Unit], at: usize) -> bool {
    match units[at].c {
        '。' | '！' | '？' | '!' | '?' | ';' | '；' | '，' | '؟' => true,
        ',' | '.' => units.get(at + 1).is_none_or(|it| it.kind != Kind::Word),
        _ => false,
    }
}

fn next_is_digit(units: &[Unit], at: usize) -> bool {
    units.get(at + 1).is_some_and(|it| it.c.is_ascii_digit())
}

/// What an "at" begins with.
pub(super) const AT_SIGNS: [char; 10] = ['@', '＠', '﹫', '[', '(', '{', '<', '（', '【', '艾'];

/// Whether an "at" may begin with a character.
#[inline]
pub(super) fn may_be_at_sign(c: char) -> bool {
    AT_SIGNS.contains(&c)
}

/// Whether characters begin with an "at", to the letter that tells.
pub(super) fn begins_at_sign(mut seen: impl Iterator<Item = char>) -> bool {
    match seen.next() {
        Some('@' | '＠' | '﹫') => true,
        Some('[' | '(' | '{' | '<' | '（' | '【') => match seen.next() {
            Some('a') => seen.next() == Some('t'),
            second => second == Some('@'),
        },
        Some('艾') => seen.next() == Some('特'),
        _ => false,
    }
}

/// Where an "at" that begins here ends: `@`, `＠`, `[at]`, `(at)`, 艾特.
pub(super) fn at_sign(units: &[Unit], at: usize) -> Option<usize> {
    match units.get(at)?.c {
        '@' | '＠' | '﹫' => Some(at + 1),
        '[' | '(' | '{' | '<' | '（' | '【' => {
            let inside = |n: usize, c: char| units.get(at + n).is_some_and(|it| it.c == c);
            let word = (inside(1, 'a') && inside(2, 't')).then_some(at + 3).or(inside(1, '@').then_some(at + 2))?;
            let closes = units.get(word).is_some_and(|it| matches!(it.c, ']' | ')' | '}' | '>' | '）' | '】'));
            closes.then_some(word + 1)
        }
        '艾' => units.get(at + 1).is_some_and(|it| it.c == '特').then_some(at + 2),
        _ => None,
    }
}

fn is_name(unit: &Unit) -> bool {
    unit.c.is_ascii_alphanumeric() || unit.c == '_'
}

/// `@name`, whose sign stands at `from` and ends at `after`.
pub(super) fn at_word(units: &[Unit], from: usize, after: usize, min: usize, max: usize) -> Option<Account> {
    let mut at = after;
    if units.get(at).is_some_and(|it| it.c == ' ') {
        at += 1;
    }
    let (end, text) = run(units, at)?;
    let letters = text.bytes().any(|it| it.is_ascii_alphabetic());
    let next = units.get(end).map(|it| it.c);
    // `@scope/package`, `@host.example`, `@param {…}`
    let other = matches!(next, Some('/' | '{' | '(' | '=' | '[' | '\\'))
        || next == Some('.') && units.get(end + 1).is_some_and(|it| it.kind == Kind::Word);
    if !letters || other || !(min..=max).contains(&text.chars().count()) {
        return None;
    }
    let sign = (after - from > 1 && units[from].c != '@').then_some(Disguise::Words);
    Some(Account {
        from,
        to: end,
        disguise: sign.or_else(|| disguise(units, at, end)),
        text: format!("@{text}"),
        labelled: false,
    })
}

/// Letters and digits of an account, together or each apart by one and the same sign.
fn run(units: &[Unit], at: usize) -> Option<(usize, String)> {
    let together: String =
        units[at.min(units.len())..].iter().take(72).take_while(|it| is_name(it)).map(|it| it.c).collect();
    let length = together.chars().count();
    if length != 1 {
        return (length > 1).then_some((at + length, together));
    }
    let separator = units.get(at + 1).filter(|it| matches!(it.c, ' ' | '.' | '-' | '·' | '*' | '_' | '|'))?.c;
    let mut text = together;
    let mut end = at + 1;
    while units.get(end).is_some_and(|it| it.c == separator)
        && units.get(end + 1).is_some_and(is_name)
        && units.get(end + 2).is_none_or(|it| it.kind != Kind::Word && !is_name(it))
        && text.len() < 40
    {
        text.push(units[end + 1].c);
        end += 2;
    }
    (text.len() >= 4).then_some((end, text))
}

/// How the units of an account are disguised.
fn disguise(units: &[Unit], from: usize, to: usize) -> Option<Disguise> {
    let there = units.get(from..to)?;
    let mixed =
        there.iter().any(|it| it.lookalike) && there.iter().any(|it| !it.lookalike && it.c.is_ascii_alphabetic());
    let invisible = there.windows(2).any(|pair| pair[0].end < pair[1].at);
    let apart = there.len() > 5 && there[1..].iter().step_by(2).all(|it| it.kind == Kind::Gap);
    match () {
        () if invisible => Some(Disguise::Invisible),
        () if mixed || there.iter().all(|it| it.lookalike) => Some(Disguise::Lookalike),
        () if apart => Some(Disguise::Spaced),
        () => None,
    }
}

/// A name that cannot be an ordinary word: it has a digit or a line in it, or stands alone behind a colon.
fn word(units: &[Unit], at: usize, min: usize, max: usize, labelled: bool) -> Option<Account> {
    if at > 0 && is_name(&units[at - 1]) {
        return None;
    }
    let mut end = at;
    let mut text = String::new();
    while let Some(unit) = units.get(end).filter(|it| (is_name(it) || it.c == '-') && text.len() < 64) {
        text.push(unit.c);
        end += 1;
    }
    if text.len() == 1 {
        (end, text) = run(units, at)?;
    }
    let next = units.get(end);
    let after = units.get(end + 1);
    let goes_on = matches!(next.map(|it| it.c), Some('/' | '@' | '%' | '+' | '°'))
        || matches!(next.map(|it| it.c), Some('.' | ':'))
            && after.is_some_and(|it| it.kind == Kind::Word || it.c == '/');
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if !(min..=max).contains(&text.len()) || goes_on || letters == 0 || !text.as_bytes()[0].is_ascii_alphabetic() {
        return None;
    }
    // "gb", "mbps": an amount, not a name.
    let marked = digits > 0 || text.contains(['_', '-']) && letters > 0 && digits + letters > 0 && text.contains('_');
    let alone = next.is_none_or(|it| it.kind == Kind::Break || it.kind == Kind::Dense || it.c == '\n')
        || next.is_some_and(|it| it.kind == Kind::Gap) && after.is_none_or(|it| it.kind != Kind::Word);
    (marked || labelled && alone).then(|| Account {
        from: at,
        to: end,
        disguise: disguise(units, at, end),
        text,
        labelled,
    })
}

/// Digits in one row, or each apart.
fn digits(units: &[Unit], at: usize, min: usize, max: usize) -> Option<Account> {
    number(units, at, min, max, 1)
}

/// A telephone number as people group it.
fn phone(units: &[Unit], at: usize, min: usize, max: usize) -> Option<Account> {
    number(units, at, min, max, 2)
}

fn number(units: &[Unit], at: usize, min: usize, max: usize, widest: usize) -> Option<Account> {
    let mut text = String::new();
    let mut place = at;
    let mut end = at;
    let mut gap = 0;
    while let Some(unit) = units.get(place) {
        match unit.c {
            '0'..='9' => {
                text.push(unit.c);
                end = place + 1;
                gap = 0;
            }
            '+' if text.is_empty() => text.push('+'),
            ' ' | '-' | '.' | '(' | ')' | '·' | '\u{2010}'..='\u{2015}' if gap < widest => gap += 1,
            _ => break,
        }
        if text.len() > max + 1 {
            return None;
        }
        place += 1;
    }
    let count = text.trim_start_matches('+').len();
    let unit = units.get(end).is_some_and(|it| {
        it.kind == Kind::Word
            || matches!(
                it.c,
                '元' | '年' | '月' | '日' | '万' | '人' | '个' | '分' | '%' | '$' | '€' | '次' | '条' | '兆' | '米'
            )
    });
    (count >= min && count <= max && !unit).then(|| Account {
        from: at,
        to: end,
        disguise: disguise(units, at, end),
        text,
        labelled: false,
    })
}

/// The account in the path of a disguised address that begins at `at`: `/name`, ` / +AbC`.
pub(super) fn in_path(units: &[Unit], at: usize) -> Option<Account> {
    let mut place = at;
    while units.get(place).is_some_and(|it| it.c == ' ') && place - at < 2 {
        place += 1;
    }
    let slash = units.get(place)?;
    place += match slash.c {
        '/' | '⁄' | '∕' => 1,
        '斜' => 2,
        _ => return None,
    };
    while units.get(place).is_some_and(|it| matches!(it.c, ' ' | '@' | '+')) && place - at < 6 {
        place += 1;
    }
    let mut end = place;
    while units.get(end).is_some_and(|it| is_name(it) || matches!(it.c, '/' | '-' | '+')) && end - place < 64 {
        end += 1;
    }
    let text: String = units[place..end].iter().map(|it| it.c).collect();
    (text.len() >= 3).then_some(Account { from: place, to: end, text, disguise: None, labelled: true })
}

/// The e-mail address around the "at" at `sign`, which ends at `after`.
pub(super) fn email(units: &[Unit], sign: usize, after: usize) -> Option<Account> {
    let mut from = sign;
    let spaced = units.get(sign.checked_sub(1)?)?.c == ' ';
    if spaced {
        // `name @ host` is a way to write it only where the sign is a word: `name [at] host`.
        (after - sign > 1).then_some(())?;
        from -= 1;
    }
    let last = from;
    while from > 0 && last - from < 64 {
        let unit = &units[from - 1];
        let part = is_name(unit) || matches!(unit.c, '.' | '-' | '+' | '%') && from < last;
        if !part {
            break;
        }
        from -= 1;
    }
    if from == last {
        return None;
    }
    let mut place = after;
    if spaced && units.get(place).is_some_and(|it| it.c == ' ') {
        place += 1;
    }
    let mut domain = String::new();
    let mut to = place;
    let mut plain = !spaced && after - sign == 1;
    for _ in 0..6 {
        let start = place;
        while units.get(place).is_some_and(|it| (is_name(it) || it.c == '-') && place - start < 64) {
            domain.push(units[place].c);
            place += 1;
        }
        if place == start {
            break;
        }
        to = place;
        let Some(end) = dot(units, place) else { break };
        if !units.get(end).is_some_and(is_name) {
            break;
        }
        plain &= end == place + 1 && units[place].c == '.';
        domain.push('.');
        place = end;
    }
    let domain = domain.trim_end_matches('.');
    if !host::has_known_suffix(domain) {
        return None;
    }
    let local: String = units[from..last].iter().map(|it| it.c).collect();
    let hidden = disguise(units, from, last).or_else(|| disguise(units, after, to));
    Some(Account {
        from,
        to,
        text: format!("{local}@{domain}"),
        disguise: if plain { hidden } else { Some(Disguise::Words) },
        labelled: false,
    })
}
