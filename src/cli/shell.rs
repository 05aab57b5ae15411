//! `guidelint completions` and `guidelint man`.

use clap::CommandFactory;

use super::args::Arguments;
use super::{Outcome, output};

pub fn completions(shell: clap_complete::Shell) -> Outcome {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "guidelint", &mut text);
    print(&text)
}

/// What the options do not say.
const CLOSING: &str = r#".SH EXIT STATUS
.TP
0
nothing at or above \-\-fail\-on
.TP
1
findings
.TP
2
could not do what was asked
.SH FILES
.TP
guidelint.toml
the configuration, at or above the guides it is for; guidelint init writes one
.TP
guidelint/
beside it: rules, countries and kinds of guides of one's own
.TP
\&.guidelintignore
what is not read, written like .gitignore
"#;

pub fn manual() -> Outcome {
    match pages() {
        Ok(text) => print(text.as_bytes()),
        Err(error) => {
            output::complain(&format!("the manual cannot be made: {error}"));
            Outcome::Failed
        }
    }
}

/// One page for everything: the commands with their options stand one after another.
fn pages() -> std::io::Result<String> {
    let mut command = Arguments::command();
    command.build();
    let page = clap_mangen::Man::new(command.clone());
    let mut out = Vec::new();
    page.render_title(&mut out)?;
    page.render_name_section(&mut out)?;
    page.render_synopsis_section(&mut out)?;
    page.render_description_section(&mut out)?;
    page.render_options_section(&mut out)?;
    let mut text = String::from_utf8_lossy(&out).into_owned();
    for command in command.get_subcommands().filter(|it| it.get_name() != "help") {
        let name = command.get_name().to_owned();
        let page = clap_mangen::Man::new(command.clone());
        let mut out = Vec::new();
        page.render_synopsis_section(&mut out)?;
        page.render_description_section(&mut out)?;
        page.render_options_section(&mut out)?;
        let part = String::from_utf8_lossy(&out).replace(".SH DESCRIPTION", ".PP").replace(".SH OPTIONS", ".PP");
        text.push_str(&part.replace(".SH SYNOPSIS", &format!(".SH {}", name.to_uppercase())));
    }
    text.push_str(CLOSING);
    Ok(text)
}

fn print(text: &[u8]) -> Outcome {
    match output::write_out(&String::from_utf8_lossy(text)) {
        true => Outcome::Clean,
        false => Outcome::Failed,
    }
}
