//! What people write, whichever format it stands in: rows, notes, sizes, amounts, days; and all words that readers know.

pub mod column;
pub mod row;

pub mod notes;
pub mod parameter_count;
pub mod sizes;

pub mod amount;
pub mod date;
pub mod dictionary;
pub mod inline;

pub mod implied_subjects;
pub mod record_builder;
pub mod source;
