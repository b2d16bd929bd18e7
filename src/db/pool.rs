//! How connections are opened, and which of them are not used again.

use std::{path::Path, time::Duration};

use futures_util::future::BoxFuture;
use sea_orm::{
    ConnectOptions, DatabaseConnection,
    sqlx::{self, Connection, Executor, PgConnection, SqliteConnection, pool::PoolConnectionMetadata},
};

use crate::db::deadline;
use crate::db::revision_tracker::RevisionTracker;
use crate::error::Result;

/// Connections to a SQLite file.
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
            .pragma("query_only", if read_only { "ON" } else { "OFF" })
    });
    connect.map_sqlx_sqlite_before_acquire(is_reusable);
    connect.map_sqlx_sqlite_pool_opts(|pool| {
        pool.after_connect(|connection, _| Box::pin(deadline::limit_sqlite(connection)))
    });
    Ok(sea_orm::Database::connect(connect).await?)
}

/// Whether a connection can be used again. Where SQLite ended a transaction by itself, because its time was over or its disk
/// full, the driver believes for ever that it still runs.
fn is_reusable(connection: &mut SqliteConnection, _: PoolConnectionMetadata) -> BoxFuture<'_, sqlx::Result<bool>> {
    Box::pin(async {
        deadline::limit_sqlite(connection).await?;
        Ok(!connection.is_in_transaction())
    })
}

/// Connections to a PostgreSQL server. Those from before it was away are dead, though nothing says so where a network was
/// cut; and what hung on it while it was away would go on waiting and keep its place.
pub(super) async fn postgres(mut connect: ConnectOptions, head: &RevisionTracker) -> Result<DatabaseConnection> {
    connect.set_application_name("open-llm-catalog");
    let left = head.clone();
    connect.map_sqlx_postgres_pool_opts(move |pool| {
        let left = left.clone();
        pool.after_connect(|connection, _| Box::pin(configure_session(connection))).after_release(move |_, meta| {
            let alive = !left.state().unavailable && !left.is_dead(meta.age);
            Box::pin(async move { Ok(alive) })
        })
    });
    let left = head.clone();
    connect.map_sqlx_postgres_before_acquire(move |connection, meta| {
        let dead = left.is_dead(meta.age);
        Box::pin(async move {
            if !dead {
                deadline::limit_postgres(connection).await?;
            }
            Ok(!dead)
        })
    });
    Ok(sea_orm::Database::connect(connect).await?)
}

/// Makes a connection to a PostgreSQL server what those who borrow it expect.
pub(super) async fn configure_session(connection: &mut PgConnection) -> sqlx::Result<()> {
    // To compile a statement takes longer than to run any of the catalog's: those of the past look expensive.
    // And of a client that was cut off the server would keep the locks for hours.
    let settings =
        "SET jit = off; SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3";
    connection.execute(settings).await?;
    deadline::limit_postgres(connection).await
}

/// Options of a pool.
pub(super) fn pool(url: &str, connections: u32, wait: Duration) -> ConnectOptions {
    let mut connect = ConnectOptions::new(url);
    connect.max_connections(connections).acquire_timeout(wait).connect_timeout(wait).sqlx_logging(false);
    // Borrowing a connection sets how long its statements may take, which tells that it is alive.
    connect.test_before_acquire(false);
    connect
}

/// The same, connecting only when the first statement wants it.
pub(super) fn lazy(mut connect: ConnectOptions) -> ConnectOptions {
    connect.connect_lazy(true);
    connect
}
