//! Scans over all documents of a type, for exports and backfills.

use futures_util::{Stream, TryStreamExt, stream};
use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, ExprTrait, QuerySelect, QueryTrait,
    sea_query::{Expr, Order},
};

use crate::error::Result;
use crate::store::documents::Persist;

/// The number of documents that are read at once and held in memory.
const CHUNK_SIZE: u64 = 500;

/// Returns all documents of a type, ordered by slug. In the transaction of
/// [`Database::begin_read`](crate::db::database::Database::begin_read) they are a consistent snapshot. Memory use does not grow
/// with their number.
pub fn scan_all<D: Persist, C: ConnectionTrait>(db: &C) -> impl Stream<Item = Result<D>> + use<'_, D, C> {
    scan(db, Condition::all())
}

/// Returns the documents whose rows satisfy a condition, as [`scan_all`].
pub fn scan<D: Persist, C: ConnectionTrait>(
    db: &C,
    condition: Condition,
) -> impl Stream<Item = Result<D>> + use<'_, D, C> {
    let chunks = stream::try_unfold((String::new(), condition), move |(last, condition)| async move {
        let documents = next_chunk::<D>(db, &last, &condition).await?;
        let last = documents.last().map(|document| document.slug().to_string());
        Ok::<_, crate::error::Error>(last.map(|last| (stream::iter(documents.into_iter().map(Ok)), (last, condition))))
    });
    chunks.try_flatten()
}

/// Reads the next documents after the one with this slug.
async fn next_chunk<D: Persist>(db: &impl ConnectionTrait, slug: &str, condition: &Condition) -> Result<Vec<D>> {
    let mut select = D::Entity::find().select_only().expr(Expr::col("id")).into_query();
    select
        .cond_where(condition.clone())
        .and_where(Expr::col("slug").gt(slug))
        .order_by("slug", Order::Asc)
        .limit(CHUNK_SIZE);
    let rows = db.query_all(&select).await?;
    let ids = rows.iter().map(|row| row.try_get("", "id")).collect::<Result<Vec<_>, _>>()?;
    if ids.is_empty() { Ok(Vec::new()) } else { D::load(db, &ids).await }
}
