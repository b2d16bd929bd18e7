//! The connections of a database: pools for reads and writes, transactions, migrations.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use crate::db::connection_share::{ConnectionShare, ExpensiveConnections, overloaded};
use crate::db::deadline;
use crate::db::deadline::Deadline;
use crate::db::pool::{lazy, pool_options, postgres, sqlite};
use crate::db::query_metrics::QueryMetrics;
use crate::db::replica::Replica;
use crate::db::revision_tracker::RevisionTracker;
use crate::db::row_counts::RowCounts;
use crate::db::sqlite_file;
use crate::db::sqlite_reader::{IntegerAndText, SqliteReader};
use crate::db::url::DatabaseUrl;
use crate::error::{Error, Result};
use migration::{Migration, MigrationStatus, Migrator, MigratorTrait};
use prometheus_client::registry::Registry;
use sea_orm::{
    AccessMode, ConnAcquireErr, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    IsolationLevel, RuntimeErr, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait, metric,
    sea_query::{Expr, Query},
    sqlx::{ConnectOptions, postgres::PgConnectOptions},
};

/// The longest time for which a change waits for new statistics.
const ANALYZE_TIMEOUT: Duration = Duration::from_secs(5);

/// Options of the connection pools.
#[derive(Clone, Copy, Debug)]
pub struct PoolOptions {
    /// The maximum number of connections of the read pool. On PostgreSQL writes use it too.
    pub connections: u32,
    /// The maximum time to acquire a connection.
    pub acquire_timeout: Duration,
    /// The duration from which a statement is logged as a slow query.
    pub slow_query_threshold: Duration,
}

/// The database of the catalog: a pool for reads, on SQLite a single connection for writes, and a connection for the
/// change listener and the health check. Clones share the connections.
#[derive(Clone)]
pub struct Database {
    read: DatabaseConnection,
    write: DatabaseConnection,
    listener: DatabaseConnection,
    tracker: RevisionTracker,
    metrics: QueryMetrics,
    connections: u32,
    expensive_connections: ExpensiveConnections,
    replica: Option<Replica>,
    row_counts: RowCounts,
    /// Only on SQLite.
    reader: Option<SqliteReader>,
    on_read: OnRead,
}

