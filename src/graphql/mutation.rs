//! Mutations of all types of subjects: roles, transactions, idempotency keys, deletion and undo.

use std::collections::HashMap;

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use entity::vocabulary::Role;
use futures_util::future::try_join_all;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::domain::document::SubjectDocument;
use crate::domain::limits::MAX_NOTE_CHARACTERS;
use crate::error::{Error, Result};
use crate::graphql::connection::ConnectionNode;
use crate::graphql::context::ContextExt;
use crate::graphql::input::{CreateInput, InputContext, UpdateInput};
use crate::graphql::node::Node;
use crate::graphql::scalars::{GlobalId, Slug};
use crate::store::change::{self, Change, Saved};
use crate::store::documents::Persist;
use crate::store::idempotency::IdempotencyKey;

/// The result of saving a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "change::Outcome")]
pub enum Outcome {
    /// The subject was created.
    Created,
    /// At least one field of the subject has changed.
    Updated,
    /// The subject already had this state; nothing was written.
    Unchanged,
}

/// The subject to delete.
#[derive(Clone, Debug, InputObject)]
pub struct DeleteInput {
    /// The slug of the subject.
    slug: Slug,
    /// The version that the subject must have (optimistic concurrency control). If it has another one, the mutation fails with
    /// CONFLICT. If null, the version is not checked.
    expected_version: Option<i32>,
}

/// A subject that was deleted.
#[derive(SimpleObject)]
pub struct DeletePayload {
    /// The global id that the subject had.
    deleted_id: ID,
    /// The number of the last revision of the catalog after the mutation.
    revision: i32,
}

/// The result of a mutation. It is stored as JSON for retries with the same idempotency key.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MutationResult<T> {
    /// The value that the mutation returns.
    pub done: T,
    /// The number of the last revision of the catalog after the mutation.
    pub revision: i32,
}

/// Runs a mutation in one transaction, with revisions by the actor of the request, for the reason that it gives. If the request has an `Idempotency-Key` and
/// was executed before, returns the stored result instead.
///
/// # Errors
/// The actor lacks the role, the reason is empty or too long, the idempotency key was used for another request, or the mutation
/// fails; then nothing is written.
pub async fn run_mutation<T, W>(
    ctx: &Context<'_>,
    needs: Role,
    reason: Option<String>,
    work: W,
) -> Result<MutationResult<T>>
where
    T: Serialize + DeserializeOwned,
    W: AsyncFnOnce(&mut Change) -> Result<T>,
{
    let actor = ctx.require(needs)?;
    check_reason(reason.as_deref())?;
    let mut change = Change::begin(ctx.database(), actor).await?;
    if let Some(result) = stored_result(ctx, &change).await? {
        return Ok(result);
    }
    change.set_reason(reason);
    let done = work(&mut change).await?;
    commit(ctx, change, done).await
}

/// Checks the reason of a change.
///
/// # Errors
/// It is empty or too long.
pub fn check_reason(reason: Option<&str>) -> Result<()> {
    let Some(reason) = reason else { return Ok(()) };
    if reason.trim().is_empty() {
        return Err(Error::InvalidArgument("`reason` is empty; omit it if there is none.".to_owned()));
    }
    let length = reason.chars().count();
    if length > MAX_NOTE_CHARACTERS {
        let message = format!("`reason` has {length} characters; give at most {MAX_NOTE_CHARACTERS}.");
        return Err(Error::InvalidArgument(message));
    }
    Ok(())
}

/// Returns the result of this field from an earlier request with the same idempotency key, if there is one.
///
/// # Errors
/// The key was used for another request.
pub async fn stored_result<T: DeserializeOwned>(
    ctx: &Context<'_>,
    change: &Change,
) -> Result<Option<MutationResult<T>>> {
    match ctx.data_opt::<IdempotencyKey>() {
        Some(key) => change.stored_result(key, response_key(ctx)).await,
        None => Ok(None),
    }
}

/// Commits a change, and stores its result in the same transaction if the request has an idempotency key.
///
/// # Errors
/// The database fails; then nothing is written.
pub async fn commit<T: Serialize>(ctx: &Context<'_>, change: Change, done: T) -> Result<MutationResult<T>> {
    let result = MutationResult { done, revision: change.revision() };
    if let Some(key) = ctx.data_opt::<IdempotencyKey>() {
        change.store_result(key, response_key(ctx), &result).await?;
    }
    change.commit().await?;
    Ok(result)
}

