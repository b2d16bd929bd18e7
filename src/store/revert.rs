//! Reverts a revision: saves the document that its subject had before, as a new revision.

use std::collections::HashSet;

use entity::{
    revision,
    vocabulary::{RevisionAction, SubjectType},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, sea_query::Expr,
};

use serde_json::Value as Json;

use crate::domain::evidence::document::Citation;
use crate::domain::subject::with_document;
use crate::domain::validation::ValidationErrors;
use crate::error::{Error, Problem, Result};
use crate::store::change::{Change, Outcome, RevisionRecord, Saved};
use crate::store::documents::{DocumentWrite, Persist, SubjectRef, WriteMode, find};
use crate::store::evidence;
use crate::store::evidence::EvidenceDiff;
use crate::store::reconciliation::EvidenceChange;
use crate::store::references::{PastHolders, SlugIndex};

impl Change {
    /// Restores the state that the subject of a revision had before it, as a new revision. Its references keep the subjects that
    /// they meant then, whatever slugs those have now. Returns the subject.
    ///
    /// # Errors
    /// The revision does not exist. A later revision changed the same subject, unless `force` is set. The earlier state refers
    /// to a subject that has been deleted, or another subject has its slug; or subjects would be derived from each other in a
    /// cycle. The subject would be deleted, but others refer to it.
    pub async fn revert(&mut self, number: i32, force: bool) -> Result<(SubjectType, Saved)> {
        let row = revision::Entity::find_by_id(number).one(self.transaction()).await?;
        let row = row.ok_or_else(|| Error::RevisionNotFound(number))?;
        let later =
            revisions_of_subject(&row).filter(revision::COLUMN.number.gt(number)).order_by_asc(revision::COLUMN.number);
        let later = later.select_only().column(revision::Column::Number).into_tuple().all(self.transaction()).await?;
        if !later.is_empty() && !force {
            return Err(Error::RevertConflict { number, later });
        }
        let saved = with_document!(row.subject_type, D => self.restore_document::<D>(&row).await?);
        self.check_lineage().await?;
        Ok((row.subject_type, saved))
    }

    /// Writes the document before a revision, or deletes the subject if the revision created it.
    async fn restore_document<D: Persist>(&mut self, row: &revision::Model) -> Result<Saved> {
        let id = row.subject_id;
        let subject = self.existing::<D>(id).await?;
        let current = match subject {
            Some(subject) => D::load(self.transaction(), &[subject.id]).await?.pop(),
            None => None,
        };
        let mut earlier = match &row.before {
            // A revision that changed nothing but evidence.
            before @ Some(_) if *before == row.after => current.clone(),
            Some(before) => Some(self.with_current_slugs::<D>(before, row.number).await?),
            None => None,
        };
        if let Some(earlier) = &mut earlier
            && D::HAS_EVIDENCE
        {
            let citations = self.evidence_before(row.number, current.as_ref()).await?;
            earlier.set_citations(citations);
        }
        if current == earlier {
            return Ok(Saved { id, outcome: Outcome::Unchanged });
        }
        let Some(earlier) = earlier else {
            let Some((subject, current)) = subject.zip(current) else {
                return Ok(Saved { id, outcome: Outcome::Unchanged });
            };
            self.delete_as(RevisionAction::Reverted, subject, &current).await?;
            return Ok(Saved { id, outcome: Outcome::Updated });
        };
        let references = self.check_all(&[&earlier]).await?;
        if find::<D>(self.transaction(), &[earlier.slug()]).await?.values().any(|other| other.id != id) {
            return Err(Error::AlreadyExists { subject: D::SUBJECT.table(), slug: earlier.slug().to_string() });
        }
        let (mode, outcome) = match subject {
            Some(subject) => (WriteMode::Update(subject), Outcome::Updated),
            None => {
                // The version is the number of states so far. Each state has a revision, the deletion included, so no version is
                // used twice.
                let states = revisions_of_subject(row).count(self.transaction()).await?;
                let version = states.try_into().map_err(Error::internal)?;
                (WriteMode::Restore(SubjectRef { id, version }), Outcome::Created)
            }
        };
        let parts =
            self.reconciliation.assess_all(self.write.transaction(), &[&earlier]).await?.pop().unwrap_or_default();
        let written = DocumentWrite { document: &earlier, mode, parts: &parts };
        D::write(&self.write, &[written], &references).await?;
        if !earlier.bases().is_empty() {
            self.with_new_base.entry(D::SUBJECT).or_default().push(id);
        }
        let (action, before, after) = (RevisionAction::Reverted, current.as_ref(), Some(&earlier));
        self.record(vec![RevisionRecord { action, id, before, after, parts: &parts }]).await?;
        let change = EvidenceChange {
            id,
            revision: self.revision(),
            document: &earlier,
            parts: &parts,
            had_evidence: true,
            is_new: false,
        };
        self.reconciliation.save_evidence(self.write.transaction(), vec![change], &references).await?;
        self.reconciliation.announce_source(&earlier);
        if let Some(current) = &current {
            self.follow(&[(id, current, &earlier)]).await?;
        }
        Ok(Saved { id, outcome })
    }

