
use guidelint::{Checker, Source, date::Date};
fn main() { let a: Vec<String> = std::env::args().collect(); let c = Checker::builtin();
 let g = format!("# How to buy a SIM card\n\n{}\n", a[1].repeat(a[2].parse::<usize>().unwrap()/a[1].len()));
 let t=std::time::Instant::now(); let r=c.check(Source::new("g.md", g), Date::parse("2026-11-22").unwrap()); println!("{:?} {:?} {}", t.elapsed(), r.language, r.diagnostics.len()); }
