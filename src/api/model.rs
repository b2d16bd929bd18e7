//! Models.

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use entity::{architecture, license, model, vocabulary::SubjectType};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, sea_query::Expr};

use super::{
    architecture::{Architecture, ArchitectureFilter},
    connection::{Listed, OrderField, Owner, list_field},
    context::Reads,
    dataset::{Dataset, DatasetFilter},
    filter::{Comparison, Filter, ListFilter, StringFilter, WordFilter, combine, refers_to},
    license::{License, LicenseFilter},
    link::Link,
    organization::{Organization, OrganizationFilter},
    revision::RevisionList,
    scalar::{Count, Date, DateTime, Target},
    size::{ModelSize, ModelSizeFilter},
    vocabulary::{CommercialUse, DataUnit, Language, ModelKind},
};
use crate::{
    catalog::{
        cursor::{KeyKind, SortKey},
        link::Owner as LinkOwner,
        list::{Facet, Parent},
        read::{ById, DatasetsOf, DerivedFrom, LinksOf, OrganizationsOf, PageOf, SizesOf, TallyOf},
    },
    error::{Error, Result},
};

/// A large language model: a family of sizes under one name.
pub struct Model(pub model::Model);

/// A large language model: a family of sizes under one name.
#[Object]
impl Model {
    /// The global id.
    pub async fn id(&self) -> ID {
        Target::Subject(SubjectType::Model, self.0.id).id()
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
        self.0.kind.into()
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
        let rows = ctx.batches().load_one(OrganizationsOf(self.0.id)).await?;
        Ok(rows.unwrap_or_default().into_iter().map(Organization).collect())
    }

    /// The license of its weights. Null where no source names one; `commercialUse` may be known all the same.
    async fn license(&self, ctx: &Context<'_>) -> Option<Result<License>> {
        let row = ctx
            .batches()
            .load_one(ById::<license::Entity>::new(self.0.license_id?))
            .await;
        row.map(|row| row.map(License)).transpose()
    }

    /// Whether it may be used commercially: as the source states it for the model, else as its license says, else UNKNOWN.
    async fn commercial_use(&self) -> CommercialUse {
        self.0.commercial_use.into()
    }

    /// The architecture. Null where no source says.
    async fn architecture(&self, ctx: &Context<'_>) -> Option<Result<Architecture>> {
        let row = ctx
            .batches()
            .load_one(ById::<architecture::Entity>::new(self.0.architecture_id?))
            .await;
        row.map(|row| row.map(Architecture)).transpose()
    }

    /// The model it was derived from. Null for foundation models, and where no source says.
    async fn base_model(&self, ctx: &Context<'_>) -> Option<Result<Model>> {
        let row = ctx
            .batches()
            .load_one(ById::<model::Entity>::new(self.0.base_model_id?))
            .await;
        row.map(|row| row.map(Model)).transpose()
    }

    /// The models known to be derived from it, by name.
    async fn derived_models(&self, ctx: &Context<'_>) -> Result<Vec<Model>> {
        let rows = ctx.batches().load_one(DerivedFrom(self.0.id)).await?;
        Ok(rows.unwrap_or_default().into_iter().map(Model).collect())
    }

    /// The sizes it comes in, the smallest first. Empty where no source says.
    async fn sizes(&self, ctx: &Context<'_>) -> Result<Vec<ModelSize>> {
        let rows = ctx.batches().load_one(SizesOf(self.0.id)).await?;
        Ok(rows.unwrap_or_default().into_iter().map(ModelSize).collect())
    }

    /// The datasets it is known to be trained on. Empty where no source says.
    async fn datasets(&self, ctx: &Context<'_>) -> Result<Vec<Dataset>> {
        let rows = ctx.batches().load_one(DatasetsOf(self.0.id)).await?;
        Ok(rows.unwrap_or_default().into_iter().map(Dataset).collect())
    }

