//! Migrations, and the backfill of columns that an earlier release did not write.

use entity::revision;
use sea_orm::{
    ActiveModelTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use crate::db::database::Database;
use crate::domain::document::SubjectDocument;
use crate::domain::subject::with_document;
use crate::error::{Error, Result};
use crate::store::change::set_search_columns;

/// How many revisions are in memory at once.
const CHUNK: u64 = 200;

/// Applies the pending migrations, then fills the search columns of revisions that an earlier release wrote.
///
/// # Errors
/// The database cannot be reached, or a migration fails; what it did is rolled back.
pub async fn migrate(database: &Database) -> Result<()> {
    // Of several servers that start at once, one migrates and the others wait.
    let transaction = database.begin_write().await?;
    database.apply_migrations(&transaction).await?;
    backfill(&transaction).await?;
    Ok(transaction.commit().await?)
}

/// Fills `name_key`, `search_text` and `lent_text` of every revision that lacks them.
async fn backfill(db: &DatabaseTransaction) -> Result<()> {
    loop {
        let bare = revision::Entity::find()
            .filter(revision::COLUMN.after.is_not_null())
            .filter(revision::COLUMN.name_key.is_null());
        let rows = bare.order_by_asc(revision::COLUMN.number).limit(CHUNK).all(db).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            with_document!(row.subject_type, D => complete_one::<D>(db, row).await?);
        }
    }
}

async fn complete_one<D: SubjectDocument>(db: &DatabaseTransaction, row: revision::Model) -> Result<()> {
    let document = row.after.clone().map(serde_json::from_value::<D>).transpose().map_err(Error::internal)?;
    let mut row = row.into_active_model();
    set_search_columns(&mut row, document.as_ref());
    row.update(db).await?;
    Ok(())
}
