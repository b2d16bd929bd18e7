//! Organizations.

use std::sync::Arc;

use async_graphql::{Enum, ID, InputObject, MaybeUndefined, connection::EmptyFields};
use entity::{organization, vocabulary::SubjectType};
use sea_orm::{Condition, sea_query::Expr};

use crate::domain::organization::OrganizationDocument;
use crate::domain::slug;
use crate::domain::text::LocalizedText;
use crate::error::Result;
use crate::graphql::connection::ConnectionNode;
use crate::graphql::enums::Language;
use crate::graphql::filter::{Filter, ListFilter, StringFilter, combine};
use crate::graphql::input::{CreateInput, InputContext, LocalizedInput, UpdateInput, to_maybe};
use crate::graphql::order::OrderField;
use crate::graphql::resource_macros::{mutations, queries, subject};
use crate::graphql::scalars::{GlobalId, Slug};
use crate::graphql::types::model::OF_ORGANIZATION;
use crate::graphql::types::model::filter::ModelFilter;
use crate::query::cursor::{SortKey, SortKeyType};
use crate::query::page_loader::PageKey;

/// A company, institute or community that makes models.
pub struct Organization(pub Arc<organization::Model>);

subject! {
/// A company, institute or community that makes models.
impl Organization {
    /// The global id.
    pub async fn id(&self) -> ID {
        GlobalId::Subject(SubjectType::Organization, self.0.id).id()
    }

    /// The name that addresses use: lower-case words joined by hyphens, such as "meta".
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The name: in the language wanted where there is one in it, else as its source writes it.
    async fn name(&self, #[graphql(desc = "The language wanted.")] language: Option<Language>) -> &str {
        let (zh, en) = (self.0.name_zh.as_ref(), self.0.name_en.as_ref());
        language
            .and_then(|language| language.pick(zh, en))
            .unwrap_or(&self.0.name)
    }
} models in OF_ORGANIZATION
}

/// A organization. What is absent or null is unknown.
#[derive(Clone, Debug, InputObject)]
pub struct CreateOrganizationInput {
    /// The name that addresses use. Without: made of the name.
    slug: Option<Slug>,
    /// The name as its source writes it.
    name: String,
    /// The name in Chinese and English, where one of them differs from the name.
    localized_name: Option<LocalizedInput>,
}

/// What changes of a organization. What is absent stays, null clears; a list that is given replaces the one before.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateOrganizationInput {
    /// Which organization.
    slug: Slug,
    /// The version that you believe it to be at. Another is a CONFLICT. Without: whatever it is at.
    expected_version: Option<i32>,
    /// Another name for addresses.
    new_slug: Option<Slug>,
    /// The name as its source writes it.
    name: Option<String>,
    /// The name in Chinese and English, where one of them differs from the name.
    localized_name: MaybeUndefined<LocalizedInput>,
}

impl CreateInput for CreateOrganizationInput {
    type Document = OrganizationDocument;

    async fn document(self, path: &str, draft: &mut InputContext<'_>) -> Result<OrganizationDocument> {
        let update = UpdateOrganizationInput {
            slug: Slug(draft.slug(path, self.slug, &self.name)),
            expected_version: None,
            new_slug: None,
            name: None,
            localized_name: to_maybe(self.localized_name),
        };
        let document = OrganizationDocument {
            slug: update.slug.0.clone(),
            name: self.name,
            localized_name: LocalizedText::default(),
        };
        update.apply(path, document, draft).await
    }
}

impl UpdateInput for UpdateOrganizationInput {
    type Document = OrganizationDocument;

    fn subject(&self) -> (slug::Slug, Option<i32>) {
        (self.slug.0.clone(), self.expected_version)
    }

    async fn apply(
        self,
        _: &str,
        mut organization: OrganizationDocument,
        _: &mut InputContext<'_>,
    ) -> Result<OrganizationDocument> {
        if let Some(slug) = self.new_slug {
            organization.slug = slug.0;
        }
        organization.name = self.name.unwrap_or(organization.name);
        if !self.localized_name.is_undefined() {
            organization.localized_name =
                self.localized_name.take().map_or_else(LocalizedText::default, LocalizedText::from);
        }
        Ok(organization)
    }
}

/// Which organizations. Every condition given must hold; one that is absent or null asks for nothing.
#[derive(Clone, Debug, Default, InputObject)]
pub struct OrganizationFilter {
    /// All of these hold.
    and: Option<Vec<OrganizationFilter>>,
    /// At least one of these holds; none does where the list is empty.
    or: Option<Vec<OrganizationFilter>>,
    /// This does not hold.
    not: Option<Box<OrganizationFilter>>,
    /// The slug.
    slug: Option<StringFilter>,
    /// The name.
    name: Option<StringFilter>,
    /// The models it made.
    models: Option<Box<ListFilter<ModelFilter>>>,
}

impl Filter for OrganizationFilter {
    const TABLE: &'static str = "organization";

    fn condition(&self) -> Condition {
        let own = Condition::all()
            .add_option(self.slug.as_ref().map(|slug| slug.on(("organization", "slug"))))
            .add_option(
                self.name
                    .as_ref()
                    .map(|name| name.on_folded(("organization", "name"), &Expr::col(("organization", "name_key")))),
            )
            .add_option(self.models.as_ref().map(|models| {
                models.on(
                    ("organization", "id"),
                    ("model_organization", "organization_id"),
                    ("model_organization", "model_id"),
                )
            }));
        combine(own, self.and.as_ref(), self.or.as_ref(), self.not.as_deref())
    }
}

/// What organizations can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum OrganizationOrderField {
    /// The name, by code point, without regard to case.
    Name,
    /// When it came into the catalog.
    CreatedAt,
    /// When the catalog last changed it.
    UpdatedAt,
}

impl OrderField for OrganizationOrderField {
    const DEFAULT: (Self, SortKey) =
        (Self::Name, SortKey { name: "id", sql: "organization.id", kind: SortKeyType::Integer, descending: false });

    fn key(self, _: bool) -> SortKey {
        let (name, sql, kind) = match self {
            Self::Name => ("name", "organization.name_key", SortKeyType::Text),
            Self::CreatedAt => ("created", "organization.created_at", SortKeyType::Time),
            Self::UpdatedAt => ("updated", "organization.updated_at", SortKeyType::Time),
        };
        SortKey { name, sql, kind, descending: false }
    }
}

impl ConnectionNode for Organization {
    type Entity = organization::Entity;
    type Row = organization::Model;
    type Extra = EmptyFields;
    const NAME: &'static str = "Organization";

    fn of(row: Arc<organization::Model>) -> Self {
        Self(row)
    }

    fn extra(_: &PageKey<organization::Entity>) -> EmptyFields {
        EmptyFields
    }
}

queries! {
    impl OrganizationQuery
    /// The organization with a slug. NOT_FOUND and null if there is none.
    organization: Organization
    /// Organizations: filtered, searched, ordered and in pages. Without `orderBy` by name.
    organizations: OrganizationFilter, OrganizationOrderField
}

mutations! {
    impl OrganizationMutation for Organization as organization: OrganizationDocument
    create_organization(CreateOrganizationInput) -> CreateOrganizationPayload
    update_organization(UpdateOrganizationInput) -> UpdateOrganizationPayload
    delete_organization
    upsert_organizations(UpsertOrganizationsInput { organizations }) -> UpsertOrganizationsPayload { UpsertOrganizationResult }
}
