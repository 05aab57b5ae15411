//! What the phone rules share: numbers that carriers are known to publish.

use std::sync::Arc;

use crate::diagnostic::{Argument, Citation, Message, Wording};
use crate::facts::{NumberMention, PhoneNumber, folded};
use crate::knowledge::{Carrier, Country};
use crate::rule::Context;

pub(super) static KNOWN_CARE: Wording = Wording::new(
    "phone/known-care",
    "{carrier} publishes these care numbers: {numbers}",
    "{carrier} 公布的客服号码：{numbers}",
);

/// The carrier a number is given for, as it is called today, with the record the guide names.
pub(super) fn given_for<'a>(cx: &Context<'a>, number: &NumberMention) -> Option<(&'a Carrier, &'a Carrier)> {
    let mention = cx.facts.carriers.get(number.carrier? as usize)?;
    let named = cx.knowledge.carrier(mention.id()?)?;
    let today = cx.knowledge.today(named)?;
    Some((named, today))
}

/// The care numbers to name to a reader.
pub(super) fn numbers(carrier: &Carrier) -> Argument {
    carrier.care_of_consumers().into_iter().map(|it| it.number.as_str()).collect()
}

/// What is known of a carrier's care numbers, and their sources.
pub(super) fn care_numbers(carrier: &Carrier) -> Option<(Message, Vec<Arc<Citation>>)> {
    let care = carrier.care_of_consumers();
    if care.is_empty() {
        return None;
    }
    let mut sources: Vec<Arc<Citation>> = Vec::new();
    for source in care.iter().flat_map(|it| &it.sources) {
        if !sources.contains(source) {
            sources.push(source.clone());
        }
    }
    let message = Message::new(&KNOWN_CARE).with("carrier", carrier.display_name()).with("numbers", numbers(carrier));
    Some((message, sources))
}

/// The carrier of the country that a number's range was issued to, with the range and its sources: the carrier file's
/// own, else the range table's, if its name is one of the country's.
pub(super) fn range_holder<'a>(cx: &Context<'a>, country: &'a Country, number: &PhoneNumber) -> Option<Holder<'a>> {
    if let Some((carrier, range)) = country.range_holder(&number.national) {
        return Some(Holder { carrier, prefix: range.prefix.clone(), sources: range.sources.clone() });
    }
    let row = cx.knowledge.generated.prefix_holder(number.e164.trim_start_matches('+'))?;
    let wanted = folded(row.name);
    let is_named = |carrier: &&Carrier| carrier.all_names().any(|name| folded(name) == wanted);
    let mut named: Vec<&Carrier> = country.carriers.iter().filter(is_named).collect();
    if named.is_empty() {
        // The table leaves the country out of a name.
        let begins = |carrier: &&Carrier| {
            folded(carrier.display_name()).strip_prefix(&wanted).is_some_and(|it| it.starts_with(' '))
        };
        named = country.carriers.iter().filter(begins).collect();
    }
    let mut today: Vec<&Carrier> = named.into_iter().filter_map(|it| cx.knowledge.today(it)).collect();
    today.sort_by(|a, b| a.id.cmp(&b.id));
    today.dedup_by(|a, b| a.id == b.id);
    let [carrier] = today[..] else { return None };
    let prefix = row.prefix.strip_prefix(country.calling_code.as_str())?.to_owned();
    carrier.is_active().then(|| Holder { carrier, prefix, sources: Vec::new() })
}

/// Whom a range was issued to.
pub(super) struct Holder<'a> {
    pub carrier: &'a Carrier,
    pub prefix: String,
    pub sources: Vec<Arc<Citation>>,
}

/// Whether two carriers are one house: the same, host and brand, or brands of one host.
pub(super) fn is_related(one: &Carrier, other: &Carrier) -> bool {
    fn house(it: &Carrier) -> &str {
        it.host.as_ref().unwrap_or(&it.id)
    }
    house(one) == house(other)
}
