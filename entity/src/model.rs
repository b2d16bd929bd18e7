//! A model.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::vocabulary::{CommercialUse, DataUnit, ModelKind, Words};

/// A large language model, as a family of sizes under one name.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "model")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key)]
    pub id: i32,
    /// The name that addresses use.
    #[sea_orm(unique, column_type = "Text")]
    pub slug: String,
    /// The name as its source writes it.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// The name normalised; orders and is compared without regard to case.
    #[sea_orm(column_type = "Text")]
    pub name_key: String,
    /// Other names.
    #[sea_orm(column_type = "JsonBinary")]
    pub aliases: Words,
    /// Foundation or derived.
    pub kind: ModelKind,
    /// The place in the source list.
    pub position: Option<i32>,
    /// What else is to say, in Chinese.
    #[sea_orm(column_type = "Text", nullable)]
    pub summary_zh: Option<String>,
    /// What else is to say, in English.
    #[sea_orm(column_type = "Text", nullable)]
    pub summary_en: Option<String>,
    /// When the weights were released.
    pub release_date: Option<Date>,
    /// The license.
    #[sea_orm(indexed)]
    pub license_id: Option<i32>,
    /// The architecture.
    #[sea_orm(indexed)]
    pub architecture_id: Option<i32>,
    /// The model this one was derived from.
    #[sea_orm(indexed)]
    pub base_model_id: Option<i32>,
    /// Commercial use as the source states it for the model itself.
    pub stated_commercial_use: Option<CommercialUse>,
    /// Derived: as stated, else the license's, else UNKNOWN.
    pub commercial_use: CommercialUse,
    /// The source's words on the amount of training data.
    #[sea_orm(column_type = "Text", nullable)]
    pub data_scale_text: Option<String>,
    /// The largest amount in those words.
    pub data_scale_amount: Option<i64>,
    /// What that amount counts.
    pub data_scale_unit: Option<DataUnit>,
    /// Derived: the parameters of the largest size.
    pub max_parameters: Option<i64>,
    /// Derived: the largest token amount known for the model or one of its sizes.
    pub max_training_tokens: Option<i64>,
    /// Training compute in floating-point operations.
    #[sea_orm(column_type = "Double", nullable)]
    pub training_flops: Option<f64>,
    /// Derived: normalised text that search looks in.
    #[sea_orm(column_type = "Text")]
    pub search_text: String,
    /// Counts the states of the row, from 1.
    pub version: i32,
    /// When the row came into the catalog.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,

    /// The license.
    #[sea_orm(belongs_to, from = "license_id", to = "id", on_delete = "Restrict")]
    pub license: BelongsTo<Option<super::license::Entity>>,
    /// The architecture.
    #[sea_orm(belongs_to, from = "architecture_id", to = "id", on_delete = "Restrict")]
    pub architecture: BelongsTo<Option<super::architecture::Entity>>,
    /// The base model.
    #[sea_orm(self_ref, relation_enum = "BaseModel", from = "base_model_id", to = "id", on_delete = "Restrict")]
    pub base_model: BelongsTo<Option<Entity>>,
    /// The sizes.
    #[sea_orm(has_many)]
    pub sizes: HasMany<super::model_size::Entity>,
    /// The links.
    #[sea_orm(has_many)]
    pub links: HasMany<super::link::Entity>,
    /// The training datasets.
    #[sea_orm(has_many, via = "model_dataset")]
    pub datasets: HasMany<super::dataset::Entity>,
    /// The makers.
    #[sea_orm(has_many, via = "model_organization")]
    pub organizations: HasMany<super::organization::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
