//! The change listener: it learns of revisions that other processes commit, by `LISTEN` on PostgreSQL and by polling on
//! SQLite.

use std::{convert::Infallible, panic::AssertUnwindSafe, pin::pin, time::Duration};

use entity::revision;
use futures_util::{FutureExt, StreamExt, stream::FuturesUnordered};
use sea_orm::{DbBackend, sqlx};
use sqlx::postgres::{PgListener, PgPoolOptions};
use tokio::time;

use crate::db::database::Database;
use crate::db::revision_tracker::{CHANNEL, RevisionTracker};

/// The interval at which the last revision of a SQLite file is polled.
const SQLITE_POLL_INTERVAL: Duration = Duration::from_millis(25);
/// The time without a notification after which a heartbeat is sent.
const HEARTBEAT_INTERVAL: Duration = Duration::from_millis(100);
/// The timeout of a heartbeat. After it the listener is disconnected.
const HEARTBEAT_TIMEOUT: Duration = Duration::from_millis(250);
/// The time to reconnect before the database is marked unavailable, if no other statement succeeds either. Together
/// with the heartbeat, an outage is detected in less than a second.
const RECONNECT_GRACE: Duration = Duration::from_millis(200);
/// The time to connect when the server starts.
const STARTUP_GRACE: Duration = Duration::from_secs(5);
/// The timeout of one attempt to connect.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// The interval between two attempts to connect.
const RETRY_INTERVAL: Duration = Duration::from_millis(200);

/// The error that disconnected the listener.
type ListenError = Box<dyn std::error::Error + Send + Sync>;

/// Reports the revisions that other processes commit to the revision tracker.
pub struct ChangeListener {
    tracker: RevisionTracker,
}

impl ChangeListener {
    /// Creates a listener that advances the revision tracker of a database.
    pub fn new(database: &Database) -> Self {
        Self { tracker: database.revision_tracker().clone() }
    }

    /// Listens, and watches the replica if there is one, until the database is closed. However it ends, the caches are bypassed
    /// from then on.
    pub async fn listen(self, database: Database) {
        let _guard = DisconnectOnDrop(&self.tracker);
        tokio::select! {
            () = self.listen_with_reconnect(&database) => {}
            () = database.watch_replica() => {}
            () = database.wait_closed() => {}
        }
    }

    async fn listen_with_reconnect(&self, database: &Database) {
        // At startup no statement has succeeded yet, and the database may be slow to reach.
        let mut grace = STARTUP_GRACE;
        loop {
            // A panic disconnects like an error: otherwise the caches would serve old values for ever.
            let result = AssertUnwindSafe(self.listen_once(database, grace)).catch_unwind().await;
            let Err(cause) = result.unwrap_or_else(|_| Err("a panic".into())).map_err(|cause| cause.to_string());
            if self.tracker.set_listening(false) {
                tracing::warn!(cause, "change listener disconnected");
            }
            if database.backend() != DbBackend::Postgres {
                time::sleep(RETRY_INTERVAL).await;
            }
            grace = RECONNECT_GRACE;
        }
    }

    /// Listens until the connection fails.
    async fn listen_once(&self, database: &Database, grace: Duration) -> Result<Infallible, ListenError> {
        match database.backend() {
            DbBackend::Postgres => {
                let listener = self.connect_listener(database, grace).await;
                self.listen_postgres(listener).await
            }
            _ => self.poll_sqlite(database).await,
        }
    }

    /// Connects a listener; retries until one attempt succeeds. The attempts overlap: one that hangs on a broken
    /// network must not delay the next, and on a slow network each needs its time. After `grace` the database is marked
    /// unavailable.
    async fn connect_listener(&self, database: &Database, grace: Duration) -> PgListener {
        let mut attempts = FuturesUnordered::new();
        let mut retry = time::interval(RETRY_INTERVAL);
        let mut grace = pin!(time::sleep(grace));
        let mut grace_expired = false;
        loop {
            let cause = tokio::select! {
                Some(attempt) = attempts.next() => match attempt as Result<_, ListenError> {
                    Ok(listener) => return listener,
                    Err(cause) => cause.to_string(),
                },
                _ = retry.tick() => {
                    attempts.push(self.try_connect(database));
                    "no connection yet".to_owned()
                }
                () = &mut grace, if !grace_expired => {
                    grace_expired = true;
                    "no connection in time".to_owned()
                }
            };
            // While other statements succeed the database is only busy.
            let idle = self.tracker.millis_since_answer();
            if grace_expired && u128::from(idle) >= RECONNECT_GRACE.as_millis() {
                self.tracker.mark_unavailable(&cause);
            }
        }
    }

    async fn try_connect(&self, database: &Database) -> Result<PgListener, ListenError> {
        let attempt = async {
            // Each attempt has a pool of its own: in a shared one it would wait for the connection of a lost listener.
            let options = database.listener().get_postgres_connection_pool().connect_options();
            let pool = PgPoolOptions::new().max_connections(1).connect_lazy_with((*options).clone());
            let mut listener = PgListener::connect_with(&pool).await?;
            listener.eager_reconnect(false);
            listener.listen(CHANNEL).await?;
            // Revisions that were committed before LISTEN were not notified.
            self.tracker.advance(last_revision(&mut listener).await?);
            Ok::<_, sqlx::Error>(listener)
        };
        Ok(time::timeout(CONNECT_TIMEOUT, attempt).await??)
    }

    async fn poll_sqlite(&self, database: &Database) -> Result<Infallible, ListenError> {
        loop {
            let last = revision::Entity::last().one(database.listener()).await?;
            self.tracker.advance(last.map_or(0, |(number, _)| number));
            self.tracker.set_listening(true);
            time::sleep(SQLITE_POLL_INTERVAL).await;
        }
    }

    async fn listen_postgres(&self, mut listener: PgListener) -> Result<Infallible, ListenError> {
        loop {
            self.tracker.set_listening(true);
            while let Ok(received) = time::timeout(HEARTBEAT_INTERVAL, listener.try_recv()).await {
                let notification = received?.ok_or("the connection ended")?;
                self.tracker.advance(notification.payload().parse()?);
            }
            // The heartbeat.
            self.tracker.advance(time::timeout(HEARTBEAT_TIMEOUT, last_revision(&mut listener)).await??);
        }
    }
}

/// Marks the change listener as disconnected when its task ends, also by a panic.
struct DisconnectOnDrop<'a>(&'a RevisionTracker);

impl Drop for DisconnectOnDrop<'_> {
    fn drop(&mut self) {
        self.0.set_listening(false);
    }
}

async fn last_revision(listener: &mut PgListener) -> sqlx::Result<i32> {
    sqlx::query_scalar("SELECT COALESCE(MAX(number), 0) FROM revision").fetch_one(listener).await
}
