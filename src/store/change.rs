//! The one door for writes.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, SubsecRound, Utc};
use entity::{
    revision,
    vocabulary::{RevisionAction, SubjectType},
};
use sea_orm::{
    Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, ExprTrait, QueryFilter, Set,
    sea_query::{Expr, Order, Query},
};
use serde::{Deserialize, Serialize};

use crate::db::bulk::bulk_insert;
use crate::db::database::Database;
use crate::db::revision_tracker::RevisionTracker;
use crate::domain::document::Reference;
use crate::domain::document::SubjectDocument;
use crate::domain::model::ModelDocument;
use crate::domain::slug::Slug;
use crate::domain::text::normalize;
use crate::error::{Error, Result};
use crate::store::documents::model::set_base_models;
use crate::store::documents::{Persist, SubjectRef, WriteMode, find};
use crate::store::references::ReferenceIds;
use crate::store::write_transaction::WriteTransaction;

/// A transaction on the catalog. While it is open nobody else writes; unless it is committed nothing has happened.
pub struct Change {
    write: WriteTransaction,
    head: RevisionTracker,
    actor: String,
    /// The last revision before it.
    before: i32,
    revision: i32,
}

/// What saving a document came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// The subject is new.
    Created,
    /// Some of its facts differ from before.
    Updated,
    /// The catalog already said exactly that.
    Unchanged,
}

/// A document that was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The subject's id.
    pub id: i32,
    /// What saving came to.
    pub outcome: Outcome,
}

impl Change {
    /// Opens a change in the name of `actor`, once every change before it has ended.
    ///
    /// # Errors
    /// The database cannot be reached, or other changes take too long.
    pub async fn begin(database: &Database, actor: &str) -> Result<Self> {
        let transaction = database.begin_write().await?;
        let last = revision::Entity::last().one(&transaction).await?;
        let (revision, last) = last.unwrap_or((0, DateTime::<Utc>::MIN_UTC));
        // Both databases keep microseconds. Time never runs backwards in the catalog, whatever the clock does.
        let time = Ord::max(Utc::now().trunc_subsecs(6), last);
        let head = database.revision_tracker().clone();
        let write = WriteTransaction::new(transaction, time);
        Ok(Self { write, head, actor: actor.to_owned(), before: revision, revision })
    }

    /// From here on what is saved is recorded as imported, and a model may refer to a base model that comes later: the
    /// importer sees to it that it does come, by [`Change::derive`].
    pub fn mark_as_import(&mut self) {
        self.write.set_imports();
    }

    /// The transaction, to read what the change sees and to write rows.
    pub fn transaction(&self) -> &DatabaseTransaction {
        self.write.transaction()
    }

    pub(crate) fn write_transaction(&self) -> &WriteTransaction {
        &self.write
    }

    /// The number of the catalog's last revision, those of this change included.
    pub fn revision(&self) -> i32 {
        self.revision
    }

    /// Who makes the change.
    pub fn actor(&self) -> &str {
        &self.actor
    }

    /// When the change happens.
    pub fn time(&self) -> DateTime<Utc> {
        self.write.time()
    }

    /// Reads the subject that a slug calls, to change it.
    ///
    /// # Errors
    /// There is none; or it is not at the version that the caller expects.
    pub async fn load<D: Persist>(&self, slug: &Slug, expected: Option<i32>) -> Result<(SubjectRef, D)> {
        let missing = || Error::NotFound { noun: D::TABLE_NAME, slug: slug.to_string() };
        let (subject, document) = self.load_all::<D>(&[slug]).await?.remove(slug).ok_or_else(missing)?;
        if let Some(expected) = expected.filter(|expected| *expected != subject.version) {
            let (slug, current) = (slug.to_string(), subject.version);
            return Err(Error::Conflict { noun: D::TABLE_NAME, slug, expected, current });
        }
        Ok((subject, document))
    }

    /// Reads the subjects that slugs call, those that there are.
    ///
    /// # Errors
    /// The database fails.
    pub async fn load_all<D: Persist>(&self, slugs: &[&Slug]) -> Result<HashMap<Slug, (SubjectRef, D)>> {
        let subjects = find::<D>(self.transaction(), slugs).await?;
        let ids = subjects.values().map(|subject| subject.id).collect::<Vec<_>>();
        let documents = D::load(self.transaction(), &ids).await?;
        Ok(subjects.into_iter().zip(documents).map(|((slug, subject), document)| (slug, (subject, document))).collect())
    }

    /// Makes the catalog say what `document` says about the subject with its slug, whether there is one yet or not, and
    /// records the revision. A document that says nothing new writes nothing.
    ///
    /// # Errors
    /// The document has problems, or refers to something that is not in the catalog.
    pub async fn save<D: Persist>(&mut self, document: &D) -> Result<Saved> {
        single(self.save_all(std::slice::from_ref(document)).await?)
    }

