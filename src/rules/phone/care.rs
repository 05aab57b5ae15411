//! What the phone rules share: numbers that carriers are known to publish.

use std::sync::Arc;

use crate::diagnostic::{Argument, Citation, Message, Wording};
use crate::facts::{NumberMention, is_published};
use crate::knowledge::Carrier;
use crate::rule::Context;

pub(super) static KNOWN_CARE: Wording = Wording::new(
    "phone/known-care",
    "{carrier} publishes these care numbers: {numbers}",
    "{carrier} 公布的客服号码：{numbers}",
);

/// Whether a number is one that a carrier of the guide's country publishes, or an emergency number there.
pub(super) fn is_known(cx: &Context<'_>, number: &NumberMention) -> bool {
    cx.country().is_some_and(|country| is_published(number, country))
}

/// The carrier a number is given for, as it is called today, with the record the guide names.
pub(super) fn given_for<'a>(cx: &Context<'a>, number: &NumberMention) -> Option<(&'a Carrier, &'a Carrier)> {
    let mention = cx.facts.carriers.get(number.carrier? as usize)?;
    let named = cx.knowledge.carrier(mention.id()?)?;
    let today = cx.knowledge.succession(named).pop()?;
    Some((named, today))
}

/// The care numbers of a carrier as an argument, and their sources.
pub(super) fn care_numbers(carrier: &Carrier) -> Option<(Message, Vec<Arc<Citation>>)> {
    if carrier.care.is_empty() {
        return None;
    }
    let numbers: Argument = carrier.care.iter().map(|it| it.number.as_str()).collect();
    let mut sources: Vec<Arc<Citation>> = Vec::new();
    for source in carrier.care.iter().flat_map(|it| &it.sources) {
        if !sources.contains(source) {
            sources.push(source.clone());
        }
    }
    let message = Message::new(&KNOWN_CARE).with("carrier", carrier.display_name()).with("numbers", numbers);
    Some((message, sources))
}
