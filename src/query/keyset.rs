//! Lists in pages, by keyset: a page is found by the values its neighbour ends with, so the thousandth costs what the
//! first costs, and rows that come or go meanwhile shift nothing.

use std::{collections::HashMap, marker::PhantomData, sync::Arc};

use crate::db::sql::in_array;
use crate::error::Result;
use crate::query::as_of::ReadView;
use crate::query::cursor::{Cursor, SortKey, after_cursor, key_column};
use sea_orm::{
    Condition, ConnectionTrait, DbBackend, EntityTrait, ExprTrait, FromQueryResult, QueryTrait,
    sea_query::{Expr, Func, JoinType, Order, Query, SelectStatement, WindowStatement},
};

/// Which rows of a table, in which order, and which stretch of them.
#[derive(Clone, Debug)]
pub struct ListQuery<E> {
    /// What a row must satisfy.
    pub filter: Condition,
    /// What rows are ordered by; the last key is unique, so that no two rows tie.
    pub keys: Vec<SortKey>,
    /// The stretch.
    pub window: PageRequest,
    /// Where the rows belong to parents: how they are found. Each parent then has a page of its own.
    pub parent: Option<ParentKey>,
    /// The table.
    pub entity: PhantomData<E>,
}

/// A stretch of a list: the first rows behind `after`, or the last rows before `before`.
#[derive(Clone, Debug)]
pub struct PageRequest {
    /// The most rows.
    pub limit: u64,
    /// Whether to take the last rows instead of the first.
    pub backward: bool,
    /// Rows behind this one only.
    pub after: Option<Cursor>,
    /// Rows before this one only.
    pub before: Option<Cursor>,
}

/// How rows belong to parents.
#[derive(Clone, Copy, Debug)]
pub struct ParentKey {
    /// The junction, and its column that holds the row's id; none where the row itself names its parent.
    pub junction: Option<(&'static str, &'static str)>,
    /// The table and column that hold the parent's id.
    pub column: (&'static str, &'static str),
}

/// Rows in their order, and what lies around them.
#[derive(Clone, Debug)]
pub struct Page<M> {
    /// The rows, each with its place.
    pub rows: Vec<(Cursor, M)>,
    /// Whether the list goes on in the direction of paging.
    pub more: bool,
}

impl<M> Page<M> {
    /// A page without rows.
    pub fn empty() -> Self {
        Self { rows: Vec::new(), more: false }
    }
}

impl<E: EntityTrait> ListQuery<E> {
    /// Reads the page of each parent by one statement. Without parents the one page is that of parent 0.
    ///
    /// # Errors
    /// The database fails.
    pub async fn pages(&self, db: &ReadView, parents: &[i32]) -> Result<HashMap<i32, Page<Arc<E::Model>>>> {
        let mut pages = HashMap::new();
        for row in db.query_all(&self.page_statement(db.get_database_backend(), parents)).await? {
            let parent = if self.parent.is_some() { row.try_get("", "parent")? } else { 0 };
            let cursor = Cursor::read(&self.keys, &row)?;
            let page = pages.entry(parent).or_insert_with(Page::empty);
            page.rows.push((cursor, Arc::new(E::Model::from_query_result(&row, "")?)));
        }
        for page in pages.values_mut() {
            if page.rows.len() as u64 > self.window.limit {
                page.rows.pop();
                page.more = true;
            }
            if self.window.backward {
                page.rows.reverse();
            }
        }
        Ok(pages)
    }

    /// Counts the rows of each parent, whatever the window, by one statement: in all, or for each value of a facet.
    ///
    /// # Errors
    /// The database fails.
    pub async fn count(
        &self,
        db: &ReadView,
        parents: &[i32],
        facet: Option<&Facet>,
    ) -> Result<HashMap<i32, Vec<FacetCount>>> {
        let mut tallies = HashMap::<_, Vec<FacetCount>>::new();
        for row in db.query_all(&self.count_statement(db.get_database_backend(), parents, facet)).await? {
            let parent = if self.parent.is_some() { row.try_get("", "parent")? } else { 0 };
            let (value, label) = match facet {
                Some(_) => (row.try_get("", "value")?, row.try_get("", "label")?),
                None => Default::default(),
            };
            tallies.entry(parent).or_default().push(FacetCount { value, label, count: row.try_get("", "count")? });
        }
        Ok(tallies)
    }

