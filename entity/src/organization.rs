//! Organizations.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::vocabulary::Confidence;

/// A company, institute or community that makes models.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "organization")]
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
    /// The name in Chinese; null if it does not differ from `name` or is unknown.
    #[sea_orm(column_type = "Text", nullable)]
    pub name_zh: Option<String>,
    /// The name in English; null if it does not differ from `name` or is unknown.
    #[sea_orm(column_type = "Text", nullable)]
    pub name_en: Option<String>,
    /// Other names, in any language, as a JSON array.
    #[sea_orm(column_type = "JsonBinary")]
    pub aliases: Json,
    /// The country of its headquarters as a code of ISO 3166-1 alpha-2; null if unknown.
    #[sea_orm(column_type = "Text", nullable)]
    pub country: Option<String>,
    /// The kind of organization, such as COMPANY; null if unknown.
    #[sea_orm(column_type = "Text", nullable)]
    pub kind: Option<String>,
    /// The address of its website; null if unknown.
    #[sea_orm(column_type = "Text", nullable)]
    pub homepage: Option<String>,
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

    /// The models that the organization made.
    #[sea_orm(has_many, via = "model_organization")]
    pub models: HasMany<super::model::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
