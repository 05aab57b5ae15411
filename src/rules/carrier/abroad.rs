//! What the carrier rules share: where else in the world a name is known, and what a guide calls a carrier.

use std::borrow::Cow;
use std::sync::Arc;

use crate::diagnostic::{Message, Wording};
use crate::facts::CarrierMention;
use crate::knowledge::{Carrier, CarrierKind, CarrierRef};
use crate::rule::Context;

/// Where a name is known, each country once.
pub(super) fn homes(mention: &CarrierMention) -> Vec<&str> {
    CarrierRef::countries(&mention.who)
}

/// A country's name in both languages guidelint speaks.
pub(super) fn country_name(cx: &Context<'_>, code: &str) -> Message {
    let name = |language| cx.knowledge.generated.country_name(code, language).unwrap_or(code).to_owned();
    Message::loaded(Arc::new(Wording {
        id: Cow::Borrowed("carrier/wrong-country.country"),
        en: Cow::Owned(name("en")),
        zh: Cow::Owned(name("zh-Hans")),
    }))
}

/// Whether a name is only known abroad, and there as a reseller or a brand: such names work in more countries than
/// anybody has written down.
pub(super) fn is_brand_abroad(cx: &Context<'_>, mention: &CarrierMention) -> bool {
    let kind = |who: &CarrierRef| match who {
        CarrierRef::Curated(_, id) => cx.knowledge.carrier(id).map(|it| it.kind),
        CarrierRef::Generated(..) => None,
    };
    let here = |who: &CarrierRef| cx.subject.country.as_deref() == Some(who.country());
    !mention.who.iter().any(here)
        && mention.who.iter().any(|who| matches!(kind(who), Some(CarrierKind::Mvno | CarrierKind::SubBrand)))
}

/// What readers of the guide know a carrier by: its name in the guide's language, unless the guide writes the one that reports
/// use, or another of that language, and not this one.
pub(super) fn called_here<'a>(cx: &Context<'a>, carrier: &'a Carrier) -> &'a str {
    let language = cx.subject.language.key();
    let own = carrier.name_in(language);
    let writes = |name: &str| {
        let mut mentions = cx.facts.carriers.iter().filter(|it| !it.past && it.id() == Some(&carrier.id));
        // "Vi (Vodafone Idea)" is one mention.
        mentions
            .any(|it| it.name.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '('])))
    };
    let mut names = [own, carrier.display_name()].into_iter().chain(carrier.native_names(language));
    names.find(|name| writes(name)).unwrap_or(own)
}
