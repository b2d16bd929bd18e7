//! Datasets.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::vocabulary::Confidence;

/// A collection of training data.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "dataset")]
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
    /// The size in tokens; null if unknown.
    pub tokens: Option<i64>,
    /// The size in bytes; null if unknown.
    pub bytes: Option<i64>,
    /// The license of the data; null if unknown.
    #[sea_orm(indexed)]
    pub license_id: Option<i32>,
    /// Derived: the normalized text that search matches. Empty in rows that loaders read.
    #[sea_orm(column_type = "Text")]
    pub search_text: String,
    /// Derived: the lowest confidence of the statements that the values rest on; null if none rests on one.
    pub lowest_confidence: Option<Confidence>,
    /// Derived: the number of sources with evidence; null in rows that were last saved before there was evidence.
    pub source_count: Option<i32>,
    /// Derived: the number of facts in conflict; null as `source_count`.
    pub conflict_count: Option<i32>,
    /// Derived: the number of values without evidence; null as `source_count`.
    pub unsourced_count: Option<i32>,
    /// The version, from 1; each change increments it.
    pub version: i32,
    /// The time of creation.
    pub created_at: DateTimeUtc,
    /// The time of the last change.
    pub updated_at: DateTimeUtc,

    /// The license of the data.
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
