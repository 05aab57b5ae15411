//! `cargo bench --bench promotion`: how the time of the promotion and link rules grows with text made to hurt them: a megabyte
//! of `@`, of `[`, of characters nobody sees. A quarter of a megabyte beside a whole one: linear is 4, quadratic 16.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use guidelint::check::{Selection, Settings};
use guidelint::date::Date;
use guidelint::{Checker, Source};

const SMALL: usize = 250_000;
const LARGE: usize = 1_000_000;
const ROUNDS: usize = 3;

/// What is repeated.
const TEXTS: [&str; 30] = [
    "@",
    "[",
    "\u{200b}",
    "TG ",
    "微信",
    "t.",
    "a@",
    "@a ",
    "T G ",
    "t e l ",
    "微信号",
    "QQ1",
    "/",
    "a.b/",
    "点",
    "\u{200b}@",
    "Telegram: ",
    "[[",
    "![",
    "<p>",
    "![](a.png) ",
    "[buy](https://t.me/a) ",
    "https://t.me/a ",
    "contact us ",
    "referral code ",
    "code ",
    "promo code A1B2C, ",
    "购买",
    "关键词：、",
    "<span style=\"display:none\">buy</span>",
];

fn main() {
    let checker = Checker::builtin();
    let settings = Settings {
        selection: Selection { select: Some(vec!["promo".into(), "link".into()]), ..Selection::default() },
        ..Settings::default()
    };
    let best = |text: &str, bytes: usize| {
        let guide = format!("# How to buy a SIM card\n\n{}\n", text.repeat(bytes / text.len()));
        let source = Arc::new(Source::new("guide.md", guide));
        let round = || {
            let began = Instant::now();
            black_box(checker.check_with(source.clone(), Date::new(2026, 11, 22).unwrap(), &settings));
            began.elapsed().as_secs_f64() * 1e3
        };
        (0..ROUNDS).map(|_| round()).fold(f64::INFINITY, f64::min)
    };
    let mut worst = (0.0, "");
    for text in TEXTS {
        let (small, large) = (best(text, SMALL), best(text, LARGE));
        let growth = large / small;
        println!("{text:?}: {small:.1} ms for a quarter, {large:.1} ms for a megabyte, growth {growth:.1}");
        if growth > worst.0 {
            worst = (growth, text);
        }
    }
    println!("most growth {:.1}, for {:?}; linear is {:.1}", worst.0, worst.1, LARGE as f64 / SMALL as f64);
}
