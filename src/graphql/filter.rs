//! Filters of types: the argument `where`.
//!
//! A comparison with an unknown (null) value is not true. `not` is the complement: every row matches either a filter or its
//! negation, never neither as in SQL's three-valued logic.

use std::{borrow::Cow, cell::Cell, sync::Arc};

use async_graphql::{Context, InputObject, InputType, TypeName};
use sea_orm::{
    Condition, DbBackend, ExprTrait,
    sea_query::{BinOper, CaseStatement, Expr, Func, Query, SelectStatement, extension::postgres::PgFunc},
};

use crate::domain::facts::filter::Column;
use crate::error::Result;
use crate::graphql::context::ContextExt;
use crate::query::keyset::{FilterForms, LARGE_TABLE, RowFilter};
use crate::query::license_readings::{AllLicenses, LicenseReadings};
use crate::query::loaders::Loaders;
use crate::query::search::{self, TextMatch};

/// The filter of a type.
pub trait Filter {
    /// The table that it filters.
    const TABLE: &'static str;

    /// Returns the condition on the rows of the table.
    fn condition(&self, context: &FilterContext) -> Condition;
}

/// Conditions on a list of related objects; all given ones hold.
#[derive(Clone, Debug, InputObject)]
#[graphql(name_type)]
pub struct ListFilter<F: InputType> {
    /// At least one object matches this filter.
    some: Option<Box<F>>,
    /// All objects match; true for an empty list.
    every: Option<Box<F>>,
    /// No object matches; true for an empty list.
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
    context.has_relation.set(true);
    let mut select = Query::select();
    let looked_up = match context.related {
        RelatedRows::Default => related.0 == table,
        RelatedRows::LookedUp => true,
        RelatedRows::Gathered => false,
    };
    if looked_up && owner.0 != row.0 {
        // A row has few related rows, so EXISTS looks them up by an index for each row that is read. IN would first collect the
        // owners of all related rows that match, which takes as long for the first page as for the last.
        select.expr(Expr::val(1)).from(owner.0).and_where(Expr::col(owner).eq(Expr::col(row)));
        let matches = if related.0 == table { condition } else { exists_by_id(table, related, condition).into() };
        return Expr::exists(select.cond_where(matches).take());
    }
    // The foreign key may be null, and NOT IN is never true if the subquery returns null.
    select.column(owner).from(owner.0).and_where(Expr::col(owner).is_not_null());
    if related.0 == table {
        return is_in(row, select.cond_where(condition).take(), context);
    }
    let ids = Query::select().column((table, "id")).from(table).cond_where(condition).take();
    is_in(row, select.and_where(Expr::col(related).in_subquery(ids)).take(), context)
}

/// How a condition on related rows finds them. It selects the same rows in each way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelatedRows {
    /// Rows that belong to one row are looked up for each; others that match are gathered first.
    Default,
    /// All are looked up by an index, for each row that is read: best for the first rows of a list if many match.
    LookedUp,
    /// All that match are gathered first: best if few match, and in as-of reads, whose tables have no indexes.
    Gathered,
}

/// The catalog that a condition is built for.
pub struct FilterContext {
    /// Whether it is the current one.
    is_now: bool,
    /// How its conditions find related rows.
    related: RelatedRows,
    /// Whether a filter is about related rows, or about texts that have an index.
    has_relation: Cell<bool>,
    /// The kind of database.
    pub backend: DbBackend,
    /// The licenses, once they have been loaded.
    licenses: Option<LicenseReadings>,
    /// Whether a filter needs the licenses.
    needs_licenses: Cell<bool>,
}

impl FilterContext {
    /// Creates the context of the view that a request reads, without licenses.
    pub fn of(loaders: &Loaders) -> Self {
        Self::new(loaders.backend(), loaders.is_now())
    }

    /// Creates the context of a view, which may be that of the current catalog, without licenses.
    pub fn new(backend: DbBackend, is_now: bool) -> Self {
        let related = if is_now { RelatedRows::Default } else { RelatedRows::Gathered };
        let (has_relation, needs_licenses) = (Cell::new(false), Cell::new(false));
        Self { is_now, related, has_relation, backend, licenses: None, needs_licenses }
    }

