//! The licenses that apply to sizes of derived models in addition to their own.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

/// Derived: a license of a model that the model of a size was derived from, directly or indirectly.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "inherited_license")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key)]
    pub id: i32,
    /// The size.
    #[sea_orm(indexed)]
    pub model_size_id: i32,
    /// The model of the size.
    #[sea_orm(indexed)]
    pub model_id: i32,
    /// The license; null if that of a model is unknown.
    #[sea_orm(indexed)]
    pub license_id: Option<i32>,

    /// The size.
    #[sea_orm(belongs_to, from = "model_size_id", to = "id", on_delete = "Cascade")]
    pub size: BelongsTo<super::model_size::Entity>,
    /// The model of the size.
    #[sea_orm(belongs_to, from = "model_id", to = "id", on_delete = "Cascade")]
    pub model: BelongsTo<super::model::Entity>,
    /// The license.
    #[sea_orm(belongs_to, from = "license_id", to = "id", on_delete = "Restrict")]
    pub license: BelongsTo<Option<super::license::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
