//! Exports the whole catalog to a new SQLite database, which a server can use directly.

use std::{path::Path, time::Duration};

use entity::{
    checkpoint, conflict, evidence, inherited_license, license_term, link, model_base, model_dataset, model_license,
    model_organization, model_size, reassessment, revision, vocabulary::SubjectType,
};
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

/// The number of rows that are copied together. It is small, because a revision contains two documents.
const BATCH_SIZE: u64 = 100;

/// Copies the snapshot to a new file, with all ids and revisions. API tokens and idempotency keys are not copied, because they
/// belong to the installation.
///
/// # Errors
/// The snapshot cannot be read, or the file cannot be written. The file is then incomplete.
pub async fn export_sqlite(snapshot: &Snapshot, file: &Path) -> Result<()> {
    let options = PoolOptions {
        connections: 1,
        acquire_timeout: Duration::from_secs(5),
        slow_query_threshold: Duration::from_secs(60),
    };
    let database = Database::connect(&DatabaseUrl::Sqlite(file.to_owned()), options).await?;
    migrate(&database).await?;
    let transaction = database.begin_write().await?;
    // A base model can have a higher id than a model derived from it.
    transaction.execute_unprepared("PRAGMA defer_foreign_keys = ON").await?;
    let copier = TableCopier { from: &snapshot.transaction, to: &transaction };
    for subject in SubjectType::referenced_first() {
        with_document!(subject, D => copier.copy_table::<<D as Persist>::Entity>().await?);
    }
    copier.copy_table::<license_term::Entity>().await?;
    copier.copy_table::<model_size::Entity>().await?;
    copier.copy_table::<checkpoint::Entity>().await?;
    copier.copy_table::<inherited_license::Entity>().await?;
    copier.copy_table::<model_base::Entity>().await?;
    copier.copy_table::<model_dataset::Entity>().await?;
    copier.copy_table::<model_organization::Entity>().await?;
    copier.copy_table::<model_license::Entity>().await?;
    copier.copy_table::<link::Entity>().await?;
    copier.copy_table::<evidence::Entity>().await?;
    copier.copy_table::<conflict::Entity>().await?;
    copier.copy_table::<reassessment::Entity>().await?;
    copier.copy_table::<revision::Entity>().await?;
    for table in SubjectType::ALL.iter().map(|subject| subject.table()).chain([
        "license_term",
        "model_size",
        "checkpoint",
        "inherited_license",
        "link",
        "evidence",
        "conflict",
        "reassessment",
    ]) {
        copier.copy_last_id(table).await?;
    }
    transaction.execute_unprepared("ANALYZE").await?;
    transaction.commit().await?;
    // Closing the last connection checkpoints the write-ahead log into the file and removes the log.
    database.close().await
}

/// Copies tables from one database to another.
struct TableCopier<'a> {
    from: &'a DatabaseTransaction,
    to: &'a DatabaseTransaction,
}

impl TableCopier<'_> {
    /// Copies the rows of a table in the order of the primary key.
    async fn copy_table<E>(&self) -> Result<()>
    where
        E: EntityTrait,
        E::Model: IntoActiveModel<E::ActiveModel> + Send + Sync,
    {
        let key = E::PrimaryKey::iter().map(PrimaryKeyToColumn::into_column).collect::<Vec<_>>();
        let columns = key.iter().map(|column| column.into_iden()).collect::<Vec<_>>();
        let mut last = None;
        loop {
            let mut rows = E::find().cursor_by(Identity::Many(columns.clone()));
            rows.first(BATCH_SIZE);
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

    /// Copies the last assigned id of a table. The id of a deleted row must not be assigned again, because a revert restores
    /// the row with its id.
    async fn copy_last_id(&self, table: &str) -> Result<()> {
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
