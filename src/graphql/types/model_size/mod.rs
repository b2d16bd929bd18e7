//! Sizes of models.

pub mod fits;
pub mod mutation;

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object};
use entity::{
    license, model, model_size,
    vocabulary::{AttentionKind, CommercialUse, LinkKind},
};
use sea_orm::{
    Condition, ExprTrait,
    sea_query::{Expr, Query},
};
use serde::Deserialize;

use crate::domain::cache_layers::{self, CacheLayers, CacheShape};
use crate::domain::count::Count;
use crate::domain::facts::filter::{ColumnFilter, EnumFilter, StringFilter};
use crate::domain::license_terms::evaluation::UseCase;
use crate::domain::memory::{Memory, Run, Weights};
use crate::domain::model::{ModelSizeFacts, ModelSizeFactsFilter};
use crate::domain::quantization::Quantization;
use crate::error::{Error, Result};
use crate::graphql::connection::connection_node;
use crate::graphql::context::ContextExt;
use crate::graphql::enums::Precision;
use crate::graphql::filter::{Filter, FilterContext, ListFilter, combine, refers_to};
use crate::graphql::order::OrderField;
use crate::graphql::scalars::GlobalId;
use crate::graphql::types::checkpoint;
use crate::graphql::types::checkpoint::{Checkpoint, CheckpointFilter, CheckpointOrderField};
use crate::graphql::types::evidence::{EvidenceParent, ProvenanceFilter};
use crate::graphql::types::license::{License, LicenseFilter};
use crate::graphql::types::model::Model;
use crate::graphql::types::model::filter::ModelFilter;
use crate::graphql::types::model_size::fits::SizeFits;
use crate::graphql::types::use_answer::{LicensedWeights, UseAnswer, UseFilter};
use crate::query::cursor::{SortKey, SortKeyType};
use crate::query::keyset::ParentKey;
use crate::query::weight_file_loader::WeightFile;

/// A size of a model: a variant with a number of parameters of its own.
pub struct ModelSize(pub Arc<model_size::Model>);

#[macros::connection_field(
    name = checkpoints, node = Checkpoint, filter = CheckpointFilter, order = CheckpointOrderField,
    parent = checkpoint::BY_SIZE, no_search, doc = "Its checkpoints. Without `orderBy`, by repository."
)]
#[macros::evidence_field(
    parent = EvidenceParent::Size(self.0.id),
    doc = "The current evidence about its facts, oldest first.",
    provenance
)]
#[macros::charged_fields]
/// A size of a model: a variant with a number of parameters of its own.
#[Object]
impl ModelSize {
    /// The global id. It stays the same as long as the label does.
    pub async fn id(&self) -> ID {
        GlobalId::ModelSize(self.0.model_id, self.0.label.clone()).id()
    }

    /// The label as its source writes it, such as "7B".
    async fn label(&self) -> &str {
        &self.0.label
    }

    #[graphql(flatten)]
    async fn facts(&self) -> ModelSizeFacts {
        ModelSizeFacts(Arc::clone(&self.0))
    }

    /// The cache of its layers for the tokens before, by groups of equal layers. Empty if unknown. Layers that keep nothing of their own
    /// are left out.
    async fn cache_layers(&self) -> Result<Vec<CacheLayers>> {
        Deserialize::deserialize(&self.0.cache_layers).map_err(Error::internal)
    }

    /// The kind of attention, which follows from `cacheLayers` and `attentionHeads`. Null if these are unknown.
    async fn attention(&self) -> Result<Option<AttentionKind>> {
        let groups = Vec::<CacheLayers>::deserialize(&self.0.cache_layers).map_err(Error::internal)?;
        Ok(cache_layers::attention(&groups, self.0.attention_heads))
    }

    /// The license of the weights: that of the size, otherwise that of the model. Checkpoints may state another. Null if unknown.
    async fn license(&self, ctx: &Context<'_>) -> Option<Result<License>> {
        let row = ctx.loaders().row::<license::Entity>(self.0.effective_license_id?).await;
        row.map(|row| row.map(License)).transpose()
    }

    /// `license` as a source states it for the size itself. Null if it is that of the model.
    async fn stated_license(&self, ctx: &Context<'_>) -> Option<Result<License>> {
        let row = ctx.loaders().row::<license::Entity>(self.0.license_id?).await;
        row.map(|row| row.map(License)).transpose()
    }

    /// Whether commercial use is permitted: as a source states it for the size, otherwise by the license of the size, otherwise as
    /// for the model. VARIES if its checkpoints differ: `checkpoints { commercialUse }`.
    async fn commercial_use(&self) -> CommercialUse {
        self.0.commercial_use
    }

