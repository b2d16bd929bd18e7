//! A streaming replica of the database. A query is read from it if it has replayed the last revision that this process
//! knows, and otherwise from the primary.
//!
//! One connection polls the revision that the replica has replayed. A replica that restarts may have lost revisions, so
//! this is valid for one run of its server only; each time that the watch reconnects, it opens a new connection pool.

mod server_info;
mod watch;

use std::{
    sync::{
        Arc,
        atomic::{AtomicI32, Ordering},
    },
    time::Duration,
};

use prometheus_client::{
    metrics::{counter::Counter, family::Family, gauge::Gauge},
    registry::Registry,
};
use sea_orm::{
    DatabaseConnection, DbErr, RuntimeErr, SqlxPostgresConnector,
    sqlx::{
        self, ConnectOptions,
        error::DatabaseError,
        postgres::{PgConnectOptions, PgPoolOptions},
    },
};
use tokio::{
    sync::{Mutex, watch::Sender},
    time::{self, Instant},
};

use crate::db::query_metrics::QueryMetrics;
use crate::db::replica::server_info::{ServerInfo, fetch_server_info};
use crate::db::{deadline, pool};

/// The maximum time that reads wait for the replica to replay a revision, from when this process learned of it.
const CATCH_UP_TIMEOUT: Duration = Duration::from_millis(10);
/// The time that a read waits for a connection to the replica before it goes to the primary.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(1);

/// A replica. Clones share its state.
#[derive(Clone)]
pub struct Replica {
    /// The server to read from, or the reason why the replica is not used.
    status: Sender<Result<Server, &'static str>>,
    options: PgConnectOptions,
    connections: u32,
    query_metrics: QueryMetrics,
    metrics: ReplicaMetrics,
    /// Held by the one task that watches the replica.
    watch_lock: Arc<Mutex<()>>,
}

/// One run of the replica's server, watched without interruption, and its connection pool.
#[derive(Clone)]
pub struct Server {
    db: DatabaseConnection,
    /// The last revision that it is known to have replayed.
    revision: Arc<AtomicI32>,
    /// Since when it has lagged: the time at which a revision became known that it is not known to have replayed.
    lagging_since: Option<Instant>,
}

impl Server {
    /// Creates the connection pool of a server that has just responded.
    fn new(replica: &Replica, info: &ServerInfo) -> Self {
        let revision = Arc::new(AtomicI32::new(info.revision));
        let (expected_start, min_revision) = (Arc::<str>::from(&*info.started_at), Arc::clone(&revision));
        let pool = PgPoolOptions::new()
            .max_connections(replica.connections)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .test_before_acquire(false)
            .before_acquire(|connection, _| {
                Box::pin(async {
                    deadline::limit_postgres(connection).await?;
                    Ok(true)
                })
            })
            .after_connect(move |connection, _| {
                let expected_start = Arc::clone(&expected_start);
                let min_revision = min_revision.load(Ordering::Acquire);
                Box::pin(async move {
                    pool::configure_session(connection).await?;
                    // Another server at the same address, or this one after a restart, may lack revisions.
                    let ServerInfo { started_at, revision, .. } = fetch_server_info(connection).await?;
                    let same = *started_at == *expected_start && revision >= min_revision;
                    if same { Ok(()) } else { Err(sqlx::Error::Configuration("this is another server".into())) }
                })
            })
            .connect_lazy_with(replica.options.clone());
        let mut db = SqlxPostgresConnector::from_sqlx_postgres_pool(pool);
        let query_metrics = replica.query_metrics.clone();
        db.set_metric_callback(move |info| query_metrics.record_replica(info));
        Self { db, revision, lagging_since: None }
    }

    /// Returns the connection pool.
    pub(crate) fn db(&self) -> &DatabaseConnection {
        &self.db
    }

    fn has_replayed(&self, revision: i32) -> bool {
        self.revision.load(Ordering::Acquire) >= revision
    }

    /// Whether both are the same run of the server.
    fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.revision, &other.revision)
    }
}

