//! Organizations as rows.

use entity::organization;
use sea_orm::{ConnectionTrait, Set};

use crate::db::bulk::by_id;
use crate::domain::document::SubjectDocument;
use crate::domain::organization::OrganizationDocument;
use crate::domain::slug::Slug;
use crate::domain::text::LocalizedText;
use crate::error::Result;
use crate::store::documents::model::propagate_organization_names;
use crate::store::documents::{Persist, SubjectColumns, WriteMode, existing_ids, row_missing, upsert_subjects};
use crate::store::references::ReferenceIds;
use crate::store::write_transaction::WriteTransaction;

impl Persist for OrganizationDocument {
    type Entity = organization::Entity;
    const REFERENCED_BY: &'static [(&'static str, &'static str)] =
        &[("model", "id IN (SELECT model_id FROM model_organization WHERE organization_id = $1)")];

    async fn write(write: &WriteTransaction, documents: &[(&Self, WriteMode)], _: &ReferenceIds) -> Result<Vec<i32>> {
        let rows = documents.iter().map(|(document, target)| {
            let row = organization::ActiveModel {
                name_zh: Set(document.localized_name.zh.clone()),
                name_en: Set(document.localized_name.en.clone()),
                ..Default::default()
            };
            let search_text = document.search_text();
            (*target, SubjectColumns { slug: &document.slug, name: &document.name, search_text }, row)
        });
        let ids = upsert_subjects(write, rows.collect()).await?;
        propagate_organization_names(write.transaction(), &existing_ids(documents)).await?;
        Ok(ids)
    }

    async fn load<C: ConnectionTrait>(db: &C, ids: &[i32]) -> Result<Vec<Self>> {
        let mut rows = by_id::<organization::Entity>(db, ids.to_vec()).await?;
        let documents = ids.iter().map(|id| {
            let row = rows.remove(id).ok_or_else(|| row_missing::<Self>(*id))?;
            Ok(Self {
                slug: Slug::from_column(row.slug)?,
                name: row.name,
                localized_name: LocalizedText { zh: row.name_zh, en: row.name_en },
            })
        });
        documents.collect()
    }
}
