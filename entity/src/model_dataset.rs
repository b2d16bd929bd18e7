//! The junction table of models and the datasets that they were trained on.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

/// A dataset that a model was trained on.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "model_dataset")]
pub struct Model {
    /// The model.
    #[sea_orm(primary_key, auto_increment = false)]
    pub model_id: i32,
    /// The dataset.
    #[sea_orm(primary_key, auto_increment = false, indexed)]
    pub dataset_id: i32,
    /// The position among the datasets of the model, from 0.
    pub position: i32,
    /// The share of the training tokens, from 0 to 1; null if unknown.
    pub share: Option<f64>,
    /// The number of its tokens that the model was trained on, each counted as often as it was read; null if unknown.
    pub tokens: Option<i64>,
    /// How many times the model was trained on it; null if unknown.
    pub epochs: Option<f64>,

    /// The model.
    #[sea_orm(belongs_to, from = "model_id", to = "id", on_delete = "Cascade")]
    pub model: BelongsTo<super::model::Entity>,
    /// The dataset.
    #[sea_orm(belongs_to, from = "dataset_id", to = "id", on_delete = "Restrict")]
    pub dataset: BelongsTo<super::dataset::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
