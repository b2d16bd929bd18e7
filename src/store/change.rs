//! The unit of work: all writes to the catalog go through a [`Change`], which is one transaction with its revisions.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use entity::{
    revision,
    vocabulary::{RevisionAction, SubjectType},
};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, Set};
use serde::{Deserialize, Serialize};

use crate::db::bulk::bulk_insert;
use crate::db::database::Database;
use crate::db::revision_tracker::RevisionTracker;
use crate::domain::base::BaseDocument;
use crate::domain::document::{Reference, SubjectDocument};
use crate::domain::evidence::assessment::PartAssessment;
use crate::domain::evidence::authority::Sources;
use crate::domain::evidence::reconcile::Reconciled;
use crate::domain::slug::Slug;
use crate::domain::text::normalize;
use crate::error::{Error, Result};
use crate::store::documents::inherited_license::update_inherited_licenses;
use crate::store::documents::{DocumentWrite, Persist, SubjectRef, WriteMode, base, find};
use crate::store::reassess::{changes_authority, reassess, rename_in_evidence};
use crate::store::reconciliation::{EvidenceChange, Reconciliation, provenance_json};
use crate::store::references::{ReferenceIds, missing};
use crate::store::subject_edit::{Edit, split_at_duplicates};
use crate::store::write_transaction::WriteTransaction;

/// A write transaction on the catalog. Only one is open at a time, in any process. It is rolled back unless it is committed.
pub struct Change {
    pub(super) write: WriteTransaction,
    database: Database,
    actor: String,
    /// The number of the last revision before this change.
    initial_revision: i32,
    /// The number of the last revision, including those of this change.
    revision: i32,
    /// The reason that the actor gives.
    reason: Option<String>,
    /// The proposer of the change, if the actor accepts a proposal.
    proposer: Option<String>,
    /// The state of the reconciliation of values with their evidence.
    pub(super) reconciliation: Reconciliation,
    /// The ids of the subjects of each type whose bases this change has set since they were last checked for cycles.
    pub(super) with_new_base: HashMap<SubjectType, Vec<i32>>,
}

/// The result of saving a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// The subject is new.
    Created,
    /// Some fields of the subject have changed.
    Updated,
    /// The document equals the stored one; nothing was written.
    Unchanged,
}

/// A point of a change that it can return to.
pub struct Savepoint {
    revision: i32,
    deferred: usize,
    with_new_base: HashMap<SubjectType, usize>,
}

/// A document that was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The subject's id.
    pub id: i32,
    /// The result of saving it.
    pub outcome: Outcome,
}

impl Change {
    /// Begins a change with revisions by `actor`. Waits until the change before it has ended.
    ///
    /// # Errors
    /// The database is unavailable, or the wait for another change times out.
    pub async fn begin(database: &Database, actor: &str) -> Result<Self> {
        let transaction = database.begin_write().await?;
        let last = revision::Entity::last().one(&transaction).await?;
        let (revision, last_time) = last.unwrap_or((0, DateTime::<Utc>::MIN_UTC));
        let time = next_time(Utc::now(), last_time);
        let write = WriteTransaction::new(transaction, time);
        Ok(Self {
            write,
            database: database.clone(),
            actor: actor.to_owned(),
            initial_revision: revision,
            revision,
            reason: None,
            proposer: None,
            reconciliation: Reconciliation::default(),
            with_new_base: HashMap::new(),
        })
    }

    /// Marks the change as an import: from now on its revisions have the action IMPORTED, and a subject may be derived from one of
    /// the same type that is saved later. The importer must then link the two by [`Change::link_bases`].
    pub fn mark_as_import(&mut self) {
        self.write.set_imports();
        self.mark_as_bulk();
    }

    /// Marks the change as one that saves many documents from outside: values follow their evidence without a reason, and the
    /// evidence of a subject may cite a source that is saved later.
    pub fn mark_as_bulk(&mut self) {
        self.reconciliation.is_bulk = true;
    }

