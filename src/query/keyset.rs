//! Keyset pagination: a page is found by the sort keys of the row that its cursor names, not by an offset. So every page costs
//! the same, however deep in the list, and rows inserted or deleted meanwhile do not shift it.

use std::{collections::HashMap, marker::PhantomData, sync::Arc};

use sea_orm::{
    Condition, ConnectionTrait, DbBackend, EntityTrait, ExprTrait, QueryTrait,
    sea_query::{CaseStatement, Expr, Func, JoinType, Order, Query, SelectStatement, WindowStatement},
};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::db::sql::{elements, in_array, with_collation};
use crate::error::Result;
use crate::query::as_of::ReadView;
use crate::query::cursor::{Cursor, SortKey, after_cursor, key_column};
use crate::query::json_rows::{self, Row};

/// A filtered and ordered list of the rows of a table, and one page of it.
#[derive(Clone, Debug)]
pub struct ListQuery<E> {
    /// The condition that rows must satisfy.
    pub filter: RowFilter,
    /// The sort keys, most significant first; the last one is unique, so that the order is total.
    pub keys: Vec<SortKey>,
    /// The page to read.
    pub page: PageRequest,
    /// The rank of each row, by its id, if the list is ordered by relevance to a search.
    pub ranks: Option<SelectStatement>,
    /// If the list is that of a parent: how rows are related to it. Each parent then has a page of its own.
    pub parent: Option<ParentKey>,
    /// The entity of the table.
    pub entity: PhantomData<E>,
}

/// The number of rows of a table from which the way to read a filtered page is chosen by how many rows match. Below it every
/// way is fast.
pub const LARGE_TABLE: i64 = 2_000;

/// The condition that the rows of a list must satisfy.
#[derive(Clone, Debug)]
pub struct RowFilter {
    /// The condition.
    pub condition: Condition,
    /// Its further forms, if it is about related rows and the table is large.
    pub forms: Option<Arc<FilterForms>>,
}

/// Conditions that select the same rows in different ways. Neither database estimates well how many rows have related rows with
/// given properties: it sorts a quarter of a table for a page that the first rows of an index fill, or reads a whole index for
/// the few rows that match. So it is counted.
#[derive(Clone, Debug)]
pub struct FilterForms {
    /// Related rows are looked up for each row.
    pub looked_up: Condition,
    /// Related rows that match are gathered first.
    pub gathered: Condition,
    /// About the number of rows of the table.
    pub rows: i64,
}

impl From<Condition> for RowFilter {
    fn from(condition: Condition) -> Self {
        Self { condition, forms: None }
    }
}

/// How a page is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PagePlan {
    /// As the database likes.
    Default,
    /// In the order of the list, by its index, until the page is full.
    Ordered,
    /// All rows that match are read, and sorted.
    Gathered,
}

/// The limit of subqueries that the database must execute by themselves.
const FENCE: u64 = i64::MAX as u64;

/// The pagination arguments of a list: forward, the first rows after `after`; backward, the last rows before `before`.
#[derive(Clone, Debug)]
pub struct PageRequest {
    /// The largest number of rows.
    pub limit: u64,
    /// Whether to read the last rows instead of the first.
    pub backward: bool,
    /// Only rows after this cursor.
    pub after: Option<Cursor>,
    /// Only rows before this cursor.
    pub before: Option<Cursor>,
}

/// The foreign key that relates rows to their parents.
#[derive(Clone, Copy, Debug)]
pub struct ParentKey {
    /// The table that relates rows to parents; none if the row itself has the parent's id.
    pub junction: Option<Junction>,
    /// The table and column with the parent's id.
    pub column: (&'static str, &'static str),
}

