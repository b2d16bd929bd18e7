//! Licenses as rows.

use entity::license;
use sea_orm::{ConnectionTrait, Set};

use crate::db::bulk::by_id;
use crate::domain::document::SubjectDocument;
use crate::domain::license::LicenseDocument;
use crate::domain::link::LinkOwner;
use crate::domain::slug::Slug;
use crate::domain::text::LocalizedText;
use crate::error::Result;
use crate::store::documents::link;
use crate::store::documents::model::propagate_license_changes;
use crate::store::documents::{Persist, SubjectColumns, WriteMode, existing_ids, row_missing, upsert_subjects};
use crate::store::references::ReferenceIds;
use crate::store::write_transaction::WriteTransaction;

impl Persist for LicenseDocument {
    type Entity = license::Entity;
    const REFERENCED_BY: &'static [(&'static str, &'static str)] = &[
        ("model", "license_id = $1 OR id IN (SELECT model_id FROM model_size WHERE license_id = $1)"),
        ("dataset", "license_id = $1"),
    ];

    async fn write(write: &WriteTransaction, documents: &[(&Self, WriteMode)], _: &ReferenceIds) -> Result<Vec<i32>> {
        let db = write.transaction();
        let rows = documents.iter().map(|(document, target)| {
            let row = license::ActiveModel {
                spdx_id: Set(document.spdx_id.clone()),
                commercial_use: Set(document.commercial_use),
                url: Set(document.url.clone()),
                conditions_zh: Set(document.conditions.zh.clone()),
                conditions_en: Set(document.conditions.en.clone()),
                ..Default::default()
            };
            let search_text = document.search_text();
            (*target, SubjectColumns { slug: &document.slug, name: &document.name, search_text }, row)
        });
        let ids = upsert_subjects(write, rows.collect()).await?;
        let kept = existing_ids(documents);
        let links = ids.iter().zip(documents).map(|(id, (document, _))| (*id, &document.links[..])).collect();
        link::write(db, LinkOwner::License, &kept, links).await?;
        let uses = ids.iter().zip(documents).map(|(id, (document, _))| (*id, document.commercial_use));
        propagate_license_changes(db, uses.filter(|(id, _)| kept.contains(id)).collect()).await?;
        Ok(ids)
    }

    async fn load<C: ConnectionTrait>(db: &C, ids: &[i32]) -> Result<Vec<Self>> {
        let mut rows = by_id::<license::Entity>(db, ids.to_vec()).await?;
        let mut links = link::load(db, LinkOwner::License, ids).await?;
        let documents = ids.iter().map(|id| {
            let row = rows.remove(id).ok_or_else(|| row_missing::<Self>(*id))?;
            Ok(Self {
                slug: Slug::from_column(row.slug)?,
                name: row.name,
                spdx_id: row.spdx_id,
                commercial_use: row.commercial_use,
                url: row.url,
                conditions: LocalizedText { zh: row.conditions_zh, en: row.conditions_en },
                links: links.remove(id).unwrap_or_default(),
            })
        });
        documents.collect()
    }
}
