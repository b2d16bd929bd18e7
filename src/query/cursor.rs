//! Cursors: positions in ordered lists, for keyset pagination.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use sea_orm::{
    Condition, DbErr, ExprTrait, QueryResult,
    sea_query::{Alias, BinOper, Expr},
};
use serde_json::Value as Json;

use crate::error::{Error, Result};

/// A key that a list is ordered by. Never null: the SQL of a nullable column replaces null by a value before or after all
/// others.
#[derive(Clone, Debug)]
pub struct SortKey {
    /// The name of the key in cursors.
    pub name: &'static str,
    /// The SQL expression, exactly as in the index, so that the planner uses the index.
    pub sql: &'static str,
    /// The type of the expression.
    pub kind: SortKeyType,
    /// Whether the largest value comes first.
    pub descending: bool,
}

/// The type of a sort key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortKeyType {
    /// A 32-bit integer.
    Integer,
    /// A 64-bit integer.
    BigInteger,
    /// Text, compared by code point.
    Text,
    /// A point in time.
    Time,
}

/// The position of a row in a list: the values of its sort keys.
#[derive(Clone, Debug, PartialEq)]
pub struct Cursor(Vec<KeyValue>);

impl Cursor {
    /// Returns the memory that the cursor takes, in bytes.
    pub fn bytes(&self) -> usize {
        let text = |value: &KeyValue| if let KeyValue::Text(text) = value { text.len() } else { 0 };
        size_of::<Self>() + self.0.iter().map(|value| size_of::<KeyValue>() + text(value)).sum::<usize>()
    }
}

/// The value of a sort key.
#[derive(Clone, Debug, PartialEq)]
enum KeyValue {
    Integer(i64),
    Text(String),
    Time(DateTime<Utc>),
}

/// Returns the condition for the rows after a cursor or, with `after` false, before it.
pub fn after_cursor(sort: &[SortKey], cursor: &Cursor, after: bool) -> Condition {
    let keys = sort.iter().map(|key| Expr::cust(key.sql)).collect::<Vec<_>>();
    let values = cursor.0.iter().map(KeyValue::expression).collect::<Vec<_>>();
    let strict = |key: &SortKey| {
        if key.descending == after { BinOper::SmallerThan } else { BinOper::GreaterThan }
    };
    let first = strict(&sort[0]);
    // SQLite uses an index on an expression only for a plain comparison, not for one of row values. This condition bounds the
    // index scan, and the comparison of all keys filters it.
    let inclusive =
        if first == BinOper::GreaterThan { BinOper::GreaterThanOrEqual } else { BinOper::SmallerThanOrEqual };
    let leading = keys[0].clone().binary(inclusive, values[0].clone());
    if sort.iter().all(|key| strict(key) == first) {
        return Condition::all().add(leading).add(Expr::tuple(keys).binary(first, Expr::tuple(values)));
    }
    // Row values compare all keys in one direction; keys of mixed directions are compared one by one.
    let mut any = Condition::any();
    for (index, key) in sort.iter().enumerate() {
        let mut all = Condition::all();
        for tied in 0..index {
            all = all.add(keys[tied].clone().eq(values[tied].clone()));
        }
        any = any.add(all.add(keys[index].clone().binary(strict(key), values[index].clone())));
    }
    Condition::all().add(leading).add(any)
}

/// Returns the column alias of a selected sort key.
pub fn key_column(index: usize) -> Alias {
    Alias::new(format!("key_{index}"))
}

impl Cursor {
    /// Parses a cursor of a list with these sort keys.
    ///
    /// # Errors
    /// The text is not a cursor, or the cursor belongs to a list with another order.
    pub fn parse(keys: &[SortKey], text: &str) -> Result<Self> {
        let invalid = |reason| Error::InvalidCursor { cursor: text.chars().take(100).collect(), reason };
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| invalid("it is malformed"))?;
        let (order, values): (String, Vec<Json>) =
            serde_json::from_slice(&bytes).map_err(|_| invalid("it is malformed"))?;
        if order != order_name(keys) {
            return Err(invalid("it belongs to another order"));
        }
        if values.len() != keys.len() {
            return Err(invalid("it is malformed"));
        }
        Self::of_json(keys, values).ok_or_else(|| invalid("it is malformed"))
    }

    /// Returns the cursor of a row from the values of its sort keys.
    ///
    /// # Errors
    /// A value has another type.
    pub fn from_values(keys: &[SortKey], values: Vec<Json>) -> Result<Self, DbErr> {
        Self::of_json(keys, values).ok_or_else(|| DbErr::Type("a sort key has another type".to_owned()))
    }

    fn of_json(keys: &[SortKey], values: Vec<Json>) -> Option<Self> {
        let values = keys.iter().zip(values).map(|(key, value)| KeyValue::parse(key.kind, value));
        values.collect::<Option<_>>().map(Self)
    }

    /// Returns the cursor as text: URL-safe Base64 of JSON with the order and the key values.
    pub fn write(&self, keys: &[SortKey]) -> String {
        let values = self.0.iter().map(KeyValue::json).collect::<Vec<_>>();
        BASE64_URL_SAFE_NO_PAD.encode(serde_json::json!([order_name(keys), values]).to_string())
    }

    /// Reads the cursor of a row from its columns [`key_column`].
    ///
    /// # Errors
    /// A column is missing or has another type.
    pub fn read(keys: &[SortKey], row: &QueryResult) -> Result<Self, DbErr> {
        let values = keys.iter().enumerate().map(|(index, key)| KeyValue::read(key.kind, row, &format!("key_{index}")));
        Ok(Self(values.collect::<Result<_, _>>()?))
    }
}

/// Returns the names and directions of sort keys. Cursors contain it, because a cursor is valid for one order only.
fn order_name(keys: &[SortKey]) -> String {
    let names = keys.iter().map(|key| format!("{}{}", key.name, if key.descending { '-' } else { '+' }));
    names.collect::<Vec<_>>().join(" ")
}

impl KeyValue {
    fn read(kind: SortKeyType, row: &QueryResult, column: &str) -> Result<Self, DbErr> {
        Ok(match kind {
            SortKeyType::Integer => Self::Integer(row.try_get::<i32>("", column)?.into()),
            SortKeyType::BigInteger => Self::Integer(row.try_get("", column)?),
            SortKeyType::Text => Self::Text(row.try_get("", column)?),
            SortKeyType::Time => Self::Time(row.try_get("", column)?),
        })
    }

    fn parse(kind: SortKeyType, value: Json) -> Option<Self> {
        match kind {
            SortKeyType::Integer => value.as_i64().filter(|value| i32::try_from(*value).is_ok()).map(Self::Integer),
            SortKeyType::BigInteger => value.as_i64().map(Self::Integer),
            SortKeyType::Text => {
                value.as_str().filter(|text| !text.contains('\0')).map(|text| Self::Text(text.to_owned()))
            }
            SortKeyType::Time => serde_json::from_value(value).ok().map(Self::Time),
        }
    }

    fn json(&self) -> Json {
        match self {
            Self::Integer(value) => Json::from(*value),
            Self::Text(value) => Json::from(value.as_str()),
            Self::Time(value) => serde_json::json!(value),
        }
    }

    fn expression(&self) -> Expr {
        match self {
            Self::Integer(value) => Expr::val(*value),
            Self::Text(value) => Expr::val(value.clone()),
            Self::Time(value) => Expr::val(*value),
        }
    }
}
