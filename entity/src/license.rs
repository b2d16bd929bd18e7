//! A license.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::vocabulary::CommercialUse;

/// The terms under which weights or data may be used.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "license")]
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
    /// The identifier in the SPDX list.
    #[sea_orm(column_type = "Text", nullable)]
    pub spdx_id: Option<String>,
    /// Whether it allows commercial use.
    pub commercial_use: CommercialUse,
    /// Where its text stands.
    #[sea_orm(column_type = "Text", nullable)]
    pub url: Option<String>,
    /// Its conditions in Chinese.
    #[sea_orm(column_type = "Text", nullable)]
    pub conditions_zh: Option<String>,
    /// Its conditions in English.
    #[sea_orm(column_type = "Text", nullable)]
    pub conditions_en: Option<String>,
    /// Derived: normalised text that search looks in.
    #[sea_orm(column_type = "Text")]
    pub search_text: String,
    /// Counts the states of the row, from 1.
    pub version: i32,
    /// When the row came into the catalog.
    pub created_at: DateTimeUtc,
    /// When it last changed.
    pub updated_at: DateTimeUtc,

    /// The models under it.
    #[sea_orm(has_many)]
    pub models: HasMany<super::model::Entity>,
    /// The links.
    #[sea_orm(has_many)]
    pub links: HasMany<super::link::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