    /// Sets the reason of the change, which its revisions have.
    pub fn set_reason(&mut self, reason: Option<String>) {
        self.reason = reason;
    }

    /// Sets the proposer of the change, which its revisions have.
    pub fn set_proposer(&mut self, proposer: String) {
        self.proposer = Some(proposer);
    }

    /// Returns the transaction, for reads that see the uncommitted changes and for writes of rows.
    pub fn transaction(&self) -> &DatabaseTransaction {
        self.write.transaction()
    }

    /// Returns the number of the last revision of the catalog, including those of this change.
    pub fn revision(&self) -> i32 {
        self.revision
    }

    /// Returns the number of the last revision of the catalog before this change.
    pub fn initial_revision(&self) -> i32 {
        self.initial_revision
    }

    /// Returns the name of the actor: of an API token, or of a command.
    pub fn actor(&self) -> &str {
        &self.actor
    }

    /// Returns the time of the change.
    pub fn time(&self) -> DateTime<Utc> {
        self.write.time()
    }

    /// Sets a point that the change can return to. A later one replaces it.
    ///
    /// # Errors
    /// The database fails.
    pub async fn savepoint(&self) -> Result<Savepoint> {
        self.transaction().execute_unprepared("SAVEPOINT change").await?;
        let with_new_base = self.with_new_base.iter().map(|(subject, ids)| (*subject, ids.len())).collect();
        Ok(Savepoint { revision: self.revision, deferred: self.reconciliation.deferred_count(), with_new_base })
    }

    /// Forgets a point, and keeps what was saved since.
    ///
    /// # Errors
    /// The database fails.
    pub async fn release(&self, _: Savepoint) -> Result<()> {
        self.transaction().execute_unprepared("RELEASE SAVEPOINT change").await?;
        Ok(())
    }

    /// Undoes what was saved since a point.
    ///
    /// # Errors
    /// The database fails.
    pub async fn roll_back_to(&mut self, savepoint: Savepoint) -> Result<()> {
        self.transaction().execute_unprepared("ROLLBACK TO SAVEPOINT change").await?;
        self.revision = savepoint.revision;
        self.reconciliation.truncate_deferred(savepoint.deferred);
        for (subject, ids) in &mut self.with_new_base {
            ids.truncate(savepoint.with_new_base.get(subject).copied().unwrap_or_default());
        }
        self.release(savepoint).await
    }

    /// Undoes everything since a point at the beginning of the change, so that it can be made in another way.
    ///
    /// # Errors
    /// The database fails.
    pub async fn restart(&mut self, savepoint: Savepoint) -> Result<()> {
        self.roll_back_to(savepoint).await?;
        self.reconciliation.forget_sources();
        Ok(())
    }

    /// Loads the subject with a slug in order to change it.
    ///
    /// # Errors
    /// There is none, or its version is not the `expected` one (optimistic concurrency control).
    pub async fn load<D: Persist>(&self, slug: &Slug, expected: Option<i32>) -> Result<(SubjectRef, D)> {
        let missing = || Error::NotFound { subject: D::SUBJECT.table(), slug: slug.to_string() };
        let (subject, document) = self.load_all::<D>(&[slug]).await?.remove(slug).ok_or_else(missing)?;
        if let Some(expected) = expected.filter(|expected| *expected != subject.version) {
            let (slug, current) = (slug.to_string(), subject.version);
            return Err(Error::Conflict { subject: D::SUBJECT.table(), slug, expected, current });
        }
        Ok((subject, document))
    }

    /// Loads the subjects with these slugs. Those that do not exist are left out.
    ///
    /// # Errors
    /// The database fails.
    pub async fn load_all<D: Persist>(&self, slugs: &[&Slug]) -> Result<HashMap<Slug, (SubjectRef, D)>> {
        let subjects = find::<D>(self.transaction(), slugs).await?;
        let ids = subjects.values().map(|subject| subject.id).collect::<Vec<_>>();
        let mut documents = D::load(self.transaction(), &ids).await?;
        self.reconciliation.add_deferred(ids.into_iter().zip(&mut documents));
        Ok(subjects.into_iter().zip(documents).map(|((slug, subject), document)| (slug, (subject, document))).collect())
    }

