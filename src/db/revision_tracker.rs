//! The revision tracker: the number of the last revision that this process knows, and the availability of the database.
//!
//! A process records its own commits at once. The change listener reports those of other processes: PostgreSQL sends a
//! notification with each commit, and SQLite is polled, which costs microseconds.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, RuntimeErr};
use tokio::sync::watch;

use crate::error::{Error, Result};

/// The channel on which PostgreSQL notifies of commits.
pub(super) const CHANNEL: &str = "open_llm_catalog_revision";

/// The state of the catalog and its database as this process knows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClusterState {
    /// The highest revision that this process has seen committed; 0 before any.
    pub revision: i32,
    /// Whether the change listener is connected. If not, other processes may have committed later revisions.
    pub listening: bool,
    /// Whether the database is unavailable: no recent statement has succeeded.
    pub unavailable: bool,
    /// The storage error that a request ran into, until a trial write succeeds.
    pub storage_error: Option<&'static str>,
    /// The last time at which the database was found unavailable. Connections that were opened before it are discarded.
    unavailable_since: Option<Instant>,
}

/// Publishes the [`ClusterState`]. Clones share it.
#[derive(Clone, Debug)]
pub struct RevisionTracker {
    state: watch::Sender<ClusterState>,
    /// The time of the last successful statement, in milliseconds after `created_at`.
    last_answer: Arc<AtomicU64>,
    created_at: Instant,
}

impl Default for RevisionTracker {
    fn default() -> Self {
        let state = watch::Sender::new(ClusterState::default());
        Self { state, last_answer: Arc::default(), created_at: Instant::now() }
    }
}

impl RevisionTracker {
    /// Subscribes to the state.
    pub fn watch(&self) -> watch::Receiver<ClusterState> {
        self.state.subscribe()
    }

    /// Returns the current state.
    pub fn state(&self) -> ClusterState {
        *self.state.borrow()
    }

    /// Runs a future that may need the database. Drops it if it has to wait while the database is unavailable.
    ///
    /// # Errors
    /// The database is or becomes unavailable before the future completes.
    pub async fn fail_if_unavailable<T>(&self, future: impl Future<Output = T>) -> Result<T> {
        tokio::select! {
            biased;
            output = future => Ok(output),
            () = self.wait_unavailable() => Err(unavailable_error()),
        }
    }

    /// Completes when the database is unavailable.
    async fn wait_unavailable(&self) {
        // Fails only after the sender is dropped, and `self` owns it.
        let _ = self.watch().wait_for(|state| state.unavailable).await;
    }

    /// Whether a connection of this age was opened before the last outage.
    pub(super) fn predates_outage(&self, age: Duration) -> bool {
        self.state().unavailable_since.is_some_and(|since| since.elapsed() <= age)
    }

    /// Records a storage error.
    pub(super) fn record_storage_error(&self, storage_error: &'static str) {
        self.state.send_if_modified(|state| state.storage_error.replace(storage_error) != Some(storage_error));
    }

    /// Clears the storage error.
    pub(super) fn clear_storage_error(&self) {
        self.state.send_if_modified(|state| state.storage_error.take().is_some());
    }

    /// Records that a statement has succeeded.
    pub(super) fn record_answer(&self) {
        self.last_answer.store(self.now(), Ordering::Relaxed);
    }

    fn now(&self) -> u64 {
        u64::try_from(self.created_at.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Records that a revision is committed. Readers that see a revision before its notification call this too, so that
    /// this process never serves an older state afterwards.
    pub fn advance(&self, revision: i32) {
        self.state.send_if_modified(|state| {
            let advances = revision > state.revision;
            state.revision = state.revision.max(revision);
            advances
        });
    }

    /// Returns the milliseconds since the last successful statement.
    pub(super) fn millis_since_answer(&self) -> u64 {
        self.now().saturating_sub(self.last_answer.load(Ordering::Relaxed))
    }

    /// Sends a notification of a revision on PostgreSQL. Other processes receive it when `transaction` is committed.
    pub(crate) async fn notify(transaction: &DatabaseTransaction, revision: i32) -> Result<()> {
        if transaction.get_database_backend() == DbBackend::Postgres {
            transaction.execute_unprepared(&format!("NOTIFY {CHANNEL}, '{revision}'")).await?;
        }
        Ok(())
    }

    /// Records whether the change listener is connected. A connected listener ends an outage. Returns whether this has
    /// changed.
    pub(super) fn set_listening(&self, listening: bool) -> bool {
        self.state.send_if_modified(|state| {
            let recovered = listening && std::mem::replace(&mut state.unavailable, false);
            if recovered {
                tracing::info!("database available again");
            }
            std::mem::replace(&mut state.listening, listening) != listening
        })
    }

    /// Marks the database unavailable.
    pub(super) fn mark_unavailable(&self, cause: &str) {
        self.state.send_if_modified(|state| {
            state.unavailable_since = Some(Instant::now());
            let changed = !std::mem::replace(&mut state.unavailable, true);
            if changed {
                tracing::error!(cause, "database unavailable");
            }
            changed
        });
    }
}

/// Returns the error of a request during an outage.
fn unavailable_error() -> Error {
    DbErr::Conn(RuntimeErr::Internal("the database is marked unavailable".to_owned())).into()
}
