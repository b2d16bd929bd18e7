//! A state of the catalog that stands still while it is read.

use chrono::{DateTime, Utc};
use entity::revision;
use sea_orm::DatabaseTransaction;

use crate::db::database::Database;
use crate::error::Result;

/// What the catalog holds after one of its revisions, however long reading it takes and whatever is written meanwhile. It
/// keeps a connection until it is dropped.
pub struct Snapshot {
    /// The transaction to read in.
    pub transaction: DatabaseTransaction,
    /// The number of the last revision; 0 where nothing has been written yet.
    pub revision: i32,
    /// When that was.
    pub time: DateTime<Utc>,
}

impl Snapshot {
    /// Takes the catalog as it is now.
    ///
    /// # Errors
    /// The database fails.
    pub async fn take(database: &Database) -> Result<Self> {
        let transaction = database.begin_read().await?;
        let last = revision::Entity::last().one(&transaction).await?;
        let (revision, time) = last.unwrap_or((0, DateTime::UNIX_EPOCH));
        database.revision_tracker().advance(revision);
        Ok(Self { transaction, revision, time })
    }
}
