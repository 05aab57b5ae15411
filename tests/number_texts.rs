//! Numbers in generated guides: every one is found with its exact span in ten scripts and many layouts; look-alikes never
//! are. The generator knows nothing of the finder's tables. `GUIDELINT_TEST_SEED` chooses the texts.

mod common;

use std::sync::Arc;

use guidelint::facts::{self, Scanner, SubjectHints};
use guidelint::knowledge::Knowledge;
use guidelint::{Source, guide};

/// A small generator of numbers that anybody can repeat (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }

    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.roll(from.len())]
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.roll(10) as u8)).collect()
    }
}

fn seed() -> u64 {
    let named = std::env::var("GUIDELINT_TEST_SEED").ok().and_then(|it| it.parse().ok());
    let seed = named.unwrap_or(20_261_122);
    eprintln!("GUIDELINT_TEST_SEED={seed}");
    seed
}

/// Where the finder sees numbers, by source bytes.
fn found(knowledge: &Knowledge, scanner: &Scanner, text: &str) -> Vec<std::ops::Range<usize>> {
    let guide = guide::parse(&Source::new("text.md", text));
    let (facts, _) = facts::find(&guide, scanner, knowledge, &SubjectHints::default());
    facts.numbers.iter().map(|it| it.span.start as usize..it.span.end as usize).collect()
}

/// Language, title, a sentence that calls something a telephone number, and words without digits.
const LANGUAGES: [(&str, &str, &str, &str); 12] = [
    ("en", "Getting a SIM card", "Call customer service at", "Bring your passport with you."),
    ("zh", "手机卡办理指南", "请拨打客服电话", "请携带护照。"),
    ("ja", "SIMカードの契約", "お問い合わせ電話番号は", "パスポートをお持ちください。"),
    ("ko", "유심 개통 안내", "고객센터 전화번호는", "여권을 지참하세요."),
    ("ru", "Как купить SIM-карту", "Позвоните по телефону", "Возьмите с собой паспорт."),
    ("ar", "كيفية شراء شريحة", "اتصل على رقم الهاتف", "أحضر جواز سفرك."),
    ("th", "วิธีซื้อซิมการ์ด", "โทรหมายเลข", "นำหนังสือเดินทางมาด้วย"),
    ("el", "Πώς να αγοράσετε κάρτα SIM", "Telephone:", "Φέρτε το διαβατήριό σας."),
    ("hi", "सिम कार्ड कैसे लें", "Phone", "अपना पासपोर्ट लाएँ।"),
    ("he", "איך לקנות סים", "Tel:", "הביאו דרכון."),
    ("hy", "Ինչպես գնել SIM քարտ", "Tel:", "Վերցրեք անձնագիրը:"),
    ("ka", "როგორ ვიყიდოთ SIM ბარათი", "Tel:", "თან იქონიეთ პასპორტი."),
];

/// Numbers somebody could be reached at, written out by hand: international, as people group them.
const WRITTEN: [&str; 24] = [
    "+355 69 482 0157",
    "+355 4 228 3157",
    "+44 20 7183 4462",
    "+86 138 4692 0571",
    "+81 3-6402-7518",
    "+82 2-3146-9027",
    "+7 921 583-60-47",
    "+971 4 362 9175",
    "+66 2 618 4093",
    "+30 21 0368 4972",
    "+91 98201 47365",
    "+972 3-641-8205",
    "+374 10 582946",
    "+995 32 247 58 16",
    "+49 30 40817 5260",
    "+33 1 73 04 86 52",
    "+39 06 8218 4573",
    "+34 915 82 70 46",
    "+48 22 583 90 17",
    "+90 212 385 60 47",
    "+84 24 3826 5170",
    "+62 21 3850 7462",
    "+55 11 3078-4625",
    "+1 415-283-6047",
];

fn in_digits_of(text: &str, zero: char) -> String {
    text.chars()
        .map(|c| match c.to_digit(10) {
            Some(value) => char::from_u32(zero as u32 + value).unwrap(),
            None => c,
        })
        .collect()
}

/// Another way to write the same number; what Markdown shows and what stands in the source may differ.
fn dressed(dice: &mut Dice, number: &str) -> String {
    match dice.roll(12) {
        0 => number.replace(' ', "\u{a0}"),
        1 => number.replace(' ', "-"),
        2 => number.replace([' ', '-'], ""),
        3 => in_digits_of(number, '０').replace('+', "＋"),
        4 => in_digits_of(number, '٠'),
        5 => number.replace(' ', "."),
        6 => number.replace('-', "\u{2011}"),
        7 => number.replacen(' ', " (", 1).replacen(' ', "\u{0}", 1).replacen(' ', ") ", 1).replace('\u{0}', " "),
        8 => in_digits_of(number, '०'),
        9 => number.replace([' ', '-'], "").replacen('+', "00", 1),
        10 => number.replacen(' ', "\n", 1),
        _ => number.to_owned(),
    }
}

