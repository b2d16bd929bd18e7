//! Texts for the revisions that were written without them, by a release that did not know them.

use entity::{revision, vocabulary::SubjectType};
use sea_orm::{
    ActiveModelTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};

use super::super::{
    architecture::ArchitectureDocument, change::write_texts, dataset::DatasetDocument, document::Document,
    license::LicenseDocument, model::ModelDocument, organization::OrganizationDocument,
};
use crate::error::{Error, Result};

/// How many revisions are in memory at once.
const CHUNK: u64 = 200;

/// Gives every revision that lacks them the texts that lists of the past are ordered and searched by.
pub async fn complete(db: &DatabaseTransaction) -> Result<()> {
    loop {
        let bare = revision::Entity::find()
            .filter(revision::COLUMN.after.is_not_null())
            .filter(revision::COLUMN.name_key.is_null());
        let rows = bare.order_by_asc(revision::COLUMN.number).limit(CHUNK).all(db).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            match row.subject_type {
                SubjectType::Model => complete_one::<ModelDocument>(db, row).await?,
                SubjectType::Dataset => complete_one::<DatasetDocument>(db, row).await?,
                SubjectType::License => complete_one::<LicenseDocument>(db, row).await?,
                SubjectType::Organization => complete_one::<OrganizationDocument>(db, row).await?,
                SubjectType::Architecture => complete_one::<ArchitectureDocument>(db, row).await?,
            }
        }
    }
}

async fn complete_one<D: Document>(db: &DatabaseTransaction, row: revision::Model) -> Result<()> {
    let document = row.after.clone().map(serde_json::from_value::<D>).transpose().map_err(Error::internal)?;
    let mut row = row.into_active_model();
    write_texts(&mut row, document.as_ref());
    row.update(db).await?;
    Ok(())
}
