//! Sizes of models.

pub mod mutation;

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, connection::EmptyFields};
use entity::{license, model, model_size};
use sea_orm::Condition;

pub use crate::graphql::types::model_size::mutation::ModelSizeMutation;

use crate::domain::count;
use crate::error::{Error, Result};
use crate::graphql::connection::{Connection, ConnectionNode, ConnectionParent, PageArguments};
use crate::graphql::context::ContextExt;
use crate::graphql::enums::Precision;
use crate::graphql::filter::{ComparisonFilter, Filter, StringFilter, combine, refers_to};
use crate::graphql::order::{OrderBy, OrderField, sort_keys};
use crate::graphql::scalars::{Count, GlobalId};
use crate::graphql::types::license::{License, LicenseFilter};
use crate::graphql::types::model::Model;
use crate::graphql::types::model::filter::ModelFilter;
use crate::query::cursor::{SortKey, SortKeyType};
use crate::query::page_loader::PageKey;

/// One size that a model comes in.
pub struct ModelSize(pub Arc<model_size::Model>);

/// One size that a model comes in.
#[Object]
impl ModelSize {
    /// The global id. It stays as long as the label does.
    pub async fn id(&self) -> ID {
        GlobalId::ModelSize(self.0.model_id, self.0.label.clone()).id()
    }

    /// The size as its source writes it, such as "7B".
    async fn label(&self) -> &str {
        &self.0.label
    }

    /// The number of parameters, exactly what the label says: 6.7B is 6700000000.
    async fn parameters(&self) -> Count {
        Count(count::Count::from_column(self.0.parameters))
    }

    /// The parameters used for one token, for a mixture of experts. Null where no source says.
    async fn active_parameters(&self) -> Option<Count> {
        Count::from_column(self.0.active_parameters)
    }

    /// The tokens that this size was trained on. Null where no source says it of this size; `Model.maxTrainingTokens`
    /// may be known all the same.
    async fn training_tokens(&self) -> Option<Count> {
        Count::from_column(self.0.training_tokens)
    }

    /// The license of its weights: its own where that differs, else the model's. Null where no source names one.
    async fn license(&self, ctx: &Context<'_>) -> Option<Result<License>> {
        let license_id = match self.0.license_id {
            Some(id) => Ok(Some(id)),
            None => self.parent(ctx).await.map(|model| model.license_id),
        };
        let id = match license_id {
            Ok(id) => id?,
            Err(error) => return Some(Err(error)),
        };
        let row = ctx.loaders().row::<license::Entity>(id).await;
        row.map(|row| row.map(License)).transpose()
    }

    /// Training tokens for each parameter. Null where the training tokens are not known.
    async fn tokens_per_parameter(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "both are exact below 2^53")]
        self.0.training_tokens.map(|tokens| tokens as f64 / self.0.parameters as f64)
    }

    /// The memory that the weights alone take, in bytes. Running a model takes more.
    async fn memory_bytes(
        &self,
        #[graphql(default_with = "Precision::Fp16", desc = "How a parameter is stored.")] precision: Precision,
    ) -> Result<Count> {
        let bits = self.0.parameters.saturating_mul(precision.bits());
        // A last byte that is not full counts as one.
        let bytes = bits / 8 + i64::from(bits % 8 > 0);
        count::Count::new(bytes).map(Count).map_err(|error| Error::InvalidArgument(error.to_string()))
    }

    /// The model that it is a size of.
    async fn model(&self, ctx: &Context<'_>) -> Result<Model> {
        self.parent(ctx).await.map(Model)
    }
}

impl ModelSize {
    async fn parent(&self, ctx: &Context<'_>) -> Result<Arc<model::Model>> {
        let row = ctx.loaders().row::<model::Entity>(self.0.model_id).await?;
        // Gone between two statements of one request.
        row.ok_or_else(|| Error::internal(sea_orm::DbErr::RecordNotFound(format!("model {}", self.0.model_id))))
    }
}

