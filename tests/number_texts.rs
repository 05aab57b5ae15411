//! Numbers in generated guides: every one is found with its exact span in ten scripts and many layouts; look-alikes never
//! are. The generator knows nothing of the finder's tables. `GUIDELINT_TEST_SEED` chooses the texts.

mod common;

use common::Dice;
use guidelint::facts::{self, Scanner, SubjectHints};
use guidelint::knowledge::Knowledge;
use guidelint::{Source, guide};

/// Where the finder sees numbers, by source bytes.
fn found(knowledge: &Knowledge, scanner: &Scanner, text: &str) -> Vec<std::ops::Range<usize>> {
    let guide = guide::parse(&Source::new("text.md", text));
    let (facts, _) = facts::find(&guide, scanner, knowledge, &SubjectHints::default());
    facts.numbers.iter().map(|it| it.span.start as usize..it.span.end as usize).collect()
}

/// A language, and a country where people speak it and write numbers as in `national`.
#[derive(Clone, Copy)]
struct Tongue {
    code: &'static str,
    country: &'static str,
    title: &'static str,
    /// Begins a sentence that calls something a telephone number.
    call: &'static str,
    /// A sentence that speaks of calls and gives no number.
    talk: &'static str,
    /// Words without digits.
    plain: &'static str,
    national: &'static str,
}

macro_rules! tongues {
    ($($code:literal $country:literal $title:literal $call:literal $talk:literal $plain:literal $national:literal)*) => {
        [$(Tongue { code: $code, country: $country, title: $title, call: $call, talk: $talk, plain: $plain, national: $national }),*]
    };
}

#[rustfmt::skip]
const TONGUES: [Tongue; 12] = tongues! {
    "en" "GB" "Getting a SIM card" "Call customer service at" "Call customer service any day." "Bring your passport with you." "020 7183 4462"
    "zh" "CN" "手机卡办理指南" "请拨打客服电话" "请致电客服。" "请携带护照。" "138 4692 0571"
    "ja" "JP" "SIMカードの契約" "お問い合わせ電話番号は" "お電話ください。" "パスポートをお持ちください。" "03-6402-7518"
    "ko" "KR" "유심 개통 안내" "고객센터 전화번호는" "고객센터에 전화하세요." "여권을 지참하세요." "02-3146-9027"
    "ru" "RU" "Как купить SIM-карту" "Позвоните по телефону" "Позвоните в поддержку." "Возьмите с собой паспорт." "8 921 583-60-47"
    "ar" "AE" "كيفية شراء شريحة" "اتصل على رقم الهاتف" "اتصل بخدمة العملاء." "أحضر جواز سفرك." "04 362 9175"
    "th" "TH" "วิธีซื้อซิมการ์ด" "โทรหมายเลข" "โทรหาศูนย์บริการ" "นำหนังสือเดินทางมาด้วย" "02 618 4093"
    "el" "GR" "Πώς να αγοράσετε κάρτα SIM" "Telephone:" "Τηλεφωνήστε μας." "Φέρτε το διαβατήριό σας." "21 0368 4972"
    "hi" "IN" "सिम कार्ड कैसे लें" "Phone" "हमें फ़ोन करें।" "अपना पासपोर्ट लाएँ।" "098201 47365"
    "he" "IL" "איך לקנות סים" "Tel:" "התקשרו אלינו." "הביאו דרכון." "03-641-8205"
    "hy" "AM" "Ինչպես գնել SIM քարտ" "Tel:" "Զանգահարեք մեզ:" "Վերցրեք անձնագիրը:" "010 582946"
    "ka" "GE" "როგორ ვიყიდოთ SIM ბარათი" "Tel:" "დაგვირეკეთ." "თან იქონიეთ პასპორტი." "032 247 58 16"
};

/// Numbers somebody could be reached at, written out by hand: international, as people group them. The last three digits
/// are drawn anew.
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

/// The same number with other last digits.
fn redrawn(dice: &mut Dice, number: &str) -> String {
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let mut seen = 0;
    number
        .chars()
        .map(|c| {
            seen += usize::from(c.is_ascii_digit());
            if c.is_ascii_digit() && seen + 3 > digits { char::from(b'0' + dice.roll(10) as u8) } else { c }
        })
        .collect()
}

