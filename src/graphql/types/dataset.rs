//! Datasets.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, MaybeUndefined, Object};
use entity::{dataset, license, vocabulary::SubjectType};
use sea_orm::{Condition, sea_query::Expr};

use crate::domain::dataset::{DatasetDocument, DatasetFacts, DatasetFactsFilter, DatasetFactsInput, DatasetFactsPatch};
use crate::domain::document::SubjectDocument;
use crate::domain::facts::filter::{ColumnFilter, StringFilter};
use crate::domain::link::LinkOwner;
use crate::domain::slug;
use crate::error::Result;
use crate::graphql::connection::connection_node;
use crate::graphql::context::ContextExt;
use crate::graphql::filter::{Filter, FilterContext, ListFilter, combine, refers_to};
use crate::graphql::input::{CreateInput, InputContext, Reference, UpdateInput};
use crate::graphql::order::{OrderField, model_count};
use crate::graphql::resource_macros::{subject_mutations, subject_queries};
use crate::graphql::scalars::{GlobalId, Slug};
use crate::graphql::types::evidence::{
    EvidenceChanges, EvidenceInput, EvidenceParent, ProvenanceFilter, add_evidence, patch_evidence,
};
use crate::graphql::types::license::{CreateLicenseInput, License, LicenseFilter};
use crate::graphql::types::link::{Link, LinkInput, patch_links};
use crate::graphql::types::model::filter::{ModelFilter, ModelOrderField};
use crate::graphql::types::model::{BY_DATASET, Model};
use crate::query::cursor::{SortKey, SortKeyType};
use crate::query::relation_keys::LinksOf;

/// A collection of training data.
pub struct Dataset(pub Arc<dataset::Model>);

#[macros::evidence_field(
    parent = EvidenceParent::Subject(SubjectType::Dataset, self.0.id),
    doc = "The current evidence about its facts, oldest first.",
    provenance
)]
#[macros::connection_field(
    name = models, node = Model, filter = ModelFilter, order = ModelOrderField, parent = BY_DATASET,
    doc = "The models trained on the dataset. Without `orderBy`, in the order of the source list, with models that are not in it last."
)]
#[macros::subject_fields]
/// A collection of training data.
#[Object]
impl Dataset {
    /// The global id.
    pub async fn id(&self) -> ID {
        GlobalId::Subject(SubjectType::Dataset, self.0.id).id()
    }

    /// The identifier in URLs and references: lower-case words joined by hyphens, such as "the-pile".
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The name as its source writes it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    #[graphql(flatten)]
    async fn facts(&self) -> DatasetFacts {
        DatasetFacts(Arc::clone(&self.0))
    }

    /// The license of the data. Null if unknown.
    async fn license(&self, ctx: &Context<'_>) -> Option<Result<License>> {
        let row = ctx.loaders().row::<license::Entity>(self.0.license_id?).await;
        row.map(|row| row.map(License)).transpose()
    }

    /// Links to further information.
    async fn links(&self, ctx: &Context<'_>) -> Result<Vec<Link>> {
        let owner = LinkOwner { subject: SubjectType::Dataset, id: self.0.id };
        let rows = ctx.loaders().related(LinksOf(owner)).await?;
        Ok(rows.iter().cloned().map(Link).collect())
    }
}

/// A dataset to create. A field that is absent or null is unknown.
#[derive(Clone, Debug, InputObject)]
pub struct CreateDatasetInput {
    /// The slug. Without it, one is derived from the name.
    slug: Option<Slug>,
    /// The name as its source writes it.
    name: String,
    #[graphql(flatten)]
    facts: DatasetFactsInput,
    /// The license of the data.
    license: Option<Reference<CreateLicenseInput>>,
    /// Links to further information.
    links: Option<Vec<LinkInput>>,
    /// The statements of sources about its facts.
    evidence: Option<Vec<EvidenceInput>>,
}

/// The changes of a dataset. An absent field keeps its value, null clears it; lists are replaced.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateDatasetInput {
    /// The slug of the dataset.
    slug: Slug,
    /// The version that was read: CONFLICT if another is current. Null: not checked.
    expected_version: Option<i32>,
    /// The new slug.
    new_slug: MaybeUndefined<Slug>,
    /// The name as its source writes it.
    name: MaybeUndefined<String>,
    #[graphql(flatten)]
    facts: DatasetFactsPatch,
    /// The license of the data.
    license: MaybeUndefined<Reference<CreateLicenseInput>>,
    /// Links to further information.
    links: MaybeUndefined<Vec<LinkInput>>,
    /// The changes of the evidence about its facts.
    evidence: Option<EvidenceChanges>,
}

