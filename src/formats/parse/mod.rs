//! What people write, whichever format it stands in: rows, notes, sizes, amounts, days; and all words that readers know.

pub mod column;
pub mod row;

pub mod notes;
pub mod sizes;
pub mod weights;

pub mod amount;
pub mod date;
pub mod inline;
pub mod words;

pub mod draft;
pub mod mention;
pub mod source;
