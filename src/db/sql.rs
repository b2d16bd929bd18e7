//! SQL expressions that differ between the databases.

use sea_orm::{
    DbBackend, ExprTrait,
    sea_query::{Expr, Func, Query, extension::postgres::PgFunc},
};

/// `column` is one of `values`, by a statement whose text does not depend on how many there are, so that it stays prepared.
pub fn in_array<T>(backend: DbBackend, column: Expr, values: &[T]) -> Expr
where
    T: Clone + serde::Serialize,
    Vec<T>: Into<Expr>,
{
    if backend == DbBackend::Postgres {
        return column.eq(PgFunc::any(values.to_vec()));
    }
    let values = Func::cust("json_each").arg(serde_json::json!(values).to_string());
    column.in_subquery(Query::select().column("value").from_function(values, "values").take())
}
