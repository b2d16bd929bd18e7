//! Documents of organizations.

use entity::{organization, vocabulary::SubjectType};
use macros::Facts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::document::{NameColumn, SubjectDocument};
use crate::domain::limits::MAX_NAME_CHARACTERS;
use crate::domain::slug::Slug;
use crate::domain::text::{LocalizedText, search_text};
use crate::domain::validation::ValidationErrors;

/// A company, institute or community that makes models.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Facts)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Organization")]
#[facts(entity = organization, name = Organization)]
pub struct OrganizationDocument {
    /// The identifier in addresses and references.
    pub slug: Slug,
    /// The name as its source writes it.
    #[schemars(length(min = 1, max = MAX_NAME_CHARACTERS))]
    pub name: String,
    /// The name in Chinese and in English, where it differs from the name.
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    #[localized(column = name)]
    pub localized_name: LocalizedText,
}

/// Returns all names of an organization.
pub fn names(row: &organization::Model) -> impl Iterator<Item = &str> {
    [Some(&row.name), row.name_zh.as_ref(), row.name_en.as_ref()].into_iter().flatten().map(String::as_str)
}

impl SubjectDocument for OrganizationDocument {
    const SUBJECT: SubjectType = SubjectType::Organization;
    const OTHER_NAMES: &'static [NameColumn] = &[NameColumn::Text("name_zh"), NameColumn::Text("name_en")];

    fn new(slug: Slug, name: String) -> Self {
        Self { slug, name, localized_name: LocalizedText::default() }
    }

    fn slug(&self) -> &Slug {
        &self.slug
    }

    fn validate(&self) -> ValidationErrors {
        let mut problems = ValidationErrors::default();
        problems.check_name("name", &self.name);
        for name in self.localized_name.texts() {
            problems.check_name("localizedName", name);
        }
        problems
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn other_names(&self) -> Vec<&str> {
        self.localized_name.texts().collect()
    }

    fn search_text(&self) -> String {
        search_text([self.name.as_str(), self.slug.as_str()].into_iter().chain(self.localized_name.texts()), [])
    }

    fn contributed_search_text(&self) -> Option<String> {
        Some(search_text([], [self.name.as_str()].into_iter().chain(self.localized_name.texts())))
    }
}
