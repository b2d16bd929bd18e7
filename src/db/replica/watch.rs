//! Watches which revisions a replica has replayed.

use std::{convert::Infallible, sync::atomic::Ordering, time::Duration};

use sea_orm::{
    DatabaseConnection,
    sqlx::{self, Connection, PgConnection, error::DatabaseError},
};
use tokio::time::{self, Instant};

use crate::db::replica::server_info::{ServerInfo, fetch_server_info};
use crate::db::replica::{Replica, Server};
use crate::db::revision_tracker::RevisionTracker;

/// The interval of polls while the replica has caught up. Each is a heartbeat too.
const HEARTBEAT_INTERVAL: Duration = Duration::from_millis(100);
/// The timeout of a poll. After it the replica is not used.
const HEARTBEAT_TIMEOUT: Duration = Duration::from_millis(500);
/// The intervals of polls while the replica lags: they double while it makes no progress.
const MIN_POLL_INTERVAL: Duration = Duration::from_millis(1);
const MAX_POLL_INTERVAL: Duration = Duration::from_millis(64);
/// The timeout of an attempt to connect.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// The interval between two attempts to connect.
const RETRY_INTERVAL: Duration = Duration::from_millis(200);

/// The reason for a server that accepts writes.
const NOT_A_REPLICA: &str = "it is not a replica, or was promoted";
/// The reason for a server that cannot be reached.
const NO_ANSWER: &str = "it does not answer";

/// Why the watch ended: the reason that `/readyz` shows, and the cause for the log.
type WatchError = (&'static str, String);

impl Replica {
    /// Watches the replica. Reconnects after each failure, and compares it with the primary each time.
    pub(in crate::db) async fn watch(&self, primary: &DatabaseConnection, tracker: &RevisionTracker) -> Infallible {
        let _lock = self.watch_lock.lock().await;
        loop {
            let Err((reason, cause)) = self.poll(primary, tracker).await;
            let changed = self.status.send_replace(Err(reason)).map_or_else(|previous| previous != reason, |_| true);
            if changed {
                tracing::warn!(cause, "replica not used: {reason}");
            }
            self.metrics.up.set(0);
            time::sleep(RETRY_INTERVAL).await;
        }
    }

    async fn poll(&self, primary: &DatabaseConnection, tracker: &RevisionTracker) -> Result<Infallible, WatchError> {
        let attempt = async {
            let options = self.options.clone().application_name("open-llm-catalog watch");
            let mut connection = PgConnection::connect_with(&options).await?;
            let info = fetch_server_info(&mut connection).await?;
            Ok((connection, info))
        };
        let (mut connection, info) = with_timeout(CONNECT_TIMEOUT, attempt).await?;
        // The primary is queried second, so it has every revision that a replica of it has.
        let primary = async { fetch_server_info(&mut *primary.get_postgres_connection_pool().acquire().await?).await };
        let primary = time::timeout(CONNECT_TIMEOUT, primary).await.map_err(|elapsed| elapsed.to_string());
        let primary = primary.and_then(|result| result.map_err(|error| error.to_string()));
        check_same_cluster(&info, &primary.map_err(|cause| ("the primary does not answer", cause))?)?;
        let mut server = Server::new(self, &info);
        tracing::info!(revision = info.revision, "reading from replica");
        let (mut state, mut last) = (tracker.watch(), info.revision);
        let (mut target, mut target_since, mut pause) = (last, Instant::now(), Duration::ZERO);
        loop {
            let newest = state.borrow_and_update().revision;
            let query = "SELECT pg_is_in_recovery(), COALESCE(MAX(number), 0) FROM revision";
            let (in_recovery, revision): (bool, i32) =
                with_timeout(HEARTBEAT_TIMEOUT, sqlx::query_as(query).fetch_one(&mut connection)).await?;
            if !in_recovery {
                return Err((NOT_A_REPLICA, "it was promoted".to_owned()));
            }
            if revision >= target {
                (target, target_since) = (newest, Instant::now());
            }
            server.lagging_since = (revision < newest).then_some(target_since);
            server.revision.store(revision, Ordering::Release);
            self.status.send_modify(|status| *status = Ok(server.clone()));
            self.metrics.revision.set(revision.into());
            self.metrics.up.set(1);
            if revision >= newest {
                // A timeout is the next heartbeat, and the tracker outlives this future.
                let _ = time::timeout(HEARTBEAT_INTERVAL, state.changed()).await;
            }
            pause = if revision > last || revision >= newest {
                MIN_POLL_INTERVAL
            } else {
                (2 * pause).min(MAX_POLL_INTERVAL)
            };
            last = revision;
            if revision < newest {
                time::sleep(pause).await;
            }
        }
    }
}

/// Checks that a server is a replica of the primary.
fn check_same_cluster(replica: &ServerInfo, primary: &ServerInfo) -> Result<(), WatchError> {
    let reason = if !replica.in_recovery {
        NOT_A_REPLICA
    } else if (replica.system, replica.database) != (primary.system, primary.database) {
        "it is a replica of another database"
    } else if replica.migrations != primary.migrations {
        "its migrations differ from those of the primary"
    } else if replica.revision > primary.revision {
        "it has revisions that the primary does not have"
    } else {
        return Ok(());
    };
    Err((reason, format!("its last revision is {}, that of the primary {}", replica.revision, primary.revision)))
}

async fn with_timeout<T>(timeout: Duration, future: impl Future<Output = sqlx::Result<T>>) -> Result<T, WatchError> {
    let error = match time::timeout(timeout, future).await {
        Ok(Ok(output)) => return Ok(output),
        Ok(Err(error)) => error,
        Err(_) => return Err((NO_ANSWER, format!("it took longer than {timeout:?}"))),
    };
    let code = error.as_database_error().and_then(DatabaseError::code);
    Err((if code.as_deref() == Some("42P01") { "it has no catalog" } else { NO_ANSWER }, error.to_string()))
}
