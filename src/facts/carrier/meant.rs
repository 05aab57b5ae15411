//! Names that are ordinary words: which of them mean the carrier.

use super::CarrierMention;
use crate::facts::Subject;
use crate::facts::{Facts, Surroundings};
use crate::guide::{Guide, Stretch};
use crate::knowledge::{CarrierRef, CueSet};

/// How near a word of telecom must stand to an ordinary word to make it a carrier.
const NEAR: u32 = 40;

/// Keeps of the doubtful mentions those that stand in the carrier's country beside something that speaks of carriers.
pub(super) fn keep(
    guide: &Guide,
    subject: &Subject,
    facts: &Facts,
    mentions: &mut Vec<CarrierMention>,
    doubtful: &[usize],
) {
    let sure: Vec<Stretch> = mentions
        .iter()
        .enumerate()
        .filter(|(at, it)| !doubtful.contains(at) && (!it.ids.is_empty() || is_here(subject, it)))
        .map(|(_, it)| it.at)
        .collect();
    let begins: Vec<u32> = mentions
        .iter()
        .enumerate()
        .filter(|(at, it)| !doubtful.contains(at) && begins_item(guide, it))
        .filter_map(|(_, it)| Some(guide.blocks[it.block as usize].item?.list))
        .collect();
    let meant: Vec<bool> = mentions
        .iter()
        .enumerate()
        .map(|(at, it)| {
            !doubtful.contains(&at) || (is_here(subject, it) && speaks_of_carriers(guide, facts, it, &sure, &begins))
        })
        .collect();
    let mut keep = meant.into_iter();
    mentions.retain(|_| keep.next().unwrap_or(false));
}

fn is_here(subject: &Subject, mention: &CarrierMention) -> bool {
    mention.who.iter().any(|who| match who {
        CarrierRef::Curated(country, _) => subject.country.as_deref() == Some(country),
        CarrierRef::Generated(region, _) => subject.country.as_deref() == Some(region),
    })
}

fn speaks_of_carriers(guide: &Guide, facts: &Facts, it: &CarrierMention, sure: &[Stretch], lists: &[u32]) -> bool {
    if is_number_word(guide, facts, it) {
        return false;
    }
    let around = Surroundings::of(guide, it.block, it.at);
    let says = |unit: Stretch| facts.has_cue(CueSet::Operator, unit) || super::within(sure, unit).next().is_some();
    let own = guide.blocks[it.block as usize];
    let beside =
        Stretch::new(it.at.start.saturating_sub(NEAR).max(own.prose.start), (it.at.end + NEAR).min(own.prose.end));
    let telecom = [CueSet::Telecom, CueSet::Operator, CueSet::Hotline, CueSet::Network];
    around.near().any(says)
        || around.lead.is_some_and(says)
        || around.column.is_some_and(says)
        || (around.heading.is_some_and(says) && (begins_item(guide, it) || own.cell.is_some()))
        || telecom.iter().any(|set| facts.has_cue(*set, beside))
        || (begins_item(guide, it) && own.item.is_some_and(|item| lists.contains(&item.list)))
        || number_follows(guide, it)
}

/// "Three operators", "Two of them": a number, though the word is a name too.
fn is_number_word(guide: &Guide, facts: &Facts, it: &CarrierMention) -> bool {
    let counts = [CueSet::Two, CueSet::Three, CueSet::Four, CueSet::Five].iter().any(|set| facts.has_cue(*set, it.at));
    let rest = guide.prose.as_str()[it.at.end as usize..].trim_start_matches(' ');
    counts && rest.chars().next().is_some_and(char::is_lowercase)
}

/// Whether a mention begins a list item.
pub(super) fn begins_item(guide: &Guide, it: &CarrierMention) -> bool {
    let block = &guide.blocks[it.block as usize];
    block.item.is_some()
        && !guide.text(Stretch::new(block.prose.start, it.at.start)).contains(|c: char| c.is_alphanumeric())
}

/// "Orange 3900", "Salt: 0800 …".
fn number_follows(guide: &Guide, it: &CarrierMention) -> bool {
    let rest = &guide.prose.as_str()[it.at.end as usize..];
    let rest = rest.trim_start_matches([' ', ':', '：', '–', '—', '-', '(', '（', '+', '*', '#']);
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    let unit = rest[digits..].trim_start().chars().next();
    digits >= 3 && !unit.is_some_and(|c| matches!(c, '€' | '$' | '£' | '%' | '¥' | '元' | '年'))
}
