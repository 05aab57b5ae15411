//! For whom a number is given, and whether it is given to anybody.

use super::{NumberForm, NumberMention};
use crate::facts::{Facts, Surroundings};
use crate::guide::{Guide, Stretch};
use crate::knowledge::CueSet;

/// "From abroad: X", a column of such numbers, "X (from abroad)": the words stand before the number, or first in the brackets behind
/// it. "X (also from abroad)" is for everybody.
pub(super) fn is_from_elsewhere(guide: &Guide, facts: &Facts, around: &Surroundings, at: Stretch) -> bool {
    /// Characters between the words and a number before them: " (".
    const BEHIND: usize = 3;
    const SETS: [CueSet; 2] = [CueSet::Abroad, CueSet::OtherNetworks];
    let cues = |place: Stretch| SETS.into_iter().flat_map(move |set| facts.cues_in(set, place)).map(|cue| cue.at);
    let gap = |from: u32, to: u32| guide.prose.text(Stretch::new(from.min(to), to));
    around.column.is_some_and(|it| cues(it).next().is_some())
        || around.unit.iter().any(|unit| {
            cues(*unit).any(|cue| match cue.end <= at.start {
                true => true,
                false => cue.start >= at.end && gap(at.end, cue.start).chars().count() <= BEHIND,
            })
        })
}

/// "To reach 020 7183 8750 from abroad, dial +44 …": one number in two forms in one sentence, of nobody and for nothing, shows how
/// to dial.
pub(super) fn show_how_to_dial(guide: &Guide, numbers: &mut [NumberMention]) {
    for at in 1..numbers.len() {
        let [.., one, other] = &mut numbers[..=at] else { continue };
        let forms = [one.form, other.form];
        let both = forms.contains(&NumberForm::National) && forms.contains(&NumberForm::International);
        let same = both && one.block == other.block && one.e164.is_some() && one.e164 == other.e164;
        let plain = |it: &NumberMention| it.carrier.is_none() && !it.hotline;
        // "Contact: X (+44 …)" gives a number twice.
        let text = guide.prose.as_str();
        let labelled = text[..one.at.start as usize].trim_end().ends_with([':', '：'])
            || text[one.at.end as usize..].trim_start().starts_with(['(', '（']);
        if same
            && !labelled
            && plain(one)
            && plain(other)
            && Surroundings::sentence_of(guide, one.block, one.at).contains(other.at)
        {
            (one.example, other.example) = (true, true);
        }
    }
}
