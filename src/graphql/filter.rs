//! Filters of types: the argument `where`.
//!
//! A comparison with an unknown value is not true. `not` is the complement: every row matches either a filter or its
//! negation.

use std::borrow::Cow;

use async_graphql::{Context, InputObject, InputType, TypeName};
use sea_orm::{
    Condition, ExprTrait,
    sea_query::{BinOper, CaseStatement, Expr, Query},
};

use crate::domain::facts::filter::Column;
use crate::graphql::context::ContextExt;
use crate::query::search;

/// A `where` of a noun.
pub trait Filter {
    /// The table it is about.
    const TABLE: &'static str;

    /// The condition on the rows of the table.
    fn condition(&self, indexes: Indexes) -> Condition;
}

/// Asks for a list of related things. Every condition given must hold; one that is absent or null asks for nothing.
#[derive(Clone, Debug, InputObject)]
#[graphql(name_type)]
pub struct ListFilter<F: InputType> {
    /// At least one of them satisfies this.
    some: Option<Box<F>>,
    /// All of them satisfy this; also where there are none.
    every: Option<Box<F>>,
    /// None of them satisfies this; also where there are none.
    none: Option<Box<F>>,
}

impl<F: InputType> TypeName for ListFilter<F> {
    fn type_name() -> Cow<'static, str> {
        let filter = F::type_name();
        format!("{}ListFilter", filter.strip_suffix("Filter").unwrap_or(&filter)).into()
    }
}

impl<F: InputType + Filter> ListFilter<F> {
    /// What a row must satisfy. `owner` is, in the table that relates them, the column with the rows of this noun, and `related`
    /// that with the related ones; where a related row itself names its owner, `related` is its id.
    pub fn condition(&self, row: Column, owner: Column, related: Column, indexes: Indexes) -> Condition {
        let among = |condition: Condition| {
            let mut select = Query::select();
            if indexes == Indexes::Present && related.0 == F::TABLE && owner.0 != row.0 {
                // The few that a row owns are looked up as the row is come by: to gather the owners of all that satisfy the
                // condition first would take as long for the first page as for the last.
                select.expr(Expr::val(1)).from(owner.0).and_where(Expr::col(owner).eq(Expr::col(row)));
                return Expr::exists(select.cond_where(condition).take());
            }
            // Of a related row without an owner SQL could not tell that it is not this row's: NOT IN would never hold.
            select.column(owner).from(owner.0).and_where(Expr::col(owner).is_not_null());
            if related.0 == F::TABLE {
                return Expr::col(row).in_subquery(select.cond_where(condition).take());
            }
            let ids = Query::select().column((F::TABLE, "id")).from(F::TABLE).cond_where(condition).take();
            Expr::col(row).in_subquery(select.and_where(Expr::col(related).in_subquery(ids)).take())
        };
        Condition::all()
            .add_option(self.some.as_ref().map(|filter| among(filter.condition(indexes))))
            .add_option(self.every.as_ref().map(|filter| among(negate(filter.condition(indexes))).not()))
            .add_option(self.none.as_ref().map(|filter| among(filter.condition(indexes)).not()))
    }
}

/// Whether the tables that a condition is built for have indexes. As-of reads define tables without any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Indexes {
    /// The tables have their indexes.
    Present,
    /// The tables are the result of a query.
    Absent,
}

/// The condition of the arguments `where` and `search` of a connection.
pub fn condition<F: Filter>(ctx: &Context<'_>, filter: Option<&F>, search: Option<&str>) -> Condition {
    let indexes = if ctx.loaders().db().is_now() { Indexes::Present } else { Indexes::Absent };
    let condition = filter.map_or_else(Condition::all, |filter| filter.condition(indexes));
    match search {
        Some(query) => Condition::all().add(condition).add(search::matches(F::TABLE, query)),
        None => condition,
    }
}

/// The row that `column` refers to satisfies `filter`; none where it refers to nothing.
pub fn refers_to<F: Filter>(column: Column, filter: &F, indexes: Indexes) -> Condition {
    let ids = Query::select().column((F::TABLE, "id")).from(F::TABLE).cond_where(filter.condition(indexes)).take();
    Condition::all().add(Expr::col(column).in_subquery(ids))
}

/// Joins the conditions of a filter with those of its `and`, `or` and `not`.
pub fn combine<F: Filter>(
    own: Condition,
    and: Option<&Vec<F>>,
    or: Option<&Vec<F>>,
    not: Option<&F>,
    indexes: Indexes,
) -> Condition {
    let mut all = Condition::all().add(or_true(own));
    for filter in and.into_iter().flatten() {
        all = all.add(or_true(filter.condition(indexes)));
    }
    if let Some(filters) = or {
        // Of no alternatives none holds.
        let never = Condition::any().add(Expr::cust("1 = 0"));
        all = all.add(filters.iter().fold(never, |any, filter| any.add(or_true(filter.condition(indexes)))));
    }
    all.add_option(not.map(|filter| negate(filter.condition(indexes))))
}

/// The rows that do not satisfy `condition`, those included of which that is unknown.
fn negate(condition: Condition) -> Condition {
    let truth: Expr = CaseStatement::new().case(or_true(condition), 1).finally(0).into();
    Condition::all().add(truth.binary(BinOper::Equal, 0))
}

/// A condition that asks for nothing, said aloud: inside OR, silence would be lost.
fn or_true(condition: Condition) -> Condition {
    if condition.is_empty() { condition.add(Expr::cust("1 = 1")) } else { condition }
}
