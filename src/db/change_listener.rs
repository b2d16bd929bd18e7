//! How a process learns of revisions that other processes commit: PostgreSQL notifies it with each commit, and a SQLite
//! file is polled.

use std::{convert::Infallible, pin::pin, time::Duration};

use entity::revision;
use futures_util::{StreamExt, stream::FuturesUnordered};
use sea_orm::{DbBackend, sqlx};
use sqlx::postgres::{PgListener, PgPoolOptions};
use tokio::time;

use crate::db::database::Database;
use crate::db::revision_tracker::{CHANNEL, RevisionTracker};

/// How often a SQLite file is looked at.
const SQLITE_POLL_INTERVAL: Duration = Duration::from_millis(25);
/// How long a listener may hear nothing before it is asked for a sign of life.
const HEARTBEAT_INTERVAL: Duration = Duration::from_millis(100);
/// How long a sign of life may take before the listener counts as lost.
const HEARTBEAT_TIMEOUT: Duration = Duration::from_millis(250);
/// How long there may be no new listener before the database counts as away, where nothing else is answered either. With what
/// it takes to lose the one before it this is less than a second.
const RECONNECT_GRACE: Duration = Duration::from_millis(200);
/// The same for a server that begins.
const STARTUP_GRACE: Duration = Duration::from_secs(5);
/// How long an attempt at a listener may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// How long to wait before another is tried.
const RETRY_INTERVAL: Duration = Duration::from_millis(200);

/// Why nothing is heard any more.
type ListenError = Box<dyn std::error::Error + Send + Sync>;

/// Learns of revisions that other processes commit.
pub struct ChangeListener {
    head: RevisionTracker,
}

impl ChangeListener {
    /// A listener that advances the revision tracker of a database.
    pub fn new(database: &Database) -> Self {
        Self { head: database.revision_tracker().clone() }
    }

    /// Hears of revisions that other processes commit, and watches how far a replica has come, until the database is closed.
    pub async fn listen(self, database: Database) {
        tokio::select! {
            () = self.listen_with_reconnect(&database) => {}
            () = database.watch_replica() => {}
            () = database.wait_closed() => {}
        }
    }

    async fn listen_with_reconnect(&self, database: &Database) {
        // A server that begins has asked nothing yet, and its database may be far.
        let mut patience = STARTUP_GRACE;
        loop {
            let lost: Result<Infallible, ListenError> = match database.backend() {
                DbBackend::Postgres => {
                    let listener = self.connect_listener(database, patience).await;
                    self.listen_postgres(listener).await
                }
                _ => self.poll_sqlite(database).await,
            };
            let Err(cause) = lost.map_err(|cause| cause.to_string());
            if self.head.set_listening(false) {
                tracing::warn!(cause, "changes by others are not heard of until the database is back");
            }
            if database.backend() != DbBackend::Postgres {
                time::sleep(RETRY_INTERVAL).await;
            }
            patience = RECONNECT_GRACE;
        }
    }

    /// A listener that hears, however long that takes. Several are tried side by side: what hangs on a network that was cut
    /// must not delay the next, and on one that is slow each needs its time.
    async fn connect_listener(&self, database: &Database, patience: Duration) -> PgListener {
        let mut attempts = FuturesUnordered::new();
        let mut next = time::interval(RETRY_INTERVAL);
        let mut patience = pin!(time::sleep(patience));
        let mut waited = false;
        loop {
            let cause = tokio::select! {
                Some(attempt) = attempts.next() => match attempt as Result<_, ListenError> {
                    Ok(listener) => return listener,
                    Err(cause) => cause.to_string(),
                },
                _ = next.tick() => {
                    attempts.push(self.try_connect(database));
                    "no connection yet".to_owned()
                }
                () = &mut patience, if !waited => {
                    waited = true;
                    "no connection in time".to_owned()
                }
            };
            // Others may be answered where a listener is not: then there is much to do, and that is all.
            let silence = self.head.millis_since_answer();
            if waited && u128::from(silence) >= RECONNECT_GRACE.as_millis() {
                self.head.mark_unavailable(&cause);
            }
        }
    }

    async fn try_connect(&self, database: &Database) -> Result<PgListener, ListenError> {
        let attempt = async {
            // A pool for each: what is left of a lost listener would keep the next one waiting.
            let options = database.listener().get_postgres_connection_pool().connect_options();
            let pool = PgPoolOptions::new().max_connections(1).connect_lazy_with((*options).clone());
            let mut listener = PgListener::connect_with(&pool).await?;
            listener.eager_reconnect(false);
            listener.listen(CHANNEL).await?;
            // What was committed before the listener stood was not told to it.
            self.head.advance(last_revision(&mut listener).await?);
            Ok::<_, sqlx::Error>(listener)
        };
        Ok(time::timeout(CONNECT_TIMEOUT, attempt).await??)
    }

    async fn poll_sqlite(&self, database: &Database) -> Result<Infallible, ListenError> {
        loop {
            let last = revision::Entity::last().one(database.listener()).await?;
            self.head.advance(last.map_or(0, |(number, _)| number));
            self.head.set_listening(true);
            time::sleep(SQLITE_POLL_INTERVAL).await;
        }
    }

    async fn listen_postgres(&self, mut listener: PgListener) -> Result<Infallible, ListenError> {
        loop {
            self.head.set_listening(true);
            while let Ok(told) = time::timeout(HEARTBEAT_INTERVAL, listener.try_recv()).await {
                let told = told?.ok_or("the connection ended")?;
                self.head.advance(told.payload().parse()?);
            }
            // A sign of life.
            self.head.advance(time::timeout(HEARTBEAT_TIMEOUT, last_revision(&mut listener)).await??);
        }
    }
}

async fn last_revision(listener: &mut PgListener) -> sqlx::Result<i32> {
    sqlx::query_scalar("SELECT COALESCE(MAX(number), 0) FROM revision").fetch_one(listener).await
}