    /// `commercialUse` as a source states it for the size itself. Null if none does.
    async fn stated_commercial_use(&self) -> Option<CommercialUse> {
        self.0.stated_commercial_use
    }

    /// Whether the size may be used, by the terms of its license and of the licenses of the models that it was derived from. Of each of
    /// these, that of the size it was derived from counts, by default the one with the same label, or else those of all sizes.
    /// Checkpoints that state another license have their own answer.
    #[graphql(name = "use")]
    async fn permission(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "for", desc = "The use.")] use_case: UseCase,
    ) -> Result<UseAnswer> {
        Box::pin(UseAnswer::of(ctx, &LicensedWeights::of_size(&self.0), &use_case)).await
    }

    /// The number of training tokens per parameter. Null if the number of training tokens is unknown.
    async fn tokens_per_parameter(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "both are exact below 2^53")]
        self.0.training_tokens.map(|tokens| tokens as f64 / self.0.parameters as f64)
    }

    /// The memory that running the model takes: its weights, and its cache for a context. The weights are the known bytes of a
    /// checkpoint in the format, those of a maker first, or else computed; the memory for activations and for the runtime itself
    /// is not included. Errors: INVALID_ARGUMENT if a number is not positive or the result is above 2^53 - 1 bytes.
    async fn memory(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The format of the weights: a type of file such as Q4_K_M, or of numbers such as BF16; the case of letters does not matter. An error lists the known ones."
        )]
        quantization: Quantization,
        #[graphql(desc = "The number of tokens of a sequence, input and output together. Null: `contextLength`.")]
        context: Option<i32>,
        #[graphql(default = 1, desc = "The number of sequences at the same time, each with a cache of its own.")]
        sequences: i32,
        #[graphql(default_with = "Precision::Bf16", desc = "The format of a number of the cache.")]
        cache_precision: Precision,
    ) -> Result<Memory> {
        let groups = Vec::<CacheLayers>::deserialize(&self.0.cache_layers).map_err(Error::internal)?;
        let run = Run {
            quantization,
            context: context.or(self.0.context_length),
            sequences,
            cache_bits: cache_precision.bits(),
        };
        let file = ctx.loaders().load_one(WeightFile { size: self.0.id, quantization }).await?;
        let file = file.iter().flat_map(|rows| rows.iter()).find_map(|row| Some((row, row.bytes?)));
        let weights = match file {
            Some((row, bytes)) => Weights::File {
                bytes: Count::new(bytes).map_err(Error::internal)?,
                address: Checkpoint(Arc::clone(row)).address(),
            },
            None => Weights::Parameters(self.0.parameters),
        };
        Memory::of(&weights, CacheShape::of(&groups).as_ref(), &run)
    }

    /// The memory that the weights take, in bytes. Running the model takes more.
    #[graphql(deprecation = "Use `memory`, which knows the formats of files and the cache.")]
    async fn memory_bytes(
        &self,
        #[graphql(default_with = "Precision::Fp16", desc = "The format of a parameter in memory.")]
        precision: Precision,
    ) -> Result<Count> {
        let bits = self.0.parameters.saturating_mul(precision.bits());
        // Rounded up to whole bytes.
        let bytes = bits / 8 + i64::from(bits % 8 > 0);
        Count::new(bytes).map_err(|error| Error::InvalidArgument(error.to_string()))
    }

    /// The model.
    async fn model(&self, ctx: &Context<'_>) -> Result<Model> {
        let row = ctx.loaders().row::<model::Entity>(self.0.model_id).await?;
        // Another request deleted the model after this one had read the size.
        let missing = || sea_orm::DbErr::RecordNotFound(format!("model {}", self.0.model_id));
        row.map(Model).ok_or_else(|| Error::internal(missing()))
    }
}

/// The sizes of a model.
pub const SIZES_BY_MODEL: ParentKey = ParentKey { junction: None, column: ("model_size", "model_id") };
/// The sizes under a license.
pub const SIZES_BY_LICENSE: ParentKey = ParentKey { junction: None, column: ("model_size", "effective_license_id") };

/// Conditions on sizes. All given ones must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ModelSizeFilter {
    /// All of these filters match.
    and: Option<Vec<ModelSizeFilter>>,
    /// At least one of these matches.
    or: Option<Vec<ModelSizeFilter>>,
    /// This filter does not match.
    not: Option<Box<ModelSizeFilter>>,
    /// The label.
    label: Option<StringFilter>,
    #[graphql(flatten)]
    facts: ModelSizeFactsFilter,
    #[graphql(flatten)]
    provenance: ProvenanceFilter,
    /// The kind of attention.
    attention: Option<EnumFilter<AttentionKind>>,
    /// Whether commercial use is permitted.
    commercial_use: Option<EnumFilter<CommercialUse>>,
    /// The license: that of the size, otherwise that of the model. Sizes without a license do not match.
    license: Option<LicenseFilter>,
    /// The answer to whether a use is permitted, as the field `use` gives it.
    #[graphql(name = "use")]
    permission: Option<UseFilter>,
    /// Whether running the size fits in a memory, as `memory` computes it. Sizes whose cache is unknown do not match.
    fits: Option<SizeFits>,
    /// The checkpoints.
    checkpoints: Option<ListFilter<CheckpointFilter>>,
    /// Whether an address of the weights is known: an official checkpoint, or a link of the model.
    weights: Option<bool>,
    /// The model.
    model: Option<Box<ModelFilter>>,
}

