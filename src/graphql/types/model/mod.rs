//! Models.

pub mod bases;
pub mod facets;
pub mod filter;
pub mod groups;
pub mod input;
pub mod training;

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use entity::{
    architecture, license, model,
    vocabulary::{CommercialUse, DataUnit, SubjectType},
};

use crate::domain::count::Count;
use crate::domain::date::PartialDate;
use crate::domain::facts::response_budget::Charged;
use crate::domain::limits::MAX_SIZES;
use crate::domain::link::LinkOwner;
use crate::domain::model::{ModelDocument, ModelFacts};
use crate::domain::text::texts;
use crate::error::Result;
use crate::graphql::connection::{Connection, ConnectionNode, ConnectionParent, PageArguments};
use crate::graphql::context::ContextExt;
use crate::graphql::enums::Language;
use crate::graphql::filter::condition;
use crate::graphql::order::list_order;
use crate::graphql::resource_macros::{subject_mutations, subject_queries};
use crate::graphql::scalars::GlobalId;
use crate::graphql::types::architecture::Architecture;
use crate::graphql::types::checkpoint;
use crate::graphql::types::checkpoint::{Checkpoint, CheckpointFilter, CheckpointOrderField};
use crate::graphql::types::dataset::Dataset;
use crate::graphql::types::evidence::EvidenceParent;
use crate::graphql::types::license::License;
use crate::graphql::types::link::Link;
use crate::graphql::types::model::bases::{LineageModel, ModelBase, lineage};
use crate::graphql::types::model::facets::FacetsExtension;
use crate::graphql::types::model::filter::{ModelFilter, ModelOrderField};
use crate::graphql::types::model::input::{CreateModelInput, UpdateModelInput};
use crate::graphql::types::model::training::TrainingData;
use crate::graphql::types::model_size::{ModelSize, ModelSizeFilter, ModelSizeOrderField, SIZES_BY_MODEL};
use crate::graphql::types::organization::Organization;
use crate::query::keyset::{Junction, ParentKey};
use crate::query::lineage_loader::LineageDirection;
use crate::query::page_loader::PageKey;
use crate::query::relation_keys::{BasesOf, DatasetsOf, LicensesOf, LinksOf, OrganizationsOf, SizesOf, TrainingOf};

/// A large language model: weights that were released under one name, in one or several sizes.
pub struct Model(pub Arc<model::Model>);

#[macros::evidence_field(
    parent = EvidenceParent::Subject(SubjectType::Model, self.0.id),
    doc = "The current evidence about facts of the model itself, oldest first; that of its sizes and checkpoints is in their fields.",
    provenance
)]
#[macros::connection_field(
    name = checkpoints, node = Checkpoint, filter = CheckpointFilter, order = CheckpointOrderField,
    parent = checkpoint::BY_MODEL, no_search, doc = "Its checkpoints. Without `orderBy`, by repository."
)]
#[macros::connection_field(
    name = derived_models, node = Model, filter = ModelFilter, order = ModelOrderField, parent = BY_BASE,
    doc = "The models that were derived from it: those that have it among their `bases`. Without `orderBy`, in the order of the source list, with models that are not in it last."
)]
#[macros::subject_fields]
/// A large language model: weights that were released under one name, in one or several sizes.
#[Object]
impl Model {
    /// The global id.
    pub async fn id(&self) -> ID {
        GlobalId::Subject(SubjectType::Model, self.0.id).id()
    }

    /// The identifier in URLs and references: lower-case words joined by hyphens, such as "llama-2".
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The name as its source writes it, such as "LLaMA-2".
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Other names, in any language.
    async fn aliases(&self) -> &[String] {
        &self.0.aliases.0
    }

    /// The languages that its maker names, as tags of BCP 47, such as "en" or "zh-Hant". Empty if unknown.
    async fn languages(&self) -> Vec<&str> {
        texts(&self.0.languages).collect()
    }

    /// Its purposes, as words in capital letters: CHAT, CODE, MATH, REASONING, TOOL_USE, TRANSLATION, EMBEDDING, RERANKING,
    /// REWARD, SAFETY (classifying what is harmful), OCR, MEDICINE, LAW, FINANCE, SCIENCE, ROLEPLAY, or another word. Empty if
    /// unknown.
    async fn purposes(&self) -> Vec<&str> {
        texts(&self.0.purposes).collect()
    }

    #[graphql(flatten)]
    async fn facts(&self) -> ModelFacts {
        ModelFacts(Arc::clone(&self.0))
    }