impl CreateInput for CreateDatasetInput {
    type Document = DatasetDocument;

    async fn document(self, path: &str, context: &mut InputContext<'_>) -> Result<DatasetDocument> {
        let slug = context.slug(path, self.slug, &self.name);
        let mut document = DatasetDocument::new(slug, self.name);
        self.facts.set(&mut document);
        document.license = Reference::resolve_optional(self.license, &format!("{path}.license"), context).await?;
        document.links = self.links.into_iter().flatten().map(Into::into).collect();
        add_evidence(&mut document.evidence, self.evidence, &format!("{path}.evidence"), context).await?;
        Ok(document)
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
        mut document: DatasetDocument,
        context: &mut InputContext<'_>,
    ) -> Result<DatasetDocument> {
        context.patch_slug(path, &mut document.slug, self.new_slug);
        context.patch_required(path, "name", &mut document.name, self.name);
        context.reject_nulls(path, self.facts.apply(&mut document));
        Reference::patch(&mut document.license, self.license, &format!("{path}.license"), context).await?;
        patch_links(&mut document.links, self.links);
        patch_evidence(&mut document.evidence, "", self.evidence, (path, "evidence"), context).await?;
        Ok(document)
    }
}

/// Conditions on datasets. All given ones must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct DatasetFilter {
    /// All of these filters match.
    and: Option<Vec<DatasetFilter>>,
    /// At least one of these matches.
    or: Option<Vec<DatasetFilter>>,
    /// This filter does not match.
    not: Option<Box<DatasetFilter>>,
    /// The slug.
    slug: Option<StringFilter>,
    /// The name.
    name: Option<StringFilter>,
    #[graphql(flatten)]
    facts: DatasetFactsFilter,
    #[graphql(flatten)]
    provenance: ProvenanceFilter,
    /// The license. Datasets without a license do not match.
    license: Option<LicenseFilter>,
    /// The models trained on the dataset.
    models: Option<Box<ListFilter<ModelFilter>>>,
}

impl Filter for DatasetFilter {
    const TABLE: &'static str = "dataset";

    fn condition(&self, context: &FilterContext) -> Condition {
        let name_key = Expr::col(("dataset", "name_key"));
        let own = Condition::all()
            .add_option(self.slug.as_ref().map(|slug| slug.condition(("dataset", "slug"))))
            .add_option(self.name.as_ref().map(|name| name.condition_normalized(("dataset", "name"), &name_key)))
            .add_option(self.facts.condition())
            .add_option(self.provenance.condition("dataset"))
            .add_option(self.license.as_ref().map(|license| refers_to(("dataset", "license_id"), license, context)))
            .add_option(self.models.as_ref().map(|models| {
                let (owner, related) = (("model_dataset", "dataset_id"), ("model_dataset", "model_id"));
                models.condition(("dataset", "id"), owner, related, context)
            }));
        combine(own, self.and.as_ref(), self.or.as_ref(), self.not.as_deref(), context)
    }
}

/// A sort key of datasets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum DatasetOrderField {
    /// The name, by code point, ignoring case.
    Name,
    /// The size in tokens.
    Tokens,
    /// The size in bytes.
    Bytes,
    /// The time of creation.
    CreatedAt,
    /// The time of the last change.
    UpdatedAt,
    /// The number of its models. Not with `asOf`.
    ModelCount,
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
            (Self::ModelCount, _) => return model_count!("dataset", models by "model_dataset"."dataset_id"),
        };
        SortKey { name, sql, kind, descending: false }
    }
}

connection_node!(Dataset, dataset);

subject_queries! {
    DatasetQuery for Dataset;
    /// The dataset with a slug. Null with the error NOT_FOUND if there is none.
    dataset;
    /// All datasets. Without `orderBy`, ordered by name.
    datasets(DatasetFilter, DatasetOrderField);
}

subject_mutations! {
    impl DatasetMutation for Dataset as dataset: DatasetDocument
    create_dataset(CreateDatasetInput) -> CreateDatasetPayload
    update_dataset(UpdateDatasetInput) -> UpdateDatasetPayload
    delete_dataset
    upsert_datasets(UpsertDatasetsInput { datasets }) -> UpsertDatasetsPayload { UpsertDatasetResult }
}