    /// Saves a document: creates the subject with its slug, or replaces the state of the existing one, and records a revision. An
    /// unchanged document writes nothing.
    ///
    /// # Errors
    /// The document is invalid, or refers to a subject that does not exist.
    pub async fn save<D: Persist>(&mut self, document: &D) -> Result<Saved> {
        single(self.save_all(std::slice::from_ref(document)).await?)
    }

    /// Saves documents in order. The number of statements does not depend on the number of documents. Each may refer to earlier
    /// ones. Returns the results in the same order.
    ///
    /// # Errors
    /// As [`Change::save`], for the first document that has one.
    pub async fn save_all<D: Persist>(&mut self, documents: &[D]) -> Result<Vec<Saved>> {
        let mut saved = Vec::new();
        for documents in split_at_duplicates(documents) {
            let mut existing = self.load_all::<D>(&documents.iter().map(D::slug).collect::<Vec<_>>()).await?;
            let edits = documents.iter().map(|after| Edit { before: existing.remove(after.slug()), after });
            saved.extend(self.reconcile_and_apply(edits.collect()).await?);
        }
        Ok(saved)
    }

    /// Creates a subject.
    ///
    /// # Errors
    /// As [`Change::save`], or a subject with the same slug exists.
    pub async fn create<D: Persist>(&mut self, document: &D) -> Result<Saved> {
        single(self.reconcile_and_apply(vec![Edit { before: None, after: document }]).await?)
    }

    /// Replaces the state of a subject that was loaded as `before` by `after`. The slug may change too.
    ///
    /// # Errors
    /// As [`Change::create`].
    pub async fn update<D: Persist>(&mut self, subject: SubjectRef, before: &D, after: &D) -> Result<Saved> {
        single(self.reconcile_and_apply(vec![Edit { before: Some((subject, before.clone())), after }]).await?)
    }

    /// Sets the bases of subjects, each with its slug, when bases were saved after the subjects.
    ///
    /// # Errors
    /// A subject or a base does not exist.
    pub async fn link_bases<D: Persist>(&mut self, subjects: &[(Slug, Vec<BaseDocument>)]) -> Result<()> {
        let slugs = subjects.iter().flat_map(|(slug, bases)| bases.iter().map(|base| &base.model).chain([slug]));
        let found = find::<D>(self.transaction(), &slugs.collect::<Vec<_>>()).await?;
        let id = |slug: &Slug| {
            let missing = || Error::NotFound { subject: D::SUBJECT.table(), slug: slug.to_string() };
            Ok::<_, Error>(found.get(slug).ok_or_else(missing)?.id)
        };
        let subjects = subjects.iter().map(|(slug, bases)| {
            let bases = bases.iter().map(|base| Ok((id(&base.model)?, base.clone()))).collect::<Result<Vec<_>>>()?;
            Ok((id(slug)?, bases))
        });
        let subjects = subjects.collect::<Result<Vec<_>>>()?;
        let ids = subjects.iter().map(|(id, _)| *id).collect::<Vec<_>>();
        self.with_new_base.entry(D::SUBJECT).or_default().extend(&ids);
        let first = subjects.iter().filter_map(|(id, bases)| Some((*id, bases.first()?.0))).collect::<Vec<_>>();
        base::set(self.transaction(), D::SUBJECT, &first).await?;
        if D::SUBJECT != SubjectType::Model {
            return Ok(());
        }
        base::replace_rows(self.transaction(), subjects).await?;
        update_inherited_licenses(self.transaction(), &ids).await
    }

