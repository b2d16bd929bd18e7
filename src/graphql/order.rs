//! The order of lists: fields, directions and the position of null.

use std::borrow::Cow;

use async_graphql::{Enum, InputObject, InputType, TypeName};
use sea_orm::sea_query::SelectStatement;

use crate::domain::text::normalize;
use crate::error::{Error, Result};
use crate::graphql::filter::Filter;
use crate::query::cursor::SortKey;
use crate::query::search;
use crate::query::search::RELEVANCE;

/// The direction of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum OrderDirection {
    /// Ascending: smallest, earliest or alphabetically first value first.
    Asc,
    /// Descending: largest, latest or alphabetically last value first.
    Desc,
}

/// The position of rows whose value is unknown (null), in either direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum NullsOrder {
    /// Before all rows with a known value.
    First,
    /// After all rows with a known value.
    Last,
}

/// A sort key; rows with equal values are ordered by id.
#[derive(Clone, Copy, Debug, InputObject)]
#[graphql(name_type)]
pub struct OrderBy<F: InputType> {
    /// The field to order by.
    field: F,
    /// The direction of the order.
    #[graphql(default_with = "OrderDirection::Asc")]
    direction: OrderDirection,
    /// The position of rows whose value is unknown.
    #[graphql(default_with = "NullsOrder::Last")]
    nulls: NullsOrder,
}

impl<F: InputType> TypeName for OrderBy<F> {
    fn type_name() -> Cow<'static, str> {
        let field = F::type_name();
        format!("{}Order", field.strip_suffix("OrderField").unwrap_or(&field)).into()
    }
}

/// A field that lists of a type can be ordered by.
pub trait OrderField: InputType + Copy + PartialEq {
    /// The field of the default order, and the unique sort key that breaks ties.
    const DEFAULT: (Self, SortKey);
    /// The field of which the latest values come first among equally relevant results of a search; none if names decide.
    const LATEST: Option<Self> = None;

    /// Returns the ascending sort key of the field. Unknown values come before known ones if `low`, otherwise after them.
    fn key(self, low: bool) -> SortKey;
}

/// The order of a list.
#[derive(Clone, Debug)]
pub struct ListOrder {
    /// The sort keys, the most significant first; the last one is unique.
    pub keys: Vec<SortKey>,
    /// The ranks that the first key orders by, if that is the relevance to a search.
    pub ranks: Option<SelectStatement>,
}

impl From<SortKey> for ListOrder {
    fn from(unique: SortKey) -> Self {
        Self { keys: vec![unique], ranks: None }
    }
}

/// Returns the order of a list of the type that `T` filters. Without `orders` it is that of relevance to the search, if there is
/// one, and then the default order.
///
/// # Errors
/// The order contains the same field twice.
pub fn list_order<T: Filter, F: OrderField>(
    orders: Option<&Vec<OrderBy<F>>>,
    search: Option<&str>,
) -> Result<ListOrder> {
    let (default, tie_breaker) = F::DEFAULT;
    let orders = orders.map_or(&[][..], Vec::as_slice);
    for (index, order) in orders.iter().enumerate() {
        if orders[..index].iter().any(|before| before.field == order.field) {
            return Err(Error::InvalidArgument("`orderBy` has the same field twice.".to_owned()));
        }
    }
    let search = search.filter(|query| orders.is_empty() && !normalize(query).is_empty());
    let ranks = search.and_then(|query| search::ranks(T::TABLE, query));
    let mut keys = Vec::from_iter(ranks.is_some().then_some(RELEVANCE));
    let of = |field, direction| OrderBy { field, direction, nulls: NullsOrder::Last };
    let latest = F::LATEST.filter(|_| search.is_some()).map(|field| of(field, OrderDirection::Desc));
    let default = latest.into_iter().chain([of(default, OrderDirection::Asc)]).collect::<Vec<_>>();
    for order in if orders.is_empty() { &default } else { orders } {
        let descending = order.direction == OrderDirection::Desc;
        // Descending reverses the list, so values that come first must be the largest.
        let low = (order.nulls == NullsOrder::First) != descending;
        keys.push(SortKey { descending, ..order.field.key(low) });
    }
    let descending = keys.last().is_some_and(|key| key.descending);
    keys.push(SortKey { descending, ..tie_breaker });
    Ok(ListOrder { keys, ranks })
}

/// The name of the sort key that counts the models of a subject. It has no index, so it is not offered for as-of reads, whose
/// models are computed for each subject.
pub const MODEL_COUNT: &str = "models";

/// The sort key of the number of models of a subject. The column `by` has the id of the subject.
macro_rules! model_count {
    ($table:literal, models by $by:literal . $column:literal) => {
        $crate::query::cursor::SortKey {
            name: $crate::graphql::order::MODEL_COUNT,
            sql: concat!("(SELECT COUNT(*) FROM ", $by, " counted WHERE counted.", $column, " = ", $table, ".id)"),
            kind: $crate::query::cursor::SortKeyType::BigInteger,
            descending: false,
        }
    };
}

/// Declares the sort keys of a subject type that models refer to: its name, its times and the number of its models. `by` is the
/// column of those models with the id of the subject.
macro_rules! name_order {
    ($(#[$doc:meta])* $order:ident of $table:literal, models by $by:literal . $column:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, async_graphql::Enum)]
        pub enum $order {
            /// The name, by code point, ignoring case.
            Name,
            /// The time of creation.
            CreatedAt,
            /// The time of the last change.
            UpdatedAt,
            /// The number of its models. Not with `asOf`.
            ModelCount,
        }

        impl $crate::graphql::order::OrderField for $order {
            const DEFAULT: (Self, $crate::query::cursor::SortKey) = (
                Self::Name,
                $crate::query::cursor::SortKey {
                    name: "id",
                    sql: concat!($table, ".id"),
                    kind: $crate::query::cursor::SortKeyType::Integer,
                    descending: false,
                },
            );

            fn key(self, _: bool) -> $crate::query::cursor::SortKey {
                use $crate::query::cursor::{SortKey, SortKeyType};
                let (name, sql, kind) = match self {
                    Self::Name => ("name", concat!($table, ".name_key"), SortKeyType::Text),
                    Self::CreatedAt => ("created", concat!($table, ".created_at"), SortKeyType::Time),
                    Self::UpdatedAt => ("updated", concat!($table, ".updated_at"), SortKeyType::Time),
                    Self::ModelCount => {
                        return $crate::graphql::order::model_count!($table, models by $by.$column);
                    }
                };
                SortKey { name, sql, kind, descending: false }
            }
        }
    };
}

pub(super) use {model_count, name_order};
