//! Calendar dates, of which only the month or the year may be known.

use std::{borrow::Cow, fmt, str::FromStr};

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{Days, Months, NaiveDate};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use sea_orm::{
    Condition, ExprTrait,
    sea_query::{BinOper, Expr},
};
use serde::{Deserialize, Deserializer, Serialize};

use crate::domain::facts::filter::{Column, Comparable};

/// A calendar date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(transparent)]
pub struct Date(pub NaiveDate);

/// A day, such as "2023-07-18" (RFC 3339 full-date).
#[Scalar(specified_by_url = "https://scalars.graphql.org/andimarek/local-date")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        // chrono also accepts "2023-7-18", and years that the databases cannot store.
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        let day = day.filter(|day| text.len() == 10 && day.to_string() == *text);
        day.map(Self).ok_or_else(|| InputValueError::custom(format!("{text:?} is not a day such as \"2023-07-18\"")))
    }

    fn is_valid(value: &Value) -> bool {
        Self::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A calendar date with the precision of its source: a year, a month or a day, from the year 1 to 9999.
///
/// Ordered as text, which is the order of the first days; of two dates with the same first day the less precise one comes
/// first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct PartialDate(String);

/// The error for a text that is not a [`PartialDate`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a date such as \"2023-07-18\", \"2023-07\" or \"2023\"")]
pub struct PartialDateError(String);

impl PartialDate {
    /// Returns the date as text, such as "2023-07".
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Converts the value of a column. It is not checked: only valid dates are written to such columns.
    pub fn from_column(text: String) -> Self {
        Self(text)
    }

    /// Returns the date with the precision of a day.
    pub fn day(date: NaiveDate) -> Self {
        Self(date.format("%Y-%m-%d").to_string())
    }

    /// Returns the month that a day is in.
    pub fn month(date: NaiveDate) -> Self {
        Self(date.format("%Y-%m").to_string())
    }

    /// Returns the year that a day is in.
    pub fn year(date: NaiveDate) -> Self {
        Self(date.format("%Y").to_string())
    }

    /// Returns the first day.
    pub fn first_day(&self) -> NaiveDate {
        parse_first_day(&self.0).unwrap_or_default()
    }

    /// Returns the last day.
    pub fn last_day(&self) -> NaiveDate {
        let months = match self.0.len() {
            4 => 12,
            7 => 1,
            _ => return self.first_day(),
        };
        (self.first_day() + Months::new(months)).pred_opt().unwrap_or_default()
    }

    /// Returns the day before the first one, as text that can be compared with stored dates.
    fn day_before(&self) -> String {
        // The day before the first year is in the year 0, which no date is in.
        (self.first_day() - Days::new(1)).format("%Y-%m-%d").to_string()
    }
}

/// Returns the first day of a date with any precision; `None` if the text is not such a date.
fn parse_first_day(text: &str) -> Option<NaiveDate> {
    let valid = text.bytes().enumerate().all(|(index, byte)| match index {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let full = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        10 => text.to_owned(),
        _ => return None,
    };
    // The year 0 exists in no calendar, and PostgreSQL rejects it.
    full.parse().ok().filter(|_| valid && !text.starts_with("0000"))
}

impl FromStr for PartialDate {
    type Err = PartialDateError;

    fn from_str(text: &str) -> Result<Self, PartialDateError> {
        let excerpt = || text.chars().take(50).collect();
        parse_first_day(text).map(|_| Self(text.to_owned())).ok_or_else(|| PartialDateError(excerpt()))
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<str>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for PartialDate {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "PartialDate".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" })
    }
}

/// A calendar date with the precision of its source: "2023-07-18", "2023-07" or "2023". Dates are ordered by their first day. A
/// comparison must hold for every day of the date: `lte: "2023-07"` matches all dates in or before July 2023, but not "2023";
/// `eq: "2023"` matches 2023, its months and its days.
#[Scalar(specified_by_url = "https://www.loc.gov/standards/datetime/")]
impl ScalarType for PartialDate {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        text.parse().map_err(|error: PartialDateError| InputValueError::custom(error))
    }

    fn is_valid(value: &Value) -> bool {
        Self::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

impl Comparable for PartialDate {
    fn value(&self) -> sea_orm::Value {
        self.0.as_str().into()
    }

    fn compare(&self, column: Column, operator: BinOper) -> Condition {
        let column = || Expr::col(column);
        // Stored dates are compared as text: a prefix, such as a year, sorts before the dates in it.
        let after = |day: String| column().gt(day);
        // The last day of a date is at most `day`: the date does not sort after it, and is neither the year nor the month of
        // the day, unless they end on it.
        let ended = |day: String| {
            let unfinished = [4, 7].map(|length| Self(day[..length].to_owned()));
            let unfinished = unfinished.into_iter().filter(|date| date.last_day().to_string() > day);
            Condition::all().add(column().lte(day.as_str())).add(column().is_not_in(unfinished.map(|date| date.0)))
        };
        let last_day = || Self::day(self.last_day()).0;
        match operator {
            BinOper::SmallerThan => ended(self.day_before()),
            BinOper::SmallerThanOrEqual => ended(last_day()),
            BinOper::GreaterThan => after(last_day()).into(),
            BinOper::GreaterThanOrEqual => after(self.day_before()).into(),
            BinOper::NotEqual => Condition::any().add(ended(self.day_before())).add(after(last_day())),
            _ => Condition::all().add(column().gte(self.as_str())).add(column().lte(last_day())),
        }
    }

    fn one_of(values: &[Self], column: Column) -> Condition {
        // An empty list matches nothing.
        let nothing = Condition::any().add(Expr::cust("1 = 0"));
        values.iter().fold(nothing, |any, date| any.add(date.compare(column, BinOper::Equal)))
    }
}
