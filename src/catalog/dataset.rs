//! Datasets, as documents.

use entity::{dataset, vocabulary::SubjectType};
use schemars::JsonSchema;
use sea_orm::{DatabaseTransaction, EntityTrait, Set};
use serde::{Deserialize, Serialize};

use super::{
    change::Change,
    count::Count,
    document::{Common, Document, Reference, Target, parse_column, reference_optional, slug_of, store},
    license::LicenseDocument,
    link::{self, LinkDocument, Owner},
    problem::Problems,
    text::{Slug, search_text},
};
use crate::error::{Error, Result};

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

    async fn write(&self, change: &Change, target: Target) -> Result<i32> {
        let db = change.transaction();
        let row = dataset::ActiveModel {
            tokens: Set(self.tokens.map(Count::get)),
            bytes: Set(self.bytes.map(Count::get)),
            license_id: Set(reference_optional::<LicenseDocument>(db, self.license.as_ref()).await?),
            ..Default::default()
        };
        let search_text = search_text([self.name.as_str(), self.slug.as_str()], []);
        let common = Common { slug: &self.slug, name: &self.name, search_text };
        let id = store(change, target, common, row).await?;
        link::write(db, Owner::Dataset(id), &self.links).await?;
        Ok(id)
    }

    async fn load(db: &DatabaseTransaction, id: i32) -> Result<Self> {
        let row = dataset::Entity::find_by_id(id).one(db).await?;
        let row = row.ok_or_else(|| Error::internal(sea_orm::DbErr::RecordNotFound(format!("dataset {id}"))))?;
        Ok(Self {
            slug: parse_column(row.slug)?,
            name: row.name,
            tokens: row.tokens.map(Count::from_column),
            bytes: row.bytes.map(Count::from_column),
            license: slug_of::<LicenseDocument>(db, row.license_id).await?,
            links: link::load(db, Owner::Dataset(id)).await?,
        })
    }
}
