//! `guidelint completions` and `guidelint man`.

use clap::CommandFactory;

use super::args::Arguments;
use super::{Outcome, output};

pub fn completions(shell: clap_complete::Shell) -> Outcome {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "guidelint", &mut text);
    print(&text)
}

pub fn manual() -> Outcome {
    let mut text = Vec::new();
    match clap_mangen::Man::new(Arguments::command()).render(&mut text) {
        Ok(()) => print(&text),
        Err(error) => {
            output::complain(&format!("the manual cannot be made: {error}"));
            Outcome::Failed
        }
    }
}

fn print(text: &[u8]) -> Outcome {
    match output::write_out(&String::from_utf8_lossy(text)) {
        true => Outcome::Clean,
        false => Outcome::Failed,
    }
}
