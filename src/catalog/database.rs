//! Connections to the database.

use std::{fmt, path::PathBuf, str::FromStr, time::Duration};

use migration::{Migration, MigrationStatus, Migrator, MigratorTrait};
use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, IsolationLevel,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
    sea_query::{Expr, Query},
    sqlx::Executor,
};
use url::Url;

use super::{head::Head, past::texts, shelf::Shelf};
use crate::error::Result;

/// Where the catalog is kept. Holds a password perhaps: it prints without.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file, made where there is none.
    Sqlite(PathBuf),
    /// A database of a PostgreSQL server.
    Postgres(Url),
}

impl FromStr for DatabaseUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return match path.split('?').next().unwrap_or_default() {
                "" => Err("no file behind sqlite:".to_owned()),
                ":memory:" => Err("a SQLite database in memory ends with its connection".to_owned()),
                path => Ok(Self::Sqlite(path.into())),
            };
        }
        match Url::parse(text) {
            Ok(url) if matches!(url.scheme(), "postgres" | "postgresql") => Ok(Self::Postgres(url)),
            Ok(url) => Err(format!("{}: is none of the databases known here", url.scheme())),
            Err(_) => Err("it is not a database URL".to_owned()),
        }
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(url) => {
                let mut url = url.clone();
                if url.password().is_some() {
                    // Fails only for URLs that cannot have a password.
                    let _ = url.set_password(Some("***"));
                }
                write!(f, "{url}")
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// How many connections to open, and how long to wait for one.
#[derive(Clone, Copy, Debug)]
pub struct PoolOptions {
    /// The most connections that reads use at once.
    pub connections: u32,
    /// How long a request waits for a free connection.
    pub wait: Duration,
    /// How many megabytes of what was read are kept; 0 keeps none.
    pub shelf: u32,
}

/// The catalog's database: many connections that read, on SQLite exactly one that writes, and one set aside to hear of what
/// other processes change.
#[derive(Clone)]
pub struct Database {
    read: DatabaseConnection,
    write: DatabaseConnection,
    ear: DatabaseConnection,
    head: Head,
    shelf: Shelf,
    connections: u32,
}

impl Database {
    /// Connects; makes the file where SQLite has none yet.
    ///
    /// # Errors
    /// The database cannot be reached or opened.
    pub async fn connect(url: &DatabaseUrl, options: PoolOptions) -> Result<Self> {
        let head = Head::default();
        let shelf = Shelf::new(options.shelf, head.clone());
        match url {
            DatabaseUrl::Sqlite(path) => {
                // The writer comes first: it makes the file and switches it to a write-ahead log.
                let write = sqlite(path, pool("sqlite:", 1, options.wait), false).await?;
                let read = sqlite(path, pool("sqlite:", options.connections, options.wait), true).await?;
                let ear = sqlite(path, later(pool("sqlite:", 1, options.wait)), true).await?;
                Ok(Self { read, write, ear, head, shelf, connections: options.connections })
            }
            DatabaseUrl::Postgres(url) => {
                let mut connect = pool(url.as_str(), options.connections, options.wait);
                connect.set_application_name("open-llm-catalog");
                // To compile a statement takes longer than to run any of the catalog's: those of the past look expensive.
                connect.map_sqlx_postgres_pool_opts(|pool| {
                    pool.after_connect(|connection, _| {
                        Box::pin(async move { connection.execute("SET jit = off").await.map(drop) })
                    })
                });
                let pool = sea_orm::Database::connect(connect).await?;
                let mut connect = later(self::pool(url.as_str(), 1, options.wait));
                connect.set_application_name("open-llm-catalog listener");
                let ear = sea_orm::Database::connect(connect).await?;
                Ok(Self { read: pool.clone(), write: pool, ear, head, shelf, connections: options.connections })
            }
        }
    }

    /// The connections that read.
    pub fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    /// The connection that writes, for a statement that is whole by itself and no part of a change to the facts.
    pub(super) fn write(&self) -> &DatabaseConnection {
        &self.write
    }

    /// The connection that hears of changes.
    pub(super) fn ear(&self) -> &DatabaseConnection {
        &self.ear
    }

    /// Where the catalog stands, as far as this process knows.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The most connections that read at once.
    pub fn connections(&self) -> u32 {
        self.connections
    }

    /// What was read, kept as long as it holds.
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// Which database this is.
    pub fn backend(&self) -> DbBackend {
        self.read.get_database_backend()
    }

    /// Calls `count` for each statement that a read sends.
    pub fn on_read(&mut self, count: impl Fn(&sea_orm::metric::Info<'_>) + Send + Sync + 'static) {
        self.read.set_metric_callback(count);
    }

    /// Calls `count` for each statement that a change sends.
    pub fn on_write(&mut self, count: impl Fn(&sea_orm::metric::Info<'_>) + Send + Sync + 'static) {
        self.write.set_metric_callback(count);
    }

    /// A transaction that sees the catalog as it is now until it ends, whatever others write meanwhile.
    ///
    /// # Errors
    /// The database cannot be reached.
    pub async fn begin_read(&self) -> Result<DatabaseTransaction> {
        let postgres = self.backend() == DbBackend::Postgres;
        let options = TransactionOptions {
            isolation_level: postgres.then_some(IsolationLevel::RepeatableRead),
            access_mode: postgres.then_some(AccessMode::ReadOnly),
            sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred),
        };
        let transaction = self.read.begin_with_options(options).await?;
        // The moment that is seen is that of the first statement.
        transaction.query_one(Query::select().expr(Expr::val(1)).from("revision").limit(1)).await?;
        Ok(transaction)
    }

    /// A transaction that alone may write until it ends.
    pub(super) async fn begin_write(&self) -> Result<DatabaseTransaction> {
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

    /// Brings the tables up to date.
    ///
    /// # Errors
    /// The database cannot be reached, or a step fails; what that step did is undone.
    pub async fn migrate(&self) -> Result<()> {
        // Of several servers that start at once, one migrates and the others wait.
        let transaction = self.begin_write().await?;
        Migrator::up(&transaction, None).await?;
        texts::complete(&transaction).await?;
        Ok(transaction.commit().await?)
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

    /// Whether it has been closed.
    pub(super) fn is_closed(&self) -> bool {
        match self.backend() {
            DbBackend::Postgres => self.ear.get_postgres_connection_pool().is_closed(),
            _ => self.ear.get_sqlite_connection_pool().is_closed(),
        }
    }

    /// Closes every connection once its work is done.
    ///
    /// # Errors
    /// A connection could not be closed in order.
    pub async fn close(self) -> Result<()> {
        self.ear.close_by_ref().await?;
        self.read.close().await?;
        self.write.close().await?;
        Ok(())
    }
}

async fn sqlite(path: &std::path::Path, mut connect: ConnectOptions, read_only: bool) -> Result<DatabaseConnection> {
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
    Ok(sea_orm::Database::connect(connect).await?)
}

/// How long a connection has to rest before it is asked whether it is still there.
const FRESH: Duration = Duration::from_secs(1);

fn pool(url: &str, connections: u32, wait: Duration) -> ConnectOptions {
    let mut connect = ConnectOptions::new(url);
    connect.max_connections(connections).acquire_timeout(wait).connect_timeout(wait).sqlx_logging(false);
    // A connection that has just been used is there: to ask it costs as much as a small statement.
    connect.test_before_acquire_if_idle_for(FRESH);
    connect
}

/// The same, connecting only when the first statement wants it.
fn later(mut connect: ConnectOptions) -> ConnectOptions {
    connect.connect_lazy(true);
    connect
}
