//! The junction table of models and the organizations that made them.

use sea_orm::entity::prelude::*;

/// An organization that made a model.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "model_organization")]
pub struct Model {
    /// The model.
    #[sea_orm(primary_key, auto_increment = false)]
    pub model_id: i32,
    /// The organization.
    #[sea_orm(primary_key, auto_increment = false, indexed)]
    pub organization_id: i32,
    /// The position among the organizations of the model, from 0.
    pub position: i32,

    /// The model.
    #[sea_orm(belongs_to, from = "model_id", to = "id", on_delete = "Cascade")]
    pub model: BelongsTo<super::model::Entity>,
    /// The organization.
    #[sea_orm(belongs_to, from = "organization_id", to = "id", on_delete = "Restrict")]
    pub organization: BelongsTo<super::organization::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