    /// Where to read more.
    async fn links(&self, ctx: &Context<'_>) -> Result<Vec<Link>> {
        let rows = ctx.batches().load_one(LinksOf(LinkOwner::Model(self.0.id))).await?;
        Ok(rows.unwrap_or_default().into_iter().filter_map(Link::of).collect())
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

    /// Counts the states the catalog has known it in, from 1.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// When it came into the catalog.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When the catalog last changed it.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }

    #[graphql(flatten)]
    async fn history(&self) -> RevisionList {
        RevisionList::of(SubjectType::Model, self.0.id)
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
    kind: Option<WordFilter<ModelKind>>,
    /// The place in the source list.
    position: Option<Comparison<i32>>,
    /// The day of release.
    release_date: Option<Comparison<Date>>,
    /// The parameters of its largest size.
    max_parameters: Option<Comparison<Count>>,
    /// The largest number of training tokens known for it or one of its sizes.
    max_training_tokens: Option<Comparison<Count>>,
    /// Whether it may be used commercially.
    commercial_use: Option<WordFilter<CommercialUse>>,
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
    created_at: Option<Comparison<DateTime>>,
    /// When the catalog last changed it.
    updated_at: Option<Comparison<DateTime>>,
}

impl Filter for ModelFilter {
    const TABLE: &'static str = "model";

    fn condition(&self) -> Condition {
        let id = ("model", "id");
        let own = Condition::all()
            .add_option(self.slug.as_ref().map(|slug| slug.on(("model", "slug"))))
            .add_option(
                self.name
                    .as_ref()
                    .map(|name| name.on_folded(("model", "name"), &Expr::col(("model", "name_key")))),
            )
            .add_option(self.kind.as_ref().map(|kind| {
                kind.on(("model", "kind"), |kind| {
                    entity::vocabulary::ModelKind::from(kind).word()
                })
            }))
            .add_option(
                self.position
                    .as_ref()
                    .map(|position| position.on(("model", "position"))),
            )
            .add_option(
                self.release_date
                    .as_ref()
                    .map(|date| date.on(("model", "release_date"))),
            )
            .add_option(
                self.max_parameters
                    .as_ref()
                    .map(|count| count.on(("model", "max_parameters"))),
            )
            .add_option(
                self.max_training_tokens
                    .as_ref()
                    .map(|count| count.on(("model", "max_training_tokens"))),
            )
            .add_option(self.commercial_use.as_ref().map(|commercial_use| {
                commercial_use.on(("model", "commercial_use"), |word| {
                    entity::vocabulary::CommercialUse::from(word).word()
                })
            }))
            .add_option(
                self.license
                    .as_ref()
                    .map(|license| refers_to(("model", "license_id"), license)),
            )
            .add_option(
                self.architecture
                    .as_ref()
                    .map(|filter| refers_to(("model", "architecture_id"), filter)),
            )
            .add_option(
                self.base_model
                    .as_deref()
                    .map(|filter| refers_to(("model", "base_model_id"), filter)),
            )
            .add_option(
                self.sizes
                    .as_ref()
                    .map(|sizes| sizes.on(id, ("model_size", "model_id"), ("model_size", "id"))),
            )
            .add_option(
                self.datasets
                    .as_ref()
                    .map(|datasets| datasets.on(id, ("model_dataset", "model_id"), ("model_dataset", "dataset_id"))),
            )
            .add_option(self.organizations.as_ref().map(|organizations| {
                organizations.on(
                    id,
                    ("model_organization", "model_id"),
                    ("model_organization", "organization_id"),
                )
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
    const DEFAULT: (Self, SortKey) = (
        Self::Position,
        SortKey {
            name: "id",
            sql: "model.id",
            kind: KeyKind::Integer,
            descending: false,
        },
    );

    fn key(self, low: bool) -> SortKey {
        let (name, sql, kind) = match (self, low) {
            (Self::Position, true) => ("position", "COALESCE(model.position, -1)", KeyKind::Integer),
            (Self::Position, false) => ("position~", "COALESCE(model.position, 2147483647)", KeyKind::Integer),
            (Self::Name, _) => ("name", "model.name_key", KeyKind::Text),
            (Self::ReleaseDate, true) => ("date", "COALESCE(model.release_date, '0001-01-01')", KeyKind::Date),
            (Self::ReleaseDate, false) => ("date~", "COALESCE(model.release_date, '9999-12-31')", KeyKind::Date),
            (Self::MaxParameters, true) => ("parameters", "COALESCE(model.max_parameters, -1)", KeyKind::BigInteger),
            (Self::MaxParameters, false) => (
                "parameters~",
                "COALESCE(model.max_parameters, 9223372036854775807)",
                KeyKind::BigInteger,
            ),
            (Self::MaxTrainingTokens, true) => {
                ("tokens", "COALESCE(model.max_training_tokens, -1)", KeyKind::BigInteger)
            }
            (Self::MaxTrainingTokens, false) => (
                "tokens~",
                "COALESCE(model.max_training_tokens, 9223372036854775807)",
                KeyKind::BigInteger,
            ),
            (Self::CreatedAt, _) => ("created", "model.created_at", KeyKind::Time),
            (Self::UpdatedAt, _) => ("updated", "model.updated_at", KeyKind::Time),
        };
        SortKey {
            name,
            sql,
            kind,
            descending: false,
        }
    }
}

impl Listed for Model {
    type Entity = model::Entity;
    type Row = model::Model;
    type Extra = FacetsField;
    const NAME: &'static str = "Model";

    fn of(row: model::Model) -> Self {
        Self(row)
    }

    fn extra(list: &PageOf<model::Entity>) -> FacetsField {
        FacetsField(list.clone())
    }
}

/// What models of a list have in common.
pub struct FacetsField(PageOf<model::Entity>);

/// What models of a list have in common.
/// What models of a list have in common.
#[Object]
impl FacetsField {
    /// How many models of the whole list have which license, maker and so on. Respects `where` and `search`, not the page.
    async fn facets(&self) -> ModelFacets {
        ModelFacets(self.0.clone())
    }
}

/// How many models of a list have which value. A model for which the value is not known is not counted; the value that
/// most models have comes first.
pub struct ModelFacets(PageOf<model::Entity>);

/// How many models of a list have which value. A model for which the value is not known is not counted; the value that
/// most models have comes first.
#[Object]
impl ModelFacets {
    /// By whether they may be used commercially; a value is a `CommercialUse`.
    async fn commercial_use(&self, ctx: &Context<'_>) -> Result<Vec<FacetValue>> {
        const LABEL: &str = "CASE model.commercial_use WHEN 'ALLOWED' THEN 'Allowed' \
            WHEN 'AUTHORIZATION_REQUIRED' THEN 'Authorization required' WHEN 'PROHIBITED' THEN 'Prohibited' ELSE 'Unknown' END";
        self.count(
            ctx,
            &Facet {
                joins: &[],
                value: "model.commercial_use",
                label: LABEL,
            },
        )
        .await
    }

    /// By license; a value is its slug.
    async fn licenses(&self, ctx: &Context<'_>) -> Result<Vec<FacetValue>> {
        const JOINS: &[(&str, &str, &str)] = &[("license", "license", "license.id = model.license_id")];
        self.count(
            ctx,
            &Facet {
                joins: JOINS,
                value: "license.slug",
                label: "license.name",
            },
        )
        .await
    }

    /// By maker; a value is its slug. A model of two makers counts for both.
    async fn organizations(&self, ctx: &Context<'_>) -> Result<Vec<FacetValue>> {
        // The list may come from an organization itself, and so have joined the junction already.
        const JOINS: &[(&str, &str, &str)] = &[
            ("model_organization", "maker", "maker.model_id = model.id"),
            (
                "organization",
                "organization",
                "organization.id = maker.organization_id",
            ),
        ];
        self.count(
            ctx,
            &Facet {
                joins: JOINS,
                value: "organization.slug",
                label: "organization.name",
            },
        )
        .await
    }

    /// By what they were built from; a value is a `ModelKind`.
    async fn kinds(&self, ctx: &Context<'_>) -> Result<Vec<FacetValue>> {
        const LABEL: &str = "CASE model.kind WHEN 'FOUNDATION' THEN 'Foundation' ELSE 'Derived' END";
        self.count(
            ctx,
            &Facet {
                joins: &[],
                value: "model.kind",
                label: LABEL,
            },
        )
        .await
    }

    /// By the year of release; a value is the year.
    async fn release_years(&self, ctx: &Context<'_>) -> Result<Vec<FacetValue>> {
        const YEAR: &str = "SUBSTR(CAST(model.release_date AS TEXT), 1, 4)";
        self.count(
            ctx,
            &Facet {
                joins: &[],
                value: YEAR,
                label: YEAR,
            },
        )
        .await
    }
}

impl ModelFacets {
    async fn count(&self, ctx: &Context<'_>, facet: &'static Facet) -> Result<Vec<FacetValue>> {
        let tallies = ctx
            .batches()
            .load_one(TallyOf {
                list: self.0.clone(),
                facet: Some(facet),
            })
            .await?;
        let values = tallies.unwrap_or_default().into_iter();
        Ok(values
            .map(|tally| FacetValue {
                value: tally.value,
                label: tally.label,
                count: tally.count,
            })
            .collect())
    }
}

/// A value and how many models have it.
#[derive(SimpleObject)]
#[graphql(name = "Facet")]
pub struct FacetValue {
    /// The value, as filters take it.
    value: String,
    /// What people call it.
    label: String,
    /// How many models of the list have it.
    count: i64,
}

list_field! {
    /// Models: filtered, searched, ordered and in pages. Without `orderBy` in the order of the source list, with models
    /// that have no place in it last.
    ModelList { models: Model, ModelFilter, ModelOrderField }
}

/// The models trained on a dataset.
pub const OF_DATASET: Parent = Parent {
    junction: Some(("model_dataset", "model_id")),
    column: ("model_dataset", "dataset_id"),
};
/// The models of an organization.
pub const OF_ORGANIZATION: Parent = Parent {
    junction: Some(("model_organization", "model_id")),
    column: ("model_organization", "organization_id"),
};
/// The models under a license.
pub const OF_LICENSE: Parent = Parent {
    junction: None,
    column: ("model", "license_id"),
};
/// The models of an architecture.
pub const OF_ARCHITECTURE: Parent = Parent {
    junction: None,
    column: ("model", "architecture_id"),
};

/// Queries for models.
#[derive(Default)]
pub struct ModelQuery;

#[Object]
impl ModelQuery {
    /// The model with a slug. NOT_FOUND and null if there is none.
    async fn model(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The slug, such as \"llama-2\".")] slug: String,
    ) -> Option<Result<Model>> {
        let row = model::Entity::find()
            .filter(model::Column::Slug.eq(&slug))
            .one(ctx.db())
            .await;
        Some(
            row.map_err(Error::from)
                .and_then(|row| row.map(Model).ok_or(Error::NotFound { noun: "model", slug })),
        )
    }

    #[graphql(flatten)]
    async fn list(&self) -> ModelList {
        ModelList(Owner::default())
    }
}
