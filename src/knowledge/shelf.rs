//! Literals by what decides whether they count in a guide: a guide in one language asks for few of the shelves, and the others
//! stay packed.

use std::ops::Deref;
use std::sync::Arc;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Literal, Owner, Packed};
use crate::text::{Class, class, fold};

/// In which guides a word counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reach {
    /// In all.
    Everywhere,
    /// In those that speak its language, and where it is in letters which the guide's own language has not.
    StandingOut,
    /// In those that speak its language.
    Spoken,
    /// In the same; countries stand on shelves of their own, since they are looked up by name as well.
    SpokenCountry,
}

/// Literals of one language and reach.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Shelf {
    /// Index into [`super::Lexicon::languages`].
    pub language: u8,
    /// Where they count.
    pub reach: Reach,
    /// In the order in which they were added.
    pub literals: Packed<Literals>,
}

impl Shelf {
    /// Puts a literal where it belongs, on a shelf of its own if there is none.
    pub fn add(shelves: &mut Vec<Arc<Shelf>>, literal: Literal) {
        let (language, reach) = (literal.language, literal.owner.reach());
        let fits = |it: &Shelf| it.language == language && it.reach == reach && it.literals.len() < LiteralId::PLACES;
        let at = shelves.iter().position(|it| fits(it)).unwrap_or_else(|| {
            shelves.push(Arc::new(Shelf { language, reach, literals: Packed::default() }));
            shelves.len() - 1
        });
        Arc::make_mut(&mut shelves[at]).literals.to_mut().push(literal);
    }
}

/// Where a literal lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LiteralId {
    /// Its shelf in the highest ten bits, its place there in the others.
    packed: u32,
}

impl LiteralId {
    const PLACE_BITS: u32 = 22;
    /// As many literals lie on a shelf at most.
    const PLACES: usize = 1 << LiteralId::PLACE_BITS;

    /// The literal at a place of a shelf, both counted from zero.
    pub fn new(shelf: usize, place: usize) -> LiteralId {
        LiteralId { packed: (shelf as u32) << LiteralId::PLACE_BITS | place as u32 }
    }

    /// The literal, as it lies on these shelves.
    pub fn of(self, shelves: &[Arc<Shelf>]) -> &Literal {
        let place = self.packed as usize % LiteralId::PLACES;
        &shelves[(self.packed >> LiteralId::PLACE_BITS) as usize].literals[place]
    }
}

/// Literals that are written with all their texts as one, which is read at once; and as they are compared, which the build has worked
/// out, for a start looks at twelve thousand of them.
#[derive(Clone, Debug, Default)]
pub struct Literals {
    list: Vec<Literal>,
    /// All of them folded, one after another.
    folded: String,
    /// Where each ends there.
    ends: Vec<u32>,
}

impl Literals {
    /// The literal at a place as it is compared, without what shows nothing.
    pub fn folded(&self, place: usize) -> &str {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.folded[start..self.ends[place] as usize]
    }

    fn push(&mut self, literal: Literal) {
        let seen = literal.text.chars().filter(|c| class(*c) != Class::Mark);
        self.folded.extend(seen.map(fold));
        self.ends.push(self.folded.len() as u32);
        self.list.push(literal);
    }
}

impl Deref for Literals {
    type Target = [Literal];

    fn deref(&self) -> &[Literal] {
        &self.list
    }
}

/// The text and the folded one, and for each literal its bytes in both and the rest of it.
type Written<T> = (T, T, Vec<(u32, u32, Owner, u8, bool, bool)>);

impl Serialize for Literals {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text: String = self.iter().map(|it| it.text.as_str()).collect();
        let lengths = (0..self.len()).map(|at| self.folded(at).len() as u32);
        let rest = self
            .iter()
            .zip(lengths)
            .map(|(it, folded)| (it.text.len() as u32, folded, it.owner, it.language, it.open_ended, it.exact));
        let written: Written<&str> = (&text, &self.folded, rest.collect());
        written.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Literals {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Literals, D::Error> {
        let (text, folded, rest) = Written::<&str>::deserialize(deserializer)?;
        let (mut from, mut end) = (0, 0);
        let mut ends = Vec::with_capacity(rest.len());
        let literal = |(length, folded, owner, language, open_ended, exact)| {
            let to = from + length as usize;
            let text = text.get(from..to)?.into();
            from = to;
            end += folded;
            ends.push(end);
            Some(Literal { text, owner, language, open_ended, exact })
        };
        let list = rest.into_iter().map(literal).collect::<Option<Vec<_>>>();
        let list = list
            .filter(|_| end as usize == folded.len() && ends.iter().all(|it| folded.is_char_boundary(*it as usize)));
        let whole = list.map(|list| Literals { list, folded: folded.to_owned(), ends });
        whole.ok_or_else(|| D::Error::custom("literals without text"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::CueSet;

    #[test]
    fn a_literal_lies_where_its_language_and_reach_say() {
        let literal = |text: &str, owner, language| Literal {
            text: text.into(),
            owner,
            language,
            open_ended: false,
            exact: false,
        };
        let mut shelves = Vec::new();
        Shelf::add(&mut shelves, literal("Wave", Owner::Carrier(0, false), 0));
        Shelf::add(&mut shelves, literal("hotline", Owner::Cue(CueSet::Hotline), 1));
        Shelf::add(&mut shelves, literal("热线", Owner::Cue(CueSet::Hotline), 2));
        Shelf::add(&mut shelves, literal("SIM", Owner::Object, 1));
        Shelf::add(&mut shelves, literal("Tide", Owner::Carrier(1, false), 0));
        let lying: Vec<(Reach, usize)> = shelves.iter().map(|it| (it.reach, it.literals.len())).collect();
        assert_eq!(lying, [(Reach::Everywhere, 2), (Reach::Spoken, 2), (Reach::Spoken, 1)]);
        for (shelf, place, text) in [(0, 1, "Tide"), (1, 1, "SIM"), (2, 0, "热线")] {
            assert_eq!(LiteralId::new(shelf, place).of(&shelves).text, text);
        }
    }
}
