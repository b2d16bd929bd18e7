//! Proposals: a change is made, recorded and undone in one transaction; when it is accepted, it is made again.

use std::collections::{HashMap, HashSet};

use entity::{
    proposal, revision,
    vocabulary::{ProposalStatus, SubjectType},
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Set,
};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::db::latest_documents::{DocumentKey, latest_documents};
use crate::domain::diff::{diff, value_at};
use crate::domain::document::Reference;
use crate::domain::evidence::document::Citation;
use crate::domain::proposal::{ProposedEdit, ProposedEvidence};
use crate::domain::slug::Slug;
use crate::domain::subject::with_document;
use crate::error::{Error, Result};
use crate::store::change::{Change, Outcome, Saved};
use crate::store::documents::Persist;
use crate::store::evidence;
use crate::store::references::{PastHolders, SlugIndex};

/// The largest number of bytes of the input of a proposal, and of its changed fields with their evidence.
pub const MAX_PROPOSAL_BYTES: usize = 64 << 10;
/// Of the proposals that were rejected or withdrawn, those are kept that are among the last so many proposals.
const KEPT_PROPOSALS: i32 = 10_000;
/// The proposer in the revisions of a proposal that was made without a token.
pub const ANONYMOUS: &str = "anonymous";

/// A proposal to store.
pub struct NewProposal {
    /// The name of the token; none without a token.
    pub proposer: Option<String>,
    /// The hash of the secret that withdraws it; none with a token.
    pub secret_hash: Option<String>,
    /// The name or address of the proposer.
    pub contact: Option<String>,
    /// The reason.
    pub reason: String,
    /// The input of the mutation that makes the change, by the name of the mutation.
    pub input: Json,
}

/// The edits that a change has made so far, and that an acceptance would make again.
struct Made {
    edits: Vec<ProposedEdit>,
    evidence: Vec<ProposedEvidence>,
}

impl Change {
    /// Checks that there is room for a proposal.
    ///
    /// # Errors
    /// The queue has `limit` open proposals.
    pub async fn check_queue(&self, limit: u32) -> Result<()> {
        let open = proposal::Entity::find().filter(proposal::Column::Status.eq(ProposalStatus::Open));
        let count = open.count(self.transaction()).await?;
        if count >= u64::from(limit) { Err(Error::QueueFull(limit)) } else { Ok(()) }
    }

    /// Makes a change, undoes it, and stores it as a proposal. Returns the id of the proposal.
    ///
    /// # Errors
    /// The change is not valid, makes no difference, or is too large.
    pub async fn propose<W>(&mut self, proposal: NewProposal, work: W) -> Result<i32>
    where
        W: AsyncFnOnce(&mut Self) -> Result<(SubjectType, Saved)>,
    {
        let NewProposal { proposer, secret_hash, contact, reason, input } = proposal;
        check_size("input", &input)?;
        let savepoint = self.savepoint().await?;
        self.set_reason(Some(reason.clone()));
        let (subject, saved) = work(self).await?;
        self.check_lineage().await?;
        let Made { mut edits, evidence } = self.made().await?;
        self.restart(savepoint).await?;
        if edits.is_empty() {
            let message = "The proposal changes nothing: the catalog has these values and this evidence already.";
            return Err(Error::InvalidArgument(message.to_owned()));
        }
        self.compare_with_latest(&mut edits).await?;
        let json = |value: serde_json::Result<Json>| value.map_err(Error::internal);
        let (edits, evidence) = (json(serde_json::to_value(edits))?, json(serde_json::to_value(evidence))?);
        check_size("change", &serde_json::json!([edits, evidence]))?;
        let row = proposal::ActiveModel {
            status: Set(ProposalStatus::Open),
            proposer: Set(proposer),
            secret_hash: Set(secret_hash),
            contact: Set(contact),
            reason: Set(reason),
            created_at: Set(self.time()),
            subject_type: Set(subject),
            subject_id: Set((saved.outcome != Outcome::Created).then_some(saved.id)),
            input: Set(input),
            edits: Set(edits),
            evidence: Set(evidence),
            ..Default::default()
        };
        let id = row.insert(self.transaction()).await?.id;
        let old = proposal::Entity::delete_many()
            .filter(proposal::Column::Status.is_in([ProposalStatus::Rejected, ProposalStatus::Withdrawn]))
            .filter(proposal::Column::Id.lte(id.saturating_sub(KEPT_PROPOSALS)));
        old.exec(self.transaction()).await?;
        Ok(id)
    }

