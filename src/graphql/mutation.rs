//! What the mutations of all nouns share.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};

use entity::vocabulary::Role;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::error::{Error, Result};
use crate::graphql::connection::ConnectionNode;
use crate::graphql::context::ContextExt;
use crate::graphql::node::Node;
use crate::graphql::scalars::{GlobalId, Slug};
use crate::store::change;
use crate::store::change::Change;
use crate::store::documents::Persist;
use crate::store::idempotency::IdempotencyKey;

/// What saving came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "change::Outcome")]
pub enum Outcome {
    /// The subject is new.
    Created,
    /// Some of its facts differ from before.
    Updated,
    /// The catalog already said exactly that; nothing was written.
    Unchanged,
}

/// Which subject to delete.
#[derive(Clone, Debug, InputObject)]
pub struct DeleteInput {
    /// Its slug.
    slug: Slug,
    /// The version that you believe it to be at. Another is a CONFLICT. Without: whatever it is at.
    expected_version: Option<i32>,
}

/// A subject that was deleted.
#[derive(SimpleObject)]
pub struct DeletePayload {
    /// The global id that it had.
    deleted_id: ID,
    /// The number of the catalog's last revision after it.
    revision: i32,
}

/// Something that was written, and the number of the catalog's last revision after it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MutationResult<T> {
    /// What was written.
    pub done: T,
    /// The number of the revision.
    pub revision: i32,
}

/// Changes the catalog in the caller's name, all or nothing. Where the request has an `Idempotency-Key` and has been executed
/// before, it is not executed again: what it came to is told instead.
pub async fn run_mutation<T, W>(ctx: &Context<'_>, needs: Role, work: W) -> Result<MutationResult<T>>
where
    T: Serialize + DeserializeOwned,
    W: AsyncFnOnce(&mut Change) -> Result<T>,
{
    let actor = ctx.require(needs)?;
    let mut change = Change::begin(ctx.database(), actor).await?;
    if let Some(written) = stored_result(ctx, &change).await? {
        return Ok(written);
    }
    let done = work(&mut change).await?;
    commit(ctx, change, done).await
}

/// What this field came to when the request was executed before.
pub async fn stored_result<T: DeserializeOwned>(
    ctx: &Context<'_>,
    change: &Change,
) -> Result<Option<MutationResult<T>>> {
    match ctx.data_opt::<IdempotencyKey>() {
        Some(key) => change.stored_result(key, field(ctx)).await,
        None => Ok(None),
    }
}

/// Makes a change happen, and keeps for retries what it came to.
pub async fn commit<T: Serialize>(ctx: &Context<'_>, change: Change, done: T) -> Result<MutationResult<T>> {
    let written = MutationResult { done, revision: change.revision() };
    if let Some(key) = ctx.data_opt::<IdempotencyKey>() {
        change.store_result(key, field(ctx), &written).await?;
    }
    change.commit().await?;
    Ok(written)
}

/// What tells a field of a request from the others.
fn field<'a>(ctx: &'a Context<'_>) -> &'a str {
    ctx.item.node.response_key().node.as_str()
}

/// Deletes a subject.
pub async fn delete<D: Persist>(ctx: &Context<'_>, input: DeleteInput) -> Result<DeletePayload> {
    let written = run_mutation(ctx, Role::Editor, async |change| {
        let (subject, before) = change.load::<D>(&input.slug.0, input.expected_version).await?;
        change.delete(subject, &before).await?;
        Ok(subject.id)
    });
    let MutationResult { done, revision } = written.await?;
    Ok(DeletePayload { deleted_id: GlobalId::Subject(D::SUBJECT, done).id(), revision })
}

/// Reads a subject that has just been saved.
pub async fn read<T: ConnectionNode<Row: DeserializeOwned>>(ctx: &Context<'_>, id: i32) -> Result<T> {
    let row = ctx.loaders().row::<T::Entity>(id).await?;
    // Somebody else was quick to delete it.
    let gone = || Error::NotFound { noun: "subject any more", slug: T::NAME.to_lowercase() };
    row.map(T::of).ok_or_else(gone)
}

/// Which revision to undo.
#[derive(Clone, Debug, InputObject)]
pub struct RevertRevisionInput {
    /// Its number.
    number: i32,
    /// Whether to restore the state before it even where later revisions changed the same subject. Their changes are then
    /// undone too.
    #[graphql(default)]
    force: bool,
}

/// A revision that was undone.
#[derive(SimpleObject)]
pub struct RevertRevisionPayload {
    /// The subject as it is now. Null where undoing took it out of the catalog.
    subject: Option<Node>,
    /// UPDATED, CREATED where the subject came back, UNCHANGED where it already was as before the revision.
    outcome: Outcome,
    /// The number of the catalog's last revision after it.
    revision: i32,
}

/// Mutations of the history.
#[derive(Default)]
pub struct HistoryMutation;

#[Object]
impl HistoryMutation {
    /// Undoes a revision: restores its subject as it was before, as a new revision. A subject that was deleted comes back
    /// with its sizes and links and under its old id; one that the revision created goes. CONFLICT where later revisions
    /// changed the same subject, unless `force`. ADMIN.
    async fn revert_revision(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which revision.")] input: RevertRevisionInput,
    ) -> Result<RevertRevisionPayload> {
        let written =
            run_mutation(ctx, Role::Admin, async |change| change.revert(input.number, input.force).await).await?;
        let MutationResult { done: (subject, saved), revision } = written;
        let subject = Node::load(ctx, GlobalId::Subject(subject, saved.id)).await?;
        Ok(RevertRevisionPayload { subject, outcome: saved.outcome.into(), revision })
    }
}
