//! The database: connections, deadlines, health, how a process learns of changes, and statements over many rows.

pub mod database;
pub mod deadline;
pub mod error;
pub mod health;
pub mod pool;
pub mod url;

pub mod change_listener;
pub mod replica;
pub mod revision_tracker;

pub mod bulk;
pub mod query_metrics;
pub mod snapshot;
pub mod sql;
