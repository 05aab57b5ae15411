//! Every format, read back by somebody else's reader.

#[path = "formats/sample.rs"]
mod sample;

use guidelint::render::{Format, Style, render};

#[test]
fn show() {
    let report = sample::report();
    println!("{}", render(&report, &sample::rules(), Format::Text, &Style::default()));
    println!(
        "{}",
        render(
            &report,
            &sample::rules(),
            Format::Text,
            &Style {
                colour: true,
                hyperlinks: true,
                language: guidelint::diagnostic::Language::Zh,
                statistics: true,
                ..Style::default()
            }
        )
    );
    println!("{}", render(&report, &sample::rules(), Format::Concise, &Style::default()));
    println!("{}", render(&report, &sample::rules(), Format::Json, &Style::default()));
    println!("{}", render(&report, &sample::rules(), Format::Jsonl, &Style::default()));
}
