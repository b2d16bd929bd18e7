//! Documents of organizations.

use entity::{organization, vocabulary::SubjectType};
use macros::Facts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::country::is_country;
use crate::domain::document::{NameColumn, SubjectDocument};
use crate::domain::evidence::document::{EvidenceDocument, EvidenceList};
use crate::domain::facts::{CitableFact, citable};
use crate::domain::limits::{MAX_ALIASES, MAX_EVIDENCE, MAX_NAME_CHARACTERS, MAX_URL_CHARACTERS, MAX_WORD_CHARACTERS};
use crate::domain::slug::Slug;
use crate::domain::text::{LocalizedText, search_text, texts};
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
    /// Other names, in any language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_ALIASES))]
    #[list]
    pub aliases: Vec<String>,
    /// The country of its headquarters, as a code of ISO 3166-1 alpha-2 in capital letters, such as "FR".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = "^[A-Z]{2}$"))]
    #[fact]
    pub country: Option<String>,
    /// The kind, as a word in capital letters: COMPANY, ACADEMIA (universities and their institutes), NONPROFIT,
    /// GOVERNMENT, COMMUNITY (people without a legal entity), or another word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = MAX_WORD_CHARACTERS))]
    #[fact]
    pub kind: Option<String>,
    /// The address of its website: absolute with http or https, or relative to the repository of the source list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = MAX_URL_CHARACTERS))]
    #[fact(no_object, no_filter)]
    pub homepage: Option<String>,
    /// The statements of sources about the facts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_EVIDENCE))]
    pub evidence: Vec<EvidenceDocument>,
}

/// Returns all names of an organization.
pub fn names(row: &organization::Model) -> impl Iterator<Item = &str> {
    let localized = [row.name_zh.as_ref(), row.name_en.as_ref()].into_iter().flatten();
    [row.name.as_str()].into_iter().chain(localized.map(String::as_str)).chain(texts(&row.aliases))
}

/// Returns the facts that evidence can be about.
fn facts() -> Vec<CitableFact> {
    citable::<OrganizationDocument>(&[])
}

impl SubjectDocument for OrganizationDocument {
    const SUBJECT: SubjectType = SubjectType::Organization;
    const HAS_EVIDENCE: bool = true;
    const OTHER_NAMES: &'static [NameColumn] =
        &[NameColumn::Text("name_zh"), NameColumn::Text("name_en"), NameColumn::List("aliases")];

    fn new(slug: Slug, name: String) -> Self {
        Self {
            slug,
            name,
            localized_name: LocalizedText::default(),
            aliases: Vec::new(),
            country: None,
            kind: None,
            homepage: None,
            evidence: Vec::new(),
        }
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
        problems.check_aliases(&self.aliases);
        problems.check(
            self.country.as_deref().is_none_or(is_country),
            "country",
            "is not a code of ISO 3166-1 alpha-2 such as FR",
        );
        if let Some(kind) = &self.kind {
            problems.check_word("kind", kind);
        }
        if let Some(homepage) = &self.homepage {
            problems.check_url("homepage", homepage);
        }
        let template = Self::new(Slug::placeholder(), String::new());
        problems.check_evidence("evidence", &self.evidence, &facts(), &template);
        problems
    }

    fn makers(&self) -> Vec<&Slug> {
        vec![&self.slug]
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

    fn other_names(&self) -> Vec<&str> {
        self.localized_name.texts().chain(self.aliases.iter().map(String::as_str)).collect()
    }

    fn search_text(&self) -> String {
        search_text([self.name.as_str(), self.slug.as_str()].into_iter().chain(self.other_names()), [])
    }

    fn contributed_search_text(&self) -> Option<String> {
        Some(search_text([], [self.name.as_str()].into_iter().chain(self.other_names())))
    }
}
