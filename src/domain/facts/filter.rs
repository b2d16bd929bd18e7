//! Filters on one column.
//!
//! As in SQL, a comparison with an unknown value (NULL) is not true.

use std::borrow::Cow;

use async_graphql::{InputObject, InputType, TypeName};
use entity::vocabulary::Vocabulary;
use sea_orm::{
    Condition, ExprTrait,
    sea_query::{BinOper, Expr, Func, LikeExpr},
};

use crate::domain::count::Count;
use crate::domain::text::normalize;

/// A column of a table.
pub type Column = (&'static str, &'static str);

/// A filter on one column.
pub trait ColumnFilter {
    /// Returns the condition on the column.
    fn condition(&self, column: Column) -> Condition;
}

/// A value that can be compared in SQL.
pub trait Comparable {
    /// Returns the value as a bind parameter.
    fn value(&self) -> sea_orm::Value;

    /// Returns the condition that a comparison of the column with the value is true.
    fn compare(&self, column: Column, operator: BinOper) -> Condition {
        Condition::all().add(Expr::col(column).binary(operator, Expr::val(self.value())))
    }

    /// Returns the condition that the column is equal to one of the values.
    fn one_of(values: &[Self], column: Column) -> Condition
    where
        Self: Sized,
    {
        Condition::all().add(Expr::col(column).is_in(values.iter().map(Self::value)))
    }
}

impl Comparable for Count {
    fn value(&self) -> sea_orm::Value {
        self.get().into()
    }
}

impl Comparable for i32 {
    fn value(&self) -> sea_orm::Value {
        (*self).into()
    }
}

impl Comparable for f64 {
    fn value(&self) -> sea_orm::Value {
        (*self).into()
    }
}

/// Conditions on a number, day or time; all given ones hold.
/// An unknown value satisfies only `isNull: true`.
#[derive(Clone, Debug, InputObject)]
#[graphql(name_type)]
pub struct ComparisonFilter<T: InputType> {
    /// Equal to this.
    pub eq: Option<T>,
    /// Known, and not equal to this.
    pub ne: Option<T>,
    /// Equal to one of these. An empty list matches no value.
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

impl<T: InputType> TypeName for ComparisonFilter<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Filter", T::type_name()).into()
    }
}

impl<T: InputType + Comparable> ColumnFilter for ComparisonFilter<T> {
    fn condition(&self, column: Column) -> Condition {
        let compare =
            |value: &Option<T>, operator: BinOper| value.as_ref().map(|value| value.compare(column, operator));
        Condition::all()
            .add_option(compare(&self.eq, BinOper::Equal))
            .add_option(compare(&self.ne, BinOper::NotEqual))
            .add_option(compare(&self.lt, BinOper::SmallerThan))
            .add_option(compare(&self.lte, BinOper::SmallerThanOrEqual))
            .add_option(compare(&self.gt, BinOper::GreaterThan))
            .add_option(compare(&self.gte, BinOper::GreaterThanOrEqual))
            .add_option(self.one_of.as_ref().map(|values| T::one_of(values, column)))
            .add_option(self.is_null.map(|null| is_null(column, null)))
    }
}

/// Conditions on a text; all given ones hold.
#[derive(Clone, Debug, InputObject)]
pub struct StringFilter {
    /// Exactly this.
    eq: Option<String>,
    /// Known, and not exactly this.
    ne: Option<String>,
    /// Exactly one of these. An empty list matches no text.
    #[graphql(name = "in")]
    one_of: Option<Vec<String>>,
    /// Contains this, ignoring case and character width.
    contains: Option<String>,
    /// Starts with this, ignoring case and character width.
    starts_with: Option<String>,
    /// Ends with this, ignoring case and character width.
    ends_with: Option<String>,
    /// True: unknown. False: known.
    is_null: Option<bool>,
}

impl ColumnFilter for StringFilter {
    /// Returns the condition on a column of ASCII text.
    fn condition(&self, column: Column) -> Condition {
        self.condition_normalized(column, &Func::lower(Expr::col(column)).into())
    }
}

