use serde_json::{Value, json};

use super::{EngineVerdict, Lookup, NetworkFacts, NumberFacts, ShortFacts};
use crate::diagnostic::{Language, Message, Wording};
use crate::facts::NearestLength;

macro_rules! labels {
    ($($name:ident: $id:literal, $en:literal, $zh:literal;)*) => {
        $(static $name: Wording = Wording::new(concat!("lookup/", $id), $en, $zh);)*
    };
}

labels! {
    VALID: "valid", "valid", "有效";
    POSSIBLE: "possible", "possible length", "位数合理";
    REASON: "reason", "reason", "原因";
    MISSING: "missing", "digits missing", "缺少位数";
    EXTRA: "extra", "digits too many", "多余位数";
    TYPE: "type", "type", "类型";
    REGION: "region", "region", "国家/地区";
    E164: "e164", "E.164", "E.164";
    INTERNATIONAL: "international", "international", "国际格式";
    NATIONAL: "national", "national", "国内格式";
    CARRIER: "carrier", "range issued to", "号段分配给";
    PORTABLE: "portable", "numbers can be ported", "可携号转网";
    CARE_OF: "care-of", "care number of", "客服号码，属于";
    FICTION: "fiction", "kept for fiction", "虚构专用";
    EXAMPLE: "example", "example number", "示例号码";
    ENGINES: "engines", "engines", "引擎";
    TABLES_ONLY: "tables-only", "not asked: they read whole numbers, and this is a short number or a network code of our tables", "未询问：引擎只识别完整号码，这是资料表中的短号或网络代码";
    NO_DIGITS: "no-digits", "not asked: this is no telephone number", "未询问：这不是电话号码";
    EMERGENCY: "emergency", "emergency number", "紧急电话";
    COST: "cost", "cost of a call", "话费";
    NETWORK: "network", "network code", "网络代码";
    NETWORK_CARRIER: "network-carrier", "carrier", "运营商";
    STATUS: "status", "status", "状态";
    SHORT: "short", "short number in", "短号，适用于";
    NOT_READ: "not-read", "not a number", "不是号码";
    YES: "yes", "yes", "是";
    NO: "no", "no", "否";
    NOTHING: "nothing", "nothing is known of `{query}`", "没有关于 `{query}` 的资料";
}

impl Lookup {
    /// As JSON: every key always present, null where nothing is known.
    pub fn json(&self) -> Value {
        let verdict = self.verdict();
        let number = self.number.as_ref();
        let code = self.network();
        // A short number that its plan has, and a network code that the table has, are as valid as any number.
        let listed = !self.short.is_empty() || !self.networks.is_empty();
        let region = match self.short.as_slice() {
            [only] if self.codes().next().is_none() => Some(only.region.as_str()),
            _ => code.map(|it| it.region.as_str()),
        };
        json!({
            "schema": "guidelint.lookup.v1",
            "query": self.query,
            "valid": verdict.map_or(listed, |it| it.valid),
            "possible": verdict.map_or(listed, |it| it.possible),
            "reason": number.and_then(reason),
            "excess_digits": number.and_then(|it| it.nearest.as_ref()).map(|it| it.excess()),
            "type": verdict.map(|it| it.kind.as_str()).or(self.table()),
            "region": verdict.and_then(|it| it.region.as_deref()).or(region),
            "e164": verdict.map(|it| it.e164.as_str()),
            "international": verdict.map(|it| it.international.as_str()),
            "national": verdict.map(|it| it.national.as_str()),
            "rfc3966": verdict.map(|it| it.rfc3966.as_str()),
            "calling_code": verdict.map(|it| it.calling_code.as_str()),
            "carrier": number.map_or_else(|| code.and_then(|it| it.carrier.as_deref()), |it| it.carrier.as_deref()),
            "range": number.and_then(|it| it.range.as_deref()),
            "portable": number.and_then(|it| it.portable),
            "care_of": number.and_then(|it| it.care_of.as_deref()),
            "fiction": number.is_some_and(|it| it.fiction),
            "example": number.is_some_and(|it| it.example),
            "engines": number.map(|it| it.engines.iter().map(engine).collect::<Vec<_>>()).unwrap_or_default(),
            "engines_note": self.note().map(|it| it.text(Language::En)),
            "short": self.short.iter().map(short).collect::<Vec<_>>(),
            "networks": self.networks.iter().map(network).collect::<Vec<_>>(),
        })
    }

    /// Networks whose whole code the digits are, not only their country's.
    fn codes(&self) -> impl Iterator<Item = &NetworkFacts> {
        self.networks.iter().filter(|it| it.status.is_some() || it.carrier.is_some())
    }

    /// The network, if only one has the code.
    fn network(&self) -> Option<&NetworkFacts> {
        let mut codes = self.codes();
        codes.next().filter(|_| codes.next().is_none())
    }

