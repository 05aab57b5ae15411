//! How numbers are read in small guides of many countries: which digits are one, where it begins and ends, and whose it is
//! said to be. Numbers are of ranges kept for fiction or libphonenumber's examples, and published short numbers.

mod common;

use guidelint::facts::{self, Facts, Reading, Scanner, SubjectHints};
use guidelint::guide::{self, Guide};
use guidelint::knowledge::Knowledge;
use guidelint::{Checker, Source};
use smol_str::SmolStr;

struct Reader {
    knowledge: std::sync::Arc<Knowledge>,
    scanner: Scanner,
}

impl Reader {
    fn new() -> Reader {
        let knowledge = Knowledge::builtin();
        let scanner = Scanner::new(knowledge.lexicon(), Vec::new());
        Reader { knowledge, scanner }
    }

    fn read(&self, country: &str, body: &str) -> (String, Facts) {
        let text = format!("---\ncountry: {country}\n---\n{body}\n");
        let guide: Guide = guide::parse(&Source::new("guide.md", text.as_str()));
        let (facts, _) = facts::find(&guide, &self.scanner, &self.knowledge, &SubjectHints::default());
        (text, facts)
    }

    /// Every number: its source, its E.164 form or short digits, its extension.
    fn numbers(&self, country: &str, body: &str) -> Vec<String> {
        let (text, facts) = self.read(country, body);
        let one = |it: &facts::NumberMention| {
            let source = &text[it.span.start as usize..it.span.end as usize];
            let number = match &it.reading {
                Reading::Valid(number) => number.e164.clone(),
                Reading::Invalid { fault, .. } => fault.as_str().into(),
                Reading::Short => it.digits.clone(),
            };
            let extension = it.extension.as_ref().map(|it| format!(" x{it}")).unwrap_or_default();
            format!("{source} = {number}{extension}")
        };
        facts.numbers.iter().map(one).collect()
    }
}

/// Country, text, numbers.
type Case = (&'static str, &'static str, &'static [&'static str]);

