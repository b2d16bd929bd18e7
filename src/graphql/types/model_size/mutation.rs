//! Mutations of one size. A size is part of the document of its model, so its revisions are those of the model.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use entity::vocabulary::{Role, SubjectType};

use crate::domain::cache_layers::CacheLayers;
use crate::domain::model::{ModelDocument, ModelSizeFactsPatch};
use crate::error::{Error, Result};
use crate::graphql::context::ContextExt;
use crate::graphql::input::{InputContext, Reference, patch_list};
use crate::graphql::mutation;
use crate::graphql::mutation::MutationResult;
use crate::graphql::scalars::{GlobalId, Slug};
use crate::graphql::types::evidence::{EvidenceChanges, patch_evidence};
use crate::graphql::types::license::CreateLicenseInput;
use crate::graphql::types::model::Model;
use crate::graphql::types::model::input::ModelSizeInput;
use crate::graphql::types::model_size::ModelSize;
use crate::query::relation_keys::SizesOf;
use crate::store::change::{Change, Saved};
use crate::store::documents::SubjectRef;
use crate::store::references::SlugIndex;

/// A size to add to a model.
#[derive(Clone, Debug, InputObject)]
pub struct CreateModelSizeInput {
    /// The slug of the model.
    model: Slug,
    /// The version of the model that was read: CONFLICT if another is current. Null: not checked.
    expected_version: Option<i32>,
    /// The size.
    size: ModelSizeInput,
}

/// The changes of a size. An absent field keeps its value, null clears it.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateModelSizeInput {
    /// The global id of the size.
    id: ID,
    /// The version of the model that was read: CONFLICT if another is current. Null: not checked.
    expected_version: Option<i32>,
    /// The label as its source writes it.
    label: MaybeUndefined<String>,
    #[graphql(flatten)]
    facts: ModelSizeFactsPatch,
    /// The cache of its layers for the tokens before, by groups of equal layers.
    cache_layers: MaybeUndefined<Vec<CacheLayers>>,
    /// The license, if it differs from that of the model.
    license: MaybeUndefined<Reference<CreateLicenseInput>>,
    /// The changes of the evidence about its facts.
    evidence: Option<EvidenceChanges>,
}

/// A size to delete.
#[derive(Clone, Debug, InputObject)]
pub struct DeleteModelSizeInput {
    /// The global id of the size.
    id: ID,
    /// The version of the model that was read: CONFLICT if another is current. Null: not checked.
    expected_version: Option<i32>,
}

/// The result of adding or updating a size.
#[derive(SimpleObject)]
pub struct ModelSizePayload {
    /// The size after the mutation.
    size: ModelSize,
    /// Its model.
    model: Model,
    /// The latest revision of the catalog.
    revision: i32,
}

/// The result of deleting a size.
#[derive(SimpleObject)]
pub struct DeleteModelSizePayload {
    /// The global id of the deleted size.
    deleted_id: ID,
    /// The model that it belonged to.
    model: Model,
    /// The latest revision of the catalog.
    revision: i32,
}

/// The mutations of sizes.
#[derive(Default)]
pub struct ModelSizeMutation;

#[Object]
impl ModelSizeMutation {
    /// Adds a size to a model. Requires EDITOR. Errors: NOT_FOUND; CONFLICT; INVALID_DOCUMENT.
    async fn create_model_size(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The size.")] input: CreateModelSizeInput,
        #[graphql(desc = "Why.")] reason: Option<String>,
    ) -> Option<Result<ModelSizePayload>> {
        Some(create(ctx, input, reason).await)
    }

    /// Updates a size, which keeps its id as long as it keeps its label. Requires EDITOR. Errors: INVALID_ID if there is no such
    /// size; CONFLICT; INVALID_DOCUMENT.
    async fn update_model_size(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The changes.")] input: UpdateModelSizeInput,
        #[graphql(desc = "Why.")] reason: Option<String>,
    ) -> Option<Result<ModelSizePayload>> {
        Some(update(ctx, input, reason).await)
    }

    /// Deletes a size of a model. Requires EDITOR. Errors: INVALID_ID if there is no such size; CONFLICT; INVALID_DOCUMENT if the
    /// model states from what the size was derived.
    async fn delete_model_size(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The size.")] input: DeleteModelSizeInput,
        #[graphql(desc = "Why.")] reason: Option<String>,
    ) -> Option<Result<DeleteModelSizePayload>> {
        Some(delete(ctx, input, reason).await)
    }
}

async fn create(ctx: &Context<'_>, input: CreateModelSizeInput, reason: Option<String>) -> Result<ModelSizePayload> {
    let work = async |change: &mut Change| save_new(change, input).await;
    payload(ctx, mutation::run_mutation(ctx, Role::Editor, reason, work).await?).await
}

