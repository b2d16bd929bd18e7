//! Datasets as rows.

use entity::dataset;
use sea_orm::{ConnectionTrait, Set};

use crate::db::bulk::by_id;
use crate::domain::count::Count;
use crate::domain::dataset::DatasetDocument;
use crate::domain::document::SubjectDocument;
use crate::domain::license::LicenseDocument;
use crate::domain::link::LinkOwner;
use crate::domain::slug::Slug;
use crate::error::Result;
use crate::store::documents::link;
use crate::store::documents::{Persist, SubjectColumns, WriteMode, existing_ids, row_missing, upsert_subjects};
use crate::store::references::{ReferenceIds, SlugIndex};
use crate::store::write_transaction::WriteTransaction;

impl Persist for DatasetDocument {
    type Entity = dataset::Entity;
    const REFERENCED_BY: &'static [(&'static str, &'static str)] =
        &[("model", "id IN (SELECT model_id FROM model_dataset WHERE dataset_id = $1)")];

    async fn write(
        write: &WriteTransaction,
        documents: &[(&Self, WriteMode)],
        references: &ReferenceIds,
    ) -> Result<Vec<i32>> {
        let rows = documents.iter().map(|(document, target)| {
            let row = dataset::ActiveModel {
                tokens: Set(document.tokens.map(Count::get)),
                bytes: Set(document.bytes.map(Count::get)),
                license_id: Set(references.optional::<LicenseDocument>(document.license.as_ref())?),
                ..Default::default()
            };
            let search_text = document.search_text();
            Ok((*target, SubjectColumns { slug: &document.slug, name: &document.name, search_text }, row))
        });
        let ids = upsert_subjects(write, rows.collect::<Result<_>>()?).await?;
        let links = ids.iter().zip(documents).map(|(id, (document, _))| (*id, &document.links[..])).collect();
        link::write(write.transaction(), LinkOwner::Dataset, &existing_ids(documents), links).await?;
        Ok(ids)
    }

    async fn load<C: ConnectionTrait>(db: &C, ids: &[i32]) -> Result<Vec<Self>> {
        let mut rows = by_id::<dataset::Entity>(db, ids.to_vec()).await?;
        let licenses =
            SlugIndex::read::<LicenseDocument>(db, rows.values().map(|row| row.license_id).collect()).await?;
        let mut links = link::load(db, LinkOwner::Dataset, ids).await?;
        let documents = ids.iter().map(|id| {
            let row = rows.remove(id).ok_or_else(|| row_missing::<Self>(*id))?;
            Ok(Self {
                slug: Slug::from_column(row.slug)?,
                name: row.name,
                tokens: row.tokens.map(Count::from_column),
                bytes: row.bytes.map(Count::from_column),
                license: licenses.get(row.license_id),
                links: links.remove(id).unwrap_or_default(),
            })
        });
        documents.collect()
    }
}
