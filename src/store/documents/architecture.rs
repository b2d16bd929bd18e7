//! Architectures as rows.

use entity::architecture;
use sea_orm::ConnectionTrait;

use crate::db::bulk::by_id;
use crate::domain::architecture::ArchitectureDocument;
use crate::domain::document::SubjectDocument;
use crate::domain::link::LinkOwner;
use crate::domain::slug::Slug;
use crate::error::Result;
use crate::store::documents::link;
use crate::store::documents::{Persist, SubjectColumns, WriteMode, existing_ids, row_missing, upsert_subjects};
use crate::store::references::ReferenceIds;
use crate::store::write_transaction::WriteTransaction;

impl Persist for ArchitectureDocument {
    type Entity = architecture::Entity;
    const REFERENCED_BY: &'static [(&'static str, &'static str)] = &[("model", "architecture_id = $1")];

    async fn write(write: &WriteTransaction, documents: &[(&Self, WriteMode)], _: &ReferenceIds) -> Result<Vec<i32>> {
        let rows = documents.iter().map(|(document, target)| {
            let search_text = document.search_text();
            let common = SubjectColumns { slug: &document.slug, name: &document.name, search_text };
            (*target, common, architecture::ActiveModel::default())
        });
        let ids = upsert_subjects(write, rows.collect()).await?;
        let links = ids.iter().zip(documents).map(|(id, (document, _))| (*id, &document.links[..])).collect();
        link::write(write.transaction(), LinkOwner::Architecture, &existing_ids(documents), links).await?;
        Ok(ids)
    }

    async fn load<C: ConnectionTrait>(db: &C, ids: &[i32]) -> Result<Vec<Self>> {
        let mut rows = by_id::<architecture::Entity>(db, ids.to_vec()).await?;
        let mut links = link::load(db, LinkOwner::Architecture, ids).await?;
        let documents = ids.iter().map(|id| {
            let row = rows.remove(id).ok_or_else(|| row_missing::<Self>(*id))?;
            let links = links.remove(id).unwrap_or_default();
            Ok(Self { slug: Slug::from_column(row.slug)?, name: row.name, links })
        });
        documents.collect()
    }
}