/// A table that relates rows to their parents.
#[derive(Clone, Copy, Debug)]
pub enum Junction {
    /// A table, and its column with the id of the row.
    Id(&'static str, &'static str),
    /// A table, and the SQL of its relation to the row.
    On(&'static str, &'static str),
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct Page<M> {
    /// The rows in the order of the list, each with its cursor.
    pub rows: Vec<(Cursor, M)>,
    /// Whether the list has more rows in the direction of pagination: after a forward page, before a backward page.
    pub more: bool,
}

impl<M> Page<M> {
    /// Creates a page without rows.
    pub fn empty() -> Self {
        Self { rows: Vec::new(), more: false }
    }
}

impl<E: EntityTrait> ListQuery<E> {
    /// Reads the page of each parent, by one statement. The page of a list without a parent is returned under the id 0. Parents
    /// without rows are absent.
    ///
    /// # Errors
    /// The database fails.
    pub async fn pages(&self, db: &ReadView, parents: &[i32]) -> Result<HashMap<i32, Page<Arc<E::Model>>>>
    where
        E::Model: DeserializeOwned,
    {
        let mut pages = HashMap::new();
        let (plan, backend) = (self.page_plan(db).await?, db.get_database_backend());
        let parent = if self.parent.is_some() { Expr::col("parent") } else { Expr::val(0) };
        let keys = json_rows::array(backend, (0..self.keys.len()).map(key_column).map(Expr::col).collect());
        let leading = json_rows::array(backend, vec![parent, keys]);
        let statement = self.page_statement(backend, parents, plan);
        for ((parent, keys), Row(row)) in json_rows::read::<E, (i32, Vec<Json>)>(db, statement, leading).await? {
            let cursor = Cursor::from_values(&self.keys, keys)?;
            let page = pages.entry(parent).or_insert_with(Page::empty);
            page.rows.push((cursor, row));
        }
        for page in pages.values_mut() {
            if page.rows.len() as u64 > self.page.limit {
                page.rows.pop();
                page.more = true;
            }
            if self.page.backward {
                page.rows.reverse();
            }
        }
        Ok(pages)
    }

    /// Counts the rows of each parent regardless of pagination, by one statement: all rows, or those of
    /// the [`MAX_FACET_VALUES`] most frequent values of a facet.
    /// The counts of a list without a parent are returned under the id 0.
    ///
    /// # Errors
    /// The database fails.
    pub async fn count(
        &self,
        db: &ReadView,
        parents: &[i32],
        facet: Option<&Facet>,
    ) -> Result<HashMap<i32, Vec<FacetCount>>> {
        let mut counts = HashMap::<_, Vec<FacetCount>>::new();
        for row in db.query_all(&self.count_statement(db.get_database_backend(), parents, facet)).await? {
            let parent = if self.parent.is_some() { row.try_get("", "parent")? } else { 0 };
            let (value, label) = match facet {
                Some(_) => (row.try_get("", "value")?, row.try_get("", "label")?),
                None => Default::default(),
            };
            let counts = counts.entry(parent).or_default();
            if counts.len() < MAX_FACET_VALUES {
                counts.push(FacetCount { value, label, count: row.try_get("", "count")? });
            }
        }
        Ok(counts)
    }

    fn count_statement(&self, backend: DbBackend, parents: &[i32], facet: Option<&Facet>) -> SelectStatement {
        let mut select = self.scope(backend, parents);
        let counted = facet.map_or("*", |facet| facet.counted);
        select.clear_selects().expr_as(Expr::cust(format!("COUNT({counted})")), "count");
        if let Some(parent) = &self.parent {
            select.expr_as(Expr::col(parent.column), "parent").group_by_col(parent.column);
        }
        if let Some(facet) = facet {
            for join in facet.joins {
                let kind = if join.optional { JoinType::LeftJoin } else { JoinType::InnerJoin };
                join.add(&mut select, kind, backend);
            }
            let [value, label] = [facet.value, facet.label].map(|sql| Expr::cust(with_collation(backend, sql)));
            select.expr_as(value.clone(), "value").expr_as(label.clone(), "label");
            select.and_where(value.clone().is_not_null()).add_group_by([value, label]);
            select.order_by("count", Order::Desc).order_by("value", Order::Asc);
        }
        select
    }

    /// Returns the text that determines the page of a parent: its statement with the values of its parameters.
    pub fn page_statement_text(&self, backend: DbBackend, parent: i32) -> String {
        // A list read backward and its reverse read forward have the same statement but different pages.
        let direction = if self.page.backward { "last" } else { "first" };
        format!("{direction} {}", statement_text(backend, &self.page_statement(backend, &[parent], PagePlan::Default)))
    }

    /// Returns the SQL that reads the page of a parent, without the values of its parameters.
    pub fn page_sql(&self, backend: DbBackend, parent: i32) -> String {
        backend.build(&self.page_statement(backend, &[parent], PagePlan::Default)).sql
    }

