//! Models.

pub mod facets;
pub mod filter;
pub mod input;

pub use crate::graphql::types::model::filter::{ModelFilter, ModelOrderField};
pub use crate::graphql::types::model::input::{CreateModelInput, ModelSizeInput, UpdateModelInput};

use std::sync::Arc;

use async_graphql::{Context, ID, SimpleObject};
use entity::{architecture, license, model, vocabulary::SubjectType};

use crate::graphql::types::model::facets::FacetsExtension;

use crate::domain::link::LinkOwner;
use crate::domain::model::ModelDocument;
use crate::error::Result;
use crate::graphql::connection::ConnectionNode;
use crate::graphql::context::ContextExt;
use crate::graphql::enums::Language;
use crate::graphql::resource_macros::{mutations, queries, subject};
use crate::graphql::scalars::{Count, Date, GlobalId};
use crate::graphql::types::architecture::Architecture;
use crate::graphql::types::dataset::Dataset;
use crate::graphql::types::license::License;
use crate::graphql::types::link::Link;
use crate::graphql::types::model_size::ModelSize;
use crate::graphql::types::organization::Organization;
use crate::query::keyset::ParentKey;
use crate::query::page_loader::PageKey;
use crate::query::relation_keys::{DatasetsOf, DerivedFrom, LinksOf, OrganizationsOf, SizesOf};
use entity::vocabulary::{CommercialUse, DataUnit, ModelKind};

/// A large language model: a family of sizes under one name.
pub struct Model(pub Arc<model::Model>);

subject! {
/// A large language model: a family of sizes under one name.
impl Model {
    /// The global id.
    pub async fn id(&self) -> ID {
        GlobalId::Subject(SubjectType::Model, self.0.id).id()
    }

    /// The name that addresses use: lower-case words joined by hyphens, such as "llama-2".
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

    /// What it was built from.
    async fn kind(&self) -> ModelKind {
        self.0.kind
    }

    /// Its place in the source list, from 1. Null where the list gives it none.
    async fn position(&self) -> Option<i32> {
        self.0.position
    }

    /// What the source says beyond the other fields, in short. Null where it says nothing.
    async fn summary(
        &self,
        #[graphql(desc = "The language wanted; null if there is no text in it. Without: English, else Chinese.")]
        language: Option<Language>,
    ) -> Option<&String> {
        let (zh, en) = (self.0.summary_zh.as_ref(), self.0.summary_en.as_ref());
        language.map_or_else(|| en.or(zh), |language| language.pick(zh, en))
    }

    /// The day its weights were released. Null where no source says.
    async fn release_date(&self) -> Option<Date> {
        self.0.release_date.map(Date)
    }

    /// Who made it, in the source's order. Empty where no source says.
    async fn organizations(&self, ctx: &Context<'_>) -> Result<Vec<Organization>> {
        let rows = ctx.loaders().related(OrganizationsOf(self.0.id)).await?;
        Ok(rows.iter().cloned().map(Organization).collect())
    }

    /// The license of its weights. Null where no source names one; `commercialUse` may be known all the same.
    async fn license(&self, ctx: &Context<'_>) -> Option<Result<License>> {
        let row = ctx
            .loaders()
            .row::<license::Entity>(self.0.license_id?)
            .await;
        row.map(|row| row.map(License)).transpose()
    }

    /// Whether it may be used commercially: as the source states it for the model, else as its license says, else UNKNOWN.
    async fn commercial_use(&self) -> CommercialUse {
        self.0.commercial_use
    }

    /// The architecture. Null where no source says.
    async fn architecture(&self, ctx: &Context<'_>) -> Option<Result<Architecture>> {
        let row = ctx
            .loaders()
            .row::<architecture::Entity>(self.0.architecture_id?)
            .await;
        row.map(|row| row.map(Architecture)).transpose()
    }

    /// The model it was derived from. Null for foundation models, and where no source says.
    async fn base_model(&self, ctx: &Context<'_>) -> Option<Result<Model>> {
        let row = ctx
            .loaders()
            .row::<model::Entity>(self.0.base_model_id?)
            .await;
        row.map(|row| row.map(Model)).transpose()
    }

    /// The models known to be derived from it, by name.
    async fn derived_models(&self, ctx: &Context<'_>) -> Result<Vec<Model>> {
        let rows = ctx.loaders().related(DerivedFrom(self.0.id)).await?;
        Ok(rows.iter().cloned().map(Model).collect())
    }

    /// The sizes it comes in, the smallest first. Empty where no source says.
    async fn sizes(&self, ctx: &Context<'_>) -> Result<Vec<ModelSize>> {
        let rows = ctx.loaders().related(SizesOf(self.0.id)).await?;
        Ok(rows.iter().cloned().map(ModelSize).collect())
    }

    /// The datasets it is known to be trained on. Empty where no source says.
    async fn datasets(&self, ctx: &Context<'_>) -> Result<Vec<Dataset>> {
        let rows = ctx.loaders().related(DatasetsOf(self.0.id)).await?;
        Ok(rows.iter().cloned().map(Dataset).collect())
    }

    /// Where to read more.
    async fn links(&self, ctx: &Context<'_>) -> Result<Vec<Link>> {
        let rows = ctx.loaders().related(LinksOf(LinkOwner::Model(self.0.id))).await?;
        Ok(rows.iter().cloned().map(Link).collect())
    }

    /// How much data it was trained on, in the source's words and as a number. Null where the source does not say.
    async fn data_scale(&self) -> Option<DataScale> {
        Some(DataScale {
            text: self.0.data_scale_text.clone()?,
            amount: Count::from_column(self.0.data_scale_amount),
            unit: self.0.data_scale_unit.map_or(DataUnit::Unknown, DataUnit::from),
        })
    }

    /// The number of parameters of its largest size. Null where no size is known.
    async fn max_parameters(&self) -> Option<Count> {
        Count::from_column(self.0.max_parameters)
    }

    /// The largest number of training tokens known for it or one of its sizes. Null where none is known.
    async fn max_training_tokens(&self) -> Option<Count> {
        Count::from_column(self.0.max_training_tokens)
    }

    /// Training compute in floating-point operations, such as 6.67e22. Null where no source says.
    async fn training_flops(&self) -> Option<f64> {
        self.0.training_flops
    }
}
}

