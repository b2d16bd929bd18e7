//! Proposals: changes that contributors suggest, and that editors accept or reject.

pub mod input;
pub mod mutation;

use std::sync::Arc;

use async_graphql::{Context, ID, Json, Object, SimpleObject};
use entity::{
    proposal, revision,
    vocabulary::{Confidence, ProposalStatus, Role, Stance, SubjectType},
};
use sea_orm::{Condition, ExprTrait, sea_query::Expr};

use crate::domain::facts::response_budget::Charged;
use crate::domain::proposal::{PendingChange, ProposedEdit};
use crate::error::{Error, Result};
use crate::graphql::connection::{Connection, ConnectionParent, PageArguments, connection_node};
use crate::graphql::context::ContextExt;
use crate::graphql::node::Node;
use crate::graphql::scalars::{DateTime, GlobalId};
use crate::graphql::types::revision::{MAX_CHANGES, Revision};
use crate::query::cursor::{SortKey, SortKeyType};
use crate::query::relation_keys::RevisionOf;
use crate::store::proposals::{document_key, edits, evidence};

/// The clients that may propose changes, and the length of the queue.
#[derive(Clone, Copy, Debug)]
pub struct ProposalSettings {
    /// The clients that may propose.
    pub access: ProposalAccess,
    /// The largest number of open proposals.
    pub max_open: u32,
}

/// The clients that may propose changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProposalAccess {
    /// None.
    Off,
    /// Those with a token of the role CONTRIBUTOR or a higher one.
    Tokens,
    /// All.
    Open,
}

impl Default for ProposalSettings {
    fn default() -> Self {
        Self { access: ProposalAccess::Tokens, max_open: 1000 }
    }
}

/// A proposed change. Nothing of it is in the catalog until an editor accepts it.
pub struct Proposal(pub Arc<proposal::Model>);

#[macros::charged_fields]
/// A proposed change. Nothing of it is in the catalog until an editor accepts it.
#[Object]
impl Proposal {
    /// The global id.
    pub async fn id(&self) -> ID {
        GlobalId::Proposal(self.0.id).id()
    }

    /// The state.
    async fn status(&self) -> ProposalStatus {
        self.0.status
    }

    /// The type of the subject to create or to change.
    async fn subject_type(&self) -> SubjectType {
        self.0.subject_type
    }

    /// The subject to change. Null if the proposal creates it, or if it has been deleted.
    async fn about(&self, ctx: &Context<'_>) -> Option<Result<Node>> {
        let about = GlobalId::Subject(self.0.subject_type, self.0.subject_id?);
        Box::pin(Node::load(ctx, about)).await.transpose()
    }

    /// The fields that accepting it would change now, or once it is decided those that it was to change: the first 200.
    async fn changes(&self, ctx: &Context<'_>) -> Result<Vec<ProposedChange>> {
        let changes = pending(ctx, &self.0).await?.into_iter();
        Ok(changes.take(MAX_CHANGES).map(|(edit, pending)| ProposedChange::of(&edit, pending)).collect())
    }

    /// Whether there is a conflict in one of its changes.
    async fn conflicts(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(pending(ctx, &self.0).await?.iter().any(|(_, pending)| pending.conflict))
    }

    /// The evidence that it adds or removes: the first 200.
    async fn evidence(&self) -> Result<Vec<ProposedEvidence>> {
        let statements = evidence(&self.0)?.into_iter().take(MAX_CHANGES);
        statements.map(ProposedEvidence::of).collect()
    }

    /// The reason that the proposer gave.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// The name of the token of the proposer. Null without a token.
    async fn proposer(&self) -> Option<&String> {
        self.0.proposer.as_ref()
    }

    /// The name or address of the proposer for questions, for EDITOR. Null otherwise, and if there is none.
    async fn contact(&self, ctx: &Context<'_>) -> Option<&String> {
        self.0.contact.as_ref().filter(|_| ctx.require(Role::Editor).is_ok())
    }

    /// The time of the proposal.
    async fn proposed_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// The time of the decision. Null while it is open.
    async fn decided_at(&self) -> Option<DateTime> {
        self.0.decided_at.map(DateTime)
    }

    /// The name of the token that decided. Null while it is open, and if it was withdrawn without a token.
    async fn decided_by(&self) -> Option<&String> {
        self.0.decided_by.as_ref()
    }

    /// The reason for the decision. Null if there is none.
    async fn decision(&self) -> Option<&String> {
        self.0.decision.as_ref()
    }

    /// The last revision that accepting it made. Null if it made none.
    async fn revision(&self, ctx: &Context<'_>) -> Option<Result<Revision>> {
        let row = ctx.loaders().related(RevisionOf(self.0.revision?)).await;
        row.map(|row: Option<Arc<revision::Model>>| row.map(Revision)).transpose()
    }
}

