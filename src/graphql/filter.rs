//! Filters of types: the argument `where`.
//!
//! A comparison with an unknown (null) value is not true. `not` is the complement: every row matches either a filter or its
//! negation, never neither as in SQL's three-valued logic.

use std::{borrow::Cow, cell::Cell};

use async_graphql::{Context, InputObject, InputType, TypeName};
use sea_orm::{
    Condition, ConnectionTrait, DbBackend, ExprTrait,
    sea_query::{BinOper, CaseStatement, Expr, Query},
};

use crate::domain::facts::filter::Column;
use crate::error::Result;
use crate::graphql::context::ContextExt;
use crate::query::license_readings::{AllLicenses, LicenseReadings};
use crate::query::search;

/// The filter of a type.
pub trait Filter {
    /// The table that it filters.
    const TABLE: &'static str;

    /// Returns the condition on the rows of the table.
    fn condition(&self, context: &FilterContext) -> Condition;
}

/// Conditions on a list of related objects. All given ones must hold.
#[derive(Clone, Debug, InputObject)]
#[graphql(name_type)]
pub struct ListFilter<F: InputType> {
    /// At least one object matches this filter.
    some: Option<Box<F>>,
    /// All objects match this filter. Also true for an empty list.
    every: Option<Box<F>>,
    /// No object matches this filter. Also true for an empty list.
    none: Option<Box<F>>,
}

impl<F: InputType> TypeName for ListFilter<F> {
    fn type_name() -> Cow<'static, str> {
        let filter = F::type_name();
        format!("{}ListFilter", filter.strip_suffix("Filter").unwrap_or(&filter)).into()
    }
}

impl<F: InputType + Filter> ListFilter<F> {
    /// Returns the condition on the id `row` of the filtered table. `owner` and `related` are the columns of a junction table with
    /// the ids of the filtered and the related rows. Without a junction table, `owner` is the foreign key in the related table,
    /// and `related` the id of that table.
    pub fn condition(&self, row: Column, owner: Column, related: Column, context: &FilterContext) -> Condition {
        let has_related = |condition| has_related_where(F::TABLE, row, owner, related, condition, context);
        Condition::all()
            .add_option(self.some.as_ref().map(|filter| has_related(filter.condition(context))))
            .add_option(self.every.as_ref().map(|filter| has_related(negate(filter.condition(context))).not()))
            .add_option(self.none.as_ref().map(|filter| has_related(filter.condition(context)).not()))
    }
}

/// Returns the condition that at least one row that is related by a junction table matches `filter`. The columns are those of
/// [`ListFilter::condition`].
pub fn has_related<F: Filter>(
    row: Column,
    owner: Column,
    related: Column,
    filter: &F,
    context: &FilterContext,
) -> Condition {
    has_related_where(F::TABLE, row, owner, related, filter.condition(context), context).into()
}

/// Returns the condition that at least one related row in `table` matches `condition`.
fn has_related_where(
    table: &'static str,
    row: Column,
    owner: Column,
    related: Column,
    condition: Condition,
    context: &FilterContext,
) -> Expr {
    let mut select = Query::select();
    if context.indexes == Indexes::Present && related.0 == table && owner.0 != row.0 {
        // A row has few related rows, so EXISTS looks them up by an index for each row that is read. IN would first collect the
        // owners of all related rows that match, which takes as long for the first page as for the last.
        select.expr(Expr::val(1)).from(owner.0).and_where(Expr::col(owner).eq(Expr::col(row)));
        return Expr::exists(select.cond_where(condition).take());
    }
    // The foreign key may be null, and NOT IN is never true if the subquery returns null.
    select.column(owner).from(owner.0).and_where(Expr::col(owner).is_not_null());
    if related.0 == table {
        return Expr::col(row).in_subquery(select.cond_where(condition).take());
    }
    let ids = Query::select().column((table, "id")).from(table).cond_where(condition).take();
    Expr::col(row).in_subquery(select.and_where(Expr::col(related).in_subquery(ids)).take())
}

