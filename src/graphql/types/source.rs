//! Sources.

use std::pin::Pin;
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, MaybeUndefined, Object, OneofObject, SimpleObject};
use entity::{license, organization, source, vocabulary::SubjectType};
use sea_orm::{Condition, sea_query::Expr};
use serde::Deserialize;

use crate::domain::date;
use crate::domain::document::SubjectDocument;
use crate::domain::facts::filter::{ColumnFilter, StringFilter};
use crate::domain::facts::response_budget::Charged;
use crate::domain::link::resolve_url;
use crate::domain::slug;
use crate::domain::source::{
    SnapshotDocument, SourceDocument, SourceFacts, SourceFactsFilter, SourceFactsInput, SourceFactsPatch,
};
use crate::error::{Error, Result};
use crate::graphql::connection::connection_node;
use crate::graphql::context::ContextExt;
use crate::graphql::filter::{Filter, FilterContext, combine, refers_to};
use crate::graphql::input::{CreateInput, InputContext, Reference, UpdateInput, patch, patch_list};
use crate::graphql::order::OrderField;
use crate::graphql::resource_macros::{subject_mutations, subject_queries};
use crate::graphql::scalars::{GlobalId, Slug, Url};
use crate::graphql::types::evidence::EvidenceParent;
use crate::graphql::types::license::{CreateLicenseInput, License, LicenseFilter};
use crate::graphql::types::organization::{CreateOrganizationInput, Organization, OrganizationFilter};
use crate::query::cursor::{SortKey, SortKeyType};
use crate::store::references::sources_at;

/// A source: a document that facts rest on, such as a paper or a model card.
pub struct Source(pub Arc<source::Model>);

#[macros::evidence_field(
    parent = EvidenceParent::Source(self.0.id),
    doc = "The current evidence that rests on it, oldest first."
)]
#[macros::subject_fields]
/// A source: a document that facts rest on, such as a paper or a model card.
#[Object]
impl Source {
    /// The global id.
    pub async fn id(&self) -> ID {
        GlobalId::Subject(SubjectType::Source, self.0.id).id()
    }

    /// The identifier in URLs and references: lower-case words joined by hyphens, such as "llama-2-model-card".
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The title.
    async fn title(&self) -> &str {
        &self.0.name
    }

    #[graphql(flatten)]
    async fn facts(&self) -> SourceFacts {
        SourceFacts(Arc::clone(&self.0))
    }

    /// The organization that published it. Null if unknown.
    async fn publisher(&self, ctx: &Context<'_>) -> Option<Result<Organization>> {
        let row = ctx.loaders().row::<organization::Entity>(self.0.publisher_id?).await;
        row.map(|row| row.map(Organization)).transpose()
    }

    /// The absolute URL. Null if it has none or that is unknown.
    async fn url(&self) -> Option<Url> {
        resolve_url(self.0.url.as_deref()?).map(Url)
    }

    /// The license of its content. Null if unknown.
    async fn license(&self, ctx: &Context<'_>) -> Option<Result<License>> {
        let row = ctx.loaders().row::<license::Entity>(self.0.license_id?).await;
        row.map(|row| row.map(License)).transpose()
    }

    /// The source that it copies: a copy is no further evidence. Null if it copies none or that is unknown.
    async fn derived_from(&self, ctx: &Context<'_>) -> Option<Result<Source>> {
        let row = ctx.loaders().row::<source::Entity>(self.0.derived_from_id?).await;
        row.map(|row| row.map(Source)).transpose()
    }

    /// The states in which it was read.
    async fn snapshots(&self) -> Result<Vec<SourceSnapshot>> {
        let snapshots = Vec::<SnapshotDocument>::deserialize(&self.0.snapshots).map_err(Error::internal)?;
        Ok(snapshots.into_iter().map(SourceSnapshot::from).collect())
    }
}

/// A state in which a source was read.
#[derive(SimpleObject)]
pub struct SourceSnapshot {
    /// The day on which it was read.
    accessed: Charged<date::Date>,
    /// The revision that the source states, such as a commit or a version. Null if it states none.
    revision: Charged<Option<String>>,
    /// The hash of its content, with the name of the function, such as "sha256:…". Null if unknown.
    hash: Charged<Option<String>>,
}

impl From<SnapshotDocument> for SourceSnapshot {
    fn from(snapshot: SnapshotDocument) -> Self {
        let SnapshotDocument { revision, accessed, hash } = snapshot;
        Self { revision: Charged(revision), accessed: Charged(accessed), hash: Charged(hash) }
    }
}

