//! Places in ordered lists.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    Condition, DbErr, ExprTrait, QueryResult,
    sea_query::{Alias, BinOper, Expr},
};
use serde_json::Value as Json;

use crate::error::{Error, Result};

/// One key that a list is ordered by. Never null: what may be unknown stands behind or before all that is known.
#[derive(Clone, Debug)]
pub struct SortKey {
    /// What cursors call it.
    pub name: &'static str,
    /// The SQL, as the index has it.
    pub sql: &'static str,
    /// The type it has in the database.
    pub kind: SortKeyType,
    /// Largest first.
    pub descending: bool,
}

/// The type of a sort key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortKeyType {
    /// 32 bits.
    Integer,
    /// 64 bits.
    BigInteger,
    /// Text, by code point.
    Text,
    /// A day.
    Date,
    /// A point in time.
    Time,
}

/// The place of a row in a list: the values of its sort keys.
#[derive(Clone, Debug, PartialEq)]
pub struct Cursor(Vec<KeyValue>);

/// The value of a sort key.
#[derive(Clone, Debug, PartialEq)]
enum KeyValue {
    Integer(i64),
    Text(String),
    Date(NaiveDate),
    Time(DateTime<Utc>),
}

/// The rows behind (or, with `after` false, before) a cursor.
pub fn after_cursor(sort: &[SortKey], cursor: &Cursor, after: bool) -> Condition {
    let keys = sort.iter().map(|key| Expr::cust(key.sql)).collect::<Vec<_>>();
    let values = cursor.0.iter().map(KeyValue::expression).collect::<Vec<_>>();
    let strictly = |key: &SortKey| {
        if key.descending == after { BinOper::SmallerThan } else { BinOper::GreaterThan }
    };
    let first = strictly(&sort[0]);
    // SQLite searches an index on an expression only for a plain comparison; the row values then refine it.
    let at_least =
        if first == BinOper::GreaterThan { BinOper::GreaterThanOrEqual } else { BinOper::SmallerThanOrEqual };
    let leading = keys[0].clone().binary(at_least, values[0].clone());
    if sort.iter().all(|key| strictly(key) == first) {
        return Condition::all().add(leading).add(Expr::tuple(keys).binary(first, Expr::tuple(values)));
    }
    let mut any = Condition::any();
    for (index, key) in sort.iter().enumerate() {
        let mut all = Condition::all();
        for tied in 0..index {
            all = all.add(keys[tied].clone().eq(values[tied].clone()));
        }
        any = any.add(all.add(keys[index].clone().binary(strictly(key), values[index].clone())));
    }
    Condition::all().add(leading).add(any)
}

/// What a selected key is called.
pub fn key_column(index: usize) -> Alias {
    Alias::new(format!("key_{index}"))
}

impl Cursor {
    /// Reads the text of a cursor that a list with these keys gave out.
    ///
    /// # Errors
    /// The text is no cursor, or one of another order.
    pub fn parse(keys: &[SortKey], text: &str) -> Result<Self> {
        let refuse = |reason| Error::InvalidCursor { cursor: text.chars().take(100).collect(), reason };
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| refuse("it is damaged"))?;
        let (order, values): (String, Vec<Json>) =
            serde_json::from_slice(&bytes).map_err(|_| refuse("it is damaged"))?;
        if order != order_name(keys) {
            return Err(refuse("it belongs to another order"));
        }
        if values.len() != keys.len() {
            return Err(refuse("it is damaged"));
        }
        let values = keys.iter().zip(values).map(|(key, value)| KeyValue::parse(key.kind, value));
        values.collect::<Option<_>>().map(Self).ok_or_else(|| refuse("it is damaged"))
    }

    /// The text of a cursor of a list with these keys.
    pub fn write(&self, keys: &[SortKey]) -> String {
        let values = self.0.iter().map(KeyValue::json).collect::<Vec<_>>();
        BASE64_URL_SAFE_NO_PAD.encode(serde_json::json!([order_name(keys), values]).to_string())
    }

    /// The place of a row that was selected with the values of its keys.
    pub fn read(keys: &[SortKey], row: &QueryResult) -> Result<Self, DbErr> {
        let values = keys.iter().enumerate().map(|(index, key)| KeyValue::read(key.kind, row, &format!("key_{index}")));
        Ok(Self(values.collect::<Result<_, _>>()?))
    }
}

/// Tells orders apart: a cursor of one means nothing in another.
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
            SortKeyType::Date => Self::Date(row.try_get("", column)?),
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
            SortKeyType::Date => serde_json::from_value(value).ok().map(Self::Date),
            SortKeyType::Time => serde_json::from_value(value).ok().map(Self::Time),
        }
    }

    fn json(&self) -> Json {
        match self {
            Self::Integer(value) => Json::from(*value),
            Self::Text(value) => Json::from(value.as_str()),
            Self::Date(value) => serde_json::json!(value),
            Self::Time(value) => serde_json::json!(value),
        }
    }

    fn expression(&self) -> Expr {
        match self {
            Self::Integer(value) => Expr::val(*value),
            Self::Text(value) => Expr::val(value.clone()),
            Self::Date(value) => Expr::val(*value),
            Self::Time(value) => Expr::val(*value),
        }
    }
}