/// Whether the tables that a condition is built for have indexes. As-of reads define tables without any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Indexes {
    /// The tables have their indexes.
    Present,
    /// The tables are the result of a query.
    Absent,
}

/// The catalog that a condition is built for.
pub struct FilterContext {
    /// Whether its tables have indexes.
    pub indexes: Indexes,
    /// The kind of database.
    pub backend: DbBackend,
    /// The licenses, once they have been loaded.
    licenses: Option<LicenseReadings>,
    /// Whether a filter needs the licenses.
    needs_licenses: Cell<bool>,
}

impl FilterContext {
    /// Creates the context of the view that a request reads, without licenses.
    pub fn of(ctx: &Context<'_>) -> Self {
        let view = ctx.loaders().db();
        let indexes = if view.is_now() { Indexes::Present } else { Indexes::Absent };
        Self { indexes, backend: view.get_database_backend(), licenses: None, needs_licenses: Cell::new(false) }
    }

    /// Returns the licenses. None in the first of two passes: they are loaded before the second one, whose condition is used.
    pub fn licenses(&self) -> Option<&LicenseReadings> {
        self.needs_licenses.set(true);
        self.licenses.as_ref()
    }
}

/// Returns the condition of the arguments `where` and `search` of a connection. Loads the licenses first if the filter evaluates
/// them.
///
/// # Errors
/// The database fails.
pub async fn condition<F: Filter>(ctx: &Context<'_>, filter: Option<&F>, search: Option<&str>) -> Result<Condition> {
    let mut context = FilterContext::of(ctx);
    let mut condition = filter.map_or_else(Condition::all, |filter| filter.condition(&context));
    if context.needs_licenses.get() {
        context.licenses = ctx.loaders().load_one(AllLicenses).await?;
        condition = filter.map_or_else(Condition::all, |filter| filter.condition(&context));
    }
    Ok(match search {
        Some(query) => Condition::all().add(condition).add(search::matches(F::TABLE, query)),
        None => condition,
    })
}

/// Returns the condition that the row whose id is in `column` matches `filter`. Not true if `column` is null.
pub fn refers_to<F: Filter>(column: Column, filter: &F, context: &FilterContext) -> Condition {
    let ids = Query::select().column((F::TABLE, "id")).from(F::TABLE).cond_where(filter.condition(context)).take();
    Condition::all().add(Expr::col(column).in_subquery(ids))
}

/// Combines the own conditions of a filter with those of its `and`, `or` and `not`.
pub fn combine<F: Filter>(
    own: Condition,
    and: Option<&Vec<F>>,
    or: Option<&Vec<F>>,
    not: Option<&F>,
    context: &FilterContext,
) -> Condition {
    let mut all = Condition::all().add(or_true(own));
    for filter in and.into_iter().flatten() {
        all = all.add(or_true(filter.condition(context)));
    }
    if let Some(filters) = or {
        // An empty list matches nothing.
        let nothing = Condition::any().add(Expr::cust("1 = 0"));
        all = all.add(filters.iter().fold(nothing, |any, filter| any.add(or_true(filter.condition(context)))));
    }
    all.add_option(not.map(|filter| negate(filter.condition(context))))
}

/// Returns the complement of a condition: true where the condition is false or null.
pub fn negate(condition: Condition) -> Condition {
    let is_true: Expr = CaseStatement::new().case(or_true(condition), 1).finally(0).into();
    Condition::all().add(is_true.binary(BinOper::Equal, 0))
}

/// Replaces an empty condition, which matches everything, by an explicit `1 = 1`: SeaQuery omits empty conditions, so as an
/// operand of OR it would have no effect.
pub fn or_true(condition: Condition) -> Condition {
    if condition.is_empty() { condition.add(Expr::cust("1 = 1")) } else { condition }
}
