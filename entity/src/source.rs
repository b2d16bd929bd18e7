//! Sources.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::vocabulary::SourceKind;

/// A document that facts rest on, such as a paper or a model card.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "source")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key)]
    pub id: i32,
    /// The identifier in URLs and references.
    #[sea_orm(unique, column_type = "Text")]
    pub slug: String,
    /// The title.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// The normalized title, for ordering and for comparison regardless of case.
    #[sea_orm(column_type = "Text")]
    pub name_key: String,
    /// The kind of source.
    pub kind: SourceKind,
    /// The organization that published it; null if unknown.
    #[sea_orm(indexed)]
    pub publisher_id: Option<i32>,
    /// The URL: absolute, or relative to the repository of the source list; null if it has none.
    #[sea_orm(indexed, column_type = "Text", nullable)]
    pub url: Option<String>,
    /// The date of publication, as a year, a month or a day; null if unknown.
    #[sea_orm(column_type = "Text", nullable)]
    pub published_at: Option<String>,
    /// The license of its content; null if unknown.
    #[sea_orm(indexed)]
    pub license_id: Option<i32>,
    /// The source that it copies; null if it copies none or that is unknown.
    #[sea_orm(indexed)]
    pub derived_from_id: Option<i32>,
    /// The states in which it was read, as a JSON array.
    #[sea_orm(column_type = "JsonBinary")]
    pub snapshots: Json,
    /// Derived: the normalized text that search matches. Empty in rows that loaders read.
    #[sea_orm(column_type = "Text")]
    pub search_text: String,
    /// The version, from 1; each change increments it.
    pub version: i32,
    /// The time of creation.
    pub created_at: DateTimeUtc,
    /// The time of the last change.
    pub updated_at: DateTimeUtc,

    /// The organization that published it.
    #[sea_orm(belongs_to, from = "publisher_id", to = "id", on_delete = "Restrict")]
    pub publisher: BelongsTo<Option<super::organization::Entity>>,
    /// The license of its content.
    #[sea_orm(belongs_to, from = "license_id", to = "id", on_delete = "Restrict")]
    pub license: BelongsTo<Option<super::license::Entity>>,
    /// The source that it copies.
    #[sea_orm(self_ref, relation_enum = "DerivedFrom", from = "derived_from_id", to = "id", on_delete = "Restrict")]
    pub derived_from: BelongsTo<Option<Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
