//! Connections to the database.

use std::time::Duration;

use crate::db::deadline;
use crate::db::deadline::Deadline;
use crate::db::pool::{lazy, pool, postgres, sqlite};
use crate::db::query_metrics::QueryMetrics;
use crate::db::replica::Replica;
use crate::db::revision_tracker::RevisionTracker;
use crate::db::url::DatabaseUrl;
use crate::error::Result;
use migration::{Migration, MigrationStatus, Migrator, MigratorTrait};
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, IsolationLevel, RuntimeErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait, metric,
    sea_query::{Expr, Query},
    sqlx::{ConnectOptions, postgres::PgConnectOptions},
};

/// How many connections to open, and how long to wait for one.
#[derive(Clone, Copy, Debug)]
pub struct PoolOptions {
    /// The most connections that reads use at once.
    pub connections: u32,
    /// How long a request waits for a free connection.
    pub wait: Duration,
    /// How long a statement may take before the log is told.
    pub slow: Duration,
}

/// The catalog's database: many connections that read, on SQLite exactly one that writes, and one set aside to hear of what
/// other processes change.
#[derive(Clone)]
pub struct Database {
    read: DatabaseConnection,
    write: DatabaseConnection,
    listener: DatabaseConnection,
    tracker: RevisionTracker,
    statements: QueryMetrics,
    connections: u32,
    replica: Option<Replica>,
}

impl Database {
    /// Connects; makes the file where SQLite has none yet.
    ///
    /// # Errors
    /// The database cannot be reached or opened.
    pub async fn connect(url: &DatabaseUrl, options: PoolOptions) -> Result<Self> {
        let tracker = RevisionTracker::default();
        match url {
            DatabaseUrl::Sqlite(path) => {
                // The writer comes first: it makes the file and switches it to a write-ahead log.
                let write = sqlite(path, pool("sqlite:", 1, options.wait), false).await?;
                let read = sqlite(path, pool("sqlite:", options.connections, options.wait), true).await?;
                let listener = sqlite(path, lazy(pool("sqlite:", 1, options.wait)), true).await?;
                Ok(Self::of(read, write, listener, tracker, options))
            }
            DatabaseUrl::Postgres(url) => {
                let both = postgres(pool(url.as_str(), options.connections, options.wait), &tracker).await?;
                let mut listener = lazy(pool(url.as_str(), 1, options.wait));
                listener.set_application_name("open-llm-catalog listener");
                let listener = sea_orm::Database::connect(listener).await?;
                Ok(Self::of(both.clone(), both, listener, tracker, options))
            }
        }
    }

    fn of(
        read: DatabaseConnection,
        write: DatabaseConnection,
        listener: DatabaseConnection,
        tracker: RevisionTracker,
        options: PoolOptions,
    ) -> Self {
        let statements = QueryMetrics::new(options.slow, tracker.clone());
        let mut database =
            Self { read, write, listener, tracker, statements, connections: options.connections, replica: None };
        database.on_read(|_| {});
        database.on_write(|_| {});
        database
    }

    /// Has queries read from a replica, by as many connections as from here, as soon as somebody hears of changes.
    ///
    /// # Errors
    /// It is a file, or does not say how to connect.
    pub fn with_replica(mut self, url: &DatabaseUrl) -> Result<Self> {
        let DatabaseUrl::Postgres(url) = url else {
            return Err(DbErr::Conn(RuntimeErr::Internal("a file has no replica".to_owned())).into());
        };
        let options =
            PgConnectOptions::from_url(url).map_err(|wrong| DbErr::Conn(RuntimeErr::SqlxError(wrong.into())))?;
        self.replica = Some(Replica::new(options, self.connections, self.statements.clone()));
        Ok(self)
    }

    /// The replica that queries read from, if there is one.
    pub fn replica(&self) -> Option<&Replica> {
        self.replica.as_ref()
    }

    /// Watches how far the replica has come, for ever.
    pub(super) async fn watch_replica(&self) {
        match &self.replica {
            Some(replica) => match replica.watch(&self.read, &self.tracker).await {},
            None => std::future::pending().await,
        }
    }

    /// The connections that read.
    pub fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    /// The connection that writes, for a statement that is whole by itself and no part of a change to the facts.
    pub(crate) fn write(&self) -> &DatabaseConnection {
        &self.write
    }

    /// The connection that hears of changes.
    pub(crate) fn listener(&self) -> &DatabaseConnection {
        &self.listener
    }