/// A state in which a source was read.
#[derive(Clone, Debug, InputObject)]
pub struct SourceSnapshotInput {
    /// The day on which it was read.
    accessed: date::Date,
    /// The revision that the source states, such as a commit or a version.
    revision: Option<String>,
    /// The hash of its content, with the name of the function, such as "sha256:…".
    hash: Option<String>,
}

impl From<SourceSnapshotInput> for SnapshotDocument {
    fn from(input: SourceSnapshotInput) -> Self {
        Self { revision: input.revision, accessed: input.accessed, hash: input.hash }
    }
}

/// A reference to a source: an existing one, or a new one to create.
#[derive(Clone, Debug, OneofObject)]
pub enum SourceReference {
    /// The slug of an existing source.
    Slug(Slug),
    /// The address of an existing source, exactly as it is recorded.
    Url(String),
    /// A new source, created in the same transaction.
    Create(Box<CreateSourceInput>),
}

impl SourceReference {
    /// Returns the slug of the source. Creates the source first if the reference contains a new one. The future is boxed: a new
    /// source may have a new publisher, whose evidence has a source.
    ///
    /// # Errors
    /// The database fails. Problems of the input are collected in the context.
    pub fn resolve<'a>(
        self,
        path: &'a str,
        context: &'a mut InputContext<'_>,
    ) -> Pin<Box<dyn Future<Output = Result<slug::Slug>> + Send + 'a>> {
        Box::pin(async move {
            match self {
                Self::Slug(slug) => Ok(slug.0),
                Self::Url(url) => {
                    let mut found = sources_at(context.transaction(), &url).await?;
                    match found.pop() {
                        Some(slug) if found.is_empty() => Ok(slug),
                        Some(_) => {
                            let message = "is the address of several sources; refer to one by `slug`";
                            context.problem(format!("{path}.url"), message);
                            Ok(slug::Slug::placeholder())
                        }
                        None => {
                            let message = "is the address of no source; create it with `create`";
                            context.problem(format!("{path}.url"), message);
                            Ok(slug::Slug::placeholder())
                        }
                    }
                }
                Self::Create(input) => Reference::Create(*input).resolve(path, context).await,
            }
        })
    }
}

/// A source to create. A field that is absent or null is unknown.
#[derive(Clone, Debug, InputObject)]
pub struct CreateSourceInput {
    /// The slug. Without it, one is derived from the title.
    slug: Option<Slug>,
    /// The title.
    title: String,
    #[graphql(flatten)]
    facts: SourceFactsInput,
    /// The organization that published it.
    publisher: Option<Reference<CreateOrganizationInput>>,
    /// The license of its content.
    license: Option<Reference<CreateLicenseInput>>,
    /// The slug of the source that it copies.
    derived_from: Option<Slug>,
    /// The states in which it was read.
    snapshots: Option<Vec<SourceSnapshotInput>>,
}

/// The changes of a source. An absent field keeps its value, null clears it; lists are replaced.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateSourceInput {
    /// The slug of the source.
    slug: Slug,
    /// The version that was read: CONFLICT if another is current. Null: not checked.
    expected_version: Option<i32>,
    /// The new slug.
    new_slug: MaybeUndefined<Slug>,
    /// The title.
    title: MaybeUndefined<String>,
    #[graphql(flatten)]
    facts: SourceFactsPatch,
    /// The organization that published it.
    publisher: MaybeUndefined<Reference<CreateOrganizationInput>>,
    /// The license of its content.
    license: MaybeUndefined<Reference<CreateLicenseInput>>,
    /// The slug of the source that it copies.
    derived_from: MaybeUndefined<Slug>,
    /// The states in which it was read.
    snapshots: MaybeUndefined<Vec<SourceSnapshotInput>>,
}

impl CreateInput for CreateSourceInput {
    type Document = SourceDocument;

    async fn document(self, path: &str, context: &mut InputContext<'_>) -> Result<SourceDocument> {
        let slug = context.slug(path, self.slug, &self.title);
        let mut document = SourceDocument::new(slug, self.title);
        self.facts.set(&mut document);
        document.publisher = Reference::resolve_optional(self.publisher, &format!("{path}.publisher"), context).await?;
        document.license = Reference::resolve_optional(self.license, &format!("{path}.license"), context).await?;
        document.derived_from = self.derived_from.map(|slug| slug.0);
        document.snapshots = self.snapshots.into_iter().flatten().map(Into::into).collect();
        Ok(document)
    }
}

