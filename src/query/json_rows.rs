//! Rows as JSON: a statement returns its rows as one array, in which the columns of each row are an array in the order of the
//! entity. Decoding a row of the driver costs more than decoding its JSON.

use std::sync::Arc;

use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, ExprTrait, IdenStatic, Iterable,
    sea_query::{CaseStatement, ColumnType, Expr, Func, Query, SelectStatement},
};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};

use crate::error::Result;
use crate::query::as_of::ReadView;

/// A row. It is deserialized into memory of its own: rows are large, and a list of them would move them as it grows.
pub struct Row<M>(pub Arc<M>);

impl<'de, M: Deserialize<'de>> Deserialize<'de> for Row<M> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        M::deserialize(deserializer).map(|row| Self(Arc::new(row)))
    }
}

/// Reads the rows of `select` in their order, each after the value of `leading`.
///
/// # Errors
/// The database fails, or the columns have other types.
pub async fn read<E, T>(view: &ReadView, select: SelectStatement, leading: Expr) -> Result<Vec<(T, Row<E::Model>)>>
where
    E: EntityTrait<Model: DeserializeOwned>,
    T: DeserializeOwned,
{
    let backend = view.get_database_backend();
    let statement = select_array(backend, 0, select, array(backend, vec![leading, columns::<E>(backend)]));
    let mut rows = Vec::new();
    for (_, json) in view.texts(&statement).await? {
        rows.append(&mut parse(&json)?);
    }
    Ok(rows)
}

/// Parses JSON of the database.
///
/// # Errors
/// It has another type.
pub fn parse<T: DeserializeOwned>(json: &str) -> Result<T, DbErr> {
    serde_json::from_str(json).map_err(|error| DbErr::Json(error.to_string()))
}

/// Builds the statement that returns an array of `row` for all rows of a subquery, in their order, and `index` before it.
pub fn select_array(backend: DbBackend, index: i32, rows: SelectStatement, row: Expr) -> SelectStatement {
    let aggregate = if backend == DbBackend::Postgres { "json_agg" } else { "json_group_array" };
    let aggregate = Expr::from(Func::cust(aggregate).arg(row)).cast_as("text");
    let aggregate = Expr::from(Func::coalesce([aggregate, Expr::cust("'[]'")]));
    Query::select().expr_as(Expr::val(index), "index").expr_as(aggregate, "rows").from_subquery(rows, "rows").take()
}

/// Returns an array of values.
pub fn array(backend: DbBackend, values: Vec<Expr>) -> Expr {
    let function = if backend == DbBackend::Postgres { "json_build_array" } else { "json_array" };
    Func::cust(function).args(values).into()
}

/// Returns an array of the columns of a table.
pub fn columns<E: EntityTrait>(backend: DbBackend) -> Expr {
    let column = |column: E::Column| {
        // Searches read it in their conditions. Nothing reads it from a row, and it is the longest text of most.
        if column.as_str() == "search_text" {
            return Expr::cust("''");
        }
        let name = Expr::col(column.as_str());
        if backend != DbBackend::Sqlite {
            return name;
        }
        match column.def().get_column_type() {
            // SQLite stores JSON as text, which the function would encode as a JSON string.
            ColumnType::Json | ColumnType::JsonBinary => Func::cust("json").arg(name).into(),
            // SQLite stores them as 0 and 1.
            ColumnType::Boolean => {
                let literal = CaseStatement::new().case(name.clone(), "true").finally("false");
                let boolean = Expr::from(Func::cust("json").arg(literal));
                CaseStatement::new().case(name.is_not_null(), boolean).into()
            }
            // The function would round to 15 digits. 17 digits identify every number.
            ColumnType::Float | ColumnType::Double => {
                let digits = Func::cust("printf").arg("%!.17g").arg(name.clone());
                let number = Expr::from(Func::cust("json").arg(digits));
                CaseStatement::new().case(name.is_not_null(), number).into()
            }
            _ => name,
        }
    };
    array(backend, E::Column::iter().map(column).collect())
}
