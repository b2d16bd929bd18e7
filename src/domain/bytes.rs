//! Numbers of bytes with units.

use std::str::FromStr;

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use rust_decimal::Decimal;

use crate::domain::count::Count;

/// A number of bytes, up to [`Count::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bytes(pub Count);

/// The units: powers of 1000, and of 1024.
const UNITS: [(&str, i64); 9] = [
    ("KIB", 1 << 10),
    ("MIB", 1 << 20),
    ("GIB", 1 << 30),
    ("TIB", 1 << 40),
    ("KB", 1_000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("TB", 1_000_000_000_000),
    ("B", 1),
];

impl FromStr for Bytes {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let invalid = || {
            let text = text.chars().take(50).collect::<String>();
            format!("{text:?} is not a number of bytes; write 24000000000, \"24GB\" (10^9) or \"24GiB\" (2^30)")
        };
        let upper = text.to_ascii_uppercase();
        let (number, unit) = UNITS
            .iter()
            .find_map(|(unit, bytes)| Some((upper.strip_suffix(unit)?.trim_end(), *bytes)))
            .unwrap_or((upper.as_str(), 1));
        // `Decimal` would also accept a sign and underscores.
        if !number.starts_with(|c: char| c.is_ascii_digit()) || !number.chars().all(|c| c.is_ascii_digit() || c == '.')
        {
            return Err(invalid());
        }
        let number = Decimal::from_str_exact(number).map_err(|_| invalid())?;
        let bytes = number.checked_mul(Decimal::from(unit)).ok_or_else(invalid)?;
        // A part of a byte is dropped: "0.3GiB" has one.
        let bytes = i64::try_from(bytes.trunc()).map_err(|_| invalid())?;
        Count::new(bytes).map(Self).map_err(|_| invalid())
    }
}

/// A number of bytes: a whole number such as 24000000000, or a string with a decimal number and a unit: "24GB" is 24 times 10^9
/// (KB, MB, GB, TB), "24GiB" is 24 times 2^30 (KiB, MiB, GiB, TiB). A graphics card of "24 GB" has 24 GiB. At most 2^53 - 1.
#[Scalar(specified_by_url = "https://www.rfc-editor.org/rfc/rfc8259#section-6")]
impl ScalarType for Bytes {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::Number(number) => number.to_string().parse().map_err(InputValueError::custom),
            Value::String(text) => text.parse().map_err(InputValueError::custom),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn is_valid(value: &Value) -> bool {
        <Self as ScalarType>::parse(value.clone()).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::from(self.0.get())
    }
}
