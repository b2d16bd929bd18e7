//! The mutations of proposals.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::vocabulary::{ProposalStatus, Role};

use crate::auth::token::Secret;
use crate::domain::limits::MAX_NAME_CHARACTERS;
use crate::error::{Error, Result};
use crate::graphql::context::ContextExt;
use crate::graphql::mutation::{check_reason, commit, run_mutation, stored_result};
use crate::graphql::scalars::GlobalId;
use crate::graphql::types::proposal::input::{ProposeChangeInput, to_stored};
use crate::graphql::types::proposal::{Proposal, ProposalAccess, ProposalSettings, find};
use crate::store::change::Change;
use crate::store::idempotency::IdempotencyKey;
use crate::store::proposals::NewProposal;

/// A stored proposal.
#[derive(SimpleObject)]
pub struct ProposeChangePayload {
    /// The proposal.
    proposal: Proposal,
    /// The secret for `withdrawProposal`, which cannot be read again. Null with a token.
    secret: Option<String>,
}

/// The proposal to accept.
#[derive(InputObject)]
pub struct AcceptProposalInput {
    /// The global id.
    id: ID,
    /// Why.
    reason: Option<String>,
    /// Whether to accept it in spite of conflicts.
    #[graphql(default)]
    force: bool,
}

/// The proposal to reject.
#[derive(InputObject)]
pub struct RejectProposalInput {
    /// The global id.
    id: ID,
    /// Why.
    reason: String,
}

/// The proposal to withdraw.
#[derive(InputObject)]
pub struct WithdrawProposalInput {
    /// The global id.
    id: ID,
    /// The secret that `proposeChange` returned, if it was proposed without a token.
    secret: Option<String>,
}

/// A proposal that was decided on.
#[derive(SimpleObject)]
pub struct ProposalPayload {
    /// The proposal.
    proposal: Proposal,
}

/// The mutations of proposals.
#[derive(Default)]
pub struct ProposalMutation;

#[Object]
impl ProposalMutation {
    /// Proposes a change, which is validated as the mutation would, and changes nothing. Requires CONTRIBUTOR, or
    /// nothing on a server with `PROPOSALS=open`. Errors: those of the mutation; PROPOSALS_OFF; QUEUE_FULL; RATE_LIMITED without a token;
    /// INVALID_ARGUMENT if it makes no difference or is too large.
    async fn propose_change(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The change.")] input: ProposeChangeInput,
        #[graphql(desc = "Why.")] reason: String,
        #[graphql(desc = "A name or address for questions; only editors see it.")] contact: Option<String>,
    ) -> Option<Result<ProposeChangePayload>> {
        Some(Box::pin(propose(ctx, input, reason, contact)).await)
    }

    /// Makes a proposed change, in revisions by the caller that name the proposer and have its reason. Requires EDITOR. Errors:
    /// those of the mutation; NOT_FOUND; CONFLICT if it is not open, or has conflicts and `force` is false.
    async fn accept_proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal.")] input: AcceptProposalInput,
    ) -> Option<Result<ProposalPayload>> {
        Some(Box::pin(accept(ctx, input)).await)
    }

    /// Rejects a proposal. Requires EDITOR. Errors: NOT_FOUND; CONFLICT if it is not open.
    async fn reject_proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal.")] input: RejectProposalInput,
    ) -> Option<Result<ProposalPayload>> {
        Some(reject(ctx, input).await)
    }

    /// Withdraws a proposal. Errors: FORBIDDEN unless the caller made it; NOT_FOUND; CONFLICT if it is not open.
    async fn withdraw_proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal.")] input: WithdrawProposalInput,
    ) -> Option<Result<ProposalPayload>> {
        Some(withdraw(ctx, input).await)
    }
}

/// The actor of the transactions of clients without a token. They make no revisions.
const NO_TOKEN: &str = "";

