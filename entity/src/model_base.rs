//! The bases of models.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::vocabulary::LineageRelation;

/// A model that another model was derived from, or one size of it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "model_base")]
pub struct Model {
    /// The derived model.
    #[sea_orm(primary_key, auto_increment = false)]
    pub model_id: i32,
    /// The position among the bases of the model, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    /// The base.
    #[sea_orm(indexed)]
    pub base_id: i32,
    /// Derived: `base_id` in the first row of the model with this base, otherwise null. So a model is related once to each base.
    #[sea_orm(indexed)]
    pub first_base_id: Option<i32>,
    /// How the model was derived from the base; null if unknown.
    pub relation: Option<LineageRelation>,
    /// The label of the size of the base; null if it is not one size.
    #[sea_orm(column_type = "Text", nullable)]
    pub base_size: Option<String>,
    /// The label of the size of the model; null if it is not one size.
    #[sea_orm(column_type = "Text", nullable)]
    pub own_size: Option<String>,

    /// The derived model.
    #[sea_orm(belongs_to, relation_enum = "Model", from = "model_id", to = "id", on_delete = "Cascade")]
    pub model: BelongsTo<super::model::Entity>,
    /// The base.
    #[sea_orm(belongs_to, relation_enum = "Base", from = "base_id", to = "id", on_delete = "Restrict")]
    pub base: BelongsTo<super::model::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
