//! Datasets, as documents.

use entity::{dataset, vocabulary::SubjectType};
use schemars::JsonSchema;
use sea_orm::{ConnectionTrait, Set};
use serde::{Deserialize, Serialize};

use super::{
    change::Change,
    count::Count,
    document::{Common, Document, Target, kept, missing, parse_column, store},
    license::LicenseDocument,
    link::{self, LinkDocument, Owner},
    problem::Problems,
    reference::{Reference, References, Slugs},
    rows::by_id,
    text::{Slug, search_text},
};
use crate::error::Result;

/// A collection of training data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Dataset")]
pub struct DatasetDocument {
    /// The name that addresses use.
    pub slug: Slug,
    /// The name as its source writes it.
    #[schemars(length(min = 1, max = 200))]
    pub name: String,
    /// Its size in tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens: Option<Count>,
    /// Its size in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<Count>,
    /// Its license.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license: Option<Slug>,
    /// Where to read more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<LinkDocument>,
}

impl Document for DatasetDocument {
    type Entity = dataset::Entity;
    const SUBJECT: SubjectType = SubjectType::Dataset;
    const NOUN: &'static str = "dataset";
    const USERS: &'static [(&'static str, &'static str)] =
        &[("model", "id IN (SELECT model_id FROM model_dataset WHERE dataset_id = $1)")];

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
        let license = self.license.iter().map(|slug| Reference::to::<LicenseDocument>("license", slug));
        license.collect()
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn search_text(&self) -> String {
        search_text([self.name.as_str(), self.slug.as_str()], [])
    }

    async fn write(change: &Change, documents: &[(&Self, Target)], references: &References) -> Result<Vec<i32>> {
        let rows = documents.iter().map(|(document, target)| {
            let row = dataset::ActiveModel {
                tokens: Set(document.tokens.map(Count::get)),
                bytes: Set(document.bytes.map(Count::get)),
                license_id: Set(references.optional::<LicenseDocument>(document.license.as_ref())?),
                ..Default::default()
            };
            let search_text = document.search_text();
            Ok((*target, Common { slug: &document.slug, name: &document.name, search_text }, row))
        });
        let ids = store(change, rows.collect::<Result<_>>()?).await?;
        let links = ids.iter().zip(documents).map(|(id, (document, _))| (*id, &document.links[..])).collect();
        link::write(change.transaction(), Owner::Dataset, &kept(documents), links).await?;
        Ok(ids)
    }

    async fn load<C: ConnectionTrait>(db: &C, ids: &[i32]) -> Result<Vec<Self>> {
        let mut rows = by_id::<dataset::Entity>(db, ids.to_vec()).await?;
        let licenses = Slugs::read::<LicenseDocument>(db, rows.values().map(|row| row.license_id).collect()).await?;
        let mut links = link::load(db, Owner::Dataset, ids).await?;
        let documents = ids.iter().map(|id| {
            let row = rows.remove(id).ok_or_else(|| missing::<Self>(*id))?;
            Ok(Self {
                slug: parse_column(row.slug)?,
                name: row.name,
                tokens: row.tokens.map(Count::from_column),
                bytes: row.bytes.map(Count::from_column),
                license: licenses.get(row.license_id),
                links: links.remove(id).unwrap_or_default(),
            })
        });
        documents.collect()
    }
}
