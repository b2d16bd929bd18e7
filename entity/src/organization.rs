//! An organization.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

/// A company, institute or community that makes models.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "organization")]
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
    /// The name in Chinese.
    #[sea_orm(column_type = "Text", nullable)]
    pub name_zh: Option<String>,
    /// The name in English.
    #[sea_orm(column_type = "Text", nullable)]
    pub name_en: Option<String>,
    /// Derived: normalised text that search looks in.
    #[sea_orm(column_type = "Text")]
    pub search_text: String,
    /// Counts the states of the row, from 1.
    pub version: i32,
    /// When the row came into the catalog.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,

    /// The models it made.
    #[sea_orm(has_many, via = "model_organization")]
    pub models: HasMany<super::model::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
