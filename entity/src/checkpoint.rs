//! Checkpoints of models.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::vocabulary::{CommercialUse, Confidence, ReleaseStatus};

/// A checkpoint: one set of weights of a model at one address.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "checkpoint")]
pub struct Model {
    /// The primary key.
    #[sea_orm(primary_key)]
    pub id: i32,
    /// The model.
    #[sea_orm(indexed)]
    pub model_id: i32,
    /// Derived: the size of the model; null if unknown.
    #[sea_orm(indexed)]
    pub size_id: Option<i32>,
    /// Derived: the repository in lower case.
    #[sea_orm(column_type = "Text", unique_key = "address")]
    pub repository_key: String,
    /// The hub, such as "huggingface".
    #[sea_orm(column_type = "Text", unique_key = "address")]
    pub hub: String,
    /// The path in the repository; empty if the address has none.
    #[sea_orm(column_type = "Text", unique_key = "address")]
    pub path: String,
    /// The revision of the repository; empty if the address has none.
    #[sea_orm(column_type = "Text", unique_key = "address")]
    pub revision: String,
    /// The repository on the hub.
    #[sea_orm(column_type = "Text")]
    pub repository: String,
    /// The label of the size of the model; null if unknown or that of the checkpoint that it was converted from.
    #[sea_orm(column_type = "Text", nullable)]
    pub size_label: Option<String>,
    /// The variant; null if unknown.
    #[sea_orm(column_type = "Text", nullable)]
    pub variant: Option<String>,
    /// The address of the checkpoint of the same model that it was converted from; null if it was not or if unknown.
    #[sea_orm(column_type = "Text", nullable)]
    pub converted_from: Option<String>,
    /// The format of the files; null if unknown.
    #[sea_orm(column_type = "Text", nullable)]
    pub format: Option<String>,
    /// The format of the numbers; null if unknown.
    #[sea_orm(column_type = "Text", nullable)]
    pub quantization: Option<String>,
    /// The size of the files with the weights in bytes; null if unknown.
    pub bytes: Option<i64>,
    /// The number of parameters that the files hold; null if unknown.
    pub parameters: Option<i64>,
    /// Whether the hub gives the files only to those whom the owner admits; null if unknown.
    pub gated: Option<bool>,
    /// Whether a maker of the model published it; null if unknown.
    pub official: Option<bool>,
    /// The license, if it differs; otherwise null.
    #[sea_orm(indexed)]
    pub license_id: Option<i32>,
    /// Derived: the license that applies; null if unknown.
    #[sea_orm(indexed)]
    pub effective_license_id: Option<i32>,
    /// Derived: the license that `commercial_use` follows from; null if it is stated or unknown.
    #[sea_orm(indexed)]
    pub use_license_id: Option<i32>,
    /// Whether commercial use is permitted, as a source states it for the checkpoint; null if none does.
    pub stated_commercial_use: Option<CommercialUse>,
    /// Derived: the first that is stated or follows from a license, of the checkpoint, the ones that it was converted from, the size
    /// and the model.
    pub commercial_use: CommercialUse,
    /// The date of the release, if it differs; otherwise null.
    #[sea_orm(column_type = "Text", nullable)]
    pub stated_release_date: Option<String>,
    /// Derived: the date of the release that applies; null if unknown.
    #[sea_orm(column_type = "Text", nullable)]
    pub release_date: Option<String>,
    /// The native length of the context in tokens, if it differs; otherwise null.
    pub stated_context_length: Option<i32>,
    /// Derived: the native length of the context that applies; null if unknown.
    pub context_length: Option<i32>,
    /// The extended length of the context in tokens, if it differs; otherwise null.
    pub stated_extended_context_length: Option<i32>,
    /// Derived: the extended length of the context that applies; null if unknown.
    pub extended_context_length: Option<i32>,
    /// Whether the weights can be had, if it differs; otherwise null.
    pub stated_status: Option<ReleaseStatus>,
    /// Derived: whether the weights can be had; null if unknown.
    pub status: Option<ReleaseStatus>,
    /// The date up to which the training data reaches, if it differs; otherwise null.
    #[sea_orm(column_type = "Text", nullable)]
    pub stated_knowledge_cutoff: Option<String>,
    /// Derived: the date up to which the training data reaches; null if unknown.
    #[sea_orm(column_type = "Text", nullable)]
    pub knowledge_cutoff: Option<String>,
    /// The kinds of data that it reads and writes, as JSON, if they differ; otherwise null.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub stated_modalities: Option<Json>,
    /// Derived: the kinds of data that it reads and writes, as JSON; null if unknown.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub modalities: Option<Json>,
    /// Derived: the lowest confidence of the statements that its values rest on; null if none does.
    pub lowest_confidence: Option<Confidence>,
    /// Derived: the number of sources; null before the first save since there is evidence.
    pub source_count: Option<i32>,
    /// Derived: the number of facts in conflict; null before the first save since there is evidence.
    pub conflict_count: Option<i32>,
    /// Derived: the number of values without evidence; null before the first save since there is evidence.
    pub unsourced_count: Option<i32>,

    /// The model.
    #[sea_orm(belongs_to, from = "model_id", to = "id", on_delete = "Cascade")]
    pub model: BelongsTo<super::model::Entity>,
    /// The size.
    #[sea_orm(belongs_to, from = "size_id", to = "id", on_delete = "SetNull")]
    pub size: BelongsTo<Option<super::model_size::Entity>>,
    /// The license.
    #[sea_orm(belongs_to, from = "license_id", to = "id", on_delete = "Restrict")]
    pub license: BelongsTo<Option<super::license::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