    /// Returns the evidence of a subject without the statements that the revision `number` added, and with those that it removed.
    ///
    /// # Errors
    /// It removed evidence of a source that has been deleted since.
    async fn evidence_before<D: Persist>(&self, number: i32, current: Option<&D>) -> Result<Vec<Citation>> {
        let EvidenceDiff { added, removed, has_deleted_sources } =
            evidence::change_of(self.transaction(), number).await?;
        if has_deleted_sources {
            let message = "refers to a source that has been deleted since".to_owned();
            let problem = Problem { field: "evidence".to_owned(), message };
            let subject = format!("The evidence that revision {number} removed");
            return Err(Error::InvalidDocument { subject, problems: vec![problem] });
        }
        let kept = current.map(D::citations).unwrap_or_default();
        let kept = kept.into_iter().filter(|citation| !added.contains(citation));
        let all = kept.chain(removed).collect::<HashSet<_>>();
        Ok(evidence::sorted(all.into_iter().collect()))
    }

    /// Parses the document before the revision `number`. Its references keep the subjects that they meant then: each gets the
    /// slug that its subject has now.
    ///
    /// # Errors
    /// One of the subjects has been deleted since.
    async fn with_current_slugs<D: Persist>(&self, before: &Json, number: i32) -> Result<D> {
        let document = D::deserialize(before).map_err(Error::internal)?;
        let references = document.references();
        let holders = PastHolders::find(self.transaction(), &references, number).await?;
        let ids =
            references.iter().map(|reference| (reference.subject, holders.get(reference.subject, reference.slug)));
        let slugs = SlugIndex::read(self.transaction(), ids.clone()).await?;
        let (mut json, mut problems) = (before.clone(), ValidationErrors::default());
        for (reference, (subject, id)) in references.iter().zip(ids) {
            let (current, old) = (slugs.get(subject, id), reference.slug.as_str());
            let message =
                format!("refers to the {} that had the slug {old:?}, which has been deleted since", subject.table());
            problems.check(current.is_some(), &reference.field, &message);
            let field = json.pointer_mut(&format!("/{}", reference.field.replace('.', "/")));
            if let Some((field, current)) = field.zip(current) {
                *field = current.as_str().into();
            }
        }
        problems.into_result(D::SUBJECT.table(), document.slug())?;
        serde_json::from_value(json).map_err(Error::internal)
    }

    /// Returns the id and version of a subject; none if it does not exist.
    async fn existing<D: Persist>(&self, id: i32) -> Result<Option<SubjectRef>> {
        let select = D::Entity::find().select_only().expr(Expr::col("id")).expr(Expr::col("version"));
        let mut statement = select.into_query();
        statement.and_where(Expr::col("id").eq(id));
        let row = self.transaction().query_one(&statement).await?;
        Ok(row.map(|row| SubjectRef::from_query_result(&row, "")).transpose()?)
    }
}

/// Selects the revisions of the subject of a revision.
fn revisions_of_subject(row: &revision::Model) -> sea_orm::Select<revision::Entity> {
    revision::Entity::find()
        .filter(revision::Column::SubjectType.eq(row.subject_type))
        .filter(revision::Column::SubjectId.eq(row.subject_id))
}
