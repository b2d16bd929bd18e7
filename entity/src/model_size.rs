//! Sizes of models.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::vocabulary::CommercialUse;

/// A size of a model: a variant with a number of parameters of its own.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "model_size")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key)]
    pub id: i32,
    /// The model.
    #[sea_orm(indexed, unique_key = "label_of_model")]
    pub model_id: i32,
    /// The label as its source writes it, such as "7B"; unique within the model.
    #[sea_orm(column_type = "Text", unique_key = "label_of_model")]
    pub label: String,
    /// The number of parameters.
    pub parameters: i64,
    /// The number of parameters that are used for each token, for a mixture of experts; otherwise null.
    pub active_parameters: Option<i64>,
    /// The number of tokens that this size was trained on; null if unknown.
    pub training_tokens: Option<i64>,
    /// The date of the release, if it differs from that of the model; otherwise null.
    #[sea_orm(column_type = "Text", nullable)]
    pub stated_release_date: Option<String>,
    /// Derived: the date of the release of the size, or else of the model; null if unknown.
    #[sea_orm(column_type = "Text", nullable)]
    pub release_date: Option<String>,
    /// The license, if it differs from that of the model; otherwise null.
    #[sea_orm(indexed)]
    pub license_id: Option<i32>,
    /// Derived: the license of the size, or else of the model; null if unknown.
    #[sea_orm(indexed)]
    pub effective_license_id: Option<i32>,
    /// Whether commercial use is permitted, as a source states it for the size; null if none does.
    pub stated_commercial_use: Option<CommercialUse>,
    /// Derived: the stated commercial use of the size, that of its license, the one stated for the model, or that of the model's
    /// license, in this order.
    pub commercial_use: CommercialUse,

    /// The model.
    #[sea_orm(belongs_to, from = "model_id", to = "id", on_delete = "Cascade")]
    pub model: BelongsTo<super::model::Entity>,
    /// The license.
    #[sea_orm(belongs_to, from = "license_id", to = "id", on_delete = "Restrict")]
    pub license: BelongsTo<Option<super::license::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
