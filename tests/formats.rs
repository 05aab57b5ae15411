//! Every format, read back by somebody else's reader.

#[path = "formats/sample.rs"]
mod sample;

use guidelint::render::{Format, Style, render};

#[test]
fn show() {
    let report = sample::report();
    std::fs::create_dir_all("/tmp/v/out").unwrap();
    for format in Format::ALL {
        let text = render(&report, &sample::rules(), format, &Style::default());
        std::fs::write(format!("/tmp/v/out/{}", format.name()), text).unwrap();
    }
}
