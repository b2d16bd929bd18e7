//! Conditions, as every `where` uses them.
//!
//! A comparison with an unknown value does not hold. `not` is the complement: what a filter takes and what its negation
//! takes are all rows, each once.

use std::cell::Cell;

use async_graphql::{InputObject, InputType};
use sea_orm::{
    Condition, ExprTrait,
    sea_query::{BinOper, CaseStatement, Expr, Func, LikeExpr, Query},
};

use crate::db::sql::{escape_like, like_contains};
use crate::domain::text::normalize;
use crate::graphql::scalars::{Count, Date, DateTime};
use entity::vocabulary::{CommercialUse, ModelKind, RevisionAction, SubjectType};

/// A `where` of a noun.
pub trait Filter {
    /// The table it is about.
    const TABLE: &'static str;

    /// What a row of the table must satisfy.
    fn condition(&self) -> Condition;
}

/// A column of a table.
pub type Column = (&'static str, &'static str);

/// A value as SQL compares it.
pub trait Comparable {
    /// The value, to be bound.
    fn value(&self) -> sea_orm::Value;
}

impl Comparable for Count {
    fn value(&self) -> sea_orm::Value {
        self.0.get().into()
    }
}

impl Comparable for Date {
    fn value(&self) -> sea_orm::Value {
        self.0.into()
    }
}

impl Comparable for DateTime {
    fn value(&self) -> sea_orm::Value {
        self.0.into()
    }
}

impl Comparable for i32 {
    fn value(&self) -> sea_orm::Value {
        (*self).into()
    }
}

/// Compares a number, day or time. Every condition given must hold; one that is absent or null asks for nothing.
/// An unknown value satisfies none but `isNull: true`.
#[derive(Clone, Debug, InputObject)]
#[graphql(concrete(name = "CountFilter", params(Count)))]
#[graphql(concrete(name = "DateFilter", params(Date)))]
#[graphql(concrete(name = "DateTimeFilter", params(DateTime)))]
#[graphql(concrete(name = "IntFilter", params(i32)))]
pub struct ComparisonFilter<T: InputType> {
    /// Equal to this.
    pub eq: Option<T>,
    /// Known, and not equal to this.
    pub ne: Option<T>,
    /// Equal to one of these; of none where the list is empty.
    #[graphql(name = "in")]
    pub one_of: Option<Vec<T>>,
    /// Less than (before) this.
    pub lt: Option<T>,
    /// At most (not after) this.
    pub lte: Option<T>,
    /// More than (after) this.
    pub gt: Option<T>,
    /// At least (not before) this.
    pub gte: Option<T>,
    /// True: unknown. False: known.
    pub is_null: Option<bool>,
}

impl<T: InputType + Comparable> ComparisonFilter<T> {
    /// What a row must satisfy in `column`.
    pub fn on(&self, column: Column) -> Condition {
        let compare = |value: &Option<T>, with: BinOper| {
            value.as_ref().map(|value| Expr::col(column).binary(with, Expr::val(value.value())))
        };
        Condition::all()
            .add_option(compare(&self.eq, BinOper::Equal))
            .add_option(compare(&self.ne, BinOper::NotEqual))
            .add_option(compare(&self.lt, BinOper::SmallerThan))
            .add_option(compare(&self.lte, BinOper::SmallerThanOrEqual))
            .add_option(compare(&self.gt, BinOper::GreaterThan))
            .add_option(compare(&self.gte, BinOper::GreaterThanOrEqual))
            .add_option(self.one_of.as_ref().map(|values| Expr::col(column).is_in(values.iter().map(T::value))))
            .add_option(self.is_null.map(|null| is_null(column, null)))
    }
}

/// Compares a text. Every condition given must hold; one that is absent or null asks for nothing.
#[derive(Clone, Debug, InputObject)]
pub struct StringFilter {
    /// Exactly this.
    eq: Option<String>,
    /// Known, and not exactly this.
    ne: Option<String>,
    /// Exactly one of these; of none where the list is empty.
    #[graphql(name = "in")]
    one_of: Option<Vec<String>>,
    /// Has this in it; case and width do not matter.
    contains: Option<String>,
    /// Begins with this; case and width do not matter.
    starts_with: Option<String>,
    /// Ends with this; case and width do not matter.
    ends_with: Option<String>,
    /// True: unknown. False: known.
    is_null: Option<bool>,
}

impl StringFilter {
    /// What a row must satisfy in `exact`, a column of ASCII words.
    pub fn on(&self, exact: Column) -> Condition {
        self.on_folded(exact, &Func::lower(Expr::col(exact)).into())
    }

    /// What a row must satisfy in `exact`, and in `folded`, which is the same text normalised.
    pub fn on_folded(&self, exact: Column, folded: &Expr) -> Condition {
        let like = |pattern: Option<LikeExpr>| pattern.map(|pattern| folded.clone().like(pattern));
        let part = |part: &String| escape_like(&normalize(part));
        let starts = self.starts_with.as_ref().map(|text| LikeExpr::new(format!("{}%", part(text))).escape('\\'));
        let ends = self.ends_with.as_ref().map(|text| LikeExpr::new(format!("%{}", part(text))).escape('\\'));
        Condition::all()
            .add_option(self.eq.as_ref().map(|text| Expr::col(exact).eq(text.as_str())))
            .add_option(self.ne.as_ref().map(|text| Expr::col(exact).ne(text.as_str())))
            .add_option(self.one_of.as_ref().map(|texts| Expr::col(exact).is_in(texts.iter().map(String::as_str))))
            .add_option(like(self.contains.as_ref().map(|text| like_contains(&normalize(text)))))
            .add_option(like(starts))
            .add_option(like(ends))
            .add_option(self.is_null.map(|null| is_null(exact, null)))
    }
}

