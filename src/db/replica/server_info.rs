//! What a PostgreSQL server reports about itself.

use sea_orm::sqlx::{self, PgConnection};

/// What a server says of itself.
pub(super) struct ServerInfo {
    /// Whether it only replays what another writes.
    pub(super) replays: bool,
    /// When it began to run.
    pub began: String,
    /// Where all that was ever written there began. A replica has that of its primary.
    pub(super) system: i64,
    /// Which database of the system this is.
    pub(super) database: i64,
    /// How many migrations have been applied.
    pub(super) migrations: i64,
    /// The number of the last revision.
    pub revision: i32,
}

pub(super) async fn fetch_server_info(connection: &mut PgConnection) -> sqlx::Result<ServerInfo> {
    let text = "SELECT pg_is_in_recovery(), EXTRACT(EPOCH FROM pg_postmaster_start_time())::text, \
        (SELECT system_identifier FROM pg_control_system()), \
        (SELECT oid::bigint FROM pg_database WHERE datname = current_database()), \
        (SELECT COUNT(*) FROM seaql_migrations), (SELECT COALESCE(MAX(number), 0) FROM revision)";
    let (replays, began, system, database, migrations, revision) = sqlx::query_as(text).fetch_one(connection).await?;
    Ok(ServerInfo { replays, began, system, database, migrations, revision })
}
