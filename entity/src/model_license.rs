//! The junction table of models and the licenses that apply to them.

use sea_orm::entity::prelude::*;

/// Derived: a license that applies to at least one size of a model, or to a model without sizes.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "model_license")]
pub struct Model {
    /// The model.
    #[sea_orm(primary_key, auto_increment = false)]
    pub model_id: i32,
    /// The license.
    #[sea_orm(primary_key, auto_increment = false, indexed)]
    pub license_id: i32,
    /// The position among the licenses of the model, from 0, in the order of its sizes.
    pub position: i32,

    /// The model.
    #[sea_orm(belongs_to, from = "model_id", to = "id", on_delete = "Cascade")]
    pub model: BelongsTo<super::model::Entity>,
    /// The license.
    #[sea_orm(belongs_to, from = "license_id", to = "id", on_delete = "Restrict")]
    pub license: BelongsTo<super::license::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
