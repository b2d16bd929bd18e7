//! Licenses, as documents.

use entity::vocabulary::{CommercialUse, SubjectType};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::document::{Reference, SubjectDocument};
use crate::domain::link::LinkDocument;
use crate::domain::slug::Slug;
use crate::domain::text::{LocalizedText, search_text};
use crate::domain::validation::ValidationErrors;

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
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    pub conditions: LocalizedText,
    /// Where to read more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<LinkDocument>,
}

impl SubjectDocument for LicenseDocument {
    const SUBJECT: SubjectType = SubjectType::License;
    const TABLE_NAME: &'static str = "license";

    fn slug(&self) -> &Slug {
        &self.slug
    }

    fn validate(&self) -> ValidationErrors {
        let mut problems = ValidationErrors::default();
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
}
