//! How far a long run has come, for somebody who waits at a terminal.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use guidelint::diagnostic::Language;

/// Runs shorter than this say nothing.
const PATIENCE: Duration = Duration::from_secs(2);

/// One line on standard error, written over itself and gone at the end. Where standard error is no terminal, or little
/// is to be waited for, nothing at all.
pub struct Progress {
    start: Instant,
    total: usize,
    language: Language,
    wanted: bool,
    shown: bool,
}

impl Progress {
    /// A run over `total` guides.
    pub fn new(total: usize, quiet: bool, language: Language) -> Progress {
        let wanted = !quiet && std::io::stderr().is_terminal();
        Progress { start: Instant::now(), total, language, wanted, shown: false }
    }

    /// Says that `done` guides are done.
    pub fn show(&mut self, done: usize) {
        if !self.wanted || done >= self.total || self.start.elapsed() < PATIENCE {
            return;
        }
        let line = match self.language {
            Language::En => format!("{done} of {} guides", self.total),
            Language::Zh => format!("{done} / {} 篇指南", self.total),
        };
        self.shown = write!(std::io::stderr().lock(), "\r{line}\u{1b}[K").is_ok();
    }

    /// Takes the line away, before something else is written.
    pub fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            let _ = write!(std::io::stderr().lock(), "\r\u{1b}[K");
        }
    }
}