/// The callback after each statement that reads.
type OnRead = Arc<dyn Fn(&metric::Info<'_>) + Send + Sync>;

impl Database {
    /// Connects to a database. Creates the SQLite file if it does not exist.
    ///
    /// # Errors
    /// The database cannot be reached or opened.
    pub async fn connect(url: &DatabaseUrl, options: PoolOptions) -> Result<Self> {
        let tracker = RevisionTracker::default();
        match url {
            DatabaseUrl::Sqlite(path) => {
                // The write connection comes first: it creates the file and switches it to WAL mode.
                let write = sqlite(path, pool_options("sqlite:", 1, options.acquire_timeout), false).await?;
                sqlite_file::clear_interrupted_checkpoint(&write).await?;
                let read =
                    sqlite(path, pool_options("sqlite:", options.connections, options.acquire_timeout), true).await?;
                let listener = sqlite(path, lazy(pool_options("sqlite:", 1, options.acquire_timeout)), true).await?;
                let database = Self::new(read, write, listener, tracker, options);
                Ok(Self { reader: Some(SqliteReader::new(path, options.connections)), ..database })
            }
            DatabaseUrl::Postgres(url) => {
                let connect = pool_options(url.as_str(), options.connections, options.acquire_timeout);
                let pool = postgres(connect, "open-llm-catalog", &tracker).await?;
                let listener = lazy(pool_options(url.as_str(), 1, options.acquire_timeout));
                let listener = postgres(listener, "open-llm-catalog listener", &tracker).await?;
                Ok(Self::new(pool.clone(), pool, listener, tracker, options))
            }
        }
    }

    fn new(
        read: DatabaseConnection,
        write: DatabaseConnection,
        listener: DatabaseConnection,
        tracker: RevisionTracker,
        options: PoolOptions,
    ) -> Self {
        let metrics = QueryMetrics::new(options.slow_query_threshold, tracker.clone());
        let PoolOptions { connections, acquire_timeout, .. } = options;
        let expensive_connections = ExpensiveConnections::new(connections, acquire_timeout);
        let mut database = Self {
            read,
            write,
            listener,
            tracker,
            metrics,
            connections,
            expensive_connections,
            replica: None,
            row_counts: RowCounts::default(),
            reader: None,
            on_read: Arc::new(|_| {}),
        };
        database.on_read(|_| {});
        database.on_write(|_| {});
        database
    }

    /// Adds a replica for queries, with a pool of the same size. It is used once a change listener watches it.
    ///
    /// # Errors
    /// The URL names a SQLite file, or is no valid PostgreSQL URL.
    pub fn with_replica(mut self, url: &DatabaseUrl) -> Result<Self> {
        let DatabaseUrl::Postgres(url) = url else {
            return Err(DbErr::Conn(RuntimeErr::Internal("a SQLite database has no replica".to_owned())).into());
        };
        let options =
            PgConnectOptions::from_url(url).map_err(|error| DbErr::Conn(RuntimeErr::SqlxError(error.into())))?;
        self.replica = Some(Replica::new(options, self.connections, self.metrics.clone()));
        Ok(self)
    }

    /// Returns the replica, if one is configured.
    pub fn replica(&self) -> Option<&Replica> {
        self.replica.as_ref()
    }

    /// Polls the replica for the revision it has replayed. Does not complete.
    pub(super) async fn watch_replica(&self) {
        match &self.replica {
            Some(replica) => match replica.watch(&self.read, &self.tracker).await {},
            None => std::future::pending().await,
        }
    }

    /// Returns the read pool.
    pub fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    /// Executes a statement whose rows are an integer and a text on this thread, without waiting. None if it must be sent to the
    /// read pool: on PostgreSQL, and if it is not short or fails.
    pub(crate) fn read_short(&self, statement: &Statement) -> Option<Vec<IntegerAndText>> {
        let reader = self.reader.as_ref().filter(|_| !deadline::has_passed())?;
        let start = Instant::now();
        let rows = reader.read(statement)?;
        (self.on_read)(&metric::Info { elapsed: start.elapsed(), statement, failed: false });
        Some(rows)
    }

    /// Returns the write connection, for single statements that belong to no change of facts. Changes of facts use
    /// `Change`.
    pub(crate) fn write(&self) -> &DatabaseConnection {
        &self.write
    }

    /// Returns the share of the connections of the read pool that a request with this cost may use.
    pub fn connection_share(&self, cost: u32) -> ConnectionShare {
        ConnectionShare::new(self.expensive_connections.clone(), cost)
    }

    /// Returns the error of a statement: one that got no connection while others use all of them is overload, not an outage.
    pub fn statement_error(&self, error: DbErr) -> DbErr {
        let (open, idle) = self.pool();
        let all_in_use = open >= self.connections && idle == 0;
        if matches!(error, DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)) && all_in_use {
            overloaded()
        } else {
            error
        }
    }

    /// Returns a connection of its own for the change listener on SQLite, and for the health check.
    pub(crate) fn listener(&self) -> &DatabaseConnection {
        &self.listener
    }

    /// Returns the numbers of rows that match conditions.
    pub fn row_counts(&self) -> &RowCounts {
        &self.row_counts
    }

    /// Returns about the number of rows of a table, as of some seconds ago; 0 if it is unknown.
    pub async fn row_count(&self, table: &'static str) -> i64 {
        self.row_counts.of_table(&self.listener, table).await
    }

    /// Updates the statistics by which PostgreSQL plans statements, after many rows were written; it would do so itself a minute
    /// later. Statements for SQLite need none. Without effect on errors, because statements are only slower then.
    pub async fn analyze(&self) {
        if self.backend() != DbBackend::Postgres {
            return;
        }
        match tokio::time::timeout(ANALYZE_TIMEOUT, self.write.execute_unprepared("ANALYZE")).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the statistics of the database cannot be updated"),
            Err(_) => tracing::warn!("the statistics of the database were not updated in time"),
        }
    }

    /// Returns the tracker of the last revision and of the availability of the database.
    pub fn revision_tracker(&self) -> &RevisionTracker {
        &self.tracker
    }

    /// Registers the metrics of the database and of its replica.
    pub fn register_metrics(&self, registry: &mut Registry) {
        self.metrics.register(registry);
        if let Some(replica) = &self.replica {
            replica.register_metrics(registry);
        }
    }

    /// Returns the number of open connections of the read pool, which on PostgreSQL is the write pool too, and the
    /// number of idle ones among them.
    pub fn pool(&self) -> (u32, usize) {
        match self.backend() {
            DbBackend::Postgres => {
                let pool = self.read.get_postgres_connection_pool();
                (pool.size(), pool.num_idle())
            }
            _ => {
                let pool = self.read.get_sqlite_connection_pool();
                (pool.size(), pool.num_idle())
            }
        }
    }

    /// Returns the maximum number of connections of the read pool.
    pub fn connections(&self) -> u32 {
        self.connections
    }

    /// Returns the kind of database: SQLite or PostgreSQL.
    pub fn backend(&self) -> DbBackend {
        self.read.get_database_backend()
    }

    /// Calls `callback` after each statement of the read pool, and after each short read. Statements of the replica are not
    /// included.
    pub fn on_read(&mut self, callback: impl Fn(&metric::Info<'_>) + Send + Sync + 'static) {
        let metrics = self.metrics.clone();
        let on_read: OnRead = Arc::new(move |info| {
            metrics.record(info);
            callback(info);
        });
        self.on_read = Arc::clone(&on_read);
        self.read.set_metric_callback(move |info| on_read(info));
    }

    /// Calls `callback` after each statement of the write connection.
    pub fn on_write(&mut self, callback: impl Fn(&metric::Info<'_>) + Send + Sync + 'static) {
        let metrics = self.metrics.clone();
        self.write.set_metric_callback(move |info| {
            metrics.record(info);
            callback(info);
        });
    }

    /// Writes a SQLite database to a new file, with everything in it, from one snapshot.
    ///
    /// # Errors
    /// The database is not SQLite, or the file exists or cannot be written.
    pub async fn back_up(&self, file: &Path) -> Result<()> {
        sqlite_file::copy(&self.write, file).await
    }

    /// Begins a read transaction on a snapshot of the database: it does not see later commits.
    ///
    /// # Errors
    /// The database cannot be reached.
    #[expect(clippy::disallowed_methods, reason = "the only place that begins a read transaction")]
    pub async fn begin_read(&self) -> Result<DatabaseTransaction> {
        let postgres = self.backend() == DbBackend::Postgres;
        let options = TransactionOptions {
            isolation_level: postgres.then_some(IsolationLevel::RepeatableRead),
            access_mode: postgres.then_some(AccessMode::ReadOnly),
            sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred),
        };
        // The transaction may outlive the request that begins it, so it has no deadline.
        let transaction = deadline::scope(Deadline::None, self.read.begin_with_options(options)).await?;
        // Both databases take the snapshot at the first statement, not at BEGIN.
        transaction.query_one(Query::select().expr(Expr::val(1)).from("revision").limit(1)).await?;
        Ok(transaction)
    }

    /// Begins a write transaction. Only one exists at a time, across all processes.
    ///
    /// # Errors
    /// The database cannot be reached, or another process holds the lock for too long.
    #[expect(clippy::disallowed_methods, reason = "the only place that begins a write transaction")]
    pub(crate) async fn begin_write(&self) -> Result<DatabaseTransaction> {
        let options = TransactionOptions {
            access_mode: (self.backend() == DbBackend::Postgres).then_some(AccessMode::ReadWrite),
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.write.begin_with_options(options).await?;
        if self.backend() == DbBackend::Postgres {
            // Revisions are numbered while this lock is held, so that the order of their numbers is the order of the
            // commits.
            transaction.execute_unprepared("SELECT pg_advisory_xact_lock(7346021958320147)").await?;
        }
        Ok(transaction)
    }

    /// Applies the pending migrations in a write transaction.
    ///
    /// # Errors
    /// The database cannot be reached or has a newer schema, or a migration fails.
    pub async fn apply_migrations(&self, transaction: &DatabaseTransaction) -> Result<()> {
        refuse_newer_schema(transaction).await?;
        Ok(Migrator::up(transaction, None).await?)
    }

    /// Reverts the last `steps` migrations.
    ///
    /// # Errors
    /// The database cannot be reached, or a migration fails.
    pub async fn migrate_down(&self, steps: u32) -> Result<()> {
        let transaction = self.begin_write().await?;
        refuse_newer_schema(&transaction).await?;
        Migrator::down(&transaction, Some(steps)).await?;
        Ok(transaction.commit().await?)
    }

    /// Returns the names of all migrations in order, each with whether it has been applied.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn migrations(&self) -> Result<Vec<(String, bool)>> {
        refuse_newer_schema(&self.write).await?;
        let migrations = Migrator::get_migration_with_status(&self.write).await?;
        let applied = |migration: &Migration| migration.status() == MigrationStatus::Applied;
        Ok(migrations.iter().map(|migration| (migration.name().to_owned(), applied(migration))).collect())
    }

    /// Completes when the database is closed.
    pub(crate) async fn wait_closed(&self) {
        match self.backend() {
            DbBackend::Postgres => self.listener.get_postgres_connection_pool().close_event().await,
            _ => self.listener.get_sqlite_connection_pool().close_event().await,
        }
    }

    /// Closes all connections, each after its current statement.
    ///
    /// # Errors
    /// A connection could not be closed cleanly.
    pub async fn close(self) -> Result<()> {
        self.listener.close_by_ref().await?;
        if let Some(replica) = &self.replica {
            replica.close().await;
        }
        if let Some(reader) = &self.reader {
            reader.close();
        }
        self.read.close().await?;
        self.write.close().await?;
        Ok(())
    }
}

/// Rejects a database with migrations that this program does not have.
async fn refuse_newer_schema(db: &impl ConnectionTrait) -> Result<()> {
    let known = Migrator::migrations();
    let applied = Migrator::get_migration_models(db).await?;
    let newer = applied.into_iter().find(|applied| known.iter().all(|known| known.name() != applied.version));
    newer.map_or(Ok(()), |newer| Err(Error::NewerSchema(newer.version)))
}
