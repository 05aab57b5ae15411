//! Guides made up from a seed, so that every run and every machine measures the same ones: half Chinese, half English, 3–10 KB,
//! each with at least six numbers, six carrier names and four links, some nineteen numbers in the middle; one in five is faulty.

use guidelint::facts::verdict;
use guidelint::knowledge::{Carrier, Country, Knowledge};

/// The first `count` guides.
pub fn guides(knowledge: &Knowledge, count: usize) -> Vec<String> {
    let mut dice = Dice(0x5eed);
    (0..count).map(|at| guide(knowledge, &mut dice, at % 2 == 0, at % 5 == 0)).collect()
}

/// Numbers by chance, the same in every run (xorshift64*).
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
    "周末的柜台往往要排队，工作日上午去最省时间，办完之后记得要一份书面回执。",
    "如果号码绑定了银行或者邮箱，先把验证方式换成新的号码，再去申请停机。",
    "合约没有到期的话，可能要付一笔剩余的费用，具体金额以账单上写的为准。",
    "短信验证码收不到的时候，先重启手机，再看看收件箱是不是已经满了。",
];
const FILLER_EN: &[&str] = &[
    "Take a ticket at the entrance, hand your passport to the clerk and wait while the registration is looked up.",
    "If there is credit left on the account, ask whether it can be paid out before you decide on a day.",
    "Data may be billed in another way while you travel, so look into the app before you leave the country.",
    "Keep the old card until the new one has received its first message; after that it can go into the drawer.",
    "Weekends are busy at most counters, so a weekday morning saves time; ask for a written receipt when it is done.",
    "Banks and mailboxes that send codes to the old number should learn the new one before the line is closed.",
    "A contract that still runs may cost what is left of it, and the last bill says how much that will be.",
    "When a code does not arrive, restart the phone first and then see whether the inbox has any room left.",
];

fn guide(knowledge: &Knowledge, dice: &mut Dice, chinese: bool, faulty: bool) -> String {
    let countries: Vec<&Country> = knowledge.countries().filter(|it| published(it).len() > 1).collect();
    let country: &Country = dice.pick::<&Country>(&countries);
    let language = if chinese { "zh-Hans" } else { "en" };
    let name = knowledge.generated.country_name(&country.code, language).unwrap_or("Atlantis");
    let carriers = published(country);
    let filler = if chinese { FILLER_ZH } else { FILLER_EN };
    let mut out = match chinese {
        true => format!("# {name}手机卡怎么注销\n\n"),
        false => format!("# How to cancel a SIM card in {name}\n\n"),
    };
    let wanted = 3000 + dice.next(7000);
    let mut section = 1;
    while out.len() < wanted || section <= 4 {
        let (title, phone) = if chinese { ("第", "客服电话") } else { ("Part ", "Customer service") };
        out.push_str(&format!("## {title}{section}\n\n"));
        for _ in 0..3 {
            let line: &&str = dice.pick(filler);
            out.push_str(line);
            out.push_str("\n\n");
        }
        // Every other section is prose alone, as in guides that people write.
        if section % 2 == 0 {
            section += 1;
            continue;
        }
        for (carrier, number) in carriers.iter().cycle().take(3) {
            let made_up = format!("+{} {} 123 4567", country.calling_code, 20 + dice.next(79));
            let number = if faulty { &made_up } else { number };
            out.push_str(&format!("- **{carrier}** {phone}: {number}\n"));
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

/// Carriers with a care line of their own that can be called from abroad.
fn published(country: &Country) -> Vec<(&str, String)> {
    let lines = |carrier: &Carrier| {
        let read = carrier.care.iter().filter_map(|it| verdict(&it.number, Some(&country.code)).ok());
        read.filter(|it| it.valid).map(|it| it.international).next()
    };
    country.current_operators().filter_map(|it| Some((it.display_name(), lines(it)?))).collect()
}
