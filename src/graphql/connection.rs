//! Lists in pages, after the Relay connection specification.

use std::{borrow::Cow, marker::PhantomData, sync::Arc};

use async_graphql::{Context, Object, ObjectType, OutputType, SimpleObject, TypeName};
use sea_orm::{Condition, ConnectionTrait, EntityTrait};

use crate::db::database::Database;
use crate::error::{Error, Result};
use crate::graphql::context::ContextExt;
use crate::query::cache::CacheWeight;
use crate::query::cursor::{Cursor, SortKey};
use crate::query::keyset::{ListQuery, Page, PageRequest, ParentKey};
use crate::query::page_loader::{CountKey, PageKey};

/// The most rows of a page.
pub const MAX_PAGE: i32 = 100;
/// The rows of a page that does not say how many.
pub const DEFAULT_PAGE: i32 = 20;

/// A type of which there are lists.
pub trait ConnectionNode: OutputType + Sized + 'static {
    /// Its table.
    type Entity: EntityTrait<Model = Self::Row> + 'static;
    /// A row of its table.
    type Row: CacheWeight + Clone + Send + Sync + sea_orm::ModelTrait<Entity = Self::Entity> + sea_orm::FromQueryResult;
    /// What its lists offer beyond pages and a count.
    type Extra: ObjectType;
    /// Its name in the schema.
    const NAME: &'static str;

    /// The object of a row.
    fn of(row: Arc<Self::Row>) -> Self;

    /// Takes note of a row that is about to be shown.
    fn on_loaded(_row: &Self::Row, _database: &Database) {}

    /// What its lists offer beyond pages and a count.
    fn extra(list: &PageKey<Self::Entity>) -> Self::Extra;
}

/// A list of which one page is shown.
pub struct Connection<T: ConnectionNode> {
    list: PageKey<T::Entity>,
    page: Arc<Page<Arc<T::Row>>>,
}

/// Which page of a list is asked for.
pub struct PageArguments {
    /// The first this many.
    pub first: Option<i32>,
    /// Behind this cursor.
    pub after: Option<String>,
    /// The last this many.
    pub last: Option<i32>,
    /// Before this cursor.
    pub before: Option<String>,
}

/// Whose list it is: everybody's, or that of a parent.
#[derive(Clone, Copy, Debug, Default)]
pub struct ConnectionParent(Option<(ParentKey, i32)>);

impl ConnectionParent {
    /// The rows that belong to the parent with this id.
    pub fn of(parent: ParentKey, id: i32) -> Self {
        Self(Some((parent, id)))
    }
}

impl<T: ConnectionNode> Connection<T> {
    /// Reads the page of the field that is being resolved.
    pub async fn read(
        ctx: &Context<'_>,
        owner: ConnectionParent,
        arguments: PageArguments,
        filter: Condition,
        keys: Vec<SortKey>,
    ) -> Result<Self> {
        let window = arguments.window(&keys)?;
        let (parent, id) = owner.0.map_or((None, 0), |(parent, id)| (Some(parent), id));
        let listing = ListQuery { filter, keys, window, parent, entity: PhantomData };
        let field = (ctx.item.pos.line, ctx.item.pos.column);
        let backend = ctx.db().get_database_backend();
        let list = PageKey { field, parent: id, listing: Arc::new(listing), backend };
        // Counts are of the whole list: who asks for nothing else needs no page.
        let shown = ["edges", "nodes", "pageInfo"].iter().any(|field| ctx.look_ahead().field(field).exists());
        let page = if shown { ctx.loaders().load_one(list.clone()).await? } else { None };
        let page = page.unwrap_or_else(|| Arc::new(Page::empty()));
        page.rows.iter().for_each(|(_, row)| T::on_loaded(row, ctx.database()));
        Ok(Self { list, page })
    }
}

impl<T: ConnectionNode> TypeName for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", T::NAME).into()
    }
}

/// A page of a list, and what is known of the whole list.
#[Object(name_type)]
impl<T: ConnectionNode> Connection<T> {
    /// The rows of the page, each with its cursor.
    async fn edges(&self) -> Vec<Edge<T>> {
        let keys = &self.list.listing.keys;
        let edge =
            |(cursor, row): &(Cursor, Arc<T::Row>)| Edge { cursor: cursor.write(keys), node: T::of(Arc::clone(row)) };
        self.page.rows.iter().map(edge).collect()
    }

    /// The rows of the page.
    async fn nodes(&self) -> Vec<T> {
        self.page.rows.iter().map(|(_, row)| T::of(Arc::clone(row))).collect()
    }

    /// What lies around the page.
    async fn page_info(&self, ctx: &Context<'_>) -> Result<PageInfo> {
        let PageRequest { backward, .. } = self.list.listing.window;
        // What lies behind the start costs a statement, so it is looked up only for those who ask.
        let asked = ctx.look_ahead().field(if backward { "hasNextPage" } else { "hasPreviousPage" }).exists();
        let skipped = asked && self.list.listing.has_rows_before(ctx.db(), self.list.parent).await?;
        let cursor = |row: Option<&(Cursor, Arc<T::Row>)>| row.map(|(cursor, _)| cursor.write(&self.list.listing.keys));
        Ok(PageInfo {
            has_next_page: if backward { skipped } else { self.page.more },
            has_previous_page: if backward { self.page.more } else { skipped },
            start_cursor: cursor(self.page.rows.first()),
            end_cursor: cursor(self.page.rows.last()),
        })
    }

    /// How many rows the whole list has, whatever the page. Counted only when asked for.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        let tally = ctx.loaders().load_one(CountKey { list: self.list.clone(), facet: None }).await?;
        Ok(tally.and_then(|tally| tally.first().map(|all| all.count)).unwrap_or(0))
    }

    #[graphql(flatten)]
    async fn extra(&self) -> T::Extra {
        T::extra(&self.list)
    }
}

/// A row of a page.
#[derive(SimpleObject)]
#[graphql(name_type)]
pub struct Edge<T: ConnectionNode> {
    /// The row's place in the list: pass it as `after` or `before`. Opaque; good for the same order only.
    cursor: String,
    /// The row.
    node: T,
}

impl<T: ConnectionNode> TypeName for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", T::NAME).into()
    }
}

/// What lies around a page.
#[derive(SimpleObject)]
pub struct PageInfo {
    /// Whether there are rows behind this page.
    pub has_next_page: bool,
    /// Whether there are rows before this page.
    pub has_previous_page: bool,
    /// The cursor of the first row; null on an empty page.
    pub start_cursor: Option<String>,
    /// The cursor of the last row; null on an empty page.
    pub end_cursor: Option<String>,
}

impl PageArguments {
    /// Checks the arguments against each other and against an order.
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
            .filter(|_| (1..=MAX_PAGE).contains(&limit))
            .ok_or_else(|| Error::InvalidPage(format!("`{name}` is {limit}; a page has from 1 to {MAX_PAGE} rows.")))?;
        let cursor = |text: &Option<String>| text.as_deref().map(|text| Cursor::parse(keys, text)).transpose();
        Ok(PageRequest {
            limit,
            backward: self.last.is_some(),
            after: cursor(&self.after)?,
            before: cursor(&self.before)?,
        })
    }
}
