//! Licenses.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::vocabulary::{CommercialUse, Confidence, StringList};

/// The terms under which weights or data may be used.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "license")]
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
    /// Other names, such as those that model hubs use.
    #[sea_orm(column_type = "JsonBinary")]
    pub aliases: StringList,
    /// The identifier in the SPDX license list; null if it is not in the list.
    #[sea_orm(column_type = "Text", nullable)]
    pub spdx_id: Option<String>,
    /// Whether the license permits commercial use.
    pub commercial_use: CommercialUse,
    /// Whether the Open Source Initiative has approved the license; null if unknown.
    pub osi_approved: Option<bool>,
    /// The date on which the whole text was read and its terms were recorded, as `2023`, `2023-07` or `2023-07-18`; null if
    /// that has not been done.
    #[sea_orm(column_type = "Text", nullable)]
    pub terms_reviewed: Option<String>,
    /// The URL of its text: absolute, or relative to the source's repository.
    #[sea_orm(column_type = "Text", nullable)]
    pub url: Option<String>,
    /// A summary of its conditions in Chinese.
    #[sea_orm(column_type = "Text", nullable)]
    pub conditions_zh: Option<String>,
    /// A summary of its conditions in English.
    #[sea_orm(column_type = "Text", nullable)]
    pub conditions_en: Option<String>,
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

    /// The models under the license.
    #[sea_orm(has_many)]
    pub models: HasMany<super::model::Entity>,
    /// The terms.
    #[sea_orm(has_many)]
    pub terms: HasMany<super::license_term::Entity>,
    /// The links.
    #[sea_orm(has_many)]
    pub links: HasMany<super::link::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
