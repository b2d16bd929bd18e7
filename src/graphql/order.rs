//! What lists are ordered by.

use std::borrow::Cow;

use async_graphql::{Enum, InputObject, InputType, TypeName};

use crate::error::{Error, Result};
use crate::query::cursor::SortKey;

/// Which way to order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum OrderDirection {
    /// Smallest, earliest or first in the alphabet first.
    Asc,
    /// Largest, latest or last in the alphabet first.
    Desc,
}

/// Where unknown values go, in either direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum NullsOrder {
    /// Before all that is known.
    First,
    /// Behind all that is known.
    Last,
}

/// A key to order by. Rows that tie keep an order of their own, so that pages never overlap.
#[derive(Clone, Copy, Debug, InputObject)]
#[graphql(name_type)]
pub struct OrderBy<F: InputType> {
    /// What to order by.
    field: F,
    /// Which way.
    #[graphql(default_with = "OrderDirection::Asc")]
    direction: OrderDirection,
    /// Where unknown values go.
    #[graphql(default_with = "NullsOrder::Last")]
    nulls: NullsOrder,
}

impl<F: InputType> TypeName for OrderBy<F> {
    fn type_name() -> Cow<'static, str> {
        let field = F::type_name();
        format!("{}Order", field.strip_suffix("OrderField").unwrap_or(&field)).into()
    }
}

/// What a list can be ordered by.
pub trait OrderField: InputType + Copy + PartialEq {
    /// The order of a list that asks for none, and the key that breaks ties.
    const DEFAULT: (Self, SortKey);

    /// The key, ascending, with unknown values before (`low`) or behind all that are known.
    fn key(self, low: bool) -> SortKey;
}

/// The keys of an order, the last of which is unique.
pub fn sort_keys<F: OrderField>(orders: Option<&Vec<OrderBy<F>>>) -> Result<Vec<SortKey>> {
    let (default, tie) = F::DEFAULT;
    let default = [OrderBy { field: default, direction: OrderDirection::Asc, nulls: NullsOrder::Last }];
    let orders = orders.map_or(&[][..], Vec::as_slice);
    for (index, order) in orders.iter().enumerate() {
        if orders[..index].iter().any(|before| before.field == order.field) {
            return Err(Error::InvalidArgument("`orderBy` names the same field twice.".to_owned()));
        }
    }
    let orders = if orders.is_empty() { &default[..] } else { orders };
    let mut keys = Vec::new();
    for order in orders {
        let descending = order.direction == OrderDirection::Desc;
        // Descending turns the list round, so what is to come first must then be the largest.
        let low = (order.nulls == NullsOrder::First) != descending;
        keys.push(SortKey { descending, ..order.field.key(low) });
    }
    let descending = keys.last().is_some_and(|key| key.descending);
    keys.push(SortKey { descending, ..tie });
    Ok(keys)
}
