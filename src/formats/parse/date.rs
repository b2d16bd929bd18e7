//! Parses dates as written in lists.

use std::sync::LazyLock;

use chrono::{Datelike, NaiveDate};
use regex::Regex;

use crate::domain::date::PartialDate;
use crate::domain::text::static_regex;
use crate::formats::parse::amount::normalize_width;

/// The unambiguous formats of days.
const DAYS: [&str; 6] = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%B %d, %Y", "%d %B %Y"];
/// The formats of months, before which a day is written: the first.
const MONTHS: [&str; 7] = ["%d %Y-%m", "%d %Y/%m", "%d %Y.%m", "%d %Y年%m月", "%d %B %Y", "%d %B, %Y", "%d %m/%Y"];
/// The formats of years, before which a day is written: the first of January.
const YEARS: [&str; 2] = ["%d.%m. %Y", "%d.%m. %Y年"];

/// Parses a date with the precision that the text has. A time after it is left out.
///
/// # Errors
/// Returns a warning if the text is not a day, month or year from 1990 to 2199. 3/4/2023 is ambiguous.
pub fn parse_date(text: &str) -> Result<PartialDate, &'static str> {
    static TIME: LazyLock<Regex> = LazyLock::new(|| {
        static_regex(r"[T\x20][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?\s*(Z|UTC|[+-][0-9]{2}:?[0-9]{2})?$")
    });
    let text = TIME.replace(&normalize_width(text), "").into_owned();
    let parse = |formats: &[&str], first: &str| {
        let text = format!("{first}{text}");
        formats.iter().find_map(|format| NaiveDate::parse_from_str(&text, format).ok())
    };
    let (day, date): (NaiveDate, fn(NaiveDate) -> PartialDate) = None
        .or_else(|| Some((parse(&DAYS, "")?, PartialDate::day as fn(_) -> _)))
        .or_else(|| Some((parse(&MONTHS, "1 ")?, PartialDate::month as fn(_) -> _)))
        .or_else(|| Some((parse(&YEARS, "1.1. ")?, PartialDate::year as fn(_) -> _)))
        .ok_or("not a date such as 2023-07-18, 2023-07 or 2023; ignored")?;
    if (1990..2200).contains(&day.year()) { Ok(date(day)) } else { Err("the year is not from 1990 to 2199; ignored") }
}