    /// Returns the SQL that counts the rows of a parent by a facet, without the values of its parameters.
    pub fn count_sql(&self, backend: DbBackend, parent: i32, facet: &Facet) -> String {
        backend.build(&self.count_statement(backend, &[parent], Some(facet))).sql
    }

    /// Returns the text that determines the counts of a parent: the statement with the values of its parameters.
    pub fn count_statement_text(&self, backend: DbBackend, parent: i32, facet: Option<&Facet>) -> String {
        statement_text(backend, &self.count_statement(backend, &[parent], facet))
    }

    /// Returns whether the list has rows on the side that pagination starts at: before a forward page, after a backward page.
    ///
    /// # Errors
    /// The database fails.
    pub async fn has_rows_before(&self, db: &ReadView, parent: i32) -> Result<bool> {
        let bound = if self.page.backward { &self.page.before } else { &self.page.after };
        let Some(bound) = bound else { return Ok(false) };
        let mut select = self.scope(db.get_database_backend(), &[parent]);
        select.clear_selects().expr(Expr::val(1)).limit(1);
        select.cond_where(after_cursor(&self.keys, bound, !self.page.backward).not());
        Ok(db.query_one(&select).await?.is_some())
    }

    /// Builds the statement for all rows of the parents, without order or pagination.
    fn scope(&self, backend: DbBackend, parents: &[i32]) -> SelectStatement {
        let mut select = E::find().into_query();
        select.cond_where(self.filter.condition.clone());
        if let Some(parent) = &self.parent {
            match parent.junction {
                Some(Junction::Id(junction, row)) => {
                    let id = Expr::col((E::default().table_name().to_owned(), "id"));
                    select.inner_join(junction, Expr::col((junction, row)).eq(id));
                }
                Some(Junction::On(junction, on)) => {
                    select.inner_join(junction, Expr::cust(on));
                }
                None => {}
            }
            select.and_where(match parents {
                [id] => Expr::col(parent.column).eq(*id),
                ids => in_array(backend, Expr::col(parent.column), ids),
            });
        }
        select
    }

    /// Chooses how a page is read, by the number of rows that match: reading `matching` rows and sorting them costs as much as
    /// reading rows in the order of the list until `limit` of them match if `matching`² = `limit` × all rows.
    async fn page_plan(&self, db: &ReadView) -> Result<PagePlan> {
        let Some(forms) = self.filter.forms.as_ref().filter(|_| self.parent.is_none()) else {
            return Ok(PagePlan::Default);
        };
        let rows = u64::try_from(forms.rows).unwrap_or_default();
        let most = self.page.limit.saturating_add(1).saturating_mul(rows).isqrt();
        let mut matching = Query::select();
        matching.expr(Expr::val(1)).from(E::default().table_name().to_owned());
        let matching = matching.cond_where(forms.gathered.clone()).limit(most).take();
        let mut count = Query::select();
        count.expr_as(Expr::cust("COUNT(*)"), "count").from_subquery(matching, "matching");
        let text = statement_text(db.get_database_backend(), &count);
        let matching = db.database().row_counts().matching(&text, async {
            let row = db.query_one(&count).await?;
            Ok(row.map(|row| row.try_get::<i64>("", "count")).transpose()?.unwrap_or_default())
        });
        let few = u64::try_from(matching.await?).is_ok_and(|matching| matching < most);
        Ok(if few { PagePlan::Gathered } else { PagePlan::Ordered })
    }

    /// Builds the statement for all rows that match, in a form that leaves the database no choice.
    fn planned_scope(&self, backend: DbBackend, parents: &[i32], plan: PagePlan) -> SelectStatement {
        let mut select = E::find().into_query();
        match (plan, &self.filter.forms) {
            (PagePlan::Gathered, Some(forms)) => {
                // A subquery with a LIMIT is executed by itself, so no index of the order is used.
                let matching = select.cond_where(forms.gathered.clone()).limit(FENCE).take();
                let table = E::default().table_name().to_owned();
                let mut select = E::find().into_query();
                select.from_clear().from_subquery(matching, table).take()
            }
            (PagePlan::Ordered, Some(forms)) if backend == DbBackend::Sqlite => {
                // SQLite uses no index for a condition within CASE, so what remains is the index of the order.
                let matches: Expr = CaseStatement::new().case(forms.looked_up.clone(), 1).finally(0).into();
                select.and_where(matches.eq(1)).take()
            }
            (PagePlan::Ordered, Some(forms)) => select.cond_where(forms.looked_up.clone()).take(),
            _ => self.scope(backend, parents),
        }
    }

