use guidelint::{Checker, Source, date::Date, diagnostic::Language};
fn main() {
    let checker = Checker::builtin();
    let today = Date::parse("2026-11-22").expect("a day");
    for path in std::env::args().skip(1) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let report = checker.check(Source::new(path.clone(), text), today);
        for it in &report.diagnostics {
            if !["link", "promo"].contains(&it.rule.split('/').next().unwrap()) {
                continue;
            }
            let place = report.source.lines().position(it.span.start, report.source.text());
            let text: String = report.source.slice(it.span).chars().take(110).collect();
            let why = it.evidence.iter().map(|e| e.statement.text(Language::En)).collect::<Vec<_>>().join(" | ");
            println!(
                "{}\t{}:{}\t{}\t{:?}\t{}\t{}\t{}",
                path,
                place.line,
                place.column,
                it.rule,
                it.severity,
                text.replace('\n', "⏎"),
                it.message.text(Language::En),
                why
            );
        }
    }
}
