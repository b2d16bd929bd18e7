//! The part of a change that the code writing rows needs: its transaction, its time and whether it is an import.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;

/// A write transaction, and the time that its revisions have.
pub struct WriteTransaction {
    transaction: DatabaseTransaction,
    time: DateTime<Utc>,
    imports: bool,
}

impl WriteTransaction {
    pub(super) fn new(transaction: DatabaseTransaction, time: DateTime<Utc>) -> Self {
        Self { transaction, time, imports: false }
    }

    /// Returns the transaction, for reads that see the uncommitted changes and for writes of rows.
    pub fn transaction(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// Returns the time of the change.
    pub fn time(&self) -> DateTime<Utc> {
        self.time
    }

    /// Returns whether the change is an import, in which a subject may be saved after those of its type that are derived from it.
    pub fn imports(&self) -> bool {
        self.imports
    }

    pub(super) fn set_imports(&mut self) {
        self.imports = true;
    }

    pub(super) async fn commit(self) -> Result<(), sea_orm::DbErr> {
        self.transaction.commit().await
    }
}
