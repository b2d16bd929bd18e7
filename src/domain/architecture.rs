//! Architectures, as documents.

use entity::vocabulary::SubjectType;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::document::{Reference, SubjectDocument};
use crate::domain::link::LinkDocument;
use crate::domain::slug::Slug;
use crate::domain::text::search_text;
use crate::domain::validation::ValidationErrors;

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

impl SubjectDocument for ArchitectureDocument {
    const SUBJECT: SubjectType = SubjectType::Architecture;
    const TABLE_NAME: &'static str = "architecture";

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
        Vec::new()
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn search_text(&self) -> String {
        search_text([self.name.as_str(), self.slug.as_str()], [])
    }
}
