//! Dates in twenty-three languages: each form is read to the day, an offer tied to a past day is stale, what happened on a day is
//! not, and a day that no calendar has is found.

mod common;

use std::sync::Arc;

use guidelint::date::Date;
use guidelint::diagnostic::FileReport;
use guidelint::{Checker, Source};

struct Case {
    language: &'static str,
    title: &'static str,
    checked: &'static str,
    /// The first of October 2026, or October 2026, as the language writes it.
    first_of_october: &'static [&'static str],
    /// Offers that ended with June 2022.
    ended_offers: &'static [&'static str],
    /// What happened on the thirtieth of June 2022.
    history: &'static str,
    /// The thirtieth of February.
    no_such_day: &'static str,
}

const CASES: &[Case] = &[
    Case {
        language: "zh-Hans",
        title: "阿尔巴尼亚手机卡怎么注销",
        checked: "最后核实：",
        first_of_october: &["2026年10月1日", "2026-10-01", "2026/10/1", "2026.10.01", "2026年10月"],
        ended_offers: &[
            "这个套餐优惠截止2022年6月30日。",
            "2022年6月30日前办理免费。",
            "活动时间：2022年6月1日至2022年6月30日，免费送流量。",
            "该优惠有效期至2022年6月30日。",
        ],
        history: "2G网络于2022年6月30日关闭。",
        no_such_day: "2026年2月30日",
    },
    Case {
        language: "zh-Hant",
        title: "阿爾巴尼亞手機門號怎麼註銷",
        checked: "最後查核：",
        first_of_october: &["2026年10月1日", "民國115年10月1日", "2026/10/01", "民國 115 年 10 月"],
        ended_offers: &["這個優惠截止2022年6月30日。", "優惠期限至民國111年6月30日止。", "促銷活動到 2022/6/30 為止。"],
        history: "3G網路於2022年6月30日關閉。",
        no_such_day: "2026年2月30日",
    },
    Case {
        language: "en",
        title: "How to cancel an Albanian SIM card",
        checked: "Last checked: ",
        first_of_october: &[
            "1 October 2026",
            "October 1, 2026",
            "1st October 2026",
            "Oct 1, 2026",
            "1 Oct. 2026",
            "2026-10-01",
            "October 2026",
            "10/2026",
            "1 October, 2026",
        ],
        ended_offers: &[
            "The plan is half price until 30 June 2022.",
            "The offer ends on June 30, 2022.",
            "Free data until the end of June 2022.",
            "The promotion runs through 30/06/2022.",
            "This offer is valid from 1 June to 30 June 2022.",
        ],
        history: "The 2G network was switched off on 30 June 2022.",
        no_such_day: "30 February 2026",
    },
    Case {
        language: "es",
        title: "Cómo dar de baja una tarjeta SIM en Albania",
        checked: "Última comprobación: ",
        first_of_october: &[
            "1 de octubre de 2026",
            "1 octubre 2026",
            "01/10/2026",
            "octubre de 2026",
            "1.º de octubre de 2026",
            "1-10-2026",
        ],
        ended_offers: &[
            "La oferta es válida hasta el 30 de junio de 2022.",
            "El plan es gratis hasta junio de 2022.",
            "La promoción termina el 30/06/2022.",
        ],
        history: "La red 2G se apagó el 30 de junio de 2022.",
        no_such_day: "30 de febrero de 2026",
    },
    Case {
        language: "pt",
        title: "Como cancelar um cartão SIM na Albânia",
        checked: "Última verificação: ",
        first_of_october: &["1 de outubro de 2026", "1º de outubro de 2026", "01/10/2026", "outubro de 2026"],
        ended_offers: &[
            "A oferta é válida até 30 de junho de 2022.",
            "O plano é grátis até 30/06/2022.",
            "A promoção termina em 30 de junho de 2022.",
            "A promoção encerra em 30 de junho de 2022.",
        ],
        history: "A rede 2G foi desligada a 30 de junho de 2022.",
        no_such_day: "30 de fevereiro de 2026",
    },
    Case {
        language: "fr",
        title: "Résilier une carte SIM en Albanie",
        checked: "Dernière vérification : ",
        first_of_october: &["1er octobre 2026", "1 octobre 2026", "le 1er octobre 2026", "01/10/2026", "octobre 2026"],
        ended_offers: &[
            "L'offre est valable jusqu'au 30 juin 2022.",
            "Le forfait est gratuit jusqu’au 30 juin 2022.",
            "La promotion prend fin le 30/06/2022.",
            "Offre valable du 1er juin au 30 juin 2022.",
            "Offre valable du 1er au 30 juin 2022.",
            "La promotion se termine le 30 juin 2022.",
        ],
        history: "Le réseau 2G a été arrêté le 30 juin 2022.",
        no_such_day: "30 février 2026",
    },
    Case {
        language: "de",
        title: "SIM-Karte in Albanien kündigen",
        checked: "Zuletzt geprüft: ",
        first_of_october: &["1. Oktober 2026", "01.10.2026", "1.10.2026", "Oktober 2026", "am 1. Oktober 2026"],
        ended_offers: &[
            "Das Angebot gilt bis zum 30. Juni 2022.",
            "Die Aktion endet am 30.06.2022.",
            "Der Tarif ist bis 30.6.2022 kostenlos.",
            "Aktion vom 1. bis 30. Juni 2022: kostenlose SIM-Karte.",
        ],
        history: "Das 3G-Netz wurde am 30. Juni 2022 abgeschaltet.",
        no_such_day: "30. Februar 2026",
    },
    Case {
        language: "it",
        title: "Come disdire una SIM in Albania",
        checked: "Ultima verifica: ",
        first_of_october: &["1 ottobre 2026", "1° ottobre 2026", "01/10/2026", "ottobre 2026", "1º ottobre 2026"],
        ended_offers: &[
            "L'offerta è valida fino al 30 giugno 2022.",
            "La promozione scade il 30/06/2022.",
            "Il piano è gratis entro il 30 giugno 2022.",
        ],
        history: "La rete 2G è stata spenta il 30 giugno 2022.",
        no_such_day: "30 febbraio 2026",
    },
    Case {
        language: "ru",
        title: "Как отключить SIM-карту в Албании",
        checked: "Проверено: ",
        first_of_october: &[
            "1 октября 2026 года",
            "1 октября 2026 г.",
            "01.10.2026",
            "октябрь 2026",
            "в октябре 2026 года",
        ],
        ended_offers: &[
            "Акция действует до 30 июня 2022 года.",
            "Тариф бесплатный до 30.06.2022.",
            "Предложение заканчивается 30 июня 2022 г.",
        ],
        history: "Сеть 2G отключили 30 июня 2022 года.",
        no_such_day: "30 февраля 2026",
    },
    Case {
        language: "tr",
        title: "Arnavutluk SIM kartı nasıl iptal edilir",
        checked: "Son kontrol: ",
        first_of_october: &["1 Ekim 2026", "01.10.2026", "Ekim 2026", "1 Ekim 2026 Perşembe"],
        ended_offers: &[
            "Kampanya 30 Haziran 2022 tarihine kadar geçerlidir.",
            "Paket 30.06.2022'ye kadar ücretsiz.",
            "Teklif için son gün 30 Haziran 2022.",
            "Kampanya 01.06.2022-30.06.2022 tarihleri arasında geçerlidir.",
            "İndirim 30 Haziran 2022'de sona eriyor.",
        ],
        history: "2G ağı 30 Haziran 2022 günü kapatıldı.",
        no_such_day: "30 Şubat 2026",
    },
    Case {
        language: "vi",
        title: "Cách hủy SIM ở Albania",
        checked: "Kiểm tra lần cuối: ",
        first_of_october: &[
            "ngày 1 tháng 10 năm 2026",
            "01/10/2026",
            "1/10/2026",
            "tháng 10 năm 2026",
            "1-10-2026",
            "tháng 10/2026",
        ],
        ended_offers: &[
            "Khuyến mãi áp dụng đến hết ngày 30/06/2022.",
            "Gói cước miễn phí đến ngày 30 tháng 6 năm 2022.",
            "Ưu đãi kết thúc vào 30/6/2022.",
        ],
        history: "Mạng 2G đã tắt ngày 30 tháng 6 năm 2022.",
        no_such_day: "30 tháng 2 năm 2026",
    },
    Case {
        language: "id",
        title: "Cara membatalkan kartu SIM di Albania",
        checked: "Terakhir diperiksa: ",
        first_of_october: &["1 Oktober 2026", "01/10/2026", "Oktober 2026", "1 Okt 2026"],
        ended_offers: &[
            "Promo berlaku hingga 30 Juni 2022.",
            "Paket gratis sampai 30/06/2022.",
            "Penawaran berakhir pada 30 Juni 2022.",
        ],
        history: "Jaringan 2G dimatikan pada 30 Juni 2022.",
        no_such_day: "30 Februari 2026",
    },
    Case {
        language: "th",
        title: "วิธียกเลิกซิมการ์ดในแอลเบเนีย",
        checked: "ตรวจสอบล่าสุด: ",
        first_of_october: &[
            "1 ตุลาคม 2569",
            "1 ตุลาคม พ.ศ. 2569",
            "1 ต.ค. 2569",
            "1/10/2569",
            "๑ ตุลาคม ๒๕๖๙",
            "ตุลาคม 2569",
            "วันที่ 1 ตุลาคม พ.ศ. 2569",
        ],
        ended_offers: &[
            "โปรโมชั่นนี้ถึงวันที่ 30 มิถุนายน 2565",
            "แพ็กเกจฟรีจนถึง 30 มิถุนายน พ.ศ. 2565",
            "ข้อเสนอหมดเขต 30 มิ.ย. 2565",
        ],
        history: "เครือข่าย 2G ปิดเมื่อ 30 มิถุนายน 2565",
        no_such_day: "30 กุมภาพันธ์ 2569",
    },
    Case {
        language: "ja",
        title: "アルバニアのSIMカードの解約方法",
        checked: "最終確認：",
        first_of_october: &[
            "2026年10月1日",
            "令和8年10月1日",
            "2026/10/1",
            "2026年10月",
            "令和８年１０月１日",
            "２０２６年１０月１日",
        ],
        ended_offers: &[
            "このキャンペーンは2022年6月30日まで。",
            "料金割引は令和4年6月30日まで。",
            "特典は2022年6月30日に終了。",
        ],
        history: "2Gネットワークは2022年6月30日に停波した。",
        no_such_day: "令和8年2月30日",
    },
    Case {
        language: "ko",
        title: "알바니아 SIM 카드 해지 방법",
        checked: "최종 확인: ",
        first_of_october: &["2026년 10월 1일", "2026.10.1.", "2026. 10. 1.", "2026-10-01", "2026년 10월"],
        ended_offers: &[
            "이 이벤트는 2022년 6월 30일까지입니다.",
            "요금 할인은 2022.6.30까지 제공됩니다.",
            "프로모션 마감: 2022년 6월 30일",
        ],
        history: "2G 네트워크는 2022년 6월 30일에 꺼졌습니다.",
        no_such_day: "2026년 2월 30일",
    },
    Case {
        language: "ar",
        title: "كيفية إلغاء شريحة SIM في ألبانيا",
        checked: "آخر تحقق: ",
        first_of_october: &[
            "1 أكتوبر 2026",
            "١ أكتوبر ٢٠٢٦",
            "١/١٠/٢٠٢٦",
            "٠١-١٠-٢٠٢٦",
            "أكتوبر 2026",
            "1 تشرين الأول 2026",
            "٢٠٢٦/١٠/١",
        ],
        ended_offers: &[
            "العرض ساري حتى 30 يونيو 2022.",
            "الباقة مجانية حتى ٣٠ يونيو ٢٠٢٢.",
            "ينتهي العرض في 30/06/2022.",
        ],
        history: "أُغلقت شبكة 2G في 30 يونيو 2022.",
        no_such_day: "٣٠/٢/٢٠٢٦",
    },
    Case {
        language: "nl",
        title: "Een Albanese simkaart opzeggen",
        checked: "Laatst gecontroleerd: ",
        first_of_october: &["1 oktober 2026", "01-10-2026", "1/10/2026", "oktober 2026"],
        ended_offers: &[
            "De aanbieding geldt tot 30 juni 2022.",
            "De bundel is gratis t/m 30-06-2022.",
            "De actie loopt van 1 juni tot en met 30 juni 2022.",
        ],
        history: "Het 2G-netwerk is op 30 juni 2022 uitgezet.",
        no_such_day: "30 februari 2026",
    },
    Case {
        language: "pl",
        title: "Jak zrezygnować z albańskiej karty SIM",
        checked: "Ostatnio sprawdzono: ",
        first_of_october: &["1 października 2026", "01.10.2026", "październik 2026", "1 października 2026 r."],
        ended_offers: &[
            "Promocja obowiązuje do 30 czerwca 2022.",
            "Pakiet jest darmowy do 30.06.2022.",
            "Cena promocyjna trwa do dnia 30 czerwca 2022 r.",
        ],
        history: "Sieć 2G wyłączono 30 czerwca 2022.",
        no_such_day: "30 lutego 2026",
    },
    Case {
        language: "uk",
        title: "Як відключити сім-карту в Албанії",
        checked: "Остання перевірка: ",
        first_of_october: &["1 жовтня 2026", "1 жовтня 2026 року", "01.10.2026", "жовтень 2026"],
        ended_offers: &[
            "Акція діє до 30 червня 2022 року.",
            "Тариф безкоштовний по 30.06.2022.",
            "Знижка закінчується 30 червня 2022.",
        ],
        history: "Мережу 2G вимкнули 30 червня 2022.",
        no_such_day: "30 лютого 2026",
    },
    Case {
        language: "el",
        title: "Πώς να ακυρώσετε αλβανική κάρτα SIM",
        checked: "Τελευταίος έλεγχος: ",
        first_of_october: &["1 Οκτωβρίου 2026", "01/10/2026", "1.10.2026", "Οκτώβριος 2026"],
        ended_offers: &[
            "Η προσφορά ισχύει έως 30/06/2022.",
            "Το πακέτο είναι δωρεάν μέχρι τις 30 Ιουνίου 2022.",
            "Η έκπτωση λήγει στις 30 Ιουνίου 2022.",
            "Η ΠΡΟΣΦΟΡΑ ΙΣΧΥΕΙ ΕΩΣ 30/06/2022.",
        ],
        history: "Το δίκτυο 3G έσβησε στις 30 Ιουνίου 2022.",
        no_such_day: "30 Φεβρουαρίου 2026",
    },
    Case {
        language: "sq",
        title: "Si të anuloni një kartë SIM në Shqipëri",
        checked: "Kontrolluar: ",
        first_of_october: &["1 tetor 2026", "01.10.2026", "1/10/2026", "tetor 2026"],
        ended_offers: &[
            "Oferta vlen deri më 30 qershor 2022.",
            "Paketa është falas deri në 30.06.2022.",
            "Zbritja përfundon më 30 qershor 2022.",
        ],
        history: "Rrjeti 3G u mbyll më 30 qershor 2022.",
        no_such_day: "30 shkurt 2026",
    },
    Case {
        language: "hi",
        title: "अल्बानिया का सिम कार्ड कैसे बंद करें",
        checked: "अंतिम अपडेट: ",
        first_of_october: &["1 अक्टूबर 2026", "१ अक्टूबर २०२६", "01/10/2026", "अक्टूबर 2026"],
        ended_offers: &["यह ऑफर 30 जून 2022 तक मान्य है।", "यह प्लान 30/06/2022 तक मुफ़्त है।", "छूट की अंतिम तिथि: 30 जून 2022"],
        history: "2G नेटवर्क 30 जून 2022 को बंद हुआ।",
        no_such_day: "30 फरवरी 2026",
    },
    Case {
        language: "bn",
        title: "আলবেনিয়ার সিম কার্ড বন্ধ করার নিয়ম",
        checked: "সর্বশেষ হালনাগাদ: ",
        first_of_october: &["১ অক্টোবর ২০২৬", "1 অক্টোবর 2026", "০১/১০/২০২৬", "১ অক্টোবর, ২০২৬", "অক্টোবর ২০২৬"],
        ended_offers: &["এই অফার ৩০ জুন ২০২২ পর্যন্ত।", "প্যাকেজটি ৩০/০৬/২০২২ পর্যন্ত ফ্রি।", "অফারের শেষ তারিখ: 30 জুন 2022"],
        history: "২জি নেটওয়ার্ক ৩০ জুন ২০২২ তারিখে বন্ধ হয়।",
        no_such_day: "৩০ ফেব্রুয়ারি ২০২৬",
    },
];

