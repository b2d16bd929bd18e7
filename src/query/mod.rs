//! Reads: keyset pagination, DataLoaders, the entity cache, as-of reads, search and the stream of revisions.

pub mod checkpoint_loader;
pub mod cursor;
pub mod groups;
pub mod keyset;
pub mod license_readings;

pub mod batch;
pub mod cache;
pub mod change_log;
pub mod db_loader;
pub mod dependencies;
pub mod document_loader;
pub mod json_rows;
pub mod lineage_loader;
pub mod loaders;
pub mod page_loader;
pub mod relation;
pub mod relation_keys;
pub mod relation_loader;
pub mod row_loader;
pub mod weight_file_loader;

pub mod as_of;
pub mod changes;
pub mod points;
pub mod revision_stream;
pub mod search;
pub mod statistics;
