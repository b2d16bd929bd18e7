//! Reconciles values with their evidence in a change, and stores the provenance.

use std::any::Any;
use std::collections::{BTreeSet, HashMap, HashSet};

use entity::vocabulary::{Confidence, SubjectType};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, ExprTrait,
    sea_query::{Expr, Query},
};
use serde_json::Value as Json;

use crate::domain::document::SubjectDocument;
use crate::domain::evidence::assessment::{PartAssessment, Provenance, assess};
use crate::domain::evidence::authority::{SourceAuthority, Sources};
use crate::domain::evidence::document::Citation;
use crate::domain::evidence::reconcile::{Policy, Reconciled, reconcile};
use crate::domain::slug::Slug;
use crate::domain::source::SourceDocument;
use crate::domain::subject::with_document;
use crate::domain::validation::ValidationErrors;
use crate::error::{Error, Problem, Result};
use crate::store::conflicts;
use crate::store::conflicts::ConflictEdit;
use crate::store::documents::{Persist, find, provenance_of};
use crate::store::evidence;
use crate::store::evidence::EvidenceEdit;
use crate::store::references::{ReferenceIds, missing};

/// The number of sources from which on a change forgets their authority between windows of documents.
const MAX_SOURCES: usize = 10_000;

/// Evidence of a subject that cites sources which are saved later in the same change.
struct DeferredEvidence {
    subject: SubjectType,
    id: i32,
    revision: i32,
    document: Json,
}

/// Returns whether sources refer to subjects of the type, so that these are saved before the sources that their evidence cites.
pub fn is_saved_before_sources(subject: SubjectType) -> bool {
    let order = SubjectType::referenced_first().collect::<Vec<_>>();
    let place = |subject| order.iter().position(|other| *other == subject);
    place(subject) < place(SubjectType::Source)
}

/// The state of the reconciliation in a change: known sources, and evidence that is yet to be saved.
#[derive(Default)]
pub struct Reconciliation {
    /// Whether the change saves many documents from outside: values follow their evidence without a reason, and the evidence of
    /// a subject may cite a source that is saved later.
    pub is_bulk: bool,
    /// The authority of sources that documents cite.
    sources: Sources,
    /// Evidence that cites sources which are saved later.
    deferred: Vec<DeferredEvidence>,
}

impl Reconciliation {
    /// Returns whether evidence of subjects of the type may cite sources that are saved later in this change.
    pub fn defers_evidence(&self, subject: SubjectType) -> bool {
        self.is_bulk && is_saved_before_sources(subject)
    }

    /// Returns the number of documents whose evidence is deferred.
    pub fn deferred_count(&self) -> usize {
        self.deferred.len()
    }

    /// Forgets the deferred evidence of the documents after the first ones, which were not saved.
    pub fn truncate_deferred(&mut self, count: usize) {
        self.deferred.truncate(count);
    }

    /// Forgets the sources, so that they are read again.
    pub fn forget_sources(&mut self) {
        self.sources.clear();
    }

    /// Returns a document whose values follow its evidence.
    ///
    /// # Errors
    /// A value contradicts its evidence without a new statement or a reason; or the database fails.
    pub async fn reconcile<D: SubjectDocument>(
        &mut self,
        db: &DatabaseTransaction,
        before: Option<&D>,
        after: &D,
        has_reason: bool,
    ) -> Result<Reconciled<D>> {
        self.read_sources(db, &before.into_iter().chain([after]).collect::<Vec<_>>()).await?;
        let policy = if self.is_bulk { Policy::Replace } else { Policy::Keep { has_reason } };
        let reconciled = reconcile(before, after, &self.sources, policy);
        reconciled.map_err(|problems| Error::InvalidDocument {
            subject: format!("The {} {:?}", D::SUBJECT.table(), after.slug().as_str()),
            problems: Vec::<Problem>::from(after.validate()).into_iter().chain(problems).collect(),
        })
    }

    /// Returns the authority of sources, as far as it was read or announced.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Remembers the authority of a source that this change saves, also if it does so later. Other subjects are ignored.
    pub fn announce_source<D: SubjectDocument>(&mut self, document: &D) {
        if let Some(source) = (document as &dyn Any).downcast_ref::<SourceDocument>() {
            self.sources.insert(source.slug.clone(), SourceAuthority::of(source));
        }
    }

    /// Replaces the former slug of a subject in the authority of sources.
    pub fn rename(&mut self, subject: SubjectType, old: &Slug, new: &Slug) {
        let rename = |slug: &mut Option<Slug>| {
            if slug.as_ref() == Some(old) {
                *slug = Some(new.clone());
            }
        };
        match subject {
            SubjectType::Organization => self.sources.values_mut().for_each(|source| rename(&mut source.publisher)),
            SubjectType::Source => {
                self.sources.remove(old);
                self.sources.values_mut().for_each(|source| rename(&mut source.derived_from));
            }
            _ => {}
        }
    }

