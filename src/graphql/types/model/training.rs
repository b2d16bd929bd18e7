//! Training data: the datasets that a model was trained on.

use std::sync::Arc;

use async_graphql::{Context, InputObject, MaybeUndefined, Object};
use entity::{dataset, model_dataset};
use sea_orm::DbErr;

use crate::domain::count::Count;
use crate::domain::slug;
use crate::domain::training::TrainingDocument;
use crate::error::{Error, Result};
use crate::graphql::context::ContextExt;
use crate::graphql::input::{InputContext, Reference};
use crate::graphql::types::dataset::{CreateDatasetInput, Dataset};

/// A dataset that a model was trained on.
pub struct TrainingData(pub Arc<model_dataset::Model>);

#[macros::charged_fields]
/// A dataset that a model was trained on.
#[Object]
impl TrainingData {
    /// The dataset.
    async fn dataset(&self, ctx: &Context<'_>) -> Result<Dataset> {
        let row = ctx.loaders().row::<dataset::Entity>(self.0.dataset_id).await?;
        // Another request deleted the dataset after this one had read the row.
        let missing = || DbErr::RecordNotFound(format!("dataset {}", self.0.dataset_id));
        row.map(Dataset).ok_or_else(|| Error::internal(missing()))
    }

    /// The share of the training tokens, from 0 to 1. Null if unknown.
    async fn share(&self) -> Option<f64> {
        self.0.share
    }

    /// The number of its tokens that the model was trained on, each counted as often as it was read. Null if unknown.
    async fn tokens(&self) -> Option<Count> {
        self.0.tokens.map(Count::from_column)
    }

    /// How many times the model was trained on it. Null if unknown.
    async fn epochs(&self) -> Option<f64> {
        self.0.epochs
    }
}

/// A dataset that a model was trained on.
#[derive(Clone, Debug, InputObject)]
pub struct TrainingDataInput {
    /// The dataset.
    dataset: Reference<CreateDatasetInput>,
    /// The share of the training tokens, above 0 and at most 1.
    share: Option<f64>,
    /// The number of its tokens that the model was trained on.
    tokens: Option<Count>,
    /// How many times the model was trained on it.
    epochs: Option<f64>,
}

/// Updates the training data of a model from the inputs `datasets` and `training`, which exclude each other. Datasets that are given
/// alone keep their numbers.
///
/// # Errors
/// The database fails. Problems of the input are collected in the context.
pub async fn patch_training(
    list: &mut Vec<TrainingDocument>,
    datasets: MaybeUndefined<Vec<Reference<CreateDatasetInput>>>,
    training: MaybeUndefined<Vec<TrainingDataInput>>,
    path: &str,
    context: &mut InputContext<'_>,
) -> Result<()> {
    if !datasets.is_undefined() && !training.is_undefined() {
        context.problem(format!("{path}.datasets"), "is given together with `training`, which has all datasets");
    }
    if !training.is_undefined() {
        list.clear();
        for (index, input) in training.take().unwrap_or_default().into_iter().enumerate() {
            let TrainingDataInput { dataset, share, tokens, epochs } = input;
            let dataset = dataset.resolve(&format!("{path}.training.{index}.dataset"), context).await?;
            list.push(TrainingDocument { dataset, share, tokens, epochs });
        }
    } else if !datasets.is_undefined() {
        let slugs = datasets.take().unwrap_or_default();
        let slugs = Reference::resolve_all(slugs, &format!("{path}.datasets"), context).await?;
        let known = std::mem::take(list);
        let data = |slug: slug::Slug| {
            let known = known.iter().find(|data| data.dataset == slug).cloned();
            known.unwrap_or_else(|| TrainingDocument::new(slug))
        };
        list.extend(slugs.into_iter().map(data));
    }
    Ok(())
}
