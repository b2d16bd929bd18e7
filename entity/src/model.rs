//! Models.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::vocabulary::{CommercialUse, Confidence, DataUnit, ModelKind, ReleaseStatus, StringList};

/// A large language model: weights that were released under one name, in one or several sizes.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "model")]
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
    /// Other names, in any language.
    #[sea_orm(column_type = "JsonBinary")]
    pub aliases: StringList,
    /// Whether the model was trained from scratch or derived from other models; null if unknown.
    pub kind: Option<ModelKind>,
    /// The position in the source list, from 1; null if it is not in the list.
    pub position: Option<i32>,
    /// A short summary of what the other columns do not cover, in Chinese.
    #[sea_orm(column_type = "Text", nullable)]
    pub summary_zh: Option<String>,
    /// A short summary of what the other columns do not cover, in English.
    #[sea_orm(column_type = "Text", nullable)]
    pub summary_en: Option<String>,
    /// The date on which the weights were released, as the source states it for the model itself: a year, a month or a day, such as
    /// "2023", "2023-07" or "2023-07-18"; null if it does not.
    #[sea_orm(column_type = "Text", nullable)]
    pub stated_release_date: Option<String>,
    /// The license of the weights; null if unknown.
    #[sea_orm(indexed)]
    pub license_id: Option<i32>,
    /// The architecture; null if unknown.
    #[sea_orm(indexed)]
    pub architecture_id: Option<i32>,
    /// The model that it was derived from; null for foundation models and if unknown.
    #[sea_orm(indexed)]
    pub base_model_id: Option<i32>,
    /// Whether commercial use is permitted, as the source states it for the model itself; null if it does not.
    pub stated_commercial_use: Option<CommercialUse>,
    /// The languages, as a JSON array of tags of BCP 47.
    #[sea_orm(column_type = "JsonBinary")]
    pub languages: Json,
    /// The purposes, as a JSON array of words.
    #[sea_orm(column_type = "JsonBinary")]
    pub purposes: Json,
    /// The native length of the context in tokens; null if unknown.
    pub context_length: Option<i32>,
    /// The extended length of the context in tokens; null if unknown.
    pub extended_context_length: Option<i32>,
    /// Whether the weights can be had; null if unknown.
    pub status: Option<ReleaseStatus>,
    /// The date up to which the training data reaches; null if unknown.
    #[sea_orm(column_type = "Text", nullable)]
    pub knowledge_cutoff: Option<String>,
    /// The kinds of data that it reads and writes, as JSON; null if unknown.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub modalities: Option<Json>,
    /// Derived: the commercial use of its sizes, or VARIES if they differ. Without sizes `stated_commercial_use`, otherwise that
    /// of the license, otherwise UNKNOWN.
    pub commercial_use: CommercialUse,
    /// The amount of training data in the words of the source.
    #[sea_orm(column_type = "Text", nullable)]
    pub data_scale_text: Option<String>,
    /// The largest number in `data_scale_text`, in `data_scale_unit`; null if it has none.
    pub data_scale_amount: Option<i64>,
    /// The unit of `data_scale_amount`.
    pub data_scale_unit: Option<DataUnit>,
    /// Derived: `stated_release_date`, without it the date of the first of its sizes; null if unknown.
    #[sea_orm(column_type = "Text", nullable)]
    pub release_date: Option<String>,
    /// Derived: the longest context that applies to one of its sizes, in tokens; without sizes that of the model.
    pub max_context_length: Option<i32>,
    /// Derived: the number of parameters of the largest size.
    pub max_parameters: Option<i64>,
    /// Derived: the largest number of training tokens that is known for the model or one of its sizes.
    pub max_training_tokens: Option<i64>,
    /// The compute of training in floating-point operations; null if unknown.
    #[sea_orm(column_type = "Double", nullable)]
    pub training_flops: Option<f64>,
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

    /// The license of the weights.
    #[sea_orm(belongs_to, from = "license_id", to = "id", on_delete = "Restrict")]
    pub license: BelongsTo<Option<super::license::Entity>>,
    /// The architecture.
    #[sea_orm(belongs_to, from = "architecture_id", to = "id", on_delete = "Restrict")]
    pub architecture: BelongsTo<Option<super::architecture::Entity>>,
    /// The model that it was derived from.
    #[sea_orm(self_ref, relation_enum = "BaseModel", from = "base_model_id", to = "id", on_delete = "Restrict")]
    pub base_model: BelongsTo<Option<Entity>>,
    /// The sizes.
    #[sea_orm(has_many)]
    pub sizes: HasMany<super::model_size::Entity>,
    /// The links.
    #[sea_orm(has_many)]
    pub links: HasMany<super::link::Entity>,
    /// The datasets that it was trained on.
    #[sea_orm(has_many, via = "model_dataset")]
    pub datasets: HasMany<super::dataset::Entity>,
    /// The organizations that made the model.
    #[sea_orm(has_many, via = "model_organization")]
    pub organizations: HasMany<super::organization::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
