//! Sizes of models.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::vocabulary::{CommercialUse, Confidence, ParametersBasis, ReleaseStatus, TokensBasis};

/// A size of a model: a variant with a number of parameters of its own.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "model_size")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key)]
    pub id: i32,
    /// The model.
    #[sea_orm(indexed, unique_key = "label_of_model")]
    pub model_id: i32,
    /// The label as its source writes it, such as "7B"; unique within the model.
    #[sea_orm(column_type = "Text", unique_key = "label_of_model")]
    pub label: String,
    /// The number of parameters.
    pub parameters: i64,
    /// How the number of parameters is known.
    pub parameters_basis: ParametersBasis,
    /// The number of parameters that are used for each token, for a mixture of experts; otherwise null.
    pub active_parameters: Option<i64>,
    /// The number of tokens that this size was trained on; null if unknown.
    pub training_tokens: Option<i64>,
    /// The date of the release, if it differs from that of the model; otherwise null.
    #[sea_orm(column_type = "Text", nullable)]
    pub stated_release_date: Option<String>,
    /// Derived: the date of the release of the size, or else of the model; null if unknown.
    #[sea_orm(column_type = "Text", nullable)]
    pub release_date: Option<String>,
    /// The license, if it differs from that of the model; otherwise null.
    #[sea_orm(indexed)]
    pub license_id: Option<i32>,
    /// Derived: the license of the size, or else of the model; null if unknown.
    #[sea_orm(indexed)]
    pub effective_license_id: Option<i32>,
    /// Whether commercial use is permitted, as a source states it for the size; null if none does.
    pub stated_commercial_use: Option<CommercialUse>,
    /// Derived: the stated commercial use of the size, that of its license, the one stated for the model, or that of the model's
    /// license, in this order.
    pub commercial_use: CommercialUse,
    /// The meaning of the number of training tokens; null if unknown.
    pub training_tokens_basis: Option<TokensBasis>,
    /// The native length of the context in tokens, if it differs from that of the model; otherwise null.
    pub stated_context_length: Option<i32>,
    /// Derived: that of the size, or else of the model; null if unknown.
    pub context_length: Option<i32>,
    /// The extended length of the context in tokens, if it differs from that of the model; otherwise null.
    pub stated_extended_context_length: Option<i32>,
    /// Derived: that of the size, or else of the model; null if unknown.
    pub extended_context_length: Option<i32>,
    /// Whether the weights can be had, if it differs from that of the model; otherwise null.
    pub stated_status: Option<ReleaseStatus>,
    /// Derived: that of the size, or else of the model; null if unknown.
    pub status: Option<ReleaseStatus>,
    /// The date up to which the training data reaches, if it differs from that of the model; otherwise null.
    #[sea_orm(column_type = "Text", nullable)]
    pub stated_knowledge_cutoff: Option<String>,
    /// Derived: that of the size, or else of the model; null if unknown.
    #[sea_orm(column_type = "Text", nullable)]
    pub knowledge_cutoff: Option<String>,
    /// The kinds of data that it reads and writes, as JSON, if it differs from that of the model; otherwise null.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub stated_modalities: Option<Json>,
    /// Derived: that of the size, or else of the model; null if unknown.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub modalities: Option<Json>,
    /// The number of layers; null if unknown.
    pub layers: Option<i32>,
    /// The number of dimensions of the vector of a token between layers; null if unknown.
    pub hidden_size: Option<i32>,
    /// The number of query heads of an attention layer; null if unknown.
    pub attention_heads: Option<i32>,
    /// The number of tokens of the vocabulary, as the embedding has rows; null if unknown.
    pub vocabulary_size: Option<i32>,
    /// The number of experts of a layer, shared ones not included, for a mixture of experts; null if unknown.
    pub experts: Option<i32>,
    /// The number of experts that a layer uses for each token, shared ones not included, for a mixture of experts; null if unknown.
    pub active_experts: Option<i32>,
    /// The cache of its layers for the tokens before, as a JSON array of groups of equal layers; empty if unknown.
    #[sea_orm(column_type = "JsonBinary")]
    pub cache_layers: Json,
    /// Derived: the numbers that the cache keeps for each token; null if `cache_layers` is empty.
    pub cache_per_token: Option<i64>,
    /// Derived: the numbers that the cache keeps whatever the context; null if `cache_layers` is empty.
    pub cache_fixed: Option<i64>,
    /// Derived: the numbers that the cache keeps for each token within a window; null if `cache_layers` is empty.
    pub cache_per_token_in_windows: Option<i64>,
    /// Derived: the lowest confidence of the statements that the values rest on; null if none rests on one.
    pub lowest_confidence: Option<Confidence>,
    /// Derived: the number of sources with evidence; null in rows that were last saved before there was evidence.
    pub source_count: Option<i32>,
    /// Derived: the number of facts in conflict; null as `source_count`.
    pub conflict_count: Option<i32>,
    /// Derived: the number of values without evidence; null as `source_count`.
    pub unsourced_count: Option<i32>,

    /// The model.
    #[sea_orm(belongs_to, from = "model_id", to = "id", on_delete = "Cascade")]
    pub model: BelongsTo<super::model::Entity>,
    /// The license.
    #[sea_orm(belongs_to, from = "license_id", to = "id", on_delete = "Restrict")]
    pub license: BelongsTo<Option<super::license::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
