//! `cargo bench --bench names`: what a check costs per byte with 2,000 carrier names more, and with 20,000.
//!
//! The names are invented, all different, and none stands in the guides, so that what is measured is the search for them. Every round
//! measures all three kinds of knowledge, so that a busy machine slows them alike; the ratio of each round and its median count.
//! `-- SEED` draws other names.

use std::fmt::Write;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use guidelint::check::Settings;
use guidelint::date::Date;
use guidelint::facts::Scanner;
use guidelint::knowledge::Knowledge;
use guidelint::{Checker, Source};

const ROUNDS: usize = 15;
const ADDED: [usize; 3] = [0, 2_000, 20_000];

fn main() {
    let seed = std::env::args().find_map(|it| it.parse().ok()).unwrap_or(0x5eed);
    let text = prose();
    let checkers = ADDED.map(|names| checker(&mut Dice(seed), names));
    let scanners = ADDED.map(|names| Scanner::new(knowledge(&mut Dice(seed), names).lexicon(), Vec::new()));
    println!("{:.1} MB of prose; {} names to begin with", text.len() as f64 / 1e6, named(&checkers[0]));
    let source = Arc::new(Source::new("guide.md", text.as_str()));
    let mut ratios = [Vec::new(), Vec::new()];
    for round in 0..ROUNDS {
        let check = each(|at| {
            black_box(checkers[at].check_with(source.clone(), today(), &Settings::default()));
        });
        let scan = each(|at| {
            black_box(scanners[at].scan(&text));
        });
        let speeds = |millis: [f64; 3]| millis.map(|it| format!("{:6.1}", text.len() as f64 / 1e3 / it)).join(" ");
        println!("round {round:2}: MB/s of a check {}   of the scan alone {}", speeds(check), speeds(scan));
        // The first round warms the caches.
        if round > 0 {
            ratios[0].push(check[2] / check[1]);
            ratios[1].push(scan[2] / scan[1]);
        }
    }
    let [check, scan] = ratios.map(median);
    println!("20,000 names against 2,000, median of {} rounds: check {check:.2}, scan alone {scan:.2}", ROUNDS - 1);
}

/// The milliseconds of one run with each kind of knowledge.
fn each(mut run: impl FnMut(usize)) -> [f64; 3] {
    [0, 1, 2].map(|at| {
        let started = Instant::now();
        run(at);
        started.elapsed().as_secs_f64() * 1e3
    })
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn today() -> Date {
    Date::new(2026, 11, 22).unwrap()
}

fn named(checker: &Checker) -> usize {
    checker.knowledge().lexicon().carriers.len()
}

/// Guides in six languages, with carriers in them as guides have them.
fn prose() -> String {
    let paragraphs = [
        "The network of the country has shops in every town, and a SIM card costs little there.",
        "ONE Albania and Vodafone Albania sell prepaid cards at the airport; bring your passport and some cash.",
        "在营业厅办理业务需要携带护照原件，工作人员会复印存档，整个过程大约需要二十分钟。",
        "中国移动、中国联通和中国电信都提供面向游客的预付费卡，有效期从七天到三十天不等。",
        "Die Karte wird im Laden aktiviert und funktioniert nach wenigen Minuten im ganzen Land.",
        "Оператор попросит показать паспорт, а договор нужно подписать в двух экземплярах.",
        "La línea queda activa el mismo día y el saldo se puede consultar desde la aplicación.",
        "カードは空港の窓口で受け取り、その場で設定まで済ませてもらえます。",
    ];
    let mut text = String::from("# How to buy an Albanian SIM card\n\n");
    while text.len() < 1_000_000 {
        for paragraph in paragraphs {
            let _ = writeln!(text, "{paragraph}\n");
        }
    }
    text
}

fn checker(dice: &mut Dice, names: usize) -> Checker {
    Checker::new(Arc::new(knowledge(dice, names)), guidelint::builtin_rules())
}

/// The built-in knowledge, and `names` invented names of closed carriers in a country that has none.
fn knowledge(dice: &mut Dice, names: usize) -> Knowledge {
    let mut toml = String::from(
        "schema = 1\ncountry = \"AQ\"\ncalling_code = \"672\"\nmcc = [\"901\"]\nsources = [\"x\"]\n\n[source.x]\npackage = \"none\"\nkind = \"dataset\"\nverified = 2026-11-22\n",
    );
    let mut taken = std::collections::BTreeSet::new();
    while taken.len() < names {
        taken.insert(invented(dice));
    }
    for (at, name) in taken.iter().enumerate() {
        let _ = write!(
            toml,
            "\n[[carrier]]\nid = \"aq.c{at}\"\nkind = \"mvno\"\nstatus = \"closed\"\nnames = {{ en = [\"{name}\"] }}\nsources = [\"x\"]\n"
        );
    }
    Knowledge::builder().country("aq.toml", toml).build().unwrap()
}

/// A name nobody has: Latin, Cyrillic or Chinese, as real ones are.
fn invented(dice: &mut Dice) -> String {
    let latin = [
        "ba", "ko", "ri", "tel", "mo", "na", "fu", "ze", "li", "por", "sha", "go", "wi", "du", "ce", "xa", "vel", "um",
    ];
    let cyrillic = ["би", "ло", "ме", "га", "ту", "ри", "со", "на", "ве", "ко"];
    let chinese = ["通", "信", "联", "移", "网", "讯", "星", "海", "天", "云", "宽", "达"];
    let (parts, end): (&[&str], &str) = match dice.below(4) {
        0 => (&cyrillic, "фон"),
        1 => (&chinese, "鲸通"),
        _ => (&latin, "fon"),
    };
    let mut name: String = (0..3 + dice.below(3)).map(|_| parts[dice.below(parts.len())]).collect();
    name.push_str(end);
    let first = name.chars().next().map_or(0, char::len_utf8);
    name[..first].to_uppercase() + &name[first..]
}

/// A small generator of our own, so that every machine draws the same names (xorshift64*).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit
    }
}
