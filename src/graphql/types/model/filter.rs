//! Which models, and in which order.

use async_graphql::{Enum, InputObject};
use sea_orm::{Condition, sea_query::Expr};

use crate::graphql::filter::{ComparisonFilter, EnumFilter, Filter, ListFilter, StringFilter, combine, refers_to};
use crate::graphql::order::OrderField;
use crate::graphql::scalars::{Count, Date, DateTime};
use crate::graphql::types::architecture::ArchitectureFilter;
use crate::graphql::types::dataset::DatasetFilter;
use crate::graphql::types::license::LicenseFilter;
use crate::graphql::types::model_size::ModelSizeFilter;
use crate::graphql::types::organization::OrganizationFilter;
use crate::query::cursor::{SortKey, SortKeyType};
use entity::vocabulary::{CommercialUse, ModelKind};

/// Which models. Every condition given must hold; one that is absent or null asks for nothing.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ModelFilter {
    /// All of these hold.
    and: Option<Vec<ModelFilter>>,
    /// At least one of these holds; none does where the list is empty.
    or: Option<Vec<ModelFilter>>,
    /// This does not hold.
    not: Option<Box<ModelFilter>>,
    /// The slug.
    slug: Option<StringFilter>,
    /// The name.
    name: Option<StringFilter>,
    /// What it was built from.
    kind: Option<EnumFilter<ModelKind>>,
    /// The place in the source list.
    position: Option<ComparisonFilter<i32>>,
    /// The day of release.
    release_date: Option<ComparisonFilter<Date>>,
    /// The parameters of its largest size.
    max_parameters: Option<ComparisonFilter<Count>>,
    /// The largest number of training tokens known for it or one of its sizes.
    max_training_tokens: Option<ComparisonFilter<Count>>,
    /// Whether it may be used commercially.
    commercial_use: Option<EnumFilter<CommercialUse>>,
    /// Its license; models without one satisfy nothing here, so `not: { license: {} }` finds them.
    license: Option<LicenseFilter>,
    /// Its architecture; models without one satisfy nothing here.
    architecture: Option<ArchitectureFilter>,
    /// The model it was derived from; models without one satisfy nothing here.
    base_model: Option<Box<ModelFilter>>,
    /// Its sizes.
    sizes: Option<ListFilter<ModelSizeFilter>>,
    /// Its datasets.
    datasets: Option<ListFilter<DatasetFilter>>,
    /// Its makers.
    organizations: Option<ListFilter<OrganizationFilter>>,
    /// When it came into the catalog.
    created_at: Option<ComparisonFilter<DateTime>>,
    /// When the catalog last changed it.
    updated_at: Option<ComparisonFilter<DateTime>>,
}

impl Filter for ModelFilter {
    const TABLE: &'static str = "model";

    fn condition(&self) -> Condition {
        let id = ("model", "id");
        let own = Condition::all()
            .add_option(self.slug.as_ref().map(|slug| slug.on(("model", "slug"))))
            .add_option(
                self.name.as_ref().map(|name| name.on_folded(("model", "name"), &Expr::col(("model", "name_key")))),
            )
            .add_option(self.kind.as_ref().map(|kind| kind.on(("model", "kind"), entity::vocabulary::ModelKind::word)))
            .add_option(self.position.as_ref().map(|position| position.on(("model", "position"))))
            .add_option(self.release_date.as_ref().map(|date| date.on(("model", "release_date"))))
            .add_option(self.max_parameters.as_ref().map(|count| count.on(("model", "max_parameters"))))
            .add_option(self.max_training_tokens.as_ref().map(|count| count.on(("model", "max_training_tokens"))))
            .add_option(self.commercial_use.as_ref().map(|commercial_use| {
                commercial_use.on(("model", "commercial_use"), entity::vocabulary::CommercialUse::word)
            }))
            .add_option(self.license.as_ref().map(|license| refers_to(("model", "license_id"), license)))
            .add_option(self.architecture.as_ref().map(|filter| refers_to(("model", "architecture_id"), filter)))
            .add_option(self.base_model.as_deref().map(|filter| refers_to(("model", "base_model_id"), filter)))
            .add_option(self.sizes.as_ref().map(|sizes| sizes.on(id, ("model_size", "model_id"), ("model_size", "id"))))
            .add_option(
                self.datasets
                    .as_ref()
                    .map(|datasets| datasets.on(id, ("model_dataset", "model_id"), ("model_dataset", "dataset_id"))),
            )
            .add_option(self.organizations.as_ref().map(|organizations| {
                organizations.on(id, ("model_organization", "model_id"), ("model_organization", "organization_id"))
            }))
            .add_option(self.created_at.as_ref().map(|time| time.on(("model", "created_at"))))
            .add_option(self.updated_at.as_ref().map(|time| time.on(("model", "updated_at"))));
        combine(own, self.and.as_ref(), self.or.as_ref(), self.not.as_deref())
    }
}

/// What models can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ModelOrderField {
    /// The place in the source list.
    Position,
    /// The name, by code point, without regard to case.
    Name,
    /// The day of release.
    ReleaseDate,
    /// The parameters of the largest size.
    MaxParameters,
    /// The largest number of training tokens known.
    MaxTrainingTokens,
    /// When it came into the catalog.
    CreatedAt,
    /// When the catalog last changed it.
    UpdatedAt,
}

impl OrderField for ModelOrderField {
    const DEFAULT: (Self, SortKey) =
        (Self::Position, SortKey { name: "id", sql: "model.id", kind: SortKeyType::Integer, descending: false });

    fn key(self, low: bool) -> SortKey {
        let (name, sql, kind) = match (self, low) {
            (Self::Position, true) => ("position", "COALESCE(model.position, -1)", SortKeyType::Integer),
            (Self::Position, false) => ("position~", "COALESCE(model.position, 2147483647)", SortKeyType::Integer),
            (Self::Name, _) => ("name", "model.name_key", SortKeyType::Text),
            (Self::ReleaseDate, true) => ("date", "COALESCE(model.release_date, '0001-01-01')", SortKeyType::Date),
            (Self::ReleaseDate, false) => ("date~", "COALESCE(model.release_date, '9999-12-31')", SortKeyType::Date),
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
            (Self::CreatedAt, _) => ("created", "model.created_at", SortKeyType::Time),
            (Self::UpdatedAt, _) => ("updated", "model.updated_at", SortKeyType::Time),
        };
        SortKey { name, sql, kind, descending: false }
    }
}
