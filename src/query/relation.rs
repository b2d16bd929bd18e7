//! Relations between tables.

use derive_where::derive_where;

/// How rows belong to what they are asked for by, which tells it from all others.
#[derive(Clone, Copy, Debug)]
#[derive_where(PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Relation {
    /// The table of the rows.
    #[derive_where(skip(EqHashOrd))]
    pub table: &'static str,
    /// The table and column that hold the id that they are asked for by.
    pub by: (&'static str, &'static str),
    /// Where that is another table: its column that holds the id of a row.
    #[derive_where(skip(EqHashOrd))]
    pub row: Option<&'static str>,
    /// The order of the rows of one id.
    #[derive_where(skip(EqHashOrd))]
    pub order: &'static [(&'static str, &'static str)],
}