    /// Returns a document whose values follow its evidence.
    ///
    /// # Errors
    /// A value contradicts its evidence without a new statement or a reason; or the database fails.
    pub async fn reconcile<D: SubjectDocument>(&mut self, before: Option<&D>, after: &D) -> Result<Reconciled<D>> {
        self.reconciliation.reconcile(self.write.transaction(), before, after, self.reason.is_some()).await
    }

    /// Reads the authority of the sources of a window of documents at once, so that statements that cite them need no further
    /// reads. The documents of the window before, among them announced sources, must have been applied.
    ///
    /// # Errors
    /// The database fails.
    pub async fn read_authorities(&mut self, sources: BTreeSet<Slug>) -> Result<()> {
        self.reconciliation.limit_sources();
        self.reconciliation.read_authorities(self.write.transaction(), sources).await
    }

    /// Returns the authority of the sources of documents, as far as it was read or announced.
    pub fn authorities(&self) -> &Sources {
        self.reconciliation.sources()
    }

    /// Remembers the authority of a source that the change saves later. Other subjects are ignored.
    pub fn announce_source<D: SubjectDocument>(&mut self, document: &D) {
        self.reconciliation.announce_source(document);
    }

    /// Applies edits of different subjects, whose values follow their evidence.
    async fn reconcile_and_apply<D: Persist>(&mut self, edits: Vec<Edit<'_, D>>) -> Result<Vec<Saved>> {
        let before = edits.iter().filter_map(|edit| edit.before.as_ref().map(|(_, before)| before));
        let documents = before.chain(edits.iter().map(|edit| edit.after)).collect::<Vec<_>>();
        self.reconciliation.read_sources(self.write.transaction(), &documents).await?;
        let mut reconciled = Vec::new();
        for edit in &edits {
            let before = edit.before.as_ref().map(|(_, before)| before);
            reconciled.push(self.reconcile(before, edit.after).await?.document);
        }
        let edits = edits.into_iter().zip(&reconciled);
        let edits =
            edits.map(|(Edit { before, after }, moved)| Edit { before, after: moved.as_ref().unwrap_or(after) });
        self.apply(&edits.collect::<Vec<_>>()).await
    }

