//! Reads of one state of the catalog in one transaction, for exports.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, Statement};

use crate::db::snapshot::Snapshot;
use crate::query::as_of::{read_only, rewrite};

/// The state of a snapshot, or its state after an earlier revision. Statements read the tables of that state.
pub struct SnapshotView {
    transaction: DatabaseTransaction,
    /// The number of the last revision that the view contains; 0 if there is none.
    pub revision: i32,
    /// The time of that revision; the Unix epoch if there is none.
    pub time: DateTime<Utc>,
    /// Whether statements are rewritten, because the snapshot has later revisions.
    is_earlier: bool,
}

impl From<Snapshot> for SnapshotView {
    fn from(Snapshot { transaction, revision, time }: Snapshot) -> Self {
        Self { transaction, revision, time, is_earlier: false }
    }
}

impl SnapshotView {
    /// Returns the view of a snapshot after one of its revisions, of which `time` is the time.
    pub fn after(snapshot: Snapshot, revision: i32, time: DateTime<Utc>) -> Self {
        let is_earlier = revision < snapshot.revision;
        Self { transaction: snapshot.transaction, revision, time, is_earlier }
    }

    /// Returns whether the snapshot has later revisions.
    pub fn is_earlier(&self) -> bool {
        self.is_earlier
    }

    /// Returns the transaction, which reads the state of the snapshot.
    pub fn latest(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    fn rewrite(&self, statement: Statement) -> Statement {
        if self.is_earlier { rewrite(statement, self.revision) } else { statement }
    }
}

#[async_trait]
impl ConnectionTrait for SnapshotView {
    fn get_database_backend(&self) -> DbBackend {
        self.transaction.get_database_backend()
    }

    async fn execute_raw(&self, _: Statement) -> Result<ExecResult, DbErr> {
        Err(read_only())
    }

    async fn execute_unprepared(&self, _: &str) -> Result<ExecResult, DbErr> {
        Err(read_only())
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.transaction.query_one_raw(self.rewrite(statement)).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.transaction.query_all_raw(self.rewrite(statement)).await
    }
}
