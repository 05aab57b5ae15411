//! Civil dates, strict; the only place that knows which library computes them.

use serde::{Deserialize, Serialize};

use std::fmt;

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

impl Date {
    /// The day, if the calendar has it: there is no 30 February.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Date> {
        jiff::civil::Date::new(year, month, day).ok().map(Date)
    }

    /// Reads `YYYY-MM-DD` and nothing else.
    pub fn parse(text: &str) -> Option<Date> {
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, byte)| match at {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !shaped {
            return None;
        }
        Date::new(text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?)
    }

    /// Year, month (1–12) and day (1–31).
    pub fn parts(self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }

    /// The day `months` months earlier; the last of the month where that month is shorter.
    pub fn months_before(self, months: i32) -> Date {
        self.0.checked_sub(jiff::Span::new().months(months)).map_or(self, Date)
    }

    /// The day `days` days later.
    pub fn days_after(self, days: i32) -> Date {
        self.0.checked_add(jiff::Span::new().days(days)).map_or(self, Date)
    }

    /// The day that lies `seconds` after the start of 1970, in UTC.
    pub fn from_unix(seconds: u64) -> Date {
        let days = i32::try_from(seconds / 86_400).unwrap_or(i32::MAX);
        Date(jiff::civil::date(1970, 1, 1)).days_after(days)
    }
}

/// As year, month and day.
impl Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.parts().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let (year, month, day) = Deserialize::deserialize(deserializer)?;
        Date::new(year, month, day).ok_or_else(|| serde::de::Error::custom("there is no such day"))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A date known to the year, the month or the day, as sources give it: `2015`, `2015-07`, `2015-07-27`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PartialDate {
    first: Date,
    precision: u8,
}

impl PartialDate {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<PartialDate> {
        let (whole, precision) = match text.len() {
            4 => (format!("{text}-01-01"), 1),
            7 => (format!("{text}-01"), 2),
            10 => (text.to_owned(), 3),
            _ => return None,
        };
        Some(PartialDate { first: Date::parse(&whole)?, precision })
    }

    /// The first day it can mean.
    pub fn first_day(self) -> Date {
        self.first
    }

    /// The last day it can mean.
    pub fn last_day(self) -> Date {
        match self.precision {
            1 => Date(self.first.0.last_of_year()),
            2 => Date(self.first.0.last_of_month()),
            _ => self.first,
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = self.first.to_string();
        f.write_str(match self.precision {
            1 => &whole[..4],
            2 => &whole[..7],
            _ => &whole,
        })
    }
}
