//! Licenses as rows.

use entity::license;
use sea_orm::{ConnectionTrait, Set};

use crate::db::bulk::by_id;
use crate::domain::document::Document;
use crate::domain::license::LicenseDocument;
use crate::domain::link::Owner;
use crate::domain::slug::Slug;
use crate::domain::text::Localized;
use crate::error::Result;
use crate::store::documents::link;
use crate::store::documents::model::follow_licenses;
use crate::store::documents::{Common, Persist, Target, kept, missing, store};
use crate::store::references::References;
use crate::store::write_transaction::WriteTransaction;

impl Persist for LicenseDocument {
    type Entity = license::Entity;
    const USERS: &'static [(&'static str, &'static str)] = &[
        ("model", "license_id = $1 OR id IN (SELECT model_id FROM model_size WHERE license_id = $1)"),
        ("dataset", "license_id = $1"),
    ];

    async fn write(write: &WriteTransaction, documents: &[(&Self, Target)], _: &References) -> Result<Vec<i32>> {
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
            (*target, Common { slug: &document.slug, name: &document.name, search_text }, row)
        });
        let ids = store(write, rows.collect()).await?;
        let kept = kept(documents);
        let links = ids.iter().zip(documents).map(|(id, (document, _))| (*id, &document.links[..])).collect();
        link::write(db, Owner::License, &kept, links).await?;
        let uses = ids.iter().zip(documents).map(|(id, (document, _))| (*id, document.commercial_use));
        follow_licenses(db, uses.filter(|(id, _)| kept.contains(id)).collect()).await?;
        Ok(ids)
    }

    async fn load<C: ConnectionTrait>(db: &C, ids: &[i32]) -> Result<Vec<Self>> {
        let mut rows = by_id::<license::Entity>(db, ids.to_vec()).await?;
        let mut links = link::load(db, Owner::License, ids).await?;
        let documents = ids.iter().map(|id| {
            let row = rows.remove(id).ok_or_else(|| missing::<Self>(*id))?;
            Ok(Self {
                slug: Slug::from_column(row.slug)?,
                name: row.name,
                spdx_id: row.spdx_id,
                commercial_use: row.commercial_use,
                url: row.url,
                conditions: Localized { zh: row.conditions_zh, en: row.conditions_en },
                links: links.remove(id).unwrap_or_default(),
            })
        });
        documents.collect()
    }
}
