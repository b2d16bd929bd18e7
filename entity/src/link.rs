//! Links.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::vocabulary::LinkKind;

/// A link to further information about a subject. Exactly one of the ids of subjects is not null.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "link")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key)]
    pub id: i32,
    /// The model that the link belongs to.
    #[sea_orm(indexed)]
    pub model_id: Option<i32>,
    /// The dataset that the link belongs to.
    #[sea_orm(indexed)]
    pub dataset_id: Option<i32>,
    /// The license that the link belongs to.
    #[sea_orm(indexed)]
    pub license_id: Option<i32>,
    /// The architecture that the link belongs to.
    #[sea_orm(indexed)]
    pub architecture_id: Option<i32>,
    /// The position among the links of the subject, from 0.
    pub position: i32,
    /// The kind of resource the link points to.
    pub kind: LinkKind,
    /// The link text; null if the source has none.
    #[sea_orm(column_type = "Text", nullable)]
    pub title: Option<String>,
    /// The URL as its source writes it: absolute, or relative to the source's repository.
    #[sea_orm(column_type = "Text")]
    pub url: String,

    /// The model that the link belongs to.
    #[sea_orm(belongs_to, from = "model_id", to = "id", on_delete = "Cascade")]
    pub model: BelongsTo<Option<super::model::Entity>>,
    /// The dataset that the link belongs to.
    #[sea_orm(belongs_to, from = "dataset_id", to = "id", on_delete = "Cascade")]
    pub dataset: BelongsTo<Option<super::dataset::Entity>>,
    /// The license that the link belongs to.
    #[sea_orm(belongs_to, from = "license_id", to = "id", on_delete = "Cascade")]
    pub license: BelongsTo<Option<super::license::Entity>>,
    /// The architecture that the link belongs to.
    #[sea_orm(belongs_to, from = "architecture_id", to = "id", on_delete = "Cascade")]
    pub architecture: BelongsTo<Option<super::architecture::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
