//! What a number is, told by the table of numbering plans: the same as the engine says, step by step as the engine does it,
//! without a single regular expression. Where the table does not say enough, it is unsure, and the engine is asked.

use smol_str::{SmolStr, SmolStrBuilder};

use super::{NumberFault, NumberKind, PhoneNumber};
use crate::knowledge::{NO_COUNTRY, NumberPlan, PlanLength};

/// What the table says of digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Issued {
    /// A plan can issue this number.
    Yes(PhoneNumber),
    /// No plan can.
    No(Unissued),
    /// The engine has to say.
    Unsure,
}

/// A number that its plan cannot issue, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unissued {
    /// All digits that are dialled from anywhere, with `+`.
    pub e164: SmolStr,
    /// Why not.
    pub fault: NumberFault,
}

/// Longest national significant number the engine takes.
const LONGEST: usize = 17;

/// Reads digits (with `+` when international) as a number of `region` (ISO 3166-1 alpha-2).
pub fn issued(digits: &str, region: Option<&str>) -> Issued {
    let Some((home, significant)) = split(digits, region) else { return Issued::Unsure };
    match line(home.calling_code, significant) {
        Some((plan, kind)) => Issued::Yes(PhoneNumber {
            e164: plus(plan.calling_code, significant),
            calling_code: SmolStr::new_static(plan.calling_code),
            region: (plan.region != NO_COUNTRY).then_some(SmolStr::new_static(plan.region)),
            kind,
            national: significant.into(),
        }),
        None => Issued::No(Unissued {
            e164: plus(home.calling_code, significant),
            fault: fault(home.calling_code, significant.len()),
        }),
    }
}

fn plus(calling_code: &str, significant: &str) -> SmolStr {
    let mut e164 = SmolStrBuilder::new();
    ["+", calling_code, significant].into_iter().for_each(|it| e164.push_str(it));
    e164.finish()
}

/// The main plan by which digits are read, and the national significant number; none where the engine has to say.
pub(super) fn split<'d>(digits: &'d str, region: Option<&str>) -> Option<(&'static NumberPlan, &'d str)> {
    let bare = digits.strip_prefix('+').unwrap_or(digits);
    if !bare.bytes().all(|it| it.is_ascii_digit()) || !(4..=LONGEST + 3).contains(&bare.len()) {
        return None;
    }
    let (home, national) = match bare.len() < digits.len() {
        true => abroad(bare)?,
        false => at_home(bare, region?)?,
    };
    let significant = significant(home, national)?;
    (2..=LONGEST).contains(&significant.len()).then_some((home, significant))
}

/// Whether a national number of the calling code of a main plan is issued as it stands; none where the engine has to say.
pub(super) fn is_issued(main: &NumberPlan, national: &str) -> Option<bool> {
    let plans = NumberPlan::of_code(main.calling_code);
    if !plans.iter().any(|it| it.has_length(national.len())) {
        return Some(false);
    }
    Some(significant(main, national)? == national && line(main.calling_code, national).is_some())
}

/// Whether the calling code of a main plan has a number that begins with `lead` and goes on with `more` digits that are all
/// the same; none where the engine has to say.
pub(super) fn is_filled(main: &NumberPlan, lead: &str, more: usize) -> Option<bool> {
    let plans = NumberPlan::of_code(main.calling_code);
    let mut digits = String::with_capacity(lead.len() + more);
    for plan in plans.iter().filter(|it| it.has_length(lead.len() + more)) {
        for (fill, _) in plan.lines.filled(lead, more).filter(|(_, letter)| kind(*letter).is_some()) {
            digits.clear();
            digits.push_str(lead);
            digits.extend(std::iter::repeat_n(char::from(fill), more));
            if is_issued(main, &digits)? {
                return Some(true);
            }
        }
    }
    Some(false)
}

/// Why no number of a calling code has as many digits, or, where some have, is none: by the lengths of its main plan.
fn fault(calling_code: &str, digits: usize) -> NumberFault {
    let Some(main) = NumberPlan::of_code(calling_code).first() else { return NumberFault::UnknownCallingCode };
    let region = (main.region != NO_COUNTRY).then_some(SmolStr::new_static(main.region));
    match main.length(digits) {
        PlanLength::Right | PlanLength::Local => NumberFault::Unassigned { region },
        PlanLength::TooShort => NumberFault::TooShort { region, digits, least: main.lengths().min() },
        PlanLength::TooLong => NumberFault::TooLong { region, digits, most: main.lengths().max() },
        PlanLength::Wrong => NumberFault::WrongLength { region, digits },
    }
}

