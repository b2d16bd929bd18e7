//! Parsers shared by the readers: rows, notes, sizes, amounts and dates, and the vocabulary.

pub mod column;
pub mod row;

pub mod notes;
pub mod parameter_count;
pub mod sizes;

pub mod amount;
pub mod date;
pub mod dictionary;
pub mod inline;

pub mod group_by_model;
pub mod implied_subjects;
pub mod record_builder;
pub mod source;
pub mod toml;
pub mod topic;
pub mod yaml;