/// Where a number can stand: the text, and the byte it begins at.
fn laid_out(dice: &mut Dice, call: &str, plain: &str, number: &str) -> (String, usize) {
    let flat = number.replace('\n', " ");
    let (before, number, after) = match dice.roll(9) {
        0 => (format!("{call} "), number, format!(". {plain}")),
        1 => (format!("- {call} "), flat.as_str(), format!("\n- {plain}")),
        2 => (format!("| {call} | {plain} |\n|---|---|\n| "), flat.as_str(), format!(" | {plain} |")),
        3 => (format!("{plain} {call} **"), flat.as_str(), format!("**, {plain}")),
        4 => (format!("> {call}: "), flat.as_str(), String::new()),
        5 => (format!("1. {plain}\n2. {call} ("), flat.as_str(), ")".to_owned()),
        6 => (format!("{call} ["), flat.as_str(), "](tel:+355694820157)".to_owned()),
        7 => (format!("## {call} "), flat.as_str(), format!("\n\n{plain}")),
        _ => (format!("{plain}\n{call}: "), number, format!("\n{plain}")),
    };
    (format!("{before}{number}{after}\n"), before.len())
}

#[test]
fn every_number_is_found_where_it_stands() {
    let knowledge = Knowledge::builtin();
    let scanner = Scanner::new(knowledge.lexicon(), Vec::new());
    let mut dice = Dice(seed());
    let mut faults = Vec::new();
    for round in 0..500 {
        let (_, title, call, plain) = LANGUAGES[dice.roll(LANGUAGES.len())];
        let written = dice.pick(&WRITTEN);
        let number = dressed(&mut dice, written);
        let (body, at) = laid_out(&mut dice, call, plain, &number);
        let head = format!("# {title}\n\n{plain}\n\n");
        let text = head.clone() + &body;
        let length = body[at..].find([']', '\u{1}']).filter(|_| body[..at].ends_with('[')).unwrap_or(number.len());
        let wanted = head.len() + at..head.len() + at + length;
        let spans = found(&knowledge, &scanner, &text);
        if std::env::var_os("GUIDELINT_TEST_SHOW").is_some() && round < 10 {
            eprintln!("--- {:?}\n{text}", &text[wanted.clone()]);
        }
        if spans != [wanted.clone()] {
            let seen: Vec<&str> = spans.iter().map(|it| &text[it.clone()]).collect();
            faults.push(format!("wanted {:?}, found {seen:?} in\n{text}", &text[wanted]));
        }
    }
    assert!(faults.is_empty(), "{} of 500:\n{}", faults.len(), faults[..faults.len().min(12)].join("\n"));
}

