//! Readers: one for each import format. Each parses a source into records.

pub mod format;

pub mod csv;
pub mod huggingface;
pub mod json;
pub mod markdown;
pub mod models_dev;
pub mod ndjson;
pub mod records;
pub mod toml;
