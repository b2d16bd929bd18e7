//! Bulk statements: they read and write many rows with few statements.

use std::collections::HashMap;

use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult,
    Iterable, QueryTrait,
    sea_query::{Expr, InsertStatement, OnConflict, Order, Query, SelectStatement},
};

use crate::db::sql::in_array;
use crate::error::Result;

/// The maximum number of bind parameters of a statement on SQLite. PostgreSQL allows twice as many.
const MAX_PARAMETERS: usize = 32_766;

/// Inserts rows. Existing rows are handled as `on_conflict` says; without it they are an error.
pub async fn bulk_insert<A>(db: &DatabaseTransaction, rows: Vec<A>, on_conflict: Option<&OnConflict>) -> Result<()>
where
    A: ActiveModelTrait + ActiveModelBehavior,
{
    for mut statement in insert_statements(rows) {
        if let Some(on_conflict) = on_conflict {
            statement.on_conflict(on_conflict.clone());
        }
        db.execute(&statement).await?;
    }
    Ok(())
}

/// Inserts rows of subjects. Returns their new ids by slug.
pub async fn insert_subjects<A>(db: &DatabaseTransaction, rows: Vec<A>) -> Result<HashMap<String, i32>>
where
    A: ActiveModelTrait + ActiveModelBehavior,
{
    let mut ids = HashMap::new();
    for mut statement in insert_statements(rows) {
        statement.returning(Query::returning().columns(["id", "slug"]));
        for row in db.query_all(&statement).await? {
            ids.insert(row.try_get("", "slug")?, row.try_get("", "id")?);
        }
    }
    Ok(ids)
}

/// Returns statements that insert the rows, each with as many rows as [`MAX_PARAMETERS`] allows.
fn insert_statements<A>(rows: Vec<A>) -> impl Iterator<Item = InsertStatement>
where
    A: ActiveModelTrait + ActiveModelBehavior,
{
    let max_rows = MAX_PARAMETERS / <A::Entity as EntityTrait>::Column::iter().count();
    let mut rows = rows.into_iter();
    std::iter::from_fn(move || {
        let rows = rows.by_ref().take(max_rows).collect::<Vec<_>>();
        (!rows.is_empty()).then(|| A::Entity::insert_many(rows).into_query())
    })
}

/// Returns the clause `ON CONFLICT (unique) DO UPDATE`, which updates all columns but `unique` and `preserved`.
pub fn upsert_conflict<E: EntityTrait>(unique: &[E::Column], preserved: &[E::Column]) -> OnConflict {
    let name = |column: &E::Column| sea_orm::IdenStatic::as_str(column).to_owned();
    let excluded = unique.iter().chain(preserved).map(name).collect::<Vec<_>>();
    let updated = E::Column::iter().filter(|column| !excluded.contains(&name(column)));
    OnConflict::columns(unique.iter().copied()).update_columns(updated).to_owned()
}

/// Deletes the rows whose `column` is one of `ids`.
pub async fn delete(db: &DatabaseTransaction, table: &'static str, column: &'static str, ids: &[i32]) -> Result<()> {
    if !ids.is_empty() {
        let mut statement = Query::delete();
        statement.from_table(table).and_where(in_array(db.get_database_backend(), Expr::col(column), ids));
        db.execute(&statement).await?;
    }
    Ok(())
}

/// Reads rows by id. Ids without a row are missing in the result.
pub async fn by_id<E: EntityTrait>(db: &impl ConnectionTrait, ids: Vec<i32>) -> Result<HashMap<i32, E::Model>> {
    let ids = distinct(ids);
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut select = E::find().into_query();
    select.and_where(in_array(db.get_database_backend(), Expr::col("id"), &ids));
    Ok(rows_with_id(db, &select, "id").await?.into_iter().collect())
}

/// Reads the rows whose foreign key `column` is one of `parents`, ordered by the columns `keys`. Returns them by parent
/// id.
pub async fn load_children<E: EntityTrait>(
    db: &impl ConnectionTrait,
    column: &'static str,
    parents: &[i32],
    keys: &[&'static str],
) -> Result<HashMap<i32, Vec<E::Model>>> {
    let mut select = E::find().into_query();
    select.and_where(in_array(db.get_database_backend(), Expr::col(column), parents));
    for key in keys {
        select.order_by(*key, Order::Asc);
    }
    let mut children = HashMap::<_, Vec<_>>::new();
    for (parent, row) in rows_with_id(db, &select, column).await? {
        children.entry(parent).or_default().push(row);
    }
    Ok(children)
}

/// Reads rows, each with the value of its column `id`.
pub async fn rows_with_id<M: FromQueryResult>(
    db: &impl ConnectionTrait,
    select: &SelectStatement,
    id: &str,
) -> Result<Vec<(i32, M)>> {
    let rows = db.query_all(select).await?;
    Ok(rows
        .iter()
        .map(|row| Ok((row.try_get("", id)?, M::from_query_result(row, "")?)))
        .collect::<Result<_, DbErr>>()?)
}

/// Returns the values sorted, without duplicates.
pub fn distinct<T: Ord>(mut values: Vec<T>) -> Vec<T> {
    values.sort_unstable();
    values.dedup();
    values
}
