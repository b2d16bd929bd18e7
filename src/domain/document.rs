//! Subject documents: the complete state of one subject as plain data.
//!
//! Seed files, imports, mutations and reverts all work on documents. References are slugs; an absent field is unknown.

use std::collections::HashMap;

use entity::vocabulary::SubjectType;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value as Json};

use crate::domain::base::BaseDocument;
use crate::domain::evidence::document::{Citation, EvidenceDocument, EvidenceList, citations, documents};
use crate::domain::facts::Facts;
use crate::domain::link::LinkDocument;
use crate::domain::slug::Slug;
use crate::domain::validation::ValidationErrors;
use crate::error::Problem;

/// The complete state of one subject.
pub trait SubjectDocument: Facts + Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The type of the subject.
    const SUBJECT: SubjectType;
    /// The field with the name as the source writes it.
    const NAME_FIELD: &'static str = "name";
    /// Whether subjects of the type have links.
    const HAS_LINKS: bool = false;
    /// The columns with names besides `name`. Imports find a subject by each of its names.
    const OTHER_NAMES: &'static [NameColumn] = &[];
    /// References that are not declared facts: the path, such as `sizes.license`, and the type of the other subject.
    const OTHER_REFERENCES: &'static [(&'static str, SubjectType)] = &[];

    /// Whether documents of the type have evidence.
    const HAS_EVIDENCE: bool = false;

    /// Creates a document of which only the slug and the name are known.
    fn new(slug: Slug, name: String) -> Self;

    /// Returns the slug, by which other documents refer to the subject.
    fn slug(&self) -> &Slug;

    /// Returns the name as the source writes it.
    fn name(&self) -> &str;

    /// Returns the names in the columns of [`SubjectDocument::OTHER_NAMES`].
    fn other_names(&self) -> Vec<&str> {
        Vec::new()
    }

    /// Checks the document on its own, without the subjects that it refers to. Returns all problems, each with its field.
    fn validate(&self) -> ValidationErrors;

    /// Returns the references to other subjects.
    fn references(&self) -> Vec<Reference<'_>> {
        let declared = self.referenced_slugs();
        let declared = declared.map(|(field, subject, slug)| Reference { field: field.to_owned(), subject, slug });
        declared.chain(self.cited_sources()).collect()
    }

    /// Returns the references of the evidence to its sources.
    fn cited_sources(&self) -> Vec<Reference<'_>> {
        let lists = self.evidence().into_iter();
        let references = lists.flat_map(|EvidenceList { path, list, .. }| {
            list.iter().enumerate().map(move |(index, evidence)| Reference {
                field: format!("{path}.{index}.source"),
                subject: SubjectType::Source,
                slug: &evidence.source,
            })
        });
        references.collect()
    }

    /// Returns the evidence of the subject and of its parts.
    fn evidence(&self) -> Vec<EvidenceList<&Vec<EvidenceDocument>>> {
        Vec::new()
    }

    /// Returns the evidence of the subject and of its parts, for changes.
    fn evidence_mut(&mut self) -> Vec<EvidenceList<&mut Vec<EvidenceDocument>>> {
        Vec::new()
    }

    /// Returns the labels of parts that an edit renamed: the new one of each with that in the document before.
    fn renamed_parts(&self, _before: &Self) -> HashMap<String, String> {
        HashMap::new()
    }

    /// Returns the organizations whose statements about the subject are those of its maker.
    fn makers(&self) -> Vec<&Slug> {
        Vec::new()
    }

    /// Returns the single statements of the evidence, in a fixed order.
    fn citations(&self) -> Vec<Citation> {
        citations(self.evidence())
    }

    /// Replaces the evidence by statements in the order of [`SubjectDocument::citations`]. Statements about parts that the
    /// document does not have are left out.
    fn set_citations(&mut self, mut citations: Vec<Citation>) {
        for EvidenceList { part, list, .. } in self.evidence_mut() {
            let own = citations.extract_if(.., |citation| citation.part == part).collect();
            *list = documents(own);
        }
    }

    /// Returns the document without evidence.
    fn without_evidence(&self) -> Self {
        let mut document = self.clone();
        document.set_citations(Vec::new());
        document
    }

    /// Returns the text that search matches, without the texts that referenced subjects contribute.
    fn search_text(&self) -> String;

    /// Returns the text that the subject contributes to the search texts of subjects that refer to it; none by default.
    fn contributed_search_text(&self) -> Option<String> {
        None
    }

    /// Returns the links; none if the type of subject has no links.
    fn links(&self) -> &[LinkDocument] {
        &[]
    }

    /// Replaces the links.
    fn set_links(&mut self, _: Vec<LinkDocument>) {}

    /// Returns the position in the source list, from 1. None if it is unknown, or if the type of subject has no position.
    fn position(&self) -> Option<i32> {
        None
    }

    /// Sets required fields that a source need not state. Returns a problem for each that was assumed rather than known.
    fn set_required(_: &mut Map<String, Json>) -> Vec<Problem> {
        Vec::new()
    }

    /// Sorts the lists that have an order.
    fn sort(&mut self) {}

    /// Returns the field with the *base*, the subject of the same type that the subject is derived from. None if documents of
    /// the type do not refer to their own type.
    fn base_field() -> Option<&'static str> {
        let base = Self::REFERENCES.iter().find(|reference| reference.subject == Self::SUBJECT);
        base.map(|reference| reference.name)
    }

    /// Returns the bases. Empty if they are unknown. Only models may have several.
    fn bases(&self) -> Vec<BaseDocument> {
        let declared = self.referenced_slugs().filter(|(_, subject, _)| *subject == Self::SUBJECT);
        declared.map(|(_, _, slug)| BaseDocument::new(slug.clone())).collect()
    }

    /// Replaces the bases.
    fn set_bases(&mut self, _: Vec<BaseDocument>) {}

    /// Prepares the fields of a document and those of a record about the same subject for merging: a base model and a list of
    /// bases become the same field. A base model that the document has among its bases changes nothing; another replaces
    /// them.
    fn merge_bases(_document: &mut Map<String, Json>, _stated: &mut Map<String, Json>) {}
}

/// A column with names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameColumn {
    /// One name, as text.
    Text(&'static str),
    /// A list of names, as JSON.
    List(&'static str),
}

/// A reference from a document to a subject.
#[derive(Clone, Debug)]
pub struct Reference<'a> {
    /// The path of the field.
    pub field: String,
    /// The type of the subject.
    pub subject: SubjectType,
    /// The slug of the subject.
    pub slug: &'a Slug,
}
