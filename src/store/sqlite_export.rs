//! The whole catalog in a SQLite database of its own, which a server can serve at once.

use std::{path::Path, time::Duration};

use entity::{link, model_dataset, model_organization, model_size, revision, vocabulary::SubjectType};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, Identity, IntoActiveModel, Iterable, ModelTrait,
    PrimaryKeyToColumn, Statement,
    sea_query::{IntoIden, ValueTuple},
};

use crate::db::database::{Database, PoolOptions};
use crate::db::snapshot::Snapshot;
use crate::db::url::DatabaseUrl;
use crate::domain::subject::with_document;
use crate::error::Result;
use crate::store::documents::Persist;
use crate::store::migrate::migrate;

/// How many rows are in memory at once. A revision keeps two documents, so they may be large.
const BATCH: u64 = 100;

/// Copies the snapshot to a file that is not there yet, with every id and revision. Tokens and the keys of retries stay
/// behind: they belong to the installation.
///
/// # Errors
/// The snapshot cannot be read or the file not be written. What the file then holds is of no use.
pub async fn export_sqlite(snapshot: &Snapshot, file: &Path) -> Result<()> {
    let options = PoolOptions {
        connections: 1,
        acquire_timeout: Duration::from_secs(5),
        slow_query_threshold: Duration::from_secs(60),
    };
    let database = Database::connect(&DatabaseUrl::Sqlite(file.to_owned()), options).await?;
    migrate(&database).await?;
    let transaction = database.begin_write().await?;
    // A model may be derived from one with a larger id.
    transaction.execute_unprepared("PRAGMA defer_foreign_keys = ON").await?;
    let copy = TableCopier { from: &snapshot.transaction, to: &transaction };
    for subject in SubjectType::referenced_first() {
        with_document!(subject, D => copy.table::<<D as Persist>::Entity>().await?);
    }
    copy.table::<model_size::Entity>().await?;
    copy.table::<model_dataset::Entity>().await?;
    copy.table::<model_organization::Entity>().await?;
    copy.table::<link::Entity>().await?;
    copy.table::<revision::Entity>().await?;
    for table in SubjectType::ALL.iter().map(|subject| subject.table()).chain(["model_size", "link"]) {
        copy.last_id(table).await?;
    }
    transaction.execute_unprepared("ANALYZE").await?;
    transaction.commit().await?;
    // The last connection that closes puts the write-ahead log into the file and removes it.
    database.close().await
}

struct TableCopier<'a> {
    from: &'a DatabaseTransaction,
    to: &'a DatabaseTransaction,
}

impl TableCopier<'_> {
    /// Copies the rows of a table, by their keys.
    async fn table<E>(&self) -> Result<()>
    where
        E: EntityTrait,
        E::Model: IntoActiveModel<E::ActiveModel> + Send + Sync,
    {
        let key = E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column).collect::<Vec<_>>();
        let columns = key.iter().map(|column| column.into_iden()).collect::<Vec<_>>();
        let mut last = None;
        loop {
            let mut rows = E::find().cursor_by(Identity::Many(columns.clone()));
            rows.first(BATCH);
            if let Some(last) = last {
                rows.after(ValueTuple::Many(last));
            }
            let rows = rows.all(self.from).await?;
            let Some(row) = rows.last() else { return Ok(()) };
            last = Some(key.iter().map(|column| row.get(*column)).collect());
            let rows = rows.into_iter().map(IntoActiveModel::into_active_model);
            E::insert_many(rows).exec_without_returning(self.to).await?;
        }
    }

    /// Goes on counting ids where the snapshot's database does. The id of what was deleted is not given out again: undo
    /// would bring it back.
    async fn last_id(&self, table: &str) -> Result<()> {
        let backend = self.from.get_database_backend();
        let last = match backend {
            DbBackend::Postgres => {
                format!("SELECT pg_sequence_last_value(pg_get_serial_sequence('{table}', 'id')) AS id")
            }
            _ => format!("SELECT seq AS id FROM sqlite_sequence WHERE name = '{table}'"),
        };
        let row = self.from.query_one_raw(Statement::from_string(backend, last)).await?;
        let Some(last) = row.map(|row| row.try_get::<Option<i64>>("", "id")).transpose()?.flatten() else {
            return Ok(());
        };
        let insert = format!(
            "INSERT INTO sqlite_sequence (name, seq) \
             SELECT '{table}', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = '{table}')"
        );
        self.to.execute_unprepared(&insert).await?;
        let update = format!("UPDATE sqlite_sequence SET seq = MAX(seq, {last}) WHERE name = '{table}'");
        self.to.execute_unprepared(&update).await?;
        Ok(())
    }
}
