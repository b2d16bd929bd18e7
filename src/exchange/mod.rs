//! The catalog's facts as files: read from lists and documents that people keep, written for pages, notebooks and
//! spreadsheets.
//!
//! A reader turns a source into [`statement::Statement`]s; what they say is merged into documents and goes through the one
//! door for writes.

pub mod export;

pub mod schema;
pub mod statement;

pub mod format;
pub mod import;
pub mod report;

pub mod csv;
pub mod huggingface;
pub mod json;
pub mod markdown;
pub mod models_dev;
pub mod ndjson;

mod check;
mod merge;
mod names;
pub mod noun;
mod resolve;

mod column;
mod row;

mod notes;
mod sizes;
mod weights;

mod amount;
mod date;
mod inline;
mod words;

mod draft;
mod mention;
mod source;