impl Filter for ModelSizeFilter {
    const TABLE: &'static str = "model_size";

    fn condition(&self, context: &FilterContext) -> Condition {
        let own = Condition::all()
            .add_option(self.label.as_ref().map(|label| label.condition(("model_size", "label"))))
            .add_option(self.facts.condition())
            .add_option(self.provenance.condition("model_size"))
            .add_option(self.attention.as_ref().map(|filter| {
                // In brackets, as an operand.
                filter.condition_on(&Expr::cust(format!("({})", cache_layers::attention_sql())))
            }))
            .add_option(self.commercial_use.as_ref().map(|filter| filter.condition(("model_size", "commercial_use"))))
            .add_option(
                self.license.as_ref().map(|filter| refers_to(("model_size", "effective_license_id"), filter, context)),
            )
            .add_option(self.fits.as_ref().map(SizeFits::condition))
            .add_option(self.permission.as_ref().map(|permission| permission.condition(context)))
            .add_option(self.checkpoints.as_ref().map(|checkpoints| {
                let (owner, related) = (("checkpoint", "size_id"), ("checkpoint", "id"));
                checkpoints.condition(("model_size", "id"), owner, related, context)
            }))
            .add_option(self.weights.map(|known| if known { weights() } else { weights().not() }))
            .add_option(self.model.as_deref().map(|model| refers_to(("model_size", "model_id"), model, context)));
        combine(own, self.and.as_ref(), self.or.as_ref(), self.not.as_deref(), context)
    }
}

/// The condition that an address of the weights is known.
fn weights() -> Condition {
    let exists = |table: &'static str, column, owner, condition| {
        let of_size = Expr::col((table, column)).equals(("model_size", owner));
        Expr::exists(Query::select().expr(Expr::val(1)).from(table).and_where(of_size).and_where(condition).take())
    };
    Condition::any()
        .add(exists("checkpoint", "size_id", "id", Expr::col(("checkpoint", "official")).eq(true)))
        .add(exists("link", "model_id", "model_id", Expr::col(("link", "kind")).eq(LinkKind::Weights.word())))
}

/// A sort key of sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ModelSizeOrderField {
    /// The number of parameters.
    Parameters,
    /// The number of training tokens.
    TrainingTokens,
    /// The length of the context.
    ContextLength,
    /// The date of the release, by its first day.
    ReleaseDate,
}

impl OrderField for ModelSizeOrderField {
    const DEFAULT: (Self, SortKey) =
        (Self::Parameters, SortKey { name: "id", sql: "model_size.id", kind: SortKeyType::Integer, descending: false });

    fn key(self, low: bool) -> SortKey {
        let (name, sql) = match (self, low) {
            (Self::Parameters, _) => ("parameters", "model_size.parameters"),
            (Self::TrainingTokens, true) => ("tokens", "COALESCE(model_size.training_tokens, -1)"),
            (Self::TrainingTokens, false) => ("tokens~", "COALESCE(model_size.training_tokens, 9223372036854775807)"),
            (Self::ContextLength, true) => ("context", "COALESCE(model_size.context_length, -1)"),
            (Self::ContextLength, false) => ("context~", "COALESCE(model_size.context_length, 2147483647)"),
            (Self::ReleaseDate, true) => ("date", "COALESCE(model_size.release_date, '')"),
            (Self::ReleaseDate, false) => ("date~", "COALESCE(model_size.release_date, '~')"),
        };
        let kind = match self {
            Self::ContextLength => SortKeyType::Integer,
            Self::ReleaseDate => SortKeyType::Text,
            Self::Parameters | Self::TrainingTokens => SortKeyType::BigInteger,
        };
        SortKey { name, sql, kind, descending: false }
    }
}

connection_node!(ModelSize, model_size);

/// The queries of sizes.
#[derive(Default)]
pub struct ModelSizeQuery;

#[macros::connection_field(
    name = sizes, node = ModelSize, filter = ModelSizeFilter, order = ModelSizeOrderField, as_of, no_search,
    doc = "The sizes of all models. Without `orderBy`, the smallest first."
)]
#[Object]
impl ModelSizeQuery {}
