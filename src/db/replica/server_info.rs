//! The identity and state of a PostgreSQL server.

use sea_orm::sqlx::{self, PgConnection};

/// The identity and state of a server.
pub(super) struct ServerInfo {
    /// Whether it is in recovery, as a replica is.
    pub(super) in_recovery: bool,
    /// The start time of the server, in seconds since the Unix epoch.
    pub(super) started_at: String,
    /// The system identifier. A replica has that of its primary.
    pub(super) system: i64,
    /// The OID of the database.
    pub(super) database: i64,
    /// The number of applied migrations.
    pub(super) migrations: i64,
    /// The number of the last revision.
    pub(super) revision: i32,
}

/// Reads the information over a connection.
pub(super) async fn fetch_server_info(connection: &mut PgConnection) -> sqlx::Result<ServerInfo> {
    let query = "SELECT pg_is_in_recovery(), EXTRACT(EPOCH FROM pg_postmaster_start_time())::text, \
        (SELECT system_identifier FROM pg_control_system()), \
        (SELECT oid::bigint FROM pg_database WHERE datname = current_database()), \
        (SELECT COUNT(*) FROM seaql_migrations), (SELECT COALESCE(MAX(number), 0) FROM revision)";
    let (in_recovery, started_at, system, database, migrations, revision) =
        sqlx::query_as(query).fetch_one(connection).await?;
    Ok(ServerInfo { in_recovery, started_at, system, database, migrations, revision })
}