/// Something with digits that nobody can dial, with a word that says what it is.
fn look_alike(dice: &mut Dice) -> String {
    let mut d = |count: usize| dice.digits(count);
    let (a, b, c) = (d(4), d(4), d(4));
    let (long, two) = (d(10), d(2));
    match dice.roll(44) {
        0 => format!("2024-0{}-1{}", 1 + dice.roll(9), dice.roll(9)),
        1 => format!("1{}.0{}.2025", dice.roll(9), 1 + dice.roll(9)),
        2 => format!("open 08:{two} to 18:30", two = 10 + dice.roll(49)),
        3 => format!("version {}.{}.{}", dice.roll(20), dice.roll(300), dice.roll(9000)),
        4 => format!("IP 192.168.{}.{}", dice.roll(256), dice.roll(256)),
        5 => format!("MAC 00:1A:2B:{:02X}:{:02X}:{:02X}", dice.roll(256), dice.roll(256), dice.roll(256)),
        6 => format!("550e8400-e29b-41d4-a716-4466{}{}", a, b),
        7 => format!("ISBN 978-3-16-{}{}-0", a, two),
        8 => format!("IBAN DE89 3704 0044 {a} {b} 00"),
        9 => format!("card number {a} {b} {c} {}", dice.digits(4)),
        10 => format!("account number {long}"),
        11 => format!("tax ID {}", dice.digits(11)),
        12 => format!("order number {long}"),
        13 => format!("€ {}.{}", dice.roll(900) + 1, dice.digits(3)),
        14 => format!("{} {} {} RUB", 1 + dice.roll(9), dice.digits(3), dice.digits(3)),
        15 => format!("{}–{} days", 10 + dice.roll(20), 40 + dice.roll(40)),
        16 => format!("band n78, 3300-3800 MHz, 2100/1800/900 MHz, {} MHz", 700 + dice.roll(2000)),
        17 => format!("41.{}, 19.{}", dice.digits(4), dice.digits(4)),
        18 => format!("RFC {} and ISO {}", 1000 + dice.roll(8000), 1000 + dice.roll(26000)),
        19 => format!("PLMN 276{}", two),
        20 => format!("[article](https://help.example.com/articles/{})", dice.digits(12)),
        21 => format!("`{} {} {}`", a, b, c),
        22 => format!("\n\n```\ncall({long})\n+355 69 482 0157\n```\n\n"),
        23 => format!("订单号：{long}"),
        24 => format!("税号：{}", dice.digits(15)),
        25 => format!("注文番号 {long}"),
        26 => format!("주문번호 {long}"),
        27 => format!("номер заказа {long}"),
        28 => format!("ИНН {}", dice.digits(10)),
        29 => format!("رقم الطلب {long}"),
        30 => format!("เลขที่บัญชี {}", dice.digits(10)),
        31 => format!("numéro de commande {long}"),
        32 => format!("Kundennummer {long}"),
        33 => format!("https://example.com/?id={}&t={}", dice.digits(10), dice.digits(13)),
        34 => format!("$ {},{}.99", dice.roll(90) + 1, dice.digits(3)),
        35 => format!("{}x{} pixels", 1000 + dice.roll(900), 1000 + dice.roll(900)),
        36 => format!("UTC+0{}:00", 1 + dice.roll(8)),
        37 => format!("#{}", dice.digits(7)),
        38 => format!("sha256 {}ab{}cd{}", a, b, c),
        39 => format!("￥ {},{}-", dice.roll(9) + 1, dice.digits(3)),
        40 => format!("tracking number {}", dice.digits(12)),
        41 => format!("timestamp 17{}", dice.digits(8)),
        42 => format!("{}% of {}", dice.roll(100), dice.roll(9000)),
        _ => "+86 138 0013 XXXX, 0213xxx456".to_owned(),
    }
}

#[test]
fn look_alikes_are_left_alone() {
    let knowledge = Knowledge::builtin();
    let scanner = Scanner::new(knowledge.lexicon(), Vec::new());
    let mut dice = Dice(seed() ^ 0x5151);
    let mut faults = Vec::new();
    for round in 0..500 {
        let (code, title, _, plain) = LANGUAGES[dice.roll(LANGUAGES.len())];
        let country = dice.pick(&["AL", "DE", "CN", "JP", "RU", "US", "TR", "TH"]);
        let (one, two) = (look_alike(&mut dice), look_alike(&mut dice));
        let text = match dice.roll(3) {
            0 => format!("---\ncountry: {country}\n---\n# {title}\n\n{plain} {one}\n\n- {two}\n- {plain}\n"),
            1 => format!("# {title}\n\n| A | B |\n|---|---|\n| {plain} | x |\n\n{two}\n\n{one}\n"),
            _ => format!("---\ncountry: {country}\nlang: {code}\n---\n# {title}\n\n{one}\n\n> {plain}\n\n{two}\n"),
        };
        if std::env::var_os("GUIDELINT_TEST_SHOW").is_some() && round < 10 {
            eprintln!("---\n{text}");
        }
        let seen: Vec<&str> = found(&knowledge, &scanner, &text).into_iter().map(|it| &text[it]).collect();
        if !seen.is_empty() {
            faults.push(format!("found {seen:?} in\n{text}"));
        }
    }
    assert!(faults.is_empty(), "{} of 500:\n{}", faults.len(), faults[..faults.len().min(12)].join("\n"));
}

/// Twice the text takes about twice the time: nothing is looked at again and again.
#[test]
fn adversarial_digits_stay_linear() {
    let checker = guidelint::Checker::builtin();
    for unit in ["7", "+", "(", "+1", "12 ", "*1", "#", "1-", "call 142 ", "٣", "1\n", "+355 69 482 0157 ", "00"] {
        let time = |bytes: usize| {
            let text = format!("# SIM in Albania\n\n{}\n", unit.repeat(bytes / unit.len()));
            let start = std::time::Instant::now();
            checker.check_with(Arc::new(Source::new("text.md", text)), common::today(), &Default::default());
            start.elapsed().as_secs_f64()
        };
        time(2_000);
        let (small, large) = (time(20_000), time(80_000));
        eprintln!("{unit:?}: {small:.3} s, {large:.3} s");
        assert!(large < 9.0 * small + 0.3, "{unit:?}: {small:.3} s for 20 kB, {large:.3} s for 80 kB");
    }
}