/// The main plan of the calling code that begins the digits, and the digits after it.
fn abroad(digits: &str) -> Option<(&'static NumberPlan, &str)> {
    (1..=3).find_map(|length| {
        let (code, national) = digits.split_at_checked(length)?;
        NumberPlan::of_code(code).first().map(|plan| (plan, national))
    })
}

/// The plan by which digits without `+` are read, and the digits without what calls abroad.
fn at_home<'d>(digits: &'d str, region: &str) -> Option<(&'static NumberPlan, &'d str)> {
    let home = NumberPlan::of_region(region)?;
    let mut ends = home.international_prefix.letters(digits).enumerate().filter(|(_, letter)| *letter == TAKEN_OFF);
    match (ends.next(), ends.next()) {
        // No calling code begins with a zero.
        (Some((end, _)), None) if !digits[end..].starts_with('0') => return abroad(&digits[end..]),
        // One prefix begins another: the table does not say which of them counts.
        (Some(_), Some(_)) => return None,
        _ => {}
    }
    // The calling code may be written without `+`: it is one where only the rest is a number, or all would be too long.
    if let Some(rest) = digits.strip_prefix(home.calling_code) {
        let rest = without_national_prefix(home, rest)?;
        let better = home.lines.letter(digits).is_none() && home.lines.letter(rest).is_some();
        if better || home.length(digits.len()) == PlanLength::TooLong {
            return NumberPlan::of_code(home.calling_code).first().map(|main| (main, rest));
        }
    }
    Some((home, digits))
}

/// The national significant number: the prefix is taken off unless what is left is too short to be a number.
fn significant<'d>(home: &NumberPlan, national: &'d str) -> Option<&'d str> {
    let rest = without_national_prefix(home, national)?;
    match home.length(rest.len()) {
        PlanLength::Right | PlanLength::TooLong => Some(rest),
        PlanLength::Local | PlanLength::TooShort | PlanLength::Wrong => Some(national),
    }
}

/// Letters of prefixes: taken off; the rest is rewritten; rewritten if no digit follows; that, or else taken off.
const TAKEN_OFF: u8 = b'p';
const REWRITTEN: u8 = b'c';
const REWRITTEN_AT_END: u8 = b'e';
const EITHER: u8 = b'b';

/// The number without the prefix that is dialled inside its country, unless only the whole is of the plan's pattern. `None`
/// where the prefix does not go but turns into something else.
fn without_national_prefix<'d>(home: &NumberPlan, number: &'d str) -> Option<&'d str> {
    let mut end = 0;
    for (length, letter) in home.national_prefix.letters(number).enumerate() {
        match letter {
            REWRITTEN => return None,
            REWRITTEN_AT_END | EITHER if length == number.len() => return None,
            TAKEN_OFF | EITHER => end = length,
            _ => {}
        }
    }
    let rest = &number[end..];
    let keep = end > 0 && home.lines.letter(number).is_some() && home.lines.letter(rest).is_none();
    Some(if keep { number } else { rest })
}

/// The plan a number of this calling code belongs to, and what kind of line it is there.
pub(super) fn line(calling_code: &str, significant: &str) -> Option<(&'static NumberPlan, NumberKind)> {
    let plans = NumberPlan::of_code(calling_code);
    plans
        .iter()
        .find_map(|plan| {
            let kind = plan.lines.letter(significant).and_then(kind);
            let its =
                kind.is_some() || plans.len() > 1 && plan.leading_digits.letters(significant).any(|it| it == TAKEN_OFF);
            its.then_some((plan, kind))
        })
        .and_then(|(plan, kind)| Some((plan, kind?)))
}

/// The kind a letter of a plan stands for; none for numbers that are only of the general pattern.
fn kind(letter: u8) -> Option<NumberKind> {
    Some(match letter {
        b'f' => NumberKind::FixedLine,
        b'm' => NumberKind::Mobile,
        b'x' => NumberKind::FixedLineOrMobile,
        b't' => NumberKind::TollFree,
        b'p' => NumberKind::PremiumRate,
        b's' => NumberKind::SharedCost,
        b'v' => NumberKind::Voip,
        b'n' => NumberKind::Personal,
        b'a' => NumberKind::Pager,
        b'u' => NumberKind::Uan,
        b'w' => NumberKind::Voicemail,
        _ => return None,
    })
}
