//! Where the catalog stands: the number of its last revision, as far as this process knows.
//!
//! A process knows of its own changes at once. Of those of others it hears: from PostgreSQL by a notification with each
//! commit, from SQLite by looking often, which costs microseconds there.

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

/// The name under which PostgreSQL tells of commits.
pub(super) const CHANNEL: &str = "open_llm_catalog_revision";
/// What a process knows of where the catalog stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClusterState {
    /// The highest number of a revision that it has seen committed; 0 before any.
    pub revision: i32,
    /// Whether it would hear of another.
    pub listening: bool,
    /// Whether the database is away: nothing it was asked of late has been answered.
    pub unavailable: bool,
    /// What is wrong where the database keeps the catalog, if a request came upon it and it has not gone since.
    pub storage_error: Option<&'static str>,
    /// When it was away last. Connections from before that are dead.
    unavailable_since: Option<Instant>,
}

/// Where the catalog stands. Clones share what they know.
#[derive(Clone, Debug)]
pub struct RevisionTracker {
    known: watch::Sender<ClusterState>,
    /// When the database answered last, in milliseconds after the beginning.
    answered: Arc<AtomicU64>,
    beginning: Instant,
}

impl Default for RevisionTracker {
    fn default() -> Self {
        let known = watch::Sender::new(ClusterState::default());
        Self { known, answered: Arc::default(), beginning: Instant::now() }
    }
}

impl RevisionTracker {
    /// What is known now, and is to come.
    pub fn watch(&self) -> watch::Receiver<ClusterState> {
        self.known.subscribe()
    }

    /// What is known now.
    pub fn state(&self) -> ClusterState {
        *self.known.borrow()
    }

    /// Does what may need the database, unless that is away or goes away meanwhile.
    ///
    /// # Errors
    /// It is away, and what was begun, which is dropped, had to wait.
    pub async fn fail_if_unavailable<T>(&self, work: impl Future<Output = T>) -> Result<T> {
        tokio::select! {
            biased;
            done = work => Ok(done),
            () = self.wait_unavailable() => Err(unavailable()),
        }
    }

    /// Completes when the database is away.
    async fn wait_unavailable(&self) {
        // Fails where nobody is left to tell, and this is somebody.
        let _ = self.watch().wait_for(|known| known.unavailable).await;
    }

    /// Whether a connection of this age is from before the database was away.
    pub(super) fn is_dead(&self, age: Duration) -> bool {
        self.state().unavailable_since.is_some_and(|unavailable_since| unavailable_since.elapsed() <= age)
    }

    /// Notes that something is wrong where the database keeps the catalog.
    pub(super) fn record_storage_error(&self, storage_error: &'static str) {
        self.known.send_if_modified(|known| known.storage_error.replace(storage_error) != Some(storage_error));
    }

    /// Notes that nothing is wrong any more.
    pub(super) fn clear_storage_error(&self) {
        self.known.send_if_modified(|known| known.storage_error.take().is_some());
    }

    /// Notes that the database has answered.
    pub(super) fn record_answer(&self) {
        self.answered.store(self.now(), Ordering::Relaxed);
    }

    fn now(&self) -> u64 {
        u64::try_from(self.beginning.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Tells everybody in this process that a revision is committed. Who reads one before it was announced tells it too, so that
    /// nothing older is shown from then on.
    pub fn advance(&self, revision: i32) {
        self.known.send_if_modified(|known| {
            let news = revision > known.revision;
            known.revision = known.revision.max(revision);
            news
        });
    }

    /// Since when the database has not answered, in milliseconds.
    pub(super) fn millis_since_answer(&self) -> u64 {
        self.now().saturating_sub(self.answered.load(Ordering::Relaxed))
    }

    /// Has the database tell other processes, as soon as `transaction` is committed.
    pub(crate) async fn notify(transaction: &DatabaseTransaction, revision: i32) -> Result<()> {
        if transaction.get_database_backend() == DbBackend::Postgres {
            transaction.execute_unprepared(&format!("NOTIFY {CHANNEL}, '{revision}'")).await?;
        }
        Ok(())
    }

    /// Notes whether changes by others are heard of. Returns whether that is new.
    pub(super) fn set_listening(&self, listening: bool) -> bool {
        self.known.send_if_modified(|known| {
            let back = listening && std::mem::replace(&mut known.unavailable, false);
            if back {
                tracing::info!("the database is back");
            }
            std::mem::replace(&mut known.listening, listening) != listening
        })
    }

    /// Notes that the database is away.
    pub(super) fn mark_unavailable(&self, cause: &str) {
        self.known.send_if_modified(|known| {
            known.unavailable_since = Some(Instant::now());
            let news = !std::mem::replace(&mut known.unavailable, true);
            if news {
                tracing::error!(cause, "the database is away");
            }
            news
        });
    }
}

/// That the database is away.
fn unavailable() -> Error {
    DbErr::Conn(RuntimeErr::Internal("the database does not answer".to_owned())).into()
}
