//! The claim of a statement about a fact: the set of values that it allows.

use chrono::NaiveDate;
use entity::vocabulary::{Confidence, Qualifier, Stance};
use serde::Deserialize;
use serde_json::Value as Json;

use crate::domain::date::PartialDate;
use crate::domain::evidence::amount::Amount;
use crate::domain::evidence::statement::{Comparison, Statement};

/// The set of values that a statement allows.
#[derive(Clone, Debug, PartialEq)]
pub enum Claim {
    /// Every value: the source does not disclose it.
    Any,
    /// An amount with its precision, or all amounts on one side of it.
    Amount(Amount, Option<Bound>),
    /// All days of a year, a month or a day, or all days on one side.
    Days { first: NaiveDate, last: NaiveDate, bound: Option<Bound> },
    /// Just this value. Null is the claim that there is none.
    Exactly(Json),
}

/// A side of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    Lower,
    Upper,
}

impl Claim {
    /// Returns the claim of a statement. A value that is not of the kind of the fact is compared as it is.
    pub fn of(comparison: Comparison, statement: &Statement) -> Self {
        let bound = match statement.qualifier {
            Some(Qualifier::AtLeast) => Some(Bound::Lower),
            Some(Qualifier::AtMost) => Some(Bound::Upper),
            Some(Qualifier::Approximate) | None => None,
        };
        let value = &statement.value;
        match (statement.stance, comparison) {
            (Stance::Undisclosed, _) => Self::Any,
            (Stance::None, _) => Self::Exactly(Json::Null),
            (Stance::Stated, Comparison::Amount) => {
                let amount = Amount::read(value, statement.confidence == Confidence::Exact);
                amount.map_or_else(|| Self::Exactly(value.clone()), |amount| Self::Amount(amount, bound))
            }
            (Stance::Stated, Comparison::Date) => match PartialDate::deserialize(value) {
                Ok(date) => Self::Days { first: date.first_day(), last: date.last_day(), bound },
                Err(_) => Self::Exactly(value.clone()),
            },
            (Stance::Stated, Comparison::Exact) => Self::Exactly(canonical(value)),
        }
    }

    /// Returns whether the claim allows the value that another one is about.
    pub fn allows(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Any, _) => true,
            (Self::Amount(amount, bound), Self::Amount(other, _)) => match bound {
                None => other.rounds_to(*amount),
                Some(Bound::Lower) => other.is_at_least(*amount),
                Some(Bound::Upper) => other.is_at_most(*amount),
            },
            (Self::Days { first, last, bound }, Self::Days { first: other_first, last: other_last, .. }) => {
                let (from, to) = (other_first >= first, other_last <= last);
                match bound {
                    None => from && to,
                    Some(Bound::Lower) => from,
                    Some(Bound::Upper) => to,
                }
            }
            (Self::Exactly(value), Self::Exactly(other)) => value == other,
            _ => false,
        }
    }

    /// Returns whether the claim says the same as another one, and more precisely.
    pub fn refines(&self, other: &Self) -> bool {
        let is_finer = match (self, other) {
            (Self::Any, _) => false,
            (_, Self::Any) => true,
            (Self::Amount(amount, None), Self::Amount(other, None)) => amount.exponent() < other.exponent(),
            (
                Self::Days { first, last, bound: None },
                Self::Days { first: other_first, last: other_last, bound: None },
            ) => *last - *first < *other_last - *other_first,
            (Self::Amount(_, None), Self::Amount(..)) | (Self::Days { bound: None, .. }, Self::Days { .. }) => true,
            // Of two bounds on the same side, the one that the other allows but that does not allow the other.
            (Self::Amount(_, Some(side)), Self::Amount(_, Some(other_side)))
            | (Self::Days { bound: Some(side), .. }, Self::Days { bound: Some(other_side), .. }) => {
                side == other_side && !self.allows(other)
            }
            _ => false,
        };
        is_finer && other.allows(self)
    }
}

/// Returns a value in the form that equal values have in common: the elements of a list in a fixed order, because two sources may
/// list them in different orders, and the amounts in an object as numbers, because documents write 1T and 1000000000000.
fn canonical(value: &Json) -> Json {
    match value {
        Json::Array(elements) => {
            let mut elements = elements.iter().map(canonical).collect::<Vec<_>>();
            elements.sort_by_cached_key(Json::to_string);
            elements.into()
        }
        Json::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| {
                let amount = Amount::read(value, true).map(|amount| amount.decimal().into());
                (name.clone(), amount.unwrap_or_else(|| canonical(value)))
            });
            Json::Object(fields.collect())
        }
        other => other.clone(),
    }
}
