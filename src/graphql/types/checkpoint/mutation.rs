//! The input of checkpoints, and their mutation. A checkpoint is part of the document of its model, so its revisions are those of the
//! model.

use std::collections::HashSet;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::vocabulary::{Role, SubjectType};

use crate::domain::checkpoint::{CheckpointDocument, CheckpointFactsInput, parse_address, part};
use crate::domain::model::ModelDocument;
use crate::error::Result;
use crate::graphql::input::{InputContext, Reference};
use crate::graphql::mutation;
use crate::graphql::mutation::MutationResult;
use crate::graphql::scalars::{GlobalId, Slug};
use crate::graphql::types::evidence::{EvidenceChanges, patch_evidence};
use crate::graphql::types::license::CreateLicenseInput;
use crate::graphql::types::model::Model;
use crate::store::change::{Change, Saved};

/// A checkpoint of a model. Give only facts that differ from the checkpoint that it was converted from, its size and its model.
#[derive(Clone, Debug, InputObject)]
pub struct CheckpointInput {
    /// The label of the size.
    size: Option<String>,
    /// The hub.
    #[graphql(default = "huggingface")]
    hub: String,
    /// The repository.
    repository: String,
    /// The commit, branch or tag, if the address has one.
    revision: Option<String>,
    /// The file or folder, if the address has one.
    path: Option<String>,
    #[graphql(flatten)]
    facts: CheckpointFactsInput,
    /// The license.
    license: Option<Reference<CreateLicenseInput>>,
    /// The changes of the evidence about its facts.
    evidence: Option<EvidenceChanges>,
}

/// Changes of the checkpoints of a model.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateCheckpointsInput {
    /// The slug of the model.
    model: Slug,
    /// The version of the model that was read: CONFLICT if another is current. Null: not checked.
    expected_version: Option<i32>,
    /// Checkpoints to add. One with the same address is replaced and keeps its evidence.
    put: Option<Vec<CheckpointInput>>,
    /// The global ids of checkpoints to delete.
    delete: Option<Vec<ID>>,
}

/// The result of changing checkpoints.
#[derive(SimpleObject)]
pub struct UpdateCheckpointsPayload {
    /// The model after the mutation.
    model: Model,
    /// The latest revision of the catalog.
    revision: i32,
}

/// The mutation of checkpoints.
#[derive(Default)]
pub struct CheckpointMutation;

#[Object]
impl CheckpointMutation {
    /// Adds, replaces and deletes checkpoints of a model. Requires EDITOR. Errors: NOT_FOUND; CONFLICT; INVALID_DOCUMENT.
    async fn update_checkpoints(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes.")] input: UpdateCheckpointsInput,
        #[graphql(desc = "Why.")] reason: Option<String>,
    ) -> Option<Result<UpdateCheckpointsPayload>> {
        Some(Box::pin(update(ctx, input, reason)).await)
    }
}

async fn update(
    ctx: &Context<'_>,
    input: UpdateCheckpointsInput,
    reason: Option<String>,
) -> Result<UpdateCheckpointsPayload> {
    let work = async |change: &mut Change| save(change, input).await;
    let MutationResult { done: saved, revision } = mutation::run_mutation(ctx, Role::Editor, reason, work).await?;
    Ok(UpdateCheckpointsPayload { model: mutation::read(ctx, saved.id).await?, revision })
}

/// Saves changes of the checkpoints of a model.
///
/// # Errors
/// There is no such model, it has another version than expected, or the input is not valid.
pub async fn save(change: &mut Change, input: UpdateCheckpointsInput) -> Result<Saved> {
    let (subject, before) = change.load::<ModelDocument>(&input.model.0, input.expected_version).await?;
    let mut context = InputContext::of_update(change, SubjectType::Model, subject.id);
    let mut after = before.clone();
    let mut deleted = HashSet::new();
    for (index, id) in input.delete.into_iter().flatten().enumerate() {
        let key = match GlobalId::parse(&id) {
            Some(GlobalId::Checkpoint(address)) => Some(parse_address(&address)),
            _ => None,
        };
        match key.filter(|key| after.checkpoints.iter().any(|checkpoint| checkpoint.key() == *key)) {
            Some(key) => drop(deleted.insert(key)),
            None => context.problem(format!("input.delete.{index}"), "is no checkpoint of the model"),
        }
    }
    after.checkpoints.retain(|checkpoint| !deleted.contains(&checkpoint.key()));
    put(&mut after, input.put.unwrap_or_default(), "input", "put", &mut context).await?;
    let saved = context.update("input", subject, &before, &after).await?;
    context.finish(saved).await
}

/// Adds checkpoints to a model, or replaces those with the same address. `field` is the field of the inputs in the input at `path`.
///
/// # Errors
/// The database fails. Problems of the input are collected in the context.
pub async fn put(
    model: &mut ModelDocument,
    inputs: Vec<CheckpointInput>,
    path: &str,
    field: &str,
    context: &mut InputContext<'_>,
) -> Result<()> {
    let list = &mut model.checkpoints;
    let mut given = HashSet::new();
    let mut added = Vec::new();
    for (index, input) in inputs.into_iter().enumerate() {
        let path = format!("{path}.{field}.{index}");
        let mut checkpoint = CheckpointDocument::new(input.hub, input.repository, input.revision, input.path);
        input.facts.set(&mut checkpoint);
        checkpoint.size = input.size;
        checkpoint.license = Reference::resolve_optional(input.license, &format!("{path}.license"), context).await?;
        let key = checkpoint.key();
        let place = list.iter().position(|known| known.key() == key);
        if let Some(place) = place {
            let before = list.remove(place);
            checkpoint.evidence = before.evidence;
            // The address keeps its spelling, which other checkpoints and evidence refer to.
            checkpoint.repository = before.repository;
        }
        let part = part(&checkpoint.address());
        patch_evidence(&mut checkpoint.evidence, &part, input.evidence, (&path, ""), context).await?;
        if !given.insert(key) {
            context.problem(path, "has the same address as another checkpoint of the input");
        }
        added.push(checkpoint);
    }
    let known = list.len();
    list.append(&mut added);
    for (index, former) in model.sort_checkpoints().into_iter().enumerate() {
        if let Some(of_input) = former.checked_sub(known) {
            context.moved(path, format!("checkpoints.{index}"), &format!("{field}.{of_input}"));
        }
    }
    Ok(())
}
