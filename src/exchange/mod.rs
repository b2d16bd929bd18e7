//! The catalog's facts as files: read from lists and documents that people keep, written for pages, notebooks and
//! spreadsheets.
//!
//! A reader turns a source into [`statement::Statement`]s; what they say is merged into documents and goes through the one
//! door for writes.

pub mod export;

pub mod schema;
pub mod statement;

pub mod csv;
pub mod huggingface;
pub mod markdown;
pub mod models_dev;

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
mod source;
