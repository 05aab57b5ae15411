//! Checks one file and prints rule, place and message: the library in ten lines.

use guidelint::{Checker, Source, date::Date, diagnostic::Language};

fn main() {
    let path = std::env::args().nth(1).expect("usage: check_one GUIDE.md");
    let text = std::fs::read_to_string(&path).expect("a readable UTF-8 file");
    let today = Date::parse("2026-11-22").expect("a day");
    let report = Checker::builtin().check(Source::new(path, text), today);
    println!("{:?} {:?} {:?}", report.country, report.kind, report.language);
    for it in &report.diagnostics {
        let place = report.source.lines().position(it.span.start, report.source.text());
        let text = report.source.slice(it.span);
        println!("{}:{} {} [{}] {}", place.line, place.column, it.rule, text, it.message.text(Language::En));
    }
}
