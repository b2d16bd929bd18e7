//! File formats: readers and the importer, exports and JSON Schemas.
//!
//! A reader parses a source into [`record::ImportedRecord`]s. The importer merges them into documents and writes these as
//! one [`Change`](crate::store::change::Change).

pub mod record;

pub mod export;
pub mod import;
pub mod json_schema;
pub mod lint;
pub mod readers;

mod csv_formula;
mod parse;
