//! Documents of datasets.

use entity::vocabulary::SubjectType;
use macros::Facts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::count::Count;
use crate::domain::document::SubjectDocument;
use crate::domain::evidence::document::{EvidenceDocument, EvidenceList};
use crate::domain::facts::{CitableFact, citable};
use crate::domain::license::LicenseDocument;
use crate::domain::limits::{MAX_EVIDENCE, MAX_LINKS, MAX_NAME_CHARACTERS};
use crate::domain::link::LinkDocument;
use crate::domain::slug::Slug;
use crate::domain::text::search_text;
use crate::domain::validation::ValidationErrors;

/// A collection of training data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Facts)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Dataset")]
#[facts(entity = dataset, name = Dataset)]
pub struct DatasetDocument {
    /// The identifier in addresses and references.
    pub slug: Slug,
    /// The name as its source writes it.
    #[schemars(length(min = 1, max = MAX_NAME_CHARACTERS))]
    pub name: String,
    /// The size in tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub tokens: Option<Count>,
    /// The size in bytes; 1 GB is 10^9 bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub bytes: Option<Count>,
    /// The slug of the license of the data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[reference(LicenseDocument)]
    pub license: Option<Slug>,
    /// Links to further information.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_LINKS))]
    pub links: Vec<LinkDocument>,
    /// The statements of sources about the facts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_EVIDENCE))]
    pub evidence: Vec<EvidenceDocument>,
}

/// Returns the facts that evidence can be about.
fn facts() -> Vec<CitableFact> {
    citable::<DatasetDocument>(&[])
}

impl SubjectDocument for DatasetDocument {
    const SUBJECT: SubjectType = SubjectType::Dataset;
    const HAS_LINKS: bool = true;
    const HAS_EVIDENCE: bool = true;

    fn new(slug: Slug, name: String) -> Self {
        Self { slug, name, tokens: None, bytes: None, license: None, links: Vec::new(), evidence: Vec::new() }
    }

    fn slug(&self) -> &Slug {
        &self.slug
    }

    fn validate(&self) -> ValidationErrors {
        let mut problems = ValidationErrors::default();
        problems.check_name("name", &self.name);
        problems.check_links(&self.links, MAX_LINKS);
        let template = Self::new(Slug::placeholder(), String::new());
        problems.check_evidence("evidence", &self.evidence, &facts(), &template);
        problems
    }

    fn links(&self) -> &[LinkDocument] {
        &self.links
    }

    fn set_links(&mut self, links: Vec<LinkDocument>) {
        self.links = links;
    }

    fn evidence(&self) -> Vec<EvidenceList<&Vec<EvidenceDocument>>> {
        vec![EvidenceList::of_subject(facts, &self.evidence)]
    }

    fn evidence_mut(&mut self) -> Vec<EvidenceList<&mut Vec<EvidenceDocument>>> {
        vec![EvidenceList::of_subject(facts, &mut self.evidence)]
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn search_text(&self) -> String {
        search_text([self.name.as_str(), self.slug.as_str()], [])
    }
}
