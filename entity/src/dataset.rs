//! A dataset.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

/// A collection of training data.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "dataset")]
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
    /// Its size in tokens.
    pub tokens: Option<i64>,
    /// Its size in bytes.
    pub bytes: Option<i64>,
    /// The license.
    #[sea_orm(indexed)]
    pub license_id: Option<i32>,
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
    /// The links.
    #[sea_orm(has_many)]
    pub links: HasMany<super::link::Entity>,
    /// The models trained on it.
    #[sea_orm(has_many, via = "model_dataset")]
    pub models: HasMany<super::model::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