    fn page_statement(&self, backend: DbBackend, parents: &[i32], plan: PagePlan) -> SelectStatement {
        let mut select = self.planned_scope(backend, parents, plan);
        if let Some(ranks) = &self.ranks {
            let id = Expr::col((E::default().table_name().to_owned(), "id"));
            select.join_subquery(JoinType::InnerJoin, ranks.clone(), "ranked", Expr::col(("ranked", "id")).eq(id));
        }
        for (index, key) in self.keys.iter().enumerate() {
            select.expr_as(Expr::cust(key.sql), key_column(index));
        }
        if let Some(after) = &self.page.after {
            select.cond_where(after_cursor(&self.keys, after, true));
        }
        if let Some(before) = &self.page.before {
            select.cond_where(after_cursor(&self.keys, before, false));
        }
        // One row more than the page has, to find out whether the list has more.
        let limit = self.page.limit + 1;
        let orders = self.keys.iter().map(|key| {
            let order = if key.descending == self.page.backward { Order::Asc } else { Order::Desc };
            (Expr::cust(key.sql), order)
        });
        let Some(parent) = &self.parent else {
            return order_by(select, orders).limit(limit).take();
        };
        select.expr_as(Expr::col(parent.column), "parent");
        if parents.len() == 1 {
            return order_by(select, orders).limit(limit).take();
        }
        let mut window = WindowStatement::partition_by(parent.column);
        for (key, order) in orders {
            window.order_by_expr(key, order);
        }
        select.expr_window_as(Func::cust("ROW_NUMBER"), window, "row_number");
        Query::select()
            .expr(Expr::cust("*"))
            .from_subquery(select, "page")
            .and_where(Expr::col("row_number").lte(limit))
            .order_by("row_number", Order::Asc)
            .take()
    }
}

/// The largest number of values of a facet: those with most rows.
pub const MAX_FACET_VALUES: usize = 100;

/// A value by which the rows of a list can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Facet {
    /// Tables to join.
    pub joins: &'static [Join],
    /// The SQL of the value; rows for which it is null are not counted.
    pub value: &'static str,
    /// The SQL of the display name of the value.
    pub label: &'static str,
    /// The SQL of what is counted: `*`, or `DISTINCT` and a key where a row may have the same value several times.
    pub counted: &'static str,
}

/// A table that is joined for a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Join {
    /// The table.
    pub table: JoinTable,
    /// The name of the table in this statement.
    pub alias: &'static str,
    /// The SQL of the condition.
    pub on: &'static str,
    /// Whether a row of the list counts without a row of the table.
    pub optional: bool,
}

/// The rows that a join adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JoinTable {
    /// A table of the database.
    Named(&'static str),
    /// The elements of a JSON array of texts, given as SQL, in the column `value`.
    Elements(&'static str),
}

impl Join {
    /// Joins a table of the database.
    pub const fn of(table: &'static str, alias: &'static str, on: &'static str) -> Self {
        Self { table: JoinTable::Named(table), alias, on, optional: false }
    }

    /// Adds the join to a statement.
    pub fn add(&self, select: &mut SelectStatement, kind: JoinType, backend: DbBackend) {
        let on = Expr::cust(self.on);
        match self.table {
            JoinTable::Named(table) => select.join_as(kind, table, self.alias, on),
            JoinTable::Elements(list) => select.join(kind, elements(backend, list, self.alias), on),
        };
    }
}

/// Returns a statement as text, with the values of its parameters.
fn statement_text(backend: DbBackend, select: &SelectStatement) -> String {
    backend.build(select).to_string()
}

fn order_by(mut select: SelectStatement, orders: impl Iterator<Item = (Expr, Order)>) -> SelectStatement {
    for (key, order) in orders {
        select.order_by_expr(key, order);
    }
    select
}

/// The number of rows with a value of a facet, or of all rows if there is no facet.
#[derive(Clone, Debug, Default)]
pub struct FacetCount {
    /// The value that the rows share; empty if there is no facet.
    pub value: String,
    /// The display name of the value; empty if there is no facet.
    pub label: String,
    /// The number of rows.
    pub count: i64,
}