    /// Returns what this change has made so far.
    async fn made(&self) -> Result<Made> {
        let rows = revision::Entity::find()
            .filter(revision::COLUMN.number.gt(self.initial_revision()))
            .order_by_asc(revision::COLUMN.number)
            .all(self.transaction())
            .await?;
        let (mut edits, mut evidence) = (Vec::new(), Vec::new());
        for row in rows {
            let id = row.before.is_some().then_some(row.subject_id);
            let changes = diff(row.before.as_ref(), row.after.as_ref());
            let deletes = row.after.is_none();
            edits.push(ProposedEdit { subject: row.subject_type, id, slug: row.subject_slug, deletes, changes });
            let made = evidence::change_of(self.transaction(), row.number).await?;
            let statements = |citations: Vec<Citation>, removed: bool| {
                evidence::sorted(citations).into_iter().map(move |citation| ProposedEvidence { citation, removed })
            };
            evidence.extend(statements(made.added.into_iter().collect(), false));
            evidence.extend(statements(made.removed, true));
        }
        Ok(Made { edits, evidence })
    }

    /// Sets the earlier values of edits to those of the latest revisions, which later states are compared with.
    async fn compare_with_latest(&self, edits: &mut [ProposedEdit]) -> Result<()> {
        let latest = self.current_documents(edits).await?;
        for edit in edits {
            let document = latest.get(&document_key(edit));
            for change in &mut edit.changes {
                change.before = document.and_then(|document| value_at(document, &change.field)).cloned();
            }
        }
        Ok(())
    }

    async fn current_documents(&self, edits: &[ProposedEdit]) -> Result<HashMap<DocumentKey, Json>> {
        Ok(latest_documents(self.transaction(), &edits.iter().map(document_key).collect::<Vec<_>>()).await?)
    }

    /// Returns an open proposal.
    ///
    /// # Errors
    /// There is none with the id, or it has been decided on.
    pub async fn open_proposal(&self, id: i32) -> Result<proposal::Model> {
        let row = proposal::Entity::find_by_id(id).one(self.transaction()).await?;
        let row = row.ok_or(Error::ProposalNotFound)?;
        if row.status == ProposalStatus::Open { Ok(row) } else { Err(Error::ProposalDecided(row.status)) }
    }

    /// Returns the slug that the subject of a proposal has now; none if the proposal creates it, or if it has been deleted.
    ///
    /// # Errors
    /// The database fails.
    pub async fn slug_of_subject(&self, row: &proposal::Model) -> Result<Option<Slug>> {
        let (subject, id) = (row.subject_type, row.subject_id);
        Ok(SlugIndex::read(self.transaction(), [(subject, id)]).await?.get(subject, id))
    }

    /// Makes the change of an open proposal, as one by its proposer. `reason` is that of the decision.
    ///
    /// # Errors
    /// The change is not valid any more; another subject has the slug of one that the proposal means; or a subject has changed where
    /// the proposal changes it, unless `force` is set.
    pub async fn accept_proposal<W>(
        &mut self,
        row: proposal::Model,
        reason: Option<String>,
        force: bool,
        work: W,
    ) -> Result<()>
    where
        W: AsyncFnOnce(&mut Self) -> Result<Saved>,
    {
        let edits = edits(&row)?;
        let current = self.current_documents(&edits).await?;
        let pending = edits.iter().flat_map(|edit| edit.pending(current.get(&document_key(edit))));
        let fields = pending.filter(|pending| pending.conflict).map(|pending| pending.change.field);
        let fields = fields.take(10).collect::<Vec<_>>();
        if !fields.is_empty() && !force {
            return Err(Error::ProposalConflict(fields));
        }
        self.set_reason(Some(row.reason.clone()));
        self.set_proposer(row.proposer.clone().unwrap_or_else(|| ANONYMOUS.to_owned()));
        work(self).await?;
        self.check_meaning(&row, &edits).await?;
        let revision = (self.revision() > self.initial_revision()).then_some(self.revision());
        let by = Some(self.actor().to_owned());
        self.decide(row, ProposalStatus::Accepted, by, reason, revision).await
    }

