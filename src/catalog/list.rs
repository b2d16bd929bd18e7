//! Lists in pages, by keyset: a page is found by the values its neighbour ends with, so the thousandth costs what the
//! first costs, and rows that come or go meanwhile shift nothing.

use std::{collections::HashMap, marker::PhantomData};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    Condition, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait, ExprTrait, FromQueryResult, QueryResult,
    QueryTrait,
    sea_query::{Alias, BinOper, Expr, Func, JoinType, Order, Query, SelectStatement, WindowStatement},
};
use serde_json::Value as Json;

use super::read::one_of;
use crate::error::{Error, Result};

/// Which rows of a table, in which order, and which stretch of them.
#[derive(Clone, Debug)]
pub struct Listing<E> {
    /// What a row must satisfy.
    pub filter: Condition,
    /// What rows are ordered by; the last key is unique, so that no two rows tie.
    pub keys: Vec<SortKey>,
    /// The stretch.
    pub window: Window,
    /// Where the rows belong to parents: how they are found. Each parent then has a page of its own.
    pub parent: Option<Parent>,
    /// The table.
    pub entity: PhantomData<E>,
}

/// One key that a list is ordered by. Never null: what may be unknown stands behind or before all that is known.
#[derive(Clone, Debug)]
pub struct SortKey {
    /// What cursors call it.
    pub name: &'static str,
    /// The SQL, as the index has it.
    pub sql: &'static str,
    /// The type it has in the database.
    pub kind: KeyKind,
    /// Largest first.
    pub descending: bool,
}

/// The type of a sort key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
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

/// A stretch of a list: the first rows behind `after`, or the last rows before `before`.
#[derive(Clone, Debug)]
pub struct Window {
    /// The most rows.
    pub limit: u64,
    /// Whether to take the last rows instead of the first.
    pub backward: bool,
    /// Rows behind this one only.
    pub after: Option<Cursor>,
    /// Rows before this one only.
    pub before: Option<Cursor>,
}

/// How rows belong to parents.
#[derive(Clone, Copy, Debug)]
pub struct Parent {
    /// The junction, and its column that holds the row's id; none where the row itself names its parent.
    pub junction: Option<(&'static str, &'static str)>,
    /// The table and column that hold the parent's id.
    pub column: (&'static str, &'static str),
}

/// Rows in their order, and what lies around them.
#[derive(Clone, Debug)]
pub struct Page<M> {
    /// The rows, each with its place.
    pub rows: Vec<(Cursor, M)>,
    /// Whether the list goes on in the direction of paging.
    pub more: bool,
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

impl<M> Page<M> {
    /// A page without rows.
    pub fn empty() -> Self {
        Self {
            rows: Vec::new(),
            more: false,
        }
    }
}

impl<E: EntityTrait> Listing<E> {
    /// Reads the page of each parent by one statement. Without parents the one page is that of parent 0.
    ///
    /// # Errors
    /// The database fails.
    pub async fn pages(&self, db: &DatabaseConnection, parents: &[i32]) -> Result<HashMap<i32, Page<E::Model>>> {
        let mut pages = HashMap::new();
        for row in db.query_all(&self.page_statement(db, parents)).await? {
            let parent = if self.parent.is_some() {
                row.try_get("", "parent")?
            } else {
                0
            };
            let cursor = Cursor::read(&self.keys, &row)?;
            let page = pages.entry(parent).or_insert_with(Page::empty);
            page.rows.push((cursor, E::Model::from_query_result(&row, "")?));
        }
        for page in pages.values_mut() {
            if page.rows.len() as u64 > self.window.limit {
                page.rows.pop();
                page.more = true;
            }
            if self.window.backward {
                page.rows.reverse();
            }
        }
        Ok(pages)
    }

