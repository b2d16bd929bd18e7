//! Licenses, as documents.

use entity::{
    license,
    vocabulary::{CommercialUse, SubjectType},
};
use schemars::JsonSchema;
use sea_orm::{ConnectionTrait, Set};
use serde::{Deserialize, Serialize};

use super::{
    change::Change,
    document::{Common, Document, Target, kept, missing, parse_column, store},
    link::{self, LinkDocument, Owner},
    model::follow_licenses,
    problem::Problems,
    reference::{Reference, References},
    rows::by_id,
    text::{Localized, Slug, search_text},
};
use crate::error::Result;

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

    fn name(&self) -> &str {
        &self.name
    }

    fn search_text(&self) -> String {
        let names = [self.name.as_str(), self.slug.as_str()].into_iter().chain(self.spdx_id.as_deref());
        search_text(names, self.conditions.texts())
    }

    async fn write(change: &Change, documents: &[(&Self, Target)], _: &References) -> Result<Vec<i32>> {
        let db = change.transaction();
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
        let ids = store(change, rows.collect()).await?;
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
                slug: parse_column(row.slug)?,
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