/// Compares an open proposal with the current state. That of a decided one is what was proposed.
async fn pending(ctx: &Context<'_>, row: &proposal::Model) -> Result<Vec<(ProposedEdit, PendingChange)>> {
    let edits = edits(row)?;
    if row.status != ProposalStatus::Open {
        let changes = edits.into_iter().flat_map(|edit| {
            let changes = edit.changes.clone().into_iter();
            changes.map(move |change| (edit.clone(), PendingChange { change, conflict: false }))
        });
        return Ok(changes.collect());
    }
    let documents = edits.iter().map(|edit| ctx.loaders().load_one(document_key(edit)));
    let documents = futures_util::future::try_join_all(documents).await?;
    let mut pending = Vec::new();
    for (edit, document) in edits.into_iter().zip(documents) {
        let changes = edit.pending(document.as_ref().map(|document| &*document.0));
        pending.extend(changes.into_iter().map(|change| (edit.clone(), change)));
    }
    Ok(pending)
}

/// A change of one field that a proposal makes.
#[derive(SimpleObject)]
pub struct ProposedChange {
    /// The type of the subject.
    subject_type: SubjectType,
    /// The slug of the subject after the change.
    subject_slug: Charged<String>,
    /// The path of the field, as in `FieldChange`.
    field: Charged<String>,
    /// The current value. Null if there is none.
    before: Charged<Option<Json<serde_json::Value>>>,
    /// The proposed value. Null if there is none.
    after: Charged<Option<Json<serde_json::Value>>>,
    /// Whether the value has changed since the proposal, or the subject has been created or deleted.
    conflict: bool,
}

impl ProposedChange {
    fn of(edit: &ProposedEdit, PendingChange { change, conflict }: PendingChange) -> Self {
        let value = |value: Option<serde_json::Value>| Charged(value.map(Json));
        Self {
            subject_type: edit.subject,
            subject_slug: Charged(edit.slug.clone()),
            field: Charged(change.field),
            before: value(change.before),
            after: value(change.after),
            conflict,
        }
    }
}

/// A statement of a source that a proposal adds or removes. Its fields are as those of `Evidence`.
#[derive(SimpleObject)]
pub struct ProposedEvidence {
    /// Whether it is removed.
    removed: bool,
    /// The label of the size, or the address of the checkpoint after a space; empty for the subject itself.
    part: Charged<String>,
    /// The name of the fact.
    field: Charged<String>,
    /// The value.
    value: Charged<Option<Json<serde_json::Value>>>,
    /// The stance of the source.
    stance: Stance,
    /// The slug of the source, which the proposal may create.
    source: Charged<String>,
    /// The place in the source.
    locator: Charged<Option<String>>,
    /// The words of the source.
    quote: Charged<Option<String>>,
    /// How the value is known.
    confidence: Confidence,
}

impl ProposedEvidence {
    fn of(evidence: crate::domain::proposal::ProposedEvidence) -> Result<Self> {
        let citation = evidence.citation;
        let value = citation.value.as_deref().map(serde_json::from_str).transpose().map_err(Error::internal)?;
        Ok(Self {
            removed: evidence.removed,
            part: Charged(citation.part),
            field: Charged(citation.field),
            value: Charged(value.map(Json)),
            stance: citation.stance,
            source: Charged(citation.source.to_string()),
            locator: Charged(citation.locator),
            quote: Charged(citation.quote),
            confidence: citation.confidence,
        })
    }
}

connection_node!(Proposal, proposal);

/// Loads a proposal that the client may see: each editor, its proposer, and everybody once it is accepted. None if there is none.
///
/// # Errors
/// The client may not see it.
pub async fn load(ctx: &Context<'_>, id: i32) -> Result<Option<Proposal>> {
    let Some(Proposal(row)) = find(ctx, id).await? else { return Ok(None) };
    let is_own = row.proposer.is_some() && row.proposer == ctx.actor().name;
    if row.status != ProposalStatus::Accepted && !is_own {
        ctx.require(Role::Editor)?;
    }
    Ok(Some(Proposal(row)))
}

/// Loads a proposal without a check of the client. None if there is none.
async fn find(ctx: &Context<'_>, id: i32) -> Result<Option<Proposal>> {
    ctx.read_uncached()?;
    Ok(ctx.loaders().row::<proposal::Entity>(id).await?.map(Proposal))
}

const ORDER: SortKey = SortKey { name: "id", sql: "proposal.id", kind: SortKeyType::Integer, descending: false };

/// The query of proposals.
#[derive(Default)]
pub struct ProposalQuery;

#[Object]
impl ProposalQuery {
    /// Proposals, oldest first: all for EDITOR, its own for a token with CONTRIBUTOR.
    async fn proposals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The state; null: any.")] status: Option<ProposalStatus>,
        #[graphql(desc = "At most 100; 20 by default.")] first: Option<i32>,
        #[graphql(desc = "Rows after this cursor.")] after: Option<String>,
        #[graphql(desc = "At most 100.")] last: Option<i32>,
        #[graphql(desc = "Rows before this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Proposal>>> {
        Some(list(ctx, status, PageArguments { first, after, last, before }).await)
    }
}

async fn list(ctx: &Context<'_>, status: Option<ProposalStatus>, page: PageArguments) -> Result<Connection<Proposal>> {
    let name = ctx.require(Role::Contributor)?;
    ctx.read_uncached()?;
    let own = (!ctx.actor().role.includes(Role::Editor)).then(|| Expr::col(("proposal", "proposer")).eq(name));
    let status = status.map(|status| Expr::col(("proposal", "status")).eq(status.word()));
    let condition = Condition::all().add_option(own).add_option(status);
    Connection::read(ctx, ConnectionParent::default(), page, condition, ORDER.into()).await
}
