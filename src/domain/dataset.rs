//! Datasets, as documents.

use entity::vocabulary::SubjectType;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::count::Count;
use crate::domain::document::{Reference, SubjectDocument};
use crate::domain::license::LicenseDocument;
use crate::domain::link::LinkDocument;
use crate::domain::slug::Slug;
use crate::domain::text::search_text;
use crate::domain::validation::ValidationErrors;

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

impl SubjectDocument for DatasetDocument {
    const SUBJECT: SubjectType = SubjectType::Dataset;
    const TABLE_NAME: &'static str = "dataset";

    fn slug(&self) -> &Slug {
        &self.slug
    }

    fn validate(&self) -> ValidationErrors {
        let mut problems = ValidationErrors::default();
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
}
