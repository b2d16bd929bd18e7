//! Architectures, as documents.

use entity::{architecture, vocabulary::SubjectType};
use schemars::JsonSchema;
use sea_orm::{DatabaseTransaction, EntityTrait};
use serde::{Deserialize, Serialize};

use super::{
    change::Change,
    document::{Common, Document, Reference, Target, parse_column, store},
    link::{self, LinkDocument, Owner},
    problem::Problems,
    text::{Slug, search_text},
};
use crate::error::{Error, Result};

/// The way a model is built.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Architecture")]
pub struct ArchitectureDocument {
    /// The name that addresses use.
    pub slug: Slug,
    /// The name as its source writes it.
    #[schemars(length(min = 1, max = 200))]
    pub name: String,
    /// Where to read more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<LinkDocument>,
}

impl Document for ArchitectureDocument {
    type Entity = architecture::Entity;
    const SUBJECT: SubjectType = SubjectType::Architecture;
    const NOUN: &'static str = "architecture";
    const USERS: &'static [(&'static str, &'static str)] = &[("model", "architecture_id = $1")];

    fn slug(&self) -> &Slug {
        &self.slug
    }

    fn problems(&self) -> Problems {
        let mut problems = Problems::default();
        problems.check_name("name", &self.name);
        problems.check_links(&self.links);
        problems
    }

    fn references(&self) -> Vec<Reference<'_>> {
        Vec::new()
    }

    async fn write(&self, change: &Change, target: Target) -> Result<i32> {
        let db = change.transaction();
        let row = architecture::ActiveModel::default();
        let search_text = search_text([self.name.as_str(), self.slug.as_str()], []);
        let common = Common { slug: &self.slug, name: &self.name, search_text };
        let id = store(change, target, common, row).await?;
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