/// Another way to write the same number; what Markdown shows and what stands in the source may differ.
fn dressed(dice: &mut Dice, number: &str) -> String {
    let international = number.starts_with('+');
    match dice.roll(20) {
        0 => number.replace(' ', "\u{a0}"),
        1 => number.replace(' ', "-"),
        2 if international => number.replace([' ', '-'], ""),
        3 => in_digits_of(number, '０').replace('+', "＋"),
        4 => in_digits_of(number, '٠'),
        5 if international => number.replace(' ', "."),
        6 => number.replace('-', "\u{2011}"),
        7 if international => {
            number.replacen(' ', " (", 1).replacen(' ', "\0", 1).replacen(' ', ") ", 1).replace('\0', " ")
        }
        8 => in_digits_of(number, '०'),
        9 if international => number.replace([' ', '-'], "").replacen('+', "00", 1),
        10 if international => number.replacen(' ', "\n", 1),
        11 => number.replace(' ', "\u{202f}"),
        12 => number.replace(['-', ' '], "\u{2010}"),
        13 => number.replace('-', "–"),
        14 if international => number.replacen(' ', " (0)", 1),
        15 => format!("{number} ext. {}", dice.digits(2)),
        16 => format!("{number} x{}", dice.digits(3)),
        17 if international => number.replacen(' ', "  ", 1),
        _ => number.to_owned(),
    }
}

/// Where a number can stand: the text, and the byte it begins at.
fn laid_out(dice: &mut Dice, call: &str, plain: &str, number: &str) -> (String, usize) {
    let flat = number.replace('\n', " ");
    let (before, number, after) = match dice.roll(13) {
        0 => (format!("{call} "), number, format!(". {plain}")),
        1 => (format!("- {call} "), flat.as_str(), format!("\n- {plain}")),
        2 => (format!("| {call} | {plain} |\n|---|---|\n| "), flat.as_str(), format!(" | {plain} |")),
        3 => (format!("{plain} {call} **"), flat.as_str(), format!("**, {plain}")),
        4 => (format!("> {call}: "), flat.as_str(), String::new()),
        5 => (format!("1. {plain}\n2. {call} ("), flat.as_str(), ")".to_owned()),
        6 => (format!("{call} ["), flat.as_str(), "](tel:+355694820157)".to_owned()),
        7 => (format!("## {call} "), flat.as_str(), format!("\n\n{plain}")),
        8 => (format!("{call} *"), flat.as_str(), format!("*; {plain}")),
        9 => (format!("- {plain}\n  - {call}：**"), flat.as_str(), "**".to_owned()),
        10 => (format!("{plain}  \n{call} "), number, format!("  \n{plain}")),
        11 if number.starts_with('+') => (format!("{call} \\"), number, format!(". {plain}")),
        _ => (format!("{plain}\n{call}: "), number, format!("\n{plain}")),
    };
    (format!("{before}{number}{after}\n"), before.len())
}

