//! Architectures.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

/// The architecture of a model, such as GPTQ or LLaMA.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "architecture")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key)]
    pub id: i32,
    /// The identifier in URLs and references.
    #[sea_orm(unique, column_type = "Text")]
    pub slug: String,
    /// The name as its source writes it.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// The normalized name, for ordering and for comparison regardless of case.
    #[sea_orm(column_type = "Text")]
    pub name_key: String,
    /// Derived: the normalized text that search matches. Empty in rows that loaders read.
    #[sea_orm(column_type = "Text")]
    pub search_text: String,
    /// The version, from 1; each change increments it.
    pub version: i32,
    /// The time of creation.
    pub created_at: DateTimeUtc,
    /// The time of the last change.
    pub updated_at: DateTimeUtc,

    /// The models of the architecture.
    #[sea_orm(has_many)]
    pub models: HasMany<super::model::Entity>,
    /// The links.
    #[sea_orm(has_many)]
    pub links: HasMany<super::link::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
