//! Consistent reads of one state of the catalog.

use chrono::{DateTime, Utc};
use entity::revision;
use sea_orm::DatabaseTransaction;

use crate::db::database::Database;
use crate::error::Result;

/// A read transaction on the state of the catalog after one revision. Later commits are not visible in it. It holds a
/// connection until it is dropped.
pub struct Snapshot {
    /// The transaction.
    pub transaction: DatabaseTransaction,
    /// The number of the last revision; 0 if there is none.
    pub revision: i32,
    /// The time of the last revision; the Unix epoch if there is none.
    pub time: DateTime<Utc>,
}

impl Snapshot {
    /// Begins a snapshot of the current state.
    ///
    /// # Errors
    /// The database cannot be reached or fails.
    pub async fn take(database: &Database) -> Result<Self> {
        let transaction = database.begin_read().await?;
        let last = revision::Entity::last().one(&transaction).await?;
        let (revision, time) = last.unwrap_or((0, DateTime::UNIX_EPOCH));
        database.revision_tracker().advance(revision);
        Ok(Self { transaction, revision, time })
    }
}
