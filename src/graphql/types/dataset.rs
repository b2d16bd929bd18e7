//! Datasets.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, MaybeUndefined, connection::EmptyFields};
use entity::{dataset, license, vocabulary::SubjectType};
use sea_orm::{Condition, sea_query::Expr};

use crate::domain::dataset::DatasetDocument;
use crate::domain::link::LinkOwner;
use crate::domain::slug;
use crate::error::Result;
use crate::graphql::connection::ConnectionNode;
use crate::graphql::context::ContextExt;
use crate::graphql::filter::{ComparisonFilter, Filter, ListFilter, StringFilter, combine, refers_to};
use crate::graphql::input::{CreateInput, InputContext, Reference, UpdateInput, patch, to_maybe};
use crate::graphql::order::OrderField;
use crate::graphql::resource_macros::{mutations, queries, subject};
use crate::graphql::scalars::{Count, GlobalId, Slug};
use crate::graphql::types::license::{CreateLicenseInput, License, LicenseFilter};
use crate::graphql::types::link::{Link, LinkInput, patch_links};
use crate::graphql::types::model::OF_DATASET;
use crate::graphql::types::model::filter::ModelFilter;
use crate::query::cursor::{SortKey, SortKeyType};
use crate::query::page_loader::PageKey;
use crate::query::relation_keys::LinksOf;

/// A collection of training data.
pub struct Dataset(pub Arc<dataset::Model>);

subject! {
/// A collection of training data.
impl Dataset {
    /// The global id.
    pub async fn id(&self) -> ID {
        GlobalId::Subject(SubjectType::Dataset, self.0.id).id()
    }

    /// The name that addresses use: lower-case words joined by hyphens, such as "the-pile".
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The name as its source writes it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Where to read more.
    async fn links(&self, ctx: &Context<'_>) -> Result<Vec<Link>> {
        let rows = ctx.loaders().related(LinksOf(LinkOwner::Dataset(self.0.id))).await?;
        Ok(rows.iter().cloned().map(Link).collect())
    }

    /// Its size in tokens. Null where no source says.
    async fn tokens(&self) -> Option<Count> {
        Count::from_column(self.0.tokens)
    }

    /// Its size in bytes; 1 GB is 10^9 bytes. Null where no source says.
    async fn bytes(&self) -> Option<Count> {
        Count::from_column(self.0.bytes)
    }

    /// The license of the data. Null where no source names one.
    async fn license(&self, ctx: &Context<'_>) -> Option<Result<License>> {
        let row = ctx
            .loaders()
            .row::<license::Entity>(self.0.license_id?)
            .await;
        row.map(|row| row.map(License)).transpose()
    }
} models in OF_DATASET
}

/// A dataset. What is absent or null is unknown.
#[derive(Clone, Debug, InputObject)]
pub struct CreateDatasetInput {
    /// The name that addresses use. Without: made of the name.
    slug: Option<Slug>,
    /// The name as its source writes it.
    name: String,
    /// Its size in tokens.
    tokens: Option<Count>,
    /// Its size in bytes; 1 GB is 10^9 bytes.
    bytes: Option<Count>,
    /// The license of the data.
    license: Option<Reference<CreateLicenseInput>>,
    /// Where to read more.
    links: Option<Vec<LinkInput>>,
}

/// What changes of a dataset. What is absent stays, null clears; a list that is given replaces the one before.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateDatasetInput {
    /// Which dataset.
    slug: Slug,
    /// The version that you believe it to be at. Another is a CONFLICT. Without: whatever it is at.
    expected_version: Option<i32>,
    /// Another name for addresses.
    new_slug: Option<Slug>,
    /// The name as its source writes it.
    name: Option<String>,
    /// Its size in tokens.
    tokens: MaybeUndefined<Count>,
    /// Its size in bytes; 1 GB is 10^9 bytes.
    bytes: MaybeUndefined<Count>,
    /// The license of the data.
    license: MaybeUndefined<Reference<CreateLicenseInput>>,
    /// Where to read more.
    links: MaybeUndefined<Vec<LinkInput>>,
}

impl CreateInput for CreateDatasetInput {
    type Document = DatasetDocument;

    async fn document(self, path: &str, draft: &mut InputContext<'_>) -> Result<DatasetDocument> {
        let update = UpdateDatasetInput {
            slug: Slug(draft.slug(path, self.slug, &self.name)),
            expected_version: None,
            new_slug: None,
            name: None,
            tokens: to_maybe(self.tokens),
            bytes: to_maybe(self.bytes),
            license: to_maybe(self.license),
            links: to_maybe(self.links),
        };
        let document = DatasetDocument {
            slug: update.slug.0.clone(),
            name: self.name,
            tokens: None,
            bytes: None,
            license: None,
            links: Vec::new(),
        };
        update.apply(path, document, draft).await
    }
}

impl UpdateInput for UpdateDatasetInput {
    type Document = DatasetDocument;

    fn subject(&self) -> (slug::Slug, Option<i32>) {
        (self.slug.0.clone(), self.expected_version)
    }

