//! Country files: what stands in the TOML, checked and turned into [`Country`].

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::carrier::*;
use super::country::*;
use super::toml_file::{LoadError, OneOrMore, TomlFile};
use crate::date::{Date, PartialDate};
use crate::diagnostic::{Citation, Diagnostic, SourceKind};
use crate::host;

type Text = Spanned<String>;
type Refs = Vec<Text>;
type Names = BTreeMap<String, Vec<Text>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCountry {
    schema: Spanned<u32>,
    country: Text,
    calling_code: Text,
    mcc: Vec<Text>,
    currency: Option<Text>,
    reviewed: Option<Spanned<Datetime>>,
    #[serde(default)]
    sources: Refs,
    emergency: Option<RawEmergency>,
    short_codes: Option<RawShortCodes>,
    portability: Option<RawPortability>,
    registration: Option<RawRegistration>,
    regulator: Option<RawRegulator>,
    #[serde(default)]
    carrier: Vec<RawCarrier>,
    #[serde(default)]
    source: BTreeMap<Text, RawSource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEmergency {
    #[serde(default)]
    any: Vec<Text>,
    #[serde(default)]
    police: Vec<Text>,
    #[serde(default)]
    fire: Vec<Text>,
    #[serde(default)]
    ambulance: Vec<Text>,
    #[serde(default)]
    other: Vec<Text>,
    sources: Refs,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawShortCodes {
    ranges: Vec<Text>,
    sources: Refs,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPortability {
    mobile: bool,
    since: Option<String>,
    sources: Refs,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRegistration {
    required: bool,
    #[serde(default)]
    documents: Vec<String>,
    sources: Refs,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRegulator {
    names: Names,
    #[serde(default)]
    domains: Vec<Text>,
    sources: Refs,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCarrier {
    id: Text,
    kind: RawKind,
    status: Spanned<RawStatus>,
    host: Option<Text>,
    names: Names,
    #[serde(default)]
    ambiguous: Vec<Text>,
    brand: Option<Text>,
    valid_from: Option<Text>,
    valid_until: Option<Text>,
    successor: Option<Spanned<OneOrMore>>,
    #[serde(default)]
    end_sources: Refs,
    #[serde(default)]
    plmn: Vec<Text>,
    #[serde(default)]
    prefixes: Vec<RawPrefix>,
    #[serde(default)]
    domains: Vec<Text>,
    #[serde(default)]
    domains_dead: Vec<Text>,
    #[serde(default)]
    accounts: Vec<RawAccount>,
    #[serde(default)]
    care: Vec<RawCare>,
    #[serde(default)]
    care_complete: bool,
    #[serde(default)]
    retired: Vec<RawRetired>,
    #[serde(default)]
    apn: Vec<RawApn>,
    sources: Spanned<Refs>,
    note: Option<String>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum RawKind {
    Mno,
    Mvno,
    SubBrand,
    Fixed,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum RawStatus {
    Active,
    Renamed,
    Merged,
    Closed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPrefix {
    p: Text,
    was: Option<Text>,
    until: Option<Text>,
    #[serde(default)]
    sources: Refs,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAccount {
    service: String,
    account: String,
    sources: Refs,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCare {
    number: Text,
    #[serde(default)]
    from: RawFrom,
    audience: Option<String>,
    sources: Refs,
}

#[derive(Deserialize, Clone, Copy, Default, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum RawFrom {
    #[default]
    Home,
    Abroad,
    Any,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRetired {
    generation: String,
    on: Text,
    sources: Refs,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawApn {
    name: String,
    audience: Option<String>,
    sources: Refs,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSource {
    url: Option<Text>,
    package: Option<Text>,
    kind: RawSourceKind,
    as_of: Option<Text>,
    verified: Spanned<Datetime>,
    #[serde(default)]
    copy: bool,
    origin: Option<String>,
    #[serde(rename = "licence")]
    _licence: Option<String>,
    #[serde(rename = "title")]
    _title: Option<String>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum RawSourceKind {
    Regulator,
    Carrier,
    Standard,
    Press,
    Dataset,
    Encyclopedia,
    Blog,
}

impl From<RawSourceKind> for SourceKind {
    fn from(raw: RawSourceKind) -> SourceKind {
        match raw {
            RawSourceKind::Regulator => SourceKind::Regulator,
            RawSourceKind::Carrier => SourceKind::Carrier,
            RawSourceKind::Standard => SourceKind::Standard,
            RawSourceKind::Press => SourceKind::Press,
            RawSourceKind::Dataset => SourceKind::Dataset,
            RawSourceKind::Encyclopedia => SourceKind::Encyclopedia,
            RawSourceKind::Blog => SourceKind::Blog,
        }
    }
}

/// Reads one country file.
///
/// # Errors
/// Everything in it that does not hold, each with its place.
pub(super) fn country(path: &str, text: &str) -> Result<Country, LoadError> {
    let file = TomlFile::new(path, text);
    let raw: RawCountry = file.read()?;
    let mut reader = Reader { file: &file, complaints: Vec::new(), sources: BTreeMap::new(), used: BTreeSet::new() };
    let country = reader.country(raw, path);
    file.verdict(reader.complaints)?;
    Ok(country)
}

struct Reader<'a> {
    file: &'a TomlFile,
    complaints: Vec<Diagnostic>,
    sources: BTreeMap<String, Arc<Citation>>,
    used: BTreeSet<String>,
}

impl Reader<'_> {
    fn complain(&mut self, range: Range<usize>, message: impl Into<String>) {
        let complaint = self.file.complaint(range, message);
        self.complaints.push(complaint);
    }

    fn country(&mut self, raw: RawCountry, path: &str) -> Country {
        if *raw.schema.get_ref() != 1 {
            self.complain(raw.schema.span(), "this version of guidelint reads schema 1");
        }
        let code = raw.country.get_ref().clone();
        if code.len() != 2 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            self.complain(raw.country.span(), "a country is two capital letters (ISO 3166-1 alpha-2), such as `AL`");
        }
        self.digits(&raw.calling_code, 1..=3, "a country calling code is one to three digits, without plus");
        for mcc in &raw.mcc {
            self.digits(mcc, 3..=3, "a mobile country code is three digits");
        }
        if let Some(currency) = &raw.currency
            && (currency.get_ref().len() != 3 || !currency.get_ref().bytes().all(|it| it.is_ascii_uppercase()))
        {
            self.complain(currency.span(), "a currency is three capital letters (ISO 4217), such as `ALL`");
        }
        self.read_sources(&raw.source);
        self.cite(&raw.sources);
        let ids: Vec<(String, Range<usize>)> =
            raw.carrier.iter().map(|it| (it.id.get_ref().clone(), it.id.span())).collect();
        self.check_ids(&ids, &code);
        let mcc: Vec<String> = raw.mcc.into_iter().map(Spanned::into_inner).collect();
        let ids: Vec<String> = ids.into_iter().map(|(id, _)| id).collect();
        let emergency = raw.emergency.map(|it| self.emergency(it));
        let (short_codes, short_code_sources) = raw.short_codes.map(|it| self.short_codes(it)).unwrap_or_default();
        let carriers: Vec<Carrier> = raw.carrier.into_iter().map(|it| self.carrier(it, &mcc, &ids)).collect();
        self.check_successors(&carriers);
        let country = Country {
            calling_code: raw.calling_code.into_inner(),
            mcc,
            currency: raw.currency.map(Spanned::into_inner),
            reviewed: raw.reviewed.and_then(|it| self.date(&it)),
            emergency,
            short_codes,
            short_code_sources,
            portability: raw.portability.map(|it| Portability {
                mobile: it.mobile,
                since: it.since,
                sources: self.cite(&it.sources),
            }),
            registration: raw.registration.map(|it| Registration {
                required: it.required,
                documents: it.documents,
                sources: self.cite(&it.sources),
            }),
            regulator: raw.regulator.map(|it| Regulator {
                names: self.names(it.names),
                domains: self.domains(it.domains),
                sources: self.cite(&it.sources),
            }),
            carriers,
            citations: self.sources.values().cloned().collect(),
            path: path.to_owned(),
            code,
        };
        for (id, raw) in &raw.source {
            if !self.used.contains(id.get_ref()) {
                let span = id.span();
                let _ = raw;
                self.complain(span, format!("no fact names the source `{}`: use it or remove it", id.get_ref()));
            }
        }
        country
    }

    fn digits(&mut self, text: &Text, length: std::ops::RangeInclusive<usize>, rule: &str) {
        let value = text.get_ref();
        if !length.contains(&value.len()) || !value.bytes().all(|byte| byte.is_ascii_digit()) {
            self.complain(text.span(), rule);
        }
    }

    fn date(&mut self, raw: &Spanned<Datetime>) -> Option<Date> {
        let day = Date::parse(&raw.get_ref().to_string());
        if day.is_none() {
            self.complain(raw.span(), "a day is written 2026-11-22, without time");
        }
        day
    }

    fn partial(&mut self, raw: Option<Text>) -> Option<PartialDate> {
        let raw = raw?;
        let day = PartialDate::parse(raw.get_ref());
        if day.is_none() {
            self.complain(raw.span(), "a date is \"2015\", \"2015-07\" or \"2015-07-27\"");
        }
        day
    }

    fn read_sources(&mut self, raw: &BTreeMap<Text, RawSource>) {
        for (id, raw) in raw {
            let citation = self.citation(id, raw);
            self.sources.insert(id.get_ref().clone(), Arc::new(citation));
        }
    }

    fn citation(&mut self, id: &Text, raw: &RawSource) -> Citation {
        let url = raw.url.as_ref().map(|it| it.get_ref().clone());
        let package = raw.package.as_ref().map(|it| it.get_ref().clone());
        if url.is_some() == package.is_some() {
            self.complain(id.span(), "a source has either a `url` or a `package`");
        }
        if let Some(text) = &raw.url
            && host::of(text.get_ref()).is_none()
        {
            self.complain(text.span(), "this is not a web address that can be cited (http or https)");
        }
        let origin = match (&raw.origin, &url, &package) {
            (Some(origin), _, _) => origin.clone(),
            (None, Some(url), _) => host::of(url).map_or_else(|| url.clone(), |it| host::registrable(&it).to_owned()),
            (None, None, package) => package.clone().unwrap_or_default(),
        };
        Citation {
            kind: raw.kind.into(),
            url,
            package,
            as_of: self.partial(raw.as_of.clone()).map(|it| it.to_string()),
            verified: self.date(&raw.verified),
            copy: raw.copy,
            origin,
        }
    }

    fn cite(&mut self, refs: &[Text]) -> Vec<Arc<Citation>> {
        let mut found = Vec::with_capacity(refs.len());
        for name in refs {
            self.used.insert(name.get_ref().clone());
            match self.sources.get(name.get_ref()) {
                Some(citation) => found.push(citation.clone()),
                None => {
                    let near = super::did_you_mean(name.get_ref(), self.sources.keys().map(String::as_str));
                    let hint = near.map(|it| format!("; did you mean `{it}`?")).unwrap_or_default();
                    self.complain(name.span(), format!("no [source.{}] in this file{hint}", name.get_ref()));
                }
            }
        }
        found
    }

    fn names(&mut self, raw: Names) -> Vec<Name> {
        let mut names = Vec::new();
        // English first: it is what reports print for a carrier that has several names.
        let (first, rest): (Vec<_>, Vec<_>) = raw.into_iter().partition(|(language, _)| language == "en");
        for (language, texts) in first.into_iter().chain(rest) {
            for text in texts {
                if text.get_ref().trim().chars().count() < 2 {
                    self.complain(text.span(), "a name has at least two characters; shorter ones cannot be recognised");
                }
                names.push(Name { language: language.clone(), text: text.into_inner() });
            }
        }
        names
    }

    fn domains(&mut self, raw: Vec<Text>) -> Vec<String> {
        for domain in &raw {
            let text = domain.get_ref();
            if !host::has_known_suffix(text) || text.contains(['/', ':']) || text.chars().any(|c| c.is_uppercase()) {
                self.complain(
                    domain.span(),
                    format!("`{text}` is not a domain, such as `carrier.example`, in small letters"),
                );
            }
        }
        raw.into_iter().map(Spanned::into_inner).collect()
    }

    fn emergency(&mut self, raw: RawEmergency) -> Emergency {
        let roles = [
            (EmergencyRole::Any, raw.any),
            (EmergencyRole::Police, raw.police),
            (EmergencyRole::Fire, raw.fire),
            (EmergencyRole::Ambulance, raw.ambulance),
            (EmergencyRole::Other, raw.other),
        ];
        let mut numbers = Vec::new();
        for (role, texts) in roles {
            for text in texts {
                self.digits(&text, 2..=11, "an emergency number is two to eleven digits");
                numbers.push((role, text.into_inner()));
            }
        }
        Emergency { numbers, sources: self.cite(&raw.sources) }
    }

    fn short_codes(&mut self, raw: RawShortCodes) -> (Vec<ShortRange>, Vec<Arc<Citation>>) {
        let mut ranges = Vec::new();
        for text in raw.ranges {
            match ShortRange::parse(text.get_ref()) {
                Some(range) => ranges.push(range),
                None => self.complain(text.span(), "a range of short numbers is digits, `X` and `[0-4]`"),
            }
        }
        (ranges, self.cite(&raw.sources))
    }

    fn carrier(&mut self, raw: RawCarrier, mcc: &[String], ids: &[String]) -> Carrier {
        self.check_status(&raw);
        let next = raw.successor.iter().flat_map(|it| it.get_ref().all().iter().map(|id| (id, it.span())));
        let others = raw.host.iter().chain(raw.prefixes.iter().filter_map(|it| it.was.as_ref()));
        for (id, span) in next.chain(others.map(|it| (it.get_ref(), it.span()))) {
            if !ids.contains(id) {
                let near = super::did_you_mean(id, ids.iter().map(String::as_str));
                let hint = near.map(|it| format!("; did you mean `{it}`?")).unwrap_or_default();
                self.complain(span, format!("no carrier `{id}` in this file{hint}"));
            }
        }
        for plmn in &raw.plmn {
            self.digits(plmn, 5..=6, "a network code is the three digits of the MCC and two or three of the MNC");
            if !mcc.iter().any(|mcc| plmn.get_ref().starts_with(mcc)) {
                self.complain(plmn.span(), format!("`{}` begins with no MCC of this country", plmn.get_ref()));
            }
        }
        if raw.sources.get_ref().is_empty() {
            self.complain(raw.sources.span(), "a carrier needs at least one source");
        }
        let sources = self.cite(raw.sources.get_ref());
        let end_sources = self.cite(&raw.end_sources);
        let or_own = |own: Vec<Arc<Citation>>| if own.is_empty() { sources.clone() } else { own };
        Carrier {
            prefixes: raw.prefixes.into_iter().map(|it| self.prefix(it, &or_own)).collect(),
            care: raw.care.into_iter().map(|it| self.care(it)).collect(),
            retired: raw.retired.into_iter().filter_map(|it| self.retired(it)).collect(),
            apn: raw
                .apn
                .into_iter()
                .map(|it| AccessPoint { name: it.name, audience: it.audience, sources: self.cite(&it.sources) })
                .collect(),
            accounts: raw
                .accounts
                .into_iter()
                .map(|it| Account { service: it.service, account: it.account, sources: self.cite(&it.sources) })
                .collect(),
            end_sources: or_own(end_sources),
            id: raw.id.into_inner(),
            kind: match raw.kind {
                RawKind::Mno => CarrierKind::Mno,
                RawKind::Mvno => CarrierKind::Mvno,
                RawKind::SubBrand => CarrierKind::SubBrand,
                RawKind::Fixed => CarrierKind::Fixed,
            },
            status: match raw.status.into_inner() {
                RawStatus::Active => CarrierStatus::Active,
                RawStatus::Renamed => CarrierStatus::Renamed,
                RawStatus::Merged => CarrierStatus::Merged,
                RawStatus::Closed => CarrierStatus::Closed,
            },
            host: raw.host.map(Spanned::into_inner),
            names: self.names(raw.names),
            ambiguous: raw.ambiguous.into_iter().map(Spanned::into_inner).collect(),
            brand: raw.brand.map(Spanned::into_inner),
            valid_from: self.partial(raw.valid_from),
            valid_until: self.partial(raw.valid_until),
            successors: raw.successor.map(|it| it.get_ref().all().to_vec()).unwrap_or_default(),
            plmn: raw.plmn.into_iter().map(Spanned::into_inner).collect(),
            domains: self.domains(raw.domains),
            domains_dead: self.domains(raw.domains_dead),
            care_complete: raw.care_complete,
            sources,
            note: raw.note,
        }
    }

    fn check_status(&mut self, raw: &RawCarrier) {
        let status = *raw.status.get_ref();
        let active = status == RawStatus::Active;
        let ended = raw.successor.as_ref().map(Spanned::span).or(raw.valid_until.as_ref().map(Spanned::span));
        if let Some(ended) = ended.filter(|_| active) {
            self.complain(ended, "an active carrier has no `successor` and no `valid_until`");
        }
        if matches!(status, RawStatus::Renamed | RawStatus::Merged)
            && raw.successor.as_ref().is_none_or(|it| it.get_ref().all().is_empty())
        {
            self.complain(raw.status.span(), "a renamed or merged carrier names its `successor`");
        }
        if raw.names.values().all(Vec::is_empty) {
            self.complain(raw.id.span(), "a carrier needs at least one name that is not ambiguous");
        }
        let is_name = |brand: &str| raw.names.values().flatten().chain(&raw.ambiguous).any(|it| it.get_ref() == brand);
        if let Some(brand) = raw.brand.as_ref().filter(|it| !is_name(it.get_ref())) {
            self.complain(brand.span(), "`brand` is one of `names` or `ambiguous`");
        }
        if let (Some(from), Some(until)) = (&raw.valid_from, &raw.valid_until)
            && let (Some(first), Some(last)) = (PartialDate::parse(from.get_ref()), PartialDate::parse(until.get_ref()))
            && last.last_day() < first.first_day()
        {
            self.complain(until.span(), "it ended before it began");
        }
    }

    fn prefix(&mut self, raw: RawPrefix, or_own: &dyn Fn(Vec<Arc<Citation>>) -> Vec<Arc<Citation>>) -> NumberRange {
        self.digits(&raw.p, 1..=12, "a range is the leading digits of the national number, without trunk prefix");
        NumberRange {
            until: self.partial(raw.until),
            sources: or_own(self.cite(&raw.sources)),
            prefix: raw.p.into_inner(),
            was: raw.was.map(Spanned::into_inner),
        }
    }

    fn care(&mut self, raw: RawCare) -> CareNumber {
        let digits = raw.number.get_ref();
        let bare = digits.trim_start_matches(['+', '*', '#']);
        if bare.is_empty() || !bare.bytes().all(|byte| byte.is_ascii_digit() || byte == b'#' || byte == b'*') {
            self.complain(raw.number.span(), "a care number is digits only, with `+` when it is international");
        }
        CareNumber {
            number: raw.number.into_inner(),
            from_abroad: raw.from == RawFrom::Abroad,
            audience: raw.audience,
            sources: self.cite(&raw.sources),
        }
    }

    fn retired(&mut self, raw: RawRetired) -> Option<RetiredNetwork> {
        let sources = self.cite(&raw.sources);
        let on = self.partial(Some(raw.on))?;
        Some(RetiredNetwork { generation: raw.generation, on, sources })
    }

    fn check_ids(&mut self, ids: &[(String, Range<usize>)], code: &str) {
        let prefix = format!("{}.", code.to_ascii_lowercase());
        for (at, (id, span)) in ids.iter().enumerate() {
            if !id.starts_with(&prefix) {
                self.complain(span.clone(), format!("an id of this country begins with `{prefix}`"));
            }
            if ids[..at].iter().any(|(earlier, _)| earlier == id) {
                self.complain(span.clone(), format!("`{id}` is already the id of another carrier"));
            }
        }
    }

    /// Every chain of successors must end; two active carriers must not share a name.
    fn check_successors(&mut self, carriers: &[Carrier]) {
        for carrier in carriers {
            let mut reached: Vec<&str> = Vec::new();
            let mut open: Vec<&str> = carrier.successors.iter().map(String::as_str).collect();
            while let Some(id) = open.pop() {
                if !reached.contains(&id) {
                    reached.push(id);
                    let next = carriers.iter().filter(|it| it.id == id).flat_map(|it| &it.successors);
                    open.extend(next.map(String::as_str));
                }
            }
            if reached.contains(&carrier.id.as_str()) {
                self.complain(0..0, format!("the successors of `{}` go round in a circle", carrier.id));
            }
        }
        let active: Vec<_> = carriers.iter().filter(|it| it.is_active()).collect();
        for (at, one) in active.iter().enumerate() {
            for other in &active[..at] {
                if let Some(name) = one.all_names().find(|name| other.all_names().any(|it| it == *name)) {
                    let message = format!("`{name}` names two active carriers, `{}` and `{}`", other.id, one.id);
                    self.complain(0..0, message);
                }
            }
        }
    }
}
