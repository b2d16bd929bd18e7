//! How far a replica has come.

use std::{convert::Infallible, sync::atomic::Ordering, time::Duration};

use sea_orm::{
    DatabaseConnection,
    sqlx::{self, Connection, PgConnection, error::DatabaseError},
};
use tokio::time::{self, Instant};

use crate::db::replica::server_info::{ServerInfo, fetch_server_info};
use crate::db::replica::{Replica, Server};
use crate::db::revision_tracker::RevisionTracker;

/// How long there is between two signs of life.
const HEARTBEAT_INTERVAL: Duration = Duration::from_millis(100);
/// How long a sign of life may take before the replica counts as lost.
const HEARTBEAT_TIMEOUT: Duration = Duration::from_millis(500);
/// The pauses between two looks at a replica that is behind: they double while it does not move.
const MIN_POLL_INTERVAL: Duration = Duration::from_millis(1);
const MAX_POLL_INTERVAL: Duration = Duration::from_millis(64);
/// How long an attempt to reach it may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// How long to wait before it is tried again.
const RETRY_INTERVAL: Duration = Duration::from_millis(200);

/// Why a server may not be read from that takes writes of its own.
const NO_REPLICA: &str = "it is no replica, or one no longer";
/// Why one may not that cannot be reached.
const NO_ANSWER: &str = "it does not answer";

/// Why a replica is not watched any more: what to tell whoever asks, and what to tell the log.
type WatchError = (&'static str, String);

impl Replica {
    /// Watches how far it has come, for ever, and compares it with the primary each time that it comes back.
    pub(in crate::db) async fn watch(&self, primary: &DatabaseConnection, head: &RevisionTracker) -> Infallible {
        let _watching = self.watching.lock().await;
        loop {
            let Err((trouble, cause)) = self.poll(primary, head).await;
            let news = self.status.send_replace(Err(trouble)).map_or_else(|before| before != trouble, |_| true);
            if news {
                tracing::warn!(cause, "the replica is not read: {trouble}");
            }
            if let Some(metrics) = &self.metrics {
                metrics.up.set(0);
            }
            time::sleep(RETRY_INTERVAL).await;
        }
    }

    async fn poll(&self, primary: &DatabaseConnection, head: &RevisionTracker) -> Result<Infallible, WatchError> {
        let attempt = async {
            let options = self.options.clone().application_name("open-llm-catalog watch");
            let mut watch = PgConnection::connect_with(&options).await?;
            let here = fetch_server_info(&mut watch).await?;
            Ok((watch, here))
        };
        let (mut watch, here) = with_timeout(CONNECT_TIMEOUT, attempt).await?;
        // It is asked later, so it holds whatever a replica of it does.
        let there = async { fetch_server_info(&mut *primary.get_postgres_connection_pool().acquire().await?).await };
        let there = time::timeout(CONNECT_TIMEOUT, there).await.map_err(|late| late.to_string());
        let there = there.and_then(|there| there.map_err(|error| error.to_string()));
        check_same_cluster(&here, &there.map_err(|cause| ("the primary does not answer", cause))?)?;
        let mut server = Server::new(self, &here);
        tracing::info!(revision = here.revision, "the replica is read");
        let (mut known, mut last) = (head.watch(), here.revision);
        let (mut wanted, mut since, mut pause) = (last, Instant::now(), Duration::ZERO);
        loop {
            let newest = known.borrow_and_update().revision;
            let look = "SELECT pg_is_in_recovery(), COALESCE(MAX(number), 0) FROM revision";
            let (replays, revision): (bool, i32) =
                with_timeout(HEARTBEAT_TIMEOUT, sqlx::query_as(look).fetch_one(&mut watch)).await?;
            if !replays {
                return Err((NO_REPLICA, "it was promoted".to_owned()));
            }
            if revision >= wanted {
                (wanted, since) = (newest, Instant::now());
            }
            server.behind = (revision < newest).then_some(since);
            server.revision.store(revision, Ordering::Release);
            self.status.send_modify(|status| *status = Ok(server.clone()));
            if let Some(metrics) = &self.metrics {
                metrics.revision.set(revision.into());
                metrics.up.set(1);
            }
            if revision >= newest {
                // Fails where nobody is left to tell, and this is somebody.
                let _ = time::timeout(HEARTBEAT_INTERVAL, known.changed()).await;
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

/// Whether a server holds what its primary holds, though perhaps not the last of it.
fn check_same_cluster(here: &ServerInfo, primary: &ServerInfo) -> Result<(), WatchError> {
    let trouble = if !here.replays {
        NO_REPLICA
    } else if (here.system, here.database) != (primary.system, primary.database) {
        "it is a replica of another database"
    } else if here.migrations != primary.migrations {
        "its tables are not those of the primary yet"
    } else if here.revision > primary.revision {
        "it holds revisions that the primary does not hold"
    } else {
        return Ok(());
    };
    Err((trouble, format!("its last revision is {}, that of the primary {}", here.revision, primary.revision)))
}

async fn with_timeout<T>(time: Duration, work: impl Future<Output = sqlx::Result<T>>) -> Result<T, WatchError> {
    let error = match time::timeout(time, work).await {
        Ok(Ok(done)) => return Ok(done),
        Ok(Err(error)) => error,
        Err(_) => return Err((NO_ANSWER, format!("it took longer than {time:?}"))),
    };
    let code = error.as_database_error().and_then(DatabaseError::code);
    Err((if code.as_deref() == Some("42P01") { "it holds no catalog" } else { NO_ANSWER }, error.to_string()))
}