#[derive(Clone)]
struct ReplicaMetrics {
    reads: Family<[(&'static str, &'static str); 1], Counter>,
    replica_reads: Counter,
    primary_reads: Counter,
    revision: Gauge,
    up: Gauge,
}

impl ReplicaMetrics {
    fn new() -> Self {
        let reads = Family::default();
        Self {
            replica_reads: reads.get_or_create_owned(&[("target", "replica")]),
            primary_reads: reads.get_or_create_owned(&[("target", "primary")]),
            reads,
            revision: Gauge::default(),
            up: Gauge::default(),
        }
    }
}

impl Replica {
    pub(super) fn new(options: PgConnectOptions, connections: u32, query_metrics: QueryMetrics) -> Self {
        Self {
            status: Sender::new(Err("it has not answered yet")),
            options: options.application_name("open-llm-catalog").disable_statement_logging(),
            connections,
            query_metrics,
            metrics: ReplicaMetrics::new(),
            watch_lock: Arc::default(),
        }
    }

    pub(super) fn register_metrics(&self, registry: &mut Registry) {
        let ReplicaMetrics { reads, revision, up, .. } = self.metrics.clone();
        registry.register("db_reads", "Read statements of queries by target", reads);
        registry.register("db_replica_up", "1 while the replica is used for reads, 0 otherwise", up);
        let help = "Number of the last revision that the replica has replayed";
        registry.register("db_replica_revision", help, revision);
    }

    /// Returns the reason why the replica is not used; none while it is used.
    pub fn unavailable_reason(&self) -> Option<&'static str> {
        self.status.borrow().as_ref().err().copied()
    }

    /// Returns the server if it has replayed a revision. Waits for that until it has lagged for [`CATCH_UP_TIMEOUT`].
    pub(crate) async fn ready_for(&self, revision: i32) -> Option<Server> {
        let wait = {
            let status = self.status.borrow();
            let server = status.as_ref().ok()?;
            if server.has_replayed(revision) {
                return Some(server.clone());
            }
            CATCH_UP_TIMEOUT.checked_sub(server.lagging_since.map_or(Duration::ZERO, |since| since.elapsed()))?
        };
        let mut status = self.status.subscribe();
        let caught_up =
            |status: &Result<Server, _>| status.as_ref().map_or(true, |server| server.has_replayed(revision));
        let status = time::timeout(wait, status.wait_for(caught_up)).await.ok()?.ok()?;
        status.as_ref().ok().cloned()
    }

    /// Returns the result of a statement on the replica; none if the replica became unavailable or failed, so that the
    /// primary must run it. Clients do not see such a failure.
    pub(crate) async fn run<T>(
        &self,
        server: &Server,
        statement: impl Future<Output = Result<T, DbErr>>,
    ) -> Option<Result<T, DbErr>> {
        let result = tokio::select! {
            biased;
            result = statement => result,
            () = self.wait_lost(server) => return None,
        };
        if let Err(error) = &result
            && !is_cancelled(error)
        {
            tracing::debug!(%error, "replica failed, retrying on primary");
            return None;
        }
        self.metrics.replica_reads.inc();
        Some(result)
    }

    /// Counts a read statement that goes to the primary.
    pub(crate) fn count_primary_read(&self) {
        self.metrics.primary_reads.inc();
    }

    /// Completes when a server is no longer used for reads.
    async fn wait_lost(&self, server: &Server) {
        let lost = |status: &Result<Server, _>| status.as_ref().map_or(true, |current| !current.is_same(server));
        // Fails only after the sender is dropped, and `self` owns it.
        let _ = self.status.subscribe().wait_for(lost).await;
    }

    /// Closes the connections to the replica.
    pub(super) async fn close(&self) {
        if let Ok(server) = self.status.send_replace(Err("its connections are closed")) {
            // A connection that cannot be closed cleanly is dropped.
            let _ = server.db.close().await;
        }
    }
}

/// Whether a statement was cancelled at its deadline. The primary has no time left for it either.
fn is_cancelled(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))) = error else {
        return false;
    };
    cause.as_database_error().and_then(DatabaseError::code).as_deref() == Some("57014")
}
