//! Architectures, as documents.

use entity::{architecture, vocabulary::SubjectType};
use schemars::JsonSchema;
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};

use super::{
    change::Change,
    document::{Common, Document, Target, kept, missing, parse_column, store},
    link::{self, LinkDocument, Owner},
    problem::Problems,
    reference::{Reference, References},
    rows::by_id,
    text::{Slug, search_text},
};
use crate::error::Result;

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

    fn name(&self) -> &str {
        &self.name
    }

    fn search_text(&self) -> String {
        search_text([self.name.as_str(), self.slug.as_str()], [])
    }

    async fn write(change: &Change, documents: &[(&Self, Target)], _: &References) -> Result<Vec<i32>> {
        let rows = documents.iter().map(|(document, target)| {
            let search_text = document.search_text();
            let common = Common { slug: &document.slug, name: &document.name, search_text };
            (*target, common, architecture::ActiveModel::default())
        });
        let ids = store(change, rows.collect()).await?;
        let links = ids.iter().zip(documents).map(|(id, (document, _))| (*id, &document.links[..])).collect();
        link::write(change.transaction(), Owner::Architecture, &kept(documents), links).await?;
        Ok(ids)
    }

    async fn load<C: ConnectionTrait>(db: &C, ids: &[i32]) -> Result<Vec<Self>> {
        let mut rows = by_id::<architecture::Entity>(db, ids.to_vec()).await?;
        let mut links = link::load(db, Owner::Architecture, ids).await?;
        let documents = ids.iter().map(|id| {
            let row = rows.remove(id).ok_or_else(|| missing::<Self>(*id))?;
            let links = links.remove(id).unwrap_or_default();
            Ok(Self { slug: parse_column(row.slug)?, name: row.name, links })
        });
        documents.collect()
    }
}
