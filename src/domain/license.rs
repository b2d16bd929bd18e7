//! Documents of licenses.

use entity::vocabulary::{CommercialUse, SubjectType};
use macros::Facts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::domain::document::{NameColumn, SubjectDocument};
use crate::domain::limits::{MAX_LINKS, MAX_NAME_CHARACTERS, MAX_URL_CHARACTERS};
use crate::domain::link::LinkDocument;
use crate::domain::slug::Slug;
use crate::domain::text::{LocalizedText, search_text};
use crate::domain::validation::ValidationErrors;
use crate::error::Problem;

/// The terms under which weights or data may be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Facts)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "License")]
#[facts(entity = license, name = License)]
pub struct LicenseDocument {
    /// The identifier in addresses and references.
    pub slug: Slug,
    /// The name as its source writes it.
    #[schemars(length(min = 1, max = MAX_NAME_CHARACTERS))]
    pub name: String,
    /// The identifier in the SPDX license list, such as "Apache-2.0". Unknown for licenses that are not in the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = MAX_NAME_CHARACTERS))]
    #[fact]
    pub spdx_id: Option<String>,
    /// Whether the license permits commercial use.
    #[fact]
    pub commercial_use: CommercialUse,
    /// The address of its text: absolute with http or https, or relative to the repository of the source list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = MAX_URL_CHARACTERS))]
    #[fact(no_object, no_filter)]
    pub url: Option<String>,
    /// A summary of its conditions.
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    #[localized]
    pub conditions: LocalizedText,
    /// Links to further information.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_LINKS))]
    pub links: Vec<LinkDocument>,
}

impl SubjectDocument for LicenseDocument {
    const SUBJECT: SubjectType = SubjectType::License;
    const HAS_LINKS: bool = true;
    const OTHER_NAMES: &'static [NameColumn] = &[NameColumn::Text("spdx_id")];

    fn new(slug: Slug, name: String) -> Self {
        Self {
            slug,
            name,
            spdx_id: None,
            commercial_use: CommercialUse::Unknown,
            url: None,
            conditions: LocalizedText::default(),
            links: Vec::new(),
        }
    }

    fn slug(&self) -> &Slug {
        &self.slug
    }

    fn validate(&self) -> ValidationErrors {
        let mut problems = ValidationErrors::default();
        problems.check_name("name", &self.name);
        if let Some(url) = &self.url {
            problems.check_url("url", url);
        }
        if let Some(spdx_id) = &self.spdx_id {
            problems.check_characters("spdxId", spdx_id, MAX_NAME_CHARACTERS);
        }
        problems.check_commercial_use("commercialUse", Some(self.commercial_use));
        problems.check_summary("conditions", &self.conditions);
        problems.check_links(&self.links, MAX_LINKS);
        problems
    }

    fn links(&self) -> &[LinkDocument] {
        &self.links
    }

    fn set_links(&mut self, links: Vec<LinkDocument>) {
        self.links = links;
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn other_names(&self) -> Vec<&str> {
        self.spdx_id.iter().map(String::as_str).collect()
    }

    fn set_required(fields: &mut Map<String, Json>) -> Vec<Problem> {
        fields.entry("commercialUse").or_insert_with(|| CommercialUse::Unknown.word().into());
        Vec::new()
    }

    fn search_text(&self) -> String {
        let names = [self.name.as_str(), self.slug.as_str()].into_iter().chain(self.spdx_id.as_deref());
        search_text(names, self.conditions.texts())
    }
}
