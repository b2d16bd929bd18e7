//! Licenses.

use async_graphql::{Context, Enum, ID, InputObject, connection::EmptyFields};
use entity::{license, vocabulary::SubjectType};
use sea_orm::{Condition, sea_query::Expr};

use super::{
    connection::Listed,
    context::Reads,
    filter::{Filter, ListFilter, StringFilter, WordFilter, combine},
    link::Link,
    model::{ModelFilter, OF_LICENSE},
    noun::{queries, subject},
    order::OrderField,
    scalar::{Target, Url},
    vocabulary::{CommercialUse, Language},
};
use crate::{
    catalog::{
        cursor::{KeyKind, SortKey},
        link::Owner as LinkOwner,
        read::{LinksOf, PageOf},
    },
    error::Result,
};

/// The terms under which weights or data may be used.
pub struct License(pub license::Model);

subject! {
/// The terms under which weights or data may be used.
impl License {
    /// The global id.
    pub async fn id(&self) -> ID {
        Target::Subject(SubjectType::License, self.0.id).id()
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
        self.0.commercial_use.into()
    }

    /// Where its text stands. Null where no source says.
    async fn url(&self) -> Option<Url> {
        Url::from_column(self.0.url.as_deref()?)
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
        let rows = ctx.batches().load_one(LinksOf(LinkOwner::License(self.0.id))).await?;
        Ok(rows.unwrap_or_default().into_iter().filter_map(Link::of).collect())
    }
} models in OF_LICENSE
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
    commercial_use: Option<WordFilter<CommercialUse>>,
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
                commercial_use
                    .on(("license", "commercial_use"), |word| entity::vocabulary::CommercialUse::from(word).word())
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
        (Self::Name, SortKey { name: "id", sql: "license.id", kind: KeyKind::Integer, descending: false });

    fn key(self, _: bool) -> SortKey {
        let (name, sql, kind) = match self {
            Self::Name => ("name", "license.name_key", KeyKind::Text),
            Self::CreatedAt => ("created", "license.created_at", KeyKind::Time),
            Self::UpdatedAt => ("updated", "license.updated_at", KeyKind::Time),
        };
        SortKey { name, sql, kind, descending: false }
    }
}

impl Listed for License {
    type Entity = license::Entity;
    type Row = license::Model;
    type Extra = EmptyFields;
    const NAME: &'static str = "License";

    fn of(row: license::Model) -> Self {
        Self(row)
    }

    fn extra(_: &PageOf<license::Entity>) -> EmptyFields {
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