/// Adds a size to its model. Returns the model and the label of the size.
///
/// # Errors
/// There is no such model, it has another version than expected, or the input is not valid.
pub async fn save_new(change: &mut Change, input: CreateModelSizeInput) -> Result<(Saved, String)> {
    let (subject, before) = change.load::<ModelDocument>(&input.model.0, input.expected_version).await?;
    let mut context = InputContext::new(change);
    let size = input.size.document("input.size", &mut context).await?;
    let label = size.label.clone();
    let mut after = before.clone();
    after.sizes.push(size);
    let index = after.sort_sizes().iter().position(|former| *former == before.sizes.len()).unwrap_or_default();
    context.moved("input", format!("sizes.{index}"), "size");
    let saved = context.update("input", subject, &before, &after).await?;
    Ok((context.finish(saved).await?, label))
}

async fn update(ctx: &Context<'_>, input: UpdateModelSizeInput, reason: Option<String>) -> Result<ModelSizePayload> {
    let work = async |change: &mut Change| save_update(change, input).await;
    payload(ctx, mutation::run_mutation(ctx, Role::Editor, reason, work).await?).await
}

/// Saves the update of a size. Returns its model and its label.
///
/// # Errors
/// There is no such size, its model has another version than expected, or the input is not valid.
pub async fn save_update(change: &mut Change, input: UpdateModelSizeInput) -> Result<(Saved, String)> {
    let (subject, before, index) = load(change, &input.id, input.expected_version).await?;
    let mut context = InputContext::of_update(change, SubjectType::Model, subject.id);
    let mut after = before.clone();
    let size = &mut after.sizes[index];
    context.patch_required("input", "label", &mut size.label, input.label);
    context.reject_nulls("input", input.facts.apply(size));
    patch_list(&mut size.cache_layers, input.cache_layers);
    Reference::patch(&mut size.license, input.license, "input.license", &mut context).await?;
    let label = size.label.clone();
    for base in &mut after.bases {
        if base.of.as_ref() == Some(&before.sizes[index].label) {
            base.of = Some(label.clone());
        }
    }
    for checkpoint in &mut after.checkpoints {
        if checkpoint.size.as_ref() == Some(&before.sizes[index].label) {
            checkpoint.size = Some(label.clone());
        }
    }
    let sorted = after.sort_sizes().iter().position(|former| *former == index).unwrap_or_default();
    let path = format!("sizes.{sorted}");
    let evidence = (&mut after.sizes[sorted].evidence, &before.sizes[index].label);
    let paths = ("input", &*format!("{path}.evidence"));
    patch_evidence(evidence.0, evidence.1, input.evidence, paths, &mut context).await?;
    context.moved("input", path, "");
    let saved = context.update("input", subject, &before, &after).await?;
    Ok((context.finish(saved).await?, label))
}

async fn delete(
    ctx: &Context<'_>,
    input: DeleteModelSizeInput,
    reason: Option<String>,
) -> Result<DeleteModelSizePayload> {
    let result = mutation::run_mutation(ctx, Role::Editor, reason, async |change| {
        let (subject, before, index) = load(change, &input.id, input.expected_version).await?;
        let mut after = before.clone();
        after.sizes.remove(index);
        change.update(subject, &before, &after).await
    });
    let MutationResult { done: saved, revision } = result.await?;
    Ok(DeleteModelSizePayload { deleted_id: input.id, model: mutation::read(ctx, saved.id).await?, revision })
}

/// Reads the model of a size, and the index of the size in it.
async fn load(change: &Change, id: &ID, expected: Option<i32>) -> Result<(SubjectRef, ModelDocument, usize)> {
    let not_found = || Error::InvalidId(id.chars().take(100).collect());
    let Some(GlobalId::ModelSize(model, label)) = GlobalId::parse(id) else { return Err(not_found()) };
    let slugs = SlugIndex::read(change.transaction(), [(SubjectType::Model, Some(model))]).await?;
    let slug = slugs.get(SubjectType::Model, Some(model)).ok_or_else(not_found)?;
    let (subject, model) = change.load::<ModelDocument>(&slug, expected).await?;
    let index = model.sizes.iter().position(|size| size.label == label).ok_or_else(not_found)?;
    Ok((subject, model, index))
}

/// Reads the saved size.
async fn payload(ctx: &Context<'_>, result: MutationResult<(Saved, String)>) -> Result<ModelSizePayload> {
    let MutationResult { done: (saved, label), revision } = result;
    let sizes = ctx.loaders().related(SizesOf(saved.id)).await?;
    let size = sizes.iter().find(|size| size.label == label).cloned().map(ModelSize);
    let not_found = || Error::NotFound { subject: "size any more", slug: label };
    Ok(ModelSizePayload { size: size.ok_or_else(not_found)?, model: mutation::read(ctx, saved.id).await?, revision })
}