fn hold(cases: &[Case]) {
    let reader = Reader::new();
    let mut faults = Vec::new();
    for (country, body, wanted) in cases {
        let found = reader.numbers(country, body);
        if found != *wanted {
            faults.push(format!("{country} {body:?}\n  wanted {wanted:?}\n  found  {found:?}"));
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn extensions_are_read_in_every_language() {
    hold(&[
        ("GB", "Phone 020 7946 0958 x123.", &["020 7946 0958 x123 = +442079460958 x123"]),
        ("GB", "Phone 020-7946-0958 extension 12.", &["020-7946-0958 extension 12 = +442079460958 x12"]),
        ("GB", "Phone +44 (0)20 7946 0958#12.", &["+44 (0)20 7946 0958#12 = +442079460958 x12"]),
        ("DE", "Tel. +49 30 23125 000, Durchwahl 12", &["+49 30 23125 000, Durchwahl 12 = +493023125000 x12"]),
        ("DE", "Tel. +49 30 23125000;ext=22", &["+49 30 23125000;ext=22 = +493023125000 x22"]),
        ("DE", "Tel. +49 30 23125 000 (Durchwahl 33).", &["+49 30 23125 000 (Durchwahl 33) = +493023125000 x33"]),
        ("ES", "Teléfono +34 810 12 34 56 (ext. 3)", &["+34 810 12 34 56 (ext. 3) = +34810123456 x3"]),
        ("RU", "Позвоните по телефону 8 (301) 123-45-67 доб. 12", &["8 (301) 123-45-67 доб. 12 = +73011234567 x12"]),
        ("TR", "Telefon: +90 (212) 345 67 89 dahili 12", &["+90 (212) 345 67 89 dahili 12 = +902123456789 x12"]),
        ("CN", "电话 (010) 1234-5678 转 801", &["(010) 1234-5678 转 801 = +861012345678 x801"]),
        (
            "JP",
            "電話：０３－１２３４－５６７８（内線 １２）",
            &["０３－１２３４－５６７８（内線 １２） = +81312345678 x12"],
        ),
        ("TH", "โทร 02-123-4567 ต่อ 12", &["02-123-4567 ต่อ 12 = +6621234567 x12"]),
        ("EG", "رقم الهاتف: ٠٢-٣٤٥٦٧٨٩٠ تحويلة ١٢", &["٠٢-٣٤٥٦٧٨٩٠ تحويلة ١٢ = +20234567890 x12"]),
    ]);
}

#[test]
fn two_numbers_side_by_side_are_two() {
    hold(&[
        (
            "DE",
            "Tel. 030 23125 000 / 030 23125 001",
            &["030 23125 000 = +493023125000", "030 23125 001 = +493023125001"],
        ),
        (
            "DE",
            "Tel. +49 30 23125 000 - +49 30 23125 001",
            &["+49 30 23125 000 = +493023125000", "+49 30 23125 001 = +493023125001"],
        ),
        (
            "FR",
            "Téléphone 01 99 00 12 34 - 01 99 00 12 35",
            &["01 99 00 12 34 = +33199001234", "01 99 00 12 35 = +33199001235"],
        ),
        (
            "CN",
            "客服热线：\n400-123-4567\n400-123-4568",
            &["400-123-4567 = +864001234567", "400-123-4568 = +864001234568"],
        ),
        (
            "CN",
            "客服热线：400-123-4567 400-123-4568",
            &["400-123-4567 = +864001234567", "400-123-4568 = +864001234568"],
        ),
        ("CN", "联系电话：13123456789/13123456780", &["13123456789 = +8613123456789", "13123456780 = +8613123456780"]),
        ("DE", "Notruf 110/112.", &["110 = 110", "112 = 112"]),
        ("DE", "Tel. 030 / 23 12 50 00", &["030 / 23 12 50 00 = +493023125000"]),
        ("DE", "Tel. +49 (0) 30 / 23 125-000", &["+49 (0) 30 / 23 125-000 = +493023125000"]),
        ("GB", "Call +44 20 7946\n0958 today.", &["+44 20 7946\n0958 = +442079460958"]),
        ("GB", "Call 020 7946 0958 / 59.", &["020 7946 0958 = +442079460958"]),
    ]);
}

#[test]
fn short_numbers_are_read_where_the_text_calls_them_so() {
    hold(&[
        ("DE", "In an emergency call 911 or 999.", &["911 = 911", "999 = 999"]),
        ("DE", "Hotline: 555 (free).", &["555 = 555"]),
        ("EG", "اتصل على خدمة العملاء ٨٨٨ أو +٢٠ ٢ ٣٤٥٦ ٧٨٩٠", &["٨٨٨ = 888", "+٢٠ ٢ ٣٤٥٦ ٧٨٩٠ = +20234567890"]),
        ("CN", "拨打客服热线 10086。", &["10086 = 10086"]),
        ("DE", "You call 100 or 200 minutes a month.", &[]),
        ("DE", "Call at 100/200 Mbps on 900/800 MHz.", &[]),
        ("DE", "The police station opened in 1999.", &[]),
        ("CN", "客服中心共有 300 人。", &[]),
        ("CN", "编辑短信 0000 发送至 10001。", &[]),
    ]);
}

#[test]
fn numbers_are_called_so_in_every_language() {
    hold(&[
        ("NL", "Bel de klantenservice: 1200. Noodnummer 112.", &["1200 = 1200", "112 = 112"]),
        ("GR", "Καλέστε στο 2101234567· έκτακτη ανάγκη 112.", &["2101234567 = +302101234567", "112 = 112"]),
        ("IN", "आपातकाल में 112 डायल करें।", &["112 = 112"]),
        ("IN", "ग्राहक सेवा नंबर: १९८।", &["१९८ = 198"]),
        ("BD", "কাস্টমার কেয়ার নম্বর: ১২১। জরুরি সেবা: ৯৯৯।", &["১২১ = 121", "৯৯৯ = 999"]),
        ("IL", "התקשרו למספר 02-123-4567. חירום: 100.", &["02-123-4567 = +97221234567", "100 = 100"]),
        ("PK", "ایمرجنسی: 1122۔", &["1122 = 1122"]),
        ("IR", "شماره تلفن: 021 2345 6789", &["021 2345 6789 = +982123456789"]),
        ("MM", "အရေးပေါ် 199။", &["199 = 199"]),
        ("SE", "Ring kundtjänst: 08-12 34 56.", &["08-12 34 56 = +468123456"]),
        ("CZ", "Zákaznická linka: 212 345 678. Tísňové volání: 112.", &["212 345 678 = +420212345678", "112 = 112"]),
        ("HU", "Ügyfélszolgálat: (06 1) 234 5678", &["(06 1) 234 5678 = +3612345678"]),
        ("RO", "Relații clienți: 021 123 4567; urgențe 112.", &["021 123 4567 = +40211234567", "112 = 112"]),
        ("JP", "緊急時は110番または119番。", &["110 = 110", "119 = 119"]),
        ("EG", "للطوارئ اتصل بالشرطة ١٢٢ أو الإسعاف ١٢٣.", &["١٢٢ = 122", "١٢٣ = 123"]),
        ("VN", "- MobiFone: 9090", &["9090 = 9090"]),
        ("VN", "- MobiFone: 9000", &[]),
    ]);
}

#[test]
fn whole_numbers_can_be_as_short_as_short_numbers() {
    hold(&[
        ("FO", "Call customer service on 20 12 34.", &["20 12 34 = +298201234"]),
        ("NC", "Service client au 20.12.34 (appel local).", &[]),
        ("NC", "Service client au 36.67.11 (appel local).", &["36.67.11 = +687366711"]),
        ("SO", "Customer care: 4012345.", &["4012345 = +2524012345"]),
        ("HN", "Atención al cliente: 2212-3456.", &["2212-3456 = +50422123456"]),
        ("BR", "Central de atendimento: 4004-1234.", &["4004-1234 = +5540041234"]),
        ("AU", "Phone 16 31 234 from home.", &["16 31 234 = +611631234"]),
        ("DE", "Die Hotline ist die 22922.", &["22922 = 22922"]),
    ]);
}

#[test]
fn few_digits_that_are_no_number_are_left_alone() {
    let look_alikes = [
        "Call customer service: it answers 30 000 calls a day from 0900-1730.",
        "The hotline took 201 234 calls in 1998-2004, and 2015-2020 was no better.",
        "Customer care, open 0800-2000, moved on 20.05.24 and on 31-05-2567.",
        "You wait on the phone for 100-200 seconds; post code 40123.",
    ];
    let cases: Vec<Case> = ["FO", "NC", "HN", "BR", "AU", "SO", "VU", "LU"]
        .into_iter()
        .flat_map(|country| look_alikes.map(|text| (country, text, &[][..])))
        .collect();
    hold(&cases);
}

#[test]
fn digits_in_one_piece_need_the_word_beside_them() {
    hold(&[
        ("GB", "Call us before Friday, or write to us about your last bill, invoice 442079460958.", &[]),
        ("DE", "Rufen Sie uns an. Zu Ihrem Vertrag haben wir Ihnen unter dem Zeichen 3023125000 geschrieben.", &[]),
        ("GB", "Call 442079460958.", &["442079460958 = +442079460958"]),
        ("CN", "手机号 13123456789", &["13123456789 = +8613123456789"]),
        ("CN", "13123456789 是客服电话", &["13123456789 = +8613123456789"]),
    ]);
}

#[test]
fn what_is_no_number_is_left_alone() {
    let look_alikes = [
        "NIF B12345678, número de pedido 912345678, precio 1.250,00 €, 31/05/2024, de 9:00 a 21:00 h, CP 28013.",
        "Distribuidor: 600-800 MHz; 2.600 MHz; coordenadas 40.4168, -3.7038. Cuenta ES91 2100 0418 4502 0005 1332.",
        "UUID 550e8400-e29b-41d4-a716-446655440000, MAC 00-1A-2B-3C-4D-5E, 10.0.0.1, port 8080, RFC 3966, ISO 8601.",
        "ISBN 978-3-16-148410-0; card 4111 1111 1111 1111; sort code 20-00-00 account 12345678; NI number QQ 12 34 56 C.",
        "Phone numbers look like 07xxx xxxxxx or +44 7xxx xxx123, 138****8000, 1380013XXXX.",
        "See [ticket](https://example.com/t/02079460958), https://example.com/02079460958?x=442079460958 and `020 7946 0958`.",
        "The call costs 55p, 1,000-2,000 minutes, 20-30 calls, 3.5GHz, lat 51.5074, -0.1278; PLMN 234-15.",
        "Telefon: Version 14.2.1, Preis 12,99 €, 1.234.567 Kunden, Steuernummer 12/345/67890, Frequenz 791-821 MHz.",
        "Öffnungszeiten der Hotline: Mo-Fr 08:00-20:00, Sa 9-18 Uhr, Rückruf nach 3-5 Tagen, 2023/2024.",
        "截止日期2024-05-31，版本号 8.0.12，订单号 2024053112345678，QQ群 123456789，套餐 8 元/月，邮编 100033。",
        "ИНН 7740000076, ОГРН 1027700149124, счёт 40702810900000012345, цена 1 250 000 руб., номер заказа 8005553535.",
        "رقم الطلب ٢٠٢٤٠٥٣١١٢، السعر ١٬٢٥٠ جنيه، التاريخ ٣١/٠٥/٢٠٢٤، من ٩:٠٠ إلى ١٧:٠٠.",
        "หมายเลขบัญชี 123-4-56789-0 ราคา 1,290 บาท วันที่ 31/05/2567 เลขประจำตัว 1-1037-02071-81-1",
        "郵便番号 100-6150、千代田区永田町2-11-1、注文番号 0312345678、料金 2,480円、2024年5月31日、受付時間 9:00～20:00",
    ];
    let cases: Vec<Case> = ["ES", "GB", "DE", "CN", "RU", "EG", "TH", "JP"]
        .into_iter()
        .flat_map(|country| look_alikes.map(|text| (country, text, &[][..])))
        .collect();
    hold(&cases);
}

#[test]
fn a_number_is_bound_to_the_carrier_beside_it() {
    let reader = Reader::new();
    let bound = |body: &str| -> Vec<(Option<SmolStr>, bool)> {
        let (_, facts) = reader.read("AL", body);
        let name = |it: u32| facts.carriers[it as usize].name.clone();
        facts.numbers.iter().map(|it| (it.carrier.map(name), it.carrier_beside)).collect()
    };
    let beside = |name: &str| (Some(name.into()), true);
    let nested =
        "# SIM\n\n- Vodafone Albania\n  - Hotline: +355 22 345 678\n- ONE Albania\n  - Hotline: +355 22 345 679";
    assert_eq!(bound(nested), [beside("Vodafone Albania"), beside("ONE Albania")]);
    let led = "# SIM\n\nVodafone Albania:\n\n- Hotline: +355 22 345 678";
    assert_eq!(bound(led), [beside("Vodafone Albania")]);
    let column = "# SIM\n\n| | Vodafone Albania | ONE Albania |\n|---|---|---|\n| Hotline | 140 | 142 |";
    assert_eq!(bound(column), [beside("Vodafone Albania"), beside("ONE Albania")]);
    let row = "# SIM\n\n| Number | Carrier |\n|---|---|\n| +355 22 345 678 | ONE Albania |";
    assert_eq!(bound(row), [beside("ONE Albania")]);
    let heading = "# SIM\n\n## ONE Albania\n\nCustomer service: +355 22 345 678";
    assert_eq!(bound(heading), [(Some("ONE Albania".into()), false)]);
    let regulator = "# SIM\n\n- If Vodafone Albania does not answer, complain to AKEP: +355 22 345 678";
    assert_eq!(bound(regulator), [(None, false)]);
    let sentence = "# SIM\n\nVodafone Albania (+355 22 345 678), ONE Albania (+355 22 345 679)";
    assert_eq!(bound(sentence), [beside("Vodafone Albania"), beside("ONE Albania")]);
}

#[test]
fn a_number_that_stands_only_in_a_link_is_named_by_its_digits() {
    let text = "# Help in Türkiye\n\nYou can also [call us](tel:+9053212).\n";
    let report = common::check(&Checker::builtin(), "guide.md", text);
    let finding = report.diagnostics.iter().find(|it| it.rule == "phone/invalid").expect("a finding");
    let span = &text[finding.span.start as usize..finding.span.end as usize];
    assert_eq!(span, "tel:+9053212");
    let message = finding.message.text(guidelint::diagnostic::Language::En);
    assert!(message.starts_with("`+9053212` is too short by 5"), "{message}");
}
