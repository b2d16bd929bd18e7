//! Connections to the database.

use std::{fmt, path::PathBuf, str::FromStr, time::Duration};

use migration::{Migration, MigrationStatus, Migrator, MigratorTrait};
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, IsolationLevel, RuntimeErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait, metric,
    sea_query::{Expr, Query},
    sqlx::{ConnectOptions, postgres::PgConnectOptions},
};
use url::Url;

use super::{
    connect::{later, pool, postgres, sqlite},
    head::Head,
    past::texts,
    patience::{self, Limit},
    replica::Replica,
    shelf::Shelf,
    statements::Statements,
};
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
    /// How long a statement may take before the log is told.
    pub slow: Duration,
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
    statements: Statements,
    shelf: Shelf,
    connections: u32,
    replica: Option<Replica>,
}

impl Database {
    /// Connects; makes the file where SQLite has none yet.
    ///
    /// # Errors
    /// The database cannot be reached or opened.
    pub async fn connect(url: &DatabaseUrl, options: PoolOptions) -> Result<Self> {
        let head = Head::default();
        match url {
            DatabaseUrl::Sqlite(path) => {
                // The writer comes first: it makes the file and switches it to a write-ahead log.
                let write = sqlite(path, pool("sqlite:", 1, options.wait), false).await?;
                let read = sqlite(path, pool("sqlite:", options.connections, options.wait), true).await?;
                let ear = sqlite(path, later(pool("sqlite:", 1, options.wait)), true).await?;
                Ok(Self::of(read, write, ear, head, options))
            }
            DatabaseUrl::Postgres(url) => {
                let both = postgres(pool(url.as_str(), options.connections, options.wait), &head).await?;
                let mut ear = later(pool(url.as_str(), 1, options.wait));
                ear.set_application_name("open-llm-catalog listener");
                let ear = sea_orm::Database::connect(ear).await?;
                Ok(Self::of(both.clone(), both, ear, head, options))
            }
        }
    }

    fn of(
        read: DatabaseConnection,
        write: DatabaseConnection,
        ear: DatabaseConnection,
        head: Head,
        options: PoolOptions,
    ) -> Self {
        let statements = Statements::new(options.slow, head.clone());
        let shelf = Shelf::new(options.shelf, head.clone());
        let mut database =
            Self { read, write, ear, head, statements, shelf, connections: options.connections, replica: None };
        database.on_read(|_| {});
        database.on_write(|_| {});
        database
    }

    /// Has queries read from a replica, by as many connections as from here, as soon as somebody hears of changes.
    ///
    /// # Errors
    /// It is a file, or does not say how to connect.
    pub fn reading_from(mut self, url: &DatabaseUrl) -> Result<Self> {
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
            Some(replica) => match replica.watch(&self.read, &self.head).await {},
            None => std::future::pending().await,
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

    /// What it was asked.
    pub fn statements(&self) -> &Statements {
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

    /// What was read, kept as long as it holds.
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// Which database this is.
    pub fn backend(&self) -> DbBackend {
        self.read.get_database_backend()
    }

    /// Calls `count` for each statement that a read sends here, and not to a replica.
    pub fn on_read(&mut self, count: impl Fn(&metric::Info<'_>) + Send + Sync + 'static) {
        let statements = self.statements.clone();
        self.read.set_metric_callback(move |info| {
            statements.note(info);
            count(info);
        });
    }

    /// Calls `count` for each statement that a change sends.
    pub fn on_write(&mut self, count: impl Fn(&metric::Info<'_>) + Send + Sync + 'static) {
        let statements = self.statements.clone();
        self.write.set_metric_callback(move |info| {
            statements.note(info);
            count(info);
        });
    }

    /// A transaction that sees the catalog as it is now until it ends, whatever others write meanwhile.
    ///
    /// # Errors
    /// The database cannot be reached.
    #[expect(clippy::disallowed_methods, reason = "this is what snapshots use")]
    pub async fn begin_read(&self) -> Result<DatabaseTransaction> {
        let postgres = self.backend() == DbBackend::Postgres;
        let options = TransactionOptions {
            isolation_level: postgres.then_some(IsolationLevel::RepeatableRead),
            access_mode: postgres.then_some(AccessMode::ReadOnly),
            sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred),
        };
        // It may go on long after the request that opens it.
        let transaction = patience::within(Limit::None, self.read.begin_with_options(options)).await?;
        // The moment that is seen is that of the first statement.
        transaction.query_one(Query::select().expr(Expr::val(1)).from("revision").limit(1)).await?;
        Ok(transaction)
    }

    /// A transaction that alone may write until it ends.
    #[expect(clippy::disallowed_methods, reason = "this is what `Change` uses")]
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

    /// Completes when it is closed.
    pub(super) async fn closed(&self) {
        match self.backend() {
            DbBackend::Postgres => self.ear.get_postgres_connection_pool().close_event().await,
            _ => self.ear.get_sqlite_connection_pool().close_event().await,
        }
    }

    /// Closes every connection once its work is done.
    ///
    /// # Errors
    /// A connection could not be closed in order.
    pub async fn close(self) -> Result<()> {
        self.ear.close_by_ref().await?;
        if let Some(replica) = &self.replica {
            replica.close().await;
        }
        self.read.close().await?;
        self.write.close().await?;
        Ok(())
    }
}
