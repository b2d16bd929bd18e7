//! SQL expressions that differ between the databases.

use sea_orm::{
    DbBackend, ExprTrait,
    sea_query::{Expr, Func, IntoIden, Query, TableRef, extension::postgres::PgFunc},
};

/// Returns the table with the elements of a JSON array of texts, `list` as SQL: its column `value` has an element in each row.
pub fn elements(backend: DbBackend, list: &'static str, alias: &'static str) -> TableRef {
    let function = if backend == DbBackend::Postgres { "jsonb_array_elements_text" } else { "json_each" };
    TableRef::FunctionCall(Func::cust(function).arg(Expr::cust(list)), alias.into_iden())
}

/// Returns SQL with `{collation}` replaced: texts that are not of a column are ordered by code point like those that are.
pub fn with_collation(backend: DbBackend, sql: &str) -> String {
    sql.replace("{collation}", if backend == DbBackend::Postgres { " COLLATE \"C\"" } else { "" })
}

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
