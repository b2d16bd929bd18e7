//! Pagination by the Relay connection specification: connections, edges, cursors and page info.

use std::{borrow::Cow, marker::PhantomData, sync::Arc};

use async_graphql::{Context, Object, ObjectType, OutputType, SimpleObject, TypeName};
use sea_orm::EntityTrait;
use serde::de::DeserializeOwned;

use crate::db::database::Database;
use crate::domain::facts::response_budget::Charged;
use crate::error::{Error, Result};
use crate::graphql::context::ContextExt;
use crate::graphql::order::{ListOrder, MODEL_COUNT};
use crate::query::cache::CacheWeight;
use crate::query::cursor::{Cursor, SortKey};
use crate::query::keyset::{ListQuery, Page, PageRequest, ParentKey, RowFilter};
use crate::query::page_loader::{CountKey, PageKey};

/// The largest number of rows of a page.
pub const MAX_PAGE: i32 = 100;
/// The largest number of rows of a page without `first` and `last`.
pub const DEFAULT_PAGE: i32 = 20;

/// A type that connections can contain.
pub trait ConnectionNode: OutputType + Sized + 'static {
    /// The entity of the table.
    type Entity: EntityTrait<Model = Self::Row> + 'static;
    /// A row of the table.
    type Row: CacheWeight
        + Clone
        + Send
        + Sync
        + DeserializeOwned
        + sea_orm::ModelTrait<Entity = Self::Entity>
        + sea_orm::FromQueryResult;
    /// The fields of connections of this type in addition to those of all connections.
    type Extra: ObjectType;
    /// The name of the type in the schema.
    const NAME: &'static str;

    /// Creates the object of a row.
    fn of(row: Arc<Self::Row>) -> Self;

    /// Called with each row of a page before it is returned. By default without effect.
    fn on_loaded(_row: &Self::Row, _database: &Database) {}

    /// Creates the object with the additional fields for a list.
    fn extra(list: &PageKey<Self::Entity>) -> Self::Extra;
}

/// Implements [`ConnectionNode`] for an object around a row, whose connections have no additional fields.
macro_rules! connection_node {
    ($object:ident, $table:ident) => {
        impl $crate::graphql::connection::ConnectionNode for $object {
            type Entity = entity::$table::Entity;
            type Row = entity::$table::Model;
            type Extra = async_graphql::connection::EmptyFields;
            const NAME: &'static str = stringify!($object);

            fn of(row: std::sync::Arc<entity::$table::Model>) -> Self {
                Self(row)
            }

            fn extra(_: &$crate::query::page_loader::PageKey<entity::$table::Entity>) -> Self::Extra {
                async_graphql::connection::EmptyFields
            }
        }
    };
}

pub(super) use connection_node;

/// A list, and one page of it.
pub struct Connection<T: ConnectionNode> {
    list: PageKey<T::Entity>,
    page: Arc<Page<Arc<T::Row>>>,
}

/// The pagination arguments of a field.
pub struct PageArguments {
    /// The largest number of rows, from the start.
    pub first: Option<i32>,
    /// Only rows after this cursor.
    pub after: Option<String>,
    /// The largest number of rows, from the end.
    pub last: Option<i32>,
    /// Only rows before this cursor.
    pub before: Option<String>,
}

/// The parent whose rows a connection contains; by default there is none, and it contains all rows.
#[derive(Clone, Copy, Debug, Default)]
pub struct ConnectionParent(Option<(ParentKey, i32)>);

impl ConnectionParent {
    /// Selects the rows that are related to the parent with this id.
    pub fn of(parent: ParentKey, id: i32) -> Self {
        Self(Some((parent, id)))
    }
}

impl<T: ConnectionNode> Connection<T> {
    /// Loads the page for the field that is being resolved.
    ///
    /// # Errors
    /// A pagination argument is invalid, or the database fails.
    pub async fn read(
        ctx: &Context<'_>,
        parent: ConnectionParent,
        arguments: PageArguments,
        filter: impl Into<RowFilter>,
        order: ListOrder,
    ) -> Result<Self> {
        let list = Self::list(ctx, parent, arguments, filter.into(), order)?;
        // `totalCount` and facets are about the whole list: without other fields no page is loaded.
        let needs_page = ["edges", "nodes", "pageInfo"].iter().any(|field| ctx.look_ahead().field(field).exists());
        let page = if needs_page { Self::page(ctx, &list).await? } else { Arc::new(Page::empty()) };
        Ok(Self { list, page })
    }

    /// Loads the rows of a page for a field that is a list instead of a connection.
    ///
    /// # Errors
    /// A pagination argument is invalid, or the database fails.
    pub async fn read_rows(
        ctx: &Context<'_>,
        parent: ConnectionParent,
        arguments: PageArguments,
        filter: RowFilter,
        order: ListOrder,
    ) -> Result<Vec<T>> {
        let list = Self::list(ctx, parent, arguments, filter, order)?;
        let page = Self::page(ctx, &list).await?;
        Ok(page.rows.iter().map(|(_, row)| T::of(Arc::clone(row))).collect())
    }

