//! Licenses.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, MaybeUndefined, connection::EmptyFields};
use entity::{license, vocabulary::SubjectType};
use sea_orm::{Condition, sea_query::Expr};

use crate::domain::license::LicenseDocument;
use crate::domain::link::LinkOwner;
use crate::domain::link::resolve_url;
use crate::domain::slug;
use crate::domain::text::LocalizedText;
use crate::error::Result;
use crate::graphql::connection::ConnectionNode;
use crate::graphql::context::ContextExt;
use crate::graphql::enums::Language;
use crate::graphql::filter::{EnumFilter, Filter, ListFilter, StringFilter, combine};
use crate::graphql::input::{CreateInput, InputContext, LocalizedInput, UpdateInput, patch, to_maybe};
use crate::graphql::order::OrderField;
use crate::graphql::resource_macros::{mutations, queries, subject};
use crate::graphql::scalars::{GlobalId, Slug, Url};
use crate::graphql::types::link::{Link, LinkInput, patch_links};
use crate::graphql::types::model::OF_LICENSE;
use crate::graphql::types::model::filter::ModelFilter;
use crate::query::cursor::{SortKey, SortKeyType};
use crate::query::page_loader::PageKey;
use crate::query::relation_keys::LinksOf;
use entity::vocabulary::CommercialUse;

/// The terms under which weights or data may be used.
pub struct License(pub Arc<license::Model>);

subject! {
/// The terms under which weights or data may be used.
impl License {
    /// The global id.
    pub async fn id(&self) -> ID {
        GlobalId::Subject(SubjectType::License, self.0.id).id()
    }

    /// The name that addresses use: lower-case words joined by hyphens, such as "llama-2-community-license".
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// The name as its source writes it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The identifier in the SPDX license list, such as "Apache-2.0". Null for licenses that are not in it.
    async fn spdx_id(&self) -> Option<&str> {
        self.0.spdx_id.as_deref()
    }

    /// Whether it allows commercial use.
    async fn commercial_use(&self) -> CommercialUse {
        self.0.commercial_use
    }

    /// Where its text stands. Null where no source says.
    async fn url(&self) -> Option<Url> {
        resolve_url(self.0.url.as_deref()?).map(Url)
    }

    /// What it asks for, in short. Null where no source says.
    async fn conditions(
        &self,
        #[graphql(desc = "The language wanted; null if there is no text in it. Without: English, else Chinese.")]
        language: Option<Language>,
    ) -> Option<&String> {
        let (zh, en) = (self.0.conditions_zh.as_ref(), self.0.conditions_en.as_ref());
        language.map_or_else(|| en.or(zh), |language| language.pick(zh, en))
    }

    /// Where to read more.
    async fn links(&self, ctx: &Context<'_>) -> Result<Vec<Link>> {
        let rows = ctx.loaders().related(LinksOf(LinkOwner::License(self.0.id))).await?;
        Ok(rows.iter().cloned().map(Link).collect())
    }
} models in OF_LICENSE
}

/// A license. What is absent or null is unknown.
#[derive(Clone, Debug, InputObject)]
pub struct CreateLicenseInput {
    /// The name that addresses use. Without: made of the name.
    slug: Option<Slug>,
    /// The name as its source writes it.
    name: String,
    /// The identifier in the SPDX license list.
    spdx_id: Option<String>,
    /// Whether it allows commercial use.
    commercial_use: CommercialUse,
    /// Where its text stands: absolute with http or https, or relative to the repository of the source list.
    url: Option<String>,
    /// What it asks for, in short.
    conditions: Option<LocalizedInput>,
    /// Where to read more.
    links: Option<Vec<LinkInput>>,
}

/// What changes of a license. What is absent stays, null clears; a list that is given replaces the one before.
#[derive(Clone, Debug, InputObject)]
pub struct UpdateLicenseInput {
    /// Which license.
    slug: Slug,
    /// The version that you believe it to be at. Another is a CONFLICT. Without: whatever it is at.
    expected_version: Option<i32>,
    /// Another name for addresses.
    new_slug: Option<Slug>,
    /// The name as its source writes it.
    name: Option<String>,
    /// The identifier in the SPDX license list.
    spdx_id: MaybeUndefined<String>,
    /// Whether it allows commercial use.
    commercial_use: Option<CommercialUse>,
    /// Where its text stands: absolute with http or https, or relative to the repository of the source list.
    url: MaybeUndefined<String>,
    /// What it asks for, in short.
    conditions: MaybeUndefined<LocalizedInput>,
    /// Where to read more.
    links: MaybeUndefined<Vec<LinkInput>>,
}

impl CreateInput for CreateLicenseInput {
    type Document = LicenseDocument;

