//! The kinds of data that a model reads and writes.

use std::{fmt, str::FromStr};

use async_graphql::{InputObject, SimpleObject};
use entity::vocabulary::Modality;
use schemars::JsonSchema;
use sea_orm::{Condition, sea_query::Expr};
use serde::{Deserialize, Serialize};

use crate::domain::facts::filter::{Column, ColumnFilter};

/// The kinds of data that a model reads and writes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, SimpleObject, InputObject)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[graphql(input_name = "ModalitiesInput")]
pub struct Modalities {
    /// The kinds of data that it reads.
    #[serde(default)]
    #[schemars(length(min = 1, max = 5))]
    pub input: Vec<Modality>,
    /// The kinds of data that it writes.
    #[serde(default)]
    #[schemars(length(min = 1, max = 5))]
    pub output: Vec<Modality>,
}

/// All modalities.
const ALL: [Modality; 5] = [Modality::Text, Modality::Image, Modality::Audio, Modality::Video, Modality::Other];

impl Modalities {
    /// Returns whether both lists are not empty and have no duplicates.
    pub fn is_valid(&self) -> bool {
        [&self.input, &self.output].iter().all(|list| {
            !list.is_empty()
                && list.len() <= ALL.len()
                && ALL.iter().all(|one| list.iter().filter(|other| *other == one).count() <= 1)
        })
    }
}

/// As in a cell of a table: `TEXT, IMAGE -> TEXT`.
impl fmt::Display for Modalities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = |list: &[Modality]| list.iter().map(|modality| modality.word()).collect::<Vec<_>>().join(", ");
        write!(f, "{} -> {}", words(&self.input), words(&self.output))
    }
}

impl FromStr for Modalities {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (input, output) = text.split_once("->").ok_or(())?;
        let list = |words: &str| {
            let words = words.split(',').map(str::trim);
            let find =
                |word: &str| ALL.into_iter().find(|modality| modality.word().eq_ignore_ascii_case(word)).ok_or(());
            words.map(find).collect::<Result<Vec<_>, ()>>()
        };
        Ok(Self { input: list(input)?, output: list(output)? })
    }
}

/// Conditions on modalities. All given ones must hold. Unknown modalities
/// satisfy only `isNull: true`.
#[derive(Clone, Debug, InputObject)]
pub struct ModalitiesFilter {
    /// Reads this kind of data.
    input: Option<Modality>,
    /// Writes this kind of data.
    output: Option<Modality>,
    /// True: unknown. False: known.
    is_null: Option<bool>,
}

impl ColumnFilter for ModalitiesFilter {
    fn condition(&self, (table, column): Column) -> Condition {
        let has = |side: &str, modality: Modality| {
            Expr::cust(format!("CAST({table}.{column} -> '{side}' AS text) LIKE '%\"{}\"%'", modality.word()))
        };
        let null = |null: bool| Expr::cust(format!("{table}.{column} IS {}NULL", if null { "" } else { "NOT " }));
        Condition::all()
            .add_option(self.input.map(|modality| has("input", modality)))
            .add_option(self.output.map(|modality| has("output", modality)))
            .add_option(self.is_null.map(null))
    }
}
