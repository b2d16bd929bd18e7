//! Editing one size of a model. A size is part of its model's document, so its history is the model's.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object, SimpleObject};
use entity::vocabulary::Role;

use crate::domain::model::ModelDocument;
use crate::error::{Error, Result};
use crate::graphql::context::ContextExt;
use crate::graphql::input::{InputContext, Reference, patch as set};
use crate::graphql::mutation;
use crate::graphql::mutation::MutationResult;
use crate::graphql::scalars::{Count, GlobalId, Slug};
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
    /// The version that you believe the model to be at. Another is a CONFLICT. Without: whatever it is at.
    expected_version: Option<i32>,
    /// The size.
    size: ModelSizeInput,
}

/// What changes of a size. What is absent stays, null clears.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateModelSizeInput {
    /// The global id of the size.
    id: ID,
    /// The version that you believe the model to be at. Another is a CONFLICT. Without: whatever it is at.
    expected_version: Option<i32>,
    /// The size as its source writes it.
    label: Option<String>,
    /// The number of parameters.
    parameters: Option<Count>,
    /// The parameters used for one token, for a mixture of experts.
    active_parameters: MaybeUndefined<Count>,
    /// The tokens that this size was trained on.
    training_tokens: MaybeUndefined<Count>,
    /// The license, where it differs from the model's.
    license: MaybeUndefined<Reference<CreateLicenseInput>>,
}

/// A size to take away.
#[derive(Clone, Debug, InputObject)]
pub struct DeleteModelSizeInput {
    /// The global id of the size.
    id: ID,
    /// The version that you believe the model to be at. Another is a CONFLICT. Without: whatever it is at.
    expected_version: Option<i32>,
}

/// A size that was added or changed.
#[derive(SimpleObject)]
pub struct ModelSizePayload {
    /// The size as it is now.
    size: ModelSize,
    /// Its model.
    model: Model,
    /// The number of the catalog's last revision after it.
    revision: i32,
}

/// A size that was taken away.
#[derive(SimpleObject)]
pub struct DeleteModelSizePayload {
    /// The global id that it had.
    deleted_id: ID,
    /// The model it belonged to.
    model: Model,
    /// The number of the catalog's last revision after it.
    revision: i32,
}

/// Mutations of sizes.
#[derive(Default)]
pub struct ModelSizeMutation;

#[Object]
impl ModelSizeMutation {
    /// Adds a size to a model. EDITOR.
    async fn create_model_size(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The size.")] input: CreateModelSizeInput,
    ) -> Result<ModelSizePayload> {
        let written = mutation::run_mutation(ctx, Role::Editor, async |change| {
            let (subject, before) = change.load::<ModelDocument>(&input.model.0, input.expected_version).await?;
            let mut draft = InputContext::new(change);
            let size = input.size.document("input.size", &mut draft).await?;
            let label = size.label.clone();
            let mut after = before.clone();
            after.sizes.push(size);
            after.sort_sizes();
            let saved = draft.update("input", subject, &before, &after).await?;
            Ok((draft.finish(saved)?, label))
        });
        payload(ctx, written.await?).await
    }

    /// Changes a size. A size keeps its id as long as it keeps its label. EDITOR.
    async fn update_model_size(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes.")] input: UpdateModelSizeInput,
    ) -> Result<ModelSizePayload> {
        let written = mutation::run_mutation(ctx, Role::Editor, async |change| {
            let (subject, before, place) = load(change, &input.id, input.expected_version).await?;
            let mut draft = InputContext::new(change);
            let mut after = before.clone();
            let size = &mut after.sizes[place];
            size.label = input.label.unwrap_or_else(|| size.label.clone());
            size.parameters = input.parameters.map_or(size.parameters, |count| count.0);
            set(&mut size.active_parameters, input.active_parameters.map_value(|count| count.0));
            set(&mut size.training_tokens, input.training_tokens.map_value(|count| count.0));
            if !input.license.is_undefined() {
                size.license = Reference::resolve_optional(input.license.take(), "input.license", &mut draft).await?;
            }
            let label = size.label.clone();
            after.sort_sizes();
            let saved = draft.update("input", subject, &before, &after).await?;
            Ok((draft.finish(saved)?, label))
        });
        payload(ctx, written.await?).await
    }

    /// Takes a size away from its model. EDITOR.
    async fn delete_model_size(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which size.")] input: DeleteModelSizeInput,
    ) -> Result<DeleteModelSizePayload> {
        let written = mutation::run_mutation(ctx, Role::Editor, async |change| {
            let (subject, before, place) = load(change, &input.id, input.expected_version).await?;
            let mut after = before.clone();
            after.sizes.remove(place);
            change.update(subject, &before, &after).await
        });
        let MutationResult { done: saved, revision } = written.await?;
        Ok(DeleteModelSizePayload { deleted_id: input.id, model: mutation::read(ctx, saved.id).await?, revision })
    }
}

/// Reads the model of the size that an id stands for, to change it, and the place of the size in it.
async fn load(change: &Change, id: &ID, expected: Option<i32>) -> Result<(SubjectRef, ModelDocument, usize)> {
    let gone = || Error::InvalidId(id.chars().take(100).collect());
    let Some(GlobalId::ModelSize(model, label)) = GlobalId::parse(id) else { return Err(gone()) };
    let slugs = SlugIndex::read::<ModelDocument>(change.transaction(), vec![Some(model)]).await?;
    let slug = slugs.get(Some(model)).ok_or_else(gone)?;
    let (subject, model) = change.load::<ModelDocument>(&slug, expected).await?;
    let place = model.sizes.iter().position(|size| size.label == label).ok_or_else(gone)?;
    Ok((subject, model, place))
}

/// Reads what was saved.
async fn payload(ctx: &Context<'_>, written: MutationResult<(Saved, String)>) -> Result<ModelSizePayload> {
    let MutationResult { done: (saved, label), revision } = written;
    let sizes = ctx.loaders().related(SizesOf(saved.id)).await?;
    let size = sizes.iter().find(|size| size.label == label).cloned().map(ModelSize);
    let gone = || Error::NotFound { noun: "size any more", slug: label };
    Ok(ModelSizePayload { size: size.ok_or_else(gone)?, model: mutation::read(ctx, saved.id).await?, revision })
}