    #[expect(clippy::needless_pass_by_value, reason = "callers have no further use for the arguments")]
    fn list(
        ctx: &Context<'_>,
        parent: ConnectionParent,
        arguments: PageArguments,
        filter: RowFilter,
        order: ListOrder,
    ) -> Result<PageKey<T::Entity>> {
        let ListOrder { keys, ranks } = order;
        if keys.iter().any(|key| key.name == MODEL_COUNT) && !ctx.loaders().is_now() {
            return Err(Error::InvalidArgument("The order MODEL_COUNT cannot be combined with `asOf`.".to_owned()));
        }
        let page = arguments.window(&keys)?;
        let (parent, id) = parent.0.map_or((None, 0), |(parent, id)| (Some(parent), id));
        let query = ListQuery { filter, keys, page, ranks, parent, entity: PhantomData };
        let field = (ctx.item.pos.line, ctx.item.pos.column);
        Ok(PageKey { field, parent: id, query: Arc::new(query), backend: ctx.loaders().backend() })
    }

    async fn page(ctx: &Context<'_>, list: &PageKey<T::Entity>) -> Result<Arc<Page<Arc<T::Row>>>> {
        let page = ctx.loaders().load_one(list.clone()).await?.unwrap_or_else(|| Arc::new(Page::empty()));
        page.rows.iter().for_each(|(_, row)| T::on_loaded(row, ctx.database()));
        Ok(page)
    }
}

impl<T: ConnectionNode> TypeName for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", T::NAME).into()
    }
}

#[macros::charged_fields]
/// One page of a list.
#[Object(name_type)]
impl<T: ConnectionNode> Connection<T> {
    /// The rows, each with its cursor.
    async fn edges(&self) -> Vec<Edge<T>> {
        let keys = &self.list.query.keys;
        let edge = |(cursor, row): &(Cursor, Arc<T::Row>)| Edge {
            cursor: Charged(cursor.write(keys)),
            node: T::of(Arc::clone(row)),
        };
        self.page.rows.iter().map(edge).collect()
    }

    /// The rows of the page.
    async fn nodes(&self) -> Vec<T> {
        self.page.rows.iter().map(|(_, row)| T::of(Arc::clone(row))).collect()
    }

    /// Whether there are more pages, and their cursors.
    async fn page_info(&self, ctx: &Context<'_>) -> Result<PageInfo> {
        let PageRequest { backward, .. } = self.list.query.page;
        // Rows on the side that pagination started from need another statement, so it is sent only if the field is selected.
        let selected = ctx.look_ahead().field(if backward { "hasNextPage" } else { "hasPreviousPage" }).exists();
        let skipped = selected && ctx.loaders().has_rows_before(&self.list).await?;
        let cursor =
            |row: Option<&(Cursor, Arc<T::Row>)>| Charged(row.map(|(cursor, _)| cursor.write(&self.list.query.keys)));
        Ok(PageInfo {
            has_next_page: if backward { skipped } else { self.page.more },
            has_previous_page: if backward { self.page.more } else { skipped },
            start_cursor: cursor(self.page.rows.first()),
            end_cursor: cursor(self.page.rows.last()),
        })
    }

    /// The number of rows of the whole list.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        let counts = ctx.loaders().load_one(CountKey { list: self.list.clone(), facet: None }).await?;
        Ok(counts.and_then(|counts| counts.first().map(|total| total.count)).unwrap_or(0))
    }

    #[graphql(flatten)]
    async fn extra(&self) -> T::Extra {
        T::extra(&self.list)
    }
}

/// A row with its cursor.
#[derive(SimpleObject)]
#[graphql(name_type)]
pub struct Edge<T: ConnectionNode> {
    /// For `after` and `before`, in the same order only.
    cursor: Charged<String>,
    /// The row.
    node: T,
}

impl<T: ConnectionNode> TypeName for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", T::NAME).into()
    }
}

/// Whether there are more pages, and their cursors.
#[derive(SimpleObject)]
#[graphql(shareable)]
pub struct PageInfo {
    /// Whether the list has rows after this page.
    pub has_next_page: bool,
    /// Whether the list has rows before this page.
    pub has_previous_page: bool,
    /// The cursor of the first row, to pass as `before`. Null if the page is empty.
    pub start_cursor: Charged<Option<String>>,
    /// The cursor of the last row, to pass as `after`. Null if the page is empty.
    pub end_cursor: Charged<Option<String>>,
}

impl PageArguments {
    /// Validates the arguments, and parses the cursors for a list with these sort keys.
    ///
    /// # Errors
    /// `first` and `last` are both set, the number of rows is out of range, or a cursor is invalid.
    pub fn window(&self, keys: &[SortKey]) -> Result<PageRequest> {
        if self.first.is_some() && self.last.is_some() {
            return Err(Error::InvalidPage("Give `first` or `last`, not both.".to_owned()));
        }
        let (name, limit) = match self.last {
            Some(last) => ("last", last),
            None => ("first", self.first.unwrap_or(DEFAULT_PAGE)),
        };
        let limit = u64::try_from(limit)
            .ok()
            .filter(|_| (0..=MAX_PAGE).contains(&limit))
            .ok_or_else(|| Error::InvalidPage(format!("`{name}` is {limit}; a page has from 0 to {MAX_PAGE} rows.")))?;
        let cursor = |text: &Option<String>| text.as_deref().map(|text| Cursor::parse(keys, text)).transpose();
        Ok(PageRequest {
            limit,
            backward: self.last.is_some(),
            after: cursor(&self.after)?,
            before: cursor(&self.before)?,
        })
    }
}