    /// Reads the authority of the sources that documents cite, as far as it is not known yet.
    pub async fn read_sources<D: SubjectDocument>(&mut self, db: &DatabaseTransaction, documents: &[&D]) -> Result<()> {
        let cited = documents.iter().flat_map(|document| document.cited_sources());
        self.read_authorities(db, cited.map(|reference| reference.slug.clone()).collect()).await
    }

    /// Reads the authority of sources, as far as it is not known yet, so that statements that cite them need no further reads.
    ///
    /// # Errors
    /// The database fails.
    pub async fn read_authorities(&mut self, db: &DatabaseTransaction, mut unknown: BTreeSet<Slug>) -> Result<()> {
        unknown.retain(|slug| !self.sources.contains_key(slug));
        if unknown.is_empty() {
            return Ok(());
        }
        let found = find::<SourceDocument>(db, &unknown.iter().collect::<Vec<_>>()).await?;
        let ids = found.values().map(|source| source.id).collect::<Vec<_>>();
        for source in SourceDocument::load(db, &ids).await? {
            self.announce_source(&source);
        }
        Ok(())
    }

    /// Forgets the sources if they are many. Announced sources must have been saved, so that they can be read again.
    pub fn limit_sources(&mut self) {
        if self.sources.len() >= MAX_SOURCES {
            self.sources.clear();
        }
    }

    /// Returns the assessments of documents.
    ///
    /// # Errors
    /// The database fails.
    pub async fn assess_all<D: Persist>(
        &mut self,
        db: &DatabaseTransaction,
        documents: &[&D],
    ) -> Result<Vec<Vec<PartAssessment>>> {
        if !D::HAS_EVIDENCE {
            return Ok(documents.iter().map(|_| Vec::new()).collect());
        }
        self.read_sources(db, documents).await?;
        Ok(documents.iter().map(|document| assess(*document, &self.sources)).collect())
    }

    /// Saves the evidence and the conflicts of changed subjects, given with their ids, their revisions and their assessments.
    /// Evidence that cites sources which are saved later is deferred.
    ///
    /// # Errors
    /// The database fails.
    pub async fn save_evidence<D: Persist>(
        &mut self,
        db: &DatabaseTransaction,
        changes: Vec<EvidenceChange<'_, D>>,
        references: &ReferenceIds,
    ) -> Result<()> {
        if !D::HAS_EVIDENCE {
            return Ok(());
        }
        let (mut edits, mut conflict_edits) = (Vec::new(), Vec::new());
        for EvidenceChange { id, revision, document, parts, had_evidence, is_new } in changes {
            let cited = document.cited_sources();
            let is_missing = cited.iter().any(|source| references.get(SubjectType::Source, source.slug).is_none());
            if is_missing && self.defers_evidence(D::SUBJECT) {
                let document = serde_json::to_value(document).map_err(Error::internal)?;
                self.deferred.push(DeferredEvidence { subject: D::SUBJECT, id, revision, document });
                continue;
            }
            if had_evidence || !cited.is_empty() {
                let (after, disagreeing) = (document.citations(), disagreeing(parts));
                edits.push(EvidenceEdit { id, revision, after, disagreeing, is_new });
                conflict_edits.push(ConflictEdit { id, revision, parts, is_new });
            }
        }
        evidence::save(db, D::SUBJECT, edits, references).await?;
        conflicts::save(db, D::SUBJECT, conflict_edits).await
    }