    /// A short summary of what the other fields do not cover. Null if there is none.
    async fn summary(
        &self,
        #[graphql(desc = "The language; null if there is no text in it. Without it: English, or else Chinese.")]
        language: Option<Language>,
    ) -> Option<&String> {
        Language::pick(language, self.0.summary_zh.as_ref(), self.0.summary_en.as_ref())
    }

    /// The organizations that made the model, in the order of the source. Empty if unknown.
    async fn organizations(&self, ctx: &Context<'_>) -> Result<Vec<Organization>> {
        let rows = ctx.loaders().related(OrganizationsOf(self.0.id)).await?;
        Ok(rows.iter().cloned().map(Organization).collect())
    }

    /// The license that is stated for the model. Sizes may have another: `licenses` has all. Null if unknown; `commercialUse` may
    /// be known nevertheless.
    async fn license(&self, ctx: &Context<'_>) -> Option<Result<License>> {
        let row = ctx.loaders().row::<license::Entity>(self.0.license_id?).await;
        row.map(|row| row.map(License)).transpose()
    }

    /// The licenses that apply to the model: those of its sizes, the smallest first, or without sizes that of the model, then those
    /// that checkpoints state; each once. Empty if unknown.
    async fn licenses(&self, ctx: &Context<'_>) -> Result<Vec<License>> {
        let rows = ctx.loaders().related(LicensesOf(self.0.id)).await?;
        Ok(rows.iter().cloned().map(License).collect())
    }

    /// The date on which the weights were released, or the first of its sizes. Null if unknown.
    async fn release_date(&self) -> Option<PartialDate> {
        self.0.release_date.clone().map(PartialDate::from_column)
    }

    /// `releaseDate` as a source states it for the model itself. Null if none does.
    async fn stated_release_date(&self) -> Option<PartialDate> {
        self.0.stated_release_date.clone().map(PartialDate::from_column)
    }

    /// Whether commercial use is permitted. VARIES if its sizes or checkpoints differ: `sizes { commercialUse }`. Otherwise as a source
    /// states it for the model, otherwise by the license, otherwise UNKNOWN.
    async fn commercial_use(&self) -> CommercialUse {
        self.0.commercial_use
    }

    /// `commercialUse` as a source states it for the model itself. Null if none does: then licenses and sizes decide.
    async fn stated_commercial_use(&self) -> Option<CommercialUse> {
        self.0.stated_commercial_use
    }

    /// The architecture. Null if unknown.
    async fn architecture(&self, ctx: &Context<'_>) -> Option<Result<Architecture>> {
        let row = ctx.loaders().row::<architecture::Entity>(self.0.architecture_id?).await;
        row.map(|row| row.map(Architecture)).transpose()
    }

    /// The first of `bases`. Null if there is none or none is known.
    async fn base_model(&self, ctx: &Context<'_>) -> Option<Result<Model>> {
        let row = ctx.loaders().row::<model::Entity>(self.0.base_model_id?).await;
        row.map(|row| row.map(Model)).transpose()
    }

    /// The models that it was derived from, in the order of the source. Empty for foundation models and if unknown.
    async fn bases(&self, ctx: &Context<'_>) -> Result<Vec<ModelBase>> {
        let rows = ctx.loaders().related(BasesOf(self.0.id)).await?;
        Ok(rows.iter().cloned().map(ModelBase).collect())
    }

