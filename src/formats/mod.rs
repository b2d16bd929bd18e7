//! The catalog's facts as files: read from lists and documents that people keep, written for pages, notebooks and
//! spreadsheets.
//!
//! A reader turns a source into [`record::Statement`]s; what they say is merged into documents and goes through the one
//! door for writes.

pub mod record;

pub mod export;
pub mod import;
pub mod json_schema;
pub mod readers;

mod parse;