    /// Puts evidence that is not saved yet into documents that were read.
    pub fn add_deferred<'d, D: SubjectDocument>(&self, documents: impl Iterator<Item = (i32, &'d mut D)>) {
        let own = self.deferred.iter().filter(|deferred| deferred.subject == D::SUBJECT);
        let latest = own.map(|deferred| (deferred.id, &deferred.document)).collect::<HashMap<_, _>>();
        if latest.is_empty() {
            return;
        }
        for (id, document) in documents {
            let deferred = latest.get(&id).and_then(|document| D::deserialize(*document).ok());
            if let Some(deferred) = deferred {
                document.set_citations(deferred.citations());
            }
        }
    }

    /// Saves the deferred evidence of which all sources exist.
    ///
    /// # Errors
    /// The database fails.
    pub async fn save_known_deferred(&mut self, db: &DatabaseTransaction) -> Result<()> {
        let mut waiting = HashSet::new();
        for deferred in std::mem::take(&mut self.deferred) {
            let subject = (deferred.subject, deferred.id);
            // The evidence of a subject is saved in the order of its revisions.
            let is_saved = !waiting.contains(&subject)
                && with_document!(deferred.subject, D => self.save_deferred_of::<D>(db, &deferred).await?).is_ok();
            if !is_saved {
                waiting.insert(subject);
                self.deferred.push(deferred);
            }
        }
        Ok(())
    }

    /// Saves the deferred evidence.
    ///
    /// # Errors
    /// A source does not exist; or the database fails.
    pub async fn save_deferred(&mut self, db: &DatabaseTransaction) -> Result<()> {
        self.save_known_deferred(db).await?;
        match self.deferred.first() {
            Some(deferred) => {
                let deferred = DeferredEvidence { document: deferred.document.clone(), ..*deferred };
                with_document!(deferred.subject, D => self.save_deferred_of::<D>(db, &deferred).await?)
            }
            None => Ok(()),
        }
    }

    /// Saves deferred evidence. Returns the error that a source does not exist.
    async fn save_deferred_of<D: Persist>(
        &mut self,
        db: &DatabaseTransaction,
        deferred: &DeferredEvidence,
    ) -> Result<Result<()>> {
        let DeferredEvidence { id, revision, .. } = *deferred;
        let document = D::deserialize(&deferred.document).map_err(Error::internal)?;
        let references = ReferenceIds::find(db, &[&document]).await?;
        let mut problems = ValidationErrors::default();
        for source in document.cited_sources() {
            let exists = references.get(SubjectType::Source, source.slug).is_some();
            problems.check(exists, &source.field, &missing(SubjectType::Source, source.slug));
        }
        let checked = problems.into_result(D::SUBJECT.table(), document.slug());
        if checked.is_err() {
            return Ok(checked);
        }
        let parts = self.assess_all(db, &[&document]).await?.pop().unwrap_or_default();
        if let Some(provenance) = provenance_of(&parts, "") {
            write_provenance(db, D::SUBJECT.table(), id, &provenance).await?;
        }
        let mut update = Query::update();
        update.table("revision").value("provenance", provenance_json(&parts));
        db.execute(update.and_where(Expr::col("number").eq(revision))).await?;
        let changes = vec![EvidenceChange {
            id,
            revision,
            document: &document,
            parts: &parts,
            had_evidence: true,
            is_new: false,
        }];
        self.save_evidence(db, changes, &references).await?;
        Ok(Ok(()))
    }
}

/// A changed subject with its evidence.
pub struct EvidenceChange<'a, D> {
    /// The id of the subject.
    pub id: i32,
    /// The number of the revision that changes it.
    pub revision: i32,
    /// The document after the revision.
    pub document: &'a D,
    /// Its assessment.
    pub parts: &'a [PartAssessment],
    /// Whether it may have evidence from before.
    pub had_evidence: bool,
    /// Whether the revision creates the subject, which then has no rows of evidence.
    pub is_new: bool,
}

/// Returns the statements that the values of a subject do not agree with.
fn disagreeing(parts: &[PartAssessment]) -> HashSet<Citation> {
    parts.iter().flat_map(|part| part.disagreeing.iter().cloned()).collect()
}

/// Returns the column of a revision with the provenance. None if the type of subject has no evidence.
pub fn provenance_json(parts: &[PartAssessment]) -> Option<Json> {
    let object = |provenance: &Provenance| {
        let Provenance { confidence, sources, conflicts, unsourced } = provenance;
        let counts = [("source", *sources), ("conflict", *conflicts), ("unsourced", *unsourced)];
        let counts = counts.into_iter().filter(|(_, count)| *count > 0);
        let counts = counts.map(|(name, count)| (name.to_owned(), count.into()));
        let confidence = confidence.map(|confidence| ("confidence".to_owned(), confidence.word().into()));
        Json::Object(confidence.into_iter().chain(counts).collect())
    };
    (!parts.is_empty()).then(|| parts.iter().map(|part| object(&part.provenance)).collect())
}

/// Writes the provenance of a row.
///
/// # Errors
/// The database fails.
pub async fn write_provenance(
    db: &DatabaseTransaction,
    table: &'static str,
    id: i32,
    provenance: &Provenance,
) -> Result<()> {
    let mut update = Query::update();
    update.table(table).value("lowest_confidence", provenance.confidence.map(Confidence::word));
    update.value("source_count", provenance.sources).value("conflict_count", provenance.conflicts);
    update.value("unsourced_count", provenance.unsourced);
    db.execute(update.and_where(Expr::col("id").eq(id))).await?;
    Ok(())
}