/// An amount of training data.
#[derive(SimpleObject)]
pub struct DataScale {
    /// The source's own words, such as "2.4T,3.0T".
    text: String,
    /// The largest amount in them, in `unit`. Null where they hold no number.
    amount: Option<Count>,
    /// What the amount counts.
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

queries! {
    impl ModelQuery
    /// The model with a slug. NOT_FOUND and null if there is none.
    model: Model
    /// Models: filtered, searched, ordered and in pages. Without `orderBy` in the order of the source list, with models
    /// that have no place in it last.
    models: ModelFilter, ModelOrderField
}

/// The models trained on a dataset.
pub const OF_DATASET: ParentKey =
    ParentKey { junction: Some(("model_dataset", "model_id")), column: ("model_dataset", "dataset_id") };
/// The models of an organization.
pub const OF_ORGANIZATION: ParentKey =
    ParentKey { junction: Some(("model_organization", "model_id")), column: ("model_organization", "organization_id") };
/// The models under a license.
pub const OF_LICENSE: ParentKey = ParentKey { junction: None, column: ("model", "license_id") };
/// The models of an architecture.
pub const OF_ARCHITECTURE: ParentKey = ParentKey { junction: None, column: ("model", "architecture_id") };

mutations! {
    impl ModelMutation for Model as model: ModelDocument
    create_model(CreateModelInput) -> CreateModelPayload
    update_model(UpdateModelInput) -> UpdateModelPayload
    delete_model
    upsert_models(UpsertModelsInput { models }) -> UpsertModelsPayload { UpsertModelResult }
}
