//! Exact counts of parameters, tokens and bytes, with the suffixes K, M, B and T.

use std::{borrow::Cow, fmt, str::FromStr};

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};

/// A number of parameters, tokens or bytes: a whole number from 0 to [`Count::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Count(i64);

/// The error for a text or number that is not a [`Count`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{input} is not a count: {reason}; write a whole number such as 7000000000, or \"7B\" (K, M, B, T)")]
pub struct CountError {
    input: String,
    reason: &'static str,
}

/// The reason for numbers above [`Count::MAX`].
const ABOVE_THE_LARGEST: &str = "it is above 9007199254740991 (2^53 - 1)";

impl CountError {
    /// Returns whether the number is above [`Count::MAX`].
    pub fn is_above_the_largest(&self) -> bool {
        self.reason == ABOVE_THE_LARGEST
    }
}

impl Count {
    /// The largest whole number that every JSON parser represents exactly: 2^53 - 1.
    pub const MAX: i64 = (1 << 53) - 1;

    /// Returns the number.
    pub fn get(self) -> i64 {
        self.0
    }

    /// Converts the value of a column. It is not checked: only counts are written to such columns.
    pub fn from_column(value: i64) -> Self {
        Self(value)
    }

    /// Converts a number.
    ///
    /// # Errors
    /// The number is below 0 or above [`Count::MAX`].
    pub fn new(value: i64) -> Result<Self, CountError> {
        let reason = match value {
            ..0 => "it is negative",
            0..=Self::MAX => return Ok(Self(value)),
            _ => ABOVE_THE_LARGEST,
        };
        Err(CountError { input: value.to_string(), reason })
    }
}

impl FromStr for Count {
    type Err = CountError;

    fn from_str(text: &str) -> Result<Self, CountError> {
        let invalid = |reason| CountError { input: format!("{text:?}"), reason };
        let (digits, zeros) = match text.as_bytes().last() {
            Some(b'K' | b'k') => (&text[..text.len() - 1], 3),
            Some(b'M' | b'm') => (&text[..text.len() - 1], 6),
            Some(b'B' | b'b') => (&text[..text.len() - 1], 9),
            Some(b'T' | b't') => (&text[..text.len() - 1], 12),
            _ => (text, 0),
        };
        // `Decimal` would also accept a sign and underscores.
        if !digits.starts_with(|c: char| c.is_ascii_digit()) || !digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        {
            return Err(invalid("it is not a decimal number with an optional suffix K, M, B or T"));
        }
        let number = Decimal::from_str_exact(digits).map_err(|_| invalid("it has too many digits"))?;
        let number = Decimal::from_i128_with_scale(10_i128.pow(zeros), 0)
            .checked_mul(number)
            .ok_or_else(|| invalid(ABOVE_THE_LARGEST))?;
        if !number.is_integer() {
            return Err(invalid("it is not a whole number"));
        }
        let value = i64::try_from(number).unwrap_or(i64::MAX);
        Self::new(value).map_err(|error| invalid(error.reason))
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "a whole number, or text such as \"7.1B\"")]
        enum NumberOrText {
            Number(i64),
            Text(String),
        }
        match NumberOrText::deserialize(deserializer)? {
            NumberOrText::Number(value) => Self::new(value),
            NumberOrText::Text(text) => text.parse(),
        }
        .map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Count {
    fn schema_name() -> Cow<'static, str> {
        "Count".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A whole number from 0 to 2^53 - 1, as an integer, or as text: a decimal number with an optional \
                suffix K, M, B or T (10^3, 10^6, 10^9, 10^12).",
            "oneOf": [
                { "type": "integer", "minimum": 0, "maximum": Self::MAX },
                { "type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?[KkMmBbTt]?$" },
            ],
            "examples": ["7B", 7_000_000_000_i64],
        })
    }
}

/// A whole number from 0 to 9007199254740991 (2^53 - 1), such as a number of parameters, tokens or bytes.
///
/// Input: a JSON integer, or a string with a decimal number and an optional suffix K, M, B or T (10^3, 10^6, 10^9, 10^12):
/// 7000000000, "7B", "7.1B", "2.4T". The arithmetic is exact; a string that is not a whole number in the end is an error.
/// Output: always a JSON integer.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc8259#section-6")]
impl ScalarType for Count {
    fn parse(value: Value) -> InputValueResult<Self> {
        let count = match &value {
            Value::Number(number) => match number.as_i64() {
                Some(number) => Self::new(number),
                // Above 64 bits or with a fraction: parsed from its text, exactly.
                None => number.to_string().parse(),
            },
            Value::String(text) => text.parse(),
            _ => return Err(InputValueError::expected_type(value)),
        };
        count.map_err(InputValueError::custom)
    }

    fn is_valid(value: &Value) -> bool {
        <Self as ScalarType>::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::from(self.get())
    }
}