/// Returns the response key of a field, which is unique among the root fields of a request.
fn response_key<'a>(ctx: &'a Context<'_>) -> &'a str {
    ctx.item.node.response_key().node.as_str()
}

/// A subject that a mutation has written.
pub struct SavedSubject<T> {
    /// The subject after the mutation.
    pub subject: T,
    /// The result of saving it.
    pub outcome: Outcome,
}

/// Creates a subject. Needs the role EDITOR. Returns it with the number of the last revision.
///
/// # Errors
/// The input is not valid, or a subject has its slug.
pub async fn create<T: SubjectObject, I: CreateInput>(
    ctx: &Context<'_>,
    input: I,
    reason: Option<String>,
) -> Result<(SavedSubject<T>, i32)> {
    let result = run_mutation(ctx, Role::Editor, reason, async |change| save_new(change, input).await);
    let MutationResult { done: saved, revision } = result.await?;
    Ok((saved_subject(ctx, saved).await?, revision))
}

/// Saves a new subject.
///
/// # Errors
/// As [`create`].
pub async fn save_new<I: CreateInput>(change: &mut Change, input: I) -> Result<Saved> {
    let mut context = InputContext::new(change);
    let document = input.document("input", &mut context).await?;
    let saved = context.create("input", &document).await?;
    context.finish(saved).await
}

/// Updates a subject. Needs the role EDITOR. Returns it with the number of the last revision.
///
/// # Errors
/// There is no such subject, it has another version than expected, the input is not valid, or another subject has the new slug.
pub async fn update<T: SubjectObject, I: UpdateInput>(
    ctx: &Context<'_>,
    input: I,
    reason: Option<String>,
) -> Result<(SavedSubject<T>, i32)> {
    let result = run_mutation(ctx, Role::Editor, reason, async |change| save_update(change, input).await);
    let MutationResult { done: saved, revision } = result.await?;
    Ok((saved_subject(ctx, saved).await?, revision))
}

/// Saves the update of a subject.
///
/// # Errors
/// As [`update`].
pub async fn save_update<I: UpdateInput>(change: &mut Change, input: I) -> Result<Saved> {
    let (slug, expected) = input.subject();
    let (subject, before) = change.load::<I::Document>(&slug, expected).await?;
    let mut context = InputContext::of_update(change, I::Document::SUBJECT, subject.id);
    let after = input.apply("input", before.clone(), &mut context).await?;
    let saved = context.update("input", subject, &before, &after).await?;
    context.finish(saved).await
}

/// Creates or replaces subjects, in one transaction. Needs the role EDITOR. `path` is the path of the list of inputs. Returns
/// the subjects in the order of the inputs, with the number of the last revision.
///
/// # Errors
/// An input is not valid, or two have the same slug.
pub async fn upsert<T: SubjectObject, I: CreateInput>(
    ctx: &Context<'_>,
    path: &str,
    inputs: Vec<I>,
    reason: Option<String>,
) -> Result<(Vec<SavedSubject<T>>, i32)> {
    let result = run_mutation(ctx, Role::Editor, reason, async |change| {
        let mut context = InputContext::new(change);
        let (mut all, mut paths) = (Some(Vec::new()), HashMap::new());
        for (index, input) in inputs.into_iter().enumerate() {
            let path = format!("{path}.{index}");
            let document = input.document(&path, &mut context).await?;
            if let Some(first) = paths.insert(document.slug().clone(), path.clone()) {
                context.problem(format!("{path}.slug"), &format!("is also the slug of {first}"));
            }
            match (context.save(&path, &document).await?, &mut all) {
                (Some(saved), Some(all)) => all.push(saved),
                _ => all = None,
            }
        }
        context.finish(all).await
    });
    let MutationResult { done: all, revision } = result.await?;
    Ok((try_join_all(all.into_iter().map(|saved| saved_subject(ctx, saved))).await?, revision))
}