    /// Applies edits of different subjects, whose documents are reconciled with their evidence already.
    ///
    /// # Errors
    /// As [`Change::create`], for the first edit that has one.
    pub async fn apply<D: Persist>(&mut self, edits: &[Edit<'_, D>]) -> Result<Vec<Saved>> {
        let references = self.check_all(&edits.iter().map(|edit| edit.after).collect::<Vec<_>>()).await?;
        let changes = edits.iter().filter(|edit| !edit.is_noop()).collect::<Vec<_>>();
        let slugs = changes.iter().filter(|edit| edit.takes_slug()).map(|edit| edit.after.slug()).collect::<Vec<_>>();
        let taken = find::<D>(self.transaction(), &slugs).await?;
        if let Some(slug) = slugs.into_iter().find(|slug| taken.contains_key(*slug)) {
            return Err(Error::AlreadyExists { subject: D::SUBJECT.table(), slug: slug.to_string() });
        }
        let mode = |edit: &Edit<'_, D>| edit.subject().map_or(WriteMode::Insert, WriteMode::Update);
        let after = changes.iter().map(|edit| edit.after).collect::<Vec<_>>();
        let parts = self.reconciliation.assess_all(self.write.transaction(), &after).await?;
        let documents = changes.iter().zip(&parts);
        let documents = documents.map(|(edit, parts)| DocumentWrite { document: edit.after, mode: mode(edit), parts });
        let ids = D::write(&self.write, &documents.collect::<Vec<_>>(), &references).await?;
        let derived = ids.iter().zip(&changes).filter(|(_, edit)| edit.sets_base());
        self.with_new_base.entry(D::SUBJECT).or_default().extend(derived.map(|(id, _)| *id));
        let records = ids.iter().zip(&changes).zip(&parts).map(|((id, edit), parts)| {
            let before = edit.before.as_ref().map(|(_, before)| before);
            let action = match before {
                _ if self.write.imports() => RevisionAction::Imported,
                Some(_) => RevisionAction::Updated,
                None => RevisionAction::Created,
            };
            RevisionRecord { action, id: *id, before, after: Some(edit.after), parts }
        });
        let first_revision = self.revision + 1;
        self.record(records.collect()).await?;
        let evidence = (first_revision..).zip(ids.iter().zip(changes.iter().zip(&parts)));
        let evidence = evidence.map(|(revision, (id, (edit, parts)))| EvidenceChange {
            id: *id,
            revision,
            document: edit.after,
            parts,
            had_evidence: edit.has_evidence(),
            is_new: edit.before.is_none(),
        });
        self.reconciliation.save_evidence(self.write.transaction(), evidence.collect(), &references).await?;
        for edit in &changes {
            self.announce_source(edit.after);
        }
        if D::SUBJECT == SubjectType::Source {
            Box::pin(self.reconciliation.save_known_deferred(self.write.transaction())).await?;
        }
        let edited = ids.iter().zip(&changes).filter_map(|(id, edit)| {
            let (_, before) = edit.before.as_ref()?;
            Some((*id, before, edit.after))
        });
        self.follow(&edited.collect::<Vec<_>>()).await?;
        let mut ids = ids.into_iter();
        let saved = edits.iter().map(|edit| {
            let outcome = match edit.before {
                Some(_) if edit.is_noop() => Outcome::Unchanged,
                Some(_) => Outcome::Updated,
                None => Outcome::Created,
            };
            let written_id = if outcome == Outcome::Unchanged { None } else { ids.next() };
            let id = written_id.or(edit.subject().map(|subject| subject.id));
            id.map(|id| Saved { id, outcome }).ok_or_else(|| Error::internal(DbErr::RecordNotInserted))
        });
        saved.collect()
    }

    /// Updates what the evidence of other subjects says about updated ones, given with their ids, before and after: slugs in values follow
    /// new slugs, and statements count by their sources.
    pub(crate) async fn follow<D: Persist>(&mut self, updated: &[(i32, &D, &D)]) -> Result<()> {
        for (_, before, after) in updated.iter().filter(|(_, before, after)| before.slug() != after.slug()) {
            rename_in_evidence(self.write.transaction(), D::SUBJECT, before.slug(), after.slug()).await?;
            self.reconciliation.rename(D::SUBJECT, before.slug(), after.slug());
        }
        let sources = updated.iter().filter(|(_, before, after)| changes_authority(Some(*before), *after));
        let sources = sources.map(|(id, ..)| *id).collect::<Vec<_>>();
        let revision = self.revision;
        Box::pin(reassess(self.write.transaction(), &mut self.reconciliation, &sources, revision)).await
    }

    /// Validates documents, including that the subjects that they refer to exist. A document may refer to earlier ones. Returns
    /// the ids of the subjects that they refer to.
    ///
    /// # Errors
    /// All problems of the first document that has any.
    pub(crate) async fn check_all<D: Persist>(&self, documents: &[&D]) -> Result<ReferenceIds> {
        let references = ReferenceIds::find(self.transaction(), documents).await?;
        let mut earlier = HashSet::new();
        for document in documents {
            let mut problems = document.validate();
            for Reference { field, subject, slug } in document.references() {
                let pending = subject == D::SUBJECT && (self.write.imports() || earlier.contains(slug))
                    || subject == SubjectType::Source && self.reconciliation.defers_evidence(D::SUBJECT);
                let exists = pending || references.get(subject, slug).is_some();
                problems.check(exists, &field, &missing(subject, slug));
            }
            problems.into_result(D::SUBJECT.table(), document.slug())?;
            earlier.insert(document.slug());
        }
        Ok(references)
    }

    /// Inserts revisions, numbered in the given order.
    pub(crate) async fn record<D: Persist>(&mut self, records: Vec<RevisionRecord<'_, D>>) -> Result<()> {
        let mut rows = Vec::new();
        for RevisionRecord { action, id, before, after, parts } in records {
            let Some(last) = after.or(before) else { continue };
            self.revision += 1;
            // Evidence is stored once, in rows of its own.
            let json = |document: &D| {
                let document = if D::HAS_EVIDENCE { &document.without_evidence() } else { document };
                serde_json::to_value(document).map_err(Error::internal)
            };
            let mut row = revision::ActiveModel {
                number: Set(self.revision),
                created_at: Set(self.time()),
                actor: Set(self.actor.clone()),
                reason: Set(self.reason.clone()),
                proposer: Set(self.proposer.clone()),
                provenance: Set(provenance_json(parts)),
                action: Set(action),
                subject_type: Set(D::SUBJECT),
                subject_id: Set(id),
                subject_slug: Set(last.slug().to_string()),
                before: Set(before.map(json).transpose()?),
                after: Set(after.map(json).transpose()?),
                ..Default::default()
            };
            set_search_columns(&mut row, after);
            rows.push(row);
        }
        bulk_insert(self.transaction(), rows, None).await
    }

    /// Commits the change and announces its revisions to the change listeners of all processes. Returns the number of the last
    /// revision of the catalog.
    ///
    /// # Errors
    /// Subjects are derived from each other in a cycle, or the database rejects the commit. The change is rolled back.
    pub async fn commit(mut self) -> Result<i32> {
        self.check_lineage().await?;
        self.reconciliation.save_deferred(self.write.transaction()).await?;
        if self.revision > self.initial_revision {
            RevisionTracker::notify(self.transaction(), self.revision).await?;
        }
        self.write.commit().await?;
        self.database.revision_tracker().advance(self.revision);
        if self.revision - self.initial_revision >= MANY_REVISIONS {
            self.database.analyze().await;
        }
        Ok(self.revision)
    }
}

/// Sets the columns of a revision by which as-of reads order and search lists.
pub(crate) fn set_search_columns<D: SubjectDocument>(row: &mut revision::ActiveModel, after: Option<&D>) {
    row.name_key = Set(after.map(|document| normalize(document.name())));
    row.search_text = Set(after.map(D::search_text));
    row.lent_text = Set(after.and_then(D::contributed_search_text));
}

/// A revision to insert.
pub(crate) struct RevisionRecord<'a, D> {
    pub action: RevisionAction,
    pub id: i32,
    pub before: Option<&'a D>,
    pub after: Option<&'a D>,
    /// The state of the facts after the change.
    pub parts: &'a [PartAssessment],
}