    /// The models that it was derived from, directly or through others, the nearest first: at most 100.
    async fn ancestors(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 10, desc = "The largest number of steps: 1 to 10.")] depth: i32,
    ) -> Result<Vec<LineageModel>> {
        lineage(ctx, self.0.id, LineageDirection::Ancestors, depth).await
    }

    /// The models that were derived from it, directly or through others, the nearest first: at most 100. `derivedModels` has pages
    /// of those of one step.
    async fn descendants(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = 10, desc = "The largest number of steps: 1 to 10.")] depth: i32,
    ) -> Result<Vec<LineageModel>> {
        lineage(ctx, self.0.id, LineageDirection::Descendants, depth).await
    }

    /// The sizes, the smallest first. Empty if unknown, or if none matches `where`.
    async fn sizes(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Only sizes that match; null: all.")] filter: Option<Box<ModelSizeFilter>>,
    ) -> Result<Vec<ModelSize>> {
        if let Some(filter) = filter {
            // Boxed: every field future of the object has the size of the largest one.
            return Box::pin(sizes_where(ctx, self.0.id, &filter)).await;
        }
        let rows = ctx.loaders().related(SizesOf(self.0.id)).await?;
        Ok(rows.iter().cloned().map(ModelSize).collect())
    }

    /// The datasets that it was trained on. Empty if unknown.
    async fn datasets(&self, ctx: &Context<'_>) -> Result<Vec<Dataset>> {
        let rows = ctx.loaders().related(DatasetsOf(self.0.id)).await?;
        Ok(rows.iter().cloned().map(Dataset).collect())
    }

    /// The datasets that it was trained on, with the share, tokens and epochs of each. Empty if unknown.
    async fn training(&self, ctx: &Context<'_>) -> Result<Vec<TrainingData>> {
        let rows = ctx.loaders().related(TrainingOf(self.0.id)).await?;
        Ok(rows.iter().cloned().map(TrainingData).collect())
    }

    /// Links to further information.
    async fn links(&self, ctx: &Context<'_>) -> Result<Vec<Link>> {
        let owner = LinkOwner { subject: SubjectType::Model, id: self.0.id };
        let rows = ctx.loaders().related(LinksOf(owner)).await?;
        Ok(rows.iter().cloned().map(Link).collect())
    }

    /// The amount of training data, as the source states it for the whole model. Null if unknown.
    async fn data_scale(&self) -> Option<DataScale> {
        Some(DataScale {
            text: Charged(self.0.data_scale_text.clone()?),
            amount: self.0.data_scale_amount.map(Count::from_column),
            unit: self.0.data_scale_unit.unwrap_or(DataUnit::Unknown),
        })
    }

    /// The number of parameters of the largest size. Null if no size is known.
    async fn max_parameters(&self) -> Option<Count> {
        self.0.max_parameters.map(Count::from_column)
    }

    /// The longest context of its sizes, in tokens. Null if none is known.
    async fn max_context_length(&self) -> Option<i32> {
        self.0.max_context_length
    }

    /// The largest known number of training tokens of the model or one of its sizes. Null if none is known.
    async fn max_training_tokens(&self) -> Option<Count> {
        self.0.max_training_tokens.map(Count::from_column)
    }
}

async fn sizes_where(ctx: &Context<'_>, model: i32, filter: &ModelSizeFilter) -> Result<Vec<ModelSize>> {
    let condition = condition(ctx, Some(filter), None).await?;
    let order = list_order::<ModelSizeFilter, ModelSizeOrderField>(None, None)?;
    let most = PageArguments { first: i32::try_from(MAX_SIZES).ok(), after: None, last: None, before: None };
    Connection::read_rows(ctx, ConnectionParent::of(SIZES_BY_MODEL, model), most, condition, order).await
}

/// An amount of training data.
#[derive(SimpleObject)]
pub struct DataScale {
    /// The amount in the words of the source, such as "2.4T,3.0T".
    text: Charged<String>,
    /// The largest number in the text, in `unit`. Null if the text has no number.
    amount: Option<Count>,
    /// The unit of the amount.
    unit: DataUnit,
}

impl ConnectionNode for Model {
    type Entity = model::Entity;
    type Row = model::Model;
    type Extra = FacetsExtension;
    const NAME: &'static str = "Model";

    fn of(row: Arc<model::Model>) -> Self {
        Self(row)
    }

    fn extra(list: &PageKey<model::Entity>) -> FacetsExtension {
        FacetsExtension(list.clone())
    }
}

subject_queries! {
    ModelQuery for Model;
    /// The model with a slug. Null with the error NOT_FOUND if there is none.
    model;
    /// All models. Without `orderBy`, in the order of the source list, with models that are not in it last.
    models(ModelFilter, ModelOrderField);
}

/// The models trained on a dataset.
pub const BY_DATASET: ParentKey =
    ParentKey { junction: Some(Junction::Id("model_dataset", "model_id")), column: ("model_dataset", "dataset_id") };
/// The models that an organization made.
pub const BY_ORGANIZATION: ParentKey = ParentKey {
    junction: Some(Junction::Id("model_organization", "model_id")),
    column: ("model_organization", "organization_id"),
};
/// The models with at least one size under a license.
pub const BY_LICENSE: ParentKey =
    ParentKey { junction: Some(Junction::Id("model_license", "model_id")), column: ("model_license", "license_id") };
/// The models that were derived from a model.
pub const BY_BASE: ParentKey =
    ParentKey { junction: Some(Junction::Id("model_base", "model_id")), column: ("model_base", "first_base_id") };
/// The models of an architecture.
pub const BY_ARCHITECTURE: ParentKey = ParentKey { junction: None, column: ("model", "architecture_id") };

subject_mutations! {
    impl ModelMutation for Model as model: ModelDocument
    create_model(CreateModelInput) -> CreateModelPayload
    update_model(UpdateModelInput) -> UpdateModelPayload
    delete_model
    upsert_models(UpsertModelsInput { models }) -> UpsertModelsPayload { UpsertModelResult }
}
