//! Organizations, as documents.

use entity::{organization, vocabulary::SubjectType};
use sea_orm::{ActiveModelTrait, DatabaseTransaction, EntityTrait, Set};
use serde::{Deserialize, Serialize};

use super::{
    change::Change,
    document::{Document, Existing, Problems, parse_column},
    model::follow_organization,
    text::{Localized, Slug, normalize, search_text},
};
use crate::error::{Error, Result};

/// A company, institute or community that makes models.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrganizationDocument {
    /// The name that addresses use.
    pub slug: Slug,
    /// The name as its source writes it.
    pub name: String,
    /// The name in Chinese and English, where one of them differs from the name.
    #[serde(default, skip_serializing_if = "Localized::is_empty")]
    pub localized_name: Localized,
}

/// Every name of an organization.
pub fn names(row: &organization::Model) -> impl Iterator<Item = &str> {
    [Some(&row.name), row.name_zh.as_ref(), row.name_en.as_ref()]
        .into_iter()
        .flatten()
        .map(String::as_str)
}

impl Document for OrganizationDocument {
    type Entity = organization::Entity;
    const SUBJECT: SubjectType = SubjectType::Organization;
    const NOUN: &'static str = "organization";

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

    async fn write(&self, change: &Change, existing: Option<Existing>) -> Result<i32> {
        let db = change.transaction();
        let mut row = organization::ActiveModel {
            slug: Set(self.slug.to_string()),
            name: Set(self.name.clone()),
            name_key: Set(normalize(&self.name)),
            name_zh: Set(self.localized_name.zh.clone()),
            name_en: Set(self.localized_name.en.clone()),
            search_text: Set(search_text(
                [self.name.as_str(), self.slug.as_str()]
                    .into_iter()
                    .chain(self.localized_name.texts()),
            )),
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
        if existing.is_some() {
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
            localized_name: Localized {
                zh: row.name_zh,
                en: row.name_en,
            },
        })
    }
}