/// Compares a word of a closed set. Every condition given must hold; one that is absent or null asks for nothing.
#[derive(Clone, Debug, InputObject)]
#[graphql(concrete(name = "CommercialUseFilter", params(CommercialUse)))]
#[graphql(concrete(name = "ModelKindFilter", params(ModelKind)))]
#[graphql(concrete(name = "SubjectTypeFilter", params(SubjectType)))]
#[graphql(concrete(name = "RevisionActionFilter", params(RevisionAction)))]
pub struct EnumFilter<T: InputType> {
    /// This.
    pub eq: Option<T>,
    /// Anything but this.
    pub ne: Option<T>,
    /// One of these; of none where the list is empty.
    #[graphql(name = "in")]
    pub one_of: Option<Vec<T>>,
}

impl<T: InputType + Copy> EnumFilter<T> {
    /// What a row must satisfy in `column`; `word` is how a value is stored.
    pub fn on(&self, column: Column, word: impl Fn(T) -> &'static str) -> Condition {
        Condition::all()
            .add_option(self.eq.map(|value| Expr::col(column).eq(word(value))))
            .add_option(self.ne.map(|value| Expr::col(column).ne(word(value))))
            .add_option(
                self.one_of.as_ref().map(|values| Expr::col(column).is_in(values.iter().map(|value| word(*value)))),
            )
    }
}

/// Asks for a list of related things. Every condition given must hold; one that is absent or null asks for nothing.
#[derive(Clone, Debug, InputObject)]
#[graphql(concrete(name = "ModelListFilter", params(crate::graphql::types::model::filter::ModelFilter)))]
#[graphql(concrete(name = "ModelSizeListFilter", params(crate::graphql::types::model_size::ModelSizeFilter)))]
#[graphql(concrete(name = "DatasetListFilter", params(crate::graphql::types::dataset::DatasetFilter)))]
#[graphql(concrete(name = "OrganizationListFilter", params(crate::graphql::types::organization::OrganizationFilter)))]
pub struct ListFilter<F: InputType> {
    /// At least one of them satisfies this.
    some: Option<Box<F>>,
    /// All of them satisfy this; also where there are none.
    every: Option<Box<F>>,
    /// None of them satisfies this; also where there are none.
    none: Option<Box<F>>,
}

impl<F: InputType + Filter> ListFilter<F> {
    /// What a row must satisfy. `owner` is, in the table that relates them, the column with the rows of this noun, and `related`
    /// that with the related ones; where a related row itself names its owner, `related` is its id.
    pub fn on(&self, row: Column, owner: Column, related: Column) -> Condition {
        let among = |condition: Condition| {
            let mut select = Query::select();
            if INDEXED.get() && related.0 == F::TABLE && owner.0 != row.0 {
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
            .add_option(self.some.as_ref().map(|filter| among(filter.condition())))
            .add_option(self.every.as_ref().map(|filter| among(negate(filter.condition())).not()))
            .add_option(self.none.as_ref().map(|filter| among(filter.condition()).not()))
    }
}

thread_local! {
    /// Whether the tables that a condition is being made for have indexes. Those of the past have none.
    static INDEXED: Cell<bool> = const { Cell::new(false) };
}

/// Makes a condition for tables that have indexes, if `indexed`; without, it has to do for any.
pub fn with_index_hint(indexed: bool, make: impl FnOnce() -> Condition) -> Condition {
    INDEXED.set(indexed);
    let condition = make();
    INDEXED.set(false);
    condition
}

/// The row that `column` refers to satisfies `filter`; none where it refers to nothing.
pub fn refers_to<F: Filter>(column: Column, filter: &F) -> Condition {
    let ids = Query::select().column((F::TABLE, "id")).from(F::TABLE).cond_where(filter.condition()).take();
    Condition::all().add(Expr::col(column).in_subquery(ids))
}

/// Joins the conditions of a filter with those of its `and`, `or` and `not`.
pub fn combine<F: Filter>(own: Condition, and: Option<&Vec<F>>, or: Option<&Vec<F>>, not: Option<&F>) -> Condition {
    let mut all = Condition::all().add(or_true(own));
    for filter in and.into_iter().flatten() {
        all = all.add(or_true(filter.condition()));
    }
    if let Some(filters) = or {
        // Of no alternatives none holds.
        let never = Condition::any().add(Expr::cust("1 = 0"));
        all = all.add(filters.iter().fold(never, |any, filter| any.add(or_true(filter.condition()))));
    }
    all.add_option(not.map(|filter| negate(filter.condition())))
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

fn is_null(column: Column, null: bool) -> Expr {
    if null { Expr::col(column).is_null() } else { Expr::col(column).is_not_null() }
}