#[test]
fn every_number_is_found_where_it_stands() {
    let knowledge = Knowledge::builtin();
    let scanner = Scanner::new(knowledge.lexicon(), Vec::new());
    let mut dice = Dice(common::seed());
    let mut faults = Vec::new();
    for round in 0..500 {
        let tongue = dice.pick(&TONGUES);
        let written = if dice.roll(3) == 0 { tongue.national } else { dice.pick(&WRITTEN) };
        let number = redrawn(&mut dice, written);
        let number = dressed(&mut dice, &number);
        let (body, at) = laid_out(&mut dice, tongue.call, tongue.plain, &number);
        let head = format!("---\ncountry: {}\n---\n# {}\n\n{}\n\n", tongue.country, tongue.title, tongue.plain);
        let text = head.clone() + &body;
        let wanted = head.len() + at..head.len() + at + number.len();
        let spans = found(&knowledge, &scanner, &text);
        if common::shows(round) {
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
    match dice.roll(64) {
        0 => format!("2024-0{}-1{}", 1 + dice.roll(9), dice.roll(9)),
        1 => format!("1{}.0{}.2025", dice.roll(9), 1 + dice.roll(9)),
        2 => format!("open 08:{two} to 18:30", two = 10 + dice.roll(49)),
        3 => format!("version {}.{}.{}", dice.roll(20), dice.roll(300), dice.roll(9000)),
        4 => format!("IP 192.168.{}.{}", dice.roll(256), dice.roll(256)),
        5 => format!("MAC 00:1A:2B:{:02X}:{:02X}:{:02X}", dice.roll(256), dice.roll(256), dice.roll(256)),
        6 => format!("550e8400-e29b-41d4-a716-4466{a}{b}"),
        7 => format!("ISBN 978-3-16-{a}{two}-0"),
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
        19 => format!("PLMN 276{two}"),
        20 => format!("[article](https://help.example.com/articles/{})", dice.digits(12)),
        21 => format!("`{a} {b} {c}`"),
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
        38 => format!("sha256 {a}ab{b}cd{c}"),
        39 => format!("￥ {},{}-", dice.roll(9) + 1, dice.digits(3)),
        40 => format!("tracking number {}", dice.digits(12)),
        41 => format!("timestamp 17{}", dice.digits(8)),
        42 => format!("{}% of {}", dice.roll(100), dice.roll(9000)),
        43 => format!("KB50{}, CVE-2024-{}", dice.digits(5), dice.digits(5)),
        44 => format!("IMEI {}", dice.digits(15)),
        45 => format!("2001:db8::{}:{}", dice.roll(9999), dice.roll(9999)),
        46 => format!("v{}.{}.0-2024{}", dice.roll(9), dice.roll(99), dice.digits(4)),
        47 => format!("UTC−0{}:30, 24/7, 4G/5G, 1:{}000", dice.roll(9), 1 + dice.roll(9)),
        48 => format!("**{}** GB, {} MB, 1.{} Mbps", 1 + dice.roll(900), 1000 + dice.roll(9000), dice.digits(3)),
        49 => format!("DOI 10.{a}/{b}{c}"),
        50 => format!("EAN 40{}", dice.digits(11)),
        51 => {
            format!("{}/{}/2025 at {}:{}", 1 + dice.roll(28), 1 + dice.roll(12), 10 + dice.roll(12), 10 + dice.roll(48))
        }
        52 => format!("AT+COPS=1,2,\"276{two}\""),
        53 => format!("@user{long} and id_{long}"),
        54 => format!("<!-- {long} +355 69 482 0157 -->"),
        55 => format!("![chart](/img/{long}.png)"),
        56 => format!("{} {} km²", 1 + dice.roll(99), dice.digits(3)),
        57 => format!("£{}.{two}–£{}.{two}", 1 + dice.roll(30), 31 + dice.roll(30)),
        58 => format!("{a}-{b}-{c}-{} ABCD", dice.digits(4)),
        59 => format!("{}元/月，{}GB，{}分钟", 8 + dice.roll(200), 1 + dice.roll(300), 100 + dice.roll(900)),
        60 => format!("numero fattura {long}, P.IVA IT{}", dice.digits(11)),
        61 => format!("客户编号 {long}，身份证号 {}X", dice.digits(17)),
        62 => format!("¥{} - ¥{}", 1000 + dice.roll(8000), 10000 + dice.roll(80000)),
        _ => "+86 138 0013 XXXX, 0213xxx456, 138****8000, +44 7xxx xxx123".to_owned(),
    }
}

#[test]
fn look_alikes_are_left_alone() {
    let knowledge = Knowledge::builtin();
    let scanner = Scanner::new(knowledge.lexicon(), Vec::new());
    let mut dice = Dice(common::seed() ^ 0x5151);
    let mut faults = Vec::new();
    for round in 0..500 {
        let Tongue { code, title, talk, plain, country: home, .. } = dice.pick(&TONGUES);
        let country =
            if dice.roll(2) == 0 { home } else { dice.pick(&["AL", "DE", "CN", "JP", "RU", "US", "TR", "TH"]) };
        let (one, two) = (look_alike(&mut dice), look_alike(&mut dice));
        let text = match dice.roll(4) {
            0 => format!("---\ncountry: {country}\n---\n# {title}\n\n{plain} {one}\n\n- {two}\n- {plain}\n- {talk}\n"),
            1 => format!("# {title}\n\n| A | B |\n|---|---|\n| {plain} | x |\n\n{two}\n\n{one}\n"),
            2 => format!(
                "---\ncountry: {country}\nlang: {code}\n---\n# {title}\n\n{talk}\n\n{one}\n\n> {plain}\n\n{two}\n"
            ),
            _ => format!("---\ncountry: {country}\n---\n# {title}\n\n{talk}\n\n1. {one}\n2. {plain} ({two})\n"),
        };
        if common::shows(round) {
            eprintln!("---\n{text}");
        }
        let seen: Vec<&str> = found(&knowledge, &scanner, &text).into_iter().map(|it| &text[it]).collect();
        if !seen.is_empty() {
            faults.push(format!("found {seen:?} in\n{text}"));
        }
    }
    assert!(faults.is_empty(), "{} of 500:\n{}", faults.len(), faults[..faults.len().min(12)].join("\n"));
}