    /// Adds the licenses of the view.
    pub fn with_licenses(mut self, licenses: LicenseReadings) -> Self {
        self.licenses = Some(licenses);
        self
    }

    /// Returns the licenses. None in the first of two passes: they are loaded before the second one, whose condition is used.
    pub fn licenses(&self) -> Option<&LicenseReadings> {
        self.needs_licenses.set(true);
        self.licenses.as_ref()
    }
}

/// Returns the filter of the arguments `where` and `search` of a connection. Loads the licenses first if the filter evaluates
/// them.
///
/// # Errors
/// The database fails.
pub async fn condition<F: Filter>(ctx: &Context<'_>, filter: Option<&F>, search: Option<&str>) -> Result<RowFilter> {
    condition_of(ctx.loaders(), filter, search).await
}

/// Returns [`condition`] for a view that is read outside of a GraphQL field.
///
/// # Errors
/// The database fails.
pub async fn condition_of<F: Filter>(loaders: &Loaders, filter: Option<&F>, search: Option<&str>) -> Result<RowFilter> {
    let mut context = FilterContext::of(loaders);
    let mut condition = build(filter, search, &context);
    if context.needs_licenses.get() {
        context.licenses = loaders.load_one(AllLicenses).await?;
        condition = build(filter, search, &context);
    }
    if !context.has_relation.get() || !loaders.is_now() {
        return Ok(condition.into());
    }
    let rows = loaders.database().row_count(F::TABLE).await;
    if rows < LARGE_TABLE {
        return Ok(condition.into());
    }
    let mut related = |related| {
        context.related = related;
        build(filter, search, &context)
    };
    let (looked_up, gathered) = (related(RelatedRows::LookedUp), related(RelatedRows::Gathered));
    Ok(RowFilter { condition, forms: Some(Arc::new(FilterForms { looked_up, gathered, rows })) })
}

fn build<F: Filter>(filter: Option<&F>, search: Option<&str>, context: &FilterContext) -> Condition {
    let condition = filter.map_or_else(Condition::all, |filter| filter.condition(context));
    match search {
        Some(query) => {
            // Rows that an index finds can be gathered as those with related rows.
            context.has_relation.set(context.has_relation.get() || search::has_index(F::TABLE, query));
            let text = TextMatch::of(context.backend, context.is_now && context.related != RelatedRows::LookedUp);
            Condition::all().add(condition).add(search::matches(F::TABLE, query, text))
        }
        None => condition,
    }
}

/// Returns the condition that the row whose id is in `column` matches `filter`. Not true if `column` is null.
pub fn refers_to<F: Filter>(column: Column, filter: &F, context: &FilterContext) -> Condition {
    context.has_relation.set(true);
    if context.related == RelatedRows::LookedUp {
        return exists_by_id(F::TABLE, column, filter.condition(context)).into();
    }
    let ids = Query::select().column((F::TABLE, "id")).from(F::TABLE).cond_where(filter.condition(context)).take();
    Condition::all().add(is_in(column, ids, context))
}

/// Returns the condition that the value of a column is one of those that a subquery selects.
fn is_in(column: Column, values: SelectStatement, context: &FilterContext) -> Expr {
    let gathered = context.related == RelatedRows::Gathered && context.is_now;
    if gathered && column.1 == "id" && context.backend == DbBackend::Postgres {
        // PostgreSQL expects few values in an array, and looks up a row for each.
        let array = Func::cust("ARRAY").arg(Expr::from(values));
        return Expr::col(column).eq(PgFunc::any(array));
    }
    Expr::col(column).in_subquery(values)
}

/// Returns the condition that the row of `table` whose id is in `column` of an outer query matches `condition`.
fn exists_by_id(table: &'static str, column: Column, condition: Condition) -> Expr {
    let mut select = Query::select();
    select.expr(Expr::val(1));
    if table == column.0 {
        // The table hides that of the outer query, which is of the same name.
        let referrer = Query::select().expr_as(Expr::col(column), "id").take();
        select.from_subquery(referrer, "referrer");
        select.inner_join(table, Expr::col((table, "id")).equals(("referrer", "id")));
    } else {
        select.from(table).and_where(Expr::col((table, "id")).eq(Expr::col(column)));
    }
    Expr::exists(select.cond_where(condition).take())
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