struct Judge {
    checker: Checker,
    faults: Vec<String>,
}

impl Judge {
    fn check(&self, case: &Case, text: &str, rule: &str, today: (i16, i8, i8)) -> FileReport {
        let text = format!("---\nlanguage: {}\n---\n\n# {}\n\n{text}\n", case.language, case.title);
        let today = Date::new(today.0, today.1, today.2).unwrap();
        self.checker.check_with(Arc::new(Source::new("guide.md", text)), today, &common::only(rule))
    }

    /// Wants one finding, whose text stands in `text`; or none.
    fn wants(&mut self, found: bool, case: &Case, text: &str, rule: &str, today: (i16, i8, i8)) {
        let file = self.check(case, text, rule, today);
        let spans: Vec<&str> = file.diagnostics.iter().map(|it| &file.source.text()[it.span.range()]).collect();
        let right = match spans[..] {
            [one] => found && !one.is_empty() && text.contains(one),
            [] => !found,
            _ => false,
        };
        if !right {
            self.faults.push(format!("{} {rule} on {today:?}: {spans:?} in {text}", case.language));
        }
    }
}

#[test]
fn every_form_is_read_to_the_day() {
    let mut judge = Judge { checker: Checker::builtin(), faults: Vec::new() };
    for case in CASES {
        for form in case.first_of_october {
            let text = format!("{}{form}", case.checked);
            // The future begins after tomorrow.
            judge.wants(true, case, &text, "date/impossible", (2026, 9, 29));
            judge.wants(false, case, &text, "date/impossible", (2026, 9, 30));
            judge.wants(false, case, &text, "date/missing", (2026, 11, 22));
            judge.wants(true, case, &text, "date/stale", (2031, 11, 22));
            judge.wants(false, case, &text, "date/stale", (2026, 11, 22));
        }
        let text = format!("{}{}", case.checked, case.no_such_day);
        judge.wants(true, case, &text, "date/impossible", (2026, 11, 22));
    }
    assert!(judge.faults.is_empty(), "{}", judge.faults.join("\n"));
}

#[test]
fn an_offer_is_stale_from_the_day_after_its_last() {
    let mut judge = Judge { checker: Checker::builtin(), faults: Vec::new() };
    for case in CASES {
        for offer in case.ended_offers {
            judge.wants(true, case, offer, "date/stale", (2022, 7, 1));
            judge.wants(false, case, offer, "date/stale", (2022, 6, 30));
        }
        judge.wants(false, case, case.history, "date/stale", (2026, 11, 22));
    }
    assert!(judge.faults.is_empty(), "{}", judge.faults.join("\n"));
}
