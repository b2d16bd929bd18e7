//! The formats that sources come in, each read into statements.

pub mod format;

pub mod csv;
pub mod huggingface;
pub mod json;
pub mod markdown;
pub mod models_dev;
pub mod ndjson;