impl StringFilter {
    /// Returns the condition on a column. `normalized` is its text in normalized form.
    pub fn condition_normalized(&self, exact: Column, normalized: &Expr) -> Condition {
        let like = |pattern: Option<LikeExpr>| pattern.map(|pattern| normalized.clone().like(pattern));
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

/// Conditions on an enum; all given ones hold.
#[derive(Clone, Debug, InputObject)]
#[graphql(name_type)]
pub struct EnumFilter<T: InputType> {
    /// This.
    pub eq: Option<T>,
    /// Known, and not this.
    pub ne: Option<T>,
    /// One of these; nothing if empty.
    #[graphql(name = "in")]
    pub one_of: Option<Vec<T>>,
    /// True: unknown. False: known.
    pub is_null: Option<bool>,
}

impl<T: InputType> TypeName for EnumFilter<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Filter", T::type_name()).into()
    }
}

impl<T: InputType + Vocabulary> ColumnFilter for EnumFilter<T> {
    fn condition(&self, column: Column) -> Condition {
        self.condition_on(&Expr::col(column))
    }
}

impl<T: InputType + Vocabulary> EnumFilter<T> {
    /// Returns the condition on an SQL expression.
    pub fn condition_on(&self, value: &Expr) -> Condition {
        let is_null = |null: bool| if null { value.clone().is_null() } else { value.clone().is_not_null() };
        let is_in = |values: &Vec<T>| value.clone().is_in(values.iter().map(|value| value.word()));
        Condition::all()
            .add_option(self.is_null.map(is_null))
            .add_option(self.eq.map(|eq| value.clone().eq(eq.word())))
            .add_option(self.ne.map(|ne| value.clone().ne(ne.word())))
            .add_option(self.one_of.as_ref().map(is_in))
    }
}

impl<T: InputType + PartialEq> EnumFilter<T> {
    /// Returns whether a value satisfies all conditions.
    pub fn matches(&self, value: &T) -> bool {
        self.eq.as_ref().is_none_or(|eq| eq == value)
            && self.ne.as_ref().is_none_or(|ne| ne != value)
            && self.one_of.as_ref().is_none_or(|values| values.contains(value))
            && self.is_null != Some(true)
    }
}

/// Conditions on true or false; all given ones hold.
#[derive(Clone, Debug, InputObject)]
pub struct BooleanFilter {
    /// This.
    eq: Option<bool>,
    /// True: unknown. False: known.
    is_null: Option<bool>,
}

impl ColumnFilter for BooleanFilter {
    fn condition(&self, column: Column) -> Condition {
        Condition::all()
            .add_option(self.eq.map(|value| Expr::col(column).eq(value)))
            .add_option(self.is_null.map(|null| is_null(column, null)))
    }
}

/// Conditions on a list of texts; all given ones hold.
#[derive(Clone, Debug, InputObject)]
pub struct StringListFilter {
    /// The list contains this text, ignoring the case of the letters A to Z.
    has: Option<String>,
    /// True: the list is empty. False: it is not.
    is_empty: Option<bool>,
}

impl ColumnFilter for StringListFilter {
    /// Returns the condition on a column with a JSON array of texts.
    fn condition(&self, column: Column) -> Condition {
        let text = || Expr::from(Func::lower(Expr::col(column).cast_as("text")));
        let empty = self.is_empty.map(|empty| if empty { text().eq("[]") } else { text().ne("[]") });
        let has = self.has.as_ref().map(|has| {
            let has = serde_json::Value::from(has.to_ascii_lowercase()).to_string();
            text().like(like_contains(&has))
        });
        Condition::all().add_option(has).add_option(empty)
    }
}

fn is_null(column: Column, null: bool) -> Expr {
    if null { Expr::col(column).is_null() } else { Expr::col(column).is_not_null() }
}

/// Returns a pattern for `LIKE` that matches texts that contain `part`.
pub fn like_contains(part: &str) -> LikeExpr {
    LikeExpr::new(format!("%{}%", escape_like(part))).escape('\\')
}

/// Escapes the wildcards of `LIKE` with a backslash.
pub fn escape_like(part: &str) -> String {
    part.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}