    async fn document(self, path: &str, draft: &mut InputContext<'_>) -> Result<LicenseDocument> {
        let update = UpdateLicenseInput {
            slug: Slug(draft.slug(path, self.slug, &self.name)),
            expected_version: None,
            new_slug: None,
            name: None,
            spdx_id: to_maybe(self.spdx_id),
            commercial_use: None,
            url: to_maybe(self.url),
            conditions: to_maybe(self.conditions),
            links: to_maybe(self.links),
        };
        let document = LicenseDocument {
            slug: update.slug.0.clone(),
            name: self.name,
            spdx_id: None,
            commercial_use: self.commercial_use,
            url: None,
            conditions: LocalizedText::default(),
            links: Vec::new(),
        };
        update.apply(path, document, draft).await
    }
}

impl UpdateInput for UpdateLicenseInput {
    type Document = LicenseDocument;

    fn subject(&self) -> (slug::Slug, Option<i32>) {
        (self.slug.0.clone(), self.expected_version)
    }

    async fn apply(self, _: &str, mut license: LicenseDocument, _: &mut InputContext<'_>) -> Result<LicenseDocument> {
        if let Some(slug) = self.new_slug {
            license.slug = slug.0;
        }
        license.name = self.name.unwrap_or(license.name);
        license.commercial_use = self.commercial_use.map_or(license.commercial_use, Into::into);
        patch(&mut license.spdx_id, self.spdx_id);
        patch(&mut license.url, self.url);
        patch_links(&mut license.links, self.links);
        if !self.conditions.is_undefined() {
            license.conditions = self.conditions.take().map_or_else(LocalizedText::default, LocalizedText::from);
        }
        Ok(license)
    }
}

/// Which licenses. Every condition given must hold; one that is absent or null asks for nothing.
#[derive(Clone, Debug, Default, InputObject)]
pub struct LicenseFilter {
    /// All of these hold.
    and: Option<Vec<LicenseFilter>>,
    /// At least one of these holds; none does where the list is empty.
    or: Option<Vec<LicenseFilter>>,
    /// This does not hold.
    not: Option<Box<LicenseFilter>>,
    /// The slug.
    slug: Option<StringFilter>,
    /// The name.
    name: Option<StringFilter>,
    /// The identifier in the SPDX license list.
    spdx_id: Option<StringFilter>,
    /// Whether it allows commercial use.
    commercial_use: Option<EnumFilter<CommercialUse>>,
    /// The models under it.
    models: Option<Box<ListFilter<ModelFilter>>>,
}

impl Filter for LicenseFilter {
    const TABLE: &'static str = "license";

    fn condition(&self) -> Condition {
        let own = Condition::all()
            .add_option(self.slug.as_ref().map(|slug| slug.on(("license", "slug"))))
            .add_option(
                self.name.as_ref().map(|name| name.on_folded(("license", "name"), &Expr::col(("license", "name_key")))),
            )
            .add_option(self.spdx_id.as_ref().map(|id| id.on(("license", "spdx_id"))))
            .add_option(self.commercial_use.as_ref().map(|commercial_use| {
                commercial_use.on(("license", "commercial_use"), entity::vocabulary::CommercialUse::word)
            }))
            .add_option(
                self.models
                    .as_ref()
                    .map(|models| models.on(("license", "id"), ("model", "license_id"), ("model", "id"))),
            );
        combine(own, self.and.as_ref(), self.or.as_ref(), self.not.as_deref())
    }
}

/// What licenses can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum LicenseOrderField {
    /// The name, by code point, without regard to case.
    Name,
    /// When it came into the catalog.
    CreatedAt,
    /// When the catalog last changed it.
    UpdatedAt,
}

impl OrderField for LicenseOrderField {
    const DEFAULT: (Self, SortKey) =
        (Self::Name, SortKey { name: "id", sql: "license.id", kind: SortKeyType::Integer, descending: false });

    fn key(self, _: bool) -> SortKey {
        let (name, sql, kind) = match self {
            Self::Name => ("name", "license.name_key", SortKeyType::Text),
            Self::CreatedAt => ("created", "license.created_at", SortKeyType::Time),
            Self::UpdatedAt => ("updated", "license.updated_at", SortKeyType::Time),
        };
        SortKey { name, sql, kind, descending: false }
    }
}

impl ConnectionNode for License {
    type Entity = license::Entity;
    type Row = license::Model;
    type Extra = EmptyFields;
    const NAME: &'static str = "License";

    fn of(row: Arc<license::Model>) -> Self {
        Self(row)
    }

    fn extra(_: &PageKey<license::Entity>) -> EmptyFields {
        EmptyFields
    }
}

queries! {
    impl LicenseQuery
    /// The license with a slug. NOT_FOUND and null if there is none.
    license: License
    /// Licenses: filtered, searched, ordered and in pages. Without `orderBy` by name.
    licenses: LicenseFilter, LicenseOrderField
}

mutations! {
    impl LicenseMutation for License as license: LicenseDocument
    create_license(CreateLicenseInput) -> CreateLicensePayload
    update_license(UpdateLicenseInput) -> UpdateLicensePayload
    delete_license
    upsert_licenses(UpsertLicensesInput { licenses }) -> UpsertLicensesPayload { UpsertLicenseResult }
}
