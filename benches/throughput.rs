//! `cargo bench --bench throughput`: MB/s of a whole check beside a bare CommonMark pass over the same bytes, in one run.
//!
//! Guides are generated from a seed: half Chinese, half English, 3–10 KB, at least six numbers, six carrier names and four links
//! each, one in five faulty. Rounds alternate, so that a busy machine slows both; the ratio of each round and its median are what counts.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use guidelint::check::Settings;
use guidelint::date::Date;
use guidelint::knowledge::{Country, Knowledge};
use guidelint::{Checker, Source};
use pulldown_cmark::{Options, Parser};

const GUIDES: usize = 1000;
const ROUNDS: usize = 9;

fn main() {
    let knowledge = Knowledge::builtin();
    let mut dice = Dice(0x5eed);
    let guides: Vec<String> = (0..GUIDES).map(|at| guide(&knowledge, &mut dice, at % 2 == 0, at % 5 == 0)).collect();
    let bytes: usize = guides.iter().map(String::len).sum();
    let started = Instant::now();
    let checker = Checker::builtin();
    println!("{GUIDES} guides, {:.1} MB; knowledge and rules ready in {:.1} ms", bytes as f64 / 1e6, millis(started));
    let sources: Vec<Arc<Source>> =
        guides.iter().enumerate().map(|(at, text)| Arc::new(Source::new(format!("{at}.md"), text.as_str()))).collect();
    let mut ratios = Vec::new();
    let mut findings = 0;
    for round in 0..ROUNDS {
        let started = Instant::now();
        for text in &guides {
            black_box(bare(text));
        }
        let bare = millis(started);
        let started = Instant::now();
        findings = 0;
        for source in &sources {
            let report = checker.check_with(source.clone(), today(), &Settings::default());
            findings += black_box(report).diagnostics.len();
        }
        let check = millis(started);
        let speed = |millis: f64| bytes as f64 / 1e3 / millis;
        println!(
            "round {round}: bare {:7.1} MB/s   check {:6.1} MB/s   ratio {:.2}",
            speed(bare),
            speed(check),
            check / bare
        );
        if round > 0 {
            ratios.push(check / bare);
        }
    }
    ratios.sort_by(f64::total_cmp);
    println!("{findings} findings; ratio check / bare: median {:.2}, least {:.2}", ratios[ratios.len() / 2], ratios[0]);
}

fn today() -> Date {
    Date::new(2026, 11, 22).unwrap()
}

fn millis(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

/// What the parser alone costs, with the options guidelint uses.
fn bare(text: &str) -> usize {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    Parser::new_ext(text, options).into_offset_iter().map(|(_, range)| range.len()).sum()
}

/// A small generator of our own, so that every run and every machine sees the same guides (xorshift64*).
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % below
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.next(from.len())]
    }
}

const FILLER_ZH: &[&str] = &[
    "到了营业厅之后先取号，再把护照交给柜台的工作人员，他们会核对登记信息并说明需要补交的材料。",
    "如果账户里还有余额，可以先问清楚能不能退还，再决定什么时候办理。",
    "漫游期间流量计费方式可能不同，出发之前最好在应用里确认套餐是否包含目的地。",
    "更换手机之前记得备份通讯录，旧卡取出来之后不要马上丢掉，确认新卡能正常收短信再处理。",
];
const FILLER_EN: &[&str] = &[
    "Take a ticket at the entrance, hand your passport to the clerk and wait while the registration is looked up.",
    "If there is credit left on the account, ask whether it can be paid out before you decide on a day.",
    "Data may be billed in another way while you travel, so look into the app before you leave the country.",
    "Keep the old card until the new one has received its first message; after that it can go into the drawer.",
];

fn guide(knowledge: &Knowledge, dice: &mut Dice, chinese: bool, faulty: bool) -> String {
    let countries: Vec<&Country> = knowledge.countries().filter(|it| it.current_operators().count() > 1).collect();
    let country: &Country = dice.pick::<&Country>(&countries);
    let language = if chinese { "zh-Hans" } else { "en" };
    let name = knowledge.generated.country_name(&country.code, language).unwrap_or("Atlantis");
    let carriers: Vec<&str> = country.current_operators().map(|it| it.display_name()).collect();
    let filler = if chinese { FILLER_ZH } else { FILLER_EN };
    let mut out = match chinese {
        true => format!("# {name}手机卡怎么注销\n\n"),
        false => format!("# How to cancel a SIM card in {name}\n\n"),
    };
    let wanted = 3000 + dice.next(7000);
    let mut section = 1;
    while out.len() < wanted {
        let (title, phone) = if chinese { ("第", "客服电话") } else { ("Part ", "Customer service") };
        out.push_str(&format!("## {title}{section}\n\n"));
        for _ in 0..3 {
            let line: &&str = dice.pick(filler);
            out.push_str(line);
            out.push_str("\n\n");
        }
        for carrier in carriers.iter().cycle().take(3) {
            let number =
                if faulty { "123 4567".to_owned() } else { format!("{:03} {:04}", dice.next(1000), dice.next(10000)) };
            let area = 20 + dice.next(79);
            out.push_str(&format!("- **{carrier}** {phone}: +{} {area} {number}\n", country.calling_code));
        }
        let domain = country.carriers.iter().find_map(|it| it.domains.first()).map_or("example.org", String::as_str);
        out.push_str(&format!("\n[{phone}](https://{domain}/help/{section}) · <https://example.org/{section}>\n\n"));
        if faulty && section == 1 {
            out.push_str("[@sim_seller_example](https://t.me/sim_seller_example) ![Image](https://i.postimg.cc/example/poster.png)\n\n");
        }
        section += 1;
    }
    out
}