    /// Where the catalog stands, as far as this process knows.
    pub fn revision_tracker(&self) -> &RevisionTracker {
        &self.tracker
    }

    /// What it was asked.
    pub fn query_metrics(&self) -> &QueryMetrics {
        &self.statements
    }

    /// How many connections are open to read and, on PostgreSQL, to write, and how many of them do nothing.
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

    /// The most connections that read at once.
    pub fn connections(&self) -> u32 {
        self.connections
    }

    /// Which database this is.
    pub fn backend(&self) -> DbBackend {
        self.read.get_database_backend()
    }

    /// Calls `count` for each statement that a read sends here, and not to a replica.
    pub fn on_read(&mut self, count: impl Fn(&metric::Info<'_>) + Send + Sync + 'static) {
        let statements = self.statements.clone();
        self.read.set_metric_callback(move |info| {
            statements.record(info);
            count(info);
        });
    }

    /// Calls `count` for each statement that a change sends.
    pub fn on_write(&mut self, count: impl Fn(&metric::Info<'_>) + Send + Sync + 'static) {
        let statements = self.statements.clone();
        self.write.set_metric_callback(move |info| {
            statements.record(info);
            count(info);
        });
    }

    /// A transaction that sees the catalog as it is now until it ends, whatever others write meanwhile.
    ///
    /// # Errors
    /// The database cannot be reached.
    #[expect(clippy::disallowed_methods, reason = "snapshots begin here")]
    pub async fn begin_read(&self) -> Result<DatabaseTransaction> {
        let postgres = self.backend() == DbBackend::Postgres;
        let options = TransactionOptions {
            isolation_level: postgres.then_some(IsolationLevel::RepeatableRead),
            access_mode: postgres.then_some(AccessMode::ReadOnly),
            sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred),
        };
        // It may go on long after the request that opens it.
        let transaction = deadline::scope(Deadline::None, self.read.begin_with_options(options)).await?;
        // The moment that is seen is that of the first statement.
        transaction.query_one(Query::select().expr(Expr::val(1)).from("revision").limit(1)).await?;
        Ok(transaction)
    }

    /// A transaction that alone may write until it ends.
    #[expect(clippy::disallowed_methods, reason = "`Change` begins here")]
    pub(crate) async fn begin_write(&self) -> Result<DatabaseTransaction> {
        let options = TransactionOptions {
            access_mode: (self.backend() == DbBackend::Postgres).then_some(AccessMode::ReadWrite),
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let transaction = self.write.begin_with_options(options).await?;
        if self.backend() == DbBackend::Postgres {
            // Revisions are numbered by whoever holds this lock, so that numbers come in the order of commits.
            transaction.execute_unprepared("SELECT pg_advisory_xact_lock(7346021958320147)").await?;
        }
        Ok(transaction)
    }

    /// Applies the pending migrations inside a write transaction.
    ///
    /// # Errors
    /// The database cannot be reached, or a migration fails.
    pub async fn apply_migrations(&self, transaction: &DatabaseTransaction) -> Result<()> {
        Ok(Migrator::up(transaction, None).await?)
    }

    /// Takes back the last `steps` migrations.
    ///
    /// # Errors
    /// As [`Database::migrate`].
    pub async fn migrate_down(&self, steps: u32) -> Result<()> {
        let transaction = self.begin_write().await?;
        Migrator::down(&transaction, Some(steps)).await?;
        Ok(transaction.commit().await?)
    }

    /// The names of all migrations, each with whether it has been applied.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn migrations(&self) -> Result<Vec<(String, bool)>> {
        let migrations = Migrator::get_migration_with_status(&self.write).await?;
        let applied = |migration: &Migration| migration.status() == MigrationStatus::Applied;
        Ok(migrations.iter().map(|migration| (migration.name().to_owned(), applied(migration))).collect())
    }

    /// Completes when it is closed.
    pub(crate) async fn wait_closed(&self) {
        match self.backend() {
            DbBackend::Postgres => self.listener.get_postgres_connection_pool().close_event().await,
            _ => self.listener.get_sqlite_connection_pool().close_event().await,
        }
    }

    /// Closes every connection once its work is done.
    ///
    /// # Errors
    /// A connection could not be closed in order.
    pub async fn close(self) -> Result<()> {
        self.listener.close_by_ref().await?;
        if let Some(replica) = &self.replica {
            replica.close().await;
        }
        self.read.close().await?;
        self.write.close().await?;
        Ok(())
    }
}
