//! Days as people write them.

use chrono::{Datelike, NaiveDate};

use crate::formats::parse::amount::normalize_width;

/// The ways to write a day that can be read in one way only.
const FORMATS: [&str; 6] = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%B %d, %Y", "%d %B %Y"];

/// The day that a text states, or what is doubtful about it.
///
/// # Errors
/// It is not a day: a month alone is none, and which part of 3/4/2023 is the month nobody can tell.
pub fn parse(text: &str) -> Result<NaiveDate, &'static str> {
    let text = normalize_width(text);
    let day = FORMATS.iter().find_map(|way| NaiveDate::parse_from_str(&text, way).ok());
    match day {
        Some(day) if (1990..2200).contains(&day.year()) => Ok(day),
        Some(_) => Err("is a day long before or after there are such models; left out"),
        None => Err("is not a day such as 2023-07-18; left out"),
    }
}
