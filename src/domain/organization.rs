//! Organizations, as documents.

use entity::{organization, vocabulary::SubjectType};
use schemars::JsonSchema;
use sea_orm::{ConnectionTrait, Set};
use serde::{Deserialize, Serialize};

use super::{
    change::Change,
    document::{Common, Document, Target, kept, missing, parse_column, store},
    model::follow_organizations,
    problem::Problems,
    reference::{Reference, References},
    rows::by_id,
    text::{Localized, Slug, search_text},
};
use crate::error::Result;

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

    fn name(&self) -> &str {
        &self.name
    }

    fn search_text(&self) -> String {
        search_text([self.name.as_str(), self.slug.as_str()].into_iter().chain(self.localized_name.texts()), [])
    }

    fn lent_text(&self) -> Option<String> {
        Some(search_text([], [self.name.as_str()].into_iter().chain(self.localized_name.texts())))
    }

    async fn write(change: &Change, documents: &[(&Self, Target)], _: &References) -> Result<Vec<i32>> {
        let rows = documents.iter().map(|(document, target)| {
            let row = organization::ActiveModel {
                name_zh: Set(document.localized_name.zh.clone()),
                name_en: Set(document.localized_name.en.clone()),
                ..Default::default()
            };
            let search_text = document.search_text();
            (*target, Common { slug: &document.slug, name: &document.name, search_text }, row)
        });
        let ids = store(change, rows.collect()).await?;
        follow_organizations(change.transaction(), &kept(documents)).await?;
        Ok(ids)
    }

    async fn load<C: ConnectionTrait>(db: &C, ids: &[i32]) -> Result<Vec<Self>> {
        let mut rows = by_id::<organization::Entity>(db, ids.to_vec()).await?;
        let documents = ids.iter().map(|id| {
            let row = rows.remove(id).ok_or_else(|| missing::<Self>(*id))?;
            Ok(Self {
                slug: parse_column(row.slug)?,
                name: row.name,
                localized_name: Localized { zh: row.name_zh, en: row.name_en },
            })
        });
        documents.collect()
    }
}
