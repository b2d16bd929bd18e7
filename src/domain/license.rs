//! Documents of licenses.

use entity::vocabulary::{CommercialUse, SubjectType};
use macros::Facts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::domain::date::PartialDate;
use crate::domain::document::{NameColumn, SubjectDocument};
use crate::domain::evidence::document::{EvidenceDocument, EvidenceList};
use crate::domain::facts::{CitableFact, citable};
use crate::domain::license_terms::evaluation::LicenseReading;
use crate::domain::license_terms::{TermDocument, check_terms};
use crate::domain::limits::{MAX_ALIASES, MAX_EVIDENCE, MAX_LINKS, MAX_NAME_CHARACTERS, MAX_TERMS, MAX_URL_CHARACTERS};
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
    /// Other names, such as those that model hubs use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_ALIASES))]
    pub aliases: Vec<String>,
    /// The identifier in the SPDX license list, such as "Apache-2.0". Unknown for licenses that are not in the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = MAX_NAME_CHARACTERS))]
    #[fact]
    pub spdx_id: Option<String>,
    /// Whether the license permits commercial use.
    #[fact]
    pub commercial_use: CommercialUse,
    /// Whether the Open Source Initiative has approved the license.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub osi_approved: Option<bool>,
    /// The date on which the whole text was read and its terms were recorded. Absent if that has not been done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[fact]
    pub terms_reviewed: Option<PartialDate>,
    /// The address of its text: absolute with http or https, or relative to the repository of the source list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = MAX_URL_CHARACTERS))]
    #[fact(no_object, no_filter)]
    pub url: Option<String>,
    /// A summary of its conditions.
    #[serde(default, skip_serializing_if = "LocalizedText::is_empty")]
    #[localized]
    pub conditions: LocalizedText,
    /// The terms, each with the circumstances in which it applies. They stand side by side.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_TERMS))]
    pub terms: Vec<TermDocument>,
    /// Links to further information.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_LINKS))]
    pub links: Vec<LinkDocument>,
    /// The statements of sources about the facts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = MAX_EVIDENCE))]
    pub evidence: Vec<EvidenceDocument>,
}

/// Returns the facts that evidence can be about: not the address of the text, which is the source itself, nor the day on which an editor
/// read it.
fn facts() -> Vec<CitableFact> {
    let facts = citable::<LicenseDocument>(&[]).into_iter();
    facts.filter(|fact| !matches!(fact.name, "url" | "termsReviewed")).collect()
}

impl SubjectDocument for LicenseDocument {
    const SUBJECT: SubjectType = SubjectType::License;
    const HAS_LINKS: bool = true;
    const HAS_EVIDENCE: bool = true;
    const OTHER_NAMES: &'static [NameColumn] = &[NameColumn::Text("spdx_id"), NameColumn::List("aliases")];

    fn new(slug: Slug, name: String) -> Self {
        Self {
            slug,
            name,
            aliases: Vec::new(),
            spdx_id: None,
            commercial_use: CommercialUse::Unknown,
            osi_approved: None,
            terms_reviewed: None,
            url: None,
            conditions: LocalizedText::default(),
            terms: Vec::new(),
            links: Vec::new(),
            evidence: Vec::new(),
        }
    }

    fn slug(&self) -> &Slug {
        &self.slug
    }

    fn validate(&self) -> ValidationErrors {
        let mut problems = ValidationErrors::default();
        problems.check_name("name", &self.name);
        problems.check_aliases(&self.aliases);
        if let Some(url) = &self.url {
            problems.check_url("url", url);
        }
        if let Some(spdx_id) = &self.spdx_id {
            problems.check_characters("spdxId", spdx_id, MAX_NAME_CHARACTERS);
        }
        problems.check_commercial_use("commercialUse", Some(self.commercial_use));
        problems.check_summary("conditions", &self.conditions);
        check_terms(&self.terms, &mut problems);
        if let Some(by_terms) = self.reading().commercial_use()
            && by_terms != self.commercial_use
        {
            let (stated, by_terms) = (self.commercial_use.word(), by_terms.word());
            let message = format!("is {stated}, but by the terms, which were reviewed, it is {by_terms}");
            problems.check(false, "commercialUse", &message);
        }
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

    fn other_names(&self) -> Vec<&str> {
        self.spdx_id.iter().chain(&self.aliases).map(String::as_str).collect()
    }

    fn set_required(fields: &mut Map<String, Json>) -> Vec<Problem> {
        fields.entry("commercialUse").or_insert_with(|| CommercialUse::Unknown.word().into());
        Vec::new()
    }

    fn search_text(&self) -> String {
        let names = [self.name.as_str(), self.slug.as_str()].into_iter().chain(self.other_names());
        search_text(names, self.conditions.texts())
    }
}

impl LicenseDocument {
    /// Returns what [`evaluate`](crate::domain::license_terms::evaluation::evaluate) needs to know of the license.
    pub fn reading(&self) -> LicenseReading {
        LicenseReading {
            commercial_use: self.commercial_use,
            reviewed: self.terms_reviewed.clone(),
            terms: self.terms.clone(),
        }
    }
}
