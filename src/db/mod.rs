//! The database: connections, deadlines, health, change notification, replica and bulk statements.

pub mod connection_share;
pub mod database;
pub mod deadline;
pub mod error;
pub mod health;
pub mod latest_documents;
pub mod pool;
pub mod sqlite_file;
pub mod sqlite_reader;
pub mod url;

pub mod change_listener;
pub mod replica;
pub mod revision_tracker;

pub mod bulk;
pub mod query_metrics;
pub mod row_counts;
pub mod snapshot;
pub mod sql;
