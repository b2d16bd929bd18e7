//! SQL expressions that differ between the databases.

use sea_orm::{
    DbBackend, ExprTrait,
    sea_query::{Expr, Func, Query, extension::postgres::PgFunc},
};

/// Returns the condition that `column` is one of `values`. Its SQL does not depend on their number, so the statement
/// stays prepared.
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
