//! Parses dates as written in lists.

use chrono::{Datelike, NaiveDate};

use crate::formats::parse::amount::normalize_width;

/// The unambiguous date formats.
const FORMATS: [&str; 6] = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%B %d, %Y", "%d %B %Y"];

/// Parses a full date.
///
/// # Errors
/// Returns a warning if the text is not a full date from 1990 to 2199. A month alone is not a date, and 3/4/2023 is ambiguous.
pub fn parse_date(text: &str) -> Result<NaiveDate, &'static str> {
    let text = normalize_width(text);
    let date = FORMATS.iter().find_map(|format| NaiveDate::parse_from_str(&text, format).ok());
    match date {
        Some(date) if (1990..2200).contains(&date.year()) => Ok(date),
        Some(_) => Err("the year is not from 1990 to 2199; ignored"),
        None => Err("not a full date such as 2023-07-18; ignored"),
    }
}
