//! Rows by the batch: any number of them by a number of statements that does not depend on it.

use std::collections::HashMap;

use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult,
    Iterable, QueryTrait,
    sea_query::{Expr, InsertStatement, OnConflict, Order, Query, SelectStatement},
};

use crate::db::sql::in_array;
use crate::error::Result;

/// SQLite takes this many parameters in a statement, and PostgreSQL twice as many.
const MAX_PARAMETERS: usize = 32_766;

/// Writes new rows; where `over` says so, over those that are there.
pub async fn bulk_insert<A>(db: &DatabaseTransaction, rows: Vec<A>, over: Option<&OnConflict>) -> Result<()>
where
    A: ActiveModelTrait + ActiveModelBehavior,
{
    for mut statement in inserts(rows) {
        if let Some(over) = over {
            statement.on_conflict(over.clone());
        }
        db.execute(&statement).await?;
    }
    Ok(())
}

/// Writes new rows of subjects. Returns their ids by their slugs.
pub async fn insert_subjects<A>(db: &DatabaseTransaction, rows: Vec<A>) -> Result<HashMap<String, i32>>
where
    A: ActiveModelTrait + ActiveModelBehavior,
{
    let mut ids = HashMap::new();
    for mut statement in inserts(rows) {
        statement.returning(Query::returning().columns(["id", "slug"]));
        for row in db.query_all(&statement).await? {
            ids.insert(row.try_get("", "slug")?, row.try_get("", "id")?);
        }
    }
    Ok(ids)
}

/// The statements that insert rows, as few as their parameters allow.
fn inserts<A>(rows: Vec<A>) -> impl Iterator<Item = InsertStatement>
where
    A: ActiveModelTrait + ActiveModelBehavior,
{
    let most = MAX_PARAMETERS / <A::Entity as EntityTrait>::Column::iter().count();
    let mut rows = rows.into_iter();
    std::iter::from_fn(move || {
        let rows = rows.by_ref().take(most).collect::<Vec<_>>();
        (!rows.is_empty()).then(|| A::Entity::insert_many(rows).into_query())
    })
}

/// What to do where rows with the same `unique` columns are there: everything but those and `kept` is written over.
pub fn upsert_conflict<E: EntityTrait>(unique: &[E::Column], kept: &[E::Column]) -> OnConflict {
    let name = |column: &E::Column| sea_orm::IdenStatic::as_str(column).to_owned();
    let stay = unique.iter().chain(kept).map(name).collect::<Vec<_>>();
    let changes = E::Column::iter().filter(|column| !stay.contains(&name(column)));
    OnConflict::columns(unique.iter().copied()).update_columns(changes).to_owned()
}

/// Takes away the rows whose `column` is one of `ids`.
pub async fn delete(db: &DatabaseTransaction, table: &'static str, column: &'static str, ids: &[i32]) -> Result<()> {
    if !ids.is_empty() {
        let mut statement = Query::delete();
        statement.from_table(table).and_where(in_array(db.get_database_backend(), Expr::col(column), ids));
        db.execute(&statement).await?;
    }
    Ok(())
}

/// Rows by their ids.
pub async fn by_id<E: EntityTrait>(db: &impl ConnectionTrait, ids: Vec<i32>) -> Result<HashMap<i32, E::Model>> {
    let ids = distinct(ids);
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut select = E::find().into_query();
    select.and_where(in_array(db.get_database_backend(), Expr::col("id"), &ids));
    Ok(rows_with_id(db, &select, "id").await?.into_iter().collect())
}

/// The rows that belong to parents, in the order of `keys`, by the ids of their parents, which stand in `column`.
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

/// Reads rows, each with the id that stands in the column `id`.
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

/// Values without those that are there already, in an order of their own.
pub fn distinct<T: Ord>(mut values: Vec<T>) -> Vec<T> {
    values.sort_unstable();
    values.dedup();
    values
}
