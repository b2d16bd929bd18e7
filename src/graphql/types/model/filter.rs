//! The filter and the sort keys of models.

use async_graphql::{Enum, InputObject};
use entity::vocabulary::CommercialUse;
use sea_orm::{Condition, sea_query::Expr};

use crate::domain::count::Count;
use crate::domain::date::PartialDate;
use crate::domain::facts::filter::{ColumnFilter, ComparisonFilter, EnumFilter, StringFilter, StringListFilter};
use crate::domain::model::ModelFactsFilter;
use crate::graphql::filter::{Filter, FilterContext, ListFilter, combine, has_related, refers_to};
use crate::graphql::order::OrderField;
use crate::graphql::scalars::DateTime;
use crate::graphql::types::architecture::ArchitectureFilter;
use crate::graphql::types::checkpoint::CheckpointFilter;
use crate::graphql::types::dataset::DatasetFilter;
use crate::graphql::types::evidence::ProvenanceFilter;
use crate::graphql::types::license::LicenseFilter;
use crate::graphql::types::model::bases::ModelBaseFilter;
use crate::graphql::types::model_size::ModelSizeFilter;
use crate::graphql::types::organization::OrganizationFilter;
use crate::query::cursor::{SortKey, SortKeyType};

/// Conditions on models. All given ones must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ModelFilter {
    /// All of these filters match.
    and: Option<Vec<ModelFilter>>,
    /// At least one of these matches.
    or: Option<Vec<ModelFilter>>,
    /// This filter does not match.
    not: Option<Box<ModelFilter>>,
    /// The slug.
    slug: Option<StringFilter>,
    /// The name.
    name: Option<StringFilter>,
    /// The languages.
    languages: Option<StringListFilter>,
    /// The purposes.
    purposes: Option<StringListFilter>,
    #[graphql(flatten)]
    facts: ModelFactsFilter,
    #[graphql(flatten)]
    provenance: ProvenanceFilter,
    /// The date on which the weights were released, or the first of its sizes.
    release_date: Option<ComparisonFilter<PartialDate>>,
    /// The number of parameters of the largest size.
    max_parameters: Option<ComparisonFilter<Count>>,
    /// The largest known number of training tokens.
    max_training_tokens: Option<ComparisonFilter<Count>>,
    /// Whether commercial use is permitted. VARIES if it differs between the sizes: `sizes: { some: { commercialUse: … } }`.
    commercial_use: Option<EnumFilter<CommercialUse>>,
    /// A license that applies to the model, one of its sizes or one of its checkpoints. Models without a license do not match;
    /// `not: { license: {} }` finds them.
    license: Option<LicenseFilter>,
    /// The architecture. Models without an architecture do not match.
    architecture: Option<ArchitectureFilter>,
    /// The first of its bases. Models without a base do not match.
    base_model: Option<Box<ModelFilter>>,
    /// The models that it was derived from.
    bases: Option<ListFilter<ModelBaseFilter>>,
    /// The sizes.
    sizes: Option<ListFilter<ModelSizeFilter>>,
    /// The checkpoints.
    checkpoints: Option<ListFilter<CheckpointFilter>>,
    /// The datasets.
    datasets: Option<ListFilter<DatasetFilter>>,
    /// The organizations that made the model.
    organizations: Option<ListFilter<OrganizationFilter>>,
    /// The time of creation.
    created_at: Option<ComparisonFilter<DateTime>>,
    /// The time of the last change.
    updated_at: Option<ComparisonFilter<DateTime>>,
}

impl Filter for ModelFilter {
    const TABLE: &'static str = "model";

