//! The types of facts.

use async_graphql::InputType;
use entity::vocabulary::{
    AttentionKind, CacheKind, CommercialUse, DataUnit, LinkKind, Modality, ModelKind, ParametersBasis, Period,
    ReleaseStatus, SourceKind, TermEffect, TerritoryBasis, TokensBasis,
};
use serde_json::Value as Json;

use crate::domain::count::Count;
use crate::domain::date::PartialDate;
use crate::domain::evidence::statement::Comparison;
use crate::domain::facts::filter::{BooleanFilter, ComparisonFilter, EnumFilter, StringFilter};
use crate::domain::modalities::{Modalities, ModalitiesFilter};

/// The kind of the values of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number up to 2^53 - 1.
    Count,
    /// A 32-bit integer.
    Integer,
    /// A floating-point number.
    Float,
    /// True or false.
    Boolean,
    /// A text.
    Text,
    /// A value of an enum, which has this name in the API.
    Enum(&'static str),
    /// A calendar date with the precision of its source.
    PartialDate,
    /// The kinds of data that a model reads and writes.
    Modalities,
}

impl Kind {
    /// Returns how values of the kind are compared.
    pub fn comparison(self) -> Comparison {
        match self {
            Self::Count | Self::Integer | Self::Float => Comparison::Amount,
            Self::PartialDate => Comparison::Date,
            Self::Boolean | Self::Text | Self::Enum(_) | Self::Modalities => Comparison::Exact,
        }
    }
}

/// A type that a fact can have.
#[diagnostic::on_unimplemented(
    message = "a fact cannot be a `{Self}`",
    note = "src/domain/facts/value.rs lists the types; an enum is added to `enum_values!`"
)]
pub trait Value: Sized {
    /// The type of the column.
    type Column;
    /// The filter in the API.
    type Filter: InputType;
    /// The kind of the values.
    const KIND: Kind;

    /// Converts the value to that of the column.
    fn to_column(&self) -> Self::Column;

    /// Converts the value of a column.
    fn from_column(column: Self::Column) -> Self;

    /// Returns the value as text, for exported tables.
    fn text(&self) -> String;
}

impl Value for Count {
    type Column = i64;
    type Filter = ComparisonFilter<Self>;
    const KIND: Kind = Kind::Count;

    fn to_column(&self) -> i64 {
        self.get()
    }

    fn from_column(column: i64) -> Self {
        Self::from_column(column)
    }

    fn text(&self) -> String {
        self.to_string()
    }
}

impl Value for PartialDate {
    type Column = String;
    type Filter = ComparisonFilter<Self>;
    const KIND: Kind = Kind::PartialDate;

    fn to_column(&self) -> String {
        self.to_string()
    }

    fn from_column(column: String) -> Self {
        Self::from_column(column)
    }

    fn text(&self) -> String {
        self.to_string()
    }
}

impl Value for String {
    type Column = Self;
    type Filter = StringFilter;
    const KIND: Kind = Kind::Text;

    fn to_column(&self) -> Self {
        self.clone()
    }

    fn from_column(column: Self) -> Self {
        column
    }

    fn text(&self) -> String {
        self.clone()
    }
}

impl Value for bool {
    type Column = Self;
    type Filter = BooleanFilter;
    const KIND: Kind = Kind::Boolean;

    fn to_column(&self) -> Self {
        *self
    }

    fn from_column(column: Self) -> Self {
        column
    }

    fn text(&self) -> String {
        self.to_string()
    }
}

impl Value for Modalities {
    type Column = Json;
    type Filter = ModalitiesFilter;
    const KIND: Kind = Kind::Modalities;

    fn to_column(&self) -> Json {
        serde_json::json!(self)
    }

    fn from_column(column: Json) -> Self {
        serde_json::from_value(column).unwrap_or_default()
    }

    fn text(&self) -> String {
        self.to_string()
    }
}

/// Implements [`Value`] for numbers that are stored without conversion.
macro_rules! number_values {
    ($($number:ident: $kind:ident, $text:expr;)+) => {
        $(impl Value for $number {
            type Column = Self;
            type Filter = ComparisonFilter<Self>;
            const KIND: Kind = Kind::$kind;

            fn to_column(&self) -> Self {
                *self
            }

            fn from_column(column: Self) -> Self {
                column
            }

            fn text(&self) -> String {
                $text(self)
            }
        })+
    };
}

number_values! {
    i32: Integer, i32::to_string;
    f64: Float, |number: &f64| serde_json::json!(number).to_string();
}

/// Implements [`Value`] for enums.
macro_rules! enum_values {
    ($($name:ident),+) => {
        $(impl Value for $name {
            type Column = Self;
            type Filter = EnumFilter<Self>;
            const KIND: Kind = Kind::Enum(stringify!($name));

            fn to_column(&self) -> Self {
                *self
            }

            fn from_column(column: Self) -> Self {
                column
            }

            fn text(&self) -> String {
                self.word().to_owned()
            }
        })+
    };
}

enum_values!(
    AttentionKind,
    CacheKind,
    CommercialUse,
    DataUnit,
    LinkKind,
    Modality,
    ModelKind,
    ParametersBasis,
    Period,
    ReleaseStatus,
    SourceKind,
    TermEffect,
    TerritoryBasis,
    TokensBasis
);
