//! Organizations as rows.

use entity::organization;
use sea_orm::{ConnectionTrait, Set};

use crate::db::bulk::by_id;
use crate::domain::document::Document;
use crate::domain::organization::OrganizationDocument;
use crate::domain::slug::Slug;
use crate::domain::text::Localized;
use crate::error::Result;
use crate::store::documents::model::follow_organizations;
use crate::store::documents::{Common, Persist, Target, kept, missing, store};
use crate::store::references::References;
use crate::store::write_transaction::WriteTransaction;

impl Persist for OrganizationDocument {
    type Entity = organization::Entity;
    const USERS: &'static [(&'static str, &'static str)] =
        &[("model", "id IN (SELECT model_id FROM model_organization WHERE organization_id = $1)")];

    async fn write(write: &WriteTransaction, documents: &[(&Self, Target)], _: &References) -> Result<Vec<i32>> {
        let rows = documents.iter().map(|(document, target)| {
            let row = organization::ActiveModel {
                name_zh: Set(document.localized_name.zh.clone()),
                name_en: Set(document.localized_name.en.clone()),
                ..Default::default()
            };
            let search_text = document.search_text();
            (*target, Common { slug: &document.slug, name: &document.name, search_text }, row)
        });
        let ids = store(write, rows.collect()).await?;
        follow_organizations(write.transaction(), &kept(documents)).await?;
        Ok(ids)
    }

    async fn load<C: ConnectionTrait>(db: &C, ids: &[i32]) -> Result<Vec<Self>> {
        let mut rows = by_id::<organization::Entity>(db, ids.to_vec()).await?;
        let documents = ids.iter().map(|id| {
            let row = rows.remove(id).ok_or_else(|| missing::<Self>(*id))?;
            Ok(Self {
                slug: Slug::from_column(row.slug)?,
                name: row.name,
                localized_name: Localized { zh: row.name_zh, en: row.name_en },
            })
        });
        documents.collect()
    }
}
