//! Documents of sources.

use chrono::Datelike;
use entity::vocabulary::{SourceKind, SubjectType};
use macros::Facts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::domain::base::BaseDocument;
use crate::domain::date::{Date, PartialDate};
use crate::domain::document::SubjectDocument;
use crate::domain::license::LicenseDocument;
use crate::domain::limits::{MAX_NAME_CHARACTERS, MAX_SNAPSHOTS, MAX_URL_CHARACTERS};
use crate::domain::organization::OrganizationDocument;
use crate::domain::slug::Slug;
use crate::domain::text::search_text;
use crate::domain::validation::ValidationErrors;
use crate::error::Problem;

/// A source: a document that facts rest on, such as a paper or a model card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Facts)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Source")]
#[facts(entity = source, name = Source)]
pub struct SourceDocument {
    /// The identifier in addresses and references.
    pub slug: Slug,
    /// The title.
    #[schemars(length(min = 1, max = MAX_NAME_CHARACTERS))]
    pub title: String,
    /// The kind of source.
    #[fact]
    pub kind: SourceKind,
    /// The slug of the organization that published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[reference(OrganizationDocument)]
    pub publisher: Option<Slug>,
    /// The address: absolute with http or https, or relative to the repository of the source list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = MAX_URL_CHARACTERS))]
    #[fact(no_object, no_filter)]
    pub url: Option<String>,
    /// The date of publication: a year, a month or a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub published_at: Option<PartialDate>,
    /// The slug of the license of its content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[reference(LicenseDocument)]
    pub license: Option<Slug>,
    /// The slug of the source that it copies: a copy is no further evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[reference(Self)]
    pub derived_from: Option<Slug>,
    /// The states in which it was read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_SNAPSHOTS))]
    #[list]
    pub snapshots: Vec<SnapshotDocument>,
}

/// A state in which a source was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "SourceSnapshot")]
pub struct SnapshotDocument {
    /// The day on which it was read.
    pub accessed: Date,
    /// The revision that the source states, such as a commit or a version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_NAME_CHARACTERS))]
    pub revision: Option<String>,
    /// The hash of its content, with the name of the function, such as "sha256:…".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_NAME_CHARACTERS))]
    pub hash: Option<String>,
}

impl SubjectDocument for SourceDocument {
    const SUBJECT: SubjectType = SubjectType::Source;
    const NAME_FIELD: &'static str = "title";

    fn new(slug: Slug, name: String) -> Self {
        Self {
            slug,
            title: name,
            kind: SourceKind::Other,
            publisher: None,
            url: None,
            published_at: None,
            license: None,
            derived_from: None,
            snapshots: Vec::new(),
        }
    }

    fn slug(&self) -> &Slug {
        &self.slug
    }

    fn validate(&self) -> ValidationErrors {
        let mut problems = ValidationErrors::default();
        problems.check_name("title", &self.title);
        if let Some(url) = &self.url {
            problems.check_url("url", url);
        }
        problems.check(self.derived_from.as_ref() != Some(&self.slug), "derivedFrom", "is the source itself");
        problems.check_distinct("snapshots", &self.snapshots, MAX_SNAPSHOTS);
        for (index, snapshot) in self.snapshots.iter().take(MAX_SNAPSHOTS).enumerate() {
            let field = |name: &str| format!("snapshots.{index}.{name}");
            let in_range = (1..=9999).contains(&snapshot.accessed.0.year());
            problems.check(in_range, &field("accessed"), "is not in the years 1 to 9999");
            for (name, text) in [("revision", &snapshot.revision), ("hash", &snapshot.hash)] {
                if let Some(text) = text {
                    problems.check_name(&field(name), text);
                }
            }
        }
        problems
    }

    fn name(&self) -> &str {
        &self.title
    }

    fn set_bases(&mut self, bases: Vec<BaseDocument>) {
        self.derived_from = bases.into_iter().next().map(|base| base.model);
    }

    fn set_required(fields: &mut Map<String, Json>) -> Vec<Problem> {
        if fields.contains_key("kind") {
            return Vec::new();
        }
        fields.insert("kind".to_owned(), SourceKind::Other.word().into());
        let message = format!("not stated for a new source; stored as {}", SourceKind::Other.word());
        vec![Problem { field: "kind".to_owned(), message }]
    }

    fn search_text(&self) -> String {
        search_text([self.title.as_str(), self.slug.as_str()], self.url.as_deref())
    }
}
