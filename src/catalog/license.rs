//! Licenses, as documents.

use entity::{
    license,
    vocabulary::{CommercialUse, SubjectType},
};
use schemars::JsonSchema;
use sea_orm::{DatabaseTransaction, EntityTrait, Set};
use serde::{Deserialize, Serialize};

use super::{
    change::Change,
    document::{Common, Document, Reference, Target, parse_column, store},
    link::{self, LinkDocument, Owner},
    model::follow_license,
    problem::Problems,
    text::{Localized, Slug, search_text},
};
use crate::error::{Error, Result};

/// The terms under which weights or data may be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "License")]
pub struct LicenseDocument {
    /// The name that addresses use.
    pub slug: Slug,
    /// The name as its source writes it.
    #[schemars(length(min = 1, max = 200))]
    pub name: String,
    /// The identifier in the SPDX license list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spdx_id: Option<String>,
    /// Whether it allows commercial use.
    pub commercial_use: CommercialUse,
    /// Where its text stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What it asks for, in short.
    #[serde(default, skip_serializing_if = "Localized::is_empty")]
    pub conditions: Localized,
    /// Where to read more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<LinkDocument>,
}

impl Document for LicenseDocument {
    type Entity = license::Entity;
    const SUBJECT: SubjectType = SubjectType::License;
    const NOUN: &'static str = "license";
    const USERS: &'static [(&'static str, &'static str)] = &[
        ("model", "license_id = $1 OR id IN (SELECT model_id FROM model_size WHERE license_id = $1)"),
        ("dataset", "license_id = $1"),
    ];

    fn slug(&self) -> &Slug {
        &self.slug
    }

    fn problems(&self) -> Problems {
        let mut problems = Problems::default();
        problems.check_name("name", &self.name);
        if let Some(url) = &self.url {
            problems.check_url("url", url);
        }
        problems.check_links(&self.links);
        problems
    }

    fn references(&self) -> Vec<Reference<'_>> {
        Vec::new()
    }

    async fn write(&self, change: &Change, target: Target) -> Result<i32> {
        let db = change.transaction();
        let row = license::ActiveModel {
            spdx_id: Set(self.spdx_id.clone()),
            commercial_use: Set(self.commercial_use),
            url: Set(self.url.clone()),
            conditions_zh: Set(self.conditions.zh.clone()),
            conditions_en: Set(self.conditions.en.clone()),
            ..Default::default()
        };
        let names = [self.name.as_str(), self.slug.as_str()].into_iter().chain(self.spdx_id.as_deref());
        let search_text = search_text(names, self.conditions.texts());
        let common = Common { slug: &self.slug, name: &self.name, search_text };
        let id = store(change, target, common, row).await?;
        link::write(db, Owner::License(id), &self.links).await?;
        if let Target::Over(_) = target {
            follow_license(db, id, self.commercial_use).await?;
        }
        Ok(id)
    }

    async fn load(db: &DatabaseTransaction, id: i32) -> Result<Self> {
        let row = license::Entity::find_by_id(id).one(db).await?;
        let row = row.ok_or_else(|| Error::internal(sea_orm::DbErr::RecordNotFound(format!("license {id}"))))?;
        Ok(Self {
            slug: parse_column(row.slug)?,
            name: row.name,
            spdx_id: row.spdx_id,
            commercial_use: row.commercial_use,
            url: row.url,
            conditions: Localized { zh: row.conditions_zh, en: row.conditions_en },
            links: link::load(db, Owner::License(id)).await?,
        })
    }
}
