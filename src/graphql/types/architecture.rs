//! Architectures.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, MaybeUndefined, connection::EmptyFields};
use entity::{architecture, vocabulary::SubjectType};
use sea_orm::{Condition, sea_query::Expr};

use crate::domain::architecture::ArchitectureDocument;
use crate::domain::link::LinkOwner;
use crate::domain::slug;
use crate::error::Result;
use crate::graphql::connection::ConnectionNode;
use crate::graphql::context::ContextExt;
use crate::graphql::filter::{Filter, ListFilter, StringFilter, combine};
use crate::graphql::input::{CreateInput, InputContext, UpdateInput, to_maybe};
use crate::graphql::order::OrderField;
use crate::graphql::resource_macros::{mutations, queries, subject};
use crate::graphql::scalars::{GlobalId, Slug};
use crate::graphql::types::link::{Link, LinkInput, patch_links};
use crate::graphql::types::model::OF_ARCHITECTURE;
use crate::graphql::types::model::filter::ModelFilter;
use crate::query::cursor::{SortKey, SortKeyType};
use crate::query::page_loader::PageKey;
use crate::query::relation_keys::LinksOf;

/// The way a model is built.
pub struct Architecture(pub Arc<architecture::Model>);

subject! {
/// The way a model is built.
impl Architecture {
    /// The global id.
    pub async fn id(&self) -> ID {
        GlobalId::Subject(SubjectType::Architecture, self.0.id).id()
    }

    /// The name that addresses use: lower-case words joined by hyphens, such as "llama".
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The name as its source writes it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Where to read more.
    async fn links(&self, ctx: &Context<'_>) -> Result<Vec<Link>> {
        let rows = ctx
            .loaders()
            .related(LinksOf(LinkOwner::Architecture(self.0.id)))
            .await?;
        Ok(rows.iter().cloned().map(Link).collect())
    }
} models in OF_ARCHITECTURE
}

/// A architecture. What is absent or null is unknown.
#[derive(Clone, Debug, InputObject)]
pub struct CreateArchitectureInput {
    /// The name that addresses use. Without: made of the name.
    slug: Option<Slug>,
    /// The name as its source writes it.
    name: String,
    /// Where to read more.
    links: Option<Vec<LinkInput>>,
}

/// What changes of a architecture. What is absent stays, null clears; a list that is given replaces the one before.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateArchitectureInput {
    /// Which architecture.
    slug: Slug,
    /// The version that you believe it to be at. Another is a CONFLICT. Without: whatever it is at.
    expected_version: Option<i32>,
    /// Another name for addresses.
    new_slug: Option<Slug>,
    /// The name as its source writes it.
    name: Option<String>,
    /// Where to read more.
    links: MaybeUndefined<Vec<LinkInput>>,
}

impl CreateInput for CreateArchitectureInput {
    type Document = ArchitectureDocument;

    async fn document(self, path: &str, draft: &mut InputContext<'_>) -> Result<ArchitectureDocument> {
        let update = UpdateArchitectureInput {
            slug: Slug(draft.slug(path, self.slug, &self.name)),
            expected_version: None,
            new_slug: None,
            name: None,
            links: to_maybe(self.links),
        };
        let document = ArchitectureDocument { slug: update.slug.0.clone(), name: self.name, links: Vec::new() };
        update.apply(path, document, draft).await
    }
}

impl UpdateInput for UpdateArchitectureInput {
    type Document = ArchitectureDocument;

    fn subject(&self) -> (slug::Slug, Option<i32>) {
        (self.slug.0.clone(), self.expected_version)
    }

    async fn apply(
        self,
        _: &str,
        mut architecture: ArchitectureDocument,
        _: &mut InputContext<'_>,
    ) -> Result<ArchitectureDocument> {
        if let Some(slug) = self.new_slug {
            architecture.slug = slug.0;
        }
        architecture.name = self.name.unwrap_or(architecture.name);
        patch_links(&mut architecture.links, self.links);
        Ok(architecture)
    }
}

/// Which architectures. Every condition given must hold; one that is absent or null asks for nothing.
#[derive(Clone, Debug, Default, InputObject)]
pub struct ArchitectureFilter {
    /// All of these hold.
    and: Option<Vec<ArchitectureFilter>>,
    /// At least one of these holds; none does where the list is empty.
    or: Option<Vec<ArchitectureFilter>>,
    /// This does not hold.
    not: Option<Box<ArchitectureFilter>>,
    /// The slug.
    slug: Option<StringFilter>,
    /// The name.
    name: Option<StringFilter>,
    /// The models built that way.
    models: Option<Box<ListFilter<ModelFilter>>>,
}

impl Filter for ArchitectureFilter {
    const TABLE: &'static str = "architecture";

    fn condition(&self) -> Condition {
        let own = Condition::all()
            .add_option(self.slug.as_ref().map(|slug| slug.on(("architecture", "slug"))))
            .add_option(
                self.name
                    .as_ref()
                    .map(|name| name.on_folded(("architecture", "name"), &Expr::col(("architecture", "name_key")))),
            )
            .add_option(
                self.models
                    .as_ref()
                    .map(|models| models.on(("architecture", "id"), ("model", "architecture_id"), ("model", "id"))),
            );
        combine(own, self.and.as_ref(), self.or.as_ref(), self.not.as_deref())
    }
}

/// What architectures can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ArchitectureOrderField {
    /// The name, by code point, without regard to case.
    Name,
    /// When it came into the catalog.
    CreatedAt,
    /// When the catalog last changed it.
    UpdatedAt,
}

impl OrderField for ArchitectureOrderField {
    const DEFAULT: (Self, SortKey) =
        (Self::Name, SortKey { name: "id", sql: "architecture.id", kind: SortKeyType::Integer, descending: false });

    fn key(self, _: bool) -> SortKey {
        let (name, sql, kind) = match self {
            Self::Name => ("name", "architecture.name_key", SortKeyType::Text),
            Self::CreatedAt => ("created", "architecture.created_at", SortKeyType::Time),
            Self::UpdatedAt => ("updated", "architecture.updated_at", SortKeyType::Time),
        };
        SortKey { name, sql, kind, descending: false }
    }
}

impl ConnectionNode for Architecture {
    type Entity = architecture::Entity;
    type Row = architecture::Model;
    type Extra = EmptyFields;
    const NAME: &'static str = "Architecture";

    fn of(row: Arc<architecture::Model>) -> Self {
        Self(row)
    }

    fn extra(_: &PageKey<architecture::Entity>) -> EmptyFields {
        EmptyFields
    }
}

queries! {
    impl ArchitectureQuery
    /// The architecture with a slug. NOT_FOUND and null if there is none.
    architecture: Architecture
    /// Architectures: filtered, searched, ordered and in pages. Without `orderBy` by name.
    architectures: ArchitectureFilter, ArchitectureOrderField
}

mutations! {
    impl ArchitectureMutation for Architecture as architecture: ArchitectureDocument
    create_architecture(CreateArchitectureInput) -> CreateArchitecturePayload
    update_architecture(UpdateArchitectureInput) -> UpdateArchitecturePayload
    delete_architecture
    upsert_architectures(UpsertArchitecturesInput { architectures }) -> UpsertArchitecturesPayload { UpsertArchitectureResult }
}
