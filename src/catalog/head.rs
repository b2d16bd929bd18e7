//! Where the catalog stands: the number of its last revision, as far as this process knows.
//!
//! A process knows of its own changes at once. Of those of others it hears: from PostgreSQL by a notification with each
//! commit, from SQLite by looking often, which costs microseconds there.

use std::{convert::Infallible, time::Duration};

use entity::revision;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, sqlx};
use sqlx::postgres::PgListener;
use tokio::{sync::watch, time};

use super::database::Database;
use crate::error::Result;

/// The name under which PostgreSQL tells of commits.
const CHANNEL: &str = "open_llm_catalog_revision";
/// How often a SQLite file is looked at.
const LOOK: Duration = Duration::from_millis(25);
/// How long a listener may hear nothing before it is asked for a sign of life.
const SILENCE: Duration = Duration::from_millis(100);
/// How long a sign of life may take before the listener counts as lost.
const PATIENCE: Duration = Duration::from_millis(400);
/// How long to wait before a listener that was lost is replaced again.
const PAUSE: Duration = Duration::from_millis(100);

/// Why nothing is heard any more.
type Lost = Box<dyn std::error::Error + Send + Sync>;

/// What a process knows of where the catalog stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The highest number of a revision that it has seen committed; 0 before any.
    pub revision: i32,
    /// Whether it would hear of another.
    pub hearing: bool,
}

/// Where the catalog stands. Clones share what they know.
#[derive(Clone, Debug)]
pub struct Head(watch::Sender<Known>);

impl Default for Head {
    fn default() -> Self {
        Self(watch::Sender::new(Known::default()))
    }
}

impl Head {
    /// What is known now, and is to come.
    pub fn watch(&self) -> watch::Receiver<Known> {
        self.0.subscribe()
    }

    /// What is known now.
    pub fn known(&self) -> Known {
        *self.0.borrow()
    }

    /// Tells everybody in this process that a revision is committed. Who reads one before it was announced tells it too, so that
    /// nothing older is shown from then on.
    pub fn reach(&self, revision: i32) {
        self.0.send_if_modified(|known| {
            let news = revision > known.revision;
            known.revision = known.revision.max(revision);
            news
        });
    }

    /// Has the database tell other processes, as soon as `transaction` is committed.
    pub(super) async fn announce(transaction: &DatabaseTransaction, revision: i32) -> Result<()> {
        if transaction.get_database_backend() == DbBackend::Postgres {
            transaction.execute_unprepared(&format!("NOTIFY {CHANNEL}, '{revision}'")).await?;
        }
        Ok(())
    }

    /// Hears of revisions that other processes commit, until the database is closed.
    pub async fn listen(self, database: Database) {
        while !database.is_closed() {
            let lost: Result<Infallible, Lost> = match database.backend() {
                DbBackend::Postgres => self.hear(&database).await,
                _ => self.look(&database).await,
            };
            let Err(cause) = lost.map_err(|cause| cause.to_string());
            if self.hears(false) && !database.is_closed() {
                tracing::warn!(cause, "changes by others are not heard of until the database is back");
            }
            time::sleep(PAUSE).await;
        }
    }

    /// Notes whether changes by others are heard of. Returns whether that is new.
    fn hears(&self, hearing: bool) -> bool {
        self.0.send_if_modified(|known| std::mem::replace(&mut known.hearing, hearing) != hearing)
    }

    async fn look(&self, database: &Database) -> Result<Infallible, Lost> {
        loop {
            let last = revision::Entity::last().one(database.ear()).await?;
            self.reach(last.map_or(0, |(number, _)| number));
            self.hears(true);
            time::sleep(LOOK).await;
        }
    }

    async fn hear(&self, database: &Database) -> Result<Infallible, Lost> {
        let mut listener = PgListener::connect_with(database.ear().get_postgres_connection_pool()).await?;
        listener.eager_reconnect(false);
        listener.listen(CHANNEL).await?;
        loop {
            // What was committed before the listener stood was not told to it. Later this is a sign of life.
            let last = sqlx::query_scalar("SELECT COALESCE(MAX(number), 0) FROM revision").fetch_one(&mut listener);
            self.reach(time::timeout(PATIENCE, last).await??);
            self.hears(true);
            while let Ok(told) = time::timeout(SILENCE, listener.try_recv()).await {
                let told = told?.ok_or("the connection ended")?;
                self.reach(told.payload().parse()?);
            }
        }
    }
}
