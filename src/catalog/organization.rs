//! Organizations, as documents.

use entity::{organization, vocabulary::SubjectType};
use schemars::JsonSchema;
use sea_orm::{DatabaseTransaction, EntityTrait, Set};
use serde::{Deserialize, Serialize};

use super::{
    change::Change,
    document::{Common, Document, Reference, Target, parse_column, store},
    model::follow_organization,
    problem::Problems,
    text::{Localized, Slug, search_text},
};
use crate::error::{Error, Result};

/// A company, institute or community that makes models.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Organization")]
pub struct OrganizationDocument {
    /// The name that addresses use.
    pub slug: Slug,
    /// The name as its source writes it.
    #[schemars(length(min = 1, max = 200))]
    pub name: String,
    /// The name in Chinese and English, where one of them differs from the name.
    #[serde(default, skip_serializing_if = "Localized::is_empty")]
    pub localized_name: Localized,
}

/// Every name of an organization.
pub fn names(row: &organization::Model) -> impl Iterator<Item = &str> {
    [Some(&row.name), row.name_zh.as_ref(), row.name_en.as_ref()].into_iter().flatten().map(String::as_str)
}

impl Document for OrganizationDocument {
    type Entity = organization::Entity;
    const SUBJECT: SubjectType = SubjectType::Organization;
    const NOUN: &'static str = "organization";
    const USERS: &'static [(&'static str, &'static str)] =
        &[("model", "id IN (SELECT model_id FROM model_organization WHERE organization_id = $1)")];

    fn slug(&self) -> &Slug {
        &self.slug
    }

    fn problems(&self) -> Problems {
        let mut problems = Problems::default();
        problems.check_name("name", &self.name);
        for name in self.localized_name.texts() {
            problems.check_name("localizedName", name);
        }
        problems
    }

    fn references(&self) -> Vec<Reference<'_>> {
        Vec::new()
    }

    async fn write(&self, change: &Change, target: Target) -> Result<i32> {
        let db = change.transaction();
        let row = organization::ActiveModel {
            name_zh: Set(self.localized_name.zh.clone()),
            name_en: Set(self.localized_name.en.clone()),
            ..Default::default()
        };
        let search_text =
            search_text([self.name.as_str(), self.slug.as_str()].into_iter().chain(self.localized_name.texts()), []);
        let common = Common { slug: &self.slug, name: &self.name, search_text };
        let id = store(change, target, common, row).await?;
        if let Target::Over(_) = target {
            follow_organization(db, id).await?;
        }
        Ok(id)
    }

    async fn load(db: &DatabaseTransaction, id: i32) -> Result<Self> {
        let row = organization::Entity::find_by_id(id).one(db).await?;
        let row = row.ok_or_else(|| Error::internal(sea_orm::DbErr::RecordNotFound(format!("organization {id}"))))?;
        Ok(Self {
            slug: parse_column(row.slug)?,
            name: row.name,
            localized_name: Localized { zh: row.name_zh, en: row.name_en },
        })
    }
}