async fn saved_subject<T: SubjectObject>(ctx: &Context<'_>, saved: Saved) -> Result<SavedSubject<T>> {
    Ok(SavedSubject { subject: read(ctx, saved.id).await?, outcome: saved.outcome.into() })
}

/// Deletes a subject. Needs the role EDITOR.
///
/// # Errors
/// There is no such subject, it has another version than expected, or others refer to it.
pub async fn delete<D: Persist>(
    ctx: &Context<'_>,
    input: DeleteInput,
    reason: Option<String>,
) -> Result<DeletePayload> {
    let result = run_mutation(ctx, Role::Editor, reason, async |change| save_deletion::<D>(change, input).await);
    let MutationResult { done: id, revision } = result.await?;
    Ok(DeletePayload { deleted_id: GlobalId::Subject(D::SUBJECT, id).id(), revision })
}

/// Deletes a subject. Returns the id that it had.
///
/// # Errors
/// As [`delete`].
pub async fn save_deletion<D: Persist>(change: &mut Change, input: DeleteInput) -> Result<i32> {
    let (subject, before) = change.load::<D>(&input.slug.0, input.expected_version).await?;
    change.delete(subject, &before).await?;
    Ok(subject.id)
}

/// The GraphQL object of a subject, whose row can be loaded by its id.
pub trait SubjectObject: ConnectionNode<Row: DeserializeOwned> {}

impl<T: ConnectionNode<Row: DeserializeOwned>> SubjectObject for T {}

/// Loads a subject that this mutation has saved.
///
/// # Errors
/// It has been deleted since.
pub async fn read<T: SubjectObject>(ctx: &Context<'_>, id: i32) -> Result<T> {
    let row = ctx.loaders().row::<T::Entity>(id).await?;
    // Another mutation may delete it between the commit and this read.
    let deleted = || Error::NotFound { subject: "subject any more", slug: T::NAME.to_lowercase() };
    row.map(T::of).ok_or_else(deleted)
}

/// The revision to undo.
#[derive(Clone, Debug, InputObject)]
pub struct RevertRevisionInput {
    /// The number of the revision.
    number: i32,
    /// Whether to restore the state before the revision even if later revisions changed the same subject. Their changes are
    /// undone too.
    #[graphql(default)]
    force: bool,
}

/// A revision that was undone.
#[derive(SimpleObject)]
pub struct RevertRevisionPayload {
    /// The subject after the mutation. Null if undoing deleted it, because the revision had created it.
    subject: Option<Node>,
    /// UPDATED if the subject was changed or deleted, CREATED if a deleted subject was restored, UNCHANGED if the subject
    /// already had the state before the revision.
    outcome: Outcome,
    /// The number of the last revision of the catalog after the mutation.
    revision: i32,
}

/// The mutation that undoes revisions.
#[derive(Default)]
pub struct HistoryMutation;

#[Object]
impl HistoryMutation {
    /// Undoes a revision: restores the state of its subject before it, in a new revision. References are to the subjects that
    /// they meant then. A deleted subject comes back with its parts and its id; one that the revision created is deleted.
    /// Requires ADMIN. Errors: NOT_FOUND; CONFLICT if later revisions changed the subject and `force` is false;
    /// INVALID_DOCUMENT if the state refers to a deleted subject, or would make a cycle of bases; ALREADY_EXISTS if another
    /// subject has its slug; IN_USE if others refer to the one to delete.
    async fn revert_revision(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The revision to undo.")] input: RevertRevisionInput,
        #[graphql(desc = "Why.")] reason: Option<String>,
    ) -> Option<Result<RevertRevisionPayload>> {
        Some(revert(ctx, &input, reason).await)
    }
}

async fn revert(
    ctx: &Context<'_>,
    input: &RevertRevisionInput,
    reason: Option<String>,
) -> Result<RevertRevisionPayload> {
    let work = async |change: &mut Change| change.revert(input.number, input.force).await;
    let result = run_mutation(ctx, Role::Admin, reason, work).await?;
    let MutationResult { done: (subject, saved), revision } = result;
    let subject = Node::load(ctx, GlobalId::Subject(subject, saved.id)).await?;
    Ok(RevertRevisionPayload { subject, outcome: saved.outcome.into(), revision })
}