    /// Counts the rows of each parent, whatever the window, by one statement: in all, or for each value of a facet.
    ///
    /// # Errors
    /// The database fails.
    pub async fn tally(
        &self,
        db: &DatabaseConnection,
        parents: &[i32],
        facet: Option<&Facet>,
    ) -> Result<HashMap<i32, Vec<Tally>>> {
        let mut select = self.scope(db, parents);
        select.clear_selects().expr_as(Expr::cust("COUNT(*)"), "count");
        if let Some(parent) = &self.parent {
            select
                .expr_as(Expr::col(parent.column), "parent")
                .group_by_col(parent.column);
        }
        if let Some(facet) = facet {
            for (table, name, on) in facet.joins {
                select.join_as(JoinType::InnerJoin, *table, *name, Expr::cust(*on));
            }
            let (value, label) = (Expr::cust(facet.value), Expr::cust(facet.label));
            select.expr_as(value.clone(), "value").expr_as(label.clone(), "label");
            select
                .and_where(value.clone().is_not_null())
                .add_group_by([value, label]);
            select.order_by("count", Order::Desc).order_by("value", Order::Asc);
        }
        let mut tallies = HashMap::<_, Vec<Tally>>::new();
        for row in db.query_all(&select).await? {
            let parent = if self.parent.is_some() {
                row.try_get("", "parent")?
            } else {
                0
            };
            let (value, label) = match facet {
                Some(_) => (row.try_get("", "value")?, row.try_get("", "label")?),
                None => Default::default(),
            };
            tallies.entry(parent).or_default().push(Tally {
                value,
                label,
                count: row.try_get("", "count")?,
            });
        }
        Ok(tallies)
    }

    /// Whether a parent has rows that the window leaves out on the side that it starts from.
    ///
    /// # Errors
    /// The database fails.
    pub async fn skips(&self, db: &DatabaseConnection, parent: i32) -> Result<bool> {
        let bound = if self.window.backward {
            &self.window.before
        } else {
            &self.window.after
        };
        let Some(bound) = bound else { return Ok(false) };
        let mut select = self.scope(db, &[parent]);
        select.clear_selects().expr(Expr::val(1)).limit(1);
        select.cond_where(beyond(&self.keys, bound, !self.window.backward).not());
        Ok(db.query_one(&select).await?.is_some())
    }

    /// All rows of the parents.
    fn scope(&self, db: &DatabaseConnection, parents: &[i32]) -> SelectStatement {
        let mut select = E::find().into_query();
        select.cond_where(self.filter.clone());
        if let Some(parent) = &self.parent {
            if let Some((junction, row)) = parent.junction {
                let id = Expr::col((E::default().table_name().to_owned(), "id"));
                select.inner_join(junction, Expr::col((junction, row)).eq(id));
            }
            select.and_where(match parents {
                [one] => Expr::col(parent.column).eq(*one),
                many => one_of(db.get_database_backend(), Expr::col(parent.column), many),
            });
        }
        select
    }

    fn page_statement(&self, db: &DatabaseConnection, parents: &[i32]) -> SelectStatement {
        let mut select = self.scope(db, parents);
        for (index, key) in self.keys.iter().enumerate() {
            select.expr_as(Expr::cust(key.sql), key_column(index));
        }
        if let Some(after) = &self.window.after {
            select.cond_where(beyond(&self.keys, after, true));
        }
        if let Some(before) = &self.window.before {
            select.cond_where(beyond(&self.keys, before, false));
        }
        let limit = self.window.limit + 1;
        let orders = self.keys.iter().map(|key| {
            let order = if key.descending == self.window.backward {
                Order::Asc
            } else {
                Order::Desc
            };
            (Expr::cust(key.sql), order)
        });
        let Some(parent) = &self.parent else {
            return ordered(select, orders).limit(limit).take();
        };
        select.expr_as(Expr::col(parent.column), "parent");
        if parents.len() == 1 {
            return ordered(select, orders).limit(limit).take();
        }
        let mut window = WindowStatement::partition_by(parent.column);
        for (key, order) in orders {
            window.order_by_expr(key, order);
        }
        select.expr_window_as(Func::cust("ROW_NUMBER"), window, "place");
        Query::select()
            .expr(Expr::cust("*"))
            .from_subquery(select, "page")
            .and_where(Expr::col("place").lte(limit))
            .order_by("place", Order::Asc)
            .take()
    }
}

/// What a list can be counted by.
#[derive(Clone, Copy, Debug)]
pub struct Facet {
    /// Tables to join, each with what `value` and `label` call it and its condition.
    pub joins: &'static [(&'static str, &'static str, &'static str)],
    /// The SQL of the value; rows where it is null are not counted.
    pub value: &'static str,
    /// The SQL of what people call the value.
    pub label: &'static str,
}

fn ordered(mut select: SelectStatement, orders: impl Iterator<Item = (Expr, Order)>) -> SelectStatement {
    for (key, order) in orders {
        select.order_by_expr(key, order);
    }
    select
}

