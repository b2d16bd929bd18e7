//! A link.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::vocabulary::LinkKind;

/// Where to read more about exactly one model, dataset, license or architecture.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "link")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key)]
    pub id: i32,
    /// The model it belongs to.
    #[sea_orm(indexed)]
    pub model_id: Option<i32>,
    /// The dataset it belongs to.
    #[sea_orm(indexed)]
    pub dataset_id: Option<i32>,
    /// The license it belongs to.
    #[sea_orm(indexed)]
    pub license_id: Option<i32>,
    /// The architecture it belongs to.
    #[sea_orm(indexed)]
    pub architecture_id: Option<i32>,
    /// The place among its owner's links, from 0.
    pub position: i32,
    /// What stands behind it.
    pub kind: LinkKind,
    /// Its text.
    #[sea_orm(column_type = "Text", nullable)]
    pub title: Option<String>,
    /// The address as its source writes it: absolute, or relative to the source's repository.
    #[sea_orm(column_type = "Text")]
    pub url: String,

    /// The model it belongs to.
    #[sea_orm(belongs_to, from = "model_id", to = "id", on_delete = "Cascade")]
    pub model: BelongsTo<Option<super::model::Entity>>,
    /// The dataset it belongs to.
    #[sea_orm(belongs_to, from = "dataset_id", to = "id", on_delete = "Cascade")]
    pub dataset: BelongsTo<Option<super::dataset::Entity>>,
    /// The license it belongs to.
    #[sea_orm(belongs_to, from = "license_id", to = "id", on_delete = "Cascade")]
    pub license: BelongsTo<Option<super::license::Entity>>,
    /// The architecture it belongs to.
    #[sea_orm(belongs_to, from = "architecture_id", to = "id", on_delete = "Cascade")]
    pub architecture: BelongsTo<Option<super::architecture::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
