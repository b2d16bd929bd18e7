//! A replica of the database, for more readers: it is read where it has come as far as this process knows the catalog to be,
//! and else the primary is.
//!
//! One connection watches how far it has come. What is promised of a replica holds for one server that runs without a break,
//! because one that begins anew may have gone back; so each time the watch begins, it does so with connections of its own.

mod server_info;
mod watch;

use std::{
    sync::{
        Arc,
        atomic::{AtomicI32, Ordering},
    },
    time::Duration,
};

use prometheus::{IntCounter, IntCounterVec, IntGauge, Opts, core::Collector};
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

/// How long the replica is waited for behind a revision, from when that was known.
const CATCH_UP_TIMEOUT: Duration = Duration::from_millis(10);
/// How long a read waits for one of its connections before the primary is asked.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(1);

/// A replica. Clones share what is known of it.
#[derive(Clone)]
pub struct Replica {
    /// The server to read from, or why there is none.
    status: Sender<Result<Server, &'static str>>,
    options: PgConnectOptions,
    connections: u32,
    statements: QueryMetrics,
    metrics: Option<ReplicaMetrics>,
    /// Of several who watch, one does.
    watching: Arc<Mutex<()>>,
}

/// A replica as long as it is watched without a break, and its connections.
#[derive(Clone)]
pub struct Server {
    db: DatabaseConnection,
    /// The last revision that it was seen to hold.
    revision: Arc<AtomicI32>,
    /// Since when a revision has been known that it has not been seen to hold.
    behind: Option<Instant>,
}

impl Server {
    /// Connections to a server that has just answered.
    fn new(replica: &Replica, answer: &ServerInfo) -> Self {
        let (began, revision) = (Arc::<str>::from(&*answer.began), Arc::new(AtomicI32::new(answer.revision)));
        let (expected, floor) = (began, Arc::clone(&revision));
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
                let (expected, floor) = (Arc::clone(&expected), floor.load(Ordering::Acquire));
                Box::pin(async move {
                    pool::configure_session(connection).await?;
                    // Another server behind the same address, or this one begun anew, may hold less than what was seen.
                    let ServerInfo { began, revision, .. } = fetch_server_info(connection).await?;
                    let same = *began == *expected && revision >= floor;
                    if same { Ok(()) } else { Err(sqlx::Error::Configuration("this is another server".into())) }
                })
            })
            .connect_lazy_with(replica.options.clone());
        let mut db = SqlxPostgresConnector::from_sqlx_postgres_pool(pool);
        let statements = replica.statements.clone();
        db.set_metric_callback(move |info| statements.record_replica(info));
        Self { db, revision, behind: None }
    }

    /// What to send statements to.
    pub(crate) fn db(&self) -> &DatabaseConnection {
        &self.db
    }

    fn holds(&self, revision: i32) -> bool {
        self.revision.load(Ordering::Acquire) >= revision
    }

    fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.revision, &other.revision)
    }
}

#[derive(Clone)]
struct ReplicaMetrics {
    reads: IntCounterVec,
    here: IntCounter,
    primary: IntCounter,
    revision: IntGauge,
    up: IntGauge,
}

impl ReplicaMetrics {
    fn new() -> prometheus::Result<Self> {
        let reads = Opts::new("reads_total", "Statements of queries, by the server that answered them.");
        let reads = IntCounterVec::new(reads, &["server"])?;
        Ok(Self {
            here: reads.with_label_values(&["replica"]),
            primary: reads.with_label_values(&["primary"]),
            reads,
            revision: IntGauge::new(
                "replica_revision",
                "The number of the last revision that the replica was seen to hold.",
            )?,
            up: IntGauge::new("replica_up", "Whether the replica answers and is one of this catalog.")?,
        })
    }
}

impl Replica {
    pub(super) fn new(options: PgConnectOptions, connections: u32, statements: QueryMetrics) -> Self {
        Self {
            status: Sender::new(Err("it has not answered yet")),
            options: options.application_name("open-llm-catalog").disable_statement_logging(),
            connections,
            statements,
            // Fails for names that are none, and these are some.
            metrics: ReplicaMetrics::new().ok(),
            watching: Arc::default(),
        }
    }

    /// Where reads go, for whoever collects it.
    pub fn collectors(&self) -> Vec<Box<dyn Collector>> {
        let Some(ReplicaMetrics { reads, revision, up, .. }) = self.metrics.clone() else { return Vec::new() };
        vec![Box::new(reads), Box::new(revision), Box::new(up)]
    }

    /// Why it is not read from; none where it is.
    pub fn unavailable_reason(&self) -> Option<&'static str> {
        self.status.borrow().as_ref().err().copied()
    }

    /// The server, if it holds a revision, or soon does: while it has been behind for long nobody waits.
    pub(crate) async fn ready_for(&self, revision: i32) -> Option<Server> {
        let wait = {
            let status = self.status.borrow();
            let server = status.as_ref().ok()?;
            if server.holds(revision) {
                return Some(server.clone());
            }
            CATCH_UP_TIMEOUT.checked_sub(server.behind.map_or(Duration::ZERO, |since| since.elapsed()))?
        };
        let mut status = self.status.subscribe();
        let holds = |status: &Result<Server, _>| status.as_ref().map_or(true, |server| server.holds(revision));
        let status = time::timeout(wait, status.wait_for(holds)).await.ok()?.ok()?;
        status.as_ref().ok().cloned()
    }

    /// What a statement came to that was sent to the server; none where the primary should be asked the same, because the
    /// server went away or failed at it. Nobody is told of that: whatever is wrong with it is not wrong with the catalog.
    pub(crate) async fn run<T>(
        &self,
        server: &Server,
        statement: impl Future<Output = Result<T, DbErr>>,
    ) -> Option<Result<T, DbErr>> {
        let answer = tokio::select! {
            biased;
            answer = statement => answer,
            () = self.wait_lost(server) => return None,
        };
        if let Err(error) = &answer
            && !is_over(error)
        {
            tracing::debug!(%error, "the primary is asked for what the replica failed at");
            return None;
        }
        if let Some(metrics) = &self.metrics {
            metrics.here.inc();
        }
        Some(answer)
    }

    /// Counts a statement that the primary is asked.
    pub(crate) fn count_primary_read(&self) {
        if let Some(metrics) = &self.metrics {
            metrics.primary.inc();
        }
    }

    /// Completes when a server is no longer the one to read from.
    async fn wait_lost(&self, server: &Server) {
        let gone = |status: &Result<Server, _>| status.as_ref().map_or(true, |now| !now.is(server));
        // Fails where nobody is left to tell, and this is somebody.
        let _ = self.status.subscribe().wait_for(gone).await;
    }

    /// Closes its connections.
    pub(super) async fn close(&self) {
        if let Ok(server) = self.status.send_replace(Err("it was left")) {
            // What cannot be closed in order is gone in any case.
            let _ = server.db.close().await;
        }
    }
}

/// Whether a statement was ended because its time is over. Then it is over on the primary too.
fn is_over(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause))) = error else {
        return false;
    };
    cause.as_database_error().and_then(DatabaseError::code).as_deref() == Some("57014")
}
