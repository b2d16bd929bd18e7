//! Opens connection pools and decides which connections are reused.

use std::{path::Path, time::Duration};

use futures_util::future::BoxFuture;
use sea_orm::{
    ConnectOptions, DatabaseConnection,
    sqlx::{self, Connection, Executor, PgConnection, SqliteConnection, pool::PoolConnectionMetadata},
};

use crate::db::deadline;
use crate::db::revision_tracker::RevisionTracker;
use crate::error::Result;

/// Opens a pool of connections to a SQLite file.
pub(super) async fn sqlite(path: &Path, mut connect: ConnectOptions, read_only: bool) -> Result<DatabaseConnection> {
    let path = path.to_owned();
    connect.map_sqlx_sqlite_opts(move |options| {
        options
            .filename(&path)
            .create_if_missing(!read_only)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
            // The server checkpoints itself: `sqlite_file::checkpoint`.
            .pragma("wal_autocheckpoint", "0")
            // The WAL file is truncated to this size after a checkpoint; otherwise it keeps its largest size.
            .pragma("journal_size_limit", "67108864")
            .pragma("query_only", if read_only { "ON" } else { "OFF" })
    });
    connect.map_sqlx_sqlite_before_acquire(is_reusable);
    connect.map_sqlx_sqlite_pool_opts(|pool| {
        pool.after_connect(|connection, _| Box::pin(deadline::limit_sqlite(connection)))
    });
    Ok(sea_orm::Database::connect(connect).await?)
}

/// Sets the deadline of an acquired connection. Returns whether the connection can be reused: after SQLite has ended a
/// transaction itself (interrupted, disk full), sqlx still believes that the transaction runs.
fn is_reusable(connection: &mut SqliteConnection, _: PoolConnectionMetadata) -> BoxFuture<'_, sqlx::Result<bool>> {
    Box::pin(async {
        deadline::limit_sqlite(connection).await?;
        Ok(!connection.is_in_transaction())
    })
}

/// Opens a pool of connections to a PostgreSQL server. Connections that were opened before an outage may be half-open,
/// and their statements would wait for ever, so they are discarded.
pub(super) async fn postgres(
    mut connect: ConnectOptions,
    application_name: &str,
    tracker: &RevisionTracker,
) -> Result<DatabaseConnection> {
    connect.set_application_name(application_name);
    let releasing = tracker.clone();
    connect.map_sqlx_postgres_pool_opts(move |pool| {
        let tracker = releasing.clone();
        pool.after_connect(|connection, _| Box::pin(configure_session(connection))).after_release(move |_, meta| {
            let reusable = !tracker.state().unavailable && !tracker.predates_outage(meta.age);
            Box::pin(async move { Ok(reusable) })
        })
    });
    let tracker = tracker.clone();
    connect.map_sqlx_postgres_before_acquire(move |connection, meta| {
        let reusable = !tracker.predates_outage(meta.age);
        Box::pin(async move {
            if reusable {
                deadline::limit_postgres(connection).await?;
            }
            Ok(reusable)
        })
    });
    Ok(sea_orm::Database::connect(connect).await?)
}

/// Applies the session settings to a new PostgreSQL connection.
pub(super) async fn configure_session(connection: &mut PgConnection) -> sqlx::Result<()> {
    // JIT compilation takes longer than any statement of the catalog; the planner overestimates `asOf` queries.
    // Without keepalives the server would hold the locks of a disconnected client for hours.
    let settings =
        "SET jit = off; SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3";
    connection.execute(settings).await?;
    deadline::limit_postgres(connection).await
}

/// Returns the options of a pool. `wait` limits the time to acquire and to open a connection.
pub(super) fn pool_options(url: &str, connections: u32, wait: Duration) -> ConnectOptions {
    let mut connect = ConnectOptions::new(url);
    connect.max_connections(connections).acquire_timeout(wait).connect_timeout(wait).sqlx_logging(false);
    // Setting the statement timeout tests the connection already.
    connect.test_before_acquire(false);
    connect
}

/// Makes a pool connect at its first statement.
pub(super) fn lazy(mut connect: ConnectOptions) -> ConnectOptions {
    connect.connect_lazy(true);
    connect
}
