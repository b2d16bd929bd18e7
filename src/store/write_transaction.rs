//! The transaction of a change, as the code that writes rows sees it.

use chrono::{DateTime, Utc};
use sea_orm::DatabaseTransaction;

/// A write transaction with the time at which its change happens.
pub struct WriteTransaction {
    transaction: DatabaseTransaction,
    time: DateTime<Utc>,
    imports: bool,
}

impl WriteTransaction {
    pub(super) fn new(transaction: DatabaseTransaction, time: DateTime<Utc>) -> Self {
        Self { transaction, time, imports: false }
    }

    /// The transaction, to read what the change sees and to write rows.
    pub fn transaction(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// When the change happens.
    pub fn time(&self) -> DateTime<Utc> {
        self.time
    }

    /// Whether a base model may be saved after the models that are based on it, as in an import.
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
