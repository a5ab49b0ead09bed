//! What is known of a document and how it is laid out. Knows neither files nor formats.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Where a document comes from and how long it holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Path below the knowledge folder with `/` between its parts, or the id of a line of `passages.jsonl`.
    pub path: String,
    /// What the document calls itself; never empty.
    pub title: String,
    /// Who issued it; `None` where the text does not say.
    pub publisher: Option<String>,
    /// When it was issued; `None` where the text does not say.
    pub published: Option<Date>,
    /// Where the original stands; `None` where the text does not say.
    pub url: Option<String>,
    /// The park or district it is about; `None` lets it be derived.
    pub park: Option<String>,
    /// Other names of that park.
    pub aliases: Vec<String>,
    /// First day on which it holds; `None` means always.
    pub valid_from: Option<Date>,
    /// Last day on which it holds; `None` means for ever.
    pub valid_until: Option<Date>,
    /// Paths of the documents that it replaces.
    pub supersedes: Vec<String>,
}

/// A day, a month or a year: `2023-08-21`, `2023-08` or `2023`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date(String);

/// What is wrong with a date.
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is not a date; write 2023-08-21, 2023-08 or 2023")]
pub struct DateError(String);

impl Date {
    /// The day that is so many days after 1970-01-01.
    pub fn of_day(days: i64) -> Self {
        // The civil calendar as 400-year cycles that begin on the first of March.
        let shifted = days + 719_468;
        let (cycle, day) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day + 2) / 153;
        let day = day - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = year + 400 * cycle + i64::from(month <= 2);
        Self(format!("{year:04}-{month:02}-{day:02}"))
    }

    /// Whether it is over on the day: a month is over after its last day.
    pub fn is_before(&self, day: &Self) -> bool {
        let length = self.0.len().min(day.0.len());
        self.0.get(..length) < day.0.get(..length)
    }

    /// Whether it has not begun on the day.
    pub fn is_after(&self, day: &Self) -> bool {
        day.is_before(self)
    }

    /// The date as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Date {
    type Error = DateError;

    fn try_from(text: String) -> Result<Self, DateError> {
        let parts: Vec<&str> = text.split('-').collect();
        let number = |part: &str, digits: usize| {
            part.parse::<u32>().ok().filter(|_| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))
        };
        let valid = match parts.as_slice() {
            [year] => number(year, 4).is_some(),
            [year, month] => number(year, 4).is_some() && number(month, 2).is_some_and(|m| (1..=12).contains(&m)),
            [year, month, day] => {
                let year = number(year, 4);
                let month = number(month, 2);
                match (year, month, number(day, 2)) {
                    (Some(year), Some(month), Some(day)) => (1..=days(year, month)).contains(&day),
                    _ => false,
                }
            }
            _ => false,
        };
        if valid { Ok(Self(text)) } else { Err(DateError(text)) }
    }
}

/// Days of a month in the Gregorian calendar; none for a month that does not exist.
fn days(year: u32, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 0,
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.0
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A document as it is served: its cleaned text, and how that text is laid out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Where it comes from.
    pub source: Source,
    /// The cleaned text in its own script, headings on lines of their own. Every excerpt is a substring of it.
    pub text: String,
    /// Its sections in reading order.
    pub sections: Vec<Section>,
}

/// What stands under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The path of headings, outermost first, without the document's title; empty before the first heading.
    pub headings: Vec<String>,
    /// Its blocks in reading order; none of them is a heading.
    pub blocks: Vec<Block>,
}

/// A paragraph or one of its relatives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Byte range in the document's text, without the line break.
    pub range: Range<usize>,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// An item of a list, numbered or not.
    Item,
    /// A row of a table.
    Row,
    /// The answer to the question that is the section's last heading.
    Answer,
    /// An item of a list inside such an answer.
    AnswerItem,
}

impl BlockKind {
    /// Whether it answers the section's last heading.
    pub fn answers(self) -> bool {
        matches!(self, Self::Answer | Self::AnswerItem)
    }

    /// What such a block is inside an answer.
    pub(crate) fn in_answer(self) -> Self {
        match self {
            Self::Item | Self::AnswerItem => Self::AnswerItem,
            Self::Paragraph | Self::Row | Self::Answer => Self::Answer,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_holds_to_its_last_day() {
        let date = |text: &str| Date::try_from(text.to_owned()).expect("a date");
        for (until, day, over) in [
            ("2024", "2024-12-31", false),
            ("2024", "2025-01-01", true),
            ("2024-06", "2024-06-30", false),
            ("2024-06", "2024-07-01", true),
            ("2024-06-15", "2024-06-15", false),
            ("2024-06-15", "2024-06-16", true),
        ] {
            assert_eq!(date(until).is_before(&date(day)), over, "{until} {day}");
        }
        assert!(date("2024-07").is_after(&date("2024-06-30")) && !date("2024-06").is_after(&date("2024-06-30")));
    }

    #[test]
    fn days_are_counted_from_1970() {
        let check = |days: i64, date: &str| assert_eq!(Date::of_day(days).as_str(), date);
        check(0, "1970-01-01");
        check(-1, "1969-12-31");
        check(11_016, "2000-02-29");
        check(19_783, "2024-03-01");
        let mut last = Date::of_day(0);
        for day in 1..80_000 {
            let next = Date::of_day(day);
            assert!(last < next && Date::try_from(next.as_str().to_owned()).is_ok(), "{next}");
            last = next;
        }
    }

    #[test]
    fn dates_are_days_months_or_years_that_exist() {
        for good in ["2023", "2023-08", "2024-02-29"] {
            assert!(Date::try_from(good.to_owned()).is_ok(), "{good}");
        }
        for bad in ["", "23", "2023-13", "2023-02-29", "2023-8-1", "+023", "2023-08-21-1"] {
            assert!(Date::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