impl UpdateInput for UpdateSourceInput {
    type Document = SourceDocument;

    fn subject(&self) -> (slug::Slug, Option<i32>) {
        (self.slug.0.clone(), self.expected_version)
    }

    async fn apply(
        self,
        path: &str,
        mut document: SourceDocument,
        context: &mut InputContext<'_>,
    ) -> Result<SourceDocument> {
        context.patch_slug(path, &mut document.slug, self.new_slug);
        context.patch_required(path, "title", &mut document.title, self.title);
        context.reject_nulls(path, self.facts.apply(&mut document));
        Reference::patch(&mut document.publisher, self.publisher, &format!("{path}.publisher"), context).await?;
        Reference::patch(&mut document.license, self.license, &format!("{path}.license"), context).await?;
        patch(&mut document.derived_from, self.derived_from.map_value(|slug| slug.0));
        patch_list(&mut document.snapshots, self.snapshots);
        Ok(document)
    }
}

/// Conditions on sources. All given ones must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct SourceFilter {
    /// All of these filters match.
    and: Option<Vec<SourceFilter>>,
    /// At least one of these matches.
    or: Option<Vec<SourceFilter>>,
    /// This filter does not match.
    not: Option<Box<SourceFilter>>,
    /// The slug.
    slug: Option<StringFilter>,
    /// The title.
    title: Option<StringFilter>,
    #[graphql(flatten)]
    facts: SourceFactsFilter,
    /// The organization that published it. Sources without a publisher do not match.
    publisher: Option<Box<OrganizationFilter>>,
    /// The license of its content. Sources without a license do not match.
    license: Option<Box<LicenseFilter>>,
    /// The source that it copies. Sources that copy none do not match.
    derived_from: Option<Box<SourceFilter>>,
}

impl Filter for SourceFilter {
    const TABLE: &'static str = "source";

    fn condition(&self, context: &FilterContext) -> Condition {
        let name_key = Expr::col(("source", "name_key"));
        let own = Condition::all()
            .add_option(self.slug.as_ref().map(|slug| slug.condition(("source", "slug"))))
            .add_option(self.title.as_ref().map(|title| title.condition_normalized(("source", "name"), &name_key)))
            .add_option(self.facts.condition())
            .add_option(self.publisher.as_deref().map(|filter| refers_to(("source", "publisher_id"), filter, context)))
            .add_option(self.license.as_deref().map(|filter| refers_to(("source", "license_id"), filter, context)))
            .add_option(
                self.derived_from.as_deref().map(|filter| refers_to(("source", "derived_from_id"), filter, context)),
            );
        combine(own, self.and.as_ref(), self.or.as_ref(), self.not.as_deref(), context)
    }
}

/// A sort key of sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum SourceOrderField {
    /// The title, by code point, ignoring case.
    Title,
    /// The date of publication.
    PublishedAt,
    /// The time of creation.
    CreatedAt,
    /// The time of the last change.
    UpdatedAt,
}

impl OrderField for SourceOrderField {
    const DEFAULT: (Self, SortKey) =
        (Self::Title, SortKey { name: "id", sql: "source.id", kind: SortKeyType::Integer, descending: false });

    fn key(self, low: bool) -> SortKey {
        let (name, sql, kind) = match (self, low) {
            (Self::Title, _) => ("name", "source.name_key", SortKeyType::Text),
            (Self::PublishedAt, true) => ("published", "COALESCE(source.published_at, '')", SortKeyType::Text),
            (Self::PublishedAt, false) => ("published~", "COALESCE(source.published_at, '~')", SortKeyType::Text),
            (Self::CreatedAt, _) => ("created", "source.created_at", SortKeyType::Time),
            (Self::UpdatedAt, _) => ("updated", "source.updated_at", SortKeyType::Time),
        };
        SortKey { name, sql, kind, descending: false }
    }
}

connection_node!(Source, source);

subject_queries! {
    SourceQuery for Source;
    /// The source with a slug. Null with the error NOT_FOUND if there is none.
    source;
    /// All sources. Without `orderBy`, ordered by title.
    sources(SourceFilter, SourceOrderField);
}

subject_mutations! {
    impl SourceMutation for Source as source: SourceDocument
    create_source(CreateSourceInput) -> CreateSourcePayload
    update_source(UpdateSourceInput) -> UpdateSourcePayload
    delete_source
    upsert_sources(UpsertSourcesInput { sources }) -> UpsertSourcesPayload { UpsertSourceResult }
}
