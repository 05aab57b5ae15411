//! Standard output and standard error, and nothing a guide contains reaches them raw.

use std::io::{self, ErrorKind, Write};

use guidelint::render::term_safe;

/// Writes to standard output. A reader that went away is no failure: `guidelint … | head`.
pub fn print(text: &str) {
    write_out(text);
}

/// Writes to standard output; `false` when it cannot be written and somebody still wants it.
pub fn write_out(text: &str) -> bool {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => true,
        Err(error) => error.kind() == ErrorKind::BrokenPipe,
    }
}

/// Says on standard error what went wrong.
pub fn complain(message: &str) {
    let _ = writeln!(io::stderr().lock(), "guidelint: {}", term_safe(message));
}

/// Writes to standard error as it is; the text is a renderer's and safe.
pub fn print_error(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}
