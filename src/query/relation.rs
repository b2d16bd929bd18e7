//! Relations between tables.

use derive_where::derive_where;

/// How rows are related to an id: the tables and columns of a one-to-one, one-to-many or many-to-many relation. Two relations
/// are equal if their tables and their `by` columns are.
#[derive(Clone, Copy, Debug)]
#[derive_where(PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Relation {
    /// The table of the rows.
    pub table: &'static str,
    /// The table and column that hold the id by which rows are loaded.
    pub by: (&'static str, &'static str),
    /// If `by` is a column of a junction table: the column of that table that holds the id of a row.
    #[derive_where(skip(EqHashOrd))]
    pub row: Option<&'static str>,
    /// The order of the rows of one id: tables and columns, all ascending.
    #[derive_where(skip(EqHashOrd))]
    pub order: &'static [(&'static str, &'static str)],
}