    /// Checks that the changes that were just made are those of the subjects, and refer to the subjects, that the proposal meant when
    /// it was made: their slugs may have been given to others since.
    async fn check_meaning(&self, row: &proposal::Model, edits: &[ProposedEdit]) -> Result<()> {
        let last = revision::Entity::find().select_only().column(revision::Column::Number);
        let last = last.filter(revision::COLUMN.created_at.lte(row.created_at)).order_by_desc(revision::COLUMN.number);
        let last = last.into_tuple::<i32>().one(self.transaction()).await?.unwrap_or_default();
        let made = revision::Entity::find().filter(revision::COLUMN.number.gt(self.initial_revision()));
        for made in made.all(self.transaction()).await? {
            let (subject, id, slug) = (made.subject_type, made.subject_id, &made.subject_slug);
            let is_meant = |edit: &ProposedEdit| {
                edit.subject == subject && edit.id.map_or(edit.slug == *slug, |meant| meant == id)
            };
            if made.before.is_some() && !edits.iter().any(is_meant) {
                return Err(Error::ProposalMeansAnother { subject: subject.table(), slug: slug.clone() });
            }
            with_document!(subject, D => self.check_references::<D>(&made, last).await?);
        }
        Ok(())
    }

    /// Checks that the subjects that a revision refers to, and its document before does not, had their slugs as of the revision `last`.
    async fn check_references<D: Persist>(&self, made: &revision::Model, last: i32) -> Result<()> {
        let document = |json: &Json| D::deserialize(json).map_err(Error::internal);
        let before = made.before.as_ref().map(document).transpose()?;
        let Some(after) = made.after.as_ref().map(document).transpose()? else { return Ok(()) };
        let known = before.as_ref().map(D::references).unwrap_or_default();
        let known = known.iter().map(|reference| (reference.subject, reference.slug)).collect::<HashSet<_>>();
        let mut references = after.references();
        references.retain(|reference| !known.contains(&(reference.subject, reference.slug)));
        let cited = evidence::change_of(self.transaction(), made.number).await?.added;
        references.extend(cited.iter().map(|citation| Reference {
            field: "evidence".to_owned(),
            subject: SubjectType::Source,
            slug: &citation.source,
        }));
        let then = PastHolders::find(self.transaction(), &references, last.saturating_add(1)).await?;
        let now = PastHolders::find(self.transaction(), &references, i32::MAX).await?;
        for Reference { subject, slug, .. } in references {
            let holders = then.get(subject, slug).zip(now.get(subject, slug));
            if holders.is_some_and(|(then, now)| then != now) {
                return Err(Error::ProposalMeansAnother { subject: subject.table(), slug: slug.to_string() });
            }
        }
        Ok(())
    }

    /// Closes an open proposal.
    ///
    /// # Errors
    /// The database fails.
    pub async fn decide(
        &self,
        row: proposal::Model,
        status: ProposalStatus,
        by: Option<String>,
        reason: Option<String>,
        revision: Option<i32>,
    ) -> Result<()> {
        let mut row = row.into_active_model();
        row.status = Set(status);
        row.decided_at = Set(Some(self.time()));
        row.decided_by = Set(by);
        row.decision = Set(reason);
        row.revision = Set(revision);
        row.update(self.transaction()).await?;
        Ok(())
    }
}

/// Returns the subject of an edit: by its id, or by the slug that it shall get.
pub fn document_key(edit: &ProposedEdit) -> DocumentKey {
    match edit.id {
        Some(id) => DocumentKey::Id(edit.subject, id),
        None => DocumentKey::Slug(edit.subject, edit.slug.clone()),
    }
}

/// Returns the edits of a proposal.
///
/// # Errors
/// The row is damaged.
pub fn edits(row: &proposal::Model) -> Result<Vec<ProposedEdit>> {
    read(&row.edits)
}

/// Returns the statements of a proposal.
///
/// # Errors
/// The row is damaged.
pub fn evidence(row: &proposal::Model) -> Result<Vec<ProposedEvidence>> {
    read(&row.evidence)
}

fn read<T: DeserializeOwned>(json: &Json) -> Result<T> {
    T::deserialize(json).map_err(Error::internal)
}

fn check_size(name: &str, json: &Json) -> Result<()> {
    let bytes = json.to_string().len();
    if bytes <= MAX_PROPOSAL_BYTES {
        return Ok(());
    }
    let message = format!(
        "The {name} of the proposal has {bytes} bytes as JSON; at most {MAX_PROPOSAL_BYTES} are allowed: split it into several proposals."
    );
    Err(Error::InvalidArgument(message))
}
