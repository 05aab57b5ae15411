//! `docs/walkthrough.md` is followed to the letter: its files are created, its commands are run, and each line shown
//! under a command stands in what it says.

use super::Project;

#[test]
fn the_walk_through_can_be_walked() {
    let text = std::fs::read_to_string(super::common::root().join("docs/walkthrough.md")).unwrap();
    let here = Project::new(&[]);
    let mut ran = 0;
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```").filter(|it| !it.is_empty()) else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        match info.split_once(' ') {
            Some((_, path)) => here.write(path, &(block.join("\n") + "\n")),
            None if info == "console" => ran += follow(&here, &block),
            None => {}
        }
    }
    assert!(ran > 10, "{ran} commands");
}

fn follow(here: &Project, block: &[&str]) -> usize {
    let mut ran = 0;
    let mut said = String::new();
    for line in block {
        match line.strip_prefix("$ guidelint ") {
            Some(command) => {
                let (command, comment) = command.split_once("#").unwrap_or((command, "exit status 0"));
                let status = comment.trim().strip_prefix("exit status ").unwrap().parse().unwrap();
                let words = words(command);
                let run = here.run_words(&words.iter().map(String::as_str).collect::<Vec<_>>()).ends(status);
                said = run.out + &run.err;
                ran += 1;
            }
            None => assert!(said.contains(line.trim()), "no `{line}` in\n{said}"),
        }
    }
    ran
}

/// Words as a shell splits them; only double quotes are used.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, part) in command.split('"').enumerate() {
        match at % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_owned)),
            _ => words.push(part.to_owned()),
        }
    }
    words
}
