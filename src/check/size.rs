//! How large a guide may be: a number of bytes, or `64MB` and the like.

use std::fmt;

use serde::Deserialize;

/// A number of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "Written")]
pub struct FileSize(pub u64);

impl FileSize {
    /// What is read where nobody says otherwise: a hundred times what people write in one file.
    pub const DEFAULT: FileSize = FileSize(128 << 20);
    /// Places in a guide are counted in 32 bits, and what a reader sees can be longer than the file.
    pub const LARGEST: FileSize = FileSize(1 << 30);

    /// Reads `1048576`, `1024KiB` or `1MiB`; `KB`, `MB` and `GB` count by thousands.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn parse(text: &str) -> Result<FileSize, String> {
        let text = text.trim();
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let unit = match text[digits..].trim_start().to_ascii_lowercase().as_str() {
            "" | "b" => 1,
            "kb" => 1_000,
            "mb" => 1_000_000,
            "gb" => 1_000_000_000,
            "kib" => 1 << 10,
            "mib" => 1 << 20,
            "gib" => 1 << 30,
            _ => return Err(FAULT.to_owned()),
        };
        let count: u64 = text[..digits].parse().map_err(|_| FAULT.to_owned())?;
        FileSize::of(count.saturating_mul(unit))
    }

    fn of(bytes: u64) -> Result<FileSize, String> {
        match bytes {
            0 => Err("a size of nothing leaves no guide to check".to_owned()),
            _ if bytes > FileSize::LARGEST.0 => Err("no guide larger than 1GiB can be checked".to_owned()),
            _ => Ok(FileSize(bytes)),
        }
    }
}

const FAULT: &str = "a size is a number of bytes, or written like `64MB` or `512KiB`";

impl fmt::Display for FileSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [
            (1 << 30, "GiB"),
            (1_000_000_000, "GB"),
            (1 << 20, "MiB"),
            (1_000_000, "MB"),
            (1 << 10, "KiB"),
            (1_000, "KB"),
        ];
        match units.iter().find(|(unit, _)| self.0 >= *unit && self.0.is_multiple_of(*unit)) {
            Some((unit, name)) => write!(f, "{}{name}", self.0 / unit),
            None => write!(f, "{} bytes", self.0),
        }
    }
}

/// As it stands in `guidelint.toml`.
#[derive(Deserialize)]
#[serde(untagged, expecting = "a size is a number of bytes, or written like `64MB` or `512KiB`")]
enum Written {
    Bytes(u64),
    Text(String),
}

impl TryFrom<Written> for FileSize {
    type Error = String;

    fn try_from(written: Written) -> Result<FileSize, String> {
        match written {
            Written::Bytes(bytes) => FileSize::of(bytes),
            Written::Text(text) => FileSize::parse(&text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::FileSize;

    #[test]
    fn sizes_are_read_and_written() {
        for (text, bytes) in [
            ("7", 7),
            ("64MB", 64_000_000),
            ("64 mb", 64_000_000),
            ("1MiB", 1 << 20),
            ("1GiB", 1 << 30),
            ("3 KiB", 3072),
        ] {
            assert_eq!(FileSize::parse(text), Ok(FileSize(bytes)), "{text}");
        }
        for text in ["", "MB", "-1", "1.5MB", "1TB", "0", "2GiB", "99999999999999999999", "１MB", "1mb mb"] {
            assert!(FileSize::parse(text).is_err(), "{text}");
        }
        for (bytes, text) in [(128 << 20, "128MiB"), (64_000_000, "64MB"), (1 << 30, "1GiB"), (1001, "1001 bytes")] {
            assert_eq!(FileSize(bytes).to_string(), text);
        }
    }
}