    /// Saves documents one after the other, by a number of statements that does not depend on theirs. Each may refer to
    /// those before it. Returns what came of each, in order.
    ///
    /// # Errors
    /// As [`Change::save`], for the first document in question.
    pub async fn save_all<D: Persist>(&mut self, documents: &[D]) -> Result<Vec<Saved>> {
        let mut saved = Vec::new();
        for documents in split_at_duplicates(documents) {
            let mut known = self.load_all::<D>(&documents.iter().map(D::slug).collect::<Vec<_>>()).await?;
            let steps = documents.iter().map(|after| Edit { before: known.remove(after.slug()), after });
            saved.extend(self.apply(&steps.collect::<Vec<_>>()).await?);
        }
        Ok(saved)
    }

    /// Brings a new subject into the catalog.
    ///
    /// # Errors
    /// As [`Change::save`]; or there is a subject with that slug.
    pub async fn create<D: Persist>(&mut self, document: &D) -> Result<Saved> {
        single(self.apply(&[Edit { before: None, after: document }]).await?)
    }

    /// Makes a subject that was loaded as `before` what `after` says, its slug included.
    ///
    /// # Errors
    /// As [`Change::create`].
    pub async fn update<D: Persist>(&mut self, subject: SubjectRef, before: &D, after: &D) -> Result<Saved> {
        single(self.apply(&[Edit { before: Some((subject, before.clone())), after }]).await?)
    }

    /// Derives models, by their slugs, from base models that came later than they did.
    ///
    /// # Errors
    /// One of them never came.
    pub async fn link_base_models(&self, models: &[(Slug, Slug)]) -> Result<()> {
        let slugs = models.iter().flat_map(|(model, base)| [model, base]).collect::<Vec<_>>();
        let found = find::<ModelDocument>(self.transaction(), &slugs).await?;
        let id = |slug: &Slug| {
            let missing = || Error::NotFound { noun: ModelDocument::TABLE_NAME, slug: slug.to_string() };
            Ok::<_, Error>(found.get(slug).ok_or_else(missing)?.id)
        };
        let ids = models.iter().map(|(model, base)| Ok((id(model)?, id(base)?))).collect::<Result<Vec<_>>>()?;
        set_base_models(self.transaction(), &ids).await
    }