    async fn apply(
        self,
        path: &str,
        mut dataset: DatasetDocument,
        draft: &mut InputContext<'_>,
    ) -> Result<DatasetDocument> {
        if let Some(slug) = self.new_slug {
            dataset.slug = slug.0;
        }
        dataset.name = self.name.unwrap_or(dataset.name);
        patch(&mut dataset.tokens, self.tokens.map_value(|count| count.0));
        patch(&mut dataset.bytes, self.bytes.map_value(|count| count.0));
        patch_links(&mut dataset.links, self.links);
        if !self.license.is_undefined() {
            let path = format!("{path}.license");
            dataset.license = Reference::resolve_optional(self.license.take(), &path, draft).await?;
        }
        Ok(dataset)
    }
}

/// Which datasets. Every condition given must hold; one that is absent or null asks for nothing.
#[derive(Clone, Debug, Default, InputObject)]
pub struct DatasetFilter {
    /// All of these hold.
    and: Option<Vec<DatasetFilter>>,
    /// At least one of these holds; none does where the list is empty.
    or: Option<Vec<DatasetFilter>>,
    /// This does not hold.
    not: Option<Box<DatasetFilter>>,
    /// The slug.
    slug: Option<StringFilter>,
    /// The name.
    name: Option<StringFilter>,
    /// The size in tokens.
    tokens: Option<ComparisonFilter<Count>>,
    /// The size in bytes.
    bytes: Option<ComparisonFilter<Count>>,
    /// Its license; datasets without one satisfy nothing here.
    license: Option<LicenseFilter>,
    /// The models trained on it.
    models: Option<Box<ListFilter<ModelFilter>>>,
}

impl Filter for DatasetFilter {
    const TABLE: &'static str = "dataset";

    fn condition(&self) -> Condition {
        let own = Condition::all()
            .add_option(self.slug.as_ref().map(|slug| slug.on(("dataset", "slug"))))
            .add_option(
                self.name.as_ref().map(|name| name.on_folded(("dataset", "name"), &Expr::col(("dataset", "name_key")))),
            )
            .add_option(self.tokens.as_ref().map(|count| count.on(("dataset", "tokens"))))
            .add_option(self.bytes.as_ref().map(|count| count.on(("dataset", "bytes"))))
            .add_option(self.license.as_ref().map(|license| refers_to(("dataset", "license_id"), license)))
            .add_option(self.models.as_ref().map(|models| {
                models.on(("dataset", "id"), ("model_dataset", "dataset_id"), ("model_dataset", "model_id"))
            }));
        combine(own, self.and.as_ref(), self.or.as_ref(), self.not.as_deref())
    }
}

/// What datasets can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum DatasetOrderField {
    /// The name, by code point, without regard to case.
    Name,
    /// The size in tokens.
    Tokens,
    /// The size in bytes.
    Bytes,
    /// When it came into the catalog.
    CreatedAt,
    /// When the catalog last changed it.
    UpdatedAt,
}

impl OrderField for DatasetOrderField {
    const DEFAULT: (Self, SortKey) =
        (Self::Name, SortKey { name: "id", sql: "dataset.id", kind: SortKeyType::Integer, descending: false });

    fn key(self, low: bool) -> SortKey {
        let (name, sql, kind) = match (self, low) {
            (Self::Name, _) => ("name", "dataset.name_key", SortKeyType::Text),
            (Self::Tokens, true) => ("tokens", "COALESCE(dataset.tokens, -1)", SortKeyType::BigInteger),
            (Self::Tokens, false) => {
                ("tokens~", "COALESCE(dataset.tokens, 9223372036854775807)", SortKeyType::BigInteger)
            }
            (Self::Bytes, true) => ("bytes", "COALESCE(dataset.bytes, -1)", SortKeyType::BigInteger),
            (Self::Bytes, false) => ("bytes~", "COALESCE(dataset.bytes, 9223372036854775807)", SortKeyType::BigInteger),
            (Self::CreatedAt, _) => ("created", "dataset.created_at", SortKeyType::Time),
            (Self::UpdatedAt, _) => ("updated", "dataset.updated_at", SortKeyType::Time),
        };
        SortKey { name, sql, kind, descending: false }
    }
}

impl ConnectionNode for Dataset {
    type Entity = dataset::Entity;
    type Row = dataset::Model;
    type Extra = EmptyFields;
    const NAME: &'static str = "Dataset";

    fn of(row: Arc<dataset::Model>) -> Self {
        Self(row)
    }

    fn extra(_: &PageKey<dataset::Entity>) -> EmptyFields {
        EmptyFields
    }
}

queries! {
    impl DatasetQuery
    /// The dataset with a slug. NOT_FOUND and null if there is none.
    dataset: Dataset
    /// Datasets: filtered, searched, ordered and in pages. Without `orderBy` by name.
    datasets: DatasetFilter, DatasetOrderField
}

mutations! {
    impl DatasetMutation for Dataset as dataset: DatasetDocument
    create_dataset(CreateDatasetInput) -> CreateDatasetPayload
    update_dataset(UpdateDatasetInput) -> UpdateDatasetPayload
    delete_dataset
    upsert_datasets(UpsertDatasetsInput { datasets }) -> UpsertDatasetsPayload { UpsertDatasetResult }
}