    /// What the digits are by our tables, where they are no whole number.
    fn table(&self) -> Option<&'static str> {
        match () {
            () if self.codes().next().is_some() => Some("network-code"),
            () if !self.short.is_empty() => Some("short"),
            () if !self.networks.is_empty() => Some("country-code"),
            () => None,
        }
    }

    /// Why no engine was asked.
    fn note(&self) -> Option<Message> {
        match (&self.number, self.table()) {
            (Some(_), _) => None,
            (None, Some(_)) => Some(Message::new(&TABLES_ONLY)),
            (None, None) => Some(Message::new(&NO_DIGITS)),
        }
    }

    /// As lines for people, each ended by a line break.
    pub fn text(&self, language: Language) -> String {
        let mut lines = Lines { language, out: String::new() };
        if let Some(number) = &self.number {
            lines.number(number);
        }
        for it in &self.short {
            lines.push(&SHORT, &it.region);
            lines.yes(&EMERGENCY, it.emergency);
            lines.maybe(&COST, it.cost);
            lines.maybe(&CARE_OF, (!it.care_of.is_empty()).then(|| it.care_of.join(", ")).as_deref());
        }
        for it in &self.networks {
            lines.push(&NETWORK, &it.code);
            lines.push(&REGION, &it.region);
            lines.maybe(&NETWORK_CARRIER, it.carrier.as_deref());
            lines.maybe(&STATUS, it.status.as_deref());
        }
        if let Some(note) = self.note().filter(|_| !lines.out.is_empty()) {
            lines.push(&ENGINES, &note.text(language));
        }
        if lines.out.is_empty() {
            let nothing = Message::new(&NOTHING).with("query", self.query.as_str());
            lines.out = nothing.text(language) + "\n";
        }
        lines.out
    }
}

struct Lines {
    language: Language,
    out: String,
}

impl Lines {
    fn push(&mut self, label: &'static Wording, value: &str) {
        let label = Message::new(label).text(self.language);
        let colon = if self.language == Language::Zh { "：" } else { ": " };
        self.out.push_str(&label);
        self.out.push_str(colon);
        self.out.push_str(value);
        self.out.push('\n');
    }

    fn maybe(&mut self, label: &'static Wording, value: Option<&str>) {
        if let Some(value) = value.filter(|it| !it.is_empty()) {
            self.push(label, value);
        }
    }

    fn yes(&mut self, label: &'static Wording, value: bool) {
        let word = Message::new(if value { &YES } else { &NO }).text(self.language);
        self.push(label, &word);
    }

    fn number(&mut self, number: &NumberFacts) {
        match &number.verdict {
            Err(fault) => {
                self.yes(&VALID, false);
                self.push(&REASON, fault.as_str());
            }
            Ok(it) => {
                self.yes(&VALID, it.valid);
                self.yes(&POSSIBLE, it.possible);
                self.maybe(&REASON, reason(number));
                if let Some(excess) = number.nearest.as_ref().map(NearestLength::excess) {
                    self.push(if excess < 0 { &MISSING } else { &EXTRA }, &excess.unsigned_abs().to_string());
                }
                self.push(&TYPE, it.kind.as_str());
                self.maybe(&REGION, it.region.as_deref());
                self.push(&E164, &it.e164);
                self.push(&INTERNATIONAL, &it.international);
                self.push(&NATIONAL, &it.national);
            }
        }
        self.maybe(&CARRIER, number.carrier.as_deref());
        if let Some(portable) = number.portable {
            self.yes(&PORTABLE, portable);
        }
        self.maybe(&CARE_OF, number.care_of.as_deref());
        for (label, holds) in [(&FICTION, number.fiction), (&EXAMPLE, number.example)] {
            if holds {
                self.yes(label, true);
            }
        }
        let engines: Vec<String> = number.engines.iter().map(|it| self.engine(it)).collect();
        self.push(&ENGINES, &engines.join("; "));
    }

    fn engine(&self, it: &EngineVerdict) -> String {
        if !it.parses {
            return format!("{} ({})", it.engine, Message::new(&NOT_READ).text(self.language));
        }
        let valid = Message::new(&VALID).text(self.language);
        let word = Message::new(if it.valid { &YES } else { &NO }).text(self.language);
        let details = [it.region.as_deref(), it.kind, it.e164.as_deref()];
        let details: Vec<&str> = details.into_iter().flatten().collect();
        format!("{} ({valid}: {word}, {})", it.engine, details.join(", "))
    }
}

/// Why it is not valid; a length that the plan has, but not for numbers that begin so, is wrong all the same.
fn reason(number: &NumberFacts) -> Option<&'static str> {
    match (&number.verdict, number.nearest.as_ref().map(NearestLength::excess)) {
        (Err(fault), _) => Some(fault.as_str()),
        (Ok(it), None) => it.fault.as_ref().map(|it| it.as_str()),
        (Ok(_), Some(..0)) => Some("too-short"),
        (Ok(_), Some(_)) => Some("too-long"),
    }
}

fn engine(it: &EngineVerdict) -> Value {
    json!({
        "engine": it.engine,
        "parses": it.parses,
        "valid": it.valid,
        "type": it.kind,
        "region": it.region,
        "e164": it.e164,
    })
}

fn short(it: &ShortFacts) -> Value {
    json!({ "region": it.region, "emergency": it.emergency, "cost": it.cost, "care_of": it.care_of })
}

fn network(it: &NetworkFacts) -> Value {
    json!({ "code": it.code, "region": it.region, "carrier": it.carrier, "status": it.status })
}
