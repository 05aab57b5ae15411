//! A guide against itself, in seven languages: each kind of contradiction is found with both of its places, and the same
//! guide without it is silent.

mod common;

use std::sync::Arc;

use guidelint::diagnostic::FileReport;
use guidelint::{Checker, Source};

struct Case {
    language: &'static str,
    title: &'static str,
    faq: &'static str,
    /// A statement, the same with another value, and the two values.
    said_twice: &'static [(&'static str, &'static str, &'static str, &'static str)],
    /// What is said, the step that is done all the same, and the words that show it.
    online: (&'static str, &'static str, &'static str, &'static str),
    /// A heading that counts, and one step too few.
    steps: (&'static str, [&'static str; 4], &'static str),
    /// A text about another country than the title's.
    abroad: ([&'static str; 3], &'static str, &'static str),
    /// The line that says when the guide was checked, and the day in it: 12 October 2026.
    checked: (&'static str, &'static str),
}

const CASES: &[Case] = &[
    Case {
        language: "en",
        checked: ("Last checked: 12 October 2026", "12 October 2026"),
        title: "How to cancel an Albanian SIM card",
        faq: "## FAQ",
        said_twice: &[
            (
                "The closing fee is 500 lekë, paid in the shop.",
                "Remember that the closing fee is 800 lekë.",
                "500 lekë",
                "800 lekë",
            ),
            ("Closing the line costs 500 lekë.", "Closing the line costs 800 lekë.", "500 lekë", "800 lekë"),
            ("The refund takes 7 days.", "The refund takes 30 days.", "7 days", "30 days"),
            ("The hotline of Vodafone Albania is 140.", "The hotline of Vodafone Albania is 144.", "140", "144"),
            (
                "There are three mobile operators in Albania.",
                "The two mobile operators of Albania sell cards.",
                "three mobile operators",
                "two mobile operators",
            ),
        ],
        online: (
            "Closing the line cannot be done online.",
            "Fill in the online form.",
            "cannot be done online",
            "online form",
        ),
        steps: ("## Cancel in 5 steps", ["Go.", "Ask.", "Sign.", "Pay."], "5 steps"),
        abroad: (
            ["Go to a shop in Greece.", "In Greece you need a passport.", "The operators of Greece ask for it."],
            "Greece",
            "Albanian",
        ),
    },
    Case {
        language: "zh",
        checked: ("最后核实：2026年10月12日", "2026年10月12日"),
        title: "阿尔巴尼亚手机卡怎么注销",
        faq: "## 常见问题",
        said_twice: &[
            ("销户手续费为500列克，在营业厅支付。", "请记住，销户手续费是800列克。", "500列克", "800列克"),
            ("销户需要支付500列克。", "销户需要支付800列克。", "500列克", "800列克"),
            ("余额退款需要7天。", "余额退款需要30天。", "7天", "30天"),
            ("Vodafone Albania 的客服热线是 140。", "Vodafone Albania 的客服热线是 144。", "140", "144"),
            ("阿尔巴尼亚有三家运营商。", "阿尔巴尼亚的两家运营商都卖卡。", "三家运营商", "两家运营商"),
        ],
        online: ("注销无法在线办理。", "在线提交申请表。", "无法在线办理", "在线提交"),
        steps: ("## 5步注销", ["去营业厅。", "说明来意。", "签字。", "付款。"], "5步"),
        abroad: (["请到希腊的营业厅。", "在希腊需要护照。", "希腊的运营商会要求。"], "希腊", "阿尔巴尼亚"),
    },
    Case {
        language: "es",
        checked: ("Última revisión: 12 de octubre de 2026", "12 de octubre de 2026"),
        title: "Cómo dar de baja una tarjeta SIM en Albania",
        faq: "## Preguntas frecuentes",
        said_twice: &[
            (
                "La comisión de baja es de 500 lekë y se paga en la tienda.",
                "Recuerda que la comisión de baja es de 800 lekë.",
                "500 lekë",
                "800 lekë",
            ),
            ("Dar de baja la línea cuesta 500 lekë.", "Dar de baja la línea cuesta 800 lekë.", "500 lekë", "800 lekë"),
            ("El reembolso tarda 7 días.", "El reembolso tarda 30 días.", "7 días", "30 días"),
            (
                "La línea de atención al cliente de Vodafone Albania es el 140.",
                "La línea de atención al cliente de Vodafone Albania es el 144.",
                "140",
                "144",
            ),
            (
                "En Albania hay tres operadores móviles.",
                "Los dos operadores móviles de Albania venden tarjetas.",
                "tres operadores",
                "dos operadores",
            ),
        ],
        online: (
            "La baja no se puede hacer por internet.",
            "Rellena el formulario en línea.",
            "no se puede hacer por internet",
            "formulario en línea",
        ),
        steps: ("## La baja en 5 pasos", ["Ve a la tienda.", "Pregunta.", "Firma.", "Paga."], "5 pasos"),
        abroad: (
            ["Ve a una tienda en Grecia.", "En Grecia necesitas un pasaporte.", "Los operadores de Grecia lo piden."],
            "Grecia",
            "Albania",
        ),
    },
    Case {
        language: "fr",
        checked: ("Dernière vérification : 12 octobre 2026", "12 octobre 2026"),
        title: "Résilier une carte SIM en Albanie",
        faq: "## Questions fréquentes",
        said_twice: &[
            (
                "Les frais de résiliation sont de 500 lekë, à payer en boutique.",
                "À retenir : les frais de résiliation sont de 800 lekë.",
                "500 lekë",
                "800 lekë",
            ),
            ("La résiliation coûte 500 lekë.", "La résiliation coûte 800 lekë.", "500 lekë", "800 lekë"),
            ("Le remboursement prend 7 jours.", "Le remboursement prend 30 jours.", "7 jours", "30 jours"),
            (
                "Le service client de Vodafone Albania répond au 140.",
                "Le service client de Vodafone Albania répond au 144.",
                "140",
                "144",
            ),
            (
                "L'Albanie compte trois opérateurs mobiles.",
                "Les deux opérateurs mobiles d'Albanie vendent des cartes.",
                "trois opérateurs",
                "deux opérateurs",
            ),
        ],
        online: (
            "La résiliation ne peut pas se faire en ligne.",
            "Remplissez le formulaire en ligne.",
            "ne peut pas se faire en ligne",
            "formulaire en ligne",
        ),
        steps: ("## Résilier en 5 étapes", ["Allez en boutique.", "Demandez.", "Signez.", "Payez."], "5 étapes"),
        abroad: (
            [
                "Allez dans une boutique en Grèce.",
                "En Grèce il faut un passeport.",
                "Les opérateurs de Grèce le demandent.",
            ],
            "Grèce",
            "Albanie",
        ),
    },
    Case {
        language: "de",
        checked: ("Zuletzt geprüft: 12. Oktober 2026", "12. Oktober 2026"),
        title: "SIM-Karte in Albanien kündigen",
        faq: "## Häufige Fragen",
        said_twice: &[
            (
                "Die Gebühr für die Kündigung beträgt 500 Lekë und wird im Laden bezahlt.",
                "Die Gebühr für die Kündigung beträgt 800 Lekë.",
                "500 Lekë",
                "800 Lekë",
            ),
            ("Die Kündigung kostet 500 Lekë.", "Die Kündigung kostet 800 Lekë.", "500 Lekë", "800 Lekë"),
            ("Die Erstattung dauert 7 Tage.", "Die Erstattung dauert 30 Tage.", "7 Tage", "30 Tage"),
            ("Die Hotline von Vodafone Albania ist 140.", "Die Hotline von Vodafone Albania ist 144.", "140", "144"),
            (
                "In Albanien gibt es drei Mobilfunkanbieter.",
                "Die zwei Mobilfunkanbieter Albaniens verkaufen Karten.",
                "drei Mobilfunkanbieter",
                "zwei Mobilfunkanbieter",
            ),
        ],
        online: (
            "Die Kündigung ist online nicht möglich.",
            "Füllen Sie das Online-Formular aus.",
            "online nicht möglich",
            "Online-Formular",
        ),
        steps: (
            "## Kündigen in 5 Schritten",
            ["Gehen Sie in den Laden.", "Fragen Sie.", "Unterschreiben Sie.", "Zahlen Sie."],
            "5 Schritten",
        ),
        abroad: (
            [
                "Gehen Sie in Griechenland in einen Laden.",
                "In Griechenland brauchen Sie einen Pass.",
                "Die Anbieter in Griechenland verlangen ihn.",
            ],
            "Griechenland",
            "Albanien",
        ),
    },
    Case {
        language: "ru",
        checked: ("Последняя проверка: 12 октября 2026 года", "12 октября 2026"),
        title: "Как отключить SIM-карту в Албании",
        faq: "## Частые вопросы",
        said_twice: &[
            (
                "Плата за отключение составляет 500 леков, её берут в салоне.",
                "Плата за отключение составляет 800 леков.",
                "500 леков",
                "800 леков",
            ),
            ("Отключение номера стоит 500 леков.", "Отключение номера стоит 800 леков.", "500 леков", "800 леков"),
            ("Возврат остатка занимает 7 дней.", "Возврат остатка занимает 30 дней.", "7 дней", "30 дней"),
            ("Горячая линия Vodafone Albania — 140.", "Горячая линия Vodafone Albania — 144.", "140", "144"),
            (
                "В Албании три мобильных оператора.",
                "Два мобильных оператора Албании продают карты.",
                "три мобильных оператора",
                "Два мобильных оператора",
            ),
        ],
        online: (
            "Отключение нельзя сделать онлайн.",
            "Подайте заявку онлайн.",
            "нельзя сделать онлайн",
            "Подайте заявку онлайн",
        ),
        steps: ("## Отключение за 5 шагов", ["Придите в салон.", "Спросите.", "Подпишите.", "Заплатите."], "5 шагов"),
        abroad: (
            ["Придите в салон в Греции.", "В Греции нужен паспорт.", "Операторы Греции его требуют."],
            "Греции",
            "Албании",
        ),
    },
    Case {
        language: "vi",
        checked: ("Kiểm tra lần cuối: 12/10/2026", "12/10/2026"),
        title: "Cách hủy SIM ở Albania",
        faq: "## Câu hỏi thường gặp",
        said_twice: &[
            (
                "Phí chấm dứt thuê bao là 500 lekë, trả tại cửa hàng.",
                "Hãy nhớ: phí chấm dứt thuê bao là 800 lekë.",
                "500 lekë",
                "800 lekë",
            ),
            ("Chấm dứt thuê bao mất 500 lekë.", "Chấm dứt thuê bao mất 800 lekë.", "500 lekë", "800 lekë"),
            ("Việc hoàn tiền mất 7 ngày.", "Việc hoàn tiền mất 30 ngày.", "7 ngày", "30 ngày"),
            ("Tổng đài của Vodafone Albania là 140.", "Tổng đài của Vodafone Albania là 144.", "140", "144"),
            ("Albania có ba nhà mạng.", "Hai nhà mạng của Albania đều bán SIM.", "ba nhà mạng", "Hai nhà mạng"),
        ],
        online: (
            "Việc hủy SIM không thể thực hiện trực tuyến.",
            "Điền biểu mẫu trực tuyến.",
            "không thể thực hiện trực tuyến",
            "biểu mẫu trực tuyến",
        ),
        steps: ("## Hủy SIM trong 5 bước", ["Đến cửa hàng.", "Hỏi.", "Ký tên.", "Trả tiền."], "5 bước"),
        abroad: (
            ["Đến cửa hàng ở Hy Lạp.", "Ở Hy Lạp cần hộ chiếu.", "Các nhà mạng ở Hy Lạp yêu cầu."],
            "Hy Lạp",
            "Albania",
        ),
    },
];

fn found(checker: &Checker, text: &str) -> FileReport {
    let settings = common::only("claim/contradiction");
    checker.check_with(Arc::new(Source::new("guide.md", text)), common::today(), &settings)
}

/// The texts under the one finding and its one label.
fn places(file: &FileReport) -> Option<(&str, &str)> {
    let [finding] = file.diagnostics.as_slice() else { return None };
    let [label] = finding.labels.as_slice() else { return None };
    let text = |span: guidelint::text::Span| &file.source.text()[span.start as usize..span.end as usize];
    Some((text(finding.span), text(label.span).trim_end()))
}

/// Checks guides with a contradiction, and without.
struct Judge {
    checker: Checker,
    faults: Vec<String>,
}

impl Judge {
    fn contradicts(&mut self, text: &str, here: &str, other: &str) {
        let file = found(&self.checker, text);
        if places(&file) != Some((here, other)) {
            self.faults.push(format!("wanted `{here}` against `{other}`, found {:?} in\n{text}", places(&file)));
        }
    }

    fn agrees(&mut self, text: &str) {
        let file = found(&self.checker, text);
        if !file.diagnostics.is_empty() {
            self.faults.push(format!("must be silent, found {:?} in\n{text}", places(&file)));
        }
    }
}

fn numbered(steps: &[&str]) -> String {
    steps.iter().enumerate().map(|(at, step)| format!("{}. {step}\n", at + 1)).collect()
}

#[test]
fn every_kind_of_contradiction_in_seven_languages() {
    let mut judge = Judge { checker: Checker::builtin(), faults: Vec::new() };
    for Case { language, title, faq, said_twice, online, steps, abroad, checked } in CASES {
        for (one, two, first, second) in *said_twice {
            judge.contradicts(&format!("# {title}\n\n{one}\n\n{faq}\n\n{two}\n"), second, first);
            judge.agrees(&format!("# {title}\n\n{one}\n\n{faq}\n\n{one}\n"));
        }
        let (said, step, denial, done) = online;
        judge.contradicts(&format!("# {title}\n\n{said}\n\n1. {step}\n2. …\n"), done, denial);
        judge.agrees(&format!("# {title}\n\n1. {step}\n2. …\n"));
        judge.agrees(&format!("# {title}\n\n{said}\n\n- {step}\n"));
        let (heading, list, counted) = steps;
        judge_steps(&mut judge, title, heading, list, counted);
        let (sentences, other, own) = abroad;
        judge.contradicts(&format!("# {title}\n\n{}\n", sentences.join("\n\n")), other, own);
        judge.agrees(&format!("# {title}\n\n{} {title}.\n", sentences.join("\n\n")));
        judge.contradicts(&format!("---\ncountry: GR\nlanguage: {language}\n---\n\n# {title}\n"), "GR", own);
        judge.agrees(&format!("---\ncountry: AL\nlanguage: {language}\n---\n\n# {title}\n"));
        let (checked, day) = checked;
        let front = |day: &str| format!("---\nlanguage: {language}\nchecked: {day}\n---\n\n# {title}\n\n{checked}\n");
        judge.contradicts(&front("2026-03-01"), day, "2026-03-01");
        judge.agrees(&front("2026-10-12"));
        judge.agrees(&front("2026-03-01").replace("checked:", "published:"));
        judge.agrees(&format!("---\ncountries: [GR, AL]\nlanguage: {language}\n---\n\n# {title}\n"));
    }
    assert!(judge.faults.is_empty(), "{}", judge.faults.join("\n"));
}

fn judge_steps(judge: &mut Judge, title: &str, heading: &str, list: &[&str], counted: &str) {
    let shown = numbered(list);
    judge.contradicts(&format!("# {title}\n\n{heading}\n\n{shown}"), counted, shown.trim_end());
    let five: Vec<&str> = list.iter().copied().chain(["…"]).collect();
    judge.agrees(&format!("# {title}\n\n{heading}\n\n{}", numbered(&five)));
}
