//! A document as rules see it.

use entity::vocabulary::SubjectType;

use crate::domain::evidence::authority::SourceAuthority;
use crate::domain::evidence::document::{EvidenceDocument, EvidenceList};
use crate::domain::evidence::fact_state::{FactState, fact_states, part_path};
use crate::domain::license::LicenseDocument;
use crate::domain::link::LinkDocument;
use crate::domain::lint::related::{AnyDocument, Linted, Related};
use crate::domain::model::ModelDocument;
use crate::domain::slug::Slug;
use crate::error::Problem;

/// A document with what all rules need of it.
pub struct Subject<'a> {
    /// The document.
    pub document: AnyDocument<'a>,
    /// The facts that have a value or that sources state something about.
    pub facts: Vec<FactState>,
    /// The evidence.
    pub evidence: Vec<Cited<'a>>,
    /// The references to other subjects: the path of each, the type of the subject, and its slug.
    pub references: Vec<(String, SubjectType, &'a Slug)>,
    /// The links.
    pub links: &'a [LinkDocument],
    /// The problems that saving the document would have.
    pub invalid: Vec<Problem>,
}

/// An evidence with its place.
pub struct Cited<'a> {
    /// The label of the size that it is about; empty for the subject itself.
    pub part: String,
    /// The path, such as `sizes.7B.evidence.0`.
    pub path: String,
    /// The evidence.
    pub evidence: &'a EvidenceDocument,
}

impl<'a> Subject<'a> {
    /// Prepares a document.
    pub fn of<D: Linted>(document: &'a D, related: &Related) -> Self {
        let any = document.any();
        let cited = document.cited_sources().into_iter().filter_map(|reference| related.source.get(reference.slug));
        let sources = cited.map(|source| (source.slug.clone(), SourceAuthority::of(source))).collect();
        let evidence = document.evidence().into_iter().flat_map(|EvidenceList { part, list, .. }| {
            list.iter().enumerate().map(move |(index, evidence)| Cited {
                path: format!("{}evidence.{index}", part_path(&part)),
                part: part.clone(),
                evidence,
            })
        });
        let references = document.references().into_iter();
        let problems = Vec::<Problem>::from(document.validate()).into_iter();
        Self {
            document: any,
            facts: fact_states(document, &sources),
            evidence: evidence.collect(),
            references: references.map(|one| (with_label(any, one.field), one.subject, one.slug)).collect(),
            links: document.links(),
            invalid: problems.map(|problem| Problem { field: with_label(any, problem.field), ..problem }).collect(),
        }
    }

    /// Returns the document of a model.
    pub fn model(&self) -> Option<&'a ModelDocument> {
        if let AnyDocument::Model(model) = self.document { Some(model) } else { None }
    }

    /// Returns the document of a license.
    pub fn license(&self) -> Option<&'a LicenseDocument> {
        if let AnyDocument::License(license) = self.document { Some(license) } else { None }
    }
}

/// Returns a path in which a size is named by its label instead of its index.
fn with_label(document: AnyDocument<'_>, path: String) -> String {
    let AnyDocument::Model(model) = document else { return path };
    let Some((index, rest)) = path.strip_prefix("sizes.").and_then(|path| path.split_once('.')) else { return path };
    let size = index.parse::<usize>().ok().and_then(|index| model.sizes.get(index));
    size.map_or_else(|| path.clone(), |size| format!("{}{rest}", part_path(&size.label)))
}
