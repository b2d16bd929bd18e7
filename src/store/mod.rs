//! Writes: every change to the catalog is one transaction that contains its revisions.

pub mod change;
pub mod conflicts;
pub mod documents;
pub mod evidence;
pub mod lineage;
pub mod references;
pub mod subject_edit;
pub mod write_transaction;

mod delete;
pub mod idempotency;
pub mod proposals;
pub mod reassess;
pub mod reconciliation;
pub mod revert;
pub mod seed;

pub mod migrate;
pub mod scan;
pub mod sqlite_export;