    /// Takes steps of subjects that are all different ones.
    ///
    /// # Errors
    /// As [`Change::create`], for the first step in question.
    pub async fn apply<D: Persist>(&mut self, steps: &[Edit<'_, D>]) -> Result<Vec<Saved>> {
        let references = self.check_all(&steps.iter().map(|step| step.after).collect::<Vec<_>>()).await?;
        let changes = steps.iter().filter(|step| !step.is_noop()).collect::<Vec<_>>();
        let slugs = changes.iter().filter(|step| step.takes_slug()).map(|step| step.after.slug()).collect::<Vec<_>>();
        let taken = find::<D>(self.transaction(), &slugs).await?;
        if let Some(slug) = slugs.into_iter().find(|slug| taken.contains_key(*slug)) {
            return Err(Error::AlreadyExists { noun: D::TABLE_NAME, slug: slug.to_string() });
        }
        let target = |step: &Edit<'_, D>| step.subject().map_or(WriteMode::Insert, WriteMode::Update);
        let documents = changes.iter().map(|step| (step.after, target(step))).collect::<Vec<_>>();
        let ids = D::write(&self.write, &documents, &references).await?;
        let records = ids.iter().zip(&changes).map(|(id, step)| {
            let before = step.before.as_ref().map(|(_, before)| before);
            let action = match before {
                _ if self.write.imports() => RevisionAction::Imported,
                Some(_) => RevisionAction::Updated,
                None => RevisionAction::Created,
            };
            RevisionRecord { action, id: *id, before, after: Some(step.after) }
        });
        self.record(records.collect()).await?;
        let mut ids = ids.into_iter();
        let saved = steps.iter().map(|step| {
            let outcome = match step.before {
                Some(_) if step.is_noop() => Outcome::Unchanged,
                Some(_) => Outcome::Updated,
                None => Outcome::Created,
            };
            let written = if outcome == Outcome::Unchanged { None } else { ids.next() };
            let id = written.or(step.subject().map(|subject| subject.id));
            id.map(|id| Saved { id, outcome }).ok_or_else(|| Error::internal(DbErr::RecordNotInserted))
        });
        saved.collect()
    }

    /// Takes a subject that was loaded as `before` out of the catalog, with what belongs to it alone.
    ///
    /// # Errors
    /// Others refer to it.
    pub async fn delete<D: Persist>(&mut self, subject: SubjectRef, before: &D) -> Result<()> {
        self.delete_as(RevisionAction::Deleted, subject, before).await
    }

    /// Deletes a subject, recorded as `action`.
    pub(crate) async fn delete_as<D: Persist>(
        &mut self,
        action: RevisionAction,
        subject: SubjectRef,
        before: &D,
    ) -> Result<()> {
        let by = self.referencing_subjects::<D>(subject.id).await?;
        if !by.is_empty() {
            return Err(Error::InUse { noun: D::TABLE_NAME, slug: before.slug().to_string(), by });
        }
        let row = D::Entity::delete_many().filter(Expr::col("id").eq(subject.id));
        row.exec(self.transaction()).await?;
        self.record(vec![RevisionRecord { action, id: subject.id, before: Some(before), after: None }]).await
    }

    /// The first ten subjects that refer to a subject.
    async fn referencing_subjects<D: Persist>(&self, id: i32) -> Result<Vec<String>> {
        let mut subjects = Vec::new();
        for referrer in SubjectType::ALL {
            let keys = D::FOREIGN_KEYS.iter().filter(|key| key.referrer == *referrer).collect::<Vec<_>>();
            if keys.is_empty() {
                continue;
            }
            let refers = keys.into_iter().fold(Condition::any(), |any, key| {
                let ids = Query::select()
                    .column(key.referrer_id)
                    .from(key.table)
                    .and_where(Expr::col(key.column).eq(id))
                    .take();
                any.add(Expr::col("id").in_subquery(ids))
            });
            let mut select = Query::select();
            select.column("slug").from(referrer.table()).cond_where(refers).order_by("slug", Order::Asc);
            for row in self.transaction().query_all(select.limit(10)).await? {
                subjects.push(format!("the {} {:?}", referrer.table(), row.try_get::<String>("", "slug")?));
            }
        }
        subjects.truncate(10);
        Ok(subjects)
    }

    /// Finds everything that is wrong with the first document that has problems, what it refers to included. A document may
    /// refer to those before it. Returns what they refer to.
    pub(crate) async fn check_all<D: Persist>(&self, documents: &[&D]) -> Result<ReferenceIds> {
        let references = ReferenceIds::find(self.transaction(), documents).await?;
        let mut earlier = HashSet::new();
        for document in documents {
            let mut problems = document.validate();
            for Reference { field, subject, slug } in document.references() {
                let own = subject == D::SUBJECT && (self.write.imports() || earlier.contains(slug));
                let found = own || references.get(subject, slug).is_some();
                problems.check(
                    found,
                    &field,
                    &format!("refers to the {} {:?}, and there is none", subject.table(), slug.as_str()),
                );
            }
            problems.into_result(D::TABLE_NAME, document.slug())?;
            earlier.insert(document.slug());
        }
        Ok(references)
    }

    /// Writes the revisions of subjects that went from one state to another.
    pub(crate) async fn record<D: Persist>(&mut self, records: Vec<RevisionRecord<'_, D>>) -> Result<()> {
        let mut rows = Vec::new();
        for RevisionRecord { action, id, before, after } in records {
            let Some(last) = after.or(before) else { continue };
            self.revision += 1;
            let json = |document: &D| serde_json::to_value(document).map_err(Error::internal);
            let mut row = revision::ActiveModel {
                number: Set(self.revision),
                created_at: Set(self.time()),
                actor: Set(self.actor.clone()),
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

    /// Makes the change happen. Returns the number of the catalog's last revision.
    ///
    /// # Errors
    /// The database refused; nothing has happened.
    pub async fn commit(self) -> Result<i32> {
        if self.revision > self.before {
            RevisionTracker::notify(self.transaction(), self.revision).await?;
        }
        self.write.commit().await?;
        self.head.advance(self.revision);
        Ok(self.revision)
    }
}

/// Writes down what lists are ordered and searched by after a revision: whoever asks for the past finds it there.
pub(crate) fn set_search_columns<D: SubjectDocument>(row: &mut revision::ActiveModel, after: Option<&D>) {
    row.name_key = Set(after.map(|document| normalize(document.name())));
    row.search_text = Set(after.map(D::search_text));
    row.lent_text = Set(after.and_then(D::contributed_search_text));
}

/// A subject on its way from one state to the next.
pub struct Edit<'a, D> {
    /// The subject as it was loaded; none where it is new.
    pub before: Option<(SubjectRef, D)>,
    /// What it becomes.
    pub after: &'a D,
}

impl<D: SubjectDocument> Edit<'_, D> {
    fn subject(&self) -> Option<SubjectRef> {
        self.before.as_ref().map(|(subject, _)| *subject)
    }

    /// Whether it leads nowhere.
    fn is_noop(&self) -> bool {
        self.before.as_ref().is_some_and(|(_, before)| before == self.after)
    }

    /// Whether it takes a slug that the subject did not have.
    fn takes_slug(&self) -> bool {
        self.before.as_ref().is_none_or(|(_, before)| before.slug() != self.after.slug())
    }
}

/// A revision to write.
pub(crate) struct RevisionRecord<'a, D> {
    pub action: RevisionAction,
    pub id: i32,
    pub before: Option<&'a D>,
    pub after: Option<&'a D>,
}

/// Parts of a list of documents, in each of which no slug comes twice.
fn split_at_duplicates<D: SubjectDocument>(documents: &[D]) -> impl Iterator<Item = &[D]> {
    let mut rest = documents;
    std::iter::from_fn(move || {
        let mut met = HashSet::new();
        let end = rest.iter().position(|document| !met.insert(document.slug())).unwrap_or(rest.len());
        let part;
        (part, rest) = rest.split_at(end);
        (!part.is_empty()).then_some(part)
    })
}

/// What came of a batch of one.
fn single(saved: Vec<Saved>) -> Result<Saved> {
    saved.into_iter().next().ok_or_else(|| Error::internal(DbErr::RecordNotInserted))
}
