//! Samples mutants of what finds and judges, builds all of them into one copy of the project, and asks the tests about each.

mod compile;
mod copy;
mod mutant;
mod run;
mod sow;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use copy::Copy;
use mutant::Mutant;
use run::Fate;

/// Suites that no mutant of facts and rules can tell anything: they read the sources or the generated pages, need validators and a
/// browser, or start Cargo.
const LEFT_OUT: [&str; 5] = ["ci", "commonmark", "docs", "formats", "house"];

struct Options {
    count: usize,
    seed: u64,
    only: Vec<usize>,
    list: bool,
    without: Vec<String>,
    root: PathBuf,
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = options()?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/copy");
    fs::create_dir_all(&folder)?;
    let copy = Copy::of(&options.root, &folder)?;
    let mutants = copy.mutants()?;
    println!("{} mutants in all, {} wanted, seed {}", mutants.len(), options.count, options.seed);
    let sample = sample(&copy, &mutants, &options)?;
    if options.list {
        for &id in &sample {
            println!("{}", mutants[id]);
        }
        return Ok(());
    }
    let suites = compile::build(&folder, &suites(&options)?)?;
    let suites = run::measure(&folder, suites)?;
    let asked: Vec<usize> =
        sample.into_iter().filter(|it| options.only.is_empty() || options.only.contains(it)).collect();
    let mut fates = BTreeMap::new();
    for (at, &id) in asked.iter().enumerate() {
        let started = Instant::now();
        let fate = run::judge(&folder, &suites, id)?;
        println!("{}/{} {:.1} s {fate:?} {}", at + 1, asked.len(), started.elapsed().as_secs_f32(), mutants[id]);
        fates.insert(id, fate);
    }
    report(&mutants, &fates);
    Ok(())
}

/// The first mutants of the seed's order that compile. Those that do not are replaced by the next, until none is refused.
fn sample(copy: &Copy, mutants: &[Mutant], options: &Options) -> Result<BTreeSet<usize>, Box<dyn Error>> {
    let wanted =
        if options.only.is_empty() { mutant::shuffled(mutants.len(), options.seed) } else { options.only.clone() };
    let count = if options.only.is_empty() { options.count } else { wanted.len() };
    let mut order = wanted.into_iter();
    let mut chosen: BTreeSet<usize> = order.by_ref().take(count).collect();
    let mut dropped = 0;
    loop {
        copy.sow(&chosen)?;
        let refused = compile::refused(&copy.folder)?;
        if refused.is_empty() {
            println!("{} compile, {dropped} did not", chosen.len());
            return Ok(chosen);
        }
        dropped += refused.len();
        println!("the compiler refuses {}", refused.len());
        for id in &refused {
            println!("  refused {}", mutants[*id]);
        }
        chosen.retain(|it| !refused.contains(it));
        chosen.extend(order.by_ref().take(refused.len()));
    }
}

fn suites(options: &Options) -> Result<Vec<String>, Box<dyn Error>> {
    let mut names = vec!["lib".to_owned()];
    for entry in fs::read_dir(options.root.join("tests"))? {
        let path = entry?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if path.extension().is_some_and(|it| it == "rs") && !LEFT_OUT.contains(&name.as_str()) {
            names.push(name);
        }
    }
    names.retain(|it| !options.without.contains(it));
    names.sort();
    Ok(names)
}

fn report(mutants: &[Mutant], fates: &BTreeMap<usize, Fate>) {
    let rate = |[all, killed, late, ..]: [usize; 5]| 100.0 * (killed + late) as f64 / all.max(1) as f64;
    println!("\n{:<28} sampled killed timeout survived unreached   rate", "module");
    let mut total = [0; 5];
    for (module, sum) in run::sums(fates.iter().map(|(id, fate)| (mutants[*id].module(), fate))) {
        let [all, killed, late, alive, unreached] = sum;
        println!("{module:<28} {all:>7} {killed:>6} {late:>7} {alive:>8} {unreached:>9} {:>5.1}%", rate(sum));
        for at in 0..5 {
            total[at] += sum[at];
        }
    }
    let [all, killed, late, alive, unreached] = total;
    println!("{:<28} {all:>7} {killed:>6} {late:>7} {alive:>8} {unreached:>9} {:>5.1}%", "all", rate(total));
    println!("\nleft alive:");
    for (id, fate) in fates.iter().filter(|(_, fate)| !fate.is_dead()) {
        println!("{fate:?} {}", mutants[*id]);
    }
}

fn options() -> Result<Options, Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let mut options = Options { count: 400, seed: 1, only: Vec::new(), list: false, without: Vec::new(), root };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} wants a value"));
        match arg.as_str() {
            "--count" => options.count = value()?.parse()?,
            "--seed" => options.seed = value()?.parse()?,
            "--only" => options.only = value()?.split(',').map(str::parse).collect::<Result<_, _>>()?,
            "--without" => options.without = value()?.split(',').map(str::to_owned).collect(),
            "--root" => options.root = PathBuf::from(value()?).canonicalize()?,
            "--list" => options.list = true,
            _ => return Err(format!("{arg}: known are --count, --seed, --only, --without, --root and --list").into()),
        }
    }
    Ok(options)
}
