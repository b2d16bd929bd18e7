//! A size of a model.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

/// One size that a model comes in.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "model_size")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key)]
    pub id: i32,
    /// The model.
    #[sea_orm(indexed, unique_key = "label_of_model")]
    pub model_id: i32,
    /// The size as its source writes it.
    #[sea_orm(column_type = "Text", unique_key = "label_of_model")]
    pub label: String,
    /// The number of parameters.
    pub parameters: i64,
    /// The parameters used for one token, where that is fewer.
    pub active_parameters: Option<i64>,
    /// The tokens this size was trained on.
    pub training_tokens: Option<i64>,
    /// The license, where it differs from the model's.
    #[sea_orm(indexed)]
    pub license_id: Option<i32>,

    /// The model.
    #[sea_orm(belongs_to, from = "model_id", to = "id", on_delete = "Cascade")]
    pub model: BelongsTo<super::model::Entity>,
    /// The license.
    #[sea_orm(belongs_to, from = "license_id", to = "id", on_delete = "Restrict")]
    pub license: BelongsTo<Option<super::license::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