    fn count_statement(&self, backend: DbBackend, parents: &[i32], facet: Option<&Facet>) -> SelectStatement {
        let mut select = self.scope(backend, parents);
        select.clear_selects().expr_as(Expr::cust("COUNT(*)"), "count");
        if let Some(parent) = &self.parent {
            select.expr_as(Expr::col(parent.column), "parent").group_by_col(parent.column);
        }
        if let Some(facet) = facet {
            for (table, name, on) in facet.joins {
                select.join_as(JoinType::InnerJoin, *table, *name, Expr::cust(*on));
            }
            let (value, label) = (Expr::cust(facet.value), Expr::cust(facet.label));
            select.expr_as(value.clone(), "value").expr_as(label.clone(), "label");
            select.and_where(value.clone().is_not_null()).add_group_by([value, label]);
            select.order_by("count", Order::Desc).order_by("value", Order::Asc);
        }
        select
    }

    /// The statement that reads the page of a parent, with its values: what the page follows from.
    pub fn page_cache_key(&self, backend: DbBackend, parent: i32) -> String {
        // Backward a list and forward its reverse are one statement, and two pages.
        let direction = if self.window.backward { "last" } else { "first" };
        format!("{direction} {}", text(backend, &self.page_statement(backend, &[parent])))
    }

    /// The same for its tally.
    pub fn count_cache_key(&self, backend: DbBackend, parent: i32, facet: Option<&Facet>) -> String {
        text(backend, &self.count_statement(backend, &[parent], facet))
    }

    /// Whether a parent has rows that the window leaves out on the side that it starts from.
    ///
    /// # Errors
    /// The database fails.
    pub async fn has_rows_before(&self, db: &ReadView, parent: i32) -> Result<bool> {
        let bound = if self.window.backward { &self.window.before } else { &self.window.after };
        let Some(bound) = bound else { return Ok(false) };
        let mut select = self.scope(db.get_database_backend(), &[parent]);
        select.clear_selects().expr(Expr::val(1)).limit(1);
        select.cond_where(after_cursor(&self.keys, bound, !self.window.backward).not());
        Ok(db.query_one(&select).await?.is_some())
    }

    /// All rows of the parents.
    fn scope(&self, backend: DbBackend, parents: &[i32]) -> SelectStatement {
        let mut select = E::find().into_query();
        select.cond_where(self.filter.clone());
        if let Some(parent) = &self.parent {
            if let Some((junction, row)) = parent.junction {
                let id = Expr::col((E::default().table_name().to_owned(), "id"));
                select.inner_join(junction, Expr::col((junction, row)).eq(id));
            }
            select.and_where(match parents {
                [one] => Expr::col(parent.column).eq(*one),
                many => in_array(backend, Expr::col(parent.column), many),
            });
        }
        select
    }

    fn page_statement(&self, backend: DbBackend, parents: &[i32]) -> SelectStatement {
        let mut select = self.scope(backend, parents);
        for (index, key) in self.keys.iter().enumerate() {
            select.expr_as(Expr::cust(key.sql), key_column(index));
        }
        if let Some(after) = &self.window.after {
            select.cond_where(after_cursor(&self.keys, after, true));
        }
        if let Some(before) = &self.window.before {
            select.cond_where(after_cursor(&self.keys, before, false));
        }
        let limit = self.window.limit + 1;
        let orders = self.keys.iter().map(|key| {
            let order = if key.descending == self.window.backward { Order::Asc } else { Order::Desc };
            (Expr::cust(key.sql), order)
        });
        let Some(parent) = &self.parent else {
            return ordered(select, orders).limit(limit).take();
        };
        select.expr_as(Expr::col(parent.column), "parent");
        if parents.len() == 1 {
            return ordered(select, orders).limit(limit).take();
        }
        let mut window = WindowStatement::partition_by(parent.column);
        for (key, order) in orders {
            window.order_by_expr(key, order);
        }
        select.expr_window_as(Func::cust("ROW_NUMBER"), window, "place");
        Query::select()
            .expr(Expr::cust("*"))
            .from_subquery(select, "page")
            .and_where(Expr::col("place").lte(limit))
            .order_by("place", Order::Asc)
            .take()
    }
}

/// What a list can be counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Facet {
    /// Tables to join, each with what `value` and `label` call it and its condition.
    pub joins: &'static [(&'static str, &'static str, &'static str)],
    /// The SQL of the value; rows where it is null are not counted.
    pub value: &'static str,
    /// The SQL of what people call the value.
    pub label: &'static str,
}

/// A statement with its values.
fn text(backend: DbBackend, select: &SelectStatement) -> String {
    backend.build(select).to_string()
}

fn ordered(mut select: SelectStatement, orders: impl Iterator<Item = (Expr, Order)>) -> SelectStatement {
    for (key, order) in orders {
        select.order_by_expr(key, order);
    }
    select
}

/// A number of rows.
#[derive(Clone, Debug, Default)]
pub struct FacetCount {
    /// The value of the facet that they share.
    pub value: String,
    /// What people call that value.
    pub label: String,
    /// How many they are.
    pub count: i64,
}
