//! Architectures, as documents.

use entity::{architecture, vocabulary::SubjectType};
use sea_orm::{ActiveModelTrait, DatabaseTransaction, EntityTrait, Set};
use serde::{Deserialize, Serialize};

use super::{
    change::Change,
    document::{Document, Existing, Problems, parse_column},
    link::{self, LinkDocument, Owner},
    text::{Slug, normalize, search_text},
};
use crate::error::{Error, Result};

/// The way a model is built.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ArchitectureDocument {
    /// The name that addresses use.
    pub slug: Slug,
    /// The name as its source writes it.
    pub name: String,
    /// Where to read more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<LinkDocument>,
}

impl Document for ArchitectureDocument {
    type Entity = architecture::Entity;
    const SUBJECT: SubjectType = SubjectType::Architecture;
    const NOUN: &'static str = "architecture";

    fn slug(&self) -> &Slug {
        &self.slug
    }

    fn problems(&self) -> Problems {
        let mut problems = Problems::default();
        problems.check_name("name", &self.name);
        problems.check_links(&self.links);
        problems
    }

    async fn write(&self, change: &Change, existing: Option<Existing>) -> Result<i32> {
        let db = change.transaction();
        let mut row = architecture::ActiveModel {
            slug: Set(self.slug.to_string()),
            name: Set(self.name.clone()),
            name_key: Set(normalize(&self.name)),
            search_text: Set(search_text([self.name.as_str(), self.slug.as_str()])),
            version: Set(existing.map_or(1, |existing| existing.version + 1)),
            updated_at: Set(change.time()),
            ..Default::default()
        };
        let id = match existing {
            Some(existing) => {
                row.id = sea_orm::Unchanged(existing.id);
                row.update(db).await?.id
            }
            None => {
                row.created_at = Set(change.time());
                row.insert(db).await?.id
            }
        };
        link::write(db, Owner::Architecture(id), &self.links).await?;
        Ok(id)
    }

    async fn load(db: &DatabaseTransaction, id: i32) -> Result<Self> {
        let row = architecture::Entity::find_by_id(id).one(db).await?;
        let row = row.ok_or_else(|| Error::internal(sea_orm::DbErr::RecordNotFound(format!("architecture {id}"))))?;
        Ok(Self {
            slug: parse_column(row.slug)?,
            name: row.name,
            links: link::load(db, Owner::Architecture(id)).await?,
        })
    }
}
