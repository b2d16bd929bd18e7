//! Architectures as rows.

use entity::architecture;
use sea_orm::ConnectionTrait;

use crate::db::bulk::by_id;
use crate::domain::architecture::ArchitectureDocument;
use crate::domain::document::Document;
use crate::domain::link::Owner;
use crate::domain::slug::Slug;
use crate::error::Result;
use crate::store::documents::link;
use crate::store::documents::{Common, Persist, Target, kept, missing, store};
use crate::store::references::References;
use crate::store::write_transaction::WriteTransaction;

impl Persist for ArchitectureDocument {
    type Entity = architecture::Entity;
    const USERS: &'static [(&'static str, &'static str)] = &[("model", "architecture_id = $1")];

    async fn write(write: &WriteTransaction, documents: &[(&Self, Target)], _: &References) -> Result<Vec<i32>> {
        let rows = documents.iter().map(|(document, target)| {
            let search_text = document.search_text();
            let common = Common { slug: &document.slug, name: &document.name, search_text };
            (*target, common, architecture::ActiveModel::default())
        });
        let ids = store(write, rows.collect()).await?;
        let links = ids.iter().zip(documents).map(|(id, (document, _))| (*id, &document.links[..])).collect();
        link::write(write.transaction(), Owner::Architecture, &kept(documents), links).await?;
        Ok(ids)
    }

    async fn load<C: ConnectionTrait>(db: &C, ids: &[i32]) -> Result<Vec<Self>> {
        let mut rows = by_id::<architecture::Entity>(db, ids.to_vec()).await?;
        let mut links = link::load(db, Owner::Architecture, ids).await?;
        let documents = ids.iter().map(|id| {
            let row = rows.remove(id).ok_or_else(|| missing::<Self>(*id))?;
            let links = links.remove(id).unwrap_or_default();
            Ok(Self { slug: Slug::from_column(row.slug)?, name: row.name, links })
        });
        documents.collect()
    }
}