/// The number of revisions from which a change updates the statistics of the database.
const MANY_REVISIONS: i32 = 1_000;

/// The furthest that the time of the last revision may be in the future before it counts as wrong.
const MAX_CLOCK_LEAD: TimeDelta = TimeDelta::days(1);

/// Returns the time of a change: that of the clock in milliseconds, which every client can represent, but later than that of
/// the change before. So the time of a revision, as `asOf`, finds the state after its change and no other, also if the clock
/// was set back. If it is behind by more than [`MAX_CLOCK_LEAD`], a change was made while the clock was wrong: then the time is
/// that of the clock, or all further changes would have the wrong time.
fn next_time(now: DateTime<Utc>, last: DateTime<Utc>) -> DateTime<Utc> {
    let now = now.trunc_subsecs(3);
    let next = last.trunc_subsecs(3) + TimeDelta::milliseconds(1);
    if next <= now {
        return now;
    }
    if next - now > MAX_CLOCK_LEAD {
        tracing::warn!(%now, %last, "the last revision is more than a day in the future; was the system clock wrong?");
        return now;
    }
    next
}

/// Returns the result of a batch with one document.
fn single(saved: Vec<Saved>) -> Result<Saved> {
    saved.into_iter().next().ok_or_else(|| Error::internal(DbErr::RecordNotInserted))
}