async fn propose(
    ctx: &Context<'_>,
    input: ProposeChangeInput,
    reason: String,
    contact: Option<String>,
) -> Result<ProposeChangePayload> {
    let ProposalSettings { access, max_open } = *ctx.data_unchecked::<ProposalSettings>();
    let proposer = match access {
        ProposalAccess::Off => return Err(Error::ProposalsOff),
        ProposalAccess::Open if ctx.actor().name.is_none() => None,
        ProposalAccess::Open | ProposalAccess::Tokens => Some(ctx.require(Role::Contributor)?),
    };
    check_reason(Some(&reason))?;
    check_contact(contact.as_deref())?;
    let secret = if proposer.is_none() { Some(Secret::generate()?) } else { None };
    let mut change = Change::begin(ctx.database(), proposer.unwrap_or(NO_TOKEN)).await?;
    let id = match stored_result::<i32>(ctx, &change).await? {
        Some(stored) => stored.done,
        None => {
            change.check_queue(max_open).await?;
            let proposal = NewProposal {
                proposer: proposer.map(str::to_owned),
                secret_hash: secret.as_ref().map(Secret::hash),
                contact,
                reason,
                input: to_stored(argument(ctx, "input")?)?,
            };
            let id = change.propose(proposal, async |change| input.save(change).await).await?;
            commit(ctx, change, id).await?.done
        }
    };
    // The secret must not be stored with the response.
    ctx.data_opt::<IdempotencyKey>().into_iter().for_each(IdempotencyKey::mark_secret);
    Ok(ProposeChangePayload { proposal: read(ctx, id).await?, secret: secret.map(Secret::reveal) })
}

/// Returns an argument of the field as the client gave it, with the values of its variables.
fn argument(ctx: &Context<'_>, name: &str) -> Result<async_graphql::Value> {
    let arguments = ctx.field().arguments().map_err(|error| Error::InvalidArgument(error.message))?;
    let argument = arguments.into_iter().find(|(argument, _)| argument == name);
    Ok(argument.map(|(_, value)| value).unwrap_or_default())
}

fn check_contact(contact: Option<&str>) -> Result<()> {
    let length = contact.map_or(0, |contact| contact.chars().count());
    if length <= MAX_NAME_CHARACTERS {
        return Ok(());
    }
    let message = format!("`contact` has {length} characters; give at most {MAX_NAME_CHARACTERS}.");
    Err(Error::InvalidArgument(message))
}

async fn accept(ctx: &Context<'_>, input: AcceptProposalInput) -> Result<ProposalPayload> {
    let AcceptProposalInput { id, reason, force } = input;
    let id = proposal_id(&id)?;
    check_reason(reason.as_deref())?;
    run_mutation(ctx, Role::Editor, None, async |change| {
        let row = change.open_proposal(id).await?;
        let slug = change.slug_of_subject(&row).await?;
        let input = ProposeChangeInput::from_stored(&row.input, slug.as_ref())?;
        let save = async |change: &mut Change| input.save(change).await.map(|(_, saved)| saved);
        change.accept_proposal(row, reason, force, save).await
    })
    .await?;
    payload(ctx, id).await
}

async fn reject(ctx: &Context<'_>, RejectProposalInput { id, reason }: RejectProposalInput) -> Result<ProposalPayload> {
    let id = proposal_id(&id)?;
    check_reason(Some(&reason))?;
    run_mutation(ctx, Role::Editor, None, async |change| {
        let row = change.open_proposal(id).await?;
        let by = Some(change.actor().to_owned());
        change.decide(row, ProposalStatus::Rejected, by, Some(reason), None).await
    })
    .await?;
    payload(ctx, id).await
}

async fn withdraw(
    ctx: &Context<'_>,
    WithdrawProposalInput { id, secret }: WithdrawProposalInput,
) -> Result<ProposalPayload> {
    let id = proposal_id(&id)?;
    let name = ctx.actor().name.clone();
    let hash = secret.as_deref().and_then(Secret::parse).map(|secret| secret.hash());
    let change = Change::begin(ctx.database(), name.as_deref().unwrap_or(NO_TOKEN)).await?;
    if stored_result::<()>(ctx, &change).await?.is_none() {
        let row = change.open_proposal(id).await?;
        let is_own = |row: &entity::proposal::Model| {
            row.proposer.is_some() && row.proposer == name || row.secret_hash.is_some() && row.secret_hash == hash
        };
        if !is_own(&row) {
            return Err(Error::NotProposer);
        }
        change.decide(row, ProposalStatus::Withdrawn, name.clone(), None, None).await?;
        commit(ctx, change, ()).await?;
    }
    payload(ctx, id).await
}

async fn payload(ctx: &Context<'_>, id: i32) -> Result<ProposalPayload> {
    Ok(ProposalPayload { proposal: read(ctx, id).await? })
}

/// Reads a proposal that this mutation has stored or decided on.
async fn read(ctx: &Context<'_>, id: i32) -> Result<Proposal> {
    find(ctx, id).await?.ok_or(Error::ProposalNotFound)
}

fn proposal_id(id: &ID) -> Result<i32> {
    match GlobalId::parse(id) {
        Some(GlobalId::Proposal(id)) => Ok(id),
        _ => Err(Error::InvalidId(id.chars().take(100).collect())),
    }
}
