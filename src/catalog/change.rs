//! The one door for writes.

use chrono::{DateTime, SubsecRound, Utc};
use entity::{revision, vocabulary::RevisionAction};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter, Set,
    sea_query::{Expr, Order, Query},
};
use serde::{Deserialize, Serialize};

use super::{
    database::Database,
    document::{Document, Existing, Reference, Target, find},
    head::Head,
    text::{Slug, normalize},
};
use crate::error::{Error, Result};

/// A transaction on the catalog. While it is open nobody else writes; unless it is committed nothing has happened.
pub struct Change {
    transaction: DatabaseTransaction,
    head: Head,
    actor: String,
    time: DateTime<Utc>,
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
        let head = database.head().clone();
        Ok(Self { transaction, head, actor: actor.to_owned(), time, before: revision, revision })
    }

    /// The transaction, to read what the change sees and to write rows.
    pub fn transaction(&self) -> &DatabaseTransaction {
        &self.transaction
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
        self.time
    }

    /// Reads the subject that a slug calls, to change it.
    ///
    /// # Errors
    /// There is none; or it is not at the version that the caller expects.
    pub async fn load<D: Document>(&self, slug: &Slug, expected: Option<i32>) -> Result<(Existing, D)> {
        let missing = || Error::NotFound { noun: D::NOUN, slug: slug.to_string() };
        let subject = find::<D>(&self.transaction, slug).await?.ok_or_else(missing)?;
        if let Some(expected) = expected.filter(|expected| *expected != subject.version) {
            let (slug, current) = (slug.to_string(), subject.version);
            return Err(Error::Conflict { noun: D::NOUN, slug, expected, current });
        }
        Ok((subject, D::load(&self.transaction, subject.id).await?))
    }

    /// Makes the catalog say what `document` says about the subject with its slug, whether there is one yet or not, and
    /// records the revision. A document that says nothing new writes nothing.
    ///
    /// # Errors
    /// The document has problems, or refers to something that is not in the catalog.
    pub async fn save<D: Document>(&mut self, document: &D) -> Result<Saved> {
        match find::<D>(&self.transaction, document.slug()).await? {
            Some(subject) => {
                let before = D::load(&self.transaction, subject.id).await?;
                self.update(subject, &before, document).await
            }
            None => self.create(document).await,
        }
    }

    /// Brings a new subject into the catalog.
    ///
    /// # Errors
    /// As [`Change::save`]; or there is a subject with that slug.
    pub async fn create<D: Document>(&mut self, document: &D) -> Result<Saved> {
        self.check(document).await?;
        if find::<D>(&self.transaction, document.slug()).await?.is_some() {
            return Err(Error::AlreadyExists { noun: D::NOUN, slug: document.slug().to_string() });
        }
        let id = document.write(self, Target::New).await?;
        self.record(RevisionAction::Created, id, None, Some(document)).await?;
        Ok(Saved { id, outcome: Outcome::Created })
    }

    /// Makes a subject that was loaded as `before` what `after` says, its slug included.
    ///
    /// # Errors
    /// As [`Change::create`].
    pub async fn update<D: Document>(&mut self, subject: Existing, before: &D, after: &D) -> Result<Saved> {
        self.check(after).await?;
        if before == after {
            return Ok(Saved { id: subject.id, outcome: Outcome::Unchanged });
        }
        if before.slug() != after.slug() && find::<D>(&self.transaction, after.slug()).await?.is_some() {
            return Err(Error::AlreadyExists { noun: D::NOUN, slug: after.slug().to_string() });
        }
        let id = after.write(self, Target::Over(subject)).await?;
        self.record(RevisionAction::Updated, id, Some(before), Some(after)).await?;
        Ok(Saved { id, outcome: Outcome::Updated })
    }

    /// Takes a subject that was loaded as `before` out of the catalog, with what belongs to it alone.
    ///
    /// # Errors
    /// Others refer to it.
    pub async fn delete<D: Document>(&mut self, subject: Existing, before: &D) -> Result<()> {
        self.remove(RevisionAction::Deleted, subject, before).await
    }

    /// Deletes a subject, recorded as `action`.
    pub(super) async fn remove<D: Document>(
        &mut self,
        action: RevisionAction,
        subject: Existing,
        before: &D,
    ) -> Result<()> {
        let by = self.users::<D>(subject.id).await?;
        if !by.is_empty() {
            return Err(Error::InUse { noun: D::NOUN, slug: before.slug().to_string(), by });
        }
        let row = D::Entity::delete_many().filter(Expr::col("id").eq(subject.id));
        row.exec(&self.transaction).await?;
        self.record(action, subject.id, Some(before), None).await
    }

    /// The first ten that refer to a subject.
    async fn users<D: Document>(&self, id: i32) -> Result<Vec<String>> {
        let mut users = Vec::new();
        for (noun, refers) in D::USERS {
            let mut select = Query::select();
            let refers = Expr::cust(refers.replace("$1", &id.to_string()));
            select.column("slug").from(*noun).and_where(refers).order_by("slug", Order::Asc);
            for row in self.transaction.query_all(select.limit(10)).await? {
                users.push(format!("the {noun} {:?}", row.try_get::<String>("", "slug")?));
            }
        }
        users.truncate(10);
        Ok(users)
    }

    /// Finds everything that is wrong with a document, what it refers to included.
    pub(super) async fn check<D: Document>(&self, document: &D) -> Result<()> {
        let mut problems = document.problems();
        for Reference { field, noun, slug } in document.references() {
            // A table is named after its noun.
            let mut select = Query::select();
            select.expr(Expr::val(1)).from(noun).and_where(Expr::col("slug").eq(slug.as_str()));
            let found = self.transaction.query_one(&select).await?.is_some();
            problems.check(found, &field, &format!("refers to the {noun} {:?}, and there is none", slug.as_str()));
        }
        problems.into_result(D::NOUN, document.slug())
    }

    /// Writes the revision of a subject that went from one state to another.
    pub(super) async fn record<D: Document>(
        &mut self,
        action: RevisionAction,
        id: i32,
        before: Option<&D>,
        after: Option<&D>,
    ) -> Result<()> {
        let Some(last) = after.or(before) else { return Ok(()) };
        self.revision += 1;
        let json = |document: &D| serde_json::to_value(document).map_err(Error::internal);
        let mut row = revision::ActiveModel {
            number: Set(self.revision),
            created_at: Set(self.time),
            actor: Set(self.actor.clone()),
            action: Set(action),
            subject_type: Set(D::SUBJECT),
            subject_id: Set(id),
            subject_slug: Set(last.slug().to_string()),
            before: Set(before.map(json).transpose()?),
            after: Set(after.map(json).transpose()?),
            ..Default::default()
        };
        write_texts(&mut row, after);
        row.insert(&self.transaction).await?;
        Ok(())
    }

    /// Makes the change happen. Returns the number of the catalog's last revision.
    ///
    /// # Errors
    /// The database refused; nothing has happened.
    pub async fn commit(self) -> Result<i32> {
        if self.revision > self.before {
            Head::announce(&self.transaction, self.revision).await?;
        }
        self.transaction.commit().await?;
        self.head.reach(self.revision);
        Ok(self.revision)
    }
}

/// Writes down what lists are ordered and searched by after a revision: whoever asks for the past finds it there.
pub(super) fn write_texts<D: Document>(row: &mut revision::ActiveModel, after: Option<&D>) {
    row.name_key = Set(after.map(|document| normalize(document.name())));
    row.search_text = Set(after.map(D::search_text));
    row.lent_text = Set(after.and_then(D::lent_text));
}