    fn condition(&self, context: &FilterContext) -> Condition {
        let id = ("model", "id");
        let name_key = Expr::col(("model", "name_key"));
        let own = Condition::all()
            .add_option(self.slug.as_ref().map(|slug| slug.condition(("model", "slug"))))
            .add_option(self.name.as_ref().map(|name| name.condition_normalized(("model", "name"), &name_key)))
            .add_option(self.languages.as_ref().map(|list| list.condition(("model", "languages"))))
            .add_option(self.purposes.as_ref().map(|list| list.condition(("model", "purposes"))))
            .add_option(self.facts.condition())
            .add_option(self.provenance.condition("model"))
            .add_option(self.release_date.as_ref().map(|date| date.condition(("model", "release_date"))))
            .add_option(self.max_parameters.as_ref().map(|count| count.condition(("model", "max_parameters"))))
            .add_option(
                self.max_training_tokens.as_ref().map(|count| count.condition(("model", "max_training_tokens"))),
            )
            .add_option(self.commercial_use.as_ref().map(|filter| filter.condition(("model", "commercial_use"))))
            .add_option(self.license.as_ref().map(|license| {
                let (owner, related) = (("model_license", "model_id"), ("model_license", "license_id"));
                has_related(id, owner, related, license, context)
            }))
            .add_option(
                self.architecture.as_ref().map(|filter| refers_to(("model", "architecture_id"), filter, context)),
            )
            .add_option(self.base_model.as_deref().map(|filter| refers_to(("model", "base_model_id"), filter, context)))
            .add_option(self.bases.as_ref().map(|bases| {
                let owner = ("model_base", "model_id");
                bases.condition(id, owner, owner, context)
            }))
            .add_option(
                self.sizes
                    .as_ref()
                    .map(|sizes| sizes.condition(id, ("model_size", "model_id"), ("model_size", "id"), context)),
            )
            .add_option(self.checkpoints.as_ref().map(|checkpoints| {
                checkpoints.condition(id, ("checkpoint", "model_id"), ("checkpoint", "id"), context)
            }))
            .add_option(self.datasets.as_ref().map(|datasets| {
                let (owner, related) = (("model_dataset", "model_id"), ("model_dataset", "dataset_id"));
                datasets.condition(id, owner, related, context)
            }))
            .add_option(self.organizations.as_ref().map(|organizations| {
                let (owner, related) = (("model_organization", "model_id"), ("model_organization", "organization_id"));
                organizations.condition(id, owner, related, context)
            }))
            .add_option(self.created_at.as_ref().map(|time| time.condition(("model", "created_at"))))
            .add_option(self.updated_at.as_ref().map(|time| time.condition(("model", "updated_at"))));
        combine(own, self.and.as_ref(), self.or.as_ref(), self.not.as_deref(), context)
    }
}

/// A sort key of models.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ModelOrderField {
    /// The position in the source list.
    Position,
    /// The name, by code point, ignoring case.
    Name,
    /// The date of the release, by its first day.
    ReleaseDate,
    /// The number of parameters of the largest size.
    MaxParameters,
    /// The largest known number of training tokens.
    MaxTrainingTokens,
    /// The longest context.
    MaxContextLength,
    /// The time of creation.
    CreatedAt,
    /// The time of the last change.
    UpdatedAt,
}

impl OrderField for ModelOrderField {
    const DEFAULT: (Self, SortKey) =
        (Self::Position, SortKey { name: "id", sql: "model.id", kind: SortKeyType::Integer, descending: false });
    const LATEST: Option<Self> = Some(Self::ReleaseDate);

    fn key(self, low: bool) -> SortKey {
        let (name, sql, kind) = match (self, low) {
            (Self::Position, true) => ("position", "COALESCE(model.position, -1)", SortKeyType::Integer),
            (Self::Position, false) => ("position~", "COALESCE(model.position, 2147483647)", SortKeyType::Integer),
            (Self::Name, _) => ("name", "model.name_key", SortKeyType::Text),
            (Self::ReleaseDate, true) => ("date", "COALESCE(model.release_date, '')", SortKeyType::Text),
            (Self::ReleaseDate, false) => ("date~", "COALESCE(model.release_date, '~')", SortKeyType::Text),
            (Self::MaxParameters, true) => {
                ("parameters", "COALESCE(model.max_parameters, -1)", SortKeyType::BigInteger)
            }
            (Self::MaxParameters, false) => {
                ("parameters~", "COALESCE(model.max_parameters, 9223372036854775807)", SortKeyType::BigInteger)
            }
            (Self::MaxTrainingTokens, true) => {
                ("tokens", "COALESCE(model.max_training_tokens, -1)", SortKeyType::BigInteger)
            }
            (Self::MaxTrainingTokens, false) => {
                ("tokens~", "COALESCE(model.max_training_tokens, 9223372036854775807)", SortKeyType::BigInteger)
            }
            (Self::MaxContextLength, true) => {
                ("context", "COALESCE(model.max_context_length, -1)", SortKeyType::Integer)
            }
            (Self::MaxContextLength, false) => {
                ("context~", "COALESCE(model.max_context_length, 2147483647)", SortKeyType::Integer)
            }
            (Self::CreatedAt, _) => ("created", "model.created_at", SortKeyType::Time),
            (Self::UpdatedAt, _) => ("updated", "model.updated_at", SortKeyType::Time),
        };
        SortKey { name, sql, kind, descending: false }
    }
}
