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
pub struct Known {
    /// The highest number of a revision that it has seen committed; 0 before any.
    pub revision: i32,
    /// Whether it would hear of another.
    pub hearing: bool,
    /// Whether the database is away: nothing it was asked of late has been answered.
    pub away: bool,
    /// What is wrong where the database keeps the catalog, if a request came upon it and it has not gone since.
    pub trouble: Option<&'static str>,
    /// When it was away last. Connections from before that are dead.
    left: Option<Instant>,
}

/// Where the catalog stands. Clones share what they know.
#[derive(Clone, Debug)]
pub struct Head {
    known: watch::Sender<Known>,
    /// When the database answered last, in milliseconds after the beginning.
    answered: Arc<AtomicU64>,
    beginning: Instant,
}

impl Default for Head {
    fn default() -> Self {
        let known = watch::Sender::new(Known::default());
        Self { known, answered: Arc::default(), beginning: Instant::now() }
    }
}

impl Head {
    /// What is known now, and is to come.
    pub fn watch(&self) -> watch::Receiver<Known> {
        self.known.subscribe()
    }

    /// What is known now.
    pub fn known(&self) -> Known {
        *self.known.borrow()
    }

    /// Does what may need the database, unless that is away or goes away meanwhile.
    ///
    /// # Errors
    /// It is away, and what was begun, which is dropped, had to wait.
    pub async fn unless_away<T>(&self, work: impl Future<Output = T>) -> Result<T> {
        tokio::select! {
            biased;
            done = work => Ok(done),
            () = self.gone() => Err(away()),
        }
    }

    /// Completes when the database is away.
    async fn gone(&self) {
        // Fails where nobody is left to tell, and this is somebody.
        let _ = self.watch().wait_for(|known| known.away).await;
    }

    /// Whether a connection of this age is from before the database was away.
    pub(super) fn is_dead(&self, age: Duration) -> bool {
        self.known().left.is_some_and(|left| left.elapsed() <= age)
    }

    /// Notes that something is wrong where the database keeps the catalog.
    pub(super) fn suffers(&self, trouble: &'static str) {
        self.known.send_if_modified(|known| known.trouble.replace(trouble) != Some(trouble));
    }

    /// Notes that nothing is wrong any more.
    pub(super) fn recovers(&self) {
        self.known.send_if_modified(|known| known.trouble.take().is_some());
    }

    /// Notes that the database has answered.
    pub(super) fn answered(&self) {
        self.answered.store(self.now(), Ordering::Relaxed);
    }

    fn now(&self) -> u64 {
        u64::try_from(self.beginning.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Tells everybody in this process that a revision is committed. Who reads one before it was announced tells it too, so that
    /// nothing older is shown from then on.
    pub fn reach(&self, revision: i32) {
        self.known.send_if_modified(|known| {
            let news = revision > known.revision;
            known.revision = known.revision.max(revision);
            news
        });
    }

    /// Since when the database has not answered, in milliseconds.
    pub(super) fn silence(&self) -> u64 {
        self.now().saturating_sub(self.answered.load(Ordering::Relaxed))
    }

    /// Has the database tell other processes, as soon as `transaction` is committed.
    pub(crate) async fn announce(transaction: &DatabaseTransaction, revision: i32) -> Result<()> {
        if transaction.get_database_backend() == DbBackend::Postgres {
            transaction.execute_unprepared(&format!("NOTIFY {CHANNEL}, '{revision}'")).await?;
        }
        Ok(())
    }

    /// Notes whether changes by others are heard of. Returns whether that is new.
    pub(super) fn hears(&self, hearing: bool) -> bool {
        self.known.send_if_modified(|known| {
            let back = hearing && std::mem::replace(&mut known.away, false);
            if back {
                tracing::info!("the database is back");
            }
            std::mem::replace(&mut known.hearing, hearing) != hearing
        })
    }

    /// Notes that the database is away.
    pub(super) fn leaves(&self, cause: &str) {
        self.known.send_if_modified(|known| {
            known.left = Some(Instant::now());
            let news = !std::mem::replace(&mut known.away, true);
            if news {
                tracing::error!(cause, "the database is away");
            }
            news
        });
    }
}

/// That the database is away.
fn away() -> Error {
    DbErr::Conn(RuntimeErr::Internal("the database does not answer".to_owned())).into()
}
