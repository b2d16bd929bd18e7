//! The one door for writes.

use chrono::{DateTime, SubsecRound, Utc};
use entity::{revision, vocabulary::RevisionAction};
use sea_orm::{ActiveModelTrait, DatabaseTransaction, EntityTrait, QueryOrder, Set};

use super::{
    database::Database,
    document::{Document, find},
};
use crate::error::{Error, Result};

/// A transaction on the catalog. While it is open nobody else writes; unless it is committed nothing has happened.
pub struct Change {
    transaction: DatabaseTransaction,
    actor: String,
    time: DateTime<Utc>,
    revision: i32,
}

/// What saving a document came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The subject is new.
    Created,
    /// Some of its facts differ from before.
    Updated,
    /// The catalog already said exactly that.
    Unchanged,
}

impl Change {
    /// Opens a change in the name of `actor`, once every change before it has ended.
    ///
    /// # Errors
    /// The database cannot be reached, or other changes take too long.
    pub async fn begin(database: &Database, actor: &str) -> Result<Self> {
        let transaction = database.begin_write().await?;
        let last = revision::Entity::find().order_by_desc(revision::COLUMN.number).one(&transaction).await?;
        // Both databases keep microseconds. Time never runs backwards in the catalog, whatever the clock does.
        let now = Utc::now().trunc_subsecs(6);
        let time = last.as_ref().map_or(now, |last| now.max(last.created_at));
        let revision = last.map_or(0, |last| last.number);
        Ok(Self { transaction, actor: actor.to_owned(), time, revision })
    }

    /// The transaction, to read what the change sees and to write rows.
    pub fn transaction(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// The number of the catalog's last revision, those of this change included.
    pub fn revision(&self) -> i32 {
        self.revision
    }

    /// When the change happens.
    pub fn time(&self) -> DateTime<Utc> {
        self.time
    }

    /// Makes the catalog say what `document` says about the subject with its slug, and records the revision.
    /// A document that says nothing new writes nothing.
    ///
    /// # Errors
    /// The document has problems, or refers to something that is not in the catalog.
    pub async fn save<D: Document>(&mut self, document: &D) -> Result<Outcome> {
        document.problems().into_result(D::NOUN, document.slug())?;
        let existing = find::<D>(&self.transaction, document.slug()).await?;
        let before = match existing {
            Some(existing) => Some(D::load(&self.transaction, existing.id).await?),
            None => None,
        };
        if before.as_ref() == Some(document) {
            return Ok(Outcome::Unchanged);
        }
        let id = document.write(self, existing).await?;
        self.record(id, before.as_ref(), document).await?;
        Ok(if before.is_some() { Outcome::Updated } else { Outcome::Created })
    }

    async fn record<D: Document>(&mut self, id: i32, before: Option<&D>, after: &D) -> Result<()> {
        self.revision += 1;
        let json = |document: &D| serde_json::to_value(document).map_err(Error::internal);
        let row = revision::ActiveModel {
            number: Set(self.revision),
            created_at: Set(self.time),
            actor: Set(self.actor.clone()),
            action: Set(if before.is_some() { RevisionAction::Updated } else { RevisionAction::Created }),
            subject_type: Set(D::SUBJECT),
            subject_id: Set(id),
            subject_slug: Set(after.slug().to_string()),
            before: Set(before.map(json).transpose()?),
            after: Set(Some(json(after)?)),
        };
        row.insert(&self.transaction).await?;
        Ok(())
    }

    /// Makes the change happen. Returns the number of the catalog's last revision.
    ///
    /// # Errors
    /// The database refused; nothing has happened.
    pub async fn commit(self) -> Result<i32> {
        self.transaction.commit().await?;
        Ok(self.revision)
    }
}