/// Which sizes. Every condition given must hold; one that is absent or null asks for nothing.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ModelSizeFilter {
    /// All of these hold.
    and: Option<Vec<ModelSizeFilter>>,
    /// At least one of these holds; none does where the list is empty.
    or: Option<Vec<ModelSizeFilter>>,
    /// This does not hold.
    not: Option<Box<ModelSizeFilter>>,
    /// The size as its source writes it.
    label: Option<StringFilter>,
    /// The number of parameters.
    parameters: Option<ComparisonFilter<Count>>,
    /// The parameters used for one token.
    active_parameters: Option<ComparisonFilter<Count>>,
    /// The tokens that this size was trained on.
    training_tokens: Option<ComparisonFilter<Count>>,
    /// Its own license, where that differs from the model's; sizes without one satisfy nothing here.
    license: Option<LicenseFilter>,
    /// The model that it is a size of.
    model: Option<Box<ModelFilter>>,
}

impl Filter for ModelSizeFilter {
    const TABLE: &'static str = "model_size";

    fn condition(&self) -> Condition {
        let own = Condition::all()
            .add_option(self.label.as_ref().map(|label| label.on(("model_size", "label"))))
            .add_option(self.parameters.as_ref().map(|count| count.on(("model_size", "parameters"))))
            .add_option(self.active_parameters.as_ref().map(|count| count.on(("model_size", "active_parameters"))))
            .add_option(self.training_tokens.as_ref().map(|count| count.on(("model_size", "training_tokens"))))
            .add_option(self.license.as_ref().map(|license| refers_to(("model_size", "license_id"), license)))
            .add_option(self.model.as_deref().map(|model| refers_to(("model_size", "model_id"), model)));
        combine(own, self.and.as_ref(), self.or.as_ref(), self.not.as_deref())
    }
}

/// What sizes can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ModelSizeOrderField {
    /// The number of parameters.
    Parameters,
    /// The tokens that the size was trained on.
    TrainingTokens,
}

impl OrderField for ModelSizeOrderField {
    const DEFAULT: (Self, SortKey) =
        (Self::Parameters, SortKey { name: "id", sql: "model_size.id", kind: SortKeyType::Integer, descending: false });

    fn key(self, low: bool) -> SortKey {
        let (name, sql) = match (self, low) {
            (Self::Parameters, _) => ("parameters", "model_size.parameters"),
            (Self::TrainingTokens, true) => ("tokens", "COALESCE(model_size.training_tokens, -1)"),
            (Self::TrainingTokens, false) => ("tokens~", "COALESCE(model_size.training_tokens, 9223372036854775807)"),
        };
        SortKey { name, sql, kind: SortKeyType::BigInteger, descending: false }
    }
}

impl ConnectionNode for ModelSize {
    type Entity = model_size::Entity;
    type Row = model_size::Model;
    type Extra = EmptyFields;
    const NAME: &'static str = "ModelSize";

    fn of(row: Arc<model_size::Model>) -> Self {
        Self(row)
    }

    fn extra(_: &PageKey<model_size::Entity>) -> EmptyFields {
        EmptyFields
    }
}

/// Queries for sizes.
#[derive(Default)]
pub struct ModelSizeQuery;

#[Object]
impl ModelSizeQuery {
    /// Sizes of all models: filtered, ordered and in pages. Without `orderBy` the smallest first.
    #[expect(clippy::too_many_arguments, reason = "they are the field's arguments")]
    async fn sizes(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The first this many rows, behind `after` if that is given: 1 to 100, 20 if neither `first` nor `last` is given."
        )]
        first: Option<i32>,
        #[graphql(desc = "Only rows behind the one with this cursor.")] after: Option<String>,
        #[graphql(desc = "The last this many rows, before `before` if that is given: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Only rows before the one with this cursor.")] before: Option<String>,
        #[graphql(name = "where", desc = "What rows must satisfy; null asks for nothing.")] filter: Option<
            ModelSizeFilter,
        >,
        #[graphql(desc = "What to order by, the most important key first.")] order_by: Option<
            Vec<OrderBy<ModelSizeOrderField>>,
        >,
    ) -> Result<Connection<ModelSize>> {
        let page = PageArguments { first, after, last, before };
        let condition = filter.map_or_else(Condition::all, |filter| filter.condition());
        Connection::read(ctx, ConnectionParent::default(), page, condition, sort_keys(order_by.as_ref())?).await
    }
}