/// The rows behind (or, with `after` false, before) a cursor.
pub(super) fn beyond(sort: &[SortKey], cursor: &Cursor, after: bool) -> Condition {
    let keys = sort.iter().map(|key| Expr::cust(key.sql)).collect::<Vec<_>>();
    let values = cursor.0.iter().map(KeyValue::expression).collect::<Vec<_>>();
    let strictly = |key: &SortKey| {
        if key.descending == after {
            BinOper::SmallerThan
        } else {
            BinOper::GreaterThan
        }
    };
    let first = strictly(&sort[0]);
    // SQLite searches an index on an expression only for a plain comparison; the row values then refine it.
    let at_least = if first == BinOper::GreaterThan {
        BinOper::GreaterThanOrEqual
    } else {
        BinOper::SmallerThanOrEqual
    };
    let leading = keys[0].clone().binary(at_least, values[0].clone());
    if sort.iter().all(|key| strictly(key) == first) {
        return Condition::all()
            .add(leading)
            .add(Expr::tuple(keys).binary(first, Expr::tuple(values)));
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

/// A number of rows.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// The value of the facet that they share.
    pub value: String,
    /// What people call that value.
    pub label: String,
    /// How many they are.
    pub count: i64,
}

/// What a selected key is called.
pub(super) fn key_column(index: usize) -> Alias {
    Alias::new(format!("key_{index}"))
}

impl Cursor {
    /// Reads the text of a cursor that a list with these keys gave out.
    ///
    /// # Errors
    /// The text is no cursor, or one of another order.
    pub fn parse(keys: &[SortKey], text: &str) -> Result<Self> {
        let refuse = |reason| Error::InvalidCursor {
            cursor: text.chars().take(100).collect(),
            reason,
        };
        let bytes = BASE64_URL_SAFE_NO_PAD
            .decode(text)
            .map_err(|_| refuse("it is damaged"))?;
        let (order, values): (String, Vec<Json>) =
            serde_json::from_slice(&bytes).map_err(|_| refuse("it is damaged"))?;
        if order != order_name(keys) {
            return Err(refuse("it belongs to another order"));
        }
        if values.len() != keys.len() {
            return Err(refuse("it is damaged"));
        }
        let values = keys
            .iter()
            .zip(values)
            .map(|(key, value)| KeyValue::parse(key.kind, value));
        values
            .collect::<Option<_>>()
            .map(Self)
            .ok_or_else(|| refuse("it is damaged"))
    }

    /// The text of a cursor of a list with these keys.
    pub fn write(&self, keys: &[SortKey]) -> String {
        let values = self.0.iter().map(KeyValue::json).collect::<Vec<_>>();
        BASE64_URL_SAFE_NO_PAD.encode(serde_json::json!([order_name(keys), values]).to_string())
    }

    /// The place of a row that was selected with the values of its keys.
    pub(super) fn read(keys: &[SortKey], row: &QueryResult) -> Result<Self, DbErr> {
        let values = keys
            .iter()
            .enumerate()
            .map(|(index, key)| KeyValue::read(key.kind, row, &format!("key_{index}")));
        Ok(Self(values.collect::<Result<_, _>>()?))
    }
}

/// Tells orders apart: a cursor of one means nothing in another.
fn order_name(keys: &[SortKey]) -> String {
    let names = keys
        .iter()
        .map(|key| format!("{}{}", key.name, if key.descending { '-' } else { '+' }));
    names.collect::<Vec<_>>().join(" ")
}

impl KeyValue {
    fn read(kind: KeyKind, row: &QueryResult, column: &str) -> Result<Self, DbErr> {
        Ok(match kind {
            KeyKind::Integer => Self::Integer(row.try_get::<i32>("", column)?.into()),
            KeyKind::BigInteger => Self::Integer(row.try_get("", column)?),
            KeyKind::Text => Self::Text(row.try_get("", column)?),
            KeyKind::Date => Self::Date(row.try_get("", column)?),
            KeyKind::Time => Self::Time(row.try_get("", column)?),
        })
    }

    fn parse(kind: KeyKind, value: Json) -> Option<Self> {
        match kind {
            KeyKind::Integer => value
                .as_i64()
                .filter(|value| i32::try_from(*value).is_ok())
                .map(Self::Integer),
            KeyKind::BigInteger => value.as_i64().map(Self::Integer),
            KeyKind::Text => value
                .as_str()
                .filter(|text| !text.contains('\0'))
                .map(|text| Self::Text(text.to_owned())),
            KeyKind::Date => serde_json::from_value(value).ok().map(Self::Date),
            KeyKind::Time => serde_json::from_value(value).ok().map(Self::Time),
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
